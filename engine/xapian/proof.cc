/* SPDX-License-Identifier: GPL-2.0-or-later
 *
 * Posting lists by themselves, and the figures that the database keeps of
 * itself: what is asked by whoever proves a database, above all.
 */
#include "engine/xapian/guard.h"

struct xap_postings {
	Xapian::PostingIterator at, end;
	bool started;         /* the document that at stands on was handed out */
};

enum status
xap_postings_open(struct xap_postings **out, struct xap_db *db, const char *term, size_t len,
		  struct error *err)
{
	*out = nullptr;
	if (enum status st = xap_guard_check_term(term, len, err))
		return st;
	return xap_guard(err, [&] {
		std::string name(term, len);

		*out = new xap_postings{db->db.postlist_begin(name), db->db.postlist_end(name), false};
		return ST_OK;
	});
}

enum status
xap_postings_next(struct xap_postings *p, uint32_t *docid, uint32_t *wdf, struct error *err)
{
	*docid = *wdf = 0;
	return xap_guard(err, [&] {
		if (p->started && p->at != p->end)
			++p->at;
		p->started = true;
		if (p->at == p->end)
			return ST_OK;
		*wdf = p->at.get_wdf();
		*docid = *p->at;
		return ST_OK;
	});
}

enum status
xap_postings_skip(struct xap_postings *p, uint32_t to, uint32_t *docid, struct error *err)
{
	*docid = 0;
	return xap_guard(err, [&] {
		if (p->at != p->end)
			p->at.skip_to(to);
		p->started = true;
		if (p->at != p->end)
			*docid = *p->at;
		return ST_OK;
	});
}

enum status
xap_postings_positions(struct xap_postings *p, struct xap_positions *out, struct error *err)
{
	out->n = 0;
	return xap_guard(err, [&] {
		xap_db_list_positions(p->at.positionlist_begin(), p->at.positionlist_end(), out);
		return ST_OK;
	});
}

void
xap_postings_free(struct xap_postings *p)
{
	delete p;
}

enum status
xap_db_totals(struct xap_db *db, struct xap_totals *out, struct error *err)
{
	return xap_guard(err, [&] {
		out->length = db->db.get_total_length();
		out->shortest = db->db.get_doclength_lower_bound();
		out->longest = db->db.get_doclength_upper_bound();
		out->last = db->db.get_lastdocid();
		return ST_OK;
	});
}

enum status
xap_db_length(struct xap_db *db, uint32_t docid, uint32_t *length, struct error *err)
{
	return xap_guard(err, [&] {
		*length = db->db.get_doclength(docid);
		return ST_OK;
	});
}

enum status
xap_db_occurrences(struct xap_db *db, const char *term, size_t len, uint64_t *sum, uint32_t *most,
		   struct error *err)
{
	if (enum status st = xap_guard_check_term(term, len, err))
		return st;
	return xap_guard(err, [&] {
		std::string name(term, len);

		*sum = db->db.get_collection_freq(name);
		*most = db->db.get_wdf_upper_bound(name);
		return ST_OK;
	});
}

enum status
xap_db_slot(struct xap_db *db, unsigned slot, uint32_t *freq, struct buf *low, struct buf *high,
	    struct error *err)
{
	return xap_guard(err, [&] {
		*freq = db->db.get_value_freq(slot);
		if (enum status st = xap_guard_append(low, db->db.get_value_lower_bound(slot), err))
			return st;
		return xap_guard_append(high, db->db.get_value_upper_bound(slot), err);
	});
}

enum status
xap_doc_slots(struct xap_doc *doc, uint32_t *slots, struct error *err)
{
	*slots = 0;
	return xap_guard(err, [&] {
		for (Xapian::ValueIterator v = doc->doc.values_begin(); v != doc->doc.values_end(); ++v) {
			if (v.get_valueno() >= 32)
				return error_set(err, ST_CORRUPT, "a value in slot %u", v.get_valueno());
			*slots |= UINT32_C(1) << v.get_valueno();
		}
		return ST_OK;
	});
}
