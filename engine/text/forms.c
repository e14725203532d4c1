/* SPDX-License-Identifier: GPL-2.0-or-later
 *
 * Further forms of a word: its stems, and how it is written in Latin letters.
 */
#include "engine/text/analyser.h"
#include "engine/text/words.h"

const char *
analyse_stem_lang(const char *lang)
{
	return stems_code(lang);
}

static bool
letters_only(const char *term, size_t len)
{
	size_t i;

	for (i = 0; i < len; i++) {
		if (term[i] < 'a' || term[i] > 'z')
			return false;
	}
	return true;
}

static bool
has_digit(const char *term, size_t len)
{
	size_t i;

	for (i = 0; i < len; i++) {
		if (term[i] >= '0' && term[i] <= '9')
			return true;
	}
	return false;
}

/* F-35s: the plural of F-35, in small letters behind a digit or a capital. */
static bool
plural_designator(const struct analyser *an, const struct token *tok)
{
	const char *end = an->text + tok->end;

	return tok->kind == TOKEN_DESIGNATOR && tok->len > 2 && tok->len < ANALYSE_WORD_MAX &&
	       end[-1] == 's' && (end[-2] < 'a' || end[-2] > 'z');
}

/* Whether TOK is stemmed: not grams, numbers and words of two letters, and not
 * stop words, whose stems would take a tenth of the index. */
static bool
has_stem(const struct token *tok)
{
	switch (tok->kind) {
	case TOKEN_GRAM:
	case TOKEN_NUMBER:
		return false;
	case TOKEN_DESIGNATOR:
		return true;
	case TOKEN_WORD:
		break;
	}
	return tok->len > 2 && !words_stop_word(tok->term, tok->len);
}

enum status
analyse_stems(struct analyser *an, const struct token *tok, struct stem stems[ANALYSE_STEMS_MAX],
	      size_t *n, struct error *err)
{
	struct stem *s = stems;
	enum status st = ST_OK;

	*n = 0;
	if (!has_stem(tok))
		return ST_OK;
	*s = (struct stem){ tok->term, tok->len };
	if (tok->kind == TOKEN_WORD && letters_only(tok->term, tok->len))
		st = stems_word(an->stems, "en", tok->term, tok->len, &s->text, &s->len, err);
	s++;
	if (st == ST_OK && plural_designator(an, tok))
		*s++ = (struct stem){ tok->term, tok->len - 1 };
	if (st == ST_OK && an->lang != NULL && tok->kind == TOKEN_WORD && !(tok->flags & TOKEN_LATIN) &&
	    !has_digit(tok->term, tok->len)) {
		st = stems_word(an->stems, an->lang, tok->exact, tok->exact_len, &s->text, &s->len, err);
		s++;
	}
	if (st == ST_OK)
		*n = (size_t)(s - stems);
	return st;
}

enum status
analyse_latin(struct analyser *an, const char *term, size_t len, enum latin_script *script,
	      const char **latin, size_t *n, struct error *err)
{
	*script = latin_script(term, len);
	*latin = term;
	*n = len;
	return *script == LATIN_NONE ? ST_OK : latin_word(an->latin, *script, term, len, latin, n, err);
}
