/* SPDX-License-Identifier: GPL-2.0-or-later */
#include "engine/text/analyse_words.h"

enum status
analyse_words(struct analyser *an, const char *text, size_t len, const char *lang,
	      analyse_word_fn *each, void *arg, struct error *err)
{
	struct token tok;
	bool got = true;
	enum status st = analyse_begin(an, text, len, lang, NULL, err);

	while (st == ST_OK) {
		st = analyse_next(an, &tok, &got, err);
		if (st != ST_OK || !got)
			break;
		if (!(tok.flags & (TOKEN_ALSO | TOKEN_JOINED)))
			st = each(arg, &tok, err);
	}
	return st;
}

struct folded { struct buf *out; size_t n; };

static enum status
add_folded(void *arg, const struct token *word, struct error *err)
{
	struct folded *f = arg;

	if (f->n++ > 0)
		buf_addc(f->out, ' ');
	buf_add(f->out, word->term, word->len);
	return buf_status(f->out) == ST_OK ? ST_OK : error_nomem(err);
}

enum status
analyse_words_folded(struct analyser *an, const char *text, size_t len, const char *lang,
		     struct buf *out, size_t *n, struct error *err)
{
	struct folded f = { out, 0 };
	enum status st = analyse_words(an, text, len, lang, add_folded, &f, err);

	*n = f.n;
	return st;
}
