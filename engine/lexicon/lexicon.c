/* SPDX-License-Identifier: GPL-2.0-or-later
 *
 * The compiled form is lines of fields split by TAB:
 *
 *	e  ID                              an entity; the lines behind it are of it
 *	n  CLASS CARE CAPITALS WORDS       a name: "n", "a", "d", "c"; two numbers; folded words
 *	h  SIGN WORDS                      words that speak for it ("+") or against it ("-"), one by one
 *	w  KIND WORDS                      words of the list KIND (a number, see lexicon.h)
 */
#include "engine/lexicon/lexicon.h"

#include <stdlib.h>
#include <string.h>

#include "base/grow.h"
#include "base/hash.h"
#include "base/map.h"

#define FIELDS_MAX 5
#define SKIP "skip:"
#define PERSON "person:"

struct word { const char *text; uint16_t len; uint8_t kinds; uint32_t hints; };
struct node { uint32_t from, word, names; };
struct hint { uint32_t entity, next; int sign; bool near; };

struct lexicon {
	char *text;                  /* the compiled form, which words and ids point into */
	struct word *word;
	size_t nwords, words_cap;
	struct node *node;
	size_t nnodes, nodes_cap;
	struct lexicon_name *name;
	size_t nnames, names_cap;
	struct lexicon_entity *entity;
	size_t nentities, entities_cap;
	struct hint *hint;
	size_t nhints, hints_cap;
	struct map words, nodes;     /* by their text; by the node and the word that lead there */
};

struct field { const char *text; size_t len; };

void
lexicon_free(struct lexicon *lx)
{
	if (lx == NULL)
		return;
	free(lx->text);
	free(lx->word);
	free(lx->node);
	free(lx->name);
	free(lx->entity);
	free(lx->hint);
	map_fini(&lx->words);
	map_fini(&lx->nodes);
	free(lx);
}

/* ---- tables ---- */

static bool
is_word(const void *words, uint32_t number, const void *key)
{
	const struct word *w = (const struct word *)words + number;
	const struct map_text *k = key;

	return w->len == k->len && memcmp(w->text, k->text, k->len) == 0;
}

static bool
is_node(const void *nodes, uint32_t number, const void *key)
{
	const struct node *n = (const struct node *)nodes + number, *k = key;

	return n->from == k->from && n->word == k->word;
}

static uint32_t
hash_step(uint32_t from, uint32_t word)
{
	return from * 0x9E3779B1u ^ word * 0x85EBCA6Bu;
}

static enum status
add_word(struct lexicon *lx, const char *text, size_t len, uint32_t *out)
{
	struct word *w;

	*out = lexicon_word(lx, text, len);
	if (*out != LEXICON_NONE)
		return ST_OK;
	w = grow(lx->word, &lx->words_cap, lx->nwords, sizeof(*w));
	if (w == NULL)
		return ST_NOMEM;
	lx->word = w;
	w[lx->nwords] = (struct word){ text, (uint16_t)len, 0, LEXICON_NONE };
	*out = (uint32_t)lx->nwords++;
	return map_add(&lx->words, hash_bytes(text, len), *out);
}

static enum status
add_node(struct lexicon *lx, uint32_t from, uint32_t word, uint32_t *out)
{
	struct node *n;

	*out = lexicon_step(lx, from, word);
	if (*out != LEXICON_NONE)
		return ST_OK;
	n = grow(lx->node, &lx->nodes_cap, lx->nnodes, sizeof(*n));
	if (n == NULL)
		return ST_NOMEM;
	lx->node = n;
	n[lx->nnodes] = (struct node){ from, word, LEXICON_NONE };
	*out = (uint32_t)lx->nnodes++;
	return map_add(&lx->nodes, hash_step(from, word), *out);
}

/* ---- loading ---- */

static enum status
damaged(struct error *err)
{
	return error_set(err, ST_CORRUPT, "the lexicon of the index is damaged");
}

/* A number of 16 bits. */
static bool
number(const struct field *f, unsigned *out)
{
	size_t i;

	*out = 0;
	for (i = 0; i < f->len; i++) {
		if (f->text[i] < '0' || f->text[i] > '9')
			return false;
		*out = *out * 10 + (unsigned)(f->text[i] - '0');
	}
	return f->len > 0 && f->len <= 5 && *out <= UINT16_MAX;
}

/* The next of the words in F, which is shortened by it; false at the end. */
static bool
next_word(struct field *f, struct field *out)
{
	const char *space = memchr(f->text, ' ', f->len);

	if (f->len == 0)
		return false;
	*out = (struct field){ f->text, space != NULL ? (size_t)(space - f->text) : f->len };
	f->text += out->len + (space != NULL);
	f->len -= out->len + (space != NULL);
	return out->len > 0 && out->len <= UINT16_MAX;
}

