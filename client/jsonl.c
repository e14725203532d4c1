/* SPDX-License-Identifier: MIT */
#include "client/jsonl.h"

#include <stdbool.h>
#include <string.h>

#include "base/article.h"
#include "base/protocol.h"
#include "base/visible.h"

static void
add_string(struct buf *out, const char *text, size_t len)
{
	buf_addc(out, '"');
	visible_json(out, text, len);
	buf_addc(out, '"');
}

static void
add_field(struct buf *out, const struct dragoman_row *row, size_t n)
{
	add_string(out, dragoman_field(row, n), n < row->nfields ? row->length[n] : 0);
}

static bool
is_number(const char *text)
{
	size_t sign = *text == '-', whole = strspn(text + sign, "0123456789");
	const char *rest = text + sign + whole;

	if (whole == 0 || (whole > 1 && text[sign] == '0'))
		return false;
	if (*rest == '.')
		rest += 1 + strspn(rest + 1, "0123456789");
	return *rest == '\0' && rest[-1] != '.';
}

void
jsonl_hit(struct buf *out, const struct dragoman_row *row, long long rev)
{
	const char *const *name = protocol_rows[ROW_HIT].column;
	size_t i;

	buf_addf(out, "{\"t\":\"%c\"", protocol_rows[ROW_HIT].letter);
	for (i = 0; i <= DRAGOMAN_TITLE; i++) {
		buf_addf(out, ",\"%s\":", name[i]);
		if ((i == DRAGOMAN_RANK || i == DRAGOMAN_SCORE) &&
		    is_number(dragoman_field(row, i)))
			buf_adds(out, dragoman_field(row, i));
		else
			add_field(out, row, i);
	}
	buf_addf(out, ",\"rev\":%lld}\n", rev);
}

static bool
is_list(const char *key)
{
	const struct article_def *def;
	size_t i;

	for (i = 0; (def = article_def(i)) != NULL; i++)
		if (strcmp(key, def->name) == 0)
			return def->kind == ARTICLE_LIST;
	return false;
}

static void
add_fields(struct buf *out, struct dragoman_reply *reply)
{
	struct buf list = BUF_INIT;    /* the key of the list that is open */
	struct dragoman_row row;
	bool first = true;

	dragoman_rewind(reply);
	while (dragoman_next(reply, &row)) {
		const char *key = dragoman_field(&row, 0);

		if (row.letter != protocol_rows[ROW_FIGURE].letter)
			continue;
		if (list.len > 0 && strcmp(key, list.data) == 0) {
			buf_addc(out, ',');
			add_field(out, &row, 1);
			continue;
		}
		if (list.len > 0)
			buf_addc(out, ']');
		if (!first)
			buf_addc(out, ',');
		first = false;
		add_field(out, &row, 0);
		buf_addc(out, ':');
		buf_clear(&list);
		if (is_list(key)) {
			buf_adds(&list, key);
			buf_addc(out, '[');
		}
		add_field(out, &row, 1);
	}
	if (list.len > 0)
		buf_addc(out, ']');
	out->failed |= list.failed;
	buf_fini(&list);
}

void
jsonl_article(struct buf *out, struct dragoman_reply *reply)
{
	struct dragoman_row row;
	bool any = false;

	buf_addc(out, '{');
	add_fields(out, reply);
	dragoman_rewind(reply);
	while (dragoman_next(reply, &row)) {
		if (row.letter != protocol_rows[ROW_PARAGRAPH].letter)
			continue;
		/* With blank lines between them, no reader takes them for lines of one. */
		buf_adds(out, any ? "\\n\\n" : ",\"body\":\"");
		any = true;
		visible_json(out, dragoman_field(&row, 1), row.nfields > 1 ? row.length[1] : 0);
	}
	buf_adds(out, any ? "\"}\n" : "}\n");
}
