/* SPDX-License-Identifier: GPL-2.0-or-later */
#include "engine/store/neardup.h"

#include <inttypes.h>
#include <stdio.h>
#include <stdlib.h>

#include "base/grow.h"
#include "engine/store/sealed.h"

void
neardup_key(char key[NEARDUP_KEY_MAX], uint32_t docid)
{
	snprintf(key, NEARDUP_KEY_MAX, "copy.%08" PRIx32, docid);
}

void
neardup_group_key(char key[NEARDUP_KEY_MAX], uint32_t group)
{
	snprintf(key, NEARDUP_KEY_MAX, "copies.%08" PRIx32, group);
}

/* The number that *AT begins with; it moves behind it and the blanks. 0: there is none. */
static uint32_t
next_number(const char **at)
{
	char *end;
	unsigned long n = strtoul(*at, &end, 10);

	*at = end;
	return n <= UINT32_MAX ? (uint32_t)n : 0;
}

enum status
neardup_group(struct xap_db *db, uint32_t docid, struct buf *work, uint32_t *group, struct error *err)
{
	char key[NEARDUP_KEY_MAX];
	const char *at;
	enum status st;

	neardup_key(key, docid);
	st = sealed_get(db, key, work, err);
	at = buf_str(work);
	*group = st == ST_OK ? next_number(&at) : 0;
	return st;
}

void
neardup_fini(struct neardups *c)
{
	free(c->docid);
	*c = (struct neardups){ NULL, 0, 0 };
}

enum status
neardup_members(struct xap_db *db, uint32_t group, struct buf *work, struct neardups *out, struct error *err)
{
	char key[NEARDUP_KEY_MAX];
	const char *at;
	uint32_t docid, *more;
	enum status st;

	neardup_group_key(key, group);
	st = sealed_get(db, key, work, err);
	out->n = 0;
	at = buf_str(work);
	while (st == ST_OK && (docid = next_number(&at)) != 0) {
		more = grow(out->docid, &out->cap, out->n, sizeof(*more));
		if (more == NULL)
			return error_nomem(err);
		out->docid = more;
		more[out->n++] = docid;
	}
	return st;
}
