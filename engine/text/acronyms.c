/* SPDX-License-Identifier: GPL-2.0-or-later */
#include "engine/text/acronyms.h"

#include <string.h>

#include <unicode/uchar.h>

#include "base/utf8.h"
#include "engine/text/sentences.h"
#include "engine/text/words.h"

#define SHORT_MAX 10      /* characters of an acronym */
#define LONG_MAX 300      /* characters in which its expansion is looked for */
#define INSIDE_MAX 250    /* bytes between parentheses */

/* Characters, and the byte at which each begins. */
struct chars { UChar32 c[LONG_MAX]; size_t at[LONG_MAX + 1]; size_t n; };

static void
take(struct chars *to, const char *text, size_t from, size_t end)
{
	uint32_t cp;

	for (to->n = 0; from < end && to->n < LONG_MAX; to->n++) {
		to->at[to->n] = from;
		from += utf8_next(text + from, end - from, &cp);
		to->c[to->n] = (UChar32)cp;
	}
	to->at[to->n] = from;
}

static bool
in_word(UChar32 c)
{
	return u_isalnum(c) || (U_GET_GC_MASK(c) & U_GC_M_MASK);
}

static bool
quote_sign(UChar32 c)
{
	return c == '"' || c == '\'' || (c >= 0x2018 && c <= 0x201F) || c == 0xAB || c == 0xBB;
}

/* From FROM to END without blanks and quotation marks at both ends. */
static void
trim(const char *text, size_t *from, size_t *end)
{
	uint32_t cp;
	size_t n, last;

	while (*from < *end && (n = utf8_next(text + *from, *end - *from, &cp)) > 0 &&
	       (u_isUWhiteSpace((UChar32)cp) || quote_sign((UChar32)cp)))
		*from += n;
	while (*from < *end) {
		for (last = *end - 1; last > *from && ((unsigned char)text[last] & 0xC0) == 0x80; last--)
			;
		utf8_next(text + last, *end - last, &cp);
		if (!u_isUWhiteSpace((UChar32)cp) && !quote_sign((UChar32)cp) && cp != ',')
			break;
		*end = last;
	}
}

/* Whether S looks like an acronym; *LETTERS: the letters and digits in it. */
static bool
like_acronym(const struct chars *s, size_t *letters)
{
	size_t i, upper = 0, alpha = 0;

	*letters = 0;
	if (s->n < 2 || s->n > SHORT_MAX || !u_isalnum(s->c[0]))
		return false;
	for (i = 0; i < s->n; i++) {
		if (!in_word(s->c[i]) && (s->c[i] > 0x7F || strchr("-&/.", (int)s->c[i]) == NULL))
			return false;
		upper += u_isupper(s->c[i]) != 0;
		alpha += u_isalpha(s->c[i]) != 0;
		*letters += u_isalnum(s->c[i]) != 0;
	}
	return upper >= 2 && upper * 2 >= alpha;
}

/* Whether the word of L that begins at K is an English stop word. */
static bool
stop_word(const struct chars *l, size_t k)
{
	char word[16];
	size_t n = 0;

	for (; k < l->n && in_word(l->c[k]); k++) {
		if (n == sizeof(word) || l->c[k] > 0x7F)
			return false;
		word[n++] = (char)u_tolower(l->c[k]);
	}
	return words_stop_word(word, n);
}

/* Whether S is the first letters of the words of L from K on. */
static bool
first_letters(const struct chars *s, const struct chars *l, size_t k)
{
	char acronym[4 * SHORT_MAX], words[4 * LONG_MAX];
	size_t a = 0, w = 0, i;

	for (i = 0; i < s->n; i++)
		if (u_isalnum(s->c[i]))
			a += utf8_put(acronym + a, (uint32_t)u_tolower(s->c[i]));
	for (i = k; i < l->n; i++) {
		if (in_word(l->c[i]))
			w += utf8_put(words + w, (uint32_t)u_tolower(l->c[i]));
		else if (l->c[i] != '\'' && l->c[i] != 0x2019 && w > 0 && words[w - 1] != ' ')
			words[w++] = ' ';
	}
	return acronyms_strict(acronym, a, words, w);
}

/* Schwartz and Hearst's search for the best long form, from the right: *START is the character of L at
 * which it begins. One that begins with a stop word (OPEC: "of Petroleum ...") is not the best, one of whose
 * words S has the first letters is, if there is any. */
static bool
best_long(const struct chars *s, const struct chars *l, size_t *start)
{
	size_t i = s->n, k = l->n;

	while (k-- > 0) {
		if (u_tolower(l->c[k]) == u_tolower(s->c[0]) && (k == 0 || !in_word(l->c[k - 1])) &&
		    !stop_word(l, k) && first_letters(s, l, k)) {
			*start = k;
			return true;
		}
	}
	k = l->n;
	while (i-- > 0) {
		UChar32 c = u_tolower(s->c[i]);

		if (!u_isalnum(c))
			continue;
		do {
			if (k == 0)
				return false;
			k--;
		} while (u_tolower(l->c[k]) != c || (i == 0 && ((k > 0 && in_word(l->c[k - 1])) || stop_word(l, k))));
	}
	while (k > 0 && in_word(l->c[k - 1]))
		k--;
	*start = k;
	return true;
}

