/* SPDX-License-Identifier: GPL-2.0-or-later */
#include "engine/search/search.h"

#include <stdlib.h>
#include <string.h>

#include "base/hash.h"
#include "base/map.h"
#include "engine/plan/ranking.h"
#include "engine/search/searcher.h"
#include "engine/search/top.h"
#include "engine/store/neardup.h"
#include "engine/store/row.h"
#include "engine/store/schema.h"
#include "engine/xapian/deadline.h"

const struct search_options search_defaults = {
	.limit = 10, .sort = SORT_RELEVANCE, .halflife = RANKING_HALF_LIFE_DAYS, .snippets = true, .collapse = true,
	.plan = { .alias = true, .correct = CORRECT_SHOW },
	.mark_open = "<b>", .mark_close = "</b>"
};

/* One request, from the parsed query to its rows. */
struct answer {
	const struct node *tree;
	const struct search_options *opt;
	bool count_only;
	struct plan *plan;
	struct xap_hit *hits;    /* the page, in the arena */
	uint32_t *groups;        /* the group of near-duplicates of each hit (0: none), in the arena */
	size_t nhits;
	uint32_t counted, copies;     /* the group that was counted last (0: none), and how many it has */
	struct search_note *damage;   /* warnings of damaged articles of the page, in the arena */
	size_t ndamage;
	struct search_result *out;
};

/* Copies the hits FIRST to END of HITS and their groups as the page. */
static enum status
keep(struct searcher *s, struct answer *a, const struct xap_hits *hits, const uint32_t *groups, size_t first, size_t end,
     struct error *err)
{
	a->nhits = end > first ? end - first : 0;
	a->hits = arena_alloc(&s->arena, (a->nhits + 1) * sizeof(*a->hits));
	a->groups = arena_alloc(&s->arena, (a->nhits + 1) * sizeof(*a->groups));
	if (a->hits == NULL || a->groups == NULL)
		return error_nomem(err);
	if (a->nhits > 0) {
		memcpy(a->hits, hits->hit + first, a->nhits * sizeof(*a->hits));
		memcpy(a->groups, groups + first, a->nhits * sizeof(*a->groups));
	}
	return ST_OK;
}

/* ---- matching ---- */

/* Whether ST means damage, not a state that a commit has overtaken: the answer then leaves out the damaged data. */
static bool
is_damage(const struct searcher *s, enum status st)
{
	return st == ST_CORRUPT && !searcher_overtaken(s);
}

static bool
is_group(const void *groups, uint32_t number, const void *group)
{
	return ((const uint32_t *)groups)[number] == *(const uint32_t *)group;
}

/* Whether GROUP is one of GROUPS, which SEEN has by their numbers there; if not, it gets NUMBER. */
static enum status
see_group(struct map *seen, const uint32_t *groups, uint32_t number, uint32_t group, bool *is, struct error *err)
{
	const uint32_t hash = hash_bytes((const char *)&group, sizeof(group));

	*is = map_find(seen, hash, is_group, groups, &group) != MAP_NONE;
	return *is || map_add(seen, hash, number) == ST_OK ? ST_OK : error_nomem(err);
}

/* Finds the groups of the N hits at HIT and, with collapse, drops all but the first hit of each group; stops at the end
 * of the page. */
static enum status
thin_copies(struct searcher *s, struct answer *a, struct xap_hit *hit, size_t n, uint32_t *groups, size_t *kept,
	    struct error *err)
{
	uint64_t end = (uint64_t)a->opt->offset + a->opt->limit;
	struct map seen = { NULL, 0, 0 };
	enum status st = ST_OK;
	size_t i;

	for (i = *kept = 0; i < n && *kept < end && st == ST_OK; i++) {
		uint32_t group = 0;
		bool copy = false;

		st = deadline_check(&a->opt->deadline, err);
		/* Without collapse the group is needed only to show the hit. */
		if (st == ST_OK && (a->opt->collapse || i >= a->opt->offset))
			st = neardup_group(s->store->db, hit[i].docid, &s->value, &group, err);
		if (is_damage(s, st))
			st = ST_OK;
		if (st == ST_OK && a->opt->collapse && group != 0)
			st = see_group(&seen, groups, (uint32_t)*kept, group, &copy, err);
		if (copy)
			continue;
		groups[*kept] = group;
		hit[(*kept)++] = hit[i];
	}
	map_fini(&seen);
	return st;
}

