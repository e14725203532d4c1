/* SPDX-License-Identifier: GPL-2.0-or-later
 *
 * Which words of a text are a mention, with the lexicon as it ships: tables of
 * sentences, and how often it is right on words of the shared corpora that a
 * reader labelled (tests/data/entities.labels).
 */
#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdint.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

#include <cmocka.h>

#include "corpus/reader.h"
#include "engine/entities/entities.h"
#include "tests/unit/lexicon_fixture.h"

#define LABELS_MAX 1000
#define ACCURACY_MIN 0.9

struct world { struct lexicon *lx; struct analyser *an; struct entities *e; };

static int
set_up(void **state)
{
	static struct world w;
	struct error err = { ST_OK, 0, "" };

	w.lx = lexicon_built();
	assert_int_equal(analyser_new(&w.an, &err), ST_OK);
	w.e = entities_new();
	assert_non_null(w.e);
	*state = &w;
	return 0;
}

static int
tear_down(void **state)
{
	struct world *w = *state;

	lexicon_free(w->lx);
	analyser_free(w->an);
	entities_free(w->e);
	return 0;
}

static void
add_text(struct world *w, const char *text, size_t len, uint32_t first_pos)
{
	struct token tok;
	bool got;

	entities_text(w->e, text, len);
	assert_int_equal(analyse_begin(w->an, text, len, "", NULL, NULL), ST_OK);
	for (;;) {
		assert_int_equal(analyse_next(w->an, &tok, &got, NULL), ST_OK);
		if (!got)
			break;
		assert_int_equal(entities_token(w->e, &tok, first_pos + tok.pos), ST_OK);
	}
}

static const struct mention *
mentions(struct world *w, const char *title, size_t title_len, const char *body, size_t len, size_t *n)
{
	const struct mention *m;

	assert_int_equal(entities_begin(w->e, w->lx), ST_OK);
	add_text(w, title, title_len, 1);
	add_text(w, body, len, 1000);
	assert_int_equal(entities_finish(w->e, &m, n), ST_OK);
	return m;
}

/* "country:tr" as the index has it: demonyms and capitals by their own kind. */
static void
put_id(const struct world *w, const struct mention *m, struct buf *out)
{
	const struct lexicon_entity *e = lexicon_entity(w->lx, m->entity);
	const char *colon = memchr(e->id, ':', e->len);

	if (m->class == LEXICON_DEMONYM || m->class == LEXICON_CAPITAL)
		buf_addf(out, "%s%.*s", m->class == LEXICON_DEMONYM ? "demonym" : "capital", (int)(e->id + e->len - colon), colon);
	else
		buf_add(out, e->id, e->len);
}

