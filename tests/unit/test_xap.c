/* SPDX-License-Identifier: GPL-2.0-or-later */
#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdint.h>
#include <stdio.h>
#include <string.h>

#include <cmocka.h>

#include "engine/xap.h"
#include "tests/unit/xap_fixture.h"

static void
documents_come_back(void **state)
{
	struct fixture *f = *state;
	struct buf b = BUF_INIT;
	struct xap_doc *doc;
	uint32_t n, id, *pos = NULL;
	size_t cap = 0, npos;

	fixture_articles(f, "a", 1, 3);
	fixture_read(f, "a");
	ok(xap_db_count(f->db, &n, &f->err));
	assert_int_equal(n, 3);
	ok(xap_db_termfreq(f->db, "embassy", 7, &n, &f->err));
	assert_int_equal(n, 3);
	ok(xap_db_posting(f->db, "Q2", 2, 0, &id, &f->err));
	assert_int_equal(id, 2);
	ok(xap_db_document(f->db, id, &doc, &f->err));
	ok(xap_doc_data(doc, &b, &f->err));
	assert_string_equal(buf_str(&b), "text of article 2");
	xap_doc_free(doc);
	ok(xap_db_positions(f->db, id, "embassy", 7, &pos, &cap, &npos, &f->err));
	assert_int_equal(npos, 2);
	assert_int_equal(pos[1], 12);
	free(pos);
	buf_fini(&b);
}

int
main(void)
{
	static const struct CMUnitTest tests[] = {
		cmocka_unit_test_setup_teardown(documents_come_back, fixture_setup, fixture_teardown),
	};

	return cmocka_run_group_tests(tests, NULL, NULL);
}
