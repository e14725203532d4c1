/* SPDX-License-Identifier: GPL-2.0-or-later */
#include "daemon/verbs/verbs.h"

#include "engine/xapian/deadline.h"

static void
put_field(struct rows *rows, const struct article *a, const struct article_def *def)
{
	const struct buf *text = &a->field[def->field];
	const char *entry;
	size_t at = 0;

	if (def->kind == ARTICLE_LIST) {
		while ((entry = article_next_entry(a, def->field, &at)) != NULL)
			rows_key_str(rows, def->name, entry);
	} else if (text->len > 0) {
		rows_begin(rows, ROW_FIGURE);
		rows_str(rows, def->name);
		rows_text(rows, text->data, text->len);
		rows_end(rows);
	}
}

static enum status
put_article(struct rows *rows, const struct article *a, const struct xap_deadline *deadline, struct error *err)
{
	const struct article_def *def;
	const char *body = buf_str(&a->body);
	enum status status = ST_OK;
	size_t i;

	for (i = 0; (def = article_def(i)) != NULL; i++)
		put_field(rows, a, def);
	for (i = 0; i < a->nparas && status == ST_OK; i++) {
		const struct para *p = &a->paras[i];

		rows_begin(rows, ROW_PARAGRAPH);
		rows_str(rows, p->kind == PARA_HEADING ? "h" : "p");
		rows_text(rows, body + p->start, p->end - p->start);
		rows_end(rows);
		status = deadline_check(deadline, err);
	}
	return status;
}

enum status
verb_get(struct job *job, struct searcher *s, struct rows *rows, struct error *err)
{
	const struct request *req = &job->req;
	struct article article;
	enum status status;

	if (req->rest_len == 0)
		return error_set(err, ST_INVALID, "GET needs the id of an article");
	article_init(&article);
	status = search_get(s, req->rest, req->rest_len, &req->search.deadline, &article, err);
	if (status == ST_OK)
		status = put_article(rows, &article, &req->search.deadline, err);
	if (status == ST_OK) {
		rows_close(rows, WIRE_DONE, req->tag);
		rows_figure(rows, "rows", rows->count[ROW_FIGURE] + rows->count[ROW_PARAGRAPH]);
		verbs_put_state(rows, searcher_manifest(s));
		rows_finish(rows);
	}
	article_fini(&article);
	return status;
}
