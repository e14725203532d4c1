/* SPDX-License-Identifier: GPL-2.0-or-later */
#include "engine/document/field_terms.h"

#include <string.h>

#include "engine/store/schema.h"

struct adder { struct termbag *bag; struct analyser *an; const struct article *a; };

/* One entry of a field: its words under PREFIX from *POS on, which then stands
 * a gap behind them. They filter and never rank, so they have no frequency. */
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
			st = termbag_place(ad->bag, t, *pos + tok.pos, 0, true);
		if (st != ST_OK)
			error_set(err, st, "no memory for the terms of an article");
	}
	*pos += analyse_positions(ad->an) + SCHEMA_GAP;
	return st;
}

static enum status
add_list(struct adder *ad, const char *prefix, enum article_list list, uint32_t *pos, struct error *err)
{
	size_t at = 0;
	const char *entry;
	enum status st = ST_OK;

	while (st == ST_OK && (entry = article_next_entry(ad->a, list, &at)) != NULL)
		st = add_words(ad, prefix, entry, strlen(entry), pos, err);
	return st;
}

static enum status
add_field(struct adder *ad, const char *prefix, enum article_field f, uint32_t *pos, struct error *err)
{
	return add_words(ad, prefix, buf_str(&ad->a->field[f]), ad->a->field[f].len, pos, err);
}

static const char *
prefix_of(const char *field)
{
	return schema_field(field, strlen(field))->prefix;
}

enum status
field_terms_add(struct termbag *bag, struct analyser *an, const struct article *a, struct error *err)
{
	static const struct { const char *field; enum article_field from; } single[] = {
		{ "source", ART_SOURCE }, { "byline", ART_BYLINE },
	};
	static const struct { const char *field; enum article_list from; } lists[] = {
		{ "person", ART_PERSONS }, { "org", ART_ORGS }, { "topic", ART_TOPICS },
	};
	struct adder ad = { bag, an, a };
	const char *place_prefix = prefix_of("place");
	enum status st = ST_OK;
	uint32_t pos;
	size_t i;

	for (i = 0; i < sizeof(single) / sizeof(single[0]) && st == ST_OK; i++) {
		pos = 1;
		st = add_field(&ad, prefix_of(single[i].field), single[i].from, &pos, err);
	}
	for (i = 0; i < sizeof(lists) / sizeof(lists[0]) && st == ST_OK; i++) {
		pos = 1;
		st = add_list(&ad, prefix_of(lists[i].field), lists[i].from, &pos, err);
	}
	pos = 1;
	if (st == ST_OK)
		st = add_field(&ad, place_prefix, ART_PLACE, &pos, err);
	if (st == ST_OK)
		st = add_field(&ad, place_prefix, ART_DATELINE, &pos, err);
	if (st == ST_OK)
		st = add_list(&ad, place_prefix, ART_PLACES, &pos, err);
	return st;
}
