/* SPDX-License-Identifier: GPL-2.0-or-later
 *
 * The journal of changes: which articles each commit added, changed and
 * removed, with the former version of those that were there before. It stands
 * in the database's metadata, so that it is committed with the changes, and it
 * moves on to the next generation.
 *
 *   key   = "journal." + revision (16 hexadecimal digits) + "." + chunk (4)
 *   value = CRC-32 of the rest (4 bytes, least significant first),
 *           LEB128 time (seconds since 1970), LEB128 number of changes, of each:
 *           kind (1 byte), id, former version (each LEB128 length, bytes)
 *
 * A former version is a record (engine/store/record.h) packed without a dictionary,
 * which a change of generation would take away.
 */
#ifndef ENGINE_STORE_JOURNAL_H
#define ENGINE_STORE_JOURNAL_H

#include <stdbool.h>
#include <stddef.h>
#include <stdint.h>
#include <time.h>

#include "base/article.h"
#include "engine/store/manifest.h"
#include "engine/xapian/xap.h"

/* What is kept: as many of the last commits as have so many entries together, none older than that,
 * but the last commit always. */
#define JOURNAL_ENTRIES_MAX 100000
#define JOURNAL_AGE_MAX (30 * 24 * 3600)   /* seconds */

enum change_kind { CHANGE_ADDED = 1, CHANGE_CHANGED = 2, CHANGE_REMOVED = 3 };

struct change {
	uint64_t rev;
	time_t time;            /* of the commit */
	enum change_kind kind;
	const char *id;         /* borrowed from the journal until its next call */
	size_t id_len;
	const char *former;     /* the record of what it was before; nothing for ADDED */
	size_t former_len;
};

/* ---- reading ---- */

struct journal;

/* ST_GONE when the journal does not tell all changes after AFTER (M: the state), or that is not yet there. */
enum status journal_reaches(const struct manifest *m, uint64_t after, struct error *err) MUST_CHECK;
/* The changes after revision AFTER that DB's commit knows of, in the order of their commits. M is the state of DB,
 * which is borrowed. ST_GONE as journal_reaches. */
enum status journal_open(struct journal **out, struct xap_db *db, const struct manifest *m, uint64_t after, struct error *err) MUST_CHECK;
void journal_free(struct journal *j);
/* *GOT = false at the end. ST_CORRUPT where an entry contradicts its checksum. */
enum status journal_next(struct journal *j, struct change *out, bool *got, struct error *err) MUST_CHECK;
/* Where a reading stands, in whatever generation: before the change that journal_next gives next. */
struct journal_place { uint64_t rev; unsigned chunk; uint64_t index; };
struct journal_place journal_tell(const struct journal *j);
/* journal_open at PLACE, for a reading to be continued. */
enum status journal_open_at(struct journal **out, struct xap_db *db, const struct manifest *m,
			    struct journal_place place, struct error *err) MUST_CHECK;
/* Lets it go on at PLACE, which is not before that where it stands. */
enum status journal_skip(struct journal *j, struct journal_place place, struct error *err) MUST_CHECK;
/* The former version of a change that has one. */
enum status journal_former(struct journal *j, const struct change *c, struct article *out, struct error *err) MUST_CHECK;

/* ---- writing ---- */

/* The entry of one commit, being collected. Owns its memory. */
struct journal_entry;

enum status journal_entry_new(struct journal_entry **out, struct error *err) MUST_CHECK;
void journal_entry_free(struct journal_entry *e);
/* FORMER: the version before, NULL for ADDED. */
enum status journal_entry_add(struct journal_entry *e, enum change_kind kind, const char *id, size_t len,
			      const struct article *former, struct error *err) MUST_CHECK;
uint64_t journal_entry_count(const struct journal_entry *e);
/* Writes it as that of revision M->rev at NOW, and drops what is over the limits; M's journal_entries and
 * journal_floor follow. To be committed with the changes. */
enum status journal_write(struct journal_entry *e, struct xap_wdb *w, struct manifest *m, time_t now, struct error *err) MUST_CHECK;
/* Takes out the changes of the ids that DROP names. */
enum status journal_entry_drop(struct journal_entry *e, bool (*drop)(void *arg, const char *id, size_t len), void *arg,
			       struct error *err) MUST_CHECK;
/* Copies what FROM's journal holds of the commits after revision AFTER, for a new generation; *ENTRIES
 * grows by as many as that is. */
enum status journal_copy(struct xap_db *from, struct xap_wdb *to, uint64_t after, uint64_t *entries, struct error *err) MUST_CHECK;
/* Removes all of it. */
enum status journal_clear(struct xap_wdb *w, struct error *err) MUST_CHECK;

#endif
