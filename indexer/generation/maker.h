/* SPDX-License-Identifier: GPL-2.0-or-later
 *
 * What all commands that make a generation have around their work: the lock,
 * the temporary folder, which a signal or a full disk removes, the line that
 * shows how far they are, and the report of the job at the end:
 *
 *	struct maker m;
 *
 *	maker_init(&m, index, "rebuild", quiet);
 *	st = maker_begin(&m, NULL, wait_ms, &err); m.generation is there to be filled
 *	...
 *	maker_fini(&m);
 *	return st == ST_OK ? maker_end(&m, EX_OK) : maker_fail(&m, &err);
 *
 * One in a process at a time. Owns its members; INDEX is borrowed.
 */
#ifndef INDEXER_GENERATION_MAKER_H
#define INDEXER_GENERATION_MAKER_H

#include <stdbool.h>

#include "indexer/generation/generation.h"
#include "indexer/report/jobfile.h"
#include "indexer/report/progress.h"
#include "indexer/system/interrupt.h"

struct maker {
	const char *index;
	struct interrupt *interrupt;
	struct generation generation;
	struct progress progress;
	struct jobfile job;
	bool cannot_create;      /* the folder of the index cannot be made */
};

void maker_init(struct maker *m, const char *index, const char *command, bool quiet);
/* Where the new generation is not one of m->index (a snapshot), IN is the folder that it is for; else NULL. */
enum status maker_begin(struct maker *m, const char *in, unsigned wait_ms, struct error *err) MUST_CHECK;
/* generation_place, with INDEX/LOCK held; signals wait for its end. */
enum status maker_place(struct maker *m, uint32_t gen, struct error *err) MUST_CHECK;
/* Takes the temporary folder away and gives back what M holds, but for the report. */
void maker_fini(struct maker *m);
/* The exit code, once the report is written: CODE after success; that of ERR, which is told. */
int maker_end(struct maker *m, int code) MUST_CHECK;
int maker_fail(struct maker *m, const struct error *err) MUST_CHECK;

#endif
