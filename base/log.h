/* SPDX-License-Identifier: MIT
 *
 * Lines on standard error: "program: level: text" ("program: text" for plain
 * notices). One write(2) a line, so that lines of several threads and
 * processes do not mix; what a terminal obeys is written as base/visible.h has it, so
 * that a text which is quoted can neither end the line nor steer a terminal. Owns nothing but the
 * program's name (borrowed).
 */
#ifndef BASE_LOG_H
#define BASE_LOG_H

#include <stdbool.h>

#include "base/error.h"

enum log_level { LOG_LEVEL_ERROR, LOG_LEVEL_WARN, LOG_LEVEL_NOTICE, LOG_LEVEL_INFO, LOG_LEVEL_DEBUG };

/* To be called once, before threads start; NAME is kept, not copied. */
void log_init(const char *name, enum log_level max);
bool log_level_parse(const char *word, enum log_level *out);
bool log_wants(enum log_level level);
void log_line(enum log_level level, const char *fmt, ...) PRINTF_LIKE(2, 3);

#endif
