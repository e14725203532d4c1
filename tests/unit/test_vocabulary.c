/* SPDX-License-Identifier: GPL-2.0-or-later */
#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdint.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

#include <cmocka.h>

#include "base/article.h"
#include "base/utf8.h"
#include "engine/store/journal.h"
#include "engine/store/store.h"
#include "engine/store/vocabularies.h"
#include "tests/unit/index_fixture.h"

#define WORDS 3000
#define WORD_LEN_MAX 40

/* ---- words one letter away ---- */

/* A fixed sequence, the same on every machine. */
static uint32_t
next_random(uint32_t *seed)
{
	*seed = *seed * 1664525u + 1013904223u;
	return *seed >> 16;
}

/* Few letters, some of several bytes, so that many words are near one another. */
static void
random_word(uint32_t *seed, char *out)
{
	static const char *const letters[] = { "a", "b", "c", "\xC4\xB1", "\xD0\xB6" };
	unsigned n = 2 + next_random(seed) % 7;

	*out = '\0';
	while (n-- > 0)
		strcat(out, letters[next_random(seed) % 5]);
}

static int
by_bytes(const void *a, const void *b)
{
	return strcmp(a, b);
}

static size_t
decode(const char *word, uint32_t *cp)
{
	size_t len = strlen(word), at, n = 0;

	for (at = 0; at < len; n++)
		at += utf8_next(word + at, len - at, &cp[n]);
	return n;
}

/* Whether A with the letter at I taken out is B. */
static bool
without(const uint32_t *a, size_t n, size_t i, const uint32_t *b)
{
	return memcmp(a, b, i * sizeof(*a)) == 0 && memcmp(a + i + 1, b + i, (n - i - 1) * sizeof(*a)) == 0;
}

/* The definition, tried out. */
static bool
is_near(const char *from, const char *to, bool moved, enum wordtable_edit *edit)
{
	uint32_t a[WORD_LEN_MAX], b[WORD_LEN_MAX], c[WORD_LEN_MAX], letter;
	size_t n = decode(from, a), m = decode(to, b), i, k, differ = 0;

	*edit = n > m ? EDIT_LESS : EDIT_MORE;
	for (i = 0; i < n && n == m + 1; i++)
		if (without(a, n, i, b))
			return true;
	for (i = 0; i < m && m == n + 1; i++)
		if (without(b, m, i, a))
			return true;
	if (n != m || strcmp(from, to) == 0)
		return false;
	for (i = 0; i < n; i++)
		differ += a[i] != b[i];
	*edit = EDIT_ANOTHER;
	if (differ == 1)
		return true;
	*edit = EDIT_SWAPPED;
	for (i = 0; i + 1 < n; i++)
		if (differ == 2 && a[i] == b[i + 1] && a[i + 1] == b[i] && a[i] != b[i])
			return true;
	*edit = EDIT_MOVED;
	for (i = 0; moved && i < n; i++) {
		for (k = 0; k < n; k++) {
			memcpy(c, a, n * sizeof(*a));
			letter = c[i];
			memmove(c + i, c + i + 1, (n - i - 1) * sizeof(*a));
			memmove(c + k + 1, c + k, (n - k - 1) * sizeof(*a));
			c[k] = letter;
			if (memcmp(c, b, n * sizeof(*a)) == 0)
				return true;
		}
	}
	return false;
}

/* The same first and last bytes, as all letters of the test's alphabet have of their own. */
static bool
same_ends(const char *a, const char *b)
{
	return a[0] == b[0] && a[strlen(a) - 1] == b[strlen(b) - 1];
}

static char word[WORDS][WORD_LEN_MAX];

static void
fill(struct wordtable *t)
{
	uint32_t seed = 7;
	size_t i;

	wordtable_init(t);
	for (i = 0; i < WORDS; i++)
		random_word(&seed, word[i]);
	qsort(word, WORDS, sizeof(word[0]), by_bytes);
	for (i = 0; i < WORDS; i++)
		if (i == 0 || strcmp(word[i], word[i - 1]) != 0)
			assert_int_equal(wordtable_add(t, word[i], strlen(word[i]), (uint32_t)i), ST_OK);
	assert_int_equal(wordtable_close(t), ST_OK);
}

