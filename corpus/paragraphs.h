/* SPDX-License-Identifier: GPL-2.0-or-later
 *
 * Where paragraphs end. A line break ends one, unless the text is
 * hard-wrapped: then blank lines and indented lines begin paragraphs, and
 * other line breaks are spaces. dragoman-corpus(5) has the rule in full.
 * Text is borrowed; paragraphs go into the caller's article.
 */
#ifndef CORPUS_PARAGRAPHS_H
#define CORPUS_PARAGRAPHS_H

#include <stddef.h>

#include "base/article.h"
#include "base/error.h"

enum paragraphs_mode {
	PARAGRAPHS_PLAIN,       /* no headings */
	PARAGRAPHS_HEADINGS,    /* looks for section headings */
	PARAGRAPHS_AFTER_BLANK  /* the same, and a blank line stands before TEXT */
};

#define PARAGRAPHS_HEADING_MAX 80  /* characters of a section heading */

/* Cuts TEXT (valid UTF-8) and adds the paragraphs to A. Lines end in LF, CR LF
 * or CR. */
enum status paragraphs_add(struct article *a, const char *text, size_t len,
			   enum paragraphs_mode mode, struct error *err) MUST_CHECK;

#endif
