/* SPDX-License-Identifier: GPL-2.0-or-later
 *
 * Snippets: the passage of an article that best shows why it was found. Reads
 * the text once, from the front, and stops as soon as no better passage can
 * come. Not for two threads at once; owns its work memory.
 */
#ifndef ENGINE_SNIPPET_SNIPPET_H
#define ENGINE_SNIPPET_SNIPPET_H

#include "base/buf.h"
#include "base/zstream.h"
#include "engine/plan/plan.h"

#define SNIPPET_CHARS 240          /* the length that a snippet should have, in characters without its marks */
#define SNIPPET_BYTES 65536        /* no more of a text is read in search of a better passage ... */
#define SNIPPET_BYTES_NONE 1048576 /* ... or of the first match */

struct snippet_maker;

enum status snippet_maker_new(struct snippet_maker **out, struct error *err) MUST_CHECK;
void snippet_maker_free(struct snippet_maker *sn);
/* Call once for each query. Matches of MARKS are put between OPEN and CLOSE; all three are borrowed until the next
 * call. */
enum status snippet_maker_query(struct snippet_maker *sn, const struct mark *marks, size_t nmarks,
			    const char *open, const char *close, struct error *err) MUST_CHECK;
/* Call before snippet_make where PLAN, from which the marks come, has scopes: in article DOCID the marks count
 * within their scopes alone. */
enum status snippet_maker_confine(struct snippet_maker *sn, struct xap_db *db, uint32_t docid, const struct plan *plan,
			      struct error *err) MUST_CHECK;
/* Appends the best passage of the article whose stored record (document data) is
 * DATA to OUT: one line of text, matches highlighted, "..." where it
 * begins or ends inside a sentence. Without a match in the body: its beginning.
 * Reads no further than a passage with all words of the query, and at most
 * SNIPPET_BYTES, or SNIPPET_BYTES_NONE while nothing was found. */
enum status snippet_make(struct snippet_maker *sn, struct zstream_unpacker *texts, const char *data, size_t len,
			 struct buf *out, struct error *err) MUST_CHECK;

#endif
