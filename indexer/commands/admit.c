/* SPDX-License-Identifier: GPL-2.0-or-later */
#include "config.h"

#include "indexer/commands/admit.h"

enum status
admit_next(struct reader *r, struct limits *l, void (*bad)(void *arg, const struct reader_bad *bad), void *arg,
	   struct article *out, bool *got, struct error *err)
{
	struct reader_counts c;
	struct error why;
	enum status st;

	for (;;) {
		st = reader_next(r, out, got, err);
		if (st != ST_OK || !*got)
			return st;
		st = limits_check(l, out, &why);
		if (st != ST_TOO_LARGE)
			break;
		reader_counts(r, &c);
		bad(arg, &(struct reader_bad){ c.file, c.line, why.text, NULL });
	}
	return st == ST_OK ? st : error_set(err, st, "%s", why.text);
}
