/* SPDX-License-Identifier: GPL-2.0-or-later
 *
 * The faults that a check found, to be told at its end: a state that was
 * overtaken while it was read is no damage. Several threads may add. Owns its
 * texts.
 */
#ifndef INDEXER_FAULTS_H
#define INDEXER_FAULTS_H

#include <pthread.h>
#include <stdint.h>

#include "base/buf.h"

#define FAULTS_TOLD 1000   /* of more, the rest is only counted */

struct faults {
	pthread_mutex_t lock;
	struct buf text;      /* each with a NUL byte */
	uint64_t n;
};

void faults_init(struct faults *f);
void faults_fini(struct faults *f);
void faults_clear(struct faults *f);
void faults_add(struct faults *f, const char *fmt, ...) PRINTF_LIKE(2, 3);
/* Says each on stderr, DIR before it. */
void faults_tell(const struct faults *f, const char *dir);

#endif
