/* SPDX-License-Identifier: GPL-2.0-or-later */
#include "engine/xapian/guard.h"
#include "engine/xapian/roots.h"

#include <cerrno>
#include <cstdlib>
#include <memory>
#include <new>

#include <fcntl.h>
#include <unistd.h>

#define OPEN_TRIES 3

struct xap_terms {
	Xapian::TermIterator at, end;
	std::string term;     /* what the last call handed out */
	enum { ALL, DOCUMENT, KEYS } kind;
	bool started;         /* term is the one that at stands on */
};

/* Whether DB's first document has all that documents of ours have. Damage is
 * told by who reads it. */
static bool
looks_whole(const Xapian::Database &db)
{
	try {
		Xapian::PostingIterator first = db.postlist_begin(std::string());

		if (first == db.postlist_end(std::string()))
			return true;
		(void)db.termlist_begin(*first);
		return db.has_positions() &&
			!db.get_document(*first, Xapian::DOC_ASSUME_VALID).get_data().empty();
	} catch (const Xapian::FeatureUnavailableError &) {
		return false;      /* no termlists */
	} catch (const Xapian::DatabaseModifiedError &) {
		throw;
	} catch (const Xapian::Error &) {
		return true;
	}
}

static void
try_tables(const std::string &path)
{
	for (const char *table : { "docdata", "termlist", "position" }) {
		std::string name = path + "/" + table + ".glass";
		int fd = open(name.c_str(), O_RDONLY | O_CLOEXEC);

		if (fd >= 0)
			close(fd);
		else if (errno != ENOENT)
			throw Xapian::DatabaseOpeningError("Couldn't open " + name, errno);
	}
}

void
xap_db_check_roots(const char *path, bool revision)
{
	struct error err;

	switch (revision ? xap_roots_check_revision(path, &err) : xap_roots_check(path, &err)) {
	case ST_CORRUPT:
		throw Xapian::DatabaseCorruptError(err.text);
	case ST_NOMEM:
		throw std::bad_alloc();
	default:
		return;
	}
}

Xapian::Database
xap_db_open_whole(const std::string &path)
{
	xap_db_check_roots(path.c_str(), false);
	for (int tries = 1;; tries++) {
		Xapian::Database db(path);

		if (looks_whole(db) || tries == OPEN_TRIES)
			return db;
		try_tables(path);
	}
}

enum status
xap_db_open(struct xap_db **out, const char *const *paths, size_t n, struct error *err)
{
	*out = nullptr;
	if (n == 0)
		return error_set(err, ST_INVALID, "no database named");
	return xap_guard(err, [&] {
		std::unique_ptr<xap_db> db(new xap_db{xap_db_open_whole(paths[0]), n, nullptr});
		for (size_t i = 1; i < n; i++)
			db->db.add_database(xap_db_open_whole(paths[i]));
		*out = db.release();
		return ST_OK;
	});
}

void
xap_db_free(struct xap_db *db)
{
	delete db;
}

enum status
xap_db_count(struct xap_db *db, uint32_t *articles, struct error *err)
{
	return xap_guard(err, [&] {
		*articles = db->db.get_doccount();
		return ST_OK;
	});
}

enum status
xap_db_termfreq(struct xap_db *db, const char *term, size_t len, uint32_t *freq,
		struct error *err)
{
	if (enum status st = xap_guard_check_term(term, len, err))
		return st;
	return xap_guard(err, [&] {
		*freq = db->db.get_termfreq(std::string(term, len));
		return ST_OK;
	});
}

enum status
xap_db_document(struct xap_db *db, uint32_t docid, struct xap_doc **out, struct error *err)
{
	*out = nullptr;
	return xap_guard(err, [&] {
		*out = new xap_doc{db->db.get_document(docid), std::string()};
		return ST_OK;
	});
}

enum status
xap_db_value(struct xap_db *db, uint32_t docid, unsigned slot, struct buf *out,
	     struct error *err)
{
	return xap_guard(err, [&] {
		Xapian::Document doc = db->db.get_document(docid, Xapian::DOC_ASSUME_VALID);

		return xap_guard_append(out, doc.get_value(slot), err);
	});
}

enum status
xap_db_data(struct xap_db *db, uint32_t docid, struct buf *out, struct error *err)
{
	return xap_guard(err, [&] {
		Xapian::Document doc = db->db.get_document(docid, Xapian::DOC_ASSUME_VALID);

		return xap_guard_append(out, doc.get_data(), err);
	});
}

enum status
xap_db_posting(struct xap_db *db, const char *term, size_t len, uint32_t after,
	       uint32_t *docid, struct error *err)
{
	if (enum status st = xap_guard_check_term(term, len, err))
		return st;
	return xap_guard(err, [&] {
		std::string name(term, len);
		Xapian::PostingIterator at = db->db.postlist_begin(name);
		const Xapian::PostingIterator end = db->db.postlist_end(name);

		if (after == UINT32_MAX)
			at = end;
		else if (after > 0 && at != end)
			at.skip_to(after + 1);
		if (at == end)
			return error_set(err, ST_NOTFOUND, "no further document");
		*docid = *at;
		return ST_OK;
	});
}

