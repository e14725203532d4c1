/* SPDX-License-Identifier: GPL-2.0-or-later */
#include "engine/store/vocabulary.h"

#include <stdatomic.h>
#include <stdlib.h>
#include <string.h>

#include "base/arena.h"
#include "base/grow.h"
#include "base/sort.h"
#include "engine/store/journal.h"
#include "engine/store/schema.h"

#define MORE_SHARE 8       /* of the table: with more words beside it than one in so many, all is read anew */
#define MORE_MIN 4096      /* but with fewer than these it is not */

/* A table that several vocabularies have. */
struct shared_table { struct wordtable t; atomic_uint holders; };

struct vocabulary {
	struct shared_table *all;     /* as of when it was last read anew */
	struct wordtable more;        /* what changed articles have had since, and in how many of them */
	char built[32];               /* of the generation, and ... */
	uint32_t generation;          /* ... its number: which it is of */
	uint64_t rev;
	atomic_uint holders;
};

/* ---- holding ---- */

static void
table_release(struct shared_table *t)
{
	if (t == NULL || atomic_fetch_sub(&t->holders, 1) != 1)
		return;
	wordtable_fini(&t->t);
	free(t);
}

struct vocabulary *
vocabulary_hold(struct vocabulary *v)
{
	atomic_fetch_add(&v->holders, 1);
	return v;
}

void
vocabulary_release(struct vocabulary *v)
{
	if (v == NULL || atomic_fetch_sub(&v->holders, 1) != 1)
		return;
	table_release(v->all);
	wordtable_fini(&v->more);
	free(v);
}

/* ---- reading all terms ---- */

/* Whether TERM is PREFIX and then no capital letter (XTOPIC is not XT, and a word has no prefix). */
static bool
has_prefix(const char *term, size_t len, const char *prefix)
{
	size_t n = strlen(prefix);

	return len > n && memcmp(term, prefix, n) == 0 && !(term[n] >= 'A' && term[n] <= 'Z');
}

/* The prefixes of the terms that are kept besides words. In the order of bytes they stand between words that begin with
 * a digit and words that begin with a letter. */
static const char *const prefixes[] = { PREFIX_ACRONYM, PREFIX_FULL_NAME, PREFIX_EXPANSION, PREFIX_HEADLINE };
#define NPREFIXES (sizeof(prefixes) / sizeof(prefixes[0]))

static bool
is_kept(const char *term, size_t len)
{
	size_t i;

	if (has_prefix(term, len, ""))
		return true;
	for (i = 0; i < NPREFIXES; i++)
		if (has_prefix(term, len, prefixes[i]))
			return true;
	return false;
}

static struct vocabulary *
new_vocabulary(struct shared_table *all, const struct manifest *m)
{
	struct vocabulary *v = calloc(1, sizeof(*v));

	if (v == NULL)
		return NULL;
	v->all = all;
	wordtable_init(&v->more);
	memcpy(v->built, m->built, sizeof(v->built));
	v->generation = m->generation;
	v->rev = m->rev;
	atomic_init(&v->holders, 1);
	return v;
}

/* Reads the terms of DB that begin with PREFIX, from FROM on; an empty PREFIX stands for terms without a prefix. */
static enum status
read_terms(struct wordtable *t, struct xap_db *db, const char *prefix, const char *from, struct error *err)
{
	struct xap_terms *terms = NULL;
	const char *term;
	uint32_t count;
	size_t len;
	enum status st = xap_terms_open(&terms, db, prefix, strlen(prefix), err);

	if (st == ST_OK && *from != '\0')
		st = xap_terms_skip(terms, from, strlen(from), err);
	while (st == ST_OK) {
		st = xap_terms_next(terms, &term, &len, &count, err);
		if (st != ST_OK || term == NULL || (*prefix == '\0' && *from == '\0' && *term >= 'A' && *term <= 'Z'))
			break;
		if (!is_kept(term, len))
			continue;
		st = wordtable_add(t, term, len, count);
		if (st == ST_INVALID)
			st = ST_CORRUPT;
		if (st != ST_OK)
			error_set(err, st, "the words of the index cannot be listed");
	}
	xap_terms_free(terms);
	return st;
}

