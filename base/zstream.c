/* SPDX-License-Identifier: MIT */
#include "base/zstream.h"

#include <errno.h>
#include <limits.h>
#include <stdlib.h>
#include <string.h>
#include <unistd.h>

#define ZLIB_CONST
#include <zlib.h>

#define READ_SIZE 65536
#define RAW_DEFLATE (-MAX_WBITS)
#define GZIP_ONLY (16 + MAX_WBITS)
#define UNPACK_STEP 16384

enum ztail { ZTAIL_NONE, ZTAIL_NEXT, ZTAIL_ZEROS };

struct zstream_reader {
	int fd;
	const char *name, *colon;
	const struct zstream_wait *wait;
	uint64_t taken;
	bool gzip, eof;
	enum ztail tail;       /* behind the end of a gzip member */
	z_stream zs;           /* next_in and avail_in serve plain files too */
	unsigned char in[READ_SIZE];
};

/* Reads until NEED bytes stand at next_in or the file ends; what is left over
 * moves to the front. */
static enum status
fill(struct zstream_reader *z, size_t need, struct error *err)
{
	enum status st;
	ssize_t n;

	if (z->zs.avail_in >= need)
		return ST_OK;
	if (z->zs.avail_in > 0)
		memmove(z->in, z->zs.next_in, z->zs.avail_in);
	z->zs.next_in = z->in;
	while (!z->eof && z->zs.avail_in < need) {
		st = z->wait == NULL ? ST_OK : z->wait->wait(z->wait->arg, z->fd, err);
		if (st != ST_OK)
			return st;
		n = read(z->fd, z->in + z->zs.avail_in, READ_SIZE - z->zs.avail_in);
		if (n < 0 && errno == EINTR)
			continue;
		if (n < 0)
			return error_errno(err, errno, "%s%sread", z->name, z->colon);
		if (n == 0)
			z->eof = true;
		z->zs.avail_in += (uInt)n;
		z->taken += (uint64_t)n;
	}
	return ST_OK;
}

enum status
zstream_reader_new(struct zstream_reader **out, int fd, const char *name, struct error *err)
{
	return zstream_reader_new_waiting(out, fd, name, NULL, err);
}

enum status
zstream_reader_new_waiting(struct zstream_reader **out, int fd, const char *name, const struct zstream_wait *wait,
			   struct error *err)
{
	struct zstream_reader *z = calloc(1, sizeof(*z));
	enum status st;

	*out = NULL;
	if (z == NULL)
		return error_nomem(err);
	z->fd = fd;
	z->wait = wait;
	z->name = name != NULL ? name : "";
	z->colon = name != NULL ? ": " : "";
	st = fill(z, 2, err);
	if (st == ST_OK && z->zs.avail_in >= 2 && z->in[0] == 0x1f && z->in[1] == 0x8b) {
		if (inflateInit2(&z->zs, GZIP_ONLY) != Z_OK)
			st = error_nomem(err);
		else
			z->gzip = true;
	}
	if (st != ST_OK) {
		zstream_reader_free(z);
		return st;
	}
	*out = z;
	return ST_OK;
}

void
zstream_reader_free(struct zstream_reader *z)
{
	if (z == NULL)
		return;
	if (z->gzip)
		inflateEnd(&z->zs);
	free(z);
}

uint64_t
zstream_reader_taken(const struct zstream_reader *z)
{
	return z->taken;
}

static enum status
read_plain(struct zstream_reader *z, void *data, size_t cap, size_t *got, struct error *err)
{
	enum status st = fill(z, 1, err);
	size_t n;

	if (st != ST_OK)
		return st;
	n = z->zs.avail_in < cap ? z->zs.avail_in : cap;
	memcpy(data, z->zs.next_in, n);
	z->zs.next_in += n;
	z->zs.avail_in -= (uInt)n;
	*got = n;
	return ST_OK;
}

/* After a member: another one, the end, or the zeros with which some media
 * fill their last block. */
