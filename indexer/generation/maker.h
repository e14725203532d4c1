/* SPDX-License-Identifier: GPL-2.0-or-later
 *
 * The frame of every command that makes a generation: the lock, the temporary
 * folder, which is removed when a signal comes or the disk is full, the line that
 * shows the progress, and the report at the end:
 *
 *	struct maker m;
 *
 *	maker_init(&m, index, "rebuild", quiet);
 *	st = maker_begin(&m, NULL, wait_ms, &err); m.generation is there to be filled
 *	...
 *	maker_fini(&m);
 *	return st == ST_OK ? maker_end(&m, EX_OK) : maker_fail(&m, &err);
 *
 * A process has one maker at a time. Owns its members; INDEX is borrowed.
 */
#ifndef INDEXER_GENERATION_MAKER_H
#define INDEXER_GENERATION_MAKER_H

#include <stdbool.h>

#include "indexer/generation/generation.h"
#include "indexer/report/reportfile.h"
#include "indexer/report/progress.h"
#include "indexer/system/interrupt.h"

struct maker {
	const char *index;
	struct interrupt *interrupt;
	struct generation generation;
	struct progress progress;
	struct reportfile reportfile;
	bool cannot_create;      /* the folder of the index cannot be made */
};

void maker_init(struct maker *m, const char *index, const char *command, bool quiet);
/* Begins a generation of m->index or, where IN is not NULL, of the folder IN (a snapshot). */
enum status maker_begin(struct maker *m, const char *in, unsigned wait_ms, struct error *err) MUST_CHECK;
/* As generation_place, but signals wait for its end. Call with INDEX/LOCK held. */
enum status maker_place(struct maker *m, uint32_t gen, struct error *err) MUST_CHECK;
/* Removes the temporary folder and frees what M holds, but for the report. */
void maker_fini(struct maker *m);
/* Write the report and return the exit code: CODE after success, or the code of ERR, which is told on stderr.
 * maker_fail_damaged is for commands that find no damage but that of the index, and tells the cure, too. */
int maker_end(struct maker *m, int code) MUST_CHECK;
int maker_fail(struct maker *m, const struct error *err) MUST_CHECK;
int maker_fail_damaged(struct maker *m, const struct error *err) MUST_CHECK;

#endif
