/* SPDX-License-Identifier: MIT */
#include "base/protocol.h"

#include <string.h>
#include <strings.h>

#define OPTION(id, name, type, ...) { OPTION_##id, name, PROTOCOL_##type, __VA_ARGS__ },
const struct protocol_option protocol_options[OPTIONS] = { PROTOCOL_OPTIONS(OPTION) };
#undef OPTION

#define ROW(id, letter, ...) { letter, { __VA_ARGS__ } },
const struct protocol_row protocol_rows[ROW_KINDS] = { PROTOCOL_ROWS(ROW) };
#undef ROW

#define VERB(id, function, asks, ...) { VERB_##id, #id, PROTOCOL_##asks, __VA_ARGS__ },
const struct protocol_verb protocol_verbs[VERBS] = { PROTOCOL_VERBS(VERB) };
#undef VERB

_Static_assert(OPTIONS <= 31, "a bit for each option");

const struct protocol_option *
protocol_option_find(const char *name, size_t len)
{
	size_t i;

	for (i = 0; i < OPTIONS; i++) {
		if (strlen(protocol_options[i].name) == len && memcmp(protocol_options[i].name, name, len) == 0)
			return &protocol_options[i];
	}
	return NULL;
}

const struct protocol_verb *
protocol_verb_find(const char *name, size_t len)
{
	size_t i;

	for (i = 0; i < VERBS; i++) {
		if (strlen(protocol_verbs[i].name) == len && strncasecmp(protocol_verbs[i].name, name, len) == 0)
			return &protocol_verbs[i];
	}
	return NULL;
}
