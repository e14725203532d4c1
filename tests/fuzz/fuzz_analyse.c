/* SPDX-License-Identifier: GPL-2.0-or-later
 *
 * Analysis of any bytes. The first byte chooses the language and whether a
 * filter is used; what comes out must be in order, inside the text, folded,
 * cut, and the same for every way of asking.
 */
#include <stdint.h>
#include <stdlib.h>
#include <string.h>

#include "base/utf8.h"
#include "engine/text/acronyms.h"
#include "engine/text/analyse.h"
#include "engine/text/namekey.h"

int LLVMFuzzerTestOneInput(const uint8_t *data, size_t len);

static void
must(bool what)
{
	if (!what)
		abort();
}

static void
check_strings(const struct token *tok)
{
	size_t i;

	must(tok->len > 0 && tok->exact_len > 0);
	must(utf8_valid(tok->term, tok->len) == tok->len);
	must(utf8_valid(tok->exact, tok->exact_len) == tok->exact_len);
	must(utf8_count(tok->term, tok->len) <= ANALYSE_WORD_MAX);
	must(utf8_count(tok->exact, tok->exact_len) <= ANALYSE_WORD_MAX);
	for (i = 0; i < tok->len; i++)
		must(!(tok->term[i] >= 'A' && tok->term[i] <= 'Z') && (unsigned char)tok->term[i] > ' ');
}

static void
check_place(const struct token *tok, const struct token *before, size_t len)
{
	must(tok->start < tok->end && tok->end <= len);
	must(tok->pos == before->pos || tok->pos == before->pos + 1);
	if (tok->pos == before->pos)
		must(tok->flags & (TOKEN_JOINED | TOKEN_ALSO));
	if (!(tok->flags & (TOKEN_JOINED | TOKEN_ALSO)))
		must(tok->start >= before->start);
	must((tok->compound != 0) == ((tok->flags & (TOKEN_PART | TOKEN_JOINED)) != 0));
}

/* A word alone is the same word, unless joined from several. */
static void
check_alone(struct analyser *alone, const struct token *tok, const char *text, const char *lang)
{
	struct token again;
	bool got;

	if (tok->flags & (TOKEN_JOINED | TOKEN_ALSO))
		return;
	must(analyse_begin(alone, text + tok->start, tok->end - tok->start, lang, NULL, NULL) == ST_OK);
	must(analyse_next(alone, &again, &got, NULL) == ST_OK && got);
	must(again.len == tok->len && memcmp(again.term, tok->term, tok->len) == 0);
}

static void
check_text(struct analyser *an[3], const char *text, size_t len, const char *lang,
	   const struct analyse_filter *filter)
{
	struct token tok, some, before = { .pos = UINT32_MAX };
	struct stem stems[ANALYSE_STEMS_MAX];
	bool got, also;
	size_t n;

	must(analyse_begin(an[0], text, len, lang, NULL, NULL) == ST_OK);
	must(analyse_begin(an[1], text, len, lang, filter, NULL) == ST_OK);
	for (;;) {
		must(analyse_next(an[0], &tok, &got, NULL) == ST_OK);
		must(analyse_next(an[1], &some, &also, NULL) == ST_OK);
		must(got == also);
		if (!got)
			break;
		check_strings(&tok);
		check_place(&tok, &before, len);
		must(some.pos == tok.pos && some.start == tok.start && some.end == tok.end);
		must(some.len == (filter->first[(unsigned char)tok.term[0]] ? tok.len : 0));
		must(memcmp(some.term, tok.term, some.len) == 0);
		must(analyse_stems(an[0], &tok, stems, &n, NULL) == ST_OK && n <= ANALYSE_STEMS_MAX);
		while (n-- > 0)
			must(stems[n].len > 0 && utf8_valid(stems[n].text, stems[n].len) == stems[n].len);
		check_alone(an[2], &tok, text, lang);
		before = tok;
	}
	must(analyse_positions(an[0]) == before.pos + 1);
}

/* Of any text the acronyms, of any word the keys: within bounds, and a name is its own spelling. */
static void
check_names(struct analyser *an, const char *text, size_t len)
{
	struct namekey key[NAMEKEY_READINGS];
	enum latin_script script;
	struct acronym_pair p;
	struct token tok;
	const char *latin;
	size_t at = 0, n, keys;
	bool got;

	while (acronyms_next(text, len, &at, &p)) {
		must(at <= len && p.acronym < p.acronym_end && p.acronym_end <= len);
		must(p.expansion < p.expansion_end && p.expansion_end <= len);
	}
	must(analyse_begin(an, text, len, "", NULL, NULL) == ST_OK);
	while (analyse_next(an, &tok, &got, NULL) == ST_OK && got) {
		must(analyse_latin(an, tok.term, tok.len, &script, &latin, &n, NULL) == ST_OK);
		must(utf8_valid(latin, n) == n);
		keys = namekey_make(latin, n, script, key);
		must(keys <= NAMEKEY_READINGS);
		must(keys == 0 || namekey_alike(latin, n, script, latin, n, script));
		while (keys-- > 0)
			must(key[keys].len > 0 && key[keys].len <= NAMEKEY_MAX);
	}
}

/* Skipping leaves out the empty tokens and nothing else. */
static void
check_skip(struct analyser *an[3], const char *text, size_t len, const char *lang,
	   const struct analyse_filter *filter)
{
	struct analyse_filter skipping = *filter;
	struct token tok, some;
	bool got, also;

	must(analyse_begin(an[0], text, len, lang, filter, NULL) == ST_OK);
	skipping.skip = true;
	must(analyse_begin(an[1], text, len, lang, &skipping, NULL) == ST_OK);
	do {
		must(analyse_next(an[1], &some, &also, NULL) == ST_OK);
		do {
			must(analyse_next(an[0], &tok, &got, NULL) == ST_OK);
		} while (got && tok.len == 0);
		must(got == also && (!got || (tok.pos == some.pos && tok.start == some.start && tok.len == some.len)));
	} while (got);
	must(analyse_positions(an[0]) == analyse_positions(an[1]));
}

int
LLVMFuzzerTestOneInput(const uint8_t *data, size_t len)
{
	static const char *const langs[] = { "", "en", "tr", "fr", "ru", "ar", "de", "xx" };
	static struct analyser *an[3];   /* kept: making one takes longer than a short text */
	struct analyse_filter filter = { { false }, false };
	size_t i;

	for (i = 0; i < 3; i++) {
		if (an[i] == NULL)
			must(analyser_new(&an[i], NULL) == ST_OK);
	}
	if (len == 0)
		return 0;
	for (i = 0; i < 256; i++)
		filter.first[i] = (i ^ data[0]) % 3 == 0;
	check_text(an, (const char *)data + 1, len - 1, langs[data[0] % 8], &filter);
	check_skip(an, (const char *)data + 1, len - 1, langs[data[0] % 8], &filter);
	check_names(an[0], (const char *)data, len);
	return 0;
}
