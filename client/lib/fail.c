/* SPDX-License-Identifier: MIT */
#include "client/lib/fail.h"

#include <stdarg.h>
#include <stdio.h>
#include <string.h>

#include "base/utf8.h"

enum dragoman_status
fail_set(struct dragoman_error *err, enum dragoman_status status, const char *fmt, ...)
{
	va_list ap;

	if (err == NULL)
		return status;
	err->status = status;
	err->code = err->column = 0;
	va_start(ap, fmt);
	vsnprintf(err->text, sizeof(err->text), fmt, ap);
	va_end(ap);
	err->text[utf8_valid(err->text, strlen(err->text))] = '\0';
	return status;
}
