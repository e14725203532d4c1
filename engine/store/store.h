/* SPDX-License-Identifier: GPL-2.0-or-later
 *
 * The index on disk: INDEX/CURRENT, INDEX/LOCK, INDEX/g000001/ with a Xapian
 * database, manifest.json and the dictionary of the packed texts. This is the
 * reading side; the indexer makes generations.
 */
#ifndef ENGINE_STORE_STORE_H
#define ENGINE_STORE_STORE_H

#include <stdint.h>

#include "base/article.h"
#include "base/zstream.h"
#include "engine/store/dictionary.h"
#include "engine/store/manifest.h"
#include "engine/store/record.h"
#include "engine/store/vocabularies.h"
#include "engine/xapian/xap.h"

#define STORE_CURRENT "CURRENT"
#define STORE_LOCK "LOCK"
#define STORE_DICTIONARY "dictionary"
#define STORE_PIN "pin"          /* empty; readers hold a shared lock on it */

/* Appends the folder of the index for a command that is given none: $DRAGOMAN_INDEX, else
 * $XDG_DATA_HOME/dragoman, else ~/.local/share/dragoman. ST_NOTFOUND when no such variable is set. */
enum status store_default_dir(struct buf *out, struct error *err) MUST_CHECK;

/* The name of generation GEN's folder, "g000007". */
#define STORE_GEN_NAME_MAX 16
void store_gen_name(uint32_t gen, char out[STORE_GEN_NAME_MAX]);
/* Whether NAME is the name of a generation's folder; *GEN is the generation's number. */
bool store_gen_parse(const char *name, uint32_t *gen);
/* The generation that CURRENT names; ST_NOTFOUND where INDEX holds none. Cheap:
 * one small file is read. */
enum status store_current(const char *index, uint32_t *gen, struct error *err) MUST_CHECK;

/* Appends what is to be told of an INDEX that an ST_CORRUPT came from: that it is damaged, and the cure. */
void store_damaged(const char *index, struct buf *out);

/* A generation that is open for reading, and pinned by a shared lock until it is freed. */
struct store {
	char *dir;                   /* the generation's folder */
	int lock_fd;
	struct manifest manifest;    /* as of the commit that db reads */
	struct xap_db *db;
	struct buf dict;             /* the generation's dictionary, see dictionary.h */
	struct lexicon *lexicon;     /* the lexicon by which its articles are marked */
	struct zstream_unpacker *texts;     /* unpacks its texts */
	struct vocabularies *vocabularies;   /* gives store_words its words; NULL: there are none */
	struct vocabulary *words;    /* the words of the state that db reads; NULL until store_words */
};

/* Opens the current generation. ST_VERSION for another format or fingerprint, ST_NOTFOUND where there is no index;
 * the error's text names the command that cures it. ST_CORRUPT where it is so damaged that to read it might never
 * end (xapian/blocks.h), which takes about 0.1 s to find out for a gigabyte in the system's cache. Tables of more
 * than a gigabyte are not looked at. */
enum status store_open(struct store **out, const char *index, struct error *err) MUST_CHECK;
/* As store_open without that look, for a caller that opens an index again and again. */
enum status store_open_quick(struct store **out, const char *index, struct error *err) MUST_CHECK;
/* Opens the current generation for a caller that reads nothing but the stored articles: takes any format from
 * SCHEMA_FORMAT_OLDEST on, and any fingerprint. */
enum status store_open_texts(struct store **out, const char *index, struct error *err) MUST_CHECK;
/* As store_open, but opens generation GEN, whether it is in use or not. ST_NOTFOUND where there is no such folder. */
enum status store_open_number(struct store **out, const char *index, uint32_t gen, struct error *err) MUST_CHECK;
void store_free(struct store *s);
/* Moves to the newest commit of the generation; the manifest follows. After a failure the store can only
 * be freed. */
enum status store_reload(struct store *s, struct error *err) MUST_CHECK;

/* Call where store_reload of a store that was found stale at revision BEFORE came out well. ST_STALE: read again;
 * ST_CORRUPT when that came several times in a row although nobody commits: a block is damaged. *STILL counts, from 0. */
enum status store_overtaken(const struct store *s, uint64_t before, unsigned *still, struct error *err) MUST_CHECK;
/* For an ST of ERR that came from what nobody else can write to: where that is ST_STALE, it is ST_CORRUPT. */
enum status store_unshared(enum status st, struct error *err) MUST_CHECK;

/* The words of the state that S reads, borrowed until S is freed or moves on; *OUT = NULL for a store without
 * VOCABULARIES. ST_CORRUPT and ST_STALE as vocabularies_get. */
enum status store_words(struct store *s, const struct vocabulary **out, struct error *err) MUST_CHECK;

/* The article that DOC stores. ST_CORRUPT where its text is not the text that DOC was made from; a store of format 1
 * cannot tell. ST_DEADLINE, ST_CANCELLED by DEADLINE, which may be NULL. */
enum status store_article(struct store *s, struct xap_doc *doc, const struct xap_deadline *deadline, struct article *out,
			  struct error *err) MUST_CHECK;

#endif
