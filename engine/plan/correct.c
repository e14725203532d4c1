/* SPDX-License-Identifier: GPL-2.0-or-later
 *
 * Corrections: the rare misspellings of a word that was typed, and what may be
 * meant by one that no article has.
 *
 * What counts as a misspelling was chosen by looking at pairs of words of 24,522
 * articles that differ in one letter (FRUS, Reuters, TIME): most are two words.
 * Those that are not have the first and the last letter in common with the
 * right spelling (a last one of its own is mostly an ending, a first one a
 * name), no stem in common, no other form of theirs is in the index ("melting"
 * has "melt" beside it, "meetng" nothing), and no other word explains them better
 * ("acounts" is nearer to accounts than to amounts); and the longer a word, the
 * less a difference is needed in how frequent they are. Of 100 pairs that all
 * this lets pass, 94 are misspellings.
 */
#include <stdlib.h>
#include <string.h>

#include "base/sort.h"
#include "base/utf8.h"
#include "engine/lexicon/lexicon.h"
#include "engine/plan/correct.h"
#include "engine/store/schema.h"

#define LETTERS_MIN 5            /* of a word whose misspellings are looked for, and of those */
#define SUGGEST_LETTERS_MIN 4    /* of one for which others are suggested */
#define SUGGESTIONS_MAX 3
#define MISSPELLINGS_MAX 8       /* of one word: the most frequent are looked for */
#define ACRONYM_ANOTHER_MIN 6    /* letters of an acronym of which one may be another: HICOM is not HICOG */
#define RATIO_NEVER 0
#define RATIO_LEAST 10           /* of those below */

/* So many times more articles must have the word as typed: by its letters (5 and 6, 7 and 8, more) and what differs. */
static const uint32_t ratios[][3] = {
	[EDIT_ANOTHER] = { RATIO_NEVER, 1000, 100 },
	[EDIT_LESS] = { 300, 30, RATIO_LEAST },
	[EDIT_MORE] = { 1000, 30, RATIO_LEAST },
	[EDIT_SWAPPED] = { 30, RATIO_LEAST, RATIO_LEAST },
	[EDIT_MOVED] = { RATIO_NEVER, RATIO_NEVER, RATIO_NEVER },
};

/* The word at hand. */
struct speller {
	struct planner *pl;
	const struct words_token *tok;
	const struct vocabulary *words;
	const char *prefix;          /* of terms: the headline's, or none */
	size_t letters;
	uint32_t freq;               /* articles that have it */
	uint32_t found;              /* ... or another word with one of its stems; in the headline, if it was asked for there */
	bool known;                  /* some article has one of these, anywhere */
	bool acronym;                /* that is known to be one */
};

struct found { const char *text; size_t len; uint32_t freq; };

/* ---- facts about words ---- */

static enum status
freq_of(const struct speller *s, const char *prefix, const char *text, size_t len, uint32_t *freq)
{
	struct near_term term;
	enum status st = planner_term(s->pl, WANTED_TERM, prefix, text, len, &term);

	return st == ST_OK ? planner_freq(s->pl, &term, freq) : st;
}

/* Whether the lexicon has the acronym TEXT. */
static bool
in_lexicon(const struct lexicon *lx, const char *text, size_t len)
{
	uint32_t name = lexicon_names_of_word(lx, text, len);

	while (name != LEXICON_NONE && lexicon_name(lx, name)->class != LEXICON_ACRONYM)
		name = lexicon_name(lx, name)->next;
	return name != LEXICON_NONE;
}

