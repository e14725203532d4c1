/* SPDX-License-Identifier: MIT */
#include "base/article.h"

#include <stdlib.h>
#include <string.h>

#include "base/clock.h"
#include "base/grow.h"

void
article_init(struct article *a)
{
	memset(a, 0, sizeof(*a));
}

void
article_fini(struct article *a)
{
	int i;

	for (i = 0; i < ART_FIELDS; i++)
		buf_fini(&a->field[i]);
	buf_fini(&a->body);
	free(a->paras);
	article_init(a);
}

void
article_clear(struct article *a)
{
	int i;

	for (i = 0; i < ART_FIELDS; i++)
		buf_clear(&a->field[i]);
	buf_clear(&a->body);
	a->body_given = 0;
	a->nparas = 0;
	a->origin = 0;
}

static bool
reserve_para(struct article *a)
{
	struct para *paras = grow(a->paras, &a->paras_cap, a->nparas, sizeof(*paras));

	if (paras != NULL)
		a->paras = paras;
	return paras != NULL;
}

enum status
article_add_para(struct article *a, const char *text, size_t len, enum para_kind kind)
{
	struct para *p;

	if (len == 0)
		return ST_OK;
	if (len >= UINT32_MAX - 1 || a->body.len >= UINT32_MAX - 1 - len)
		return ST_TOO_LARGE;
	if (!reserve_para(a))
		return ST_NOMEM;
	if (a->nparas > 0)
		buf_addc(&a->body, '\n');
	p = &a->paras[a->nparas];
	p->start = (uint32_t)a->body.len;
	buf_add(&a->body, text, len);
	if (buf_status(&a->body) != ST_OK)
		return ST_NOMEM;
	p->end = (uint32_t)a->body.len;
	p->kind = kind;
	a->nparas++;
	return ST_OK;
}

void
article_add_entry(struct article *a, enum article_field list, const char *text, size_t len)
{
	struct buf *b = &a->field[list];
	size_t n = strnlen(text, len);

	if (n == 0)
		return;
	buf_add(b, text, n);
	buf_addc(b, '\0');
}

const char *
article_next_entry(const struct article *a, enum article_field list, size_t *at)
{
	const struct buf *b = &a->field[list];
	const char *entry;

	if (*at >= b->len)
		return NULL;
	entry = b->data + *at;
	*at += strlen(entry) + 1;
	return entry;
}

enum status
article_status(const struct article *a)
{
	int i;

	for (i = 0; i < ART_FIELDS; i++)
		if (a->field[i].failed)
			return ST_NOMEM;
	return buf_status(&a->body);
}

#define ARTICLE_DEF(field, number, name, kind, key, filter) { field, name, ARTICLE_##kind, key, filter },
static const struct article_def defs[ART_FIELDS] = { ARTICLE_FIELDS(ARTICLE_DEF) };

const struct article_def *
article_def(size_t n)
{
	return n < ART_FIELDS ? &defs[n] : NULL;
}

bool
article_is_list(enum article_field field)
{
	size_t i = 0;

	while (defs[i].field != field)
		i++;
	return defs[i].kind == ARTICLE_LIST;
}

/* Reads exactly N digits at *TEXT and moves past them; false, nothing moved,
 * where they are fewer. */
static bool
digits(const char **text, int n, unsigned *out)
{
	const char *p = *text;
	unsigned v = 0;
	int i;

	for (i = 0; i < n; i++) {
		if (p[i] < '0' || p[i] > '9')
			return false;
		v = v * 10 + (unsigned)(p[i] - '0');
	}
	*text = p + n;
	*out = v;
	return true;
}

/* "Z", "+03", "+03:00", "+0300" or nothing, then the end. */
static bool
zone_ok(const char *p)
{
	unsigned hours, minutes = 0;

	if (*p == '\0')
		return true;
	if (*p == 'Z' || *p == 'z')
		return p[1] == '\0';
	if (*p != '+' && *p != '-')
		return false;
	p++;
	if (!digits(&p, 2, &hours))
		return false;
	if (*p == ':')
		p++;
	else if (*p == '\0')
		return hours <= 23;
	return digits(&p, 2, &minutes) && *p == '\0' && hours <= 23 && minutes <= 59;
}

/* HH[:MM[:SS[.fraction]]] and a zone; midnight may be written 24:00. */
static bool
read_time(const char *p, unsigned hms[3])
{
	if (!digits(&p, 2, &hms[0]))
		return false;
	if (*p == ':') {
		p++;
		if (!digits(&p, 2, &hms[1]))
			return false;
		if (*p == ':') {
			p++;
			if (!digits(&p, 2, &hms[2]))
				return false;
			if ((*p == '.' || *p == ',') && p[1] >= '0' && p[1] <= '9')
				for (p++; *p >= '0' && *p <= '9'; p++)
					;
		}
	}
	if (hms[0] == 24 && (hms[1] > 0 || hms[2] > 0))
		return false;
	return hms[0] <= 24 && hms[1] <= 59 && hms[2] <= 60 && zone_ok(p);
}

static void
put_digits(char *out, unsigned v, int n)
{
	while (n-- > 0) {
		out[n] = (char)('0' + v % 10);
		v /= 10;
	}
}

bool
article_date_digits(const char *text, char out[15])
{
	unsigned year, month = 1, day = 1, hms[3] = { 0, 0, 0 };
	const char *p = text;
	bool whole = false;

	if (!digits(&p, 4, &year) || year == 0)
		return false;
	if (*p == '-') {
		p++;
		if (!digits(&p, 2, &month))
			return false;
		if (*p == '-') {
			p++;
			if (!digits(&p, 2, &day))
				return false;
			whole = true;
		}
	}
	if (month < 1 || month > 12 || day < 1 || day > clock_month_days(year, month))
		return false;
	if (whole && (*p == 'T' || *p == 't' || *p == ' ')) {
		if (!read_time(p + 1, hms))
			return false;
	} else if (*p != '\0') {
		return false;
	}
	put_digits(out, year, 4);
	put_digits(out + 4, month, 2);
	put_digits(out + 6, day, 2);
	put_digits(out + 8, hms[0], 2);
	put_digits(out + 10, hms[1], 2);
	put_digits(out + 12, hms[2], 2);
	out[14] = '\0';
	return true;
}
