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

/* Where the index is when nobody says: $DRAGOMAN_INDEX, else
 * $XDG_DATA_HOME/dragoman, else ~/.local/share/dragoman; appended to OUT. ST_NOTFOUND when
 * none of them is set. */
enum status store_default_dir(struct buf *out, struct error *err) MUST_CHECK;

/* "g000007". */
#define STORE_GEN_NAME_MAX 16
void store_gen_name(uint32_t gen, char out[STORE_GEN_NAME_MAX]);
/* The reverse: whether NAME is that of a generation. */
bool store_gen_parse(const char *name, uint32_t *gen);
/* The generation that CURRENT names; ST_NOTFOUND where INDEX holds none. Cheap:
 * one small file is read. */
enum status store_current(const char *index, uint32_t *gen, struct error *err) MUST_CHECK;

/* A generation open for reading, pinned by a shared lock while it is. */
struct store {
	char *dir;                   /* the generation's folder */
	int lock_fd;
	struct manifest manifest;    /* as of the commit that db reads */
	struct xap_db *db;
	struct buf dict;             /* what texts was made with, and the lexicon */
	struct lexicon *lexicon;     /* that its articles are marked by */
	struct zstream_unpacker *texts;
	struct vocabularies *vocabularies;   /* a holder of where store_words looks, or NULL */
	struct vocabulary *words;    /* of this state, once it was asked for */
};

/* Opens the current generation. ST_VERSION (with the command that cures it in
 * the text) for another format or fingerprint; ST_NOTFOUND (likewise) without an index. */
enum status store_open(struct store **out, const char *index, struct error *err) MUST_CHECK;
/* The same for who reads nothing but the stored articles: any format from SCHEMA_FORMAT_OLDEST on, and
 * any fingerprint. */
enum status store_open_texts(struct store **out, const char *index, struct error *err) MUST_CHECK;
/* The same as store_open for generation GEN, in use or not. ST_NOTFOUND where it is not there. */
enum status store_open_number(struct store **out, const char *index, uint32_t gen, struct error *err) MUST_CHECK;
void store_free(struct store *s);
/* Moves to the newest commit of its generation; the manifest follows. After a failure the store can only
 * be freed. */
enum status store_reload(struct store *s, struct error *err) MUST_CHECK;

/* The words of the state that it reads, borrowed from it until it is freed or moves on; *OUT = NULL where nobody
 * keeps any for it (a store without VOCABULARIES). ST_CORRUPT and ST_STALE as vocabularies_get. */
enum status store_words(struct store *s, const struct vocabulary **out, struct error *err) MUST_CHECK;

/* The article that DOC stores. ST_CORRUPT where it is not the one that DOC was made from (a store of
 * format 1 cannot tell). */
enum status store_article(struct store *s, struct xap_doc *doc, struct article *out, struct error *err) MUST_CHECK;

#endif