static enum status
next_member(struct zstream_reader *z, bool *end, struct error *err)
{
	enum status st = fill(z, 2, err);

	*end = false;
	if (st != ST_OK)
		return st;
	if (z->tail == ZTAIL_NEXT && z->zs.avail_in >= 2 &&
	    z->zs.next_in[0] == 0x1f && z->zs.next_in[1] == 0x8b) {
		inflateReset(&z->zs);
		z->tail = ZTAIL_NONE;
		return ST_OK;
	}
	z->tail = ZTAIL_ZEROS;
	while (z->zs.avail_in > 0) {
		if (*z->zs.next_in != 0)
			return error_set(err, ST_CORRUPT, "%s%sother bytes after the gzip data",
					 z->name, z->colon);
		z->zs.next_in++;
		z->zs.avail_in--;
		st = fill(z, 1, err);
		if (st != ST_OK)
			return st;
	}
	*end = true;
	return ST_OK;
}

static enum status
inflate_step(struct zstream_reader *z, struct error *err)
{
	enum status st = fill(z, 1, err);
	int rc;

	if (st != ST_OK)
		return st;
	if (z->zs.avail_in == 0)
		return error_set(err, ST_CORRUPT, "%s%sthe gzip data breaks off", z->name, z->colon);
	rc = inflate(&z->zs, Z_NO_FLUSH);
	if (rc == Z_STREAM_END)
		z->tail = ZTAIL_NEXT;
	else if (rc == Z_MEM_ERROR)
		return error_nomem(err);
	else if (rc != Z_OK && rc != Z_BUF_ERROR)
		return error_set(err, ST_CORRUPT, "%s%sdamaged gzip data (%s)", z->name, z->colon,
				 z->zs.msg != NULL ? z->zs.msg : "no details");
	return ST_OK;
}

enum status
zstream_reader_read(struct zstream_reader *z, void *data, size_t cap, size_t *got, struct error *err)
{
	uInt room = cap < UINT_MAX ? (uInt)cap : UINT_MAX;
	enum status st = ST_OK;
	bool end = false;

	*got = 0;
	if (!z->gzip)
		return read_plain(z, data, cap, got, err);
	z->zs.next_out = data;
	z->zs.avail_out = room;
	while (st == ST_OK && !end && z->zs.avail_out == room && room > 0) {
		if (z->tail != ZTAIL_NONE)
			st = next_member(z, &end, err);
		else
			st = inflate_step(z, err);
	}
	*got = room - z->zs.avail_out;
	return *got > 0 ? ST_OK : st;   /* what came before the damage first: inflate fails again */
}

/* The five blocks of a deflate state, twice over: those of the primed state,
 * and those of the copy, which are kept for the next copy. Without that, most
 * of a short text's time goes into getting fresh pages. */
#define POOL_BLOCKS 10

struct pool_block {
	void *data;
	size_t size;
	bool used;
};

struct zstream_packer {
	z_stream primed;   /* holds the dictionary, hashed once; each text works on a copy */
	struct pool_block pool[POOL_BLOCKS];
};

static void *
block_alloc(void *opaque, uInt items, uInt size)
{
	struct pool_block *pool = opaque, *b;
	size_t want = (size_t)items * size;
	int i;

	for (i = 0; i < POOL_BLOCKS && pool[i].data != NULL; i++) {
		if (!pool[i].used && pool[i].size == want) {
			pool[i].used = true;
			return pool[i].data;
		}
	}
	if (i == POOL_BLOCKS)
		return NULL;
	b = &pool[i];
	b->data = malloc(want);
	b->size = want;
	b->used = b->data != NULL;
	return b->data;
}

static void
block_free(void *opaque, void *data)
{
	struct pool_block *pool = opaque;
	int i;

	for (i = 0; i < POOL_BLOCKS; i++)
		if (pool[i].data == data)
			pool[i].used = false;
}

enum status
zstream_packer_new(struct zstream_packer **out, int level, const void *dict, size_t dict_len)
{
	struct zstream_packer *z = calloc(1, sizeof(*z));
	int rc;

	*out = NULL;
	if (z == NULL)
		return ST_NOMEM;
	z->primed.zalloc = block_alloc;
	z->primed.zfree = block_free;
	z->primed.opaque = z->pool;
	rc = deflateInit2(&z->primed, level, Z_DEFLATED, RAW_DEFLATE, 8, Z_DEFAULT_STRATEGY);
	if (rc != Z_OK) {
		zstream_packer_free(z);
		return rc == Z_MEM_ERROR ? ST_NOMEM : ST_INVALID;
	}
	if (dict_len > ZSTREAM_DICT_MAX ||
	    (dict_len > 0 && deflateSetDictionary(&z->primed, dict, (uInt)dict_len) != Z_OK)) {
		zstream_packer_free(z);
		return ST_INVALID;
	}
	*out = z;
	return ST_OK;
}

