/* SPDX-License-Identifier: GPL-2.0-or-later
 *
 * From lexicon files, as dragoman-lexicon(5) describes them, to the compiled
 * form that engine/lexicon/lexicon.h loads: names are folded by the analysis that
 * articles and queries go through.
 *
 *	lexicon_compile_new, lexicon_compile_read (each text, in order), lexicon_compile_finish
 *
 * Each text adds to the texts before it. Owns its memory; texts are borrowed for
 * the call.
 */
#ifndef ENGINE_LEXICON_COMPILE_H
#define ENGINE_LEXICON_COMPILE_H

#include "base/buf.h"

struct lexicon_compile;

enum status lexicon_compile_new(struct lexicon_compile **out, struct error *err) MUST_CHECK;
void lexicon_compile_free(struct lexicon_compile *c);
/* Reads TEXT, the contents of the file NAME. ST_INVALID: the error tells file, line and fault. */
enum status lexicon_compile_read(struct lexicon_compile *c, const char *name, const char *text, size_t len,
				 struct error *err) MUST_CHECK;
/* Appends the compiled form to OUT. */
enum status lexicon_compile_finish(struct lexicon_compile *c, struct buf *out, struct error *err) MUST_CHECK;

#endif
