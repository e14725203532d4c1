/* SPDX-License-Identifier: GPL-2.0-or-later
 *
 * The writer is always inside a transaction: nothing is seen by readers but
 * what xap_wdb_commit committed, where Xapian alone would commit by itself
 * every so many documents, and once more when the handle goes.
 *
 * A change that fails half-way makes Xapian drop everything since the last
 * commit. The writer remembers that and refuses to go on, so that nobody
 * commits less than they added.
 */
#include "engine/xapian/guard.h"

#include <memory>
#include <sstream>

#include <sys/stat.h>

#define METADATA_KEY_MAX 240

struct xap_wdb {
	Xapian::WritableDatabase db;
	enum status failed;    /* ST_OK while it is sound */
	std::shared_ptr<xap_held> held;   /* of one in memory; else null */
};

static int
open_flags(enum xap_create how, bool safe)
{
	int flags = Xapian::DB_BACKEND_GLASS | (safe ? 0 : Xapian::DB_NO_SYNC);

	switch (how) {
	case XAP_OPEN: return flags | Xapian::DB_OPEN;
	case XAP_CREATE: return flags | Xapian::DB_CREATE;
	case XAP_REPLACE: return flags | Xapian::DB_CREATE_OR_OVERWRITE;
	}
	return flags;
}

enum status
xap_wdb_open(struct xap_wdb **out, const char *path, enum xap_create how, bool safe,
	     struct error *err)
{
	*out = nullptr;
	return xap_guard(err, [&] {
		if (how == XAP_OPEN)
			xap_db_check_roots(path, false);
		std::unique_ptr<xap_wdb> w(new xap_wdb{
			Xapian::WritableDatabase(path, open_flags(how, safe)), ST_OK, nullptr});

		w->db.begin_transaction();
		*out = w.release();
		return ST_OK;
	});
}

enum status
xap_wdb_memory(struct xap_wdb **out, struct error *err)
{
	*out = nullptr;
	return xap_guard(err, [&] {
		*out = new xap_wdb{Xapian::WritableDatabase(std::string(), Xapian::DB_BACKEND_INMEMORY), ST_OK,
			std::make_shared<xap_held>()};
		return ST_OK;
	});
}

void
xap_wdb_free(struct xap_wdb *w)
{
	delete w;      /* an open transaction is dropped with it */
}

/* Runs a change of the database; see the head of this file. */
template <typename F>
static enum status
run_change(struct xap_wdb *w, struct error *err, F &&body) noexcept
{
	if (w->failed != ST_OK)
		return error_set(err, w->failed, "an earlier change failed (%s): "
				 "the writer must be opened anew", error_status_name(w->failed));
	return w->failed = xap_guard(err, body);
}

/* Adds DOC to a database in memory, and its positions to HELD. */
static Xapian::docid
add_held(Xapian::WritableDatabase &db, const Xapian::Document &doc, xap_held &held)
{
	const Xapian::docid id = db.get_lastdocid() + 1;
	Xapian::Document bare;

	for (Xapian::TermIterator at = doc.termlist_begin(); at != doc.termlist_end(); ++at) {
		bare.add_term(*at, at.get_wdf());
		if (at.positionlist_count() > 0)
			held[{ id, *at }].assign(at.positionlist_begin(), at.positionlist_end());
	}
	for (Xapian::ValueIterator at = doc.values_begin(); at != doc.values_end(); ++at)
		bare.add_value(at.get_valueno(), *at);
	bare.set_data(doc.get_data());
	return db.add_document(bare);
}

enum status
xap_wdb_add(struct xap_wdb *w, struct xap_doc *doc, uint32_t *docid, struct error *err)
{
	return run_change(w, err, [&] {
		uint32_t id = w->held ? add_held(w->db, doc->doc, *w->held) : w->db.add_document(doc->doc);

		if (docid != nullptr)
			*docid = id;
		return ST_OK;
	});
}

/* An empty term would stand for every document. */
static enum status
check_key_term(const char *term, size_t len, struct error *err)
{
	if (len == 0)
		return error_set(err, ST_INVALID, "an empty term");
	return xap_guard_check_term(term, len, err);
}

/* To take a document out, libxapian reads its list of terms; see xap_db_term_follows. */
static enum status
check_listed(struct xap_wdb *w, Xapian::docid docid, struct error *err)
{
	const Xapian::TermIterator end = w->db.termlist_end(docid);
	std::string before;

	for (Xapian::TermIterator at = xap_db_terms_of(w->db, docid); at != end; ++at) {
		std::string term = *at;

		if (!xap_db_term_follows(before, term))
			return error_set(err, ST_CORRUPT, "the list of terms of document %u is damaged",
					 static_cast<unsigned>(docid));
		before.swap(term);
	}
	return ST_OK;
}

/* The same for all documents that TERM indexes. */
static enum status
check_indexed(struct xap_wdb *w, const std::string &term, struct error *err)
{
	for (Xapian::PostingIterator at = w->db.postlist_begin(term); at != w->db.postlist_end(term); ++at)
		if (enum status st = check_listed(w, *at, err))
			return st;
	return ST_OK;
}

