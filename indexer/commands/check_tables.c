/* SPDX-License-Identifier: GPL-2.0-or-later */
#include "config.h"

#include "indexer/commands/check_tables.h"

#include <inttypes.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

#include "base/file.h"
#include "engine/xapian/xap.h"
#include "indexer/system/interrupt.h"
#include "indexer/system/tree.h"

/* Tells the lines of libxapian's REPORT on tables that are not well: "postlist:", then its lines. Returns how many
 * lines tell of damage. */
static unsigned
tell_report(struct faults *f, char *report)
{
	char *line, *rest = NULL, *table = NULL;
	unsigned told = 0;

	for (line = strtok_r(report, "\n", &rest); line != NULL; line = strtok_r(NULL, "\n", &rest)) {
		size_t len = strlen(line);

		if (len > 0 && line[len - 1] == ':' && strchr(line, ' ') == NULL) {
			line[len - 1] = '\0';
			table = line;
		} else if (strstr(line, "checked OK") == NULL && strstr(line, "table errors found") == NULL &&
			   strncmp(line, "Lazily created", 14) != 0) {
			faults_add(f, "%s table: %s", table != NULL ? table : "a", line);
			told++;
		}
	}
	return told;
}

void
check_tables_in_place(const char *dir, struct faults *f)
{
	struct buf report = BUF_INIT;
	struct error err;
	uint64_t errors = 0;
	enum status st = xap_check(dir, &report, &errors, &err);

	if (st != ST_OK)
		faults_add(f, "the database is damaged: %s", err.text);
	if ((st != ST_OK || errors > 0) && report.len > 0 && tell_report(f, report.data) == 0 && st == ST_OK)
		faults_add(f, "the database has %" PRIu64 " errors", errors);
	buf_fini(&report);
}

static enum status
check_copy(const char *dir, const char *folder, struct faults *f, struct error *err)
{
	char *copy = file_join(folder, "copy");
	enum status st = copy == NULL ? error_nomem(err) : tree_copy_generation(dir, copy, err);

	if (st == ST_OK)
		check_tables_in_place(copy, f);
	free(copy);
	return st;
}

enum status
check_tables_on_copy(const char *dir, char name[PATH_MAX], struct faults *f, struct error *err)
{
	const char *temp = getenv("TMPDIR");
	struct interrupt *in;
	enum status st = interrupt_new(&in, err);

	if (st != ST_OK)
		return st;
	snprintf(name, PATH_MAX, "%s/dragoman-check.XXXXXX", temp != NULL && *temp != '\0' ? temp : "/tmp");
	st = interrupt_mkdtemp(in, name, err);
	if (st == ST_OK) {
		st = check_copy(dir, name, f, err);
		if (tree_remove(name, NULL, st == ST_OK ? err : NULL) != ST_OK && st == ST_OK)
			st = ST_IO;
	}
	*name = '\0';
	interrupt_free(in);
	return st;
}
