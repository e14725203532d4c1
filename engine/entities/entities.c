/* SPDX-License-Identifier: GPL-2.0-or-later */
#include "engine/entities/entities.h"

#include <stdlib.h>
#include <string.h>

#include <unicode/uchar.h>

#include "base/grow.h"
#include "base/hash.h"
#include "base/map.h"
#include "base/utf8.h"
#include "engine/text/sentences.h"

#define TEXTS_MAX 2

/* How much of a text has to be in small letters for its capitals to say something: in percent of its words. */
#define TITLE_SMALL 25
#define CAPS_ALL 80

/* A name that was found, and the verdict of the words around it. */
struct found { uint32_t name; size_t at; unsigned text; enum verdict verdict; };

struct entities {
	const struct lexicon *lx;
	struct judge_word *word;             /* of all texts */
	size_t nwords, words_cap;
	struct { const char *text; size_t len, first, small, caps; } text[TEXTS_MAX];
	unsigned ntexts;
	struct found *found;
	size_t nfound, found_cap;
	struct mention *mention;
	size_t nmentions, mentions_cap;
	uint32_t *person;              /* words that are persons' names in this article */
	size_t npersons, persons_cap;
	struct map persons;            /* their indexes */
	int *hints, *sure;             /* by entity: words that speak for it, mentions that are clear */
	size_t nentities;
};

struct entities *
entities_new(void)
{
	return calloc(1, sizeof(struct entities));
}

void
entities_free(struct entities *e)
{
	if (e == NULL)
		return;
	free(e->word);
	free(e->found);
	free(e->mention);
	free(e->person);
	map_fini(&e->persons);
	free(e->hints);
	free(e->sure);
	free(e);
}

enum status
entities_begin(struct entities *e, const struct lexicon *lx)
{
	size_t n = lexicon_entities(lx);

	if (e->hints == NULL || n > e->nentities) {
		free(e->hints);
		free(e->sure);
		e->hints = malloc((n + 1) * sizeof(*e->hints));
		e->sure = malloc((n + 1) * sizeof(*e->sure));
		e->nentities = e->hints != NULL && e->sure != NULL ? n : 0;
		if (e->hints == NULL || e->sure == NULL)
			return ST_NOMEM;
	}
	memset(e->hints, 0, n * sizeof(*e->hints));
	memset(e->sure, 0, n * sizeof(*e->sure));
	e->lx = lx;
	e->nwords = e->nfound = e->nmentions = e->npersons = 0;
	map_clear(&e->persons);
	e->ntexts = 0;
	return ST_OK;
}

void
entities_text(struct entities *e, const char *text, size_t len)
{
	e->text[e->ntexts].text = text;
	e->text[e->ntexts].len = len;
	e->text[e->ntexts].first = e->nwords;
	e->text[e->ntexts].small = e->text[e->ntexts].caps = 0;
	e->ntexts++;
}

/* ---- words ---- */

static bool
is_capital(const char *text, const struct token *tok)
{
	unsigned char c = (unsigned char)text[tok->start];
	uint32_t cp;

	if (c < 0x80)
		return c >= 'A' && c <= 'Z';
	utf8_next(text + tok->start, tok->end - tok->start, &cp);
	return !u_islower((UChar32)cp);
}

/* Whether the LEN bytes that follow a word make it the owner of what comes. */
static bool
owns(const char *text, size_t len)
{
	return (len > 2 && memcmp(text, "'s", 2) == 0) || (len > 4 && memcmp(text, "\u2019s", 4) == 0);
}

/* Tells of two words what stands between them, from FROM to TO of a text: BEFORE is the first, the flags of the
 * second are returned. What a line, a colon or a quotation mark opens may have a capital as a sentence has. */
static unsigned
look_between(const char *text, size_t len, uint32_t from, uint32_t to, struct judge_word *before)
{
	uint32_t i;

	if (to == from + 1 && (text[from] == ' ' || text[from] == '-'))
		return JUDGE_ADJACENT;
	if (owns(text + from, to - from))
		before->flags |= JUDGE_OWNER;
	if (to > from && text[from] == ',')
		before->flags |= JUDGE_COMMA;
	for (i = from; i < to; i++)
		if (text[i] == '\n' || text[i] == ':' || text[i] == '"')
			return JUDGE_START;
	if (sentences_begin_at(text, len, to))
		return JUDGE_START;
	return to - from == 2 && memcmp(text + from, ". ", 2) == 0 ? JUDGE_ADJACENT : 0;
}

static bool
has_words(const struct entities *e)
{
	return e->nwords > e->text[e->ntexts - 1].first;
}

