/* SPDX-License-Identifier: GPL-2.0-or-later
 *
 * The boolean structure of a plan: lists, filters, AND, OR, NOT.
 */
#include "engine/plan/plan.h"

#include <stdint.h>
#include <stdlib.h>
#include <string.h>

#include "engine/plan/acronym.h"
#include "engine/plan/alias.h"
#include "engine/plan/planner.h"
#include "engine/store/schema.h"

#define CLOCK_POSTINGS 500000   /* with fewer a match is over before the clock matters */

struct plan_owned { struct plan plan; struct arena arena; };

/* ---- joining ---- */

/* A leaf counts only in articles that Q, the query of its node, matches. */
static enum status
bind_leaves(struct planner *pl, size_t from, const struct xap_query *q)
{
	struct plan *p = pl->plan;
	enum status st = ST_OK;
	size_t i;

	for (i = from; i < p->nleaves && st == ST_OK; i++) {
		struct xap_query *pair[2] = { p->leaves[i].query, NULL };

		st = xap_query_copy(&pair[1], q, pl->err);
		if (st != ST_OK)
			break;
		p->leaves[i].query = NULL;
		st = xap_query_join_take(&p->leaves[i].query, XAP_FILTER, pair, 2, 0, pl->err);
	}
	return st;
}

static enum status build(struct planner *pl, struct plan_context ctx, const struct node *n, struct xap_query **out);

/* Builds the query of N in the context CTX. */
static enum status
build_below(struct planner *pl, struct plan_context ctx, const struct node *n, struct xap_query **out)
{
	ctx.depth++;
	return build(pl, ctx, n, out);
}

/* Builds the query of N, which is excluded: it adds neither marks nor leaves. */
static enum status
build_quiet(struct planner *pl, struct plan_context ctx, const struct node *n, struct xap_query **out)
{
	ctx.quiet = ctx.apart = true;
	return build_below(pl, ctx, n, out);
}

static enum status
note_dropped(struct planner *pl, const struct node *n)
{
	struct buf text = BUF_INIT;
	enum status st;

	plan_filter_label(&text, n);
	buf_adds(&text, ": no word in it, left out");
	st = buf_status(&text) == ST_OK ? plan_marks_note(pl, 'W', "", text.data) : error_nomem(pl->err);
	buf_fini(&text);
	return st;
}

static enum status
build_leaf(struct planner *pl, struct plan_context ctx, const struct node *n, struct xap_query **out)
{
	bool chain = n->kind == NODE_NEAR || n->kind == NODE_ADJ || n->kind == NODE_SAME;
	enum status st = chain ? plan_near_chain(pl, ctx, n, out) : match_leaf(pl, ctx, n, out);

	if (st != ST_OK)
		return st;
	return *out != NULL ? plan_marks_leaf(pl, ctx, *out, n) : note_dropped(pl, n);
}

static enum status
only_excludes(struct planner *pl, const struct node *n)
{
	return error_syntax(pl->err, n->col, "only excludes: say what to find as well");
}

static enum status
build_joined(struct planner *pl, struct plan_context ctx, const struct node *n, struct xap_query **out)
{
	enum xap_op op = n->kind == NODE_OR ? XAP_OR : XAP_AND;
	size_t leaves = pl->plan->nleaves, i, nops = 0;
	struct xap_query **ops = calloc(n->nkids, sizeof(struct xap_query *));
	enum status st = ops != NULL ? ST_OK : error_nomem(pl->err);

	ctx.apart = ctx.apart || op == XAP_OR;
	for (i = 0; i < n->nkids && st == ST_OK; i++) {
		st = build_below(pl, ctx, n->kid[i], &ops[nops]);
		nops += ops[nops] != NULL;
	}
	if (st == ST_OK && nops > 1)
		st = xap_query_join_take(out, op, ops, nops, 0, pl->err);
	else if (st == ST_OK && nops == 1)
		*out = ops[0];
	else
		for (i = 0; i < nops; i++)
			xap_query_free(ops[i]);
	free(ops);
	if (st == ST_OK && op == XAP_AND && nops > 1 && ctx.depth > 0)
		st = bind_leaves(pl, leaves, *out);
	return st;
}

static enum status
build_not(struct planner *pl, struct plan_context ctx, const struct node *n, struct xap_query **out)
{
	size_t leaves = pl->plan->nleaves;
	struct xap_query *without = NULL;
	enum status st = build_below(pl, ctx, n->kid[0], out);

	if (st == ST_OK)
		st = build_quiet(pl, ctx, n->kid[1], &without);
	if (st == ST_OK && *out == NULL && without != NULL)
		st = only_excludes(pl, n);
	if (st != ST_OK || without == NULL) {
		xap_query_free(without);
		return st;
	}
	st = planner_join(pl, out, XAP_AND_NOT, without);
	return st == ST_OK && ctx.depth > 0 ? bind_leaves(pl, leaves, *out) : st;
}

