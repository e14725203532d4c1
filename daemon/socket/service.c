/* SPDX-License-Identifier: GPL-2.0-or-later */
#include "daemon/socket/service.h"

#include <inttypes.h>
#include <string.h>
#include <systemd/sd-daemon.h>

#include "base/clock.h"
#include "base/log.h"

_Static_assert(SERVICE_FIRST_FD == SD_LISTEN_FDS_START, "where inherited sockets begin");

unsigned
service_sockets(void)
{
	int n = sd_listen_fds(1);

	if (n < 0)
		log_line(LOG_LEVEL_WARN, "sockets of the service manager: %s", strerror(-n));
	return n > 0 ? (unsigned)n : 0;
}

static void
tell(int result)
{
	if (result < 0)
		log_line(LOG_LEVEL_WARN, "telling the service manager: %s", strerror(-result));
}

void
service_ready(void)
{
	tell(sd_notify(0, "READY=1"));
}

void
service_reloading(void)
{
	tell(sd_notifyf(0, "RELOADING=1\nMONOTONIC_USEC=%" PRIu64, clock_ns() / 1000));
}

void
service_stopping(void)
{
	tell(sd_notify(0, "STOPPING=1"));
}

uint64_t
service_watchdog_us(void)
{
	uint64_t us;

	return sd_watchdog_enabled(0, &us) > 0 ? us : 0;
}

void
service_alive(void)
{
	tell(sd_notify(0, "WATCHDOG=1"));
}
