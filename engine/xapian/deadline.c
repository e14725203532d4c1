/* SPDX-License-Identifier: GPL-2.0-or-later */
#include "engine/xapian/deadline.h"

#include "base/clock.h"

enum status
deadline_check(const struct xap_deadline *d, struct error *err)
{
	if (d == NULL)
		return ST_OK;
	if (d->cancelled != NULL && d->cancelled(d->arg))
		return error_set(err, ST_CANCELLED, "cancelled");
	if (d->at_ns == 0 || clock_ns() < d->at_ns)
		return ST_OK;
	return error_set(err, ST_DEADLINE, "the time for this request is over");
}
