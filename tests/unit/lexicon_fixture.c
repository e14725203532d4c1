/* SPDX-License-Identifier: GPL-2.0-or-later */
#include "tests/unit/lexicon_fixture.h"

#include <dirent.h>
#include <setjmp.h>
#include <stdarg.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

#include <cmocka.h>

#include "base/file.h"
#include "engine/lexicon/compile.h"

static int
is_lex(const struct dirent *d)
{
	return strstr(d->d_name, ".lex") != NULL;
}

struct lexicon *
lexicon_built(void)
{
	const char *build = getenv("DRAGOMAN_BUILDDIR");
	struct buf dir = BUF_INIT, out = BUF_INIT;
	struct lexicon_compile *c;
	struct lexicon *lx;
	struct dirent **list;
	struct error err = { ST_OK, 0, "" };
	int n, i;

	buf_addf(&dir, "%s/lexicon-built", build != NULL ? build : ".");
	assert_int_equal(lexicon_compile_new(&c, &err), ST_OK);
	n = scandir(buf_str(&dir), &list, is_lex, alphasort);
	assert_true(n > 5);
	for (i = 0; i < n; i++) {
		char *path = file_join(buf_str(&dir), list[i]->d_name);
		struct buf text = BUF_INIT;

		assert_int_equal(file_read(path, 1 << 24, &text, &err), ST_OK);
		if (lexicon_compile_read(c, path, buf_str(&text), text.len, &err) != ST_OK)
			fail_msg("%s", err.text);
		buf_fini(&text);
		free(path);
		free(list[i]);
	}
	free(list);
	if (lexicon_compile_finish(c, &out, &err) != ST_OK)
		fail_msg("%s", err.text);
	lexicon_compile_free(c);
	assert_int_equal(lexicon_load(&lx, buf_str(&out), out.len, &err), ST_OK);
	buf_fini(&dir);
	buf_fini(&out);
	return lx;
}