enum status
entities_token(struct entities *e, const struct token *tok, uint32_t pos)
{
	struct judge_word *words, *w;
	const char *text = e->text[e->ntexts - 1].text;
	size_t len = e->text[e->ntexts - 1].len;
	uint32_t i;

	if (tok->flags & (TOKEN_JOINED | TOKEN_ALSO))
		return ST_OK;
	words = grow(e->word, &e->words_cap, e->nwords, sizeof(*words));
	if (words == NULL)
		return ST_NOMEM;
	e->word = words;
	w = &words[e->nwords];
	*w = (struct judge_word){ lexicon_word(e->lx, tok->term, tok->len), tok->start, tok->end, pos, 0, 0 };
	w->kinds = lexicon_word_kinds(e->lx, w->word);
	if (is_capital(text, tok))
		w->flags |= JUDGE_CAPITAL;
	if (tok->flags & TOKEN_CAPS)
		w->flags |= JUDGE_CAPS;
	if (tok->len == 1)
		w->flags |= JUDGE_INITIAL;
	w->flags |= has_words(e) ? look_between(text, len, w[-1].end, tok->start, &w[-1]) : JUDGE_START;
	e->nwords++;
	if (tok->kind == TOKEN_WORD) {
		e->text[e->ntexts - 1].small += (w->flags & JUDGE_CAPITAL) == 0;
		e->text[e->ntexts - 1].caps += (w->flags & JUDGE_CAPS) || (tok->len == 1 && (w->flags & JUDGE_CAPITAL));
	}
	if (w->kinds & LEXICON_WORD_HINT)
		for (i = 0; lexicon_hinted(e->lx, w->word, i) != LEXICON_NONE; i++)
			e->hints[lexicon_hinted(e->lx, w->word, i)]++;
	return ST_OK;
}

struct judge_text
entities_words(const struct entities *e, unsigned k)
{
	size_t first = e->text[k].first, end = k + 1 < e->ntexts ? e->text[k + 1].first : e->nwords;
	struct judge_text t = { e->word + first, end - first, LETTERS_MIXED };

	if (e->text[k].caps * 100 >= t.n * CAPS_ALL && t.n > 1)
		t.letters = LETTERS_CAPS;
	else if (e->text[k].small * 100 < t.n * TITLE_SMALL)
		t.letters = LETTERS_TITLE;
	return t;
}

/* ---- names ---- */

/* The name that is meant among the names that end at NODE and have their capitals; LEXICON_NONE: there is none. */
static uint32_t
choose(const struct judge *j, const struct judge_text *t, size_t at, uint32_t node)
{
	uint32_t i, best = LEXICON_NONE;
	int best_score = 0;

	for (i = lexicon_names_at(j->lx, node); i != LEXICON_NONE; i = lexicon_name(j->lx, i)->next) {
		const struct lexicon_name *n = lexicon_name(j->lx, i);
		bool alone = n->next == LEXICON_NONE && best == LEXICON_NONE && !(n->care & LEXICON_HOMONYM);
		int score;

		if (!judge_letters(j, t, at, i))
			continue;
		if (lexicon_entity(j->lx, n->entity)->skip)
			return i;
		score = alone ? 0 : judge_score(j, t, at, at + n->nwords, n->entity);
		if ((n->care & LEXICON_HOMONYM) && score <= 0)
			continue;
		if (best != LEXICON_NONE && score <= best_score)
			continue;
		best = i;
		best_score = score;
	}
	return best;
}

/* The longest name that begins at AT. *N is how many words it has, at least 1. */
static uint32_t
longest(const struct judge *j, const struct judge_text *t, size_t at, size_t *n)
{
	uint32_t node = LEXICON_ROOT, name, best = LEXICON_NONE;
	size_t i;

	*n = 1;
	for (i = at; i < t->n && t->word[i].word != LEXICON_NONE; i++) {
		/* No name goes on over the end of a sentence. */
		if (i > at && (t->word[i].flags & JUDGE_START))
			break;
		node = lexicon_step(j->lx, node, t->word[i].word);
		if (node == LEXICON_NONE)
			break;
		if (lexicon_names_at(j->lx, node) == LEXICON_NONE)
			continue;
		name = choose(j, t, at, node);
		if (name == LEXICON_NONE)
			continue;
		best = name;
		*n = i + 1 - at;
	}
	return best;
}

static enum status
add_found(struct entities *e, const struct found *f)
{
	struct found *more = grow(e->found, &e->found_cap, e->nfound, sizeof(*more));

	if (more == NULL)
		return ST_NOMEM;
	e->found = more;
	more[e->nfound++] = *f;
	return ST_OK;
}

static bool
is_word(const void *of, uint32_t number, const void *key)
{
	const struct entities *e = of;
	const uint32_t *word = key;

	return e->person[number] == *word;
}