/* Finds the hits of the page: looks at ever more of the best hits until enough are left without near-duplicates. */
static enum status
match_page(struct searcher *s, struct answer *a, uint32_t articles, struct xap_hits *hits, struct error *err)
{
	uint64_t end = (uint64_t)a->opt->offset + a->opt->limit;
	uint32_t first = a->opt->collapse ? 0 : a->opt->offset, n = end < articles ? (uint32_t)end : articles;
	struct ranker ranker;
	uint32_t *groups;
	size_t kept = 0;
	enum status st;

	ranker_init(&ranker, s, a->plan, a->opt);
	if (a->opt->offset >= articles || a->opt->limit == 0)
		return top_run(&ranker, 0, 0, hits, err);
	for (;;) {
		groups = arena_alloc(&s->arena, n * sizeof(*groups));
		if (groups == NULL)
			return error_nomem(err);
		st = top_run(&ranker, first, n, hits, err);
		if (st == ST_OK)
			st = thin_copies(s, a, hits->hit, hits->n < n ? hits->n : n, groups, &kept, err);
		if (st != ST_OK)
			return st;
		if (kept >= end || hits->n < n || n == articles)
			return keep(s, a, hits, groups, a->opt->offset, kept, err);
		n = articles / 2 > n ? n * 2 : articles;
	}
}

/* The exact number of matches: looks at all of them. */
static enum status
match_count(struct searcher *s, const struct answer *a, uint32_t articles, struct xap_hits *hits, struct error *err)
{
	enum status st = xap_enquire_set_query(s->enquire, a->plan->query, err);

	if (st == ST_OK)
		st = xap_enquire_set_boolean(s->enquire, err);
	if (st == ST_OK)
		st = xap_enquire_set_sort(s->enquire, XAP_SORT_RELEVANCE, 0, false, err);
	return st == ST_OK ? xap_enquire_run(s->enquire, 0, 0, articles, hits, err) : st;
}

/* Whether matching TREE reads positions, which makes counting slow. */
static bool
positional(const struct node *tree)
{
	size_t i;

	if (tree->kind == NODE_PHRASE || tree->kind == NODE_NEAR || tree->kind == NODE_ADJ)
		return true;
	for (i = 0; i < tree->nkids; i++)
		if (positional(tree->kid[i]))
			return true;
	return false;
}

static enum status
match(struct searcher *s, struct answer *a, struct error *err)
{
	const uint32_t countable = positional(a->tree) ? RANKING_EXACT_POSITIONAL : RANKING_EXACT_TOTAL;
	struct xap_hits hits = { 0 };
	uint32_t articles;
	enum status st;

	st = xap_db_count(s->store->db, &articles, err);
	if (st == ST_OK && !a->count_only)
		st = match_page(s, a, articles, &hits, err);
	if (st != ST_OK)
		return st;
	if (a->count_only || (hits.lower != hits.upper && hits.upper <= countable)) {
		st = match_count(s, a, articles, &hits, err);
		if (st != ST_OK)
			return st;
	}
	a->out->exact = hits.lower == hits.upper;
	a->out->total = a->out->exact ? hits.upper : hits.estimated;
	return ST_OK;
}

/* ---- rows ---- */

static enum status
set_row(struct searcher *s, struct search_row *row, const struct row *from, struct error *err)
{
	row->id = arena_string(&s->arena, from->id, from->id_len);
	row->date = arena_string(&s->arena, from->date, from->date_len);
	row->source = arena_string(&s->arena, from->source, from->source_len);
	row->title = arena_string(&s->arena, from->title, from->title_len);
	row->snippet = NULL;
	return row->id && row->date && row->source && row->title ? ST_OK : error_nomem(err);
}