static enum status
read_all(struct xap_db *db, const struct manifest *m, struct vocabulary **out, struct error *err)
{
	struct shared_table *all = calloc(1, sizeof(*all));
	enum status st;
	size_t i;

	if (all == NULL)
		return error_nomem(err);
	wordtable_init(&all->t);
	atomic_init(&all->holders, 1);
	st = read_terms(&all->t, db, "", "", err);
	for (i = 0; i < NPREFIXES && st == ST_OK; i++)
		st = read_terms(&all->t, db, prefixes[i], "", err);
	if (st == ST_OK)
		st = read_terms(&all->t, db, "", "[", err);
	if (st == ST_OK && wordtable_close(&all->t) != ST_OK)
		st = error_nomem(err);
	*out = st == ST_OK ? new_vocabulary(all, m) : NULL;
	if (*out == NULL)
		table_release(all);
	return st == ST_OK && *out == NULL ? error_nomem(err) : st;
}

/* ---- following commits ---- */

/* The terms of changed articles, as they come. */
struct news {
	struct arena arena;
	struct vocabulary_term *list;
	size_t n, cap;
};

static enum status
add_news(struct news *news, const char *text, size_t len, uint32_t count, struct error *err)
{
	struct vocabulary_term *list = grow(news->list, &news->cap, news->n, sizeof(*list));
	const char *copy = list != NULL ? arena_string(&news->arena, text, len) : NULL;

	if (list != NULL)
		news->list = list;
	if (copy == NULL)
		return error_nomem(err);
	list[news->n++] = (struct vocabulary_term){ copy, len, count };
	return ST_OK;
}

/* The terms of the article ID, if it is there still. */
static enum status
add_article(struct news *news, struct xap_db *db, const char *id, size_t id_len, struct error *err)
{
	struct xap_terms *terms = NULL;
	struct buf key = BUF_INIT;
	uint32_t docid, wdf;
	const char *term;
	size_t len;
	enum status st;

	schema_term(&key, PREFIX_ID, id, id_len);
	st = buf_status(&key) == ST_OK ? xap_db_posting(db, key.data, key.len, 0, &docid, err) : error_nomem(err);
	buf_fini(&key);
	if (st != ST_OK)
		return st == ST_NOTFOUND ? ST_OK : st;
	st = xap_terms_open_doc(&terms, db, docid, err);
	while (st == ST_OK) {
		st = xap_terms_next(terms, &term, &len, &wdf, err);
		if (st != ST_OK || term == NULL)
			break;
		if (is_kept(term, len))
			st = add_news(news, term, len, 1, err);
	}
	xap_terms_free(terms);
	return st;
}

/* Collects the terms of articles that were changed after V; *MANY: to read all terms anew is less work. */
static enum status
collect(struct news *news, const struct vocabulary *v, struct xap_db *db, const struct manifest *m, bool *many,
	struct error *err)
{
	struct journal *j = NULL;
	struct change change;
	bool got = true;
	enum status st = journal_open(&j, db, m, v->rev, err);

	while (st == ST_OK && !*many) {
		st = journal_next(j, &change, &got, err);
		if (st != ST_OK || !got)
			break;
		if (change.kind != CHANGE_REMOVED)
			st = add_article(news, db, change.id, change.id_len, err);
		*many = news->n > v->all->t.n + MORE_MIN;
	}
	journal_free(j);
	if (st == ST_GONE) {
		*many = true;
		return ST_OK;
	}
	return st;
}

static int
by_text(const void *a, const void *b)
{
	const struct vocabulary_term *x = a, *y = b;
	int d = memcmp(x->text, y->text, x->len < y->len ? x->len : y->len);

	return d != 0 ? d : x->len < y->len ? -1 : x->len > y->len;
}

/* Merges the terms that V has beside its table, and NEWS, into MORE. */
static enum status
merge(struct wordtable *more, const struct vocabulary *v, struct news *news, struct error *err)
{
	enum status st = ST_OK;
	size_t i, k, len;

	for (i = 0; i < v->more.n && st == ST_OK; i++) {
		const char *text = wordtable_term(&v->more, i, &len);

		st = add_news(news, text, len, v->more.entry[i].count, err);
	}
	sort(news->list, news->n, sizeof(*news->list), by_text);
	for (i = 0; i < news->n && st == ST_OK; i = k) {
		uint32_t count = 0;

		for (k = i; k < news->n && by_text(&news->list[i], &news->list[k]) == 0; k++)
			count += news->list[k].count;
		if (wordtable_add(more, news->list[i].text, news->list[i].len, count) != ST_OK)
			st = error_nomem(err);
	}
	if (st == ST_OK && wordtable_close(more) != ST_OK)
		st = error_nomem(err);
	return st;
}

