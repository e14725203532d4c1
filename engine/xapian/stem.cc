/* SPDX-License-Identifier: GPL-2.0-or-later */
#include "engine/xapian/guard.h"

struct xap_stem {
	Xapian::Stem stem;
	std::string word;      /* scratch */
};

enum status
xap_stem_new(struct xap_stem **out, const char *lang, struct error *err)
{
	*out = nullptr;
	return xap_guard(err, [&] {
		try {
			*out = new xap_stem{Xapian::Stem(lang), std::string()};
		} catch (const Xapian::InvalidArgumentError &) {
			return error_set(err, ST_NOTFOUND, "no stemmer for \"%s\"", lang);
		}
		if ((*out)->stem.is_none()) {      /* "none" and "" are no languages */
			xap_stem_free(*out);
			*out = nullptr;
			return error_set(err, ST_NOTFOUND, "no stemmer for \"%s\"", lang);
		}
		return ST_OK;
	});
}

void
xap_stem_free(struct xap_stem *s)
{
	delete s;
}

enum status
xap_stem_word(struct xap_stem *s, const char *word, size_t len, struct buf *out,
	      struct error *err)
{
	buf_clear(out);
	return xap_guard(err, [&] {
		s->word.assign(word, len);
		return xap_guard_append(out, s->stem(s->word), err);
	});
}
