/* SPDX-License-Identifier: GPL-2.0-or-later
 *
 * First all changes of the interval are read for their ids; then they are read
 * again, and each article is looked at where it comes first: there the journal
 * has what it was before. What it is at the end of the interval is in the index,
 * unless a commit that came since has changed it: then in that commit's entry.
 */
#include "engine/standing.h"

#include <stdlib.h>
#include <string.h>

#include "base/clock.h"
#include "engine/changes.h"
#include "engine/grow.h"
#include "engine/hits.h"
#include "engine/part.h"
#include "engine/schema.h"
#include "engine/searcher.h"

#define PART_ARTICLES 256        /* looked at together */
#define PART_BYTES 4000000u      /* of their former versions, packed, about */
#define RESULT_BYTES 16000000u   /* of all hits, about */

struct query { struct standing_query q; struct node *tree; };

struct standing {
	struct arena arena;          /* of the queries */
	struct query *queries;
	size_t nqueries, queries_cap, told;
	struct changes changes;
	bool listed;
	struct changes_place place;  /* up to where articles were looked at */
	struct document_builder *builder;
	struct zunpacker *texts;     /* of the journal */
	struct article article;      /* work memory */
	struct hits hits;
};

/* One article's versions in the small index, by their document numbers; 0: none. */
struct pair { const struct changed *changed; uint32_t before, after; const struct hits_article *hit; };

/* One step's work. */
struct step {
	struct standing *r;
	const struct xap_deadline *deadline;
	uint64_t end_ns;
	struct wanted *wanted;
	struct part part;
	struct pair pair[PART_ARTICLES];
	size_t npairs;
	uint32_t owner[2 * PART_ARTICLES + 1];     /* by document number: index of a pair + 1 where it is what the article became */
	size_t matched[2 * PART_ARTICLES + 1];     /* by document number: the query + 1 that matched it last */
	size_t hits_before;
	struct changes_place place;  /* behind the part */
	bool end;                    /* nothing comes behind it */
};

static enum status
no_memory(struct error *err)
{
	return error_set(err, ST_NOMEM, "no memory for standing queries");
}

enum status
standing_new(struct standing **out, uint64_t after, struct error *err)
{
	struct standing *r = calloc(1, sizeof(*r));
	enum status st;

	*out = NULL;
	if (r == NULL)
		return no_memory(err);
	arena_init(&r->arena);
	hits_init(&r->hits);
	article_init(&r->article);
	st = changes_init(&r->changes, after, err);
	r->place = r->changes.begin;
	if (st == ST_OK && zunpacker_new(&r->texts, "", 0) != ST_OK)
		st = no_memory(err);
	if (st == ST_OK)
		st = document_builder_new(&r->builder, "", 0, err);
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
	document_builder_free(r->builder);
	zunpacker_free(r->texts);
	article_fini(&r->article);
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
		return no_memory(err);
	r->queries = more;
	more[r->nqueries] = (struct query){ .q = *q };
	to = &more[r->nqueries].q;
	to->text = arena_string(&r->arena, q->text, q->len);
	to->from = keep(r, q->from);
	to->to = keep(r, q->to);
	if (to->text == NULL || (q->from != NULL && to->from == NULL) || (q->to != NULL && to->to == NULL))
		return no_memory(err);
	r->told = ++r->nqueries;
	return ST_OK;
}

/* ---- versions ---- */

/* What the article was before the interval. */
static enum status
add_before(struct step *step, const struct change *change, struct pair *pair, struct error *err)
{
	struct standing *r = step->r;
	enum status st;

	if (change->kind == CHANGE_ADDED)
		return ST_OK;
	st = record_unpack(r->texts, change->former, change->former_len, &r->article, err);
	return st == ST_OK ? part_add_article(&step->part, r->builder, &r->article, &pair->before, err) : st;
}

/* What it was at its end. */
static enum status
add_after(struct step *step, struct searcher *s, struct pair *pair, struct error *err)
{
	const struct changed *c = pair->changed;
	struct standing *r = step->r;
	uint32_t docid;
	enum status st;

	if (c->later && c->version == NULL)
		return ST_OK;
	if (c->later) {
		st = record_unpack(r->texts, c->version, c->version_len, &r->article, err);
		return st == ST_OK ? part_add_article(&step->part, r->builder, &r->article, &pair->after, err) : st;
	}
	st = searcher_find(s, c->id, c->len, &docid, err);
	if (st == ST_NOTFOUND)
		return ST_OK;
	return st == ST_OK ? part_add_document(&step->part, s->store->db, docid, &pair->after, err) : st;
}

/* Puts the next articles into the small index. */
static enum status
fill(struct step *step, struct searcher *s, struct error *err)
{
	const struct manifest *m = &s->store->manifest;
	struct changes_walk walk;
	const struct changed *c;
	struct change change;
	size_t bytes = 0;
	enum status st;

	st = changes_walk_init(&walk, &step->r->changes, step->r->place, s->store->db, m, err);
	step->npairs = 0;
	memset(step->owner, 0, sizeof(step->owner));
	while (st == ST_OK && step->npairs < PART_ARTICLES && bytes < PART_BYTES) {
		struct pair *pair = &step->pair[step->npairs];

		st = changes_walk_next(&walk, &change, &c, err);
		step->end = st == ST_OK && c == NULL;
		if (st != ST_OK || c == NULL)
			break;
		bytes += change.former_len;
		*pair = (struct pair){ .changed = c };
		st = add_after(step, s, pair, err);
		if (st != ST_OK || pair->after == 0)
			continue;
		st = add_before(step, &change, pair, err);
		step->owner[pair->after] = (uint32_t)++step->npairs;
	}
	if (st == ST_OK)
		step->place = changes_walk_tell(&walk);
	changes_walk_fini(&walk);
	return st;
}

