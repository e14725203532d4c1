/* SPDX-License-Identifier: GPL-2.0-or-later
 *
 * A watch: a standing query of one connection, and the list of them that each
 * connection has. Belongs to the loop thread, but for the one that a WATCH
 * being carried out has with it. A list owns its watches.
 */
#ifndef DAEMON_JOB_WATCH_H
#define DAEMON_JOB_WATCH_H

#include "daemon/job/request.h"
#include "engine/standing/standing.h"

#define WATCHES_MAX 64   /* of a connection */

struct watch {
	struct watch *next;
	uint64_t number;         /* of all watches; 0 before it has one */
	char name[PROTOCOL_NAME_MAX + 1];
	bool json;
	bool replay;             /* the commits after since= were not told yet */
	bool busy;               /* a push is being made for it */
	unsigned late;           /* how often in a row its query took too long */
	uint64_t pause_ns;       /* after that, no push is made for it before then */
	uint64_t rev;            /* commits up to this revision were told */
	uint64_t seen;           /* the revision when it was asked for */
	struct standing_query query;
	char *memory;            /* behind the query's strings */
};

struct watch_list {
	struct watch *first;
	unsigned n, replays;
	uint64_t named;          /* names that were given out: w1 ... */
};

/* The watch that REQ, of a connection with LIST, asks for. ST_INVALID: the name is taken; ST_TOO_LARGE:
 * there are as many as there may be. */
enum status watch_new(struct watch **out, struct watch_list *list, const struct request *req, struct error *err) MUST_CHECK;
void watch_free(struct watch *w);

void watch_list_add_take(struct watch_list *list, struct watch *w);
/* NULL where there is none. */
struct watch *watch_list_find(const struct watch_list *list, uint64_t number);
/* False: there is none of that name. */
bool watch_list_remove(struct watch_list *list, const char *name);
void watch_list_clear(struct watch_list *list);
/* W was told all up to REV. */
void watch_list_told(struct watch_list *list, struct watch *w, uint64_t rev);

#endif
