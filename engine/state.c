/* SPDX-License-Identifier: GPL-2.0-or-later
 *
 * The value is the CRC-32 of what follows as eight hexadecimal digits, a LF,
 * and the JSON of the manifest.
 */
#include "engine/state.h"

#include <inttypes.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

#include "base/zstream.h"

#define STATE_KEY "state"
#define SUM_LEN 9      /* eight digits and a LF */

enum status
state_load(struct xap_db *db, struct manifest *m, struct error *err)
{
	struct buf value = BUF_INIT;
	char sum[SUM_LEN + 1];
	enum status st = xap_db_metadata(db, STATE_KEY, &value, err);

	if (st == ST_OK && value.len == 0)
		st = error_set(err, ST_NOTFOUND, "the database holds no state");
	if (st == ST_OK && value.len > SUM_LEN)
		snprintf(sum, sizeof(sum), "%08" PRIx32 "\n", zsum(value.data + SUM_LEN, value.len - SUM_LEN));
	if (st == ST_OK && (value.len <= SUM_LEN || memcmp(value.data, sum, SUM_LEN) != 0))
		st = error_set(err, ST_CORRUPT, "the database's state is damaged");
	if (st == ST_OK)
		st = manifest_parse(value.data + SUM_LEN, value.len - SUM_LEN, "the database's state", m, err);
	buf_fini(&value);
	return st;
}

enum status
state_save(struct xap_wdb *w, const struct manifest *m, struct error *err)
{
	struct buf json = BUF_INIT, value = BUF_INIT;
	enum status st = manifest_json(m, &json, err);

	if (st == ST_OK) {
		buf_addf(&value, "%08" PRIx32 "\n", zsum(json.data, json.len));
		buf_add(&value, json.data, json.len);
		if (buf_status(&value) != ST_OK)
			st = error_set(err, ST_NOMEM, "no memory for the state");
	}
	if (st == ST_OK)
		st = xap_wdb_set_metadata(w, STATE_KEY, value.data, value.len, err);
	buf_fini(&json);
	buf_fini(&value);
	return st;
}
