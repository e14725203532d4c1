/* SPDX-License-Identifier: GPL-2.0-or-later */
#include "engine/xapian/source.h"

struct xap_enquire {
	Xapian::Enquire enquire;
	size_t parts;                  /* databases searched */
	bool ready;                    /* a query was set */
	std::vector<struct xap_hit> hits;

	explicit xap_enquire(const struct xap_db *db)
		: enquire(db->db), parts(db->parts), ready(false) {}
};

/* No weights, but a look at each wdf all the same. Where that is not needed, libxapian 1.4
 * reads a term of all documents from the list of documents, under the name of the term;
 * it does not find the second piece of the list then (there is one after a merge), and
 * takes the database for damaged. (With document numbers that have no gaps, it is not read.) */
class unranked : public Xapian::Weight {
	unranked *clone() const override { return new unranked; }
	void init(double) override {}

    public:
	unranked() { need_stat(WDF); }
	double get_sumpart(Xapian::termcount, Xapian::termcount, Xapian::termcount) const override { return 0; }
	double get_maxpart() const override { return 0; }
	double get_sumextra(Xapian::termcount, Xapian::termcount) const override { return 0; }
	double get_maxextra() const override { return 0; }
};

enum status
xap_enquire_new(struct xap_enquire **out, struct xap_db *db, struct error *err)
{
	*out = nullptr;
	return xap_guard(err, [&] {
		*out = new xap_enquire(db);
		return ST_OK;
	});
}

void
xap_enquire_free(struct xap_enquire *e)
{
	delete e;
}

/* Where both sides of an OP_MAX end at the same step, libxapian 1.4 frees them and still asks
 * the OP_MAX for its greatest weight, if by then it stands alone: it reads freed memory. Below
 * an AND it never stands alone, so there is one, with a list of all documents. */
static Xapian::Query
below_and(const Xapian::Query &query)
{
	return Xapian::Query(Xapian::Query::OP_FILTER, query, xap_source_query(xap_source_clock(nullptr)));
}

enum status
xap_enquire_set_query(struct xap_enquire *e, const struct xap_query *q, struct error *err)
{
	if (q->one_db && e->parts > 1)
		return error_set(err, ST_UNSUPPORTED,
				 "document numbers in a query over several databases");
	return xap_guard(err, [&] {
		e->ready = false;
		e->enquire.set_query(q->max ? below_and(q->query) : q->query);
		e->ready = true;
		return ST_OK;
	});
}

enum status
xap_enquire_set_bm25(struct xap_enquire *e, const struct xap_bm25 *w, struct error *err)
{
	return xap_guard(err, [&] {
		e->enquire.set_weighting_scheme(Xapian::BM25Weight(w->k1, w->k2, w->k3, w->b,
								   w->min_normlen));
		return ST_OK;
	});
}

enum status
xap_enquire_set_boolean(struct xap_enquire *e, struct error *err)
{
	return xap_guard(err, [&] {
		e->enquire.set_weighting_scheme(unranked());
		return ST_OK;
	});
}

enum status
xap_enquire_set_sort(struct xap_enquire *e, enum xap_sort sort, unsigned slot, bool reverse,
		     struct error *err)
{
	return xap_guard(err, [&] {
		switch (sort) {
		case XAP_SORT_RELEVANCE:
			e->enquire.set_sort_by_relevance();
			break;
		case XAP_SORT_VALUE:
			e->enquire.set_sort_by_value(slot, reverse);
			break;
		case XAP_SORT_RELEVANCE_VALUE:
			e->enquire.set_sort_by_relevance_then_value(slot, reverse);
			break;
		}
		return ST_OK;
	});
}

enum status
xap_enquire_run(struct xap_enquire *e, uint32_t offset, uint32_t limit, uint32_t check_at_least,
		struct xap_hits *out, struct error *err)
{
	*out = {nullptr, 0, 0, 0, 0};
	if (!e->ready)
		return error_set(err, ST_INVALID, "no query to run");
	return xap_guard(err, [&] {
		Xapian::MSet mset = e->enquire.get_mset(offset, limit, check_at_least);

		e->hits.clear();
		e->hits.reserve(mset.size());
		for (Xapian::MSetIterator i = mset.begin(); i != mset.end(); ++i)
			e->hits.push_back({*i, i.get_weight()});
		*out = {e->hits.data(), e->hits.size(), mset.get_matches_lower_bound(),
			mset.get_matches_estimated(), mset.get_matches_upper_bound()};
		return ST_OK;
	});
}
