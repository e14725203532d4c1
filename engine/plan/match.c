/* SPDX-License-Identifier: GPL-2.0-or-later
 *
 * From words to queries: terms and their synonyms, Xapian's phrases where they
 * do, conditions of ours where they do not.
 */
#include <stdlib.h>
#include <string.h>

#include "base/grow.h"
#include "engine/plan/planner.h"
#include "engine/plan/ranking.h"
#include "engine/plan/readings.h"
#include "engine/store/schema.h"

/* Queries that will be joined. */
struct bunch { struct xap_query **q; size_t n, cap; };

static void
bunch_fini(struct bunch *b)
{
	size_t i;

	for (i = 0; i < b->n; i++)
		xap_query_free(b->q[i]);
	free(b->q);
	*b = (struct bunch){ NULL, 0, 0 };
}

static enum status
bunch_take(struct planner *pl, struct bunch *b, struct xap_query *q)
{
	struct xap_query **more = grow(b->q, &b->cap, b->n, sizeof(struct xap_query *));

	if (more == NULL) {
		xap_query_free(q);
		return error_nomem(pl->err);
	}
	b->q = more;
	b->q[b->n++] = q;
	return ST_OK;
}

/* Joins all of B, which is empty afterwards. One query stays as it is. */
static enum status
bunch_join(struct planner *pl, struct bunch *b, enum xap_op op, unsigned window, struct xap_query **out)
{
	enum status st = ST_OK;

	if (b->n == 1)
		*out = b->q[0];
	else
		st = xap_query_join_take(out, op, b->q, b->n, window, pl->err);
	b->n = 0;
	bunch_fini(b);
	return st;
}

/* FIND: it is only to find, and neither to rank nor to stand in a phrase. */
static enum status
add_term(struct planner *pl, struct bunch *b, const struct near_term *t, bool find)
{
	struct xap_query *q;
	enum status st = find ? planner_find(pl, t, &q) : planner_rank(pl, t, &q);

	return st == ST_OK ? bunch_take(pl, b, q) : st;
}

enum status
match_slot(struct planner *pl, const struct near_slot *p, enum xap_op op, bool find, struct xap_query **out)
{
	struct bunch b = { NULL, 0, 0 };
	enum status st = ST_OK;
	size_t i;

	*out = NULL;
	for (i = 0; i < p->nterms && st == ST_OK; i++)
		st = add_term(pl, &b, &p->terms[i], find);
	if (st == ST_OK && p->instead.text != NULL)
		st = add_term(pl, &b, &p->instead, find);
	if (st == ST_OK)
		return bunch_join(pl, &b, op, 0, out);
	bunch_fini(&b);
	return st;
}

/* *Q becomes *Q OP the term T. */
static enum status
with_term(struct planner *pl, struct xap_query **q, enum xap_op op, const struct near_term *t)
{
	struct xap_query *pair[2] = { *q, NULL };
	enum status st = xap_query_term(&pair[1], t->text, t->len, 1, pl->err);

	*q = NULL;
	if (st == ST_OK)
		return xap_query_join_take(q, op, pair, 2, 0, pl->err);
	xap_query_free(pair[0]);
	return st;
}

/* A word alone: no positions are needed, but for a spelling in the headline. */
static enum status
single_slot(struct planner *pl, struct plan_context ctx, const struct near_slot *p, struct xap_query **out)
{
	const enum xap_op op = ctx.filter ? XAP_OR : XAP_SYNONYM;
	struct near_slot only = *p;
	enum status st;

	if (p->unless.text == NULL)
		return match_slot(pl, p, op, ctx.filter, out);
	only.instead.text = NULL;
	st = match_slot(pl, &only, op, ctx.filter, out);
	if (st == ST_OK)
		st = with_term(pl, out, XAP_AND_NOT, &p->unless);
	return st == ST_OK ? with_term(pl, out, XAP_OR, &p->instead) : st;
}

/* Several readings of the same words: an article that has more than one of
 * them gets about the weight of one. (OP_SYNONYM would do just that, but not over
 * our own posting sources, and a phrase needs its clock.) */
static enum status
join_readings(struct planner *pl, struct bunch *b, struct xap_query **out)
{
	enum status st = ST_OK;
	size_t i;

	for (i = 0; b->n > 1 && i < b->n && st == ST_OK; i++)
		st = xap_query_scale_take(&b->q[i], b->q[i], 1.0 / (double)b->n, pl->err);
	if (st == ST_OK)
		return bunch_join(pl, b, XAP_OR, 0, out);
	bunch_fini(b);
	return st;
}