static enum status
packed_row(struct searcher *s, uint32_t docid, struct search_row *row, uint32_t *record, struct error *err)
{
	struct row packed;
	enum status st;

	buf_clear(&s->value);
	st = xap_db_value(s->store->db, docid, SLOT_ROW, &s->value, err);
	if (st == ST_OK && row_unpack(buf_str(&s->value), s->value.len, &packed) != ST_OK)
		st = error_set(err, ST_CORRUPT, "the row of document %u is damaged", (unsigned)docid);
	if (st != ST_OK)
		return st;
	*record = packed.record;
	return set_row(s, row, &packed, err);
}

/* Makes the row from the stored article, for an article whose packed row is damaged. */
static enum status
row_of_article(struct searcher *s, const struct answer *answer, uint32_t docid, struct search_row *row, struct error *err)
{
	struct article a;
	const struct buf *f = a.field;
	enum status st;

	article_init(&a);
	st = searcher_article(s, docid, &answer->opt->deadline, &a, err);
	if (st == ST_OK)
		st = set_row(s, row, &(struct row){ buf_str(&f[ART_ID]), buf_str(&f[ART_DATE]),
			buf_str(&f[ART_SOURCE]), buf_str(&f[ART_TITLE]), f[ART_ID].len, f[ART_DATE].len,
			f[ART_SOURCE].len, f[ART_TITLE].len, 0 }, err);
	article_fini(&a);
	return st;
}

static enum status
add_snippet(struct searcher *s, const struct plan *plan, struct search_row *row, uint32_t docid, uint32_t record, struct error *err)
{
	enum status st;

	buf_clear(&s->data);
	st = xap_db_data(s->store->db, docid, &s->data, err);
	if (st == ST_OK && row_sum(buf_str(&s->data), s->data.len) != record)
		st = error_set(err, ST_CORRUPT, "its stored text is damaged");
	buf_clear(&s->value);
	if (st == ST_OK && plan->nscopes > 0)
		st = snippet_maker_confine(s->snippets, s->store->db, docid, plan, err);
	if (st == ST_OK)
		st = snippet_make(s->snippets, s->store->texts, buf_str(&s->data), s->data.len, &s->value, err);
	if (st != ST_OK)
		return st;
	row->snippet = arena_string(&s->arena, buf_str(&s->value), s->value.len);
	return row->snippet != NULL ? ST_OK : error_nomem(err);
}

/* Warns of a damaged article; ID is NULL when it cannot be read either. */
static enum status
note_damage(struct searcher *s, struct answer *a, uint32_t docid, const char *id, struct error *err)
{
	struct search_note *note = &a->damage[a->ndamage];
	struct buf text = BUF_INIT;

	if (id != NULL)
		buf_addf(&text, "article \"%s\" is damaged, not all of it is shown", id);
	else
		buf_addf(&text, "an article is damaged and left out (document %u)", (unsigned)docid);
	*note = (struct search_note){ 'W', "", arena_string(&s->arena, buf_str(&text), text.len), true };
	if (buf_status(&text) == ST_OK && note->text != NULL)
		a->ndamage++;
	buf_fini(&text);
	return note->text != NULL ? ST_OK : error_nomem(err);
}

/* The number of near-duplicates of the Ith hit in the index, the hit among them. */
static enum status
count_copies(struct searcher *s, struct answer *a, size_t i, struct search_row *row, struct error *err)
{
	struct neardups copies = { NULL, 0, 0 };
	enum status st = ST_OK;

	if (a->groups[i] != 0 && a->groups[i] != a->counted) {
		st = neardup_members(s->store->db, a->groups[i], &s->value, &copies, err);
		a->copies = st == ST_OK && copies.n > 0 ? (uint32_t)copies.n : 1;
		a->counted = a->groups[i];
		neardup_fini(&copies);
	}
	row->copies = a->groups[i] != 0 ? a->copies : 1;
	return is_damage(s, st) ? ST_OK : st;
}

/* Adds the row of a hit to the page. Damaged parts are left out, with a warning, so that nothing of another article is
 * shown. */
