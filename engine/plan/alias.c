/* SPDX-License-Identifier: GPL-2.0-or-later */
#include "config.h"

#include "engine/plan/alias.h"

#include <string.h>

#include "engine/lexicon/lexicon.h"
#include "engine/plan/ranking.h"
#include "engine/store/schema.h"
#include "engine/text/words.h"

#define TERMS_MAX 8       /* that words name, capitals included */

static bool
is_part(const struct words_token *tok)
{
	return !(tok->flags & (TOKEN_JOINED | TOKEN_ALSO));
}

/* ---- names ---- */

/* The names of the words FROM to END of W; LEXICON_NONE: they are none. */
static uint32_t
names_of(const struct lexicon *lx, const struct words *w, size_t from, size_t end)
{
	uint32_t node = LEXICON_ROOT, word;

	for (; from < end; from++) {
		if (!is_part(&w->tok[from]))
			continue;
		word = lexicon_word(lx, w->tok[from].term, w->tok[from].len);
		if (word == LEXICON_NONE || (node = lexicon_step(lx, node, word)) == LEXICON_NONE)
			return LEXICON_NONE;
	}
	return lexicon_names_at(lx, node);
}

/* us, who, start and aid are acronyms only where they are typed in capitals; AMONG other words so are all that
 * are not written otherwise in texts, since that of Kim Jong Un is none. */
static bool
is_meant(const struct planner *pl, const struct lexicon_name *n, const struct words_token *first, bool among)
{
	if (lexicon_entity(pl->lexicon, n->entity)->skip)
		return false;
	switch (n->class) {
	case LEXICON_NAME:
		return true;
	case LEXICON_ACRONYM:
		if (among && n->nwords == 1 && n->len < LEXICON_ACRONYM_WORD && !(first->flags & TOKEN_CAPS))
			return false;
		if (n->nwords > 1 || (!words_stop_word(first->term, first->len) && !(n->care & LEXICON_NOUN)))
			return true;
		return !pl->all_caps && (first->flags & TOKEN_CAPS);
	case LEXICON_DEMONYM:
		return false;
	case LEXICON_CAPITAL:
		return pl->opt.meto;
	}
	return false;
}

/* Adds the term of ENTITY's CLASS, if the index has it. */
static enum status
add_term(struct planner *pl, const struct lexicon_entity *entity, enum lexicon_class class, struct alias *a)
{
	struct buf term = BUF_INIT;
	struct near_term t;
	uint32_t freq = 0;
	enum status st;
	size_t i;

	schema_entity(&term, entity->id, entity->len, class);
	st = buf_status(&term) != ST_OK ? error_nomem(pl->err) : planner_term(pl, WANTED_POSITIONS, "", term.data, term.len, &t);
	buf_fini(&term);
	if (st == ST_OK)
		st = planner_freq(pl, &t, &freq);
	for (i = 0; i < a->nterms; i++)
		if (strcmp(a->terms[i].text, t.text) == 0)
			return st;
	if (st != ST_OK || freq == 0 || a->nterms == TERMS_MAX)
		return st;
	a->stands_for[a->nterms] = t.text + strlen(PREFIX_ENTITY);
	a->terms[a->nterms++] = t;
	return ST_OK;
}

/* NAME's words as a mark. */
static enum status
make_mark(struct planner *pl, const struct lexicon_name *n, struct mark *out)
{
	struct mark_word *words = planner_alloc(pl, n->nwords, sizeof(*words));
	const char *at = n->words, *end = at + n->len;
	size_t i;

	if (words == NULL)
		return error_nomem(pl->err);
	for (i = 0; i < n->nwords; i++) {
		const char *space = memchr(at, ' ', (size_t)(end - at));

		words[i] = (struct mark_word){ n->class == LEXICON_ACRONYM ? MARK_CAPS : MARK_WORD, at,
					       (size_t)((space != NULL ? space : end) - at) };
		at = space != NULL ? space + 1 : end;
	}
	*out = (struct mark){ .word = words, .nwords = n->nwords };
	return ST_OK;
}

/* Adds the names of ENTITY to the marks. */
static enum status
add_surfaces(struct planner *pl, uint32_t entity, struct alias *a)
{
	const uint32_t first = lexicon_entity(pl->lexicon, entity)->names;
	struct mark *all;
	size_t n = 0;
	uint32_t i;
	enum status st = ST_OK;

	if (pl->plan == NULL)
		return ST_OK;
	for (i = first; i != LEXICON_NONE; i = lexicon_name(pl->lexicon, i)->sibling)
		n++;
	all = planner_alloc(pl, a->nsurfaces + n, sizeof(*all));
	if (all == NULL)
		return error_nomem(pl->err);
	if (a->nsurfaces > 0)
		memcpy(all, a->surfaces, a->nsurfaces * sizeof(*all));
	for (i = first; i != LEXICON_NONE && st == ST_OK; i = lexicon_name(pl->lexicon, i)->sibling) {
		const struct lexicon_name *name = lexicon_name(pl->lexicon, i);

		if (name->class == LEXICON_DEMONYM || (name->class == LEXICON_CAPITAL && !pl->opt.meto))
			continue;
		st = make_mark(pl, name, &all[a->nsurfaces++]);
	}
	a->surfaces = all;
	return st;
}

