/* SPDX-License-Identifier: GPL-2.0-or-later */
#include "config.h"

#include "indexer/proof/grouping_check.h"

#include <stdlib.h>
#include <string.h>

#include "engine/store/neardup.h"

struct check {
	struct xap_db *db;
	struct faults *faults;
	struct buf work;
	struct neardups members;
	uint64_t listed;         /* articles in all lists */
};

/* Each member is there, and knows that it is one. */
static enum status
check_members(struct check *c, uint32_t group, struct error *err)
{
	uint32_t length, own;
	enum status st = ST_OK;
	size_t i;

	if (c->members.n < 2)
		faults_add(c->faults, "group %u of copies has %zu articles", (unsigned)group, c->members.n);
	for (i = 0; i < c->members.n && st == ST_OK; i++) {
		uint32_t docid = c->members.docid[i];

		st = xap_db_length(c->db, docid, &length, err);
		if (st == ST_NOTFOUND) {
			faults_add(c->faults, "group %u of copies has document %u, which is not there", (unsigned)group,
				   (unsigned)docid);
			st = ST_OK;
		}
		if (st == ST_OK)
			st = neardup_group(c->db, docid, &c->work, &own, err);
		if (st == ST_OK && own != group)
			faults_add(c->faults, "document %u is in group %u of copies, and said to be in %u",
				   (unsigned)docid, (unsigned)group, (unsigned)own);
	}
	c->listed += c->members.n;
	return st;
}

/* Calls FN, if any, with the number in each key that begins with PREFIX, and counts them. */
static enum status
walk(struct check *c, const char *prefix, enum status (*fn)(struct check *c, uint32_t number, struct error *err),
     uint64_t *n, struct error *err)
{
	struct xap_terms *keys = NULL;
	const char *key;
	uint32_t freq;
	size_t len;
	enum status st = xap_terms_open_metadata(&keys, c->db, prefix, strlen(prefix), err);

	for (*n = 0; st == ST_OK; ++*n) {
		st = xap_terms_next(keys, &key, &len, &freq, err);
		if (st != ST_OK || key == NULL)
			break;
		if (fn != NULL)
			st = fn(c, (uint32_t)strtoul(key + strlen(prefix), NULL, 16), err);
	}
	xap_terms_free(keys);
	return st;
}

static enum status
check_group(struct check *c, uint32_t group, struct error *err)
{
	enum status st = neardup_members(c->db, group, &c->work, &c->members, err);

	return st == ST_OK ? check_members(c, group, err) : st;
}

void
grouping_check(struct xap_db *db, struct faults *faults)
{
	struct check c = { .db = db, .faults = faults };
	struct error err;
	uint64_t groups, marked = 0;
	enum status st = walk(&c, "copies.", check_group, &groups, &err);

	if (st == ST_OK)
		st = walk(&c, "copy.", NULL, &marked, &err);
	if (st != ST_OK)
		faults_add(faults, "the groups of copies: %s", err.text);
	else if (marked != c.listed)
		faults_add(faults, "%llu articles are said to be copies, and %llu are in groups", (unsigned long long)marked,
			   (unsigned long long)c.listed);
	neardup_fini(&c.members);
	buf_fini(&c.work);
}
