/* SPDX-License-Identifier: GPL-2.0-or-later
 *
 * The layout of a Xapian document: term prefixes (Omega's conventions where
 * there are any), value slots, positions. document/ makes it from an article; plan/,
 * search/ and snippet/ read it.
 *
 *   term                  positions  meaning
 *   turkiye               yes        folded word, headline and body
 *   Zsanction Zfr:sanction no        stem (English; others with their language); a word without
 *                                    stems (see analyse.h) is found by itself
 *   Sturkiye, ZSsanction  yes / no   the same, of the headline alone
 *   XCus                  yes        spelling "us" typed all in capitals or dotted (US, U.S.)
 *   XEtürkiye             yes        spelling, in an article where the folded word also has or only
 *                                    has spellings that folding changed; every spelling of that word
 *   XNturkiye             no         this article has such a spelling of the word: ask XE, not the word
 *   XIcountry:tr          yes        the words name this: KIND:ID of the lexicon, at each of their positions;
 *   XIdemonym:tr, XIcapital:tr yes   its people or what is theirs (Turkish), its capital (Ankara): what
 *                                    is behind the colon is the entity's ID
 *   (SXC, SXE, SXN: none. =word under title: is the headline's word at a position of XE/XC in the headline)
 *   XG<folded>\t<name>    no         for SUGGEST: a name of several words, of persons, orgs and places or of
 *                                    persons whom the text names (persons.h), as it is written; folded, with
 *                                    a space between words, and cut, see SCHEMA_SUGGEST_MAX
 *   XT<folded>            no         for SUGGEST: the headline, likewise
 *   Q<id>                 no         the article's id
 *   L<lang>               no         language, as given, lower case; also its first two letters
 *   XD<hash>              no         one of the least hashes of the article's shingles (engine/text/sketch.h)
 *   A, XSRC, XPLACE, XPERSON, XORG, XTOPIC
 *                         yes        words of byline, source, place + dateline place + places, persons,
 *                                    orgs, topics; a gap between entries
 *   XBq, XFq, XBh, XFh, XBl, XFl
 *                         yes        the first and the last words of quotations (q), of sections, each a heading
 *                                    and what follows to before the next (h), of the lead (l: headline, and
 *                                    the first paragraph that is no heading); the nth begin and the nth end
 *                                    belong together
 *   XBt, XBp              yes        the first words of sentences, of paragraphs (the headline is one of each)
 *   XSPEAKER              yes        words of the nth quotation's speaker and, one position further on, of his
 *                                    office: from n * SCHEMA_STRIDE + 1 on, n from 0 as in XBq, before the next
 *                                    multiple of SCHEMA_STRIDE
 *   XSECTION              yes        words of the article's section, which is all of it, at n = 0; of the nth
 *                                    heading of XBh at n + 1, likewise
 *   XK<key>TAB<word>      no         the folded word is a name in this article; a key of it, see namekey.h
 *   XA<acronym>TAB<expansion> no     this article explains the acronym: folded words, a blank between two
 *   XR<normal>TAB<acronym>    no     the same the other way round, by the expansion's normal form (acronyms.h)
 *
 * Positions: the headline begins at 1, the body at 1 + words of the headline + SCHEMA_GAP;
 * entries of a list are SCHEMA_GAP apart. XC, XE and S share the word's position,
 * and so does a name of another alphabet in Latin letters (erdogan for Эрдоган).
 */
#ifndef ENGINE_STORE_SCHEMA_H
#define ENGINE_STORE_SCHEMA_H

#include <stddef.h>
#include <stdint.h>

#include "base/buf.h"
#include "engine/lexicon/lexicon.h"
#include "engine/text/namekey.h"

