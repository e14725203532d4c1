/* SPDX-License-Identifier: GPL-2.0-or-later
 *
 * The record: how an article is stored as document data. A head with the fields,
 * the lists and the paragraphs' lengths, then the body, both packed as one stream
 * against the generation's dictionary. Before the stream stand, unpacked, the
 * language and the lengths, which a snippet needs to begin; it unpacks the text from
 * the front and stops.
 *
 *   data = language (LEB128 length, bytes), LEB128 bytes of the head, LEB128 bytes of the body,
 *          head and body as one raw deflate stream
 *   head = LEB128 number of the fields that are given, of each: LEB128 number (base/article.h), LEB128 length, bytes
 *          LEB128 number of paragraphs, of each: LEB128 (length * 2, + 1 for a heading)
 *
 * The fields stand in the order of their numbers. Up to format 3 a head began with the length and the bytes of
 * each of the first 14 fields, given or not.
 */
#ifndef ENGINE_STORE_RECORD_H
#define ENGINE_STORE_RECORD_H

#include <stddef.h>

#include "base/article.h"
#include "base/zstream.h"
#include "engine/xapian/xap.h"

/* Appends the packed form of A to OUT. */
enum status record_pack(struct zstream_packer *z, const struct article *a, struct buf *out) MUST_CHECK;

/* The XXH3 64-bit hash of head and body. Two articles with the same hash are taken for the same. ST_NOMEM. */
enum status record_hash(const struct article *a, uint64_t *hash) MUST_CHECK;

/* Unpacks the whole article into OUT (cleared first). ST_CORRUPT where DATA is no record. */
enum status record_unpack(struct zstream_unpacker *z, const char *data, size_t len, struct article *out, struct error *err) MUST_CHECK;

/* As record_unpack, until DEADLINE (may be NULL): ST_DEADLINE, ST_CANCELLED. */
enum status record_unpack_until(struct zstream_unpacker *z, const char *data, size_t len, const struct xap_deadline *deadline,
				struct article *out, struct error *err) MUST_CHECK;

/* The hash and the article of a record in the formats up to 3. */
enum status record_hash_3(const struct article *a, uint64_t *hash) MUST_CHECK;
enum status record_unpack_3(struct zstream_unpacker *z, const char *data, size_t len, struct article *out, struct error *err) MUST_CHECK;

/* Begins to unpack DATA from the front, for snippets: reads the head, gives the article's language (borrowed from
 * DATA, "" when it has none) and leaves Z at the body's first byte; zstream_unpacker_more then gives the
 * body in pieces, with paragraphs joined by single LFs. DATA is borrowed meanwhile. */
enum status record_begin(struct zstream_unpacker *z, const char *data, size_t len,
			 const char **lang, size_t *lang_len, struct error *err) MUST_CHECK;

#endif
