/* SPDX-License-Identifier: GPL-2.0-or-later */
#include "engine/store/jsontext.h"

#include <pthread.h>
#include <stdlib.h>

#include "base/refusal.h"

static void
set_allocator(void)
{
	json_set_alloc_funcs(refusal_malloc, free);
}

void
jsontext_begin(void)
{
	static pthread_once_t once = PTHREAD_ONCE_INIT;

	pthread_once(&once, set_allocator);
	(void)refusal_seen();
}

enum status
jsontext_parse(json_t **out, const char *text, size_t len, const char *name, struct error *err)
{
	json_error_t why;

	jsontext_begin();
	*out = json_loadb(text, len, 0, &why);
	/* Without memory Jansson leaves out parts of a word. */
	if (refusal_seen()) {
		json_decref(*out);
		*out = NULL;
		return error_nomem(err);
	}
	return *out != NULL ? ST_OK : error_set(err, ST_CORRUPT, "%s: %s", name, why.text);
}

enum status
jsontext_write_take(json_t *value, size_t flags, struct buf *out, struct error *err)
{
	char *text = value != NULL ? json_dumps(value, flags) : NULL;
	bool whole = text != NULL && !refusal_seen();

	json_decref(value);
	if (whole) {
		buf_adds(out, text);
		buf_addc(out, '\n');
	}
	free(text);
	return whole && buf_status(out) == ST_OK ? ST_OK : error_nomem(err);
}
