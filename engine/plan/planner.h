/* SPDX-License-Identifier: GPL-2.0-or-later
 *
 * The insides of planning, for the files that make up plan.h and explain.h:
 * plan.c (boolean structure), plan/words.c (text -> words and their terms), plan/prefix.c (the words of a prefix),
 * plan/match.c (words -> queries), plan/near.c (chains of them), plan/region.c (in some part of the article),
 * plan/condition.c (positional conditions as queries), plan/filter.c (fields and dates),
 * plan/marks.c (what the snippet marks),
 * plan/rank.c (what weighs next to nothing, what stands together).
 * What is built here lives in the arena that the planner was given.
 */
#ifndef ENGINE_PLAN_PLANNER_H
#define ENGINE_PLAN_PLANNER_H

#include "base/arena.h"
#include "engine/plan/plan.h"
#include "engine/proximity/near.h"
#include "engine/text/word_table.h"

#define PLANNER_BUCKETS 256

struct readings;

/* A term and how many articles have it. */
struct planner_freq { struct near_term term; uint32_t freq; struct planner_freq *next; };

struct planner {
	struct plan *plan;       /* NULL: nothing is collected, see explain.c */
	struct arena *arena;
	struct store *store;
	struct xap_db *db;       /* the store's */
	const struct lexicon *lexicon;   /* likewise; NULL: none */
	struct analyser *an;
	struct plan_options opt;
	const struct xap_deadline *deadline;
	struct error *err;
	char langs[WORD_LANGUAGES_MAX][4];  /* stemmed languages besides English */
	size_t nlangs;
	bool all_caps;           /* the query is typed in capitals: they give no hint */
	bool part;               /* the store is not the whole index: what that was taught is not known */
	size_t prefix_terms;     /* that one prefix stands for, at most */
	struct wanted *wanted;   /* where the terms that are asked for are collected, or NULL */
	struct planner_freq *freqs[PLANNER_BUCKETS];   /* the frequencies that were looked up, by the term's hash */
	unsigned terms;          /* so far */
	uint64_t postings;       /* of all terms and ranges: how long a match may take */
	size_t leaves_cap, marks_cap, scopes_cap, notes_cap;
	struct buf work;
};

/* What holds where a part of the query stands. It is handed down by value: what is changed for one part holds for
 * that part and what stands in it, and there is nothing to set back. */
struct plan_context {
	const struct near_region *regions;  /* that what is found has to stand in, all of them together */
	size_t nregions;
	unsigned depth;          /* 0: the query as a whole */
	bool quiet;              /* inside what is excluded: no marks, no leaves */
	bool filter;             /* within one: what is found is not ranked by it */
	bool light;              /* a word that weighs next to nothing beside the others */
	bool alone;              /* a word that gets its readings by itself, see readings.h */
	bool literal;            /* words that were not typed to be searched: capitals give no hint, and nothing else may stand for them */
	bool again;              /* words that are counted among the query's where they stand, or not at all */
};

/* What a query is planned from, all borrowed until planner_fini. */
struct planner_source {
	const struct node *tree;
	struct store *store;
	struct analyser *an;
	const struct xap_deadline *deadline;   /* or NULL */
};

/* ALL_CAPS is found from the tree. */
void planner_init(struct planner *pl, struct plan *plan, struct arena *arena, const struct planner_source *from,
		  struct error *err);
void planner_fini(struct planner *pl);
enum status planner_no_memory(struct planner *pl);
void *planner_alloc(struct planner *pl, size_t n, size_t size);   /* zeroed */
/* PREFIX + TEXT as an indexed term, which the plan asks for as AS says. */
enum status planner_term(struct planner *pl, enum wanted_as as, const char *prefix, const char *text, size_t len,
			 struct near_term *out) MUST_CHECK;
