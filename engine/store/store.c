/* SPDX-License-Identifier: GPL-2.0-or-later */
#include "config.h"

#include "engine/store/store.h"

#include <errno.h>
#include <fcntl.h>
#include <grp.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <sys/file.h>
#include <sys/stat.h>
#include <unistd.h>

#include "base/file.h"
#include "engine/store/files.h"
#include "engine/store/row.h"
#include "engine/store/schema.h"
#include "engine/store/stamp.h"
#include "engine/store/state.h"
#include "engine/text/analyse.h"
#include "engine/xapian/blocks.h"

/* CURRENT may be switched, and the old generation removed, between reading
 * its name and pinning it; so often in a row is no accident. */
#define OPEN_TRIES 100
#define STILL_TRIES 3      /* tries on a state that Xapian calls stale though no commit came */

/* Larger tables are not looked at before they are opened. */
#define SOUND_BYTES_MAX (1u << 30)

enum opening {
	WHOLE,
	TEXTS,     /* stored articles alone are read */
	QUICK      /* without a look at the blocks of the tables */
};

enum status
store_default_dir(struct buf *out, struct error *err)
{
	const char *set = getenv("DRAGOMAN_INDEX"), *data = getenv("XDG_DATA_HOME"), *home = getenv("HOME");

	if (set != NULL && *set != '\0')
		buf_adds(out, set);
	else if (data != NULL && *data == '/')
		buf_addf(out, "%s/dragoman", data);
	else if (home != NULL && *home != '\0')
		buf_addf(out, "%s/.local/share/dragoman", home);
	else
		return error_set(err, ST_NOTFOUND, "no index named: give -d INDEX or set DRAGOMAN_INDEX");
	return buf_status(out) == ST_OK ? ST_OK : error_nomem(err);
}

void
store_gen_name(uint32_t gen, char out[STORE_GEN_NAME_MAX])
{
	snprintf(out, STORE_GEN_NAME_MAX, "g%06u", (unsigned)gen);
}

bool
store_gen_parse(const char *name, uint32_t *gen)
{
	char again[STORE_GEN_NAME_MAX];
	unsigned long n;
	char *end;

	if (name[0] != 'g' || name[1] < '0' || name[1] > '9')
		return false;
	errno = 0;
	n = strtoul(name + 1, &end, 10);
	if (errno != 0 || *end != '\0' || n == 0 || n > UINT32_MAX)
		return false;
	*gen = (uint32_t)n;
	store_gen_name(*gen, again);
	return strcmp(again, name) == 0;
}

void
store_damaged(const char *index, struct buf *out)
{
	buf_addf(out, "%s is damaged: cure it with \"dragoman-index rebuild -d ", index);
	buf_add_quoted(out, index);
	buf_addc(out, '"');
}

/* Appends the cure to ERR's text: "HOW with "dragoman-index COMMAND -d INDEX REST"". */
static enum status
cure(struct error *err, const char *how, const char *command, const char *index, const char *rest)
{
	struct buf line = BUF_INIT;
	enum status st = err->status;

	buf_addf(&line, "%s: %s with \"dragoman-index %s -d ", err->text, how, command);
	buf_add_quoted(&line, index);
	buf_addf(&line, "%s\"", rest);
	if (buf_status(&line) == ST_OK)
		error_set(err, st, "%s", line.data);
	buf_fini(&line);
	return st;
}

/* After a failure with ST to open PATH, a file of INDEX: where that is for want of permission, ERR says who has it. */
static enum status
refused(const char *index, const char *path, enum status st, struct error *err)
{
	struct group room, *group = NULL;
	char names[4096], number[16];
	struct stat sb;

	if (st != ST_IO || access(path, R_OK) == 0 || errno != EACCES || stat(index, &sb) != 0)
		return st;
	snprintf(number, sizeof(number), "%u", (unsigned)sb.st_gid);
	if (getgrgid_r(sb.st_gid, &room, names, sizeof(names), &group) != 0)
		group = NULL;
	return error_set(err, st, "%s: Permission denied: the index is open to its owner and to the group %s", path,
			 group != NULL ? group->gr_name : number);
}

enum status
store_current(const char *index, uint32_t *gen, struct error *err)
{
	struct buf name = BUF_INIT;
	char *path = file_join(index, STORE_CURRENT);
	enum status st;

	if (path == NULL)
		return error_nomem(err);
	st = refused(index, path, file_read(path, 64, &name, err), err);
	if (st == ST_NOTFOUND && err != NULL) {
		error_set(err, st, "no index at %s", index);
		st = cure(err, "make one", "build", index, " FILES...");
	}
	if (st == ST_TOO_LARGE)
		st = error_set(err, ST_CORRUPT, "%s: names no generation", path);
	if (st == ST_OK) {
		if (name.len > 0 && name.data[name.len - 1] == '\n')
			name.data[--name.len] = '\0';
		if (strlen(buf_str(&name)) != name.len || !store_gen_parse(buf_str(&name), gen))
			st = error_set(err, ST_CORRUPT, "%s: names no generation", path);
	}
	buf_fini(&name);
	free(path);
	return st;
}

