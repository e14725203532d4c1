/* SPDX-License-Identifier: GPL-2.0-or-later */
#include "engine/text/stems.h"

#include <stdint.h>
#include <stdlib.h>
#include <string.h>

#include "base/hash.h"
#include "engine/text/words.h"
#include "engine/xapian/xap.h"

#define SLOTS 16384            /* a power of two */
#define USED_MAX (SLOTS / 2)
#define BYTES (512 * 1024)     /* words and stems */
#define WORD_MAX 256           /* bytes of a word that is stemmed; a longer one is its own stem */

struct slot {
	uint32_t hash;
	uint32_t at;              /* where the word is kept, its stem behind it */
	uint16_t word_len, stem_len;
};

struct memo {
	const char *code;
	struct memo *next;
	struct xap_stem *stemmer;
	struct buf stem, folded, exact;
	size_t used, bytes;
	struct slot slots[SLOTS]; /* word_len 0: free */
	char text[BYTES];
};

struct stems {
	struct fold *fold;
	struct memo *memos;       /* one for each language asked for */
};

const char *
stems_code(const char *lang)
{
	const struct word_language *l = words_language(lang);

	return l != NULL ? l->code : NULL;
}

enum status
stems_new(struct stems **out, struct fold *f, struct error *err)
{
	*out = calloc(1, sizeof(**out));
	if (*out == NULL)
		return error_nomem(err);
	(*out)->fold = f;
	return ST_OK;
}

static void
memo_free(struct memo *m)
{
	xap_stem_free(m->stemmer);
	buf_fini(&m->stem);
	buf_fini(&m->folded);
	buf_fini(&m->exact);
	free(m);
}

void
stems_free(struct stems *s)
{
	if (s == NULL)
		return;
	while (s->memos != NULL) {
		struct memo *m = s->memos;

		s->memos = m->next;
		memo_free(m);
	}
	free(s);
}

static enum status
memo_of(struct stems *s, const char *code, struct memo **out, struct error *err)
{
	enum status st;
	struct memo *m;

	for (m = s->memos; m != NULL; m = m->next) {
		if (strcmp(m->code, code) == 0) {
			*out = m;
			return ST_OK;
		}
	}
	m = calloc(1, sizeof(*m));
	if (m == NULL)
		return error_nomem(err);
	m->code = code;
	st = xap_stem_new(&m->stemmer, words_language(code)->names[0], err);
	if (st != ST_OK) {
		free(m);
		return st;
	}
	m->next = s->memos;
	s->memos = m;
	*out = m;
	return ST_OK;
}

/* Fills M->stem with what the memo keeps for WORD. */
static enum status
make(struct memo *m, const char *word, size_t len, struct fold *f, struct error *err)
{
	enum status st;

	if (strcmp(m->code, "en") == 0)
		return xap_stem_word(m->stemmer, word, len, &m->stem, err);
	st = xap_stem_word(m->stemmer, word, len, &m->stem, err);
	if (st != ST_OK)
		return st;
	buf_clear(&m->folded);
	buf_clear(&m->exact);
	buf_adds(&m->folded, m->code);
	buf_addc(&m->folded, ':');
	st = fold_word(f, buf_str(&m->stem), m->stem.len, &m->folded, &m->exact, err);
	if (st != ST_OK)
		return st;
	buf_clear(&m->stem);
	buf_add(&m->stem, m->folded.data, m->folded.len);
	return buf_status(&m->stem) == ST_OK ? ST_OK : error_nomem(err);
}

enum status
stems_word(struct stems *s, const char *code, const char *word, size_t len,
	   const char **stem, size_t *stem_len, struct error *err)
{
	uint32_t hash = hash_bytes(word, len), i;
	struct memo *m = NULL;
	struct slot *slot;
	enum status st = memo_of(s, code, &m, err);

	if (st != ST_OK)
		return st;
	for (i = hash & (SLOTS - 1);; i = (i + 1) & (SLOTS - 1)) {
		slot = &m->slots[i];
		if (slot->word_len == 0)
			break;
		if (slot->hash == hash && slot->word_len == len && memcmp(m->text + slot->at, word, len) == 0) {
			*stem = m->text + slot->at + len;
			*stem_len = slot->stem_len;
			return ST_OK;
		}
	}
	st = make(m, word, len, s->fold, err);
	if (st != ST_OK)
		return st;
	*stem = buf_str(&m->stem);
	*stem_len = m->stem.len;
	if (len == 0 || len > WORD_MAX || m->stem.len > 2 * WORD_MAX)
		return ST_OK;
	if (m->used == USED_MAX || m->bytes + len + m->stem.len > BYTES) {
		memset(m->slots, 0, sizeof(m->slots));
		m->used = m->bytes = 0;
		slot = &m->slots[hash & (SLOTS - 1)];
	}
	*slot = (struct slot){ hash, (uint32_t)m->bytes, (uint16_t)len, (uint16_t)m->stem.len };
	memcpy(m->text + m->bytes, word, len);
	memcpy(m->text + m->bytes + len, *stem, *stem_len);
	m->bytes += len + m->stem.len;
	m->used++;
	return ST_OK;
}
