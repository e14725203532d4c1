/* SPDX-License-Identifier: GPL-2.0-or-later
 *
 * The interval is read twice: first for the ids of all its changes (changes.h);
 * then, a few hundred changes at a time, for the articles' versions before and
 * after each change (pairs.h), and the queries run on the pairs.
 */
#include "engine/standing/standing.h"

#include <stdlib.h>
#include <string.h>

#include "base/clock.h"
#include "base/grow.h"
#include "engine/standing/hits.h"
#include "engine/standing/pairs.h"
#include "engine/store/row.h"
#include "engine/store/schema.h"

#define OVER_NS 400000000u      /* beyond its slice for so long, a step stops between two queries: else all run */
#define RESULT_BYTES 16000000u   /* about the most memory that the hits of a standing may take */

struct query { struct standing_query q; struct node *tree; bool late; };

struct standing {
	struct arena arena;          /* holds the queries' strings */
	struct query *queries;
	size_t nqueries, queries_cap, told;
	struct changes changes;
	bool listed;
	struct changes_cursor cursor;   /* the first change on which not all queries have run */
	size_t query;                /* the first query that has not run on the changes there */
	struct pairs pairs;          /* the changes on which the queries run now */
	struct hits hits;
};

/* One step's work. */
struct step {
	struct standing *r;
	const struct xap_deadline *deadline;
	uint64_t end_ns;
	struct wanted *wanted;
	const struct hits_article *hit[PAIRS_MAX];   /* by pair, where some query hit it; else NULL */
	size_t matched[2 * PAIRS_MAX + 1];   /* by document number: the last query that matched it, + 1 */
	size_t hits_before;          /* the number of hits when part_body began */
	size_t query;                /* the query to run next; TOLD: all have run on the changes at hand */
	bool end;                    /* the queries have run on all changes */
};

enum status
standing_new(struct standing **out, uint64_t after, struct error *err)
{
	struct standing *r = calloc(1, sizeof(*r));
	enum status st;

	*out = NULL;
	if (r == NULL)
		return error_nomem(err);
	arena_init(&r->arena);
	hits_init(&r->hits);
	changes_init(&r->changes, after);
	r->cursor = r->changes.begin;
	st = pairs_init(&r->pairs, err);
	if (st != ST_OK) {
		standing_free(r);
		return st;
	}
	*out = r;
	return ST_OK;
}

static void
free_trees(struct standing *r)
{
	size_t i;

	for (i = 0; i < r->nqueries; i++) {
		query_free(r->queries[i].tree);
		r->queries[i].tree = NULL;
	}
}

void
standing_free(struct standing *r)
{
	if (r == NULL)
		return;
	free_trees(r);
	changes_fini(&r->changes);
	pairs_fini(&r->pairs);
	arena_fini(&r->arena);
	free(r->queries);
	hits_fini(&r->hits);
	free(r);
}

static const char *
keep(struct standing *r, const char *text)
{
	return text == NULL ? NULL : arena_string(&r->arena, text, strlen(text));
}

enum status
standing_add(struct standing *r, const struct standing_query *q, struct error *err)
{
	struct query *more = grow(r->queries, &r->queries_cap, r->nqueries, sizeof(*more));
	struct standing_query *to;

	if (more == NULL)
		return error_nomem(err);
	r->queries = more;
	more[r->nqueries] = (struct query){ .q = *q };
	to = &more[r->nqueries].q;
	to->text = arena_string(&r->arena, q->text, q->len);
	to->from = keep(r, q->from);
	to->to = keep(r, q->to);
	if (to->text == NULL || (q->from != NULL && to->from == NULL) || (q->to != NULL && to->to == NULL))
		return error_nomem(err);
	r->told = ++r->nqueries;
	return ST_OK;
}

/* ---- hits ---- */

/* Stores the version after PAIR to be told; where its row is damaged, its id alone. */
static enum status
make_hit(struct standing *r, const struct pair *pair, const struct hits_article **out, struct error *err)
{
	struct xap_db *db = r->pairs.delta.store.db;
	struct buf packed = BUF_INIT, newest = BUF_INIT;
	struct row row;
	enum status st = xap_db_value(db, pair->after, SLOT_ROW, &packed, err);

	if (st == ST_OK)
		st = xap_db_value(db, pair->after, SLOT_NEWEST, &newest, err);
	if (st == ST_OK && row_unpack(buf_str(&packed), packed.len, &row) != ST_OK)
		row = (struct row){ .id = pair->changed->id, .id_len = pair->changed->len };
	if (st == ST_OK)
		st = hits_article(&r->hits, pair->rev, &row, buf_str(&newest), newest.len, out, err);
	buf_fini(&packed);
	buf_fini(&newest);
	return st;
}