/* Of the body: the words and what they name, "Turkey=country:tr; ...", demonyms left out. */
static const struct row { const char *title, *body, *want; } rows[] = {
	/* capitals */
	{ "", "They had roast turkey with Turkey's envoy.", "Turkey=country:tr" },
	{ "", "She collects china from China.", "China=country:cn" },
	{ "", "Turkey is best roasted slowly.", "" },
	{ "", "Turkey sandwich, please. He said that Turkey agreed.", "Turkey=country:tr" },
	{ "", "Türkiye’nin sözcüsü, Türkiye'de.", "Türkiye=country:tr; Türkiye=country:tr" },
	{ "", "La Turquie, Турция, Τουρκία and Türkei.", "Turquie=country:tr; Турция=country:tr; Τουρκία=country:tr; Türkei=country:tr" },
	/* a noun that begins a sentence, and what follows it */
	{ "", "They left. Turkey has offered a ship. Turkey, which has ships, agreed.", "Turkey=country:tr; Turkey=country:tr" },
	{ "", "Turkey’s envoy left.", "Turkey=country:tr" },
	{ "", "Turkey and Greece met.", "Turkey=country:tr; Greece=country:gr" },
	{ "", "Turkey and rice are ready.", "" },
	{ "", "It was Greece vs. Turkey.", "Greece=country:gr; Turkey=country:tr" },
	{ "", "Turkey was stuffed with rice. Turkey's wings burn.", "" },
	/* acronyms */
	{ "", "They told us that the US and U.S. forces left.", "US=country:us; U.S.=country:us" },
	{ "", "NATO, Nato and OTAN; who is in the WHO?", "NATO=org:nato; Nato=org:nato; OTAN=org:nato; WHO=org:who" },
	{ "", "МАГАТЭ and the AIEA mean the IAEA.", "МАГАТЭ=org:iaea; AIEA=org:iaea; IAEA=org:iaea" },
	{ "", "At the start, Start of talks on START.", "START=law:start" },
	{ "", "США, ABD and ΗΠΑ are one; BNA, SAD and ABS are not.", "США=country:us; ABD=country:us; ΗΠΑ=country:us" },
	/* longest name */
	{ "", "Papua New Guinea and New Guinea and Guinea-Bissau met in Guinea.",
	  "Papua New Guinea=country:pg; Guinea-Bissau=country:gw; Guinea=country:gn" },
	{ "", "In New Mexico; the South China Sea; the Washington Post; the Niger Delta.", "New Mexico=state:us-nm" },
	{ "", "The Countering America's Adversaries Through Sanctions Act (CAATSA) names S-400 and S400.",
	  "Countering America's Adversaries Through Sanctions Act=law:caatsa; CAATSA=law:caatsa; S-400=weapon:s-400; S400=weapon:s-400" },
	{ "", "The guinea pig, Guinea pigs; US-led forces in Timor-Leste.", "US=country:us; Timor-Leste=country:tl" },
	/* persons */
	{ "", "Michael Jordan spoke. Jordan won; Mr. Jordan left.", "" },
	{ "", "Chad Smith went to Chad.", "Chad=country:td" },
	{ "", "Hamilton Jordan met King Hussein. In Jordan, Jordan's army is small.", "Jordan=country:jo; Jordan=country:jo" },
	{ "", "Denzel Washington flew to Paris. Washington smiled.", "Paris=capital:fr" },
	{ "", "Michael B. Jordan and Tom Holland acted.", "" },
	/* one name, two things */
	{ "", "He moved from Atlanta, Georgia, to Athens.", "Georgia=state:us-ga; Athens=capital:gr" },
	{ "", "In Tbilisi, Georgia's leaders met.", "Tbilisi=capital:ge; Georgia=country:ge" },
	{ "", "Georgia and Azerbaijan agreed on a pipeline.", "Georgia=country:ge; Azerbaijan=country:az" },
	{ "", "Georgia won.", "" },
	{ "", "NATO may admit Ukraine and Georgia.", "NATO=org:nato; Ukraine=country:ua; Georgia=country:ge" },
	{ "", "Moscow answered at once. The note was long, and of all that stood in it nothing was new to him. "
	      "He had come home to Georgia.", "Moscow=capital:ru; Moscow=capital:su" },
	{ "", "The President, who was in Thomasville, Georgia, spoke to Moscow.", "Moscow=capital:ru; Moscow=capital:su" },
	{ "", "A firm in Seattle, Washington; Washington protested to Moscow.",
	  "Washington=state:us-wa; Washington=state:us-wa; Moscow=capital:ru; Moscow=capital:su" },
	{ "", "Washington protested.", "Washington=capital:us" },
	{ "", "The state of Georgia sued.", "state of Georgia=state:us-ga" },
	{ "", "Lebanon, N.H., and Lebanon, Pa., are towns. Beirut is in Lebanon.", "Beirut=capital:lb; Lebanon=country:lb" },
	{ "", "Brussels and the Kremlin.", "Brussels=capital:be; Brussels=capital:eu; Kremlin=capital:ru; Kremlin=capital:su" },
	/* all in capitals, or all words with one */
	{ "TURKEY SHOOT", "THEY ATE TURKEY AND LOOKED AT CHINA CUPS. JORDAN LAUGHED.", "" },
	{ "", "TURKEY'S TROOPS, SAID ANKARA, STAY. IRAN AGREES. TELL US NOW.", "TURKEY=country:tr; ANKARA=capital:tr; IRAN=country:ir; US=country:us" },
	{ "Roast Turkey For Two", "Take one and stuff it.", "" },
};

static void
test_sentences(void **state)
{
	struct world *w = *state;
	size_t i, k, n, failed = 0;

	for (i = 0; i < sizeof(rows) / sizeof(rows[0]); i++) {
		const struct row *r = &rows[i];
		const struct mention *m = mentions(w, r->title, strlen(r->title), r->body, strlen(r->body), &n);
		struct buf got = BUF_INIT;

		for (k = 0; k < n; k++) {
			if (m[k].class == LEXICON_DEMONYM || m[k].text == 0)
				continue;
			if (got.len > 0)
				buf_adds(&got, "; ");
			buf_addf(&got, "%.*s=", (int)(m[k].end - m[k].start), r->body + m[k].start);
			put_id(w, &m[k], &got);
		}
		if (strcmp(buf_str(&got), r->want) != 0) {
			print_error("%s\n  got  %s\n  want %s\n", r->body, buf_str(&got), r->want);
			failed++;
		}
		buf_fini(&got);
	}
	assert_int_equal(failed, 0);
}

/* ---- labels ---- */

struct label { char id[120], what[40]; unsigned long at; bool seen; };

