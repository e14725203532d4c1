/* SPDX-License-Identifier: GPL-2.0-or-later */
#include "engine/lexicon/compile.h"

#include <stdbool.h>
#include <stdint.h>
#include <stdlib.h>
#include <string.h>

#include <unicode/uchar.h>

#include "base/arena.h"
#include "base/grow.h"
#include "base/sort.h"
#include "base/utf8.h"
#include "engine/lexicon/lexicon.h"
#include "engine/text/analyse_words.h"

#define ID_MAX 64            /* bytes of "country:tr" */
#define FOREIGN_MIN 4        /* ASCII letters of a single word in another language: fewer are too often something else */

/* What the values of a line are, by the line's property. */
enum what { NAME, ACRONYM, DEMONYM, CAPITAL, FOREIGN, CARE, WITHOUT, HINT_FOR, HINT_NEAR, HINT_AGAINST, LISTED };

static const struct property { const char *name; enum what what; unsigned bits; } properties[] = {
	{ "name", NAME, 0 }, { "former", NAME, 0 }, { "foreign", FOREIGN, 0 },
	{ "acronym", ACRONYM, 0 }, { "demonym", DEMONYM, 0 },
	{ "capital", CAPITAL, 0 }, { "metonym", CAPITAL, 0 },
	{ "noun", CARE, LEXICON_NOUN }, { "given", CARE, LEXICON_GIVEN }, { "homonym", CARE, LEXICON_HOMONYM },
	{ "without", WITHOUT, 0 }, { "for", HINT_FOR, 0 }, { "near", HINT_NEAR, 0 }, { "against", HINT_AGAINST, 0 },
};

/* The lists of words, "words:given". */
static const struct { const char *id; unsigned kind; } lists[] = {
	{ "words:given", LEXICON_WORD_GIVEN }, { "words:title", LEXICON_WORD_TITLE },
	{ "words:common", LEXICON_WORD_COMMON }, { "words:where", LEXICON_WORD_WHERE },
	{ "words:state", LEXICON_WORD_STATE }, { "words:finite", LEXICON_WORD_FINITE },
	{ "words:and", LEXICON_WORD_AND },
};

/* The kinds of entities. Queries ask for all but "person" and "skip", whose names only keep words from naming another
 * entity. */
static const char *const kinds[] = { "country", "law", "office", "org", "person", "skip", "state", "weapon" };

#define COUNT(a) (sizeof(a) / sizeof((a)[0]))

/* A value: folded words, their entity, and the property of their line. */
struct entry {
	uint32_t entity, seq;
	enum what what;
	unsigned care, capitals, nwords;
	const char *words;
	size_t len;
	const char *file;
	unsigned line;
	bool dead;
};

struct lexicon_compile {
	struct arena arena;
	struct analyser *an;
	const char **entity;         /* ids */
	size_t nentities, entities_cap;
	struct entry *entry;
	size_t nentries, entries_cap;
	struct buf work;
	/* where it is reading */
	const char *file;
	unsigned line;
	uint32_t current;            /* LEXICON_NONE: no entity yet */
	unsigned list;               /* over 0: the current header is that of a list */
};

enum status
lexicon_compile_new(struct lexicon_compile **out, struct error *err)
{
	struct lexicon_compile *c = calloc(1, sizeof(*c));
	enum status st;

	*out = NULL;
	if (c == NULL)
		return error_nomem(err);
	arena_init(&c->arena);
	st = analyser_new(&c->an, err);
	if (st == ST_OK)
		analyser_without_latin(c->an);
	if (st == ST_OK)
		*out = c;
	else
		lexicon_compile_free(c);
	return st;
}

void
lexicon_compile_free(struct lexicon_compile *c)
{
	if (c == NULL)
		return;
	analyser_free(c->an);
	arena_fini(&c->arena);
	free(c->entity);
	free(c->entry);
	buf_fini(&c->work);
	free(c);
}

/* ---- reading ---- */

static bool
is_blank(char c)
{
	return c == ' ' || c == '\t' || c == '\r';
}

static void
trim(const char **text, size_t *len)
{
	while (*len > 0 && is_blank((*text)[0])) {
		++*text;
		--*len;
	}
	while (*len > 0 && is_blank((*text)[*len - 1]))
		--*len;
}

static bool
is(const char *name, const char *text, size_t len)
{
	return strlen(name) == len && memcmp(name, text, len) == 0;
}

/* Whether the text of TOK begins with a capital. */
static bool
has_capital(const char *text, const struct token *tok)
{
	uint32_t cp = utf8_at(text, tok->end, tok->start);

	return u_isupper((UChar32)cp) || u_istitle((UChar32)cp);
}

