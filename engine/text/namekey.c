/* SPDX-License-Identifier: GPL-2.0-or-later */
#include "engine/text/namekey.h"

#include <string.h>

#define SOUNDS_MAX 64
#define LETTERS_MIN 3
#define CONSONANTS_MIN 2
#define SURE 3                /* consonants: with fewer nothing may differ; within one script hardly more with so many */
#define SYLLABLE 3            /* sounds: Hess, Korn */
#define LIMIT 1               /* how far two spellings of so many may be from each other, of more one further, and
			       * across scripts again */
#define SILENT 'x'            /* the vowel that an e at the end is */
#define FAR 2                 /* other vowels across scripts */
#define NO 99                 /* a difference that no name bears */

/* A name as it is spoken: capitals are consonants, small letters vowels.
 * Consonants: B C K(k, kh) Q G P F V D T S Z(z, ts) X(sh) Y(zh) W(ch, shch) J L M N R H.
 * Vowels: a e i o u, and y for ei and ai; MORE: of several side by side (Reagan, Georgia). */
struct sounds { char s[SOUNDS_MAX]; bool more[SOUNDS_MAX]; size_t n; };

/* What letters are read as, longer ones before the shorter ones in them; SECOND in the second reading. "" is silent.
 * INITIAL: at the beginning only. */
static const struct rule { const char *letters, *first, *second; bool initial; } rules[] = {
	{ "schtsch", "W", "W", false }, { "chtch", "W", "W", false }, { "tsch", "W", "W", false },
	{ "dsch", "J", "J", false }, { "shch", "W", "W", false }, { "dzh", "J", "J", false },
	{ "tch", "W", "W", false }, { "sch", "X", "X", false }, { "chr", "KR", "KR", false },
	{ "kh", "K", "H", true }, { "kh", "K", "", false }, { "gh", "G", "G", false }, { "ph", "F", "F", false },
	{ "th", "T", "T", false }, { "dh", "D", "D", false }, { "sh", "X", "X", false }, { "zh", "Y", "Y", false },
	{ "cz", "W", "W", false }, { "sz", "X", "X", false }, { "ch", "W", "W", false }, { "ck", "C", "C", false },
	{ "ts", "Z", "Z", false }, { "tz", "Z", "Z", false }, { "dz", "Z", "Z", false }, { "ds", "DS", "Z", false },
	{ "ce", "Se", "Se", false }, { "ci", "Si", "Si", false }, { "cy", "Si", "Si", false },
	{ "qu", "C", "C", false }, { "q", "Q", "Q", false }, { "c", "C", "C", false }, { "k", "K", "K", false },
	{ "g", "G", "G", false }, { "x", "CS", "CS", false }, { "z", "Z", "Z", false }, { "s", "S", "S", false },
	{ "b", "B", "B", false }, { "d", "D", "D", false }, { "f", "F", "F", false }, { "l", "L", "L", false },
	{ "m", "M", "M", false }, { "n", "N", "N", false }, { "p", "P", "P", false }, { "r", "R", "R", false },
	{ "t", "T", "T", false }, { "v", "V", "V", false }, { "h", "H", "H", true }, { "h", "", "", false },
	{ "j", "J", "J", false },
};

/* Greek writes the foreign b, d and g with two letters each: the second reading. */
static const struct rule greek[] = {
	{ "mp", "MP", "B", false }, { "nt", "NT", "D", false }, { "gk", "G", "G", false }, { "nk", "NK", "G", false },
};

static bool
vowel(char c)
{
	return c == 'a' || c == 'e' || c == 'i' || c == 'o' || c == 'u' || c == 'y';
}

static bool
consonant(char sound)
{
	return sound >= 'A' && sound <= 'Z';
}

/* The letter that stands for SOUND in a key. */
static char
key_letter(char sound)
{
	switch (sound) {
	case 'C': case 'Q': case 'G':
		return 'K';
	case 'Z':
		return 'S';
	case 'Y': case 'W':
		return 'X';
	}
	return sound;
}

