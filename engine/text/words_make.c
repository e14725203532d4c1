/* SPDX-License-Identifier: GPL-2.0-or-later
 *
 * Makes the table of the language's words (engine/text/word_table.h) from the files of
 * corpus/lexicon and checks them, or the lexicon's list of titles; run when Dragoman
 * is built. See dragoman-words(5).
 *
 *   words_make table LANGUAGES FILE.words... countries.lex >word_table.c
 *   words_make titles LANGUAGES FILE.words... >titles.lex
 */
#include <stdbool.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

#include <unicode/uchar.h>
#include <unicode/unorm2.h>
#include <unicode/ustring.h>

#include "base/hash.h"
#include "base/utf8.h"
#include "engine/text/word_classes.h"
#include "engine/text/word_table.h"

#define ENTRIES_MAX (WORD_SLOTS / 2)
#define LINE_MAX_BYTES 1024
#define BLANKS " \t"
#define EVERY "any"                  /* the name of the file with the words of every language */
#define SUFFIX ".words"
#define PREFIXES "+prefixes"         /* behind the names of a language whose stemmer takes prefixes off */

static const char *const class_names[] = {
#define CLASS_NAME(id, name) name,
	WORD_CLASSES(CLASS_NAME)
};

struct entry {
	char word[WORD_LENGTH_MAX + 1];
	unsigned language;
	uint64_t classes;
};

struct language { char code[3], names[WORD_LANGUAGE_NAMES - 1][WORD_LENGTH_MAX + 1]; bool prefixes; };

struct maker {
	struct language language[WORD_LANGUAGES_MAX];
	unsigned nlanguages;
	struct entry entry[ENTRIES_MAX];
	size_t nentries;
	/* where it is reading */
	const char *path;
	FILE *file;
	unsigned line;
};

/* ---- lines ---- */

static void
refuse(const struct maker *m, const char *why, const char *what)
{
	fprintf(stderr, "%s:%u: %s: %s\n", m->path, m->line, why, what);
	exit(1);
}

static void
open_file(struct maker *m, const char *path)
{
	m->path = path;
	m->line = 0;
	m->file = fopen(path, "r");
	if (m->file == NULL) {
		perror(path);
		exit(1);
	}
}

/* The next line without its comment; false at the end of the file, which is closed. */
static bool
read_line(struct maker *m, char line[LINE_MAX_BYTES])
{
	if (fgets(line, LINE_MAX_BYTES, m->file) == NULL) {
		if (ferror(m->file)) {
			perror(m->path);
			exit(1);
		}
		fclose(m->file);
		return false;
	}
	m->line++;
	if (strchr(line, '\n') == NULL)
		refuse(m, "the line is too long, or does not end", line);
	if (utf8_valid(line, strlen(line)) != strlen(line))
		refuse(m, "not UTF-8", line);
	if (strpbrk(line, "\"\\") != NULL)
		refuse(m, "neither quotation marks nor backslashes", line);
	line[strcspn(line, "#\n")] = '\0';
	return true;
}

/* The first word of the next line that has any; NULL at the end of the file. */
static char *
next_line(struct maker *m, char line[LINE_MAX_BYTES])
{
	char *word;

	while (read_line(m, line))
		if ((word = strtok(line, BLANKS)) != NULL)
			return word;
	return NULL;
}

/* ---- languages ---- */

static void
read_languages(struct maker *m, const char *path)
{
	char line[LINE_MAX_BYTES], *code, *name;
	struct language *l = m->language;
	size_t n;

	open_file(m, path);
	while ((code = next_line(m, line)) != NULL) {
		if (m->nlanguages == WORD_LANGUAGES_MAX)
			refuse(m, "more languages than WORD_LANGUAGES_MAX", code);
		if (strlen(code) != 2 || strspn(code, "abcdefghijklmnopqrstuvwxyz") != 2)
			refuse(m, "no code of two small letters", code);
		if (m->nlanguages > 0 && strcmp(l[-1].code, code) >= 0)
			refuse(m, "out of order, or there twice", code);
		strcpy(l->code, code);
		for (n = 0; (name = strtok(NULL, BLANKS)) != NULL; n++) {
			if (l->prefixes)
				refuse(m, "behind " PREFIXES, name);
			if (strcmp(name, PREFIXES) == 0) {
				l->prefixes = true;
				continue;
			}
			if (n == WORD_LANGUAGE_NAMES - 1 || strlen(name) > WORD_LENGTH_MAX)
				refuse(m, "too many names, or too long", name);
			strcpy(l->names[n], name);
		}
		if (l->names[0][0] == '\0')
			refuse(m, "without a stemmer", code);
		m->nlanguages++;
		l++;
	}
}

