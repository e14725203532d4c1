/* SPDX-License-Identifier: GPL-2.0-or-later */
#include "engine/query/parser.h"

#include <string.h>
#include <strings.h>

#include "base/utf8.h"
#include "engine/query/date.h"

#define SHOWN_MAX 60        /* bytes of a word in an error text */
#define FIELD_NAME_MAX 16

int
unit_cut(const char *text, size_t len)
{
	if (len <= SHOWN_MAX)
		return (int)len;
	len = SHOWN_MAX;
	while (len > 0 && ((unsigned char)text[len] & 0xC0) == 0x80)
		len--;
	return (int)len;
}

static enum status
count_terms(struct parser *p, unsigned n)
{
	p->terms += n;
	if (p->terms > QUERY_TERMS_MAX)
		return error_set(p->err, ST_TOO_LARGE, "more than %d words in a query", QUERY_TERMS_MAX);
	return ST_OK;
}

static enum status
leaf(struct parser *p, enum node_kind kind, int col, const char *text, size_t len, struct node **out)
{
	struct node *n = node_new(kind, col);
	enum status st;

	if (n == NULL)
		return ST_NOMEM;
	st = node_set_text(n, text, len);
	if (st == ST_OK)
		st = count_terms(p, 1);
	if (st == ST_OK)
		*out = n;
	else
		query_free(n);
	return st;
}

/* Reads the text from the next quote to the quote that closes it. */
static enum status
quoted(struct parser *p, const char **text, size_t *len, int *col)
{
	struct lex *lx = &p->lx;
	uint32_t open = lex_peek(lx), cp;
	size_t begin = lx->at, width, close, i;

	*col = lx->col;
	width = utf8_next(lx->text + begin, lx->len - begin, &cp);
	lex_to(lx, begin + width);
	if (!lex_find_close(lx, open, &close, &i))
		return error_syntax(p->err, *col, "unmatched %s%.*s%s", open == '"' ? "" : "\"",
				    (int)width, lx->text + begin, open == '"' ? "" : "\"");
	*text = lx->text + lx->at;
	*len = close - lx->at;
	for (begin = lx->at; begin < close; begin += width) {
		width = utf8_next(lx->text + begin, close - begin, &cp);
		if (!lex_is_blank(cp))
			break;
	}
	if (begin == close)
		return error_syntax(p->err, *col, "nothing between the quotes");
	lex_to(lx, close + i);
	return ST_OK;
}

static enum status
phrase(struct parser *p, struct node **out)
{
	const char *text, *star;
	size_t len, i;
	int col;
	unsigned words = 0;
	enum status st = quoted(p, &text, &len, &col);

	if (st != ST_OK)
		return st;
	star = memchr(text, '*', len);
	if (star != NULL)
		return error_syntax(p->err, col + 1 + (int)utf8_count(text, (size_t)(star - text)),
				    "no * between quotes: it stands at the end of a single word");
	for (i = 0; i < len; i++)
		if (text[i] != ' ' && (i == 0 || text[i - 1] == ' '))
			words++;
	/* leaf() counts one. */
	st = count_terms(p, words > 0 ? words - 1 : 0);
	return st != ST_OK ? st : leaf(p, NODE_PHRASE, col, text, len, out);
}

/* The word at hand, a spaced designator being one. */
static const char *
take_word(struct parser *p, size_t *len)
{
	const char *word = p->lx.text + p->lx.at;
	size_t end = lex_spaced_designator(&p->lx);

	if (end == 0)
		end = lex_word_end(&p->lx);
	*len = end - p->lx.at;
	lex_to(&p->lx, end);
	return word;
}

static enum status
exact(struct parser *p, struct node **out)
{
	struct lex *lx = &p->lx;
	int col = lx->col;
	const char *word;
	size_t len;

	lex_to(lx, lx->at + 1);
	if (lex_is_quote(lex_peek(lx)))
		return error_syntax(p->err, col, "= takes a single word, not a phrase");
	word = take_word(p, &len);
	if (len == 0)
		return error_syntax(p->err, col, "= needs a word right after it");
	if (memchr(word, '*', len) != NULL)
		return error_syntax(p->err, col, "= and * contradict each other");
	return leaf(p, NODE_EXACT, col, word, len, out);
}

static enum status
word_or_prefix(struct parser *p, struct node **out)
{
	int col = p->lx.col;
	size_t len;
	const char *word = take_word(p, &len), *star = memchr(word, '*', len);

	if (star == NULL)
		return leaf(p, NODE_WORD, col, word, len, out);
	if (len == 1)
		return error_syntax(p->err, col, "* needs the beginning of a word before it");
	if (star != word + len - 1)
		return error_syntax(p->err, col + (int)utf8_count(word, (size_t)(star - word)),
				    "a * stands at the end of a word only");
	return leaf(p, NODE_PREFIX, col, word, len - 1, out);
}