enum status
xap_wdb_replace(struct xap_wdb *w, const char *term, size_t len, struct xap_doc *doc,
		uint32_t *docid, struct error *err)
{
	if (enum status st = check_key_term(term, len, err))
		return st;
	return run_change(w, err, [&] {
		if (enum status st = check_indexed(w, std::string(term, len), err))
			return st;
		uint32_t id = w->db.replace_document(std::string(term, len), doc->doc);

		if (docid != nullptr)
			*docid = id;
		return ST_OK;
	});
}

enum status
xap_wdb_set_value(struct xap_wdb *w, uint32_t docid, unsigned slot, const void *v, size_t len,
		  struct error *err)
{
	enum status st;
	Xapian::Document doc;

	/* As below. A document read from the database knows what of it was changed. */
	st = xap_guard(err, [&] {
		doc = w->db.get_document(docid);
		return ST_OK;
	});
	if (st != ST_OK)
		return st;
	return run_change(w, err, [&] {
		doc.add_value(slot, std::string(static_cast<const char *>(v), len));
		w->db.replace_document(docid, doc);
		return ST_OK;
	});
}

enum status
xap_wdb_delete(struct xap_wdb *w, uint32_t docid, struct error *err)
{
	/* A missing document is the caller's business, and must not cost the
	 * changes made so far. */
	enum status st = xap_guard(err, [&] {
		(void)w->db.get_doclength(docid);
		return check_listed(w, docid, err);
	});

	if (st != ST_OK)
		return st;
	return run_change(w, err, [&] {
		w->db.delete_document(docid);
		return ST_OK;
	});
}

enum status
xap_wdb_delete_term(struct xap_wdb *w, const char *term, size_t len, struct error *err)
{
	if (enum status st = check_key_term(term, len, err))
		return st;
	return run_change(w, err, [&] {
		if (enum status st = check_indexed(w, std::string(term, len), err))
			return st;
		w->db.delete_document(std::string(term, len));
		return ST_OK;
	});
}

enum status
xap_wdb_set_metadata(struct xap_wdb *w, const char *key, const void *v, size_t len,
		     struct error *err)
{
	size_t n = std::char_traits<char>::length(key);

	if (n == 0 || n > METADATA_KEY_MAX)
		return error_set(err, ST_INVALID, "a metadata key of %zu bytes", n);
	return run_change(w, err, [&] {
		w->db.set_metadata(key, std::string(static_cast<const char *>(v), len));
		return ST_OK;
	});
}

enum status
xap_wdb_commit(struct xap_wdb *w, struct error *err)
{
	enum status st = run_change(w, err, [&] {
		w->db.commit_transaction();
		w->db.begin_transaction();
		return ST_OK;
	});

	/* After a failed commit no transaction is open, and the handle's end
	 * would commit whatever is left. (Fails where one is open: as well.) */
	if (st != ST_OK)
		(void)xap_guard(nullptr, [&] {
			w->db.begin_transaction(false);
			return ST_OK;
		});
	return st;
}

enum status
xap_wdb_reader(struct xap_wdb *w, struct xap_db **out, struct error *err)
{
	*out = nullptr;
	return xap_guard(err, [&] {
		*out = new xap_db{w->db, 1, w->held};
		return ST_OK;
	});
}

static unsigned
compact_flags(enum xap_compact level)
{
	switch (level) {
	case XAP_COMPACT_STANDARD: return Xapian::Compactor::STANDARD;
	case XAP_COMPACT_FULL: return Xapian::Compactor::FULL;
	case XAP_COMPACT_FULLER: return Xapian::Compactor::FULLER;
	}
	return 0;
}

enum status
xap_compact(const char *const *paths, size_t n, const char *dest, enum xap_compact level,
	    struct error *err)
{
	struct stat sb;

	if (n == 0)
		return error_set(err, ST_INVALID, "no database to compact");
	if (lstat(dest, &sb) == 0)
		return error_set(err, ST_INVALID, "%s exists already", dest);
	return xap_guard(err, [&] {
		Xapian::Database all;

		for (size_t i = 0; i < n; i++)
			all.add_database(xap_db_open_whole(paths[i]));
		/* One alone keeps the numbers of its documents, which other records name (engine/store/copies.h). */
		all.compact(dest, compact_flags(level) | (n == 1 ? Xapian::DBCOMPACT_NO_RENUMBER : 0u));
		return ST_OK;
	});
}

enum status
xap_check(const char *path, struct buf *report, uint64_t *errors, struct error *err)
{
	*errors = 0;
	return xap_guard(err, [&] {
		std::ostringstream words;

		try {
			xap_db_check_roots(path, true);
			*errors = Xapian::Database::check(path, 0, &words);
		} catch (...) {
			/* What was found before the check gave up is worth telling. */
			(void)xap_guard_append(report, words.str(), nullptr);
			throw;
		}
		return xap_guard_append(report, words.str(), err);
	});
}
