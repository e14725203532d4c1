/* SPDX-License-Identifier: GPL-2.0-or-later
 *
 * From what was typed to the words of the index, through the same analysis as
 * the articles', and to the slots that these words fill in a phrase.
 */
#include <stdlib.h>
#include <string.h>

#include "base/utf8.h"
#include "engine/plan/alias.h"
#include "engine/plan/planner.h"
#include "engine/store/schema.h"
#include "engine/text/words.h"

#define ALTERNATIVES_MAX 16  /* readings of one token */
#define PREFIX_MIN 3         /* letters or digits */

/* ---- tokens ---- */

static enum status
keep_token(struct planner *pl, const struct token *tok, struct words_token *out)
{
	*out = (struct words_token){
		.term = arena_string(pl->arena, tok->term, tok->len), .len = tok->len,
		.exact = arena_string(pl->arena, tok->exact, tok->exact_len), .exact_len = tok->exact_len,
		.compound = tok->compound, .kind = tok->kind, .flags = tok->flags,
		.start = tok->start, .end = tok->end,
	};
	return out->term != NULL && out->exact != NULL ? ST_OK : error_nomem(pl->err);
}

/* Adds the stems of TOK (as analysed in the language at hand) to T. */
static enum status
keep_stems(struct planner *pl, const struct token *tok, struct words_token *t)
{
	struct stem stem[ANALYSE_STEMS_MAX];
	size_t n, i, k;
	enum status st = analyse_stems(pl->an, tok, stem, &n, pl->err);

	if (st == ST_OK && t->stems == NULL) {
		t->stems = planner_alloc(pl, ANALYSE_STEMS_MAX + pl->nlangs, sizeof(*t->stems));
		if (t->stems == NULL)
			return error_nomem(pl->err);
	}
	for (i = 0; i < n && st == ST_OK; i++) {
		for (k = 0; k < t->nstems; k++)
			if (t->stems[k].len == stem[i].len && memcmp(t->stems[k].text, stem[i].text, stem[i].len) == 0)
				break;
		if (k < t->nstems || t->nstems == ANALYSE_STEMS_MAX + pl->nlangs)
			continue;
		t->stems[t->nstems].len = stem[i].len;
		t->stems[t->nstems].text = arena_string(pl->arena, stem[i].text, stem[i].len);
		if (t->stems[t->nstems++].text == NULL)
			return error_nomem(pl->err);
	}
	return st;
}

/* One pass over TEXT as LANG's. The first, for English (""), makes the tokens; the
 * others add the stems of their language. */
static enum status
pass(struct planner *pl, const char *text, size_t len, const char *lang, bool stems, struct words *out)
{
	struct token tok;
	struct words_token *more;
	const bool first = lang[0] == '\0';
	size_t i, cap = out->n;
	bool got;
	enum status st = analyse_begin(pl->an, text, len, lang, NULL, pl->err);

	for (i = 0; st == ST_OK; i++) {
		st = analyse_next(pl->an, &tok, &got, pl->err);
		if (st != ST_OK || !got)
			break;
		if (first && i == cap) {
			cap = cap ? cap * 2 : 4;
			more = planner_alloc(pl, cap, sizeof(*more));
			if (more == NULL)
				return error_nomem(pl->err);
			if (i > 0)
				memcpy(more, out->tok, i * sizeof(*more));
			out->tok = more;
		}
		if (first) {
			st = keep_token(pl, &tok, &out->tok[i]);
			out->n = i + 1;
		}
		if (st == ST_OK && stems && i < out->n)
			st = keep_stems(pl, &tok, &out->tok[i]);
	}
	return st;
}

/* Counts the words of W as words of the query. */
static enum status
count(struct planner *pl, const struct words *w)
{
	size_t i;

	for (i = 0; i < w->n; i++)
		pl->terms += !(w->tok[i].flags & (TOKEN_JOINED | TOKEN_ALSO));
	if (pl->terms > QUERY_TERMS_MAX)
		return error_set(pl->err, ST_TOO_LARGE, "more than %d words in a query", QUERY_TERMS_MAX);
	return ST_OK;
}

enum status
words_read(struct planner *pl, struct plan_context ctx, const char *text, size_t len, bool stems, struct words *out)
{
	enum status st;
	size_t i;

	*out = (struct words){ NULL, 0 };
	st = pass(pl, text, len, "", stems, out);
	if (st == ST_OK && !ctx.again)
		st = count(pl, out);
	for (i = 0; stems && i < pl->nlangs && st == ST_OK; i++)
		st = pass(pl, text, len, pl->langs[i], true, out);
	return st;
}

