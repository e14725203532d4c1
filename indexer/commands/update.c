/* SPDX-License-Identifier: GPL-2.0-or-later
 *
 * dragoman-index update: reads as build does, and changes the generation in
 * use commit by commit. An article that the index holds already costs a look,
 * no lock and no write.
 */
#include "config.h"

#include "indexer/commands/update.h"

#include <string.h>
#include <sysexits.h>

#include "base/clock.h"
#include "base/log.h"
#include "engine/store/record.h"
#include "indexer/commands/admit.h"
#include "indexer/commands/command.h"
#include "indexer/report/exit.h"
#include "indexer/system/lock.h"
#include "indexer/update/prune.h"

/* After a signal the articles in the pipe are still read, for so long at most. */
#define STOP_NS 1000000000u
/* A feed without input looks so often for a new generation, so that it does not hold an old one for ever. */
#define IDLE_MS 10000

/* ---- bad input ---- */

static void
tell_odd(void *arg, const struct reader_bad *bad)
{
	struct update *u = arg;

	progress_tell(&u->progress, bad, NULL);
}

static void
pass_over(struct update *u, const struct reader_bad *bad)
{
	/* The reader runs on to the next good article. */
	if (u->bad++ > 0 && u->strict)
		return;
	progress_tell(&u->progress, bad, &u->reportfile);
}

static void
tell_bad(void *arg, const struct reader_bad *bad)
{
	struct update *u = arg;

	if (bad->cut == NULL)
		pace_came(&u->pace);
	pass_over(u, bad);
	if ((u->bad > 1 && u->strict) || !u->prune || bad->cut == NULL)
		return;
	if (origins_under_add(&u->cut, bad->cut) != ST_OK && u->failed == ST_OK)
		u->failed = error_nomem(&u->failure);
	log_line(LOG_LEVEL_NOTICE, "%s: nothing that came from it before is removed", bad->file);
}

/* ---- a feed ---- */

/* Waits for input, and commits meanwhile when it is time. */
static enum status
wait_for_input(void *arg, int fd, struct error *err)
{
	struct update *u = arg;
	enum status st = ST_OK;
	bool ready = false;

	while (st == ST_OK && !ready) {
		uint64_t now = clock_ns(), due = pace_waits(&u->pace) ? pace_due_ns(&u->pace, update_full(u)) : UINT64_MAX;
		int wait_ms = due - now < IDLE_MS * 1000000ull ? (int)((due - now) / 1000000u) + 1 : IDLE_MS;

		if (due <= now) {
			st = update_commit(u, err);
			continue;
		}
		st = stop_wait(&u->stop, fd, u->stop.came ? 0 : wait_ms, &ready, err);
		if (u->stop.came && u->stopped_ns == 0)
			u->stopped_ns = now;
		if (st == ST_OK && !ready)
			st = session_look(&u->session, err);
		if (st == ST_OK && u->stop.came && (!ready || now - u->stopped_ns > STOP_NS))
			return error_set(err, ST_CANCELLED, "stopped");
	}
	/* What others committed before a line came counts for it. */
	u->session.looked_ns = 0;
	if (st != ST_OK && err != NULL) {
		/* Not the input's fault: past the reader. */
		u->failed = st;
		u->failure = *err;
		st = ST_CANCELLED;
	}
	return st;
}

/* ---- reading ---- */

/* Whether the index holds A already (*SAME), and with ORIGIN as its origin (*THERE). */
static enum status
is_there(struct update *u, const struct article *a, uint64_t hash, const char *origin, bool *same, bool *there,
	 struct error *err)
{
	struct content content;
	uint32_t number;
	enum status st = session_look(&u->session, err);

	*same = false;
	if (st == ST_OK)
		st = session_find(&u->session, buf_str(&a->field[ART_ID]), &content, same, err);
	*same = st == ST_OK && *same && content.hash == hash;
	*there = *same && origins_find(&u->session.origins, origin, &number) && content.origin == number;
	return st;
}

/* Adds A, which is large, to what is pending, unless an update has ended with it in hand. */
static enum status
put_large(struct update *u, const struct article *a, const char *origin, uint64_t hash, struct error *err)
{
	struct reader_counts c;
	struct error why;
	bool left;
	enum status st = hand_take(&u->hand, u->index, hash, &left, err);

	if (st != ST_OK || !left)
		return st == ST_OK ? pending_put(&u->pending, a, origin, false, err) : st;
	reader_counts(u->reader, &c);
	error_set(&why, ST_INVALID, "%s: an update ended with this large article in hand: passed over, this time",
		  buf_str(&a->field[ART_ID]));
	pass_over(u, &(struct reader_bad){ c.file, c.line, why.text, NULL });
	return ST_OK;
}