static enum status
pin(struct store *s, const char *index, struct error *err)
{
	char *path = file_join(s->dir, STORE_PIN);
	enum status st = ST_OK;

	if (path == NULL)
		return error_nomem(err);
	st = refused(index, path, file_open(path, O_RDONLY, &s->lock_fd, err), err);
	if (st == ST_OK && flock(s->lock_fd, LOCK_SH | LOCK_NB) != 0)
		/* A process that removes the generation holds it, or one that has no business to. */
		st = errno == EWOULDBLOCK ? error_set(err, ST_LOCKED, "%s: held by another process", path) :
			error_errno(err, errno, "%s", path);
	free(path);
	return st;
}

static enum status
check_version(const char *index, const struct manifest *m, enum opening how, struct error *err)
{
	char fingerprint[ANALYSE_FINGERPRINT_MAX];
	struct error why;

	if (err == NULL)
		err = &why;
	if (m->format > SCHEMA_FORMAT || m->format < SCHEMA_FORMAT_OLDEST) {
		error_set(err, ST_VERSION, "%s has format %u, this program reads %u to %u", index, m->format,
			  SCHEMA_FORMAT_OLDEST, SCHEMA_FORMAT);
		return cure(err, "make it anew", "build --replace", index, " FILES...");
	}
	if (how == TEXTS)
		return ST_OK;
	if (m->format != SCHEMA_FORMAT) {
		error_set(err, ST_VERSION, "%s has format %u, this program writes %u", index, m->format, SCHEMA_FORMAT);
		return cure(err, "cure it", "rebuild", index, "");
	}
	analyse_fingerprint(fingerprint);
	if (strcmp(m->fingerprint, fingerprint) != 0) {
		error_set(err, ST_VERSION, "%s was made by another analysis (%s)", index, m->fingerprint);
		return cure(err, "cure it", "rebuild", index, "");
	}
	return ST_OK;
}

static enum status
open_texts(struct store *s, struct error *err)
{
	char *path = file_join(s->dir, STORE_DICTIONARY);
	enum status st;

	if (path == NULL)
		return error_nomem(err);
	st = file_read(path, DICTIONARY_MAX, &s->dict, err);
	if (st == ST_TOO_LARGE)
		st = error_set(err, ST_CORRUPT, "%s: far too large for a dictionary", path);
	if (st == ST_OK && zstream_sum(buf_str(&s->dict), s->dict.len) != s->manifest.dictionary_crc32)
		st = error_set(err, ST_CORRUPT, "%s: damaged", path);
	if (st == ST_OK) {
		st = dictionary_unpacker(&s->texts, s->dict.data, s->dict.len);
		if (st != ST_OK)
			error_set(err, st, "%s: not usable", path);
	}
	if (st == ST_OK)
		st = dictionary_lexicon(&s->lexicon, s->dict.data, s->dict.len, err);
	free(path);
	return st;
}

static enum status
load_state(struct store *s, struct error *err)
{
	struct manifest m;
	enum status st;

	if (s->manifest.format != SCHEMA_FORMAT)
		return ST_OK;    /* an older format keeps no state in the database: the file is all */
	st = state_load(s->db, &m, err);
	if (st == ST_NOTFOUND)
		st = error_set(err, ST_CORRUPT, "the database holds no state");
	if (st == ST_OK)
		s->manifest = m;
	return st;
}

enum status
store_unshared(enum status st, struct error *err)
{
	return st == ST_STALE ? error_set(err, ST_CORRUPT, "damaged: a block is of a later commit than the last") : st;
}

enum status
store_overtaken(const struct store *s, uint64_t before, unsigned *still, struct error *err)
{
	*still = s->manifest.rev == before ? *still + 1 : 0;
	return *still < STILL_TRIES ? ST_STALE :
		error_set(err, ST_CORRUPT, "%s: damaged: a block is of a later commit than the last", s->dir);
}

/* A commit may come between the steps of opening or reading: then all steps are done
 * again. Where none came, a block that is too new is damage. libxapian's errors do not name the folder, so it is added. */
static enum status
open_tables(struct store *s, struct error *err)
{
	const char *const paths[] = { s->dir };
	char *path = file_join(s->dir, STAMP_COMMIT_FILE);
	struct error why = { ST_OK, 0, "" };
	enum status st = ST_STALE;
	struct stamp before;
	int i;

	if (path == NULL)
		return error_nomem(err);
	before = stamp_take(path);
	for (i = 0; st == ST_STALE && i < OPEN_TRIES; i++) {
		xap_db_free(s->db);
		st = xap_db_open(&s->db, paths, 1, &why);
		if (st == ST_OK)
			st = load_state(s, &why);
	}
	if (!stamp_changed(path, &before))
		st = store_unshared(st, &why);
	free(path);
	return st == ST_OK ? ST_OK : error_set(err, st, "%s: %s", s->dir, why.text);
}

