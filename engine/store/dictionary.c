/* SPDX-License-Identifier: GPL-2.0-or-later */
#include "engine/store/dictionary.h"

#include <string.h>

#define MAGIC "dragoman-lexicon "
#define DIGITS_MAX 9

void
dictionary_split(const void *data, size_t len, struct dictionary *out)
{
	const size_t magic = strlen(MAGIC);
	const char *text = data;
	size_t at = magic, n = 0;

	*out = (struct dictionary){ .texts = data, .texts_len = len };
	if (len < magic || memcmp(text, MAGIC, magic) != 0)
		return;
	for (; at < len && at < magic + DIGITS_MAX && text[at] >= '0' && text[at] <= '9'; at++)
		n = n * 10 + (size_t)(text[at] - '0');
	if (at == magic || at == len || text[at] != '\n' || n > len - at - 1)
		return;
	at++;
	*out = (struct dictionary){ text + at, text + at + n, n, len - at - n };
}

void
dictionary_join(struct buf *out, const char *lexicon, size_t lexicon_len, const char *texts, size_t texts_len)
{
	if (lexicon_len > 0) {
		buf_addf(out, MAGIC "%zu\n", lexicon_len);
		buf_add(out, lexicon, lexicon_len);
	}
	buf_add(out, texts, texts_len);
}

enum status
dictionary_packer(struct zstream_packer **out, int level, const void *data, size_t len)
{
	struct dictionary d;

	dictionary_split(data, len, &d);
	return zstream_packer_new(out, level, d.texts, d.texts_len);
}

enum status
dictionary_unpacker(struct zstream_unpacker **out, const void *data, size_t len)
{
	struct dictionary d;

	dictionary_split(data, len, &d);
	return zstream_unpacker_new(out, d.texts, d.texts_len);
}

enum status
dictionary_lexicon(struct lexicon **out, const void *data, size_t len, struct error *err)
{
	struct dictionary d;

	dictionary_split(data, len, &d);
	return lexicon_load(out, d.lexicon_len > 0 ? d.lexicon : "", d.lexicon_len, err);
}
