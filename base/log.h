/* SPDX-License-Identifier: MIT
 *
 * Lines on standard error: "program: level: text" ("program: text" for plain
 * notices). One write(2) a line, so that lines of several threads and
 * processes do not mix; what a terminal obeys is written as base/visible.h has it, so
 * that a text which is quoted can neither end the line nor steer a terminal. Lines that
 * could not be written are counted, and told of by the next one that can. Owns nothing
 * but the program's name (borrowed).
 */
#ifndef BASE_LOG_H
#define BASE_LOG_H

#include <stdbool.h>
#include <stddef.h>

#include "base/error.h"

enum log_level { LOG_LEVEL_ERROR, LOG_LEVEL_WARN, LOG_LEVEL_NOTICE, LOG_LEVEL_INFO, LOG_LEVEL_DEBUG };

/* To be called once, before threads start; NAME is kept, not copied. */
void log_init(const char *name, enum log_level max);
/* From now on lines go to FD, of log_open, instead of standard error. To be called once, before threads start. */
void log_to(int fd);
/* A new descriptor for FD's file on which a write never waits: where FD is a pipe or terminal that nobody reads, it fails
 * instead. FD itself, which other processes may share, stays as it is. -1 with errno. */
int log_open(int fd);
/* Writes TEXT to FD, whole or not, without waiting on a socket either; false: not whole. */
bool log_write(int fd, const char *text, size_t len);
bool log_level_parse(const char *word, enum log_level *out);
bool log_wants(enum log_level level);
void log_line(enum log_level level, const char *fmt, ...) PRINTF_LIKE(2, 3);

#endif
