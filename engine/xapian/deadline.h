/* SPDX-License-Identifier: GPL-2.0-or-later
 *
 * Looking at the clock: whether a request that came with a struct xap_deadline
 * (xap.h) has to stop. Owns nothing.
 */
#ifndef ENGINE_XAPIAN_DEADLINE_H
#define ENGINE_XAPIAN_DEADLINE_H

#include "engine/xapian/xap.h"

/* ST_DEADLINE or ST_CANCELLED when it is time to stop; D may be NULL: it never is. Cheap
 * enough to be called once for each article or thousand words. */
enum status deadline_check(const struct xap_deadline *d, struct error *err) MUST_CHECK;

#endif
