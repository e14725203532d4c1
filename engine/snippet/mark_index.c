/* SPDX-License-Identifier: GPL-2.0-or-later */
#include "engine/snippet/mark_index.h"

#include <stdlib.h>
#include <string.h>

#include "base/grow.h"
#include "base/hash.h"
#include "base/map.h"
#include "engine/text/words.h"

#define MEMO_MAX 768
#define NO_ENTRY UINT32_MAX

struct memo {
	uint32_t key, key_len;     /* in entries.keys */
	uint32_t from, n;          /* in entries.lists */
};

struct mark_index {
	struct mark_entry *all;
	size_t n, cap;
	uint32_t bucket[256];              /* by the first byte of what they look for */
	uint32_t anywhere;                 /* those whose tokens may begin with another byte */
	struct analyse_filter filter;      /* what any article needs */
	struct analyse_filter filter_lang; /* what the article at hand needs */
	char lang[4];                      /* its stemmed language, "" for English alone */

	struct memo memo[MEMO_MAX];        /* of the words that were looked up */
	size_t nmemo;
	struct map known;                  /* indexes of the memos, by word */
	struct buf keys, key;
	uint32_t *lists;
	size_t nlists, lists_cap;
};

enum status
mark_index_new(struct mark_index **out)
{
	*out = calloc(1, sizeof(**out));
	return *out != NULL ? ST_OK : ST_NOMEM;
}

void
mark_index_free(struct mark_index *p)
{
	if (p == NULL)
		return;
	free(p->all);
	map_fini(&p->known);
	buf_fini(&p->keys);
	buf_fini(&p->key);
	free(p->lists);
	free(p);
}

