/* SPDX-License-Identifier: GPL-2.0-or-later */
#include "engine/quotes/tokens.h"

#include <string.h>
#include <strings.h>

#include <unicode/uchar.h>

#include "base/grow.h"
#include "base/utf8.h"
#include "engine/text/sentences.h"
#include "engine/text/words.h"

#define FOLD_MAX 48       /* bytes of a word that is looked up */
#define LOOK_STEPS 20000  /* between two looks at the clock: less than a millisecond */
/* Classes that a word has whether or not it is part of a name; and they, with the classes that say nothing about a
 * speaker. */
#define AROUND (WORD_LABEL | WORD_TERM | WORD_SUBORDINATE)
#define OTHERS (AROUND | WORD_FUNCTION | WORD_ELISION | WORD_ENDING | WORD_ABBREVIATION | WORD_BEFORE_NUMBER | WORD_OFFICE | WORD_NO_PERSON)

struct reader {
	const char *text;
	size_t len;
	uint32_t at, end;
	unsigned language;   /* the article's, a number of words_language_number */
	bool sentence;       /* at the begin of one */
	bool capitals;       /* the text is all in capitals: they tell nothing */
};

static bool
ascii_letter(unsigned char c)
{
	return (c >= 'a' && c <= 'z') || (c >= 'A' && c <= 'Z');
}

static bool
word_byte(unsigned char c)
{
	return ascii_letter(c) || (c >= '0' && c <= '9') || c >= 0x80 || c == '&' || c == '$';
}

/* Marks of more than one byte that are no part of a word: their length. */
static size_t
wide_mark(const char *p, size_t len, enum qtoken_kind *kind)
{
	static const struct { const char *text; enum qtoken_kind kind; } marks[] = {
		{ "—", QT_DASH }, { "–", QT_DASH }, { "…", QT_STOP }, { "，", QT_COMMA }, { "、", QT_COMMA },
		{ "。", QT_STOP }, { "：", QT_COLON }, { "；", QT_STOP }, { "！", QT_STOP }, { "？", QT_STOP },
		{ "،", QT_COMMA }, { "؟", QT_STOP }, { "（", QT_OPEN }, { "）", QT_CLOSE },
		{ "“", QT_WORD }, { "”", QT_WORD }, { "„", QT_WORD }, { "«", QT_WORD }, { "»", QT_WORD },
		{ "‘", QT_WORD }, { "「", QT_WORD }, { "」", QT_WORD }, { "\xC2\xA0", QT_WORD }, { "\xE2\x80\xAF", QT_WORD },
	};
	size_t i, n;

	if (strchr("\xC2\xD8\xE2\xE3\xEF", *p) == NULL || *p == '\0')
		return 0;
	for (i = 0; i < sizeof(marks) / sizeof(marks[0]); i++) {
		n = strlen(marks[i].text);
		if (n <= len && memcmp(p, marks[i].text, n) == 0) {
			*kind = marks[i].kind;
			return n;
		}
	}
	return 0;
}

static size_t
apostrophe(const char *p, size_t len)
{
	if (len > 0 && *p == '\'')
		return 1;
	return len >= 3 && memcmp(p, "’", 3) == 0 ? 3 : 0;
}

/* Where the word at AT ends; hyphens, apostrophes and the dots of initials belong to it. */
static uint32_t
word_end(const struct reader *r)
{
	const char *text = r->text;
	enum qtoken_kind kind;
	uint32_t at = r->at;
	size_t n;

	while (at < r->end) {
		if (ascii_letter((unsigned char)text[at])) {
			at++;
			continue;
		}
		if (wide_mark(text + at, r->end - at, &kind) > 0)
			break;
		n = apostrophe(text + at, r->end - at);
		if (n == 0 && word_byte((unsigned char)text[at]))
			n = 1;
		else if (n == 0 && strchr("-./", text[at]) != NULL)
			n = 1;
		else if (n == 0)
			break;
		/* a joiner wants a word on either side */
		if (!word_byte((unsigned char)text[at]) || n == 3) {
			if (at == r->at || at + n >= r->end || !word_byte((unsigned char)text[at + n]) ||
			    wide_mark(text + at + n, r->end - at - n, &kind) > 0)
				break;
		}
		at += (uint32_t)n;
	}
	return at;
}

static bool
upper_at(const char *text, size_t len)
{
	uint32_t cp;

	if (*text >= 'A' && *text <= 'Z')
		return true;
	if ((unsigned char)*text < 0x80)
		return false;
	(void)utf8_next(text, len, &cp);
	return u_isUUppercase((UChar32)cp);
}

/* The word as the lists have it: small ASCII letters. */
static size_t
fold_ascii(const char *text, size_t len, char out[FOLD_MAX])
{
	size_t i;

	if (len > FOLD_MAX)
		return 0;
	for (i = 0; i < len; i++)
		out[i] = text[i] >= 'A' && text[i] <= 'Z' ? (char)(text[i] + 32) : text[i];
	return len;
}

