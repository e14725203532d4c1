/* SPDX-License-Identifier: GPL-2.0-or-later */
#include "engine/marker.h"

#include <stdlib.h>
#include <string.h>

#include "base/utf8.h"

#define MEMO_SLOTS 1024            /* a power of two */
#define MEMO_FULL (MEMO_SLOTS * 3 / 4)
#define NO_POS UINT32_MAX
#define NO_PLACE UINT32_MAX

/* One word of a mark. */
struct place {
	const struct mark_word *word;
	const struct mark *mark;
	uint32_t index;            /* which of its words */
	uint32_t next;             /* the next with the same first byte */
	/* how far the phrase up to this word was followed: its last word's position, its first byte */
	uint32_t pos, start;
};

/* A token that has a place. */
struct found { uint32_t place, pos, start, end; };

struct memo {
	uint32_t hash;
	uint32_t key, key_len;     /* in marker.keys; key_len 0: free */
	uint32_t from, n;          /* in marker.lists */
};

struct marker {
	struct place *places;              /* a mark's places follow each other */
	size_t nplaces, places_cap;
	uint32_t bucket[256];              /* places by the first byte of what they look for */
	uint32_t anywhere;                 /* places whose tokens may begin with another byte */
	struct analyse_filter filter;      /* what any article needs */
	struct analyse_filter filter_lang; /* what the article at hand needs */
	char lang[4];                      /* its stemmed language, "" for English alone */
	size_t ngroups, nlive;             /* nlive: groups that have a mark */

	struct memo memo[MEMO_SLOTS];
	size_t nmemo;
	struct buf keys, key;
	uint32_t *lists;
	size_t nlists, lists_cap;

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
	*out = calloc(1, sizeof(**out));
	return *out != NULL ? ST_OK : ST_NOMEM;
}

void
marker_free(struct marker *m)
{
	if (m == NULL)
		return;
	free(m->places);
	buf_fini(&m->keys);
	buf_fini(&m->key);
	free(m->lists);
	free(m->found);
	free(m->spans);
	free(m->group_at);
	free(m->group_start);
	free(m);
}

/* Makes *ARRAY hold one more than N entries of SIZE bytes. */
static enum status
grow(void **array, size_t *cap, size_t n, size_t size)
{
	size_t want = *cap ? *cap * 2 : 32;
	void *p;

	if (n < *cap)
		return ST_OK;
	while (want <= n)
		want *= 2;
	p = realloc(*array, want * size);
	if (p == NULL)
		return ST_NOMEM;
	*array = p;
	*cap = want;
	return ST_OK;
}

static void
forget_words(struct marker *m)
{
	memset(m->memo, 0, sizeof(m->memo));
	m->nmemo = 0;
	m->nlists = 0;
	buf_clear(&m->keys);
}

/* The bytes of a stem's language and colon: "fr:sanction"; 0 for English. */
static size_t
stem_lang(const struct mark_word *w)
{
	return w->kind == MARK_STEM && w->len > 3 && w->text[2] == ':' ? 3 : 0;
}

static bool
of_lang(const struct mark_word *w, const char *lang)
{
	return stem_lang(w) == 0 || memcmp(w->text, lang, 2) == 0;
}

/* Lets through the words that W may mean: those that begin as it does, and, where folding
 * changes its beginning, as its folded form does. */
static enum status
filter_add(struct analyse_filter *f, struct analyser *an, const struct mark_word *w, struct error *err)
{
	struct token tok;
	enum status st;
	bool got;

	f->first[(unsigned char)w->text[0]] = true;
	if ((unsigned char)w->text[0] < 0x80 || w->kind == MARK_WORD || w->kind == MARK_PREFIX)
		return ST_OK;
	st = analyse_begin(an, w->text, w->len, "", NULL, err);
	while (st == ST_OK) {
		st = analyse_next(an, &tok, &got, err);
		if (st != ST_OK || !got)
			break;
		if (tok.len > 0)
			f->first[(unsigned char)tok.term[0]] = true;
	}
	return st;
}

static enum status
add_place(struct marker *m, struct analyser *an, const struct mark *mark, uint32_t index, struct error *err)
{
	const struct mark_word *w = &mark->word[index];
	struct place *p;
	uint32_t *head;

	if (grow((void **)&m->places, &m->places_cap, m->nplaces, sizeof(*m->places)) != ST_OK)
		return ST_NOMEM;
	p = &m->places[m->nplaces];
	head = w->kind == MARK_EXACT || stem_lang(w) > 0 ? &m->anywhere : &m->bucket[(unsigned char)w->text[0]];
	*p = (struct place){ w, mark, index, *head, NO_POS, 0 };
	*head = (uint32_t)m->nplaces++;
	return stem_lang(w) == 0 ? filter_add(&m->filter, an, w, err) : ST_OK;
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
	size_t i, k;

	m->nplaces = 0;
	m->anywhere = NO_PLACE;
	memset(m->bucket, 0xFF, sizeof(m->bucket));   /* NO_PLACE */
	memset(&m->filter, 0, sizeof(m->filter));
	m->lang[0] = '\0';
	forget_words(m);
	for (i = 0; i < nmarks && st == ST_OK; i++)
		for (k = 0; k < marks[i].nwords && st == ST_OK; k++)
			st = add_place(m, an, &marks[i], (uint32_t)k, err);
	if (st == ST_OK)
		marker_article(m, "");
	return st;
}

