/* SPDX-License-Identifier: GPL-2.0-or-later */
#include "daemon/loop/reqlog.h"

#include <errno.h>
#include <fcntl.h>
#include <inttypes.h>
#include <limits.h>
#include <stdlib.h>
#include <string.h>
#include <unistd.h>

#include "base/clock.h"
#include "base/log.h"
#include "base/wire.h"
#include "daemon/job/watch.h"

struct reqlog {
	const char *file;
	int fd;
	uint64_t lost;   /* lines that could not be written since the last that could */
	bool torn;       /* the last line was perhaps written in part */
	struct buf line;
};

static int
open_file(const char *file)
{
	if (strcmp(file, "-") == 0)
		return log_open(STDERR_FILENO);
	/* A pipe that nobody reads is not to stop the daemon. */
	return open(file, O_WRONLY | O_APPEND | O_CREAT | O_NONBLOCK | O_CLOEXEC, 0640);
}

enum status
reqlog_new(struct reqlog **out, const char *file, struct error *err)
{
	struct reqlog *l = calloc(1, sizeof(*l));

	*out = NULL;
	if (l == NULL)
		return error_nomem(err);
	l->file = file;
	l->fd = open_file(file);
	if (l->fd < 0) {
		free(l);
		return error_errno(err, errno, "%s", file);
	}
	*out = l;
	return ST_OK;
}

void
reqlog_free(struct reqlog *l)
{
	if (l == NULL)
		return;
	close(l->fd);
	buf_fini(&l->line);
	free(l);
}

void
reqlog_reopen(struct reqlog *l)
{
	int fd = open_file(l->file);

	if (fd < 0) {
		log_line(LOG_LEVEL_WARN, "%s: %s", l->file, strerror(errno));
		return;
	}
	close(l->fd);
	l->fd = fd;
}

void
reqlog_write(struct reqlog *l, const struct job *job, const char *peer)
{
	const struct request *req = &job->req;
	char when[CLOCK_UTC_MAX];

	clock_utc(time(NULL), when);
	buf_clear(&l->line);
	if (l->torn)
		buf_addc(&l->line, '\n');
	buf_addf(&l->line, "%s %" PRIu64 " %" PRIu64 " %s %d rows=%u us=%" PRIu64 " bytes=%zu peer=%s", when,
		 job->conn, job->number, req->verb != NULL ? req->verb->name : "-", job->code,
		 job->rows, job->us, job->reply.len, peer);
	if (job->watch != NULL && job->code == WIRE_DONE)
		buf_addf(&l->line, " watch=%s", job->watch->name);
	if (req->asked_len > 0) {
		buf_addc(&l->line, ' ');
		wire_escape(&l->line, req->asked, req->asked_len);
	}
	buf_addc(&l->line, '\n');
	if (l->line.failed)
		return;
	if (!log_write(l->fd, l->line.data, l->line.len)) {
		l->torn = l->torn || l->line.len > PIPE_BUF;
		if (l->lost++ == 0)
			log_line(LOG_LEVEL_WARN, "%s: cannot be written to", l->file);
		return;
	}
	if (l->lost > 0)
		log_line(LOG_LEVEL_WARN, "%s: written to again; %" PRIu64 " lines were lost", l->file, l->lost);
	l->lost = 0;
	l->torn = false;
}
