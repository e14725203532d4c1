/* SPDX-License-Identifier: MIT */
#include "base/error.h"

#include <errno.h>
#include <stdarg.h>
#include <stdio.h>
#include <string.h>

/* Cuts a text that vsnprintf truncated back to a whole character. */
static void
trim_partial(char *text, size_t size)
{
	size_t n = strlen(text);

	if (n + 1 < size)
		return;
	while (n > 0 && ((unsigned char)text[n - 1] & 0xC0) == 0x80)
		n--;
	if (n > 0 && (unsigned char)text[n - 1] >= 0xC0)
		n--;
	text[n] = '\0';
}

static void
fill(struct error *err, enum status status, int col, int errnum,
     const char *fmt, va_list ap)
{
	size_t n;

	if (err == NULL)
		return;
	err->status = status;
	err->col = col;
	vsnprintf(err->text, sizeof(err->text), fmt, ap);
	n = strlen(err->text);
	if (errnum != 0)
		snprintf(err->text + n, sizeof(err->text) - n, ": %s",
			 strerror(errnum));
	trim_partial(err->text, sizeof(err->text));
}

enum status
error_set(struct error *err, enum status status, const char *fmt, ...)
{
	va_list ap;

	va_start(ap, fmt);
	fill(err, status, 0, 0, fmt, ap);
	va_end(ap);
	return status;
}

enum status
error_nomem(struct error *err)
{
	return error_set(err, ST_NOMEM, "%s", error_status_name(ST_NOMEM));
}

enum status
error_errno(struct error *err, int errnum, const char *fmt, ...)
{
	enum status status = ST_IO;
	va_list ap;

	if (errnum == ENOSPC || errnum == EDQUOT)
		status = ST_NOSPACE;
	else if (errnum == ENOENT)
		status = ST_NOTFOUND;
	else if (errnum == ENOMEM || errnum == EAGAIN)   /* that of pthread_create(3) */
		status = ST_NOMEM;
	va_start(ap, fmt);
	fill(err, status, 0, errnum, fmt, ap);
	va_end(ap);
	return status;
}

enum status
error_syntax(struct error *err, int col, const char *fmt, ...)
{
	va_list ap;

	va_start(ap, fmt);
	fill(err, ST_SYNTAX, col, 0, fmt, ap);
	va_end(ap);
	return ST_SYNTAX;
}

const char *
error_status_name(enum status status)
{
	switch (status) {
	case ST_OK: return "ok";
	case ST_NOMEM: return "out of memory";
	case ST_IO: return "input/output error";
	case ST_NOSPACE: return "no space left";
	case ST_NOTFOUND: return "not found";
	case ST_INVALID: return "invalid";
	case ST_SYNTAX: return "query syntax";
	case ST_TOO_LARGE: return "too large";
	case ST_TOO_BROAD: return "too broad";
	case ST_DEADLINE: return "deadline passed";
	case ST_CANCELLED: return "cancelled";
	case ST_LOCKED: return "locked";
	case ST_STALE: return "state gone";
	case ST_GONE: return "gone";
	case ST_CORRUPT: return "corrupt";
	case ST_VERSION: return "other version";
	case ST_UNSUPPORTED: return "unsupported";
	case ST_INTERNAL: return "internal error";
	}
	return "unknown";
}
