/* SPDX-License-Identifier: GPL-2.0-or-later */
#include "engine/query/query.h"

#include <stdlib.h>
#include <string.h>

#include "base/utf8.h"
#include "engine/query/date.h"
#include "engine/query/parser.h"

#define ONLY_EXCLUDES "only excludes: say what to find as well"

const char *
query_kind_name(enum node_kind kind)
{
	switch (kind) {
	case NODE_OR: return "or";
	case NODE_AND: return "and";
	case NODE_NOT: return "not";
	case NODE_LIST: return "list";
	case NODE_NEAR: return "near";
	case NODE_ADJ: return "adj";
	case NODE_SAME: return "same";
	case NODE_ATLEAST: return "atleast";
	case NODE_WORD: return "word";
	case NODE_EXACT: return "exact";
	case NODE_PREFIX: return "prefix";
	case NODE_PHRASE: return "phrase";
	case NODE_FILTER: return "filter";
	case NODE_DATES: return "dates";
	}
	return "";
}

void
query_free(struct node *n)
{
	size_t i;

	if (n == NULL)
		return;
	for (i = 0; i < n->nkids; i++)
		query_free(n->kid[i]);
	free(n->kid);
	free(n->text);
	free(n);
}

bool
query_is_filter(const struct node *n)
{
	return n->kind == NODE_FILTER || n->kind == NODE_DATES;
}

const struct schema_field *
query_region(const struct node *n)
{
	return n->kind == NODE_FILTER && n->field->region[0] != '\0' ? n->field : NULL;
}

bool
query_is_reporter(const struct node *n)
{
	return (n->text[0] | 0x20) == 'r';
}

static enum status parse_or(struct parser *p, unsigned depth, struct node **out);

/* The error for a gap where a list should begin; AFTER: the operator or parenthesis
 * before the gap, if there is one. */
static enum status
nothing_here(struct parser *p, const char *after, int after_col)
{
	enum lex_op op = lex_op(&p->lx);

	if (op != LEX_NONE)
		return error_syntax(p->err, p->lx.col, "nothing before %s%s", lex_op_name(op),
				    op == LEX_NOT ? " (to exclude a word, put - right before it)" : "");
	if (after != NULL)
		return error_syntax(p->err, after_col, "nothing after %s", after);
	if (!lex_end(&p->lx))
		return error_syntax(p->err, p->lx.col, "unmatched \")\"");
	return error_syntax(p->err, 1, "empty query");
}

static enum status
parse_group(struct parser *p, unsigned depth, struct node **out)
{
	struct lex *lx = &p->lx;
	int col = lx->col;
	struct node *n = NULL;
	enum status st;

	if (depth >= QUERY_DEPTH_MAX)
		return error_set(p->err, ST_TOO_LARGE, "parentheses nested more than %d deep", QUERY_DEPTH_MAX);
	lex_to(lx, lx->at + 1);
	lex_skip_blanks(lx);
	if (lex_end(lx))
		return error_syntax(p->err, col, "unmatched \"(\"");
	if (lex_peek(lx) == ')')
		return error_syntax(p->err, col, "nothing between the parentheses");
	st = parse_or(p, depth + 1, &n);
	if (st == ST_OK && lex_end(lx))
		st = error_syntax(p->err, col, "unmatched \"(\"");
	if (st != ST_OK) {
		query_free(n);
		return st;
	}
	lex_to(lx, lx->at + 1);
	n->col = col;
	*out = n;
	return ST_OK;
}

