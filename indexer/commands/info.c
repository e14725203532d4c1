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
show(const struct command *self, const char *given, int json, struct buf *out, struct error *err)
{
	struct buf index = BUF_INIT;
	struct manifest m;
	enum status st;

	st = command_index(self, given, &index, err);
	if (st == ST_OK)
		st = read_current(index.data, &m, err);
	if (st == ST_OK && json)
		st = manifest_json(&m, out, err);
	else if (st == ST_OK && manifest_lines(&m, out) != ST_OK)
		st = error_nomem(err);
	buf_fini(&index);
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
	struct buf out = BUF_INIT;
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
	if (show(self, given, json, &out, &err) != ST_OK) {
		rc = exit_fail(&err);
	} else {
		(void)fwrite(out.data, 1, out.len, stdout);
		rc = command_flush();
	}
	buf_fini(&out);
	return rc;
}
