/* SPDX-License-Identifier: GPL-2.0-or-later */
#include "tests/unit/standing_world.h"

#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdint.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

#include <cmocka.h>

#include "engine/store/journal.h"
#include "engine/store/schema.h"
#include "engine/store/state.h"
#include "engine/text/analyse.h"

uint32_t
draw(struct world *w, uint32_t n)
{
	w->seed = w->seed * 1664525u + 1013904223u;
	return (w->seed >> 8) % n;
}

static const char *const words[] = {
	"sanctions", "sanction", "Türkiye", "Turkiye", "F-35", "F35", "US", "us", "WHO", "who", "Erdoğan",
	"re-export", "reexport", "defense", "cooperation", "talks", "the", "oil", "prices", "Ankara", "missile",
	"missiles", "block-70", "U.S.", "minister", "said", "négociations", "negotiations", "whô", "ankára",
};

static const char *const fixed[] = {
	"sanctions", "türkiye", "=Türkiye", "=Turkiye", "f-35", "us", "US", "=WHO", "who", "=us", "\"defense cooperation\"",
	"\"the minister said\"", "re-export", "reexport", "\"re-export talks\"", "missil*", "neg* NEAR/4 oil",
	"defense NEAR/3 cooperation", "oil ADJ/2 prices", "title:oil", "title:=Ankara", "title:\"defense cooperation\"",
	"oil AND prices", "oil NOT prices", "oil -talks", "+oil talks", "(oil OR ankara) AND missile", "source:reuters",
	"source:reuters oil", "date:2025-03", "date:2025-03 missile", "lang:fr", "lang:fr négociation", "négociations",
	"id:a7", "source:\"sample wire\" -oil", "oil talks ankara", "ankara NOT (oil OR talks)", "F-3*", "block-70",
	"\"block 70\"", "since:7d", "erdogan", "=Erdoğan missile", "=ANKARA", "title:=WHO", "=whô",
	"voice:quoted sanction", "voice:reporter missiles", "section:oil talks", "section:ankara", "lead:prices",
	"voice:quoted négociation", "oil SAME/S talks", "minister SAME/P \"oil prices\"", "atleast2(sanction)",
	"speaker:erdogan", "speaker:erdogan (oil OR re-export)", "voice:quoted oil NEAR/3 prices", "-section:oil talks",
};
#define FIXED (sizeof(fixed) / sizeof(fixed[0]))

char queries[QUERIES][200];

time_t
now(void)
{
	return 1743206400;   /* 2025-03-29 */
}

static void
some_words(struct world *w, struct buf *out, unsigned n)
{
	while (n-- > 0)
		buf_addf(out, "%s%s", words[draw(w, sizeof(words) / sizeof(words[0]))], n > 0 ? " " : "");
}

/* A query of about DEPTH levels. */
static void
some_query(struct world *w, struct buf *out, unsigned depth)
{
	static const char *const joins[] = { " AND ", " OR ", " NOT ", " ", " -", " +" };
	static const char *const fields[] = { "title:", "source:", "lang:fr ", "date:2025-02 ", "title:=", "=" };
	unsigned n;

	switch (depth > 0 ? draw(w, 4) : 4 + draw(w, 5)) {
	case 0: case 1: case 2:
		buf_addc(out, '(');
		some_query(w, out, depth - 1);
		buf_adds(out, joins[draw(w, 6)]);
		some_query(w, out, depth - 1);
		buf_addc(out, ')');
		break;
	case 3: case 4:
		some_words(w, out, 1);
		break;
	case 5:
		buf_addc(out, '"');
		some_words(w, out, 2 + draw(w, 2));
		buf_addc(out, '"');
		break;
	case 6:
		some_words(w, out, 1);
		buf_addf(out, draw(w, 2) ? " NEAR/%u " : " ADJ/%u ", 1 + draw(w, 4));
		some_words(w, out, 1);
		break;
	case 7:
		buf_adds(out, fields[draw(w, 6)]);
		some_words(w, out, 1);
		break;
	case 8:
		n = draw(w, sizeof(words) / sizeof(words[0]));
		buf_addf(out, "%.*s*", 4, strlen(words[n]) > 4 && (unsigned char)words[n][3] < 0x80 ? words[n] : "missile");
		break;
	}
}

/* The fixed ones, and others at random. */
static void
make_queries(struct world *w)
{
	struct buf text = BUF_INIT;
	size_t q;

	for (q = 0; q < QUERIES; q++) {
		buf_clear(&text);
		if (q < FIXED)
			buf_adds(&text, fixed[q]);
		else
			some_query(w, &text, draw(w, 3));
		snprintf(queries[q], sizeof(queries[q]), "%s", buf_str(&text));
	}
	buf_fini(&text);
}

/* A heading, and under it somebody's words. */
static void
add_structure(struct world *w, struct article *a)
{
	struct buf text = BUF_INIT;

	some_words(w, &text, 1 + draw(w, 3));
	assert_int_equal(article_add_para(a, buf_str(&text), text.len, PARA_HEADING), ST_OK);
	buf_clear(&text);
	buf_adds(&text, "“");
	some_words(w, &text, 1 + draw(w, 6));
	buf_adds(&text, ",” Recep Erdoğan said. ");
	some_words(w, &text, 1 + draw(w, 6));
	assert_int_equal(article_add_para(a, buf_str(&text), text.len, PARA_TEXT), ST_OK);
	buf_fini(&text);
}