static const struct schema_field *
find_field(const char *name, size_t len)
{
	char lower[FIELD_NAME_MAX];
	size_t i;

	if (len > sizeof(lower))
		return NULL;
	for (i = 0; i < len; i++)
		lower[i] = name[i] >= 'A' && name[i] <= 'Z' ? (char)(name[i] | 0x20) : name[i];
	return schema_field(lower, len);
}

static enum status
no_field(struct parser *p, const char *name, size_t len)
{
	char known[384] = "";
	const struct schema_field *f;
	size_t i, at = 0;

	if (len == strlen("same") && strncasecmp(name, "same", len) == 0)
		return error_syntax(p->err, p->lx.col, "no field \"%.*s\": words in one sentence or paragraph are asked "
				    "for with a SAME/S b, a SAME/P b", (int)len, name);
	for (i = 0; (f = schema_field_at(i)) != NULL; i++) {
		size_t n = strlen(f->name);

		if (at + n + 2 >= sizeof(known))
			break;
		if (at > 0)
			known[at++] = ' ';
		memcpy(known + at, f->name, n + 1);
		at += n;
	}
	return error_syntax(p->err, p->lx.col, "no field \"%.*s\"; there are: %s (quote a word with a colon in it)",
			    unit_cut(name, len), name, known);
}

static enum status
read_dates(struct parser *p, struct node *n, int col)
{
	const char *why = strcmp(n->field->name, "since") == 0
		? query_date_since(n->text, n->len, p->opt->now, n->lo)
		: query_date_range(n->text, n->len, n->lo, n->hi);

	if (why != NULL)
		return error_syntax(p->err, col, "no date \"%.*s\": %s", unit_cut(n->text, n->len), n->text, why);
	return ST_OK;
}

enum status
unit_filter(struct parser *p, const struct schema_field *field, int col, int at, const char *text, size_t len,
	    struct node **out)
{
	bool words = field->kind == FIELD_WORDS || field->kind == FIELD_ENTITY;
	struct node *n;
	enum status st;

	if (words && memchr(text, '*', len) != NULL)
		return error_syntax(p->err, at, "* cannot be used in %s:", field->name);
	st = leaf(p, field->kind == FIELD_DATE ? NODE_DATES : NODE_FILTER, col, text, len, &n);
	if (st != ST_OK)
		return st;
	n->field = field;
	st = field->kind == FIELD_DATE ? read_dates(p, n, at) : ST_OK;
	if (st == ST_OK)
		*out = n;
	else
		query_free(n);
	return st;
}

/* The value of a field that filters; the cursor stands behind the colon. */
static enum status
filter(struct parser *p, const struct schema_field *field, int col, struct node **out)
{
	struct lex *lx = &p->lx;
	int at = lx->col, unused;
	bool is_quoted = lex_is_quote(lex_peek(lx));
	const char *text = lx->text + lx->at;
	size_t len;
	enum status st;

	if (is_quoted) {
		st = quoted(p, &text, &len, &unused);
		if (st != ST_OK)
			return st;
	} else {
		len = lex_word_end(lx) - lx->at;
		lex_to(lx, lx->at + len);
		if (text[0] == '=' && (field->kind == FIELD_WORDS || field->kind == FIELD_ENTITY))
			return error_syntax(p->err, at, "= cannot be used in %s:", field->name);
	}
	st = unit_filter(p, field, col, at, text, len, out);
	if (st == ST_OK)
		(*out)->quoted = is_quoted;
	return st;
}

/* voice: takes no words. */
static enum status
voice(struct parser *p, const struct schema_field *field, int col, struct node **out)
{
	static const char *const voices[] = { "quoted", "reporter" };
	struct lex *lx = &p->lx;
	size_t len = lex_word_end(lx) - lx->at, i;
	const char *text = lx->text + lx->at;
	enum status st;

	for (i = 0; i < sizeof(voices) / sizeof(voices[0]); i++)
		if (strlen(voices[i]) == len && strncasecmp(voices[i], text, len) == 0)
			break;
	if (i == sizeof(voices) / sizeof(voices[0]))
		return error_syntax(p->err, lx->col, "voice: is quoted or reporter");
	lex_to(lx, lx->at + len);
	st = leaf(p, NODE_FILTER, col, voices[i], len, out);
	if (st == ST_OK)
		(*out)->field = field;
	return st;
}

