/* SPDX-License-Identifier: GPL-2.0-or-later */
#include "engine/document/field_terms.h"

#include <string.h>

#include "engine/store/schema.h"

struct adder { struct termbag *bag; struct analyser *an; const struct article *a; };

/* Adds the words of one entry of a field under PREFIX from position *POS on; *POS then stands
 * a gap behind them. Fields filter and never rank, so their terms have no frequency. */
static enum status
add_words(struct adder *ad, const char *prefix, const char *text, size_t len, uint32_t *pos, struct error *err)
{
	struct token tok;
	uint32_t t;
	bool got;
	enum status st;

	if (len == 0)
		return ST_OK;
	st = analyse_begin(ad->an, text, len, buf_str(&ad->a->field[ART_LANG]), NULL, err);
	while (st == ST_OK) {
		st = analyse_next(ad->an, &tok, &got, err);
		if (st != ST_OK || !got)
			break;
		st = termbag_term(ad->bag, prefix, tok.term, tok.len, &t);
		if (st == ST_OK)
			st = termbag_position(ad->bag, t, *pos + tok.pos, 0, true);
		if (st != ST_OK)
			error_nomem(err);
	}
	*pos += analyse_positions(ad->an) + SCHEMA_GAP;
	return st;
}

static enum status
add_list(struct adder *ad, const char *prefix, enum article_field list, uint32_t *pos, struct error *err)
{
	size_t at = 0;
	const char *entry;
	enum status st = ST_OK;

	while (st == ST_OK && (entry = article_next_entry(ad->a, list, &at)) != NULL)
		st = add_words(ad, prefix, entry, strlen(entry), pos, err);
	return st;
}

/* All fields of the article that FILTER finds, one behind the other. */
static enum status
add_found_by(struct adder *ad, const struct schema_field *filter, struct error *err)
{
	const struct article_def *def;
	enum status st = ST_OK;
	uint32_t pos = 1;
	size_t i;

	for (i = 0; st == ST_OK && (def = article_def(i)) != NULL; i++) {
		const struct buf *text = &ad->a->field[def->field];

		if (def->filter == NULL || strcmp(def->filter, filter->name) != 0)
			continue;
		st = def->kind == ARTICLE_LIST ? add_list(ad, filter->prefix, def->field, &pos, err) :
			add_words(ad, filter->prefix, buf_str(text), text->len, &pos, err);
	}
	return st;
}

enum status
field_terms_add(struct termbag *bag, struct analyser *an, const struct article *a, struct error *err)
{
	struct adder ad = { bag, an, a };
	const struct schema_field *filter;
	enum status st = ST_OK;
	size_t i;

	/* A filter that is about a region asks for words at its place: region_terms.h. */
	for (i = 0; st == ST_OK && (filter = schema_field_at(i)) != NULL; i++)
		if (filter->kind == FIELD_WORDS && *filter->region == '\0')
			st = add_found_by(&ad, filter, err);
	return st;
}
