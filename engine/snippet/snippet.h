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

#define SNIPPET_CHARS 240   /* length aimed at, in characters, marks not counted */
#define SNIPPET_BYTES 65536        /* of the text, looked through for a better passage */
#define SNIPPET_BYTES_NONE 1048576 /* of the text, looked through for any */

struct snippeter;

enum status snippeter_new(struct snippeter **out, struct error *err) MUST_CHECK;
void snippeter_free(struct snippeter *sn);
/* To be called once for each query; MARKS and the two strings are borrowed until the next call. */
enum status snippeter_query(struct snippeter *sn, const struct mark *marks, size_t nmarks,
			    const char *open, const char *close, struct error *err) MUST_CHECK;
/* To be called before snippeter_make where PLAN, whose marks these are, has scopes: they count there alone. */
enum status snippeter_confine(struct snippeter *sn, struct xap_db *db, uint32_t docid, const struct plan *plan,
			      struct error *err) MUST_CHECK;
/* Appends the best passage of the article whose stored record (document data) is
 * DATA to OUT: one line of text, marks around what matched, "..." where it
 * begins or ends inside a sentence. Without a match in the body: its beginning.
 * Reads no further than a passage with all words of the query, and at most
 * SNIPPET_BYTES, or SNIPPET_BYTES_NONE while nothing was found. */
enum status snippeter_make(struct snippeter *sn, struct zstream_unpacker *texts, const char *data, size_t len,
			   struct buf *out, struct error *err) MUST_CHECK;

#endif
