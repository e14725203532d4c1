/* SPDX-License-Identifier: GPL-2.0-or-later
 *
 * Standing queries against brute force: what newly matches is what a search
 * finds after the changes and did not find before them.
 */
#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdint.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

#include <cmocka.h>

#include "engine/analyse.h"
#include "engine/journal.h"
#include "engine/schema.h"
#include "engine/standing.h"
#include "engine/state.h"
#include "tests/unit/index_fixture.h"

#define IDS 700
#define ROUNDS 12

/* An index whose commits keep a journal, and what is in it. */
struct world {
	struct index_fixture f;
	struct manifest m;
	struct journal_entry *entry;
	struct article article[IDS];
	bool there[IDS], touched[IDS];   /* touched: by the commit being made */
	uint64_t changed[IDS];           /* revision of the last change */
	uint32_t seed;
};

static uint32_t
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
};
#define FIXED (sizeof(fixed) / sizeof(fixed[0]))
#define QUERIES (FIXED + 40)     /* with others at random */

static char queries[QUERIES][200];

static time_t
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
	buf_fini(&text);
}

static void
world_init(struct world *w, uint32_t seed)
{
	unsigned i;

	memset(w, 0, sizeof(*w));
	w->seed = seed;
	make_queries(w);
	index_init(&w->f);
	for (i = 0; i < IDS; i++)
		article_init(&w->article[i]);
	w->m = (struct manifest){ .format = SCHEMA_FORMAT, .generation = 1 };
	snprintf(w->m.fingerprint, sizeof(w->m.fingerprint), "%s", analyse_fingerprint());
	snprintf(w->m.languages, sizeof(w->m.languages), "fr");
	assert_int_equal(journal_entry_new(&w->entry, NULL), ST_OK);
}

static void
world_fini(struct world *w)
{
	unsigned i;

	for (i = 0; i < IDS; i++)
		article_fini(&w->article[i]);
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
	w->changed[id] = w->m.rev + 1;
	article_fini(&former);
	buf_fini(&term);
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
	memset(w->touched, 0, sizeof(w->touched));
}

static void
some_changes(struct world *w, unsigned n)
{
	while (n-- > 0)
		change(w, draw(w, IDS), draw(w, 4) == 0);
	commit(w);
}

static void
begin(struct world *w, struct searcher **s)
{
	char path[160];

	some_changes(w, IDS / 2);
	snprintf(path, sizeof(path), "%s/g000001", w->f.dir);
	assert_int_equal(manifest_write(path, &w->m, NULL), ST_OK);
	index_switch(&w->f);
	assert_int_equal(searcher_new(s, w->f.dir, NULL), ST_OK);
}

/* Whether each article matches each query: FOUND[query][id]. */
static void
search_all(struct searcher *s, bool found[QUERIES][IDS])
{
	struct search_options opt = search_defaults;
	struct search_result result;
	struct error err;
	bool moved;
	size_t q, i;

	memset(found, 0, QUERIES * sizeof(found[0]));
	opt.limit = IDS;
	opt.snippets = false;
	opt.now = now();
	assert_int_equal(searcher_refresh(s, &moved, &err), ST_OK);
	for (q = 0; q < QUERIES; q++) {
		if (search_run(s, queries[q], strlen(queries[q]), &opt, &result, &err) != ST_OK)
			fail_msg("%s: %s", queries[q], err.text);
		for (i = 0; i < result.nrows; i++)
			found[q][atoi(result.rows[i].id + 1)] = true;
	}
}

/* Queries FIRST to END. */
static struct standing *
some_queries(uint64_t after, size_t first, size_t end)
{
	struct standing *r;
	size_t q;

	assert_int_equal(standing_new(&r, after, NULL), ST_OK);
	for (q = first; q < end; q++)
		assert_int_equal(standing_add(r, &(struct standing_query){ .text = queries[q], .len = strlen(queries[q]) },
					      NULL), ST_OK);
	return r;
}

static struct standing *
all_queries(uint64_t after)
{
	return some_queries(after, 0, QUERIES);
}

