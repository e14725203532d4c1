/* SPDX-License-Identifier: GPL-2.0-or-later
 *
 * What the .cc files of the bindings share: the guard that no exception
 * passes, and the C++ insides of the opaque types. Included by nothing else;
 * each struct is owned as xap.h says.
 */
#ifndef ENGINE_XAPIAN_GUARD_H
#define ENGINE_XAPIAN_GUARD_H

#include <map>
#include <memory>
#include <string>
#include <utility>
#include <vector>

#include <xapian.h>

extern "C" {
#include "base/buf.h"
#include "base/error.h"
}
#include "engine/xapian/xap.h"

struct xap_doc {
	Xapian::Document doc;
	std::string term;      /* scratch, so that an added term costs no allocation */
};

/* The positions of a database in memory, by document and term. libxapian's own sorts all positions of a term anew for
 * each that is added, so it gets none. */
using xap_held = std::map<std::pair<Xapian::docid, std::string>, std::vector<Xapian::termpos>>;

struct xap_db {
	Xapian::Database db;
	size_t parts;          /* databases in it */
	std::shared_ptr<const xap_held> held;   /* of one in memory; else null */
};

struct xap_query {
	Xapian::Query query;
	bool one_db;           /* holds document numbers that mean something in one database only */
	bool max;              /* holds an OP_MAX; see xap_enquire_set_query */
};

/* Thrown by a posting source of ours to end the match. Derived from nothing, so that no
 * handler of Xapian's takes it for one of its own. */
struct xap_stop {
	struct error error;
};

/* Call it inside a catch (...): the status of the exception in flight, with
 * its words in ERR. */
enum status xap_guard_caught(struct error *err) noexcept;

/* Appends what AT comes by to OUT. Throws. */
void xap_db_list_positions(Xapian::PositionIterator at, const Xapian::PositionIterator &end, struct xap_positions *out);

/* Where the terms of document DOCID begin. Throws; as damage where the document is there and its list is not. */
Xapian::TermIterator xap_db_terms_of(const Xapian::Database &db, Xapian::docid docid);

/* Throws where libxapian must not be given the database folder PATH; see xapian/roots.h. REVISION: that is looked at, too. */
void xap_db_check_roots(const char *path, bool revision);

/* Whether TERM may stand behind BEFORE in the list of a document's terms. */
bool xap_db_term_follows(const std::string &before, const std::string &term);

/* See xap_keep_reserve. */
void xap_guard_fill_reserve() noexcept;

/* Runs BODY, a callable that returns an enum status. Every entry into the
 * bindings is one call of this and does nothing outside it that could throw. */
template <typename F>
enum status
xap_guard(struct error *err, F &&body) noexcept
{
	xap_guard_fill_reserve();
	try {
		return body();
	} catch (...) {
		return xap_guard_caught(err);
	}
}

/* ST_INVALID for a term that Xapian would refuse: much later, and after
 * dropping everything that was not committed. */
enum status xap_guard_check_term(const char *term, size_t len, struct error *err) noexcept;

/* Opens PATH for reading. libxapian passes over a table that cannot be opened,
 * whatever the reason, as if it were empty: texts or positions would be missing
 * without a word. Throws instead; a database whose documents have none is
 * looked at several times before it is believed. */
Xapian::Database xap_db_open_whole(const std::string &path);

/* Adds S to OUT and answers for the allocation. */
enum status xap_guard_append(struct buf *out, const std::string &s, struct error *err) noexcept;

#endif