struct folding { struct entry *e; const char *text; struct buf *out; };

/* Appends a word and a space before it, if it is not the first; of too many words only the number counts. */
static enum status
add_word(void *arg, const struct token *word, struct error *err)
{
	const struct folding *f = arg;

	(void)err;
	if (f->e->nwords++ >= LEXICON_WORDS_MAX)
		return ST_OK;
	if (has_capital(f->text, word))
		f->e->capitals |= 1u << (f->e->nwords - 1);
	if (f->e->nwords > 1)
		buf_addc(f->out, ' ');
	buf_add(f->out, word->term, word->len);
	return ST_OK;
}

/* Whether a name in another language is left out: a single short word, which English text has by chance, or one
 * written without blanks, each character a word. */
static bool
is_unfit(const struct entry *e)
{
	return e->what == FOREIGN && (e->nwords > LEXICON_WORDS_MAX ||
		(e->nwords == 1 && e->len < FOREIGN_MIN && (unsigned char)e->words[0] < 0x80));
}

static enum status
add_value(struct lexicon_compile *c, const struct property *p, const char *text, size_t len, struct error *err)
{
	bool single = p->what == HINT_FOR || p->what == HINT_NEAR || p->what == HINT_AGAINST || p->what == LISTED;
	struct entry *e = grow(c->entry, &c->entries_cap, c->nentries, sizeof(*e));
	int shown = len > 60 ? 60 : (int)len;
	enum status st;

	if (e == NULL)
		return error_nomem(err);
	c->entry = e;
	e += c->nentries;
	*e = (struct entry){ .entity = c->current, .seq = (uint32_t)c->nentries, .what = p->what, .care = p->bits,
			     .file = c->file, .line = c->line };
	buf_clear(&c->work);
	st = analyse_words(c->an, text, len, "", add_word, &(struct folding){ e, text, &c->work }, err);
	if (st != ST_OK)
		return st;
	e->words = arena_string(&c->arena, buf_str(&c->work), c->work.len);
	e->len = c->work.len;
	if (buf_status(&c->work) != ST_OK || e->words == NULL)
		return error_nomem(err);
	if (e->nwords == 0)
		return error_set(err, ST_INVALID, "%s:%u: no word in \"%.*s\"", c->file, c->line, shown, text);
	if (e->nwords > LEXICON_WORDS_MAX && e->what != FOREIGN)
		return error_set(err, ST_INVALID, "%s:%u: more than %d words in a name: \"%.*s\"", c->file, c->line,
				 LEXICON_WORDS_MAX, shown, text);
	if (single && e->nwords > 1)
		return error_set(err, ST_INVALID, "%s:%u: \"%s\" takes single words, not \"%.*s\"", c->file, c->line, p->name,
				 shown, text);
	if (!is_unfit(e))
		c->nentries++;
	return ST_OK;
}

static enum status
read_values(struct lexicon_compile *c, const struct property *p, const char *text, size_t len, struct error *err)
{
	const char *comma, *value;
	size_t n;
	enum status st = ST_OK;

	if (len == 0)
		return error_set(err, ST_INVALID, "%s:%u: nothing behind \"%s\"", c->file, c->line, p->name);
	while (st == ST_OK) {
		comma = memchr(text, ',', len);
		value = text;
		n = comma != NULL ? (size_t)(comma - text) : len;
		trim(&value, &n);
		if (n == 0)
			return error_set(err, ST_INVALID, "%s:%u: an empty value", c->file, c->line);
		st = add_value(c, p, value, n, err);
		if (comma == NULL)
			break;
		len -= (size_t)(comma + 1 - text);
		text = comma + 1;
	}
	return st;
}

static enum status
read_property(struct lexicon_compile *c, const char *text, size_t len, struct error *err)
{
	const struct property word = { "word", LISTED, c->list };
	size_t n = 0, i;

	while (n < len && !is_blank(text[n]))
		n++;
	if (c->list == 0 && c->current == LEXICON_NONE)
		return error_set(err, ST_INVALID, "%s:%u: a property before the first KIND:ID", c->file, c->line);
	for (i = 0; i <= COUNT(properties); i++) {
		const struct property *p = i < COUNT(properties) ? &properties[i] : &word;
		const char *rest = text + n;
		size_t left = len - n;

		if (!is(p->name, text, n) || (c->list > 0) != (p == &word))
			continue;
		trim(&rest, &left);
		return read_values(c, p, rest, left, err);
	}
	return error_set(err, ST_INVALID, "%s:%u: no property \"%.*s\"", c->file, c->line, (int)(n > 60 ? 60 : n), text);
}

