/* SPDX-License-Identifier: GPL-2.0-or-later
 *
 * A generation's manifest: the figures of its contents, and the versions of the
 * programs that made it. The file manifest.json tells them as they were when the
 * generation was made, which is enough to know whether it can be read; each commit
 * keeps the present figures in the database (engine/store/state.h).
 * Strings are held in place; nothing to free.
 */
#ifndef ENGINE_STORE_MANIFEST_H
#define ENGINE_STORE_MANIFEST_H

#include <stdint.h>

#include <stddef.h>
#include <time.h>

#include "base/buf.h"
#include "engine/text/analyse.h"

#define MANIFEST_NAME "manifest.json"

struct manifest {
	unsigned format;              /* SCHEMA_FORMAT */
	char fingerprint[ANALYSE_FINGERPRINT_MAX];   /* analyse_fingerprint() of the writer */
	uint32_t generation;
	uint64_t articles;
	uint64_t text_bytes;          /* bytes of all titles and bodies */
	uint64_t packed_bytes;        /* bytes of all stored records */
	uint64_t index_bytes;         /* bytes of the generation's files */
	uint32_t dictionary_crc32;    /* checksum of the generation's dictionary */
	char languages[128];          /* stemmed languages of its articles, but English: "fr ru tr" */
	char newest[32];              /* date of the newest article, "" if none has one */
	char built[32];               /* ISO 8601, UTC */
	uint64_t rev;                 /* commits and switches over the life of the index */
	char committed[32];           /* the time of the last commit or switch: ISO 8601, UTC */
	uint64_t journal_floor;       /* the journal tells of the changes after this revision */
	uint64_t journal_entries;     /* the number of changes in the journal */
};

/* Writes DIR/manifest.json and syncs it, but not the folder: readers see the old file or the new one. */
enum status manifest_write(const char *dir, const struct manifest *m, struct error *err) MUST_CHECK;
/* Reads DIR/manifest.json. ST_NOTFOUND: there is none; ST_CORRUPT: it cannot be read. Of a manifest of another
 * format than SCHEMA_FORMAT perhaps only the format is filled in. */
enum status manifest_read(const char *dir, struct manifest *m, struct error *err) MUST_CHECK;
/* As manifest_read, from TEXT; NAME is for errors. */
enum status manifest_parse(const char *text, size_t len, const char *name, struct manifest *m, struct error *err) MUST_CHECK;
/* WHEN in the form of .built and .committed. */
void manifest_time(time_t when, char out[32]);
/* Appends M as one JSON object, with the keys of "dragoman-index info --json". */
enum status manifest_json(const struct manifest *m, struct buf *out, struct error *err) MUST_CHECK;
/* Appends M as "key: value" lines. */
enum status manifest_lines(const struct manifest *m, struct buf *out) MUST_CHECK;

#endif
