/* SPDX-License-Identifier: GPL-2.0-or-later */
#include "engine/quote_speech.h"

#include <stdlib.h>
#include <string.h>
#include <strings.h>

#include "engine/grow.h"

#define APPOSITION_MAX 30   /* tokens between a name and its verb */

static bool
has(const struct qtokens *t, size_t i, unsigned classes)
{
	return t->at[i].kind == QT_WORD && (t->at[i].classes & classes) != 0;
}

static bool
is_word(const struct speeches *s, const struct qtokens *t, size_t i, const char *word)
{
	size_t len = t->at[i].end - t->at[i].start;

	return t->at[i].kind == QT_WORD && strlen(word) == len && strncasecmp(s->text + t->at[i].start, word, len) == 0;
}

/* ---- sentences ---- */

static bool
begins_small(const char *p)
{
	return (*p >= 'a' && *p <= 'z') || (*p & 0x80) != 0;
}

/* "Never!" he said. The quotation ends a sentence, if what follows does not tell who spoke. */
static bool
tells_speaker(const struct qtokens *t, size_t i)
{
	size_t j;

	for (j = i; j < t->n && j < i + 12 && t->at[j].kind == QT_WORD; j++)
		if (has(t, j, QW_SAY))
			return (j + 1 == t->n || t->at[j + 1].kind != QT_WORD || j == i) && j < i + 8;
	return false;
}

static bool
ends_sentence(const struct speeches *s, const struct qtokens *t, size_t i)
{
	const struct qtoken *tok = &t->at[i];

	if (tok->kind == QT_STOP)
		return true;
	if (tok->kind != QT_QUOTE || i + 1 == t->n)
		return false;
	if (strchr(".?!", s->text[tok->end - 1]) == NULL)
		return false;
	if (t->at[i + 1].kind == QT_QUOTE)
		return true;
	return t->at[i + 1].kind == QT_WORD && !begins_small(s->text + t->at[i + 1].start) && !tells_speaker(t, i + 1);
}

void
speech_sentence(const struct speeches *s, const struct qtokens *t, size_t i, size_t *from, size_t *to)
{
	size_t f = i, e = i;

	while (f > 0 && !ends_sentence(s, t, f - 1))
		f--;
	while (e < t->n && !ends_sentence(s, t, e))
		e++;
	*from = f;
	*to = e < t->n && t->at[e].kind == QT_QUOTE ? e + 1 : e;
}

/* ---- who speaks ---- */

/* The name before the apposition that ends at comma END: X, who was asked, said. */
static bool
before_apposition(const struct qtokens *t, size_t end, size_t floor, struct speaker *out)
{
	size_t i;

	for (i = end; i > floor + 1 && end - i < APPOSITION_MAX; i--) {
		if (t->at[i - 1].kind == QT_QUOTE)
			return false;
		if (t->at[i - 1].kind != QT_COMMA || !quote_name_before(t, i - 2, floor, out))
			continue;
		if (out->who == WHO_NAME || out->who == WHO_ROLE || out->who == WHO_ROLES || out->who == WHO_ORG) {
			quote_name_office(t, i, end, out);
			return true;
		}
	}
	return false;
}

/* The last token before I that is no adverb or the like. */
static bool
back_over(const struct qtokens *t, size_t i, size_t floor, size_t *out)
{
	while (i > floor && has(t, i - 1, QW_SKIP | QW_DAY) && !t->at[i - 1].name)
		i--;
	*out = i - 1;
	return i > floor;
}

/* X, head of the bank said: the comma that should close it is missing. */
static bool
named_before_office(const struct qtokens *t, size_t end, size_t floor, struct speaker *out)
{
	struct speaker named;
	size_t i = out->first;

	if (has(t, i, QW_DET) && !t->at[i].name)
		return true;
	while (i > floor + 1 && end - i < APPOSITION_MAX && t->at[i - 1].kind == QT_WORD && !has(t, i - 1, QW_SAY | QW_CALL))
		i--;
	if (i > floor + 1 && t->at[i - 1].kind == QT_COMMA && quote_name_before(t, i - 2, floor, &named) &&
	    named.who == WHO_NAME && named.person) {
		quote_name_office(t, i, end + 1, &named);
		*out = named;
	}
	return true;
}

