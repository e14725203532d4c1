/* SPDX-License-Identifier: GPL-2.0-or-later */
#include "corpus/intake.h"

#include <string.h>

#include <unicode/uchar.h>

#include "base/utf8.h"

enum status
intake_utf8(const char **text, size_t *len, struct buf *spare, bool *converted,
	    struct error *err)
{
	size_t good = utf8_valid(*text, *len);

	*converted = false;
	if (good == *len)
		return ST_OK;
	buf_clear(spare);
	if (!utf8_from_cp1252(*text, *len, spare)) {
		if (buf_status(spare) != ST_OK)
			return error_nomem(err);
		return error_set(err, ST_INVALID, "not UTF-8 (byte %zu), nor Windows-1252", good + 1);
	}
	if (buf_status(spare) != ST_OK)
		return error_nomem(err);
	*text = buf_str(spare);
	*len = spare->len;
	*converted = true;
	return ST_OK;
}

enum status
intake_mark(const char **text, size_t *len, struct error *err)
{
	if (*len >= 3 && memcmp(*text, "\xEF\xBB\xBF", 3) == 0) {
		*text += 3;
		*len -= 3;
	} else if (*len >= 2 && (memcmp(*text, "\xFF\xFE", 2) == 0 ||
				 memcmp(*text, "\xFE\xFF", 2) == 0)) {
		return error_set(err, ST_INVALID, "UTF-16 or UTF-32, which is not read: convert it to UTF-8");
	}
	return ST_OK;
}

size_t
intake_blank(const char *text, size_t len)
{
	unsigned char c = (unsigned char)*text;
	uint32_t cp;
	size_t n;

	if (c < 0x80)
		return c == ' ' || (c >= '\t' && c <= '\r');
	/* All others begin with C2, E1, E2 or E3. */
	if (c != 0xC2 && (c < 0xE1 || c > 0xE3))
		return 0;
	n = utf8_next(text, len, &cp);
	return u_isUWhiteSpace((UChar32)cp) ? n : 0;
}

/* The start of the character that ends at END. */
static size_t
step_back(const char *text, size_t end)
{
	size_t at = end - 1;

	while (at > 0 && end - at < 4 && ((unsigned char)text[at] & 0xC0) == 0x80)
		at--;
	return at;
}

void
intake_trim(const char **text, size_t *len)
{
	const char *t = *text;
	size_t n = *len, at;

	while (n > 0 && (at = intake_blank(t, n)) > 0) {
		t += at;
		n -= at;
	}
	while (n > 0) {
		at = step_back(t, n);
		if (intake_blank(t + at, n - at) != n - at)
			break;
		n = at;
	}
	*text = t;
	*len = n;
}

/* Appends TEXT, trimmed, on one line. */
static void
add_one_line(struct buf *b, const char *text, size_t len)
{
	size_t from = 0, at, gap;

	intake_trim(&text, &len);
	for (at = 0; at < len; at++) {
		if (text[at] < '\t' || text[at] > '\r')
			continue;
		for (gap = at; gap > from && text[gap - 1] == ' '; gap--)
			;
		buf_add(b, text + from, gap - from);
		buf_addc(b, ' ');
		while (text[at] == ' ' || (text[at] >= '\t' && text[at] <= '\r'))
			at++;
		from = at;
	}
	if (len > from)
		buf_add(b, text + from, len - from);
}

void
intake_field(struct article *a, enum article_field f, const char *text, size_t len)
{
	buf_clear(&a->field[f]);
	add_one_line(&a->field[f], text, len);
}

void
intake_entry(struct article *a, enum article_field l, const char *text, size_t len)
{
	struct buf *b = &a->field[l];
	size_t before = b->len;

	add_one_line(b, text, len);
	if (b->len > before)
		buf_addc(b, '\0');
}

static enum status
check_id(const struct buf *id, struct error *err)
{
	size_t at = 0;
	uint32_t cp;

	if (id->len == 0)
		return error_set(err, ST_INVALID, "neither id nor url");
	if (id->len > ARTICLE_ID_MAX)
		return error_set(err, ST_INVALID, "an id of %zu bytes, which is over %d",
				 id->len, ARTICLE_ID_MAX);
	while (at < id->len) {
		at += utf8_next(id->data + at, id->len - at, &cp);
		if (cp < 0x20 || (cp >= 0x7F && cp < 0xA0))
			return error_set(err, ST_INVALID, "a control character (U+%04X) in the id",
					 (unsigned)cp);
	}
	return ST_OK;
}

bool
intake_odd_date(const struct article *a, struct error *err)
{
	const struct buf *date = &a->field[ART_DATE];
	size_t n = date->len < 60 ? date->len : 60;
	char digits[15];

	if (date->len == 0 || article_date_digits(buf_str(date), digits))
		return false;
	n = utf8_valid(date->data, n);   /* no half character at the cut */
	(void)error_set(err, ST_INVALID, "date \"%.*s\" is not ISO 8601 (such as 2025-03-27): "
			"kept as text, the article counts as undated", (int)n, date->data);
	return true;
}

enum status
intake_check(const struct article *a, struct error *err)
{
	enum status st = article_status(a);

	if (st != ST_OK)
		return error_nomem(err);
	st = check_id(&a->field[ART_ID], err);
	if (st != ST_OK)
		return st;
	if (a->field[ART_TITLE].len == 0 && a->nparas == 0)
		return error_set(err, ST_INVALID, "neither headline nor text");
	return ST_OK;
}
