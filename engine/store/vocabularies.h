/* SPDX-License-Identifier: GPL-2.0-or-later
 *
 * The newest vocabulary, which searchers share: the first of them to look after a
 * commit brings it up to date. All of it may be called by several threads; it is
 * gone with its last holder.
 */
#ifndef ENGINE_STORE_VOCABULARIES_H
#define ENGINE_STORE_VOCABULARIES_H

#include "engine/store/vocabulary.h"

struct vocabularies;

/* The first holder is the caller. */
enum status vocabularies_new(struct vocabularies **out, struct error *err) MUST_CHECK;
struct vocabularies *vocabularies_hold(struct vocabularies *vs);   /* one holder more; VS */
void vocabularies_release(struct vocabularies *vs);                /* NULL is fine */

/* A vocabulary that has all words of DB, whose state is M; to be given back with vocabulary_release. The first to ask
 * after a commit brings it up to date, others wait for that. ST_CORRUPT where the terms cannot be read: then for
 * this state always, and at once. ST_STALE as any reading. */
enum status vocabularies_get(struct vocabularies *vs, struct xap_db *db, const struct manifest *m,
			     struct vocabulary **out, struct error *err) MUST_CHECK;

#endif