/* The sign before a unit, if there is one. */
static enum status
parse_sign(struct parser *p, enum unit_sign *sign)
{
	struct lex *lx = &p->lx;
	uint32_t cp = lex_peek(lx), before;
	int col = lx->col;

	*sign = cp == '+' ? SIGN_MUST : cp == '-' ? SIGN_MUST_NOT : SIGN_NONE;
	if (*sign == SIGN_NONE)
		return ST_OK;
	if (lx->at > 0) {
		size_t back = lx->at - 1;

		while (back > 0 && ((unsigned char)lx->text[back] & 0xC0) == 0x80)
			back--;
		utf8_next(lx->text + back, lx->at - back, &before);
		if (before != '(' && !lex_is_blank(before))
			return error_syntax(p->err, col, "put a blank before \"%c\"", (char)cp);
	}
	lex_to(lx, lx->at + 1);
	before = lex_peek(lx);
	if (lex_end(lx) || lex_is_blank(before) || before == ')')
		return error_syntax(p->err, col, "\"%c\" stands alone: put it right before a word, or leave it out", (char)cp);
	if (before == '+' || before == '-')
		return error_syntax(p->err, lx->col, "\"%c\" after \"%c\": one sign is enough", (char)before, (char)cp);
	if (lex_op(lx) != LEX_NONE)
		return error_syntax(p->err, col, "\"%c\" before %s (quote it if it is meant as a word)", (char)cp, lex_op_name(lex_op(lx)));
	return ST_OK;
}

enum status
query_unit(struct parser *p, unsigned depth, struct node **out)
{
	enum unit_sign sign;
	int col = p->lx.col;
	enum status st = parse_sign(p, &sign);

	if (st != ST_OK)
		return st;
	st = lex_peek(&p->lx) == '(' ? parse_group(p, depth, out) : unit_parse(p, out);
	if (st == ST_OK) {
		(*out)->sign = sign;
		if (sign != SIGN_NONE)
			(*out)->col = col;
	}
	return st;
}

static bool
only_excludes(const struct node *list)
{
	size_t i;

	if (list->kind != NODE_LIST)
		return false;
	for (i = 0; i < list->nkids; i++)
		if (list->kid[i]->sign != SIGN_MUST_NOT)
			return false;
	return true;
}

/* Replaces a list of one plain unit by the unit; a filter stays in its list, which
 * is its scope. */
static struct node *
close_list(struct node *list)
{
	struct node *unit = list->kid[0];

	if (list->nkids > 1 || query_is_filter(unit) || only_excludes(list))
		return list;
	unit->sign = SIGN_NONE;
	list->nkids = 0;
	query_free(list);
	return unit;
}

/* OUT may be a list that only excludes. */
static enum status
parse_list(struct parser *p, unsigned depth, const char *after, int after_col, struct node **out)
{
	struct lex *lx = &p->lx;
	struct node *list, *unit;
	enum lex_op op;
	enum status st = ST_OK;

	lex_skip_blanks(lx);
	list = node_new(NODE_LIST, lx->col);
	if (list == NULL)
		return ST_NOMEM;
	while (st == ST_OK && !lex_end(lx) && lex_peek(lx) != ')') {
		op = lex_op(lx);
		if (op == LEX_AND || op == LEX_OR || op == LEX_NOT || (op != LEX_NONE && list->nkids == 0))
			break;
		unit = NULL;
		st = query_chain(p, depth, &unit);
		if (st == ST_OK) {
			if (p->opt->match_all && unit->sign == SIGN_NONE && !query_is_filter(unit))
				unit->sign = SIGN_MUST;
			st = node_add_take(list, unit);
		}
		lex_skip_blanks(lx);
	}
	if (st == ST_OK && list->nkids == 0)
		st = nothing_here(p, after, after_col);
	if (st == ST_OK)
		*out = close_list(list);
	else
		query_free(list);
	return st;
}

/* Joins *LEFT and RIGHT (consumed), a run of one operator becoming one node. */
static enum status
join(enum node_kind kind, struct node **left, struct node *right, struct node **run)
{
	struct node *n;
	enum status st;

	if (kind != NODE_NOT && *run == *left && *run != NULL && (*run)->kind == kind)
		return node_add_take(*run, right);
	n = node_new(kind, (*left)->col);
	if (n == NULL) {
		query_free(right);
		return ST_NOMEM;
	}
	st = node_add_take(n, *left);
	*left = *run = n;
	if (st != ST_OK) {
		query_free(right);
		return st;
	}
	return node_add_take(n, right);
}

