/* SPDX-License-Identifier: GPL-2.0-or-later
 *
 * The insides of planning, for the files that make up plan.h and explain_tree.h:
 * plan.c (boolean structure), plan/words.c (text -> words and their terms), plan/prefix.c (the words of a prefix),
 * plan/match.c (words -> queries), plan/near.c (chains of NEAR, ADJ and SAME), plan/region.c (words within regions),
 * plan/condition.c (positional conditions as queries), plan/filter.c (fields and dates),
 * plan/marks.c (marks of the snippet), plan/rank.c (stop words, and pairs of words that stand together).
 * Results live in the arena that the planner was given.
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
	struct plan *plan;       /* NULL: nothing is collected, see explain_tree.c */
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
	bool all_caps;           /* the query is typed in capitals, which give no hint then */
	bool delta;               /* the store is a delta: acronyms and names that the index was taught are not in it */
	size_t prefix_terms;     /* the most terms that one prefix stands for */
	struct wanted *wanted;   /* collects the terms that the plan asks for; or NULL */
	struct planner_freq *freqs[PLANNER_BUCKETS];   /* a hash table of the frequencies that were looked up, by term */
	unsigned terms;          /* words of the query so far */
	unsigned confined;       /* words of filters that stand in the query once more, see plan_condition_confine */
	uint64_t postings;       /* postings of all terms and ranges so far: how long a match may take */
	size_t leaves_cap, marks_cap, scopes_cap, notes_cap;
	struct buf work;
};

/* The context of a node of the query. It is handed down by value: a change for one node holds for the node and its
 * children, and nothing has to be set back. */
