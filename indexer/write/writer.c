/* SPDX-License-Identifier: GPL-2.0-or-later */
#include "config.h"

#include "indexer/write/writer.h"

#include <stdio.h>
#include <stdlib.h>
#include <string.h>

#include "base/file.h"
#include "base/log.h"
#include "engine/store/dictionary.h"
#include "engine/store/files.h"
#include "engine/store/record.h"
#include "engine/store/row.h"
#include "engine/store/schema.h"
#include "engine/store/state.h"
#include "engine/store/store.h"
#include "engine/store/sums.h"
#include "indexer/write/newest.h"

/* ---- drafts ---- */

enum status
writer_draft_move(struct draft *d, const struct article *a, const char *origin, struct error *err)
{
	enum status st = record_hash(a, &d->hash);

	d->doc = NULL;
	d->text_bytes = d->packed_bytes = 0;
	d->id = strdup(buf_str(&a->field[ART_ID]));
	d->date = strdup(buf_str(&a->field[ART_DATE]));
	d->origin = strdup(origin);
	if (st != ST_OK || d->id == NULL || d->date == NULL || d->origin == NULL)
		st = error_nomem(err);
	if (st != ST_OK)
		writer_draft_fini(d);
	return st;
}

enum status
writer_document(struct document_builder *b, const struct article *a, struct xap_doc *doc, struct error *err)
{
	enum status st = document_build(b, a, doc, err);

	if (st == ST_OK && document_cut(b))
		log_line(LOG_LEVEL_WARN, "%s: finding who says what passed its limit: later quotations may have no speakers",
			 buf_str(&a->field[ART_ID]));
	return st;
}

enum status
writer_draft_init(struct draft *d, struct document_builder *b, const struct article *a, const char *origin, struct error *err)
{
	enum status st = writer_draft_move(d, a, origin, err);

	if (st != ST_OK)
		return st;
	st = xap_doc_new(&d->doc, err);
	if (st == ST_OK)
		st = writer_document(b, a, d->doc, err);
	d->text_bytes = a->field[ART_TITLE].len + a->body.len;
	d->packed_bytes = document_packed(b);
	if (st != ST_OK)
		writer_draft_fini(d);
	return st;
}

void
writer_draft_fini(struct draft *d)
{
	xap_doc_free(d->doc);
	free(d->id);
	free(d->date);
	free(d->origin);
	memset(d, 0, sizeof(*d));
}

/* ---- the writer ---- */

/* How a call ends that came to ST. Nobody else writes meanwhile, and libxapian's errors do not name the folder. */
static enum status
ended(const struct writer *w, enum status st, struct error *err)
{
	struct error why;

	st = store_unshared(st, err);
	if (err == NULL || (st != ST_CORRUPT && st != ST_IO && st != ST_NOSPACE) || strstr(err->text, w->opt.dir) != NULL)
		return st;
	why = *err;
	return error_set(err, st, "%s: %s", w->opt.dir, why.text);
}


enum status
writer_open(struct writer **out, const struct writer_options *opt, struct error *err)
{
	struct writer *w = calloc(1, sizeof(*w));
	enum status st;

	*out = NULL;
	if (w == NULL)
		return error_nomem(err);
	w->opt = *opt;
	w->state = *opt->state;
	article_init(&w->former);
	st = files_check(opt->dir, err);
	if (st == ST_OK)
		st = sums_drop(opt->dir, err);
	if (st == ST_OK)
		st = xap_wdb_open(&w->db, opt->dir, XAP_OPEN, opt->safe, err);
	if (st == ST_OK)
		st = xap_wdb_reader(w->db, &w->view, err);
	if (st == ST_OK)
		st = origins_load(opt->origins, w->view, err);
	if (st == ST_OK && dictionary_unpacker(&w->texts, opt->dict, opt->dict_len) != ST_OK)
		st = error_nomem(err);
	if (st == ST_OK)
		st = grouping_new(&w->grouping, w->db, w->view, w->texts, err);
	if (st == ST_OK && opt->journal)
		st = journal_entry_new(&w->entry, err);
	if (st != ST_OK) {
		st = ended(w, st, err);
		writer_free(w);
		return st;
	}
	*out = w;
	return ST_OK;
}

void
writer_free(struct writer *w)
{
	if (w == NULL)
		return;
	xap_db_free(w->view);
	xap_wdb_free(w->db);
	document_builder_free(w->builder);
	grouping_free(w->grouping);
	zstream_unpacker_free(w->texts);
	journal_entry_free(w->entry);
	xap_doc_free(w->doc);
	article_fini(&w->former);
	buf_fini(&w->term);
	buf_fini(&w->value);
	buf_fini(&w->data);
	free(w);
}

/* The article that the index has for an id. */
struct found {
	uint32_t docid;           /* 0: there is none */
	struct content content;
	bool whole;               /* its text could be read, and is in w->former */
};

