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

/* Counts as the most frequent operand, so that the matcher asks it last, about
 * documents that all other operands hold, and before it looks at any positions. */
class late_source : public Xapian::PostingSource {
	Xapian::doccount count = 0;

protected:
	Xapian::docid last = 0, at = 0;

public:
	void
	init(const Xapian::Database &db) override
	{
		count = db.get_doccount();
		last = db.get_lastdocid();
		at = 0;
	}

	Xapian::doccount get_termfreq_min() const override { return 0; }
	Xapian::doccount get_termfreq_est() const override { return count; }
	Xapian::doccount get_termfreq_max() const override { return count; }
	Xapian::docid get_docid() const override { return at; }
	bool at_end() const override { return at > last; }
};

/* Claims every document that exists (and passes over gaps in the numbers when
 * it must, which is harmless: it always stands in an AND). */
class clock_source : public late_source {
	const struct xap_deadline *deadline;
	unsigned until_look = 0;

	void
	look()
	{
		xap_stop stop;

		if (deadline == nullptr || until_look-- > 0)
			return;
		until_look = LOOK_EVERY - 1;
		if (deadline_check(deadline, &stop.error) != ST_OK)
			throw stop;
	}

public:
	explicit clock_source(const struct xap_deadline *d) : deadline(d) {}

	PostingSource *clone() const override { return new clock_source(deadline); }

	Xapian::doccount get_termfreq_min() const override { return get_termfreq_max(); }

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

class condition_source : public late_source {
	xap_holds *holds;
	void *arg;

	bool
	ask()
	{
		bool yes = false;
		xap_stop stop;

		if (enum status st = holds(arg, at, &yes, &stop.error)) {
			stop.error.status = st;
			throw stop;
		}
		return yes;
	}

	void
	go_on()
	{
		while (at <= last && !ask())
			at++;
	}

public:
	condition_source(xap_holds *h, void *a) : holds(h), arg(a) {}

	PostingSource *clone() const override { return new condition_source(holds, arg); }

	void
	next(double) override
	{
		at++;
		go_on();
	}

	void
	skip_to(Xapian::docid did, double) override
	{
		at = std::max(at, did);
		go_on();
	}

	/* A document that is not one of them costs no search for the next. */
	bool
	check(Xapian::docid did, double) override
	{
		at = std::max(at, did);
		return at > last || ask();
	}

	std::string get_description() const override { return "condition"; }
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
xap_source_clock(const struct xap_deadline *deadline)
{
	return std::unique_ptr<Xapian::PostingSource>(new clock_source(deadline));
}

std::unique_ptr<Xapian::PostingSource>
xap_source_condition(xap_holds *holds, void *arg)
{
	return std::unique_ptr<Xapian::PostingSource>(new condition_source(holds, arg));
}

std::unique_ptr<Xapian::PostingSource>
xap_source_docids(const uint32_t *docids, size_t n)
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
