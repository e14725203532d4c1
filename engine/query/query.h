/* SPDX-License-Identifier: GPL-2.0-or-later
 *
 * The query parser: text to tree. It knows the grammar of dragoman-query(7) and
 * nothing of indexes. It never guesses: text that it cannot read is ST_SYNTAX with
 * the column (in characters, from 1).
 *
 * A query owns its nodes and strings.
 */
#ifndef ENGINE_QUERY_QUERY_H
#define ENGINE_QUERY_QUERY_H

#include <stdbool.h>
#include <stddef.h>
#include <stdint.h>
#include <time.h>

#include "base/error.h"
#include "engine/store/schema.h"

#define QUERY_DEPTH_MAX 32     /* parentheses within parentheses */
#define QUERY_TERMS_MAX 256    /* words in a query; a prefix counts as one */
#define QUERY_DISTANCE_MAX 99  /* NEAR/n, ADJ/n: 1 to this; less than SCHEMA_GAP */
#define QUERY_CHAIN_MAX 16     /* operands in one chain of NEAR, ADJ and SAME */
#define QUERY_TIMES_MAX 99     /* atleastN( ): 1 to this */

enum node_kind {
	NODE_OR,      /* children: alternatives */
	NODE_AND,     /* children: all of them */
	NODE_NOT,     /* child 0 without child 1 */
	NODE_LIST,    /* units side by side: must, must_not, filters and the rest */
	NODE_NEAR,    /* children 0 and 1, distance, any order */
	NODE_ADJ,     /* children 0 and 1, distance, in this order */
	NODE_SAME,    /* children 0 and 1 in one sentence or paragraph */
	NODE_ATLEAST, /* child 0 (a word, prefix or phrase) at least DISTANCE times */
	NODE_WORD,    /* one bare word (which analysis may see as several) */
	NODE_EXACT,   /* =word */
	NODE_PREFIX,  /* word* */
	NODE_PHRASE,  /* "words" */
	NODE_FILTER,  /* field:value, for a field that filters */
	NODE_DATES    /* date:, since:, from=, to= */
};

enum node_same { SAME_NOT, SAME_SENTENCE, SAME_PARAGRAPH };

enum unit_sign { SIGN_NONE, SIGN_MUST, SIGN_MUST_NOT };

struct node {
	enum node_kind kind;
	enum unit_sign sign;            /* within a LIST */
	int col;                        /* the column where it begins */
	unsigned distance;              /* NEAR, ADJ; ATLEAST: how often */
	enum node_same same;            /* SAME */
	const struct schema_field *field; /* NULL: headline and body. title: and lead: on WORD, EXACT, PREFIX, PHRASE; others on FILTER and DATES */
	bool quoted;                    /* FILTER: the value stood in quotes */
	char *text;                     /* leaves: as typed, without quotes, =, * and field; UTF-8 */
	size_t len;
	char lo[16], hi[16];            /* DATES: digits, inclusive; "" open */
	struct node **kid;
	size_t nkids;
};

struct query_options {
	bool match_all;        /* a list means every word */
	const char *from, *to; /* dates, or NULL */
	time_t now;            /* for since: */
	bool quoted;           /* words count in quotations alone: of SPEAKER, whose words alone are a query, too, ... */
	const char *speaker;   /* ... or, if NULL, of whoever speaks */
};

/* Reads TEXT, LEN bytes; ill-formed UTF-8 is ST_SYNTAX. The nodes that OPT asks for stand at column 1. */
enum status query_parse(struct node **out, const char *text, size_t len,
			const struct query_options *opt, struct error *err) MUST_CHECK;
void query_free(struct node *n);
/* Whether N filters and does not rank: FILTER, DATES. */
bool query_is_filter(const struct node *n);
/* The field whose region must hold the words of the list in which the filter N stands; NULL: N asks for no region. */
const struct schema_field *query_region(const struct node *n);
/* Whether N, a leaf of voice:, leaves quotations out. */
bool query_is_reporter(const struct node *n);
/* The name under which EXPLAIN shows KIND: "word", "near" ... */
const char *query_kind_name(enum node_kind kind);

#endif
