/* SPDX-License-Identifier: GPL-2.0-or-later
 *
 * From words to queries: terms and their synonyms, Xapian's phrases where they
 * do, the positional stage where they do not.
 */
#include <stdlib.h>
#include <string.h>

#include "engine/planner.h"
#include "engine/schema.h"


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
	if (b->n == b->cap) {
		size_t cap = b->cap ? b->cap * 2 : 8;
		struct xap_query **more = realloc(b->q, cap * sizeof(struct xap_query *));

		if (more == NULL) {
			xap_query_free(q);
			return planner_no_memory(pl);
		}
		b->q = more;
		b->cap = cap;
	}
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

static enum status
add_term(struct planner *pl, struct bunch *b, const struct near_term *t)
{
	struct xap_query *q;
	uint32_t freq;
	enum status st = planner_freq(pl, t, &freq);

	pl->postings += freq;
	if (st == ST_OK)
		st = xap_query_term(&q, t->text, t->len, 1, pl->err);
	return st == ST_OK ? bunch_take(pl, b, q) : st;
}

/* Any of the place's words, counted as one word. */
static enum status
place_terms(struct planner *pl, const struct near_place *p, enum xap_op op, struct xap_query **out)
{
	struct bunch b = { NULL, 0, 0 };
	enum status st = ST_OK;
	size_t i;

	*out = NULL;
	for (i = 0; i < p->nterms && st == ST_OK; i++)
		st = add_term(pl, &b, &p->terms[i]);
	if (st == ST_OK && p->instead.text != NULL)
		st = add_term(pl, &b, &p->instead);
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
single_place(struct planner *pl, const struct near_place *p, struct xap_query **out)
{
	struct near_place only = *p;
	enum status st;

	if (p->unless.text == NULL)
		return place_terms(pl, p, XAP_SYNONYM, out);
	only.instead.text = NULL;
	st = place_terms(pl, &only, XAP_SYNONYM, out);
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
native_phrase(struct planner *pl, const struct words_phrase *ph, unsigned joined, struct xap_query **out)
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
			st = place_terms(pl, one ? item->joined : &item->parts[k], XAP_OR, &q);
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
	return st;
}

/* What ranks the articles that the stage finds: the words of OP. */
static enum status
add_weights(struct planner *pl, struct bunch *b, const struct near_operand *op)
{
	struct xap_query *q;
	enum status st = ST_OK;
	size_t i, k;

	for (i = 0; i < op->nitems; i++) {
		const struct near_item *item = &op->items[i];

		for (k = 0; k < item->nparts + (item->joined != NULL) && st == ST_OK; k++) {
			st = place_terms(pl, k < item->nparts ? &item->parts[k] : item->joined, XAP_SYNONYM, &q);
			if (st == ST_OK)
				st = bunch_take(pl, b, q);
		}
	}
	return st;
}

static enum status
stage(struct planner *pl, const struct near_chain *chain, struct xap_query **out)
{
	struct bunch b = { NULL, 0, 0 };
	struct xap_query *pair[2] = { NULL, NULL };
	uint32_t *docids = NULL;
	size_t n = 0, i;
	enum status st = near_find(pl->db, chain, pl->deadline, &docids, &n, pl->err);

	for (i = 0; i < chain->noperands && st == ST_OK; i++)
		st = add_weights(pl, &b, &chain->operand[i]);
	if (st == ST_OK)
		st = xap_query_docids(&pair[1], docids, n, pl->err);
	free(docids);
	if (st == ST_OK)
		st = bunch_join(pl, &b, XAP_OR, 0, &pair[0]);
	bunch_fini(&b);
	if (st == ST_OK)
		return xap_query_join_take(out, XAP_FILTER, pair, 2, 0, pl->err);
	xap_query_free(pair[0]);
	xap_query_free(pair[1]);
	return st;
}

static const struct near_place *
only_place(const struct words_phrase *ph)
{
	const struct near_item *item = ph->operand.items;

	return ph->operand.nitems == 1 && item->nparts == 1 && item->joined == NULL ? item->parts : NULL;
}

static enum status
phrase_query(struct planner *pl, const struct words_phrase *ph, struct xap_query **out)
{
	const struct near_place *only = only_place(ph);
	struct bunch b = { NULL, 0, 0 };
	struct near_chain chain = { .noperands = 1 };
	unsigned compounds = 0, v;
	enum status st = ST_OK;
	size_t i;

	*out = NULL;
	if (only != NULL && only->within[0].text == NULL)
		return single_place(pl, only, out);
	for (i = 0; i < ph->operand.nitems; i++)
		compounds += ph->operand.items[i].joined != NULL;
	chain.operand[0] = ph->operand;
	if (!ph->plain || compounds > 2)
		return stage(pl, &chain, out);
	for (v = 0; v < 1u << compounds && st == ST_OK; v++) {
		struct xap_query *q;

		st = native_phrase(pl, ph, v, &q);
		if (st == ST_OK)
			st = bunch_take(pl, &b, q);
	}
	if (st == ST_OK)
		return join_readings(pl, &b, out);
	bunch_fini(&b);
	return st;
}

/* ---- leaves ---- */

/* A word without stems stands for itself. */
static enum status
add_own(struct planner *pl, struct bunch *b, const struct words_token *tok, bool title)
{
	struct mark_word m = { MARK_WORD, tok->term, tok->len };
	struct near_term t;
	enum status st = planner_term(pl, title ? PREFIX_TITLE : "", tok->term, tok->len, &t);

	if (st == ST_OK)
		st = add_term(pl, b, &t);
	return st == ST_OK ? plan_add_mark(pl, &m, 1) : st;
}

/* Adds the stems of TOK that the index has, and marks for them. */
static enum status
add_stems(struct planner *pl, struct bunch *b, const struct words_token *tok, bool title)
{
	struct near_term t;
	uint32_t freq;
	enum status st = ST_OK;
	size_t i;

	if (tok->nstems == 0)
		return add_own(pl, b, tok, title);
	for (i = 0; i < tok->nstems && st == ST_OK; i++) {
		struct mark_word m = { MARK_STEM, tok->stems[i].text, tok->stems[i].len };

		st = planner_term(pl, title ? PREFIX_TITLE_STEM : PREFIX_STEM, tok->stems[i].text, tok->stems[i].len, &t);
		if (st == ST_OK)
			st = planner_freq(pl, &t, &freq);
		if (st == ST_OK && (freq > 0 || i == 0))
			st = add_term(pl, b, &t);
		if (st == ST_OK)
			st = plan_add_mark(pl, &m, 1);
	}
	return st;
}

/* The stems of a word; of a hyphenated one those of its parts joined. */
static enum status
stems(struct planner *pl, const struct node *node, const struct words *w, struct xap_query **out)
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
		st = add_stems(pl, &b, tok, node->field != NULL);
	}
	*out = NULL;
	if (st == ST_OK && b.n > 0)
		return bunch_join(pl, &b, XAP_SYNONYM, 0, out);
	bunch_fini(&b);
	return st;
}

