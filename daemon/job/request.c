/* SPDX-License-Identifier: GPL-2.0-or-later */
#include "daemon/job/request.h"

#include <stdlib.h>
#include <string.h>
#include <strings.h>

#include "base/wire.h"

/* The bytes that tags and names may have. */
static const char name_bytes[] = "0123456789ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz._:-";

static bool
blank(char c)
{
	return c == ' ' || c == '\t';
}

/* How many bytes of TEXT to show in an error: at most MAX, whole characters. */
static int
shown(const char *text, size_t len, size_t max)
{
	if (len > max) {
		for (len = max; len > 0 && ((unsigned char)text[len] & 0xC0) == 0x80; len--)
			;
	}
	return (int)len;
}

/* A copy of TEXT that ends in NUL, in the request's own memory, which
 * request_parse made large enough for every part of the line. */
static char *
keep(struct request *r, const char *text, size_t len)
{
	char *to = r->memory + r->used;

	memcpy(to, text, len);
	to[len] = '\0';
	r->used += len + 1;
	return to;
}

/* ---- values ---- */

static bool
parse_number(const char *text, uint64_t max, uint64_t *out)
{
	uint64_t n = 0;
	const char *p;

	for (p = text; *p >= '0' && *p <= '9' && n <= max / 10; p++)
		n = n * 10 + (uint64_t)(*p - '0');
	*out = n;
	return p > text && *p == '\0' && n <= max;
}

/* Which of the ALTERNATIVES, split by |, VALUE is. */
static bool
parse_choice(const char *alternatives, const char *value, uint64_t *out)
{
	const char *at = alternatives;
	uint64_t n;

	for (n = 0; at != NULL; n++) {
		size_t len = strcspn(at, "|");

		if (strlen(value) == len && memcmp(at, value, len) == 0) {
			*out = n;
			return true;
		}
		at = at[len] == '|' ? at + len + 1 : NULL;
	}
	return false;
}

/* "OPEN,CLOSE"; a NUL takes the comma's place. */
static bool
parse_marks(char *value, uint64_t max)
{
	char *comma = strchr(value, ',');

	if (comma == NULL || (uint64_t)(comma - value) > max || strlen(comma + 1) > max)
		return false;
	*comma = '\0';
	return true;
}

/* Whether VALUE is one that O takes; *NUMBER is a number or which choice it is. */
static bool
parse_value(const struct protocol_option *o, char *value, uint64_t *number)
{
	size_t len = strlen(value);
	char digits[15];

	switch (o->type) {
	case PROTOCOL_NUMBER:
		return parse_number(value, o->most, number) && *number >= o->least;
	case PROTOCOL_CHOICE:
		return parse_choice(o->value, value, number);
	case PROTOCOL_DATE:
		return article_date_digits(value, digits);
	case PROTOCOL_TEXT:
		return len > 0;
	case PROTOCOL_NAME:
		return len > 0 && len <= o->most && strspn(value, name_bytes) == len;
	case PROTOCOL_MARKS:
		return parse_marks(value, o->most);
	}
	return false;
}

/* Puts the value of option ID, checked, where it belongs. */
static void
set_option(struct request *r, enum protocol_option_id id, const char *value, uint64_t number)
{
	struct search_options *search = &r->search;

	switch (id) {
	case OPTION_NAME: r->name = value; break;
	case OPTION_SINCE: r->since = number; break;
	case OPTION_ID: r->id = value; break;
	case OPTION_SPEAKER: r->speaker = value; break;
	case OPTION_LIMIT: search->limit = (uint32_t)number; break;
	case OPTION_OFFSET: search->offset = (uint32_t)number; break;
	case OPTION_SORT: search->sort = (enum search_sort)number; break;
	case OPTION_RANK: search->recent = number == 1; break;
	case OPTION_HALF_LIFE: search->halflife = (uint32_t)number; break;
	case OPTION_FROM: search->from = value; break;
	case OPTION_TO: search->to = value; break;
	case OPTION_MATCH: search->match_all = number == 1; break;
	case OPTION_SNIPPETS: search->snippets = number == 1; break;
	case OPTION_MARK:
		search->mark_open = value;
		search->mark_close = value + strlen(value) + 1;
		break;
	case OPTION_REV: r->rev = number; break;
	case OPTION_ALIAS: search->plan.alias = number == 1; break;
	case OPTION_METO: search->plan.meto = number == 1; break;
	case OPTION_CORRECT: search->plan.correct = number == 1 ? CORRECT_SEARCH : CORRECT_OFF; break;
	case OPTION_COLLAPSE: search->collapse = number == 1; break;
	case OPTION_CLIENT: r->client = value; break;
	case OPTION_FORMAT: r->json = number == 1; break;
	}
}

