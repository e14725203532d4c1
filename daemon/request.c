/* SPDX-License-Identifier: GPL-2.0-or-later */
#include "daemon/request.h"

#include <stdlib.h>
#include <string.h>
#include <strings.h>

#include "base/wire.h"
#include "daemon/verbs.h"
#include "engine/ranking.h"

#define MARK_MAX 64   /* bytes of each of the two snippet marks */

/* What tags and names are made of. */
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
parse_large(const char *text, uint64_t max, uint64_t *out)
{
	uint64_t n = 0;
	const char *p;

	for (p = text; *p >= '0' && *p <= '9' && n <= max / 10; p++)
		n = n * 10 + (uint64_t)(*p - '0');
	*out = n;
	return p > text && *p == '\0' && n <= max;
}

static bool
parse_number(const char *text, uint32_t max, uint32_t *out)
{
	uint64_t n;

	if (!parse_large(text, max, &n))
		return false;
	*out = (uint32_t)n;
	return true;
}

static bool
parse_limit(struct request *r, char *value)
{
	return parse_number(value, WIRE_ROWS_MAX, &r->search.limit);
}

static bool
parse_offset(struct request *r, char *value)
{
	return parse_number(value, INT32_MAX, &r->search.offset);
}

static bool
parse_sort(struct request *r, char *value)
{
	if (strcmp(value, "relevance") == 0)
		r->search.sort = SORT_RELEVANCE;
	else if (strcmp(value, "date") == 0)
		r->search.sort = SORT_DATE;
	else if (strcmp(value, "-date") == 0)
		r->search.sort = SORT_DATE_REVERSE;
	else
		return false;
	return true;
}

static bool
parse_rank(struct request *r, char *value)
{
	r->search.recent = strcmp(value, "recent") == 0;
	return r->search.recent || strcmp(value, "relevance") == 0;
}

static bool
parse_half_life(struct request *r, char *value)
{
	return parse_number(value, RANKING_HALF_LIFE_MAX, &r->search.halflife) && r->search.halflife > 0;
}

static bool
parse_from(struct request *r, char *value)
{
	char digits[15];

	r->search.from = value;
	return article_date_digits(value, digits);
}

static bool
parse_to(struct request *r, char *value)
{
	char digits[15];

	r->search.to = value;
	return article_date_digits(value, digits);
}

static bool
parse_match(struct request *r, char *value)
{
	r->search.match_all = strcmp(value, "all") == 0;
	return r->search.match_all || strcmp(value, "any") == 0;
}

static bool
zero_or_one(const char *value)
{
	return strcmp(value, "0") == 0 || strcmp(value, "1") == 0;
}

static bool
parse_snippets(struct request *r, char *value)
{
	r->search.snippets = value[0] == '1';
	return zero_or_one(value);
}

static bool
parse_mark(struct request *r, char *value)
{
	char *comma = strchr(value, ',');

	if (comma == NULL || comma - value > MARK_MAX || strlen(comma + 1) > MARK_MAX)
		return false;
	*comma = '\0';
	r->search.mark_open = value;
	r->search.mark_close = comma + 1;
	return true;
}

static bool
parse_alias(struct request *r, char *value)
{
	r->search.plan.alias = value[0] == '1';
	return zero_or_one(value);
}

static bool
parse_meto(struct request *r, char *value)
{
	r->search.plan.meto = value[0] == '1';
	return zero_or_one(value);
}

static bool
parse_correct(struct request *r, char *value)
{
	r->search.plan.correct = value[0] == '1' ? CORRECT_SEARCH : CORRECT_OFF;
	return zero_or_one(value);
}

static bool
parse_collapse(struct request *r, char *value)
{
	r->search.collapse = value[0] == '1';
	return zero_or_one(value);
}

static bool
parse_id(struct request *r, char *value)
{
	r->id = value;
	return *value != '\0';
}

static bool
parse_rev(struct request *r, char *value)
{
	return parse_large(value, INT64_MAX, &r->rev);
}

static bool
parse_since(struct request *r, char *value)
{
	return parse_large(value, INT64_MAX, &r->since);
}

static bool
parse_name(struct request *r, char *value)
{
	size_t n = strlen(value);

	r->name = value;
	return n > 0 && n <= REQUEST_NAME_MAX && strspn(value, name_bytes) == n;
}

static bool
parse_speaker(struct request *r, char *value)
{
	r->speaker = value;
	return *value != '\0';
}

static bool
parse_format(struct request *r, char *value)
{
	r->json = strcmp(value, "json") == 0;
	return r->json || strcmp(value, "text") == 0;
}