/* R, of the queries from FIRST on, tells what was not found BEFORE and is AFTER, each in its revision;
 * returns how many. */
static unsigned
compare(struct world *w, struct standing *r, size_t first, bool before[QUERIES][IDS], bool after[QUERIES][IDS],
	const uint64_t changed[IDS])
{
	const struct standing_hit *hit;
	bool told[IDS];
	unsigned n = 0, i;
	size_t q, at;
	uint64_t rev;

	for (q = first; q < first + standing_told(r); q++) {
		memset(told, 0, sizeof(told));
		for (at = 0, rev = 0; (hit = standing_next(r, q - first, &at)) != NULL; n++) {
			i = (unsigned)atoi(hit->id + 1);
			if (told[i] || hit->rev != changed[i] || hit->rev < rev)
				fail_msg("%s: %s in revision %u of %u, %s", queries[q], hit->id, (unsigned)hit->rev,
					 (unsigned)changed[i], told[i] ? "again" : "first");
			rev = hit->rev;
			told[i] = true;
		}
		for (i = 0; i < IDS; i++)
			if (told[i] != (after[q][i] && !before[q][i]))
				fail_msg("seed %u, %s: a%u is %stold, was %sfound, is %sfound", (unsigned)w->seed, queries[q], i,
					 told[i] ? "" : "not ", before[q][i] ? "" : "not ", after[q][i] ? "" : "not ");
	}
	return n;
}

static bool before[QUERIES][IDS], after[QUERIES][IDS];

static void
agrees_with_search(void **state)
{
	unsigned round, n = 0;
	struct standing *r;
	struct searcher *s;
	struct world w;
	bool done;

	(void)state;
	world_init(&w, 11);
	begin(&w, &s);
	for (round = 0; round < ROUNDS; round++) {
		uint64_t from = w.m.rev;
		unsigned commits = draw(&w, 4);

		search_all(s, before);
		while (commits-- > 0)
			some_changes(&w, draw(&w, round % 3 == 0 ? 300 : 20));
		search_all(s, after);
		r = all_queries(from);
		do
			assert_int_equal(standing_step(r, s, now(), 1000000000, NULL, &done, NULL), ST_OK);
		while (!done);
		assert_int_equal(standing_rev(r), w.m.rev);
		assert_int_equal(standing_told(r), QUERIES);
		n += compare(&w, r, 0, before, after, w.changed);
		standing_free(r);
	}
	assert_true(n > 1000);
	searcher_free(s);
	world_fini(&w);
}

/* A small index holds enough for each query by itself, not just for all of them together. */
static void
each_query_alone(void **state)
{
	struct standing *r;
	struct searcher *s;
	struct world w;
	unsigned round, n = 0;
	uint64_t from;
	size_t q;
	bool done;

	(void)state;
	world_init(&w, 14);
	begin(&w, &s);
	for (round = 0; round < 4; round++) {
		from = w.m.rev;
		search_all(s, before);
		some_changes(&w, 200);
		search_all(s, after);
		for (q = 0; q < QUERIES; q++) {
			r = some_queries(from, q, q + 1);
			assert_int_equal(standing_step(r, s, now(), UINT32_MAX, NULL, &done, NULL), ST_OK);
			assert_true(done);
			n += compare(&w, r, q, before, after, w.changed);
			standing_free(r);
		}
	}
	assert_true(n > 1000);
	searcher_free(s);
	world_fini(&w);
}

/* What it tells is of its own end, whatever is committed between its steps. */
static void
keeps_to_its_end(void **state)
{
	static uint64_t changed[IDS];
	unsigned round, n = 0, steps, most = 0;
	struct standing *r;
	struct searcher *s;
	struct world w;
	bool done;

	(void)state;
	world_init(&w, 12);
	begin(&w, &s);
	for (round = 0; round < ROUNDS; round++) {
		uint64_t from = w.m.rev, to;

		search_all(s, before);
		some_changes(&w, 500);
		some_changes(&w, 500);
		search_all(s, after);
		to = w.m.rev;
		memcpy(changed, w.changed, sizeof(changed));
		r = all_queries(from);
		for (steps = 0, done = false; !done; steps++) {
			assert_int_equal(standing_step(r, s, now(), 0, NULL, &done, NULL), ST_OK);
			some_changes(&w, 50);
		}
		assert_int_equal(standing_rev(r), to);
		n += compare(&w, r, 0, before, after, changed);
		most = steps > most ? steps : most;
		standing_free(r);
	}
	assert_true(n > 1000);
	assert_true(most > 3);
	searcher_free(s);
	world_fini(&w);
}

