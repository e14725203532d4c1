/* SPDX-License-Identifier: MIT */
#include "base/visible.h"

#include <stdbool.h>
#include <stdio.h>

#include "base/utf8.h"

#define UNIT 6   /* bytes of \uXXXX */

static bool
is_control(uint32_t cp)
{
	return cp < 0x20 || (cp >= 0x7F && cp <= 0x9F);
}

static bool
is_bidi(uint32_t cp)
{
	return cp == 0x061C || cp == 0x200E || cp == 0x200F || (cp >= 0x202A && cp <= 0x202E) ||
	       (cp >= 0x2066 && cp <= 0x2069);
}

/* Neither shown nor a control character. */
static bool
is_hidden(uint32_t cp)
{
	return is_bidi(cp) || cp == 0xFEFF || (cp >= 0xE0000 && cp <= 0xE007F) || cp == 0xE000 || cp == 0xE001;
}

size_t
visible_put(char out[VISIBLE_MAX], uint32_t cp)
{
	if (cp == '\t' || cp == '\n' || cp == '\r' || cp == 0x85 || cp == 0x2028 || cp == 0x2029)
		cp = ' ';
	else if (is_control(cp) || is_hidden(cp))
		return (size_t)snprintf(out, VISIBLE_MAX, "<U+%04X>", (unsigned)cp);
	return utf8_put(out, cp);
}

/* \uXXXX; a text may be full of them, so this is no snprintf. */
static size_t
put_unit(char *out, uint32_t unit)
{
	static const char digits[] = "0123456789abcdef";
	int shift;

	*out++ = '\\';
	*out++ = 'u';
	for (shift = 12; shift >= 0; shift -= 4)
		*out++ = digits[unit >> shift & 15];
	return UNIT;
}

size_t
visible_escape(char out[VISIBLE_MAX], uint32_t cp)
{
	if (cp == '"' || cp == '\\') {
		out[0] = '\\';
		out[1] = (char)cp;
		return 2;
	}
	if (!is_control(cp) && !is_hidden(cp))
		return 0;
	if (cp <= 0xFFFF)
		return put_unit(out, cp);
	cp -= 0x10000;
	return put_unit(out, 0xD800 + (cp >> 10)) + put_unit(out + UNIT, 0xDC00 + (cp & 0x3FF));
}

/* An ASCII character that stands as it is. */
static bool
is_plain(char c)
{
	return c >= 0x20 && c < 0x7F && c != '"' && c != '\\';
}

void
visible_json(struct buf *out, const char *text, size_t len)
{
	char escape[VISIBLE_MAX];
	size_t i, n, from = 0;
	uint32_t cp;

	for (i = 0; i < len; i += n) {
		size_t escaped;

		n = 1;
		if (is_plain(text[i]))
			continue;
		n = utf8_next(text + i, len - i, &cp);
		escaped = visible_escape(escape, cp);
		if (escaped == 0)
			continue;
		buf_add(out, text + from, i - from);
		buf_add(out, escape, escaped);
		from = i + n;
	}
	buf_add(out, text + from, len - from);
}