/* Whether TEXT is an acronym of the lexicon, or one that articles explain. */
static enum status
is_acronym(const struct speller *s, const char *text, size_t len, bool *yes)
{
	struct buf prefix = BUF_INIT;
	struct xap_terms *terms = NULL;
	const char *term = NULL;
	uint32_t freq;
	size_t n;
	enum status st;

	*yes = in_lexicon(s->pl->lexicon, text, len);
	if (*yes)
		return ST_OK;
	buf_adds(&prefix, PREFIX_ACRONYM);
	buf_add(&prefix, text, len);
	buf_addc(&prefix, '\t');
	st = buf_status(&prefix) == ST_OK ? ST_OK : error_nomem(s->pl->err);
	/* in memory there may be more than there is */
	if (st == ST_OK && vocabulary_begins(s->words, prefix.data, prefix.len)) {
		st = xap_terms_open(&terms, s->pl->db, prefix.data, prefix.len, s->pl->err);
		if (st == ST_OK)
			st = xap_terms_next(terms, &term, &n, &freq, s->pl->err);
	}
	*yes = st == ST_OK && term != NULL;
	xap_terms_free(terms);
	buf_fini(&prefix);
	return st;
}

static bool
share_stem(const struct words_token *a, const struct words_token *b)
{
	size_t i, k;

	for (i = 0; i < a->nstems; i++)
		for (k = 0; k < b->nstems; k++)
			if (a->stems[i].len == b->stems[k].len &&
			    memcmp(a->stems[i].text, b->stems[k].text, a->stems[i].len) == 0)
				return true;
	return false;
}

/* How many articles have any word with a stem of TOK, at least. */
static enum status
freq_of_stems(const struct speller *s, const struct words_token *tok, const char *prefix, uint32_t *most)
{
	uint32_t freq;
	enum status st = ST_OK;
	size_t i;

	*most = 0;
	for (i = 0; i < tok->nstems && st == ST_OK; i++) {
		st = freq_of(s, prefix, tok->stems[i].text, tok->stems[i].len, &freq);
		if (st == ST_OK && freq > *most)
			*most = freq;
	}
	return st;
}

/* ---- misspellings ---- */

/* Whether the difference is likely a slip, and how many times rarer the misspelt word must be then (0: it is none). */
static bool
is_slip(const struct speller *s, const struct wordtable_similar *x, uint32_t *ratio)
{
	if (utf8_count(x->text, x->len) < LETTERS_MIN || x->first || x->last)
		return false;
	*ratio = ratios[x->edit][s->letters <= 6 ? 0 : s->letters <= 8 ? 1 : 2];
	if (s->acronym && (x->edit != EDIT_ANOTHER || s->letters >= ACRONYM_ANOTHER_MIN))
		*ratio = 0;
	else if (*ratio == RATIO_NEVER)
		return false;
	return *ratio <= s->freq;
}

/* Of an acronym: whether X is written as one, and is not one of its own. */
static enum status
is_acronym_too(const struct speller *s, const struct wordtable_similar *x, uint32_t freq, bool *yes)
{
	uint32_t caps = 0;
	enum status st = freq_of(s, PREFIX_CAPS, x->text, x->len, &caps);

	*yes = false;
	if (st != ST_OK || caps * 2 < freq)
		return st;
	st = is_acronym(s, x->text, x->len, yes);
	*yes = !*yes;
	return st;
}

/* Whether X, which FREQ articles have, is rather a slip of another word: one that is much more frequent and has all
 * its letters or none besides, where the word at hand has another one; or, both being alike in that, one twice as frequent. */
static enum status
is_of_another(const struct speller *s, const struct wordtable_similar *x, uint32_t freq, bool *yes)
{
	struct wordtable_similar near[WORDTABLE_SIMILAR_MAX];
	size_t n = vocabulary_similar(s->words, x->text, x->len, SIMILAR_ENDS, near), i;
	const bool weak = x->edit == EDIT_ANOTHER;
	enum status st = ST_OK;

	*yes = false;
	for (i = 0; i < n && st == ST_OK && !*yes; i++) {
		const bool weaker = near[i].edit == EDIT_ANOTHER;
		uint32_t other;

		if ((near[i].len == s->tok->len && memcmp(near[i].text, s->tok->term, near[i].len) == 0) ||
		    (weaker && !weak))
			continue;
		st = freq_of(s, "", near[i].text, near[i].len, &other);
		*yes = st == ST_OK && (weak != weaker ? other / RATIO_LEAST >= freq : other / 2 > s->freq);
	}
	return st;
}

