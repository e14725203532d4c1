/* SPDX-License-Identifier: GPL-2.0-or-later
 *
 * The words that a prefix stands for: the most frequent words of the index that begin with it.
 */
#include <stdlib.h>
#include <string.h>

#include "base/grow.h"
#include "base/sort.h"
#include "engine/plan/planner.h"
#include "engine/xapian/deadline.h"

#define LOOK_TERMS 1024      /* terms between two looks at the clock */

struct freq_term { struct near_term term; uint32_t freq; };

static int
by_freq(const void *a, const void *b)
{
	const struct freq_term *x = a, *y = b;

	return x->freq != y->freq ? (x->freq < y->freq ? 1 : -1) : strcmp(x->term.text, y->term.text);
}

/* All terms that begin with STEM, into the arena. */
static enum status
list_prefix(struct planner *pl, const struct near_term *stem, struct freq_term **out, size_t *n)
{
	struct xap_terms *terms = NULL;
	struct freq_term *list = NULL, *more;
	size_t cap = 0, len, count = 0;
	const char *term;
	uint32_t freq;
	enum status st = xap_terms_open(&terms, pl->db, stem->text, stem->len, pl->err);

	while (st == ST_OK) {
		st = xap_terms_next(terms, &term, &len, &freq, pl->err);
		if (st != ST_OK || term == NULL)
			break;
		if (count % LOOK_TERMS == 0 && (st = deadline_check(pl->deadline, pl->err)) != ST_OK)
			break;
		more = grow(list, &cap, count, sizeof(*list));
		if (more == NULL) {
			st = error_nomem(pl->err);
			break;
		}
		list = more;
		list[count].freq = freq;
		list[count].term.len = len;
		list[count].term.text = arena_string(pl->arena, term, len);
		if (list[count++].term.text == NULL)
			st = error_nomem(pl->err);
	}
	xap_terms_free(terms);
	if (st != ST_OK) {
		free(list);
		list = NULL;
	}
	*out = list;
	*n = count;
	return st;
}

enum status
plan_prefix_slot(struct planner *pl, const struct node *node, const struct words_token *tok, struct near_slot *p)
{
	struct near_term stem, *terms;
	struct freq_term *list = NULL;
	struct buf text = BUF_INIT;
	size_t n = 0, i;
	enum status st = planner_term(pl, WANTED_POSITIONS, match_prefix(node), tok->term, tok->len, &stem);

	if (st == ST_OK)
		st = list_prefix(pl, &stem, &list, &n);
	if (st == ST_OK && pl->wanted != NULL && wanted_add_prefix(pl->wanted, stem.text, stem.len) != ST_OK)
		st = error_nomem(pl->err);
	if (st == ST_OK && n > pl->prefix_terms) {
		sort(list, n, sizeof(*list), by_freq);
		plan_filter_label(&text, node);
		buf_addf(&text, ": the %zu most frequent of %zu words are used", pl->prefix_terms, n);
		st = buf_status(&text) == ST_OK ? plan_marks_note(pl, 'W', "", text.data) : error_nomem(pl->err);
		n = pl->prefix_terms;
	}
	buf_fini(&text);
	/* Without any such word, the prefix itself is one that no article has, or has alone. */
	terms = st == ST_OK ? planner_alloc(pl, n + 1, sizeof(*terms)) : NULL;
	if (terms != NULL) {
		for (i = 0; i < n; i++)
			terms[i] = list[i].term;
		if (n == 0)
			terms[n++] = stem;
		sort(terms, n, sizeof(*terms), planner_by_text);
		p->terms = terms;
		p->nterms = n;
		p->prefix_len = stem.len;
	} else if (st == ST_OK) {
		st = error_nomem(pl->err);
	}
	free(list);
	return st;
}