void
zstream_packer_free(struct zstream_packer *z)
{
	int i;

	if (z == NULL)
		return;
	deflateEnd(&z->primed);
	for (i = 0; i < POOL_BLOCKS; i++)
		free(z->pool[i].data);
	free(z);
}

enum status
zstream_packer_pack(struct zstream_packer *z, const void *text, size_t len, struct buf *out)
{
	z_stream zs;
	size_t room;
	char *to;
	int rc;

	if (len > UINT_MAX / 2)
		return ST_TOO_LARGE;
	if (deflateCopy(&zs, &z->primed) != Z_OK)
		return ST_NOMEM;
	room = deflateBound(&zs, len);
	to = buf_reserve(out, room);
	if (to == NULL) {
		deflateEnd(&zs);
		return ST_NOMEM;
	}
	zs.next_in = text;
	zs.avail_in = (uInt)len;
	zs.next_out = (Bytef *)to;
	zs.avail_out = (uInt)room;
	rc = deflate(&zs, Z_FINISH);
	deflateEnd(&zs);
	if (rc != Z_STREAM_END)
		return ST_INTERNAL;
	out->len += room - zs.avail_out;
	out->data[out->len] = '\0';
	return ST_OK;
}

struct zstream_unpacker {
	z_stream zs;
	unsigned char *dict;
	uInt dict_len;
	bool ended;
};

enum status
zstream_unpacker_new(struct zstream_unpacker **out, const void *dict, size_t dict_len)
{
	struct zstream_unpacker *z;

	*out = NULL;
	if (dict_len > ZSTREAM_DICT_MAX)
		return ST_INVALID;
	z = calloc(1, sizeof(*z));
	if (z == NULL)
		return ST_NOMEM;
	z->dict = malloc(dict_len > 0 ? dict_len : 1);
	if (z->dict == NULL || inflateInit2(&z->zs, RAW_DEFLATE) != Z_OK) {
		free(z->dict);
		free(z);
		return ST_NOMEM;
	}
	if (dict_len > 0)
		memcpy(z->dict, dict, dict_len);
	z->dict_len = (uInt)dict_len;
	z->ended = true;
	*out = z;
	return ST_OK;
}

void
zstream_unpacker_free(struct zstream_unpacker *z)
{
	if (z == NULL)
		return;
	inflateEnd(&z->zs);
	free(z->dict);
	free(z);
}

enum status
zstream_unpacker_begin(struct zstream_unpacker *z, const void *packed, size_t len)
{
	z->ended = true;
	if (len > UINT_MAX)
		return ST_TOO_LARGE;
	if (inflateReset(&z->zs) != Z_OK)
		return ST_INTERNAL;
	if (z->dict_len > 0 && inflateSetDictionary(&z->zs, z->dict, z->dict_len) != Z_OK)
		return ST_NOMEM;
	z->zs.next_in = packed;
	z->zs.avail_in = (uInt)len;
	z->ended = false;
	return ST_OK;
}

enum status
zstream_unpacker_more(struct zstream_unpacker *z, size_t want, struct buf *out, bool *end)
{
	size_t step, n;
	char *to;
	int rc = Z_OK;

	while (want > 0 && !z->ended) {
		/* Damaged bytes may claim any length: room is made as text comes. */
		step = want < UNPACK_STEP ? want : UNPACK_STEP;
		to = buf_reserve(out, step);
		if (to == NULL)
			return ST_NOMEM;
		z->zs.next_out = (Bytef *)to;
		z->zs.avail_out = (uInt)step;
		rc = inflate(&z->zs, Z_NO_FLUSH);
		n = step - z->zs.avail_out;
		out->len += n;
		out->data[out->len] = '\0';
		want -= n;
		if (rc == Z_STREAM_END)
			z->ended = true;
		else if (rc == Z_MEM_ERROR)
			return ST_NOMEM;
		else if (rc != Z_OK || (n < step && z->zs.avail_in == 0))
			return ST_CORRUPT;
	}
	*end = z->ended;
	return z->ended && z->zs.avail_in > 0 ? ST_CORRUPT : ST_OK;
}

/* ---- sums ---- */

uint32_t
zstream_sum(const void *data, size_t len)
{
	return (uint32_t)crc32_z(0, data, len);
}