static size_t
count_words(const char *text, size_t from, size_t end)
{
	size_t words = from < end;

	for (; from < end; from++)
		words += text[from] == ' ' && from + 1 < end && text[from + 1] != ' ';
	return words;
}

/* The expansion that begins at FROM at the earliest and ends at END, for the acronym from SHORT_AT. */
static bool
expand(const char *text, size_t from, size_t end, size_t short_at, size_t short_end, bool whole,
       struct acronym_pair *out)
{
	struct chars s, l;
	size_t letters, start, words, max;

	take(&s, text, short_at, short_end);
	if (s.at[s.n] != short_end || !like_acronym(&s, &letters))
		return false;
	take(&l, text, from, end);
	if (l.at[l.n] != end || !best_long(&s, &l, &start))
		return false;
	if (whole && start > 0 && (start != 4 || strncmp(text + from, "the ", 4) != 0))
		return false;
	words = count_words(text, l.at[start], end);
	max = letters + 5 < 2 * letters ? letters + 5 : 2 * letters;
	if (words < 2 || words > max || words > ACRONYMS_WORDS_MAX || l.n - start <= s.n)
		return false;
	*out = (struct acronym_pair){ short_at, short_end, l.at[start], end };
	/* An expansion does not have the acronym in it. */
	for (from = l.at[start]; end - from >= short_end - short_at; from++)
		if (memcmp(text + from, text + short_at, short_end - short_at) == 0)
			return false;
	return true;
}

/* Where the clause that ends at END begins, some words back at the most. */
static size_t
back(const char *text, size_t end)
{
	size_t at = end, words = 0;

	while (at > 0 && end - at < LONG_MAX) {
		char c = text[at - 1];

		if (strchr("\n();:!?", c) != NULL || (c == '.' && at < end && text[at] == ' ' && sentences_end_at(text, end, at - 1)))
			break;
		if (c == ' ' && ++words > 2 * SHORT_MAX)
			break;
		at--;
	}
	while (at < end && ((unsigned char)text[at] & 0xC0) == 0x80)
		at++;
	return at;
}

/* The acronym and the expansion where one of them stands in the parentheses from OPEN (behind it) to CLOSE. */
static bool
pair_at(const char *text, size_t open, size_t close, struct acronym_pair *out)
{
	size_t from = open, end = close, before = open - 1, word, cut;

	while (before > 0 && text[before - 1] == ' ')
		before--;
	for (cut = open; cut < close && text[cut] != ';' && text[cut] != ','; cut++)
		;
	end = cut;
	trim(text, &from, &end);
	if (from < end && memchr(text + from, ' ', end - from) == NULL) {
		size_t start = back(text, before), stop = before;

		trim(text, &start, &stop);
		return expand(text, start, stop, from, end, false, out);
	}
	from = open;
	end = close;
	trim(text, &from, &end);
	for (word = before; word > 0 && text[word - 1] != ' ' && text[word - 1] != '\n' && text[word - 1] != '('; word--)
		;
	return from < end && word < before && expand(text, from, end, word, before, true, out);
}

bool
acronyms_next(const char *text, size_t len, size_t *at, struct acronym_pair *out)
{
	while (*at < len) {
		const char *open = memchr(text + *at, '(', len - *at);
		size_t from, close;

		if (open == NULL)
			break;
		from = (size_t)(open - text) + 1;
		for (close = from; close < len && close - from < INSIDE_MAX && strchr("()\n", text[close]) == NULL; close++)
			;
		*at = from;
		if (close < len && text[close] == ')') {
			*at = close + 1;
			if (pair_at(text, from, close, out))
				return true;
		}
	}
	*at = len;
	return false;
}

/* ---- folded words ---- */

bool
acronyms_strict(const char *acronym, size_t alen, const char *words, size_t wlen)
{
	uint64_t reached = 1, next;   /* bit K: the words so far may have given the first K letters */
	uint32_t letter[ACRONYMS_LETTERS_MAX], first;
	size_t n, i, at, end;

	for (n = at = 0; at < alen; n++) {
		if (n == ACRONYMS_LETTERS_MAX)
			return false;
		at += utf8_next(acronym + at, alen - at, &letter[n]);
	}
	for (at = 0; at < wlen && reached != 0; at = end + 1) {
		for (end = at; end < wlen && words[end] != ' '; end++)
			;
		utf8_next(words + at, wlen - at, &first);
		next = words_stop_word(words + at, end - at) ? reached : 0;
		for (i = 0; i < n; i++)
			if (letter[i] == first)
				next |= (reached & UINT64_C(1) << i) << 1;
		reached = next;
	}
	return (reached >> n & 1) != 0;
}

void
acronyms_normal(struct buf *out, const char *term, size_t len, const char *stem, size_t stem_len)
{
	if (words_stop_word(term, len))
		return;
	if (out->len > 0)
		buf_addc(out, ' ');
	buf_add(out, stem_len > 0 ? stem : term, stem_len > 0 ? stem_len : len);
}
