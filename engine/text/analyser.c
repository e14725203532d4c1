/* SPDX-License-Identifier: GPL-2.0-or-later */
#include "engine/text/analyser.h"

#include <stdlib.h>

enum status
analyser_new(struct analyser **out, struct error *err)
{
	struct analyser *an = calloc(1, sizeof(*an));
	enum status st;

	*out = NULL;
	if (an == NULL)
		return error_nomem(err);
	st = fold_new(&an->fold, err);
	if (st == ST_OK)
		st = stems_new(&an->stems, an->fold, err);
	if (st == ST_OK && (an->latin = latin_new(an->fold)) == NULL)
		st = error_nomem(err);
	if (st != ST_OK) {
		analyser_free(an);
		return st;
	}
	*out = an;
	return ST_OK;
}

void
analyser_free(struct analyser *an)
{
	if (an == NULL)
		return;
	fold_free(an->fold);
	stems_free(an->stems);
	latin_free(an->latin);
	buf_fini(&an->raw);
	buf_fini(&an->term);
	buf_fini(&an->exact);
	free(an);
}

void
analyser_without_latin(struct analyser *an)
{
	an->without_latin = true;
}