static enum status
add_hit(struct step *step, size_t query, size_t pair, struct error *err)
{
	struct standing *r = step->r;
	const struct hits_article **hit = &step->hit[pair];
	enum status st = *hit != NULL ? ST_OK : make_hit(r, &r->pairs.pair[pair], hit, err);

	return st == ST_OK ? hits_add(&r->hits, query, *hit, err) : st;
}

/* Runs one query on the small index, and adds a hit for each pair of which it matches only the version after. */
static enum status
match(struct step *step, struct searcher *s, size_t query, struct error *err)
{
	struct pairs *v = &step->r->pairs;
	struct delta *delta = &v->delta;
	const struct standing_query *q = &step->r->queries[query].q;
	const struct xap_deadline *end = step->deadline;
	const struct xap_deadline budget = { clock_ns() + q->budget_ns, end ? end->cancelled : NULL, end ? end->arg : NULL };
	struct plan *plan;
	struct xap_hits hits = { 0 };
	size_t i;
	enum status st;

	st = plan_new_delta(&plan, step->r->queries[query].tree, &delta->store, s->an, &q->plan,
			    q->budget_ns > 0 ? &budget : end, err);
	if (st != ST_OK)
		return st;
	st = xap_enquire_set_query(delta->enquire, plan->query, err);
	if (st == ST_OK)
		st = xap_enquire_run(delta->enquire, 0, delta->articles, 0, &hits, err);
	for (i = 0; i < hits.n; i++)
		step->matched[hits.hit[i].docid] = query + 1;
	for (i = 0; i < hits.n && st == ST_OK; i++) {
		uint32_t owner = v->owner[hits.hit[i].docid];
		uint32_t before = owner != 0 ? v->pair[owner - 1].before : 0;

		if (owner != 0 && (before == 0 || step->matched[before] != query + 1))
			st = add_hit(step, query, owner - 1, err);
	}
	plan_free(plan);
	return st;
}

/* ---- steps ---- */

static enum status
list_body(struct searcher *s, void *arg, struct error *err)
{
	struct step *step = arg;
	struct standing *r = step->r;

	return changes_list(&r->changes, s->store->db, &s->store->manifest, step->end_ns, &r->listed, err);
}

/* Runs queries on the next few hundred changes: all that have not, or as many as the step's time allows. When
 * searcher_try repeats it, the hits of the failed run are dropped. */
static enum status
part_body(struct searcher *s, void *arg, struct error *err)
{
	struct step *step = arg;
	struct standing *r = step->r;
	struct pairs *v = &r->pairs;
	enum status st = changes_follow(&r->changes, s->store->db, &s->store->manifest, err);

	hits_cut(&r->hits, step->hits_before);
	memset(step->hit, 0, sizeof(step->hit));
	memset(step->matched, 0, sizeof(step->matched));
	if (st == ST_OK)
		st = pairs_fill(v, &r->changes, r->cursor, s, step->wanted, err);
	for (step->query = r->query; step->query < r->told && st == ST_OK; step->query++) {
		struct query *query = &r->queries[step->query];

		if (v->delta.articles == 0 || query->late)
			continue;
		if (step->query > r->query && clock_ns() >= step->end_ns + OVER_NS)
			break;
		st = match(step, s, step->query, err);
		if (st == ST_DEADLINE && query->q.budget_ns > 0) {
			query->late = true;
			st = ST_OK;
		}
	}
	pairs_drop(v);
	return st;
}

static bool
all_late(const struct standing *r)
{
	size_t i;

	for (i = 0; i < r->told; i++)
		if (!r->queries[i].late)
			return false;
	return true;
}

/* Halves the number of queries whose hits are told until the hits take no more than RESULT_BYTES. */
static void
shed(struct standing *r)
{
	while (r->hits.bytes > RESULT_BYTES && r->told > 1) {
		r->told /= 2;
		hits_drop(&r->hits, r->told);
	}
}

