/* SPDX-License-Identifier: GPL-2.0-or-later
 *
 * How the parser makes the nodes of its tree.
 */
#include <stdlib.h>
#include <string.h>

#include "engine/query/parser.h"

struct node *
node_new(enum node_kind kind, int col)
{
	struct node *n = calloc(1, sizeof(*n));

	if (n != NULL) {
		n->kind = kind;
		n->col = col;
	}
	return n;
}

enum status
node_set_text(struct node *n, const char *text, size_t len)
{
	n->text = malloc(len + 1);
	if (n->text == NULL)
		return ST_NOMEM;
	memcpy(n->text, text, len);
	n->text[len] = '\0';
	n->len = len;
	return ST_OK;
}

enum status
node_add_take(struct node *n, struct node *kid)
{
	struct node **more = realloc(n->kid, (n->nkids + 1) * sizeof(struct node *));

	if (more == NULL) {
		query_free(kid);
		return ST_NOMEM;
	}
	n->kid = more;
	n->kid[n->nkids++] = kid;
	return ST_OK;
}
