/* SPDX-License-Identifier: GPL-2.0-or-later
 *
 * A set of terms: the terms for which the plans of given queries may ask an
 * index. A small index that holds the wanted terms of its articles answers these
 * queries as the whole index would. plan_wanted fills the set; delta.c and
 * pairs.c, which make the small index, look terms up in it. Owns its strings.
 */
#ifndef ENGINE_STORE_WANTED_H
#define ENGINE_STORE_WANTED_H

#include <stdbool.h>
#include <stddef.h>

#include "base/error.h"

struct wanted;

enum wanted_as {
	WANTED_NOT,
	WANTED_TERM,      /* the term without positions */
	WANTED_POSITIONS     /* the term with its positions */
};

/* NULL: no memory. */
struct wanted *wanted_new(void);
void wanted_free(struct wanted *w);
/* Adds TERM; a term that was added before keeps the greater of both AS. */
enum status wanted_add(struct wanted *w, const char *term, size_t len, enum wanted_as as) MUST_CHECK;
/* Adds all terms that begin with PREFIX, with their positions. */
enum status wanted_add_prefix(struct wanted *w, const char *prefix, size_t len) MUST_CHECK;
/* Sorts the prefixes. Call once after the last wanted_add_prefix and before the first wanted_find. */
void wanted_ready(struct wanted *w);
/* Whether TERM is wanted, by itself or by a prefix, and as what. */
enum wanted_as wanted_find(const struct wanted *w, const char *term, size_t len);

#endif
