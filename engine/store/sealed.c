/* SPDX-License-Identifier: GPL-2.0-or-later */
#include "engine/store/sealed.h"

#include <inttypes.h>
#include <stdio.h>
#include <string.h>

#include "base/zstream.h"

#define SUM_LEN 9      /* eight digits and a LF */

static void
make_sum(char sum[SUM_LEN + 1], const char *text, size_t len)
{
	snprintf(sum, SUM_LEN + 1, "%08" PRIx32 "\n", zstream_sum(text, len));
}

enum status
sealed_get(struct xap_db *db, const char *key, struct buf *out, struct error *err)
{
	struct buf value = BUF_INIT;
	char sum[SUM_LEN + 1];
	enum status st = xap_db_metadata(db, key, &value, err);

	buf_clear(out);
	if (st == ST_OK && value.len > SUM_LEN) {
		make_sum(sum, value.data + SUM_LEN, value.len - SUM_LEN);
		buf_add(out, value.data + SUM_LEN, value.len - SUM_LEN);
		if (buf_status(out) != ST_OK)
			st = error_nomem(err);
	}
	if (st == ST_OK && value.len > 0 && (value.len <= SUM_LEN || memcmp(value.data, sum, SUM_LEN) != 0))
		st = error_set(err, ST_CORRUPT, "what the database keeps as \"%s\" is damaged", key);
	buf_fini(&value);
	return st;
}

enum status
sealed_put(struct xap_wdb *w, const char *key, const char *text, size_t len, struct error *err)
{
	struct buf value = BUF_INIT;
	char sum[SUM_LEN + 1];
	enum status st;

	make_sum(sum, text, len);
	buf_add(&value, sum, SUM_LEN);
	buf_add(&value, text, len);
	st = buf_status(&value) != ST_OK ? error_nomem(err) :
		xap_wdb_set_metadata(w, key, value.data, value.len, err);
	buf_fini(&value);
	return st;
}
