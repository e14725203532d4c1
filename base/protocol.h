/* SPDX-License-Identifier: MIT
 *
 * The tables of the line protocol: the options of a request, the rows of a
 * reply, the verbs. Each fact stands in one row here; the daemon's parser, HELP,
 * the names in JSON and the client's command line are made of it.
 * dragoman-protocol(7) is the description. Everything is constant, nothing is
 * to be freed.
 */
#ifndef BASE_PROTOCOL_H
#define BASE_PROTOCOL_H

#include <stdbool.h>
#include <stddef.h>
#include <stdint.h>

#define PROTOCOL_LIMIT_MAX 1000   /* rows a page */
#define PROTOCOL_NAME_MAX 64     /* bytes of a watch's name */
#define PROTOCOL_MARK_MAX 64     /* bytes of each mark of a snippet */

/* An option of a request, a row each, in the order in which usage texts name
 * them: OPTION(ID, name, type, least, most, value as usage shows it, value as
 * errors say it, help). LEAST and MOST bound a number; MOST is the bytes that a
 * name or each mark may have. A choice needs no words for errors: they name its
 * alternatives. */
#define PROTOCOL_OPTIONS(OPTION) \
	OPTION(NAME, "name", NAME, 0, PROTOCOL_NAME_MAX, "NAME", "1 to 64 of A-Z a-z 0-9 . _ : -", \
	       "what to call the watch") \
	OPTION(SINCE, "since", NUMBER, 0, INT64_MAX, "REV", "a revision, as pushes tell it", \
	       "what was committed after this revision, too") \
	OPTION(ID, "id", TEXT, 0, 0, "ID", "an article's id", \
	       "one article's score in parts") \
	OPTION(SPEAKER, "speaker", TEXT, 0, 0, "NAME", "a name, or a part of it", \
	       "what NAME said, and nobody else") \
	OPTION(LIMIT, "limit", NUMBER, 0, PROTOCOL_LIMIT_MAX, "N", "0 to 1000", \
	       "at most N results") \
	OPTION(OFFSET, "offset", NUMBER, 0, INT32_MAX, "N", "a number", \
	       "pass over the first N") \
	OPTION(SORT, "sort", CHOICE, 0, 0, "relevance|date|-date", NULL, \
	       "date: oldest first; -date: newest first") \
	OPTION(RANK, "rank", CHOICE, 0, 0, "relevance|recent", NULL, \
	       "recent: newer articles rise") \
	OPTION(HALF_LIFE, "halflife", NUMBER, 1, 36500, "DAYS", "days, 1 to 36500", \
	       "how fast that wears off (90)") \
	OPTION(FROM, "from", DATE, 0, 0, "DATE", "a date (2025, 2025-03, 2025-03-27)", \
	       "not before 2025, 2025-03 or 2025-03-27") \
	OPTION(TO, "to", DATE, 0, 0, "DATE", "a date (2025, 2025-03, 2025-03-27)", \
	       "not after 2025, 2025-03 or 2025-03-27") \
	OPTION(MATCH, "match", CHOICE, 0, 0, "any|all", NULL, \
	       "all: articles with every word, not with any of them") \
	OPTION(SNIPPETS, "snippets", CHOICE, 0, 0, "0|1", NULL, \
	       "0: headlines only") \
	OPTION(MARK, "mark", MARKS, 0, PROTOCOL_MARK_MAX, "OPEN,CLOSE", "OPEN,CLOSE of at most 64 bytes each", \
	       "what a snippet's matches stand between") \
	OPTION(REV, "rev", NUMBER, 0, INT64_MAX, "N", "a revision, as end lines tell it", \
	       "the index as it was at this revision, or an error") \
	OPTION(ALIAS, "alias", CHOICE, 0, 0, "0|1", NULL, \
	       "0: without other names of what the words name") \
	OPTION(METO, "meto", CHOICE, 0, 0, "0|1", NULL, \
	       "1: capitals stand for governments") \
	OPTION(CORRECT, "correct", CHOICE, 0, 0, "0|1", NULL, \
	       "0: no misspellings of a word either; 1: search what is suggested for a word that no article has") \
	OPTION(COLLAPSE, "collapse", CHOICE, 0, 0, "0|1", NULL, \
	       "0: all copies of a text, not the best one only") \
	OPTION(CLIENT, "client", NAME, 1, PROTOCOL_NAME_MAX, "NAME", "1 to 64 of A-Z a-z 0-9 . _ : -", \
	       "the client that a front asks for") \
	OPTION(FORMAT, "format", CHOICE, 0, 0, "text|json", NULL, \
	       "how rows and the end line are written")

/* A kind of row in a reply: ROW(ID, letter, names of its columns). */
#define PROTOCOL_ROWS(ROW) \
	ROW(HIT, 'R', "rank", "id", "score", "date", "source", "title", "copies") \
	ROW(SNIPPET, 'S', "snippet") \
	ROW(STANDS_FOR, 'C', "typed", "stands-for") \
	ROW(WARNING, 'W', "text") \
	ROW(FIGURE, 'K', "key", "value") \
	ROW(VERB, 'K', "verb", "usage") \
	ROW(PARAGRAPH, 'T', "kind", "text") \
	ROW(SUGGESTION, 'G', "text", "count") \
	ROW(NODE, 'X', "depth", "node", "detail") \
	ROW(PART, 'X', "depth", "part", "value") \
	ROW(METRIC, 'M', "line") \
	ROW(VERSION, 'V', "rank", "id", "date", "source", "title") \
	ROW(CHANGE, 'D', "sign", "sentence") \
	ROW(QUOTE, 'Q', "rank", "id", "date", "speaker", "office", "words", "start", "end")

