/* SPDX-License-Identifier: GPL-2.0-or-later */
#include "engine/store/wordtable.h"

#include <stdlib.h>
#include <string.h>

#include <unicode/uchar.h>

#include "base/bisect.h"
#include "base/grow.h"
#include "base/sort.h"
#include "base/utf8.h"
#include "engine/text/analyse.h"

#define LETTERS_MAX ANALYSE_WORD_MAX
#define KEY_BYTES 8   /* of a word's end that are compared at once when words are sorted */
#define LETTER_BYTES 4
#define END_BYTES 4   /* that are kept */

void
wordtable_init(struct wordtable *t)
{
	*t = (struct wordtable){ 0 };
}

void
wordtable_fini(struct wordtable *t)
{
	free(t->text);
	free(t->entry);
	free(t->word);
	wordtable_init(t);
}

static int
compare(const char *a, size_t an, const char *b, size_t bn)
{
	int d = memcmp(a, b, an < bn ? an : bn);

	return d != 0 ? d : an < bn ? -1 : an > bn;
}

enum status
wordtable_add(struct wordtable *t, const char *term, size_t len, uint32_t count)
{
	struct wordtable_entry *entry = grow(t->entry, &t->entry_cap, t->n + 1, sizeof(*entry));
	const char *last;
	size_t last_len;
	char *text;

	if (entry == NULL)
		return ST_NOMEM;
	t->entry = entry;
	if (t->n > 0) {
		last = wordtable_term(t, t->n - 1, &last_len);
		if (compare(last, last_len, term, len) >= 0)
			return ST_INVALID;
	}
	if (len >= UINT32_MAX - t->text_len)
		return ST_TOO_LARGE;
	text = grow(t->text, &t->text_cap, t->text_len + len, 1);
	if (text == NULL)
		return ST_NOMEM;
	t->text = text;
	memcpy(text + t->text_len, term, len);
	entry[t->n] = (struct wordtable_entry){ (uint32_t)t->text_len, count };
	t->text_len += len;
	entry[++t->n] = (struct wordtable_entry){ (uint32_t)t->text_len, 0 };
	return ST_OK;
}

const char *
wordtable_term(const struct wordtable *t, size_t i, size_t *len)
{
	*len = t->entry[i + 1].at - t->entry[i].at;
	return t->text + t->entry[i].at;
}

/* ---- words by their ends ---- */

/* The letters of WORD into CP; 0 where it has other characters, or too many. */
static size_t
letters_of(const char *word, size_t len, uint32_t cp[LETTERS_MAX])
{
	size_t n = 0, i;

	for (i = 0; i < len; n++) {
		if (n == LETTERS_MAX)
			return 0;
		i += utf8_next(word + i, len - i, &cp[n]);
		if (!(cp[n] >= 'a' && cp[n] <= 'z') && (cp[n] < 0x80 || !u_isalpha((UChar32)cp[n])))
			return 0;
	}
	return n;
}

/* The order of words by their ends: bytes from the last to the first. */
static int
compare_ends(const char *a, size_t an, const char *b, size_t bn)
{
	while (an > 0 && bn > 0) {
		unsigned char x = (unsigned char)a[--an], y = (unsigned char)b[--bn];

		if (x != y)
			return x < y ? -1 : 1;
	}
	return an > 0 ? 1 : bn > 0 ? -1 : 0;
}

/* A word to be sorted: its last bytes as a number, so that few are compared one by one. */
struct ended { uint64_t key; const char *text; uint32_t len, entry; };

static uint64_t
end_key(const char *text, size_t len)
{
	uint64_t key = 0;
	size_t i;

	for (i = 0; i < KEY_BYTES; i++)
		key = key << 8 | (i < len ? (unsigned char)text[len - 1 - i] : 0);
	return key;
}

static int
by_end(const void *a, const void *b)
{
	const struct ended *x = a, *y = b;

	if (x->key != y->key)
		return x->key < y->key ? -1 : 1;
	return compare_ends(x->text, x->len, y->text, y->len);
}