/* a AND -b is a NOT b: takes what LIST excludes away from *LEFT. */
static enum status
take_away(struct node **left, struct node *list, struct node **run)
{
	struct node *unit;
	enum status st = ST_OK;
	size_t i;

	for (i = 0; i < list->nkids && st == ST_OK; i++) {
		unit = node_new(NODE_LIST, list->kid[i]->col);
		if (unit == NULL) {
			st = ST_NOMEM;
			break;
		}
		st = node_add_take(unit, list->kid[i]);
		list->kid[i] = NULL;
		if (st != ST_OK) {
			query_free(unit);
			break;
		}
		unit->kid[0]->sign = SIGN_NONE;
		st = join(NODE_NOT, left, close_list(unit), run);
	}
	query_free(list);
	return st;
}

/* The rest of an AND, which *LEFT begins. */
static enum status
parse_and_step(struct parser *p, unsigned depth, struct node **left, struct node **run)
{
	enum lex_op op = lex_op(&p->lx);
	int col = p->lx.col;
	struct node *right, *first;
	enum status st;

	lex_to(&p->lx, lex_word_end(&p->lx));
	lex_skip_blanks(&p->lx);
	if (op == LEX_AND && lex_op(&p->lx) == LEX_NOT)
		return error_syntax(p->err, col, "AND NOT: write a NOT b");
	st = parse_list(p, depth, lex_op_name(op), col, &right);
	if (st != ST_OK)
		return st;
	if (op == LEX_AND && only_excludes(*left) && !only_excludes(right)) {
		first = *left;
		*left = right;
		right = first;
	}
	if (!only_excludes(*left) && !only_excludes(right))
		return join(op == LEX_AND ? NODE_AND : NODE_NOT, left, right, run);
	if (op == LEX_AND && !only_excludes(*left))
		return take_away(left, right, run);
	st = error_syntax(p->err, only_excludes(*left) ? (*left)->col : right->col, ONLY_EXCLUDES);
	query_free(right);
	return st;
}

static enum status
parse_and(struct parser *p, unsigned depth, const char *after, int after_col, struct node **out)
{
	struct node *left = NULL, *run = NULL;
	enum lex_op op;
	enum status st = parse_list(p, depth, after, after_col, &left);

	while (st == ST_OK && ((op = lex_op(&p->lx)) == LEX_AND || op == LEX_NOT))
		st = parse_and_step(p, depth, &left, &run);
	if (st == ST_OK && only_excludes(left))
		st = error_syntax(p->err, left->col, ONLY_EXCLUDES);
	if (st == ST_OK)
		*out = left;
	else
		query_free(left);
	return st;
}

static enum status
parse_or(struct parser *p, unsigned depth, struct node **out)
{
	struct node *left = NULL, *right, *run = NULL;
	int col;
	enum status st = parse_and(p, depth, NULL, 0, &left);

	while (st == ST_OK && lex_op(&p->lx) == LEX_OR) {
		col = p->lx.col;
		lex_to(&p->lx, lex_word_end(&p->lx));
		st = parse_and(p, depth, "OR", col, &right);
		if (st == ST_OK)
			st = join(NODE_OR, &left, right, &run);
	}
	if (st == ST_OK)
		*out = left;
	else
		query_free(left);
	return st;
}

/* Confines *TREE (NULL: no words) to quotations. The filter joins a list as if it had been typed there, so that the
 * list ranks as it does in any search. */
static enum status
limit_quotes(struct parser *p, struct node **tree)
{
	const char *speaker = p->opt->speaker;
	const struct schema_field *field = speaker != NULL ? schema_field("speaker", 7) : schema_field("voice", 5);
	const char *text = speaker != NULL ? speaker : "quoted";
	struct node *list = *tree, *filter;
	enum status st = unit_filter(p, field, 1, 1, text, strlen(text), &filter);

	if (st != ST_OK)
		return st;
	if (list == NULL || list->kind != NODE_LIST) {
		list = node_new(NODE_LIST, 1);
		if (list == NULL) {
			query_free(filter);
			return ST_NOMEM;
		}
		if (*tree != NULL)
			st = node_add_take(list, *tree);
		*tree = list;
	}
	if (st == ST_OK)
		return node_add_take(list, filter);
	query_free(filter);
	return st;
}