/* Results that would take too much memory are told of some of the queries only, but whole. */
static void
too_much_is_told_in_turns(void **state)
{
	static const struct standing_query q = { .text = "source:reuters OR source:wire", .len = 29 };
	const size_t n = 6000;
	size_t told = 0, turns = 0, hits, most = 0, i, at;
	struct standing *r;
	struct searcher *s;
	struct world w;
	uint64_t from;
	bool done;

	(void)state;
	world_init(&w, 15);
	begin(&w, &s);
	from = w.m.rev;
	some_changes(&w, IDS);
	for (; told < n; turns++) {
		assert_int_equal(standing_new(&r, from, NULL), ST_OK);
		for (i = told; i < n; i++)
			assert_int_equal(standing_add(r, &q, NULL), ST_OK);
		assert_int_equal(standing_step(r, s, now(), UINT64_MAX / 4, NULL, &done, NULL), ST_OK);
		assert_true(done);
		assert_in_range(standing_told(r), 1, n - told);
		for (i = 0; i < standing_told(r); i++) {
			for (at = hits = 0; standing_next(r, i, &at) != NULL; hits++)
				;
			most = most == 0 ? hits : most;
			assert_int_equal(hits, most);
		}
		told += standing_told(r);
		standing_free(r);
	}
	assert_true(most > 100);
	assert_true(turns > 1);
	searcher_free(s);
	world_fini(&w);
}

static void
what_is_gone_is_told(void **state)
{
	struct standing *r;
	struct searcher *s;
	struct world w;
	bool done;

	(void)state;
	world_init(&w, 13);
	begin(&w, &s);
	w.m.journal_floor = w.m.rev;
	some_changes(&w, 10);
	r = all_queries(w.m.rev - 2);
	assert_int_equal(standing_step(r, s, now(), 0, NULL, &done, NULL), ST_GONE);
	standing_free(r);
	assert_int_equal(standing_reaches(s, w.m.rev - 2, NULL), ST_GONE);
	assert_int_equal(standing_reaches(s, w.m.rev + 1, NULL), ST_GONE);
	assert_int_equal(standing_reaches(s, w.m.rev - 1, NULL), ST_OK);
	assert_int_equal(standing_reaches(s, w.m.rev, NULL), ST_OK);
	assert_int_equal(standing_check(s, &(struct standing_query){ .text = "(", .len = 1 }, now(), NULL), ST_SYNTAX);
	assert_int_equal(standing_check(s, &(struct standing_query){ .text = "-a", .len = 2 }, now(), NULL), ST_SYNTAX);
	assert_int_equal(standing_check(s, &(struct standing_query){ .text = "oil", .len = 3 }, now(), NULL), ST_OK);
	/* Nothing happened since: at once, and nothing. */
	r = all_queries(w.m.rev);
	assert_int_equal(standing_step(r, s, now(), 0, NULL, &done, NULL), ST_OK);
	assert_true(done);
	assert_null(standing_next(r, 0, &(size_t){ 0 }));
	standing_free(r);
	searcher_free(s);
	world_fini(&w);
}

int
main(void)
{
	const struct CMUnitTest tests[] = {
		cmocka_unit_test(agrees_with_search),
		cmocka_unit_test(each_query_alone),
		cmocka_unit_test(keeps_to_its_end),
		cmocka_unit_test(too_much_is_told_in_turns),
		cmocka_unit_test(what_is_gone_is_told),
	};

	cmocka_set_message_output(CM_OUTPUT_TAP);
	return cmocka_run_group_tests(tests, NULL, NULL);
}
