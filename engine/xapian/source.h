/* SPDX-License-Identifier: GPL-2.0-or-later
 *
 * The posting sources of ours that stand inside Xapian's queries: the clock, a
 * condition and a list of document numbers. The caller owns what these return.
 */
#ifndef ENGINE_XAPIAN_SOURCE_H
#define ENGINE_XAPIAN_SOURCE_H

#include <memory>

#include "engine/xapian/guard.h"

/* Lets every document through and throws an xap_stop when DEADLINE is over; NULL: never. */
std::unique_ptr<Xapian::PostingSource> xap_source_clock(const struct xap_deadline *deadline);

/* The documents that HOLDS says yes to; see xap_query_condition. */
std::unique_ptr<Xapian::PostingSource> xap_source_condition(xap_holds *holds, void *arg);

/* The documents in DOCIDS, ascending. */
std::unique_ptr<Xapian::PostingSource> xap_source_docids(const uint32_t *docids, size_t n);

/* A query over SOURCE, which passes to it unless making it fails. */
Xapian::Query xap_source_query(std::unique_ptr<Xapian::PostingSource> source);

#endif
