/* SPDX-License-Identifier: GPL-2.0-or-later */
#include "engine/store/manifest.h"

#include <inttypes.h>
#include <stddef.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

#include "base/clock.h"
#include "base/file.h"
#include "engine/store/jsontext.h"
#include "engine/store/schema.h"

#define MANIFEST_MAX 65536

enum kind { NUMBER, NUMBER32, TEXT };

/* One entry a key: its kind, and its offset and size in struct manifest. */
static const struct entry {
	const char *name;
	enum kind kind;
	size_t offset, size;
} entries[] = {
#define ENTRY(name, kind) { #name, kind, offsetof(struct manifest, name), sizeof(((struct manifest *)0)->name) }
	ENTRY(articles, NUMBER),
	ENTRY(generation, NUMBER32),
	ENTRY(format, NUMBER32),
	ENTRY(fingerprint, TEXT),
	ENTRY(text_bytes, NUMBER),
	ENTRY(packed_bytes, NUMBER),
	ENTRY(index_bytes, NUMBER),
	ENTRY(dictionary_crc32, NUMBER32),
	ENTRY(languages, TEXT),
	ENTRY(newest, TEXT),
	ENTRY(built, TEXT),
	ENTRY(rev, NUMBER),
	ENTRY(committed, TEXT),
	ENTRY(journal_floor, NUMBER),
	ENTRY(journal_entries, NUMBER),
#undef ENTRY
};

#define NENTRIES (sizeof(entries) / sizeof(entries[0]))

static uint64_t
number(const struct manifest *m, const struct entry *e)
{
	const char *at = (const char *)m + e->offset;
	uint32_t small;
	uint64_t n;

	if (e->kind == NUMBER32) {
		memcpy(&small, at, sizeof(small));
		return small;
	}
	memcpy(&n, at, sizeof(n));
	return n;
}

static const char *
text(const struct manifest *m, const struct entry *e)
{
	return (const char *)m + e->offset;
}

void
manifest_time(time_t when, char out[32])
{
	clock_utc(when, out);
}

enum status
manifest_json(const struct manifest *m, struct buf *out, struct error *err)
{
	json_t *object;
	size_t i;

	jsontext_begin();
	object = json_object();
	for (i = 0; i < NENTRIES; i++) {
		const struct entry *e = &entries[i];
		json_t *value = e->kind == TEXT ? json_string(text(m, e)) :
			json_integer((json_int_t)number(m, e));

		if (json_object_set_new(object, e->name, value) != 0)
			break;
	}
	if (i < NENTRIES) {
		json_decref(object);
		object = NULL;
	}
	return jsontext_write_take(object, JSON_INDENT(1), out, err);
}

enum status
manifest_lines(const struct manifest *m, struct buf *out)
{
	size_t i;

	for (i = 0; i < NENTRIES; i++) {
		const struct entry *e = &entries[i];

		if (e->kind == TEXT)
			buf_addf(out, "%s: %s\n", e->name, text(m, e));
		else
			buf_addf(out, "%s: %" PRIu64 "\n", e->name, number(m, e));
	}
	return buf_status(out);
}

enum status
manifest_write(const char *dir, const struct manifest *m, struct error *err)
{
	struct buf json = BUF_INIT;
	char *path = file_join(dir, MANIFEST_NAME);
	enum status st;

	st = path == NULL ? error_nomem(err) :
		manifest_json(m, &json, err);
	if (st == ST_OK)
		st = file_replace(path, json.data, json.len, err);
	buf_fini(&json);
	free(path);
	return st;
}

static bool
set(struct manifest *m, const struct entry *e, const json_t *value)
{
	char *at = (char *)m + e->offset;
	const char *s = json_string_value(value);
	json_int_t n = json_integer_value(value);
	uint32_t small = (uint32_t)n;
	uint64_t large = (uint64_t)n;

	switch (e->kind) {
	case TEXT:
		if (s == NULL || strlen(s) >= e->size)
			return false;
		strcpy(at, s);
		return true;
	case NUMBER32:
		if (!json_is_integer(value) || n < 0 || n > UINT32_MAX)
			return false;
		memcpy(at, &small, sizeof(small));
		return true;
	case NUMBER:
		if (!json_is_integer(value) || n < 0)
			return false;
		memcpy(at, &large, sizeof(large));
		return true;
	}
	return false;
}

enum status
manifest_parse(const char *text, size_t len, const char *name, struct manifest *m, struct error *err)
{
	json_t *object, *format;
	bool ours = false;
	enum status st = jsontext_parse(&object, text, len, name, err);
	size_t i;

	memset(m, 0, sizeof(*m));
	if (st != ST_OK)
		return st;
	format = json_object_get(object, "format");
	if (json_is_integer(format))
		ours = json_integer_value(format) == SCHEMA_FORMAT;
	else
		st = error_set(err, ST_CORRUPT, "%s: no usable \"format\"", name);
	for (i = 0; i < NENTRIES && st == ST_OK; i++)
		if (!set(m, &entries[i], json_object_get(object, entries[i].name)) && ours)
			st = error_set(err, ST_CORRUPT, "%s: no usable \"%s\"", name, entries[i].name);
	json_decref(object);
	return st;
}

enum status
manifest_read(const char *dir, struct manifest *m, struct error *err)
{
	struct buf file = BUF_INIT;
	char *path = file_join(dir, MANIFEST_NAME);
	enum status st;

	memset(m, 0, sizeof(*m));
	st = path == NULL ? error_nomem(err) :
		file_read(path, MANIFEST_MAX, &file, err);
	if (st == ST_TOO_LARGE)
		st = error_set(err, ST_CORRUPT, "%s: far too large for a manifest", path);
	if (st == ST_OK)
		st = manifest_parse(buf_str(&file), file.len, path, m, err);
	buf_fini(&file);
	free(path);
	return st;
}