/* atleast3( at hand: its number, and the parenthesis passed. *TIMES = 0: no such thing is at hand. */
static enum status
parse_times(struct parser *p, unsigned *times)
{
	static const char name[] = "atleast";
	struct lex *lx = &p->lx;
	size_t end = lex_word_end(lx), at = lx->at + sizeof(name) - 1, digits = 0;
	unsigned n = 0;

	*times = 0;
	if (end == lx->len || lx->text[end] != '(' || end < at || strncasecmp(lx->text + lx->at, name, sizeof(name) - 1) != 0)
		return ST_OK;
	for (; at < end && lx->text[at] >= '0' && lx->text[at] <= '9'; at++, digits++)
		if (n <= QUERY_TIMES_MAX)
			n = n * 10 + (unsigned)(lx->text[at] - '0');
	if (at < end)
		return ST_OK;
	if (digits == 0 || n < 1 || n > QUERY_TIMES_MAX)
		return error_syntax(p->err, lx->col, "atleast needs a number from 1 to %d: atleast3(word)", QUERY_TIMES_MAX);
	*times = n;
	lex_to(lx, end + 1);
	return ST_OK;
}

static enum status
bare_unit(struct parser *p, struct node **out)
{
	uint32_t cp = lex_peek(&p->lx);

	return lex_is_quote(cp) ? phrase(p, out) : cp == '=' ? exact(p, out) : word_or_prefix(p, out);
}

/* Reads the unit in the parentheses of atleast, which stands at COL, and makes the node of both. */
static enum status
atleast(struct parser *p, unsigned times, int col, struct node **out)
{
	struct lex *lx = &p->lx;
	struct node *n, *kid = NULL;
	enum status st;

	lex_skip_blanks(lx);
	if (lex_end(lx))
		return error_syntax(p->err, col, "unmatched \"(\"");
	if (lex_peek(lx) == ')' || lex_peek(lx) == '(' || lex_op(lx) != LEX_NONE || lex_field_name(lx) > 0)
		return error_syntax(p->err, lx->col, "atleast takes a word, a prefix or a phrase");
	st = bare_unit(p, &kid);
	if (st != ST_OK)
		return st;
	lex_skip_blanks(lx);
	if (lex_peek(lx) != ')') {
		query_free(kid);
		return error_syntax(p->err, lex_end(lx) ? col : lx->col, lex_end(lx) ? "unmatched \"(\"" :
				    "atleast takes one word, prefix or phrase: a phrase stands in quotes");
	}
	lex_to(lx, lx->at + 1);
	n = node_new(NODE_ATLEAST, col);
	if (n == NULL) {
		query_free(kid);
		return ST_NOMEM;
	}
	n->distance = times;
	st = node_add_take(n, kid);
	if (st == ST_OK)
		*out = n;
	else
		query_free(n);
	return st;
}

static enum status
title(struct parser *p, const struct schema_field *field, int col, struct node **out)
{
	enum status st = bare_unit(p, out);

	if (st == ST_OK) {
		(*out)->field = field;
		(*out)->col = col;
	}
	return st;
}

enum status
unit_parse(struct parser *p, struct node **out)
{
	struct lex *lx = &p->lx;
	uint32_t cp = lex_peek(lx);
	const char *name = lx->text + lx->at;
	size_t len = lex_field_name(lx);
	const struct schema_field *field = len > 0 ? find_field(name, len) : NULL;
	int col = lx->col;
	struct lex value = *lx;
	unsigned times;
	bool bare;
	enum status st = parse_times(p, &times);

	if (st != ST_OK || times > 0)
		return st != ST_OK ? st : atleast(p, times, col, out);
	if (len == 0 || lex_is_quote(cp) || cp == '=')
		return bare_unit(p, out);
	lex_to(&value, lx->at + len + 1);
	cp = lex_peek(&value);
	bare = lex_end(&value) || lex_is_blank(cp) || cp == ')';
	if (field == NULL)
		/* "Analysis: what next" is a word and its colon. */
		return bare ? word_or_prefix(p, out) : no_field(p, name, len);
	if (bare)
		return error_syntax(p->err, col, "%s: needs a value right after it", field->name);
	if (cp == '(')
		return error_syntax(p->err, value.col, "%s: takes a word or words in quotes, no parentheses", field->name);
	*lx = value;
	if (field->kind == FIELD_VOICE)
		return voice(p, field, col, out);
	return field->kind == FIELD_TITLE || field->kind == FIELD_LEAD ? title(p, field, col, out) : filter(p, field, col, out);
}
