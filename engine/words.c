/* SPDX-License-Identifier: GPL-2.0-or-later */
#include "engine/words.h"

#include <stdlib.h>
#include <string.h>

/* Each list is sorted bytewise: it is searched by halves. */
static const char *const function_words[] = {
	"a", "about", "above", "after", "again", "against", "all", "along", "also",
	"although", "always", "am", "among", "an", "and", "another", "any", "are",
	"around", "as", "at", "away", "back", "be", "because", "been", "before", "behind",
	"being", "below", "between", "both", "but", "by", "came", "can", "cannot", "come",
	"could", "did", "do", "does", "doing", "done", "dont", "down", "during", "each",
	"either", "else", "even", "ever", "every", "few", "for", "from", "further", "get",
	"go", "goes", "gone", "got", "had", "has", "have", "having", "he", "hence", "her",
	"here", "hers", "herself", "him", "himself", "his", "how", "however", "i", "if",
	"in", "indeed", "instead", "into", "is", "it", "its", "itself", "just", "least",
	"less", "let", "like", "many", "may", "maybe", "me", "might", "mine", "more",
	"most", "much", "must", "my", "myself", "near", "neither", "never", "next", "no",
	"none", "nor", "not", "now", "of", "off", "often", "on", "once", "one", "only",
	"onto", "or", "other", "others", "otherwise", "ought", "our", "ours", "ourselves",
	"out", "over", "own", "per", "quite", "rather", "same", "shall", "she", "should",
	"since", "so", "some", "soon", "still", "such", "than", "that", "the", "their",
	"theirs", "them", "themselves", "then", "there", "therefore", "these", "they",
	"this", "those", "though", "through", "thus", "till", "to", "together", "too",
	"toward", "towards", "under", "unless", "until", "up", "upon", "us", "very", "via",
	"was", "we", "well", "were", "what", "whatever", "when", "where", "whether",
	"which", "while", "who", "whoever", "whom", "whose", "why", "will", "with",
	"within", "without", "would", "yes", "yet", "you", "your", "yours", "yourself",
	"yourselves",
};

static const char *const elisions[] = {
	"all", "c", "coll", "d", "dall", "dell", "j", "jusqu", "l", "lorsqu", "m", "n",
	"nell", "puisqu", "qu", "quelqu", "quoiqu", "s", "sull", "t", "un",
};

static const char *const turkish_endings[] = {
	"a", "ca", "ce", "da", "daki", "dakiler", "dan", "danken", "daydi", "dayken", "de",
	"deki", "dekiler", "den", "deydi", "deyken", "dir", "dur", "e", "i", "in", "ki",
	"la", "lar", "lara", "larda", "lardan", "lari", "larin", "larla", "le", "ler",
	"lerde", "lerden", "lere", "leri", "lerin", "lerle", "li", "lik", "lilar",
	"lilarin", "liler", "lilerin", "linin", "lu", "luk", "lular", "luler", "na", "nca",
	"nce", "nda", "ndaki", "ndan", "nde", "ndeki", "nden", "ne", "ni", "nin", "nindir",
	"nki", "nu", "nun", "sa", "se", "siz", "suz", "ta", "taki", "takiler", "tan", "te",
	"teki", "tekiler", "ten", "tir", "tur", "u", "un", "ya", "ydi", "ydu", "ye", "yi",
	"yken", "yla", "yle", "ysa", "yse", "yu",
};

struct key {
	const char *word;
	size_t len;
};

static int
compare(const void *key, const void *entry)
{
	const struct key *k = key;
	const char *word = *(const char *const *)entry;
	int diff = strncmp(k->word, word, k->len);

	return diff != 0 ? diff : word[k->len] != '\0' ? -1 : 0;
}

static bool
is_listed(const char *const *list, size_t n, const char *word, size_t len)
{
	struct key k = { word, len };

	if (len == 0 || memchr(word, '\0', len) != NULL)
		return false;
	return bsearch(&k, list, n, sizeof(*list), compare) != NULL;
}

#define COUNT(list) (sizeof(list) / sizeof((list)[0]))

bool
words_function_word(const char *folded, size_t len)
{
	return is_listed(function_words, COUNT(function_words), folded, len);
}

bool
words_elision(const char *word, size_t len)
{
	return is_listed(elisions, COUNT(elisions), word, len);
}

bool
words_turkish_ending(const char *ending, size_t len)
{
	return is_listed(turkish_endings, COUNT(turkish_endings), ending, len);
}
