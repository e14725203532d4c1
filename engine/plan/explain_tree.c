/* SPDX-License-Identifier: GPL-2.0-or-later */
#include "engine/plan/explain_tree.h"

#include <stdio.h>
#include <stdlib.h>
#include <string.h>

#include "base/grow.h"
#include "engine/plan/acronym.h"
#include "engine/plan/planner.h"
#include "engine/plan/readings.h"
#include "engine/store/schema.h"

#define TERMS_SHOWN 12   /* of those that a prefix stands for */

struct explain_tree {
	struct arena arena;
	struct explain_row *rows;
	size_t n, cap;
};

/* The work of one explanation. */
struct teller {
	struct planner pl;
	struct explain_tree *e;
	struct buf text;
};

static enum status
add_row(struct teller *t, unsigned depth, const char *sign, const char *node)
{
	struct explain_tree *e = t->e;
	struct explain_row *row;
	char name[32];
	int len = snprintf(name, sizeof(name), "%s%s", sign, node);

	row = grow(e->rows, &e->cap, e->n, sizeof(*row));
	if (row == NULL)
		return error_nomem(t->pl.err);
	e->rows = row;
	row += e->n++;
	row->depth = depth;
	row->node = arena_string(&e->arena, name, (size_t)len);
	row->detail = arena_string(&e->arena, buf_str(&t->text), t->text.len);
	return row->node != NULL && row->detail != NULL && buf_status(&t->text) == ST_OK
		? ST_OK : error_nomem(t->pl.err);
}

static void
tell_term(struct buf *out, const struct near_term *term)
{
	if (term->text != NULL)
		buf_add(out, term->text, term->len);
}

/* The terms of one slot: a|b; c!d: c, but not where d is. */
static void
tell_slot(struct buf *out, const struct near_slot *p)
{
	size_t i;

	for (i = 0; i < p->nterms && i < TERMS_SHOWN; i++) {
		if (i > 0)
			buf_addc(out, '|');
		tell_term(out, &p->terms[i]);
	}
	if (i < p->nterms)
		buf_addf(out, "|... (%zu words)", p->nterms);
	if (p->unless.text != NULL) {
		buf_addc(out, '!');
		tell_term(out, &p->unless);
	}
	if (p->instead.text != NULL) {
		buf_addc(out, '|');
		tell_term(out, &p->instead);
	}
	for (i = 0; i < 2 && p->within[i].text != NULL; i++) {
		buf_addc(out, '&');
		tell_term(out, &p->within[i]);
	}
}

static void
tell_phrase(struct buf *out, const struct near_operand *op)
{
	size_t i, k;

	for (i = 0; i < op->nitems; i++) {
		const struct near_item *item = &op->items[i];
		bool both = item->joined != NULL;

		if (i > 0)
			buf_addc(out, ' ');
		if (both)
			buf_addc(out, '(');
		for (k = 0; k < item->nparts; k++) {
			if (k > 0)
				buf_addc(out, ' ');
			tell_slot(out, &item->parts[k]);
		}
		if (both) {
			buf_adds(out, " | ");
			tell_slot(out, item->joined);
			buf_addc(out, ')');
		}
	}
}

/* The stems of one word, and of a hyphenated one its parts. */
static enum status
tell_stems(struct teller *t, const struct words *w, const struct words_phrase *ph, const char *prefix)
{
	bool first = true, joined = false;
	struct near_term term;
	uint32_t freq;
	enum status st;
	size_t i, k;

	if (w->tok[0].compound != 0) {
		struct near_item parts = ph->operand.items[0];
		struct near_operand op = { &parts, 1 };

		parts.joined = NULL;
		buf_addc(&t->text, '"');
		tell_phrase(&t->text, &op);
		buf_addc(&t->text, '"');
		first = false;
	}
	for (i = 0; i < w->n; i++) {
		const struct words_token *tok = &w->tok[i];

		if (tok->compound != 0 && (!(tok->flags & TOKEN_JOINED) || joined))
			continue;
		joined = tok->compound != 0;
		/* A word without stems stands for itself. */
		for (k = 0; k < tok->nstems || k == 0; k++) {
			if (tok->nstems == 0)
				st = planner_term(&t->pl, WANTED_TERM, prefix, tok->term, tok->len, &term);
			else
				st = planner_term(&t->pl, WANTED_TERM, prefix[0] != '\0' ? PREFIX_TITLE_STEM : PREFIX_STEM,
						  tok->stems[k].text, tok->stems[k].len, &term);
			if (st == ST_OK)
				st = planner_freq(&t->pl, &term, &freq);
			if (st != ST_OK)
				return st;
			if (k > 0 && freq == 0)
				continue;
			if (!first)
				buf_addc(&t->text, '|');
			first = false;
			tell_term(&t->text, &term);
		}
	}
	return ST_OK;
}

