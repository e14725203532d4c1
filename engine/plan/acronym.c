/* SPDX-License-Identifier: GPL-2.0-or-later
 *
 * Acronyms and what they stand for, as the articles of the index explain them.
 *
 * How many articles explain an acronym so is the frequency of a term. A sense (all
 * spellings with one normal form) counts when two articles teach it, or
 * when it is the only one, and the acronym is its words' first letters. An
 * article belongs to the senses that it teaches itself, and to the most frequent
 * one when it teaches none.
 */
#include <stdlib.h>
#include <string.h>

#include "base/sort.h"
#include "base/utf8.h"
#include "engine/plan/acronym.h"
#include "engine/store/schema.h"
#include "engine/text/acronyms.h"

#define ENTRIES_MAX 48       /* explanations of one acronym that are looked at */
#define READINGS_EACH 4      /* what one acronym may stand for; acronyms of one phrase */
#define ACRONYM_MIN 2
#define ACRONYM_MAX 10

/* One explanation: its term, and the part behind the tab. */
struct entry {
	struct near_term term;
	const char *words;
	size_t len;
	const char *normal;
	uint32_t freq;
	size_t sense;
};

struct senses {
	struct entry *v;
	size_t n;
	struct { uint32_t freq; bool strict; } *sense;
	size_t nsenses, dominant;
};

/* The normal form of W, in the arena. */
static enum status
normal_form(struct planner *pl, const struct words *w, const char **out, size_t *len)
{
	struct buf b = BUF_INIT;
	size_t i;

	for (i = 0; i < w->n; i++) {
		const struct words_token *t = &w->tok[i];

		if (!(t->flags & (TOKEN_ALSO | TOKEN_JOINED)))
			acronyms_normal(&b, t->term, t->len, t->nstems > 0 ? t->stems[0].text : "",
					t->nstems > 0 ? t->stems[0].len : 0);
	}
	*out = arena_string(pl->arena, buf_str(&b), b.len);
	*len = b.len;
	i = buf_status(&b) == ST_OK && *out != NULL;
	buf_fini(&b);
	return i ? ST_OK : error_nomem(pl->err);
}

/* All terms PREFIX + KEY, tab, something. */
static enum status
list_pairs(struct planner *pl, const char *prefix, const char *key, size_t len, struct entry **out, size_t *n)
{
	struct xap_terms *terms = NULL;
	struct near_term head;
	const char *term;
	size_t tlen;
	uint32_t freq;
	bool may;
	enum status st;

	*out = NULL;
	*n = 0;
	buf_clear(&pl->work);
	schema_term(&pl->work, prefix, key, len);
	buf_addc(&pl->work, '\t');
	head.len = pl->work.len;
	head.text = arena_string(pl->arena, buf_str(&pl->work), head.len);
	if (buf_status(&pl->work) != ST_OK || head.text == NULL)
		return error_nomem(pl->err);
	st = planner_may_begin(pl, &head, &may);
	if (st != ST_OK || !may)
		return st;
	*out = planner_alloc(pl, ENTRIES_MAX, sizeof(**out));
	if (*out == NULL)
		return error_nomem(pl->err);
	st = xap_terms_open(&terms, pl->db, head.text, head.len, pl->err);
	while (st == ST_OK && *n < ENTRIES_MAX) {
		struct entry *e = &(*out)[*n];

		st = xap_terms_next(terms, &term, &tlen, &freq, pl->err);
		if (st != ST_OK || term == NULL)
			break;
		e->term = (struct near_term){ arena_string(pl->arena, term, tlen), tlen };
		if (e->term.text == NULL)
			st = error_nomem(pl->err);
		else
			*e = (struct entry){ e->term, e->term.text + head.len, tlen - head.len, NULL, freq, 0 };
		++*n;
	}
	xap_terms_free(terms);
	return st;
}

static int
by_freq(const void *a, const void *b)
{
	const struct entry *x = a, *y = b;

	return x->freq != y->freq ? (x->freq < y->freq ? 1 : -1) : strcmp(x->words, y->words);
}

