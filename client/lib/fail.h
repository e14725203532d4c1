/* SPDX-License-Identifier: MIT
 *
 * Errors of the library. A record of one is the caller's.
 */
#ifndef CLIENT_LIB_FAIL_H
#define CLIENT_LIB_FAIL_H

#include "base/error.h"
#include "client/lib/dragoman.h"

/* Fills ERR (unless NULL), cut to whole characters, and returns STATUS. */
enum dragoman_status fail_set(struct dragoman_error *err, enum dragoman_status status,
			      const char *fmt, ...) PRINTF_LIKE(3, 4);

#endif
