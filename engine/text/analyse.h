/* SPDX-License-Identifier: GPL-2.0-or-later
 *
 * Analysis: how text becomes words. The one function that serves the indexer,
 * the query language and the snippets, so that text and query cannot disagree.
 *
 * A token is one indexed word: where it stands in the text, its position among
 * the words, its folded form (the term), its exact spelling, and on demand its
 * stems. What counts as one word, and what is folded, is described in
 * dragoman-query(7); ANALYSE_VERSION changes whenever any of it does, but for the
 * words of corpus/lexicon, which the fingerprint has a hash of.
 *
 * A designator may be spaced behind a single capital (F 35), but for A and I,
 * which are English words: "A 50 percent rise", "A 10" are read as hyphenated
 * words are, in two words and joined ("a10"), so that A-10 and A 10 still find each
 * other. No ordinal (21st) or figure (1,750; 5.9) makes a spaced designator.
 *
 * An analyser owns its memory; a token's strings are valid until the next call
 * on the same analyser. Not for two threads at once.
 */
#ifndef ENGINE_TEXT_ANALYSE_H
#define ENGINE_TEXT_ANALYSE_H

#include <stdbool.h>
#include <stddef.h>
#include <stdint.h>

#include "base/buf.h"
#include "base/error.h"
#include "engine/text/latin.h"

#define ANALYSE_VERSION 2
#define ANALYSE_FINGERPRINT_MAX 120
#define ANALYSE_WORD_MAX 64     /* characters; a longer word is cut to that */

enum token_kind {
	TOKEN_WORD,        /* letters of an alphabetic script, perhaps with digits */
	TOKEN_NUMBER,      /* digits: "1750" for "1,750", "5.93" */
	TOKEN_DESIGNATOR,  /* F-35, S-400, MQ-9: one word, term "f35" */
	TOKEN_GRAM         /* one character (cluster) of a script that is written without spaces */
};

enum token_flag {
	TOKEN_CAPS = 1,    /* typed all in capitals (two letters at least), or dotted like U.S. */
	TOKEN_PART = 2,    /* a part of a compound (re-export: "re", "export") */
	TOKEN_JOINED = 4,  /* a compound's parts joined ("reexport"); it comes at the positions of
			      the first and of the last part, after the parts */
	TOKEN_ALSO = 8,    /* a further reading of the token before it, at the same position
			      (Sana'a: "sanaa", and also "sana" with a Turkish case ending) */
	TOKEN_LATIN = 16   /* with ALSO: a name of another alphabet in Latin letters (Эрдоган: "erdogan");
			      its spelling is that of the token itself */
};

struct token {
	const char *term;      /* folded, UTF-8; not NUL-terminated */
	size_t len;            /* bytes; 0 only for a token that the filter passed over */
	const char *exact;     /* the spelling: NFC, lower case, accents kept; same bytes as term where nothing was folded */
	size_t exact_len;
	uint32_t pos;          /* position among the words of this text, from 0 */
	uint32_t start, end;   /* bytes of the text; a possessive ending is not part of it */
	uint32_t compound;     /* PART and JOINED: which compound of this text, from 1; else 0 */
	enum token_kind kind;
	unsigned flags;
};

struct analyser;

enum status analyser_new(struct analyser **out, struct error *err) MUST_CHECK;
void analyser_free(struct analyser *an);
/* From now on no word comes in Latin letters besides, as a further reading. */
void analyser_without_latin(struct analyser *an);

/* Which words a caller cares for, by the first byte of their folded form; a
 * token of another word comes with len 0 and costs next to nothing, or, with
 * SKIP, does not come at all (positions count on). */
struct analyse_filter { bool first[256]; bool skip; };

/* Starts on TEXT (UTF-8, borrowed until the last analyse_next; bytes that are not
 * UTF-8 separate words, no more). LANG is the article's
 * language ("en", "tr", "zh-Hans", "" for none: English). FILTER may be NULL. */
enum status analyse_begin(struct analyser *an, const char *text, size_t len,
			  const char *lang, const struct analyse_filter *filter,
			  struct error *err) MUST_CHECK;

/* The next token, in order of pos; at one position the word (or part of a
 * compound) comes first, then its further readings, then the compound joined.
 * *GOT = false at the end. Fails only with ST_NOMEM. */
enum status analyse_next(struct analyser *an, struct token *tok, bool *got, struct error *err) MUST_CHECK;

/* The number of positions that the text used so far. */
uint32_t analyse_positions(const struct analyser *an);

/* The stems of TOK. English always: Snowball's for a word of the letters a to z
 * once folded, the folded form itself for every other word, number or
 * designator (of F-35s "f35", too). Then, for a word without digits, that of the language given at the
 * beginning where it has a stemmer and is not English. A stem is the term as
 * indexed without its prefix Z: "sanction", for other languages "fr:sanction".
 * Up to ANALYSE_STEMS_MAX; *N is 0 for what is found as the word that it is:
 * grams, numbers, words of one or two letters, English stop words. Valid
 * until the next call. */
#define ANALYSE_STEMS_MAX 3
struct stem { const char *text; size_t len; };
enum status analyse_stems(struct analyser *an, const struct token *tok,
			  struct stem stems[ANALYSE_STEMS_MAX], size_t *n, struct error *err) MUST_CHECK;

/* The folded word TERM in Latin letters, folded, and the script that it has; where it is LATIN_NONE the word
 * itself. Valid until the next call. */
enum status analyse_latin(struct analyser *an, const char *term, size_t len, enum latin_script *script,
			  const char **latin, size_t *n, struct error *err) MUST_CHECK;

/* The two-letter code under which LANG ("FR", "fr-CA", "French") is stemmed, or NULL
 * where there is no stemmer for it. Static. */
const char *analyse_stem_lang(const char *lang);

/* What the index stores and the daemon compares: version, ICU's and Xapian's
 * versions, the settings of folding and stemming, the hash of the language's words. */
void analyse_fingerprint(char out[ANALYSE_FINGERPRINT_MAX]);

#endif
