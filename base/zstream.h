/* SPDX-License-Identifier: MIT
 *
 * zlib, in the two ways Dragoman uses it: reading a file that may be gzip, and
 * packing texts one by one against a preset dictionary. The only file that
 * includes zlib.h is zstream.c.
 */
#ifndef BASE_ZSTREAM_H
#define BASE_ZSTREAM_H

#include <stdbool.h>
#include <stddef.h>
#include <stdint.h>

#include "base/buf.h"

/* A reader over a file descriptor: plain bytes, or gzip (several members one
 * after the other as well), told apart by the first two bytes. */
struct zstream_reader;

/* FD is borrowed. NAME (borrowed for the reader's life) stands first in error
 * texts, unless it is NULL. */
enum status zstream_reader_new(struct zstream_reader **out, int fd, const char *name, struct error *err) MUST_CHECK;
/* Called before each read(2) of a file that may keep its reader waiting (a pipe), to wait for it; what
 * it fails with is what the reading then fails with. */
struct zstream_wait {
	enum status (*wait)(void *arg, int fd, struct error *err);
	void *arg;
};
/* The same over such a file. WAIT (NULL: nobody) is borrowed for the reader's life, and called from
 * here on. */
enum status zstream_reader_new_waiting(struct zstream_reader **out, int fd, const char *name, const struct zstream_wait *wait,
				       struct error *err) MUST_CHECK;
void zstream_reader_free(struct zstream_reader *z);
/* Up to CAP bytes into DATA; *GOT = 0 at the end. ST_CORRUPT for damaged or
 * truncated gzip and for other bytes after it (zeros are passed over), ST_IO
 * for a read that failed. */
enum status zstream_reader_read(struct zstream_reader *z, void *data, size_t cap, size_t *got, struct error *err) MUST_CHECK;
/* Bytes read from the file so far, as they are on disk. */
uint64_t zstream_reader_taken(const struct zstream_reader *z);

/* CRC-32 of DATA, as in gzip: tells a damaged dictionary, which would unpack to
 * another text, from the right one. */
uint32_t zstream_sum(const void *data, size_t len);

#define ZSTREAM_DICT_MAX 32768    /* bytes of a dictionary that deflate can use */

/* Packs texts, one at a time, raw deflate (RFC 1951). Not for two threads at once. */
struct zstream_packer;
enum status zstream_packer_new(struct zstream_packer **out, int level, const void *dict, size_t dict_len) MUST_CHECK;
void zstream_packer_free(struct zstream_packer *z);
/* Appends the packed form of TEXT to OUT. */
enum status zstream_packer_pack(struct zstream_packer *z, const void *text, size_t len, struct buf *out) MUST_CHECK;

/* The reverse, with the same dictionary; can stop early, so that a reader who
 * needs the beginning only does not pay for the rest. */
struct zstream_unpacker;
enum status zstream_unpacker_new(struct zstream_unpacker **out, const void *dict, size_t dict_len) MUST_CHECK;
void zstream_unpacker_free(struct zstream_unpacker *z);
/* Starts on PACKED, which stays in place (borrowed) until the last unpack. */
enum status zstream_unpacker_begin(struct zstream_unpacker *z, const void *packed, size_t len) MUST_CHECK;
/* Appends up to WANT bytes to OUT; fewer only at the end (*END set; where the
 * text ends just at WANT, perhaps only by the next call, which appends nothing).
 * ST_CORRUPT where the packed bytes are damaged, cut or followed by others. */
enum status zstream_unpacker_more(struct zstream_unpacker *z, size_t want, struct buf *out, bool *end) MUST_CHECK;

#endif
