/* SPDX-License-Identifier: GPL-2.0-or-later */
#include "indexer/report/exit.h"

#include <sysexits.h>

#include "base/buf.h"
#include "base/log.h"
#include "engine/store/store.h"

int
exit_code(enum status status)
{
	switch (status) {
	case ST_OK:
		return EX_OK;
	case ST_SYNTAX:
		return EX_USAGE;
	case ST_INVALID:
	case ST_CORRUPT:
	case ST_TOO_LARGE:
		return EX_DATAERR;
	case ST_NOTFOUND:
		return EX_NOINPUT;
	case ST_IO:
	case ST_NOSPACE:
		return EX_IOERR;
	case ST_LOCKED:
	case ST_STALE:
		return EX_TEMPFAIL;
	case ST_VERSION:
	case ST_UNSUPPORTED:
		return EX_CONFIG;
	case ST_NOMEM:
		return EX_OSERR;
	case ST_TOO_BROAD:
	case ST_DEADLINE:
	case ST_CANCELLED:
	case ST_GONE:
	case ST_INTERNAL:
		break;
	}
	return EX_SOFTWARE;
}

int
exit_fail(const struct error *err)
{
	log_line(LOG_LEVEL_NOTICE, "%s", err->text);
	return exit_code(err->status);
}

int
exit_fail_damaged(const char *index, const struct error *err)
{
	struct buf line = BUF_INIT;
	int rc = exit_fail(err);

	if (err->status == ST_CORRUPT) {
		store_damaged(index, &line);
		log_line(LOG_LEVEL_NOTICE, "%s", buf_str(&line));
	}
	buf_fini(&line);
	return rc;
}
