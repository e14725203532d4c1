/* SPDX-License-Identifier: GPL-2.0-or-later */
#include "engine/xapian/guard.h"

enum status
xap_doc_new(struct xap_doc **out, struct error *err)
{
	*out = nullptr;
	return xap_guard(err, [&] {
		*out = new xap_doc;
		return ST_OK;
	});
}

void
xap_doc_free(struct xap_doc *doc)
{
	delete doc;
}

enum status
xap_doc_clear(struct xap_doc *doc, struct error *err)
{
	return xap_guard(err, [&] {
		doc->doc = Xapian::Document();
		return ST_OK;
	});
}

enum status
xap_doc_add(struct xap_doc *doc, const char *term, size_t len,
	    const uint32_t *pos, size_t n, uint32_t wdf, struct error *err)
{
	if (len == 0)
		return error_set(err, ST_INVALID, "an empty term");
	if (enum status st = xap_guard_check_term(term, len, err))
		return st;
	return xap_guard(err, [&] {
		doc->term.assign(term, len);
		if (n == 0)
			doc->doc.add_term(doc->term, wdf);
		for (size_t i = 0; i < n; i++)
			doc->doc.add_posting(doc->term, pos[i], i == 0 ? wdf : 0);
		return ST_OK;
	});
}

enum status
xap_doc_set_value(struct xap_doc *doc, unsigned slot, const void *v, size_t len,
		  struct error *err)
{
	return xap_guard(err, [&] {
		doc->doc.add_value(slot, std::string(static_cast<const char *>(v), len));
		return ST_OK;
	});
}

enum status
xap_doc_set_data(struct xap_doc *doc, const void *data, size_t len, struct error *err)
{
	return xap_guard(err, [&] {
		doc->doc.set_data(std::string(static_cast<const char *>(data), len));
		return ST_OK;
	});
}

enum status
xap_doc_value(struct xap_doc *doc, unsigned slot, struct buf *out, struct error *err)
{
	return xap_guard(err, [&] {
		return xap_guard_append(out, doc->doc.get_value(slot), err);
	});
}

enum status
xap_doc_data(struct xap_doc *doc, struct buf *out, struct error *err)
{
	return xap_guard(err, [&] {
		return xap_guard_append(out, doc->doc.get_data(), err);
	});
}
