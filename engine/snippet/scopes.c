/* SPDX-License-Identifier: GPL-2.0-or-later */
#include "engine/snippet/scopes.h"

#include <stdlib.h>

#include "base/bisect.h"
#include "base/grow.h"
#include "engine/store/schema.h"

#define PARAGRAPHS PREFIX_BEGIN SCHEMA_PARAGRAPH

void
scopes_fini(struct scopes *s)
{
	size_t i;

	for (i = 0; i < s->cap; i++)
		free(s->v[i].v);
	free(s->v);
	*s = (struct scopes){ NULL, 0, 0, 0 };
}

/* The first word of the body begins its first paragraph, which stands behind the headline's gap. */
static enum status
read_base(struct scopes *s, struct xap_db *db, uint32_t docid, struct error *err)
{
	struct xap_positions pos = { NULL, 0, 0 };
	enum status st = xap_db_positions(db, docid, PARAGRAPHS, sizeof(PARAGRAPHS) - 1, &pos, err);
	size_t i;

	s->base = 0;
	for (i = 0; i < pos.n && s->base == 0 && st == ST_OK; i++)
		if (pos.v[i] > SCHEMA_GAP)
			s->base = pos.v[i];
	free(pos.v);
	return st;
}

enum status
scopes_read(struct scopes *s, struct xap_db *db, uint32_t docid, const struct plan *plan, struct error *err)
{
	enum status st = read_base(s, db, docid, err);
	size_t had = s->cap, i;
	struct near_stretches *more;

	s->n = 0;
	for (i = 0; i < plan->nscopes && st == ST_OK; i++) {
		more = grow(s->v, &s->cap, i, sizeof(*more));
		if (more == NULL)
			return error_nomem(err);
		s->v = more;
		for (; had < s->cap; had++)
			s->v[had] = (struct near_stretches){ NULL, 0, 0, 0 };
		st = near_ranges(db, docid, plan->scopes[i].regions, plan->scopes[i].n, plan->deadline, &more[i], err);
		s->n = i + 1;
	}
	return st;
}

struct asked { const struct near_stretch *v; uint32_t pos; };

static bool
ends_before(const void *arg, size_t i)
{
	const struct asked *a = arg;

	return a->v[i].last < a->pos;
}

bool
scopes_has(const struct scopes *s, unsigned scope, uint32_t n)
{
	struct asked a = { NULL, s->base + n };
	size_t at;

	if (scope == 0 || scope > s->n)
		return true;
	a.v = s->v[scope - 1].v;
	at = bisect(0, s->v[scope - 1].n, ends_before, &a);
	return at < s->v[scope - 1].n && a.v[at].first <= a.pos;
}