/* A word by its stems; a hyphenated one by its parts side by side, too. */
static enum status
stemmed(struct planner *pl, const struct node *node, const struct words *w, struct xap_query **out)
{
	struct bunch b = { NULL, 0, 0 };
	struct words_phrase ph;
	struct near_item parts;
	struct xap_query *q = NULL;
	enum status st;

	plan_begin_group(pl);
	st = stems(pl, node, w, out);
	if (st != ST_OK || w->tok[0].compound == 0)
		return st;
	/* A chain of very many parts is not joined. */
	if (*out != NULL)
		st = bunch_take(pl, &b, *out);
	*out = NULL;
	if (st == ST_OK)
		st = words_phrase(pl, node, w, WORDS_FOLDED, node->field != NULL ? PREFIX_TITLE : "", true, &ph);
	if (st == ST_OK) {
		parts = ph.operand.items[0];
		parts.joined = NULL;
		ph.operand.items = &parts;
		st = phrase_query(pl, &ph, &q);
	}
	if (st == ST_OK)
		st = bunch_take(pl, &b, q);
	if (st == ST_OK)
		st = plan_mark_phrase(pl, &ph);
	if (st == ST_OK)
		return join_readings(pl, &b, out);
	bunch_fini(&b);
	return st;
}

enum status
match_leaf(struct planner *pl, const struct node *node, struct xap_query **out)
{
	enum words_how how = node->kind == NODE_EXACT ? WORDS_EXACT :
		node->kind == NODE_PREFIX ? WORDS_PREFIX : WORDS_FOLDED;
	bool bare = node->kind == NODE_WORD;
	struct words_phrase ph;
	struct words w;
	enum status st = words_read(pl, node->text, node->len, bare, &w);

	*out = NULL;
	if (st != ST_OK || w.n == 0)
		return st;
	if (bare && words_is_stemmed(pl, &w))
		return stemmed(pl, node, &w, out);
	st = words_phrase(pl, node, &w, how, node->field != NULL ? PREFIX_TITLE : "", true, &ph);
	if (st == ST_OK)
		st = phrase_query(pl, &ph, out);
	if (st != ST_OK)
		return st;
	plan_begin_group(pl);
	return plan_mark_phrase(pl, &ph);
}

