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

/* The single-valued fields, in the order in which GET shows them. */
enum article_field {
	ART_ID, ART_TITLE, ART_DATE, ART_SOURCE, ART_BYLINE, ART_DATELINE,
	ART_PLACE, ART_URL, ART_LANG, ART_SECTION,
	ART_FIELDS
};

/* The lists. */
enum article_list { ART_PERSONS, ART_PLACES, ART_ORGS, ART_TOPICS, ART_LISTS };

enum para_kind { PARA_TEXT = 'p', PARA_HEADING = 'h' };

struct para {
	uint32_t start, end;   /* bytes of body; between two paragraphs stands one LF */
	enum para_kind kind;
};

struct article {
	struct buf field[ART_FIELDS];  /* empty: not given; white space at both ends is gone */
	struct buf list[ART_LISTS];    /* entries, each followed by one NUL byte */
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
void article_add_entry(struct article *a, enum article_list list, const char *text, size_t len);
/* Walks a list: *AT starts at 0; NULL at the end. */
const char *article_next_entry(const struct article *a, enum article_list list, size_t *at);
/* ST_NOMEM when any add so far failed. */
enum status article_status(const struct article *a) MUST_CHECK;

/* "id", "title", ... / "persons", ...: the names in JSON and in GET. */
const char *article_field_name(enum article_field f);
const char *article_list_name(enum article_list l);

/* A date as the corpus gives it ("2025", "2025-03", "2025-03-27", with or
 * without "T14:30[:05[.5]]" or a space and the time, with or without "Z" or
 * "+03:00") as 14 digits YYYYMMDDHHMMSS, as written (no zone is applied), a
 * partial date as its first day; OUT has room for 15 bytes and ends in NUL.
 * False when it is no such date, or a day that the calendar lacks. */
bool article_date_digits(const char *text, char out[15]);

#endif
