/* SPDX-License-Identifier: GPL-2.0-or-later
 *
 * JSON Lines: one line, one article. format.h says what the functions of a
 * format do.
 */
#ifndef CORPUS_JSONL_H
#define CORPUS_JSONL_H

#include <stddef.h>

#include "corpus/format.h"

/* Reads the object LINE (valid UTF-8, borrowed) into A, which is empty. ST_INVALID: a
 * bad article, ERR says why. */
enum status jsonl_parse(struct article *a, const char *line, size_t len, struct error *err) MUST_CHECK;

bool jsonl_looks_like(const char *name, size_t len);
enum status jsonl_open(struct format_file *f, struct error *err) MUST_CHECK;
enum status jsonl_next(struct format_file *f, struct article *a, bool *got, struct error *err) MUST_CHECK;
void jsonl_close(struct format_file *f);

#endif
