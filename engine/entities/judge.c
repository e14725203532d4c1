/* SPDX-License-Identifier: GPL-2.0-or-later */
#include "engine/entities/judge.h"

#include <string.h>

#define NEAR_WORDS 10       /* on either side: what stands there counts more than what does not */
#define BESIDE_WORDS 2      /* a word against a name stands beside it */
#define NEAR_WEIGHT 3
#define BESIDE_WEIGHT 6
#define ARTICLE_WEIGHT_MAX 5

static bool
has(const struct judge_text *t, size_t at, unsigned flags)
{
	return at < t->n && (t->word[at].flags & flags) == flags;
}

static bool
is(const struct judge_text *t, size_t at, unsigned kinds)
{
	return at < t->n && (t->word[at].kinds & kinds);
}

bool
judge_letters(const struct judge *j, const struct judge_text *t, size_t at, uint32_t name)
{
	const struct lexicon_name *n = lexicon_name(j->lx, name);
	unsigned need = n->class == LEXICON_ACRONYM ? JUDGE_CAPS : JUDGE_CAPITAL;
	size_t i;

	if (n->class == LEXICON_ACRONYM && n->nwords == 1 && n->len >= LEXICON_ACRONYM_WORD && n->care == 0)
		need = JUDGE_CAPITAL;
	for (i = 0; i < n->nwords; i++)
		if ((n->capitals >> i & 1) && !has(t, at + i, need))
			return false;
	return true;
}

/* "Mr Jordan", "Michael Jordan", "Michael B. Jordan". */
static bool
after_given_name(const struct judge_text *t, size_t at)
{
	if (at == 0 || !has(t, at, JUDGE_ADJACENT) || !has(t, at - 1, JUDGE_CAPITAL))
		return false;
	if (is(t, at - 1, LEXICON_WORD_GIVEN | LEXICON_WORD_TITLE))
		return true;
	return at >= 2 && has(t, at - 1, JUDGE_INITIAL | JUDGE_ADJACENT) && has(t, at - 2, JUDGE_CAPITAL) &&
	       is(t, at - 2, LEXICON_WORD_GIVEN | LEXICON_WORD_TITLE);
}

/* "Chad Smith": a word behind it that has a capital only as a surname. */
static bool
before_surname(const struct judge_text *t, size_t next)
{
	if (t->letters != LETTERS_MIXED || !has(t, next, JUDGE_CAPITAL | JUDGE_ADJACENT))
		return false;
	return !has(t, next, JUDGE_CAPS) && !is(t, next, LEXICON_WORD_COMMON | LEXICON_WORD_TITLE | LEXICON_WORD_HINT);
}

/* "Lebanon, Ohio". */
static bool
town_of_a_state(const struct judge_text *t, size_t last)
{
	return has(t, last, JUDGE_COMMA) && has(t, last + 1, JUDGE_CAPITAL) && is(t, last + 1, LEXICON_WORD_STATE);
}

static bool
spoken_against(const struct judge *j, const struct judge_text *t, size_t at, size_t end, uint32_t entity)
{
	size_t from = at > BESIDE_WORDS ? at - BESIDE_WORDS : 0, to = end + BESIDE_WORDS, i;

	for (i = from; i < to && i < t->n; i++)
		if ((i < at || i >= end) && lexicon_hint(j->lx, t->word[i].word, entity) < 0)
			return true;
	return false;
}

/* "Turkey has offered", "Turkey, which", "Turkey's envoy", "Turkey and Greece", where no word near speaks of the bird. */
static bool
acts(const struct judge *j, const struct judge_text *t, size_t at, size_t end, uint32_t entity)
{
	bool verb = is(t, end, LEXICON_WORD_FINITE) && !has(t, end, JUDGE_CAPITAL) && !has(t, end, JUDGE_START);
	bool pair = is(t, end, LEXICON_WORD_AND) && has(t, end + 1, JUDGE_CAPITAL | JUDGE_ADJACENT);

	return (verb || pair || has(t, end - 1, JUDGE_OWNER)) && judge_context(j, t, at, end, entity) >= 0;
}

static bool
unclear(const struct lexicon_name *n, const struct judge_text *t, size_t at)
{
	switch (t->letters) {
	case LETTERS_CAPS:
		return n->care != 0;
	case LETTERS_TITLE:
		return (n->care & LEXICON_NOUN) && n->class != LEXICON_ACRONYM;
	case LETTERS_MIXED:
		return (n->care & LEXICON_NOUN) && n->class != LEXICON_ACRONYM && has(t, at, JUDGE_START);
	}
	return false;
}

enum verdict
judge_name(const struct judge *j, const struct judge_text *t, size_t at, uint32_t name)
{
	const struct lexicon_name *n = lexicon_name(j->lx, name);
	size_t end = at + n->nwords;
	bool where = at > 0 && is(t, at - 1, LEXICON_WORD_WHERE) && !has(t, at, JUDGE_START);

	if (n->class == LEXICON_DEMONYM)
		return unclear(n, t, at) ? VERDICT_PERHAPS : VERDICT_YES;
	if (spoken_against(j, t, at, end, n->entity))
		return VERDICT_NO;
	if (n->nwords == 1 && n->class != LEXICON_ACRONYM && after_given_name(t, at))
		return VERDICT_PERSON;
	if ((n->care & LEXICON_GIVEN) && before_surname(t, end))
		return VERDICT_NO;
	if (town_of_a_state(t, end - 1))
		return VERDICT_NO;
	if (unclear(n, t, at) && !(where && t->letters != LETTERS_MIXED) &&
	    !(t->letters == LETTERS_MIXED && acts(j, t, at, end, n->entity)))
		return VERDICT_PERHAPS;
	return where ? VERDICT_PLACE : VERDICT_YES;
}

int
judge_context(const struct judge *j, const struct judge_text *t, size_t at, size_t end, uint32_t entity)
{
	size_t from = at > NEAR_WORDS ? at - NEAR_WORDS : 0, to = end + NEAR_WORDS, i;
	int score = 0;

	for (i = from; i < to && i < t->n; i++) {
		bool beside = i + BESIDE_WORDS >= at && i < end + BESIDE_WORDS;

		if ((i < at || i >= end) && (t->word[i].kinds & LEXICON_WORD_HINT))
			score += lexicon_hint(j->lx, t->word[i].word, entity) * (beside ? BESIDE_WEIGHT : NEAR_WEIGHT);
	}
	return score;
}

int
judge_score(const struct judge *j, const struct judge_text *t, size_t at, size_t end, uint32_t entity)
{
	int article = j->hints[entity] > ARTICLE_WEIGHT_MAX ? ARTICLE_WEIGHT_MAX : j->hints[entity];

	return article + judge_context(j, t, at, end, entity);
}