static enum status
add_row(struct searcher *s, struct answer *a, const struct xap_hit *hit, struct search_row *row, struct error *err)
{
	uint32_t record = 0;
	enum status st = packed_row(s, hit->docid, row, &record, err);
	bool sound = st == ST_OK;

	if (is_damage(s, st))
		st = row_of_article(s, a, hit->docid, row, err);
	if (is_damage(s, st))
		return note_damage(s, a, hit->docid, NULL, err);
	if (st == ST_OK && a->opt->snippets && sound) {
		st = add_snippet(s, a->plan, row, hit->docid, record, err);
		sound = st == ST_OK;
		if (is_damage(s, st))
			st = ST_OK;
	}
	if (st == ST_OK && !sound) {
		row->snippet = a->opt->snippets ? "" : NULL;
		st = note_damage(s, a, hit->docid, row->id, err);
	}
	row->score = hit->weight;
	a->out->nrows++;
	return st;
}

static enum status
fill_rows(struct searcher *s, struct answer *a, struct error *err)
{
	struct search_row *rows = arena_alloc(&s->arena, (a->nhits + 1) * sizeof(*rows));
	enum status st = ST_OK;
	size_t i;

	a->damage = arena_alloc(&s->arena, (a->nhits + 1) * sizeof(*a->damage));
	if (rows == NULL || a->damage == NULL)
		return error_nomem(err);
	a->out->rows = rows;
	if (a->opt->snippets && a->nhits > 0)
		st = snippet_maker_query(s->snippets, a->plan->marks, a->plan->nmarks,
					 a->opt->mark_open, a->opt->mark_close, err);
	for (i = 0; i < a->nhits && st == ST_OK; i++) {
		struct search_row *row = &rows[a->out->nrows];

		*row = (struct search_row){ .rank = a->opt->offset + (uint32_t)i + 1 };
		st = count_copies(s, a, i, row, err);
		if (st == ST_OK)
			st = add_row(s, a, &a->hits[i], row, err);
		if (st == ST_OK)
			st = deadline_check(&a->opt->deadline, err);
	}
	return st;
}

static enum status
answer_body(struct searcher *s, void *arg, struct error *err)
{
	struct answer *a = arg;
	enum status st;

	arena_reset(&s->arena);
	*a->out = (struct search_result){ 0 };
	a->nhits = a->ndamage = 0;
	a->counted = 0;
	/* the match looks at the clock only now and then, a short match never */
	st = deadline_check(&a->opt->deadline, err);
	if (st == ST_OK)
		st = plan_new(&a->plan, a->tree, s->store, s->an, &a->opt->plan, &a->opt->deadline, err);
	if (st != ST_OK)
		return st;
	st = match(s, a, err);
	if (st == ST_OK && !a->count_only)
		st = fill_rows(s, a, err);
	if (st == ST_OK)
		st = searcher_notes(s, a->plan, a->damage, a->ndamage, &a->out->notes, &a->out->nnotes, err);
	plan_free(a->plan);
	return st;
}

static enum status
answer(struct searcher *s, const char *query, size_t len, const struct search_options *opt, bool count_only,
       struct search_result *out, struct error *err)
{
	const struct query_options how = { .match_all = opt->match_all, .from = opt->from, .to = opt->to, .now = opt->now };
	struct answer a = { .opt = opt, .count_only = count_only, .out = out };
	struct node *tree;
	enum status st = query_parse(&tree, query, len, &how, err);

	*out = (struct search_result){ 0 };
	if (st != ST_OK)
		return st;
	a.tree = tree;
	st = searcher_try(s, &opt->deadline, answer_body, &a, err);
	if (st != ST_OK)
		*out = (struct search_result){ 0 };
	query_free(tree);
	return st;
}

enum status
search_run(struct searcher *s, const char *query, size_t len, const struct search_options *opt,
	   struct search_result *out, struct error *err)
{
	return answer(s, query, len, opt, false, out, err);
}

enum status
search_count(struct searcher *s, const char *query, size_t len, const struct search_options *opt,
	     struct search_result *out, struct error *err)
{
	return answer(s, query, len, opt, true, out, err);
}