/* Whether the index has all words of NAME. */
static enum status
has_words(struct planner *pl, const struct lexicon_name *name, bool *has)
{
	const char *at = name->words, *end = at + name->len;
	enum status st = ST_OK;

	*has = true;
	while (st == ST_OK && *has && at < end) {
		const char *space = memchr(at, ' ', (size_t)(end - at));
		const struct near_term word = { at, (size_t)((space != NULL ? space : end) - at) };
		uint32_t freq;

		st = planner_freq(pl, &word, &freq);
		*has = freq > 0;
		at += word.len + 1;
	}
	return st;
}

/* Whether WORDS stand in NAME, as words: who has "european union" need not have "eu". */
static bool
holds(const struct lexicon_name *name, const struct lexicon_name *words)
{
	const char *end = name->words + name->len, *at = name->words, *behind;

	for (; (at = memmem(at, (size_t)(end - at), words->words, words->len)) != NULL; at++) {
		behind = at + words->len;
		if ((at == name->words || at[-1] == ' ') && (behind == end || *behind == ' '))
			return true;
	}
	return false;
}

/* Whether ENTITY may be found under another name than TYPED. */
static enum status
has_other_names(struct planner *pl, uint32_t entity, const struct lexicon_name *typed, bool *has)
{
	uint32_t i = lexicon_entity(pl->lexicon, entity)->names;
	enum status st = ST_OK;

	*has = pl->delta;
	for (; i != LEXICON_NONE && !*has && st == ST_OK; i = lexicon_name(pl->lexicon, i)->sibling) {
		const struct lexicon_name *name = lexicon_name(pl->lexicon, i);

		if (name->class == LEXICON_DEMONYM || (name->class == LEXICON_CAPITAL && !pl->opt.meto) || holds(name, typed))
			continue;
		st = has_words(pl, name, has);
	}
	return st;
}

static enum status
add_entity(struct planner *pl, const struct lexicon_name *typed, struct alias *a)
{
	const uint32_t entity = typed->entity;
	const struct lexicon_entity *e = lexicon_entity(pl->lexicon, entity);
	size_t before = a->nterms;
	bool others;
	enum status st = has_other_names(pl, entity, typed, &others);

	if (st != ST_OK || !others)
		return st;
	st = add_term(pl, e, LEXICON_NAME, a);
	if (st == ST_OK && pl->opt.meto)
		st = add_term(pl, e, LEXICON_CAPITAL, a);
	return st == ST_OK && a->nterms > before ? add_surfaces(pl, entity, a) : st;
}

static enum status
make(struct planner *pl, const struct words *w, size_t from, size_t end, struct alias *out)
{
	uint32_t i = names_of(pl->lexicon, w, from, end);
	enum status st = ST_OK;

	*out = (struct alias){ .end = end };
	if (i == LEXICON_NONE)
		return ST_OK;
	out->terms = planner_alloc(pl, TERMS_MAX, sizeof(*out->terms));
	out->stands_for = planner_alloc(pl, TERMS_MAX, sizeof(*out->stands_for));
	if (out->terms == NULL || out->stands_for == NULL)
		return error_nomem(pl->err);
	for (; i != LEXICON_NONE && st == ST_OK; i = lexicon_name(pl->lexicon, i)->next)
		if (is_meant(pl, lexicon_name(pl->lexicon, i), &w->tok[from], from > 0 || end < w->n))
			st = add_entity(pl, lexicon_name(pl->lexicon, i), out);
	return st;
}

static bool
is_on(const struct planner *pl)
{
	return pl->opt.alias && pl->lexicon != NULL && lexicon_entities(pl->lexicon) > 0;
}

enum status
alias_at(struct planner *pl, const struct words *w, size_t from, struct alias *out)
{
	size_t end = from, best = from, words = 0, i;

	*out = (struct alias){ .end = from };
	if (!is_on(pl))
		return ST_OK;
	while (end < w->n && words < LEXICON_WORDS_MAX) {
		i = end;
		end = words_item_end(w, end);
		for (; i < end; i++)
			words += is_part(&w->tok[i]);
		if (names_of(pl->lexicon, w, from, end) != LEXICON_NONE)
			best = end;
	}
	return best > from ? make(pl, w, from, best, out) : ST_OK;
}