static bool
subject_before(const struct qtokens *t, size_t verb, size_t floor, struct speaker *out)
{
	size_t p, i;

	if (!back_over(t, verb, floor, &p))
		return false;
	for (i = p + 1; i < verb && has(t, verb, QW_SAY | QW_CALL); i++)
		if (has(t, i, QW_BE))
			return false;
	if (t->at[p].kind == QT_CLOSE) {
		while (p > floor && t->at[p].kind != QT_OPEN)
			p--;
		if (p == floor)
			return false;
		p--;
	}
	if (has(t, p, QW_WHO) && p > floor)
		p -= t->at[p - 1].kind == QT_COMMA && p > floor + 1 ? 2 : 1;
	if (t->at[p].kind == QT_COMMA)
		return before_apposition(t, p, floor, out);
	/* the ministry's proposed law */
	if (t->at[p].possessive && !has(t, p, QW_HE | QW_IT | QW_THEY))
		return false;
	return quote_name_before(t, p, floor, out) && (out->who != WHO_ROLE || named_before_office(t, p, floor, out));
}

/* Whether the verb may have its subject behind it: "...", said X. */
static bool
inverted(const struct qtokens *t, size_t verb, size_t floor)
{
	size_t p;

	if (!back_over(t, verb, floor, &p))
		return verb == floor;
	/* French: a déclaré X */
	if (has(t, p, QW_DET) && t->at[p].end == t->at[p].start + 1 && p > floor)
		p--;
	return t->at[p].kind == QT_QUOTE || t->at[p].kind == QT_DASH ||
		(t->at[p].kind == QT_COMMA && p > floor && t->at[p - 1].kind == QT_QUOTE);
}

/* X ends its clause: ", said X." */
static bool
closes_clause(const struct qtokens *t, size_t last, size_t to)
{
	return last + 1 >= to || t->at[last + 1].kind != QT_WORD || has(t, last + 1, QW_PREP | QW_SKIP | QW_DAY);
}

static bool
subject_of(const struct qtokens *t, size_t verb, size_t from, size_t to, struct speaker *out)
{
	if (inverted(t, verb, from)) {
		if (quote_name_after(t, verb + 1, to, out))
			return true;
		/* dit-il */
		return has(t, verb, QW_HE) && quote_name_after(t, verb, to, out);
	}
	if (t->at[verb - 1].kind == QT_COMMA && !has(t, verb, QW_TELL) && quote_name_after(t, verb + 1, to, out) &&
	    closes_clause(t, out->last, to) && out->who != WHO_HE)
		return true;
	return subject_before(t, verb, from, out);
}

/* quoted X as saying, as having said; X was quoted as saying */
static bool
quoted_subject(const struct speeches *s, const struct qtokens *t, size_t verb, size_t from, struct speaker *out)
{
	size_t i;

	for (i = verb; i > from; i--) {
		if (!is_word(s, t, i - 1, "quoted"))
			continue;
		if (i > from + 1 && has(t, i - 2, QW_SKIP))
			return subject_before(t, i - 1, from, out);
		return quote_name_after(t, i, verb, out);
	}
	return false;
}

/* Things show and promise, too: a verb that says nothing by itself takes a person. */
static bool
can_speak(const struct speeches *s, const struct speaker *x)
{
	return x->who != WHO_ROLE || quote_known_person(&s->known, x);
}

/* The noun goes on to words that may be the verb's: the president | held. */
static bool
sentence_subject(const struct qtokens *t, size_t from, size_t to, struct speaker *out)
{
	while (from < to && (has(t, from, QW_BREAK | QW_SKIP | QW_DAY) || t->at[from].kind == QT_COMMA))
		from++;
	if (!quote_name_after(t, from, to, out))
		return false;
	for (; from < out->last && t->at[from].end <= out->head_end; from++)
		;
	if (out->who == WHO_ROLE && (out->head_classes & QW_ROLE) != 0 && !has(t, from, QW_PREP))
		out->end = out->head_end;
	return true;
}

/* He gave no details but said: the subject of the first verb. */
static bool
shared_subject(const struct speeches *s, const struct qtokens *t, size_t verb, size_t from, struct speaker *out)
{
	size_t p;

	if (!back_over(t, verb, from, &p) || !has(t, p, QW_BREAK))
		return false;
	if (s->n == 0 || s->at[s->n - 1].from < from)
		return sentence_subject(t, from, p, out) && out->who != WHO_I;
	*out = s->at[s->n - 1].speaker;
	out->first = out->last = verb;
	return s->at[s->n - 1].known;
}

/* The subject of a participle is that of its sentence. */
static bool
ing_subject(const struct speeches *s, const struct qtokens *t, size_t verb, size_t from, struct speaker *out)
{
	size_t as = verb - (verb > from && is_word(s, t, verb - 1, "having"));

	if (as > from && is_word(s, t, as - 1, "as") && quoted_subject(s, t, as, from, out))
		return true;
	if (s->n > 0 && s->at[s->n - 1].from >= from && s->at[s->n - 1].known) {
		*out = s->at[s->n - 1].speaker;
		out->first = out->last = verb;
		return true;
	}
	return sentence_subject(t, from, verb, out) && can_speak(s, out);
}

