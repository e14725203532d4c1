/* SPDX-License-Identifier: MIT
 *
 * Text for people: wrapped to the terminal's width by the columns that characters
 * take, with styles where the output may have them. What a terminal obeys is written as base/visible.h has it, so
 * that a text cannot steer the terminal. A struct pretty owns nothing.
 */
#ifndef CLIENT_PRETTY_H
#define CLIENT_PRETTY_H

#include <stdbool.h>
#include <stddef.h>
#include <stdio.h>

/* What the marks of matches in snippets begin with: characters for private use. */
#define PRETTY_OPEN "\xEE\x80\x80"    /* U+E000 */
#define PRETTY_CLOSE "\xEE\x80\x81"   /* U+E001 */
#define PRETTY_MARKS_MAX 48

/* STYLE_SNIPPET: plain, and the marks in the text show matches. */
enum style { STYLE_PLAIN, STYLE_SNIPPET, STYLE_BOLD, STYLE_DIM };

struct pretty {
	bool color;
	unsigned width;    /* columns */
	char nonce[17];    /* what the marks of this run end with, which no article can know */
};

/* COLOR: "always", "never", or "auto" (NULL too): where standard output is a
 * terminal that can. NO_COLOR in the environment rules it out in any case.
 * False: some other word. */
bool pretty_init(struct pretty *p, const char *color);

/* The marks to ask the daemon for, "OPEN,CLOSE". */
void pretty_marks(const struct pretty *p, char out[PRETTY_MARKS_MAX]);

/* Prints TEXT from column AT on, where the cursor is, further lines beginning
 * at column INDENT, and ends the line. */
void pretty_wrap(const struct pretty *p, enum style style, unsigned at, unsigned indent,
		 const char *text, size_t len);

/* Prints TEXT where the cursor is, as pretty_clean does, and stays on the line. */
void pretty_span(const struct pretty *p, enum style style, const char *text, size_t len);

/* Writes TEXT on one line. */
void pretty_clean(FILE *out, const char *text, size_t len);

/* Columns that LEN bytes of TEXT take so. */
unsigned pretty_columns(const char *text, size_t len);

#endif
