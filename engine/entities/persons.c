/* SPDX-License-Identifier: GPL-2.0-or-later */
#include "engine/entities/persons.h"

#include <stdlib.h>
#include <string.h>

#include <unicode/uchar.h>

#include "base/bisect.h"
#include "base/grow.h"
#include "base/utf8.h"
#include "engine/text/words.h"

#define BODY 1              /* of the entities' texts */
#define OFFICE_KIND "office:"
#define NAME_WORDS 6        /* no name has more */
#define OFFICE_WORDS 5      /* Secretary of [Health and Human Services] Margaret Heckler */
#define TITLES_MAX 8        /* before a name */
#define EXPLAINED_WORDS 4   /* behind the comma of "John Doe, a bank clerk" */
#define SYLLABLE_MAX 7      /* bytes of the last part of Kuo-feng */
#define SENTENCE_WORDS 12   /* on either side of a name, where small letters are looked for */

struct reader {
	const struct persons_text *in;
	const struct judge_word *word;
	size_t n;
};

/* The classes of word I that say something of the names beside it. */
static uint64_t
classes(const struct reader *r, size_t i)
{
	const struct judge_word *w = &r->word[i];
	uint64_t c;
	uint32_t k;

	for (k = w->start; k < w->end; k++)
		if (r->in->text[k] >= '0' && r->in->text[k] <= '9')
			return WORD_NO_PERSON;
	c = words_classes(r->in->text + w->start, w->end - w->start, r->in->language);
	if ((c & WORD_FUNCTION) != 0 && (w->flags & JUDGE_INITIAL) == 0)
		c |= WORD_BREAK;
	return c & ~(WORD_FUNCTION | WORD_ELISION | WORD_ENDING | WORD_ABBREVIATION | WORD_BEFORE_NUMBER | WORD_LABEL |
		     WORD_TERM | WORD_SUBORDINATE);
}

static bool
has(const struct reader *r, size_t i, unsigned flags)
{
	return i < r->n && (r->word[i].flags & flags) == flags;
}

static bool
is(const struct reader *r, size_t i, unsigned kinds)
{
	return (r->word[i].kinds & kinds) != 0;
}

/* Begins with a large letter of a script that has small ones. */
static bool
is_upper(const struct reader *r, size_t i)
{
	uint32_t cp;

	if (!has(r, i, JUDGE_CAPITAL))
		return false;
	utf8_next(r->in->text + r->word[i].start, r->word[i].end - r->word[i].start, &cp);
	return u_isUUppercase((UChar32)cp);
}

/* Another word of the same capitalised run as the one before it. */
static bool
goes_on(const struct reader *r, size_t i)
{
	return has(r, i, JUDGE_ADJACENT) && is_upper(r, i);
}

static bool
is_title(const struct reader *r, size_t i, uint64_t class)
{
	return is_upper(r, i) && !has(r, i, JUDGE_CAPS) && (is(r, i, LEXICON_WORD_TITLE) || (class & WORD_TITLE));
}

static bool
made_of(const struct reader *r, size_t i, const char *letters)
{
	uint32_t k;

	for (k = r->word[i].start; k < r->word[i].end; k++)
		if (strchr(letters, r->in->text[k]) == NULL)
			return false;
	return true;
}

/* J.F. as one word. */
static bool
is_initials(const struct reader *r, size_t i)
{
	return memchr(r->in->text + r->word[i].start, '.', r->word[i].end - r->word[i].start) != NULL;
}

/* ---- names ---- */

/* The part that a word with a capital plays in a name. */
enum part { PART_NAME, PART_LAST, PART_BEHIND, PART_NONE };

/* Whether all words from FROM to END are given names or initials: then a month behind them is a surname (Theresa May). */
static bool
all_given(const struct reader *r, size_t from, size_t end)
{
	size_t i;

	for (i = from; i < end; i++)
		if (!is(r, i, LEXICON_WORD_GIVEN) && !has(r, i, JUDGE_INITIAL))
			return false;
	return end > from;
}