static size_t
read_labels(struct label *l)
{
	const char *src = getenv("DRAGOMAN_SRCDIR");
	struct buf path = BUF_INIT;
	char line[300];
	size_t n = 0;
	FILE *f;

	buf_addf(&path, "%s/tests/data/entities.labels", src != NULL ? src : ".");
	f = fopen(buf_str(&path), "r");
	assert_non_null(f);
	while (n < LABELS_MAX && fgets(line, sizeof(line), f) != NULL)
		if (line[0] != '#') {
			assert_int_equal(sscanf(line, "%119[^\t]\t%lu\t%39[^\n]", l[n].id, &l[n].at, l[n].what), 3);
			n++;
		}
	fclose(f);
	buf_fini(&path);
	return n;
}

struct score { unsigned right, wrong, found, due, hit; };

/* A word labelled "-" is right where nothing but a demonym marks it. */
static void
judge_label(struct world *w, const struct article *a, const struct label *l, struct score *s)
{
	struct buf got = BUF_INIT;
	const struct mention *m;
	bool due = strcmp(l->what, "-") != 0, hit = false, any = false;
	size_t n, i;

	m = mentions(w, buf_str(&a->field[ART_TITLE]), a->field[ART_TITLE].len, buf_str(&a->body), a->body.len, &n);
	for (i = 0; i < n; i++) {
		if (m[i].text != 1 || m[i].start > l->at || m[i].end <= l->at || m[i].class == LEXICON_DEMONYM)
			continue;
		buf_clear(&got);
		put_id(w, &m[i], &got);
		/* An organisation or law of which the name is part says nothing of the place. */
		if (strncmp(buf_str(&got), "country:", 8) != 0 && strncmp(buf_str(&got), "state:", 6) != 0 &&
		    strncmp(buf_str(&got), "capital:", 8) != 0)
			continue;
		any = true;
		hit = hit || strcmp(buf_str(&got), l->what) == 0;
	}
	s->found += any;
	s->due += due;
	s->hit += hit;
	s->right += due ? hit : !any;
	s->wrong += due ? !hit : any;
	if ((due ? !hit : any) && getenv("SHOW_WRONG") != NULL)
		print_message("# %s %lu: %s, labelled %s\n", l->id, l->at, any ? buf_str(&got) : "-", l->what);
	buf_fini(&got);
}

static void
judge_corpora(struct world *w, struct label *l, size_t n, struct score *s)
{
	static const char *const names[] = { "reuters", "time", "frus" };
	const char *shared = getenv("DRAGOMAN_SHARED");
	const struct reader_options opt = { 0 };
	struct article a;
	size_t i, c, left = n;

	article_init(&a);
	for (c = 0; c < 3 && left > 0; c++) {
		struct buf path = BUF_INIT;
		const char *paths[1];
		struct reader *r;
		bool got = true;

		buf_addf(&path, "%s/corpora/%s.jsonl.gz", shared, names[c]);
		paths[0] = buf_str(&path);
		assert_int_equal(reader_new(&r, paths, 1, &opt, NULL), ST_OK);
		while (left > 0 && got) {
			assert_int_equal(reader_next(r, &a, &got, NULL), ST_OK);
			for (i = 0; got && i < n; i++)
				if (!l[i].seen && strcmp(l[i].id, buf_str(&a.field[ART_ID])) == 0) {
					judge_label(w, &a, &l[i], s);
					l[i].seen = true;
					left--;
				}
		}
		reader_free(r);
		buf_fini(&path);
	}
	article_fini(&a);
	assert_int_equal(left, 0);
}

static void
test_labels(void **state)
{
	struct world *w = *state;
	struct label *l = calloc(LABELS_MAX, sizeof(*l));
	const char *shared = getenv("DRAGOMAN_SHARED");
	struct buf path = BUF_INIT;
	struct score s = { 0, 0, 0, 0, 0 };
	size_t n;
	FILE *f;

	assert_non_null(l);
	buf_addf(&path, "%s/corpora/reuters.jsonl.gz", shared != NULL ? shared : "../shared");
	f = fopen(buf_str(&path), "r");
	buf_fini(&path);
	if (f == NULL) {
		free(l);
		print_message("# no shared corpora: the labels are not looked at\n");
		skip();
	}
	fclose(f);
	n = read_labels(l);
	assert_true(n >= 200);
	judge_corpora(w, l, n, &s);
	print_message("# %zu labels: precision %.3f, recall %.3f, accuracy %.3f\n", n, s.hit / (double)s.found, s.hit / (double)s.due,
		      s.right / (double)n);
	free(l);
	assert_true(s.right >= ACCURACY_MIN * (double)n);
}

int
main(void)
{
	const struct CMUnitTest tests[] = {
		cmocka_unit_test(test_sentences), cmocka_unit_test(test_labels),
	};

	cmocka_set_message_output(CM_OUTPUT_TAP);
	return cmocka_run_group_tests(tests, set_up, tear_down);
}
