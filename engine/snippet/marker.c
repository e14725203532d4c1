/* SPDX-License-Identifier: GPL-2.0-or-later */
#include "engine/snippet/marker.h"

#include <stdlib.h>
#include <string.h>

#include "base/grow.h"
#include "base/sort.h"
#include "base/utf8.h"
#include "engine/snippet/mark_index.h"

#define NO_POS UINT32_MAX

/* How far a phrase was followed, up to an entry's word: that word's position, the first word's first byte. */
struct progress { uint32_t pos, start; };

/* A token that has an entry. */
struct found { uint32_t entry, pos, start, end; };

struct marker {
	struct mark_index *index;
	const struct scopes *scopes;
	struct progress *progress;         /* by entry */
	size_t progress_cap;
	size_t ngroups, nlive;             /* nlive: groups that have a mark */

	struct found *found;               /* at positions that are not yet passed */
	size_t nfound, found_cap;
	uint32_t found_compound;

	struct span *spans;
	size_t nspans, spans_cap;
	uint32_t *group_at, *group_start;  /* the last match of each group: character, byte */
	size_t groups_cap, nseen;
	uint32_t at_byte, at_char;         /* a byte whose character number is known */
	bool complete;
	uint32_t complete_start;
};

enum status
marker_new(struct marker **out)
{
	struct marker *m = calloc(1, sizeof(*m));

	*out = NULL;
	if (m == NULL)
		return ST_NOMEM;
	if (mark_index_new(&m->index) != ST_OK) {
		free(m);
		return ST_NOMEM;
	}
	*out = m;
	return ST_OK;
}

void
marker_free(struct marker *m)
{
	if (m == NULL)
		return;
	mark_index_free(m->index);
	free(m->progress);
	free(m->found);
	free(m->spans);
	free(m->group_at);
	free(m->group_start);
	free(m);
}

static enum status
count_groups(struct marker *m, const struct mark *marks, size_t nmarks)
{
	uint32_t *at, *start;
	size_t i;

	m->ngroups = 0;
	for (i = 0; i < nmarks; i++)
		if (marks[i].group >= m->ngroups)
			m->ngroups = marks[i].group + 1;
	if (m->ngroups > m->groups_cap) {
		at = realloc(m->group_at, m->ngroups * sizeof(*at));
		if (at == NULL)
			return ST_NOMEM;
		m->group_at = at;
		start = realloc(m->group_start, m->ngroups * sizeof(*start));
		if (start == NULL)
			return ST_NOMEM;
		m->group_start = start;
		m->groups_cap = m->ngroups;
	}
	m->nlive = 0;
	for (i = 0; i < m->ngroups; i++)
		m->group_at[i] = NO_POS;
	for (i = 0; i < nmarks; i++)
		if (m->group_at[marks[i].group] == NO_POS) {
			m->group_at[marks[i].group] = 0;
			m->nlive++;
		}
	return ST_OK;
}

enum status
marker_query(struct marker *m, struct analyser *an, const struct mark *marks, size_t nmarks,
	     struct error *err)
{
	enum status st = count_groups(m, marks, nmarks);
	struct progress *progress;
	size_t n;

	if (st == ST_OK)
		st = mark_index_query(m->index, an, marks, nmarks, err);
	if (st != ST_OK)
		return st;
	mark_index_all(m->index, &n);
	progress = grow(m->progress, &m->progress_cap, n, sizeof(*progress));
	if (progress == NULL)
		return ST_NOMEM;
	m->progress = progress;
	m->scopes = NULL;
	marker_article(m, "");
	return ST_OK;
}

size_t
marker_groups(const struct marker *m)
{
	return m->ngroups;
}

void
marker_article(struct marker *m, const char *lang)
{
	size_t i, n;

	mark_index_article(m->index, lang);
	mark_index_all(m->index, &n);
	for (i = 0; i < n; i++)
		m->progress[i].pos = NO_POS;
	for (i = 0; i < m->ngroups; i++)
		m->group_at[i] = NO_POS;
	m->nfound = m->nspans = m->nseen = 0;
	m->at_byte = m->at_char = 0;
	m->complete = false;
}

void
marker_confine(struct marker *m, const struct scopes *scopes)
{
	m->scopes = scopes;
}

const struct analyse_filter *
marker_filter(const struct marker *m)
{
	return mark_index_filter(m->index);
}

const struct span *
marker_spans(const struct marker *m, size_t *n)
{
	*n = m->nspans;
	return m->spans;
}

bool
marker_complete(const struct marker *m, uint32_t *start)
{
	*start = m->complete_start;
	return m->complete;
}

static uint32_t
char_at(struct marker *m, const char *text, uint32_t byte)
{
	if (byte >= m->at_byte)
		m->at_char += (uint32_t)utf8_count(text + m->at_byte, byte - m->at_byte);
	else
		m->at_char -= (uint32_t)utf8_count(text + byte, m->at_byte - byte);
	m->at_byte = byte;
	return m->at_char;
}

