/* SPDX-License-Identifier: MIT
 *
 * The common part of the commands that list the hits of a query: they ask, show
 * a page of rows in the face that was asked for, and say how many there are of
 * the verb's first kind, whose first column is the rank. A listing is a
 * constant; nothing here owns anything.
 */
#ifndef CLIENT_LISTING_H
#define CLIENT_LISTING_H

#include "client/cli.h"

struct listing {
	const char *one, *many;   /* the noun for the hits */
	bool marks;               /* people see marks in the text */
	enum status (*plain)(struct dragoman_reply *reply);   /* NULL: plain_rows */
	/* Shows a row, whatever its letter, to people; its text stands INDENT columns in. */
	void (*show)(struct cli *cli, const struct dragoman_row *row, unsigned indent);
};

/* Asks the command's verb, with the words of the command line, and shows the reply as L says; returns the exit code. */
int listing_run(struct cli *cli, const struct listing *l);

#endif