/* Doubled letters are one sound, and of vowels side by side the first counts. */
static void
add(struct sounds *to, char sound)
{
	char before = to->n > 0 ? to->s[to->n - 1] : '\0';

	if (to->n == SOUNDS_MAX || key_letter(sound) == key_letter(before))
		return;
	if (!consonant(sound) && before != '\0' && !consonant(before)) {
		to->more[to->n - 1] = true;
		return;
	}
	to->more[to->n] = false;
	to->s[to->n++] = sound;
}

/* The vowels from AT to END: SOUND, and whether there are more than are written for it (ie, and the ue of Mueller, are one). */
static void
add_vowels(struct sounds *to, char sound, const char *word, size_t at, size_t end)
{
	while (end - at > 1 && word[at] == 'y' && word[at + 1] != 'y')
		at++;
	add(to, sound);
	if (end - at > 2 || (end - at == 2 && sound == word[at] && word[at + 1] != 'e'))
		to->more[to->n - 1] = true;
}

/* The rules of the letters at AT: most begin otherwise, which their first letter tells. */
static const struct rule *
rule_at(const struct rule *list, size_t n, const char *word, size_t len, size_t at)
{
	size_t i, k;

	for (i = 0; i < n; i++) {
		if (list[i].letters[0] != word[at])
			continue;
		for (k = 1; list[i].letters[k] != '\0' && at + k < len && list[i].letters[k] == word[at + k]; k++)
			;
		if (list[i].letters[k] == '\0' && !(list[i].initial && at > 0))
			return &list[i];
	}
	return NULL;
}

#define COUNT(a) (sizeof(a) / sizeof((a)[0]))

/* W is a consonant before vowels, and at the end of what may be a Slavic name; else part of a vowel. In a
 * script without vowels it is one of them in the second reading. */
static char
read_w(const char *word, size_t len, size_t at, enum latin_script script, bool second)
{
	if (script == LATIN_ABJAD)
		return at == 0 || !second ? 'V' : 'u';
	if (at == 0 || (at + 1 < len && vowel(word[at + 1])))
		return 'V';
	return at + 1 == len && (word[at - 1] == 'o' || word[at - 1] == 'e') ? 'V' : 'u';
}

/* The vowels from AT to END as one sound, by their first but for glides. */
static char
read_vowels(const char *word, size_t at, size_t end)
{
	char a, b;

	while (end - at > 1 && word[at] == 'y' && word[at + 1] != 'y')
		at++;
	a = word[at] == 'y' ? 'i' : word[at];
	if (end - at == 1)
		return a;
	b = word[at + 1] == 'y' ? 'i' : word[at + 1];
	if ((a == 'e' || a == 'a') && b == 'i')
		return 'y';
	if (b == 'u' && (a == 'o' || a == 'a'))
		return a == 'o' ? 'u' : 'o';
	if (a == b)
		return a == 'e' ? 'i' : a == 'o' ? 'u' : a;
	return a == 'i' && b == 'o' ? b : a;
}

/* Reads WORD. False: it has what is no letter of a name. */
static bool
read_letters(const char *word, size_t len, enum latin_script script, bool second, struct sounds *out)
{
	/* The article of Arabic names is written with them. */
	size_t at = script == LATIN_ABJAD && len > 4 && memcmp(word, "al", 2) == 0 ? 2 : 0, end;
	const struct rule *r;
	const char *s;

	for (out->n = 0; at < len; at = end) {
		for (end = at; end < len && vowel(word[end]); end++)
			;
		if (end > at) {
			add_vowels(out, end == len && end - at == 1 && word[at] == 'e' && at > 1 ? SILENT : read_vowels(word, at, end),
				   word, at, end);
			continue;
		}
		if (word[at] == 'w') {
			add(out, read_w(word, len, at, script, second));
			end = at + 1;
			continue;
		}
		r = script == LATIN_GREEK ? rule_at(greek, COUNT(greek), word, len, at) : NULL;
		if (r == NULL)
			r = rule_at(rules, COUNT(rules), word, len, at);
		if (r == NULL)
			return false;
		for (s = second ? r->second : r->first; *s != '\0'; s++)
			add(out, *s);
		end = at + strlen(r->letters);
	}
	return true;
}

