/* SPDX-License-Identifier: GPL-2.0-or-later
 *
 * From an article to a Xapian document: terms, positions, values and the
 * stored record, as schema.h lays them out. The writing side of the schema.
 *
 * One builder a thread; it owns its analyser and work memory.
 */
#ifndef ENGINE_DOCUMENT_DOCUMENT_H
#define ENGINE_DOCUMENT_DOCUMENT_H

#include "base/article.h"
#include "base/zstream.h"
#include "engine/lexicon/lexicon.h"
#include "engine/store/wanted.h"
#include "engine/xapian/xap.h"

struct document_builder;

/* DICT is the generation's dictionary, see engine/store/dictionary.h (borrowed until free; may be empty): its lexicon
 * marks names, its preset dictionary packs texts. */
enum status document_builder_new(struct document_builder **out, const void *dict, size_t dict_len, struct error *err) MUST_CHECK;
void document_builder_free(struct document_builder *b);
/* Marks names by LX, borrowed as long as the builder uses it, from now on; NULL: by the dictionary's lexicon again. */
void document_builder_lexicon(struct document_builder *b, const struct lexicon *lx);
/* Fills DOC (cleared first) from A. */
enum status document_build(struct document_builder *b, const struct article *a, struct xap_doc *doc, struct error *err) MUST_CHECK;
/* As document_build, but DOC gets only the terms in WANTED and the values that a query can ask for. */
enum status document_build_wanted(struct document_builder *b, const struct article *a, const struct wanted *wanted,
				struct xap_doc *doc, struct error *err) MUST_CHECK;
/* Appends the stemmed languages, but English, of all articles so far, as "fr ru tr". The manifest keeps them for the
 * query side. */
enum status document_languages(const struct document_builder *b, struct buf *out) MUST_CHECK;
/* The bytes of the last document's record. */
uint64_t document_packed(const struct document_builder *b);
/* Whether to find who says what in the last article cost more than it may (quotes_cut): later quotations of the
 * document may have no speakers. */
bool document_cut(const struct document_builder *b);

#endif
