/* SPDX-License-Identifier: GPL-2.0-or-later */
#include "config.h"

#include "indexer/update/pace.h"

#include <stdlib.h>
#include <string.h>

#include "base/clock.h"
#include "base/log.h"
#include "indexer/update/session.h"

/* A line of a feed waits so long for others to share its commit. */
#define FEED_WAIT_NS 500000000u

bool
pace_option(struct pace *p, const char *text)
{
	char *end;
	double n = strtod(text, &end);
	bool seconds = strcmp(end, "s") == 0;

	if (*text < '0' || *text > '9' || !(n > 0 && n <= 1e9) ||
	    (!seconds && (*end != '\0' || n != (double)(uint64_t)n))) {
		log_line(LOG_LEVEL_NOTICE, "--commit-every %s: neither a number of articles nor, as in \"2s\", of seconds", text);
		return false;
	}
	p->every_ns = seconds ? (uint64_t)(n * 1e9) : 0;
	p->every_articles = seconds ? 0 : (uint64_t)n;
	return true;
}

void
pace_begin(struct pace *p)
{
	p->committed_ns = clock_ns() - SESSION_GAP_NS;
}

void
pace_came(struct pace *p)
{
	p->came++;
	if (p->waiting_ns == 0)
		p->waiting_ns = clock_ns();
}

void
pace_committed(struct pace *p)
{
	p->safe = p->came;
	p->waiting_ns = 0;
	p->committed_ns = clock_ns();
}

bool
pace_waits(const struct pace *p)
{
	return p->came > p->safe;
}

bool
pace_many(const struct pace *p)
{
	return p->every_articles > 0 && p->came - p->safe >= p->every_articles;
}

uint64_t
pace_due_ns(const struct pace *p, bool full)
{
	const uint64_t first = p->committed_ns + SESSION_GAP_NS;
	uint64_t due = UINT64_MAX;

	if (full || pace_many(p))
		due = 0;
	else if (p->every_ns > 0)
		due = p->committed_ns + p->every_ns;
	else if (p->feed && p->waiting_ns > 0)
		due = p->waiting_ns + FEED_WAIT_NS;
	return due < first ? first : due;
}
