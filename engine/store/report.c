/* SPDX-License-Identifier: GPL-2.0-or-later */
#include "engine/store/report.h"

#include <stdio.h>
#include <stdlib.h>
#include <string.h>

#include "base/clock.h"
#include "base/file.h"
#include "base/utf8.h"
#include "engine/store/jsontext.h"

#define REPORT_MAX 65536

/* A file's name in an error may be of any bytes, JSON is UTF-8. */
static void
make_valid(char *text)
{
	size_t len = strlen(text), at = 0;

	while ((at += utf8_valid(text + at, len - at)) < len)
		text[at++] = '?';
}

enum status
report_json(const struct report *j, struct buf *out, struct error *err)
{
	char started[CLOCK_UTC_MAX], ended[CLOCK_UTC_MAX], first_error[sizeof(j->first_error)];
	json_t *object;

	clock_utc(j->started, started);
	clock_utc(j->ended, ended);
	strcpy(first_error, j->first_error);
	make_valid(first_error);
	jsontext_begin();
	object = json_pack("{s:s, s:s, s:s, s:i, s:I, s:I, s:I, s:I, s:I, s:I, s:s}",
			   "command", j->command, "started", started, "ended", ended, "exit", j->exit,
			   "added", (json_int_t)j->added, "replaced", (json_int_t)j->replaced,
			   "unchanged", (json_int_t)j->unchanged, "removed", (json_int_t)j->removed,
			   "skipped", (json_int_t)j->skipped, "errors", (json_int_t)j->errors,
			   "first_error", first_error);
	return jsontext_write_take(object, JSON_INDENT(1) | JSON_PRESERVE_ORDER, out, err);
}

static enum status
parse(const char *path, const struct buf *file, struct report *out, struct error *err)
{
	json_int_t added, replaced, unchanged, removed, skipped, errors;
	const char *command, *started, *ended, *first_error;
	json_error_t why;
	json_t *object;
	enum status st = jsontext_parse(&object, buf_str(file), file->len, path, err);

	if (st != ST_OK)
		return st;
	if (json_unpack_ex(object, &why, 0, "{s:s, s:s, s:s, s:i, s:I, s:I, s:I, s:I, s:I, s:I, s:s}",
			   "command", &command, "started", &started, "ended", &ended, "exit", &out->exit,
			   "added", &added, "replaced", &replaced, "unchanged", &unchanged,
			   "removed", &removed, "skipped", &skipped, "errors", &errors,
			   "first_error", &first_error) != 0)
		st = error_set(err, ST_CORRUPT, "%s: %s", path, why.text);
	else if (!clock_utc_parse(started, &out->started) || !clock_utc_parse(ended, &out->ended))
		st = error_set(err, ST_CORRUPT, "%s: a time that is none", path);
	if (st == ST_OK) {
		snprintf(out->command, sizeof(out->command), "%s", command);
		snprintf(out->first_error, sizeof(out->first_error), "%s", first_error);
		make_valid(out->first_error);
		out->added = (uint64_t)added;
		out->replaced = (uint64_t)replaced;
		out->unchanged = (uint64_t)unchanged;
		out->removed = (uint64_t)removed;
		out->skipped = (uint64_t)skipped;
		out->errors = (uint64_t)errors;
	}
	json_decref(object);
	return st;
}

enum status
report_read(const char *index, const char *name, struct report *out, struct error *err)
{
	struct buf file = BUF_INIT;
	char *path = file_join(index, name);
	enum status st;

	memset(out, 0, sizeof(*out));
	st = path == NULL ? error_nomem(err) :
		file_read(path, REPORT_MAX, &file, err);
	if (st == ST_TOO_LARGE)
		st = error_set(err, ST_CORRUPT, "%s: far too large for the report of a job", path);
	if (st == ST_OK)
		st = parse(path, &file, out, err);
	buf_fini(&file);
	free(path);
	return st;
}
