/* SPDX-License-Identifier: MIT
 *
 * Chooses a preset dictionary for zstream_packer from sample texts: the stretches
 * whose byte sequences occur in the most samples, the best at the end, where
 * deflate reaches them most cheaply. A zdict owns copies of its samples; the
 * same samples in the same order give the same dictionary.
 */
#ifndef BASE_ZDICT_H
#define BASE_ZDICT_H

#include <stdbool.h>
#include <stddef.h>

#include "base/buf.h"

#define ZDICT_SAMPLES_MAX (2u << 20)   /* bytes of samples that are looked at */

struct zdict;

/* MAX: bytes of the dictionary (at most ZSTREAM_DICT_MAX of base/zstream.h are
 * of use). */
enum status zdict_new(struct zdict **out, size_t max) MUST_CHECK;
void zdict_free(struct zdict *z);
/* Adds a sample; what goes over ZDICT_SAMPLES_MAX in all is passed over. To
 * take samples from all over a corpus is the caller's part. */
enum status zdict_sample(struct zdict *z, const void *text, size_t len) MUST_CHECK;
/* Whether a further sample would be passed over. */
bool zdict_full(const struct zdict *z);
/* Appends the dictionary to OUT: at most MAX bytes, none where the samples
 * have too little in common. To be called once. */
enum status zdict_finish(struct zdict *z, struct buf *out) MUST_CHECK;

#endif
