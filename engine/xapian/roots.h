/* SPDX-License-Identifier: GPL-2.0-or-later
 *
 * A look at the file that says where a glass database's tables begin
 * ("iamglass"), before libxapian 1.4 is given it: libxapian believes what it finds
 * there. A damaged depth makes it write beyond an array of its own; of a table that is
 * said to be empty and to have a depth it reads a root that is not there; its check looks for a file of each
 * revision up to the last, which takes minutes where that is damaged. For the bindings alone. Owns nothing.
 */
#ifndef ENGINE_XAPIAN_ROOTS_H
#define ENGINE_XAPIAN_ROOTS_H

#include "base/error.h"

#ifdef __cplusplus
extern "C" {
#endif

/* ST_CORRUPT when the file in the database folder PATH has roots that cannot be. What is missing or
 * has another format is left for libxapian to tell. */
enum status xap_roots_check(const char *path, struct error *err) MUST_CHECK;
/* ST_CORRUPT as well when its revision is older than the newest root, or newer by so much that no commits that
 * failed explain it (each commit makes at least one root anew). */
enum status xap_roots_check_revision(const char *path, struct error *err) MUST_CHECK;

#ifdef __cplusplus
}
#endif
#endif