static enum status
load_name(struct lexicon *lx, const struct field *f, struct error *err)
{
	static const char classes[] = "nadc";
	const char *class = f[1].len == 1 ? strchr(classes, f[1].text[0]) : NULL;
	struct field words = f[4], word;
	uint32_t node = LEXICON_ROOT, w, *last;
	struct lexicon_name *n;
	unsigned care, capitals, count = 0;

	if (lx->nentities == 0 || class == NULL || !number(&f[2], &care) || !number(&f[3], &capitals) || f[4].len > UINT16_MAX)
		return damaged(err);
	for (; next_word(&words, &word); count++)
		if (add_word(lx, word.text, word.len, &w) != ST_OK || add_node(lx, node, w, &node) != ST_OK)
			return error_nomem(err);
	n = grow(lx->name, &lx->names_cap, lx->nnames, sizeof(*n));
	if (n == NULL)
		return error_nomem(err);
	lx->name = n;
	if (words.len > 0 || count == 0 || count > LEXICON_WORDS_MAX)
		return damaged(err);
	n += lx->nnames;
	*n = (struct lexicon_name){ (uint32_t)lx->nentities - 1, LEXICON_NONE, LEXICON_NONE, f[4].text,
				    (uint16_t)f[4].len, (uint8_t)count, (uint16_t)capitals, (uint8_t)care,
				    (enum lexicon_class)(class - classes) };
	for (last = &lx->node[node].names; *last != LEXICON_NONE; last = &lx->name[*last].next)
		;
	*last = (uint32_t)lx->nnames;
	for (last = &lx->entity[lx->nentities - 1].names; *last != LEXICON_NONE; last = &lx->name[*last].sibling)
		;
	*last = (uint32_t)lx->nnames++;
	return ST_OK;
}

static enum status
load_hints(struct lexicon *lx, const struct field *f, struct error *err)
{
	struct field words = f[2], word;
	struct hint *h;
	uint32_t w;

	if (lx->nentities == 0 || f[1].len != 1 || strchr("+~-", f[1].text[0]) == NULL)
		return damaged(err);
	while (next_word(&words, &word)) {
		h = grow(lx->hint, &lx->hints_cap, lx->nhints, sizeof(*h));
		if (h == NULL || add_word(lx, word.text, word.len, &w) != ST_OK) {
			lx->hint = h != NULL ? h : lx->hint;
			return error_nomem(err);
		}
		lx->hint = h;
		h[lx->nhints] = (struct hint){ (uint32_t)lx->nentities - 1, lx->word[w].hints, f[1].text[0] == '-' ? -1 : 1,
						   f[1].text[0] == '~' };
		lx->word[w].hints = (uint32_t)lx->nhints++;
		lx->word[w].kinds |= LEXICON_WORD_HINT;
	}
	return ST_OK;
}

static enum status
load_list(struct lexicon *lx, const struct field *f, struct error *err)
{
	struct field words = f[2], word;
	unsigned kind;
	uint32_t w;

	if (!number(&f[1], &kind))
		return damaged(err);
	while (next_word(&words, &word)) {
		if (add_word(lx, word.text, word.len, &w) != ST_OK)
			return error_nomem(err);
		lx->word[w].kinds |= (uint8_t)kind;
	}
	return ST_OK;
}

static bool
begins(const struct field *f, const char *kind)
{
	return f->len > strlen(kind) && memcmp(f->text, kind, strlen(kind)) == 0;
}

static enum status
load_entity(struct lexicon *lx, const struct field *f, struct error *err)
{
	struct lexicon_entity *e = grow(lx->entity, &lx->entities_cap, lx->nentities, sizeof(*e));

	if (e == NULL)
		return error_nomem(err);
	lx->entity = e;
	e += lx->nentities++;
	*e = (struct lexicon_entity){ f[1].text, f[1].len, LEXICON_NONE, false, begins(&f[1], PERSON) };
	e->skip = e->person || begins(&f[1], SKIP);
	return ST_OK;
}

