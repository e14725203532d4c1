/* SPDX-License-Identifier: GPL-2.0-or-later
 *
 * SIGINT, SIGTERM and SIGHUP while a generation is made. A thread of its own waits
 * for them, so that they work even while the other threads read a silent standard
 * input or merge; it removes the temporary folder and ends the process by the
 * signal. A process has one interrupt, made before other threads.
 */
#ifndef INDEXER_SYSTEM_INTERRUPT_H
#define INDEXER_SYSTEM_INTERRUPT_H

#include "base/error.h"

struct interrupt;

enum status interrupt_new(struct interrupt **out, struct error *err) MUST_CHECK;
/* Makes a folder as mkdtemp(3) does; from then on a signal removes it. Call once. Does not return
 * when a signal is being handled. */
enum status interrupt_mkdtemp(struct interrupt *in, char *template, struct error *err) MUST_CHECK;
/* Removes the folder now, because the process is about to end; other threads that would
 * change it wait for ever. */
void interrupt_clear(struct interrupt *in);
/* Signals wait from here until interrupt_release, so that a step is done whole or not at all. */
void interrupt_hold(struct interrupt *in);
void interrupt_release(struct interrupt *in);
/* Signals do again what they did before. */
void interrupt_free(struct interrupt *in);

#endif
