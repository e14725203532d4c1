/* SPDX-License-Identifier: GPL-2.0-or-later */
#include "indexer/update/pending.h"

#include <malloc.h>
#include <stdlib.h>
#include <string.h>

#include "base/grow.h"
#include "base/hash.h"
#include "engine/document/limits.h"
#include "engine/store/dictionary.h"
#include "engine/store/record.h"

void
pending_init(struct pending *p)
{
	memset(p, 0, sizeof(*p));
}

void
pending_clear(struct pending *p)
{
	size_t i;

	for (i = 0; i < p->n; i++)
		writer_draft_fini(&p->draft[i]);
	map_clear(&p->by_id);
	p->n = p->live = 0;
	p->text_bytes = 0;
	if (!p->large)
		return;
	p->large = false;
	document_builder_free(p->builder);
	p->builder = NULL;
	(void)malloc_trim(0);
}

void
pending_fini(struct pending *p)
{
	pending_clear(p);
	free(p->draft);
	map_fini(&p->by_id);
	document_builder_free(p->builder);
	zstream_unpacker_free(p->texts);
	buf_fini(&p->dict);
	pending_init(p);
}

enum status
pending_dictionary(struct pending *p, const struct buf *dict, struct error *err)
{
	document_builder_free(p->builder);
	zstream_unpacker_free(p->texts);
	p->builder = NULL;
	p->texts = NULL;
	buf_clear(&p->dict);
	buf_add(&p->dict, dict->data, dict->len);
	if (buf_status(&p->dict) != ST_OK || dictionary_unpacker(&p->texts, p->dict.data, p->dict.len) != ST_OK)
		return error_nomem(err);
	return document_builder_new(&p->builder, p->dict.data, p->dict.len, err);
}

/* A dropped draft has no id any more: the next of its id finds another. */
static bool
is_draft(const void *drafts, uint32_t number, const void *id)
{
	const struct draft *d = (const struct draft *)drafts + number;

	return d->id != NULL && strcmp(d->id, id) == 0;
}

struct draft *
pending_find(struct pending *p, const char *id)
{
	uint32_t at = map_find(&p->by_id, hash_bytes(id, strlen(id)), is_draft, p->draft, id);

	return at != MAP_NONE ? &p->draft[at] : NULL;
}

/* Adds MADE (consumed, also on failure), whose id is new. */
static enum status
add_take(struct pending *p, struct draft *made)
{
	struct draft *draft = grow(p->draft, &p->cap, p->n, sizeof(*draft));

	if (draft != NULL)
		p->draft = draft;
	if (draft == NULL || map_add(&p->by_id, hash_bytes(made->id, strlen(made->id)), (uint32_t)p->n) != ST_OK) {
		writer_draft_fini(made);
		return ST_NOMEM;
	}
	draft[p->n++] = *made;
	p->live++;
	return ST_OK;
}

enum status
pending_put(struct pending *p, const struct article *a, const char *origin, bool moved, struct error *err)
{
	struct draft *old = pending_find(p, buf_str(&a->field[ART_ID])), made;
	enum status st = ST_OK;
	size_t bytes;

	if (!moved && p->builder == NULL)
		st = document_builder_new(&p->builder, p->dict.data, p->dict.len, err);
	if (st == ST_OK)
		st = moved ? writer_draft_move(&made, a, origin, err) : writer_draft_init(&made, p->builder, a, origin, err);
	if (st != ST_OK)
		return st;
	p->large = p->large || (!moved && limits_large(a));
	bytes = made.text_bytes;
	if (old != NULL) {
		p->text_bytes -= old->text_bytes;
		writer_draft_fini(old);
		*old = made;
	} else if (add_take(p, &made) != ST_OK) {
		return error_nomem(err);
	}
	p->text_bytes += bytes;
	return ST_OK;
}

void
pending_drop(struct pending *p, struct draft *d)
{
	p->text_bytes -= d->text_bytes;
	writer_draft_fini(d);
	p->live--;
}

/* Makes D again with the dictionary DICT, from the record that it holds. */
static enum status
make_again(struct pending *p, struct draft *d, struct document_builder *builder, struct error *err)
{
	struct buf data = BUF_INIT;
	struct draft made;
	struct article a;
	enum status st;

	article_init(&a);
	st = xap_doc_data(d->doc, &data, err);
	if (st == ST_OK)
		st = record_unpack(p->texts, buf_str(&data), data.len, &a, err);
	if (st == ST_OK)
		st = writer_draft_init(&made, builder, &a, d->origin, err);
	if (st == ST_OK) {
		writer_draft_fini(d);
		*d = made;
	}
	article_fini(&a);
	buf_fini(&data);
	return st;
}

static enum status
change_dictionary(struct pending *p, const struct writer *w, struct error *err)
{
	struct buf dict = BUF_INIT;
	struct document_builder *builder = NULL;
	enum status st;
	size_t i;

	st = document_builder_new(&builder, w->opt.dict, w->opt.dict_len, err);
	for (i = 0; i < p->n && st == ST_OK; i++)
		if (p->draft[i].id != NULL)
			st = make_again(p, &p->draft[i], builder, err);
	document_builder_free(builder);
	buf_add(&dict, w->opt.dict, w->opt.dict_len);
	if (st == ST_OK)
		st = buf_status(&dict) == ST_OK ? pending_dictionary(p, &dict, err) :
			error_nomem(err);
	buf_fini(&dict);
	return st;
}

/* Makes the builder and the unpacker for the generation's dictionary. */
static enum status
suit(struct pending *p, struct writer *w, struct error *err)
{
	struct buf languages = BUF_INIT;
	enum status st = document_languages(p->builder, &languages);

	if (st != ST_OK)
		error_nomem(err);
	else
		writer_languages(w, buf_str(&languages));
	buf_fini(&languages);
	if (st == ST_OK && (w->opt.dict_len != p->dict.len || memcmp(w->opt.dict, buf_str(&p->dict), p->dict.len) != 0))
		st = change_dictionary(p, w, err);
	return st;
}

enum status
pending_write(struct pending *p, struct writer *w, size_t *at, size_t max, uint64_t count[WRITER_RESULTS],
	      struct error *err)
{
	enum status st = p->builder == NULL ? ST_OK : suit(p, w, err);
	enum writer_result result;

	for (; *at < p->n && max > 0 && st == ST_OK; ++*at) {
		if (p->draft[*at].id == NULL)
			continue;
		st = writer_put_draft(w, &p->draft[*at], &result, err);
		if (st == ST_OK)
			count[result]++;
		max--;
	}
	return st;
}
