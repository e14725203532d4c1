/* SPDX-License-Identifier: GPL-2.0-or-later
 *
 * SIGINT, SIGTERM and SIGHUP while a generation is made: a thread of its own waits for
 * them, so that they work whatever the others are doing (reading a silent
 * standard input, merging), removes the temporary folder, and ends the process
 * by the signal. One in a process; to be made before other threads.
 */
#ifndef INDEXER_SYSTEM_INTERRUPT_H
#define INDEXER_SYSTEM_INTERRUPT_H

#include "base/status.h"

struct interrupt;

enum status interrupt_new(struct interrupt **out, struct error *err) MUST_CHECK;
/* Makes a folder as mkdtemp(3) does, to be removed from that moment on: one in an
 * interrupt's time. Does not return once a signal is being handled. */
enum status interrupt_mkdtemp(struct interrupt *in, char *template, struct error *err) MUST_CHECK;
/* Removes it now, because the process is about to end; whoever else would
 * change what is to be removed waits for good. */
void interrupt_clear(struct interrupt *in);
/* A signal waits from here until interrupt_release: for a step that must not be taken halfway. */
void interrupt_hold(struct interrupt *in);
void interrupt_release(struct interrupt *in);
/* Signals do again what they did before. */
void interrupt_free(struct interrupt *in);

#endif