/* A reading of WORD. In the second a j is that of Jelzin, not that of Johnson. */
static bool
speak(const char *word, size_t len, enum latin_script script, bool second, struct sounds *out)
{
	char letters[SOUNDS_MAX];
	size_t i;

	if (len < LETTERS_MIN || len > sizeof(letters))
		return false;
	for (i = 0; i < len; i++)
		letters[i] = second && word[i] == 'j' && (i == 0 || word[i - 1] != 'd') ? 'y' : word[i];
	/* Romanoff. */
	if (len > LETTERS_MIN && letters[len - 1] == 'f' && letters[len - 2] == 'f')
		letters[len - 1] = letters[len - 2] = 'v';
	return read_letters(letters, len, script, second, out);
}

/* The key of SOUNDS, empty for too short or too long a name; *CONSONANTS of it. */
static void
make_key(const struct sounds *sounds, struct namekey *key, size_t *consonants)
{
	size_t i;

	key->len = *consonants = 0;
	for (i = 0; i < sounds->n && key->len < NAMEKEY_MAX; i++) {
		if (consonant(sounds->s[i]))
			key->text[key->len++] = key_letter(sounds->s[i]);
		else if (i == 0)
			key->text[key->len++] = 'A';
		*consonants += consonant(sounds->s[i]);
	}
	/* The ng of Chinese, Korean and Vietnamese syllables is one. */
	if (sounds->n > 2 && sounds->s[sounds->n - 1] == 'G' && sounds->s[sounds->n - 2] == 'N')
		--*consonants;
	if (*consonants < CONSONANTS_MIN || i < sounds->n)
		key->len = 0;
	key->text[key->len] = '\0';
}

/* Whether WORD has letters that the readings take for different sounds. */
static bool
two_readings(const char *word, size_t len, enum latin_script script)
{
	size_t i;

	if (script == LATIN_GREEK || script == LATIN_ABJAD)
		return true;
	for (i = 0; i < len; i++)
		if (word[i] == 'j' || (i > 0 && ((word[i] == 'h' && word[i - 1] == 'k') || (word[i] == 's' && word[i - 1] == 'd'))))
			return true;
	return false;
}

/* ---- how far two readings are from each other ---- */

static bool
either(char a, char b, char x, char y)
{
	return (a == x && b == y) || (a == y && b == x);
}

/* Of consonants with one key letter. In names of few a C is no K, nor the S of Peres the Z of Perez. */
static unsigned
consonants_differ(char a, char b, size_t strict)
{
	if (a != b && strict > 0 && (strict < SURE || either(a, b, 'S', 'Z')))
		return NO;
	if (a == b || either(a, b, 'C', 'K') || either(a, b, 'K', 'Q') || either(a, b, 'G', 'Q'))
		return 0;
	if (either(a, b, 'G', 'K') || either(a, b, 'C', 'Q') || either(a, b, 'S', 'Z') || either(a, b, 'X', 'Y'))
		return 1;
	return NO;                   /* Gordon and Cordon, Marsh and March */
}

/* Of vowels of names with few consonants: the e of Tehran is not the i of Tiran. */
static unsigned
short_differ(char a, char b, char next, bool last)
{
	if (a == b || (last && next == 'D' && either(a, b, 'a', 'e')))
		return 0;
	return either(a, b, 'o', 'u') || either(a, b, SILENT, '\0') ? 1 : NO;
}

/* Of vowels ('\0': none) before the consonant NEXT; LAST: it is the name's last one. FAR is what vowels that
 * are not near count. */
