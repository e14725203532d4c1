/* SPDX-License-Identifier: GPL-2.0-or-later
 *
 * The packed values of a document's slots (schema.h): the row that a search
 * shows, and what the article was made from, each with sums by which damage
 * shows. Nothing is owned.
 */
#ifndef ENGINE_STORE_ROW_H
#define ENGINE_STORE_ROW_H

#include <stddef.h>
#include <stdint.h>

#include "base/buf.h"

struct row {              /* the strings are borrowed from the packed value */
	const char *id, *date, *source, *title;
	size_t id_len, date_len, source_len, title_len;
	uint32_t record;      /* row_sum() of the document's data, the stored record */
};

/* The packed value of SLOT_ROW: four strings, each with a length of one or more bytes (LEB128), the sum of
 * the record, and row_sum() of all that (4 bytes each, least significant first): so a row and the text
 * that is shown with it are known for those of their article. Unpacking another is ST_CORRUPT. */
void row_pack(struct buf *out, const struct row *r);
enum status row_unpack(const char *data, size_t len, struct row *r) MUST_CHECK;
/* That of format 1, which had no sums. */
enum status row_unpack_1(const char *data, size_t len, struct row *r) MUST_CHECK;

/* The packed value of SLOT_CONTENT: record_hash() in 8 bytes, most significant first, the number of
 * the file that the article came from (LEB128; 0: none, as from standard input), and row_sum() of that
 * (4 bytes, as in a row). The file's absolute path is metadata "origin.N". */
struct content { uint64_t hash; uint32_t origin; };

void row_pack_content(struct buf *out, const struct content *c);
enum status row_unpack_content(const char *data, size_t len, struct content *c) MUST_CHECK;

/* A sum that tells damaged bytes from those that were written. */
uint32_t row_sum(const void *data, size_t len);

#endif
