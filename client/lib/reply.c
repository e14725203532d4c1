/* SPDX-License-Identifier: MIT */
#include "client/lib/reply.h"

#include <errno.h>
#include <stdlib.h>
#include <string.h>

#include "base/utf8.h"
#include "base/wire.h"
#include "client/lib/fail.h"
#include "client/lib/json.h"

struct dragoman_reply *
reply_new(void)
{
	return calloc(1, sizeof(struct dragoman_reply));
}

void
dragoman_reply_free(struct dragoman_reply *r)
{
	if (r == NULL)
		return;
	buf_fini(&r->text);
	buf_fini(&r->figures);
	buf_fini(&r->error);
	free(r->row);
	free(r->field);
	free(r->length);
	free(r);
}

static void
add_figure(struct dragoman_reply *r, const char *name, size_t name_len,
	   const char *value, size_t value_len)
{
	buf_add(&r->figures, name, name_len);
	buf_addc(&r->figures, '\0');
	buf_add(&r->figures, value, value_len);
	buf_addc(&r->figures, '\0');
}

static void
add_json_member(void *arg, const char *name, const char *value)
{
	struct dragoman_reply *r = arg;

	if (strcmp(name, "code") == 0)
		r->code = atoi(value);
	else if (strcmp(name, "error") == 0)
		buf_adds(&r->error, value);
	else if (strcmp(name, "t") != 0 && strcmp(name, "tag") != 0)
		add_figure(r, name, strlen(name), value, strlen(value));
}

/* Whether an error has a figure of that name. */
static bool
before_error(const char *key, size_t len)
{
	static const char *const names[] = { "col", "gen", "rev" };
	size_t i;

	for (i = 0; i < sizeof(names) / sizeof(names[0]); i++) {
		if (len == strlen(names[i]) && memcmp(key, names[i], len) == 0)
			return true;
	}
	return false;
}

/* The figures from *AT on, where it ends. In an ERROR only the figures that one has,
 * up to its text; otherwise words that are none are passed over. */
static void
read_figures(struct dragoman_reply *r, const char *line, size_t len, size_t *at, bool error)
{
	for (;;) {
		size_t before = *at;
		struct wire_pair pair;

		if (wire_option(line, len, at, &pair)) {
			if (error && !before_error(pair.key, pair.key_len)) {
				*at = before;
				return;
			}
			add_figure(r, pair.key, pair.key_len, pair.value, pair.value_len);
		} else if (error || *at >= len) {
			return;
		} else {
			*at += strcspn(line + *at, " ");   /* no figure: "dragoman/0.1.0" */
		}
	}
}

/* ". CODE [@TAG] key=value ... [text]". The text of an error may itself begin
 * like a figure ("limit=x is no number"), so before it only a few count. */
static enum dragoman_status
read_text_end(struct dragoman_reply *r, const char *line, size_t len)
{
	size_t at = 5;

	if (len < 5 || strspn(line + 2, "0123456789") < 3 || (len > 5 && line[5] != ' '))
		return DRAGOMAN_PROTOCOL;
	r->code = atoi(line + 2);
	if (len > 6 && line[6] == '@')
		at = 6 + strcspn(line + 6, " ");
	read_figures(r, line, len, &at, r->code >= 400);
	while (at < len && line[at] == ' ')
		at++;
	buf_add(&r->error, line + at, len - at);
	if (r->error.len > 0) {
		r->error.len = wire_unescape(r->error.data, r->error.len);
		r->error.data[r->error.len] = '\0';
	}
	return DRAGOMAN_OK;
}

/* Room for the widest row, so that walking the rows cannot fail. */
static bool
make_room(struct dragoman_reply *r)
{
	r->row = malloc(r->longest + 1);
	r->field = calloc(r->most + 1, sizeof(*r->field));
	r->length = calloc(r->most + 1, sizeof(*r->length));
	return r->row != NULL && r->field != NULL && r->length != NULL;
}

