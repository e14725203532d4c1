/* SPDX-License-Identifier: GPL-2.0-or-later
 *
 * The insides of a searcher, for the files that make up search.h: searcher.c
 * (which state of the index, one article), search*.c (answers), explain.c, suggest.c and what these use.
 * What owns what is said at each member.
 */
#ifndef ENGINE_SEARCH_SEARCHER_H
#define ENGINE_SEARCH_SEARCHER_H

#include "base/arena.h"
#include "engine/plan/explain_tree.h"
#include "engine/plan/plan.h"
#include "engine/search/quote_reader.h"
#include "engine/search/search.h"
#include "engine/snippet/snippet.h"
#include "engine/store/stamp.h"

struct searcher {
	char *index;
	char *current_path, *commit_path;   /* of the files that are watched */
	struct stamp current, commit;
	struct vocabularies *vocabularies;
	struct store *store;
	struct xap_enquire *enquire;   /* on the store */
	struct analyser *an;
	struct snippet_maker *snippets;
	struct explain_tree *tree;     /* of the last EXPLAIN of a query */
	struct quote_reader *quotes;   /* NULL until the first search_quotes */
	struct arena arena;            /* of the last result */
	struct buf value, data;        /* work memory */
};

/* Runs BODY with ARG, and again on the newest commit whenever the state it read is gone or was
 * overtaken by a commit meanwhile, until DEADLINE (may be NULL): what it gives is of one state. */
enum status searcher_try(struct searcher *s, const struct xap_deadline *deadline,
			 enum status (*body)(struct searcher *s, void *arg, struct error *err),
			 void *arg, struct error *err) MUST_CHECK;
/* Whether a commit came since the state in use was opened: what seems damaged may then be new. */
bool searcher_overtaken(const struct searcher *s);
/* The document number of article ID. ST_NOTFOUND. */
enum status searcher_find(struct searcher *s, const char *id, size_t len, uint32_t *docid,
			  struct error *err) MUST_CHECK;

/* The article of document DOCID. ST_CORRUPT where it is damaged or missing. */
enum status searcher_article(struct searcher *s, uint32_t docid, struct article *out, struct error *err) MUST_CHECK;

/* What PLAN notes, and MORE, as notes of the result. */
enum status searcher_notes(struct searcher *s, const struct plan *plan, const struct search_note *more, size_t nmore,
			   const struct search_note **out, size_t *n, struct error *err) MUST_CHECK;

#endif