/* ---- lists ---- */

/* The parts of a list, each NULL where there is none. LIGHT: its stop words, which find nothing where other words do;
 * WITHIN: its filters and those of the lists around. */
struct list { struct xap_query *must, *rest, *light, *without, *filters, *within; };

/* Several filters of one single-valued field are alternatives; all others hold together. */
static enum status
build_filters(struct planner *pl, const struct node *n, struct xap_query **out)
{
	enum status st = ST_OK;
	struct xap_query *group, *q;
	size_t i, k;

	for (i = 0; i < n->nkids && st == ST_OK; i++) {
		const struct schema_field *field = n->kid[i]->field;

		if (!query_is_filter(n->kid[i]) || n->kid[i]->sign == SIGN_MUST_NOT)
			continue;
		/* Was it taken along with an earlier one? */
		for (k = 0; k < i; k++)
			if (query_is_filter(n->kid[k]) && n->kid[k]->field == field && n->kid[k]->sign != SIGN_MUST_NOT)
				break;
		if (k < i)
			continue;
		group = NULL;
		for (; k < n->nkids && st == ST_OK; k++) {
			if (!query_is_filter(n->kid[k]) || n->kid[k]->field != field || n->kid[k]->sign == SIGN_MUST_NOT)
				continue;
			st = plan_filter(pl, n->kid[k], &q);
			if (st == ST_OK)
				st = planner_join(pl, &group, field->single ? XAP_OR : XAP_AND, q);
		}
		if (st == ST_OK)
			st = planner_join(pl, out, XAP_AND, group);
		else
			xap_query_free(group);
	}
	return st;
}

/* The number of units of list N that are to be found, its filters apart. */
static size_t
found_units(const struct node *n)
{
	size_t i, count = 0;

	for (i = 0; i < n->nkids; i++)
		count += n->kid[i]->sign != SIGN_MUST_NOT && !query_is_filter(n->kid[i]);
	return count;
}

/* The Ith unit of list N, which is to be found, into L: it must be there, or ranks. */
static enum status
build_unit(struct planner *pl, struct plan_context ctx, const struct node *n, size_t i, struct list *l)
{
	const struct node *kid = n->kid[i];
	struct xap_query *q = NULL;
	enum status st;

	ctx.light = plan_rank_light(pl, n, i);
	ctx.apart = ctx.apart || (kid->sign != SIGN_MUST && found_units(n) > 1);
	st = build_below(pl, ctx, kid, &q);
	if (st == ST_OK && kid->sign == SIGN_MUST)
		return planner_join(pl, &l->must, XAP_AND, q);
	if (st == ST_OK)
		return planner_join(pl, ctx.light ? &l->light : &l->rest, XAP_OR, q);
	xap_query_free(q);
	return st;
}

/* N units from FROM on that are one name: NAME (consumed) finds it by whatever it is called. */
static enum status
build_run(struct planner *pl, struct plan_context ctx, const struct node *n, size_t from, size_t units, struct xap_query *name,
	  struct list *l)
{
	struct list words = { 0 };
	bool must = n->kid[from]->sign == SIGN_MUST;
	enum status st = ST_OK;
	size_t i;

	ctx.apart = true;
	for (i = 0; i < units && st == ST_OK; i++)
		st = build_unit(pl, ctx, n, from + i, &words);
	if (st == ST_OK)
		st = planner_join(pl, must ? &words.must : &words.rest, XAP_OR, name);
	else
		xap_query_free(name);
	if (st == ST_OK)
		st = planner_join(pl, &l->light, XAP_OR, words.light);
	else
		xap_query_free(words.light);
	if (st == ST_OK && must)
		return planner_join(pl, &l->must, XAP_AND, words.must);
	if (st == ST_OK)
		return planner_join(pl, &l->rest, XAP_OR, words.rest);
	xap_query_free(words.must);
	xap_query_free(words.rest);
	return st;
}

static enum status
build_without(struct planner *pl, struct plan_context ctx, const struct node *kid, struct list *l)
{
	struct xap_query *q = NULL;
	enum status st = query_is_filter(kid) ? plan_filter(pl, kid, &q) : build_quiet(pl, ctx, kid, &q);

	if (st == ST_OK)
		return planner_join(pl, &l->without, XAP_OR, q);
	xap_query_free(q);
	return st;
}