static const struct option {
	const char *key;
	unsigned bit;
	bool (*parse)(struct request *r, char *value);
	const char *wants;
} options[] = {
	{ "limit", OPT_LIMIT, parse_limit, "0 to 1000" },
	{ "offset", OPT_OFFSET, parse_offset, "a number" },
	{ "sort", OPT_SORT, parse_sort, "relevance, date or -date" },
	{ "rank", OPT_RANK, parse_rank, "relevance or recent" },
	{ "halflife", OPT_HALF_LIFE, parse_half_life, "days, 1 to 36500" },
	{ "from", OPT_FROM, parse_from, "a date (2025, 2025-03, 2025-03-27)" },
	{ "to", OPT_TO, parse_to, "a date (2025, 2025-03, 2025-03-27)" },
	{ "match", OPT_MATCH, parse_match, "any or all" },
	{ "snippets", OPT_SNIPPETS, parse_snippets, "0 or 1" },
	{ "mark", OPT_MARK, parse_mark, "OPEN,CLOSE of at most 64 bytes each" },
	{ "alias", OPT_ALIAS, parse_alias, "0 or 1" },
	{ "meto", OPT_METO, parse_meto, "0 or 1" },
	{ "correct", OPT_CORRECT, parse_correct, "0 or 1" },
	{ "collapse", OPT_COLLAPSE, parse_collapse, "0 or 1" },
	{ "id", OPT_ID, parse_id, "an article's id" },
	{ "rev", OPT_REV, parse_rev, "a revision, as end lines tell it" },
	{ "name", OPT_NAME, parse_name, "1 to 64 of A-Z a-z 0-9 . _ : -" },
	{ "since", OPT_SINCE, parse_since, "a revision, as pushes tell it" },
	{ "speaker", OPT_SPEAKER, parse_speaker, "a name, or a part of it" },
	{ "format", OPT_FORMAT, parse_format, "text or json" },
};

static const struct option *
find_option(const char *key, size_t len)
{
	size_t i;

	for (i = 0; i < sizeof(options) / sizeof(options[0]); i++) {
		if (strlen(options[i].key) == len && memcmp(options[i].key, key, len) == 0)
			return &options[i];
	}
	return NULL;
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
take_option(struct request *r, const struct option *o, const char *value, size_t len,
	    bool quoted, struct error *err)
{
	struct buf plain = BUF_INIT;
	char *copy;
	int code = 0;

	if (quoted) {
		wire_unquote(&plain, value, len);
		if (plain.failed) {
			buf_fini(&plain);
			(void)error_set(err, ST_NOMEM, "out of memory");
			return WIRE_BUSY;
		}
		copy = keep(r, buf_str(&plain), plain.len);
		buf_fini(&plain);
	} else {
		copy = keep(r, value, len);
	}
	if (r->given & o->bit) {
		(void)error_set(err, ST_INVALID, "%s= is given twice", o->key);
		code = WIRE_BAD_OPTION;
	} else if (!o->parse(r, copy)) {
		(void)error_set(err, ST_INVALID, "bad value: %s=%.*s (%s)", o->key,
				shown(value, len, 80), value, o->wants);
		code = WIRE_BAD_OPTION;
	}
	r->given |= o->bit;
	return code;
}

/* The options from *AT on, known to the verb by the bits of KNOWN; *AT is then
 * where the rest begins. */
static int
parse_options(struct request *r, unsigned known, const char *line, size_t len, size_t *at,
	      struct error *err)
{
	const char *key, *value;
	size_t key_len, value_len;
	bool quoted;
	int code, first = 0;

	for (;;) {
		const struct option *o;
		struct error this_err;

		while (*at < len && blank(line[*at]))
			(*at)++;
		if (is_end_of_options(line, len, *at)) {
			*at += len - *at > 2 ? 3 : 2;
			return first;
		}
		key = line + *at;
		key_len = key_length(line, len, *at);
		o = key_len > 0 ? find_option(key, key_len) : NULL;
		if (o == NULL || (known & o->bit) == 0) {
			/* A verb without options of its own takes an id: one that begins like another's
			 * option stands behind "--". */
			if (first == 0 && key_len > 0 &&
			    ((o != NULL && known == OPT_FORMAT) || has_end_of_options(line, len, *at))) {
				(void)error_set(err, ST_INVALID, "unknown option %.*s=",
						shown(key, key_len, 40), key);
				return WIRE_BAD_OPTION;
			}
			return first;
		}
		if (!wire_option(line, len, at, &key, &key_len, &value, &value_len, &quoted)) {
			if (first == 0)
				(void)error_set(err, ST_INVALID,
						"bad value: %s= has a quote without its other half", o->key);
			return first != 0 ? first : WIRE_BAD_OPTION;
		}
		/* Read on after an error, for the format in which to tell it. */
		code = take_option(r, o, value, value_len, quoted, &this_err);
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
	r->rest = "";
	code = wire_check_line(line, len, &why);
	if (code != 0) {
		(void)error_set(err, ST_INVALID, "%s", why);
		return code;
	}
	/* Each part of the line is kept at most once, with a NUL in the place
	 * of an option's key; the rest needs one more. */
	r->memory = malloc(len + 1);
	if (r->memory == NULL) {
		(void)error_set(err, ST_NOMEM, "out of memory");
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
	r->verb = verb_find(word, n);
	code = parse_options(r, r->verb != NULL ? r->verb->options | OPT_FORMAT : OPT_FORMAT,
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

bool
request_is_http(const char *line, size_t len)
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
	return false;
}