/* The expansions of ACRONYM (folded), the most frequent first. */
static enum status
find_senses(struct planner *pl, const char *acronym, size_t len, struct senses *s)
{
	struct words w;
	size_t i, k, n;
	enum status st = list_pairs(pl, PREFIX_ACRONYM, acronym, len, &s->v, &s->n);

	s->nsenses = s->dominant = 0;
	if (st != ST_OK || s->n == 0)
		return st;
	s->sense = planner_alloc(pl, s->n, sizeof(*s->sense));
	if (s->sense == NULL)
		return error_nomem(pl->err);
	sort(s->v, s->n, sizeof(*s->v), by_freq);
	for (i = 0; i < s->n && st == ST_OK; i++) {
		struct entry *e = &s->v[i];

		st = words_of_index(pl, e->words, e->len, &w);
		if (st == ST_OK)
			st = normal_form(pl, &w, &e->normal, &n);
		for (k = 0; st == ST_OK && k < i && strcmp(s->v[k].normal, e->normal) != 0; k++)
			;
		e->sense = k < i ? s->v[k].sense : s->nsenses++;
		s->sense[e->sense].freq += e->freq;
		s->sense[e->sense].strict |= acronyms_strict(acronym, len, e->words, e->len);
	}
	for (k = 1; k < s->nsenses; k++)
		if (s->sense[k].freq > s->sense[s->dominant].freq)
			s->dominant = k;
	return st;
}

static bool
confirmed(const struct senses *s, size_t sense)
{
	return s->sense[sense].freq >= 2 || (s->nsenses == 1 && s->sense[sense].strict);
}

/* Typed in capitals, or a word that the articles mostly write so. */
static enum status
meant_as_acronym(struct planner *pl, const struct words_token *tok, bool *yes)
{
	struct near_term caps, word;
	uint32_t in_caps = 0, all = 0;
	enum status st = ST_OK;

	*yes = false;
	if (tok->flags & TOKEN_CAPS && !pl->all_caps) {
		*yes = true;
		return ST_OK;
	}
	st = planner_term(pl, WANTED_TERM, PREFIX_CAPS, tok->term, tok->len, &caps);
	if (st == ST_OK)
		st = planner_term(pl, WANTED_TERM, "", tok->term, tok->len, &word);
	if (st == ST_OK)
		st = planner_freq(pl, &caps, &in_caps);
	if (st == ST_OK && in_caps > 0)
		st = planner_freq(pl, &word, &all);
	*yes = in_caps > 0 && in_caps >= all - in_caps;
	return st;
}

static enum status
add_expansions(struct planner *pl, const struct node *node, const struct words_token *tok, struct readings *out)
{
	struct senses s;
	struct words w;
	size_t i, added = 0;
	bool meant = true;
	enum status st = find_senses(pl, tok->term, tok->len, &s);

	if (st == ST_OK && s.n > 0)
		st = meant_as_acronym(pl, tok, &meant);
	for (i = 0; i < s.n && meant && st == ST_OK && added < READINGS_EACH; i++) {
		struct reading r = { .kind = READING_ACRONYM, .stands_for = s.v[i].words };

		if (!confirmed(&s, s.v[i].sense))
			continue;
		st = words_of_index(pl, s.v[i].words, s.v[i].len, &w);
		if (st == ST_OK)
			st = words_phrase(pl, (struct plan_context){ .literal = true }, node, &w, &r.phrase);
		/* The words of an expansion together weigh about as much as the acronym. */
		r.factor = r.phrase.nwords > 0 ? 1.0 / (double)r.phrase.nwords : 1;
		if (st == ST_OK)
			st = readings_add(pl, out, &r);
		added++;
	}
	return st;
}

/* ACRONYM where it is spelled in capitals, which is how it is taught. */
static enum status
capitals(struct planner *pl, const struct node *node, const char *acronym, size_t len, struct words_phrase *out)
{
	struct near_slot *slot = planner_alloc(pl, 1, sizeof(*slot));
	struct near_item *item = planner_alloc(pl, 1, sizeof(*item));
	struct near_term *term = planner_alloc(pl, 1, sizeof(*term));
	struct words_marks *marks = planner_alloc(pl, 1, sizeof(*marks));
	struct mark_word *mark = planner_alloc(pl, 2, sizeof(*mark));
	enum status st = ST_OK;

	if (slot == NULL || item == NULL || term == NULL || marks == NULL || mark == NULL)
		return error_nomem(pl->err);
	st = planner_term(pl, WANTED_POSITIONS, PREFIX_CAPS, acronym, len, term);
	if (st == ST_OK && match_prefix(node)[0] != '\0')
		st = planner_term(pl, WANTED_POSITIONS, match_prefix(node), acronym, len, &slot->within[0]);
	slot->terms = term;
	slot->nterms = 1;
	*item = (struct near_item){ slot, 1, NULL };
	mark[0] = (struct mark_word){ MARK_CAPS, acronym, len };
	*marks = (struct words_marks){ .parts = &mark[0], .also = &mark[1] };
	*out = (struct words_phrase){ { item, 1 }, marks, 1, match_prefix(node)[0] == '\0' };
	return st;
}

