/* SPDX-License-Identifier: GPL-2.0-or-later */
#include "engine/document/document.h"

#include <stdlib.h>
#include <string.h>

#include "base/utf8.h"
#include "engine/document/field_terms.h"
#include "engine/document/region_terms.h"
#include "engine/document/regions.h"
#include "engine/document/suggest_terms.h"
#include "engine/document/taught.h"
#include "engine/document/termbag.h"
#include "engine/entities/entities.h"
#include "engine/store/dictionary.h"
#include "engine/store/record.h"
#include "engine/store/row.h"
#include "engine/store/schema.h"
#include "engine/text/analyse.h"
#include "engine/text/sketch.h"
#include "engine/text/words.h"

#define PACK_LEVEL 6

struct document_builder {
	struct analyser *an;
	struct zstream_packer *packer;
	struct regions *regions;
	struct lexicon *own;            /* of the dictionary */
	const struct lexicon *lexicon;  /* in use: it, or another's */
	struct entities *entities;
	const struct mention *mention;  /* of the article at hand */
	size_t nmentions;
	struct persons persons;
	struct termbag bag;
	struct buf work;
	struct buf languages;     /* "fr ru tr" */
	const char *lang;         /* of the article at hand */
	bool foreign;             /* it has stems of its own beside the English ones */
	struct sketch sketch;     /* of its body */
	uint64_t packed;          /* bytes of its record */
	uint32_t record_sum;      /* and their row_sum() */
};

/* One pass over a text, the headline or the body. */
struct pass { const char *text; uint32_t base; unsigned weight; bool title; uint32_t joined; };

enum status
document_builder_new(struct document_builder **out, const void *dict, size_t dict_len, struct error *err)
{
	struct document_builder *b = calloc(1, sizeof(*b));
	enum status st;

	*out = NULL;
	if (b == NULL)
		return error_nomem(err);
	termbag_init(&b->bag);
	sketch_init(&b->sketch);
	st = analyser_new(&b->an, err);
	if (st == ST_OK) {
		st = dictionary_packer(&b->packer, PACK_LEVEL, dict, dict_len);
		if (st != ST_OK)
			error_set(err, st, "no packer for the texts");
	}
	if (st == ST_OK)
		st = regions_new(&b->regions, err);
	if (st == ST_OK)
		st = dictionary_lexicon(&b->own, dict, dict_len, err);
	if (st == ST_OK && (b->entities = entities_new()) == NULL)
		st = error_nomem(err);
	b->lexicon = b->own;
	if (st != ST_OK) {
		document_builder_free(b);
		return st;
	}
	*out = b;
	return ST_OK;
}

void
document_builder_free(struct document_builder *b)
{
	if (b == NULL)
		return;
	analyser_free(b->an);
	zstream_packer_free(b->packer);
	regions_free(b->regions);
	lexicon_free(b->own);
	entities_free(b->entities);
	persons_fini(&b->persons);
	termbag_fini(&b->bag);
	sketch_fini(&b->sketch);
	buf_fini(&b->work);
	buf_fini(&b->languages);
	free(b);
}

void
document_builder_lexicon(struct document_builder *b, const struct lexicon *lx)
{
	b->lexicon = lx != NULL ? lx : b->own;
}

/* Links word T to the stems of TOK. T has no stems of TOK's kind yet. */
static enum status
add_stems(struct document_builder *b, uint32_t t, const struct token *tok, struct error *err)
{
	struct stem stem[ANALYSE_STEMS_MAX];
	size_t n, i, k;
	enum status st = analyse_stems(b->an, tok, stem, &n, err);

	b->bag.term[t].kinds |= (uint8_t)(1u << tok->kind);
	for (i = 0; i < n && st == ST_OK; i++) {
		struct term *word;
		uint32_t s;

		st = termbag_term(&b->bag, PREFIX_STEM, stem[i].text, stem[i].len, &s);
		if (st != ST_OK)
			return error_nomem(err);
		word = &b->bag.term[t];
		for (k = 0; k < word->nstems && word->stem[k] != s; k++)
			;
		if (k == word->nstems && k < TERMBAG_STEMS)
			word->stem[word->nstems++] = s;
	}
	return st;
}