/* The values that O takes, as an error names them: "any or all". */
static void
add_wanted(struct buf *out, const struct protocol_option *o)
{
	const char *at = o->value;
	size_t len;

	if (o->type != PROTOCOL_CHOICE) {
		buf_adds(out, o->wanted);
		return;
	}
	for (len = strcspn(at, "|"); at[len] == '|'; len = strcspn(at, "|")) {
		buf_add(out, at, len);
		at += len + 1;
		buf_adds(out, strchr(at, '|') != NULL ? ", " : " or ");
	}
	buf_adds(out, at);
}

/* ---- the parts of a line ---- */

static bool
parse_tag(struct request *r, const char *line, size_t len, size_t *at, struct error *err)
{
	size_t begin = *at + 1, n = 0;

	while (begin + n < len && line[begin + n] != '\0' &&
	       strchr(name_bytes, line[begin + n]) != NULL)
		n++;
	if (n == 0 || n > REQUEST_TAG_MAX || (begin + n < len && !blank(line[begin + n]))) {
		(void)error_set(err, ST_INVALID, "bad tag: @ and 1 to %d of A-Z a-z 0-9 . _ : -",
				REQUEST_TAG_MAX);
		return false;
	}
	memcpy(r->tag, line + begin, n);
	r->tag[n] = '\0';
	*at = begin + n;
	return true;
}

static bool
is_end_of_options(const char *line, size_t len, size_t at)
{
	return len - at >= 2 && line[at] == '-' && line[at + 1] == '-' &&
	       (len - at == 2 || blank(line[at + 2]));
}

/* Whether "--" stands as a word somewhere from AT on: then every word before
 * it was meant as an option. */
static bool
has_end_of_options(const char *line, size_t len, size_t at)
{
	for (; at < len; at++) {
		if ((at == 0 || blank(line[at - 1])) && is_end_of_options(line, len, at))
			return true;
	}
	return false;
}

/* Whether the word at AT is of the form key=..., and the length of the key. */
static size_t
key_length(const char *line, size_t len, size_t at)
{
	size_t i = at;

	while (i < len && ((line[i] >= 'a' && line[i] <= 'z') || line[i] == '_' ||
			   (i > at && line[i] >= '0' && line[i] <= '9')))
		i++;
	return i > at && i < len && line[i] == '=' ? i - at : 0;
}

static int
bad_value(const struct protocol_option *o, const char *value, size_t len, struct error *err)
{
	struct buf wanted = BUF_INIT;

	add_wanted(&wanted, o);
	(void)error_set(err, ST_INVALID, "bad value: %s=%.*s (%s)", o->name, shown(value, len, 80), value,
			buf_str(&wanted));
	buf_fini(&wanted);
	return WIRE_BAD_OPTION;
}

static int
take_option(struct request *r, const struct protocol_option *o, const struct wire_pair *pair,
	    struct error *err)
{
	struct buf plain = BUF_INIT;
	uint64_t number = 0;
	char *copy;

	if (pair->quoted) {
		wire_unquote(&plain, pair->value, pair->value_len);
		if (plain.failed) {
			buf_fini(&plain);
			(void)error_nomem(err);
			return WIRE_BUSY;
		}
		copy = keep(r, buf_str(&plain), plain.len);
		buf_fini(&plain);
	} else {
		copy = keep(r, pair->value, pair->value_len);
	}
	if (r->given & (1u << o->id)) {
		(void)error_set(err, ST_INVALID, "%s= is given twice", o->name);
		return WIRE_BAD_OPTION;
	}
	r->given |= 1u << o->id;
	if (!parse_value(o, copy, &number))
		return bad_value(o, pair->value, pair->value_len, err);
	set_option(r, o->id, copy, number);
	return 0;
}

/* The options from *AT on, known to the verb by the bits of KNOWN; *AT is then
 * where the rest begins. */
static int
parse_options(struct request *r, unsigned known, const char *line, size_t len, size_t *at,
	      struct error *err)
{
	int code, first = 0;