/* The acronym E->words for what has the normal form NORMAL, if that is its first meaning. */
static enum status
add_acronym(struct planner *pl, const struct node *node, const struct entry *e, const char *normal, struct readings *out)
{
	struct reading r = { .kind = READING_ACRONYM, .factor = 1 };
	struct near_term *unless;
	struct senses s;
	char *shown;
	size_t i;
	enum status st = find_senses(pl, e->words, e->len, &s);

	if (st != ST_OK || s.n == 0)
		return st;
	for (i = 0; i < s.n && strcmp(s.v[i].normal, normal) != 0; i++)
		;
	/* Articles that explain another sense themselves have the words; others mean the dominant one. */
	if (i == s.n || s.v[i].sense != s.dominant || !confirmed(&s, s.dominant))
		return ST_OK;
	unless = planner_alloc(pl, s.n, sizeof(*unless));
	shown = planner_alloc(pl, e->len + 1, 1);
	if (unless == NULL || shown == NULL)
		return error_nomem(pl->err);
	for (i = 0; i < s.n; i++)
		if (s.v[i].sense != s.dominant)
			unless[r.nunless++] = s.v[i].term;
	for (i = 0; i < e->len; i++)
		shown[i] = e->words[i] >= 'a' && e->words[i] <= 'z' ? (char)(e->words[i] - 32) : e->words[i];
	r.unless = unless;
	r.stands_for = shown;
	st = capitals(pl, node, e->words, e->len, &r.phrase);
	return st == ST_OK ? readings_add(pl, out, &r) : st;
}

static enum status
add_acronyms(struct planner *pl, const struct node *node, struct readings *out)
{
	struct entry *v;
	struct words w;
	const char *normal;
	size_t n, i, len;
	enum status st = words_of_index(pl, node->text, node->len, &w);

	if (st != ST_OK || w.n < 2)
		return st;
	st = normal_form(pl, &w, &normal, &len);
	if (st != ST_OK || len == 0)
		return st;
	st = list_pairs(pl, PREFIX_EXPANSION, normal, len, &v, &n);
	if (st == ST_OK)
		sort(v, n, sizeof(*v), by_freq);
	for (i = 0; i < n && i < READINGS_EACH && st == ST_OK; i++)
		st = add_acronym(pl, node, &v[i], normal, out);
	return st;
}

enum status
plan_acronym_add(struct planner *pl, const struct node *node, const struct words *w, struct readings *out)
{
	size_t chars;

	if (!pl->opt.alias || pl->delta || w->n == 0)
		return ST_OK;
	if (node->kind == NODE_PHRASE)
		return add_acronyms(pl, node, out);
	if (w->tok[0].compound != 0 || words_item_end(w, 0) != w->n || w->tok[0].kind == TOKEN_GRAM)
		return ST_OK;
	chars = utf8_count(w->tok[0].term, w->tok[0].len);
	return chars < ACRONYM_MIN || chars > ACRONYM_MAX ? ST_OK : add_expansions(pl, node, &w->tok[0], out);
}

/* ---- a list of bare words that is the expansion of an acronym ---- */

enum status
plan_acronym_list(struct planner *pl, struct plan_context ctx, const struct node *list, struct node *phrase, struct readings *out)
{
	struct buf text = BUF_INIT;
	enum status st = ST_OK;
	size_t i, words = 0;

	*phrase = (struct node){ .kind = NODE_PHRASE, .col = list->col };
	*out = (struct readings){ NULL, 0, false };
	for (i = 0; i < list->nkids; i++) {
		const struct node *kid = list->kid[i];

		if (query_is_filter(kid) && kid->sign != SIGN_MUST_NOT)
			continue;
		if (kid->kind != NODE_WORD || kid->field != NULL || kid->sign == SIGN_MUST_NOT)
			words = QUERY_TERMS_MAX;
		if (words > 0)
			buf_addc(&text, ' ');
		buf_add(&text, kid->text, kid->kind == NODE_WORD ? kid->len : 0);
		words++;
	}
	if (words > 1 && words <= ACRONYMS_WORDS_MAX && pl->opt.alias && !pl->delta && !ctx.quiet) {
		phrase->len = text.len;
		phrase->text = planner_alloc(pl, text.len + 1, 1);
		if (buf_status(&text) != ST_OK || phrase->text == NULL)
			st = error_nomem(pl->err);
		else
			memcpy(phrase->text, text.data, text.len);
		if (st == ST_OK)
			st = add_acronyms(pl, phrase, out);
	}
	buf_fini(&text);
	return st;
}