enum status
wordtable_close(struct wordtable *t)
{
	struct ended *list = malloc((t->n + 1) * sizeof(*list));
	uint32_t cp[LETTERS_MAX];
	size_t i, len;

	t->word = malloc((t->n + 1) * sizeof(*t->word));
	if (list == NULL || t->word == NULL) {
		free(list);
		return ST_NOMEM;
	}
	t->nwords = 0;
	for (i = 0; i < t->n; i++) {
		const char *text = wordtable_term(t, i, &len);

		if (len <= UINT8_MAX && letters_of(text, len, cp) >= WORDTABLE_LETTERS_MIN)
			list[t->nwords++] = (struct ended){ end_key(text, len), text, (uint32_t)len, (uint32_t)i };
	}
	sort(list, t->nwords, sizeof(*list), by_end);
	for (i = 0; i < t->nwords; i++)
		t->word[i] = (struct wordtable_word){ (uint32_t)(list[i].key >> 8 * (KEY_BYTES - END_BYTES)),
			list[i].entry, (uint8_t)list[i].len, list[i].text[0] };
	free(list);
	return ST_OK;
}

/* ---- ranges ---- */

/* A beginning with which entries are compared, or an end with which words are compared. */
struct probe {
	const struct wordtable *t;
	const char *text;
	size_t len;
	uint32_t end, mask;   /* an end: its last bytes as a number, and a mask of the bytes that it has */
	bool after;           /* what begins, or ends, with the text counts as before it */
};

/* Whether entry I is before the probe. */
static bool
begins_before(const void *arg, size_t i)
{
	const struct probe *p = arg;
	size_t n;
	const char *text = wordtable_term(p->t, i, &n);

	return p->after ? memcmp(text, p->text, n < p->len ? n : p->len) <= 0 : compare(text, n, p->text, p->len) < 0;
}

/* Whether word I, read backwards, is before the probe. */
static bool
ends_before(const void *arg, size_t i)
{
	const struct probe *p = arg;
	const struct wordtable_word *w = &p->t->word[i];
	uint32_t end = w->end & p->mask;
	size_t n;
	const char *text;
	int d;

	if (end != p->end || p->len <= END_BYTES)
		return p->after ? end <= p->end : end < p->end;
	text = wordtable_term(p->t, w->entry, &n);
	if (n > p->len)
		d = compare_ends(text + n - p->len, p->len, p->text, p->len);
	else
		d = compare_ends(text, n, p->text, p->len);
	return p->after ? d <= 0 : d < 0;
}

typedef bool before_fn(const void *probe, size_t i);

/* All that begin, or end, so; the end is sought from the beginning on, since mostly it is not far. */
static void
find_range(struct probe *p, before_fn *before, size_t n, size_t *from, size_t *to)
{
	size_t step = 1, low;

	*from = low = bisect(0, n, before, p);
	p->after = true;
	while (low + step < n && before(p, low + step)) {
		low += step;
		step *= 2;
	}
	*to = bisect(low, low + step < n ? low + step : n, before, p);
}

void
wordtable_range(const struct wordtable *t, const char *prefix, size_t len, size_t *from, size_t *to)
{
	struct probe p = { .t = t, .text = prefix, .len = len };

	find_range(&p, begins_before, t->n, from, to);
}

static void
range_of_end(const struct wordtable *t, const char *end, size_t len, size_t *from, size_t *to)
{
	struct probe p = { .t = t, .text = end, .len = len, .mask = UINT32_MAX };

	if (len < END_BYTES)
		p.mask <<= 8 * (END_BYTES - len);
	p.end = (uint32_t)(end_key(end, len) >> 8 * (KEY_BYTES - END_BYTES)) & p.mask;
	find_range(&p, ends_before, t->nwords, from, to);
}

size_t
wordtable_find(const struct wordtable *t, const char *term, size_t len)
{
	struct probe p = { .t = t, .text = term, .len = len };
	size_t i = bisect(0, t->n, begins_before, &p), n;
	const char *text;

	if (i == t->n)
		return SIZE_MAX;
	text = wordtable_term(t, i, &n);
	return n == len && memcmp(text, term, len) == 0 ? i : SIZE_MAX;
}

/* ---- one letter away ---- */

struct near_search {
	const struct wordtable *t;
	const char *word;
	size_t len;
	bool ends;                    /* must be the same */
	uint32_t cp[LETTERS_MAX];
	size_t at[LETTERS_MAX + 1];   /* where each letter begins */
	size_t n;
	struct wordtable_similar *out;
	size_t nout;
};

/* Whether B (M letters) is A (N letters) with one change; which. */
static bool
one_edit(const uint32_t *a, size_t n, const uint32_t *b, size_t m, struct wordtable_similar *out)
{
	size_t least = n < m ? n : m, p = 0, s = 0;

	while (p < least && a[p] == b[p])
		p++;
	while (s < least - p && a[n - 1 - s] == b[m - 1 - s])
		s++;
	out->first = p == 0;
	out->last = s == 0;
	if (n != m) {
		out->edit = n > m ? EDIT_LESS : EDIT_MORE;
		return (n > m ? n - m : m - n) == 1 && p + s == least;
	}
	out->edit = p + s + 1 == n ? EDIT_ANOTHER : EDIT_SWAPPED;
	return p + s + 1 == n || (p + s + 2 == n && a[p] == b[p + 1] && a[p + 1] == b[p]);
}

