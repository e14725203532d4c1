/* SPDX-License-Identifier: GPL-2.0-or-later */
#include "config.h"

#include "indexer/commands/update.h"

#include <inttypes.h>
#include <stdio.h>

#include "base/clock.h"

/* A commit of so much text takes half a second, or a second on a busy machine; other writers wait so long. */
#define COMMIT_TEXT_BYTES 1500000
#define COMMIT_ARTICLES 2000

/* Says which articles of the input are safe now. */
static void
acknowledge(struct update *u)
{
	pace_committed(&u->pace);
	u->count[WRITER_UNCHANGED] += u->unchanged;
	u->count[WRITER_REPLACED] += u->superseded;
	u->unchanged = u->superseded = 0;
	if (u->quiet || !(u->verbose || u->pace.feed))
		return;
	progress_clear(&u->progress);
	printf("committed %" PRIu64 " articles, revision %" PRIu64 "\n", u->pace.safe, u->session.done.rev);
	fflush(stdout);
}

static enum status
write_pending(struct update *u, struct pending *p, uint64_t count[WRITER_RESULTS], struct error *err)
{
	enum status st = ST_OK;
	size_t at = 0;

	while (at < p->n && p->live > 0 && st == ST_OK) {
		st = session_lock(&u->session, err);
		if (st == ST_OK)
			st = pending_write(p, u->session.writer, &at, COMMIT_ARTICLES, count, err);
		if (st == ST_OK)
			st = session_commit(&u->session, err);
	}
	if (st == ST_OK)
		pending_clear(p);
	return st;
}

/* Of a process beside the feed's. */
static void
let_go(void *arg)
{
	struct update *u = arg;

	session_end(&u->session);
	stop_end(&u->stop);
}

enum status
update_commit(struct update *u, struct error *err)
{
	uint64_t count[WRITER_RESULTS] = { 0 };
	enum status st = ST_OK;
	int i;

	st = write_pending(u, &u->pending, count, err);
	if (st == ST_OK && (u->pace.feed || u->ended))
		st = write_pending(u, &u->moved, count, err);
	if (st != ST_OK)
		return st;
	for (i = 0; i < WRITER_RESULTS; i++)
		u->count[i] += count[i];
	st = hand_clear(&u->hand, err);
	if (st != ST_OK)
		return st;
	acknowledge(u);
	if (u->pace.feed && !u->ended)
		aside_compact(&u->aside, u->index, u->quiet, let_go, u);
	return ST_OK;
}

bool
update_full(const struct update *u)
{
	return u->pending.large || u->pending.text_bytes >= COMMIT_TEXT_BYTES || u->pending.n >= COMMIT_ARTICLES;
}

enum status
update_commit_if_due(struct update *u, struct error *err)
{
	bool many = pace_many(&u->pace);

	if (u->pending.live == 0 && !u->pace.feed) {
		if (many)
			u->pace.safe = u->pace.came;
		return ST_OK;
	}
	return update_full(u) || (many && !u->pace.feed) || clock_ns() >= pace_due_ns(&u->pace, false) ? update_commit(u, err) : ST_OK;
}