/* Xapian's phrase of PH; bit K of JOINED: the Kth hyphenated word as one word. */
static enum status
native_phrase(struct planner *pl, struct plan_context ctx, const struct words_phrase *ph, unsigned joined,
	      struct xap_query **out)
{
	struct bunch b = { NULL, 0, 0 };
	struct xap_query *q;
	unsigned compound = 0;
	enum status st = ST_OK;
	size_t i, k, n;

	for (i = 0; i < ph->operand.nitems; i++) {
		const struct near_item *item = &ph->operand.items[i];
		bool one = item->joined != NULL && (joined >> compound++ & 1);

		for (k = 0; k < (one ? 1 : item->nparts) && st == ST_OK; k++) {
			st = match_slot(pl, one ? item->joined : &item->parts[k], XAP_OR, false, &q);
			if (st == ST_OK)
				st = bunch_take(pl, &b, q);
		}
	}
	n = b.n;
	if (st == ST_OK)
		st = bunch_join(pl, &b, XAP_PHRASE, (unsigned)n, out);
	bunch_fini(&b);
	if (st == ST_OK && n > 1)
		st = xap_query_clock_take(out, *out, pl->deadline, pl->err);
	return st == ST_OK && n > 1 ? plan_condition_confine(pl, ctx, out) : st;
}

/* The query that ranks the articles of a positional condition: the words of OP. */
static enum status
add_weights(struct planner *pl, struct bunch *b, const struct near_operand *op)
{
	struct xap_query *q;
	enum status st = ST_OK;
	size_t i, k;

	for (i = 0; i < op->nitems; i++) {
		const struct near_item *item = &op->items[i];

		for (k = 0; k < item->nparts + (item->joined != NULL) && st == ST_OK; k++) {
			st = match_slot(pl, k < item->nparts ? &item->parts[k] : item->joined, XAP_SYNONYM, false, &q);
			if (st == ST_OK)
				st = bunch_take(pl, b, q);
		}
	}
	return st;
}

enum status
match_stage(struct planner *pl, const struct near_chain *chain, struct xap_query **out)
{
	struct bunch b = { NULL, 0, 0 };
	enum status st = ST_OK;
	size_t i;

	for (i = 0; i < chain->noperands && st == ST_OK; i++)
		st = add_weights(pl, &b, &chain->operand[i]);
	if (st == ST_OK)
		st = bunch_join(pl, &b, XAP_OR, 0, out);
	bunch_fini(&b);
	return st == ST_OK ? plan_condition_add(pl, chain, true, out) : st;
}

const struct near_slot *
match_only_slot(const struct words_phrase *ph)
{
	const struct near_item *item = ph->operand.items;

	return ph->operand.nitems == 1 && item->nparts == 1 && item->joined == NULL ? item->parts : NULL;
}

enum status
match_phrase(struct planner *pl, struct plan_context ctx, const struct words_phrase *ph, struct xap_query **out)
{
	const struct near_slot *only = match_only_slot(ph);
	struct bunch b = { NULL, 0, 0 };
	struct near_chain chain = { .noperands = 1 };
	unsigned compounds = 0, v;
	enum status st = ST_OK;
	size_t i;

	*out = NULL;
	if (only != NULL && only->within[0].text == NULL)
		return single_slot(pl, ctx, only, out);
	for (i = 0; i < ph->operand.nitems; i++)
		compounds += ph->operand.items[i].joined != NULL;
	chain.operand[0] = ph->operand;
	if (!ph->plain || compounds > 2 || pl->delta) {
		st = match_stage(pl, &chain, out);
		return st == ST_OK ? plan_condition_confine(pl, ctx, out) : st;
	}
	ctx.apart = ctx.apart || compounds > 0;
	for (v = 0; v < 1u << compounds && st == ST_OK; v++) {
		struct xap_query *q;

		st = native_phrase(pl, ctx, ph, v, &q);
		if (st == ST_OK)
			st = bunch_take(pl, &b, q);
	}
	if (st == ST_OK)
		return join_readings(pl, &b, out);
	bunch_fini(&b);
	return st;
}

/* ---- leaves ---- */

const char *
match_prefix(const struct node *node)
{
	return node->field != NULL ? node->field->prefix : "";
}

