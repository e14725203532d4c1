/* SPDX-License-Identifier: GPL-2.0-or-later
 *
 * Quotations: where an article's text quotes somebody, and the speaker where the
 * text names one. Quotations follow from the article alone, so they are not stored
 * but found anew when the article is indexed and when its quotations are shown.
 *
 * A finder owns its memory and its results; not for two threads at once.
 */
#ifndef ENGINE_QUOTES_QUOTES_H
#define ENGINE_QUOTES_QUOTES_H

#include <stdbool.h>
#include <stddef.h>
#include <stdint.h>

#include "base/article.h"

/* Stretches of the article's body in bytes, on whole characters, START < END. */
struct quote {
	uint32_t start, end;                   /* the quoted words, without their marks; over several
						  paragraphs with the marks that open the later ones */
	uint32_t speaker_start, speaker_end;   /* the speaker's name; both 0: not said, or not understood */
	uint32_t office_start, office_end;     /* the speaker's office; both 0: not said */
};

/* The looks at words that finding the speakers of an article may cost: so many, and so many for each byte. News
 * costs one a byte, and no more than four. */
#define QUOTES_STEPS 1000000
#define QUOTES_STEPS_BYTE 100

struct quotes;

/* LOOK is called now and then while an article is read; a status other than ST_OK ends that with it and with ERR. */
struct quotes_clock { enum status (*look)(void *arg, struct error *err); void *arg; };

enum status quotes_new(struct quotes **out, struct error *err) MUST_CHECK;
void quotes_free(struct quotes *q);
/* Gives Q a clock, which is borrowed as long as Q lives; without one only the budget of steps ends a search. */
void quotes_set_clock(struct quotes *q, const struct quotes_clock *clock);

/* The quotations of A in order, none within another (a nested one belongs to the outer). Where their speakers cost
 * more steps than they may, the quotations from that paragraph on may have none. Valid until the next call. Fails with
 * ST_NOMEM, or as the clock says. */
enum status quotes_find(struct quotes *q, const struct article *a, const struct quote **out, size_t *n,
			struct error *err) MUST_CHECK;
/* The steps of the last quotes_find. */
uint64_t quotes_steps(const struct quotes *q);
/* Whether they were more than it may take. */
bool quotes_cut(const struct quotes *q);

#endif