/* To sort terms bytewise: of two struct near_term. */
int planner_by_text(const void *a, const void *b);
/* How many articles have T; the database is asked once for each term. */
enum status planner_freq(struct planner *pl, const struct near_term *t, uint32_t *freq) MUST_CHECK;
/* Whether a term may begin with HEAD, one of the kinds that the vocabulary keeps: false is certain, and costs next to nothing. */
enum status planner_may_begin(struct planner *pl, const struct near_term *head, bool *may) MUST_CHECK;
/* T as a query, to be ranked by or to stand in a phrase; or only to find the documents that it indexes. */
enum status planner_rank(struct planner *pl, const struct near_term *t, struct xap_query **out) MUST_CHECK;
enum status planner_find(struct planner *pl, const struct near_term *t, struct xap_query **out) MUST_CHECK;
/* *Q (NULL: nothing yet) becomes *Q OP MORE; MORE (NULL: nothing) is consumed. */
enum status planner_join(struct planner *pl, struct xap_query **q, enum xap_op op, struct xap_query *more) MUST_CHECK;

/* ---- plan/words.c: from a node's text to places ---- */

struct words_stem { const char *text; size_t len; };

/* One token, its strings in the arena. */
struct words_token {
	const char *term, *exact;
	size_t len, exact_len;
	uint32_t compound;
	enum token_kind kind;
	unsigned flags;
	size_t start, end;          /* bytes of the text that was read */
	struct words_stem *stems;   /* where they were asked for; without "Z" */
	size_t nstems;
};

struct words { struct words_token *tok; size_t n; };

enum status words_read(struct planner *pl, struct plan_context ctx, const char *text, size_t len, bool stems,
		       struct words *out) MUST_CHECK;
/* The same, with stems, of a text that comes from the index: its words are not counted among those of the query. */
enum status words_of_index(struct planner *pl, const char *text, size_t len, struct words *out) MUST_CHECK;
/* Whether TOK, as typed, means the capitals' spelling (US, WHO). */
bool words_caps_hint(const struct planner *pl, const struct words_token *tok);

/* A phrase (of one word or more), with what the snippet is to mark. */
struct words_phrase {
	struct near_operand operand;
	/* For each item its parts' marks, and that of the joined word (kind and text), in the same order as the items. */
	struct words_marks {
		struct mark_word *parts, *also, joined;
		const struct mark *surfaces;   /* other names of what the item names */
		size_t nsurfaces;
	} *marks;
	size_t nwords;        /* positions that it takes when every item is in parts */
	bool plain;           /* no exact spelling, no headline's capitals, no prefix: Xapian can do it */
};

/* Whether W, typed bare, is one word (or hyphenated word) that is looked for by its stems. */
bool words_is_stemmed(const struct planner *pl, const struct words *w);
/* Where the word or compound that begins with token FROM ends. */
size_t words_item_end(const struct words *w, size_t from);
/* The phrase of W, which were typed at NODE or stand for NODE's. Of no words: no items. */
enum status words_phrase(struct planner *pl, struct plan_context ctx, const struct node *node, const struct words *w,
			 struct words_phrase *out) MUST_CHECK;

/* ---- plan/prefix.c ---- */

/* The place of any word that begins as TOK, of a prefix NODE, does. What is left out of too many is told in a note. */
enum status plan_prefix_place(struct planner *pl, const struct node *node, const struct words_token *tok,
			      struct near_place *p) MUST_CHECK;

/* ---- plan/match.c: from words to queries ---- */

/* A WORD, EXACT, PREFIX, PHRASE or ATLEAST; NULL in *OUT: there is no word in it. */
enum status match_leaf(struct planner *pl, struct plan_context ctx, const struct node *node, struct xap_query **out) MUST_CHECK;
/* The prefix of NODE's words: "" for headline and body, or that of its field. */
const char *match_prefix(const struct node *node);
/* Any of the place's words, as OP (OR, SYNONYM) has it. FIND: only to find, and neither to rank nor to stand in a phrase. */
enum status match_place(struct planner *pl, const struct near_place *p, enum xap_op op, bool find, struct xap_query **out) MUST_CHECK;
/* The place of a phrase of one word in one reading, or NULL. */
const struct near_place *match_only_place(const struct words_phrase *ph);
/* What CHAIN finds, ranked by its words. */
enum status match_stage(struct planner *pl, const struct near_chain *chain, struct xap_query **out) MUST_CHECK;
/* *OUT, what was found for NODE (NULL: nothing), or one of the readings in LIST, which are marked and noted. */
enum status match_readings(struct planner *pl, struct plan_context ctx, const struct node *node, const struct readings *list,
			   struct xap_query **out) MUST_CHECK;
