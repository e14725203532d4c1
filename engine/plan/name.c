/* SPDX-License-Identifier: GPL-2.0-or-later
 *
 * Other spellings of a name, by the names that the articles of the index have
 * (taught.h) and the keys that they share (namekey.h).
 *
 * What is typed is a name when half of the articles that have the word have it as
 * one, or when none has it and it was typed as one is; what is found for it
 * when more than half of its articles do. What the lexicon knows, places above
 * all, is neither.
 */
#include <stdlib.h>
#include <string.h>

#include <unicode/uchar.h>

#include "base/utf8.h"
#include "engine/plan/name.h"
#include "engine/store/schema.h"
#include "engine/text/namekey.h"
#include "engine/text/words.h"

#define NAMES_MAX 8        /* spellings of one name, the most frequent */
#define WALK_MAX 1000      /* names with one key that are looked at */

struct spelling { const char *text; size_t len; uint32_t freq; };

/* The typed word: folded, and folded in Latin letters. */
struct name {
	const char *word, *latin;
	size_t len, latin_len;
	enum latin_script script;
	bool has_latin;            /* and is looked for by those as well */
	uint32_t freq;
	struct namekey key[NAMEKEY_READINGS];
	size_t nkeys;
	struct spelling found[NAMES_MAX];
	size_t n;
};

/* WORD in Latin letters, in the arena. */
static enum status
latin_form(struct planner *pl, const char *word, size_t len, struct name *out)
{
	const char *latin;
	enum status st = analyse_latin(pl->an, word, len, &out->script, &latin, &out->latin_len, pl->err);

	if (st != ST_OK)
		return st;
	out->word = word;
	out->len = len;
	out->latin = arena_string(pl->arena, latin, out->latin_len);
	return out->latin != NULL ? ST_OK : error_nomem(pl->err);
}

/* XK + KEY, tab, WORD (which may be empty). */
static enum status
key_term(struct planner *pl, const struct namekey *key, const char *word, size_t len, struct near_term *out)
{
	buf_clear(&pl->work);
	schema_name_key(&pl->work, key, word, len);
	out->len = pl->work.len;
	out->text = arena_string(pl->arena, buf_str(&pl->work), out->len);
	return buf_status(&pl->work) == ST_OK && out->text != NULL ? ST_OK : error_nomem(pl->err);
}

/* How many articles have WORD. */
static enum status
freq_of(struct planner *pl, const char *word, size_t len, uint32_t *freq)
{
	struct near_term term;
	enum status st = planner_term(pl, WANTED_TERM, "", word, len, &term);

	return st == ST_OK ? planner_freq(pl, &term, freq) : st;
}

/* Whether the lexicon has WORD, in full and not as a person's. */
static bool
in_lexicon(const struct lexicon *lx, const char *word, size_t len)
{
	uint32_t name;

	for (name = lexicon_names_of_word(lx, word, len); name != LEXICON_NONE; name = lexicon_name(lx, name)->next)
		if (lexicon_name(lx, name)->class != LEXICON_ACRONYM &&
		    !lexicon_entity(lx, lexicon_name(lx, name)->entity)->person)
			return true;
	return false;
}

static bool
found(const struct name *name, const char *word, size_t len)
{
	size_t i;

	for (i = 0; i < name->n; i++)
		if (name->found[i].len == len && memcmp(name->found[i].text, word, len) == 0)
			return true;
	return false;
}

/* Keeps the most frequent ones. */
static void
keep(struct name *name, const struct spelling *s)
{
	size_t at;

	for (at = name->n; at > 0 && name->found[at - 1].freq < s->freq; at--)
		;
	if (at == NAMES_MAX)
		return;
	if (name->n == NAMES_MAX)
		name->n--;
	memmove(name->found + at + 1, name->found + at, (name->n - at) * sizeof(*s));
	name->found[at] = *s;
	name->n++;
}

/* WORD, which NAMED articles have as a name with a key of NAME's. */
static enum status
consider(struct planner *pl, struct name *name, const char *word, size_t len, uint32_t named)
{
	struct spelling s = { NULL, len, 0 };
	struct name other;
	enum status st;

	if ((len == name->len && memcmp(word, name->word, len) == 0) ||
	    (name->has_latin && len == name->latin_len && memcmp(word, name->latin, len) == 0))
		return ST_OK;
	if (in_lexicon(pl->lexicon, word, len))
		return ST_OK;
	s.text = arena_string(pl->arena, word, len);
	if (s.text == NULL)
		return error_nomem(pl->err);
	st = latin_form(pl, s.text, len, &other);
	if (st != ST_OK)
		return st;
	/* Its Latin letters stand in the index where it does, and come before it. */
	if (found(name, other.latin, other.latin_len) || found(name, word, len) ||
	    (other.script != LATIN_ABJAD && other.latin_len == name->len &&
	     memcmp(other.latin, name->word, name->len) == 0))
		return ST_OK;
	if (!namekey_alike(name->latin, name->latin_len, name->script, other.latin, other.latin_len, other.script))
		return ST_OK;
	st = freq_of(pl, s.text, len, &s.freq);
	if (st == ST_OK && named > s.freq - named)
		keep(name, &s);
	return st;
}

static enum status
walk(struct planner *pl, struct name *name, const struct namekey *key)
{
	struct xap_terms *terms = NULL;
	struct near_term head;
	const char *term;
	size_t len, i;
	uint32_t freq;
	enum status st = key_term(pl, key, "", 0, &head);

	if (st == ST_OK)
		st = xap_terms_open(&terms, pl->db, head.text, head.len, pl->err);
	for (i = 0; i < WALK_MAX && st == ST_OK; i++) {
		st = xap_terms_next(terms, &term, &len, &freq, pl->err);
		if (st != ST_OK || term == NULL)
			break;
		st = consider(pl, name, term + head.len, len - head.len, freq);
	}
	xap_terms_free(terms);
	return st;
}

