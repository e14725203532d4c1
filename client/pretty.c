/* SPDX-License-Identifier: MIT */
#include "config.h"

#include "client/pretty.h"

#include <stdlib.h>
#include <string.h>
#include <sys/ioctl.h>
#include <unistd.h>
#include <wchar.h>

#include "base/utf8.h"
#include "base/visible.h"

/* What marks are read as: no characters. */
#define CP_OPEN 0x110000
#define CP_CLOSE 0x110001
#define WIDTH_MIN 20
#define WIDTH_PLAIN 80    /* where nothing tells the width */

static const char *const style_on[] = { "", "", "\033[1m", "\033[2m" };
static const char match_on[] = "\033[1;31m", off[] = "\033[0m";

static bool
terminal_has_color(void)
{
	const char *term = getenv("TERM");

	return isatty(STDOUT_FILENO) && term != NULL && *term != '\0' &&
	       strcmp(term, "dumb") != 0;
}

static unsigned
terminal_width(void)
{
	const char *columns = getenv("COLUMNS");
	struct winsize size;
	unsigned long n = columns != NULL ? strtoul(columns, NULL, 10) : 0;

	if (n == 0 && ioctl(STDOUT_FILENO, TIOCGWINSZ, &size) == 0)
		n = size.ws_col;
	if (n == 0 || n > 10000)
		return WIDTH_PLAIN;
	return n < WIDTH_MIN ? WIDTH_MIN : (unsigned)n;
}

bool
pretty_init(struct pretty *p, const char *color)
{
	const char *no_color = getenv("NO_COLOR");

	p->width = terminal_width();
	p->color = false;
	snprintf(p->nonce, sizeof(p->nonce), "%08x%08x", (unsigned)arc4random(), (unsigned)arc4random());
	if (color == NULL || strcmp(color, "auto") == 0)
		p->color = terminal_has_color();
	else if (strcmp(color, "always") == 0)
		p->color = true;
	else if (strcmp(color, "never") != 0)
		return false;
	if (no_color != NULL && *no_color != '\0')
		p->color = false;
	return true;
}

void
pretty_marks(const struct pretty *p, char out[PRETTY_MARKS_MAX])
{
	snprintf(out, PRETTY_MARKS_MAX, PRETTY_OPEN "%s," PRETTY_CLOSE "%s", p->nonce, p->nonce);
}

static unsigned
columns_of(uint32_t cp)
{
	char bytes[VISIBLE_MAX];
	size_t at = 0, len = visible_put(bytes, cp);
	unsigned columns = 0;

	while (at < len) {
		int n;

		at += utf8_next(bytes + at, len - at, &cp);
		n = cp < 0x7F ? 1 : wcwidth((wchar_t)cp);
		columns += n < 0 ? 1 : (unsigned)n;
	}
	return columns;
}

static void
put(FILE *out, uint32_t cp)
{
	char bytes[VISIBLE_MAX];

	fwrite(bytes, 1, visible_put(bytes, cp), out);
}

void
pretty_clean(FILE *out, const char *text, size_t len)
{
	size_t at = 0;
	uint32_t cp;

	while (at < len) {
		at += utf8_next(text + at, len - at, &cp);
		put(out, cp);
	}
}

void
pretty_span(const struct pretty *p, enum style style, const char *text, size_t len)
{
	bool styled = p->color && *style_on[style] != '\0';

	if (styled)
		fputs(style_on[style], stdout);
	pretty_clean(stdout, text, len);
	if (styled)
		fputs(off, stdout);
}

unsigned
pretty_columns(const char *text, size_t len)
{
	unsigned columns = 0;
	size_t at = 0;
	uint32_t cp;

	while (at < len) {
		at += utf8_next(text + at, len - at, &cp);
		columns += columns_of(cp);
	}
	return columns;
}

/* A line in the making. The word holds the bytes read since the last place
 * where the line may break. */
struct wrap {
	const struct pretty *p;
	bool marks;            /* the text has marks */
	unsigned column, indent;
	bool bare;             /* nothing but the indent stands on the line yet */
	bool blank;            /* a blank is due before the word */
	const char *word;
	size_t len;            /* bytes of the word */
	unsigned columns;      /* that it takes */
};

static bool
is_mark(uint32_t cp)
{
	return cp == CP_OPEN || cp == CP_CLOSE;
}

/* Reads the character or mark at TEXT into *CP, and returns its length. */
static size_t
read_next(const struct wrap *w, const char *text, size_t len, uint32_t *cp)
{
	size_t n = utf8_next(text, len, cp), nonce = strlen(w->p->nonce);

	if (!w->marks || (*cp != 0xE000 && *cp != 0xE001) || len - n < nonce ||
	    memcmp(text + n, w->p->nonce, nonce) != 0)
		return n;
	*cp = *cp == 0xE000 ? CP_OPEN : CP_CLOSE;
	return n + nonce;
}

static void
put_bytes(const struct wrap *w)
{
	size_t at = 0;
	uint32_t cp;

	while (at < w->len) {
		at += read_next(w, w->word + at, w->len - at, &cp);
		if (!is_mark(cp))
			put(stdout, cp);
		else if (w->p->color)
			fputs(cp == CP_OPEN ? match_on : off, stdout);
	}
}

static void
put_word(struct wrap *w)
{
	if (w->len == 0)
		return;
	if (!w->bare && w->column + w->blank + w->columns > w->p->width) {
		printf("\n%*s", (int)w->indent, "");
		w->column = w->indent;
		w->bare = true;
	}
	if (w->blank && !w->bare) {
		putchar(' ');
		w->column++;
		w->blank = false;
	}
	put_bytes(w);
	w->column += w->columns;
	if (w->columns > 0)
		w->bare = w->blank = false;
	w->columns = 0;
	w->len = 0;
}

static bool
is_blank(uint32_t cp)
{
	char bytes[VISIBLE_MAX];

	return !is_mark(cp) && visible_put(bytes, cp) == 1 && bytes[0] == ' ';
}

/* CP, which has LEN bytes at AT, comes next. */
static void
take(struct wrap *w, uint32_t cp, const char *at, size_t len)
{
	unsigned columns = is_mark(cp) ? 0 : columns_of(cp);

	if (is_blank(cp)) {
		put_word(w);
		w->blank = true;
		return;
	}
	/* Han, kana and the like have no blanks: a line may break before them. */
	if (columns == 2 && w->columns > 0)
		put_word(w);
	if (w->len == 0)
		w->word = at;
	w->len += len;
	w->columns += columns;
}

void
pretty_wrap(const struct pretty *p, enum style style, unsigned at, unsigned indent,
	    const char *text, size_t len)
{
	struct wrap w = { .p = p, .marks = style == STYLE_SNIPPET, .column = at,
			  .indent = indent, .bare = true };
	bool styled = p->color && *style_on[style] != '\0';
	size_t i = 0, n;
	uint32_t cp;

	if (styled)
		fputs(style_on[style], stdout);
	for (; i < len; i += n) {
		n = read_next(&w, text + i, len - i, &cp);
		take(&w, cp, text + i, n);
	}
	put_word(&w);
	printf("%s\n", styled ? off : "");
}