struct plan_context {
	const struct near_region *regions;  /* matches must stand within all of these regions */
	size_t nregions;
	const struct xap_query *within;     /* filters of the lists around: whatever matches has to match them, too; or NULL */
	unsigned within_words;              /* of the filters in WITHIN */
	bool apart;              /* an OR or the like stands between: WITHIN is not asked before positions are compared */
	unsigned depth;          /* 0: the query as a whole */
	bool quiet;              /* within an excluded node: no marks, no leaves */
	bool filter;             /* within a filter: matches are not ranked by it */
	bool light;              /* a word that weighs next to nothing beside the others */
	bool alone;              /* a word that gets its readings by itself, see readings.h */
	bool literal;            /* words that the user did not type as words to search: capitals give no hint, no readings */
	bool again;              /* words that are counted elsewhere among the query's words, or not at all */
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
void *planner_alloc(struct planner *pl, size_t n, size_t size);   /* zeroed */
/* PREFIX + TEXT as an indexed term, which the plan asks for as AS says. */
enum status planner_term(struct planner *pl, enum wanted_as as, const char *prefix, const char *text, size_t len,
			 struct near_term *out) MUST_CHECK;
/* To sort terms bytewise: of two struct near_term. */
int planner_by_text(const void *a, const void *b);
/* How many articles have T; the database is asked once for each term. */
enum status planner_freq(struct planner *pl, const struct near_term *t, uint32_t *freq) MUST_CHECK;
/* Whether a term of a kind that the vocabulary keeps may begin with HEAD; *MAY = false is certain, and costs next to
 * nothing. */
enum status planner_may_begin(struct planner *pl, const struct near_term *head, bool *may) MUST_CHECK;
/* T as a query: planner_rank's may rank or stand in a phrase, planner_find's only finds the documents that T indexes. */
enum status planner_rank(struct planner *pl, const struct near_term *t, struct xap_query **out) MUST_CHECK;
enum status planner_find(struct planner *pl, const struct near_term *t, struct xap_query **out) MUST_CHECK;
/* *Q (NULL: nothing yet) becomes *Q OP MORE; MORE (NULL: nothing) is consumed. */
enum status planner_join(struct planner *pl, struct xap_query **q, enum xap_op op, struct xap_query *more) MUST_CHECK;

/* ---- plan/words.c: from a node's text to a phrase ---- */

struct words_stem { const char *text; size_t len; };

/* One token, its strings in the arena. */
struct words_token {
	const char *term, *exact;
	size_t len, exact_len;
	uint32_t compound;
	enum token_kind kind;
	unsigned flags;
	size_t start, end;          /* bytes of the text that was read */
	struct words_stem *stems;   /* without "Z"; NULL unless words_read was asked for stems */
	size_t nstems;
};

struct words { struct words_token *tok; size_t n; };

enum status words_read(struct planner *pl, struct plan_context ctx, const char *text, size_t len, bool stems,
		       struct words *out) MUST_CHECK;
/* As words_read, with stems, for a text that comes from the index: its words do not count as words of the query. */
enum status words_of_index(struct planner *pl, const char *text, size_t len, struct words *out) MUST_CHECK;
/* Whether TOK is typed in capitals that mean something (US, WHO). */
bool words_caps_hint(const struct planner *pl, const struct words_token *tok);

/* A phrase of one word or more, and the words that the snippet marks. */
struct words_phrase {
	struct near_operand operand;
	/* For each item of the operand, in the same order: a mark for each part, and a mark (kind and text) for the
	 * joined word. */
	struct words_marks {
		struct mark_word *parts, *also, joined;
		const struct mark *surfaces;   /* other names of the entity that the item names */
		size_t nsurfaces;
	} *marks;
	size_t nwords;        /* the number of its positions when every item is in parts */
	bool plain;           /* no exact spelling, no headline's capitals, no prefix: Xapian can do it */
};

/* Whether W, typed bare, is one word (or hyphenated word) that is searched by its stems. */
bool words_is_stemmed(const struct planner *pl, const struct words *w);
/* The end of the word or compound that begins with token FROM. */
size_t words_item_end(const struct words *w, size_t from);
/* The phrase of W, the words of NODE or a reading of them. No words make no items. */
enum status words_phrase(struct planner *pl, struct plan_context ctx, const struct node *node, const struct words *w,
			 struct words_phrase *out) MUST_CHECK;

/* ---- plan/prefix.c ---- */

/* The slot of all words that begin with TOK, the word of a prefix NODE. A note tells when there are too many words. */
enum status plan_prefix_slot(struct planner *pl, const struct node *node, const struct words_token *tok,
			      struct near_slot *p) MUST_CHECK;

/* ---- plan/match.c: from words to queries ---- */

/* The query of a WORD, EXACT, PREFIX, PHRASE or ATLEAST; NULL in *OUT: there is no word in it. */
enum status match_leaf(struct planner *pl, struct plan_context ctx, const struct node *node, struct xap_query **out) MUST_CHECK;
/* The term prefix of NODE's words: "" for headline and body, or its field's prefix. */
const char *match_prefix(const struct node *node);
/* The query of a slot, its words joined by OP (OR, SYNONYM). FIND: it only finds, and neither ranks nor stands in a
 * phrase. */
enum status match_slot(struct planner *pl, const struct near_slot *p, enum xap_op op, bool find, struct xap_query **out) MUST_CHECK;
/* The slot of a phrase of one word in one reading, or NULL. */
const struct near_slot *match_only_slot(const struct words_phrase *ph);
/* The query of CHAIN, ranked by its words. */
enum status match_stage(struct planner *pl, const struct near_chain *chain, struct xap_query **out) MUST_CHECK;
/* *OUT, the query of NODE (NULL: none), becomes *OUT or one of the readings in LIST, which are marked and noted. */
enum status match_readings(struct planner *pl, struct plan_context ctx, const struct node *node, const struct readings *list,
			   struct xap_query **out) MUST_CHECK;
/* The query of PH: Xapian's phrase where it can do it. */
enum status match_phrase(struct planner *pl, struct plan_context ctx, const struct words_phrase *ph, struct xap_query **out) MUST_CHECK;

/* ---- plan/condition.c ---- */

/* Confines *Q (consumed) to articles in which CHAIN, which lives in the arena, is found. NARROW: *Q may find articles
 * without the chain's words. */
enum status plan_condition_add(struct planner *pl, const struct near_chain *chain, bool narrow, struct xap_query **q) MUST_CHECK;

/* Confines *Q (consumed), which compares positions, to the filters of CTX where it stands apart from them: below an
 * OR Xapian looks for the next article of *Q, however far that is, before it asks whether the filters let it pass. */
enum status plan_condition_confine(struct planner *pl, struct plan_context ctx, struct xap_query **q) MUST_CHECK;

/* ---- plan/near.c ---- */

/* The query of a NEAR, ADJ or SAME. */
enum status plan_near_chain(struct planner *pl, struct plan_context ctx, const struct node *node, struct xap_query **out) MUST_CHECK;

/* ---- plan/region.c ---- */

/* Adds to CTX the regions that filters of LIST, a list, ask for. */
enum status region_enter(struct planner *pl, struct plan_context *ctx, const struct node *list) MUST_CHECK;
/* Replaces CTX's regions where NODE, a word of the headline or the lead, names its own region. */
enum status region_own(struct planner *pl, struct plan_context *ctx, const struct node *node) MUST_CHECK;
/* Confines *Q (consumed; NULL: no query) to articles in which OP stands within CTX's regions TIMES times at least. */
enum status region_hold(struct planner *pl, struct plan_context ctx, const struct near_operand *op, unsigned times,
			struct xap_query **q) MUST_CHECK;
/* The bare word W of NODE as an operand: any word with one of its stems. */
enum status region_stems(struct planner *pl, struct plan_context ctx, const struct node *node, const struct words *w,
			 struct near_operand **out) MUST_CHECK;
/* The query of NODE, a voice:, which finds articles with quotations; NULL in *OUT: it finds all articles. */
enum status region_voice(struct planner *pl, const struct node *node, struct xap_query **out) MUST_CHECK;
/* Adds the begins of sentences and paragraphs to the wanted terms, as far as CHAIN asks for them. */
enum status region_want_limits(struct planner *pl, const struct near_chain *chain) MUST_CHECK;

/* ---- plan/rank.c: stop words and pairs, for the ranking ---- */

/* Whether unit I of LIST is a stop word, which weighs next to nothing beside a unit that is more than one. */
bool plan_rank_light(const struct planner *pl, const struct node *list, size_t i);
/* Finds TREE's pairs of words. */
enum status plan_rank_pairs(struct planner *pl, const struct node *tree) MUST_CHECK;

/* ---- plan/filter.c ---- */

/* The query of a FILTER or DATES. */
enum status plan_filter(struct planner *pl, const struct node *node, struct xap_query **out) MUST_CHECK;
/* The phrase of NODE, a filter on words. */
enum status plan_filter_words(struct planner *pl, struct plan_context ctx, const struct node *node, struct words_phrase *out) MUST_CHECK;
/* Appends NODE as it was typed. */
void plan_filter_label(struct buf *out, const struct node *node);

/* ---- plan/marks.c: leaves, notes and marks of the plan ---- */

enum status plan_marks_leaf(struct planner *pl, struct plan_context ctx, const struct xap_query *q, const struct node *node) MUST_CHECK;
/* Adds a note. 'C': TEXT is a reading of TYPED; 'W': TEXT is a warning, TYPED is "". */
enum status plan_marks_note(struct planner *pl, char letter, const char *typed, const char *text) MUST_CHECK;
/* Begin a group for each query word or phrase, then add its marks, which are alternatives. */
void plan_marks_group(struct planner *pl, struct plan_context ctx);
enum status plan_marks_add(struct planner *pl, struct plan_context ctx, const struct mark_word *words, size_t n) MUST_CHECK;
enum status plan_marks_phrase(struct planner *pl, struct plan_context ctx, const struct words_phrase *ph) MUST_CHECK;

#endif
