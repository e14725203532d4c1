/* SPDX-License-Identifier: GPL-2.0-or-later
 *
 * How much of their text two articles share: the overlap of their shingles,
 * runs of SKETCH_WORDS folded words, each known by its hash; and a sketch, the
 * least SKETCH_SIZE of the hashes, by which articles that share much are found
 * among all others, since these then have most of their least hashes in common.
 * After A. Broder, "On the resemblance and containment of documents",
 * Compression and Complexity of Sequences 1997. Headlines are left out: a
 * near-duplicate often has another headline.
 *
 * A struct sketch owns its memory and keeps it from article to article.
 */
#ifndef ENGINE_TEXT_SKETCH_H
#define ENGINE_TEXT_SKETCH_H

#include <stddef.h>
#include <stdint.h>

#include "base/error.h"
#include "engine/text/analyse.h"

#define SKETCH_WORDS 5     /* of a shingle */
#define SKETCH_SIZE 8      /* hashes of a sketch */
#define SKETCH_LEAST 12    /* a text of fewer shingles has no sketch: it is too short for a near-duplicate */
#define SKETCH_CODE 7      /* characters that sketch_code makes of a hash */

struct sketch {
	uint64_t *shingle;                /* in the order of the text; sorted, each once, after sketch_sort */
	size_t n, cap;
	uint64_t word[SKETCH_WORDS];      /* the last words, each at its number modulo SKETCH_WORDS */
	size_t words;
};

void sketch_init(struct sketch *s);
void sketch_fini(struct sketch *s);
void sketch_clear(struct sketch *s);
/* The next word of the text: a compound's parts, without further readings and joined forms. ST_NOMEM. */
enum status sketch_token(struct sketch *s, const struct token *tok) MUST_CHECK;
/* The least hashes, ascending, each once; returns how many, 0 for a text that is too short. */
size_t sketch_least(const struct sketch *s, uint64_t least[SKETCH_SIZE]);
/* A hash as it stands in a term: 42 of its bits in letters, digits, - and _. */
void sketch_code(uint64_t hash, char code[SKETCH_CODE]);

/* To compare two of them, sort both. */
void sketch_sort(struct sketch *s);
/* How many shingles A and B share. */
size_t sketch_shared(const struct sketch *a, const struct sketch *b);
/* Whether A and B are near-duplicates: they share at least SKETCH_SHARE_SMALLER of the shingles of the smaller text and
 * SKETCH_SHARE_LARGER of the shingles of the larger text, so that an article is no near-duplicate of a collection that
 * holds it. Notices of one form differ in a few names and figures only: where the smaller text has fewer than
 * SKETCH_SHORT shingles its share must be higher, up to SKETCH_SHARE_SHORT for the shortest. */
#define SKETCH_SHARE_SMALLER 0.6
#define SKETCH_SHARE_SHORT 0.9
#define SKETCH_SHORT 200
#define SKETCH_SHARE_LARGER 0.25
bool sketch_alike(const struct sketch *a, const struct sketch *b);

#endif