static enum status
add_position(struct document_builder *b, const char *prefix, const char *word, size_t len, uint32_t pos, unsigned weight)
{
	uint32_t t;
	enum status st = termbag_term(&b->bag, prefix, word, len, &t);

	return st == ST_OK ? termbag_position(&b->bag, t, pos, weight, true) : st;
}

static enum status
add_token(struct document_builder *b, struct pass *pass, const struct token *tok, struct error *err)
{
	uint32_t pos = pass->base + tok->pos, t;
	bool plain = tok->len == tok->exact_len && memcmp(tok->term, tok->exact, tok->len) == 0;
	bool latin = tok->flags & TOKEN_LATIN;   /* the spelling is placed with the word itself */
	unsigned weight = pass->weight;
	enum status st;

	/* A joined word comes twice, but is one occurrence. */
	if (tok->flags & TOKEN_JOINED) {
		if (tok->compound == pass->joined)
			weight = 0;
		pass->joined = tok->compound;
	}
	st = termbag_term(&b->bag, "", tok->term, tok->len, &t);
	if (st == ST_OK)
		st = termbag_position(&b->bag, t, pos, weight, plain);
	if (st == ST_OK && pass->title) {
		b->bag.term[t].title_wdf += weight > 0;
		st = add_position(b, PREFIX_TITLE, tok->term, tok->len, pos, weight > 0);
	}
	if (st == ST_OK && tok->flags & TOKEN_CAPS && !latin)
		st = add_position(b, PREFIX_CAPS, tok->term, tok->len, pos, weight);
	if (st == ST_OK && !plain)
		b->bag.term[t].nonplain = true;
	if (st == ST_OK && !plain && !latin)
		st = add_position(b, PREFIX_EXACT, tok->exact, tok->exact_len, pos, weight);
	if (st == ST_OK && (latin || !(tok->flags & (TOKEN_JOINED | TOKEN_ALSO))))
		b->bag.term[t].letter_case |= (uint8_t)(taught_case(pass->text, tok) & (pass->title ? TAUGHT_SMALL : ~0u));
	if (st == ST_OK && !pass->title && !(tok->flags & (TOKEN_JOINED | TOKEN_ALSO)))
		st = regions_word(b->regions, tok->start, pos);
	if (st != ST_OK)
		return error_nomem(err);
	/* English stems follow from the folded word, others from the spelling. */
	if (b->foreign || !(b->bag.term[t].kinds & 1u << tok->kind))
		st = add_stems(b, t, tok, err);
	return st;
}

static enum status
add_text(struct document_builder *b, struct pass *pass, const struct buf *text, struct error *err)
{
	struct token tok;
	bool got;
	enum status st;

	entities_text(b->entities, buf_str(text), text->len);
	st = analyse_begin(b->an, buf_str(text), text->len, b->lang, NULL, err);
	while (st == ST_OK) {
		st = analyse_next(b->an, &tok, &got, err);
		if (st != ST_OK || !got)
			return st;
		st = add_token(b, pass, &tok, err);
		if (st == ST_OK && !pass->title && sketch_token(&b->sketch, &tok) != ST_OK)
			st = error_nomem(err);
		if (st == ST_OK && entities_token(b->entities, &tok, pass->base + tok.pos) != ST_OK)
			st = error_nomem(err);
	}
	return st;
}

/* The terms by which copies of the article are found. */
static enum status
add_sketch(struct document_builder *b)
{
	uint64_t least[SKETCH_SIZE];
	size_t n = sketch_least(&b->sketch, least), i;
	enum status st = ST_OK;
	uint32_t t;

	for (i = 0; i < n && st == ST_OK; i++) {
		char code[SKETCH_CODE];

		sketch_code(least[i], code);
		st = termbag_term(&b->bag, PREFIX_SKETCH, code, sizeof(code), &t);
	}
	return st;
}