/* Looks ID up; w->term is its term. A damaged article is no obstacle: it is about to go. */
static enum status
look_up(struct writer *w, const char *id, struct found *f, struct error *err)
{
	enum status st;

	memset(f, 0, sizeof(*f));
	buf_clear(&w->term);
	schema_term(&w->term, PREFIX_ID, id, strlen(id));
	if (buf_status(&w->term) != ST_OK)
		return error_nomem(err);
	st = xap_db_posting(w->view, w->term.data, w->term.len, 0, &f->docid, err);
	if (st == ST_NOTFOUND) {
		f->docid = 0;
		return ST_OK;
	}
	buf_clear(&w->value);
	if (st == ST_OK)
		st = xap_db_value(w->view, f->docid, SLOT_CONTENT, &w->value, err);
	if (st == ST_OK && row_unpack_content(buf_str(&w->value), w->value.len, &f->content) != ST_OK)
		memset(&f->content, 0, sizeof(f->content));
	return st;
}

/* Takes the article F out of the figures, and keeps it for the journal. */
static enum status
take_out(struct writer *w, const char *id, struct found *f, struct error *err)
{
	struct error why;
	uint64_t hash;
	enum status st;

	buf_clear(&w->data);
	st = xap_db_data(w->view, f->docid, &w->data, err);
	if (st != ST_OK)
		return st;
	st = record_unpack(w->texts, buf_str(&w->data), w->data.len, &w->former, &why);
	if (st == ST_OK)
		st = record_hash(&w->former, &hash);
	if (st == ST_NOMEM)
		return error_nomem(err);
	f->whole = st == ST_OK && hash == f->content.hash;
	w->state.packed_bytes -= w->data.len < w->state.packed_bytes ? w->data.len : w->state.packed_bytes;
	if (f->whole) {
		uint64_t bytes = w->former.field[ART_TITLE].len + w->former.body.len;

		w->state.text_bytes -= bytes < w->state.text_bytes ? bytes : w->state.text_bytes;
		if (*w->state.newest != '\0' && !newest_before(buf_str(&w->former.field[ART_DATE]), w->state.newest))
			w->newest_gone = true;
	} else {
		log_line(LOG_LEVEL_NOTICE, "%s: the stored text was damaged", id);
		w->newest_gone = true;
	}
	return ST_OK;
}

static enum status
note(struct writer *w, enum change_kind kind, const char *id, const struct found *f, struct error *err)
{
	w->changed = true;
	if (w->entry == NULL)
		return ST_OK;
	/* The former text of a damaged article is lost. */
	if (kind != CHANGE_ADDED && !f->whole)
		article_clear(&w->former);
	return journal_entry_add(w->entry, kind, id, strlen(id), kind == CHANGE_ADDED ? NULL : &w->former, err);
}

/* The content value into w->value. */
static enum status
pack_content(struct writer *w, uint64_t hash, uint32_t origin, struct error *err)
{
	const struct content content = { hash, origin };

	buf_clear(&w->value);
	row_pack_content(&w->value, &content);
	return buf_status(&w->value) == ST_OK ? ST_OK : error_nomem(err);
}

/* Looks whether the article of D's id has D's content; if so all is done. *ORIGIN is the number of its origin. */
static enum status
same_content(struct writer *w, const struct draft *d, struct found *f, uint32_t *origin, bool *same, struct error *err)
{
	enum status st = look_up(w, d->id, f, err);

	if (st == ST_OK && origins_number(w->opt.origins, d->origin, origin) != ST_OK)
		st = error_nomem(err);
	*same = st == ST_OK && f->docid != 0 && f->content.hash == d->hash;
	if (!*same || f->content.origin == *origin)
		return st;
	st = pack_content(w, d->hash, *origin, err);
	if (st == ST_OK)
		st = xap_wdb_set_value(w->db, f->docid, SLOT_CONTENT, w->value.data, w->value.len, err);
	w->changed = true;
	return st;
}

/* Writes D, and replaces the article FOUND. */
static enum status
put_document(struct writer *w, const struct draft *d, struct found *f, uint32_t origin, enum writer_result *result,
	     struct error *err)
{
	uint32_t docid = 0;
	enum status st = pack_content(w, d->hash, origin, err);

	if (st == ST_OK)
		st = xap_doc_set_value(d->doc, SLOT_CONTENT, w->value.data, w->value.len, err);
	if (st == ST_OK && f->docid != 0)
		st = take_out(w, d->id, f, err);
	if (st == ST_OK)
		st = note(w, f->docid != 0 ? CHANGE_CHANGED : CHANGE_ADDED, d->id, f, err);
	if (st == ST_OK && f->docid != 0)
		st = grouping_leave(w->grouping, f->docid, err);
	if (st == ST_OK && f->docid != 0)
		st = xap_wdb_replace(w->db, w->term.data, w->term.len, d->doc, &docid, err);
	else if (st == ST_OK)
		st = xap_wdb_add(w->db, d->doc, &docid, err);
	if (st == ST_OK)
		st = grouping_join(w->grouping, docid, err);
	if (st != ST_OK)
		return st;
	*result = f->docid != 0 ? WRITER_REPLACED : WRITER_ADDED;
	w->state.articles += f->docid == 0;
	w->state.text_bytes += d->text_bytes;
	w->state.packed_bytes += d->packed_bytes;
	if (strlen(d->date) < NEWEST_MAX && newest_before("", d->date) && !newest_before(d->date, w->state.newest)) {
		strcpy(w->state.newest, d->date);
		w->newest_gone = false;
	}
	return ST_OK;
}