/* V moved on to M, or all read anew. */
static enum status
follow(const struct vocabulary *v, struct xap_db *db, const struct manifest *m, struct vocabulary **out, struct error *err)
{
	struct news news = { .n = 0 };
	struct vocabulary *next = NULL;
	bool many = false;
	enum status st;

	arena_init(&news.arena);
	st = collect(&news, v, db, m, &many, err);
	if (st == ST_OK && !many) {
		next = new_vocabulary(v->all, m);
		st = next != NULL ? merge(&next->more, v, &news, err) : error_nomem(err);
		if (next != NULL)
			atomic_fetch_add(&v->all->holders, 1);
		many = st == ST_OK && next->more.n > v->all->t.n / MORE_SHARE + MORE_MIN;
	}
	arena_fini(&news.arena);
	free(news.list);
	if (st != ST_OK || many) {
		vocabulary_release(next);
		next = NULL;
	}
	*out = next;
	return st == ST_OK && many ? read_all(db, m, out, err) : st;
}

static bool
same_generation(const struct vocabulary *v, const struct manifest *m)
{
	return v->generation == m->generation && strcmp(v->built, m->built) == 0;
}

bool
vocabulary_has(const struct vocabulary *v, const struct manifest *m)
{
	return same_generation(v, m) && v->rev >= m->rev;
}

enum status
vocabulary_make(struct vocabulary **out, const struct vocabulary *before, struct xap_db *db, const struct manifest *m,
		struct error *err)
{
	return before != NULL && same_generation(before, m) ? follow(before, db, m, out, err) : read_all(db, m, out, err);
}

/* ---- asking ---- */

size_t
vocabulary_similar(const struct vocabulary *v, const char *word, size_t len, unsigned how,
		struct wordtable_similar out[WORDTABLE_SIMILAR_MAX])
{
	struct wordtable_similar more[WORDTABLE_SIMILAR_MAX];
	size_t n = wordtable_similar(&v->all->t, word, len, how, out), nmore, i;

	nmore = wordtable_similar(&v->more, word, len, how, more);
	for (i = 0; i < nmore && n < WORDTABLE_SIMILAR_MAX; i++)
		if (wordtable_find(&v->all->t, more[i].text, more[i].len) == SIZE_MAX)
			out[n++] = more[i];
	return n;
}

/* Keeps the LIMIT most frequent, equals in the order in which they come. */
static void
offer(struct vocabulary_term *out, size_t *n, size_t limit, const struct vocabulary_term *term)
{
	size_t i = *n;

	if (*n == limit && out[*n - 1].count >= term->count)
		return;
	if (*n == limit)
		i--;
	else
		++*n;
	for (; i > 0 && out[i - 1].count < term->count; i--)
		out[i] = out[i - 1];
	out[i] = *term;
}

size_t
vocabulary_best(const struct vocabulary *v, const char *prefix, size_t len, size_t limit, struct vocabulary_term *out)
{
	const struct wordtable *all = &v->all->t;
	struct vocabulary_term term;
	size_t from, to, i, n = 0, known;

	if (limit == 0)
		return 0;
	wordtable_range(all, prefix, len, &from, &to);
	for (i = from; i < to; i++) {
		if (n == limit && all->entry[i].count <= out[n - 1].count)
			continue;
		term.text = wordtable_term(all, i, &term.len);
		term.count = all->entry[i].count;
		offer(out, &n, limit, &term);
	}
	wordtable_range(&v->more, prefix, len, &from, &to);
	for (i = from; i < to; i++) {
		term.text = wordtable_term(&v->more, i, &term.len);
		known = wordtable_find(all, term.text, term.len);
		term.count = v->more.entry[i].count + (known != SIZE_MAX ? all->entry[known].count : 0);
		offer(out, &n, limit, &term);
	}
	return n;
}

bool
vocabulary_begins(const struct vocabulary *v, const char *prefix, size_t len)
{
	size_t from, to;

	wordtable_range(&v->all->t, prefix, len, &from, &to);
	if (from == to)
		wordtable_range(&v->more, prefix, len, &from, &to);
	return from < to;
}

size_t
vocabulary_size(const struct vocabulary *v)
{
	return v->all->t.n + v->more.n;
}
