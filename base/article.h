/* SPDX-License-Identifier: MIT
 *
 * The article record: what every reader of a corpus delivers, what is stored,
 * and what GET answers. All text is valid UTF-8. A struct article owns all its
 * strings; article_fini frees them.
 */
#ifndef BASE_ARTICLE_H
#define BASE_ARTICLE_H

#include <stdbool.h>
#include <stddef.h>
#include <stdint.h>

#include "base/buf.h"

#define ARTICLE_ID_MAX 240  /* bytes */

/* The fields, a row for each, in the order in which GET shows them:
 *
 *	number  stored with each text (engine/store/record.h): a new field has the next one, and none is used again
 *	name    in JSON Lines and in GET
 *	kind    TEXT: one value; LIST: any number of entries
 *	key     of its line in a plain-text file; NULL: it has none there
 *	filter  the field of the query language that finds it (engine/store/schema.c); NULL: none does
 */
#define ARTICLE_FIELDS(FIELD) \
	FIELD(ART_ID,        0, "id",       TEXT, "Id",       "id") \
	FIELD(ART_TITLE,     1, "title",    TEXT, NULL,       "title") \
	FIELD(ART_DATE,      2, "date",     TEXT, "Date",     "date") \
	FIELD(ART_SOURCE,    3, "source",   TEXT, "Source",   "source") \
	FIELD(ART_BYLINE,    4, "byline",   TEXT, "Byline",   "byline") \
	FIELD(ART_DATELINE,  5, "dateline", TEXT, "Dateline", "place") \
	FIELD(ART_PLACE,     6, "place",    TEXT, "Place",    "place") \
	FIELD(ART_URL,       7, "url",      TEXT, "Url",      NULL) \
	FIELD(ART_LANG,      8, "lang",     TEXT, "Lang",     "lang") \
	FIELD(ART_SECTION,   9, "section",  TEXT, NULL,       "section") \
	FIELD(ART_PERSONS,  10, "persons",  LIST, NULL,       "person") \
	FIELD(ART_PLACES,   11, "places",   LIST, NULL,       "place") \
	FIELD(ART_ORGS,     12, "orgs",     LIST, NULL,       "org") \
	FIELD(ART_TOPICS,   13, "topics",   LIST, "Topic",    "topic")

#define ARTICLE_ENUM(field, number, name, kind, key, filter) field = number,
#define ARTICLE_COUNT(field, number, name, kind, key, filter) + 1
enum article_field {
	ARTICLE_FIELDS(ARTICLE_ENUM)
	ART_FIELDS = 0 ARTICLE_FIELDS(ARTICLE_COUNT)
};
#undef ARTICLE_ENUM
#undef ARTICLE_COUNT

struct article_def {
	enum article_field field;
	const char *name;
	enum { ARTICLE_TEXT, ARTICLE_LIST } kind;
	const char *key, *filter;
};

enum para_kind { PARA_TEXT = 'p', PARA_HEADING = 'h' };

struct para {
	uint32_t start, end;   /* bytes of body; between two paragraphs stands one LF */
	enum para_kind kind;
};

struct article {
	/* Empty: not given; white space at both ends is gone. That of a list: its entries, each with a NUL byte. */
	struct buf field[ART_FIELDS];
	struct buf body;               /* paragraphs as read, joined by single LFs */
	size_t body_given;             /* bytes of the body before it was cut into paragraphs */
	struct para *paras;
	size_t nparas, paras_cap;
	uint32_t origin;               /* the number of the file it came from, given by who reads; 0: none */
};

void article_init(struct article *a);
void article_fini(struct article *a);
void article_clear(struct article *a);   /* empty again, memory kept */
/* Appends a paragraph to the body (nothing when LEN is 0). Text holds no LF. */
enum status article_add_para(struct article *a, const char *text, size_t len,
			     enum para_kind kind) MUST_CHECK;
/* Appends an entry to a list; an empty entry is passed over. NUL bytes in it end it. */
void article_add_entry(struct article *a, enum article_field list, const char *text, size_t len);
/* Walks a list: *AT starts at 0; NULL at the end. */
const char *article_next_entry(const struct article *a, enum article_field list, size_t *at);
/* ST_NOMEM when any add so far failed. */
enum status article_status(const struct article *a) MUST_CHECK;

/* The Nth row of the fields' table; NULL past the end. */
const struct article_def *article_def(size_t n);
/* Whether FIELD is a list. */
bool article_is_list(enum article_field field);

/* A date as the corpus gives it ("2025", "2025-03", "2025-03-27", with or
 * without "T14:30[:05[.5]]" or a space and the time, with or without "Z" or
 * "+03:00") as 14 digits YYYYMMDDHHMMSS, as written (no zone is applied), a
 * partial date as its first day; OUT has room for 15 bytes and ends in NUL.
 * False when it is no such date, or a day that the calendar lacks. */
bool article_date_digits(const char *text, char out[15]);

#endif