static enum status
build_units(struct planner *pl, struct plan_context ctx, const struct node *n, struct list *l)
{
	struct xap_query *name;
	enum status st = ST_OK;
	size_t i, units;

	for (i = 0; i < n->nkids && st == ST_OK; i += units > 0 ? units : 1) {
		const struct node *kid = n->kid[i];

		units = 0;
		if (kid->sign == SIGN_MUST_NOT) {
			st = build_without(pl, ctx, kid, l);
			continue;
		}
		if (query_is_filter(kid))
			continue;
		st = alias_run(pl, ctx, n, i, &units, &name);
		if (st == ST_OK && units > 0)
			st = build_run(pl, ctx, n, i, units, name, l);
		else if (st == ST_OK)
			st = build_unit(pl, ctx, n, i, l);
	}
	return st;
}

/* Joins the queries of a list; L keeps the ones that were not used. */
static enum status
join_list(struct planner *pl, struct plan_context ctx, const struct node *n, struct list *l, struct xap_query **out)
{
	enum status st = ST_OK;

	*out = l->must;
	l->must = NULL;
	/* Under what is excluded the rest says nothing, and Xapian 1.4 must not see it there: below
	 * AND_NOT its AND_MAYBE compares weights that were never set, and takes itself for an AND. */
	if (!ctx.quiet || *out == NULL) {
		st = planner_join(pl, out, XAP_AND_MAYBE, l->rest);
		l->rest = NULL;
	}
	if (st == ST_OK && (!ctx.quiet || *out == NULL)) {
		st = planner_join(pl, out, XAP_AND_MAYBE, l->light);
		l->light = NULL;
	}
	if (st == ST_OK && *out == NULL && l->filters != NULL) {
		/* Filters alone: they find, and weigh nothing. */
		st = xap_query_scale_take(out, l->filters, 0, pl->err);
		l->filters = NULL;
	}
	if (st == ST_OK)
		st = planner_join(pl, out, XAP_FILTER, l->filters);
	l->filters = NULL;
	if (st == ST_OK && *out == NULL && l->without != NULL)
		return only_excludes(pl, n);
	if (st == ST_OK)
		st = planner_join(pl, out, XAP_AND_NOT, l->without);
	l->without = NULL;
	return st;
}

/* The readings of all words of the list N together, instead of the words. */
static enum status
build_expansion(struct planner *pl, struct plan_context ctx, const struct node *n, size_t leaves, struct list *l)
{
	struct xap_query **words = l->must != NULL ? &l->must : &l->rest, *q = NULL;
	struct readings list;
	struct node phrase;
	enum status st = plan_acronym_list(pl, ctx, n, &phrase, &list);

	if (st != ST_OK || list.n == 0)
		return st;
	/* An article that has the acronym alone has no part of the score from a word. */
	if (l->must != NULL)
		st = bind_leaves(pl, leaves, l->must);
	plan_marks_group(pl, ctx);
	ctx.apart = true;
	if (st == ST_OK)
		st = match_readings(pl, ctx, &phrase, &list, &q);
	if (st == ST_OK)
		st = plan_marks_leaf(pl, ctx, q, &phrase);
	if (st == ST_OK)
		return planner_join(pl, words, XAP_OR, q);
	xap_query_free(q);
	return st;
}

/* Builds the filters of list N; what is built in CTX afterwards has to match them. */
static enum status
enter_filters(struct planner *pl, const struct node *n, struct plan_context *ctx, struct list *l)
{
	const unsigned before = pl->terms;
	struct xap_query *own = NULL;
	enum status st = build_filters(pl, n, &l->filters);

	if (st != ST_OK || l->filters == NULL)
		return st;
	if (ctx->within != NULL)
		st = xap_query_copy(&l->within, ctx->within, pl->err);
	else
		ctx->apart = false;
	if (st == ST_OK)
		st = xap_query_copy(&own, l->filters, pl->err);
	if (st == ST_OK)
		st = planner_join(pl, &l->within, XAP_AND, own);
	ctx->within = l->within;
	ctx->within_words += pl->terms - before + 1;
	return st;
}

