/* SPDX-License-Identifier: GPL-2.0-or-later
 *
 * The date of the newest article, as the article gives it. Owns nothing.
 */
#ifndef INDEXER_WRITE_NEWEST_H
#define INDEXER_WRITE_NEWEST_H

#include <stdbool.h>

#include "engine/store/manifest.h"
#include "engine/xapian/xap.h"

#define NEWEST_MAX sizeof(((struct manifest *)0)->newest)

/* The date of the article that sort=-date puts first; "" when no article has a date. */
enum status newest_find(struct xap_db *db, char date[NEWEST_MAX], struct error *err) MUST_CHECK;
/* Whether A is before B; a text that is no date is before every date, and nothing is before it. */
bool newest_before(const char *a, const char *b);

#endif