/* X was in good spirits: "..." */
bool
speech_subject(const struct speeches *s, const struct qtokens *t, size_t from, size_t colon, struct speaker *out)
{
	struct speaker full;

	return sentence_subject(t, from, colon, out) && !t->at[out->last].possessive && out->last + 1 < colon &&
		(out->who == WHO_HE || out->who == WHO_NAME || (out->who == WHO_ROLE && (out->head_classes & QW_ROLE) != 0)) &&
		quote_known_resolve(&s->known, out, &full) && (out->who != WHO_NAME || out->person);
}

/* X's statement; X made a statement; a statement by X */
static bool
words_subject(const struct speeches *s, const struct qtokens *t, size_t i, size_t from, size_t to, struct speaker *out)
{
	size_t j;

	for (j = i; j > from && i - j < 5; j--)
		if (t->at[j - 1].possessive)
			return quote_name_before(t, j - 1, from, out);
		else if (is_word(s, t, j - 1, "made") || is_word(s, t, j - 1, "makes"))
			return subject_before(t, j - 1, from, out);
	for (j = i + 1; j < to && j < i + 5; j++)
		if ((is_word(s, t, j, "by") || is_word(s, t, j, "from") || is_word(s, t, j, "of")) &&
		    quote_name_after(t, j + 1, to, out))
			return true;
	return false;
}

/* Said X: "..." */
static bool
before_colon(const struct qtokens *t, size_t to, const struct speaker *x)
{
	return x->last + 1 < to && t->at[x->last + 1].kind == QT_COLON && x->who != WHO_I && x->who != WHO_IT;
}

/* Telegrams leave out whom they spoke of: Stated that "..." */
static bool
last_speaker(const struct speeches *s, const struct qtokens *t, size_t i, size_t to, struct speaker *out)
{
	const struct speaker *last = quote_known_last(&s->known);

	if (quote_name_after(t, i + 1, to, out) &&
	    (before_colon(t, to, out) || (out->who == WHO_NAME && !has(t, i, QW_TELL))))
		return true;
	if (last == NULL)
		return false;
	*out = *last;
	out->first = out->last = i;
	return true;
}

/* The claims to X, reports from Y: a noun. */
static bool
is_noun(const struct speeches *s, const struct qtokens *t, size_t i, size_t to)
{
	static const char *const both[] = { "claims", "reports", "states", "notes", "remarks", "comments" };
	size_t j;

	if (i + 1 >= to || !has(t, i + 1, QW_PREP | QW_ING) || is_word(s, t, i + 1, "by"))
		return false;
	for (j = 0; j < sizeof(both) / sizeof(both[0]); j++)
		if (is_word(s, t, i, both[j]))
			return true;
	return false;
}

/* The telegram to X reads: the name hangs on what does. */
static bool
hangs_on(const struct qtokens *t, const struct speaker *x, size_t from)
{
	return x->who == WHO_NAME && x->first > from && has(t, x->first - 1, QW_PREP) && !t->at[x->first - 1].name;
}

/* What token I tells: who speaks, if it is a word that says so. */
static bool
speech_at(const struct speeches *s, const struct qtokens *t, size_t i, size_t from, size_t to, struct speech *out)
{
	const unsigned classes = t->at[i].classes;
	bool found = false;

	out->weak = (classes & (QW_SAY | QW_LAST_VERB)) == 0;
	if (is_noun(s, t, i, to))
		return false;
	if ((classes & QW_CALL) != 0 && i + 3 < to && t->at[i + 1].kind == QT_QUOTE && is_word(s, t, i + 2, "by")) {
		/* was called "unjust" by X */
		found = quote_name_after(t, i + 3, to, &out->speaker);
		out->speaker.first = out->speaker.last = i;
	} else if ((classes & (QW_SAY | QW_CALL)) != 0 && i + 2 < to && is_word(s, t, i + 1, "by")) {
		out->weak = out->weak || (classes & QW_WORDS) != 0;
		found = quote_name_after(t, i + 2, to, &out->speaker);
	} else if (i == from && (classes & (QW_SAY | QW_CALL)) != 0)
		found = last_speaker(s, t, i, to, &out->speaker);
	else if ((classes & QW_SAY) != 0 && i > from &&
		 (is_word(s, t, i - 1, "having") || (is_word(s, t, i, "say") && is_word(s, t, i - 1, "to"))))
		found = ing_subject(s, t, i, from, &out->speaker);
	else if ((classes & QW_SAY) != 0)
		found = subject_of(t, i, from, to, &out->speaker) || shared_subject(s, t, i, from, &out->speaker);
	else if ((classes & QW_CALL) != 0)
		found = (subject_before(t, i, from, &out->speaker) && can_speak(s, &out->speaker) &&
			 !hangs_on(t, &out->speaker, from)) || shared_subject(s, t, i, from, &out->speaker);
	else if ((classes & QW_ING) != 0)
		found = ing_subject(s, t, i, from, &out->speaker);
	else if ((classes & QW_LAST_VERB) != 0)
		found = sentence_subject(t, from, i, &out->speaker);
	else if ((classes & QW_WORDS) != 0)
		found = words_subject(s, t, i, from, to, &out->speaker);
	else if (is_word(s, t, i, "according") && i + 2 < to && is_word(s, t, i + 1, "to"))
		out->weak = false, found = quote_name_after(t, i + 2, to, &out->speaker);
	if (!found)
		return false;
	out->verb = i;
	out->from = out->speaker.first < i ? out->speaker.first : i;
	out->to = out->speaker.last > i ? out->speaker.last : i;
	return true;
}