static enum status
take(struct update *u, const struct article *a, struct error *err)
{
	const char *origin = reader_origin(u->reader), *id = buf_str(&a->field[ART_ID]);
	struct draft *before = pending_find(&u->pending, id), *moved = pending_find(&u->moved, id);
	uint64_t hash;
	bool same, there;
	enum status st;

	if (record_hash(a, &hash) != ST_OK || (u->prune && seen_add(&u->seen, id, strlen(id)) != ST_OK))
		return error_nomem(err);
	st = is_there(u, a, hash, origin, &same, &there, err);
	if (st != ST_OK)
		return st;
	pace_came(&u->pace);
	if (before != NULL && before->hash == hash && strcmp(before->origin, origin) == 0) {
		u->unchanged++;
		return ST_OK;
	}
	u->superseded += before != NULL && before->hash != hash;
	u->unchanged += before != NULL && before->hash == hash;
	u->unchanged += moved != NULL;
	if (same && before != NULL)
		pending_drop(&u->pending, before);
	if ((!same || there) && moved != NULL)
		pending_drop(&u->moved, moved);
	if (there)
		u->unchanged++;
	else if (!same && limits_large(a))
		st = put_large(u, a, origin, hash, err);
	else
		st = pending_put(same ? &u->moved : &u->pending, a, origin, same, err);
	return st;
}

static enum status
read_all(struct update *u, struct error *err)
{
	struct article a;
	enum status st = ST_OK;
	bool got = true, ready;

	article_init(&a);
	while (st == ST_OK) {
		st = admit_next(u->reader, u->limits, tell_bad, u, &a, &got, err);
		if (u->failed != ST_OK) {
			st = u->failed;
			*err = u->failure;
		} else if (st == ST_CANCELLED) {
			st = ST_OK;
			break;
		}
		if (st == ST_OK && u->strict && u->bad > 0)
			st = error_set(err, ST_INVALID, "the first bad article ends a --strict update; "
				       "what was committed before stays");
		if (st != ST_OK || !got)
			break;
		st = take(u, &a, err);
		if (st == ST_OK)
			st = update_commit_if_due(u, err);
		/* The feed itself looks for that where it waits. */
		if (st == ST_OK && u->pace.feed && *reader_origin(u->reader) != '\0') {
			st = stop_wait(&u->stop, -1, 0, &ready, err);
			if (u->stop.came)
				break;
		}
		progress_reading(&u->progress, u->reader);
	}
	article_fini(&a);
	u->ended = true;
	if (st == ST_OK && (u->pending.live > 0 || u->moved.live > 0 || (u->pace.feed && pace_waits(&u->pace))))
		st = update_commit(u, err);
	return st;
}

/* ---- the command ---- */

static enum status
run_steps(struct update *u, struct error *err)
{
	const struct zstream_wait wait = { wait_for_input, u };
	const struct reader_options opt = { u->root, tell_bad, tell_odd, u, &wait };
	enum status st = reader_new(&u->reader, u->paths, u->npaths, &opt, err);

	if (st == ST_OK)
		st = limits_new(&u->limits, err);
	if (st == ST_OK && u->prune)
		st = origins_under_init(&u->under, u->paths, u->npaths, err);
	if (st == ST_OK)
		st = session_begin(&u->session, u->index, u->wait_ms, &u->lexicons, u->paths, u->npaths, err);
	if (st == ST_OK)
		st = lexicons_tell_unused(&u->lexicons, &u->session.store->dict, u->index, err);
	if (st == ST_OK)
		st = pending_dictionary(&u->pending, &u->session.store->dict, err);
	if (st == ST_OK && u->pace.feed)
		st = stop_begin(&u->stop, err);
	pace_begin(&u->pace);
	if (st == ST_OK)
		st = read_all(u, err);
	if (st == ST_OK && u->prune && !u->stop.came)
		st = prune_run(&u->session, &u->under, &u->cut, &u->seen, &u->removed, err);
	return st;
}

static int
summary(const struct update *u)
{
	if (!u->quiet && command_updated(u->count, u->removed, u->bad, u->begin, &u->session.done) != ST_OK)
		return EX_IOERR;
	return u->bad > 0 ? EX_DATAERR : EX_OK;
}

static void
last_words(void *arg, const struct error *err)
{
	struct update *u = arg;

	reportfile_last_words(&u->reportfile, u->index, err);
}