static unsigned
language_number(const struct maker *m, const char *code)
{
	unsigned i;

	for (i = 0; i < m->nlanguages; i++)
		if (strcmp(m->language[i].code, code) == 0)
			return i + 1;
	return WORD_EVERY_LANGUAGE;
}

/* The number of the language that the file at PATH is of. */
static unsigned
language_of_file(const struct maker *m, const char *path)
{
	const char *slash = strrchr(path, '/'), *name = slash != NULL ? slash + 1 : path;
	size_t len = strlen(name);
	char code[8];
	unsigned n;

	if (len <= strlen(SUFFIX) || strcmp(name + len - strlen(SUFFIX), SUFFIX) != 0 || len - strlen(SUFFIX) >= sizeof(code))
		refuse(m, "no file of words", path);
	memcpy(code, name, len - strlen(SUFFIX));
	code[len - strlen(SUFFIX)] = '\0';
	n = language_number(m, code);
	if (n == WORD_EVERY_LANGUAGE && strcmp(code, EVERY) != 0)
		refuse(m, "not among the languages", code);
	return n;
}

/* ---- words ---- */

/* Whether TEXT is in small letters, and composed (NFC) as articles are. */
static bool
is_folded(const char *text)
{
	UErrorCode status = U_ZERO_ERROR;
	UChar wide[WORD_LENGTH_MAX + 1];
	size_t i, step, len = strlen(text);
	int32_t n;
	uint32_t cp;

	for (i = 0; i < len; i += step) {
		step = utf8_next(text + i, len - i, &cp);
		if (u_tolower((UChar32)cp) != (UChar32)cp)
			return false;
	}
	u_strFromUTF8(wide, WORD_LENGTH_MAX + 1, &n, text, (int32_t)len, &status);
	return unorm2_isNormalized(unorm2_getNFCInstance(&status), wide, n, &status) && U_SUCCESS(status);
}

static uint64_t
read_classes(const struct maker *m)
{
	uint64_t classes = 0, bit;
	const char *name;
	size_t i;

	while ((name = strtok(NULL, BLANKS)) != NULL) {
		for (i = 0; i < WORD_CLASSES_COUNT && strcmp(class_names[i], name) != 0; i++)
			;
		if (i == WORD_CLASSES_COUNT)
			refuse(m, "no class of words", name);
		bit = UINT64_C(1) << i;
		if ((classes & bit) != 0)
			refuse(m, "the class is there twice", name);
		classes |= bit;
	}
	return classes;
}

/* A new entry, for the caller to fill. */
static struct entry *
add_entry(struct maker *m, const char *word)
{
	if (m->nentries == ENTRIES_MAX)
		refuse(m, "more words than half of WORD_SLOTS", word);
	if (strlen(word) > WORD_LENGTH_MAX)
		refuse(m, "longer than WORD_LENGTH_MAX", word);
	return &m->entry[m->nentries++];
}

static void
read_words(struct maker *m, const char *path)
{
	char line[LINE_MAX_BYTES], *word;
	const struct entry *before = NULL;
	unsigned language;

	open_file(m, path);
	language = language_of_file(m, path);
	while ((word = next_line(m, line)) != NULL) {
		struct entry *e = add_entry(m, word);

		if (!is_folded(word))
			refuse(m, "not in small letters, or not composed", word);
		if (before != NULL && strcmp(before->word, word) == 0)
			refuse(m, "there twice", word);
		if (before != NULL && strcmp(before->word, word) > 0)
			refuse(m, "out of order", word);
		strcpy(e->word, word);
		e->language = language;
		e->classes = read_classes(m);
		if (e->classes == 0)
			refuse(m, "without a class", word);
		before = e;
	}
}

/* ---- places ---- */