static enum status
load_line(struct lexicon *lx, const char *line, size_t len, struct error *err)
{
	struct field f[FIELDS_MAX];
	size_t n = 0;
	const char *end = line + len, *tab;

	for (; n < FIELDS_MAX; line = tab + 1) {
		tab = memchr(line, '\t', (size_t)(end - line));
		f[n++] = (struct field){ line, (size_t)((tab != NULL ? tab : end) - line) };
		if (tab == NULL)
			break;
	}
	if (f[0].len != 1 || n == FIELDS_MAX + 1)
		return damaged(err);
	if (f[0].text[0] == 'e' && n == 2)
		return load_entity(lx, f, err);
	if (f[0].text[0] == 'n' && n == 5)
		return load_name(lx, f, err);
	if (f[0].text[0] == 'h' && n == 3)
		return load_hints(lx, f, err);
	if (f[0].text[0] == 'w' && n == 3)
		return load_list(lx, f, err);
	return damaged(err);
}

/* The text, and the root. */
static enum status
begin(struct lexicon *lx, const char *compiled, size_t len, struct error *err)
{
	lx->text = malloc(len + 1);
	lx->node = grow(NULL, &lx->nodes_cap, 0, sizeof(*lx->node));
	if (lx->text == NULL || lx->node == NULL)
		return error_nomem(err);
	memcpy(lx->text, compiled, len);
	lx->text[len] = '\0';
	lx->node[lx->nnodes++] = (struct node){ LEXICON_NONE, LEXICON_NONE, LEXICON_NONE };
	return ST_OK;
}

enum status
lexicon_load(struct lexicon **out, const char *compiled, size_t len, struct error *err)
{
	struct lexicon *lx = calloc(1, sizeof(*lx));
	const char *at, *end, *line;
	enum status st;

	*out = NULL;
	if (lx == NULL)
		return error_nomem(err);
	st = begin(lx, compiled, len, err);
	for (at = lx->text, end = at + len; st == ST_OK && at < end; at = line + 1) {
		line = memchr(at, '\n', (size_t)(end - at));
		st = line == NULL ? damaged(err) : load_line(lx, at, (size_t)(line - at), err);
		if (line == NULL)
			break;
	}
	if (st == ST_OK)
		*out = lx;
	else
		lexicon_free(lx);
	return st;
}

/* ---- looking up ---- */

uint32_t
lexicon_word(const struct lexicon *lx, const char *word, size_t len)
{
	return map_find(&lx->words, hash_bytes(word, len), is_word, lx->word, &(struct map_text){ word, len });
}

unsigned
lexicon_word_kinds(const struct lexicon *lx, uint32_t word)
{
	return word != LEXICON_NONE ? lx->word[word].kinds : 0;
}

int
lexicon_hint(const struct lexicon *lx, uint32_t word, uint32_t entity)
{
	uint32_t i = word != LEXICON_NONE ? lx->word[word].hints : LEXICON_NONE;

	for (; i != LEXICON_NONE; i = lx->hint[i].next)
		if (lx->hint[i].entity == entity)
			return lx->hint[i].sign;
	return 0;
}

uint32_t
lexicon_hinted(const struct lexicon *lx, uint32_t word, size_t n)
{
	uint32_t i = word != LEXICON_NONE ? lx->word[word].hints : LEXICON_NONE;

	for (; i != LEXICON_NONE; i = lx->hint[i].next)
		if (lx->hint[i].sign > 0 && !lx->hint[i].near && n-- == 0)
			return lx->hint[i].entity;
	return LEXICON_NONE;
}

uint32_t
lexicon_step(const struct lexicon *lx, uint32_t node, uint32_t word)
{
	return map_find(&lx->nodes, hash_step(node, word), is_node, lx->node, &(struct node){ node, word, 0 });
}

uint32_t
lexicon_names_at(const struct lexicon *lx, uint32_t node)
{
	return lx->node[node].names;
}

uint32_t
lexicon_names_of_word(const struct lexicon *lx, const char *word, size_t len)
{
	uint32_t w = lx != NULL ? lexicon_word(lx, word, len) : LEXICON_NONE,
		 node = w != LEXICON_NONE ? lexicon_step(lx, LEXICON_ROOT, w) : LEXICON_NONE;

	return node != LEXICON_NONE ? lexicon_names_at(lx, node) : LEXICON_NONE;
}

const struct lexicon_name *
lexicon_name(const struct lexicon *lx, uint32_t name)
{
	return &lx->name[name];
}

const struct lexicon_entity *
lexicon_entity(const struct lexicon *lx, uint32_t entity)
{
	return &lx->entity[entity];
}

size_t
lexicon_entities(const struct lexicon *lx)
{
	return lx->nentities;
}

uint32_t
lexicon_find(const struct lexicon *lx, const char *id, size_t len)
{
	uint32_t i;

	for (i = 0; i < lx->nentities; i++)
		if (lx->entity[i].len == len && memcmp(lx->entity[i].id, id, len) == 0)
			return i;
	return LEXICON_NONE;
}