static void
write_article(struct world *w, struct article *a, unsigned id)
{
	static const char *const sources[] = { "Reuters", "Sample Wire", "" };
	struct buf text = BUF_INIT;

	article_clear(a);
	buf_addf(&a->field[ART_ID], "a%u", id);
	if (draw(w, 4) > 0)
		buf_addf(&a->field[ART_DATE], "2025-%02u-%02u", 1 + draw(w, 4), 1 + draw(w, 28));
	buf_adds(&a->field[ART_SOURCE], sources[draw(w, 3)]);
	if (draw(w, 3) == 0)
		buf_adds(&a->field[ART_LANG], "fr");
	some_words(w, &a->field[ART_TITLE], draw(w, 4));
	some_words(w, &text, 1 + draw(w, 12));
	assert_int_equal(article_add_para(a, buf_str(&text), text.len, PARA_TEXT), ST_OK);
	if (draw(w, 3) == 0)
		add_structure(w, a);
	buf_fini(&text);
}

void
world_init(struct world *w, uint32_t seed)
{
	unsigned i;

	memset(w, 0, sizeof(*w));
	w->seed = seed;
	w->removals = 4;
	make_queries(w);
	index_init(&w->f);
	for (i = 0; i < IDS; i++)
		article_init(&w->article[i]);
	w->m = (struct manifest){ .format = SCHEMA_FORMAT, .generation = 1 };
	analyse_fingerprint(w->m.fingerprint);
	snprintf(w->m.languages, sizeof(w->m.languages), "fr");
	assert_int_equal(journal_entry_new(&w->entry, NULL), ST_OK);
}

void
world_fini(struct world *w)
{
	unsigned i, rev;

	searcher_free(w->eye);
	for (i = 0; i < IDS; i++)
		article_fini(&w->article[i]);
	for (rev = 0; rev < REVS_MAX; rev++) {
		for (i = 0; i < IDS && w->past[rev] != NULL; i++)
			free(w->past[rev]->title[i]);
		free(w->past[rev]);
	}
	journal_entry_free(w->entry);
	index_fini(&w->f);
}

static void
change(struct world *w, unsigned id, bool remove)
{
	struct article *a = &w->article[id], former = *a;
	struct buf term = BUF_INIT;
	char name[16];

	if (w->touched[id] || (remove && !w->there[id]))
		return;
	w->touched[id] = true;
	snprintf(name, sizeof(name), "a%u", id);
	schema_term(&term, PREFIX_ID, name, strlen(name));
	article_init(a);
	if (remove)
		assert_int_equal(xap_wdb_delete_term(w->f.wdb, term.data, term.len, NULL), ST_OK);
	else
		write_article(w, a, id);
	if (!remove) {
		assert_int_equal(document_build(w->f.builder, a, w->f.doc, NULL), ST_OK);
		assert_int_equal(xap_wdb_replace(w->f.wdb, term.data, term.len, w->f.doc, NULL, NULL), ST_OK);
	}
	assert_int_equal(journal_entry_add(w->entry, remove ? CHANGE_REMOVED : w->there[id] ? CHANGE_CHANGED : CHANGE_ADDED,
					   name, strlen(name), w->there[id] ? &former : NULL, NULL), ST_OK);
	w->there[id] = !remove;
	article_fini(&former);
	buf_fini(&term);
}

/* Keeps what W is now as its present revision. */
static void
remember(struct world *w)
{
	struct past *past = calloc(1, sizeof(*past));
	struct search_options opt = search_defaults;
	struct search_result result;
	struct error err;
	bool moved;
	size_t q, i;

	assert_non_null(past);
	assert_in_range(w->m.rev, 1, REVS_MAX - 1);
	w->past[w->m.rev] = past;
	memcpy(past->there, w->there, sizeof(past->there));
	memcpy(past->touched, w->touched, sizeof(past->touched));
	for (i = 0; i < IDS; i++)
		if (w->touched[i] && w->there[i])
			past->title[i] = strdup(buf_str(&w->article[i].field[ART_TITLE]));
	opt.limit = IDS;
	opt.snippets = false;
	opt.now = now();
	assert_int_equal(searcher_refresh(w->eye, &moved, &err), ST_OK);
	for (q = 0; q < QUERIES; q++) {
		if (search_run(w->eye, queries[q], strlen(queries[q]), &opt, &result, &err) != ST_OK)
			fail_msg("%s: %s", queries[q], err.text);
		for (i = 0; i < result.nrows; i++)
			past->found[q][atoi(result.rows[i].id + 1)] = true;
	}
}

static void
commit(struct world *w)
{
	w->m.rev++;
	assert_int_equal(state_save(w->f.wdb, &w->m, NULL), ST_OK);
	assert_int_equal(journal_write(w->entry, w->f.wdb, &w->m, now(), NULL), ST_OK);
	assert_int_equal(state_save(w->f.wdb, &w->m, NULL), ST_OK);
	assert_int_equal(xap_wdb_commit(w->f.wdb, NULL), ST_OK);
	journal_entry_free(w->entry);
	assert_int_equal(journal_entry_new(&w->entry, NULL), ST_OK);
	if (w->eye != NULL)
		remember(w);
	memset(w->touched, 0, sizeof(w->touched));
}

void
some_changes(struct world *w, unsigned n)
{
	while (n-- > 0)
		change(w, draw(w, IDS), draw(w, w->removals) == 0);
	commit(w);
}

void
world_begin(struct world *w, struct searcher **s)
{
	char path[160];

	some_changes(w, IDS / 2);
	snprintf(path, sizeof(path), "%s/g000001", w->f.dir);
	assert_int_equal(manifest_write(path, &w->m, NULL), ST_OK);
	index_switch(&w->f);
	assert_int_equal(searcher_new(s, w->f.dir, NULL), ST_OK);
	assert_int_equal(searcher_new(&w->eye, w->f.dir, NULL), ST_OK);
	remember(w);
}
