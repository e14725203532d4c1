/* SPDX-License-Identifier: GPL-2.0-or-later
 *
 * The journal of changes: which articles each commit added, changed and removed.
 * An article that the commit changed or removed is told with its former version.
 * The journal stands in the database's metadata, so that a change and its entry
 * are in one commit; a new generation takes the journal over.
 *
 *   key   = "journal." + revision (16 hexadecimal digits) + "." + chunk (4)
 *   value = CRC-32 of the rest (4 bytes, least significant first),
 *           LEB128 time (seconds since 1970), LEB128 number of changes, of each:
 *           kind (1 byte), id, former version (each LEB128 length, bytes)
 *
 * A former version is a record (engine/store/record.h) packed without a dictionary: a
 * dictionary belongs to one generation, and the journal outlives it.
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

/* The journal keeps the last commits that have together no more than so many entries and are no older than so many
 * seconds; the last commit stays in any case. */
#define JOURNAL_ENTRIES_MAX 100000
#define JOURNAL_AGE_MAX (30 * 24 * 3600)   /* seconds */

enum change_kind { CHANGE_ADDED = 1, CHANGE_CHANGED = 2, CHANGE_REMOVED = 3 };

struct change {
	uint64_t rev;
	time_t time;            /* when the commit was made */
	enum change_kind kind;
	const char *id;         /* borrowed from the journal until its next call */
	size_t id_len;
	const char *former;     /* the packed record of the former version; empty for CHANGE_ADDED */
	size_t former_len;
};

/* ---- reading ---- */

struct journal;

/* ST_GONE when the journal of a database of state M does not tell all changes after revision AFTER, or when AFTER is
 * yet to come. */
enum status journal_reaches(const struct manifest *m, uint64_t after, struct error *err) MUST_CHECK;
/* Reads the changes after revision AFTER in the order of their commits, as far as the commit goes that DB reads. DB is
 * borrowed; M is its state. ST_GONE as journal_reaches. */
enum status journal_open(struct journal **out, struct xap_db *db, const struct manifest *m, uint64_t after, struct error *err) MUST_CHECK;
void journal_free(struct journal *j);
/* *GOT = false at the end. ST_CORRUPT where an entry contradicts its checksum. */
enum status journal_next(struct journal *j, struct change *out, bool *got, struct error *err) MUST_CHECK;
/* How far a reading has come: the change that journal_next gives next. Holds in later generations, too. */
struct journal_cursor { uint64_t rev; unsigned chunk; uint64_t index; };
struct journal_cursor journal_tell(const struct journal *j);
/* As journal_open, but continues a reading at CURSOR. */
enum status journal_open_at(struct journal **out, struct xap_db *db, const struct manifest *m,
			    struct journal_cursor cursor, struct error *err) MUST_CHECK;
/* Continues the reading at CURSOR, which is not before the change that would come next. */
enum status journal_skip(struct journal *j, struct journal_cursor cursor, struct error *err) MUST_CHECK;
/* The former version that C, which is no CHANGE_ADDED, tells. */
enum status journal_former(struct journal *j, const struct change *c, struct article *out, struct error *err) MUST_CHECK;

/* ---- writing ---- */

/* Collects the changes of one commit. Owns its memory. */
struct journal_entry;

enum status journal_entry_new(struct journal_entry **out, struct error *err) MUST_CHECK;
void journal_entry_free(struct journal_entry *e);
/* Adds a change; FORMER is the article's former version, NULL for CHANGE_ADDED. */
enum status journal_entry_add(struct journal_entry *e, enum change_kind kind, const char *id, size_t len,
			      const struct article *former, struct error *err) MUST_CHECK;
uint64_t journal_entry_count(const struct journal_entry *e);
/* Writes E as the entry of revision M->rev at time NOW, and drops the oldest commits that are over the limits;
 * M's journal_entries and journal_floor follow. Commit W with the changes that E tells. */
enum status journal_write(struct journal_entry *e, struct xap_wdb *w, struct manifest *m, time_t now, struct error *err) MUST_CHECK;
/* Takes out the changes of each article for which DROP is true. */
enum status journal_entry_drop(struct journal_entry *e, bool (*drop)(void *arg, const char *id, size_t len), void *arg,
			       struct error *err) MUST_CHECK;
/* Copies the entries of FROM's journal after revision AFTER into a new generation; adds their number to *ENTRIES. */
enum status journal_copy(struct xap_db *from, struct xap_wdb *to, uint64_t after, uint64_t *entries, struct error *err) MUST_CHECK;
/* Removes the whole journal. */
enum status journal_clear(struct xap_wdb *w, struct error *err) MUST_CHECK;

#endif