static void
clean_up(struct update *u)
{
	progress_clear(&u->progress);
	aside_end(&u->aside);
	hand_end(&u->hand);
	stop_end(&u->stop);
	pending_fini(&u->pending);
	pending_fini(&u->moved);
	session_end(&u->session);
	xap_last_words(NULL, NULL);
	reader_free(u->reader);
	limits_free(u->limits);
	seen_fini(&u->seen);
	origins_under_fini(&u->under);
	origins_under_fini(&u->cut);
}

static int
run(struct update *u)
{
	struct error err, cleared;
	enum status st;
	int rc;

	u->stop.fd = u->session.lock = -1;
	u->begin = clock_ns();
	pending_init(&u->pending);
	pending_init(&u->moved);
	hand_init(&u->hand);
	seen_init(&u->seen);
	progress_init(&u->progress, u->quiet);
	reportfile_begin(&u->reportfile, u->index, "update");
	xap_last_words(last_words, u);
	st = run_steps(u, &err);
	if (st != ST_OK && st != ST_NOMEM && hand_clear(&u->hand, &cleared) != ST_OK)
		log_line(LOG_LEVEL_WARN, "%s", cleared.text);
	clean_up(u);
	if (st != ST_OK) {
		rc = exit_fail_damaged(u->index, &err);
		reportfile_error(&u->reportfile, "%s", err.text);
	} else {
		u->count[WRITER_UNCHANGED] += u->unchanged;
		u->count[WRITER_REPLACED] += u->superseded;
		rc = summary(u);
		if (!u->stop.came)
			session_compact(&u->session, u->quiet, &u->reportfile);
	}
	u->reportfile.report.added = u->count[WRITER_ADDED];
	u->reportfile.report.replaced = u->count[WRITER_REPLACED];
	u->reportfile.report.unchanged = u->count[WRITER_UNCHANGED];
	u->reportfile.report.removed = u->removed;
	u->reportfile.report.skipped = u->bad;
	return reportfile_end(&u->reportfile, u->session.cannot_create ? EX_CANTCREAT : rc, st == ST_OK);
}

static int
start(struct update *u, const struct command *self, const char *given)
{
	struct buf index = BUF_INIT;
	struct error err;
	size_t i;
	int rc;

	for (i = 0; i < u->npaths; i++)
		u->pace.feed = u->pace.feed || strcmp(u->paths[i], "-") == 0;
	if (command_index(self, given, &index, &err) != ST_OK) {
		rc = exit_fail(&err);
	} else {
		u->index = index.data;
		rc = run(u);
	}
	buf_fini(&index);
	return rc;
}

int
update_command(const struct command *self, int argc, char **argv)
{
	static const struct option longs[] = {
		{ "commit-every", required_argument, NULL, 'c' },
		{ "lexicon", required_argument, NULL, 'l' },
		{ "mode", required_argument, NULL, 'm' },
		{ "no-lexicon", no_argument, NULL, 'n' },
		{ "prune", no_argument, NULL, 'p' },
		{ "quiet", no_argument, NULL, 'q' },
		{ "root", required_argument, NULL, 'r' },
		{ "strict", no_argument, NULL, 's' },
		{ "verbose", no_argument, NULL, 'v' },
		{ "wait", required_argument, NULL, 'w' },
		{ "help", no_argument, NULL, 'h' },
		{ "version", no_argument, NULL, 'V' },
		{ NULL, 0, NULL, 0 },
	};
	struct update u = { 0 };
	const char *given = NULL;
	int c, rc;

	while ((c = command_option(self, argc, argv, ":d:qvh", longs, &rc)) != -1) {
		switch (c) {
		case 'd': given = optarg; break;
		case 'c':
			if (!pace_option(&u.pace, optarg))
				return EX_USAGE;
			break;
		case 'l':
			if (!lexicons_option(&u.lexicons, optarg))
				return EX_USAGE;
			break;
		case 'm':
			if (!command_mode(optarg))
				return EX_USAGE;
			break;
		case 'n': u.lexicons.none = true; break;
		case 'p': u.prune = true; break;
		case 'q': u.quiet = true; break;
		case 'r': u.root = optarg; break;
		case 's': u.strict = true; break;
		case 'v': u.verbose = true; break;
		case 'w':
			if (!command_wait(optarg, &u.wait_ms))
				return EX_USAGE;
			break;
		}
	}
	if (rc >= 0)
		return rc;
	if (optind == argc) {
		log_line(LOG_LEVEL_NOTICE, "update: no articles named");
		return command_usage(self);
	}
	u.paths = (const char *const *)argv + optind;
	u.npaths = (size_t)(argc - optind);
	return start(&u, self, given);
}