enum status
words_of_index(struct planner *pl, const char *text, size_t len, struct words *out)
{
	return words_read(pl, (struct plan_context){ .again = true }, text, len, true, out);
}

bool
words_caps_hint(const struct planner *pl, const struct words_token *tok)
{
	return !pl->all_caps && (tok->flags & TOKEN_CAPS) && words_stop_word(tok->term, tok->len);
}

/* ---- slots ---- */

/* Where a phrase is being put together. */
struct maker {
	struct planner *pl;
	struct plan_context ctx;
	const struct node *node;
	const char *prefix;
	enum { FOLDED, EXACT, PREFIX } how;   /* the words are meant */
	struct words_phrase *out;
};

static enum status
add_term(struct maker *m, struct near_slot *p, const char *prefix, const struct words_token *tok)
{
	struct near_term *terms;

	if (p->terms == NULL) {
		p->terms = planner_alloc(m->pl, ALTERNATIVES_MAX, sizeof(*p->terms));
		if (p->terms == NULL)
			return error_nomem(m->pl->err);
	}
	if (p->nterms == ALTERNATIVES_MAX)
		return ST_OK;
	terms = (struct near_term *)p->terms;
	return planner_term(m->pl, WANTED_POSITIONS, prefix, tok->term, tok->len, &terms[p->nterms++]);
}

/* Only positions at which the headline has the word. */
static enum status
within_title(struct maker *m, struct near_slot *p, const struct words_token *tok)
{
	m->out->plain = false;
	return planner_term(m->pl, WANTED_POSITIONS, PREFIX_TITLE, tok->term, tok->len, &p->within[p->within[0].text != NULL]);
}

static enum status
caps_slot(struct maker *m, const struct words_token *tok, struct near_slot *p)
{
	enum status st = add_term(m, p, PREFIX_CAPS, tok);

	return st == ST_OK && m->prefix[0] != '\0' ? within_title(m, p, tok) : st;
}

/* Adds all terms that exact_slot may ask for on any index to the wanted terms. */
static enum status
want_exact(struct maker *m, const struct words_token *tok)
{
	const char *const prefixes[] = { "", m->prefix, PREFIX_CAPS };
	struct near_term term;
	enum status st = ST_OK;
	size_t i;

	for (i = 0; i < sizeof(prefixes) / sizeof(prefixes[0]) && st == ST_OK; i++)
		st = planner_term(m->pl, WANTED_POSITIONS, prefixes[i], tok->term, tok->len, &term);
	return st;
}

/* Exactly this spelling. An article whose spellings of the word are all plain is
 * answered by the word itself; others name each position's spelling (see schema.h). */
static enum status
exact_slot(struct maker *m, const struct words_token *tok, struct near_slot *p)
{
	bool plain = tok->len == tok->exact_len && memcmp(tok->term, tok->exact, tok->len) == 0;
	struct near_term unless, instead;
	uint32_t freq = 0;
	enum status st;

	st = planner_term(m->pl, WANTED_POSITIONS, PREFIX_NONPLAIN, tok->term, tok->len, &unless);
	if (st == ST_OK)
		st = planner_term(m->pl, WANTED_POSITIONS, PREFIX_EXACT, tok->exact, tok->exact_len, &instead);
	if (st == ST_OK)
		st = planner_freq(m->pl, &unless, &freq);
	if (st == ST_OK && m->pl->wanted != NULL)
		st = want_exact(m, tok);
	if (st == ST_OK && plain && freq == 0) {
		if (tok->flags & TOKEN_CAPS)
			return caps_slot(m, tok, p);
		return add_term(m, p, m->prefix, tok);
	}
	if (st != ST_OK)
		return st;
	m->out->plain = false;
	if (plain) {
		st = add_term(m, p, "", tok);
		p->unless = unless;
		p->instead = instead;
	} else {
		struct words_token spelled = *tok;

		spelled.term = tok->exact;
		spelled.len = tok->exact_len;
		st = add_term(m, p, PREFIX_EXACT, &spelled);
	}
	if (st == ST_OK && tok->flags & TOKEN_CAPS)
		st = planner_term(m->pl, WANTED_POSITIONS, PREFIX_CAPS, tok->term, tok->len, &p->within[0]);
	return st == ST_OK && m->prefix[0] != '\0' ? within_title(m, p, tok) : st;
}