/* Keeps entry I if it is one change away. */
static void
consider(struct near_search *s, size_t i)
{
	struct wordtable_similar *out = &s->out[s->nout];
	uint32_t cp[LETTERS_MAX];
	size_t len, n;
	const char *text = wordtable_term(s->t, i, &len);

	if (s->nout == WORDTABLE_SIMILAR_MAX || len + LETTER_BYTES < s->len || len > s->len + LETTER_BYTES)
		return;
	n = letters_of(text, len, cp);
	if (n < WORDTABLE_LETTERS_MIN || !one_edit(s->cp, s->n, cp, n, out))
		return;
	out->text = text;
	out->len = len;
	s->nout++;
}

/* Letter FROM of the word goes to place TO: kept where that is a word. */
static void
try_move(struct near_search *s, size_t from, size_t to, enum wordtable_edit edit)
{
	char text[LETTERS_MAX * 4];
	size_t len = 0, i, found;

	for (i = 0; i < s->n; i++) {
		size_t k = i == to ? from : from < to ? i + (i >= from && i < to) : i - (i <= from && i > to);

		memcpy(text + len, s->word + s->at[k], s->at[k + 1] - s->at[k]);
		len += s->at[k + 1] - s->at[k];
	}
	found = wordtable_find(s->t, text, len);
	if (found == SIZE_MAX || s->nout == WORDTABLE_SIMILAR_MAX || memcmp(text, s->word, len) == 0)
		return;
	if (s->ends && (text[0] != s->word[0] || text[len - 1] != s->word[len - 1]))
		return;
	for (i = 0; i < s->nout; i++)
		if (s->out[i].len == len && memcmp(s->out[i].text, text, len) == 0)
			return;
	s->out[s->nout++] = (struct wordtable_similar){
		wordtable_term(s->t, found, &len), s->len, edit,
		(from == 0 || to == 0), (from == s->n - 1 || to == s->n - 1)
	};
}

static void
move_letters(struct near_search *s)
{
	size_t i, k;

	for (i = 0; i < s->n; i++)
		for (k = 0; k < s->n; k++)
			if (i > k + 1 || k > i + 1)
				try_move(s, i, k, EDIT_MOVED);
}

/* Words that have all before the middle as it is, or all from there on. */
static void
search_halves(struct near_search *s)
{
	const size_t cut = s->n / 2, at = s->at[cut];
	size_t from, to, i, len;

	wordtable_range(s->t, s->word, at, &from, &to);
	for (i = from; i < to; i++) {
		const char *text = wordtable_term(s->t, i, &len);

		if (!s->ends || text[len - 1] == s->word[s->len - 1])
			consider(s, i);
	}
	range_of_end(s->t, s->word + at, s->len - at, &from, &to);
	for (i = from; i < to; i++) {
		const struct wordtable_word *w = &s->t->word[i];
		const char *text;

		if ((s->ends && w->first != s->word[0]) || (size_t)w->len + LETTER_BYTES < s->len ||
		    w->len > s->len + LETTER_BYTES)
			continue;
		text = wordtable_term(s->t, w->entry, &len);
		/* words with the same beginning were found before */
		if (len < at || memcmp(text, s->word, at) != 0)
			consider(s, w->entry);
	}
	/* the two letters at the middle have changed places: neither half is as it was */
	if (s->n >= WORDTABLE_LETTERS_MIN)
		try_move(s, cut, cut - 1, EDIT_SWAPPED);
}

size_t
wordtable_similar(const struct wordtable *t, const char *word, size_t len, unsigned how, struct wordtable_similar *out)
{
	struct near_search s = { .t = t, .word = word, .len = len, .ends = how & SIMILAR_ENDS, .out = out };
	size_t i, width;
	uint32_t cp;

	s.n = letters_of(word, len, s.cp);
	if (s.n < 2 || t->nwords == 0)
		return 0;
	for (i = 0, width = 0; i < s.n; i++) {
		s.at[i] = width;
		width += utf8_next(word + width, len - width, &cp);
	}
	s.at[s.n] = len;
	search_halves(&s);
	if (how & SIMILAR_MOVED)
		move_letters(&s);
	return s.nout;
}
