/* SPDX-License-Identifier: GPL-2.0-or-later */
#include "engine/store/state.h"

#include "engine/store/sealed.h"

#define STATE_KEY "state"

enum status
state_load(struct xap_db *db, struct manifest *m, struct error *err)
{
	struct buf json = BUF_INIT;
	enum status st = sealed_get(db, STATE_KEY, &json, err);

	if (st == ST_OK && json.len == 0)
		st = error_set(err, ST_NOTFOUND, "the database holds no state");
	if (st == ST_OK)
		st = manifest_parse(json.data, json.len, "the database's state", m, err);
	buf_fini(&json);
	return st;
}

enum status
state_save(struct xap_wdb *w, const struct manifest *m, struct error *err)
{
	struct buf json = BUF_INIT;
	enum status st = manifest_json(m, &json, err);

	if (st == ST_OK)
		st = sealed_put(w, STATE_KEY, json.data, json.len, err);
	buf_fini(&json);
	return st;
}
