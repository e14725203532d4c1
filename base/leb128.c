/* SPDX-License-Identifier: MIT */
#include "base/leb128.h"

void
leb128_put(struct buf *out, uint64_t n)
{
	while (n >= 0x80) {
		buf_addc(out, (char)(n | 0x80));
		n >>= 7;
	}
	buf_addc(out, (char)n);
}

bool
leb128_get(const char **at, const char *end, uint64_t *n)
{
	unsigned shift;

	*n = 0;
	for (shift = 0; shift < 63 && *at < end; shift += 7) {
		unsigned char c = (unsigned char)*(*at)++;

		*n |= (uint64_t)(c & 0x7F) << shift;
		if (c < 0x80)
			return true;
	}
	return false;
}
