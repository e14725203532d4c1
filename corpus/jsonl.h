/* SPDX-License-Identifier: GPL-2.0-or-later
 *
 * One line of JSON Lines, one article. The text is borrowed for the call, the
 * article belongs to the caller.
 */
#ifndef CORPUS_JSONL_H
#define CORPUS_JSONL_H

#include <stddef.h>

#include "base/article.h"
#include "base/status.h"

/* Reads the object LINE (valid UTF-8) into A, which is empty. ST_INVALID: a
 * bad article, ERR says why. */
enum status jsonl_parse(struct article *a, const char *line, size_t len, struct error *err) MUST_CHECK;

#endif
