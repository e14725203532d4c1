/* SPDX-License-Identifier: GPL-2.0-or-later
 *
 * The faults that a check found, to be told at its end: a state that was
 * overtaken while it was read is no damage. Several threads may add, and a
 * process that was forked after faults_new: libxapian may die of what it reads.
 * Owns its texts.
 */
#ifndef INDEXER_PROOF_FAULTS_H
#define INDEXER_PROOF_FAULTS_H

#include <stddef.h>
#include <stdint.h>

#include "base/error.h"

/* Of their texts, room and no memory until it is used; what finds none is only counted, and told as a number. */
#define FAULTS_BYTES (64 * 1024 * 1024)

struct faults;

enum status faults_new(struct faults **out, struct error *err) MUST_CHECK;
void faults_free(struct faults *f);
void faults_clear(struct faults *f);
uint64_t faults_count(const struct faults *f);
void faults_add(struct faults *f, const char *fmt, ...) PRINTF_LIKE(2, 3);
/* Walks their texts: *AT starts at 0; NULL at the end. */
const char *faults_next(const struct faults *f, size_t *at);
/* Says each on stderr, DIR before it, and what cures INDEX. */
void faults_tell(const struct faults *f, const char *index, const char *dir);

#endif
