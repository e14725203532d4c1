/* SPDX-License-Identifier: GPL-2.0-or-later
 *
 * Words that have to stand in some part of the article: which part, and, since
 * positions are kept of words and not of stems, which words a stem stands for.
 */
#include <stdlib.h>
#include <string.h>

#include "base/grow.h"
#include "base/sort.h"
#include "engine/plan/planner.h"
#include "engine/store/schema.h"
#include "engine/xapian/deadline.h"

#define LOOK_TERMS 1024      /* terms between two looks at the clock */
#define MANY_TERMS 4         /* of more than these an article has few: they are looked for among its own */

/* ---- regions ---- */

/* The part that FIELD is about, unnamed. */
static enum status
make_region(struct planner *pl, const struct schema_field *field, struct near_region *out)
{
	enum status st;

	*out = (struct near_region){ .first = strcmp(field->region, SCHEMA_SECTION) == 0 };
	st = planner_term(pl, WANTED_POSITIONS, PREFIX_BEGIN, field->region, 1, &out->begin);
	return st == ST_OK ? planner_term(pl, WANTED_POSITIONS, PREFIX_END, field->region, 1, &out->end) : st;
}

/* The part that NODE, a filter, asks for. */
static enum status
filter_region(struct planner *pl, const struct node *node, struct near_region *out)
{
	struct near_operand *name;
	struct words_phrase ph;
	enum status st = make_region(pl, node->field, out);

	if (st != ST_OK)
		return st;
	if (node->field->kind == FIELD_VOICE) {
		out->outside = query_is_reporter(node);
		return ST_OK;
	}
	st = plan_filter_words(pl, (struct plan_context){ .again = true }, node, &ph);
	name = planner_alloc(pl, 1, sizeof(*name));
	if (st == ST_OK && name == NULL)
		return error_nomem(pl->err);
	if (st == ST_OK)
		*name = ph.operand;
	out->name = name;
	return st;
}

enum status
region_enter(struct planner *pl, struct plan_context *ctx, const struct node *list)
{
	struct near_region *regions;
	size_t i, n = ctx->nregions, words = 0;
	enum status st = ST_OK;

	for (i = 0; i < list->nkids; i++) {
		n += query_region(list->kid[i]) != NULL;
		words += !query_is_filter(list->kid[i]);
	}
	if (n == ctx->nregions || words == 0)
		return ST_OK;
	regions = planner_alloc(pl, n, sizeof(*regions));
	if (regions == NULL)
		return error_nomem(pl->err);
	for (n = 0; n < ctx->nregions; n++)
		regions[n] = ctx->regions[n];
	for (i = 0; i < list->nkids && st == ST_OK; i++)
		if (query_region(list->kid[i]) != NULL && list->kid[i]->sign != SIGN_MUST_NOT)
			st = filter_region(pl, list->kid[i], &regions[n++]);
	ctx->regions = regions;
	ctx->nregions = n;
	return st;
}

enum status
region_own(struct planner *pl, struct plan_context *ctx, const struct node *node)
{
	struct near_region *lead;

	ctx->nregions = 0;
	if (node->field->region[0] == '\0')
		return ST_OK;
	lead = planner_alloc(pl, 1, sizeof(*lead));
	if (lead == NULL)
		return error_nomem(pl->err);
	ctx->regions = lead;
	ctx->nregions = 1;
	return make_region(pl, node->field, lead);
}

enum status
region_hold(struct planner *pl, struct plan_context ctx, const struct near_operand *op, unsigned times, struct xap_query **q)
{
	const struct near_chain chain = { .operand = { *op }, .noperands = 1, .times = times,
					  .regions = ctx.regions, .nregions = ctx.nregions };
	enum status st;

	if (*q == NULL || (ctx.nregions == 0 && times <= 1))
		return ST_OK;
	st = plan_condition_add(pl, &chain, false, q);
	return st == ST_OK ? plan_condition_confine(pl, ctx, q) : st;
}

enum status
region_voice(struct planner *pl, const struct node *node, struct xap_query **out)
{
	struct near_region quotes;
	enum status st = make_region(pl, node->field, &quotes);

	if (st != ST_OK)
		return st;
	return query_is_reporter(node) ? xap_query_all(out, pl->err) : planner_find(pl, &quotes.begin, out);
}

