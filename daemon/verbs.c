/* SPDX-License-Identifier: GPL-2.0-or-later */
#include "daemon/verbs.h"

#include <string.h>
#include <strings.h>

#define OPTIONS_QUERY (OPT_FROM | OPT_TO | OPT_MATCH | \
		       OPT_ALIAS | OPT_METO | OPT_CORRECT | OPT_COLLAPSE)
#define OPTIONS_RANK (OPT_RANK | OPT_HALF_LIFE)
#define OPTIONS_PAGE (OPT_LIMIT | OPT_OFFSET | OPT_SORT | OPT_SNIPPETS | OPT_MARK | OPT_REV)

static const struct verb verbs[] = {
	{ "SEARCH", "SEARCH [limit=N] [offset=N] [sort=relevance|date|-date] [rank=relevance|recent] [halflife=DAYS] "
	  "[from=DATE] [to=DATE] [match=any|all] [snippets=0|1] [mark=OPEN,CLOSE] [rev=N] [alias=0|1] [meto=0|1] [correct=0|1] [collapse=0|1] -- QUERY",
	  OPTIONS_QUERY | OPTIONS_PAGE | OPTIONS_RANK, true, false, WIRE_DONE, verb_search },
	{ "COUNT", "COUNT [from=DATE] [to=DATE] [match=any|all] [alias=0|1] [meto=0|1] [correct=0|1] [collapse=0|1] -- QUERY",
	  OPTIONS_QUERY, true, false, WIRE_DONE, verb_count },
	{ "QUOTES", "QUOTES [speaker=NAME] [limit=N] [offset=N] [sort=relevance|date|-date] [from=DATE] [to=DATE] "
	  "[match=any|all] [rev=N] [alias=0|1] [meto=0|1] [correct=0|1] [collapse=0|1] -- QUERY",
	  OPTIONS_QUERY | OPT_LIMIT | OPT_OFFSET | OPT_SORT | OPT_REV | OPT_SPEAKER, true, false, WIRE_DONE, verb_quotes },
	{ "GET", "GET ID", 0, true, false, WIRE_DONE, verb_get },
	{ "VERSIONS", "VERSIONS ID", 0, true, false, WIRE_DONE, verb_versions },
	{ "SUGGEST", "SUGGEST [limit=N] -- PREFIX", OPT_LIMIT, true, false, WIRE_DONE, verb_suggest },
	{ "EXPLAIN", "EXPLAIN [id=ID] [rank=relevance|recent] [halflife=DAYS] [from=DATE] [to=DATE] "
	  "[match=any|all] [alias=0|1] [meto=0|1] [correct=0|1] -- QUERY",
	  OPT_ID | OPT_FROM | OPT_TO | OPT_MATCH | OPT_ALIAS | OPT_METO | OPT_CORRECT | OPTIONS_RANK, true, false, WIRE_DONE, verb_explain },
	{ "WATCH", "WATCH [name=NAME] [since=REV] [from=DATE] [to=DATE] [match=any|all] "
	  "[alias=0|1] [meto=0|1] [correct=0|1] [collapse=0|1] -- QUERY",
	  OPTIONS_QUERY | OPT_NAME | OPT_SINCE, true, false, WIRE_DONE, verb_watch },
	{ "UNWATCH", "UNWATCH NAME", 0, false, false, WIRE_DONE, verb_unwatch },
	{ "STATUS", "STATUS", 0, true, true, WIRE_DONE, verb_status },
	{ "METRICS", "METRICS", 0, true, true, WIRE_DONE, verb_metrics },
	{ "HELP", "HELP", 0, false, false, WIRE_DONE, verb_help },
	{ "PING", "PING", 0, false, false, WIRE_DONE, verb_plain },
	{ "QUIT", "QUIT", 0, false, false, WIRE_BYE, verb_plain },
};

#define NVERBS (sizeof(verbs) / sizeof(verbs[0]))
_Static_assert(NVERBS <= STATS_VERBS, "each verb has its own figures");

const struct verb *
verb_find(const char *name, size_t len)
{
	size_t i;

	for (i = 0; i < NVERBS; i++) {
		if (strlen(verbs[i].name) == len && strncasecmp(verbs[i].name, name, len) == 0)
			return &verbs[i];
	}
	return NULL;
}

void
verb_put_state(struct rows *rows, const struct searcher *s)
{
	const struct manifest *m = searcher_manifest(s);

	rows_figure(rows, "gen", m->generation);
	rows_figure(rows, "rev", m->rev);
}

const struct verb *
verb_at(size_t n)
{
	return n < NVERBS ? &verbs[n] : NULL;
}

size_t
verb_number(const struct verb *v)
{
	return (size_t)(v - verbs);
}