/* Whether TOK, which no article has, was typed as a name: with a capital, but not in nothing else, as acronyms
 * are. Of other scripts it is taken for one either way: few words of theirs are in the index at all. */
static bool
typed_as_name(const struct node *node, const struct words_token *tok, enum latin_script script)
{
	uint32_t cp = 0;

	if (script != LATIN_NONE)
		return true;
	if (!(tok->flags & TOKEN_CAPS))
		utf8_next(node->text + tok->start, tok->end - tok->start, &cp);
	return u_isupper((UChar32)cp) || u_istitle((UChar32)cp);
}

/* Whether NAME, which was typed, is to be taken for one. */
static enum status
is_name(struct planner *pl, const struct node *node, const struct words_token *tok, struct name *name, bool *yes)
{
	struct near_term term;
	uint32_t named = 0, freq;
	enum status st = ST_OK;
	size_t i;

	for (i = 0; i < name->nkeys && st == ST_OK; i++) {
		st = key_term(pl, &name->key[i], name->word, name->len, &term);
		if (st == ST_OK)
			st = planner_freq(pl, &term, &freq);
		if (st == ST_OK && freq > named)
			named = freq;
	}
	if (st == ST_OK)
		st = freq_of(pl, name->word, name->len, &name->freq);
	*yes = name->freq > 0 ? named >= name->freq - named : typed_as_name(node, tok, name->script);
	return st;
}

/* Whether NAME, which no article has, is rather a slip: one letter from a word that is as frequent as all that
 * was found, and not among it. A first letter is seldom a slip. */
static enum status
is_slip(struct planner *pl, const struct name *name, bool *yes)
{
	struct wordtable_similar near[WORDTABLE_SIMILAR_MAX];
	const struct vocabulary *words;
	size_t n = 0, i;
	uint32_t freq;
	enum status st;

	*yes = false;
	if (name->freq > 0 || name->n == 0 || name->script != LATIN_NONE)
		return ST_OK;
	st = store_words(pl->store, &words, pl->err);
	if (st == ST_OK && words != NULL)
		n = vocabulary_similar(words, name->word, name->len, 0, near);
	for (i = 0; i < n && st == ST_OK && !*yes; i++) {
		if (near[i].first || found(name, near[i].text, near[i].len))
			continue;
		st = freq_of(pl, near[i].text, near[i].len, &freq);
		*yes = st == ST_OK && freq >= name->found[0].freq;
	}
	return st == ST_CORRUPT ? ST_OK : st;   /* what is damaged is told with the corrections */
}

/* Whether an alias of the word has S already. */
static bool
listed(const struct readings *list, const char *prefix, const struct spelling *s)
{
	size_t i, k = strlen(prefix);

	for (i = 0; i < list->n; i++) {
		const struct near_operand *op = &list->v[i].phrase.operand;
		const struct near_term *t = op->nitems == 1 && op->items[0].nparts == 1 ? op->items[0].parts[0].terms : NULL;

		if (t != NULL && t->len == k + s->len && memcmp(t->text + k, s->text, s->len) == 0)
			return true;
	}
	return false;
}

static enum status
add_spellings(struct planner *pl, const struct node *node, const struct name *name, struct readings *out)
{
	uint32_t articles;
	const struct plan_context ctx = { .literal = true, .again = true };
	struct words w;
	enum status st = xap_db_count(pl->db, &articles, pl->err);
	size_t i;

	for (i = 0; i < name->n && st == ST_OK; i++) {
		const struct spelling *s = &name->found[i];
		struct reading r = { .kind = READING_NAME, .stands_for = s->text, .factor = readings_below(articles, name->freq, s->freq) };

		if (listed(out, match_prefix(node), s))
			continue;
		st = words_read(pl, ctx, s->text, s->len, false, &w);
		if (st == ST_OK)
			st = words_phrase(pl, ctx, node, &w, &r.phrase);
		if (st == ST_OK && r.phrase.nwords == 1)
			st = readings_add(pl, out, &r);
	}
	return st;
}

enum status
plan_name_add(struct planner *pl, const struct node *node, const struct words *w, struct readings *out)
{
	const struct words_token *tok = w->tok;
	struct name name = { .n = 0 };
	enum status st;
	bool yes;
	size_t i;

	if (!pl->opt.alias || pl->delta || node->kind != NODE_WORD || w->n == 0 || tok->kind != TOKEN_WORD ||
	    tok->compound != 0 || words_item_end(w, 0) != w->n || words_stop_word(tok->term, tok->len))
		return ST_OK;
	st = latin_form(pl, tok->term, tok->len, &name);
	if (st != ST_OK)
		return st;
	name.has_latin = w->n > 1 && (tok[1].flags & TOKEN_LATIN);
	name.nkeys = namekey_make(name.latin, name.latin_len, name.script, name.key);
	if (name.nkeys == 0 || in_lexicon(pl->lexicon, tok->term, tok->len))
		return ST_OK;
	st = is_name(pl, node, tok, &name, &yes);
	if (st != ST_OK || !yes)
		return st;
	for (i = 0; i < name.nkeys && st == ST_OK; i++)
		st = walk(pl, &name, &name.key[i]);
	if (st == ST_OK)
		st = is_slip(pl, &name, &yes);
	return st == ST_OK && !yes ? add_spellings(pl, node, &name, out) : st;
}