static enum part
part_of(const struct reader *r, size_t from, size_t i)
{
	uint64_t c = classes(r, i);

	if (has(r, i, JUDGE_CAPS)) {
		if (i > from && made_of(r, i, "IVX"))
			return PART_LAST;
		return i == from && is_initials(r, i) ? PART_NAME : PART_BEHIND;
	}
	if (has(r, i, JUDGE_INITIAL))
		return PART_NAME;
	if (is_title(r, i, c) || (c & WORD_OFFICE))
		return PART_BEHIND;
	if (c & (WORD_ROLE | WORD_ROLES))
		return is(r, from, LEXICON_WORD_GIVEN) && i > from && !goes_on(r, i + 1) ? PART_LAST : PART_BEHIND;
	if (c & (WORD_BODY | WORD_NO_PERSON))
		return PART_NONE;
	if ((c & WORD_DAY) && all_given(r, from, i))
		return PART_NAME;
	if (c & (WORD_DAY | WORD_BREAK))
		return PART_BEHIND;
	if (!is(r, i, LEXICON_WORD_COMMON | LEXICON_WORD_STATE))
		return PART_NAME;
	return i > from && r->in->text[r->word[i].start - 1] == '-' ? PART_NAME : PART_NONE;
}

/* de, van, bin: small, between two words of a name. */
static bool
joins(const struct reader *r, size_t i)
{
	return has(r, i, JUDGE_ADJACENT) && !is_upper(r, i) && (classes(r, i) & (WORD_JOINER | WORD_BREAK)) == WORD_JOINER;
}

/* Chou En-lai, but Ronald Reagan-era. */
static bool
syllable(const struct reader *r, size_t i)
{
	const char *before;
	uint32_t len;

	if (i >= r->n || has(r, i, JUDGE_CAPITAL) || r->word[i].end - r->word[i].start > SYLLABLE_MAX)
		return false;
	before = r->in->text + r->word[i - 1].end;
	len = r->word[i].start - r->word[i - 1].end;
	return ((len == 1 && *before == '-') || (len == 3 && memcmp(before, "–", 3) == 0)) && classes(r, i) == 0;
}

/* The end of the name that begins at word FROM; 0: none does. */
static size_t
name_end(const struct reader *r, size_t from)
{
	size_t i = from, words = 0;

	while (is_upper(r, i) && (i == from || has(r, i, JUDGE_ADJACENT))) {
		enum part part = part_of(r, from, i);

		if (part == PART_NONE || (part != PART_BEHIND && ++words > NAME_WORDS))
			return 0;
		if (part == PART_BEHIND)
			break;
		i++;
		if (part == PART_LAST)
			break;
		if (joins(r, i) && goes_on(r, i + 1))
			i++;
		else if (joins(r, i) && joins(r, i + 1) && goes_on(r, i + 2))
			i += 2;
	}
	if (words < 2 || has(r, i - 1, JUDGE_INITIAL) || !is_upper(r, i - 1))
		return 0;
	return syllable(r, i) ? i + 1 : i;
}

/* A word in small letters, but none that headlines write small, too. */
static bool
is_small(const struct reader *r, size_t i)
{
	return !has(r, i, JUDGE_CAPITAL) && !(classes(r, i) & (WORD_JOINER | WORD_BREAK | WORD_PREPOSITION | WORD_NO_PERSON));
}

/* Whether the sentence around words FROM to END has small words that mean something: its capitals do, too. */
static bool
in_small_letters(const struct reader *r, size_t from, size_t end)
{
	size_t i, n;

	for (i = from, n = 0; i > 0 && n < SENTENCE_WORDS && !has(r, i, JUDGE_START); i--, n++)
		if (is_small(r, i - 1))
			return true;
	for (i = end, n = 0; i < r->n && n < SENTENCE_WORDS && !has(r, i, JUDGE_START); i++, n++)
		if (is_small(r, i))
			return true;
	return false;
}

/* Smith & Wesson; Smith Barney <SB>. */
static bool
goes_on_as_firm(const struct reader *r, size_t end)
{
	const char *text = r->in->text;
	uint32_t at = r->word[end - 1].end;

	return end < r->n && at + 1 < r->word[end].start && text[at] == ' ' && strchr("&<(+", text[at + 1]) != NULL;
}

struct mention_at { const struct persons_text *in; uint32_t at; };

static bool
mention_ends(const void *arg, size_t i)
{
	const struct mention_at *a = arg;
	unsigned text = a->in->mention[i].text;

	return text < BODY || (text == BODY && a->in->mention[i].end <= a->at);
}

