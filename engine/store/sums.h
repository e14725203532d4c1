/* SPDX-License-Identifier: GPL-2.0-or-later
 *
 * The sums of a generation's files: DIR/sums, a line of text for each file
 * with the XXH3 64-bit hash of its bytes, so that every byte of a generation
 * that nobody wrote to since can be looked at. It holds for one revision: who
 * opens the generation for writing removes it first. Owns nothing.
 *
 *   rev 12
 *   0123456789abcdef 81920 postlist.glass
 *   ...
 *   sum 0123456789abcdef            of the lines before
 */
#ifndef ENGINE_STORE_SUMS_H
#define ENGINE_STORE_SUMS_H

#include <stdbool.h>
#include <stdint.h>

#include "base/buf.h"

#define SUMS_NAME "sums"
#define SUMS_NEW "sums.new"    /* being made: who writes to the generation removes it, too */

/* Appends the text of the file for DIR as it is now at revision REV: reads every file. */
enum status sums_take(const char *dir, uint64_t rev, struct buf *out, struct error *err) MUST_CHECK;
/* Reads every file of DIR and calls FN for each that is not as DIR/sums says. *KNOWN = false where that
 * is missing or of another revision than REV. ST_CORRUPT when it is damaged itself. */
enum status sums_compare(const char *dir, uint64_t rev, bool *known,
			 void (*fn)(void *arg, const char *name, const char *why), void *arg,
			 struct error *err) MUST_CHECK;
/* To be called under the index's lock, before DIR's database is opened for writing; lasts. */
enum status sums_drop(const char *dir, struct error *err) MUST_CHECK;

#endif