#define SCHEMA_FORMAT 4        /* format of the index on disk; see dragoman-index(1) */
#define SCHEMA_FORMAT_OLDEST 1 /* the oldest format whose stored articles can be read, for a rebuild */
#define SCHEMA_FORMAT_CONTENT 2 /* the first format whose documents have SLOT_CONTENT */
#define SCHEMA_FORMAT_LEXICON 3 /* the first format with a lexicon */
#define SCHEMA_FORMAT_NUMBERS 4 /* the first format whose stored articles have numbered fields */
#define SCHEMA_GAP 100         /* positions that no phrase or NEAR crosses: the query's largest distance is less */
#define SCHEMA_STRIDE 64       /* positions for the name of a quotation or a section; see XSPEAKER, XSECTION */
#define SCHEMA_SUGGEST_MAX 60  /* a longer folded name or headline is cut to so many bytes */
#define SCHEMA_TITLE_WEIGHT 3  /* a word in the headline counts as so many words in the body */

/* Value slots. */
enum {
	SLOT_OLDEST = 0,  /* YYYYMMDDHHMMSS + id, "~" + id without a date: ascending is oldest first, undated last */
	SLOT_NEWEST = 1,  /* the date's digits each taken from 9 + id, "~" + id: ascending is newest first, undated last */
	SLOT_ROW = 2,     /* the strings of a result row, see row.h */
	SLOT_CONTENT = 3  /* the article's hash and origin, see row.h */
};

#define PREFIX_STEM "Z"
#define PREFIX_TITLE "S"
#define PREFIX_TITLE_STEM "ZS"
#define PREFIX_CAPS "XC"
#define PREFIX_EXACT "XE"
#define PREFIX_NONPLAIN "XN"
#define PREFIX_NAME_KEY "XK"
#define PREFIX_ACRONYM "XA"
#define PREFIX_EXPANSION "XR"
#define PREFIX_FULL_NAME "XG"
#define PREFIX_HEADLINE "XT"
#define PREFIX_ENTITY "XI"
#define PREFIX_ID "Q"
#define PREFIX_LANG "L"
#define PREFIX_SKETCH "XD"
#define PREFIX_SECTION "XSECTION"
#define PREFIX_SPEAKER "XSPEAKER"
#define PREFIX_BEGIN "XB"
#define PREFIX_END "XF"

/* The regions and units that XB and XF tell of. */
#define SCHEMA_QUOTE "q"
#define SCHEMA_SECTION "h"
#define SCHEMA_LEAD "l"
#define SCHEMA_SENTENCE "t"
#define SCHEMA_PARAGRAPH "p"

/* A field that the query language knows (field:word). */
enum field_kind {
	FIELD_TITLE,     /* ranked: counts in the score */
	FIELD_LEAD,      /* ranked: words in the lead */
	FIELD_WORDS,     /* filter on words with positions */
	FIELD_ENTITY,    /* filter on entities that the article names: country, weapon */
	FIELD_EXACT,     /* filter on one term: id, lang */
	FIELD_DATE,      /* filter on SLOT_OLDEST: date, since */
	FIELD_VOICE      /* filter on quotations: the words of its list must stand within them, or outside */
};

struct schema_field {
	const char *name;        /* as typed: "source" */
	const char *prefix;      /* "XSRC"; NULL for dates */
	enum field_kind kind;
	int single;              /* an article has one value: several filters of it are alternatives */
	const char *region;      /* the region (SCHEMA_QUOTE ...) to which it confines the words of its list; "": the
				    whole article */
};

/* The field NAME; NULL: there is none. */
const struct schema_field *schema_field(const char *name, size_t len);
/* The Nth field, NULL past the end: for HELP and the manual's test. */
const struct schema_field *schema_field_at(size_t n);

/* Appends the whole term of entity ID ("country:tr"), named by a name of CLASS. */
void schema_entity(struct buf *out, const char *id, size_t len, enum lexicon_class class);

/* Appends the whole term of the name WORD under KEY. */
void schema_name_key(struct buf *out, const struct namekey *key, const char *word, size_t len);

/* Appends PREFIX + WORD cut to what Xapian allows (XAP_TERM_MAX). A Z-prefixed
 * byte string never collides: words are lower case or caseless. */
void schema_term(struct buf *out, const char *prefix, const char *word, size_t len);

#endif
