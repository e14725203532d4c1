/* SPDX-License-Identifier: GPL-2.0-or-later */
#include "engine/text/latin.h"

#include <stdlib.h>
#include <string.h>

#include <unicode/uscript.h>
#include <unicode/ustring.h>
#include <unicode/utrans.h>

#include "base/hash.h"
#include "base/utf8.h"

#define SLOTS 1024      /* of the memo; a power of two */
#define SLOT_BYTES 88   /* of a word and its Latin form together */
#define UNITS (FOLD_CHARS_MAX * 8)

struct slot { uint32_t hash; uint8_t word_len, latin_len; char text[SLOT_BYTES]; };

struct latin {
	struct fold *fold;
	UTransliterator *by[LATIN_SCRIPTS];
	struct buf text, exact;
	UChar units[UNITS];
	struct slot slots[SLOTS];   /* word_len 0: free */
};

/* ICU's names of the transliterations; "Any-Latin" takes the characters that the one before it leaves alone. */
static const char *const ids[LATIN_SCRIPTS] = {
	[LATIN_RUSSIAN] = "Russian-Latin/BGN; Any-Latin",
	[LATIN_UKRAINIAN] = "uk-uk_Latn/BGN; Any-Latin",
	[LATIN_GREEK] = "Greek-Latin/UNGEGN",
	[LATIN_CASED] = "Any-Latin",
	[LATIN_UNCASED] = "Any-Latin",
	[LATIN_ABJAD] = "Any-Latin",
};

struct latin *
latin_new(struct fold *f)
{
	struct latin *l = calloc(1, sizeof(*l));

	if (l != NULL)
		l->fold = f;
	return l;
}

void
latin_free(struct latin *l)
{
	size_t i;

	if (l == NULL)
		return;
	for (i = 0; i < LATIN_SCRIPTS; i++)
		utrans_close(l->by[i]);
	buf_fini(&l->text);
	buf_fini(&l->exact);
	free(l);
}

/* і ї є ґ (that folds to г) are letters of Ukrainian and not of Russian. */
static enum latin_script
cyrillic(const char *term, size_t len)
{
	size_t at = 0;
	uint32_t cp;

	while (at < len) {
		at += utf8_next(term + at, len - at, &cp);
		if (cp == 0x0454 || cp == 0x0456 || cp == 0x0457 || cp == 0x0491)
			return LATIN_UKRAINIAN;
	}
	return LATIN_RUSSIAN;
}

enum latin_script
latin_script(const char *term, size_t len)
{
	UErrorCode code = U_ZERO_ERROR;
	uint32_t cp;

	if (len == 0 || (unsigned char)term[0] < 0x80)
		return LATIN_NONE;
	utf8_next(term, len, &cp);
	switch ((int)uscript_getScript((UChar32)cp, &code)) {   /* an open list: newer ICUs know more */
	case USCRIPT_CYRILLIC:
		return cyrillic(term, len);
	case USCRIPT_GREEK:
		return LATIN_GREEK;
	case USCRIPT_ARMENIAN:
		return LATIN_CASED;
	case USCRIPT_GEORGIAN:
		return LATIN_UNCASED;
	case USCRIPT_ARABIC: case USCRIPT_HEBREW:
		return LATIN_ABJAD;
	}
	return LATIN_NONE;
}

static enum status
icu_failed(UErrorCode code, struct error *err)
{
	return error_set(err, code == U_MEMORY_ALLOCATION_ERROR ? ST_NOMEM : ST_INTERNAL,
			 "a word in Latin letters: ICU: %s", u_errorName(code));
}

/* Whatever ICU says, its own rules are there: it had no memory to read them. */
static enum status
icu_no_memory(UErrorCode code, struct error *err)
{
	return error_set(err, ST_NOMEM, "no memory for words in Latin letters (ICU: %s)", u_errorName(code));
}

static enum status
open_script(struct latin *l, enum latin_script script, struct error *err)
{
	UErrorCode code = U_ZERO_ERROR;
	UParseError where;
	UChar id[64];

	if (l->by[script] != NULL)
		return ST_OK;
	u_uastrcpy(id, ids[script]);
	l->by[script] = utrans_openU(id, -1, UTRANS_FORWARD, NULL, 0, &where, &code);
	return U_SUCCESS(code) ? ST_OK : icu_no_memory(code, err);
}

/* Drops letters that are apostrophes, such as the sign for a soft sign, from the N units at U. */
static int32_t
without_apostrophes(UChar *u, int32_t n)
{
	int32_t i, kept = 0;

	for (i = 0; i < n; i++)
		if (u[i] < 0x02B9 || u[i] > 0x02BF)
			u[kept++] = u[i];
	return kept;
}

/* TERM in Latin letters into l->text. */
static enum status
make(struct latin *l, enum latin_script script, const char *term, size_t len, struct error *err)
{
	UErrorCode code = U_ZERO_ERROR;
	struct buf raw = BUF_INIT;
	int32_t n = 0, limit, bytes = 0;
	enum status st = open_script(l, script, err);

	if (st != ST_OK)
		return st;
	u_strFromUTF8(l->units, UNITS, &n, term, (int32_t)len, &code);
	limit = n;
	if (U_SUCCESS(code))
		utrans_transUChars(l->by[script], l->units, &n, UNITS, 0, &limit, &code);
	n = without_apostrophes(l->units, n);
	if (U_SUCCESS(code) && buf_reserve(&raw, (size_t)n * 3 + 1) == NULL)
		return error_nomem(err);
	if (U_SUCCESS(code))
		u_strToUTF8(raw.data, n * 3 + 1, &bytes, l->units, n, &code);
	buf_clear(&l->text);
	buf_clear(&l->exact);
	st = U_SUCCESS(code) ? fold_word(l->fold, buf_str(&raw), (size_t)bytes, &l->text, &l->exact, err)
			     : icu_failed(code, err);
	buf_fini(&raw);
	return st;
}

enum status
latin_word(struct latin *l, enum latin_script script, const char *term, size_t len,
	   const char **text, size_t *n, struct error *err)
{
	uint32_t hash = hash_bytes(term, len);
	struct slot *s = &l->slots[hash & (SLOTS - 1)];
	enum status st;

	if (s->word_len == len && len > 0 && s->hash == hash && memcmp(s->text, term, len) == 0) {
		*text = s->text + len;
		*n = s->latin_len;
		return ST_OK;
	}
	st = make(l, script, term, len, err);
	if (st != ST_OK)
		return st;
	*text = buf_str(&l->text);
	*n = l->text.len;
	if (len == 0 || len + l->text.len > SLOT_BYTES)
		return ST_OK;
	*s = (struct slot){ .hash = hash, .word_len = (uint8_t)len, .latin_len = (uint8_t)l->text.len };
	memcpy(s->text, term, len);
	memcpy(s->text + len, *text, *n);
	return ST_OK;
}
