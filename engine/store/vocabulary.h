/* SPDX-License-Identifier: GPL-2.0-or-later
 *
 * The words of the index in memory, with the names and headlines that SUGGEST
 * completes, the acronyms that articles explain and what they stand for: what a
 * misspelling is looked for in, and what tells without a look at the database that
 * there is nothing of the kind. It is read from the list of all terms once for each generation and then follows the commits through the
 * journal of changes, so that what a commit costs grows with the commit. Words
 * that are gone stay in it until it is read anew, and its counts are about
 * right: whoever uses it asks the database for what it shows.
 *
 * Searchers share one struct vocabularies (all of it may be called by several
 * threads), which keeps the newest vocabulary; each of those is never changed
 * once it is there, and lives until the last who got it gives it back.
 */
#ifndef ENGINE_STORE_VOCABULARY_H
#define ENGINE_STORE_VOCABULARY_H

#include "engine/store/manifest.h"
#include "engine/store/wordtable.h"
#include "engine/xapian/xap.h"

struct vocabulary;
struct vocabularies;

/* The first holder is the caller. */
enum status vocabularies_new(struct vocabularies **out, struct error *err) MUST_CHECK;
struct vocabularies *vocabularies_hold(struct vocabularies *vs);   /* one holder more; VS */
void vocabularies_release(struct vocabularies *vs);                /* NULL is fine */

/* One that has all words of DB, whose state is M; to be given back with vocabulary_release. Who comes first after
 * a commit brings it up to date, others wait for that. ST_CORRUPT where the terms cannot be read: then for
 * this state always, and at once. ST_STALE as any reading. */
enum status vocabularies_get(struct vocabularies *vs, struct xap_db *db, const struct manifest *m,
			     struct vocabulary **out, struct error *err) MUST_CHECK;
void vocabulary_release(struct vocabulary *v);                     /* NULL is fine */

/* As wordtable_near, of all its words. */
size_t vocabulary_near(const struct vocabulary *v, const char *word, size_t len, unsigned how,
		       struct wordtable_near out[WORDTABLE_NEAR_MAX]);

/* A term that begins as was asked, and about how many articles have it. */
struct vocabulary_term { const char *text; size_t len; uint32_t count; };
/* The LIMIT most frequent terms that begin with PREFIX, most frequent first, into OUT; returns how many. A term may come
 * twice. */
size_t vocabulary_best(const struct vocabulary *v, const char *prefix, size_t len, size_t limit,
		       struct vocabulary_term *out);
/* Whether a term begins with PREFIX, or did. */
bool vocabulary_begins(const struct vocabulary *v, const char *prefix, size_t len);
/* All its terms, for tests and figures. */
size_t vocabulary_size(const struct vocabulary *v);

#endif