static enum status
add_speech(struct speeches *s, const struct speech *sp)
{
	struct speech *p = grow(s->at, &s->cap, s->n, sizeof(*p));

	if (p == NULL)
		return ST_NOMEM;
	s->at = p;
	p[s->n++] = *sp;
	if (!sp->known || (sp->weak && sp->full.who != WHO_NAME && (sp->full.head_classes & QW_ROLE) == 0))
		return ST_OK;
	return quote_known_add(&s->known, &sp->full, !sp->weak || sp->full.person);
}

/* Foreign Minister Hakan Fidan: whom "the minister" may mean later. */
static enum status
add_holder(struct speeches *s, const struct qtokens *t, size_t i)
{
	struct speaker x;

	if (!t->at[i].name || (i > 0 && t->at[i - 1].name))
		return ST_OK;
	if (!quote_name_after(t, i, t->n, &x) || x.who != WHO_NAME || x.office_end == 0 || x.office_start > x.start)
		return ST_OK;
	return quote_known_add(&s->known, &x, false);
}

/* Ada Brandt went to the door. She said ...: whom the sentence from FROM to TO is about. */
static enum status
add_subject(struct speeches *s, const struct qtokens *t, size_t from, size_t to)
{
	struct speaker x, full;
	bool told;

	if (!sentence_subject(t, from, to, &x) || x.last + 1 >= to || t->at[x.last].possessive ||
	    t->at[x.last + 1].kind != QT_WORD || has(t, x.last + 1, QW_PREP | QW_BREAK))
		return ST_OK;
	/* "The consumer prices rose" is about no consumer, but "the president held" may be */
	told = x.who == WHO_ROLE ? t->at[x.last].end == x.head_end : x.office_end > 0 || has(t, x.first, QW_TITLE);
	if (x.who != WHO_NAME && (x.who != WHO_ROLE || !x.definite || (x.head_classes & QW_ROLE) == 0))
		return ST_OK;
	if (!quote_known_resolve(&s->known, &x, &full) || (!told && full.start == x.start))
		return ST_OK;
	return quote_known_add(&s->known, &full, true);
}

enum status
speeches_read(struct speeches *s, const struct qtokens *t)
{
	const unsigned telling = QW_SAY | QW_CALL | QW_ING | QW_LAST_VERB | QW_WORDS;
	size_t i, from = 0, to = 0;
	enum status st = ST_OK;
	struct speech sp;

	s->n = 0;
	for (i = 0; st == ST_OK && i < t->n; i++) {
		s->known.now = t->at[i].start;
		if (i >= to) {
			speech_sentence(s, t, i, &from, &to);
			st = i == from ? add_subject(s, t, from, to) : ST_OK;
			if (st != ST_OK)
				break;
		}
		if (t->at[i].kind != QT_WORD)
			continue;
		st = add_holder(s, t, i);
		if (st != ST_OK || (!has(t, i, telling) && !is_word(s, t, i, "according")))
			continue;
		if (speech_at(s, t, i, from, to, &sp)) {
			sp.known = quote_known_resolve(&s->known, &sp.speaker, &sp.full);
			st = add_speech(s, &sp);
		}
	}
	return st;
}

void
speeches_begin(struct speeches *s, const char *text)
{
	s->text = s->known.text = text;
	s->n = s->known.n = 0;
	s->known.now = 0;
}

void
speeches_fini(struct speeches *s)
{
	free(s->at);
	free(s->known.at);
}
