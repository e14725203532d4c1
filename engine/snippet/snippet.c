/* SPDX-License-Identifier: GPL-2.0-or-later */
#include "engine/snippet/snippet.h"

#include <stdlib.h>
#include <string.h>

#include "base/utf8.h"
#include "engine/snippet/marker.h"
#include "engine/snippet/passage.h"
#include "engine/snippet/scopes.h"
#include "engine/store/record.h"
#include "engine/text/analyse.h"
#include "engine/text/sentences.h"

#define FIRST_READ 2048      /* bytes; most passages stand near the beginning */
#define NEXT_READ 4096
#define SENTENCE_MAX 16384   /* a longer one is analysed in pieces */

struct snippet_maker {
	struct analyser *an;
	struct marker *marker;
	struct passage_chooser *passages;
	struct scopes scopes;
	const char *open, *close;
	struct buf text;         /* of the body, as far as it was read */
	size_t done;             /* bytes of it that were analysed */
	uint32_t positions;      /* of those bytes */
	bool end;                /* text is the whole body */
	char lang[36];
};

enum status
snippet_maker_new(struct snippet_maker **out, struct error *err)
{
	struct snippet_maker *sn = calloc(1, sizeof(*sn));
	enum status st = ST_NOMEM;

	*out = NULL;
	if (sn == NULL)
		goto out;
	buf_init(&sn->text);
	st = analyser_new(&sn->an, err);
	if (st == ST_OK)
		st = marker_new(&sn->marker);
	if (st == ST_OK)
		st = passage_chooser_new(&sn->passages);
	if (st != ST_OK)
		goto out;
	*out = sn;
	return ST_OK;
out:
	snippet_maker_free(sn);
	return st == ST_NOMEM ? error_nomem(err) : st;
}

void
snippet_maker_free(struct snippet_maker *sn)
{
	if (sn == NULL)
		return;
	analyser_free(sn->an);
	marker_free(sn->marker);
	passage_chooser_free(sn->passages);
	scopes_fini(&sn->scopes);
	buf_fini(&sn->text);
	free(sn);
}

enum status
snippet_maker_query(struct snippet_maker *sn, const struct mark *marks, size_t nmarks,
		    const char *open, const char *close, struct error *err)
{
	sn->open = open;
	sn->close = close;
	return marker_query(sn->marker, sn->an, marks, nmarks, err);
}

enum status
snippet_maker_confine(struct snippet_maker *sn, struct xap_db *db, uint32_t docid, const struct plan *plan, struct error *err)
{
	marker_confine(sn->marker, &sn->scopes);
	return scopes_read(&sn->scopes, db, docid, plan, err);
}

/* Where the next piece for the analyser ends: at a paragraph's or a sentence's end (no word goes
 * across), or, in very long ones, at a blank or a character's end. 0: more has to be read first. */
static size_t
piece_end(const struct snippet_maker *sn)
{
	const char *text = sn->text.data;
	size_t len = sn->text.len, i;

	if (sn->end)
		return len;
	for (i = len; i > sn->done + 1; i--)
		if (text[i - 1] == '\n' || (text[i - 1] == ' ' && sentences_end_before(text, len, false, i)))
			return i;
	if (len - sn->done < SENTENCE_MAX)
		return 0;
	for (i = len; i > len - SENTENCE_MAX / 2; i--)
		if (text[i - 1] == ' ')
			return i;
	for (i = len; ((unsigned char)text[i - 1] & 0xC0) == 0x80; i--)
		;
	return i - 1;
}

/* Whether the text up to byte AT holds all that a passage from START on can show. */
static bool
past_passage(const struct snippet_maker *sn, uint32_t start, size_t at)
{
	return at > start + SNIPPET_CHARS &&
		utf8_count(sn->text.data + start, at - start) > SNIPPET_CHARS + ANALYSE_WORD_MAX;
}

/* Analyses the text from DONE to TO; *ENOUGH when no better passage is wanted. */
static enum status
analyse_piece(struct snippet_maker *sn, size_t to, bool *enough, struct error *err)
{
	const char *text = sn->text.data;
	uint32_t offset = (uint32_t)sn->done, start;
	enum status st;
	struct token tok;
	bool got;

	st = analyse_begin(sn->an, text + offset, to - offset, sn->lang, marker_filter(sn->marker), err);
	while (st == ST_OK) {
		st = analyse_next(sn->an, &tok, &got, err);
		if (st != ST_OK || !got)
			break;
		st = marker_token(sn->marker, sn->an, &tok, text, offset, sn->positions, err);
		if (marker_complete(sn->marker, &start) && past_passage(sn, start, offset + tok.start)) {
			*enough = true;
			return st;
		}
	}
	if (st == ST_OK)
		st = marker_flush(sn->marker, text);
	sn->positions += analyse_positions(sn->an);
	sn->done = to;
	return st;
}

static bool
read_enough(const struct snippet_maker *sn)
{
	size_t nspans;

	marker_spans(sn->marker, &nspans);
	return sn->done >= (nspans > 0 ? SNIPPET_BYTES : SNIPPET_BYTES_NONE);
}

static enum status
read_matches(struct snippet_maker *sn, struct zstream_unpacker *texts, struct error *err)
{
	bool enough = marker_groups(sn->marker) == 0;
	enum status st = ST_OK;
	size_t to;

	while (st == ST_OK && !sn->end) {
		st = zstream_unpacker_more(texts, sn->text.len == 0 ? FIRST_READ : NEXT_READ, &sn->text, &sn->end);
		if (st != ST_OK)
			return error_set(err, st, st == ST_NOMEM ? "no memory" : "a stored text is damaged");
		if (enough || read_enough(sn))
			break;
		to = piece_end(sn);
		if (to <= sn->done)
			continue;
		st = analyse_piece(sn, to, &enough, err);
		if (enough)
			break;
	}
	return st;
}

/* The bytes of the text that are whole characters. */
static size_t
whole_chars(const struct buf *text)
{
	size_t len = text->len, i, n;
	uint32_t cp;

	for (i = len > 4 ? len - 4 : 0; i < len && ((unsigned char)text->data[i] & 0xC0) == 0x80; i++)
		;
	for (; i < len; i += n) {
		n = utf8_next(text->data + i, len - i, &cp);
		if (cp == 0xFFFD && n == 1)
			return i;
	}
	return len;
}

enum status
snippet_make(struct snippet_maker *sn, struct zstream_unpacker *texts, const char *data, size_t len,
	     struct buf *out, struct error *err)
{
	struct passage_source source;
	const char *lang;
	size_t lang_len;
	enum status st;

	buf_clear(&sn->text);
	sn->done = sn->positions = 0;
	sn->end = false;
	st = record_begin(texts, data, len, &lang, &lang_len, err);
	if (st != ST_OK)
		return st;
	if (lang_len >= sizeof(sn->lang))
		lang_len = sizeof(sn->lang) - 1;
	memcpy(sn->lang, lang, lang_len);
	sn->lang[lang_len] = '\0';
	marker_article(sn->marker, sn->lang);
	st = read_matches(sn, texts, err);
	if (st != ST_OK)
		return st;
	source.text = buf_str(&sn->text);
	source.len = sn->end ? sn->text.len : whole_chars(&sn->text);
	source.whole = sn->end;
	source.spans = marker_spans(sn->marker, &source.nspans);
	source.ngroups = marker_groups(sn->marker);
	return passage_write(sn->passages, &source, &(struct passage_look){ SNIPPET_CHARS, sn->open, sn->close }, out);
}
