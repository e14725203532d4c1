/* SPDX-License-Identifier: GPL-2.0-or-later */
#include "config.h"

#include <stdio.h>
#include <stdlib.h>
#include <sysexits.h>

#include "base/file.h"
#include "base/log.h"
#include "engine/store/store.h"
#include "indexer/commands/command.h"
#include "indexer/report/exit.h"

/* The state of the generation in use, and the bytes that it takes now. */
static enum status
read_current(const char *index, struct manifest *m, struct error *err)
{
	struct store *store;
	enum status st = store_open_texts(&store, index, err);

	if (st != ST_OK)
		return st;
	*m = store->manifest;
	st = file_folder_bytes(store->dir, &m->index_bytes, err);
	store_free(store);
	return st;
}

static enum status
show(const char *index, int json, struct buf *out, struct error *err)
{
	struct manifest m;
	enum status st = read_current(index, &m, err);

	if (st == ST_OK && json)
		st = manifest_json(&m, out, err);
	else if (st == ST_OK && manifest_lines(&m, out) != ST_OK)
		st = error_nomem(err);
	return st;
}

int
info_command(const struct command *self, int argc, char **argv)
{
	static const struct option longs[] = {
		{ "json", no_argument, NULL, 'j' },
		{ "help", no_argument, NULL, 'h' },
		{ "version", no_argument, NULL, 'V' },
		{ NULL, 0, NULL, 0 },
	};
	struct buf index = BUF_INIT, out = BUF_INIT;
	const char *given = NULL;
	struct error err;
	int c, json = 0, rc;

	while ((c = command_option(self, argc, argv, ":d:h", longs, &rc)) != -1) {
		switch (c) {
		case 'd': given = optarg; break;
		case 'j': json = 1; break;
		}
	}
	if (rc >= 0)
		return rc;
	if (optind < argc)
		return command_operands(self, argv + optind, false);
	if (command_index(self, given, &index, &err) != ST_OK) {
		rc = exit_fail(&err);
	} else if (show(index.data, json, &out, &err) != ST_OK) {
		rc = exit_fail_damaged(index.data, &err);
	} else {
		(void)fwrite(out.data, 1, out.len, stdout);
		rc = command_flush();
	}
	buf_fini(&index);
	buf_fini(&out);
	return rc;
}
