/* SPDX-License-Identifier: GPL-2.0-or-later
 *
 * What a plan collects on the way: parts of the score, notes for the user, and
 * what the snippets are to mark.
 */
#include <string.h>

#include "engine/lexicon/lexicon.h"
#include "engine/plan/planner.h"

#define COMPOUNDS_MAX 2   /* hyphenated words of a phrase that are also looked for joined */

/* Makes room for one more at ARRAY, which lives in the arena. */
static void *
room_for(struct planner *pl, void *array, size_t n, size_t *cap, size_t size)
{
	void *more;

	if (n < *cap)
		return array;
	more = planner_alloc(pl, *cap ? *cap * 2 : 8, size);
	if (more == NULL)
		return NULL;
	*cap = *cap ? *cap * 2 : 8;
	if (n > 0)
		memcpy(more, array, n * size);
	return more;
}

enum status
plan_marks_leaf(struct planner *pl, struct plan_context ctx, const struct xap_query *q, const struct node *node)
{
	struct plan *p = pl->plan;
	struct plan_leaf *leaf;
	enum status st;

	if (ctx.quiet)
		return ST_OK;
	leaf = room_for(pl, p->leaves, p->nleaves, &pl->leaves_cap, sizeof(*p->leaves));
	if (leaf == NULL)
		return error_nomem(pl->err);
	p->leaves = leaf;
	leaf += p->nleaves;
	buf_clear(&pl->work);
	plan_filter_label(&pl->work, node);
	leaf->label = arena_string(pl->arena, buf_str(&pl->work), pl->work.len);
	if (buf_status(&pl->work) != ST_OK || leaf->label == NULL)
		return error_nomem(pl->err);
	st = xap_query_copy(&leaf->query, q, pl->err);
	p->nleaves += st == ST_OK;
	p->nwords += st == ST_OK && !ctx.light;
	return st;
}

enum status
plan_marks_note(struct planner *pl, char letter, const char *typed, const char *text)
{
	struct plan *p = pl->plan;
	struct plan_note *notes;
	size_t i;

	if (p == NULL)
		return ST_OK;
	/* A reading that is used several times is told once. */
	for (i = 0; i < p->nnotes; i++)
		if (p->notes[i].letter == letter && strcmp(p->notes[i].typed, typed) == 0 && strcmp(p->notes[i].text, text) == 0)
			return ST_OK;
	notes = room_for(pl, p->notes, p->nnotes, &pl->notes_cap, sizeof(*p->notes));
	if (notes == NULL)
		return error_nomem(pl->err);
	p->notes = notes;
	notes[p->nnotes] = (struct plan_note){ letter, arena_string(pl->arena, typed, strlen(typed)),
					       arena_string(pl->arena, text, strlen(text)) };
	if (notes[p->nnotes].typed == NULL || notes[p->nnotes].text == NULL)
		return error_nomem(pl->err);
	p->nnotes++;
	return ST_OK;
}

void
plan_marks_group(struct planner *pl, struct plan_context ctx)
{
	if (pl->plan != NULL && !ctx.quiet && !ctx.light)
		pl->plan->ngroups++;
}

/* The scope of marks within CTX's regions. */
static enum status
mark_scope(struct planner *pl, struct plan_context ctx, unsigned *out)
{
	struct plan *p = pl->plan;
	struct plan_scope *scopes;
	size_t i;

	*out = 0;
	if (ctx.nregions == 0)
		return ST_OK;
	for (i = 0; i < p->nscopes; i++)
		if (p->scopes[i].regions == ctx.regions && p->scopes[i].n == ctx.nregions)
			break;
	*out = (unsigned)i + 1;
	if (i < p->nscopes)
		return ST_OK;
	scopes = room_for(pl, p->scopes, p->nscopes, &pl->scopes_cap, sizeof(*p->scopes));
	if (scopes == NULL)
		return error_nomem(pl->err);
	p->scopes = scopes;
	scopes[p->nscopes++] = (struct plan_scope){ ctx.regions, ctx.nregions };
	return ST_OK;
}