/* Whether X is a misspelling of the word, and in how many articles. */
static enum status
is_misspelling(const struct speller *s, const struct wordtable_similar *x, uint32_t *freq, bool *yes)
{
	struct words w;
	uint32_t ratio, family;
	enum status st;

	*yes = false;
	if (!is_slip(s, x, &ratio))
		return ST_OK;
	st = freq_of(s, "", x->text, x->len, freq);
	if (st != ST_OK || *freq == 0 || (uint64_t)*freq * ratio > s->freq)
		return st;
	st = words_of_index(s->pl, x->text, x->len, &w);
	if (st != ST_OK || w.n == 0 || share_stem(&w.tok[0], s->tok))
		return st;
	st = freq_of_stems(s, &w.tok[0], PREFIX_STEM, &family);
	if (st != ST_OK || family > *freq)
		return st;
	if (ratio > 0) {
		st = is_of_another(s, x, *freq, yes);
		if (st != ST_OK || *yes) {
			*yes = false;
			return st;
		}
	}
	*yes = true;
	if (s->prefix[0] != '\0') {
		st = freq_of(s, s->prefix, x->text, x->len, freq);
		*yes = st == ST_OK && *freq > 0;
	}
	return st == ST_OK && *yes && ratio == 0 ? is_acronym_too(s, x, *freq, yes) : st;
}

static int
by_freq(const void *a, const void *b)
{
	const struct found *x = a, *y = b;
	int d = memcmp(x->text, y->text, x->len < y->len ? x->len : y->len);

	if (x->freq != y->freq)
		return x->freq < y->freq ? 1 : -1;
	return d != 0 ? d : x->len < y->len ? -1 : x->len > y->len;
}

/* A reading of one word: any of the N TERMS, and MARK in a snippet. */
static enum status
add_reading(const struct speller *s, struct readings *out, const struct found *x, double factor,
	    const struct near_term *terms, size_t n, struct mark_word mark)
{
	struct planner *pl = s->pl;
	struct near_slot *slot = planner_alloc(pl, 1, sizeof(*slot));
	struct near_item *item = planner_alloc(pl, 1, sizeof(*item));
	struct words_marks *marks = planner_alloc(pl, 1, sizeof(*marks));
	struct mark_word *words = planner_alloc(pl, 2, sizeof(*words));
	struct reading r = { .kind = READING_CORRECTION, .factor = factor };

	r.stands_for = arena_string(pl->arena, x->text, x->len);
	if (slot == NULL || item == NULL || marks == NULL || words == NULL || r.stands_for == NULL)
		return error_nomem(pl->err);
	*slot = (struct near_slot){ .terms = terms, .nterms = n };
	*item = (struct near_item){ .parts = slot, .nparts = 1 };
	words[0] = mark;
	*marks = (struct words_marks){ .parts = &words[0], .also = &words[1] };
	r.phrase = (struct words_phrase){ .operand = { item, 1 }, .marks = marks, .nwords = 1, .plain = true };
	return readings_add(pl, out, &r);
}

static enum status
add_misspelling(const struct speller *s, struct readings *out, const struct found *x)
{
	struct near_term *term = planner_alloc(s->pl, 1, sizeof(*term));
	uint32_t articles;
	enum status st = term != NULL ? ST_OK : error_nomem(s->pl->err);

	if (st == ST_OK)
		st = planner_term(s->pl, WANTED_TERM, s->prefix, x->text, x->len, term);
	if (st == ST_OK)
		st = xap_db_count(s->pl->db, &articles, s->pl->err);
	if (st != ST_OK)
		return st;
	s->pl->terms++;
	return add_reading(s, out, x, readings_below(articles, s->found, x->freq),
			   term, 1, (struct mark_word){ MARK_WORD, term->text + strlen(s->prefix), x->len });
}