/* The name that all of W has to be. */
static enum status
whole_name(struct planner *pl, const struct words *w, struct alias *out)
{
	*out = (struct alias){ .end = w->n };
	return is_on(pl) && w->n > 0 ? make(pl, w, 0, w->n, out) : ST_OK;
}

enum status
alias_tell(struct planner *pl, const char *text, size_t len, const struct alias *a)
{
	const char *typed = arena_string(pl->arena, text, len);
	enum status st = typed != NULL ? ST_OK : error_nomem(pl->err);
	size_t i;

	for (i = 0; i < a->nterms && st == ST_OK; i++)
		st = plan_marks_note(pl, 'C', typed, a->stands_for[i]);
	return st;
}

/* ---- words and lists ---- */

/* TERM as a phrase of one slot. */
static enum status
one_slot(struct planner *pl, const struct near_term *term, struct words_phrase *out)
{
	struct near_item *item = planner_alloc(pl, 1, sizeof(*item));
	struct near_slot *slot = planner_alloc(pl, 1, sizeof(*slot));

	if (item == NULL || slot == NULL)
		return error_nomem(pl->err);
	slot->terms = term;
	slot->nterms = 1;
	*item = (struct near_item){ slot, 1, NULL };
	*out = (struct words_phrase){ .operand = { item, 1 }, .nwords = 1, .plain = true };
	return ST_OK;
}

enum status
alias_readings(struct planner *pl, const struct node *node, const struct words *w, struct readings *out)
{
	struct alias a;
	enum status st;
	size_t i;

	/* Of a phrase the alternatives are at its slots, see words_phrase. */
	if (node->kind != NODE_WORD || match_prefix(node)[0] != '\0')
		return ST_OK;
	st = whole_name(pl, w, &a);
	for (i = 0; i < a.nterms && st == ST_OK; i++) {
		struct reading r = { .kind = READING_ALIAS, .stands_for = a.stands_for[i], .factor = 1,
				     .marks = a.surfaces, .nmarks = a.nsurfaces };

		st = one_slot(pl, &a.terms[i], &r.phrase);
		if (st == ST_OK)
			st = readings_add(pl, out, &r);
	}
	return st;
}

static bool
is_bare_word(const struct node *n, enum unit_sign sign)
{
	return n->kind == NODE_WORD && n->field == NULL && n->sign == sign;
}

/* The texts of units FROM to END, a blank between them, as one phrase of the query. */
static enum status
join_units(struct planner *pl, const struct node *list, size_t from, size_t end, struct node *out)
{
	struct buf text = BUF_INIT;
	size_t i;

	for (i = from; i < end; i++) {
		if (i > from)
			buf_addc(&text, ' ');
		buf_add(&text, list->kid[i]->text, list->kid[i]->len);
	}
	*out = (struct node){ .kind = NODE_PHRASE, .col = list->kid[from]->col, .len = text.len,
			      .text = arena_string(pl->arena, buf_str(&text), text.len) };
	if (buf_status(&text) != ST_OK)
		out->text = NULL;
	buf_fini(&text);
	return out->text != NULL ? ST_OK : error_nomem(pl->err);
}

/* The query of A, the entity that NODE names, with its notes and marks. */
static enum status
find_run(struct planner *pl, struct plan_context ctx, const struct node *node, const struct alias *a, struct xap_query **out)
{
	struct xap_query *q[TERMS_MAX];
	enum status st = ST_OK;
	size_t i, n = 0;

	plan_marks_group(pl, ctx);
	for (i = 0; i < a->nsurfaces && st == ST_OK; i++)
		st = plan_marks_add(pl, ctx, a->surfaces[i].word, a->surfaces[i].nwords);
	for (; n < a->nterms && st == ST_OK; n += st == ST_OK)
		st = planner_rank(pl, &a->terms[n], &q[n]);
	if (st == ST_OK)
		st = xap_query_join_take(out, XAP_SYNONYM, q, n, 0, pl->err);
	else
		while (n > 0)
			xap_query_free(q[--n]);
	/* The words weigh as well, beside it. */
	if (st == ST_OK)
		st = xap_query_scale_take(out, *out, RANKING_ALIAS_WEIGHT, pl->err);
	if (st == ST_OK)
		st = plan_marks_leaf(pl, ctx, *out, node);
	return st == ST_OK ? alias_tell(pl, node->text, node->len, a) : st;
}

