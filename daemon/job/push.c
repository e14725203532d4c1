/* SPDX-License-Identifier: GPL-2.0-or-later */
#include "daemon/job/push.h"

#include <stdlib.h>
#include <string.h>
#include <time.h>

#include "base/grow.h"
#include "daemon/job/rows.h"

#define SLICE_NS 100000000u   /* for which a worker goes on, before requests have their turn */
#define EACH_REVISION 64      /* commits that are told one by one, also where nothing matched */
#define BUDGET_NS 100000000u  /* for a watch's query on a few hundred changes; twice that after each time it was late ... */
#define BUDGET_DOUBLED 4      /* ... so many times: still less than the deadline of a request */

enum status
push_new(struct push **out, uint64_t after, struct error *err)
{
	struct push *p = calloc(1, sizeof(*p));
	enum status status;

	*out = NULL;
	if (p == NULL)
		return error_nomem(err);
	p->after = after;
	status = standing_new(&p->standing, after, err);
	if (status != ST_OK) {
		push_free(p);
		return status;
	}
	*out = p;
	return ST_OK;
}

void
push_free(struct push *p)
{
	size_t i;

	if (p == NULL)
		return;
	standing_free(p->standing);
	for (i = 0; i < p->n; i++)
		buf_fini(&p->watch[i].text);
	free(p->watch);
	free(p);
}

enum status
push_add(struct push *p, uint64_t conn, const struct watch *w, struct error *err)
{
	struct push_watch *to = grow(p->watch, &p->cap, p->n, sizeof(*to));
	struct standing_query query = w->query;
	enum status status;

	if (to == NULL)
		return error_nomem(err);
	p->watch = to;
	to += p->n;
	query.budget_ns = (uint64_t)BUDGET_NS << (w->late < BUDGET_DOUBLED ? w->late : BUDGET_DOUBLED);
	status = standing_add(p->standing, &query, err);
	if (status != ST_OK)
		return status;
	*to = (struct push_watch){ .conn = conn, .number = w->number, .json = w->json, .replay = w->replay };
	memcpy(to->name, w->name, sizeof(to->name));
	p->n++;
	return ST_OK;
}

/* ---- texts ---- */

static void
begin_push(struct rows *rows, const struct push_watch *w, uint64_t rev)
{
	rows_push(rows);
	rows_figure_name(rows, "watch", w->name);
	rows_figure(rows, "rev", rev);
}

static void
put_commit(struct rows *rows, const struct push_watch *w, uint64_t rev, const struct standing_hit *const *hits, size_t n)
{
	size_t i;

	begin_push(rows, w, rev);
	rows_figure(rows, "rows", n);
	rows_finish(rows);
	for (i = 0; i < n; i++) {
		rows_begin(rows, ROW_HIT);
		rows_uint(rows, i + 1);
		rows_str(rows, hits[i]->id);
		rows_real(rows, 0);
		rows_str(rows, hits[i]->date);
		rows_str(rows, hits[i]->source);
		rows_str(rows, hits[i]->title);
		rows_end(rows);
	}
}

/* The commits with rows, and the last in any case; all of them where they are
 * few and were not missed. */
static void
put_commits(struct push *p, size_t query)
{
	struct push_watch *w = &p->watch[query];
	bool each = !w->replay && p->rev - p->after <= EACH_REVISION;
	const struct standing_hit *hit, **hits = NULL;
	size_t at = 0, n = 0, cap = 0;
	uint64_t rev = p->after;
	struct rows rows;

	rows_init(&rows, &w->text, w->json);
	hit = standing_next(p->standing, query, &at);
	while (rev < p->rev || (w->replay && w->text.len == 0)) {
		rev = each ? rev + 1 : hit != NULL ? hit->rev : p->rev;
		for (n = 0; hit != NULL && hit->rev == rev; hit = standing_next(p->standing, query, &at)) {
			const struct standing_hit **more = grow(hits, &cap, n, sizeof(*hits));

			if (more == NULL) {
				w->text.failed = true;
				break;
			}
			hits = more;
			hits[n++] = hit;
		}
		put_commit(&rows, w, rev, hits, n);
		if (w->text.failed)
			break;
	}
	free(hits);
}

/* A push without rows, which tells by FIGURE why W is told nothing after the revision that P began with. */
static void
put_figure(const struct push *p, struct push_watch *w, const char *figure)
{
	struct rows rows;

	rows_init(&rows, &w->text, w->json);
	begin_push(&rows, w, p->after);
	rows_figure(&rows, figure, 1);
	rows_finish(&rows);
}

static void
make_texts(struct push *p)
{
	size_t i;

	p->rev = standing_rev(p->standing);
	for (i = 0; i < standing_told(p->standing); i++) {
		p->watch[i].late = standing_late(p->standing, i);
		if (p->watch[i].late)
			put_figure(p, &p->watch[i], "late");
		else
			put_commits(p, i);
		/* One without a text is told the next time. */
		if (p->watch[i].text.failed) {
			buf_fini(&p->watch[i].text);
			break;
		}
	}
	p->told = i;
	if (i == 0)
		p->status = error_nomem(&p->err);
}

void
push_work(struct push *p, struct searcher *s, const struct xap_deadline *deadline)
{
	/* Steps and each query's budget bound the work, not a deadline; only the end of the daemon cancels it. */
	const struct xap_deadline until_end = { 0, deadline->cancelled, deadline->arg };
	size_t i;

	p->status = standing_step(p->standing, s, time(NULL), SLICE_NS, &until_end, &p->done, &p->err);
	if (p->status == ST_GONE) {
		p->status = ST_OK;
		p->done = p->gone = true;
		p->told = p->n;
		p->rev = p->after;
		for (i = 0; i < p->n; i++)
			put_figure(p, &p->watch[i], "gone");
	} else if (p->status == ST_OK && p->done) {
		make_texts(p);
	}
}
