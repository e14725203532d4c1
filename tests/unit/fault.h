/* SPDX-License-Identifier: GPL-2.0-or-later
 *
 * Faults on demand: an allocation of C++, ours or Xapian's, or one of ours in
 * C that fails, and a disk that is full. A program that links fault.cc has its
 * operators new and delete and its pwrite replaced; what is C needs the linker
 * flags FAULT_LDFLAGS of Makefile.am. Works under the sanitizers, since memory
 * still comes from malloc. Nothing here owns anything.
 */
#ifndef TESTS_UNIT_FAULT_H
#define TESTS_UNIT_FAULT_H

#include <stdbool.h>

#ifdef __cplusplus
extern "C" {
#endif

enum fault_kind {
	FAULT_ONCE,     /* the Nth allocation from now fails */
	FAULT_ON        /* the Nth and all after it */
};

void fault_arm(unsigned nth, enum fault_kind kind);
/* Back to normal; says whether anything was refused. */
bool fault_disarm(void);

/* From now on writes into files fail for want of space, or no more. */
void fault_disk_full(bool full);

#ifdef __cplusplus
}
#endif

#endif