/* ---- hits ---- */

/* What is told of the article of PAIR; where its row is damaged that is its id. */
static enum status
make_hit(struct step *step, struct pair *pair, struct error *err)
{
	struct xap_db *db = step->part.store.db;
	struct buf packed = BUF_INIT, newest = BUF_INIT;
	struct row row;
	enum status st = xap_db_value(db, pair->after, SLOT_ROW, &packed, err);

	if (st == ST_OK)
		st = xap_db_value(db, pair->after, SLOT_NEWEST, &newest, err);
	if (st == ST_OK && row_unpack(buf_str(&packed), packed.len, &row) != ST_OK)
		row = (struct row){ .id = pair->changed->id, .id_len = pair->changed->len };
	if (st == ST_OK)
		st = hits_article(&step->r->hits, pair->changed->rev, &row, buf_str(&newest), newest.len, &pair->hit, err);
	buf_fini(&packed);
	buf_fini(&newest);
	return st;
}

static enum status
add_hit(struct step *step, size_t query, struct pair *pair, struct error *err)
{
	enum status st = pair->hit != NULL ? ST_OK : make_hit(step, pair, err);

	return st == ST_OK ? hits_add(&step->r->hits, query, pair->hit, err) : st;
}

/* Runs one query on the small index. */
static enum status
match(struct step *step, struct searcher *s, size_t query, struct error *err)
{
	struct part *part = &step->part;
	struct plan *plan;
	struct xap_hits hits = { 0 };
	size_t i;
	enum status st;

	st = plan_new_part(&plan, step->r->queries[query].tree, &part->store, s->an, step->deadline, err);
	if (st != ST_OK)
		return st;
	st = xap_enquire_set_query(part->enquire, plan->query, err);
	if (st == ST_OK)
		st = xap_enquire_run(part->enquire, 0, part->articles, 0, &hits, err);
	for (i = 0; i < hits.n; i++)
		step->matched[hits.hit[i].docid] = query + 1;
	for (i = 0; i < hits.n && st == ST_OK; i++) {
		uint32_t owner = step->owner[hits.hit[i].docid];
		struct pair *pair = owner != 0 ? &step->pair[owner - 1] : NULL;

		if (pair != NULL && (pair->before == 0 || step->matched[pair->before] != query + 1))
			st = add_hit(step, query, pair, err);
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

/* The next part, looked at as a whole; when it is run again, what it found before is dropped. */
static enum status
part_body(struct searcher *s, void *arg, struct error *err)
{
	struct step *step = arg;
	struct standing *r = step->r;
	size_t i;
	enum status st = changes_follow(&r->changes, s->store->db, &s->store->manifest, err);

	hits_cut(&r->hits, step->hits_before);
	memset(step->matched, 0, sizeof(step->matched));
	if (st == ST_OK)
		st = part_init(&step->part, step->wanted, &s->store->manifest, err);
	if (st == ST_OK)
		st = fill(step, s, err);
	if (st == ST_OK && step->npairs > 0)
		st = part_complete(&step->part, err);
	for (i = 0; i < r->told && step->npairs > 0 && st == ST_OK; i++)
		st = match(step, s, i, err);
	part_fini(&step->part);
	return st;
}

/* Tells of fewer queries while the results are too many. */
static void
shed(struct standing *r)
{
	while (r->hits.bytes > RESULT_BYTES && r->told > 1) {
		r->told /= 2;
		hits_drop(&r->hits, r->told);
	}
}

/* *WANTED is the caller's, also after a failure, as NONE: an index without articles. */
static enum status
begin_wanted(struct wanted **wanted, struct part *none, struct searcher *s, struct error *err)
{
	enum status st;

	*none = (struct part){ 0 };
	*wanted = wanted_new();
	if (*wanted == NULL)
		return no_memory(err);
	st = part_init(none, *wanted, &s->store->manifest, err);
	return st == ST_OK ? part_complete(none, err) : st;
}

/* Reads Q, and adds what it may ask for. */
static enum status
read_query(const struct standing_query *q, time_t now, struct part *none, struct searcher *s, struct wanted *wanted,
	   struct node **tree, struct error *err)
{
	const struct query_options how = { q->match_all, q->from, q->to, now };
	enum status st = query_parse(tree, q->text, q->len, &how, err);

	return st == ST_OK ? plan_wanted(*tree, &none->store, s->an, wanted, err) : st;
}

static enum status
prepare(struct step *step, struct searcher *s, time_t now, struct error *err)
{
	struct standing *r = step->r;
	struct part none;
	size_t i;
	enum status st = begin_wanted(&step->wanted, &none, s, err);

	for (i = 0; i < r->told && st == ST_OK; i++)
		st = read_query(&r->queries[i].q, now, &none, s, step->wanted, &r->queries[i].tree, err);
	if (st == ST_OK)
		wanted_ready(step->wanted);
	part_fini(&none);
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
		r->place = step->place;
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
		return no_memory(err);
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

const struct standing_hit *
standing_next(const struct standing *r, size_t query, size_t *at)
{
	return hits_next(&r->hits, query, at);
}

/* ---- whether ---- */

enum status
standing_check(struct searcher *s, const struct standing_query *q, time_t now, struct error *err)
{
	struct node *tree = NULL;
	struct wanted *wanted = NULL;
	struct part none;
	enum status st = begin_wanted(&wanted, &none, s, err);

	if (st == ST_OK)
		st = read_query(q, now, &none, s, wanted, &tree, err);
	part_fini(&none);
	wanted_free(wanted);
	query_free(tree);
	return st;
}

enum status
standing_reaches(struct searcher *s, uint64_t after, struct error *err)
{
	return journal_reaches(&s->store->manifest, after, err);
}
