/* SPDX-License-Identifier: GPL-2.0-or-later
 *
 * Passages: given a text and where the query's words stand in it, which one or
 * two stretches to show, cut at sentence or word limits, with marks around
 * what matched. The second half of the snippet; knows nothing of analysis.
 *
 * Spans are borrowed; the chooser owns its work memory.
 */
#ifndef ENGINE_SNIPPET_PASSAGE_H
#define ENGINE_SNIPPET_PASSAGE_H

#include <stdbool.h>
#include <stddef.h>
#include <stdint.h>

#include "base/buf.h"

#define PASSAGE_MATCH_CHARS 200  /* from the first to the last match of a single passage, in characters */

/* One match: a word, or a phrase as a whole. */
struct span {
	uint32_t start, end;   /* bytes of the text */
	uint32_t at, at_end;   /* the same in characters */
	unsigned group;        /* which word of the query */
};

/* A text and what matched in it. */
struct passage_source {
	const char *text;
	size_t len;
	bool whole;               /* the text goes no further than LEN */
	const struct span *spans; /* ascending by start; none: the beginning is shown */
	size_t nspans, ngroups;
};

/* At most about so many characters, with these marks around what matched. */
struct passage_look { size_t chars; const char *open, *close; };

struct passage_chooser;

enum status passage_chooser_new(struct passage_chooser **out) MUST_CHECK;
void passage_chooser_free(struct passage_chooser *p);
/* Appends the best passage of V to OUT, as LOOK says. */
enum status passage_write(struct passage_chooser *p, const struct passage_source *v,
			  const struct passage_look *look, struct buf *out) MUST_CHECK;

#endif