enum status
store_reload(struct store *s, struct error *err)
{
	vocabulary_release(s->words);
	s->words = NULL;
	return open_tables(s, err);
}

static enum status
open_generation(struct store *s, const char *index, enum opening how, struct error *err)
{
	enum status st = files_check(s->dir, err);

	if (st == ST_OK)
		st = pin(s, index, err);
	if (st == ST_OK)
		st = manifest_read(s->dir, &s->manifest, err);
	if (st == ST_OK)
		st = check_version(index, &s->manifest, how, err);
	if (st == ST_OK)
		st = open_texts(s, err);
	if (st == ST_OK && how != QUICK)
		st = xap_blocks_check(s->dir, how == TEXTS, SOUND_BYTES_MAX, err);
	if (st == ST_OK)
		st = open_tables(s, err);
	else
		return st;
	/* The manifest is one that this program reads, the tables are not. */
	return st == ST_VERSION ? cure(err, "make it anew", "build --replace", index, " FILES...") : st;
}

/* The caller frees *OUT, also after a failure. */
static enum status
open_number(struct store **out, const char *index, uint32_t gen, enum opening how, struct error *err)
{
	char name[STORE_GEN_NAME_MAX];
	struct store *s = *out = calloc(1, sizeof(*s));

	if (s == NULL)
		return error_nomem(err);
	s->lock_fd = -1;
	store_gen_name(gen, name);
	s->dir = file_join(index, name);
	return s->dir == NULL ? error_nomem(err) :
		open_generation(s, index, how, err);
}

static enum status
open_current(struct store **out, const char *index, enum opening how, struct error *err)
{
	uint32_t gen = 0, now = 0;
	int i;

	*out = NULL;
	for (i = 0; i < OPEN_TRIES; i++) {
		char name[STORE_GEN_NAME_MAX];
		enum status st = store_current(index, &gen, err);

		if (st != ST_OK)
			return st;
		st = open_number(out, index, gen, how, err);
		if (st == ST_OK)
			return ST_OK;
		store_free(*out);
		*out = NULL;
		/* Was the generation removed because another is in use now? */
		store_gen_name(gen, name);
		if (store_current(index, &now, NULL) != ST_OK || now == gen)
			return st == ST_NOTFOUND ? error_set(err, ST_CORRUPT, "%s: generation %s is incomplete",
							     index, name) : st;
	}
	return error_set(err, ST_STALE, "%s changes faster than it can be opened", index);
}

enum status
store_open_number(struct store **out, const char *index, uint32_t gen, struct error *err)
{
	enum status st = open_number(out, index, gen, WHOLE, err);

	if (st != ST_OK) {
		store_free(*out);
		*out = NULL;
	}
	return st;
}

enum status
store_open(struct store **out, const char *index, struct error *err)
{
	return open_current(out, index, WHOLE, err);
}

enum status
store_open_quick(struct store **out, const char *index, struct error *err)
{
	return open_current(out, index, QUICK, err);
}

enum status
store_open_texts(struct store **out, const char *index, struct error *err)
{
	return open_current(out, index, TEXTS, err);
}

void
store_free(struct store *s)
{
	if (s == NULL)
		return;
	xap_db_free(s->db);
	zstream_unpacker_free(s->texts);
	lexicon_free(s->lexicon);
	buf_fini(&s->dict);
	vocabulary_release(s->words);
	vocabularies_release(s->vocabularies);
	if (s->lock_fd >= 0)
		close(s->lock_fd);
	free(s->dir);
	free(s);
}

enum status
store_words(struct store *s, const struct vocabulary **out, struct error *err)
{
	enum status st = ST_OK;

	if (s->words == NULL && s->vocabularies != NULL)
		st = vocabularies_get(s->vocabularies, s->db, &s->manifest, &s->words, err);
	*out = s->words;
	return st;
}

/* Whether DOC was made from A. */
static enum status
check_content(struct xap_doc *doc, const struct article *a, struct error *err)
{
	struct buf value = BUF_INIT;
	struct content content;
	uint64_t hash;
	enum status st = xap_doc_value(doc, SLOT_CONTENT, &value, err);

	if (st == ST_OK && row_unpack_content(buf_str(&value), value.len, &content) != ST_OK)
		st = error_set(err, ST_CORRUPT, "the hash of a stored article is damaged");
	if (st == ST_OK && record_hash(a, &hash) != ST_OK)
		st = error_nomem(err);
	if (st == ST_OK && hash != content.hash)
		st = error_set(err, ST_CORRUPT, "a stored article is damaged: its hash is another");
	buf_fini(&value);
	return st;
}

enum status
store_article(struct store *s, struct xap_doc *doc, const struct xap_deadline *deadline, struct article *out,
	      struct error *err)
{
	struct buf data = BUF_INIT;
	enum status st = xap_doc_data(doc, &data, err);

	if (st == ST_OK)
		st = record_unpack_until(s->texts, buf_str(&data), data.len, deadline, out, err);
	if (st == ST_OK)
		st = check_content(doc, out, err);
	buf_fini(&data);
	return st;
}
