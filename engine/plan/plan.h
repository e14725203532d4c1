/* SPDX-License-Identifier: GPL-2.0-or-later
 *
 * From the query's tree to what Xapian matches: words become terms through the
 * analysis, phrases and NEAR become positional operators (Xapian's own for a
 * plain phrase of words, conditions of ours for all else), filters become
 * boolean terms and ranges. Planning looks terms up and matches nothing:
 * conditions read position lists while a query is run, those of the articles
 * that it reaches.
 *
 * A plan owns everything in it, and may be run only on the store that it was
 * made for, as long as that is open.
 */
#ifndef ENGINE_PLAN_PLAN_H
#define ENGINE_PLAN_PLAN_H

#include <stdbool.h>
#include <stddef.h>

#include "engine/query/query.h"
#include "engine/store/store.h"
#include "engine/store/wanted.h"
#include "engine/text/analyse.h"

#define PLAN_PREFIX_TERMS_MAX 1000  /* terms that one prefix stands for */

/* What the snippet marks: one word, or the words of a phrase side by side. */
enum mark_kind {
	MARK_STEM,    /* a token with this stem ("sanction", "fr:sanction") */
	MARK_WORD,    /* this folded form */
	MARK_PREFIX,  /* a folded form that begins so */
	MARK_CAPS,    /* TOKEN_CAPS and this folded form */
	MARK_EXACT    /* this spelling */
};

struct mark_word {
	enum mark_kind kind;
	const char *text;
	size_t len;
};

struct mark {
	const struct mark_word *word;
	size_t nwords;        /* 1: a word; more: a phrase */
	unsigned scope;       /* counts in plan.scopes[scope - 1] alone; 0: anywhere */
	unsigned group;       /* marks of one query word or phrase share a group: they are alternatives */
};

/* Regions of an article (near.h) that hold together. */
struct near_region;
struct plan_scope { const struct near_region *regions; size_t n; };

/* A summand of the score: the weight of one word or phrase of the query. */
struct plan_leaf {
	struct xap_query *query;
	const char *label;    /* as typed */
};

/* Two words of the query that stand side by side in it, as they would in a text. */
struct plan_pair {
	struct xap_query *query;
	const char *label;    /* as typed */
};

/* A positional condition of ours (near.h) that some query of the plan holds. */
struct near_matcher;
struct near_work;
struct plan_condition { struct near_matcher *matcher; const struct plan_condition *next; };

struct plan_note { char letter; const char *typed, *text; };  /* as struct search_note */

struct plan {
	struct xap_query *query;
	bool ranked;              /* false: filters alone, newest first */
	struct mark *marks;
	size_t nmarks, ngroups;
	struct plan_scope *scopes;
	size_t nscopes;
	struct plan_leaf *leaves;
	size_t nleaves;
	struct plan_pair *pairs;
	size_t npairs;
	size_t nwords;            /* words and phrases of the query that weigh something, stop words apart */
	struct plan_note *notes;
	size_t nnotes;
	const struct plan_condition *conditions;
	struct near_work *work;   /* of all conditions; NULL while there are none */
	const struct xap_deadline *deadline;   /* of plan_new */
	struct plan_owned *owned; /* strings and arrays behind the above */
};

/* How a plan deals with misspellings, in articles and in the query. */
enum plan_correct {
	CORRECT_OFF,
	CORRECT_SHOW,             /* finds rare misspellings of a word, too; suggests others for a word that no article has */
	CORRECT_SEARCH            /* as CORRECT_SHOW, but searches the first suggestion instead of the word */
};

/* The readings that a plan may use besides the words as typed; each use is told by a note. */
struct plan_options {
	bool alias;               /* other names of the entity that a word names */
	bool meto;                /* a capital stands for its government */
	enum plan_correct correct;
};

/* DEADLINE (may be NULL) must stay in place until plan_free. ST_SYNTAX: a query that only excludes, or a prefix that is
 * too short; ST_TOO_LARGE: over QUERY_TERMS_MAX. */
enum status plan_new(struct plan **out, const struct node *tree, struct store *store, struct analyser *an,
		     const struct plan_options *opt, const struct xap_deadline *deadline, struct error *err) MUST_CHECK;
/* As plan_new, on a delta (standing/delta.h): a prefix stands for all its words, and positions are never read by Xapian. */
enum status plan_new_delta(struct plan **out, const struct node *tree, struct store *delta, struct analyser *an,
		     const struct plan_options *opt, const struct xap_deadline *deadline, struct error *err) MUST_CHECK;
void plan_free(struct plan *p);
/* Adds to OUT the terms that a plan of TREE may ask for on any store that has STORE's languages. */
enum status plan_wanted(const struct node *tree, struct store *store, struct analyser *an, const struct plan_options *opt,
			struct wanted *out, struct error *err) MUST_CHECK;

#endif
