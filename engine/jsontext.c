/* SPDX-License-Identifier: GPL-2.0-or-later */
#include "engine/jsontext.h"

#include <pthread.h>
#include <stdlib.h>

#include "base/refusal.h"

static void
set_allocator(void)
{
	json_set_alloc_funcs(refusal_malloc, free);
}

enum status
jsontext_parse(json_t **out, const char *text, size_t len, const char *name, struct error *err)
{
	static pthread_once_t once = PTHREAD_ONCE_INIT;
	json_error_t why;

	pthread_once(&once, set_allocator);
	(void)refusal_seen();
	*out = json_loadb(text, len, 0, &why);
	/* Without memory Jansson leaves out parts of a word. */
	if (refusal_seen()) {
		json_decref(*out);
		*out = NULL;
		return error_set(err, ST_NOMEM, "no memory for %s", name);
	}
	return *out != NULL ? ST_OK : error_set(err, ST_CORRUPT, "%s: %s", name, why.text);
}
