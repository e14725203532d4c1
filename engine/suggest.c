/* SPDX-License-Identifier: GPL-2.0-or-later
 *
 * SUGGEST: the words of the index that begin as something typed does.
 */
#include <stdlib.h>
#include <string.h>

#include "engine/searcher.h"

#define SUGGEST_TERMS_MAX 50000   /* words looked at; a prefix with more is answered from these */

struct request {
	const char *prefix;   /* folded */
	size_t prefix_len, limit;
	struct suggestion *best;
	size_t n;
};

/* The folded form of the last word of TEXT, appended to OUT; nothing when it has none. */
static enum status
fold_prefix(struct searcher *s, const char *text, size_t len, struct buf *out, struct error *err)
{
	enum status st = analyse_begin(s->an, text, len, "", NULL, err);
	struct token tok;
	bool got = true;

	while (st == ST_OK) {
		st = analyse_next(s->an, &tok, &got, err);
		if (st != ST_OK || !got)
			break;
		if (tok.flags & TOKEN_ALSO)
			continue;
		buf_clear(out);
		buf_add(out, tok.term, tok.len);
	}
	return st == ST_OK ? buf_status(out) : st;
}

/* Keeps the LIMIT most frequent, equals in the order in which they come, that of the alphabet. */
static enum status
offer(struct searcher *s, struct request *r, const char *term, size_t len, uint32_t freq)
{
	size_t i = r->n;
	char *text;

	if (r->n == r->limit && r->best[r->n - 1].count >= freq)
		return ST_OK;
	text = arena_string(&s->arena, term, len);
	if (text == NULL)
		return ST_NOMEM;
	if (r->n == r->limit)
		i--;
	else
		r->n++;
	for (; i > 0 && r->best[i - 1].count < freq; i--)
		r->best[i] = r->best[i - 1];
	r->best[i] = (struct suggestion){ text, freq };
	return ST_OK;
}

static enum status
suggest_body(struct searcher *s, void *arg, struct error *err)
{
	struct request *r = arg;
	struct xap_terms *terms = NULL;
	enum status st;
	const char *term;
	uint32_t freq, i;
	size_t len;

	arena_reset(&s->arena);
	r->n = 0;
	r->best = arena_alloc(&s->arena, r->limit * sizeof(*r->best));
	if (r->best == NULL)
		return error_set(err, ST_NOMEM, "no memory for the results");
	st = xap_terms_open(&terms, s->store->db, r->prefix, r->prefix_len, err);
	for (i = 0; i < SUGGEST_TERMS_MAX && st == ST_OK; i++) {
		st = xap_terms_next(terms, &term, &len, &freq, err);
		if (st != ST_OK || term == NULL)
			break;
		st = offer(s, r, term, len, freq);
	}
	xap_terms_free(terms);
	return st;
}

enum status
search_suggest(struct searcher *s, const char *prefix, size_t len, size_t limit,
	       const struct suggestion **out, size_t *n, struct error *err)
{
	struct buf folded = BUF_INIT;
	struct request r = { .limit = limit };
	enum status st = fold_prefix(s, prefix, len, &folded, err);

	*out = NULL;
	*n = 0;
	if (st == ST_OK && folded.len > 0 && limit > 0) {
		r.prefix = folded.data;
		r.prefix_len = folded.len;
		st = searcher_try(s, NULL, suggest_body, &r, err);
	}
	if (st == ST_OK) {
		*out = r.best;
		*n = r.n;
	}
	buf_fini(&folded);
	return st;
}
