/* SPDX-License-Identifier: GPL-2.0-or-later
 *
 * Quotations as answers. The index tells in which articles the words stand
 * inside quotations; these articles are then read, in order, and their
 * quotations found anew, until there are enough for the page.
 */
#include <stdio.h>
#include <string.h>

#include "engine/quotes/marks.h"
#include "engine/search/search.h"
#include "engine/search/searcher.h"
#include "engine/search/top.h"
#include "engine/xapian/deadline.h"

/* When the page is full, so many further articles are read to count all quotations. */
#define READ_ARTICLES 500
#define READ_BYTES 1000000

struct asked {
	const struct node *tree;
	const char *speaker;
	const struct search_options *opt;
	struct plan *plan;
	struct quote_row *rows;      /* in the arena */
	struct search_note *damage;  /* likewise */
	size_t ndamage;
	uint64_t found, read, bytes; /* quotations, in so many articles, of such a length */
	struct quote_result *out;
};

/* ---- one article ---- */

static enum status
set_row(struct searcher *s, const struct article *a, const struct quote *q, struct quote_row *row, struct error *err)
{
	const char *body = buf_str(&a->body);

	buf_clear(&s->value);
	quote_marks_words(body, q, &s->value);
	if (buf_status(&s->value) != ST_OK)
		return error_nomem(err);
	row->id = arena_string(&s->arena, buf_str(&a->field[ART_ID]), a->field[ART_ID].len);
	row->date = arena_string(&s->arena, buf_str(&a->field[ART_DATE]), a->field[ART_DATE].len);
	row->speaker = arena_string(&s->arena, body + q->speaker_start, q->speaker_end - q->speaker_start);
	row->office = arena_string(&s->arena, body + q->office_start, q->office_end - q->office_start);
	row->words = arena_string(&s->arena, s->value.data, s->value.len);
	row->start = q->start;
	row->end = q->end;
	return row->id && row->date && row->speaker && row->office && row->words ? ST_OK : error_nomem(err);
}

/* The article's quotations that belong on the page become rows. */
static enum status
take(struct searcher *s, struct asked *k, const struct article *a, struct error *err)
{
	const uint64_t first = k->opt->offset, end = first + k->opt->limit;
	const struct quote *q;
	size_t i, n;
	enum status st = quote_reader_find(s->quotes, s->an, a, &k->opt->deadline, &q, &n, err);

	for (i = 0; st == ST_OK && i < n; i++, k->found++) {
		if (k->found < first || k->found >= end)
			continue;
		k->rows[k->out->nrows].rank = (uint32_t)k->found + 1;
		st = set_row(s, a, &q[i], &k->rows[k->out->nrows], err);
		k->out->nrows += st == ST_OK;
	}
	return st;
}

static enum status
note_damage(struct searcher *s, struct asked *k, uint32_t docid, struct error *err)
{
	struct search_note *note = &k->damage[0];
	char text[80];
	int n = snprintf(text, sizeof(text), "articles are damaged and left out (one is document %u)", (unsigned)docid);

	if (k->ndamage > 0)
		return ST_OK;
	*note = (struct search_note){ 'W', "", arena_string(&s->arena, text, (size_t)n), true };
	k->ndamage = 1;
	return note->text != NULL ? ST_OK : error_nomem(err);
}

static enum status
read_article(struct searcher *s, struct asked *k, uint32_t docid, struct error *err)
{
	struct article a;
	enum status st;

	article_init(&a);
	st = searcher_article(s, docid, &k->opt->deadline, &a, err);
	if (st == ST_OK)
		st = take(s, k, &a, err);
	else if (st == ST_CORRUPT && !searcher_overtaken(s))
		st = note_damage(s, k, docid, err);
	k->read++;
	k->bytes += a.body.len;
	article_fini(&a);
	return st;
}

/* ---- all of them, in order ---- */

/* The total, from the articles read so far: exact once all are read. */
static void
set_total(struct asked *k, const struct xap_hits *hits)
{
	k->out->exact = hits->lower == hits->upper && k->read == hits->upper;
	k->out->total = k->found;
	if (!k->out->exact && k->read > 0)
		k->out->total = k->found * (hits->estimated > k->read ? hits->estimated : k->read) / k->read;
}

static bool
read_on(const struct asked *k, uint64_t wanted)
{
	return k->found < wanted || (k->read < READ_ARTICLES && k->bytes < READ_BYTES);
}

static enum status
read_articles(struct searcher *s, struct asked *k, struct error *err)
{
	const uint64_t wanted = (uint64_t)k->opt->offset + k->opt->limit;
	struct xap_hits hits = { 0 };
	struct ranker ranker;
	uint32_t articles, want;
	enum status st = xap_db_count(s->store->db, &articles, err);
	size_t i;

	ranker_init(&ranker, s, k->plan, k->opt);
	want = wanted + READ_ARTICLES < articles ? (uint32_t)wanted + READ_ARTICLES : articles;
	while (st == ST_OK) {
		st = top_run(&ranker, 0, want, &hits, err);
		for (i = (size_t)k->read; st == ST_OK && i < hits.n && read_on(k, wanted); i++) {
			st = deadline_check(&k->opt->deadline, err);
			if (st == ST_OK)
				st = read_article(s, k, hits.hit[i].docid, err);
		}
		if (hits.n < want || want == articles || k->found >= wanted)
			break;
		want = want < articles / 2 ? want * 2 : articles;
	}
	if (st == ST_OK)
		set_total(k, &hits);
	return st;
}

static enum status
ask(struct searcher *s, void *arg, struct error *err)
{
	struct asked *k = arg;
	enum status st;

	arena_reset(&s->arena);
	*k->out = (struct quote_result){ 0 };
	k->ndamage = 0;
	k->found = k->read = k->bytes = 0;
	k->rows = arena_alloc(&s->arena, (k->opt->limit + 1) * sizeof(*k->rows));
	k->damage = arena_alloc(&s->arena, sizeof(*k->damage));
	if (k->rows == NULL || k->damage == NULL)
		return error_nomem(err);
	k->out->rows = k->rows;
	st = deadline_check(&k->opt->deadline, err);
	if (st == ST_OK)
		st = plan_new(&k->plan, k->tree, s->store, s->an, &k->opt->plan, &k->opt->deadline, err);
	if (st != ST_OK)
		return st;
	st = quote_reader_query(s->quotes, s->an, k->speaker, k->plan->marks, k->plan->nmarks, k->opt->match_all, err);
	if (st == ST_OK)
		st = read_articles(s, k, err);
	if (st == ST_OK)
		st = searcher_notes(s, k->plan, k->damage, k->ndamage, &k->out->notes, &k->out->nnotes, err);
	plan_free(k->plan);
	return st;
}

enum status
search_quotes(struct searcher *s, const char *query, size_t len, const char *speaker,
	      const struct search_options *opt, struct quote_result *out, struct error *err)
{
	const struct query_options how = { .match_all = opt->match_all, .from = opt->from, .to = opt->to, .now = opt->now,
					   .quoted = true, .speaker = speaker };
	struct asked k = { .speaker = speaker, .opt = opt, .out = out };
	struct node *tree = NULL;
	enum status st = ST_OK;

	*out = (struct quote_result){ 0 };
	if (s->quotes == NULL)
		st = quote_reader_new(&s->quotes, err);
	if (st == ST_OK)
		st = query_parse(&tree, query, len, &how, err);
	if (st == ST_OK) {
		k.tree = tree;
		st = searcher_try(s, &opt->deadline, ask, &k, err);
		query_free(tree);
	}
	if (st != ST_OK)
		*out = (struct quote_result){ 0 };
	return st;
}
