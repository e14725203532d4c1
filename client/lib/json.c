/* SPDX-License-Identifier: MIT */
#include "client/lib/json.h"

#include <string.h>

#include "base/buf.h"
#include "base/utf8.h"

struct cursor {
	const char *at, *end;
};

static void
skip_blanks(struct cursor *c)
{
	while (c->at < c->end && strchr(" \t\r\n", *c->at) != NULL && *c->at != '\0')
		c->at++;
}

static bool
take(struct cursor *c, char what)
{
	skip_blanks(c);
	if (c->at >= c->end || *c->at != what)
		return false;
	c->at++;
	return true;
}

static bool
take_hex4(struct cursor *c, uint32_t *out)
{
	static const char digits[] = "0123456789abcdef";
	int i;

	*out = 0;
	if (c->end - c->at < 4)
		return false;
	for (i = 0; i < 4; i++) {
		char low = *c->at >= 'A' && *c->at <= 'F' ? (char)(*c->at + 32) : *c->at;
		const char *d = low != '\0' ? strchr(digits, low) : NULL;

		if (d == NULL)
			return false;
		*out = *out * 16 + (uint32_t)(d - digits);
		c->at++;
	}
	return true;
}

/* Behind "\u": the character, joined from a surrogate pair if need be. */
static bool
take_escape(struct cursor *c, struct buf *out)
{
	uint32_t cp, low;
	char bytes[4];

	if (!take_hex4(c, &cp))
		return false;
	if (cp >= 0xD800 && cp <= 0xDBFF) {
		if (c->end - c->at < 2 || c->at[0] != '\\' || c->at[1] != 'u')
			return false;
		c->at += 2;
		if (!take_hex4(c, &low) || low < 0xDC00 || low > 0xDFFF)
			return false;
		cp = 0x10000 + ((cp - 0xD800) << 10) + (low - 0xDC00);
	} else if (cp >= 0xDC00 && cp <= 0xDFFF) {
		return false;
	}
	buf_add(out, bytes, utf8_put(bytes, cp));
	return true;
}

static bool
take_string(struct cursor *c, struct buf *out)
{
	static const char from[] = "\"\\/bfnrt", to[] = "\"\\/\b\f\n\r\t";

	buf_clear(out);
	if (!take(c, '"'))
		return false;
	while (c->at < c->end && *c->at != '"') {
		const char *short_form;

		if (*c->at != '\\') {
			buf_addc(out, *c->at++);
			continue;
		}
		if (++c->at >= c->end || *c->at == '\0')
			return false;
		short_form = strchr(from, *c->at);
		if (short_form != NULL) {
			buf_addc(out, to[short_form - from]);
			c->at++;
		} else if (*c->at++ != 'u' || !take_escape(c, out)) {
			return false;
		}
	}
	return take(c, '"');
}

/* A number, true, false or null. */
static bool
take_word(struct cursor *c, struct buf *out)
{
	static const char chars[] = "+-.0123456789abcdefghijklmnopqrstuvwxyzE";

	buf_clear(out);
	while (c->at < c->end && *c->at != '\0' && strchr(chars, *c->at) != NULL)
		buf_addc(out, *c->at++);
	return out->len > 0;
}

/* An array or object, strings in it respected. */
static bool
skip_nested(struct cursor *c, struct buf *scratch)
{
	size_t depth = 0;

	do {
		skip_blanks(c);
		if (c->at >= c->end)
			return false;
		if (*c->at == '"') {
			if (!take_string(c, scratch))
				return false;
			continue;
		}
		depth += *c->at == '{' || *c->at == '[';
		depth -= *c->at == '}' || *c->at == ']';
		c->at++;
	} while (depth > 0);
	return true;
}

/* The string at the cursor is TEXT, written without escapes. */
static bool
take_exactly(struct cursor *c, const char *text)
{
	size_t len = strlen(text);

	if (!take(c, '"') || (size_t)(c->end - c->at) <= len ||
	    memcmp(c->at, text, len) != 0 || c->at[len] != '"')
		return false;
	c->at += len + 1;
	return true;
}

bool
json_is(const char *line, size_t len, const char *kind)
{
	struct cursor c = { line, line + len };

	return take(&c, '{') && take_exactly(&c, "t") && take(&c, ':') &&
	       take_exactly(&c, kind);
}

/* One member, from its name to its value. */
static bool
take_member(struct cursor *c, struct buf *name, struct buf *value, bool *scalar)
{
	if (!take_string(c, name) || !take(c, ':'))
		return false;
	skip_blanks(c);
	*scalar = c->at < c->end && *c->at != '{' && *c->at != '[';
	if (!*scalar)
		return c->at < c->end && skip_nested(c, value);
	return *c->at == '"' ? take_string(c, value) : take_word(c, value);
}

enum dragoman_status
json_members(const char *line, size_t len,
	     void (*member)(void *arg, const char *name, const char *value), void *arg)
{
	struct cursor c = { line, line + len };
	struct buf name = BUF_INIT, value = BUF_INIT;
	enum dragoman_status status = DRAGOMAN_OK;
	bool more = take(&c, '{'), closed = false, scalar = false;

	while (more && status == DRAGOMAN_OK) {
		if (!take_member(&c, &name, &value, &scalar))
			status = DRAGOMAN_PROTOCOL;
		if (buf_status(&name) != ST_OK || buf_status(&value) != ST_OK)
			status = DRAGOMAN_NO_MEMORY;
		if (status == DRAGOMAN_OK && scalar)
			member(arg, buf_str(&name), buf_str(&value));
		more = take(&c, ',');
		closed = !more && take(&c, '}');
	}
	skip_blanks(&c);
	if (status == DRAGOMAN_OK && (!closed || c.at != c.end))
		status = DRAGOMAN_PROTOCOL;
	buf_fini(&name);
	buf_fini(&value);
	return status;
}
