/* SPDX-License-Identifier: MIT
 *
 * watch: articles as they are committed. The revision up to which all was
 * printed and run is known; after an outage the daemon is asked for the commits
 * since then. A push that had come whole is finished first, so that no
 * article of it is handled twice.
 */
#include <errno.h>
#include <fcntl.h>
#include <poll.h>
#include <signal.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <sys/signalfd.h>
#include <unistd.h>

#include "base/file.h"
#include "client/commands.h"
#include "client/hook.h"
#include "client/jsonl.h"
#include "client/plain.h"

/* Milliseconds before something is tried again: the first time, and at most. */
#define DELAY_MIN 100
#define DELAY_MAX 10000

#define RETRIES 20            /* of a command, unless an option says otherwise */
#define RETRIES_MAX 1000000

/* STEP_STOP: a signal asked for the end; STEP_UNREAD: nobody is left to read
 * standard output. */
enum step { STEP_GO, STEP_STOP, STEP_UNREAD, STEP_FAIL };

struct watch {
	struct cli *cli;
	struct buf query;
	const char *since;    /* the revision up to which all is handled; NULL: not known yet */
	char rev[24];         /* the text behind since, once the daemon has told one */
	bool begun;           /* the daemon has accepted the watch at some time */
	bool subscribed;      /* this connection has the watch */
	long long done, of;   /* commands run for the articles of the push at hand */
	int delay;            /* before the next attempt */
	bool told;            /* of this outage */
	int signals;          /* readable once SIGINT or SIGTERM has come */
	sigset_t usual;       /* the signals that are blocked while there is no watch */
	int errnum;           /* of standard output */
	unsigned long retries;
	int dead;             /* where articles are kept that the command failed for; -1: nowhere */
};

static int
longer(int delay)
{
	return delay < DELAY_MAX / 2 ? delay * 2 : DELAY_MAX;
}

/* Waits until FD (-1: none) can be read, for MS at most (-1: as long as it
 * takes), or it is time to end. */
static enum step
wait_for(const struct watch *w, int fd, int ms)
{
	struct pollfd p[] = { { .fd = w->signals, .events = POLLIN }, { .fd = STDOUT_FILENO },
			      { .fd = fd, .events = POLLIN } };
	int n;

	do
		n = poll(p, sizeof(p) / sizeof(p[0]), ms);
	while (n < 0 && errno == EINTR);
	if (n < 0) {
		cli_error("poll: %s", strerror(errno));
		return STEP_FAIL;
	}
	return p[0].revents != 0 ? STEP_STOP : p[1].revents != 0 ? STEP_UNREAD : STEP_GO;
}

/* Whether asking again cannot help. Too much at once may be due to the pushes
 * that came meanwhile. */
static bool
is_final(const struct watch *w, const struct dragoman_error *err)
{
	switch (err->status) {
	case DRAGOMAN_NO_MEMORY:
	case DRAGOMAN_BAD_ARGUMENT:
	case DRAGOMAN_PROTOCOL:
		return true;
	case DRAGOMAN_TOO_LARGE:
		return !w->subscribed;
	case DRAGOMAN_REFUSED:
		return err->code >= 500 && err->code != 554;
	case DRAGOMAN_OK:
	case DRAGOMAN_NO_DAEMON:
	case DRAGOMAN_NOT_CONNECTED:
	case DRAGOMAN_IO:
	case DRAGOMAN_TIMEOUT:
		break;
	}
	return false;
}

/* An attempt has failed: waits before the next one. REST as for cli_trouble. */
static enum step
outage(struct watch *w, const struct dragoman_error *err, const char *rest)
{
	enum step step;

	if (is_final(w, err)) {
		cli_trouble(err, rest);
		return STEP_FAIL;
	}
	if (!w->told)
		cli_error("%s: %s; trying again", dragoman_status_name(err->status), err->text);
	w->told = true;
	if (dragoman_fd(w->cli->h) < 0)
		w->subscribed = false;
	step = wait_for(w, -1, w->delay);
	w->delay = longer(w->delay);
	return step;
}

