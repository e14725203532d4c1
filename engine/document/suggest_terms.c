/* SPDX-License-Identifier: GPL-2.0-or-later */
#include "engine/document/suggest_terms.h"

#include <string.h>

#include "engine/store/schema.h"
#include "engine/text/analyse_words.h"

#define SPELLING_MAX 120   /* bytes of a name that is kept as it is written */

/* The article's terms, while they are added. */
struct adder {
	struct termbag *bag;
	struct analyser *an;
	const char *lang;
	struct buf folded;
	struct error *err;
};

enum source { HEADLINE, NAME };

/* TEXT as a term; a name, if it has several words, with its spelling behind the folded ones. */
static enum status
add(struct adder *a, enum source source, const char *text, size_t len)
{
	const char *prefix = source == HEADLINE ? PREFIX_HEADLINE : PREFIX_FULL_NAME;
	struct buf *b = &a->folded;
	size_t words, end;
	uint32_t t;
	enum status st;

	if (source != HEADLINE && (len > SPELLING_MAX || memchr(text, '\n', len) != NULL))
		return ST_OK;
	buf_clear(b);
	st = analyse_words_folded(a->an, text, len, a->lang, b, &words, a->err);
	if (st != ST_OK || words < (source == HEADLINE ? 1 : 2))
		return st;
	end = b->len < SCHEMA_SUGGEST_MAX ? b->len : SCHEMA_SUGGEST_MAX;
	while (end > 0 && end < b->len && ((unsigned char)b->data[end] & 0xC0) == 0x80)
		end--;
	b->len = end;
	if (source != HEADLINE) {
		buf_addc(b, '\t');
		buf_add(b, text, len);
	}
	return buf_status(b) == ST_OK ? termbag_term(a->bag, prefix, b->data, b->len, &t) : ST_NOMEM;
}

static enum status
add_lists(struct adder *to, const struct article *a)
{
	static const enum article_field lists[] = { ART_PERSONS, ART_ORGS, ART_PLACES };
	enum status st = ST_OK;
	const char *entry;
	size_t i, at;

	for (i = 0; i < sizeof(lists) / sizeof(lists[0]); i++) {
		at = 0;
		while (st == ST_OK && (entry = article_next_entry(a, lists[i], &at)) != NULL)
			st = add(to, NAME, entry, strlen(entry));
	}
	return st;
}

static enum status
add_persons(struct adder *to, const struct article *a, const struct persons *list)
{
	enum status st = ST_OK;
	size_t i;

	for (i = 0; i < list->n && st == ST_OK; i++)
		st = add(to, NAME, a->body.data + list->at[i].start, list->at[i].end - list->at[i].start);
	return st;
}

enum status
suggest_terms_add(struct termbag *bag, struct analyser *an, const struct article *a,
		  const struct persons *persons, struct error *err)
{
	struct adder to = { bag, an, buf_str(&a->field[ART_LANG]), BUF_INIT, err };
	const struct buf *title = &a->field[ART_TITLE];
	enum status st = add(&to, HEADLINE, buf_str(title), title->len);

	if (st == ST_OK)
		st = add_lists(&to, a);
	if (st == ST_OK)
		st = add_persons(&to, a, persons);
	buf_fini(&to.folded);
	return st == ST_NOMEM ? error_nomem(err) : st;
}