/* Derives from all words of the article the frequencies of the stems, and the terms
 * XE and XN for words with spellings that folding changed. */
static enum status
derive(struct document_builder *b)
{
	struct termbag *bag = &b->bag;
	size_t nwords = bag->nterms, i, k;
	enum status st = ST_OK;
	uint32_t t, at;

	for (i = 0; i < nwords && st == ST_OK; i++) {
		for (k = 0; k < bag->term[i].nstems && st == ST_OK; k++) {
			uint32_t s = bag->term[i].stem[k];

			bag->term[s].wdf += bag->term[i].wdf;
			if (bag->term[i].title_wdf == 0)
				continue;
			/* PREFIX_STEM, one byte, goes. */
			memcpy(b->work.data, bag->text + bag->term[s].text + 1, bag->term[s].len - 1);
			st = termbag_term(bag, PREFIX_TITLE_STEM, b->work.data, bag->term[s].len - 1, &t);
			if (st == ST_OK)
				bag->term[t].wdf += bag->term[i].title_wdf;
		}
		if (st != ST_OK || !bag->term[i].nonplain)
			continue;
		memcpy(b->work.data, bag->text + bag->term[i].text, bag->term[i].len);
		st = termbag_term(bag, PREFIX_NONPLAIN, b->work.data, bag->term[i].len, &t);
		for (at = bag->term[i].first; at != TERMBAG_NONE && st == ST_OK; at = bag->occurrence[at].next)
			if (bag->occurrence[at].plain)
				st = add_position(b, PREFIX_EXACT, b->work.data, bag->term[i].len,
					   bag->occurrence[at].pos, bag->occurrence[at].weight);
	}
	return st;
}

/* Notes CODE among the languages seen; they are few. */
static enum status
note_language(struct document_builder *b, const char *code)
{
	const char *at = buf_str(&b->languages);

	if (code == NULL || strcmp(code, "en") == 0)
		return ST_OK;
	while (at != NULL && strncmp(at, code, strlen(code)) != 0) {
		at = strchr(at, ' ');
		at = at == NULL ? NULL : at + 1;
	}
	if (at != NULL)
		return ST_OK;
	if (b->languages.len > 0)
		buf_addc(&b->languages, ' ');
	buf_adds(&b->languages, code);
	return buf_status(&b->languages);
}

/* The terms without positions: id and language. */
static enum status
add_names(struct document_builder *b, const struct article *a)
{
	const struct buf *lang = &a->field[ART_LANG];
	const char *code = lang->len > 0 ? analyse_stem_lang(b->lang) : NULL;
	uint32_t t;
	size_t i;
	enum status st;

	st = termbag_term(&b->bag, PREFIX_ID, buf_str(&a->field[ART_ID]), a->field[ART_ID].len, &t);
	if (st != ST_OK || lang->len == 0)
		return st;
	buf_clear(&b->work);
	for (i = 0; i < lang->len; i++) {
		char c = lang->data[i];

		buf_addc(&b->work, c >= 'A' && c <= 'Z' ? (char)(c + 32) : c);
	}
	st = buf_status(&b->work);
	if (st == ST_OK)
		st = termbag_term(&b->bag, PREFIX_LANG, b->work.data, b->work.len, &t);
	if (st == ST_OK && b->work.len > 2 && utf8_valid(b->work.data, 2) == 2)
		st = termbag_term(&b->bag, PREFIX_LANG, b->work.data, 2, &t);
	if (st == ST_OK && code != NULL)
		st = termbag_term(&b->bag, PREFIX_LANG, code, strlen(code), &t);
	return st == ST_OK ? note_language(b, code) : st;
}