static void
settled(struct watch *w)
{
	w->told = false;
	w->delay = DELAY_MIN;
}

static void
set_revision(struct watch *w, long long rev)
{
	snprintf(w->rev, sizeof(w->rev), "%lld", rev);
	w->since = w->rev;
	w->done = 0;
}

/* The journal no longer reaches back to the last revision. A user who
 * asked for that revision is to decide; later the watch goes on, and says so. */
static enum step
gone(struct watch *w, const struct dragoman_error *err)
{
	if (!w->begun) {
		cli_error("--since %s: %s", w->since, err->text);
		return STEP_FAIL;
	}
	cli_error("articles are missed: what was committed after revision %s can no longer be "
		  "told (%s); going on from now", w->since, err->text);
	w->since = NULL;
	return STEP_GO;
}

static enum dragoman_status
reconnect(struct watch *w, struct dragoman_error *err)
{
	if (dragoman_fd(w->cli->h) >= 0)
		return DRAGOMAN_OK;
	return dragoman_connect(w->cli->h, w->cli->value[CLI_SERVER], err);
}

static enum step
subscribe(struct watch *w)
{
	enum step step = STEP_GO;

	while (step == STEP_GO && !w->subscribed) {
		struct dragoman_option pair[CLI_PAIRS];
		struct dragoman_reply *reply;
		struct dragoman_error err;
		enum dragoman_status status = reconnect(w, &err);

		w->cli->value[OPTION_SINCE] = w->since;
		cli_pairs(w->cli, pair);
		if (status == DRAGOMAN_OK)
			status = dragoman_request(w->cli->h, w->cli->command->verb->name, pair, buf_str(&w->query),
						  &reply, &err);
		if (status == DRAGOMAN_OK) {
			if (w->since == NULL)
				set_revision(w, dragoman_number(reply, "rev", 0));
			w->begun = w->subscribed = true;
			dragoman_reply_free(reply);
		} else if (status == DRAGOMAN_REFUSED && err.code == 409 && w->since != NULL) {
			step = gone(w, &err);
		} else {
			step = outage(w, &err, buf_str(&w->query));
		}
	}
	return step;
}

/* The article as JSON; nothing when it is there no more. */
static enum step
fetch(struct watch *w, const char *id, struct buf *json)
{
	for (;;) {
		struct dragoman_reply *reply;
		struct dragoman_error err;
		enum dragoman_status status = reconnect(w, &err);
		enum step step;

		if (status == DRAGOMAN_OK)
			status = dragoman_request(w->cli->h, protocol_verbs[VERB_GET].name, NULL, id, &reply, &err);
		if (status == DRAGOMAN_OK) {
			settled(w);
			jsonl_article(json, reply);
			dragoman_reply_free(reply);
			if (buf_status(json) == ST_OK)
				return STEP_GO;
			cli_error("out of memory");
			return STEP_FAIL;
		}
		if (status == DRAGOMAN_REFUSED && err.code == 550) {
			cli_error("%s: withdrawn before the command could be run", id);
			return STEP_GO;
		}
		step = outage(w, &err, id);
		if (step != STEP_GO)
			return step;
	}
}

static enum step
flush(struct watch *w)
{
	if (fflush(stdout) == 0)
		return STEP_GO;
	w->errnum = errno;
	return STEP_FAIL;
}

/* The command has failed for the article ID too often, at last because of WHY: the others have their turn. */
static enum step
give_up(const struct watch *w, const char *id, const char *why, const struct buf *json)
{
	off_t end = lseek(w->dead, 0, SEEK_END);
	struct error err;

	cli_error("%s: %s: %s; given up after %lu attempts", id, w->cli->value[CLI_EXEC], why, w->retries + 1);
	if (w->dead < 0 || file_put(w->dead, w->cli->value[CLI_DEAD], json->data, json->len, &err) == ST_OK)
		return STEP_GO;
	(void)!ftruncate(w->dead, end);    /* half a line would spoil the next one */
	cli_error("%s", err.text);
	return STEP_FAIL;
}

