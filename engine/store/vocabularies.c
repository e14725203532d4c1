/* SPDX-License-Identifier: GPL-2.0-or-later */
#include "engine/store/vocabularies.h"

#include <pthread.h>
#include <stdatomic.h>
#include <stdlib.h>
#include <string.h>

struct vocabularies {
	pthread_mutex_t lock;
	struct vocabulary *newest;    /* or NULL */
	struct manifest broken;       /* the state of which the terms could not be read; generation 0: none */
	atomic_uint holders;
};

enum status
vocabularies_new(struct vocabularies **out, struct error *err)
{
	struct vocabularies *vs = *out = calloc(1, sizeof(*vs));

	if (vs == NULL)
		return error_nomem(err);
	pthread_mutex_init(&vs->lock, NULL);
	atomic_init(&vs->holders, 1);
	return ST_OK;
}

struct vocabularies *
vocabularies_hold(struct vocabularies *vs)
{
	atomic_fetch_add(&vs->holders, 1);
	return vs;
}

void
vocabularies_release(struct vocabularies *vs)
{
	if (vs == NULL || atomic_fetch_sub(&vs->holders, 1) != 1)
		return;
	vocabulary_release(vs->newest);
	pthread_mutex_destroy(&vs->lock);
	free(vs);
}

static enum status
bring_up(struct vocabularies *vs, struct xap_db *db, const struct manifest *m, struct error *err)
{
	const struct manifest *broken = &vs->broken;
	struct vocabulary *v = vs->newest, *next = NULL;
	enum status st;

	if (v != NULL && vocabulary_has(v, m))
		return ST_OK;
	if (broken->generation == m->generation && broken->rev == m->rev && strcmp(broken->built, m->built) == 0)
		return error_set(err, ST_CORRUPT, "the words of the index cannot be read");
	st = vocabulary_make(&next, v, db, m, err);
	if (st == ST_OK) {
		vocabulary_release(v);
		vs->newest = next;
	} else if (st == ST_CORRUPT) {
		vs->broken = *m;
	}
	return st;
}

enum status
vocabularies_get(struct vocabularies *vs, struct xap_db *db, const struct manifest *m, struct vocabulary **out,
		 struct error *err)
{
	enum status st;

	*out = NULL;
	pthread_mutex_lock(&vs->lock);
	st = bring_up(vs, db, m, err);
	if (st == ST_OK)
		*out = vocabulary_hold(vs->newest);
	pthread_mutex_unlock(&vs->lock);
	return st;
}
