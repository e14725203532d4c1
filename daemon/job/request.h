/* SPDX-License-Identifier: GPL-2.0-or-later
 *
 * A request line taken apart: [@TAG] VERB [key=value ...] [-- ] [rest]. A
 * struct request owns one block of memory that all its strings stand in.
 */
#ifndef DAEMON_JOB_REQUEST_H
#define DAEMON_JOB_REQUEST_H

#include "base/protocol.h"
#include "engine/search/search.h"

#define REQUEST_TAG_MAX 64

struct request {
	const struct protocol_verb *verb;   /* NULL: there is none of that name */
	char tag[REQUEST_TAG_MAX + 1];  /* "" when none was given */
	bool json;
	unsigned given;                 /* bits of the options */
	struct search_options search;   /* now and deadline are left to the worker */
	const char *id;                 /* NULL when not given */
	uint64_t rev, since;
	const char *name;               /* NULL when not given */
	const char *speaker;            /* likewise */
	const char *client;             /* likewise */
	const char *rest;               /* ends in NUL */
	size_t rest_len;
	const char *asked;              /* all behind the verb, as it came; for the log */
	size_t asked_len;
	char *memory;
	size_t used;
};

/* Reads LINE (LEN bytes, any bytes). 0, or the code to answer with ERR's text;
 * R must go through request_fini in either case. Tag and format are filled in as
 * far as the line could be read. */
int request_parse(struct request *r, const char *line, size_t len, struct error *err) MUST_CHECK;
void request_fini(struct request *r);

/* Whether a connection's first line shows a web browser: HTTP is never answered. WHOLE: else LINE is too
 * long for a request, and may go on. */
bool request_is_http(const char *line, size_t len, bool whole);

#endif