/* Whether X is among the readings already: another spelling of a name is no misspelling. */
static bool
is_listed(const struct readings *list, const struct wordtable_similar *x)
{
	size_t i;

	for (i = 0; i < list->n; i++)
		if (strlen(list->v[i].stands_for) == x->len && memcmp(list->v[i].stands_for, x->text, x->len) == 0)
			return true;
	return false;
}

static enum status
add_misspellings(const struct speller *s, const struct node *node, struct readings *out)
{
	struct wordtable_similar near[WORDTABLE_SIMILAR_MAX];
	struct found list[WORDTABLE_SIMILAR_MAX];
	struct buf text = BUF_INIT;
	size_t n = vocabulary_similar(s->words, s->tok->term, s->tok->len, SIMILAR_ENDS | (s->acronym ? SIMILAR_MOVED : 0), near), i, count = 0;
	enum status st = ST_OK;

	for (i = 0; i < n && st == ST_OK; i++) {
		uint32_t freq = 0;
		bool yes;

		if (is_listed(out, &near[i]))
			continue;
		st = is_misspelling(s, &near[i], &freq, &yes);
		if (yes)
			list[count++] = (struct found){ near[i].text, near[i].len, freq };
	}
	sort(list, count, sizeof(*list), by_freq);
	for (i = 0; i < count && i < MISSPELLINGS_MAX && s->pl->terms < QUERY_TERMS_MAX && st == ST_OK; i++)
		st = add_misspelling(s, out, &list[i]);
	if (st == ST_OK && i < count) {
		plan_filter_label(&text, node);
		buf_addf(&text, ": the %zu most frequent of %zu misspellings are used", i, count);
		st = buf_status(&text) == ST_OK ? plan_marks_note(s->pl, 'W', "", text.data) : error_nomem(s->pl->err);
	}
	buf_fini(&text);
	return st;
}

/* ---- suggestions ---- */

/* Finds the words, up to SUGGESTIONS_MAX, that may be meant, the most frequent first; of several forms of one word only that. */
static enum status
find_meant(const struct speller *s, struct found *out, size_t *n)
{
	struct wordtable_similar near[WORDTABLE_SIMILAR_MAX];
	struct found list[WORDTABLE_SIMILAR_MAX];
	struct words kept[SUGGESTIONS_MAX], w;
	size_t nnear = vocabulary_similar(s->words, s->tok->term, s->tok->len, SIMILAR_MOVED, near), count = 0, i, k;
	enum status st = ST_OK;

	*n = 0;
	for (i = 0; i < nnear && st == ST_OK; i++) {
		uint32_t freq = 0;

		st = freq_of(s, s->prefix, near[i].text, near[i].len, &freq);
		if (freq > 0)
			list[count++] = (struct found){ near[i].text, near[i].len, freq };
	}
	sort(list, count, sizeof(*list), by_freq);
	for (i = 0; i < count && *n < SUGGESTIONS_MAX && st == ST_OK; i++) {
		st = words_of_index(s->pl, list[i].text, list[i].len, &w);
		if (st != ST_OK || w.n == 0)
			continue;
		for (k = 0; k < *n && !share_stem(&w.tok[0], &kept[k].tok[0]); k++)
			;
		if (k < *n)
			continue;
		kept[*n] = w;
		out[(*n)++] = list[i];
	}
	return st;
}

/* X in place of the word, as if it had been typed: by its stems. */
static enum status
add_meant(const struct speller *s, struct readings *out, const struct found *x)
{
	const char *stem = s->prefix[0] != '\0' ? PREFIX_TITLE_STEM : PREFIX_STEM;
	struct near_term *terms;
	struct mark_word mark;
	struct words w;
	size_t i;
	enum status st = words_of_index(s->pl, x->text, x->len, &w);

	if (st != ST_OK || w.n == 0)
		return st;
	terms = planner_alloc(s->pl, w.tok[0].nstems + 1, sizeof(*terms));
	if (terms == NULL)
		return error_nomem(s->pl->err);
	for (i = 0; i < w.tok[0].nstems && st == ST_OK; i++)
		st = planner_term(s->pl, WANTED_TERM, stem, w.tok[0].stems[i].text, w.tok[0].stems[i].len, &terms[i]);
	mark = (struct mark_word){ MARK_WORD, w.tok[0].term, w.tok[0].len };
	if (i > 0)
		mark = (struct mark_word){ MARK_STEM, w.tok[0].stems[0].text, w.tok[0].stems[0].len };
	else if (st == ST_OK)
		st = planner_term(s->pl, WANTED_TERM, s->prefix, w.tok[0].term, w.tok[0].len, &terms[i++]);
	return st == ST_OK ? add_reading(s, out, x, 1, terms, i, mark) : st;
}