static void
check_word(const struct wordtable *t, const char *asked, unsigned how)
{
	struct wordtable_similar near[WORDTABLE_SIMILAR_MAX];
	size_t n = wordtable_similar(t, asked, strlen(asked), how, near), i, k, expected = 0;
	uint32_t cp[WORD_LEN_MAX];
	enum wordtable_edit edit;

	assert_true(n < WORDTABLE_SIMILAR_MAX);
	for (i = 0; i < WORDS; i++) {
		if ((i > 0 && strcmp(word[i], word[i - 1]) == 0) || decode(word[i], cp) < WORDTABLE_LETTERS_MIN ||
		    !is_near(asked, word[i], how & SIMILAR_MOVED, &edit))
			continue;
		if (how & SIMILAR_ENDS && !same_ends(asked, word[i]))
			continue;
		expected++;
		for (k = 0; k < n; k++)
			if (near[k].len == strlen(word[i]) && memcmp(near[k].text, word[i], near[k].len) == 0)
				break;
		if (k == n)
			print_error("%s: %s is missing\n", asked, word[i]);
		assert_true(k < n);
		assert_int_equal(near[k].edit, edit);
	}
	assert_int_equal(n, expected);
}

static void
finds_all_near_words(void **state)
{
	struct wordtable t;
	char asked[WORD_LEN_MAX];
	uint32_t seed = 99;
	unsigned i;

	(void)state;
	fill(&t);
	for (i = 0; i < 150; i++) {
		check_word(&t, word[i * 19 % WORDS], i % 4);
		random_word(&seed, asked);
		check_word(&t, asked, i % 4);
	}
	wordtable_fini(&t);
}

static void
tells_the_ends(void **state)
{
	static const char *const list[] = { "acted", "enacted", "exacted", "exacter", "exactes", "react" };
	struct wordtable_similar near[WORDTABLE_SIMILAR_MAX];
	struct wordtable t;
	size_t i, n;

	(void)state;
	wordtable_init(&t);
	for (i = 0; i < 6; i++)
		assert_int_equal(wordtable_add(&t, list[i], strlen(list[i]), 1), ST_OK);
	assert_int_equal(wordtable_add(&t, "exact", 5, 1), ST_INVALID);
	assert_int_equal(wordtable_close(&t), ST_OK);
	n = wordtable_similar(&t, "exacted", 7, 0, near);
	assert_int_equal(n, 3);
	for (i = 0; i < n; i++) {
		assert_false(near[i].first);
		assert_int_equal(near[i].last, memcmp(near[i].text, "exact", 5) == 0);
		assert_int_equal(near[i].edit, EDIT_ANOTHER);
	}
	assert_int_equal(wordtable_similar(&t, "f35", 3, SIMILAR_MOVED, near), 0);
	assert_int_equal(wordtable_similar(&t, "", 0, SIMILAR_MOVED, near), 0);
	wordtable_fini(&t);
	/* one without anything in it */
	assert_int_equal(wordtable_close(&t), ST_OK);
	assert_int_equal(wordtable_similar(&t, "exacted", 7, SIMILAR_MOVED, near), 0);
	assert_int_equal(wordtable_find(&t, "exacted", 7), SIZE_MAX);
	wordtable_fini(&t);
}

/* ---- the words of an index ---- */

struct kit {
	struct index_fixture index;
	struct journal_entry *entry;   /* of the next commit */
	struct vocabularies *all;
	struct store *store;
	struct vocabulary *v;
	struct error err;
};

/* Moves to the newest commit. */
static void
follow(struct kit *k)
{
	vocabulary_release(k->v);
	store_free(k->store);
	assert_int_equal(store_open(&k->store, k->index.dir, &k->err), ST_OK);
	assert_int_equal(vocabularies_get(k->all, k->store->db, &k->store->manifest, &k->v, &k->err), ST_OK);
}

static void
add(struct kit *k, const char *id, const char *title, const char *body)
{
	index_add(&k->index, id, "2025", "", title, body);
	assert_int_equal(journal_entry_add(k->entry, CHANGE_ADDED, id, strlen(id), NULL, &k->err), ST_OK);
}

static void
take_out(struct kit *k, const char *id)
{
	struct article former;

	article_init(&former);
	index_remove(&k->index, id);
	assert_int_equal(journal_entry_add(k->entry, CHANGE_REMOVED, id, strlen(id), &former, &k->err), ST_OK);
	article_fini(&former);
}

static void
commit(struct kit *k)
{
	struct manifest m = { .rev = k->index.rev + 1 };

	assert_int_equal(journal_write(k->entry, k->index.wdb, &m, 0, &k->err), ST_OK);
	index_commit(&k->index);
	journal_entry_free(k->entry);
	assert_int_equal(journal_entry_new(&k->entry, &k->err), ST_OK);
}