size_t
marker_groups(const struct marker *m)
{
	return m->ngroups;
}

/* Languages whose stemmers take prefixes off, so that a stem's beginning says
 * nothing of the word's. */
static bool
strips_prefixes(const char *lang)
{
	return strcmp(lang, "ar") == 0 || strcmp(lang, "id") == 0 || strcmp(lang, "ga") == 0 ||
		strcmp(lang, "ta") == 0;
}

static void
use_lang(struct marker *m, const char *lang)
{
	uint32_t i;

	for (i = m->anywhere; i != NO_PLACE; i = m->places[i].next) {
		const struct mark_word *w = m->places[i].word;

		if (stem_lang(w) == 0 || !of_lang(w, lang))
			continue;
		m->filter_lang.first[(unsigned char)w->text[3]] = true;
		/* a stem that keeps its accents may come from a word whose folded form has lost them */
		if (strips_prefixes(lang) || (unsigned char)w->text[3] >= 0x80)
			memset(m->filter_lang.first, 1, sizeof(m->filter_lang.first));
	}
}

void
marker_article(struct marker *m, const char *lang)
{
	const char *code = analyse_stem_lang(lang);
	size_t i;

	if (code == NULL || strcmp(code, "en") == 0)
		code = "";
	if (strcmp(code, m->lang) != 0) {
		forget_words(m);
		memcpy(m->lang, code, strlen(code) < sizeof(m->lang) ? strlen(code) + 1 : 1);
	}
	m->filter_lang = m->filter;
	if (m->lang[0] != '\0')
		use_lang(m, m->lang);
	for (i = 0; i < m->nplaces; i++)
		m->places[i].pos = NO_POS;
	for (i = 0; i < m->ngroups; i++)
		m->group_at[i] = NO_POS;
	m->nfound = m->nspans = m->nseen = 0;
	m->at_byte = m->at_char = 0;
	m->complete = false;
}