/* A word without stems stands for itself. */
static enum status
add_own(struct planner *pl, struct plan_context ctx, struct bunch *b, const struct words_token *tok, const char *prefix)
{
	struct mark_word m = { MARK_WORD, tok->term, tok->len };
	struct near_term t;
	enum status st = planner_term(pl, WANTED_TERM, prefix, tok->term, tok->len, &t);

	if (st == ST_OK)
		st = add_term(pl, b, &t, false);
	return st == ST_OK ? plan_marks_add(pl, ctx, &m, 1) : st;
}

/* Adds the stems of TOK that the index has, and marks for them. */
static enum status
add_stems(struct planner *pl, struct plan_context ctx, struct bunch *b, const struct words_token *tok, const char *prefix)
{
	struct near_term t;
	uint32_t freq;
	enum status st = ST_OK;
	size_t i;

	if (tok->nstems == 0)
		return add_own(pl, ctx, b, tok, prefix);
	for (i = 0; i < tok->nstems && st == ST_OK; i++) {
		struct mark_word m = { MARK_STEM, tok->stems[i].text, tok->stems[i].len };

		st = planner_term(pl, WANTED_TERM, prefix[0] != '\0' ? PREFIX_TITLE_STEM : PREFIX_STEM, tok->stems[i].text,
				  tok->stems[i].len, &t);
		if (st == ST_OK)
			st = planner_freq(pl, &t, &freq);
		if (st == ST_OK && (freq > 0 || i == 0))
			st = add_term(pl, b, &t, false);
		if (st == ST_OK)
			st = plan_marks_add(pl, ctx, &m, 1);
	}
	return st;
}

/* The stems of a word; for a hyphenated word, the stems of its parts joined. */
static enum status
stems(struct planner *pl, struct plan_context ctx, const struct node *node, const struct words *w, struct xap_query **out)
{
	bool joined = false;
	struct bunch b = { NULL, 0, 0 };
	enum status st = ST_OK;
	size_t i;

	for (i = 0; i < w->n && st == ST_OK; i++) {
		const struct words_token *tok = &w->tok[i];

		if (tok->compound != 0 && (!(tok->flags & TOKEN_JOINED) || joined))
			continue;
		joined = tok->compound != 0;
		st = add_stems(pl, ctx, &b, tok, match_prefix(node));
	}
	*out = NULL;
	if (st == ST_OK && b.n > 0)
		return bunch_join(pl, &b, XAP_SYNONYM, 0, out);
	bunch_fini(&b);
	return st;
}

/* A word by its stems; a hyphenated one by its parts side by side, too. */
static enum status
stemmed(struct planner *pl, struct plan_context ctx, const struct node *node, const struct words *w, struct xap_query **out)
{
	struct bunch b = { NULL, 0, 0 };
	struct words_phrase ph;
	struct near_item *parts;
	struct xap_query *q = NULL;
	enum status st;

	plan_marks_group(pl, ctx);
	st = stems(pl, ctx, node, w, out);
	if (st != ST_OK || w->tok[0].compound == 0)
		return st;
	/* A chain of very many parts is not joined. */
	if (*out != NULL)
		st = bunch_take(pl, &b, *out);
	*out = NULL;
	ctx.apart = true;
	if (st == ST_OK)
		st = words_phrase(pl, ctx, node, w, &ph);
	parts = planner_alloc(pl, 1, sizeof(*parts));
	if (st == ST_OK && parts == NULL)
		st = error_nomem(pl->err);
	if (st == ST_OK) {
		*parts = ph.operand.items[0];
		parts->joined = NULL;
		ph.operand.items = parts;
		st = match_phrase(pl, ctx, &ph, &q);
	}
	if (st == ST_OK)
		st = bunch_take(pl, &b, q);
	if (st == ST_OK)
		st = plan_marks_phrase(pl, ctx, &ph);
	if (st == ST_OK)
		return join_readings(pl, &b, out);
	bunch_fini(&b);
	return st;
}

static enum status
mark_reading(struct planner *pl, struct plan_context ctx, const struct reading *r)
{
	enum status st = ST_OK;
	size_t i;

	if (r->nmarks == 0)
		return plan_marks_phrase(pl, ctx, &r->phrase);
	for (i = 0; i < r->nmarks && st == ST_OK; i++)
		st = plan_marks_add(pl, ctx, r->marks[i].word, r->marks[i].nwords);
	return st;
}