/* The first mention that may reach beyond AT in the body: names are short. */
static size_t
first_mention(const struct persons_text *in, uint32_t at)
{
	return bisect(0, in->nmentions, mention_ends, &(struct mention_at){ in, at });
}

/* Whether the lexicon knows words from FROM to END as something else. */
static bool
is_mentioned(const struct reader *r, size_t from, size_t end)
{
	const struct persons_text *in = r->in;
	size_t m = first_mention(in, r->word[from].start);

	return m < in->nmentions && in->mention[m].start < r->word[end - 1].end;
}

static bool
is_whole(const struct reader *r, size_t from, size_t end)
{
	const uint32_t start = r->word[from].start;

	return memchr(r->in->text + start, ' ', r->word[end - 1].end - start) != NULL &&
		!is_mentioned(r, from, end) && !goes_on_as_firm(r, end) && in_small_letters(r, from, end);
}

/* ---- proofs ---- */

/* Secretary of Commerce | Malcolm Baldrige: only with a given name is it clear where the office ends. */
static bool
behind_of(const struct reader *r, size_t i)
{
	size_t k, n;

	if (!is(r, i, LEXICON_WORD_GIVEN))
		return false;
	for (k = i, n = 0; n < OFFICE_WORDS && k > 1 && has(r, k, JUDGE_ADJACENT); k--, n++) {
		if (is_upper(r, k - 1))
			continue;
		if (!(classes(r, k - 1) & WORD_JOINER))
			return false;
		if (has(r, k - 1, JUDGE_ADJACENT) && (classes(r, k - 2) & WORD_OFFICE))
			return true;
	}
	return false;
}

/* Whether words before word I are an office of the lexicon. */
static bool
behind_mention(const struct reader *r, size_t i)
{
	const struct persons_text *in = r->in;
	size_t m = first_mention(in, r->word[i - 1].start);
	const struct lexicon_entity *e;

	if (m == in->nmentions || in->mention[m].end != r->word[i - 1].end)
		return false;
	e = lexicon_entity(in->lexicon, in->mention[m].entity);
	return e->len > strlen(OFFICE_KIND) && memcmp(e->id, OFFICE_KIND, strlen(OFFICE_KIND)) == 0;
}

/* Whether a title or an office ends before word I. */
static bool
behind_office(const struct reader *r, size_t i)
{
	uint64_t c = classes(r, i - 1);

	if ((c & WORD_OFFICE) || is_title(r, i - 1, c) || behind_mention(r, i))
		return true;
	return ((c & WORD_ROLE) && !(c & WORD_ANYONE) && is(r, i, LEXICON_WORD_GIVEN)) || behind_of(r, i);
}

static bool
is_who(const struct reader *r, size_t i)
{
	const struct judge_word *w = &r->word[i];

	return w->end - w->start == strlen("who") && memcmp(r->in->text + w->start, "who", strlen("who")) == 0;
}

/* Whether "who", an age or an apposition follows the name that ends before word END: John Doe, a clerk. */
static bool
explained(const struct reader *r, size_t end)
{
	size_t i;

	if (end == r->n || !has(r, end - 1, JUDGE_COMMA))
		return false;
	if (is_who(r, end) || made_of(r, end, "0123456789"))
		return true;
	for (i = end; i < r->n && i < end + EXPLAINED_WORDS && !has(r, i, JUDGE_START); i++) {
		uint64_t c = classes(r, i);

		if (c & WORD_ROLE)
			return true;
		if ((c & (WORD_BREAK | WORD_SAY | WORD_BE)) || has(r, i, JUDGE_COMMA))
			break;
	}
	return false;
}

/* J. F. Doe; but not Mark I. */
static bool
has_initial(const struct reader *r, size_t i)
{
	return has(r, i, JUDGE_INITIAL) && r->in->text[r->word[i].end] == '.';
}

/* Whether no word with a capital stands right before word I. */
static bool
begins_run(const struct reader *r, size_t i)
{
	return i == 0 || !has(r, i, JUDGE_ADJACENT) || !is_upper(r, i - 1);
}

static enum status
add(const struct reader *r, size_t from, size_t end, struct persons *list)
{
	struct person *p = grow(list->at, &list->cap, list->n, sizeof(*p));

	if (p == NULL)
		return ST_NOMEM;
	list->at = p;
	p[list->n++] = (struct person){ r->word[from].start, r->word[end - 1].end };
	return ST_OK;
}

