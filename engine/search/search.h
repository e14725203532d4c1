/* SPDX-License-Identifier: GPL-2.0-or-later
 *
 * Search: a query text and options in, rows out. The face of the engine that
 * the daemon's workers (and tests, and later other faces) use. One searcher a
 * thread; it owns its readers and all memory of its last result.
 */
#ifndef ENGINE_SEARCH_SEARCH_H
#define ENGINE_SEARCH_SEARCH_H

#include <stdbool.h>
#include <stdint.h>
#include <time.h>

#include "base/article.h"
#include "base/status.h"
#include "engine/plan/explain.h"
#include "engine/plan/plan.h"
#include "engine/store/store.h"

struct searcher;

/* Opens INDEX's current generation. */
enum status searcher_new(struct searcher **out, const char *index, struct error *err) MUST_CHECK;
void searcher_free(struct searcher *s);
/* From now on both have the same words in memory (engine/store/vocabulary.h), for which only one of them reads the index. */
void searcher_share(struct searcher *s, const struct searcher *with);
/* Reads what the first query would have to wait for: the words, some 50 ms for 100,000 of them. */
enum status searcher_prepare(struct searcher *s, struct error *err) MUST_CHECK;
/* Moves to the current generation and its newest commit; *CHANGED says whether
 * that is another. When the new one cannot be opened the old one stays in use. */
enum status searcher_refresh(struct searcher *s, bool *changed, struct error *err) MUST_CHECK;
/* ST_CORRUPT where the generation in use is damaged so that a search in it might never end. Takes about 0.15 s
 * for a gigabyte that the system has in memory, and reads no more than that of a table. */
enum status searcher_sound(const struct searcher *s, struct error *err) MUST_CHECK;
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
	uint32_t copies;             /* of its text in the index, itself among them */
};

/* What was used instead of, or could not be done with, the words as typed. */
struct search_note {
	char letter;                 /* 'C' or 'W' */
	const char *typed, *text;    /* W: text only */
	bool damage;                 /* of the index: the administrator should know */
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
	const char *id, *date;       /* of the article */
	const char *speaker, *office;/* as named there, "" when the text does not say */
	const char *words;           /* without the marks around them */
	uint32_t start, end;         /* of these, in bytes of the article's body */
};

struct quote_result {
	const struct quote_row *rows;
	size_t nrows;
	uint64_t total;              /* quotations */
	bool exact;
	const struct search_note *notes;
	size_t nnotes;
};

/* Results stay valid until the next call on the searcher. Queries that cannot be read: ST_SYNTAX. */
enum status search_run(struct searcher *s, const char *query, size_t len, const struct search_options *opt,
		       struct search_result *out, struct error *err) MUST_CHECK;
/* Total only, always exact. */
enum status search_count(struct searcher *s, const char *query, size_t len, const struct search_options *opt,
			 struct search_result *out, struct error *err) MUST_CHECK;

/* The quotations in which words of QUERY stand (with match_all all of them), by SPEAKER unless NULL: his words
 * in that order in the name or the office. Articles in search_run's order for QUERY with voice:quoted or speaker:SPEAKER in
 * it, in each as they stand; the newest articles first where QUERY is empty. Snippets are not made. */
enum status search_quotes(struct searcher *s, const char *query, size_t len, const char *speaker,
			  const struct search_options *opt, struct quote_result *out, struct error *err) MUST_CHECK;

struct explain_result {
	const struct explain_row *rows;
	size_t nrows;
	double score;
};
/* How the query is read (ID NULL: depth, node, detail), or the parts of one article's score (depth,
 * part, value as text; the parts of depth 1 add up to the score). ST_NOTFOUND: no such article, or it does not match. */
enum status search_explain(struct searcher *s, const char *query, size_t len, const char *id, const struct search_options *opt,
			   struct explain_result *out, struct error *err) MUST_CHECK;

enum status search_get(struct searcher *s, const char *id, size_t len, struct article *out, struct error *err) MUST_CHECK;

/* A copy of an article, and in which sentences it differs: '+' stands in it alone, '-' in the other alone. */
struct version_change { char sign; const char *text; };
struct version {
	const char *id, *date, *source, *title;
	const struct version_change *changes;
	size_t nchanges;
};
struct version_result {
	const struct version *rows;
	size_t nrows;
	const struct search_note *notes;
	size_t nnotes;
};
/* Article ID and all its copies (engine/store/neardup.h), oldest first, compared with it; a note where some are damaged.
 * ST_NOTFOUND. DEADLINE may be NULL. */
enum status search_versions(struct searcher *s, const char *id, size_t len, const struct xap_deadline *deadline,
			    struct version_result *out, struct error *err) MUST_CHECK;

struct suggestion { const char *text; uint32_t count; };
/* Words, names and headlines of the index that begin with PREFIX (folded first), those in the most articles first. Of
 * several words: names and headlines, or, where none begins so, words that begin with the last of them. */
enum status search_suggest(struct searcher *s, const char *prefix, size_t len, size_t limit,
			   const struct suggestion **out, size_t *n, struct error *err) MUST_CHECK;

#endif
