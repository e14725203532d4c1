/* SPDX-License-Identifier: GPL-2.0-or-later
 *
 * The index on disk: INDEX/CURRENT, INDEX/LOCK, INDEX/g000001/ with a Xapian
 * database, manifest.json and the dictionary of the packed texts.
 */
#ifndef ENGINE_STORE_H
#define ENGINE_STORE_H

#include <stdint.h>

#include "base/article.h"
#include "base/zstream.h"
#include "engine/xap.h"

struct manifest {
	unsigned format;              /* SCHEMA_FORMAT */
	char fingerprint[120];        /* analyse_fingerprint() of the writer */
	uint32_t generation;
	uint64_t articles, text_bytes, index_bytes;
	char languages[64];           /* stemmed languages in it other than English: "fr ru tr" */
	char newest[32];              /* date of the newest article, "" if none has one */
	char built[32];               /* ISO 8601, UTC */
};

enum status manifest_write(const char *dir, const struct manifest *m, struct error *err) MUST_CHECK;  /* fsynced */
enum status manifest_read(const char *dir, struct manifest *m, struct error *err) MUST_CHECK;

/* "g000007". */
#define STORE_GEN_NAME_MAX 16
void store_gen_name(uint32_t gen, char out[STORE_GEN_NAME_MAX]);
/* The generation that CURRENT names; ST_NOTFOUND where INDEX holds none. */
enum status store_current(const char *index, uint32_t *gen, struct error *err) MUST_CHECK;

/* A generation open for reading, pinned by a shared lock while it is. */
struct store {
	char *dir;
	int lock_fd;
	struct manifest manifest;
	struct xap_db *db;
	struct zunpacker *texts;
};

/* Opens the current generation. ST_VERSION (with the command that cures it in
 * the text) for another format or fingerprint. */
enum status store_open(struct store **out, const char *index, struct error *err) MUST_CHECK;
void store_free(struct store *s);

/* The article that DOC stores. */
enum status store_article(struct store *s, struct xap_doc *doc, struct article *out, struct error *err) MUST_CHECK;

/* The record: how an article is stored as document data. A small header with the fields, then
 * the packed body, so that a snippet reads paragraphs from the front and stops. */
struct record_writer;   /* zpacker + buffers */
enum status record_pack(struct zpacker *z, const struct article *a, struct buf *out) MUST_CHECK;
enum status record_unpack(struct zunpacker *z, const char *data, size_t len, struct article *out, struct error *err) MUST_CHECK;
/* The same from the front, for snippets: reads the header, gives the article's language (borrowed from
 * DATA, "" when it has none) and leaves Z at the body's first byte: zunpacker_more then gives the
 * body by pieces, paragraphs joined by single LFs. DATA stays in place (borrowed) as long. */
enum status record_begin(struct zunpacker *z, const char *data, size_t len,
			 const char **lang, size_t *lang_len, struct error *err) MUST_CHECK;

#endif
