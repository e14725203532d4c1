/* SPDX-License-Identifier: GPL-2.0-or-later
 *
 * A request line taken apart: [@TAG] VERB [key=value ...] [-- ] [rest]. A
 * struct request owns one block of memory that all its strings stand in.
 */
#ifndef DAEMON_REQUEST_H
#define DAEMON_REQUEST_H

#include "engine/search.h"

#define REQUEST_TAG_MAX 64
#define REQUEST_NAME_MAX 64

/* The options there are; a verb names those that it knows. All verbs know format. */
enum {
	OPT_LIMIT = 1 << 0,
	OPT_OFFSET = 1 << 1,
	OPT_SORT = 1 << 2,
	OPT_FROM = 1 << 3,
	OPT_TO = 1 << 4,
	OPT_MATCH = 1 << 5,
	OPT_SNIPPETS = 1 << 6,
	OPT_MARK = 1 << 7,
	OPT_ALIAS = 1 << 8,
	OPT_CORRECT = 1 << 9,
	OPT_COLLAPSE = 1 << 10,
	OPT_ID = 1 << 11,
	OPT_FORMAT = 1 << 12,
	OPT_REV = 1 << 13,
	OPT_NAME = 1 << 14,
	OPT_SINCE = 1 << 15,
	OPT_SPEAKER = 1 << 16,
	OPT_RANK = 1 << 17,
	OPT_HALF_LIFE = 1 << 18,
	OPT_METO = 1 << 19
};

struct verb;

struct request {
	const struct verb *verb;        /* NULL: there is none of that name */
	char tag[REQUEST_TAG_MAX + 1];  /* "" when none was given */
	bool json;
	unsigned given;                 /* OPTION_ bits */
	struct search_options search;   /* now and deadline are left to the worker */
	const char *id;                 /* NULL when not given */
	uint64_t rev, since;
	const char *name;               /* NULL when not given */
	const char *speaker;            /* likewise */
	const char *rest;               /* ends in NUL */
	size_t rest_len;
	char *memory;
	size_t used;
};

/* Reads LINE (LEN bytes, any bytes). 0, or the code to answer with ERR's text;
 * R must go through request_fini in either case. Tag and format are filled in as
 * far as the line could be read. */
int request_parse(struct request *r, const char *line, size_t len, struct error *err) MUST_CHECK;
void request_fini(struct request *r);

/* Whether a connection's first line shows a web browser: HTTP is never answered. */
bool request_is_http(const char *line, size_t len);

#endif