/* Runs the command for an article until it is content, or has failed too often. */
static enum step
execute(struct watch *w, const char *id)
{
	const char *command = w->cli->value[CLI_EXEC];
	struct buf json = BUF_INIT;
	char why[HOOK_WHY_MAX];
	unsigned long failed = 0;
	int delay = DELAY_MIN;
	enum step step = flush(w);

	if (step == STEP_GO)
		step = wait_for(w, -1, 0);
	/* An article that was printed has its command run, even if nobody reads on. */
	if (step == STEP_GO || step == STEP_UNREAD)
		step = fetch(w, id, &json);
	while (step == STEP_GO && json.len > 0 &&
	       !hook_run(command, json.data, json.len, &w->usual, why)) {
		if (failed++ == w->retries) {
			step = give_up(w, id, why, &json);
			break;
		}
		cli_error("%s: %s: %s; it will be run again", id, command, why);
		step = wait_for(w, -1, delay);
		delay = longer(delay);
	}
	buf_fini(&json);
	return step;
}

static void
show_line(const struct cli *cli, const struct dragoman_row *row)
{
	static const enum dragoman_hit behind[] = { DRAGOMAN_DATE, DRAGOMAN_SOURCE, DRAGOMAN_ID };
	const char *title = dragoman_field(row, DRAGOMAN_TITLE);
	size_t i;

	if (*title == '\0')
		title = "(no headline)";
	pretty_span(&cli->out, STYLE_BOLD, title, strlen(title));
	for (i = 0; i < sizeof(behind) / sizeof(behind[0]); i++) {
		const char *part = dragoman_field(row, behind[i]);

		if (*part == '\0')
			continue;
		fputs(" \xC2\xB7 ", stdout);
		pretty_span(&cli->out, STYLE_DIM, part, strlen(part));
	}
	putchar('\n');
}

static void
show(struct cli *cli, const struct dragoman_row *row, long long rev)
{
	struct buf line = BUF_INIT;

	switch (cli->face) {
	case FACE_JSON:
		jsonl_hit(&line, row, rev);
		if (buf_status(&line) != ST_OK)
			cli->short_of_memory = true;
		fwrite(buf_str(&line), 1, line.len, stdout);
		break;
	case FACE_TSV:
		if (plain_row(row) != ST_OK)
			cli->short_of_memory = true;
		break;
	case FACE_PEOPLE:
		show_line(cli, row);
		break;
	}
	buf_fini(&line);
}

static enum step
handle(struct watch *w, struct dragoman_reply *push)
{
	long long rev = dragoman_number(push, "rev", -1);
	enum step step = STEP_GO;
	struct dragoman_row row;

	if (rev < 0) {
		cli_error("what the daemon sends has no revision");
		return STEP_FAIL;
	}
	settled(w);
	if (dragoman_figure(push, "gone") != NULL) {    /* asking again tells of the gap */
		w->subscribed = false;
		return STEP_GO;
	}
	if (dragoman_figure(push, "late") != NULL) {
		cli_error("the query takes the daemon too long: what was committed after revision %lld comes late", rev);
		return STEP_GO;
	}
	w->of = dragoman_number(push, "rows", 0);
	while (step == STEP_GO && dragoman_next(push, &row)) {
		if (cli_is(&row, ROW_HIT)) {
			show(w->cli, &row, rev);
			if (w->cli->value[CLI_EXEC] != NULL)
				step = execute(w, dragoman_field(&row, DRAGOMAN_ID));
		}
		w->done += step == STEP_GO && w->cli->value[CLI_EXEC] != NULL;
	}
	if (step == STEP_GO)
		step = w->cli->short_of_memory ? STEP_FAIL : flush(w);
	if (step == STEP_GO)
		set_revision(w, rev);
	return step;
}