static enum status
build_list(struct planner *pl, struct plan_context ctx, const struct node *n, struct xap_query **out)
{
	struct list l = { 0 };
	struct plan_context inside = ctx;
	size_t leaves = pl->plan->nleaves;
	enum status st = region_enter(pl, &inside, n);

	if (st == ST_OK)
		st = enter_filters(pl, n, &inside, &l);
	if (st == ST_OK)
		st = build_units(pl, inside, n, &l);
	if (st == ST_OK)
		st = build_expansion(pl, inside, n, leaves, &l);
	if (st == ST_OK)
		st = join_list(pl, ctx, n, &l, out);
	xap_query_free(l.must);
	xap_query_free(l.rest);
	xap_query_free(l.light);
	xap_query_free(l.without);
	xap_query_free(l.filters);
	xap_query_free(l.within);
	return st == ST_OK && ctx.depth > 0 && *out != NULL ? bind_leaves(pl, leaves, *out) : st;
}

/* *OUT = NULL with ST_OK: nothing in it is a word. Left as it is when the call fails, NULL or
 * what there was so far: the caller frees it. */
static enum status
build(struct planner *pl, struct plan_context ctx, const struct node *n, struct xap_query **out)
{
	*out = NULL;
	switch (n->kind) {
	case NODE_OR:
	case NODE_AND:
		return build_joined(pl, ctx, n, out);
	case NODE_NOT:
		return build_not(pl, ctx, n, out);
	case NODE_LIST:
		return build_list(pl, ctx, n, out);
	case NODE_NEAR:
	case NODE_ADJ:
	case NODE_SAME:
	case NODE_ATLEAST:
	case NODE_WORD:
	case NODE_EXACT:
	case NODE_PREFIX:
	case NODE_PHRASE:
		return build_leaf(pl, ctx, n, out);
	case NODE_FILTER:
	case NODE_DATES:
		return plan_filter(pl, n, out);
	}
	return ST_INTERNAL;
}

/* WHOLE: the store is a whole index, not a delta. WANTED (may be NULL) gets the terms that the plan may ask for. */
static enum status
make(struct plan **out, const struct planner_source *from, const struct plan_options *opt, bool whole,
     struct wanted *wanted, struct error *err)
{
	struct plan_owned *owned = calloc(1, sizeof(*owned));
	struct plan *p;
	struct planner pl;
	enum status st;

	*out = NULL;
	if (owned == NULL)
		return error_nomem(err);
	p = &owned->plan;
	p->owned = owned;
	p->deadline = from->deadline;
	arena_init(&owned->arena);
	planner_init(&pl, p, &owned->arena, from, err);
	pl.opt = *opt;
	pl.prefix_terms = whole ? PLAN_PREFIX_TERMS_MAX : SIZE_MAX;
	pl.delta = !whole;
	pl.wanted = wanted;
	st = build(&pl, (struct plan_context){ 0 }, from->tree, &p->query);
	if (st == ST_OK && p->query == NULL)
		st = error_syntax(err, from->tree->col, "no word in the query");
	if (st == ST_OK && whole)
		st = plan_rank_pairs(&pl, from->tree);
	if (st == ST_OK && pl.postings >= CLOCK_POSTINGS)
		st = xap_query_clock_take(&p->query, p->query, from->deadline, err);
	planner_fini(&pl);
	if (st != ST_OK) {
		plan_free(p);
		return st;
	}
	p->ranked = p->nleaves > 0;
	*out = p;
	return ST_OK;
}

enum status
plan_new(struct plan **out, const struct node *tree, struct store *store, struct analyser *an,
	 const struct plan_options *opt, const struct xap_deadline *deadline, struct error *err)
{
	return make(out, &(struct planner_source){ tree, store, an, deadline }, opt, true, NULL, err);
}

enum status
plan_new_delta(struct plan **out, const struct node *tree, struct store *delta, struct analyser *an,
	      const struct plan_options *opt, const struct xap_deadline *deadline, struct error *err)
{
	return make(out, &(struct planner_source){ tree, delta, an, deadline }, opt, false, NULL, err);
}

enum status
plan_wanted(const struct node *tree, struct store *store, struct analyser *an, const struct plan_options *opt,
	    struct wanted *out, struct error *err)
{
	struct plan *plan;
	enum status st = make(&plan, &(struct planner_source){ tree, store, an, NULL }, opt, false, out, err);

	plan_free(plan);
	return st;
}

void
plan_free(struct plan *p)
{
	const struct plan_condition *c;
	size_t i;

	if (p == NULL)
		return;
	xap_query_free(p->query);
	for (i = 0; i < p->nleaves; i++)
		xap_query_free(p->leaves[i].query);
	for (i = 0; i < p->npairs; i++)
		xap_query_free(p->pairs[i].query);
	for (c = p->conditions; c != NULL; c = c->next)
		near_matcher_free(c->matcher);
	near_work_free(p->work);
	arena_fini(&p->owned->arena);
	free(p->owned);
}
