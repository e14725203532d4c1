/* SPDX-License-Identifier: GPL-2.0-or-later
 *
 * Many terms in little memory: sorted bytewise, and those that are words of
 * letters sorted by their ends, too. So it finds all words that differ from one
 * in a single letter without trying every spelling (one change leaves what is
 * before or what is behind it as it was: both parts of a cut are looked for),
 * and the most frequent terms of a prefix.
 *
 * A table is filled once, in order, and then never changed: any number of
 * threads may read it. It owns its text, which what it finds is borrowed from.
 */
#ifndef ENGINE_STORE_WORDTABLE_H
#define ENGINE_STORE_WORDTABLE_H

#include <stdbool.h>
#include <stddef.h>
#include <stdint.h>

#include "base/status.h"

#define WORDTABLE_LETTERS_MIN 3   /* of a word that wordtable_near finds */
#define WORDTABLE_NEAR_MAX 256    /* words that it finds at most */

struct wordtable {
	char *text;
	size_t text_len, text_cap;
	struct wordtable_entry { uint32_t at, count; } *entry;   /* and one more behind the last */
	size_t n, entry_cap;
	/* The words of letters, read backwards in order: their last bytes as a number, which of the entries they are,
	 * how many bytes they have and with which they begin. */
	struct wordtable_word { uint32_t end, entry; uint8_t len; char first; } *word;
	size_t nwords;
};

void wordtable_init(struct wordtable *t);
void wordtable_fini(struct wordtable *t);
/* One more; ST_INVALID for one that does not come behind the last in byte order. */
enum status wordtable_add(struct wordtable *t, const char *term, size_t len, uint32_t count) MUST_CHECK;
/* To be called once, after the last. */
enum status wordtable_close(struct wordtable *t) MUST_CHECK;
/* Entry I. */
const char *wordtable_term(const struct wordtable *t, size_t i, size_t *len);
/* Its entry, or SIZE_MAX. */
size_t wordtable_find(const struct wordtable *t, const char *term, size_t len);
/* The entries that begin with PREFIX: *FROM up to, and without, *TO. */
void wordtable_range(const struct wordtable *t, const char *prefix, size_t len, size_t *from, size_t *to);

/* How a word that was found differs from the one that was asked for. */
enum wordtable_edit {
	EDIT_ANOTHER,   /* a letter is another one */
	EDIT_LESS,      /* it lacks a letter */
	EDIT_MORE,      /* it has a letter more */
	EDIT_SWAPPED,   /* two neighbouring letters have changed places */
	EDIT_MOVED      /* a letter stands two places or more from where it was */
};

struct wordtable_near {
	const char *text;
	size_t len;
	enum wordtable_edit edit;
	bool first, last;     /* it is the first letter, or the last, that is not the same */
};

/* What is looked for, bits. */
enum {
	NEAR_MOVED = 1,       /* EDIT_MOVED, too */
	NEAR_ENDS = 2         /* only what has the same first and last letter, which is much quicker */
};

/* The words of letters that differ from WORD in one of these ways, into OUT (WORDTABLE_NEAR_MAX of them fit, more are left
 * out); returns how many. None for what has other characters than letters, or over 64 of them. */
size_t wordtable_near(const struct wordtable *t, const char *word, size_t len, unsigned how, struct wordtable_near *out);

#endif
