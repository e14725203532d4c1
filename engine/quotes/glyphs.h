/* SPDX-License-Identifier: GPL-2.0-or-later
 *
 * The characters that are quotation marks, and which way each faces, by the
 * characters beside it. Owns nothing.
 */
#ifndef ENGINE_QUOTES_GLYPHS_H
#define ENGINE_QUOTES_GLYPHS_H

#include <stdbool.h>
#include <stddef.h>
#include <stdint.h>

#include "base/article.h"

#define QUOTE_GLYPHS_MAX 512   /* marks of one paragraph that are read together */

enum { GLYPH_OPENS = 1, GLYPH_CLOSES = 2 };

enum glyph_shape {
	GLYPH_STRAIGHT, GLYPH_LEFT, GLYPH_RIGHT, GLYPH_LOW, GLYPH_GUIL_LEFT, GLYPH_GUIL_RIGHT,
	GLYPH_TICKS_LEFT, GLYPH_TICKS_RIGHT, GLYPH_SINGLE, GLYPH_SINGLE_LEFT, GLYPH_SINGLE_RIGHT,
	GLYPH_CORNER_LEFT, GLYPH_CORNER_RIGHT
};

struct quote_glyph {
	uint32_t at, end;        /* bytes of the body */
	enum glyph_shape shape;
	unsigned faces;          /* GLYPH_OPENS, GLYPH_CLOSES, both: it does not say */
	bool spaced;             /* a blank on either side */
	bool after_digit;
};

struct quote_glyphs {
	struct quote_glyph at[QUOTE_GLYPHS_MAX];
	size_t n;
	bool blanks;             /* marks with a blank on either side were met, in this article */
};

/* Replaces the marks of LIST by the marks of P, a paragraph of TEXT, from byte AT on. Returns the byte where it
 * stopped: at P's end, or where LIST was full. */
size_t quote_glyphs_read(const char *text, const struct para *p, size_t at, struct quote_glyphs *list);
/* The length in bytes of the mark that begins at TEXT; 0: none does. */
size_t quote_glyphs_length(const char *text, size_t len);
/* The length in bytes of the blank that begins at TEXT, or of the blank that ends at TEXT + LEN; 0: none does. */
size_t quote_glyphs_blank(const char *text, size_t len);
size_t quote_glyphs_blank_before(const char *text, size_t len);

#endif
