/* SPDX-License-Identifier: MIT */
#include "base/log.h"

#include <errno.h>
#include <fcntl.h>
#include <stdarg.h>
#include <stdatomic.h>
#include <stdio.h>
#include <string.h>
#include <sys/socket.h>
#include <sys/stat.h>
#include <unistd.h>

#include "base/utf8.h"
#include "base/visible.h"

static const char *program = "dragoman";
static enum log_level most = LOG_LEVEL_NOTICE;
static int log_fd = STDERR_FILENO;
static atomic_uint lost;   /* lines that could not be written */

static const char *const names[] = {
	[LOG_LEVEL_ERROR] = "error",
	[LOG_LEVEL_WARN] = "warning",
	[LOG_LEVEL_NOTICE] = "notice",
	[LOG_LEVEL_INFO] = "info",
	[LOG_LEVEL_DEBUG] = "debug",
};

void
log_init(const char *name, enum log_level max)
{
	program = name;
	most = max;
}

void
log_to(int fd)
{
	log_fd = fd;
}

int
log_open(int fd)
{
	char path[40];
	struct stat st;
	int own;

	if (fstat(fd, &st) == 0 && (S_ISFIFO(st.st_mode) || S_ISCHR(st.st_mode))) {
		snprintf(path, sizeof(path), "/proc/self/fd/%d", fd);
		own = open(path, O_WRONLY | O_APPEND | O_NONBLOCK | O_NOCTTY | O_CLOEXEC);
		if (own >= 0)
			return own;
	}
	return fcntl(fd, F_DUPFD_CLOEXEC, 3);
}

bool
log_write(int fd, const char *text, size_t len)
{
	ssize_t n = send(fd, text, len, MSG_DONTWAIT | MSG_NOSIGNAL);

	if (n < 0 && errno == ENOTSOCK)
		n = write(fd, text, len);
	return n == (ssize_t)len;
}

bool
log_level_parse(const char *word, enum log_level *out)
{
	size_t i;

	for (i = 0; i < sizeof(names) / sizeof(names[0]); i++) {
		if (strcmp(word, names[i]) == 0) {
			*out = (enum log_level)i;
			return true;
		}
	}
	return false;
}

bool
log_wants(enum log_level level)
{
	return level <= most;
}

/* Appends TEXT at OUT, as far as ROOM holds it: what quotes input must not end the line or steer the terminal.
 * Returns how much that is. */
static size_t
put_visible(char *out, size_t room, const char *text)
{
	size_t len = strlen(text), good = utf8_valid(text, len), at = 0, n = 0;
	uint32_t cp;

	/* vsnprintf may have cut a character. */
	if (len - good < 4 && good < len && (unsigned char)text[good] >= 0xC0)
		len = good;
	while (at < len && n + VISIBLE_MAX <= room) {
		at += utf8_next(text + at, len - at, &cp);
		n += visible_put(out + n, cp);
	}
	return n;
}

/* Tells how many lines could not be written; false: nor can this. */
static bool
tell_lost(void)
{
	unsigned count = atomic_exchange(&lost, 0);
	char line[160];
	int n = snprintf(line, sizeof(line), "%s: warning: %u lines of this log were lost, since nobody read them\n", program, count);

	if (n < 0 || (size_t)n >= sizeof(line) || log_write(log_fd, line, (size_t)n))
		return true;
	atomic_fetch_add(&lost, count + 1);   /* and the line that is written now */
	return false;
}

void
log_line(enum log_level level, const char *fmt, ...)
{
	char line[1200], text[1200];
	size_t n;
	int got;
	va_list ap;

	if (!log_wants(level))
		return;
	if (level == LOG_LEVEL_NOTICE)
		got = snprintf(line, sizeof(line), "%s: ", program);
	else
		got = snprintf(line, sizeof(line), "%s: %s: ", program, names[level]);
	n = got > 0 ? (size_t)got : 0;
	if (n > sizeof(line) / 2)
		n = sizeof(line) / 2;
	va_start(ap, fmt);
	vsnprintf(text, sizeof(text), fmt, ap);
	va_end(ap);
	n += put_visible(line + n, sizeof(line) - n - 1, text);
	line[n++] = '\n';
	if (atomic_load(&lost) > 0 && !tell_lost())
		return;
	if (!log_write(log_fd, line, n))
		atomic_fetch_add(&lost, 1);
}
