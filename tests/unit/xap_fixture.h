/* SPDX-License-Identifier: GPL-2.0-or-later
 *
 * A temporary folder with small databases for the tests of the bindings. The
 * fixture owns the folder and the reader; both go in fixture_teardown.
 */
#ifndef TESTS_UNIT_XAP_FIXTURE_H
#define TESTS_UNIT_XAP_FIXTURE_H

#include <stddef.h>
#include <stdint.h>
#include <stdlib.h>

#include "engine/xapian/xap.h"

#define FIXTURE_PATH_MAX 256

struct fixture {
	char dir[FIXTURE_PATH_MAX / 2];
	char path[FIXTURE_PATH_MAX];    /* what fixture_path made last */
	struct xap_db *db;
	struct error err;
};

/* cmocka's: *STATE is the fixture. */
int fixture_setup(void **state);
int fixture_teardown(void **state);

/* NAME inside the folder; valid until the next call. */
const char *fixture_path(struct fixture *f, const char *name);

/* Article number ID as a document: the terms Q<id>, "embassy" at 2 and 12,
 * "treaty" at 3 (odd ids only), "emissary" (every fifth), "ankara" at 5 as
 * often as id % 7 says; value 0 is the number in five digits, value 1 its
 * parity; data as text. */
void fixture_document(struct xap_doc *doc, unsigned id);

/* Writes the articles FIRST to LAST into the new database NAME. */
void fixture_articles(struct fixture *f, const char *name, unsigned first, unsigned last);

/* Opens NAME as f->db, in place of what was open. */
void fixture_read(struct fixture *f, const char *name);

/* Fails the running test, with the error's text, unless WANT came. */
#define expect(want, call) fixture_expect((want), (call), &f->err, #call, __FILE__, __LINE__)
#define ok(call) expect(ST_OK, call)
void fixture_expect(enum status want, enum status got, const struct error *err,
		    const char *call, const char *file, int line);

#endif
