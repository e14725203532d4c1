/* SPDX-License-Identifier: GPL-2.0-or-later
 *
 * How a command ends: the exit code of a status, and the message of a failure.
 * Owns nothing.
 */
#ifndef INDEXER_REPORT_EXIT_H
#define INDEXER_REPORT_EXIT_H

#include "base/error.h"

/* The exit code of sysexits(3) for STATUS. */
int exit_code(enum status status);
/* Tells ERR on stderr; returns its exit code. */
int exit_fail(const struct error *err);
/* As exit_fail, for a failure to read or change INDEX: where that is damaged, tells the cure, too. */
int exit_fail_damaged(const char *index, const struct error *err);

#endif
