/* SPDX-License-Identifier: GPL-2.0-or-later
 *
 * A small index in a temporary folder, written without the indexer: as many
 * generations and commits as a test wants. The fixture owns the folder, which
 * goes with index_fini.
 */
#ifndef TESTS_UNIT_INDEX_FIXTURE_H
#define TESTS_UNIT_INDEX_FIXTURE_H

#include "engine/document/document.h"
#include "engine/store/manifest.h"

struct index_fixture {
	char dir[64];
	uint32_t generation;           /* being written, or CURRENT */
	uint64_t articles, rev;
	uint64_t journal_floor;        /* of the next commit */
	struct xap_wdb *wdb;
	struct document_builder *builder;
	struct xap_doc *doc;
};

/* All of these fail the running test where something goes wrong. */
void index_init(struct index_fixture *f);
void index_fini(struct index_fixture *f);
/* Begins another generation; CURRENT names the old one until index_switch. */
void index_generation(struct index_fixture *f);
/* Adds an article, or replaces the one of this id. Paragraphs of BODY are its lines, "# " before a heading. */
void index_add(struct index_fixture *f, const char *id, const char *date, const char *source,
	       const char *title, const char *body);
void index_remove(struct index_fixture *f, const char *id);
/* Commits, and writes the manifest. */
void index_commit(struct index_fixture *f);
/* Makes CURRENT name the generation being written. */
void index_switch(struct index_fixture *f);

#endif
