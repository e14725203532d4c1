/* SPDX-License-Identifier: GPL-2.0-or-later
 *
 * The lexicon as programs use it: names of states, organisations, offices,
 * weapons and laws as sequences of folded words, each with the entity that it names.
 * It is made from text files (dragoman-lexicon(5)) by engine/lexicon/compile.h;
 * the compiled form, lines of folded words, is stored with each generation,
 * so that every reader and writer of an index marks names as its first writer did.
 *
 * A lexicon is not changed once loaded, owns all its memory, and may be read by
 * several threads.
 */
#ifndef ENGINE_LEXICON_LEXICON_H
#define ENGINE_LEXICON_LEXICON_H

#include <stdbool.h>
#include <stddef.h>
#include <stdint.h>

#include "base/error.h"

#define LEXICON_WORDS_MAX 12         /* words of the longest name */
#define LEXICON_NONE UINT32_MAX
#define LEXICON_ACRONYM_WORD 4       /* letters of an acronym that is also written as a word: Nato */
#define LEXICON_ROOT 0u              /* where every name begins, see lexicon_step */

enum lexicon_class {
	LEXICON_NAME,        /* "Türkiye": the entity itself */
	LEXICON_ACRONYM,     /* "NATO": the entity itself, where the word stands in capitals */
	LEXICON_DEMONYM,     /* "Turkish": the entity's people and things */
	LEXICON_CAPITAL      /* "Ankara", "the Kremlin": may stand for the entity's government */
};

/* Why a name may mean something else, bits. */
enum {
	LEXICON_NOUN = 1,    /* it is also a common noun (turkey): unclear where all words have capitals */
	LEXICON_GIVEN = 2,   /* it is also a person's name (Jordan) */
	LEXICON_HOMONYM = 4  /* another entity has this name, too (Georgia): the words around it decide */
};

struct lexicon_name {
	uint32_t entity;         /* for lexicon_entity() */
	uint32_t next;           /* the next name that has the same words, or LEXICON_NONE */
	uint32_t sibling;        /* the next name of the same entity, or LEXICON_NONE */
	const char *words;       /* folded, a space between them */
	uint16_t len;
	uint8_t nwords;
	uint16_t capitals;       /* bit K: word K begins with a capital */
	uint8_t care;
	enum lexicon_class class;
};

struct lexicon_entity {
	const char *id;          /* "country:tr"; not NUL-terminated */
	size_t len;
	uint32_t names;          /* its first name */
	bool skip;               /* "skip:": its names are known and not marked ("Washington Post") */
	bool person;             /* "person:": as "skip:", and the last word is a person's name ("Hamilton Jordan") */
};

/* The kinds of a word, bits. */
enum {
	LEXICON_WORD_GIVEN = 1,    /* a given name */
	LEXICON_WORD_TITLE = 2,    /* stands before a person's name: Mr, Senator */
	LEXICON_WORD_COMMON = 4,   /* behind a name it is no surname: King, Valley, Army */
	LEXICON_WORD_WHERE = 8,    /* before a name it says that a place is named: in, near */
	LEXICON_WORD_STATE = 16,   /* a state of the United States: "Lebanon, Ohio" is a town */
	LEXICON_WORD_FINITE = 64,  /* a finite verb: the name before it acts (has, said) */
	LEXICON_WORD_AND = 128,    /* "and": stands between two names of one kind */
	LEXICON_WORD_HINT = 32     /* speaks for or against some entity, see lexicon_hint */
};

struct lexicon;

/* Loads the compiled form; no bytes make a lexicon without names. ST_CORRUPT where COMPILED is no lexicon. */
enum status lexicon_load(struct lexicon **out, const char *compiled, size_t len, struct error *err) MUST_CHECK;
void lexicon_free(struct lexicon *lx);

/* The number of a folded word, LEXICON_NONE if no name and no list has it. */
uint32_t lexicon_word(const struct lexicon *lx, const char *word, size_t len);
unsigned lexicon_word_kinds(const struct lexicon *lx, uint32_t word);
/* Whether WORD, near a name, speaks for (+1) or against (-1) ENTITY; 0: neither. */
int lexicon_hint(const struct lexicon *lx, uint32_t word, uint32_t entity);
/* The Nth entity that WORD speaks for from anywhere in an article, or LEXICON_NONE. */
uint32_t lexicon_hinted(const struct lexicon *lx, uint32_t word, size_t n);

/* The node behind NODE for the next word WORD; LEXICON_NONE: no name goes on with WORD. */
uint32_t lexicon_step(const struct lexicon *lx, uint32_t node, uint32_t word);
/* The first of the names that end at NODE, or LEXICON_NONE. */
uint32_t lexicon_names_at(const struct lexicon *lx, uint32_t node);
/* The first of the names that are the single folded word WORD, or LEXICON_NONE. LX may be NULL, and has none then. */
uint32_t lexicon_names_of_word(const struct lexicon *lx, const char *word, size_t len);
const struct lexicon_name *lexicon_name(const struct lexicon *lx, uint32_t name);
const struct lexicon_entity *lexicon_entity(const struct lexicon *lx, uint32_t entity);
size_t lexicon_entities(const struct lexicon *lx);
/* The number of the entity "country:tr", or LEXICON_NONE. */
uint32_t lexicon_find(const struct lexicon *lx, const char *id, size_t len);

#endif
