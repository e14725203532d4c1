/* SPDX-License-Identifier: GPL-2.0-or-later
 *
 * What all files of planning use: memory, terms and how many articles have
 * them, and what is known of the query as a whole.
 */
#include "engine/plan/planner.h"

#include <stdint.h>
#include <string.h>

#include <unicode/uchar.h>

#include "base/hash.h"
#include "base/utf8.h"
#include "engine/store/schema.h"

#define CAPS_WORDS 3   /* so many words in capitals, and none in small letters: no hint */

void *
planner_alloc(struct planner *pl, size_t n, size_t size)
{
	void *p = n == 0 || size <= SIZE_MAX / n ? arena_alloc(pl->arena, n * size) : NULL;

	if (p != NULL)
		memset(p, 0, n * size);
	return p;
}

enum status
planner_term(struct planner *pl, enum wanted_as as, const char *prefix, const char *text, size_t len, struct near_term *out)
{
	buf_clear(&pl->work);
	schema_term(&pl->work, prefix, text, len);
	out->text = arena_string(pl->arena, buf_str(&pl->work), pl->work.len);
	out->len = pl->work.len;
	if (buf_status(&pl->work) != ST_OK || out->text == NULL)
		return error_nomem(pl->err);
	if (pl->wanted != NULL && wanted_add(pl->wanted, out->text, out->len, as) != ST_OK)
		return error_nomem(pl->err);
	return ST_OK;
}

int
planner_by_text(const void *a, const void *b)
{
	const struct near_term *x = a, *y = b;
	int d = memcmp(x->text, y->text, x->len < y->len ? x->len : y->len);

	return d != 0 ? d : x->len < y->len ? -1 : x->len > y->len;
}

enum status
planner_freq(struct planner *pl, const struct near_term *t, uint32_t *freq)
{
	struct planner_freq **bucket = &pl->freqs[hash_bytes(t->text, t->len) % PLANNER_BUCKETS], *known = *bucket;
	enum status st;

	while (known != NULL && (known->term.len != t->len || memcmp(known->term.text, t->text, t->len) != 0))
		known = known->next;
	if (known != NULL) {
		*freq = known->freq;
		return ST_OK;
	}
	*freq = 0;
	st = xap_db_termfreq(pl->db, t->text, t->len, freq, pl->err);
	known = st == ST_OK ? planner_alloc(pl, 1, sizeof(*known)) : NULL;
	if (known == NULL)
		return st == ST_OK ? error_nomem(pl->err) : st;
	*known = (struct planner_freq){ *t, *freq, *bucket };
	*bucket = known;
	return ST_OK;
}

enum status
planner_may_begin(struct planner *pl, const struct near_term *head, bool *may)
{
	const struct vocabulary *v;
	enum status st = store_words(pl->store, &v, pl->err);

	*may = st == ST_CORRUPT || (st == ST_OK && (v == NULL || vocabulary_begins(v, head->text, head->len)));
	return st == ST_CORRUPT ? ST_OK : st;
}

enum status
planner_rank(struct planner *pl, const struct near_term *t, struct xap_query **out)
{
	uint32_t freq;
	enum status st = planner_freq(pl, t, &freq);

	pl->postings += freq;
	return st == ST_OK ? xap_query_term(out, t->text, t->len, 1, pl->err) : st;
}

enum status
planner_find(struct planner *pl, const struct near_term *t, struct xap_query **out)
{
	uint32_t freq, articles;
	enum status st = planner_freq(pl, t, &freq);

	if (st == ST_OK)
		st = xap_db_count(pl->db, &articles, pl->err);
	if (st != ST_OK)
		return st;
	/* libxapian 1.4 would read the list of all documents under the name of the term, and not find
	 * the second piece of it: it takes the database for damaged then. */
	if (freq > 0 && freq == articles)
		return xap_query_all(out, pl->err);
	pl->postings += freq;
	return xap_query_term(out, t->text, t->len, 1, pl->err);
}

enum status
planner_join(struct planner *pl, struct xap_query **q, enum xap_op op, struct xap_query *more)
{
	struct xap_query *pair[2] = { *q, more };

	if (more == NULL)
		return ST_OK;
	if (*q == NULL) {
		*q = more;
		return ST_OK;
	}
	*q = NULL;
	return xap_query_join_take(q, op, pair, 2, 0, pl->err);
}

/* Counts the words of TEXT in capitals; false when a letter is a small one. */
static bool
count_caps(const char *text, size_t len, unsigned *words)
{
	size_t i, width, upper = 0;
	bool digit = false;
	uint32_t cp;

	for (i = 0; i <= len; i += width) {
		width = 1;
		cp = ' ';
		if (i < len)
			width = utf8_next(text + i, len - i, &cp);
		if (u_islower((UChar32)cp))
			return false;
		if (u_isUWhiteSpace((UChar32)cp)) {
			*words += upper >= 2 && !digit;
			upper = 0;
			digit = false;
		}
		upper += u_isupper((UChar32)cp);
		digit = digit || u_isdigit((UChar32)cp);
	}
	return true;
}

static bool
tree_caps(const struct node *n, unsigned *words)
{
	size_t i;

	for (i = 0; i < n->nkids; i++)
		if (!tree_caps(n->kid[i], words))
			return false;
	if (n->kind != NODE_WORD && n->kind != NODE_PHRASE)
		return true;
	return count_caps(n->text, n->len, words);
}

void
planner_init(struct planner *pl, struct plan *plan, struct arena *arena, const struct planner_source *from,
	     struct error *err)
{
	struct store *store = from->store;
	const char *at = store->manifest.languages;
	unsigned words = 0;
	size_t n;

	*pl = (struct planner){ .plan = plan, .arena = arena, .store = store, .db = store->db, .lexicon = store->lexicon, .an = from->an,
				.deadline = from->deadline, .err = err,
				.prefix_terms = PLAN_PREFIX_TERMS_MAX };
	for (; *at != '\0' && pl->nlangs < WORD_LANGUAGES_MAX; at += n + (at[n] == ' ')) {
		n = strcspn(at, " ");
		if (n > 0 && n < sizeof(pl->langs[0]))
			memcpy(pl->langs[pl->nlangs++], at, n);
	}
	pl->all_caps = tree_caps(from->tree, &words) && words >= CAPS_WORDS;
}

void
planner_fini(struct planner *pl)
{
	buf_fini(&pl->work);
}