/* A row for each reading of the word, the phrase or all words of the list at N. */
static enum status
tell_readings(struct teller *t, struct plan_context ctx, const struct node *n)
{
	struct readings list = { NULL, 0, false };
	struct node phrase;
	struct words w = { NULL, 0 };
	enum status st = ST_OK;
	size_t i;

	if (n->kind == NODE_LIST)
		st = plan_acronym_list(&t->pl, ctx, n, &phrase, &list);
	else
		st = words_read(&t->pl, ctx, n->text, n->len, true, &w);
	if (st == ST_OK && w.n > 0)
		st = readings_collect(&t->pl, ctx, n, &w, &list);
	for (i = 0; i < list.n && st == ST_OK; i++) {
		buf_clear(&t->text);
		buf_adds(&t->text, list.v[i].stands_for);
		buf_adds(&t->text, " = ");
		tell_phrase(&t->text, &list.v[i].phrase.operand);
		st = add_row(t, ctx.depth + 1, "", readings_kind_name(list.v[i].kind));
	}
	return st;
}

static enum status
tell_words(struct teller *t, struct plan_context ctx, const struct node *n, bool operand)
{
	bool bare = n->kind == NODE_WORD && !operand, filter = n->kind == NODE_FILTER;
	struct words_phrase ph;
	struct words w;
	enum status st = words_read(&t->pl, ctx, n->text, n->len, bare, &w);

	if (st == ST_OK && filter && w.n == 0)
		return error_syntax(t->pl.err, n->col, "no word in %s:", n->field->name);
	if (st != ST_OK || w.n == 0)
		return st;
	ctx.alone = bare;   /* its readings have rows of their own */
	ctx.literal = filter;
	st = words_phrase(&t->pl, ctx, n, &w, &ph);
	if (st != ST_OK)
		return st;
	buf_adds(&t->text, " = ");
	if (bare && words_is_stemmed(&t->pl, &w))
		return tell_stems(t, &w, &ph, match_prefix(n));
	tell_phrase(&t->text, &ph.operand);
	return ST_OK;
}

/* OPERAND: of NEAR or ADJ, which take words as they are. */
static enum status
tell(struct teller *t, struct plan_context ctx, const struct node *n, bool operand)
{
	static const char *const signs[] = { [SIGN_NONE] = "", [SIGN_MUST] = "+", [SIGN_MUST_NOT] = "-" };
	enum status st = ST_OK;
	struct plan_context below;
	size_t i;

	ctx.quiet = ctx.quiet || n->sign == SIGN_MUST_NOT;
	buf_clear(&t->text);
	switch (n->kind) {
	case NODE_OR: case NODE_AND: case NODE_NOT: case NODE_LIST:
		break;
	case NODE_SAME:
		buf_adds(&t->text, n->same == SAME_SENTENCE ? "sentence" : "paragraph");
		break;
	case NODE_NEAR: case NODE_ADJ: case NODE_ATLEAST:
		buf_addf(&t->text, "%u", n->distance);
		break;
	case NODE_DATES:
		plan_filter_label(&t->text, n);
		buf_addf(&t->text, " = %s..%s", n->lo, n->hi);
		break;
	case NODE_FILTER:
		plan_filter_label(&t->text, n);
		if (n->field->kind == FIELD_WORDS)
			st = tell_words(t, ctx, n, operand);
		break;
	case NODE_WORD: case NODE_EXACT: case NODE_PREFIX: case NODE_PHRASE:
		plan_filter_label(&t->text, n);
		st = tell_words(t, ctx, n, operand);
		if (ctx.light)
			buf_adds(&t->text, ", a stop word: finds nothing by itself here");
		break;
	}
	if (st == ST_OK)
		st = add_row(t, ctx.depth, signs[n->sign], query_kind_name(n->kind));
	if (st == ST_OK && (n->kind == NODE_WORD || n->kind == NODE_PHRASE || n->kind == NODE_LIST) && !operand)
		st = tell_readings(t, ctx, n);
	for (i = 0; i < n->nkids && st == ST_OK; i++) {
		below = ctx;
		below.depth++;
		below.light = n->kind == NODE_LIST && plan_rank_light(&t->pl, n, i);
		below.quiet = ctx.quiet || (n->kind == NODE_NOT && i == 1);
		st = tell(t, below, n->kid[i], n->kind == NODE_NEAR || n->kind == NODE_ADJ || n->kind == NODE_SAME);
	}
	return st;
}

enum status
explain_tree_new(struct explain_tree **out, const struct node *tree, struct store *store, struct analyser *an,
	     const struct plan_options *opt, const struct xap_deadline *deadline, struct error *err)
{
	struct explain_tree *e = calloc(1, sizeof(*e));
	struct teller t = { .e = e, .text = BUF_INIT };
	enum status st;

	*out = NULL;
	if (e == NULL)
		return error_nomem(err);
	arena_init(&e->arena);
	planner_init(&t.pl, NULL, &e->arena, &(struct planner_source){ tree, store, an, deadline }, err);
	t.pl.opt = *opt;
	st = tell(&t, (struct plan_context){ 0 }, tree, false);
	planner_fini(&t.pl);
	buf_fini(&t.text);
	if (st == ST_OK)
		*out = e;
	else
		explain_tree_free(e);
	return st;
}

const struct explain_row *
explain_tree_rows(const struct explain_tree *e, size_t *n)
{
	*n = e->n;
	return e->rows;
}

void
explain_tree_free(struct explain_tree *e)
{
	if (e == NULL)
		return;
	arena_fini(&e->arena);
	free(e->rows);
	free(e);
}
