/* SPDX-License-Identifier: GPL-2.0-or-later
 *
 * The vocabulary: the words of the index in memory, the names and headlines that
 * SUGGEST completes, and the acronyms that articles explain with their expansions.
 * Misspellings are looked up in it, and it tells without a look at the database
 * that no term begins in some way. It is read from the list of all terms once for
 * each generation and then follows the commits through the journal of changes, so
 * that its cost for a commit grows with the commit. A word that is gone stays in it
 * until it is read anew, and its counts are only about right: ask the database
 * before you show one of its terms.
 *
 * A vocabulary never changes once it is made, may be asked by several threads, and lives
 * until the last holder has released it. Searchers share the newest (vocabularies.h).
 */
#ifndef ENGINE_STORE_VOCABULARY_H
#define ENGINE_STORE_VOCABULARY_H

#include "engine/store/manifest.h"
#include "engine/store/wordtable.h"
#include "engine/xapian/xap.h"

struct vocabulary;

/* The words of DB, whose state is M: those of BEFORE and what the commits since then changed where BEFORE (or NULL) is
 * of the same generation, else read anew. The first holder is the caller. ST_CORRUPT where the terms cannot be read. */
enum status vocabulary_make(struct vocabulary **out, const struct vocabulary *before, struct xap_db *db,
			    const struct manifest *m, struct error *err) MUST_CHECK;
struct vocabulary *vocabulary_hold(struct vocabulary *v);          /* one holder more; V */
void vocabulary_release(struct vocabulary *v);                     /* NULL is fine */
/* Whether V has all words of the state M. */
bool vocabulary_has(const struct vocabulary *v, const struct manifest *m);

/* As wordtable_similar, for all words of V. */
size_t vocabulary_similar(const struct vocabulary *v, const char *word, size_t len, unsigned how,
		       struct wordtable_similar out[WORDTABLE_SIMILAR_MAX]);

/* A term, and about how many articles have it. */
struct vocabulary_term { const char *text; size_t len; uint32_t count; };
/* The LIMIT most frequent terms that begin with PREFIX, most frequent first, into OUT; returns how many. A term may come
 * twice. */
size_t vocabulary_best(const struct vocabulary *v, const char *prefix, size_t len, size_t limit,
		       struct vocabulary_term *out);
/* Whether a term begins with PREFIX, or has begun so before it was removed. */
bool vocabulary_begins(const struct vocabulary *v, const char *prefix, size_t len);
/* The number of V's terms, for tests and figures. */
size_t vocabulary_size(const struct vocabulary *v);

#endif