static void
forget_words(struct mark_index *p)
{
	map_clear(&p->known);
	p->nmemo = 0;
	p->nlists = 0;
	buf_clear(&p->keys);
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

/* Lets words through that may match W: words that begin as W does, and, where folding
 * changes W's beginning, words that begin as its folded form does. */
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
add_entry(struct mark_index *p, struct analyser *an, const struct mark *mark, uint32_t index, struct error *err)
{
	const struct mark_word *w = &mark->word[index];
	struct mark_entry *entry;
	uint32_t *head;

	entry = grow(p->all, &p->cap, p->n, sizeof(*entry));
	if (entry == NULL)
		return ST_NOMEM;
	p->all = entry;
	entry += p->n;
	head = w->kind == MARK_EXACT || stem_lang(w) > 0 ? &p->anywhere : &p->bucket[(unsigned char)w->text[0]];
	*entry = (struct mark_entry){ w, mark, index, *head };
	*head = (uint32_t)p->n++;
	return stem_lang(w) == 0 ? filter_add(&p->filter, an, w, err) : ST_OK;
}

enum status
mark_index_query(struct mark_index *p, struct analyser *an, const struct mark *marks, size_t nmarks,
	     struct error *err)
{
	enum status st = ST_OK;
	size_t i, k;

	p->n = 0;
	p->anywhere = NO_ENTRY;
	memset(p->bucket, 0xFF, sizeof(p->bucket));   /* NO_ENTRY */
	memset(&p->filter, 0, sizeof(p->filter));
	p->filter.skip = true;
	p->lang[0] = '\0';
	forget_words(p);
	for (i = 0; i < nmarks && st == ST_OK; i++)
		for (k = 0; k < marks[i].nwords && st == ST_OK; k++)
			st = add_entry(p, an, &marks[i], (uint32_t)k, err);
	return st;
}

static void
use_lang(struct mark_index *p, const char *lang)
{
	const bool prefixes = words_language(lang)->prefixes;
	uint32_t i;

	for (i = p->anywhere; i != NO_ENTRY; i = p->all[i].next) {
		const struct mark_word *w = p->all[i].word;

		if (stem_lang(w) == 0 || !of_lang(w, lang))
			continue;
		p->filter_lang.first[(unsigned char)w->text[3]] = true;
		/* a stem that keeps its accents may come from a word whose folded form has lost them */
		if (prefixes || (unsigned char)w->text[3] >= 0x80)
			memset(p->filter_lang.first, 1, sizeof(p->filter_lang.first));
	}
}

void
mark_index_article(struct mark_index *p, const char *lang)
{
	const char *code = analyse_stem_lang(lang);

	if (code == NULL || strcmp(code, "en") == 0 || strlen(code) >= sizeof(p->lang))
		code = "";
	if (strcmp(code, p->lang) != 0) {
		forget_words(p);
		strcpy(p->lang, code);
	}
	p->filter_lang = p->filter;
	if (p->lang[0] != '\0')
		use_lang(p, p->lang);
}

const struct analyse_filter *
mark_index_filter(const struct mark_index *p)
{
	return &p->filter_lang;
}

const struct mark_entry *
mark_index_all(const struct mark_index *p, size_t *n)
{
	*n = p->n;
	return p->all;
}

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

/* Appends the entries of TOK to the lists. */
static enum status
look_up(struct mark_index *p, struct analyser *an, const struct token *tok, struct error *err)
{
	uint32_t heads[2] = { p->bucket[(unsigned char)tok->term[0]], p->anywhere };
	struct stem stems[ANALYSE_STEMS_MAX];
	size_t nstems = 0, h;
	bool stemmed = false;
	enum status st;
	uint32_t i, *lists;

	for (h = 0; h < 2; h++) {
		for (i = heads[h]; i != NO_ENTRY; i = p->all[i].next) {
			const struct mark_word *w = p->all[i].word;

			if (!of_lang(w, p->lang))
				continue;
			if (w->kind == MARK_STEM && !stemmed) {
				st = analyse_stems(an, tok, stems, &nstems, err);
				if (st != ST_OK)
					return st;
				stemmed = true;
			}
			if (!fits(w, tok, stems, nstems))
				continue;
			lists = grow(p->lists, &p->lists_cap, p->nlists, sizeof(*lists));
			if (lists == NULL)
				return ST_NOMEM;
			p->lists = lists;
			lists[p->nlists++] = i;
		}
	}
	return ST_OK;
}

/* All that decides about a word: its kind and case, its folded form, its spelling. */
static enum status
make_key(struct mark_index *p, const struct token *tok)
{
	buf_clear(&p->key);
	buf_addc(&p->key, (char)('a' + tok->kind * 2 + ((tok->flags & TOKEN_CAPS) != 0)));
	buf_add(&p->key, tok->term, tok->len);
	if (!same(tok->term, tok->len, tok->exact, tok->exact_len)) {
		buf_addc(&p->key, '\0');
		buf_add(&p->key, tok->exact, tok->exact_len);
	}
	return buf_status(&p->key);
}

static bool
is_word(const void *index, uint32_t number, const void *key)
{
	const struct mark_index *p = index;
	const struct memo *e = &p->memo[number];
	const struct buf *k = key;

	return same(p->keys.data + e->key, e->key_len, k->data, k->len);
}

/* Looks up the word that p->key is of, which is not known yet. */
static enum status
learn(struct mark_index *p, struct analyser *an, const struct token *tok, uint32_t hash, struct error *err)
{
	struct memo e;
	enum status st;

	if (p->nmemo == MEMO_MAX)
		forget_words(p);
	e = (struct memo){ (uint32_t)p->keys.len, (uint32_t)p->key.len, (uint32_t)p->nlists, 0 };
	st = look_up(p, an, tok, err);
	if (st != ST_OK)
		return st;
	e.n = (uint32_t)p->nlists - e.from;
	buf_add(&p->keys, p->key.data, p->key.len);
	st = buf_status(&p->keys);
	if (st == ST_OK)
		st = map_add(&p->known, hash, (uint32_t)p->nmemo);
	if (st == ST_OK)
		p->memo[p->nmemo++] = e;
	return st;
}

enum status
mark_index_find(struct mark_index *p, struct analyser *an, const struct token *tok,
	    const uint32_t **list, size_t *n, struct error *err)
{
	enum status st = make_key(p, tok);
	const struct memo *e;
	uint32_t hash, at;

	if (st != ST_OK)
		return st;
	hash = hash_bytes(p->key.data, p->key.len);
	at = map_find(&p->known, hash, is_word, p, &p->key);
	if (at == MAP_NONE)
		st = learn(p, an, tok, hash, err);
	if (st != ST_OK)
		return st;
	e = &p->memo[at != MAP_NONE ? at : p->nmemo - 1];
	*list = e->n > 0 ? p->lists + e->from : NULL;
	*n = e->n;
	return ST_OK;
}
