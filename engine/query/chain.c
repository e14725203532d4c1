/* SPDX-License-Identifier: GPL-2.0-or-later
 *
 * Chains of NEAR, ADJ and SAME: a NEAR/5 b ADJ/2 c SAME/S d.
 */
#include <string.h>

#include "engine/query/parser.h"

/* NEAR/5 at hand: its distance. */
static enum status
parse_distance(struct parser *p, enum lex_op op, unsigned *distance)
{
	struct lex *lx = &p->lx;
	size_t end = lex_word_end(lx), at = lx->at + strlen(lex_op_name(op));
	unsigned v = 0, digits = 0;

	if (at == end)
		return error_syntax(p->err, lx->col, "%s needs a number: %s/5 (quote it if it is meant as a word)", lex_op_name(op), lex_op_name(op));
	for (at++; at < end && lx->text[at] >= '0' && lx->text[at] <= '9'; at++, digits++)
		if (v <= QUERY_DISTANCE_MAX)
			v = v * 10 + (unsigned)(lx->text[at] - '0');
	if (at != end || digits == 0 || v < 1 || v > QUERY_DISTANCE_MAX)
		return error_syntax(p->err, lx->col, "the number after %s/ is from 1 to %d", lex_op_name(op), QUERY_DISTANCE_MAX);
	*distance = v;
	lex_to(lx, end);
	return ST_OK;
}

/* SAME/S at hand: what of. */
static enum status
parse_same(struct parser *p, enum node_same *same)
{
	struct lex *lx = &p->lx;
	size_t end = lex_word_end(lx), at = lx->at + sizeof("SAME/") - 1;

	*same = end - at != 1 ? SAME_NOT : lx->text[at] == 'S' ? SAME_SENTENCE : lx->text[at] == 'P' ? SAME_PARAGRAPH : SAME_NOT;
	if (*same == SAME_NOT)
		return error_syntax(p->err, lx->col, "SAME/S is the same sentence, SAME/P the same paragraph");
	lex_to(lx, end);
	return ST_OK;
}

static enum node_kind
kind_of(enum lex_op op)
{
	return op == LEX_NEAR ? NODE_NEAR : op == LEX_ADJ ? NODE_ADJ : NODE_SAME;
}

/* Only words, prefixes and phrases have a place in the text that a distance can be measured from. */
static enum status
check_operand(struct parser *p, const struct node *n, enum lex_op op, bool first)
{
	if (n->field != NULL)
		return error_syntax(p->err, n->col, "%s takes words, prefixes and phrases, not %s:", lex_op_name(op), n->field->name);
	if (!first && n->sign != SIGN_NONE)
		return error_syntax(p->err, n->col, "no sign after %s", lex_op_name(op));
	switch (n->kind) {
	case NODE_WORD: case NODE_EXACT: case NODE_PREFIX: case NODE_PHRASE:
		return ST_OK;
	case NODE_OR: case NODE_AND: case NODE_NOT: case NODE_LIST:
	case NODE_NEAR: case NODE_ADJ: case NODE_SAME: case NODE_ATLEAST: case NODE_FILTER: case NODE_DATES:
		break;
	}
	return error_syntax(p->err, n->col, "%s takes words, prefixes and phrases, no parentheses", lex_op_name(op));
}

/* One step of a chain: *LEFT becomes (*LEFT op right). */
static enum status
parse_near_step(struct parser *p, unsigned depth, enum lex_op op, bool first, bool group, struct node **left)
{
	struct lex *lx = &p->lx;
	struct node *right = NULL, *n;
	int op_col = lx->col;
	unsigned distance = 0;
	enum node_same same = SAME_NOT;
	enum status st = op == LEX_SAME ? parse_same(p, &same) : parse_distance(p, op, &distance);

	if (st != ST_OK)
		return st;
	if (first && group)
		return error_syntax(p->err, (*left)->col, "%s takes words, prefixes and phrases, no parentheses", lex_op_name(op));
	if (first)
		st = check_operand(p, *left, op, true);
	lex_skip_blanks(lx);
	if (st == ST_OK && (lex_end(lx) || lex_peek(lx) == ')' || lex_op(lx) != LEX_NONE))
		st = error_syntax(p->err, op_col, "nothing after %s", lex_op_name(op));
	group = lex_peek(lx) == '(';
	if (st == ST_OK && group)
		st = error_syntax(p->err, lx->col, "%s takes words, prefixes and phrases, no parentheses", lex_op_name(op));
	if (st == ST_OK)
		st = query_unit(p, depth, &right);
	if (st == ST_OK)
		st = check_operand(p, right, op, false);
	n = st == ST_OK ? node_new(kind_of(op), (*left)->col) : NULL;
	if (n == NULL) {
		query_free(right);
		return st != ST_OK ? st : ST_NOMEM;
	}
	n->distance = distance;
	n->same = same;
	n->sign = (*left)->sign;   /* a sign before the chain is the whole chain's */
	(*left)->sign = SIGN_NONE;
	st = node_add_take(n, *left);
	*left = n;
	if (st != ST_OK) {
		query_free(right);
		return st;
	}
	return node_add_take(n, right);
}

enum status
query_chain(struct parser *p, unsigned depth, struct node **out)
{
	struct lex *lx = &p->lx;
	bool group;
	struct node *left = NULL;
	enum lex_op op;
	unsigned operands = 1;
	enum status st;
	size_t sign = lex_peek(lx) == '+' || lex_peek(lx) == '-' ? 1 : 0;

	group = lx->at + sign < lx->len && lx->text[lx->at + sign] == '(';
	st = query_unit(p, depth, &left);
	while (st == ST_OK) {
		lex_skip_blanks(lx);
		op = lex_op(lx);
		if (op != LEX_NEAR && op != LEX_ADJ && op != LEX_SAME)
			break;
		if (++operands > QUERY_CHAIN_MAX)
			st = error_syntax(p->err, lx->col, "more than %d words in a chain of NEAR, ADJ and SAME", QUERY_CHAIN_MAX);
		else
			st = parse_near_step(p, depth, op, operands == 2, group, &left);
	}
	if (st == ST_OK)
		*out = left;
	else
		query_free(left);
	return st;
}
