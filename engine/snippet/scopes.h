/* SPDX-License-Identifier: GPL-2.0-or-later
 *
 * Scopes: where in an article the marks of a plan count. A word that the query asks
 * for in a quotation or section is highlighted there and nowhere else.
 *
 * Owns its arrays; the plan is borrowed while scopes_read runs.
 */
#ifndef ENGINE_SNIPPET_SCOPES_H
#define ENGINE_SNIPPET_SCOPES_H

#include <stdbool.h>
#include <stddef.h>
#include <stdint.h>

#include "engine/plan/plan.h"
#include "engine/proximity/near.h"

struct scopes { struct near_stretches *v; size_t n, cap; uint32_t base; };   /* base: the position of the body's first word */

void scopes_fini(struct scopes *s);
/* Reads the scopes of article DOCID. */
enum status scopes_read(struct scopes *s, struct xap_db *db, uint32_t docid, const struct plan *plan, struct error *err) MUST_CHECK;
/* Whether a mark with this SCOPE (see struct mark) counts at the Nth word of the body, from 0. */
bool scopes_has(const struct scopes *s, unsigned scope, uint32_t n);

#endif
