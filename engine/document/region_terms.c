/* SPDX-License-Identifier: GPL-2.0-or-later */
#include "engine/document/region_terms.h"

#include <string.h>

#include "engine/store/schema.h"

struct adder {
	struct termbag *bag;
	struct analyser *an;
	const struct article *a;
	struct error *err;
};

/* Adds a term without frequency, since regions filter and never rank. */
static enum status
add_position(struct adder *ad, const char *prefix, const char *word, size_t len, uint32_t pos)
{
	uint32_t t;

	return termbag_term(ad->bag, prefix, word, len, &t) == ST_OK &&
		termbag_position(ad->bag, t, pos, 0, true) == ST_OK ? ST_OK : error_nomem(ad->err);
}

/* The words of TEXT under PREFIX from *POS on, as many as there is room for before END; *POS then stands one
 * word behind them, so that no phrase goes on from there. */
static enum status
add_name(struct adder *ad, const char *prefix, const char *text, size_t len, uint32_t *pos, uint32_t end)
{
	struct token tok;
	bool got;
	enum status st;

	if (len == 0)
		return ST_OK;
	st = analyse_begin(ad->an, text, len, buf_str(&ad->a->field[ART_LANG]), NULL, ad->err);
	while (st == ST_OK) {
		st = analyse_next(ad->an, &tok, &got, ad->err);
		if (st != ST_OK || !got || *pos + tok.pos >= end)
			break;
		st = add_position(ad, prefix, tok.term, tok.len, *pos + tok.pos);
	}
	*pos += analyse_positions(ad->an) + 1;
	return st;
}

/* Adds the regions of KIND under the letter R, and their names under the prefix NAMES (NULL: no names); the first
 * region has NUMBER. */
static enum status
add_regions(struct adder *ad, struct regions *list, enum region_kind kind, const char *r, const char *names, uint32_t number)
{
	size_t n, i, k;
	const struct region *v = regions_list(list, kind, &n);
	enum status st = ST_OK;

	for (i = 0; i < n && st == ST_OK; i++, number++) {
		uint32_t pos = number * SCHEMA_STRIDE + 1;

		st = add_position(ad, PREFIX_BEGIN, r, 1, v[i].first);
		if (st == ST_OK)
			st = add_position(ad, PREFIX_END, r, 1, v[i].last);
		for (k = 0; names != NULL && k < 2 && st == ST_OK; k++)
			st = add_name(ad, names, ad->a->body.data + v[i].name[k].start,
				      v[i].name[k].end - v[i].name[k].start, &pos, (number + 1) * SCHEMA_STRIDE);
	}
	return st;
}

static enum status
add_limits(struct adder *ad, const struct regions *list, enum limit_kind kind, const char *r)
{
	size_t n, i;
	const uint32_t *v = regions_limits(list, kind, &n);
	enum status st = ST_OK;

	for (i = 0; i < n && st == ST_OK; i++)
		st = add_position(ad, PREFIX_BEGIN, r, 1, v[i]);
	return st;
}

/* The headline is a sentence, a paragraph, and part of the lead. */
static enum status
add_headline(struct adder *ad, uint32_t words)
{
	static const char *const begins[] = { SCHEMA_SENTENCE, SCHEMA_PARAGRAPH, SCHEMA_LEAD };
	enum status st = ST_OK;
	size_t i;

	if (words == 0)
		return ST_OK;
	for (i = 0; i < sizeof(begins) / sizeof(begins[0]) && st == ST_OK; i++)
		st = add_position(ad, PREFIX_BEGIN, begins[i], 1, 1);
	return st == ST_OK ? add_position(ad, PREFIX_END, SCHEMA_LEAD, 1, words) : st;
}

enum status
region_terms_add(struct termbag *bag, struct regions *r, const struct article *a, uint32_t headline,
		 struct analyser *an, struct error *err)
{
	struct adder ad = { bag, an, a, err };
	const struct buf *section = &a->field[ART_SECTION];
	uint32_t pos = 1;
	enum status st = add_headline(&ad, headline);

	if (st == ST_OK)
		st = add_regions(&ad, r, REGION_LEAD, SCHEMA_LEAD, NULL, 0);
	if (st == ST_OK)
		st = add_regions(&ad, r, REGION_QUOTE, SCHEMA_QUOTE, PREFIX_SPEAKER, 0);
	if (st == ST_OK)
		st = add_name(&ad, PREFIX_SECTION, buf_str(section), section->len, &pos, SCHEMA_STRIDE);
	if (st == ST_OK)
		st = add_regions(&ad, r, REGION_SECTION, SCHEMA_SECTION, PREFIX_SECTION, 1);
	if (st == ST_OK)
		st = add_limits(&ad, r, LIMIT_SENTENCE, SCHEMA_SENTENCE);
	return st == ST_OK ? add_limits(&ad, r, LIMIT_PARAGRAPH, SCHEMA_PARAGRAPH) : st;
}
