/* SPDX-License-Identifier: GPL-2.0-or-later
 *
 * SIGINT, SIGTERM and SIGHUP while a generation is made: a thread of its own waits for
 * them, so that they work whatever the others are doing (reading a silent
 * standard input, merging), removes the temporary folder, and ends the process
 * by the signal. One in a process; to be made before other threads.
 */
#ifndef INDEXER_INTERRUPT_H
#define INDEXER_INTERRUPT_H

#include "base/status.h"

struct interrupt;

enum status interrupt_new(struct interrupt **out, struct error *err) MUST_CHECK;
/* PATH (copied; NULL: nothing) is what is to be removed from now on. Waits for
 * a signal that is being handled, so that it does not return then. */
enum status interrupt_remove(struct interrupt *in, const char *path, struct error *err) MUST_CHECK;
/* Removes it now, because the process is about to end; whoever else would
 * change what is to be removed waits for good. */
void interrupt_clear(struct interrupt *in);
/* A signal waits from here until interrupt_release: for a step that must not be taken halfway. */
void interrupt_hold(struct interrupt *in);
void interrupt_release(struct interrupt *in);
/* Signals do again what they did before. */
void interrupt_free(struct interrupt *in);

#endif
