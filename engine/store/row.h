/* SPDX-License-Identifier: GPL-2.0-or-later
 *
 * The packed values of a document's slots (schema.h): the row that a search
 * shows, and the article's hash and origin. Sums in them reveal damage. Nothing is
 * owned.
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
 * the record, and row_sum() of all bytes before (4 bytes each, least significant first). So a row and the text that
 * is shown with it are known to be of one article. Unpacking anything else is ST_CORRUPT. */
void row_pack(struct buf *out, const struct row *r);
enum status row_unpack(const char *data, size_t len, struct row *r) MUST_CHECK;
/* Unpacks a row of format 1, which had no sums. */
enum status row_unpack_1(const char *data, size_t len, struct row *r) MUST_CHECK;

/* The packed value of SLOT_CONTENT: record_hash() in 8 bytes, most significant first, the number of
 * the file that the article came from (LEB128; 0: no file, as for standard input), and row_sum() of both
 * (4 bytes, as in a row). The file's absolute path is metadata "origin.N". */
struct content { uint64_t hash; uint32_t origin; };

void row_pack_content(struct buf *out, const struct content *c);
enum status row_unpack_content(const char *data, size_t len, struct content *c) MUST_CHECK;

/* A checksum of LEN bytes at DATA. */
uint32_t row_sum(const void *data, size_t len);

#endif
