/* SPDX-License-Identifier: GPL-2.0-or-later */
#include "tests/unit/index_fixture.h"

#include <setjmp.h>
#include <stdarg.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <sys/stat.h>

#include <cmocka.h>

#include "base/file.h"
#include "engine/store/schema.h"
#include "engine/store/state.h"
#include "engine/store/store.h"
#include "engine/text/analyse.h"

static void
path_in(const struct index_fixture *f, const char *name, char out[160])
{
	char gen[STORE_GEN_NAME_MAX];

	store_gen_name(f->generation, gen);
	snprintf(out, 160, "%s/%s%s%s", f->dir, gen, name[0] ? "/" : "", name);
}

void
index_init(struct index_fixture *f)
{
	*f = (struct index_fixture){ .dir = "/tmp/dragoman-test-XXXXXX" };
	assert_non_null(mkdtemp(f->dir));
	assert_int_equal(document_builder_new(&f->builder, "", 0, NULL), ST_OK);
	assert_int_equal(xap_doc_new(&f->doc, NULL), ST_OK);
	index_generation(f);
}

void
index_fini(struct index_fixture *f)
{
	char command[100];

	xap_wdb_free(f->wdb);
	xap_doc_free(f->doc);
	document_builder_free(f->builder);
	snprintf(command, sizeof(command), "rm -rf '%s'", f->dir);
	assert_int_equal(system(command), 0);
}

void
index_generation(struct index_fixture *f)
{
	char path[160];

	xap_wdb_free(f->wdb);
	f->generation++;
	f->articles = 0;
	path_in(f, "", path);
	assert_int_equal(mkdir(path, 0777), 0);
	assert_int_equal(xap_wdb_open(&f->wdb, path, XAP_CREATE, false, NULL), ST_OK);
	path_in(f, STORE_DICTIONARY, path);
	assert_int_equal(file_write(path, "", 0, NULL), ST_OK);
	path_in(f, STORE_PIN, path);
	assert_int_equal(file_write(path, "", 0, NULL), ST_OK);
}

void
index_add(struct index_fixture *f, const char *id, const char *date, const char *source,
	  const char *title, const char *body)
{
	struct buf term = BUF_INIT;
	struct article a;
	struct error err;
	uint32_t docid;

	article_init(&a);
	buf_adds(&a.field[ART_ID], id);
	buf_adds(&a.field[ART_DATE], date);
	buf_adds(&a.field[ART_SOURCE], source);
	buf_adds(&a.field[ART_TITLE], title);
	while (*body != '\0') {
		size_t n = strcspn(body, "\n");

		if (strncmp(body, "# ", 2) == 0)
			assert_int_equal(article_add_para(&a, body + 2, n - 2, PARA_HEADING), ST_OK);
		else
			assert_int_equal(article_add_para(&a, body, n, PARA_TEXT), ST_OK);
		body += n + (body[n] == '\n');
	}
	assert_int_equal(document_build(f->builder, &a, f->doc, &err), ST_OK);
	schema_term(&term, PREFIX_ID, id, strlen(id));
	assert_int_equal(xap_wdb_replace(f->wdb, term.data, term.len, f->doc, &docid, &err), ST_OK);
	f->articles++;
	article_fini(&a);
	buf_fini(&term);
}

void
index_remove(struct index_fixture *f, const char *id)
{
	struct buf term = BUF_INIT;

	schema_term(&term, PREFIX_ID, id, strlen(id));
	assert_int_equal(xap_wdb_delete_term(f->wdb, term.data, term.len, NULL), ST_OK);
	f->articles--;
	buf_fini(&term);
}

void
index_commit(struct index_fixture *f)
{
	struct manifest m = { .format = SCHEMA_FORMAT, .generation = f->generation, .articles = f->articles,
			      .journal_floor = f->journal_floor };
	char path[160];

	analyse_fingerprint(m.fingerprint);
	m.rev = ++f->rev;
	assert_int_equal(state_save(f->wdb, &m, NULL), ST_OK);
	assert_int_equal(xap_wdb_commit(f->wdb, NULL), ST_OK);
	path_in(f, "", path);
	assert_int_equal(manifest_write(path, &m, NULL), ST_OK);
}

void
index_switch(struct index_fixture *f)
{
	char path[160], name[STORE_GEN_NAME_MAX + 1];

	store_gen_name(f->generation, name);
	strcat(name, "\n");
	snprintf(path, sizeof(path), "%s/%s", f->dir, STORE_CURRENT);
	assert_int_equal(file_replace(path, name, strlen(name), NULL), ST_OK);
}