/* LINE is in the reply's text already, so it ends in NUL. */
static enum dragoman_status
finish(struct dragoman_reply *r, const char *line, size_t len, struct dragoman_error *err)
{
	enum dragoman_status status = line[0] == '{' ?
				      json_members(line, len, add_json_member, r) :
				      read_text_end(r, line, len);

	if (status == DRAGOMAN_NO_MEMORY || buf_status(&r->figures) != ST_OK ||
	    buf_status(&r->error) != ST_OK || !make_room(r))
		return fail_set(err, DRAGOMAN_NO_MEMORY, "out of memory");
	if (status != DRAGOMAN_OK || r->code < 100 || r->code > 999)
		return fail_set(err, DRAGOMAN_PROTOCOL, "an end line that cannot be read: %s",
				line);
	r->column = (int)dragoman_number(r, "col", 0);
	return DRAGOMAN_OK;
}

static bool
clean(const char *line, size_t len)
{
	size_t i;

	for (i = 0; i < len; i++) {
		unsigned char c = (unsigned char)line[i];

		if ((c < 0x20 && c != '\t') || c == 0x7F)
			return false;
	}
	return utf8_valid(line, len) == len;
}

/* Appends LINE and LF to the text; *OWN is where it is there, ended by NUL. */
static enum dragoman_status
add_line(struct dragoman_reply *r, const char *line, size_t len, const char **own,
	 struct dragoman_error *err)
{
	size_t start = r->text.len;

	if (!clean(line, len))
		return fail_set(err, DRAGOMAN_PROTOCOL, "the reply has bytes that are no text");
	buf_add(&r->text, line, len);
	buf_addc(&r->text, '\0');
	if (buf_status(&r->text) != ST_OK)
		return fail_set(err, DRAGOMAN_NO_MEMORY, "out of memory");
	*own = r->text.data + start;
	return DRAGOMAN_OK;
}

/* The line that add_line added is done with, its NUL becomes LF. */
static void
end_line(struct dragoman_reply *r)
{
	r->text.data[r->text.len - 1] = '\n';
}

enum dragoman_status
reply_row(struct dragoman_reply *r, const char *line, size_t len, struct dragoman_error *err)
{
	size_t i, fields = 0;
	const char *own;
	enum dragoman_status status = add_line(r, line, len, &own, err);

	if (status != DRAGOMAN_OK)
		return status;
	if (len == 0 || (own[0] == '{' ? json_is(own, len, ".") || json_is(own, len, "*") :
			 own[0] < 'A' || own[0] > 'Z' || (len > 1 && own[1] != '\t')))
		return fail_set(err, DRAGOMAN_PROTOCOL, "neither a row nor an end line: %s", own);
	for (i = 0; i < len; i++)
		fields += own[i] == '\t';
	r->most = fields > r->most ? fields : r->most;
	r->longest = len > r->longest ? len : r->longest;
	end_line(r);
	return DRAGOMAN_OK;
}

enum dragoman_status
reply_add(struct dragoman_reply *r, const char *line, size_t len, bool *done,
	  struct dragoman_error *err)
{
	size_t start = r->text.len;
	enum dragoman_status status;
	const char *own;

	*done = (len >= 2 && line[0] == '.' && line[1] == ' ') || json_is(line, len, ".");
	if (!*done)
		return reply_row(r, line, len, err);
	status = add_line(r, line, len, &own, err);
	if (status == DRAGOMAN_OK)
		status = finish(r, own, len, err);
	if (status == DRAGOMAN_OK) {
		r->end = start;
		end_line(r);
	}
	return status;
}

bool
reply_is_push(const char *line, size_t len)
{
	return (len >= 2 && line[0] == '*' && line[1] == ' ') || json_is(line, len, "*");
}

enum dragoman_status
reply_push(struct dragoman_reply *r, const char *line, size_t len, long long *rows,
	   struct dragoman_error *err)
{
	const char *own;
	size_t at = 2;
	enum dragoman_status status = add_line(r, line, len, &own, err);

