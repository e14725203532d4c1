/* SPDX-License-Identifier: GPL-2.0-or-later
 *
 * Word table: many terms in little memory, sorted bytewise; the terms that are
 * words of letters are sorted by their ends, too. So all words that differ from a
 * given word in a single letter are found without a try of every spelling: one
 * change leaves the letters before it or the letters behind it as they are, and the
 * table is searched for both. It also gives the most frequent terms of a prefix.
 *
 * A table is filled once, in order, closed, and then never changed: any number of
 * threads may read it. It owns its text; results are borrowed from it.
 */
#ifndef ENGINE_STORE_WORDTABLE_H
#define ENGINE_STORE_WORDTABLE_H

#include <stdbool.h>
#include <stddef.h>
#include <stdint.h>

#include "base/error.h"

#define WORDTABLE_LETTERS_MIN 3   /* letters of the shortest word that wordtable_similar finds */
#define WORDTABLE_SIMILAR_MAX 256    /* the most words that wordtable_similar finds */

struct wordtable {
	char *text;
	size_t text_len, text_cap;
	struct wordtable_entry { uint32_t at, count; } *entry;   /* N entries, and one that marks the end */
	size_t n, entry_cap;
	/* The words of letters, in the order of their letters read backwards: the last bytes as a number, the index of
	 * the entry, the length in bytes, and the first byte. */
	struct wordtable_word { uint32_t end, entry; uint8_t len; char first; } *word;
	size_t nwords;
};

void wordtable_init(struct wordtable *t);
void wordtable_fini(struct wordtable *t);
/* Adds TERM; ST_INVALID unless it comes behind the last term in byte order. */
enum status wordtable_add(struct wordtable *t, const char *term, size_t len, uint32_t count) MUST_CHECK;
/* Call once after the last wordtable_add and before the first search. */
enum status wordtable_close(struct wordtable *t) MUST_CHECK;
/* The term of entry I. */
const char *wordtable_term(const struct wordtable *t, size_t i, size_t *len);
/* The entry of TERM; SIZE_MAX: there is none. */
size_t wordtable_find(const struct wordtable *t, const char *term, size_t len);
/* The entries that begin with PREFIX: *FROM up to, and without, *TO. */
void wordtable_range(const struct wordtable *t, const char *prefix, size_t len, size_t *from, size_t *to);

/* How a word of the table differs from the word that was asked for. */
enum wordtable_edit {
	EDIT_ANOTHER,   /* a letter is another one */
	EDIT_LESS,      /* it lacks a letter */
	EDIT_MORE,      /* it has a letter more */
	EDIT_SWAPPED,   /* two neighbouring letters have changed places */
	EDIT_MOVED      /* a letter stands two places or more from where it was */
};

struct wordtable_similar {
	const char *text;
	size_t len;
	enum wordtable_edit edit;
	bool first, last;     /* the edit changes the first letter, or the last letter */
};

/* Options of wordtable_similar, bits. */
enum {
	SIMILAR_MOVED = 1,       /* finds EDIT_MOVED, too */
	SIMILAR_ENDS = 2         /* finds only words with the same first and last letter, which is much quicker */
};

/* Puts the words of letters that are one edit from WORD into OUT, WORDTABLE_SIMILAR_MAX at most; returns their number. A
 * WORD of other characters than letters, or of over 64 letters, has none. */
size_t wordtable_similar(const struct wordtable *t, const char *word, size_t len, unsigned how, struct wordtable_similar *out);

#endif
