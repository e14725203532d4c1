/* SPDX-License-Identifier: GPL-2.0-or-later
 *
 * How large an article may be: an article over one of these is not indexed, since it would take memory that a worker
 * does not have. dragoman-corpus(5) has them. The memory is the struct's own, and kept from article to article.
 */
#ifndef ENGINE_DOCUMENT_LIMITS_H
#define ENGINE_DOCUMENT_LIMITS_H

#include <stdbool.h>

#include "base/article.h"

#define LIMITS_BYTES 16777216     /* of all fields and the text */
#define LIMITS_TITLE 65536        /* bytes */
#define LIMITS_HEADINGS 10000
#define LIMITS_WORDS 500000       /* different ones, in headline and text */

/* An article of so many bytes is large. To analyse and write one takes up to 95 bytes of memory for each of its own,
 * 1.6 GB near the limits; so whoever has several workers has one large article in hand at a time. */
#define LIMITS_LARGE 1048576

struct limits;

bool limits_large(const struct article *a);

enum status limits_new(struct limits **out, struct error *err) MUST_CHECK;
void limits_free(struct limits *l);
/* ST_TOO_LARGE where A is over a limit; ERR then names A and the limit. */
enum status limits_check(struct limits *l, const struct article *a, struct error *err) MUST_CHECK;

#endif