enum status
region_want_limits(struct planner *pl, const struct near_chain *chain)
{
	struct near_term unused;
	enum status st = ST_OK;
	size_t i;

	for (i = 0; i + 1 < chain->noperands && st == ST_OK; i++)
		if (chain->step[i].same != NEAR_SAME_NOT)
			st = planner_term(pl, WANTED_POSITIONS, PREFIX_BEGIN, chain->step[i].same == NEAR_SAME_SENTENCE ?
					  SCHEMA_SENTENCE : SCHEMA_PARAGRAPH, 1, &unused);
	return st;
}

/* ---- the words of a stem ---- */

struct family {
	struct planner *pl;
	struct near_term *v;   /* on the heap */
	size_t n, cap;
};

static enum status
add_word(struct family *f, const char *text, size_t len)
{
	struct near_term *v = grow(f->v, &f->cap, f->n, sizeof(*v));

	if (v == NULL)
		return error_nomem(f->pl->err);
	f->v = v;
	v[f->n].text = arena_string(f->pl->arena, text, len);
	v[f->n].len = len;
	return v[f->n++].text != NULL ? ST_OK : error_nomem(f->pl->err);
}

/* Whether WORD, read as LANG's, has STEM. */
static enum status
has_stem(struct planner *pl, const char *word, size_t len, const char *lang, const struct words_stem *stem, bool *has)
{
	struct stem stems[ANALYSE_STEMS_MAX];
	char designator[ANALYSE_WORD_MAX];
	struct token tok;
	size_t n, i;
	bool got;
	enum status st;

	*has = false;
	/* The index has f35s, which the stem f35 is of where it is a designator: with a capital. */
	if (len > 1 && len <= sizeof(designator) && word[0] >= 'a' && word[0] <= 'z' && word[len - 1] == 's' &&
	    word[len - 2] >= '0' && word[len - 2] <= '9') {
		memcpy(designator, word, len);
		designator[0] = (char)(word[0] - 'a' + 'A');
		word = designator;
	}
	st = analyse_begin(pl->an, word, len, lang, NULL, pl->err);
	if (st == ST_OK)
		st = analyse_next(pl->an, &tok, &got, pl->err);
	if (st != ST_OK || !got || tok.end != len)
		return st;
	st = analyse_stems(pl->an, &tok, stems, &n, pl->err);
	for (i = 0; i < n && st == ST_OK; i++)
		if (stems[i].len == stem->len && memcmp(stems[i].text, stem->text, stem->len) == 0)
			*has = true;
	return st;
}

/* Adds the terms beginning with PREFIX whose rest, behind SKIP bytes, has STEM. */
static enum status
walk(struct family *f, const char *prefix, size_t prefix_len, size_t skip, const char *lang, const struct words_stem *stem)
{
	struct planner *pl = f->pl;
	struct xap_terms *terms = NULL;
	const char *term;
	size_t len, count = 0;
	uint32_t freq;
	bool has;
	enum status st = ST_OK;

	if (pl->wanted != NULL && wanted_add_prefix(pl->wanted, prefix, prefix_len) != ST_OK)
		return error_nomem(pl->err);
	st = xap_terms_open(&terms, pl->db, prefix, prefix_len, pl->err);
	while (st == ST_OK) {
		st = xap_terms_next(terms, &term, &len, &freq, pl->err);
		if (st != ST_OK || term == NULL)
			break;
		if (count++ % LOOK_TERMS == 0)
			st = deadline_check(pl->deadline, pl->err);
		if (st == ST_OK)
			st = has_stem(pl, term + skip, len - skip, lang, stem, &has);
		if (st == ST_OK && has)
			st = add_word(f, term, len);
	}
	xap_terms_free(terms);
	return st;
}

/* How many bytes of an English STEM all its words begin with: Snowball's makes y of i ("policies", "sky"), e of
 * nothing ("hoping") or of y ("dying"), l of il ("sensibility"). */
static size_t
sure_part(const char *stem, size_t len)
{
	if (len > 2 && memcmp(stem + len - 2, "ie", 2) == 0)
		return len - 2;
	if (len > 1 && (strchr("eiy", stem[len - 1]) != NULL || (len > 2 && memcmp(stem + len - 2, "bl", 2) == 0)))
		return len - 1;
	return len;
}