	if (status != DRAGOMAN_OK)
		return status;
	if (own[0] == '{')
		status = json_members(own, len, add_json_member, r);
	else
		read_figures(r, own, len, &at, false);
	if (status == DRAGOMAN_NO_MEMORY || buf_status(&r->figures) != ST_OK)
		return fail_set(err, DRAGOMAN_NO_MEMORY, "out of memory");
	/* One that ends a watch has no rows. */
	*rows = dragoman_figure(r, "rows") != NULL ? dragoman_number(r, "rows", -1) : 0;
	if (status != DRAGOMAN_OK || *rows < 0)
		return fail_set(err, DRAGOMAN_PROTOCOL, "a push that cannot be read: %s", own);
	end_line(r);
	r->begin = r->at = r->text.len;
	return DRAGOMAN_OK;
}

enum dragoman_status
reply_push_end(struct dragoman_reply *r, struct dragoman_error *err)
{
	r->end = r->text.len;
	return make_room(r) ? DRAGOMAN_OK : fail_set(err, DRAGOMAN_NO_MEMORY, "out of memory");
}

enum dragoman_status
reply_verdict(const struct dragoman_reply *r, struct dragoman_error *err)
{
	if (r->code < 400)
		return DRAGOMAN_OK;
	fail_set(err, DRAGOMAN_REFUSED, "%s", r->error.len > 0 ? buf_str(&r->error) :
		 "the daemon gave no reason");
	if (err != NULL) {
		err->code = r->code;
		err->column = r->column;
	}
	return DRAGOMAN_REFUSED;
}

int
dragoman_next(struct dragoman_reply *r, struct dragoman_row *row)
{
	const char *line = buf_str(&r->text) + r->at;
	size_t len, n = 0;
	char *at, *end;

	if (r->at >= r->end)
		return 0;
	len = strcspn(line, "\n");
	r->at += len + 1;
	memcpy(r->row, line, len);
	r->row[len] = '\0';
	row->letter = line[0];
	row->field = r->field;
	row->length = r->length;
	if (line[0] == '{') {
		row->nfields = 1;
		r->field[0] = r->row;
		r->length[0] = len;
		return 1;
	}
	end = r->row + len;
	for (at = r->row + 1; at < end; n++) {
		char *tab;

		at++;   /* the TAB before the field */
		tab = memchr(at, '\t', (size_t)(end - at));
		if (tab == NULL)
			tab = end;
		r->field[n] = at;
		r->length[n] = wire_unescape(at, (size_t)(tab - at));
		at[r->length[n]] = '\0';
		at = tab;
	}
	row->nfields = n;
	return 1;
}

void
dragoman_rewind(struct dragoman_reply *r)
{
	r->at = r->begin;
}

const char *
dragoman_field(const struct dragoman_row *row, size_t n)
{
	return n < row->nfields ? row->field[n] : "";
}

int
dragoman_code(const struct dragoman_reply *r)
{
	return r->code;
}

const char *
dragoman_figure(const struct dragoman_reply *r, const char *name)
{
	const char *at = buf_str(&r->figures), *end = at + r->figures.len;

	while (at < end) {
		const char *value = at + strlen(at) + 1;

		if (strcmp(at, name) == 0)
			return value;
		at = value + strlen(value) + 1;
	}
	return NULL;
}

long long
dragoman_number(const struct dragoman_reply *r, const char *name, long long fallback)
{
	const char *text = dragoman_figure(r, name);
	long long n;
	char *end;

	if (text == NULL || *text == '\0')
		return fallback;
	errno = 0;
	n = strtoll(text, &end, 10);
	return *end == '\0' && errno == 0 ? n : fallback;
}

const char *
dragoman_text(const struct dragoman_reply *r, size_t *length)
{
	*length = r->text.len;
	return buf_str(&r->text);
}