/* PH as a query: Xapian's phrase where that serves. */
enum status match_phrase(struct planner *pl, struct plan_context ctx, const struct words_phrase *ph, struct xap_query **out) MUST_CHECK;

/* ---- plan/condition.c ---- */

/* *Q (consumed) only where CHAIN, whose parts live in the arena, is found. NARROW: *Q may find articles without the
 * chain's words. */
enum status plan_condition_add(struct planner *pl, const struct near_chain *chain, bool narrow, struct xap_query **q) MUST_CHECK;

/* ---- plan/near.c ---- */

/* A NEAR, ADJ or SAME. */
enum status plan_near_chain(struct planner *pl, struct plan_context ctx, const struct node *node, struct xap_query **out) MUST_CHECK;

/* ---- plan/region.c ---- */

/* Adds to CTX the parts of the text that filters of LIST, a list, ask for. */
enum status region_enter(struct planner *pl, struct plan_context *ctx, const struct node *list) MUST_CHECK;
/* A word of the headline or the lead names its own part, and is held to no other. */
enum status region_own(struct planner *pl, struct plan_context *ctx, const struct node *node) MUST_CHECK;
/* *Q (consumed; NULL: nothing) only where OP stands in CTX's parts of the text TIMES times at least. */
enum status region_hold(struct planner *pl, struct plan_context ctx, const struct near_operand *op, unsigned times,
			struct xap_query **q) MUST_CHECK;
/* The bare word W of NODE as an operand: any word with one of its stems. */
enum status region_stems(struct planner *pl, struct plan_context ctx, const struct node *node, const struct words *w,
			 struct near_operand **out) MUST_CHECK;
/* The quotations that NODE, a voice:, finds articles by; NULL in *OUT: it finds all. */
enum status region_voice(struct planner *pl, const struct node *node, struct xap_query **out) MUST_CHECK;
/* Tells what is wanted of the begins of sentences and paragraphs. */
enum status region_want_limits(struct planner *pl, const struct near_chain *chain) MUST_CHECK;

/* ---- plan/rank.c: what the ranking wants to know of the words ---- */

/* Whether a unit of LIST weighs anything; if so, whether unit I is a function word, and weighs next to nothing. */
bool plan_rank_heavy(const struct planner *pl, const struct node *list);
bool plan_rank_light(const struct planner *pl, const struct node *list, size_t i);
/* Finds TREE's pairs of words. */
enum status plan_rank_pairs(struct planner *pl, const struct node *tree) MUST_CHECK;

/* ---- plan/filter.c ---- */

/* A FILTER or DATES. */
enum status plan_filter(struct planner *pl, const struct node *node, struct xap_query **out) MUST_CHECK;
/* The words of one on words. */
enum status plan_filter_words(struct planner *pl, struct plan_context ctx, const struct node *node, struct words_phrase *out) MUST_CHECK;
/* Appends what was typed at NODE. */
void plan_filter_label(struct buf *out, const struct node *node);

/* ---- plan/marks.c: what a plan collects ---- */

enum status plan_marks_leaf(struct planner *pl, struct plan_context ctx, const struct xap_query *q, const struct node *node) MUST_CHECK;
/* 'C': TEXT is what stands for TYPED besides; 'W': a warning, of which TYPED is "". */
enum status plan_marks_note(struct planner *pl, char letter, const char *typed, const char *text) MUST_CHECK;
/* The alternatives of one query word or phrase: begin a group, then add to it. */
void plan_marks_group(struct planner *pl, struct plan_context ctx);
enum status plan_marks_add(struct planner *pl, struct plan_context ctx, const struct mark_word *words, size_t n) MUST_CHECK;
enum status plan_marks_phrase(struct planner *pl, struct plan_context ctx, const struct words_phrase *ph) MUST_CHECK;

#endif
