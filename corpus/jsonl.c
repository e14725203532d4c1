/* SPDX-License-Identifier: GPL-2.0-or-later */
#include "corpus/jsonl.h"

#include <pthread.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

#include <jansson.h>

#include "base/refusal.h"
#include "base/utf8.h"
#include "corpus/intake.h"
#include "corpus/lines.h"
#include "corpus/paragraphs.h"
#include "corpus/paths.h"

#define WHOLE_MAX 9007199254740992.0   /* 2^53: a real holds every whole number up to it */

static const char *
type_name(const json_t *value)
{
	switch (json_typeof(value)) {
	case JSON_OBJECT: return "an object";
	case JSON_ARRAY: return "a list";
	case JSON_STRING: return "a string";
	case JSON_INTEGER:
	case JSON_REAL: return "a number";
	case JSON_TRUE:
	case JSON_FALSE: return "true or false";
	case JSON_NULL: return "null";
	}
	return "something else";
}

/* The string at KEY; NULL with ST_OK when it is absent or null. */
static enum status
get_string(const json_t *object, const char *key, const json_t **out, struct error *err)
{
	const json_t *value = json_object_get(object, key);

	*out = NULL;
	if (value == NULL || json_is_null(value))
		return ST_OK;
	if (!json_is_string(value))
		return error_set(err, ST_INVALID, "\"%s\" is %s, not a string", key, type_name(value));
	*out = value;
	return ST_OK;
}

static enum status
take_text(struct article *a, const json_t *object, const struct article_def *def, struct error *err)
{
	const json_t *value;
	enum status st = get_string(object, def->name, &value, err);

	if (value != NULL)
		intake_field(a, def->field, json_string_value(value), json_string_length(value));
	return st;
}

/* A list of strings; a single string does for a list of one. */
static enum status
take_list(struct article *a, const json_t *object, const struct article_def *def, struct error *err)
{
	const json_t *value = json_object_get(object, def->name), *entry;
	size_t i;

	if (value == NULL || json_is_null(value))
		return ST_OK;
	if (json_is_string(value)) {
		intake_entry(a, def->field, json_string_value(value), json_string_length(value));
		return ST_OK;
	}
	if (!json_is_array(value))
		return error_set(err, ST_INVALID, "\"%s\" is %s, not a list of strings", def->name, type_name(value));
	for (i = 0; i < json_array_size(value); i++) {
		entry = json_array_get(value, i);
		if (json_is_null(entry))
			continue;
		if (!json_is_string(entry))
			return error_set(err, ST_INVALID, "\"%s\" holds %s, not strings only", def->name, type_name(entry));
		intake_entry(a, def->field, json_string_value(entry), json_string_length(entry));
	}
	return ST_OK;
}

/* An id that is a whole number; false: it is none. Numbers come as reals, so that none is too large to be passed over. */
static bool
take_number(struct article *a, const json_t *object)
{
	const json_t *value = json_object_get(object, "id");
	double real = json_is_real(value) ? json_real_value(value) : 0.5;
	char number[32];

	if (!(real > -WHOLE_MAX && real < WHOLE_MAX && (double)(int64_t)real == real))
		return false;
	snprintf(number, sizeof(number), "%.0f", real);
	intake_field(a, ART_ID, number, strlen(number));
	return true;
}

static enum status
take_object(struct article *a, const json_t *object, struct error *err)
{
	const struct article_def *def;
	const json_t *value;
	enum status st = ST_OK;
	size_t i;

	for (i = 0; st == ST_OK && (def = article_def(i)) != NULL; i++)
		if (def->kind == ARTICLE_LIST)
			st = take_list(a, object, def, err);
		else if (def->field != ART_ID || !take_number(a, object))
			st = take_text(a, object, def, err);
	if (st == ST_OK)
		st = get_string(object, "body", &value, err);
	if (st == ST_OK && value != NULL)
		st = paragraphs_add(a, json_string_value(value), json_string_length(value),
				    PARAGRAPHS_PLAIN, err);
	if (st != ST_OK)
		return st;
	if (a->field[ART_ID].len == 0)
		buf_add(&a->field[ART_ID], buf_str(&a->field[ART_URL]), a->field[ART_URL].len);
	return intake_check(a, err);
}

/* Jansson quotes what it stumbled over, and may cut it inside a character. */
static enum status
bad_json(json_error_t *json_err, struct error *err)
{
	char *text = json_err->text;
	size_t len = strlen(text), at;

	while ((at = utf8_valid(text, len)) < len)
		text[at] = '?';
	return error_set(err, ST_INVALID, "not valid JSON: %s, column %d", text, json_err->column);
}

static void
set_allocator(void)
{
	json_set_alloc_funcs(refusal_malloc, free);
}

enum status
jsonl_parse(struct article *a, const char *line, size_t len, struct error *err)
{
	static pthread_once_t once = PTHREAD_ONCE_INIT;
	json_error_t json_err;
	json_t *object;
	enum status st;

	pthread_once(&once, set_allocator);
	(void)refusal_seen();
	/* Numbers are not looked at: as reals, long ones do not overflow. */
	object = json_loadb(line, len, JSON_DECODE_ANY | JSON_DECODE_INT_AS_REAL, &json_err);
	/* Without memory Jansson takes a word for a wrong one, or leaves out a part of it. */
	if (refusal_seen()) {
		json_decref(object);
		return error_nomem(err);
	}
	if (object == NULL)
		return bad_json(&json_err, err);
	if (json_is_object(object))
		st = take_object(a, object, err);
	else
		st = error_set(err, ST_INVALID, "%s, not a JSON object", type_name(object));
	json_decref(object);
	return st;
}

/* What hangs on an open file. */
struct jsonl {
	struct lines lines;
	struct buf spare;    /* a line that was converted */
};

bool
jsonl_looks_like(const char *name, size_t len)
{
	return paths_ends(name, len, ".jsonl");
}

enum status
jsonl_open(struct format_file *f, struct error *err)
{
	struct jsonl *j = calloc(1, sizeof(*j));

	if (j == NULL)
		return error_nomem(err);
	lines_init(&j->lines, f->from);
	f->own = j;
	return ST_OK;
}

void
jsonl_close(struct format_file *f)
{
	struct jsonl *j = f->own;

	if (j == NULL)
		return;
	lines_fini(&j->lines);
	buf_fini(&j->spare);
	free(j);
	f->own = NULL;
}

/* The next line that is not blank, as UTF-8. */
static enum status
next_line(struct format_file *f, const char **text, size_t *len, bool *got, struct error *err)
{
	struct jsonl *j = f->own;
	struct line line;
	enum status st;

	do {
		st = lines_next(&j->lines, &line, got, err);
		f->line = j->lines.number + (st != ST_OK);
		if (st != ST_OK || !*got)
			return st;
		if (line.too_long)
			return error_set(err, ST_INVALID, "a line of over %u MiB", LINES_MAX >> 20);
		*text = line.text;
		*len = line.len;
		/* A mark of another encoding is that of all lines. */
		if (f->line == 1 && intake_mark(text, len, err) != ST_OK)
			return ST_CORRUPT;
		intake_trim(text, len);
	} while (*len == 0);
	return intake_utf8(text, len, &j->spare, &f->converted, err);
}

enum status
jsonl_next(struct format_file *f, struct article *a, bool *got, struct error *err)
{
	const char *text;
	size_t len;
	enum status st = next_line(f, &text, &len, got, err);

	return st == ST_OK && *got ? jsonl_parse(a, text, len, err) : st;
}