/* Writes TEXT in small letters to OUT. */
static void
lower(const struct maker *m, const char *text, char out[WORD_LENGTH_MAX + 1])
{
	size_t i, step, n = 0, len = strlen(text);
	uint32_t cp;

	for (i = 0; i < len; i += step) {
		step = utf8_next(text + i, len - i, &cp);
		if (n + 4 > WORD_LENGTH_MAX)
			refuse(m, "longer than WORD_LENGTH_MAX", text);
		n += utf8_put(out + n, (uint32_t)u_tolower((UChar32)cp));
	}
	out[n] = '\0';
}

/* The entry of WORD among those from FIRST to END that has CLASS; NULL: none. */
static struct entry *
entry_of(struct maker *m, size_t first, size_t end, const char *word, uint64_t class)
{
	size_t i;

	for (i = first; i < end; i++)
		if ((m->entry[i].classes & class) != 0 && strcmp(m->entry[i].word, word) == 0)
			return &m->entry[i];
	return NULL;
}

/* A name of a state, or of a person as well (GIVEN), which has no class in the end. */
static void
add_place(struct maker *m, size_t first, const char *word, bool given)
{
	struct entry *e = entry_of(m, first, m->nentries, word, WORD_PLACE);

	if (e == NULL)
		e = add_entry(m, word);
	*e = (struct entry){ .language = WORD_EVERY_LANGUAGE, .classes = given ? 0 : WORD_PLACE };
	strcpy(e->word, word);
}

/* Names of one word of the states in a file of the lexicon, and of their capitals, are places, but for the words that
 * are said to be persons' names as well, behind them. */
static void
read_places(struct maker *m, const char *path)
{
	char line[LINE_MAX_BYTES], word[WORD_LENGTH_MAX + 1], *property, *value;
	const size_t first = m->nentries;
	bool given;
	size_t i, n;

	open_file(m, path);
	while (read_line(m, line)) {
		property = strtok(line, BLANKS);
		given = property != NULL && strcmp(property, "given") == 0;
		if (property == NULL || (!given && strcmp(property, "name") != 0 && strcmp(property, "former") != 0 &&
					 strcmp(property, "capital") != 0))
			continue;
		while ((value = strtok(NULL, ",")) != NULL) {
			value += strspn(value, BLANKS);
			if (strpbrk(value, BLANKS) != NULL)
				continue;
			lower(m, value, word);
			add_place(m, first, word, given);
		}
	}
	for (i = n = first; i < m->nentries; i++) {
		if (m->entry[i].classes == 0)
			continue;
		if (entry_of(m, 0, first, m->entry[i].word, WORD_PLACE) != NULL)
			refuse(m, "listed as a place, which it is by this file", m->entry[i].word);
		m->entry[n++] = m->entry[i];
	}
	m->nentries = n;
}

/* ---- writing ---- */

static int
by_word(const void *a, const void *b)
{
	const struct entry *x = a, *y = b;
	int diff = strcmp(x->word, y->word);

	return diff != 0 ? diff : (int)x->language - (int)y->language;
}

static bool
is_first(const struct maker *m, size_t i)
{
	return i == 0 || strcmp(m->entry[i - 1].word, m->entry[i].word) != 0;
}

static void
write_languages(const struct maker *m)
{
	unsigned i, k;

	printf("const struct word_language word_languages[] = {\n");
	for (i = 0; i < m->nlanguages; i++) {
		printf("\t{ \"%s\", { ", m->language[i].code);
		for (k = 0; k < WORD_LANGUAGE_NAMES - 1 && m->language[i].names[k][0] != '\0'; k++)
			printf("\"%s\", ", m->language[i].names[k]);
		printf("NULL }, %d },\n", m->language[i].prefixes);
	}
	printf("};\nconst unsigned word_languages_count = %u, word_english = %u;\n\n", m->nlanguages, language_number(m, "en"));
}

static void
write_words(const struct maker *m)
{
	size_t i, at = 0;

	printf("const char word_texts[] =\n");
	for (i = 0; i < m->nentries; i++)
		if (is_first(m, i))
			printf("\t\"%s\"\n", m->entry[i].word);
	printf("\t;\n\nconst struct word_row word_rows[] = {\n");
	for (i = 0; i < m->nentries; i++) {
		const struct entry *e = &m->entry[i];

		if (i > 0 && is_first(m, i))
			at += strlen(e[-1].word);
		printf("\t{ UINT64_C(%#llx), %zu, %zu, %u },\n", (unsigned long long)e->classes, at, strlen(e->word), e->language);
	}
	printf("\t{ 0, UINT32_MAX, 0, 0 },\n};\n\n");
}