static uint32_t
hash_word(uint32_t word)
{
	return hash_bytes((const char *)&word, sizeof(word));
}

static bool
is_person(const struct entities *e, uint32_t word)
{
	return map_find(&e->persons, hash_word(word), is_word, e, &word) != MAP_NONE;
}

static enum status
add_person(struct entities *e, uint32_t word)
{
	uint32_t *more;

	if (is_person(e, word))
		return ST_OK;
	more = grow(e->person, &e->persons_cap, e->npersons, sizeof(*more));
	if (more == NULL)
		return ST_NOMEM;
	e->person = more;
	more[e->npersons] = word;
	return map_add(&e->persons, hash_word(word), (uint32_t)e->npersons++);
}

static enum status
find_names(struct entities *e, unsigned k)
{
	const struct judge j = { e->lx, e->hints };
	const struct judge_text t = entities_words(e, k);
	enum status st = ST_OK;
	size_t at, n;

	for (at = 0; at < t.n && st == ST_OK; at += n) {
		uint32_t name = longest(&j, &t, at, &n);
		struct found f = { name, at, k, VERDICT_NO };

		if (name == LEXICON_NONE)
			continue;
		if (lexicon_entity(e->lx, lexicon_name(e->lx, name)->entity)->skip) {
			if (lexicon_entity(e->lx, lexicon_name(e->lx, name)->entity)->person)
				st = add_person(e, t.word[at + n - 1].word);
			continue;
		}
		f.verdict = judge_name(&j, &t, at, name);
		if (f.verdict == VERDICT_PERSON)
			st = add_person(e, t.word[at].word);
		else if (f.verdict != VERDICT_NO)
			st = add_found(e, &f);
	}
	return st;
}

/* ---- the article as a whole ---- */

static enum status
add_mention(struct entities *e, const struct found *f, uint32_t name)
{
	const struct lexicon_name *n = lexicon_name(e->lx, name);
	const struct judge_word *first = e->word + e->text[f->text].first + f->at, *last = first + n->nwords - 1;
	struct mention *more = grow(e->mention, &e->mentions_cap, e->nmentions, sizeof(*more));

	if (more == NULL)
		return ST_NOMEM;
	e->mention = more;
	more[e->nmentions++] = (struct mention){ first->pos, last->pos - first->pos + 1, first->start, last->end,
						 n->entity, n->class, f->text };
	return ST_OK;
}

/* A capital may stand for more than one government: Brussels. */
static enum status
add_mentions(struct entities *e, const struct found *f)
{
	const struct lexicon_name *n = lexicon_name(e->lx, f->name);
	enum status st = add_mention(e, f, f->name);
	uint32_t i;

	for (i = n->next; i != LEXICON_NONE && n->class == LEXICON_CAPITAL && st == ST_OK; i = lexicon_name(e->lx, i)->next)
		if (lexicon_name(e->lx, i)->class == LEXICON_CAPITAL && !(lexicon_name(e->lx, i)->care & LEXICON_HOMONYM))
			st = add_mention(e, f, i);
	return st;
}

/* A name that a person of this article has is the place's only where the words near it say so. */
static void
doubt_persons(struct entities *e)
{
	const struct judge j = { e->lx, e->hints };
	size_t i;

	for (i = 0; i < e->nfound; i++) {
		struct found *f = &e->found[i];
		const struct lexicon_name *n = lexicon_name(e->lx, f->name);

		const struct judge_text t = entities_words(e, f->text);

		if (f->verdict == VERDICT_YES && (n->care & LEXICON_GIVEN) && n->nwords == 1 &&
		    is_person(e, t.word[f->at].word) && judge_context(&j, &t, f->at, f->at + 1, n->entity) <= 0)
			f->verdict = VERDICT_NO;
		if (f->verdict >= VERDICT_PLACE && n->class != LEXICON_CAPITAL)
			e->sure[n->entity]++;
	}
}

enum status
entities_finish(struct entities *e, const struct mention **out, size_t *n)
{
	enum status st = ST_OK;
	unsigned k;
	size_t i;

	for (k = 0; k < e->ntexts && st == ST_OK; k++)
		st = find_names(e, k);
	doubt_persons(e);
	for (i = 0; i < e->nfound && st == ST_OK; i++) {
		const struct found *f = &e->found[i];
		uint32_t entity = lexicon_name(e->lx, f->name)->entity;

		if (f->verdict == VERDICT_NO)
			continue;
		if (f->verdict != VERDICT_PERHAPS || e->sure[entity] > 0 || e->hints[entity] > 0)
			st = add_mentions(e, f);
	}
	*out = e->mention;
	*n = e->nmentions;
	return st;
}
