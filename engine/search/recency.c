/* SPDX-License-Identifier: GPL-2.0-or-later */
#include "engine/search/recency.h"

#include <math.h>
#include "base/article.h"

#define SECONDS 86400.0

static int
number(const char *digits, size_t n)
{
	int value = 0;

	while (n-- > 0)
		value = value * 10 + (*digits++ - '0');
	return value;
}

/* YYYYMMDDHHMMSS in days from 1970, by the Gregorian calendar (the usual shift of the year's begin to March). */
static double
days(const char *digits)
{
	int year = number(digits, 4), month = number(digits + 4, 2), day = number(digits + 6, 2);
	int y = month > 2 ? year : year - 1, m = month > 2 ? month - 3 : month + 9;
	int whole = 365 * y + y / 4 - y / 100 + y / 400 + (153 * m + 2) / 5 + day - 1;
	int seconds = number(digits + 8, 2) * 3600 + number(digits + 10, 2) * 60 + number(digits + 12, 2);

	return whole - 719468 + seconds / SECONDS;
}

void
recency_init(struct recency *r, const struct ranker *ranker)
{
	double now = (double)ranker->opt->now / SECONDS;
	char digits[15];

	*r = (struct recency){ now, ranker->opt->halflife };
	if (article_date_digits(ranker->newest, digits) && days(digits) < now)
		r->today = days(digits);
}

enum status
recency_of(const struct recency *r, const struct ranker *ranker, const struct xap_hit *hit, double *adds,
	   struct error *err)
{
	const char *key;
	size_t len;
	double age;
	enum status st = ranker->ask->key(ranker->index, hit->docid, RANKER_KEY_OLDEST, &key, &len, err);

	*adds = 0;
	if (st != ST_OK || len < 14 || key[0] == '~')
		return st;
	age = r->today - days(key);
	*adds = hit->weight * exp2(-(age > 0 ? age : 0) / r->halflife);
	return ST_OK;
}
