/* SPDX-License-Identifier: MIT
 *
 * Making gzip data for tests: a member around what zstream_packer packs. Owns nothing.
 */
#ifndef TESTS_UNIT_GZIP_H
#define TESTS_UNIT_GZIP_H

#include <stdint.h>

#include "base/zstream.h"

static inline void
gzip_le32(struct buf *out, uint32_t v)
{
	int i;

	for (i = 0; i < 4; i++)
		buf_addc(out, (char)(v >> (8 * i)));
}

/* Appends TEXT as one gzip member (RFC 1952) to OUT. */
static inline enum status
gzip_member(struct buf *out, const char *text, size_t len)
{
	static const char head[10] = { 0x1f, (char)0x8b, 8, 0, 0, 0, 0, 0, 0, 3 };
	uint32_t crc = 0xFFFFFFFF;
	struct zstream_packer *z;
	enum status st;
	size_t i;
	int bit;

	for (i = 0; i < len; i++) {
		crc ^= (unsigned char)text[i];
		for (bit = 0; bit < 8; bit++)
			crc = (crc >> 1) ^ (crc & 1 ? 0xEDB88320u : 0);
	}
	st = zstream_packer_new(&z, 6, NULL, 0);
	if (st != ST_OK)
		return st;
	buf_add(out, head, sizeof(head));
	st = zstream_packer_pack(z, text, len, out);
	gzip_le32(out, crc ^ 0xFFFFFFFF);
	gzip_le32(out, (uint32_t)len);
	zstream_packer_free(z);
	return st;
}

#endif
