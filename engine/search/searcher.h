/* SPDX-License-Identifier: GPL-2.0-or-later
 *
 * The insides of a searcher, for the files that make up search.h: searcher.c
 * (the state of the index, one article), search*.c (answers), explain.c and
 * suggest.c, and for the files that they use. A searcher owns all its members.
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
	char *current_path, *commit_path;   /* the two files that reveal a new state, see stamp.h */
	struct stamp current, commit;
	struct vocabularies *vocabularies;
	struct store *store;
	struct xap_enquire *enquire;   /* searches the store */
	struct analyser *an;
	struct snippet_maker *snippets;
	struct explain_tree *tree;     /* the rows of the last EXPLAIN of a query */
	struct quote_reader *quotes;   /* NULL until the first search_quotes */
	struct arena arena;            /* holds the last result */
	struct buf value, data;        /* work memory */
};

/* Runs BODY with ARG, and again on the newest commit whenever the state that it read is gone or a commit has overtaken
 * it, until DEADLINE (may be NULL). So the result of BODY is of one state. */
enum status searcher_try(struct searcher *s, const struct xap_deadline *deadline,
			 enum status (*body)(struct searcher *s, void *arg, struct error *err),
			 void *arg, struct error *err) MUST_CHECK;
/* Whether a commit came since the state in use was opened: seeming damage may then be new data. */
bool searcher_overtaken(const struct searcher *s);
/* The document number of article ID. ST_NOTFOUND. */
enum status searcher_find(struct searcher *s, const char *id, size_t len, uint32_t *docid,
			  struct error *err) MUST_CHECK;

/* The article of document DOCID. ST_CORRUPT where it is damaged or missing; DEADLINE as in store_article. */
enum status searcher_article(struct searcher *s, uint32_t docid, const struct xap_deadline *deadline, struct article *out,
			     struct error *err) MUST_CHECK;

/* Copies the notes of PLAN, and MORE, into the result's arena. */
enum status searcher_notes(struct searcher *s, const struct plan *plan, const struct search_note *more, size_t nmore,
			   const struct search_note **out, size_t *n, struct error *err) MUST_CHECK;

#endif
