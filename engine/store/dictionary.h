/* SPDX-License-Identifier: GPL-2.0-or-later
 *
 * The file "dictionary" of a generation: what its articles are made with. That
 * is the compiled lexicon that their names are marked by, if there is one,
 * and the preset dictionary that their texts are packed against:
 *
 *	"dragoman-lexicon " BYTES LF, the lexicon, the preset dictionary
 *
 * or the preset dictionary alone. Whoever carries a generation's dictionary
 * carries both, so that what marks an article is always what marked the others.
 * Owns nothing.
 */
#ifndef ENGINE_STORE_DICTIONARY_H
#define ENGINE_STORE_DICTIONARY_H

#include "base/buf.h"
#include "base/zstream.h"
#include "engine/lexicon/lexicon.h"

#define DICTIONARY_MAX (64u << 20)   /* bytes of the file */

/* The two parts of DATA, borrowed from it; the lexicon's length is 0 where there is none. */
struct dictionary { const char *lexicon, *texts; size_t lexicon_len, texts_len; };

void dictionary_split(const void *data, size_t len, struct dictionary *out);
/* Appends a dictionary of both parts. */
void dictionary_join(struct buf *out, const char *lexicon, size_t lexicon_len, const char *texts, size_t texts_len);

enum status dictionary_packer(struct zstream_packer **out, int level, const void *data, size_t len) MUST_CHECK;
enum status dictionary_unpacker(struct zstream_unpacker **out, const void *data, size_t len) MUST_CHECK;
/* The lexicon, the caller's to free; without names where DATA has none. */
enum status dictionary_lexicon(struct lexicon **out, const void *data, size_t len, struct error *err) MUST_CHECK;

#endif
