/* SPDX-License-Identifier: GPL-2.0-or-later
 *
 * The insides of the query parser, for query.c (lists, AND, OR, NOT, parentheses), chain.c (chains of
 * NEAR, ADJ and SAME), unit.c (words, phrases, prefixes and fields) and node.c (what they become) alone. A node owns its
 * children and its text.
 */
#ifndef ENGINE_QUERY_PARSER_H
#define ENGINE_QUERY_PARSER_H

#include "engine/query/lex.h"
#include "engine/query/query.h"

struct parser {
	struct lex lx;
	const struct query_options *opt;
	struct error *err;
	unsigned terms;    /* words so far, see QUERY_TERMS_MAX */
};

/* node.c: NULL when memory is out. */
struct node *node_new(enum node_kind kind, int col);
enum status node_set_text(struct node *n, const char *text, size_t len) MUST_CHECK;
/* Consumes KID, also on failure. */
enum status node_add_take(struct node *n, struct node *kid) MUST_CHECK;

/* unit.c: reads one unit that is neither signed nor in parentheses: a word, =word,
 * prefix*, "phrase", field:value. The cursor stands on its first character. */
enum status unit_parse(struct parser *p, struct node **out) MUST_CHECK;

/* The node of FIELD:TEXT, with FIELD at column COL and TEXT at column AT. */
enum status unit_filter(struct parser *p, const struct schema_field *field, int col, int at, const char *text, size_t len,
			struct node **out) MUST_CHECK;

/* query.c: a unit with its sign, or a group in parentheses. */
enum status query_unit(struct parser *p, unsigned depth, struct node **out) MUST_CHECK;
/* chain.c: a unit, or a chain of them. */
enum status query_chain(struct parser *p, unsigned depth, struct node **out) MUST_CHECK;

/* For error texts: as much of TEXT as fits in a line, whole characters. */
int unit_cut(const char *text, size_t len);

#endif