const struct analyse_filter *
marker_filter(const struct marker *m)
{
	return &m->filter_lang;
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

/* ---- which places a word has ---- */

static bool
same(const char *a, size_t a_len, const char *b, size_t b_len)
{
	return a_len == b_len && memcmp(a, b, a_len) == 0;
}

static bool
fits(const struct mark_word *w, const struct token *tok, const struct stem *stems, size_t nstems)
{
	size_t i;

	switch (w->kind) {
	case MARK_STEM:
		for (i = 0; i < nstems; i++)
			if (same(w->text, w->len, stems[i].text, stems[i].len))
				return true;
		return false;
	case MARK_WORD:
		return same(w->text, w->len, tok->term, tok->len);
	case MARK_PREFIX:
		return w->len <= tok->len && memcmp(w->text, tok->term, w->len) == 0;
	case MARK_CAPS:
		return (tok->flags & TOKEN_CAPS) && same(w->text, w->len, tok->term, tok->len);
	case MARK_EXACT:
		return same(w->text, w->len, tok->exact, tok->exact_len);
	}
	return false;
}

/* Appends the places of TOK to the lists. */
static enum status
look_up(struct marker *m, struct analyser *an, const struct token *tok, struct error *err)
{
	uint32_t heads[2] = { m->bucket[(unsigned char)tok->term[0]], m->anywhere };
	struct stem stems[ANALYSE_STEMS_MAX];
	size_t nstems = 0, h;
	bool stemmed = false;
	enum status st;
	uint32_t i;

	for (h = 0; h < 2; h++) {
		for (i = heads[h]; i != NO_PLACE; i = m->places[i].next) {
			const struct mark_word *w = m->places[i].word;

			if (!of_lang(w, m->lang))
				continue;
			if (w->kind == MARK_STEM && !stemmed) {
				st = analyse_stems(an, tok, stems, &nstems, err);
				if (st != ST_OK)
					return st;
				stemmed = true;
			}
			if (!fits(w, tok, stems, nstems))
				continue;
			if (grow((void **)&m->lists, &m->lists_cap, m->nlists, sizeof(*m->lists)) != ST_OK)
				return ST_NOMEM;
			m->lists[m->nlists++] = i;
		}
	}
	return ST_OK;
}

static uint32_t
hash_bytes(const char *p, size_t n)
{
	uint32_t h = 2166136261u;

	while (n-- > 0)
		h = (h ^ (unsigned char)*p++) * 16777619u;
	return h ^ h >> 15;
}

/* All that decides about a word: its kind and case, its folded form, its spelling. */
static enum status
make_key(struct marker *m, const struct token *tok)
{
	buf_clear(&m->key);
	buf_addc(&m->key, (char)('a' + tok->kind * 2 + ((tok->flags & TOKEN_CAPS) != 0)));
	buf_add(&m->key, tok->term, tok->len);
	if (!same(tok->term, tok->len, tok->exact, tok->exact_len)) {
		buf_addc(&m->key, '\0');
		buf_add(&m->key, tok->exact, tok->exact_len);
	}
	return buf_status(&m->key);
}

static enum status
recall(struct marker *m, struct analyser *an, const struct token *tok, const struct memo **out,
       struct error *err)
{
	enum status st = make_key(m, tok);
	uint32_t hash, at;
	struct memo *e;

	if (st != ST_OK)
		return st;
	hash = hash_bytes(m->key.data, m->key.len);
	for (at = hash & (MEMO_SLOTS - 1); m->memo[at].key_len > 0; at = (at + 1) & (MEMO_SLOTS - 1)) {
		e = &m->memo[at];
		if (e->hash == hash && same(m->keys.data + e->key, e->key_len, m->key.data, m->key.len)) {
			*out = e;
			return ST_OK;
		}
	}
	if (m->nmemo == MEMO_FULL) {
		forget_words(m);
		at = hash & (MEMO_SLOTS - 1);
	}
	e = &m->memo[at];
	e->from = (uint32_t)m->nlists;
	st = look_up(m, an, tok, err);
	if (st != ST_OK)
		return st;
	e->n = (uint32_t)m->nlists - e->from;
	e->key = (uint32_t)m->keys.len;
	buf_add(&m->keys, m->key.data, m->key.len);
	if (buf_status(&m->keys) != ST_OK)
		return ST_NOMEM;
	e->hash = hash;
	e->key_len = (uint32_t)m->key.len;
	m->nmemo++;
	*out = e;
	return ST_OK;
}

/* ---- from words to matches ---- */

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
	struct span s = { start, end, 0, 0, group };
	size_t i;

	for (i = m->nspans; i > 0 && m->spans[i - 1].start >= start; i--)
		if (m->spans[i - 1].start == start && m->spans[i - 1].end == end &&
		    m->spans[i - 1].group == group)
			return ST_OK;
	if (grow((void **)&m->spans, &m->spans_cap, m->nspans, sizeof(*m->spans)) != ST_OK)
		return ST_NOMEM;
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
	for (; f < end; f++) {
		struct place *p = &m->places[f->place];
		uint32_t start = f->start;

		if (p->index > 0) {
			if (f->pos == 0 || p[-1].pos != f->pos - 1)
				continue;
			start = p[-1].start;
		}
		if (p->index + 1 == p->mark->nwords) {
			if (add_span(m, text, start, f->end, p->mark->group) != ST_OK)
				return ST_NOMEM;
		} else {
			p->pos = f->pos;
			p->start = start;
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
	/* a later word of a mark has a later place: it goes first */
	return x->place > y->place ? -1 : x->place < y->place;
}

enum status
marker_flush(struct marker *m, const char *text)
{
	enum status st = ST_OK;
	size_t i, k;

	if (m->nfound > 1)
		qsort(m->found, m->nfound, sizeof(*m->found), by_position);
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
	uint32_t pos = first_pos + tok->pos, i;
	const struct memo *e;
	enum status st;

	/* the parts of a compound and the compound joined come out of order: they wait for each other */
	if (m->nfound > 0 && pos > m->found[0].pos &&
	    (tok->compound == 0 || tok->compound != m->found_compound)) {
		st = marker_flush(m, text);
		if (st != ST_OK)
			return st;
	}
	if (tok->len == 0 || !m->filter_lang.first[(unsigned char)tok->term[0]])
		return ST_OK;
	st = recall(m, an, tok, &e, err);
	if (st != ST_OK)
		return st;
	for (i = 0; i < e->n; i++) {
		if (grow((void **)&m->found, &m->found_cap, m->nfound, sizeof(*m->found)) != ST_OK)
			return ST_NOMEM;
		m->found[m->nfound++] = (struct found){ m->lists[e->from + i], pos,
			offset + tok->start, offset + tok->end };
		m->found_compound = tok->compound;
	}
	return ST_OK;
}
