/* SPDX-License-Identifier: MIT */
#include "base/log.h"

#include <stdarg.h>
#include <stdio.h>
#include <string.h>
#include <unistd.h>

#include "base/utf8.h"
#include "base/visible.h"

static const char *program = "dragoman";
static enum log_level most = LOG_LEVEL_NOTICE;

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
	/* Nobody is left to tell when standard error itself is gone. */
	if (write(STDERR_FILENO, line, n) < 0)
		return;
}