static void
write_slots(const struct maker *m)
{
	static uint16_t slot[WORD_SLOTS];
	size_t i;
	uint32_t at;

	for (i = 0; i < m->nentries; i++) {
		if (!is_first(m, i))
			continue;
		at = hash_fixed(m->entry[i].word, strlen(m->entry[i].word)) & (WORD_SLOTS - 1);
		while (slot[at] != 0)
			at = (at + 1) & (WORD_SLOTS - 1);
		slot[at] = (uint16_t)(i + 1);
	}
	printf("const uint16_t word_slots[WORD_SLOTS] = {\n");
	for (i = 0; i < WORD_SLOTS; i++)
		if (slot[i] != 0)
			printf("\t[%zu] = %u,\n", i, slot[i]);
	printf("};\n\n");
}

/* FNV-1a of 64 bits, with the NUL at the end. */
static uint64_t
add_hash(uint64_t hash, const char *text)
{
	do
		hash = (hash ^ (unsigned char)*text) * UINT64_C(1099511628211);
	while (*text++ != '\0');
	return hash;
}

static void
write_hash(const struct maker *m)
{
	uint64_t hash = UINT64_C(14695981039346656037);
	size_t i, k;

	for (i = 0; i < m->nlanguages; i++) {
		hash = add_hash(hash, m->language[i].code);
		for (k = 0; k < WORD_LANGUAGE_NAMES - 1; k++)
			hash = add_hash(hash, m->language[i].names[k]);
		hash = add_hash(hash, m->language[i].prefixes ? PREFIXES : "");
	}
	for (i = 0; i < m->nentries; i++) {
		const struct entry *e = &m->entry[i];

		hash = add_hash(hash, e->word);
		hash = add_hash(hash, e->language != WORD_EVERY_LANGUAGE ? m->language[e->language - 1].code : EVERY);
		for (k = 0; k < WORD_CLASSES_COUNT; k++)
			if ((e->classes >> k & 1) != 0)
				hash = add_hash(hash, class_names[k]);
	}
	printf("const char word_table_hash[] = \"%016llx\";\n", (unsigned long long)hash);
}

static void
write_table(const struct maker *m)
{
	printf("/* Made by engine/text/words_make. */\n#include <stddef.h>\n#include \"engine/text/word_table.h\"\n\n");
	write_languages(m);
	write_words(m);
	write_slots(m);
	write_hash(m);
}

/* The lexicon's list of words before a person's name. */
static void
write_titles(const struct maker *m)
{
	const char *before = "";
	size_t i;

	printf("# Made when Dragoman was built: the titles of dragoman-words(5).\nwords:title\n");
	for (i = 0; i < m->nentries; i++) {
		if ((m->entry[i].classes & WORD_TITLE) == 0 || strcmp(m->entry[i].word, before) == 0)
			continue;
		before = m->entry[i].word;
		printf("\tword %s\n", before);
	}
}

static bool
ends_in(const char *text, const char *end)
{
	return strlen(text) > strlen(end) && strcmp(text + strlen(text) - strlen(end), end) == 0;
}

int
main(int argc, char **argv)
{
	static struct maker m;
	int i;

	if (argc < 4) {
		fprintf(stderr, "usage: words_make table|titles LANGUAGES FILE.words... [FILE.lex]\n");
		return 2;
	}
	read_languages(&m, argv[2]);
	for (i = 3; i < argc; i++)
		if (ends_in(argv[i], ".lex"))
			read_places(&m, argv[i]);
		else
			read_words(&m, argv[i]);
	if (language_number(&m, "en") == WORD_EVERY_LANGUAGE) {
		fprintf(stderr, "%s: English is not among the languages\n", argv[2]);
		return 1;
	}
	qsort(m.entry, m.nentries, sizeof(m.entry[0]), by_word);
	if (strcmp(argv[1], "titles") == 0)
		write_titles(&m);
	else
		write_table(&m);
	return fflush(stdout) == 0 && !ferror(stdout) ? 0 : 1;
}
