/* SPDX-License-Identifier: GPL-2.0-or-later */
#include "engine/document/termbag.h"

#include <stdlib.h>
#include <string.h>

#include "base/grow.h"
#include "base/hash.h"
#include "base/sort.h"
#include "engine/store/schema.h"

#define KEEP_TERMS 65536   /* the memory of a larger article is given back */
#define KEEP_OCCURRENCES 524288

void
termbag_init(struct termbag *b)
{
	memset(b, 0, sizeof(*b));
}

void
termbag_fini(struct termbag *b)
{
	free(b->term);
	free(b->occurrence);
	free(b->text);
	map_fini(&b->terms);
	free(b->run);
	termbag_init(b);
}

void
termbag_clear(struct termbag *b)
{
	if (b->nterms > KEEP_TERMS || b->noccurrences > KEEP_OCCURRENCES) {
		termbag_fini(b);
		return;
	}
	map_clear(&b->terms);
	b->nterms = b->noccurrences = b->text_len = 0;
}

/* ARRAY, or its new place, with room for NEED entries of SIZE bytes; NULL: no memory, or more
 * than 32 bits count. */
static void *
room(void *array, size_t *cap, size_t need, size_t size)
{
	return need < UINT32_MAX ? grow(array, cap, need > 0 ? need - 1 : 0, size) : NULL;
}

/* Writes PREFIX + WORD behind the text in use; *SIZE is its length. */
static enum status
spell(struct termbag *b, const char *prefix, const char *word, size_t len, size_t *size)
{
	char *text = room(b->text, &b->text_cap, b->text_len + XAP_TERM_MAX, 1);
	size_t plen = strlen(prefix);
	enum status st;

	if (text == NULL)
		return ST_NOMEM;
	b->text = text;
	if (plen + len > XAP_TERM_MAX / 2) {
		struct buf cut = BUF_INIT;

		schema_term(&cut, prefix, word, len);
		st = buf_status(&cut);
		if (st == ST_OK)
			memcpy(b->text + b->text_len, cut.data, *size = cut.len);
		buf_fini(&cut);
		return st;
	}
	memcpy(b->text + b->text_len, prefix, plen);
	memcpy(b->text + b->text_len + plen, word, len);
	*size = plen + len;
	return ST_OK;
}

static bool
is_term(const void *bag, uint32_t number, const void *key)
{
	const struct termbag *b = bag;
	const struct term *t = &b->term[number];
	const struct map_text *k = key;

	return t->len == k->len && memcmp(b->text + t->text, k->text, k->len) == 0;
}

enum status
termbag_term(struct termbag *b, const char *prefix, const char *word, size_t len, uint32_t *out)
{
	struct term *t = room(b->term, &b->terms_cap, b->nterms + 1, sizeof(*t));
	struct map_text key;
	size_t size;
	uint32_t hash;
	enum status st;

	if (t == NULL)
		return ST_NOMEM;
	b->term = t;
	st = spell(b, prefix, word, len, &size);
	if (st != ST_OK)
		return st;
	key = (struct map_text){ b->text + b->text_len, size };
	hash = hash_bytes(key.text, size);
	*out = map_find(&b->terms, hash, is_term, b, &key);
	if (*out != MAP_NONE)
		return ST_OK;
	*out = (uint32_t)b->nterms;
	st = map_add(&b->terms, hash, *out);
	if (st != ST_OK)
		return st;
	t += b->nterms++;
	memset(t, 0, sizeof(*t));
	t->text = (uint32_t)b->text_len;
	t->len = (uint32_t)size;
	t->first = t->last = TERMBAG_NONE;
	b->text_len += size;
	return ST_OK;
}

enum status
termbag_position(struct termbag *b, uint32_t t, uint32_t pos, unsigned weight, bool plain)
{
	struct term *term = &b->term[t];
	struct occurrence *p = room(b->occurrence, &b->occurrences_cap, b->noccurrences + 1, sizeof(*p));

	if (p == NULL)
		return ST_NOMEM;
	b->occurrence = p;
	p += b->noccurrences;
	p->pos = pos;
	p->weight = (uint16_t)weight;
	p->plain = plain;
	p->next = TERMBAG_NONE;
	if (term->last == TERMBAG_NONE)
		term->first = (uint32_t)b->noccurrences;
	else
		b->occurrence[term->last].next = (uint32_t)b->noccurrences;
	term->last = (uint32_t)b->noccurrences++;
	term->npos++;
	term->wdf += weight;
	return ST_OK;
}

static int
by_position(const void *a, const void *b)
{
	uint32_t x = *(const uint32_t *)a, y = *(const uint32_t *)b;

	return x < y ? -1 : x > y;
}

/* The positions of T into b->run, ascending, each once. */
static size_t
gather(struct termbag *b, const struct term *t)
{
	size_t n = 0, i, kept = 0;
	bool sorted = true;
	uint32_t at;

	for (at = t->first; at != TERMBAG_NONE; at = b->occurrence[at].next) {
		b->run[n] = b->occurrence[at].pos;
		if (n > 0 && b->run[n] <= b->run[n - 1])
			sorted = false;
		n++;
	}
	if (sorted)
		return n;
	sort(b->run, n, sizeof(*b->run), by_position);
	for (i = 0; i < n; i++)
		if (i == 0 || b->run[i] != b->run[kept - 1])
			b->run[kept++] = b->run[i];
	return kept;
}

enum status
termbag_flush(struct termbag *b, const struct wanted *wanted, struct xap_doc *doc, struct error *err)
{
	enum status st = ST_OK;
	size_t i;

	for (i = 0; i < b->nterms && st == ST_OK; i++) {
		const struct term *t = &b->term[i];
		uint32_t *run;

		if (wanted != NULL && wanted_find(wanted, b->text + t->text, t->len) == WANTED_NOT)
			continue;
		run = room(b->run, &b->run_cap, t->npos, sizeof(*run));
		if (run == NULL)
			return error_nomem(err);
		b->run = run;
		st = xap_doc_add(doc, b->text + t->text, t->len, b->run, gather(b, t), t->wdf, err);
	}
	return st;
}