static enum status
note_meant(const struct speller *s, const struct node *node, const struct found *list, size_t n)
{
	struct buf text = BUF_INIT;
	enum status st;
	size_t i;

	buf_addf(&text, "no article has \"%s\"; did you mean:", node->text);
	for (i = 0; i < n; i++)
		buf_addf(&text, "%s %.*s", i > 0 ? "," : "", (int)list[i].len, list[i].text);
	st = buf_status(&text) == ST_OK ? plan_marks_note(s->pl, 'W', "", text.data) : error_nomem(s->pl->err);
	buf_fini(&text);
	return st;
}

static enum status
suggest(const struct speller *s, const struct node *node, struct readings *out)
{
	struct found list[SUGGESTIONS_MAX];
	size_t n;
	enum status st = find_meant(s, list, &n);

	if (st != ST_OK || n == 0)
		return st;
	return s->pl->opt.correct == CORRECT_SEARCH ? add_meant(s, out, &list[0]) : note_meant(s, node, list, n);
}

/* ---- both ---- */

static enum status
get_words(struct speller *s, const struct node *node)
{
	struct buf text = BUF_INIT;
	enum status st = store_words(s->pl->store, &s->words, s->pl->err);

	if (st != ST_CORRUPT)
		return st;
	plan_filter_label(&text, node);
	buf_adds(&text, ": not corrected, the list of words is damaged");
	st = buf_status(&text) == ST_OK ? plan_marks_note(s->pl, 'W', "", text.data) : error_nomem(s->pl->err);
	buf_fini(&text);
	return st;
}

/* Learns how many articles have the word, and whether it is an acronym. */
static enum status
look_up(struct speller *s)
{
	enum status st = freq_of(s, "", s->tok->term, s->tok->len, &s->freq);

	if (st == ST_OK)
		st = freq_of_stems(s, s->tok, PREFIX_STEM, &s->found);
	if (s->freq > s->found)
		s->found = s->freq;
	s->known = s->found > 0;
	if (st == ST_OK && s->prefix[0] != '\0')
		st = freq_of_stems(s, s->tok, PREFIX_TITLE_STEM, &s->found);
	return st == ST_OK && s->letters >= LETTERS_MIN ? is_acronym(s, s->tok->term, s->tok->len, &s->acronym) : st;
}

enum status
plan_correct_add(struct planner *pl, const struct node *node, const struct words *w, struct readings *out)
{
	struct speller s = { .pl = pl, .tok = w->tok, .prefix = match_prefix(node) };
	enum status st;

	/* standing queries see small parts of the index */
	if (pl->opt.correct == CORRECT_OFF || pl->wanted != NULL || pl->store->vocabularies == NULL)
		return ST_OK;
	if (node->kind != NODE_WORD || words_item_end(w, 0) != w->n || s.tok->compound != 0 || s.tok->kind != TOKEN_WORD)
		return ST_OK;
	s.letters = utf8_count(s.tok->term, s.tok->len);
	if (s.letters < SUGGEST_LETTERS_MIN)
		return ST_OK;
	st = get_words(&s, node);
	if (st != ST_OK || s.words == NULL)
		return st;
	st = look_up(&s);
	if (st == ST_OK && s.letters >= LETTERS_MIN && (s.acronym || s.freq >= RATIO_LEAST))
		st = add_misspellings(&s, node, out);
	if (st == ST_OK && !s.known && out->n == 0)
		st = suggest(&s, node, out);
	return st;
}
