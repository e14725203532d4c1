/* SPDX-License-Identifier: GPL-2.0-or-later
 *
 * C bindings of Xapian: opaque types, no exception crosses. Every function
 * runs its body behind one guard that turns whatever is thrown into an enum
 * status (stale, locked, not found, corrupt, version, too broad, deadline, no
 * memory, internal) and Xapian's own words into the error record.
 *
 * Ownership: what xap_*_new, _open and _copy hand out belongs to the caller
 * and goes back through the matching _free, which accepts NULL. A function
 * named _take consumes its operands even when it fails. Nothing here may be
 * used by two threads at once; handles of different threads share nothing.
 *
 * Terms are byte strings, at most XAP_TERM_MAX long, and may hold any byte.
 */
#ifndef ENGINE_XAPIAN_XAP_H
#define ENGINE_XAPIAN_XAP_H

#include <stdbool.h>
#include <stddef.h>
#include <stdint.h>

#include "base/buf.h"
#include "base/error.h"

#ifdef __cplusplus
extern "C" {
#endif

#define XAP_TERM_MAX 245   /* bytes; zero bytes count twice */

struct xap_db;        /* a database open for reading: one or several together */
struct xap_wdb;       /* one open for writing */
struct xap_doc;       /* a document being made, or one that was read */
struct xap_query;     /* a tree; operands are copied by reference, cheap */
struct xap_enquire;
struct xap_terms;     /* a cursor over terms */
struct xap_postings;  /* a cursor over the documents that a term indexes */
struct xap_stem;

/* When to give up: CLOCK_MONOTONIC in nanoseconds (0: never), and a function
 * that says whether somebody asked to stop (NULL: nobody can). A match that is
 * over it ends with ST_DEADLINE or ST_CANCELLED; the handles stay usable. The
 * struct must stay in place while the query that refers to it lives. */
struct xap_deadline {
	uint64_t at_ns;
	bool (*cancelled)(void *arg);
	void *arg;
};

/* libxapian ends the process where an error leaves a destructor of its own; a
 * disk that is full in the middle of a commit can do that. FN (NULL: nobody) is then
 * called with the error, on the thread that it befell, and must not return. For the whole
 * process; to be set while no other thread uses Xapian. */
void xap_last_words(void (*fn)(void *arg, const struct error *err), void *arg);

/* libxapian does not survive everywhere that there is no memory: destructors run twice, or the process ends.
 * After this call there is a reserve for it, for the whole process: what it asks for is then served from that,
 * and the reserve is filled up again as soon as it can be. What is larger still ends in ST_NOMEM. */
void xap_keep_reserve(void);

/* ---- documents ---- */

enum status xap_doc_new(struct xap_doc **out, struct error *err) MUST_CHECK;
void xap_doc_free(struct xap_doc *doc);
enum status xap_doc_clear(struct xap_doc *doc, struct error *err) MUST_CHECK;  /* empty, to be filled again */
/* Adds TERM with its N positions (ascending is fast) and WDF to its within-document
 * frequency; N = 0 for a term without positions. A term may be added to again. */
enum status xap_doc_add(struct xap_doc *doc, const char *term, size_t len,
			const uint32_t *pos, size_t n, uint32_t wdf, struct error *err) MUST_CHECK;
enum status xap_doc_set_value(struct xap_doc *doc, unsigned slot, const void *v, size_t len, struct error *err) MUST_CHECK;
enum status xap_doc_set_data(struct xap_doc *doc, const void *data, size_t len, struct error *err) MUST_CHECK;
/* Append the value or the data to OUT. */
enum status xap_doc_value(struct xap_doc *doc, unsigned slot, struct buf *out, struct error *err) MUST_CHECK;
enum status xap_doc_data(struct xap_doc *doc, struct buf *out, struct error *err) MUST_CHECK;

/* ---- reading ---- */

/* Opens the N database folders in PATHS as one, at their last commits; it stays there. */
enum status xap_db_open(struct xap_db **out, const char *const *paths, size_t n, struct error *err) MUST_CHECK;
void xap_db_free(struct xap_db *db);
enum status xap_db_count(struct xap_db *db, uint32_t *articles, struct error *err) MUST_CHECK;
enum status xap_db_termfreq(struct xap_db *db, const char *term, size_t len, uint32_t *freq, struct error *err) MUST_CHECK;
/* Document DOCID; ST_NOTFOUND where there is none. */
enum status xap_db_document(struct xap_db *db, uint32_t docid, struct xap_doc **out, struct error *err) MUST_CHECK;
/* One value, or the data, of a document that is known to exist (a hit),
 * appended to OUT: cheaper than a document handle. Empty for one that does
 * not exist. */
enum status xap_db_value(struct xap_db *db, uint32_t docid, unsigned slot, struct buf *out, struct error *err) MUST_CHECK;
enum status xap_db_data(struct xap_db *db, uint32_t docid, struct buf *out, struct error *err) MUST_CHECK;
/* The first document that TERM indexes after AFTER (0: from the beginning). ST_NOTFOUND if none.
 * The empty term stands for every document. */
enum status xap_db_posting(struct xap_db *db, const char *term, size_t len, uint32_t after, uint32_t *docid, struct error *err) MUST_CHECK;
/* Positions of a term in a document, ascending. V grows with realloc and stays the caller's, to be freed with free. */
struct xap_positions { uint32_t *v; size_t cap, n; };
/* Those of TERM in DOCID replace what is in OUT; none: OUT->n = 0, ST_OK. */
enum status xap_db_positions(struct xap_db *db, uint32_t docid, const char *term, size_t len,
			     struct xap_positions *out, struct error *err) MUST_CHECK;
/* Metadata: appends to OUT; empty and missing are the same. */
enum status xap_db_metadata(struct xap_db *db, const char *key, struct buf *out, struct error *err) MUST_CHECK;

/* All terms of the database that begin with PREFIX, in byte order, with their
 * document frequency. */
enum status xap_terms_open(struct xap_terms **out, struct xap_db *db, const char *prefix, size_t len, struct error *err) MUST_CHECK;
/* The terms of one document, with their wdf as FREQ. */
enum status xap_terms_open_doc(struct xap_terms **out, struct xap_db *db, uint32_t docid, struct error *err) MUST_CHECK;
/* The keys of the metadata that begin with PREFIX, in byte order; their FREQ means nothing. */
enum status xap_terms_open_metadata(struct xap_terms **out, struct xap_db *db, const char *prefix, size_t len, struct error *err) MUST_CHECK;
/* The next call of xap_terms_next gives the first term that is not before TERM: forward only, and
 * not before the first call of xap_terms_next where the terms are those of a document. */
enum status xap_terms_skip(struct xap_terms *t, const char *term, size_t len, struct error *err) MUST_CHECK;
/* The terms of a document that is being made, with their wdf as FREQ. DOC must stay as it is. */
enum status xap_terms_open_held(struct xap_terms **out, struct xap_doc *doc, struct error *err) MUST_CHECK;
/* *TERM = NULL at the end; else valid until the next call. */
enum status xap_terms_next(struct xap_terms *t, const char **term, size_t *len, uint32_t *freq, struct error *err) MUST_CHECK;
/* The positions of the term that the last call gave, of xap_terms_open_held; as xap_db_positions. */
enum status xap_terms_positions(struct xap_terms *t, struct xap_positions *out, struct error *err) MUST_CHECK;
void xap_terms_free(struct xap_terms *t);

/* The documents that TERM indexes, ascending, with its wdf in each; of the empty term all documents,
 * with a wdf of 1. */
enum status xap_postings_open(struct xap_postings **out, struct xap_db *db, const char *term, size_t len, struct error *err) MUST_CHECK;
/* *DOCID = 0 at the end. */
enum status xap_postings_next(struct xap_postings *p, uint32_t *docid, uint32_t *wdf, struct error *err) MUST_CHECK;
/* The first one that is not before TO; not backwards. */
enum status xap_postings_skip(struct xap_postings *p, uint32_t to, uint32_t *docid, struct error *err) MUST_CHECK;
/* The positions of the term in the document that the last call gave; as xap_db_positions. */
enum status xap_postings_positions(struct xap_postings *p, struct xap_positions *out, struct error *err) MUST_CHECK;
void xap_postings_free(struct xap_postings *p);

/* ---- what the database says of itself, for who proves it ---- */

struct xap_totals {
	uint64_t length;            /* of all documents together: their wdfs added up */
	uint32_t shortest, longest; /* no document is shorter or longer */
	uint32_t last;              /* the highest document number ever given */
};

enum status xap_db_totals(struct xap_db *db, struct xap_totals *out, struct error *err) MUST_CHECK;
enum status xap_db_length(struct xap_db *db, uint32_t docid, uint32_t *length, struct error *err) MUST_CHECK;
/* How often TERM occurs in all documents, and a wdf that it has nowhere more of. */
enum status xap_db_occurrences(struct xap_db *db, const char *term, size_t len, uint64_t *sum, uint32_t *most, struct error *err) MUST_CHECK;
/* How many documents have a value in SLOT, and between which (appended) all of these are. */
enum status xap_db_slot(struct xap_db *db, unsigned slot, uint32_t *freq, struct buf *low, struct buf *high, struct error *err) MUST_CHECK;
/* The slots below 32 in which DOC is said to have values, one bit each; ST_CORRUPT for others. */
enum status xap_doc_slots(struct xap_doc *doc, uint32_t *slots, struct error *err) MUST_CHECK;

/* ---- writing ---- */

/* All changes of a writer become visible with its next commit, and none before.
 * When a change fails (but with ST_INVALID or ST_NOTFOUND for its argument),
 * Xapian has dropped all changes since the last commit, and the writer refuses
 * every further one: free it, open it anew. */

enum xap_create {
	XAP_OPEN,       /* must be there */
	XAP_CREATE,     /* must not be there */
	XAP_REPLACE     /* what was there is lost */
};
/* SAFE = false: no fsync at commit (DB_NO_SYNC), for shards that a merge reads
 * once. ST_LOCKED when another process or handle writes. */
enum status xap_wdb_open(struct xap_wdb **out, const char *path, enum xap_create how, bool safe, struct error *err) MUST_CHECK;
/* One in memory, empty, gone when it is freed. Of changes it takes xap_wdb_add alone. Its reader gives positions to
 * xap_db_positions; XAP_NEAR and XAP_PHRASE find nothing in it. */
enum status xap_wdb_memory(struct xap_wdb **out, struct error *err) MUST_CHECK;
void xap_wdb_free(struct xap_wdb *w);      /* what was not committed is dropped */
enum status xap_wdb_add(struct xap_wdb *w, struct xap_doc *doc, uint32_t *docid, struct error *err) MUST_CHECK;
/* Replaces all documents that TERM indexes by DOC (adds it if none). */
enum status xap_wdb_replace(struct xap_wdb *w, const char *term, size_t len, struct xap_doc *doc, uint32_t *docid, struct error *err) MUST_CHECK;
/* Sets one value of a document and leaves all else of it as it is. */
enum status xap_wdb_set_value(struct xap_wdb *w, uint32_t docid, unsigned slot, const void *v, size_t len, struct error *err) MUST_CHECK;
enum status xap_wdb_delete(struct xap_wdb *w, uint32_t docid, struct error *err) MUST_CHECK;
enum status xap_wdb_delete_term(struct xap_wdb *w, const char *term, size_t len, struct error *err) MUST_CHECK;
/* KEY: 1 to 240 bytes; an empty value removes it. */
enum status xap_wdb_set_metadata(struct xap_wdb *w, const char *key, const void *v, size_t len, struct error *err) MUST_CHECK;
enum status xap_wdb_commit(struct xap_wdb *w, struct error *err) MUST_CHECK;
/* A reading view of what the writer sees, uncommitted changes included. */
enum status xap_wdb_reader(struct xap_wdb *w, struct xap_db **out, struct error *err) MUST_CHECK;

enum xap_compact { XAP_COMPACT_STANDARD, XAP_COMPACT_FULL, XAP_COMPACT_FULLER };
/* Merges the N databases, in this order (document numbers run on; those of one alone stay), into the new
 * folder DEST, which must not exist; after a failure it may, half-made. Waits
 * for the disk (each table is synced), DEST's own folder entries excepted. */
enum status xap_compact(const char *const *paths, size_t n, const char *dest, enum xap_compact level, struct error *err) MUST_CHECK;
/* Xapian's own check of every table; *ERRORS counts what it found, its words go to REPORT. */
enum status xap_check(const char *path, struct buf *report, uint64_t *errors, struct error *err) MUST_CHECK;

/* ---- queries ---- */

enum xap_op { XAP_AND, XAP_OR, XAP_AND_NOT, XAP_AND_MAYBE, XAP_FILTER, XAP_NEAR, XAP_PHRASE, XAP_SYNONYM, XAP_MAX };

void xap_query_free(struct xap_query *q);
enum status xap_query_copy(struct xap_query **out, const struct xap_query *q, struct error *err) MUST_CHECK;
enum status xap_query_term(struct xap_query **out, const char *term, size_t len, uint32_t wqf, struct error *err) MUST_CHECK;
/* Every document, weight 0; a fresh one each time (Xapian's shared one is not thread-safe). */
enum status xap_query_all(struct xap_query **out, struct error *err) MUST_CHECK;
enum status xap_query_none(struct xap_query **out, struct error *err) MUST_CHECK;
/* OPS (N of them, consumed, also on failure) joined; WINDOW counts for NEAR and PHRASE. */
enum status xap_query_join_take(struct xap_query **out, enum xap_op op, struct xap_query **ops, size_t n, unsigned window, struct error *err) MUST_CHECK;
/* LO and HI inclusive, bytewise; NULL HI: no upper bound. */
enum status xap_query_range(struct xap_query **out, unsigned slot, const char *lo, size_t lo_len, const char *hi, size_t hi_len, struct error *err) MUST_CHECK;
/* Terms that begin with PREFIX, at most CAP (the most frequent of them). */
enum status xap_query_wildcard(struct xap_query **out, const char *prefix, size_t len, uint32_t cap, struct error *err) MUST_CHECK;
enum status xap_query_scale_take(struct xap_query **out, struct xap_query *q, double factor, struct error *err) MUST_CHECK;
/* The N documents in DOCIDS (ascending, copied), weight 0. They must exist, and mean
 * something in one database only: over several, xap_enquire_set_query answers
 * ST_UNSUPPORTED. */
enum status xap_query_docids(struct xap_query **out, const uint32_t *docids, size_t n, struct error *err) MUST_CHECK;
/* Whether document DOCID is one of those that a query finds. A status other than ST_OK ends the match
 * with it and with ERR. */
typedef enum status xap_holds(void *arg, uint32_t docid, bool *holds, struct error *err);
/* The documents of one database (as above) that HOLDS says yes to, weight 0. It is asked while the query is
 * matched, about each document that all other operands of an AND or FILTER have: the query has to stand in one,
 * or HOLDS is asked about every number from 1 on. ARG must stay in place as long as the query is run. The answer
 * about a document must not change. */
enum status xap_query_condition(struct xap_query **out, xap_holds *holds, void *arg, struct error *err) MUST_CHECK;
/* Q under a filter that lets every document through and looks at the clock on
 * its way (DEADLINE NULL: just Q). It is asked about the documents in which all
 * that Q joins by AND meet, before positions are compared. What stands deeper,
 * under an OR or on the right of AND_NOT or AND_MAYBE, has to be wrapped by
 * itself where it can be slow: wrap each PHRASE and NEAR, and the whole. */
enum status xap_query_clock_take(struct xap_query **out, struct xap_query *q, const struct xap_deadline *deadline, struct error *err) MUST_CHECK;
/* Xapian's description, for tests and debugging; appended to OUT. */
enum status xap_query_describe(const struct xap_query *q, struct buf *out, struct error *err) MUST_CHECK;

/* ---- matching ---- */

struct xap_bm25 { double k1, b, k2, k3, min_normlen; };

enum xap_sort { XAP_SORT_RELEVANCE, XAP_SORT_VALUE, XAP_SORT_RELEVANCE_VALUE };

struct xap_hit { uint32_t docid; double weight; };

struct xap_hits {
	struct xap_hit *hit;  /* owned by the enquire, valid until its next run */
	size_t n;
	uint32_t lower, estimated, upper;   /* bounds of the number of matches; equal: exact */
};

enum status xap_enquire_new(struct xap_enquire **out, struct xap_db *db, struct error *err) MUST_CHECK;
void xap_enquire_free(struct xap_enquire *e);
enum status xap_enquire_set_query(struct xap_enquire *e, const struct xap_query *q, struct error *err) MUST_CHECK;
enum status xap_enquire_set_bm25(struct xap_enquire *e, const struct xap_bm25 *w, struct error *err) MUST_CHECK;
enum status xap_enquire_set_boolean(struct xap_enquire *e, struct error *err) MUST_CHECK;   /* no weights */
/* SLOT ascending (bytewise), descending with REVERSE; ties by document number. */
enum status xap_enquire_set_sort(struct xap_enquire *e, enum xap_sort sort, unsigned slot, bool reverse, struct error *err) MUST_CHECK;
/* LIMIT hits from OFFSET; at least CHECK_AT_LEAST documents are looked at for the total. */
enum status xap_enquire_run(struct xap_enquire *e, uint32_t offset, uint32_t limit, uint32_t check_at_least,
			    struct xap_hits *out, struct error *err) MUST_CHECK;

/* ---- stemming ---- */

/* LANG: a Snowball language by ISO 639-1 code or English name ("en", "tr" ...). ST_NOTFOUND if unknown. */
enum status xap_stem_new(struct xap_stem **out, const char *lang, struct error *err) MUST_CHECK;
void xap_stem_free(struct xap_stem *s);
/* Replaces OUT's contents by the stem of WORD. */
enum status xap_stem_word(struct xap_stem *s, const char *word, size_t len, struct buf *out, struct error *err) MUST_CHECK;

#ifdef __cplusplus
}
#endif
#endif