/* The slot of TOK; LAST: it is the word before a prefix's asterisk. */
static enum status
make_slot(struct maker *m, const struct words_token *tok, bool last, struct near_slot *p, struct mark_word *mark)
{
	if (m->how == PREFIX && last && tok->kind != TOKEN_GRAM) {
		*mark = (struct mark_word){ MARK_PREFIX, tok->term, tok->len };
		m->out->plain = false;
		return plan_prefix_slot(m->pl, m->node, tok, p);
	}
	if (m->how == EXACT) {
		if (tok->flags & TOKEN_CAPS)
			*mark = (struct mark_word){ MARK_CAPS, tok->term, tok->len };
		else
			*mark = (struct mark_word){ MARK_EXACT, tok->exact, tok->exact_len };
		return exact_slot(m, tok, p);
	}
	if (!m->ctx.literal && words_caps_hint(m->pl, tok)) {
		*mark = (struct mark_word){ MARK_CAPS, tok->term, tok->len };
		return caps_slot(m, tok, p);
	}
	*mark = (struct mark_word){ MARK_WORD, tok->term, tok->len };
	return add_term(m, p, m->prefix, tok);
}

/* ---- phrases ---- */

/* Three letters or digits, or a designator's letter and first digit. */
static bool
long_enough(const char *text, size_t len)
{
	return utf8_count(text, len) >= PREFIX_MIN ||
	       (len == 2 && text[0] >= 'a' && text[0] <= 'z' && text[1] >= '0' && text[1] <= '9');
}

/* Whether no further part of the word comes from token FROM to END. */
static bool
no_more_parts(const struct words *w, size_t from, size_t end)
{
	while (from < end && (w->tok[from].flags & (TOKEN_JOINED | TOKEN_ALSO)))
		from++;
	return from == end;
}

/* f-3*: not "f" and any word in 3, but the joined word. */
static enum status
prefix_item(struct maker *m, const struct near_slot *joined, struct near_item *item, struct words_marks *marks)
{
	if (joined == NULL || !long_enough(marks->joined.text, marks->joined.len))
		return error_syntax(m->pl->err, m->node->col, "too short before the *: three letters or digits"
				    " at least, or a designator's letter and first digit");
	*item = (struct near_item){ joined, 1, NULL };
	marks->parts[0] = marks->joined;
	return ST_OK;
}

/* Makes the item of the tokens FROM to END, which are one word or one compound. */
static enum status
make_item(struct maker *m, const struct words *w, size_t from, size_t end, struct near_item *item,
	  struct words_marks *marks)
{
	size_t n = end - from, nparts = 0, i;
	struct near_slot *parts = planner_alloc(m->pl, n, sizeof(*parts)), *joined = NULL;
	bool short_part = false, last_item = end == w->n, last;
	enum status st = ST_OK;

	marks->parts = planner_alloc(m->pl, n, sizeof(*marks->parts));
	marks->also = planner_alloc(m->pl, n, sizeof(*marks->also));
	if (parts == NULL || marks->parts == NULL || marks->also == NULL)
		return error_nomem(m->pl->err);
	for (i = from; i < end && st == ST_OK; i++) {
		const struct words_token *tok = &w->tok[i];

		if (tok->flags & TOKEN_JOINED) {
			if (joined != NULL || m->how == EXACT)
				continue;
			joined = planner_alloc(m->pl, 1, sizeof(*joined));
			if (joined == NULL)
				return error_nomem(m->pl->err);
			st = make_slot(m, tok, last_item, joined, &marks->joined);
		} else if (tok->flags & TOKEN_ALSO) {
			if (m->how == FOLDED && nparts > 0)
				st = make_slot(m, tok, false, &parts[nparts - 1], &marks->also[nparts - 1]);
		} else {
			last = last_item && no_more_parts(w, i + 1, end);
			if (m->how == PREFIX && last && tok->kind != TOKEN_GRAM && !long_enough(tok->term, tok->len))
				short_part = true;
			else
				st = make_slot(m, tok, last, &parts[nparts], &marks->parts[nparts]);
			nparts++;
		}
	}
	*item = (struct near_item){ parts, nparts, joined };
	return st == ST_OK && short_part ? prefix_item(m, joined, item, marks) : st;
}

