/* SPDX-License-Identifier: GPL-2.0-or-later
 *
 * One plain-text file, one article: "Key: value" lines, the headline, a blank
 * line, the text. The text is borrowed for the call, the article belongs to
 * the caller.
 */
#ifndef CORPUS_TEXT_H
#define CORPUS_TEXT_H

#include <stddef.h>

#include "base/article.h"
#include "base/status.h"

#define TEXT_FILE_MAX (64u << 20)  /* bytes of a file, unpacked */

/* Reads TEXT (valid UTF-8) into A, which is empty; ID is the article's unless
 * an "Id:" line gives one. ST_INVALID: a bad article, ERR says why. */
enum status text_parse(struct article *a, const char *text, size_t len, const char *id,
		       struct error *err) MUST_CHECK;

#endif