static bool
good_id(const char *text, size_t len)
{
	const char *colon = memchr(text, ':', len);
	size_t i;

	if (colon == NULL || colon == text || colon + 1 == text + len || len > ID_MAX)
		return false;
	for (i = 0; i < len; i++)
		if (!(text[i] >= 'a' && text[i] <= 'z') && text + i != colon &&
		    (text + i < colon || !((text[i] >= '0' && text[i] <= '9') || text[i] == '-' || text[i] == '.')))
			return false;
	return true;
}

static enum status
check_kind(const struct lexicon_compile *c, const char *text, size_t len, struct error *err)
{
	size_t kind = (size_t)((const char *)memchr(text, ':', len) - text), i;

	if (is("words", text, kind))
		return error_set(err, ST_INVALID, "%s:%u: no list \"%.*s\"", c->file, c->line, (int)len, text);
	for (i = 0; i < COUNT(kinds); i++)
		if (is(kinds[i], text, kind))
			return ST_OK;
	return error_set(err, ST_INVALID, "%s:%u: no kind \"%.*s\"", c->file, c->line, (int)kind, text);
}

static enum status
read_header(struct lexicon_compile *c, const char *text, size_t len, struct error *err)
{
	const char **more;
	enum status st;
	size_t i;

	if (!good_id(text, len))
		return error_set(err, ST_INVALID, "%s:%u: \"%.*s\" is no KIND:ID in small letters", c->file, c->line,
				 (int)(len > 60 ? 60 : len), text);
	for (i = 0, c->list = 0; i < COUNT(lists); i++)
		if (is(lists[i].id, text, len))
			c->list = lists[i].kind;
	c->current = LEXICON_NONE;
	if (c->list > 0)
		return ST_OK;
	st = check_kind(c, text, len, err);
	if (st != ST_OK)
		return st;
	for (i = 0; i < c->nentities; i++)
		if (is(c->entity[i], text, len))
			break;
	c->current = (uint32_t)i;
	if (i < c->nentities)
		return ST_OK;
	more = grow(c->entity, &c->entities_cap, c->nentities, sizeof(*more));
	if (more == NULL)
		return error_nomem(err);
	c->entity = more;
	more[c->nentities] = arena_string(&c->arena, text, len);
	return more[c->nentities++] != NULL ? ST_OK : error_nomem(err);
}

static enum status
read_line(struct lexicon_compile *c, const char *text, size_t len, struct error *err)
{
	const char *hash = memchr(text, '#', len);
	bool indented = len > 0 && is_blank(text[0]);

	if (hash != NULL)
		len = (size_t)(hash - text);
	trim(&text, &len);
	if (len == 0)
		return ST_OK;
	if (utf8_valid(text, len) != len)
		return error_set(err, ST_INVALID, "%s:%u: not UTF-8", c->file, c->line);
	return indented ? read_property(c, text, len, err) : read_header(c, text, len, err);
}

enum status
lexicon_compile_read(struct lexicon_compile *c, const char *name, const char *text, size_t len, struct error *err)
{
	const char *end = text + len, *next;
	enum status st = ST_OK;

	c->file = arena_string(&c->arena, name, strlen(name));
	if (c->file == NULL)
		return error_nomem(err);
	c->line = 0;
	c->current = LEXICON_NONE;
	c->list = 0;
	if (len >= 3 && memcmp(text, "\xEF\xBB\xBF", 3) == 0)   /* a byte order mark */
		text += 3;
	for (; text < end && st == ST_OK; text = next + 1) {
		next = memchr(text, '\n', (size_t)(end - text));
		if (next == NULL)
			next = end;
		c->line++;
		st = read_line(c, text, (size_t)(next - text), err);
		if (next == end)
			break;
	}
	return st;
}

/* ---- entries with the same words ---- */

static int
by_words(const void *a, const void *b)
{
	const struct entry *x = a, *y = b;
	int d = strcmp(x->words, y->words);

	return d != 0 ? d : x->seq < y->seq ? -1 : x->seq > y->seq;
}

static int
by_entity(const void *a, const void *b)
{
	const struct entry *x = a, *y = b;

	return x->entity != y->entity ? (x->entity < y->entity ? -1 : 1) : x->seq < y->seq ? -1 : x->seq > y->seq;
}

static bool
is_name(const struct entry *e)
{
	return !e->dead && e->what <= FOREIGN;
}