size_t
words_item_end(const struct words *w, size_t from)
{
	size_t i = from + 1;

	if (w->tok[from].compound != 0)
		while (i < w->n && w->tok[i].compound == w->tok[from].compound)
			i++;
	else
		while (i < w->n && (w->tok[i].flags & TOKEN_ALSO))
			i++;
	return i;
}

bool
words_is_stemmed(const struct planner *pl, const struct words *w)
{
	if (words_item_end(w, 0) != w->n)
		return false;
	/* "US-led" begins with a hint of capitals, and is a compound all the same. */
	return w->tok[0].compound != 0 || (w->tok[0].kind != TOKEN_GRAM && !words_caps_hint(pl, &w->tok[0]));
}

/* Adds the terms of A to slot P. */
static enum status
add_alias(struct maker *m, const struct alias *a, struct near_slot *p)
{
	struct near_term *terms = planner_alloc(m->pl, ALTERNATIVES_MAX, sizeof(*terms));
	size_t i;

	if (terms == NULL)
		return error_nomem(m->pl->err);
	if (p->nterms > 0)
		memcpy(terms, p->terms, p->nterms * sizeof(*terms));
	p->terms = terms;
	for (i = 0; i < a->nterms && p->nterms < ALTERNATIVES_MAX; i++)
		terms[p->nterms++] = a->terms[i];
	return ST_OK;
}

/* The item of the words FROM to A's end, which are a name: the words as typed, or, in one slot, any other name of the
 * entity. */
static enum status
name_item(struct maker *m, const struct words *w, size_t from, const struct alias *a, struct near_item *item,
	  struct words_marks *marks)
{
	bool one = words_item_end(w, from) == a->end;
	struct near_slot *joined;
	enum status st = make_item(m, w, from, a->end, item, marks);

	if (st != ST_OK)
		return st;
	marks->surfaces = a->surfaces;
	marks->nsurfaces = a->nsurfaces;
	if (one && item->nparts == 1)
		return add_alias(m, a, (struct near_slot *)item->parts);
	joined = (struct near_slot *)(one ? item->joined : NULL);
	if (joined == NULL) {
		joined = planner_alloc(m->pl, 1, sizeof(*joined));
		if (joined == NULL)
			return error_nomem(m->pl->err);
		marks->joined = marks->parts[0];
	}
	item->joined = joined;
	return add_alias(m, a, joined);
}

/* The entity that the words from FROM on name, if its other names may stand for them. */
static enum status
find_alias(struct maker *m, const struct words *w, size_t from, struct alias *out)
{
	*out = (struct alias){ .nterms = 0 };
	if (m->how != FOLDED || m->ctx.literal || m->prefix[0] != '\0' || m->ctx.alone || m->ctx.quiet)
		return ST_OK;
	return alias_at(m->pl, w, from, out);
}

enum status
words_phrase(struct planner *pl, struct plan_context ctx, const struct node *node, const struct words *w,
	     struct words_phrase *out)
{
	struct maker m = {
		.pl = pl, .ctx = ctx, .node = node, .prefix = match_prefix(node), .out = out,
		.how = node->kind == NODE_EXACT ? EXACT : node->kind == NODE_PREFIX ? PREFIX : FOLDED,
	};
	struct near_item *items;
	size_t i, end;
	enum status st = ST_OK;

	*out = (struct words_phrase){ .plain = true };
	if (w->n == 0)
		return ST_OK;
	items = planner_alloc(pl, w->n, sizeof(*items));
	out->marks = planner_alloc(pl, w->n, sizeof(*out->marks));
	if (items == NULL || out->marks == NULL)
		return error_nomem(pl->err);
	out->operand.items = items;
	for (i = 0; i < w->n && st == ST_OK; i = end) {
		size_t k = out->operand.nitems++;
		struct alias a;

		end = words_item_end(w, i);
		st = find_alias(&m, w, i, &a);
		if (st == ST_OK && a.nterms > 0) {
			end = a.end;
			st = name_item(&m, w, i, &a, &items[k], &out->marks[k]);
			if (st == ST_OK)
				st = alias_tell(pl, node->text + w->tok[i].start, w->tok[end - 1].end - w->tok[i].start, &a);
		} else if (st == ST_OK) {
			st = make_item(&m, w, i, end, &items[k], &out->marks[k]);
		}
		out->nwords += items[k].nparts;
	}
	return st;
}
