/* SPDX-License-Identifier: GPL-2.0-or-later */
#include "config.h"

#include "daemon/loop/outbox.h"

#include <errno.h>
#include <fcntl.h>
#include <stdlib.h>
#include <sys/sendfile.h>
#include <sys/socket.h>
#include <unistd.h>

#define KEEP 16384          /* bytes of memory that an empty outbox keeps */
#define SPILL (1024 * 1024) /* more bytes than that wait in a file */

void
outbox_init(struct outbox *o)
{
	*o = (struct outbox){ .file = -1 };
}

static void
close_file(struct outbox *o)
{
	if (o->file >= 0)
		close(o->file);
	o->file = -1;
	o->at = o->end = 0;
}

void
outbox_fini(struct outbox *o)
{
	close_file(o);
	buf_fini(&o->text);
}

size_t
outbox_waiting(const struct outbox *o)
{
	return (size_t)(o->end - o->at) + o->text.len - o->sent;
}

bool
outbox_failed(const struct outbox *o)
{
	return o->text.failed;
}

void
outbox_add_take(struct outbox *o, struct buf *more)
{
	if (o->text.len == 0) {
		struct buf empty = o->text;

		o->text = *more;
		*more = empty;
	} else {
		buf_add(&o->text, more->data, more->len);
		o->text.failed |= more->failed;
	}
}

/* Moves the text into a file; where that cannot be, it stays in memory. */
static void
spill(struct outbox *o)
{
	const char *folder = getenv("TMPDIR");
	off_t end = 0;
	ssize_t n = 0;

	o->file = open(folder != NULL && *folder != '\0' ? folder : "/var/tmp", O_TMPFILE | O_RDWR | O_CLOEXEC, 0600);
	if (o->file < 0)
		return;
	while (o->sent + (size_t)end < o->text.len) {
		n = pwrite(o->file, o->text.data + o->sent + end, o->text.len - o->sent - (size_t)end, end);
		if (n < 0 && errno == EINTR)
			continue;
		if (n <= 0) {
			close_file(o);
			return;
		}
		end += n;
	}
	o->end = end;
	buf_fini(&o->text);
	o->sent = 0;
}

/* What a failed send means. */
static bool
only_full(void)
{
	return errno == EAGAIN || errno == EWOULDBLOCK;
}

bool
outbox_send(struct outbox *o, int fd, bool *moved)
{
	*moved = false;
	while (outbox_waiting(o) > 0) {
		bool file = o->at < o->end;
		ssize_t n = file ? sendfile(fd, o->file, &o->at, (size_t)(o->end - o->at)) :
			send(fd, o->text.data + o->sent, o->text.len - o->sent, MSG_NOSIGNAL);

		if (n < 0 && errno == EINTR)
			continue;
		if (n < 0 && only_full()) {
			if (o->file < 0 && outbox_waiting(o) > SPILL)
				spill(o);
			return true;
		}
		if (n < 0 || (n == 0 && file))
			return false;
		*moved = true;
		if (file && o->at == o->end)
			close_file(o);
		else if (!file)
			o->sent += (size_t)n;
	}
	o->sent = 0;
	if (o->text.cap > KEEP)
		buf_fini(&o->text);
	else
		buf_clear(&o->text);
	return true;
}
