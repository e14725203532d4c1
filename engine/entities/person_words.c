/* SPDX-License-Identifier: GPL-2.0-or-later */
#include "engine/entities/person_words.h"

#include <stdlib.h>
#include <string.h>

#include "engine/text/words.h"

#define WORD_MAX 24         /* bytes of a word that is looked up */

/* Which of the roles (QW_ROLE) stand before a name as a title does; what is in names of places, bodies and papers; the
 * months as they are shortened. */
static const struct listed { const char *word; unsigned class; } listed[] = {
	{ "accountant", NW_OFFICE }, { "affairs", NW_OTHER }, { "amb", NW_OFFICE }, { "ambassador", NW_OFFICE },
	{ "apr", QW_DAY }, { "archbishop", NW_OFFICE }, { "aug", QW_DAY }, { "außenminister", NW_OFFICE },
	{ "backed", NW_OTHER }, { "bakanı", NW_OFFICE }, { "based", NW_OTHER }, { "beach", NW_OTHER },
	{ "bill", NW_OTHER }, { "born", NW_OTHER }, { "bundeskanzler", NW_OFFICE }, { "chairman", NW_OFFICE },
	{ "chancellor", NW_OFFICE }, { "city", NW_OTHER }, { "club", NW_OTHER }, { "commissioner", NW_OFFICE },
	{ "commodore", NW_OFFICE }, { "congressman", NW_OFFICE }, { "conversation", NW_OTHER },
	{ "conversations", NW_OTHER }, { "county", NW_OTHER }, { "dec", QW_DAY }, { "dirgen", NW_OFFICE },
	{ "east", NW_OTHER }, { "eastern", NW_OTHER }, { "electric", NW_OTHER }, { "era", NW_OTHER },
	{ "european", NW_OTHER }, { "feb", QW_DAY }, { "file", NW_OTHER }, { "files", NW_OTHER },
	{ "fonmin", NW_OFFICE }, { "governor", NW_OFFICE }, { "guidance", NW_OTHER }, { "island", NW_OTHER },
	{ "islands", NW_OTHER }, { "jul", QW_DAY }, { "led", NW_OTHER }, { "like", NW_OTHER },
	{ "made", NW_OTHER }, { "minister", NW_OFFICE }, { "ministers", NW_OFFICE }, { "ministre", NW_OFFICE },
	{ "motors", NW_OTHER }, { "network", NW_OTHER }, { "north", NW_OTHER }, { "northern", NW_OTHER },
	{ "nov", QW_DAY }, { "oct", QW_DAY }, { "plan", NW_OTHER }, { "policy", NW_OTHER },
	{ "premier", NW_OFFICE }, { "premiers", NW_OFFICE }, { "president", NW_OFFICE },
	{ "presidents", NW_OFFICE }, { "primin", NW_OFFICE }, { "präsident", NW_OFFICE },
	{ "président", NW_OFFICE }, { "re", NW_OTHER }, { "regarding", NW_OTHER }, { "room", NW_OTHER },
	{ "run", NW_OTHER }, { "san", NW_OTHER }, { "secretary", NW_OFFICE }, { "senator", NW_OFFICE },
	{ "sept", QW_DAY }, { "south", NW_OTHER }, { "southern", NW_OTHER }, { "special", NW_OTHER },
	{ "spokesman", NW_OFFICE }, { "spokesperson", NW_OFFICE }, { "spokeswoman", NW_OFFICE },
	{ "style", NW_OTHER }, { "telephone", NW_OTHER }, { "two", NW_OTHER }, { "type", NW_OTHER },
	{ "undersecretary", NW_OFFICE }, { "west", NW_OTHER }, { "western", NW_OTHER },
};

static int
by_word(const void *word, const void *entry)
{
	return strcmp(word, ((const struct listed *)entry)->word);
}

unsigned
person_word(const char *text, const struct seen *w)
{
	size_t len = w->end - w->start, k;
	const struct listed *l;
	char small[WORD_MAX];
	unsigned c;

	if (len >= sizeof(small))
		return 0;
	for (k = 0; k < len; k++) {
		char b = text[w->start + k];

		small[k] = b >= 'A' && b <= 'Z' ? (char)(b + 32) : b;
		if (b >= '0' && b <= '9')
			return NW_OTHER;
	}
	small[len] = '\0';
	c = quote_words(small, len);
	l = bsearch(small, listed, sizeof(listed) / sizeof(listed[0]), sizeof(listed[0]), by_word);
	if (l != NULL)
		c |= l->class;
	if ((w->flags & SEEN_INITIAL) == 0 && words_function_word(small, len))
		c |= QW_BREAK;
	return c;
}