static unsigned
vowels_differ(char a, char b, char next, bool last, unsigned far)
{
	if (a == b || (last && next == 'D' && either(a, b, 'a', 'e')))
		return 0;                /* Ahmed, Ahmad */
	if ((last && next == 'V' && either(a, b, 'e', 'o')) || either(a, b, SILENT, '\0'))
		return 1;                /* -ev and -ow, Smythe and Smith */
	if (either(a, b, 'e', 'i') || either(a, b, 'o', 'u') || either(a, b, 'y', 'e') || either(a, b, 'y', 'i') ||
	    either(a, b, 'y', 'a') || (last && either(a, b, 'a', 'e')))
		return 1;
	return far;
}

/* STRICT: the number of consonants of names with few of them, or 0. */
static unsigned
differ(const struct sounds *a, const struct sounds *b, size_t consonants, bool no_vowels, unsigned far, size_t strict)
{
	size_t i = 0, k = 0, left = consonants;
	unsigned sum = 0;

	if (strict > 0 && strict < SURE && (a->n <= SYLLABLE || b->n <= SYLLABLE))
		return NO;
	while (i < a->n || k < b->n) {
		bool more = i < a->n && k < b->n && a->more[i] != b->more[k];
		char u = i < a->n && !consonant(a->s[i]) ? a->s[i++] : '\0';
		char v = k < b->n && !consonant(b->s[k]) ? b->s[k++] : '\0';
		char next = i < a->n ? a->s[i] : '\0';

		if (strict > 0)
			sum += more ? NO : short_differ(u, v, next, left == 1);
		else if (!no_vowels)
			sum += vowels_differ(u, v, next, left == 1, far);
		if (i < a->n && k < b->n)
			sum += consonants_differ(a->s[i++], b->s[k++], strict);
		left--;
	}
	return sum;
}

/* The readings of a word that have keys, at most NAMEKEY_READINGS. */
struct spoken { struct sounds sounds[NAMEKEY_READINGS]; struct namekey key[NAMEKEY_READINGS]; size_t consonants[NAMEKEY_READINGS], n; };

static void
read_all(const char *word, size_t len, enum latin_script script, struct spoken *out)
{
	int second, readings = two_readings(word, len, script) ? NAMEKEY_READINGS : 1;

	out->n = 0;
	for (second = 0; second < readings; second++) {
		if (!speak(word, len, script, second == 1, &out->sounds[out->n]))
			break;
		make_key(&out->sounds[out->n], &out->key[out->n], &out->consonants[out->n]);
		out->n += out->key[out->n].len > 0;
	}
}

size_t
namekey_make(const char *latin, size_t len, enum latin_script script, struct namekey out[NAMEKEY_READINGS])
{
	struct spoken spoken;
	size_t i;

	read_all(latin, len, script, &spoken);
	for (i = 0; i < spoken.n; i++)
		out[i] = spoken.key[i];
	return i > 1 && strcmp(out[0].text, out[1].text) == 0 ? 1 : i;
}

bool
namekey_alike(const char *a, size_t a_len, enum latin_script a_script,
	      const char *b, size_t b_len, enum latin_script b_script)
{
	bool no_vowels = (a_script == LATIN_ABJAD) != (b_script == LATIN_ABJAD), scripts = a_script != b_script;
	unsigned far = scripts ? FAR : NO, limit;
	bool same = a_len == b_len && memcmp(a, b, a_len) == 0;
	struct spoken x, y;
	size_t i, k, n;

	read_all(a, a_len, a_script, &x);
	read_all(b, b_len, b_script, &y);
	for (i = 0; i < x.n; i++) {
		n = x.consonants[i];
		for (k = 0; k < y.n; k++) {
			if (strcmp(x.key[i].text, y.key[k].text) != 0 || (no_vowels && n < SURE))
				continue;
			limit = n < SURE ? 0 : n == SURE ? LIMIT : LIMIT + 1;
			if (same || differ(&x.sounds[i], &y.sounds[k], n, no_vowels, far, scripts || n > SURE ? 0 : n) <=
			    limit + (scripts && n >= SURE ? FAR - 1 : 0))
				return true;
		}
	}
	return false;
}