static enum step
next(struct watch *w)
{
	struct dragoman_reply *push;
	struct dragoman_error err;
	enum step step = wait_for(w, -1, 0);

	if (step != STEP_GO)
		return step;
	switch (dragoman_push(w->cli->h, 0, &push, &err)) {
	case DRAGOMAN_OK:
		step = handle(w, push);
		dragoman_reply_free(push);
		return step;
	case DRAGOMAN_TIMEOUT:
		return wait_for(w, dragoman_fd(w->cli->h), -1);
	case DRAGOMAN_TOO_LARGE:    /* it would be the next time, too */
		w->subscribed = false;
		break;
	case DRAGOMAN_NO_MEMORY:
	case DRAGOMAN_BAD_ARGUMENT:
	case DRAGOMAN_NO_DAEMON:
	case DRAGOMAN_NOT_CONNECTED:
	case DRAGOMAN_IO:
	case DRAGOMAN_PROTOCOL:
	case DRAGOMAN_REFUSED:
		break;
	}
	return outage(w, &err, NULL);
}

/* From here on SIGINT and SIGTERM are read, not obeyed; and commands can be waited
 * for, even if whoever started us ignores SIGCHLD. */
static bool
catch_signals(struct watch *w)
{
	sigset_t ends;

	signal(SIGCHLD, SIG_DFL);
	sigemptyset(&ends);
	sigaddset(&ends, SIGINT);
	sigaddset(&ends, SIGTERM);
	sigprocmask(SIG_BLOCK, &ends, &w->usual);
	w->signals = signalfd(-1, &ends, SFD_CLOEXEC);
	if (w->signals < 0)
		cli_error("signalfd: %s", strerror(errno));
	return w->signals >= 0;
}

static void
tell_end(const struct watch *w)
{
	if (w->begun && w->done > 0)
		cli_error("watched up to revision %s, and %lld of the %lld articles of the next",
			  w->since, w->done, w->of);
	else if (w->begun && w->since != NULL)
		cli_error("watched up to revision %s", w->since);
}

/* Reads the options that say what becomes of an article that the command fails for. */
static bool
prepare_failure(struct watch *w)
{
	const char *retries = w->cli->value[CLI_RETRIES], *dead = w->cli->value[CLI_DEAD];
	char *end;

	if (w->cli->value[CLI_EXEC] == NULL && (retries != NULL || dead != NULL)) {
		cli_error("--%s: is of use with --exec only", retries != NULL ? "retries" : "dead");
		return false;
	}
	if (retries != NULL) {
		w->retries = strtoul(retries, &end, 10);
		if (*retries < '0' || *retries > '9' || *end != '\0' || w->retries > RETRIES_MAX) {
			cli_error("--retries %s: not a number from 0 to %d", retries, RETRIES_MAX);
			return false;
		}
	}
	if (dead != NULL) {
		w->dead = open(dead, O_WRONLY | O_APPEND | O_CREAT | O_CLOEXEC, 0600);
		if (w->dead < 0)
			cli_error("%s: %s", dead, strerror(errno));
		return w->dead >= 0;
	}
	return true;
}

int
cmd_watch(struct cli *cli)
{
	struct watch w = { .cli = cli, .query = BUF_INIT, .since = cli->value[OPTION_SINCE],
			   .delay = DELAY_MIN, .signals = -1, .retries = RETRIES, .dead = -1 };
	enum step step = STEP_FAIL;

	cli->value[OPTION_FORMAT] = NULL;    /* JSON is put together here, with the revision */
	if (prepare_failure(&w) && cli_join(cli, &w.query) && catch_signals(&w))
		step = STEP_GO;
	while (step == STEP_GO) {
		step = subscribe(&w);
		if (step == STEP_GO)
			step = next(&w);
	}
	if (step != STEP_UNREAD)    /* nobody knows how much of it was read */
		tell_end(&w);
	buf_fini(&w.query);
	if (w.signals >= 0)
		close(w.signals);
	if (w.dead >= 0)
		close(w.dead);
	errno = w.errnum;    /* for main, which tells of standard output */
	return step == STEP_FAIL ? CLI_TROUBLE : CLI_HITS;
}
