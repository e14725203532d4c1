/* SPDX-License-Identifier: GPL-2.0-or-later */
#include "config.h"
#include "tests/unit/xap_fixture.h"

#include <ftw.h>
#include <setjmp.h>
#include <stdarg.h>
#include <stdio.h>
#include <string.h>
#include <unistd.h>

#include <cmocka.h>

int
fixture_setup(void **state)
{
	struct fixture *f = calloc(1, sizeof(*f));
	const char *tmp = getenv("TMPDIR");

	if (f == NULL)
		return -1;
	snprintf(f->dir, sizeof(f->dir), "%s/dragoman-xap-XXXXXX", tmp ? tmp : "/tmp");
	if (mkdtemp(f->dir) == NULL) {
		free(f);
		return -1;
	}
	*state = f;
	return 0;
}

static int
remove_one(const char *path, const struct stat *sb, int kind, struct FTW *at)
{
	(void)sb;
	(void)kind;
	(void)at;
	return remove(path);
}

int
fixture_teardown(void **state)
{
	struct fixture *f = *state;

	xap_db_free(f->db);
	nftw(f->dir, remove_one, 16, FTW_DEPTH | FTW_PHYS);
	free(f);
	return 0;
}

const char *
fixture_path(struct fixture *f, const char *name)
{
	snprintf(f->path, sizeof(f->path), "%s/%s", f->dir, name);
	return f->path;
}

void
fixture_expect(enum status want, enum status got, const struct error *err,
	       const char *call, const char *file, int line)
{
	if (want != got) {
		print_error("%s: %s instead of %s (%s)\n", call, error_status_name(got),
			    error_status_name(want), got == ST_OK ? "" : err->text);
		_fail(file, line);
	}
}

void
fixture_document(struct xap_doc *doc, unsigned id)
{
	static const uint32_t embassy[] = { 2, 12 }, treaty[] = { 3 }, ankara[] = { 5 };
	struct fixture here, *f = &here;
	char text[64];

	ok(xap_doc_clear(doc, &f->err));
	snprintf(text, sizeof(text), "Q%u", id);
	ok(xap_doc_add(doc, text, strlen(text), NULL, 0, 0, &f->err));
	ok(xap_doc_add(doc, "embassy", 7, embassy, 2, 2, &f->err));
	if (id % 2 == 1)
		ok(xap_doc_add(doc, "treaty", 6, treaty, 1, 1, &f->err));
	if (id % 5 == 0)
		ok(xap_doc_add(doc, "emissary", 8, NULL, 0, 1, &f->err));
	if (id % 7 > 0)
		ok(xap_doc_add(doc, "ankara", 6, ankara, 1, id % 7, &f->err));
	snprintf(text, sizeof(text), "%05u", id);
	ok(xap_doc_set_value(doc, 0, text, strlen(text), &f->err));
	ok(xap_doc_set_value(doc, 1, id % 2 ? "odd" : "even", id % 2 ? 3 : 4, &f->err));
	snprintf(text, sizeof(text), "text of article %u", id);
	ok(xap_doc_set_data(doc, text, strlen(text), &f->err));
}

void
fixture_articles(struct fixture *f, const char *name, unsigned first, unsigned last)
{
	struct xap_wdb *w;
	struct xap_doc *doc;
	unsigned id;

	ok(xap_wdb_open(&w, fixture_path(f, name), XAP_CREATE, false, &f->err));
	ok(xap_doc_new(&doc, &f->err));
	for (id = first; id <= last; id++) {
		fixture_document(doc, id);
		ok(xap_wdb_add(w, doc, NULL, &f->err));
	}
	ok(xap_wdb_commit(w, &f->err));
	xap_doc_free(doc);
	xap_wdb_free(w);
}

void
fixture_read(struct fixture *f, const char *name)
{
	const char *path = fixture_path(f, name);

	xap_db_free(f->db);
	ok(xap_db_open(&f->db, &path, 1, &f->err));
}