/* A verb, in HELP's order: VERB(ID, name of its function, what it asks, options
 * besides those of every verb, rest of the line, letters of its rows, help). */
#define PROTOCOL_VERBS(VERB) \
	VERB(SEARCH, search, INDEX, OPTIONS_QUERY | OPTIONS_PAGE | OPTIONS_RANK | OPT_SNIPPETS | OPT_MARK, \
	     "-- QUERY", "RSCW", "articles, the best first") \
	VERB(COUNT, count, INDEX, OPTIONS_QUERY, \
	     "-- QUERY", "CW", "how many articles a query finds") \
	VERB(QUOTES, quotes, INDEX, OPTIONS_QUERY | OPTIONS_PAGE | OPT_SPEAKER, \
	     "-- QUERY", "QCW", "who is quoted saying what") \
	VERB(GET, get, INDEX, 0, "ID", "KT", "a whole article") \
	VERB(VERSIONS, versions, INDEX, OPT_LIMIT | OPT_OFFSET | OPT_REV, "-- ID", "VDW", "the copies of an article, and how they differ") \
	VERB(SUGGEST, suggest, INDEX, OPT_LIMIT, "-- PREFIX", "G", "words and names that begin so") \
	VERB(EXPLAIN, explain, INDEX, OPTIONS_SENSE | OPTIONS_RANK | OPT_ID, \
	     "-- QUERY", "X", "how a query is understood") \
	VERB(WATCH, watch, INDEX, OPTIONS_QUERY | OPT_NAME | OPT_SINCE, \
	     "-- QUERY", "R", "articles that newly match, as they are committed") \
	VERB(UNWATCH, unwatch, NOTHING, 0, "NAME", "", "ends a watch") \
	VERB(STATUS, status, DAEMON, 0, "", "K", "figures of the daemon and its index") \
	VERB(METRICS, metrics, DAEMON, 0, "", "M", "figures in the text format of Prometheus") \
	VERB(HELP, help, NOTHING, 0, "", "K", "the verbs and their options") \
	VERB(PING, ping, NOTHING, 0, "", "", "whether the daemon answers") \
	VERB(QUIT, quit, NOTHING, 0, "", "", "ends the connection")

/* ---- what is made of the tables ---- */

enum protocol_type {
	PROTOCOL_NUMBER, PROTOCOL_CHOICE, PROTOCOL_DATE, PROTOCOL_TEXT,
	PROTOCOL_NAME,     /* letters, digits and . _ : - */
	PROTOCOL_MARKS     /* two texts with a comma between them */
};

#define OPTION(id, ...) OPTION_##id,
enum protocol_option_id { PROTOCOL_OPTIONS(OPTION) };
#undef OPTION

/* The bit of each option in a set of them. */
#define OPTION(id, ...) OPT_##id = 1 << OPTION_##id,
enum protocol_option_bit { PROTOCOL_OPTIONS(OPTION) };
#undef OPTION

#define ROW(id, ...) ROW_##id,
enum row_kind { PROTOCOL_ROWS(ROW) };
#undef ROW

#define VERB(id, ...) VERB_##id,
enum protocol_verb_id { PROTOCOL_VERBS(VERB) };
#undef VERB

#define PROTOCOL_ONE(...) + 1
enum {
	OPTIONS = 0 PROTOCOL_OPTIONS(PROTOCOL_ONE),
	ROW_KINDS = 0 PROTOCOL_ROWS(PROTOCOL_ONE),
	VERBS = 0 PROTOCOL_VERBS(PROTOCOL_ONE)
};
#undef PROTOCOL_ONE

/* The options of every verb. */
#define OPTIONS_EVERY (OPT_CLIENT | OPT_FORMAT)
/* How the words of a query are taken; which articles it finds; a page of them. */
#define OPTIONS_SENSE (OPT_FROM | OPT_TO | OPT_MATCH | OPT_ALIAS | OPT_METO | OPT_CORRECT)
#define OPTIONS_QUERY (OPTIONS_SENSE | OPT_COLLAPSE)
#define OPTIONS_PAGE (OPT_LIMIT | OPT_OFFSET | OPT_SORT | OPT_REV)
#define OPTIONS_RANK (OPT_RANK | OPT_HALF_LIFE)

struct protocol_option {
	enum protocol_option_id id;
	const char *name;
	enum protocol_type type;
	uint64_t least, most;
	const char *value;    /* of a choice: its alternatives, split by | */
	const char *wanted;   /* NULL: a choice */
	const char *help;
};

#define PROTOCOL_COLUMNS_MAX 8

struct protocol_row {
	char letter;
	const char *column[PROTOCOL_COLUMNS_MAX + 1];   /* ends with NULL */
};

enum protocol_asks {
	PROTOCOL_NOTHING,   /* is answered from the protocol and the connection alone */
	PROTOCOL_INDEX,
	PROTOCOL_DAEMON     /* the daemon's state, and the index */
};

struct protocol_verb {
	enum protocol_verb_id id;
	const char *name;
	enum protocol_asks asks;
	unsigned options;     /* bits, without those of OPTIONS_EVERY */
	const char *rest;     /* "" when there is none */
	const char *rows;     /* letters */
	const char *help;
};

extern const struct protocol_option protocol_options[OPTIONS];
extern const struct protocol_row protocol_rows[ROW_KINDS];
extern const struct protocol_verb protocol_verbs[VERBS];

/* The option NAME, LEN bytes; NULL when there is none. */
const struct protocol_option *protocol_option_find(const char *name, size_t len);
/* The verb NAME, LEN bytes, in whatever case; NULL when there is none. */
const struct protocol_verb *protocol_verb_find(const char *name, size_t len);

#endif
