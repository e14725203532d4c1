/* SPDX-License-Identifier: GPL-2.0-or-later
 *
 * The file "dictionary" of a generation. It holds the compiled lexicon by which
 * names in the generation's articles are marked, if there is one, and the preset
 * dictionary against which their texts are packed:
 *
 *	"dragoman-lexicon " BYTES LF, the lexicon, the preset dictionary
 *
 * or the preset dictionary alone. Both travel in one file, so that a later article
 * is marked by the same lexicon as the articles before it. Owns nothing.
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
