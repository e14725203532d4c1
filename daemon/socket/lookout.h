/* SPDX-License-Identifier: GPL-2.0-or-later
 *
 * Has the loop wake up at the moment when the index switches or a job leaves
 * its report: both put a file in place in the index's folder. Where the system
 * has no more of such watches to give there is none, and the tick sees it a
 * little later. Owns its descriptor.
 */
#ifndef DAEMON_SOCKET_LOOKOUT_H
#define DAEMON_SOCKET_LOOKOUT_H

/* A descriptor that is readable when a file was put in place in FOLDER, -1
 * where that cannot be had. */
int lookout_open(const char *folder);
/* Takes all events that there are. */
void lookout_drain(int fd);

#endif