/* The word that follows the titles from I on. */
static size_t
skip_titles(const struct reader *r, size_t i)
{
	uint64_t c = classes(r, i);
	size_t n = 0;

	while (n++ < TITLES_MAX && goes_on(r, i + 1) && (is_title(r, i, c) || (is_upper(r, i) && (c & (WORD_OFFICE | WORD_ROLE)))))
		c = classes(r, ++i);
	return i;
}

/* Whether a word with a capital is at I and another one behind it, with up to two small ones between (Ana de la Cruz).
 * Most capitals stand alone: they cost no look at words. */
static bool
may_begin(const struct reader *r, size_t i)
{
	return has(r, i + 1, JUDGE_ADJACENT) && is_upper(r, i) &&
		(is_upper(r, i + 1) || goes_on(r, i + 2) || (has(r, i + 2, JUDGE_ADJACENT) && goes_on(r, i + 3)));
}

static enum status
find_named(const struct reader *r, struct persons *list)
{
	enum status st = ST_OK;
	size_t i, from, end;
	bool office;

	for (i = 0; i < r->n && st == ST_OK; i++) {
		if (!may_begin(r, i))
			continue;
		office = i > 0 && has(r, i, JUDGE_ADJACENT) && behind_office(r, i);
		if (!office && !(is(r, i, LEXICON_WORD_GIVEN) && begins_run(r, i)))
			continue;
		from = office ? skip_titles(r, i) : i;
		end = name_end(r, from);
		if (end > 0 && (office || has_initial(r, from + 1) || explained(r, end)) && is_whole(r, from, end))
			st = add(r, from, end, list);
		i = end > 0 ? end - 1 : from;
	}
	return st;
}

struct word_from { const struct reader *r; uint32_t at; };

static bool
word_begins(const void *arg, size_t i)
{
	const struct word_from *w = arg;

	return w->r->word[i].start < w->at;
}

/* The word that begins at byte AT, or the number of words. */
static size_t
word_at(const struct reader *r, uint32_t at)
{
	size_t i = bisect(0, r->n, word_begins, &(struct word_from){ r, at });

	return i < r->n && r->word[i].start == at ? i : r->n;
}

/* Whether the speaker of QUOTE, whose name is words FROM to END behind titles from FIRST on, is a person and no firm:
 * a title, an office, a given name, an initial or an apposition says so. */
static bool
is_person(const struct reader *r, const struct quote *quote, size_t first, size_t from, size_t end)
{
	if (quote->office_end > 0 || from > first || is(r, from, LEXICON_WORD_GIVEN))
		return true;
	return has_initial(r, from) || has_initial(r, from + 1) || explained(r, end);
}

/* Whether the speaker of QUOTE ends with word END - 1, or goes on with "of". */
static bool
is_all_of(const struct reader *r, const struct quote *quote, size_t end)
{
	return r->word[end - 1].end == quote->speaker_end || (end < r->n && (classes(r, end) & WORD_PREPOSITION));
}

static enum status
find_speakers(const struct reader *r, struct persons *list)
{
	const struct persons_text *in = r->in;
	enum status st = ST_OK;
	size_t i, first, from, end;

	for (i = 0; i < in->nquotes && st == ST_OK; i++) {
		const struct quote *q = &in->quote[i];

		first = q->speaker_end > 0 ? word_at(r, q->speaker_start) : r->n;
		if (first == r->n)
			continue;
		from = skip_titles(r, first);
		end = name_end(r, from);
		if (end > 0 && is_person(r, q, first, from, end) && is_all_of(r, q, end) &&
		    is_whole(r, from, end))
			st = add(r, from, end, list);
	}
	return st;
}

enum status
persons_find(const struct persons_text *in, struct persons *list)
{
	const struct reader r = { in, in->words.word, in->words.n };
	enum status st;

	list->n = 0;
	if (in->words.letters != LETTERS_MIXED)
		return ST_OK;
	st = find_named(&r, list);
	return st == ST_OK ? find_speakers(&r, list) : st;
}

void
persons_fini(struct persons *list)
{
	free(list->at);
	*list = (struct persons){ NULL, 0, 0 };
}