enum status
writer_put_draft(struct writer *w, const struct draft *d, enum writer_result *result, struct error *err)
{
	struct found f;
	uint32_t origin;
	bool same;
	enum status st = same_content(w, d, &f, &origin, &same, err);

	*result = WRITER_UNCHANGED;
	if (st == ST_OK && !same && d->doc != NULL)
		st = put_document(w, d, &f, origin, result, err);
	return ended(w, st, err);
}

enum status
writer_put(struct writer *w, const struct article *a, const char *origin, enum writer_result *result, struct error *err)
{
	struct draft d = { NULL, a->field[ART_ID].data, (char *)buf_str(&a->field[ART_DATE]), (char *)origin, 0, 0, 0 };
	struct found f;
	uint32_t number;
	bool same;
	enum status st;

	*result = WRITER_UNCHANGED;
	if (record_hash(a, &d.hash) != ST_OK)
		return error_nomem(err);
	st = same_content(w, &d, &f, &number, &same, err);
	if (st != ST_OK || same)
		return ended(w, st, err);
	if (w->builder == NULL)
		st = document_builder_new(&w->builder, w->opt.dict, w->opt.dict_len, err);
	if (st == ST_OK && w->doc == NULL)
		st = xap_doc_new(&w->doc, err);
	if (st == ST_OK)
		st = writer_document(w->builder, a, w->doc, err);
	if (st != ST_OK)
		return st;
	d.doc = w->doc;
	d.text_bytes = a->field[ART_TITLE].len + a->body.len;
	d.packed_bytes = document_packed(w->builder);
	return ended(w, put_document(w, &d, &f, number, result, err), err);
}

enum status
writer_remove(struct writer *w, const char *id, const char *origin, bool *was_there, struct error *err)
{
	const char *from;
	struct found f;
	enum status st = look_up(w, id, &f, err);

	*was_there = false;
	if (st != ST_OK || f.docid == 0)
		return ended(w, st, err);
	from = origins_path(w->opt.origins, f.content.origin);
	if (origin != NULL && (from == NULL || strcmp(from, origin) != 0))
		return ST_OK;
	*was_there = true;
	st = take_out(w, id, &f, err);
	if (st == ST_OK)
		st = note(w, CHANGE_REMOVED, id, &f, err);
	if (st == ST_OK)
		st = grouping_leave(w->grouping, f.docid, err);
	if (st == ST_OK)
		st = xap_wdb_delete(w->db, f.docid, err);
	w->state.articles--;
	return ended(w, st, err);
}

void
writer_languages(struct writer *w, const char *languages)
{
	char *have = w->state.languages;
	size_t len, n;

	for (; *languages != '\0'; languages += n + strspn(languages + n, " ")) {
		char word[sizeof(w->state.languages) + 2], all[sizeof(w->state.languages) + 2];

		n = strcspn(languages, " ");
		len = strlen(have);
		if (n + 2 > sizeof(word) || len + n + 2 > sizeof(w->state.languages))
			continue;
		snprintf(word, sizeof(word), " %.*s ", (int)n, languages);
		snprintf(all, sizeof(all), " %s ", have);
		if (strstr(all, word) == NULL)
			snprintf(have + len, sizeof(w->state.languages) - len, "%s%.*s", len > 0 ? " " : "",
				 (int)n, languages);
	}
}

enum status
writer_figures(struct writer *w, struct error *err)
{
	enum status st = ST_OK;
	struct buf seen = BUF_INIT;

	if (w->builder != NULL)
		st = document_languages(w->builder, &seen);
	if (st != ST_OK)
		error_nomem(err);
	else
		writer_languages(w, buf_str(&seen));
	buf_fini(&seen);
	if (st == ST_OK && w->newest_gone)
		st = newest_find(w->view, w->state.newest, err);
	w->newest_gone = false;
	return st == ST_OK ? file_folder_bytes(w->opt.dir, &w->state.index_bytes, err) : st;
}

enum status
writer_commit(struct writer *w, struct error *err)
{
	time_t now = time(NULL);
	enum status st = writer_figures(w, err);

	if (w->opt.safe) {
		w->state.rev++;
		manifest_time(now, w->state.committed);
	}
	if (st == ST_OK)
		st = origins_save(w->opt.origins, w->db, err);
	if (st == ST_OK && w->entry != NULL)
		st = journal_write(w->entry, w->db, &w->state, now, err);
	if (st == ST_OK)
		st = state_save(w->db, &w->state, err);
	if (st == ST_OK)
		st = xap_wdb_commit(w->db, err);
	if (st == ST_OK && w->opt.safe)
		st = file_sync(w->opt.dir, err);
	w->changed = false;
	return ended(w, st, err);
}
