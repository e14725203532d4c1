/* SPDX-License-Identifier: GPL-2.0-or-later
 *
 * Reading an article for those of its quotations that a query asks for: by
 * whom, and with which words in them. Owns its memory; not for two threads at
 * once.
 */
#ifndef ENGINE_SEARCH_QUOTE_READER_H
#define ENGINE_SEARCH_QUOTE_READER_H

#include "engine/plan/plan.h"
#include "engine/quotes/quotes.h"

struct quote_reader;

enum status quote_reader_new(struct quote_reader **out, struct error *err) MUST_CHECK;
void quote_reader_free(struct quote_reader *r);
/* Once for each query. SPEAKER (NULL: whoever) is a name whose words must stand so in the speaker's or the
 * office; of the MARKS (borrowed until the next call) one must stand in the quotation, or with ALL one of
 * each group. */
enum status quote_reader_query(struct quote_reader *r, struct analyser *an, const char *speaker,
			       const struct mark *marks, size_t nmarks, bool all, struct error *err) MUST_CHECK;
/* The quotations of A that were asked for, in order. Valid until the next call. */
enum status quote_reader_find(struct quote_reader *r, struct analyser *an, const struct article *a,
			      const struct quote **out, size_t *n, struct error *err) MUST_CHECK;

#endif
