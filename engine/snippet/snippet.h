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

struct snippet_maker;

enum status snippet_maker_new(struct snippet_maker **out, struct error *err) MUST_CHECK;
void snippet_maker_free(struct snippet_maker *sn);
/* To be called once for each query; MARKS and the two strings are borrowed until the next call. */
enum status snippet_maker_query(struct snippet_maker *sn, const struct mark *marks, size_t nmarks,
				const char *open, const char *close, struct error *err) MUST_CHECK;
/* To be called before snippet_make where PLAN, whose marks these are, has scopes: they count there alone. */
enum status snippet_maker_confine(struct snippet_maker *sn, struct xap_db *db, uint32_t docid, const struct plan *plan,
				  struct error *err) MUST_CHECK;
/* Appends the best passage of the article whose stored record (document data) is
 * DATA to OUT: one line of text, marks around what matched, "..." where it
 * begins or ends inside a sentence. Without a match in the body: its beginning.
 * Reads no further than a passage with all words of the query, and at most
 * SNIPPET_BYTES, or SNIPPET_BYTES_NONE while nothing was found. */
enum status snippet_make(struct snippet_maker *sn, struct zstream_unpacker *texts, const char *data, size_t len,
			 struct buf *out, struct error *err) MUST_CHECK;

#endif