/* Makes *WANTED, and NONE, an index without articles for plan_wanted; both are the caller's, also after a failure. */
static enum status
begin_wanted(struct wanted **wanted, struct delta *none, struct searcher *s, struct error *err)
{
	enum status st;

	*none = (struct delta){ 0 };
	*wanted = wanted_new();
	if (*wanted == NULL)
		return error_nomem(err);
	st = delta_init(none, *wanted, s->store, err);
	return st == ST_OK ? delta_complete(none, err) : st;
}

/* Parses Q into *TREE, and adds the terms that it may ask for to WANTED. */
static enum status
read_query(const struct standing_query *q, time_t now, struct delta *none, struct searcher *s, struct wanted *wanted,
	   struct node **tree, struct error *err)
{
	const struct query_options how = { .match_all = q->match_all, .from = q->from, .to = q->to, .now = now };
	enum status st = query_parse(tree, q->text, q->len, &how, err);

	return st == ST_OK ? plan_wanted(*tree, &none->store, s->an, &q->plan, wanted, err) : st;
}

static enum status
prepare(struct step *step, struct searcher *s, time_t now, struct error *err)
{
	struct standing *r = step->r;
	struct delta none;
	size_t i;
	enum status st = begin_wanted(&step->wanted, &none, s, err);

	for (i = 0; i < r->told && st == ST_OK; i++)
		st = read_query(&r->queries[i].q, now, &none, s, step->wanted, &r->queries[i].tree, err);
	if (st == ST_OK)
		wanted_ready(step->wanted);
	delta_fini(&none);
	return st;
}

static enum status
look(struct step *step, struct searcher *s, struct error *err)
{
	struct standing *r = step->r;
	enum status st = ST_OK;

	do {
		step->hits_before = r->hits.n;
		st = searcher_try(s, step->deadline, part_body, step, err);
		if (st != ST_OK) {
			hits_cut(&r->hits, step->hits_before);
			return st;
		}
		r->query = step->query;
		if (r->query >= r->told) {
			r->cursor = r->pairs.cursor;
			r->query = 0;
			step->end = r->pairs.end || all_late(r);
		}
		shed(r);
	} while (!step->end && clock_ns() < step->end_ns);
	return st;
}

enum status
standing_step(struct standing *r, struct searcher *s, time_t now, uint64_t slice_ns,
	      const struct xap_deadline *deadline, bool *done, struct error *err)
{
	struct step *step = calloc(1, sizeof(*step));
	bool moved;
	enum status st;

	*done = false;
	if (step == NULL)
		return error_nomem(err);
	step->r = r;
	step->deadline = deadline;
	step->end_ns = clock_ns() + slice_ns;
	st = searcher_refresh(s, &moved, err);
	if (st == ST_OK && !r->listed)
		st = searcher_try(s, deadline, list_body, step, err);
	if (st == ST_OK && r->listed && r->changes.n == 0)
		step->end = true;
	if (st == ST_OK && r->listed && !step->end)
		st = prepare(step, s, now, err);
	if (st == ST_OK && r->listed && !step->end)
		st = look(step, s, err);
	if (st == ST_OK && step->end)
		st = hits_sort(&r->hits, r->told, err);
	*done = st == ST_OK && step->end;
	wanted_free(step->wanted);
	free(step);
	free_trees(r);
	return st;
}

/* ---- results ---- */

uint64_t
standing_rev(const struct standing *r)
{
	return r->changes.rev;
}

size_t
standing_told(const struct standing *r)
{
	return r->told;
}

bool
standing_late(const struct standing *r, size_t query)
{
	return r->queries[query].late;
}

const struct standing_hit *
standing_next(const struct standing *r, size_t query, size_t *at)
{
	return hits_next(&r->hits, query, at);
}

/* ---- checks ---- */

enum status
standing_check(struct searcher *s, const struct standing_query *q, time_t now, struct error *err)
{
	struct node *tree = NULL;
	struct wanted *wanted = NULL;
	struct delta none;
	enum status st = begin_wanted(&wanted, &none, s, err);

	if (st == ST_OK)
		st = read_query(q, now, &none, s, wanted, &tree, err);
	delta_fini(&none);
	wanted_free(wanted);
	query_free(tree);
	return st;
}

enum status
standing_reaches(struct searcher *s, uint64_t after, struct error *err)
{
	return journal_reaches(&s->store->manifest, after, err);
}
