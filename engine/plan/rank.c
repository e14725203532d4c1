/* SPDX-License-Identifier: GPL-2.0-or-later
 *
 * What the ranking wants to know of a query's words: which weigh nothing, and
 * which stand side by side.
 */
#include <string.h>

#include "engine/plan/planner.h"
#include "engine/plan/ranking.h"
#include "engine/store/schema.h"
#include "engine/text/words.h"

#define WORD_MAX 16   /* bytes; no stop word is longer */

static bool
is_upper(char c)
{
	return c >= 'A' && c <= 'Z';
}

static bool
is_letter(char c)
{
	return is_upper(c) || (c >= 'a' && c <= 'z');
}

/* Characters that may stand around a typed word, and are no part of it. */
static bool
is_mark(char c)
{
	return strchr(".,;:!?'\"()[]", c) != NULL;
}

/* Whether N, as typed, is a stop word: "the", "The", but neither "WHO" nor "U.S". */
static bool
stop_word(const struct planner *pl, const struct node *n, bool *capital)
{
	size_t from = 0, end = n->len, i, upper = 0;
	char word[WORD_MAX];

	*capital = false;
	if (n->kind != NODE_WORD || n->field != NULL)
		return false;
	while (from < end && is_mark(n->text[from]))
		from++;
	while (end > from && is_mark(n->text[end - 1]))
		end--;
	if (from == end || end - from > sizeof(word))
		return false;
	for (i = from; i < end; i++) {
		if (!is_letter(n->text[i]))
			return false;
		upper += is_upper(n->text[i]);
		word[i - from] = (char)(n->text[i] | 0x20);
	}
	if (upper == end - from && upper > 1 && !pl->all_caps)
		return false;
	*capital = is_upper(n->text[from]) && !pl->all_caps;
	return words_stop_word(word, end - from);
}

/* Two stop words with capitals side by side are a name: The Who. */
static bool
in_name(const struct planner *pl, const struct node *list, size_t i)
{
	bool before = false, after = false;

	if (i > 0 && !stop_word(pl, list->kid[i - 1], &before))
		before = false;
	if (i + 1 < list->nkids && !stop_word(pl, list->kid[i + 1], &after))
		after = false;
	return before || after;
}

static bool
is_light(const struct planner *pl, const struct node *list, size_t i)
{
	bool capital;

	return stop_word(pl, list->kid[i], &capital) && !(capital && in_name(pl, list, i));
}

/* Whether any unit of LIST is more than a stop word. */
static bool
has_heavy(const struct planner *pl, const struct node *list)
{
	size_t i;

	for (i = 0; i < list->nkids; i++)
		if (list->kid[i]->sign != SIGN_MUST_NOT && !query_is_filter(list->kid[i]) && !is_light(pl, list, i))
			return true;
	return false;
}

bool
plan_rank_light(const struct planner *pl, const struct node *list, size_t i)
{
	return is_light(pl, list, i) && has_heavy(pl, list);
}

/* ---- pairs ---- */

/* The word that a pair may begin with. */
struct before { struct near_term term; const struct node *node; unsigned gap; };

/* The first and the last word typed at N; their text is NULL where there is none. */
static enum status
ends(struct planner *pl, const struct node *n, struct near_term *first, struct near_term *last)
{
	const struct words_token *tok, *a = NULL, *b = NULL;
	struct words w;
	enum status st = words_read(pl, (struct plan_context){ .again = true }, n->text, n->len, false, &w);

	*first = *last = (struct near_term){ NULL, 0 };
	for (tok = w.tok; st == ST_OK && tok < w.tok + w.n; tok++) {
		if (tok->flags & (TOKEN_JOINED | TOKEN_ALSO) || tok->kind == TOKEN_GRAM)
			continue;
		a = a == NULL ? tok : a;
		b = tok;
	}
	if (st == ST_OK && a != NULL)
		st = planner_term(pl, WANTED_TERM, words_caps_hint(pl, a) ? PREFIX_CAPS : "", a->term, a->len, first);
	if (st == ST_OK && a != NULL)
		st = planner_term(pl, WANTED_TERM, words_caps_hint(pl, b) ? PREFIX_CAPS : "", b->term, b->len, last);
	return st;
}

static enum status
add_pair(struct planner *pl, const struct before *before, const struct near_term *term, const struct node *n)
{
	struct plan *p = pl->plan;
	struct plan_pair *pair = &p->pairs[p->npairs];
	struct xap_query *two[2] = { NULL, NULL };
	enum status st = xap_query_term(&two[0], before->term.text, before->term.len, 1, pl->err);

	if (st == ST_OK)
		st = xap_query_term(&two[1], term->text, term->len, 1, pl->err);
	if (st != ST_OK) {
		xap_query_free(two[0]);
		return st;
	}
	st = xap_query_join_take(&pair->query, XAP_PHRASE, two, 2, 2 + before->gap, pl->err);
	if (st != ST_OK)
		return st;
	p->npairs++;
	buf_clear(&pl->work);
	plan_filter_label(&pl->work, before->node);
	buf_addc(&pl->work, ' ');
	plan_filter_label(&pl->work, n);
	pair->label = arena_string(pl->arena, buf_str(&pl->work), pl->work.len);
	return buf_status(&pl->work) == ST_OK && pair->label != NULL ? ST_OK : error_nomem(pl->err);
}

static bool
same_term(const struct near_term *a, const struct near_term *b)
{
	return a->len == b->len && memcmp(a->text, b->text, a->len) == 0;
}

enum status
plan_rank_pairs(struct planner *pl, const struct node *tree)
{
	struct before before = { { NULL, 0 }, NULL, 0 };
	struct near_term first, last;
	struct plan *p = pl->plan;
	enum status st = ST_OK;
	size_t i;

	if (tree->kind != NODE_LIST)
		return ST_OK;
	p->pairs = planner_alloc(pl, RANKING_PAIRS_MAX, sizeof(*p->pairs));
	if (p->pairs == NULL)
		return error_nomem(pl->err);
	for (i = 0; i < tree->nkids && st == ST_OK; i++) {
		const struct node *n = tree->kid[i];

		if (n->sign == SIGN_MUST_NOT || query_is_filter(n))
			continue;
		if (n->kind != NODE_WORD || n->field != NULL || plan_rank_light(pl, tree, i)) {
			before.gap += n->kind == NODE_WORD ? 1 : RANKING_PAIR_GAP + 1;
			continue;
		}
		st = ends(pl, n, &first, &last);
		if (st != ST_OK || first.text == NULL)
			continue;
		if (before.node != NULL && before.gap <= RANKING_PAIR_GAP && !same_term(&before.term, &first) &&
		    p->npairs < RANKING_PAIRS_MAX)
			st = add_pair(pl, &before, &first, n);
		before = (struct before){ last, n, 0 };
	}
	return st;
}
