/* SPDX-License-Identifier: MIT
 *
 * A command of the user's, run for one article.
 */
#ifndef CLIENT_HOOK_H
#define CLIENT_HOOK_H

#include <signal.h>
#include <stdbool.h>
#include <stddef.h>

#define HOOK_WHY_MAX 128

/* Runs "sh -c COMMAND" with the LEN bytes of INPUT on its standard input and the
 * signals of MASK blocked, and waits for its end. False when it did not end
 * with exit status 0, and WHY says how it did, or why it was not run. */
bool hook_run(const char *command, const char *input, size_t len, const sigset_t *mask,
	      char why[HOOK_WHY_MAX]);

#endif
