/* SPDX-License-Identifier: GPL-2.0-or-later
 *
 * Search: a query text and options in, rows out. The engine's interface for the
 * daemon's workers and for tests. One searcher a thread; it owns its readers and all
 * memory of its last result.
 */
#ifndef ENGINE_SEARCH_SEARCH_H
#define ENGINE_SEARCH_SEARCH_H

#include <stdbool.h>
#include <stdint.h>
#include <time.h>

#include "base/article.h"
#include "base/error.h"
#include "engine/plan/explain_tree.h"
#include "engine/plan/plan.h"
#include "engine/store/store.h"

struct searcher;

/* Opens INDEX and closes it again, with the look at it that store_open takes and searchers do not, since they
 * open each generation that comes. */
enum status searcher_sound(const char *index, struct error *err) MUST_CHECK;
/* Opens INDEX's current generation. */
enum status searcher_new(struct searcher **out, const char *index, struct error *err) MUST_CHECK;
void searcher_free(struct searcher *s);
/* Lets S and WITH share their words in memory (engine/store/vocabulary.h) from now on: the index is read once for both. */
void searcher_share(struct searcher *s, const struct searcher *with);
/* Reads the words into memory, so that the first query does not wait for them: some 50 ms for 100,000 words. */
enum status searcher_prepare(struct searcher *s, struct error *err) MUST_CHECK;
/* Moves to the newest commit of the current generation; *CHANGED: it is another
 * state. When the new state cannot be opened the old one stays in use. */
enum status searcher_refresh(struct searcher *s, bool *changed, struct error *err) MUST_CHECK;
const struct manifest *searcher_manifest(const struct searcher *s);
/* Articles of the state in use. */
enum status searcher_count(struct searcher *s, uint32_t *articles, struct error *err) MUST_CHECK;

/* Bytes of the files of the generation in use, as they are now. */
enum status searcher_bytes(const struct searcher *s, uint64_t *bytes, struct error *err) MUST_CHECK;

enum search_sort { SORT_RELEVANCE, SORT_DATE, SORT_DATE_REVERSE };  /* oldest first, newest first */

struct search_options {
	uint32_t limit, offset;
	enum search_sort sort;
	bool match_all, snippets;
	bool collapse;               /* of the copies of a text show the best one only */
	bool recent;                 /* with SORT_RELEVANCE: the age of an article counts, too */
	uint32_t halflife;           /* in days, of what its age adds; see recency.h */
	struct plan_options plan;    /* what words may stand for besides */
	const char *from, *to;       /* ISO dates or NULL */
	const char *mark_open, *mark_close;
	time_t now;                  /* what since: counts from */
	struct xap_deadline deadline;
};
extern const struct search_options search_defaults;  /* 10, 0, relevance, any, snippets, collapsed, all that words may stand for, <b> </b>; the caller sets now and deadline */

struct search_row {
	uint32_t rank;               /* from offset + 1 */
	double score;
	const char *id, *date, *source, *title;   /* NUL-terminated, "" when missing */
	const char *snippet;         /* NULL without snippets */
	uint32_t copies;             /* how many near-duplicates the index has, the article itself among them */
};

/* A note on the words as typed: 'C', another reading was searched too; 'W', a warning. */
struct search_note {
	char letter;                 /* 'C' or 'W' */
	const char *typed, *text;    /* W: text only */
	bool damage;                 /* it tells of damage in the index, which the administrator should know of */
};

struct search_result {
	const struct search_row *rows;
	size_t nrows;
	uint64_t total;
	bool exact;
	const struct search_note *notes;
	size_t nnotes;
};

struct quote_row {
	uint32_t rank;               /* from offset + 1 */
	const char *id, *date;       /* the article's */
	const char *speaker, *office;/* as the text names them; "" when it does not */
	const char *words;           /* the quoted words, without quotation marks */
	uint32_t start, end;         /* bytes of the words in the article's body */
};

struct quote_result {
	const struct quote_row *rows;
	size_t nrows;
	uint64_t total;              /* quotations */
	bool exact;
	const struct search_note *notes;
	size_t nnotes;
};

/* Results stay valid until the next call on the searcher. A query that cannot be read is ST_SYNTAX. */
enum status search_run(struct searcher *s, const char *query, size_t len, const struct search_options *opt,
		       struct search_result *out, struct error *err) MUST_CHECK;
/* Gives the total only, which is always exact. */
enum status search_count(struct searcher *s, const char *query, size_t len, const struct search_options *opt,
			 struct search_result *out, struct error *err) MUST_CHECK;

/* The quotations that have words of QUERY (with match_all all its words). With SPEAKER (not NULL), only quotations whose
 * speaker's name or office has the words of SPEAKER, in this order. Articles come in search_run's order for QUERY with
 * voice:quoted or speaker:SPEAKER, or newest first where QUERY is empty; quotations of one article in the order of the
 * text. Makes no snippets. */
enum status search_quotes(struct searcher *s, const char *query, size_t len, const char *speaker,
			  const struct search_options *opt, struct quote_result *out, struct error *err) MUST_CHECK;

struct explain_result {
	const struct explain_row *rows;
	size_t nrows;
	double score;
};
/* Explains how the query is read (ID NULL: rows of depth, node, detail), or the score of article ID (rows of depth,
 * summand, value as text; the summands of depth 1 add up to the score). ST_NOTFOUND: there is no such article, or it
 * does not match. */
enum status search_explain(struct searcher *s, const char *query, size_t len, const char *id, const struct search_options *opt,
			   struct explain_result *out, struct error *err) MUST_CHECK;

/* Article ID, as it was read; ST_DEADLINE where that took until DEADLINE (NULL: there is none). */
enum status search_get(struct searcher *s, const char *id, size_t len, const struct xap_deadline *deadline,
		       struct article *out, struct error *err) MUST_CHECK;

/* A near-duplicate of an article, and the sentences in which they differ: '+' only the near-duplicate has it, '-' only
 * the article. */
struct version_change { char sign; const char *text; };
struct version {
	uint32_t rank;               /* in the group, from 1 */
	const char *id, *date, *source, *title;
	const struct version_change *changes;
	size_t nchanges;
};
struct version_result {
	const struct version *rows;
	size_t nrows;
	uint64_t total;              /* of the group */
	const struct search_note *notes;
	size_t nnotes;
};
/* Article ID and its near-duplicates (engine/store/neardup.h), oldest first, each compared with article ID: the page
 * that OPT's limit and offset name, or as much of it as some megabytes of sentences go; notes tell what is left out,
 * and where some are damaged. ST_NOTFOUND. */
enum status search_versions(struct searcher *s, const char *id, size_t len, const struct search_options *opt,
			    struct version_result *out, struct error *err) MUST_CHECK;

struct suggestion { const char *text; uint32_t count; };
/* Words, names and headlines of the index that begin with PREFIX, which is folded first; the most frequent first. A PREFIX
 * of several words finds names and headlines, or, where none begins so, words that begin with its last word. */
enum status search_suggest(struct searcher *s, const char *prefix, size_t len, size_t limit,
			   const struct suggestion **out, size_t *n, struct error *err) MUST_CHECK;

#endif
