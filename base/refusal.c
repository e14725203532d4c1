/* SPDX-License-Identifier: MIT */
#include "base/refusal.h"

#include <stdlib.h>

/* Such a library's allocator is given nothing to keep it in. */
static _Thread_local bool refused;

void *
refusal_malloc(size_t size)
{
	void *p = malloc(size);

	if (p == NULL)
		refused = true;
	return p;
}

bool
refusal_seen(void)
{
	bool seen = refused;

	refused = false;
	return seen;
}
