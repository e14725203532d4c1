/* SPDX-License-Identifier: GPL-2.0-or-later
 *
 * The query parser: any bytes give a tree that keeps its promises, or an error
 * with a column inside the text. The first byte chooses the options.
 */
#include <stdint.h>
#include <stdlib.h>
#include <string.h>

#include "base/utf8.h"
#include "engine/query/query.h"

int LLVMFuzzerTestOneInput(const uint8_t *data, size_t size);

static void
must(bool good)
{
	if (!good)
		abort();
}

static bool
is_leaf(enum node_kind kind)
{
	return kind >= NODE_WORD;
}

static void
check(const struct node *n, unsigned depth, size_t chars)
{
	size_t i;
	bool finds = false;

	must(n->col >= 1 && (size_t)n->col <= chars + 1);
	must(is_leaf(n->kind) == (n->nkids == 0) && is_leaf(n->kind) == (n->text != NULL));
	if (is_leaf(n->kind)) {
		must(n->len > 0 && strlen(n->text) == n->len && utf8_valid(n->text, n->len) == n->len);
		must((n->kind == NODE_FILTER || n->kind == NODE_DATES) <= (n->field != NULL));
		return;
	}
	must(n->kind == NODE_LIST ? n->nkids >= 1 : n->kind == NODE_ATLEAST ? n->nkids == 1 : n->nkids >= 2);
	must((n->kind == NODE_SAME) == (n->same != SAME_NOT) && (n->kind != NODE_SAME || n->nkids == 2));
	must(n->kind != NODE_ATLEAST || (n->distance >= 1 && n->distance <= QUERY_TIMES_MAX));
	if (n->kind == NODE_NEAR || n->kind == NODE_ADJ)
		must(n->nkids == 2 && n->distance >= 1 && n->distance <= QUERY_DISTANCE_MAX);
	for (i = 0; i < n->nkids; i++) {
		must(n->kind == NODE_LIST || n->kid[i]->sign == SIGN_NONE);
		finds = finds || n->kid[i]->sign != SIGN_MUST_NOT;
		check(n->kid[i], depth + 1, chars);
	}
	must(finds);
}

int
LLVMFuzzerTestOneInput(const uint8_t *data, size_t size)
{
	struct query_options opt = { .now = 1743084600 };
	struct node *tree = NULL;
	struct error err = { ST_OK, 0, "" };
	const char *text = (const char *)data + 1;
	size_t chars;
	enum status st;

	if (size < 1)
		return 0;
	opt.match_all = data[0] & 1;
	opt.from = data[0] & 2 ? "2024-02" : NULL;
	chars = utf8_count(text, size - 1);
	st = query_parse(&tree, text, size - 1, &opt, &err);
	if (st == ST_OK) {
		must(tree->sign == SIGN_NONE);
		check(tree, 0, chars);
		query_free(tree);
		return 0;
	}
	must(tree == NULL && err.status == st && err.text[0] != '\0');
	must(st == ST_SYNTAX || st == ST_TOO_LARGE);
	must(st != ST_SYNTAX || (err.col >= 1 && (size_t)err.col <= size));
	return 0;
}
