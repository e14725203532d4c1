/* SPDX-License-Identifier: GPL-2.0-or-later
 *
 * Filters: fields and dates as queries.
 */
#include <string.h>

#include "engine/plan/alias.h"
#include "engine/plan/planner.h"
#include "engine/store/schema.h"

static enum status
exact_filter(struct planner *pl, const struct node *node, struct xap_query **out)
{
	bool lower = strcmp(node->field->name, "lang") == 0;
	struct near_term t;
	char *value = arena_string(pl->arena, node->text, node->len);
	size_t i;
	enum status st;

	if (value == NULL)
		return error_nomem(pl->err);
	for (i = 0; lower && i < node->len; i++)
		if (value[i] >= 'A' && value[i] <= 'Z')
			value[i] = (char)(value[i] | 0x20);
	pl->terms++;
	st = planner_term(pl, WANTED_TERM, node->field->prefix, value, node->len, &t);
	return st == ST_OK ? planner_find(pl, &t, out) : st;
}

/* Dated articles begin with a digit in this slot, others with "~". */
static enum status
dates_filter(struct planner *pl, const struct node *node, struct xap_query **out)
{
	char hi[sizeof(node->hi) + 1];
	size_t n = strlen(node->hi);
	uint32_t articles;
	enum status st = xap_db_count(pl->db, &articles, pl->err);

	if (st != ST_OK)
		return st;
	pl->postings += articles;   /* each one's value may be looked at */
	memcpy(hi, node->hi, n);
	/* Behind every id at that second; or behind every digit. */
	hi[n] = n > 0 ? (char)0xFF : ':';
	return xap_query_range(out, SLOT_OLDEST, node->lo, strlen(node->lo), hi, n + 1, pl->err);
}

static enum status
read_value(struct planner *pl, struct plan_context ctx, const struct node *node, struct words *w)
{
	enum status st = words_read(pl, ctx, node->text, node->len, false, w);

	return st == ST_OK && w->n == 0 ? error_syntax(pl->err, node->col, "no word in %s:", node->field->name) : st;
}

/* *OUT: the words of the field; or the articles whose text names it. */
static enum status
or_named(struct planner *pl, struct plan_context ctx, const struct node *node, struct xap_query **out)
{
	struct xap_query *pair[2] = { *out, NULL };
	struct words w;
	enum status st = read_value(pl, ctx, node, &w);

	if (st == ST_OK)
		st = alias_filter(pl, node, &w, &pair[1]);
	if (st != ST_OK || pair[1] == NULL)
		return st;
	*out = NULL;
	return xap_query_join_take(out, XAP_OR, pair, 2, 0, pl->err);
}

static enum status
entity_filter(struct planner *pl, struct plan_context ctx, const struct node *node, struct xap_query **out)
{
	struct buf note = BUF_INIT;
	struct words w;
	enum status st = read_value(pl, ctx, node, &w);

	if (st == ST_OK)
		st = alias_filter(pl, node, &w, out);
	if (st != ST_OK || *out != NULL)
		return st;
	plan_filter_label(&note, node);
	buf_adds(&note, ": the lexicon of the index has none of that name");
	st = buf_status(&note) == ST_OK ? plan_marks_note(pl, 'W', "", note.data) : error_nomem(pl->err);
	buf_fini(&note);
	return st == ST_OK ? xap_query_none(out, pl->err) : st;
}

enum status
plan_filter_words(struct planner *pl, struct plan_context ctx, const struct node *node, struct words_phrase *out)
{
	struct words w;
	enum status st = read_value(pl, ctx, node, &w);

	ctx.literal = true;
	return st == ST_OK ? words_phrase(pl, ctx, node, &w, out) : st;
}

enum status
plan_filter(struct planner *pl, const struct node *node, struct xap_query **out)
{
	const struct plan_context ctx = { .filter = true };
	struct words_phrase ph;
	enum status st;

	*out = NULL;
	if (node->kind == NODE_DATES)
		return dates_filter(pl, node, out);
	if (node->field->kind == FIELD_EXACT)
		return exact_filter(pl, node, out);
	if (node->field->kind == FIELD_VOICE)
		return region_voice(pl, node, out);
	if (node->field->kind == FIELD_ENTITY)
		return entity_filter(pl, ctx, node, out);
	st = plan_filter_words(pl, ctx, node, &ph);
	if (st == ST_OK)
		st = match_phrase(pl, ctx, &ph, out);
	return st == ST_OK && pl->opt.alias && strcmp(node->field->name, "org") == 0 ? or_named(pl, ctx, node, out) : st;
}

void
plan_filter_label(struct buf *out, const struct node *node)
{
	const char *field = node->field != NULL ? node->field->name : "", *colon = node->field != NULL ? ":" : "";

	switch (node->kind) {
	case NODE_ATLEAST:
		buf_addf(out, "atleast%u(", node->distance);
		plan_filter_label(out, node->kid[0]);
		buf_addc(out, ')');
		return;
	case NODE_SAME:
		plan_filter_label(out, node->kid[0]);
		buf_addf(out, " SAME/%c ", node->same == SAME_SENTENCE ? 'S' : 'P');
		plan_filter_label(out, node->kid[1]);
		return;
	case NODE_NEAR:
	case NODE_ADJ:
		plan_filter_label(out, node->kid[0]);
		buf_addf(out, " %s/%u ", node->kind == NODE_NEAR ? "NEAR" : "ADJ", node->distance);
		plan_filter_label(out, node->kid[1]);
		return;
	case NODE_EXACT:
		buf_addf(out, "%s%s=%s", field, colon, node->text);
		return;
	case NODE_PREFIX:
		buf_addf(out, "%s%s%s*", field, colon, node->text);
		return;
	case NODE_PHRASE:
		buf_addf(out, "%s%s\"%s\"", field, colon, node->text);
		return;
	case NODE_FILTER:
		buf_addf(out, node->quoted ? "%s%s\"%s\"" : "%s%s%s", field, colon, node->text);
		return;
	case NODE_WORD:
	case NODE_DATES:
		buf_addf(out, "%s%s%s", field, colon, node->text);
		return;
	case NODE_OR: case NODE_AND: case NODE_NOT: case NODE_LIST:
		buf_adds(out, query_kind_name(node->kind));
		return;
	}
}
