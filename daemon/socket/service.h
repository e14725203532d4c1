/* SPDX-License-Identifier: GPL-2.0-or-later
 *
 * The service manager (systemd) that may have started the daemon: the sockets
 * that it hands over, and what it wants to be told. Where none has, nothing
 * here does anything. For the loop thread.
 */
#ifndef DAEMON_SOCKET_SERVICE_H
#define DAEMON_SOCKET_SERVICE_H

#include <stdint.h>

#define SERVICE_FIRST_FD 3

/* How many sockets were handed over, as descriptors from SERVICE_FIRST_FD on. To
 * be called once, before threads start: later calls, and children, find none. */
unsigned service_sockets(void);

void service_ready(void);
/* The configuration is being read again; service_ready follows. */
void service_reloading(void);
void service_stopping(void);

/* Microseconds within which service_alive is to be called, again and again, or
 * the daemon is taken for hung; 0: nobody waits for it. */
uint64_t service_watchdog_us(void);
void service_alive(void);

#endif
