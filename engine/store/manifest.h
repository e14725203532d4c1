/* SPDX-License-Identifier: GPL-2.0-or-later
 *
 * A generation's manifest: what is in it and what made it. The file
 * manifest.json says what it was when it was made, and so whether it can be
 * read; what it is now, each commit keeps in the database (engine/store/state.h).
 * Strings are held in place; nothing to free.
 */
#ifndef ENGINE_STORE_MANIFEST_H
#define ENGINE_STORE_MANIFEST_H

#include <stdint.h>

#include <stddef.h>
#include <time.h>

#include "base/buf.h"
#include "engine/text/analyse.h"

struct manifest {
	unsigned format;              /* SCHEMA_FORMAT */
	char fingerprint[ANALYSE_FINGERPRINT_MAX];   /* analyse_fingerprint() of the writer */
	uint32_t generation;
	uint64_t articles;
	uint64_t text_bytes;          /* of titles and bodies */
	uint64_t packed_bytes;        /* of the stored records */
	uint64_t index_bytes;         /* of the generation's files */
	uint32_t dictionary_crc32;    /* of the file that the records were packed against */
	char languages[128];          /* stemmed languages in it other than English: "fr ru tr" */
	char newest[32];              /* date of the newest article, "" if none has one */
	char built[32];               /* ISO 8601, UTC */
	uint64_t rev;                 /* commits and switches over the life of the index */
	char committed[32];           /* when the last of them was: ISO 8601, UTC */
	uint64_t journal_floor;       /* the journal tells of the changes after this revision */
	uint64_t journal_entries;
};

/* Writes DIR/manifest.json and syncs it (the folder is the caller's business): readers see the old one
 * or the new. */
enum status manifest_write(const char *dir, const struct manifest *m, struct error *err) MUST_CHECK;
/* ST_NOTFOUND where there is none, ST_CORRUPT for one that cannot be read. Of another format than
 * SCHEMA_FORMAT there may be nothing but the format. */
enum status manifest_read(const char *dir, struct manifest *m, struct error *err) MUST_CHECK;
/* The same from TEXT; NAME is for errors. */
enum status manifest_parse(const char *text, size_t len, const char *name, struct manifest *m, struct error *err) MUST_CHECK;
/* WHEN as built and committed have it. */
void manifest_time(time_t when, char out[32]);
/* Appends it as one JSON object, the keys of "dragoman-index info --json". */
enum status manifest_json(const struct manifest *m, struct buf *out, struct error *err) MUST_CHECK;
/* The same as "key: value" lines. */
enum status manifest_lines(const struct manifest *m, struct buf *out) MUST_CHECK;

#endif