/* The words of an article in another language: as folded, and as spelled, for its stems are made of spellings. */
static enum status
walk_foreign(struct family *f, const struct words_stem *stem)
{
	static const char accents[] = "\xC3\xC4\xC5";   /* how letters begin that fold to those of ASCII */
	const char *rest = stem->text + 3;
	size_t len = stem->len - 3, i;
	char lang[3] = { stem->text[0], stem->text[1], '\0' }, spelled[3] = PREFIX_EXACT;
	enum status st;

	if (len == 0)
		return ST_OK;
	for (i = len; i > 1 && ((unsigned char)rest[i - 1] & 0xC0) == 0x80; i--)
		;
	st = walk(f, rest, i > 1 ? i - 1 : len, 0, lang, stem);
	spelled[2] = rest[0];
	if (st == ST_OK)
		st = walk(f, spelled, sizeof(spelled), 2, lang, stem);
	for (i = 0; i < sizeof(accents) - 1 && (unsigned char)rest[0] < 0x80 && st == ST_OK; i++) {
		spelled[2] = accents[i];
		st = walk(f, spelled, sizeof(spelled), 2, lang, stem);
	}
	return st;
}

static enum status
add_families(struct family *f, const struct words_token *tok)
{
	enum status st = ST_OK;
	size_t i;

	for (i = 0; i < tok->nstems && st == ST_OK; i++) {
		const struct words_stem *stem = &tok->stems[i];

		if (stem->len > 3 && stem->text[2] == ':')
			st = walk_foreign(f, stem);
		else
			st = walk(f, stem->text, sure_part(stem->text, stem->len), 0, "", stem);
	}
	return st;
}

/* P with the words of F besides its own. */
static enum status
widen(struct family *f, const struct near_slot *p, struct near_slot *out)
{
	struct near_term *terms;
	size_t i, n = 0, same = 0;
	enum status st = ST_OK;

	for (i = 0; i < p->nterms && st == ST_OK; i++)
		st = add_word(f, p->terms[i].text, p->terms[i].len);
	if (st != ST_OK)
		return st;
	terms = planner_alloc(f->pl, f->n, sizeof(*terms));
	if (terms == NULL)
		return error_nomem(f->pl->err);
	sort(f->v, f->n, sizeof(*f->v), planner_by_text);
	for (i = 0; i < f->n; i++)
		if (n == 0 || planner_by_text(&terms[n - 1], &f->v[i]) != 0)
			terms[n++] = f->v[i];
	if (n > MANY_TERMS)
		while (same < terms[0].len && same < terms[n - 1].len && terms[0].text[same] == terms[n - 1].text[same])
			same++;
	*out = *p;
	out->terms = terms;
	out->nterms = n;
	out->prefix_len = same;
	return ST_OK;
}

enum status
region_stems(struct planner *pl, struct plan_context ctx, const struct node *node, const struct words *w,
	     struct near_operand **out)
{
	struct family f = { pl, NULL, 0, 0 };
	struct near_slot *slot = planner_alloc(pl, 1, sizeof(*slot));
	struct near_item *item = planner_alloc(pl, 1, sizeof(*item));
	struct words_phrase ph;
	bool compound = w->tok[0].compound != 0, joined = false;
	size_t i;
	enum status st = words_phrase(pl, ctx, node, w, &ph);

	*out = planner_alloc(pl, 1, sizeof(**out));
	if (slot == NULL || item == NULL || *out == NULL)
		return error_nomem(pl->err);
	for (i = 0; i < w->n && st == ST_OK; i++) {
		if (compound && (!(w->tok[i].flags & TOKEN_JOINED) || joined))
			continue;
		joined = compound;
		st = add_families(&f, &w->tok[i]);
	}
	if (st == ST_OK) {
		*item = ph.operand.items[0];
		if (!compound)
			st = widen(&f, item->parts, slot);
		else if (item->joined != NULL)
			st = widen(&f, item->joined, slot);
		if (!compound)
			item->parts = slot;
		else if (item->joined != NULL)
			item->joined = slot;
		**out = (struct near_operand){ item, 1 };
	}
	free(f.v);
	return st;
}