static enum status
set_record(struct document_builder *b, const struct article *a, struct xap_doc *doc, struct error *err)
{
	enum status st;

	buf_clear(&b->work);
	st = record_pack(b->packer, a, &b->work);
	if (st != ST_OK)
		return error_nomem(err);
	b->packed = b->work.len;
	b->record_sum = row_sum(b->work.data, b->work.len);
	return xap_doc_set_data(doc, b->work.data, b->work.len, err);
}

static enum status
set_values(struct document_builder *b, const struct article *a, struct xap_doc *doc, struct error *err)
{
	const struct buf *id = &a->field[ART_ID], *date = &a->field[ART_DATE];
	struct row row = { id->data, date->data, a->field[ART_SOURCE].data, a->field[ART_TITLE].data,
			   id->len, date->len, a->field[ART_SOURCE].len, a->field[ART_TITLE].len, b->record_sum };
	char digits[15] = "~";
	enum status st;
	size_t i;

	if (date->len > 0 && !article_date_digits(buf_str(date), digits))
		strcpy(digits, "~");
	buf_clear(&b->work);
	buf_adds(&b->work, digits);
	buf_add(&b->work, id->data, id->len);
	st = buf_status(&b->work);
	if (st == ST_OK)
		st = xap_doc_set_value(doc, SLOT_OLDEST, b->work.data, b->work.len, err);
	for (i = 0; digits[0] != '~' && digits[i] != '\0'; i++)
		b->work.data[i] = (char)('0' + '9' - digits[i]);
	if (st == ST_OK)
		st = xap_doc_set_value(doc, SLOT_NEWEST, b->work.data, b->work.len, err);
	buf_clear(&b->work);
	row_pack(&b->work, &row);
	if (st == ST_OK)
		st = buf_status(&b->work);
	return st == ST_OK ? xap_doc_set_value(doc, SLOT_ROW, b->work.data, b->work.len, err) : st;
}

static enum status
set_content(struct document_builder *b, const struct article *a, struct xap_doc *doc, struct error *err)
{
	struct content content = { 0, a->origin };
	enum status st = record_hash(a, &content.hash);

	buf_clear(&b->work);
	row_pack_content(&b->work, &content);
	if (st != ST_OK || buf_status(&b->work) != ST_OK)
		return error_nomem(err);
	return xap_doc_set_value(doc, SLOT_CONTENT, b->work.data, b->work.len, err);
}

static enum status
add_texts(struct document_builder *b, const struct article *a, struct error *err)
{
	struct pass pass = { buf_str(&a->field[ART_TITLE]), 1, SCHEMA_TITLE_WEIGHT, true, 0 };
	uint32_t headline;
	enum status st;

	st = add_text(b, &pass, &a->field[ART_TITLE], err);
	if (st == ST_OK)
		st = regions_find(b->regions, a, err);
	if (st != ST_OK)
		return st;
	headline = analyse_positions(b->an);
	pass = (struct pass){ buf_str(&a->body), 1 + headline + SCHEMA_GAP, 1, false, 0 };
	st = add_text(b, &pass, &a->body, err);
	return st == ST_OK ? region_terms_add(&b->bag, b->regions, a, headline, b->an, err) : st;
}

/* Adds the acronyms and names that the article teaches; the first NWORDS terms of the bag are words of the text. */
static enum status
add_taught(struct document_builder *b, const struct article *a, size_t nwords, struct error *err)
{
	enum status st = taught_names(&b->bag, b->an, nwords, err);

	if (st == ST_OK)
		st = taught_acronyms(&b->bag, b->an, &a->field[ART_TITLE], b->lang, err);
	return st == ST_OK ? taught_acronyms(&b->bag, b->an, &a->body, b->lang, err) : st;
}

