/* SPDX-License-Identifier: MIT
 *
 * As much JSON as an end line needs: one object of scalars.
 */
#ifndef CLIENT_LIB_JSON_H
#define CLIENT_LIB_JSON_H

#include <stdbool.h>
#include <stddef.h>

#include "base/error.h"
#include "client/lib/dragoman.h"

/* Whether LINE is a JSON object whose first member is "t":"KIND". */
bool json_is(const char *line, size_t len, const char *kind);
/* Calls MEMBER with each member of the object whose value is a string (without
 * its escapes), a number or a word; other values are passed over.
 * DRAGOMAN_PROTOCOL when LINE is no well-formed object. */
enum dragoman_status json_members(const char *line, size_t len,
				  void (*member)(void *arg, const char *name, const char *value),
				  void *arg) MUST_CHECK;

#endif
