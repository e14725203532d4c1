/* SPDX-License-Identifier: GPL-2.0-or-later
 *
 * The terms that some queries may ask an index for: what a small index has to
 * hold for their plans to find on it what they find on a whole one. Filled by
 * plan_wanted, asked by who makes the small index. Owns its strings.
 */
#ifndef ENGINE_STORE_WANTED_H
#define ENGINE_STORE_WANTED_H

#include <stdbool.h>
#include <stddef.h>

#include "base/status.h"

struct wanted;

enum wanted_as { WANTED_NOT, WANTED_TERM, WANTED_PLACES };   /* it alone; with its positions */

/* NULL: no memory. */
struct wanted *wanted_new(void);
void wanted_free(struct wanted *w);
enum status wanted_add(struct wanted *w, const char *term, size_t len, enum wanted_as as) MUST_CHECK;
/* All terms that begin with PREFIX, with their positions. */
enum status wanted_add_prefix(struct wanted *w, const char *prefix, size_t len) MUST_CHECK;
/* To be called after the last of these, before the first of those. */
void wanted_ready(struct wanted *w);
enum wanted_as wanted_find(const struct wanted *w, const char *term, size_t len);

#endif