static int
set_up(void **state)
{
	struct kit *k = calloc(1, sizeof(*k));

	assert_non_null(k);
	index_init(&k->index);
	assert_int_equal(journal_entry_new(&k->entry, &k->err), ST_OK);
	add(k, "a", "Sanctions lifted", "sanctions on defense\nF-35 and 2025");
	add(k, "b", "Talks", "talks on sanctions");
	commit(k);
	index_switch(&k->index);
	assert_int_equal(vocabularies_new(&k->all, &k->err), ST_OK);
	follow(k);
	*state = k;
	return 0;
}

static int
tear_down(void **state)
{
	struct kit *k = *state;

	vocabulary_release(k->v);
	vocabularies_release(k->all);
	store_free(k->store);
	journal_entry_free(k->entry);
	index_fini(&k->index);
	free(k);
	return 0;
}

static void
assert_best(struct kit *k, const char *prefix, const char *text, uint32_t count)
{
	struct vocabulary_term best[4];
	size_t n = vocabulary_best(k->v, prefix, strlen(prefix), 4, best);

	assert_true(n > 0);
	assert_int_equal(best[0].len, strlen(text));
	assert_memory_equal(best[0].text, text, best[0].len);
	assert_int_equal(best[0].count, count);
}

static void
reads_the_index(void **state)
{
	struct kit *k = *state;
	struct vocabulary_term best[4];

	assert_best(k, "san", "sanctions", 2);
	assert_best(k, "f", "f35", 1);
	assert_best(k, "2", "2025", 1);
	assert_best(k, "XTsanc", "XTsanctions lifted", 1);
	assert_int_equal(vocabulary_best(k->v, "XC", 2, 4, best), 0);
	assert_int_equal(vocabulary_best(k->v, "san", 3, 0, best), 0);
}

static void
follows_commits(void **state)
{
	struct wordtable_similar near[WORDTABLE_SIMILAR_MAX];
	struct kit *k = *state;
	struct vocabulary *before = k->v;

	assert_int_equal(vocabulary_similar(k->v, "sanctions", 9, 0, near), 0);
	k->v = NULL;
	add(k, "c", "News", "sactions and talks, talks");
	commit(k);
	follow(k);
	assert_int_equal(vocabulary_similar(k->v, "sanctions", 9, 0, near), 1);
	assert_int_equal(near[0].edit, EDIT_LESS);
	assert_best(k, "tal", "talks", 2);
	assert_best(k, "XTn", "XTnews", 1);
	/* who has the old one keeps it */
	assert_int_equal(vocabulary_similar(before, "sanctions", 9, 0, near), 0);
	vocabulary_release(before);

	/* two commits at once, one of which takes away what the other brought */
	add(k, "d", "News", "santions");
	commit(k);
	take_out(k, "d");
	add(k, "e", "News", "sanctoins");
	commit(k);
	follow(k);
	assert_int_equal(vocabulary_similar(k->v, "sanctions", 9, 0, near), 2);
}

static void
follows_generations(void **state)
{
	struct wordtable_similar near[WORDTABLE_SIMILAR_MAX];
	struct kit *k = *state;

	index_generation(&k->index);
	add(k, "a", "Other", "santions alone");
	commit(k);
	index_switch(&k->index);
	follow(k);
	assert_int_equal(vocabulary_similar(k->v, "sanctions", 9, 0, near), 1);
	assert_memory_equal(near[0].text, "santions", 8);
	assert_int_equal(vocabulary_size(k->v), 4);
}

/* The journal does not reach back: all is read again. */
static void
reads_anew(void **state)
{
	struct wordtable_similar near[WORDTABLE_SIMILAR_MAX];
	struct kit *k = *state;

	add(k, "c", "News", "sactions");
	commit(k);
	k->index.journal_floor = k->index.rev;
	add(k, "d", "News", "santions");
	commit(k);
	follow(k);
	assert_int_equal(vocabulary_similar(k->v, "sanctions", 9, 0, near), 2);
}

int
main(void)
{
	const struct CMUnitTest tests[] = {
		cmocka_unit_test(finds_all_near_words),
		cmocka_unit_test(tells_the_ends),
		cmocka_unit_test_setup_teardown(reads_the_index, set_up, tear_down),
		cmocka_unit_test_setup_teardown(follows_commits, set_up, tear_down),
		cmocka_unit_test_setup_teardown(follows_generations, set_up, tear_down),
		cmocka_unit_test_setup_teardown(reads_anew, set_up, tear_down),
	};

	return cmocka_run_group_tests(tests, NULL, NULL);
}