enum status
alias_run(struct planner *pl, struct plan_context ctx, const struct node *list, size_t from, size_t *n, struct xap_query **out)
{
	const enum unit_sign sign = list->kid[from]->sign;
	struct node phrase;
	struct words w;
	struct alias a = { .nterms = 0 };
	size_t end = from, at = 0, units;
	enum status st;

	*out = NULL;
	*n = 0;
	if (!is_on(pl) || ctx.quiet || ctx.nregions > 0 || sign == SIGN_MUST_NOT)
		return ST_OK;
	while (end < list->nkids && end - from < LEXICON_WORDS_MAX && is_bare_word(list->kid[end], sign))
		end++;
	if (end - from < 2)
		return ST_OK;
	st = join_units(pl, list, from, end, &phrase);
	if (st == ST_OK)
		st = words_read(pl, (struct plan_context){ .again = true }, phrase.text, phrase.len, false, &w);
	if (st == ST_OK && w.n > 0)
		st = alias_at(pl, &w, 0, &a);
	/* Does the name end where a unit does? */
	for (units = 0; st == ST_OK && a.nterms > 0 && from + units < end && at < w.tok[a.end - 1].end; units++)
		at += list->kid[from + units]->len + (units > 0);
	if (st != ST_OK || a.nterms == 0 || units < 2 || (a.end < w.n && w.tok[a.end].start < at))
		return st;
	*n = units;
	st = join_units(pl, list, from, from + units, &phrase);
	return st == ST_OK ? find_run(pl, ctx, &phrase, &a, out) : st;
}

/* ---- filters ---- */

/* Whether ENTITY is of the kind that the field asks for. */
static bool
of_kind(const struct lexicon_entity *e, const char *kind)
{
	return e->len > strlen(kind) && memcmp(e->id, kind, strlen(kind)) == 0 && e->id[strlen(kind)] == ':';
}

static enum status
add_found(struct planner *pl, uint32_t entity, struct alias *a)
{
	const struct lexicon_entity *e = lexicon_entity(pl->lexicon, entity);
	enum status st = add_term(pl, e, LEXICON_NAME, a);

	if (st == ST_OK)
		st = add_term(pl, e, LEXICON_DEMONYM, a);
	return st == ST_OK && pl->opt.meto ? add_term(pl, e, LEXICON_CAPITAL, a) : st;
}

/* The entity whose id was typed, or the entities whose name was typed. */
static enum status
find_entities(struct planner *pl, const struct node *node, const struct words *w, struct alias *a, bool *known)
{
	const char *kind = node->field->name;
	struct buf id = BUF_INIT;
	uint32_t i;
	enum status st = ST_OK;
	size_t k;

	buf_addf(&id, "%s:", kind);
	for (k = 0; k < node->len; k++)
		buf_addc(&id, node->text[k] >= 'A' && node->text[k] <= 'Z' ? (char)(node->text[k] | 0x20) : node->text[k]);
	if (buf_status(&id) != ST_OK)
		st = error_nomem(pl->err);
	i = st == ST_OK ? lexicon_find(pl->lexicon, id.data, id.len) : LEXICON_NONE;
	buf_fini(&id);
	if ((*known = i != LEXICON_NONE))
		return add_found(pl, i, a);
	i = st == ST_OK ? names_of(pl->lexicon, w, 0, w->n) : LEXICON_NONE;
	for (; i != LEXICON_NONE && st == ST_OK; i = lexicon_name(pl->lexicon, i)->next) {
		const struct lexicon_name *n = lexicon_name(pl->lexicon, i);

		if (n->class == LEXICON_CAPITAL || !of_kind(lexicon_entity(pl->lexicon, n->entity), kind))
			continue;
		*known = true;
		st = add_found(pl, n->entity, a);
	}
	return st;
}

enum status
alias_filter(struct planner *pl, const struct node *node, const struct words *w, struct xap_query **out)
{
	struct alias a = { .terms = planner_alloc(pl, TERMS_MAX, sizeof(*a.terms)),
			   .stands_for = planner_alloc(pl, TERMS_MAX, sizeof(*a.stands_for)) };
	struct xap_query *q[TERMS_MAX];
	bool known = false;
	size_t n = 0;
	enum status st;

	*out = NULL;
	if (a.terms == NULL || a.stands_for == NULL)
		return error_nomem(pl->err);
	if (pl->lexicon == NULL)
		return ST_OK;
	st = find_entities(pl, node, w, &a, &known);
	for (; n < a.nterms && st == ST_OK; n += st == ST_OK)
		st = planner_find(pl, &a.terms[n], &q[n]);
	if (st != ST_OK || !known) {
		while (n > 0)
			xap_query_free(q[--n]);
		return st;
	}
	if (n == 0)
		return xap_query_none(out, pl->err);
	return xap_query_join_take(out, XAP_OR, q, n, 0, pl->err);
}