/* ---- filters ---- */

static enum status
exact_filter(struct planner *pl, const struct node *node, struct xap_query **out)
{
	bool lower = strcmp(node->field->name, "lang") == 0;
	struct near_term t;
	char *value = arena_string(pl->arena, node->text, node->len);
	size_t i;
	enum status st;

	if (value == NULL)
		return planner_no_memory(pl);
	for (i = 0; lower && i < node->len; i++)
		if (value[i] >= 'A' && value[i] <= 'Z')
			value[i] = (char)(value[i] | 0x20);
	pl->terms++;
	st = planner_term(pl, node->field->prefix, value, node->len, &t);
	return st == ST_OK ? xap_query_term(out, t.text, t.len, 1, pl->err) : st;
}

/* Dated articles begin with a digit in this slot, others with "~". */
static enum status
dates_filter(struct planner *pl, const struct node *node, struct xap_query **out)
{
	char hi[sizeof(node->hi) + 1];
	size_t n = strlen(node->hi);

	memcpy(hi, node->hi, n);
	/* Behind every id at that second; or behind every digit. */
	hi[n] = n > 0 ? (char)0xFF : ':';
	return xap_query_range(out, SLOT_OLDEST, node->lo, strlen(node->lo), hi, n + 1, pl->err);
}

enum status
match_filter(struct planner *pl, const struct node *node, struct xap_query **out)
{
	struct words_phrase ph;
	struct words w;
	enum status st;

	*out = NULL;
	if (node->kind == NODE_DATES)
		return dates_filter(pl, node, out);
	if (node->field->kind == FIELD_EXACT)
		return exact_filter(pl, node, out);
	st = words_read(pl, node->text, node->len, false, &w);
	if (st == ST_OK && w.n == 0)
		st = error_syntax(pl->err, node->col, "no word in %s:", node->field->name);
	if (st == ST_OK)
		st = words_phrase(pl, node, &w, WORDS_FOLDED, node->field->prefix, false, &ph);
	return st == ST_OK ? phrase_query(pl, &ph, out) : st;
}

/* ---- NEAR and ADJ ---- */

static enum status
add_operand(struct planner *pl, const struct node *node, struct near_chain *chain, struct words_phrase *ph)
{
	enum words_how how = node->kind == NODE_EXACT ? WORDS_EXACT :
		node->kind == NODE_PREFIX ? WORDS_PREFIX : WORDS_FOLDED;
	struct words_phrase *to = &ph[chain->noperands];
	struct words w;
	enum status st = words_read(pl, node->text, node->len, false, &w);

	if (st == ST_OK && w.n == 0)
		st = error_syntax(pl->err, node->col, "no word in an operand of NEAR or ADJ");
	if (st == ST_OK)
		st = words_phrase(pl, node, &w, how, "", true, to);
	if (st == ST_OK)
		chain->operand[chain->noperands++] = to->operand;
	return st;
}

