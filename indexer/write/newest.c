/* SPDX-License-Identifier: GPL-2.0-or-later */
#include "indexer/write/newest.h"

#include <stdio.h>
#include <string.h>

#include "base/article.h"
#include "engine/store/row.h"
#include "engine/store/schema.h"

enum status
newest_find(struct xap_db *db, char date[NEWEST_MAX], struct error *err)
{
	struct xap_enquire *e = NULL;
	struct xap_query *all = NULL;
	struct xap_hits hits = { 0 };
	struct buf value = BUF_INIT;
	struct row row;
	enum status st;

	date[0] = '\0';
	st = xap_enquire_new(&e, db, err);
	if (st == ST_OK)
		st = xap_query_all(&all, err);
	if (st == ST_OK)
		st = xap_enquire_set_query(e, all, err);
	if (st == ST_OK)
		st = xap_enquire_set_boolean(e, err);
	if (st == ST_OK)
		st = xap_enquire_set_sort(e, XAP_SORT_VALUE, SLOT_NEWEST, false, err);
	if (st == ST_OK)
		st = xap_enquire_run(e, 0, 1, 0, &hits, err);
	if (st == ST_OK && hits.n > 0)
		st = xap_db_value(db, hits.hit[0].docid, SLOT_NEWEST, &value, err);
	if (st == ST_OK && value.len > 0 && value.data[0] != '~') {
		buf_clear(&value);
		st = xap_db_value(db, hits.hit[0].docid, SLOT_ROW, &value, err);
		if (st == ST_OK && row_unpack(buf_str(&value), value.len, &row) != ST_OK)
			st = error_set(err, ST_CORRUPT, "a stored row is damaged");
		if (st == ST_OK)
			snprintf(date, NEWEST_MAX, "%.*s", (int)row.date_len, row.date);
	}
	buf_fini(&value);
	xap_query_free(all);
	xap_enquire_free(e);
	return st;
}

bool
newest_before(const char *a, const char *b)
{
	char x[15], y[15];

	return article_date_digits(b, y) && (!article_date_digits(a, x) || strcmp(x, y) < 0);
}
