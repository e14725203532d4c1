/* SPDX-License-Identifier: GPL-2.0-or-later */
#include "corpus/format.h"

#include <string.h>

#include "corpus/jsonl.h"
#include "corpus/paths.h"
#include "corpus/text.h"

static const struct format formats[] = {   /* the two last: id_from_path, is_stdin */
	{ ".txt", text_looks_like, text_open, text_next, text_close, true, false },
	{ ".jsonl", jsonl_looks_like, jsonl_open, jsonl_next, jsonl_close, false, true },
};

#define NFORMATS (sizeof(formats) / sizeof(formats[0]))

const struct format *
format_of(const char *path)
{
	const char *name = paths_base(path);
	size_t len = strlen(name), i;

	if (paths_ends(name, len, ".gz"))
		len -= strlen(".gz");
	for (i = 0; i < NFORMATS; i++)
		if (formats[i].looks_like(name, len))
			return &formats[i];
	return NULL;
}

const struct format *
format_of_stdin(void)
{
	size_t i = 0;

	while (!formats[i].is_stdin)
		i++;
	return &formats[i];
}

void
format_names(struct buf *out)
{
	size_t i;

	for (i = 0; i < NFORMATS; i++)
		buf_addf(out, "%s%s", i > 0 ? " nor " : "", formats[i].name);
}
