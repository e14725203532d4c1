/* SPDX-License-Identifier: GPL-2.0-or-later
 *
 * Finds the quotations of an article that a query asks for: by their speaker, and
 * by words in them. Owns its memory; not for two threads at once.
 */
#ifndef ENGINE_SEARCH_QUOTE_READER_H
#define ENGINE_SEARCH_QUOTE_READER_H

#include "engine/plan/plan.h"
#include "engine/quotes/quotes.h"

struct quote_reader;

enum status quote_reader_new(struct quote_reader **out, struct error *err) MUST_CHECK;
void quote_reader_free(struct quote_reader *r);
/* Call once for each query. SPEAKER (NULL: any) is a name whose words must stand, in this order, in the speaker's name
 * or office. A quotation must have a match of one of MARKS (borrowed until the next call) or, with ALL, of a mark of
 * each group. */
enum status quote_reader_query(struct quote_reader *r, struct analyser *an, const char *speaker,
			       const struct mark *marks, size_t nmarks, bool all, struct error *err) MUST_CHECK;
/* The quotations of A that were asked for, in order, valid until the next call. DEADLINE (may be NULL) holds within an
 * article, too. */
enum status quote_reader_find(struct quote_reader *r, struct analyser *an, const struct article *a,
			      const struct xap_deadline *deadline, const struct quote **out, size_t *n,
			      struct error *err) MUST_CHECK;

#endif
