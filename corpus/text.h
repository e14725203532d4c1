/* SPDX-License-Identifier: GPL-2.0-or-later
 *
 * One plain-text file, one article: "Key: value" lines, the headline, a blank
 * line, the text. format.h says what the functions of a format do.
 */
#ifndef CORPUS_TEXT_H
#define CORPUS_TEXT_H

#include <stddef.h>

#include "corpus/format.h"

#define TEXT_FILE_MAX (64u << 20)  /* bytes of a file, unpacked */

/* Reads TEXT (valid UTF-8, borrowed) into A, which is empty; ID is the article's unless
 * an "Id:" line gives one. ST_INVALID: a bad article, ERR says why. */
enum status text_parse(struct article *a, const char *text, size_t len, const char *id,
		       struct error *err) MUST_CHECK;

bool text_looks_like(const char *name, size_t len);
enum status text_open(struct format_file *f, struct error *err) MUST_CHECK;
enum status text_next(struct format_file *f, struct article *a, bool *got, struct error *err) MUST_CHECK;
void text_close(struct format_file *f);

#endif
