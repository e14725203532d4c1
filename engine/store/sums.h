/* SPDX-License-Identifier: GPL-2.0-or-later
 *
 * The sums of a generation's files: DIR/sums, a line of text for each file with
 * the XXH3 64-bit hash of its bytes, so that every byte of a generation can be
 * checked as long as nothing is written to it. The file holds for one revision: a
 * process that opens the generation for writing removes it first. Owns nothing.
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
#define SUMS_NEW "sums.new"    /* sums that are being made; a writer removes it, too */

/* Appends the text of DIR/sums for revision REV: reads every file of DIR. */
enum status sums_take(const char *dir, uint64_t rev, struct buf *out, struct error *err) MUST_CHECK;
/* Reads every file of DIR and calls FN for each that is not as DIR/sums says. *KNOWN = false where DIR/sums
 * is missing or holds for another revision than REV. ST_CORRUPT when DIR/sums is damaged itself. */
enum status sums_compare(const char *dir, uint64_t rev, bool *known,
			 void (*fn)(void *arg, const char *name, const char *why), void *arg,
			 struct error *err) MUST_CHECK;
/* Removes the sums for good (synced). Call with the index's lock held, before DIR's database is opened for writing. */
enum status sums_drop(const char *dir, struct error *err) MUST_CHECK;

#endif