static bool
strip_possessive(struct qtoken *t, const char *text)
{
	uint32_t len = t->end - t->start;
	const char *end = text + t->end;

	if (len > 2 && (memcmp(end - 2, "'s", 2) == 0 || memcmp(end - 2, "'S", 2) == 0))
		t->end -= 2;
	else if (len > 4 && (memcmp(end - 4, "’s", 4) == 0 || memcmp(end - 4, "’S", 4) == 0))
		t->end -= 4;
	else
		return false;
	return true;
}

static bool
all_upper(const char *text, size_t len)
{
	size_t i;

	for (i = 0; i < len; i++)
		if ((text[i] >= 'a' && text[i] <= 'z') || (unsigned char)text[i] >= 0x80)
			return false;
	return len > 1;
}

/* al-Rifa'i, d'Estaing */
static bool
upper_behind(const char *text, size_t len)
{
	size_t i;

	for (i = 1; i + 1 < len && i < 4; i++)
		if (text[i] == '-' || text[i] == '\'')
			return text[i + 1] >= 'A' && text[i + 1] <= 'Z';
	return false;
}

/* An adverb, most likely; but Kelly, Reilly and Connolly are none. */
static bool
ends_in_ly(const char *folded, size_t len)
{
	if (len > 4 && (memcmp(folded + len - 4, "elly", 4) == 0 || memcmp(folded + len - 4, "illy", 4) == 0 ||
			memcmp(folded + len - 5, "nolly", 5) == 0))
		return false;
	return len > 4 && memcmp(folded + len - 2, "ly", 2) == 0;
}

/* Carried, opening: likely no name, where capitals do not tell. Ahmed, Mohammed, Alfred and Peking are. */
static bool
ends_as_verb(const char *folded, size_t len)
{
	if (len > 5 && memcmp(folded + len - 3, "ing", 3) == 0)
		return folded[len - 4] != 'k';
	if (len > 4 && (memcmp(folded + len - 4, "hmed", 4) == 0 || memcmp(folded + len - 4, "fred", 4) == 0))
		return false;
	return len > 4 && memcmp(folded + len - 2, "ed", 2) == 0 && (len < 8 || memcmp(folded + len - 5, "ammed", 5) != 0);
}

/* Of the classes ALL of WORD those that tell who speaks; a role may have something before it: ex-president, under-secretary. A title that is a
 * role as well (captain) may speak without a name: the role counts. */
static uint64_t
classes_of(const struct reader *r, uint64_t all, const char *word, size_t len)
{
	uint64_t classes = all & ~OTHERS;
	size_t at = len;

	if ((classes & WORD_ROLE) != 0)
		classes &= ~WORD_TITLE;
	while (classes == 0 && at > 0 && word[at - 1] != '-')
		at--;
	return classes == 0 && at > 0 ? words_classes(word + at, len - at, r->language) & (WORD_ROLE | WORD_ROLES) : classes;
}

static void
classify(const struct reader *r, struct qtoken *t)
{
	const uint64_t of_names = WORD_ROLE | WORD_ROLES | WORD_BODY | WORD_TITLE | WORD_PLACE;
	const uint64_t small = WORD_DETERMINER | WORD_BREAK | WORD_PREPOSITION | WORD_SKIP | WORD_DAY | WORD_HE | WORD_IT |
		WORD_THEY | WORD_WHO | WORD_I;
	const char *word = r->text + t->start;
	char folded[FOLD_MAX];
	uint64_t all;
	size_t len;
	bool function;

	t->possessive = strip_possessive(t, r->text);
	len = fold_ascii(word, t->end - t->start, folded);
	all = words_classes(folded, len, r->language);
	t->classes = classes_of(r, all, folded, len);
	if (!upper_at(word, t->end - t->start) && !upper_behind(word, t->end - t->start)) {
		if (t->classes == 0 && ends_in_ly(folded, len))
			t->classes = WORD_SKIP;
		t->classes |= all & AROUND;
		return;
	}
	function = (t->classes & small) != 0 || (all & WORD_FUNCTION) != 0;
	if (r->capitals)
		t->name = (t->classes & ~of_names) == 0 && !function && !ends_in_ly(folded, len) &&
			!ends_as_verb(folded, len);
	else if (all_upper(word, t->end - t->start))
		t->name = true;
	else if (r->sentence)
		t->name = (t->classes & ~of_names) == 0 && !function &&
			!ends_in_ly(folded, len);
	else
		t->name = !function;
	if (t->name)
		t->classes &= of_names | WORD_WORDS;
	else if (r->capitals && t->classes == 0 && ends_in_ly(folded, len))
		t->classes = WORD_SKIP;
	t->classes |= all & AROUND;
}

static enum status
add_token(struct qtokens *list, const struct qtoken *t)
{
	struct qtoken *p = grow(list->at, &list->cap, list->n, sizeof(*p));

	if (p == NULL)
		return ST_NOMEM;
	list->at = p;
	p[list->n++] = *t;
	return ST_OK;
}

