/* SPDX-License-Identifier: GPL-2.0-or-later */
#include "engine/xapian/source.h"

#include <memory>

static enum status
hand_out(struct xap_query **out, const Xapian::Query &query, bool one_db = false, bool max = false)
{
	*out = new xap_query{query, one_db, max};
	return ST_OK;
}

void
xap_query_free(struct xap_query *q)
{
	delete q;
}

enum status
xap_query_copy(struct xap_query **out, const struct xap_query *q, struct error *err)
{
	*out = nullptr;
	return xap_guard(err, [&] {
		return hand_out(out, q->query, q->one_db, q->max);
	});
}

enum status
xap_query_term(struct xap_query **out, const char *term, size_t len, uint32_t wqf,
	       struct error *err)
{
	*out = nullptr;
	if (len == 0)
		return error_set(err, ST_INVALID, "an empty term");
	if (enum status st = xap_guard_check_term(term, len, err))
		return st;
	return xap_guard(err, [&] {
		return hand_out(out, Xapian::Query(std::string(term, len), wqf));
	});
}

enum status
xap_query_all(struct xap_query **out, struct error *err)
{
	*out = nullptr;
	return xap_guard(err, [&] {
		return hand_out(out, Xapian::Query(std::string()));
	});
}

enum status
xap_query_none(struct xap_query **out, struct error *err)
{
	*out = nullptr;
	return xap_guard(err, [&] {
		return hand_out(out, Xapian::Query());
	});
}

static Xapian::Query::op
xapian_op(enum xap_op op)
{
	switch (op) {
	case XAP_AND: return Xapian::Query::OP_AND;
	case XAP_OR: return Xapian::Query::OP_OR;
	case XAP_AND_NOT: return Xapian::Query::OP_AND_NOT;
	case XAP_AND_MAYBE: return Xapian::Query::OP_AND_MAYBE;
	case XAP_FILTER: return Xapian::Query::OP_FILTER;
	case XAP_NEAR: return Xapian::Query::OP_NEAR;
	case XAP_PHRASE: return Xapian::Query::OP_PHRASE;
	case XAP_SYNONYM: return Xapian::Query::OP_SYNONYM;
	case XAP_MAX: return Xapian::Query::OP_MAX;
	}
	return Xapian::Query::OP_INVALID;
}

enum status
xap_query_join_take(struct xap_query **out, enum xap_op op, struct xap_query **ops, size_t n,
		    unsigned window, struct error *err)
{
	struct xap_query *joined = nullptr;
	enum status st = xap_guard(err, [&] {
		std::vector<Xapian::Query> parts;
		bool one_db = false, max = op == XAP_MAX;

		parts.reserve(n);
		for (size_t i = 0; i < n; i++) {
			if (ops[i] == nullptr)
				return error_set(err, ST_INVALID, "an operand is missing");
			parts.push_back(ops[i]->query);
			one_db |= ops[i]->one_db;
			max |= ops[i]->max;
		}
		return hand_out(&joined, Xapian::Query(xapian_op(op), parts.begin(),
						       parts.end(), window), one_db, max);
	});

	/* OUT may be one of OPS. */
	for (size_t i = 0; i < n; i++)
		delete ops[i];
	*out = joined;
	return st;
}

enum status
xap_query_range(struct xap_query **out, unsigned slot, const char *lo, size_t lo_len,
		const char *hi, size_t hi_len, struct error *err)
{
	*out = nullptr;
	return xap_guard(err, [&] {
		std::string from(lo, lo_len);

		if (hi == nullptr)
			return hand_out(out, Xapian::Query(Xapian::Query::OP_VALUE_GE, slot, from));
		return hand_out(out, Xapian::Query(Xapian::Query::OP_VALUE_RANGE, slot, from,
						   std::string(hi, hi_len)));
	});
}

enum status
xap_query_wildcard(struct xap_query **out, const char *prefix, size_t len, uint32_t cap,
		   struct error *err)
{
	*out = nullptr;
	if (len == 0 || cap == 0)
		return error_set(err, ST_INVALID, "a wildcard needs a prefix and a cap");
	if (enum status st = xap_guard_check_term(prefix, len, err))
		return st;
	return xap_guard(err, [&] {
		return hand_out(out, Xapian::Query(Xapian::Query::OP_WILDCARD,
						   std::string(prefix, len), cap,
						   Xapian::Query::WILDCARD_LIMIT_MOST_FREQUENT,
						   Xapian::Query::OP_SYNONYM));
	});
}

enum status
xap_query_scale_take(struct xap_query **out, struct xap_query *q, double factor,
		     struct error *err)
{
	struct xap_query *scaled = nullptr;
	enum status st = xap_guard(err, [&] {
		return hand_out(&scaled, Xapian::Query(Xapian::Query::OP_SCALE_WEIGHT, q->query,
						       factor), q->one_db, q->max);
	});

	delete q;
	*out = scaled;
	return st;
}

enum status
xap_query_docids(struct xap_query **out, const uint32_t *docids, size_t n, struct error *err)
{
	*out = nullptr;
	if (n == 0)
		return xap_query_none(out, err);
	return xap_guard(err, [&] {
		return hand_out(out, xap_source_query(xap_source_docids(docids, n)), true);
	});
}

enum status
xap_query_condition(struct xap_query **out, xap_holds *holds, void *arg, struct error *err)
{
	*out = nullptr;
	return xap_guard(err, [&] {
		return hand_out(out, xap_source_query(xap_source_condition(holds, arg)), true);
	});
}

enum status
xap_query_clock_take(struct xap_query **out, struct xap_query *q,
		     const struct xap_deadline *deadline, struct error *err)
{
	struct xap_query *timed = nullptr;
	enum status st;

	if (deadline == nullptr) {
		*out = q;
		return ST_OK;
	}
	st = xap_guard(err, [&] {
		Xapian::Query clock = xap_source_query(xap_source_clock(deadline));

		return hand_out(&timed, Xapian::Query(Xapian::Query::OP_FILTER, q->query, clock),
				q->one_db, q->max);
	});

	delete q;
	*out = timed;
	return st;
}

enum status
xap_query_describe(const struct xap_query *q, struct buf *out, struct error *err)
{
	return xap_guard(err, [&] {
		return xap_guard_append(out, q->query.get_description(), err);
	});
}