/* Applies E, one of the group's FROM to END, to the names among them. */
static enum status
apply(struct entry *from, const struct entry *end, struct entry *e, struct error *err)
{
	struct entry *o;
	bool found = false;

	for (o = from; o < end; o++) {
		/* With a name its properties go, too. */
		if (e->what == WITHOUT && o->entity == e->entity && (o->what == CARE || is_name(o)))
			o->dead = true;
		if (!is_name(o) || o == e)
			continue;
		if (e->what == CARE && o->entity == e->entity) {
			o->care |= e->care;
			found = true;
		}
		/* A name comes once; a name given by hand comes before a name in another language. */
		if (is_name(e) && o->entity == e->entity && (o->what == FOREIGN || (e->what != FOREIGN && o->seq > e->seq && o->what == e->what))) {
			e->capitals &= o->capitals;   /* state of Georgia, State of Georgia */
			o->dead = true;
		} else if (is_name(e) && o->what == FOREIGN && (e->what != FOREIGN || e->seq < o->seq))
			o->dead = true;
	}
	if (e->what == CARE && !found)
		return error_set(err, ST_INVALID, "%s:%u: \"%s\" is no name of it", e->file, e->line, e->words);
	return ST_OK;
}

static enum status
settle(struct lexicon_compile *c, struct error *err)
{
	struct entry *from = c->entry, *end = from + c->nentries, *group, *e;
	enum status st = ST_OK;
	int pass;

	if (c->nentries == 0)
		return ST_OK;
	sort(c->entry, c->nentries, sizeof(*c->entry), by_words);
	for (; from < end && st == ST_OK; from = group) {
		for (group = from; group < end && strcmp(group->words, from->words) == 0; group++)
			;
		/* First names are taken away, then equal names become one, then the rest get their care. */
		for (pass = 0; pass < 3; pass++)
			for (e = from; e < group && st == ST_OK; e++)
				if (pass == 0 ? e->what == WITHOUT : pass == 1 ? is_name(e) : e->what == CARE && !e->dead)
					st = apply(from, group, e, err);
	}
	sort(c->entry, c->nentries, sizeof(*c->entry), by_entity);
	return st;
}

/* ---- writing ---- */

static void
write_name(const struct entry *e, struct buf *out)
{
	static const char class[] = { [NAME] = 'n', [ACRONYM] = 'a', [DEMONYM] = 'd', [CAPITAL] = 'c', [FOREIGN] = 'n' };

	buf_addf(out, "n\t%c\t%u\t%u\t%s\n", class[e->what], e->care, e->capitals, e->words);
}

/* Writes the words in favour of an entity that has a name which needs care: the given words, and its other names. */
static void
write_hints(const struct entry *from, const struct entry *end, bool careful, struct buf *out)
{
	const struct entry *e;

	for (e = from; e < end; e++) {
		bool own = careful && is_name(e) && e->what != ACRONYM && e->what != FOREIGN && e->nwords == 1 && e->care == 0;

		if (own || e->what == HINT_FOR)
			buf_addf(out, "h\t+\t%s\n", e->words);
		else if (e->what == HINT_NEAR)
			buf_addf(out, "h\t~\t%s\n", e->words);
		else if (e->what == HINT_AGAINST)
			buf_addf(out, "h\t-\t%s\n", e->words);
	}
}

static void
write_entity(struct lexicon_compile *c, const struct entry *from, const struct entry *end, struct buf *out)
{
	const struct entry *e;
	bool careful = false;

	buf_addf(out, "e\t%s\n", c->entity[from->entity]);
	for (e = from; e < end; e++) {
		if (!is_name(e))
			continue;
		careful = careful || (e->care & LEXICON_HOMONYM) || (e->care & LEXICON_NOUN) || (e->care & LEXICON_GIVEN);
		write_name(e, out);
	}
	write_hints(from, end, careful, out);
}

enum status
lexicon_compile_finish(struct lexicon_compile *c, struct buf *out, struct error *err)
{
	const struct entry *end, *from, *next;
	enum status st = settle(c, err);

	if (st != ST_OK)
		return st;
	end = c->entry + c->nentries;
	for (from = c->entry; from < end; from = next) {
		for (next = from; next < end && next->entity == from->entity && next->what != LISTED; next++)
			;
		if (next > from)
			write_entity(c, from, next, out);
		else
			buf_addf(out, "w\t%u\t%s\n", (next++)->care, from->words);
	}
	return buf_status(out) == ST_OK ? ST_OK : error_nomem(err);
}