/* Whether all groups have a match within one passage that ends at character END. */
static void
look_complete(struct marker *m, uint32_t end)
{
	uint32_t first = 0;
	size_t i;

	for (i = 0; i < m->ngroups; i++)
		if (m->group_at[i] != NO_POS &&
		    (m->group_at[first] == NO_POS || m->group_at[i] < m->group_at[first]))
			first = (uint32_t)i;
	if (end <= m->group_at[first] + PASSAGE_MATCH_CHARS) {
		m->complete = true;
		m->complete_start = m->group_start[first];
	}
}

static enum status
add_span(struct marker *m, const char *text, uint32_t start, uint32_t end, unsigned group)
{
	struct span s = { start, end, 0, 0, group }, *spans;
	size_t i;

	for (i = m->nspans; i > 0 && m->spans[i - 1].start >= start; i--)
		if (m->spans[i - 1].start == start && m->spans[i - 1].end == end &&
		    m->spans[i - 1].group == group)
			return ST_OK;
	spans = grow(m->spans, &m->spans_cap, m->nspans, sizeof(*spans));
	if (spans == NULL)
		return ST_NOMEM;
	m->spans = spans;
	memmove(m->spans + i + 1, m->spans + i, (m->nspans - i) * sizeof(*m->spans));
	s.at = char_at(m, text, start);
	s.at_end = char_at(m, text, end);
	m->spans[i] = s;
	m->nspans++;
	if (m->group_at[group] == NO_POS)
		m->nseen++;
	m->group_at[group] = s.at;
	m->group_start[group] = start;
	if (!m->complete && m->nseen == m->nlive)
		look_complete(m, s.at_end);
	return ST_OK;
}

/* Follows the phrases over the words found at one position, F to END. Longer
 * beginnings go first, so that none is prolonged twice by the same position. */
static enum status
follow(struct marker *m, const char *text, const struct found *f, const struct found *end)
{
	size_t n;
	const struct mark_entry *all = mark_index_all(m->index, &n);

	for (; f < end; f++) {
		const struct mark_entry *entry = &all[f->entry];
		struct progress *progress = &m->progress[f->entry];
		uint32_t start = f->start;

		if (entry->index > 0) {
			if (f->pos == 0 || progress[-1].pos != f->pos - 1)
				continue;
			start = progress[-1].start;
		}
		if (entry->index + 1 == entry->mark->nwords) {
			if (add_span(m, text, start, f->end, entry->mark->group) != ST_OK)
				return ST_NOMEM;
		} else {
			progress->pos = f->pos;
			progress->start = start;
		}
	}
	return ST_OK;
}

static int
by_position(const void *a, const void *b)
{
	const struct found *x = a, *y = b;

	if (x->pos != y->pos)
		return x->pos < y->pos ? -1 : 1;
	/* a later word of a mark has a later entry: it goes first */
	return x->entry > y->entry ? -1 : x->entry < y->entry;
}

enum status
marker_flush(struct marker *m, const char *text)
{
	enum status st = ST_OK;
	size_t i, k;

	sort(m->found, m->nfound, sizeof(*m->found), by_position);
	for (i = 0; i < m->nfound && st == ST_OK; i = k) {
		for (k = i + 1; k < m->nfound && m->found[k].pos == m->found[i].pos; k++)
			;
		st = follow(m, text, m->found + i, m->found + k);
	}
	m->nfound = 0;
	return st;
}

enum status
marker_token(struct marker *m, struct analyser *an, const struct token *tok,
	     const char *text, uint32_t offset, uint32_t first_pos, struct error *err)
{
	uint32_t pos = first_pos + tok->pos;
	struct found *found;
	const uint32_t *list;
	const struct mark_entry *all;
	enum status st;
	size_t n, i;

	/* the parts of a compound and the compound joined come out of order: they wait for each other */
	if (m->nfound > 0 && pos > m->found[0].pos &&
	    (tok->compound == 0 || tok->compound != m->found_compound)) {
		st = marker_flush(m, text);
		if (st != ST_OK)
			return st;
	}
	if (tok->len == 0 || !marker_filter(m)->first[(unsigned char)tok->term[0]])
		return ST_OK;
	st = mark_index_find(m->index, an, tok, &list, &n, err);
	if (st != ST_OK)
		return st;
	all = mark_index_all(m->index, &(size_t){ 0 });
	for (i = 0; i < n; i++) {
		if (m->scopes != NULL && !scopes_has(m->scopes, all[list[i]].mark->scope, pos))
			continue;
		found = grow(m->found, &m->found_cap, m->nfound, sizeof(*found));
		if (found == NULL)
			return ST_NOMEM;
		m->found = found;
		found[m->nfound++] = (struct found){ list[i], pos, offset + tok->start, offset + tok->end };
		m->found_compound = tok->compound;
	}
	return ST_OK;
}