/* from= and to= cover the whole query: a list of their dates and the query. */
static enum status
limit_dates(const struct query_options *opt, struct node **tree, struct error *err)
{
	char unused[QUERY_DATE_SIZE];
	struct node *list, *dates;
	struct buf text = BUF_INIT;
	enum status st = ST_NOMEM;

	if (opt->from == NULL && opt->to == NULL)
		return ST_OK;
	list = node_new(NODE_LIST, 1);
	dates = node_new(NODE_DATES, 1);
	if (list == NULL || dates == NULL)
		goto out;
	dates->field = schema_field("date", 4);
	if (opt->from != NULL && !query_date(opt->from, strlen(opt->from), dates->lo, unused)) {
		st = error_set(err, ST_INVALID, "from: no date \"%.*s\"", unit_cut(opt->from, strlen(opt->from)), opt->from);
		goto out;
	}
	if (opt->to != NULL && !query_date(opt->to, strlen(opt->to), unused, dates->hi)) {
		st = error_set(err, ST_INVALID, "to: no date \"%.*s\"", unit_cut(opt->to, strlen(opt->to)), opt->to);
		goto out;
	}
	buf_addf(&text, "%s..%s", opt->from != NULL ? opt->from : "", opt->to != NULL ? opt->to : "");
	st = buf_status(&text);
	if (st == ST_OK)
		st = node_set_text(dates, text.data, text.len);
	if (st != ST_OK)
		goto out;
	st = node_add_take(list, dates);
	dates = NULL;
	if (st == ST_OK) {
		st = node_add_take(list, *tree);
		*tree = NULL;
	}
	if (st == ST_OK) {
		*tree = list;
		list = NULL;
	}
out:
	buf_fini(&text);
	query_free(dates);
	query_free(list);
	return st;
}

/* Well-formed, and no control characters but white space. */
static enum status
check_bytes(const char *text, size_t len, struct error *err)
{
	size_t good = utf8_valid(text, len), i;

	for (i = 0; i < good; i++)
		if (((unsigned char)text[i] < ' ' && !lex_is_blank((unsigned char)text[i])) || text[i] == 0x7F)
			return error_syntax(err, 1 + (int)utf8_count(text, i), "control character");
	if (good < len)
		return error_syntax(err, 1 + (int)utf8_count(text, good), "not valid UTF-8");
	return ST_OK;
}

/* *TREE stays NULL where the speaker is all that is asked for. */
static enum status
parse_text(struct parser *p, struct node **tree)
{
	struct lex *lx = &p->lx;
	enum status st;

	lex_skip_blanks(lx);
	if (lex_end(lx) && p->opt->quoted)
		return p->opt->speaker != NULL ? ST_OK :
			error_syntax(p->err, 1, "nothing to look for: words, or speaker=");
	if (lex_end(lx))
		return error_syntax(p->err, 1, "empty query");
	st = parse_or(p, 0, tree);
	return st == ST_OK && !lex_end(lx) ? error_syntax(p->err, lx->col, "unmatched \")\"") : st;
}

enum status
query_parse(struct node **out, const char *text, size_t len,
	    const struct query_options *opt, struct error *err)
{
	struct parser p = { .opt = opt, .err = err };
	struct node *tree = NULL;
	enum status st = check_bytes(text, len, err);

	*out = NULL;
	if (st == ST_OK && opt->speaker != NULL && check_bytes(opt->speaker, strlen(opt->speaker), NULL) != ST_OK)
		st = error_syntax(err, 1, "speaker: control character, or not valid UTF-8");
	if (st != ST_OK)
		return st;
	lex_init(&p.lx, text, len);
	st = parse_text(&p, &tree);
	if (st == ST_OK && opt->quoted)
		st = limit_quotes(&p, &tree);
	if (st == ST_OK)
		st = limit_dates(opt, &tree, err);
	if (st == ST_NOMEM)
		st = error_nomem(err);
	if (st == ST_OK)
		*out = tree;
	else
		query_free(tree);
	return st;
}