	for (;;) {
		const struct protocol_option *o;
		struct wire_pair pair;
		struct error this_err;
		const char *key;
		size_t key_len;

		while (*at < len && blank(line[*at]))
			(*at)++;
		if (is_end_of_options(line, len, *at)) {
			*at += len - *at > 2 ? 3 : 2;
			return first;
		}
		key = line + *at;
		key_len = key_length(line, len, *at);
		o = key_len > 0 ? protocol_option_find(key, key_len) : NULL;
		if (o == NULL || (known & (1u << o->id)) == 0) {
			/* A verb without options of its own takes an id: one that begins like another's
			 * option stands behind "--". */
			if (first == 0 && key_len > 0 &&
			    ((o != NULL && known == OPTIONS_EVERY) || has_end_of_options(line, len, *at))) {
				(void)error_set(err, ST_INVALID, "unknown option %.*s=",
						shown(key, key_len, 40), key);
				return WIRE_BAD_OPTION;
			}
			return first;
		}
		if (!wire_option(line, len, at, &pair)) {
			if (first == 0)
				(void)error_set(err, ST_INVALID,
						"bad value: %s= has a quote without its other half", o->name);
			return first != 0 ? first : WIRE_BAD_OPTION;
		}
		/* Read on after an error, for the format in which to tell it. */
		code = take_option(r, o, &pair, &this_err);
		if (code != 0 && first == 0) {
			first = code;
			if (err != NULL)
				*err = this_err;
		}
	}
}

int
request_parse(struct request *r, const char *line, size_t len, struct error *err)
{
	const char *why, *word;
	size_t at = 0, n;
	int code;

	memset(r, 0, sizeof(*r));
	r->search = search_defaults;
	r->rest = r->asked = "";
	code = wire_check_line(line, len, &why);
	if (code != 0) {
		(void)error_set(err, ST_INVALID, "%s", why);
		return code;
	}
	/* Each part of the line is kept at most once, with a NUL in the place
	 * of an option's key; the rest needs one more. So does the line behind the verb as a whole. */
	r->memory = malloc(2 * len + 2);
	if (r->memory == NULL) {
		(void)error_nomem(err);
		return WIRE_BUSY;
	}
	while (at < len && blank(line[at]))
		at++;
	if (at < len && line[at] == '@' && !parse_tag(r, line, len, &at, err))
		return WIRE_BAD_OPTION;
	while (at < len && blank(line[at]))
		at++;
	word = line + at;
	for (n = 0; at + n < len && !blank(word[n]); n++)
		;
	at += n;
	while (at < len && blank(line[at]))
		at++;
	r->asked_len = len - at;
	r->asked = keep(r, line + at, r->asked_len);
	r->verb = protocol_verb_find(word, n);
	code = parse_options(r, r->verb != NULL ? r->verb->options | OPTIONS_EVERY : OPTIONS_EVERY,
			     line, len, &at, r->verb != NULL ? err : NULL);
	if (r->verb == NULL) {
		(void)error_set(err, ST_INVALID, n > 0 ? "unknown verb %.*s" : "no verb",
				shown(word, n, 40), word);
		return WIRE_UNKNOWN;
	}
	r->rest_len = at < len ? len - at : 0;
	r->rest = keep(r, line + (at < len ? at : len), r->rest_len);
	return code;
}

void
request_fini(struct request *r)
{
	free(r->memory);
	r->memory = NULL;
}

/* Whether LINE begins with a method of HTTP and an address. An id that GET takes may begin like one, but is
 * not that long. */
static bool
asks_for_address(const char *line, size_t len)
{
	const char *space = memchr(line, ' ', len);
	const struct protocol_verb *verb;
	size_t n, rest;

	if (space == NULL || space == line)
		return false;
	n = (size_t)(space - line);
	rest = len - n - 1;
	verb = protocol_verb_find(line, n);
	return (verb == NULL || verb->id == VERB_GET) &&
	       ((rest > 0 && space[1] == '/') || (rest >= 4 && strncasecmp(space + 1, "http", 4) == 0));
}

bool
request_is_http(const char *line, size_t len, bool whole)
{
	static const char version[] = " HTTP/";
	static const char *const starts[] = { "Host:", "POST /", "HEAD /", "PUT /", "OPTIONS ", "CONNECT " };
	size_t i;

	for (i = 0; i < sizeof(starts) / sizeof(starts[0]); i++) {
		if (len >= strlen(starts[i]) && strncasecmp(line, starts[i], strlen(starts[i])) == 0)
			return true;
	}
	/* Three words, the last of them HTTP/ and a digit. */
	for (i = 0; i + sizeof(version) <= len; i++) {
		if (memcmp(line + i, version, sizeof(version) - 1) == 0) {
			size_t tail = i + sizeof(version) - 1;

			return memchr(line, ' ', i) != NULL && line[tail] >= '0' && line[tail] <= '9' &&
			       memchr(line + tail, ' ', len - tail) == NULL;
		}
	}
	return !whole && asks_for_address(line, len);
}