/* Adds the terms of the entities that the article names, at all positions of each mention; a mention counts once. */
static enum status
add_mentions(struct document_builder *b)
{
	enum status st = entities_finish(b->entities, &b->mention, &b->nmentions);
	const struct mention *m = b->mention;
	uint32_t t, k;
	size_t i;

	for (i = 0; i < b->nmentions && st == ST_OK; i++) {
		const struct lexicon_entity *e = lexicon_entity(b->lexicon, m[i].entity);

		buf_clear(&b->work);
		schema_entity(&b->work, e->id, e->len, m[i].class);
		st = buf_status(&b->work);
		if (st == ST_OK)
			st = termbag_term(&b->bag, "", b->work.data, b->work.len, &t);
		for (k = 0; k < m[i].nwords && st == ST_OK; k++)
			st = termbag_position(&b->bag, t, m[i].pos + k, k > 0 ? 0 : m[i].text == 0 ? SCHEMA_TITLE_WEIGHT : 1, true);
	}
	return st;
}

/* Adds the terms that SUGGEST completes. */
static enum status
add_suggestions(struct document_builder *b, const struct article *a, struct error *err)
{
	struct persons_text in = { buf_str(&a->body), entities_words(b->entities, 1), b->lexicon, b->mention, b->nmentions,
				   NULL, 0, words_language_number(words_language(b->lang)) };

	in.quote = regions_quotes(b->regions, &in.nquotes);
	if (persons_find(&in, &b->persons) != ST_OK)
		return error_nomem(err);
	return suggest_terms_add(&b->bag, b->an, a, &b->persons, err);
}

/* All its terms, or those in WANTED. */
static enum status
build_terms(struct document_builder *b, const struct article *a, const struct wanted *wanted, struct xap_doc *doc,
	    struct error *err)
{
	enum status st = xap_doc_clear(doc, err);
	size_t nwords;
	const char *code;

	if (st != ST_OK)
		return st;
	termbag_clear(&b->bag);
	sketch_clear(&b->sketch);
	b->lang = buf_str(&a->field[ART_LANG]);
	code = analyse_stem_lang(b->lang);
	b->foreign = code != NULL && strcmp(code, "en") != 0;
	if (entities_begin(b->entities, b->lexicon) != ST_OK)
		return error_nomem(err);
	st = add_texts(b, a, err);
	if (st != ST_OK)
		return st;
	nwords = b->bag.nterms;
	buf_clear(&b->work);
	if (buf_reserve(&b->work, XAP_TERM_MAX) == NULL || derive(b) != ST_OK || add_names(b, a) != ST_OK ||
	    add_sketch(b) != ST_OK || add_mentions(b) != ST_OK)
		return error_nomem(err);
	st = field_terms_add(&b->bag, b->an, a, err);
	/* Standing queries do not ask for what the index was taught, nor does SUGGEST ask in small ones. */
	if (st == ST_OK && wanted == NULL)
		st = add_taught(b, a, nwords, err);
	if (st == ST_OK && wanted == NULL)
		st = add_suggestions(b, a, err);
	return st == ST_OK ? termbag_flush(&b->bag, wanted, doc, err) : st;
}

enum status
document_build(struct document_builder *b, const struct article *a, struct xap_doc *doc, struct error *err)
{
	enum status st = build_terms(b, a, NULL, doc, err);

	if (st == ST_OK)
		st = set_record(b, a, doc, err);
	if (st == ST_OK)
		st = set_values(b, a, doc, err);
	return st == ST_OK ? set_content(b, a, doc, err) : st;
}

enum status
document_build_wanted(struct document_builder *b, const struct article *a, const struct wanted *wanted,
		    struct xap_doc *doc, struct error *err)
{
	enum status st = build_terms(b, a, wanted, doc, err);

	b->record_sum = 0;
	return st == ST_OK ? set_values(b, a, doc, err) : st;
}

enum status
document_languages(const struct document_builder *b, struct buf *out)
{
	buf_adds(out, buf_str(&b->languages));
	return buf_status(out);
}

uint64_t
document_packed(const struct document_builder *b)
{
	return b->packed;
}

bool
document_cut(const struct document_builder *b)
{
	return regions_cut(b->regions);
}