static enum status
add_operands(struct planner *pl, const struct node *node, struct near_chain *chain, struct words_phrase *ph)
{
	enum status st;

	if (node->kind != NODE_NEAR && node->kind != NODE_ADJ)
		return add_operand(pl, node, chain, ph);
	st = add_operands(pl, node->kid[0], chain, ph);
	if (st == ST_OK) {
		chain->step[chain->noperands - 1].distance = node->distance;
		chain->step[chain->noperands - 1].ordered = node->kind == NODE_ADJ;
		st = add_operand(pl, node->kid[1], chain, ph);
	}
	return st;
}

/* Xapian's own operators serve for two different plain words. */
static bool
is_native(const struct near_chain *chain, const struct words_phrase *ph)
{
	const struct near_place *a = only_place(&ph[0]), *b = only_place(&ph[1]);

	return chain->noperands == 2 && ph[0].plain && ph[1].plain && a != NULL && b != NULL &&
	       a->nterms == 1 && b->nterms == 1 &&
	       (a->terms[0].len != b->terms[0].len || memcmp(a->terms[0].text, b->terms[0].text, a->terms[0].len) != 0);
}

enum status
match_chain(struct planner *pl, const struct node *node, struct xap_query **out)
{
	struct words_phrase *ph = planner_alloc(pl, QUERY_CHAIN_MAX, sizeof(*ph));
	struct near_chain chain = { .noperands = 0 };
	struct bunch b = { NULL, 0, 0 };
	enum status st;
	size_t i;

	*out = NULL;
	if (ph == NULL)
		return planner_no_memory(pl);
	st = add_operands(pl, node, &chain, ph);
	if (st != ST_OK)
		return st;
	if (is_native(&chain, ph)) {
		for (i = 0; i < 2 && st == ST_OK; i++)
			st = add_term(pl, &b, &only_place(&ph[i])->terms[0]);
		if (st == ST_OK)
			st = bunch_join(pl, &b, chain.step[0].ordered ? XAP_PHRASE : XAP_NEAR,
					chain.step[0].distance + 1, out);
		bunch_fini(&b);
		if (st == ST_OK)
			st = xap_query_clock_take(out, *out, pl->deadline, pl->err);
	} else {
		st = stage(pl, &chain, out);
	}
	for (i = 0; i < chain.noperands && st == ST_OK; i++) {
		plan_begin_group(pl);
		st = plan_mark_phrase(pl, &ph[i]);
	}
	return st;
}

void
match_label(struct buf *out, const struct node *node)
{
	const char *field = node->field != NULL ? node->field->name : "", *colon = node->field != NULL ? ":" : "";

	switch (node->kind) {
	case NODE_NEAR:
	case NODE_ADJ:
		match_label(out, node->kid[0]);
		buf_addf(out, " %s/%u ", node->kind == NODE_NEAR ? "NEAR" : "ADJ", node->distance);
		match_label(out, node->kid[1]);
		return;
	case NODE_EXACT:
		buf_addf(out, "%s%s=%s", field, colon, node->text);
		return;
	case NODE_PREFIX:
		buf_addf(out, "%s%s%s*", field, colon, node->text);
		return;
	case NODE_PHRASE:
		buf_addf(out, "%s%s\"%s\"", field, colon, node->text);
		return;
	case NODE_FILTER:
		buf_addf(out, node->quoted ? "%s%s\"%s\"" : "%s%s%s", field, colon, node->text);
		return;
	case NODE_WORD:
	case NODE_DATES:
		buf_addf(out, "%s%s%s", field, colon, node->text);
		return;
	case NODE_OR: case NODE_AND: case NODE_NOT: case NODE_LIST:
		buf_adds(out, query_kind_name(node->kind));
		return;
	}
}
