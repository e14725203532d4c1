/* SPDX-License-Identifier: GPL-2.0-or-later */
#include "engine/xapian/source.h"

#include <algorithm>

extern "C" {
#include "engine/xapian/deadline.h"
}

/* Documents between two looks at the clock. One costs some microseconds in a
 * positional match and far less elsewhere, so a match ends well within a
 * millisecond or two of its deadline, and the clock's own cost is not seen. */
#define LOOK_EVERY 128

namespace {

/* Claims every document that exists (and passes over gaps in the numbers when
 * it must, which is harmless: it always stands in an AND). It counts as the
 * most frequent operand, so the matcher asks it last, about documents that all
 * other operands hold, and before it looks at any positions. */
class clock_source : public Xapian::PostingSource {
	const struct xap_deadline *deadline;
	Xapian::doccount count = 0;
	Xapian::docid last = 0, at = 0;
	unsigned until_look = 0;

	void
	look()
	{
		if (deadline == nullptr || until_look-- > 0)
			return;
		until_look = LOOK_EVERY - 1;
		if (enum status st = deadline_check(deadline, nullptr))
			throw xap_stop{st};
	}

public:
	explicit clock_source(const struct xap_deadline *d) : deadline(d) {}

	PostingSource *clone() const override { return new clock_source(deadline); }

	void
	init(const Xapian::Database &db) override
	{
		count = db.get_doccount();
		last = db.get_lastdocid();
		at = 0;
		until_look = 0;
	}

	Xapian::doccount get_termfreq_min() const override { return count; }
	Xapian::doccount get_termfreq_est() const override { return count; }
	Xapian::doccount get_termfreq_max() const override { return count; }
	Xapian::docid get_docid() const override { return at; }
	bool at_end() const override { return at > last; }

	void
	next(double) override
	{
		look();
		at++;
	}

	void
	skip_to(Xapian::docid did, double) override
	{
		look();
		at = std::max(at, did);
	}

	bool
	check(Xapian::docid did, double) override
	{
		look();
		at = std::max(at, did);
		return true;
	}

	std::string get_description() const override { return "clock"; }
};

class docids_source : public Xapian::PostingSource {
	std::shared_ptr<const std::vector<Xapian::docid>> docids;
	size_t at = 0;
	bool started = false;

public:
	explicit docids_source(std::shared_ptr<const std::vector<Xapian::docid>> d)
		: docids(std::move(d)) {}

	PostingSource *clone() const override { return new docids_source(docids); }

	void
	init(const Xapian::Database &) override
	{
		at = 0;
		started = false;
	}

	Xapian::doccount get_termfreq_min() const override { return docids->size(); }
	Xapian::doccount get_termfreq_est() const override { return docids->size(); }
	Xapian::doccount get_termfreq_max() const override { return docids->size(); }
	Xapian::docid get_docid() const override { return (*docids)[at]; }
	bool at_end() const override { return at >= docids->size(); }

	void
	next(double) override
	{
		at += started;
		started = true;
	}

	void
	skip_to(Xapian::docid did, double) override
	{
		started = true;
		at = std::lower_bound(docids->begin() + std::min(at, docids->size()),
				      docids->end(), did) - docids->begin();
	}

	std::string
	get_description() const override
	{
		return std::to_string(docids->size()) + " documents";
	}
};

}

std::unique_ptr<Xapian::PostingSource>
xap_clock_source(const struct xap_deadline *deadline)
{
	return std::unique_ptr<Xapian::PostingSource>(new clock_source(deadline));
}

std::unique_ptr<Xapian::PostingSource>
xap_docids_source(const uint32_t *docids, size_t n)
{
	auto list = std::make_shared<const std::vector<Xapian::docid>>(docids, docids + n);

	return std::unique_ptr<Xapian::PostingSource>(new docids_source(std::move(list)));
}

Xapian::Query
xap_source_query(std::unique_ptr<Xapian::PostingSource> source)
{
	Xapian::Query query(source->release());

	(void)source.release();
	return query;
}
