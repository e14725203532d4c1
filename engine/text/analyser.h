/* SPDX-License-Identifier: GPL-2.0-or-later
 *
 * The insides of analysis, for the files that make up analyse.h: analyser.c (what it
 * owns), analyse.c (text to tokens) and forms.c (a token's stems, a word in Latin letters).
 */
#ifndef ENGINE_TEXT_ANALYSER_H
#define ENGINE_TEXT_ANALYSER_H

#include "engine/text/analyse.h"
#include "engine/text/fold.h"
#include "engine/text/latin.h"
#include "engine/text/stems.h"

#define PARTS_MAX 8                        /* of a compound that is joined; a longer chain is parts alone */
#define LATIN_MIN 3                        /* letters of a word that is also written in Latin ones */
#define WORD_BYTES (ANALYSE_WORD_MAX * 4)
#define QUEUE_MAX (3 * PARTS_MAX + 2)      /* each part and its further readings, joined twice */
#define ARENA_BYTES ((3 * PARTS_MAX + 1) * 2 * WORD_BYTES)

struct analyser {
	struct fold *fold;
	struct stems *stems;
	struct latin *latin;
	bool without_latin;                /* no readings in Latin letters */
	const char *text;
	size_t len, at;
	const char *lang;                  /* stemmed besides English, or NULL */
	const struct analyse_filter *filter;
	uint32_t pos, compounds;
	uint32_t chain;                    /* the compound that goes on at AT, 0 for none */
	struct token queue[QUEUE_MAX];
	size_t head, count;
	struct buf raw, term, exact;
	char word[ANALYSE_WORD_MAX];       /* a plain word's folded form; a multiple of 8 */
	size_t used;
	char arena[ARENA_BYTES];           /* the strings of the queue */
};

#endif