template <typename I>
static void
list_positions(I at, const I &end, struct xap_positions *out)
{
	for (; at != end; ++at) {
		if (out->n == out->cap) {
			size_t more = out->cap ? out->cap * 2 : 16;
			void *grown = std::realloc(out->v, more * sizeof(*out->v));

			if (grown == nullptr)
				throw std::bad_alloc();
			out->v = static_cast<uint32_t *>(grown);
			out->cap = more;
		}
		out->v[out->n++] = *at;
	}
}

void
xap_db_list_positions(Xapian::PositionIterator at, const Xapian::PositionIterator &end, struct xap_positions *out)
{
	list_positions(at, end, out);
}

enum status
xap_db_positions(struct xap_db *db, uint32_t docid, const char *term, size_t len,
		 struct xap_positions *out, struct error *err)
{
	out->n = 0;
	if (enum status st = xap_guard_check_term(term, len, err))
		return st;
	return xap_guard(err, [&] {
		std::string name(term, len);

		if (db->held) {
			auto at = db->held->find({ docid, name });

			if (at != db->held->end())
				list_positions(at->second.begin(), at->second.end(), out);
			return ST_OK;
		}
		xap_db_list_positions(db->db.positionlist_begin(docid, name), db->db.positionlist_end(docid, name), out);
		return ST_OK;
	});
}

enum status
xap_db_metadata(struct xap_db *db, const char *key, struct buf *out, struct error *err)
{
	return xap_guard(err, [&] {
		return xap_guard_append(out, db->db.get_metadata(key), err);
	});
}

enum status
xap_terms_open(struct xap_terms **out, struct xap_db *db, const char *prefix, size_t len,
	       struct error *err)
{
	*out = nullptr;
	return xap_guard(err, [&] {
		std::string start(prefix, len);

		*out = new xap_terms{db->db.allterms_begin(start), db->db.allterms_end(start),
				     std::string(), xap_terms::ALL, false};
		return ST_OK;
	});
}

Xapian::TermIterator
xap_db_terms_of(const Xapian::Database &db, Xapian::docid docid)
{
	try {
		return db.termlist_begin(docid);
	} catch (const Xapian::DocNotFoundError &) {
		(void)db.get_doclength(docid);
		throw Xapian::DatabaseCorruptError("the list of terms of document " + std::to_string(docid) + " is missing");
	}
}

enum status
xap_terms_open_doc(struct xap_terms **out, struct xap_db *db, uint32_t docid,
		   struct error *err)
{
	*out = nullptr;
	return xap_guard(err, [&] {
		*out = new xap_terms{xap_db_terms_of(db->db, docid), db->db.termlist_end(docid),
				     std::string(), xap_terms::DOCUMENT, false};
		return ST_OK;
	});
}

enum status
xap_terms_open_held(struct xap_terms **out, struct xap_doc *doc, struct error *err)
{
	*out = nullptr;
	return xap_guard(err, [&] {
		*out = new xap_terms{doc->doc.termlist_begin(), doc->doc.termlist_end(),
				     std::string(), xap_terms::DOCUMENT, false};
		return ST_OK;
	});
}

enum status
xap_terms_open_metadata(struct xap_terms **out, struct xap_db *db, const char *prefix, size_t len,
			struct error *err)
{
	*out = nullptr;
	return xap_guard(err, [&] {
		std::string start(prefix, len);

		*out = new xap_terms{db->db.metadata_keys_begin(start), db->db.metadata_keys_end(start),
				     std::string(), xap_terms::KEYS, false};
		return ST_OK;
	});
}

enum status
xap_terms_skip(struct xap_terms *t, const char *term, size_t len, struct error *err)
{
	return xap_guard(err, [&] {
		if (t->at != t->end)
			t->at.skip_to(std::string(term, len));
		t->started = false;
		return ST_OK;
	});
}

/* libxapian reads a damaged list of a document's terms past its end, and on through whatever follows in
 * memory. What it takes for terms there is in no order; so it is stopped at the first that is out of it. */
bool
xap_db_term_follows(const std::string &before, const std::string &term)
{
	return term > before && term.size() <= XAP_TERM_MAX;
}

enum status
xap_terms_next(struct xap_terms *t, const char **term, size_t *len, uint32_t *freq,
	       struct error *err)
{
	*term = nullptr;
	*len = 0;
	return xap_guard(err, [&] {
		if (t->started && t->at != t->end)
			++t->at;
		t->started = true;
		if (t->at == t->end)
			return ST_OK;
		std::string now = *t->at;
		if (t->kind == xap_terms::DOCUMENT && !xap_db_term_follows(t->term, now))
			return error_set(err, ST_CORRUPT, "the list of terms of a document is damaged");
		t->term.swap(now);
		*freq = t->kind == xap_terms::KEYS ? 0 :
			t->kind == xap_terms::DOCUMENT ? t->at.get_wdf() : t->at.get_termfreq();
		*term = t->term.data();
		*len = t->term.size();
		return ST_OK;
	});
}

enum status
xap_terms_positions(struct xap_terms *t, struct xap_positions *out, struct error *err)
{
	out->n = 0;
	return xap_guard(err, [&] {
		xap_db_list_positions(t->at.positionlist_begin(), t->at.positionlist_end(), out);
		return ST_OK;
	});
}

void
xap_terms_free(struct xap_terms *t)
{
	delete t;
}