/* The comma at AT with the "Jr." behind it, which belongs to the name before: its length, or 0. */
static size_t
junior(const struct reader *r, uint32_t at)
{
	const char *p = r->text + at;
	const size_t len = r->end - at;

	if (len < 5 || (memcmp(p, ", Jr", 4) != 0 && memcmp(p, ", Sr", 4) != 0))
		return 0;
	return p[4] == '.' ? 5 : word_byte((unsigned char)p[4]) ? 0 : 4;
}

static bool
kind_of_mark(const struct reader *r, enum qtoken_kind *kind, size_t *n)
{
	uint32_t cp;
	size_t jr;

	*n = 1;
	switch (r->text[r->at]) {
	case ',':
		*kind = QT_COMMA;
		if ((jr = junior(r, r->at)) > 0)
			*n = jr;
		return jr == 0;
	case ':':
		*kind = QT_COLON;
		return true;
	case '(': case '[':
		*kind = QT_OPEN;
		return true;
	case ')': case ']':
		*kind = QT_CLOSE;
		return true;
	case '-':
		*kind = QT_DASH;
		return r->at + 1 < r->end && r->text[r->at + 1] == '-';
	case '\n': case ';':
		*kind = QT_STOP;
		return true;
	case '.': case '!': case '?':
		*kind = QT_STOP;
		return sentences_end_at(r->text, r->len, r->at);
	}
	*n = wide_mark(r->text + r->at, r->end - r->at, kind);
	if (*n > 0)
		return *kind != QT_WORD;
	*n = utf8_next(r->text + r->at, r->end - r->at, &cp);
	return false;
}

bool
quote_tokens_look(struct quote_steps *steps)
{
	if (steps->clock != NULL && steps->st == ST_OK)
		steps->st = steps->clock->look(steps->clock->arg, steps->err);
	if (steps->st != ST_OK || steps->n >= steps->max)
		return false;
	steps->next = steps->max - steps->n > LOOK_STEPS ? steps->n + LOOK_STEPS : steps->max;
	return true;
}

/* Words and marks up to where a quotation begins, or to the end, or until no steps are left. */
static enum status
read_words(struct reader *r, struct qtokens *list)
{
	enum status st = ST_OK;
	struct qtoken t;
	enum qtoken_kind kind;
	size_t n;

	while (st == ST_OK && r->at < r->end && quote_tokens_steps_left(list->steps)) {
		list->steps->n++;
		memset(&t, 0, sizeof(t));
		t.start = r->at;
		t.end = word_end(r);
		if (t.end > t.start) {
			r->at = t.end;
			t.kind = QT_WORD;
			classify(r, &t);
			r->sentence = false;
		} else if (kind_of_mark(r, &kind, &n)) {
			r->at += (uint32_t)n;
			t.end = r->at;
			t.kind = kind;
			r->sentence = kind == QT_STOP || (r->sentence && kind != QT_COMMA);
		} else {
			r->at += (uint32_t)n;
			continue;
		}
		st = add_token(list, &t);
	}
	return st;
}

/* Whether text between START and END has hardly a small letter. */
static bool
all_capitals(const char *text, uint32_t start, uint32_t end)
{
	size_t small = 0, large = 0;
	uint32_t i;

	for (i = start; i < end && i - start < 600; i++) {
		small += text[i] >= 'a' && text[i] <= 'z';
		large += text[i] >= 'A' && text[i] <= 'Z';
	}
	return large > 10 && small * 20 < large;
}

enum status
quote_tokens_read(const struct article *a, uint32_t start, uint32_t end,
		  const struct quote *quotes, size_t nquotes, uint32_t first, struct qtokens *list)
{
	struct reader r = { a->body.data, a->body.len, start, end,
			    words_language_number(words_language(buf_str(&a->field[ART_LANG]))), true,
			    all_capitals(a->body.data, start, end) };
	enum status st = ST_OK;
	size_t i;

	list->n = 0;
	list->text = r.text;
	list->capitals = r.capitals;
	for (i = 0; st == ST_OK && i < nquotes; i++) {
		struct qtoken t = { .start = quotes[i].start, .end = quotes[i].end, .kind = QT_QUOTE };

		t.quote = first + (uint32_t)i;
		r.end = t.start;
		st = read_words(&r, list);
		if (st == ST_OK)
			st = add_token(list, &t);
		r.at = t.end;
		r.sentence = false;
	}
	r.end = end;
	return st == ST_OK ? read_words(&r, list) : st;
}

bool
quote_tokens_is(const struct qtokens *t, size_t i, const char *word)
{
	const size_t len = t->at[i].end - t->at[i].start;

	++t->steps->n;
	return t->at[i].kind == QT_WORD && strlen(word) == len && strncasecmp(t->text + t->at[i].start, word, len) == 0;
}

bool
quote_tokens_is_one(const struct qtokens *t, size_t i, const char *const *words)
{
	for (; *words != NULL; words++)
		if (quote_tokens_is(t, i, *words))
			return true;
	return false;
}