/* *OUT, the word as typed (or NULL), or one of its readings. Another name of the same is the same word: what an
 * article has of both counts as the one that weighs more. */
static enum status
or_reading(struct planner *pl, struct plan_context ctx, const struct node *node, const struct reading *r,
	   struct xap_query **out)
{
	struct xap_query *pair[2] = { *out, NULL };
	enum status st;
	size_t i;

	ctx.apart = ctx.apart || *out != NULL;
	st = match_phrase(pl, ctx, &r->phrase, &pair[1]);
	for (i = 0; i < r->nunless && st == ST_OK; i++)
		st = with_term(pl, &pair[1], XAP_AND_NOT, &r->unless[i]);
	if (st == ST_OK)
		st = region_hold(pl, ctx, &r->phrase.operand, 1, &pair[1]);
	if (st == ST_OK && r->factor != 1)
		st = xap_query_scale_take(&pair[1], pair[1], r->factor, pl->err);
	if (st != ST_OK || pair[1] == NULL) {
		xap_query_free(pair[1]);
		return st;
	}
	*out = NULL;
	st = pair[0] != NULL ? xap_query_join_take(out, r->kind == READING_ALIAS ? XAP_MAX : XAP_OR, pair, 2, 0, pl->err) : ST_OK;
	if (pair[0] == NULL)
		*out = pair[1];
	if (st == ST_OK)
		st = mark_reading(pl, ctx, r);
	return st == ST_OK ? plan_marks_note(pl, 'C', node->text, r->stands_for) : st;
}

enum status
match_readings(struct planner *pl, struct plan_context ctx, const struct node *node, const struct readings *list,
	       struct xap_query **out)
{
	enum status st = ST_OK;
	size_t i;

	for (i = 0; i < list->n && st == ST_OK; i++)
		st = or_reading(pl, ctx, node, &list->v[i], out);
	return st;
}

/* NODE's word as it was typed, without readings; in CTX's parts of the text, and TIMES times at least. */
static enum status
typed(struct planner *pl, struct plan_context ctx, const struct node *node, const struct words *w, unsigned times,
      struct xap_query **out)
{
	bool bare = node->kind == NODE_WORD && words_is_stemmed(pl, w);
	struct plan_context alone = ctx;
	struct near_operand *stemmed_operand;
	struct words_phrase ph;
	enum status st;

	alone.alone = node->kind == NODE_WORD;
	if (bare) {
		st = stemmed(pl, alone, node, w, out);
		if (st != ST_OK || (ctx.nregions == 0 && times <= 1))
			return st;
		st = region_stems(pl, ctx, node, w, &stemmed_operand);
		return st == ST_OK ? region_hold(pl, ctx, stemmed_operand, times, out) : st;
	}
	st = words_phrase(pl, alone, node, w, &ph);
	if (st == ST_OK)
		st = match_phrase(pl, ctx, &ph, out);
	plan_marks_group(pl, ctx);
	if (st == ST_OK)
		st = plan_marks_phrase(pl, ctx, &ph);
	return st == ST_OK ? region_hold(pl, ctx, &ph.operand, times, out) : st;
}

enum status
match_leaf(struct planner *pl, struct plan_context ctx, const struct node *node, struct xap_query **out)
{
	const struct node *leaf = node->kind == NODE_ATLEAST ? node->kid[0] : node;
	struct readings list;
	struct words w = { NULL, 0 };
	enum status st = ST_OK;

	*out = NULL;
	if (node->field != NULL)
		st = region_own(pl, &ctx, node);
	if (st == ST_OK)
		st = words_read(pl, ctx, leaf->text, leaf->len, leaf->kind == NODE_WORD, &w);
	if (st != ST_OK || w.n == 0)
		return st;
	st = typed(pl, ctx, leaf, &w, leaf != node ? node->distance : 1, out);
	if (st != ST_OK || (node->kind != NODE_WORD && node->kind != NODE_PHRASE))
		return st;
	/* The word is light, its readings keep their weights. */
	if (ctx.light && *out != NULL)
		st = xap_query_scale_take(out, *out, RANKING_LIGHT_WEIGHT, pl->err);
	if (st == ST_OK)
		st = readings_collect(pl, ctx, node, &w, &list);
	return st == ST_OK ? match_readings(pl, ctx, node, &list, out) : st;
}
