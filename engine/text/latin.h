/* SPDX-License-Identifier: GPL-2.0-or-later
 *
 * Words of other alphabets in Latin letters, by ICU's transliterations: Russian
 * and Ukrainian as the BGN system writes them, since the English-language press
 * does nearly so (Хрущёв: khrushchev), Greek by that of the UN, all others by
 * ICU's general one. What is chosen follows from the word's own letters.
 * Used by analysis only.
 *
 * A latin owns its transliterators, each made when the first word needs it, and
 * a memo; one a thread.
 */
#ifndef ENGINE_TEXT_LATIN_H
#define ENGINE_TEXT_LATIN_H

#include <stddef.h>
#include <stdint.h>

#include "base/buf.h"
#include "engine/text/fold.h"

enum latin_script {
	LATIN_NONE,      /* Latin itself, or a script that is not written in letters */
	LATIN_RUSSIAN,   /* Cyrillic, without letters that tell it for another language's */
	LATIN_UKRAINIAN,
	LATIN_GREEK,
	LATIN_CASED,     /* other alphabets with capitals: Armenian */
	LATIN_UNCASED,   /* Georgian */
	LATIN_ABJAD,     /* Arabic, Hebrew: short vowels are not written, so that Latin letters give no name */
	LATIN_SCRIPTS
};

struct latin;

/* F folds what comes out; borrowed for the latin's life. NULL: no memory. */
struct latin *latin_new(struct fold *f);
void latin_free(struct latin *l);
/* The script of the folded word TERM. */
enum latin_script latin_script(const char *term, size_t len);
/* TERM, of a script other than LATIN_NONE, in Latin letters and folded: *TEXT is valid until the next call. */
enum status latin_word(struct latin *l, enum latin_script script, const char *term, size_t len,
		       const char **text, size_t *n, struct error *err) MUST_CHECK;

#endif
