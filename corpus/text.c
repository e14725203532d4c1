/* SPDX-License-Identifier: GPL-2.0-or-later */
#include "corpus/text.h"

#include <stdlib.h>
#include <string.h>
#include <strings.h>

#include "base/utf8.h"
#include "corpus/intake.h"
#include "corpus/paragraphs.h"
#include "corpus/paths.h"

#define READ_BYTES 65536

struct cursor {
	const char *at, *end;
};

/* The next line, without its end (LF, CR LF or CR); false at the end. */
static bool
next_line(struct cursor *c, const char **line, size_t *len)
{
	const char *p = c->at;

	if (p == c->end)
		return false;
	while (p < c->end && *p != '\n' && *p != '\r')
		p++;
	*line = c->at;
	*len = (size_t)(p - c->at);
	if (p < c->end)
		p += *p == '\r' && p + 1 < c->end && p[1] == '\n' ? 2 : 1;
	c->at = p;
	return true;
}

/* The key that LINE begins with, its value in *VALUE; NULL: it is no such line. */
static const struct article_def *
find_key(const char *line, size_t len, const char **value, size_t *value_len)
{
	const char *colon = memchr(line, ':', len);
	const struct article_def *def;
	size_t i, n;

	if (colon == NULL)
		return NULL;
	n = (size_t)(colon - line);
	while (n > 0 && (line[n - 1] == ' ' || line[n - 1] == '\t'))
		n--;
	for (i = 0; (def = article_def(i)) != NULL; i++) {
		if (def->key == NULL || strlen(def->key) != n || strncasecmp(def->key, line, n) != 0)
			continue;
		*value = colon + 1;
		*value_len = len - (size_t)(colon + 1 - line);
		intake_trim(value, value_len);
		return def;
	}
	return NULL;
}

/* The entries of a list, with commas between them. */
static void
take_list(struct article *a, enum article_field list, const char *value, size_t len)
{
	const char *comma;
	size_t n;

	for (;;) {
		comma = memchr(value, ',', len);
		n = comma != NULL ? (size_t)(comma - value) : len;
		intake_entry(a, list, value, n);
		if (comma == NULL)
			return;
		value += n + 1;
		len -= n + 1;
	}
}

/* Takes the key lines; *LINE is then the headline, or empty at the end of all. */
static enum status
take_keys(struct article *a, struct cursor *c, const char **line, size_t *len, struct error *err)
{
	const struct article_def *key;
	const char *value;
	size_t value_len;
	bool any = false, over = false;

	while (next_line(c, line, len)) {
		intake_trim(line, len);
		if (*len == 0) {
			over = any;   /* a blank line ends the keys, but not before the first */
			continue;
		}
		key = over ? NULL : find_key(*line, *len, &value, &value_len);
		if (key == NULL)
			return ST_OK;
		any = true;
		if (key->kind == ARTICLE_LIST)
			take_list(a, key->field, value, value_len);
		else if (a->field[key->field].len > 0)
			return error_set(err, ST_INVALID, "two lines \"%s:\"", key->key);
		else
			intake_field(a, key->field, value, value_len);
	}
	*line = "";
	*len = 0;
	return ST_OK;
}

enum status
text_parse(struct article *a, const char *text, size_t len, const char *id, struct error *err)
{
	struct cursor c = { text, text + len }, body;
	enum paragraphs_mode mode = PARAGRAPHS_HEADINGS;
	const char *line;
	enum status st;
	size_t n;

	if (memchr(text, '\0', len) != NULL)
		return error_set(err, ST_INVALID, "a NUL byte, which no text has");
	st = take_keys(a, &c, &line, &n, err);
	if (st != ST_OK)
		return st;
	intake_field(a, ART_TITLE, line, n);
	body = c;
	if (next_line(&c, &line, &n)) {
		intake_trim(&line, &n);
		if (n == 0)
			mode = PARAGRAPHS_AFTER_BLANK;
	}
	st = paragraphs_add(a, body.at, (size_t)(body.end - body.at), mode, err);
	if (st != ST_OK)
		return st;
	if (a->field[ART_ID].len == 0)
		buf_adds(&a->field[ART_ID], id);
	return intake_check(a, err);
}

/* What hangs on an open file. */
struct text {
	bool done;              /* its article was given, or is bad */
	struct buf all, spare;  /* the file; what was converted */
};

bool
text_looks_like(const char *name, size_t len)
{
	return paths_ends(name, len, ".txt");
}

enum status
text_open(struct format_file *f, struct error *err)
{
	f->own = calloc(1, sizeof(struct text));
	return f->own != NULL ? ST_OK : error_nomem(err);
}

void
text_close(struct format_file *f)
{
	struct text *t = f->own;

	if (t == NULL)
		return;
	buf_fini(&t->all);
	buf_fini(&t->spare);
	free(t);
	f->own = NULL;
}

/* Reads the whole file into ALL. */
static enum status
slurp(struct zstream_reader *from, struct buf *all, struct error *err)
{
	enum status st = ST_OK;
	size_t got = 1;
	char *to;

	while (st == ST_OK && got > 0) {
		if (all->len > TEXT_FILE_MAX)
			return error_set(err, ST_INVALID, "a text file of over %u MiB", TEXT_FILE_MAX >> 20);
		to = buf_reserve(all, READ_BYTES);
		if (to == NULL)
			return error_nomem(err);
		st = zstream_reader_read(from, to, READ_BYTES, &got, err);
		if (st == ST_OK)
			all->len += got;
	}
	return st;
}

static enum status
read_article(struct format_file *f, struct article *a, struct error *err)
{
	struct text *t = f->own;
	enum status st = slurp(f->from, &t->all, err);
	const char *text = buf_str(&t->all);
	size_t len = t->all.len;

	if (st == ST_OK)
		st = intake_mark(&text, &len, err);
	if (st == ST_OK)
		st = intake_utf8(&text, &len, &t->spare, &f->converted, err);
	if (st == ST_OK && utf8_valid(f->id, strlen(f->id)) != strlen(f->id))
		st = error_set(err, ST_INVALID, "the file's name, which is the id, is not UTF-8");
	return st == ST_OK ? text_parse(a, text, len, f->id, err) : st;
}

enum status
text_next(struct format_file *f, struct article *a, bool *got, struct error *err)
{
	struct text *t = f->own;
	enum status st;

	*got = !t->done;
	if (t->done)
		return ST_OK;
	t->done = true;
	st = read_article(f, a, err);
	/* Where the one article is bad, nothing of the file was read. */
	return st == ST_INVALID ? ST_CORRUPT : st;
}