enum status
plan_marks_add(struct planner *pl, struct plan_context ctx, const struct mark_word *words, size_t n)
{
	struct plan *p = pl->plan;
	struct mark_word *copy;
	struct mark *marks;
	unsigned scope;
	enum status st;

	if (p == NULL || ctx.quiet || ctx.light)
		return ST_OK;
	st = mark_scope(pl, ctx, &scope);
	if (st != ST_OK)
		return st;
	marks = room_for(pl, p->marks, p->nmarks, &pl->marks_cap, sizeof(*p->marks));
	copy = planner_alloc(pl, n, sizeof(*copy));
	if (marks == NULL || copy == NULL)
		return error_nomem(pl->err);
	p->marks = marks;
	memcpy(copy, words, n * sizeof(*copy));
	marks[p->nmarks++] = (struct mark){ copy, n, scope, (unsigned)p->ngroups - 1 };
	return ST_OK;
}

/* The words of PH; bit K of JOINED: its Kth hyphenated word as one; ALSO: second readings. */
static size_t
variant(const struct words_phrase *ph, unsigned joined, bool also, struct mark_word *to)
{
	unsigned compound = 0;
	size_t n = 0, i, k;

	for (i = 0; i < ph->operand.nitems; i++) {
		const struct near_item *item = &ph->operand.items[i];
		const struct words_marks *m = &ph->marks[i];

		if (item->joined != NULL && (joined >> compound++ & 1)) {
			to[n++] = m->joined;
			continue;
		}
		for (k = 0; k < item->nparts; k++)
			to[n++] = also && m->also[k].text != NULL ? m->also[k] : m->parts[k];
	}
	return n;
}

/* PH with each of the other names of its Kth item in that item's place. */
static enum status
mark_surfaces(struct planner *pl, struct plan_context ctx, const struct words_phrase *ph, size_t k)
{
	const struct words_marks *m = &ph->marks[k];
	struct mark_word *words = m->nsurfaces > 0 ? planner_alloc(pl, ph->nwords + LEXICON_WORDS_MAX, sizeof(*words)) : NULL;
	enum status st = m->nsurfaces == 0 || words != NULL ? ST_OK : error_nomem(pl->err);
	size_t s, i, n;

	for (s = 0; s < m->nsurfaces && st == ST_OK; s++) {
		for (i = n = 0; i < ph->operand.nitems; i++) {
			size_t nparts = i == k ? m->surfaces[s].nwords : ph->operand.items[i].nparts;

			memcpy(words + n, i == k ? m->surfaces[s].word : ph->marks[i].parts, nparts * sizeof(*words));
			n += nparts;
		}
		st = plan_marks_add(pl, ctx, words, n);
	}
	return st;
}

enum status
plan_marks_phrase(struct planner *pl, struct plan_context ctx, const struct words_phrase *ph)
{
	struct mark_word *words;
	unsigned compounds = 0, v;
	bool has_also = false;
	enum status st = ST_OK;
	size_t i, k;

	if (pl->plan == NULL || ctx.quiet || ctx.light)
		return ST_OK;
	words = planner_alloc(pl, ph->nwords + 1, sizeof(*words));
	if (words == NULL)
		return error_nomem(pl->err);
	for (i = 0; i < ph->operand.nitems; i++) {
		compounds += ph->operand.items[i].joined != NULL;
		for (k = 0; k < ph->operand.items[i].nparts; k++)
			has_also = has_also || ph->marks[i].also[k].text != NULL;
	}
	if (compounds > COMPOUNDS_MAX)
		compounds = 0;
	for (v = 0; v < 1u << compounds && st == ST_OK; v++) {
		st = plan_marks_add(pl, ctx, words, variant(ph, v, false, words));
		if (st == ST_OK && has_also)
			st = plan_marks_add(pl, ctx, words, variant(ph, v, true, words));
	}
	for (i = 0; i < ph->operand.nitems && st == ST_OK; i++)
		st = mark_surfaces(pl, ctx, ph, i);
	return st;
}
