/* SPDX-License-Identifier: GPL-2.0-or-later
 *
 * Writes the lexicon file of what states, territories, the United Nations and
 * the European Union are called in other languages, from ICU's own data; run
 * when Dragoman is built. See dragoman-lexicon(5).
 */
#include <stdio.h>
#include <string.h>

#include <unicode/uchar.h>
#include <unicode/uldnames.h>
#include <unicode/uloc.h>
#include <unicode/ustring.h>

#define NAME_MAX_UNITS 128
#define NAME_MAX_BYTES (NAME_MAX_UNITS * 3 + 1)
#define ACRONYM_MIN 3        /* letters: of two there are too many */

/* Languages that news is written in; of most of ICU's others no article has ever been seen, and each
 * adds its names to every index. */
static const char *const languages[] = {
	"en", "ar", "az", "be", "bg", "bn", "bs", "ca", "cs", "da", "de", "el", "es", "et", "fa", "fi", "fr", "he", "hi",
	"hr", "hu", "hy", "id", "is", "it", "ja", "ka", "kk", "ko", "ky", "lt", "lv", "mk", "ms", "nb", "nl", "pl", "ps",
	"pt", "ro", "ru", "sk", "sl", "sq", "sr", "sv", "sw", "th", "tr", "uk", "ur", "uz", "vi", "zh", "zh_Hant",
};

/* Acronyms that English text has for something else, once they have lost their accents. */
static const char *const ambiguous[] = { "ABŞ", "ANO", "ASV", "BMT", "BNA", "EUA", "OKB", "PBB", "SAD", "S.U.A." };

#define COUNT(a) (sizeof(a) / sizeof((a)[0]))

/* What REGION is called in LANGUAGE, without what stands in parentheses; false where ICU does not know, or
 * the name has a comma in it. */
static int
display_name(const char *region, const char *language, char out[NAME_MAX_BYTES])
{
	UChar name[NAME_MAX_UNITS];
	UErrorCode status = U_ZERO_ERROR;
	static const char *const brackets[] = { "(", "（" };
	char locale[16], *cut;
	int32_t len;
	size_t i;

	snprintf(locale, sizeof(locale), "und_%s", region);
	uloc_getDisplayCountry(locale, language, name, NAME_MAX_UNITS, &status);
	if (U_FAILURE(status) || status == U_USING_DEFAULT_WARNING || status == U_STRING_NOT_TERMINATED_WARNING)
		return 0;
	u_strToUTF8(out, NAME_MAX_BYTES, &len, name, -1, &status);
	if (U_FAILURE(status))
		return 0;
	for (i = 0; i < COUNT(brackets); i++)
		if ((cut = strstr(out, brackets[i])) != NULL)
			*cut = '\0';
	return strpbrk(out, ",#") == NULL && out[strspn(out, " ")] != '\0';
}

static int
is_acronym(const UChar *name)
{
	size_t letters = 0;

	for (; *name != 0; name++) {
		if (u_isupper(*name))
			letters++;
		else if (*name != '.' && *name != ' ')
			return 0;
	}
	return letters >= ACRONYM_MIN;
}

/* The short name of REGION in LANGUAGE, if that is an acronym. */
static int
acronym(const char *region, const char *language, char out[NAME_MAX_BYTES])
{
	UDisplayContext shortest[] = { UDISPCTX_LENGTH_SHORT };
	UErrorCode status = U_ZERO_ERROR;
	ULocaleDisplayNames *names = uldn_openForContext(language, shortest, COUNT(shortest), &status);
	UChar name[NAME_MAX_UNITS] = { 0 };
	size_t i;

	uldn_regionDisplayName(names, region, name, NAME_MAX_UNITS, &status);
	u_strToUTF8(out, NAME_MAX_BYTES, NULL, name, -1, &status);
	uldn_close(names);
	if (U_FAILURE(status) || status == U_STRING_NOT_TERMINATED_WARNING || !is_acronym(name))
		return 0;
	for (i = 0; i < COUNT(ambiguous); i++)
		if (strcmp(out, ambiguous[i]) == 0)
			return 0;
	return 1;
}

/* Adds NAME to the N that were TOLD, unless it is one of them. */
static size_t
add(char told[][NAME_MAX_BYTES], size_t n, const char *name)
{
	size_t k;

	for (k = 0; k < n; k++)
		if (strcmp(told[k], name) == 0)
			return n;
	strcpy(told[n], name);
	return n + 1;
}

static void
write_region(const char *region, const char *id)
{
	char name[NAME_MAX_BYTES], names[COUNT(languages)][NAME_MAX_BYTES], acronyms[COUNT(languages)][NAME_MAX_BYTES];
	size_t i, n = 0, na = 0;

	for (i = 0; i < COUNT(languages); i++) {
		if (display_name(region, languages[i], name))
			n = add(names, n, name);
		if (acronym(region, languages[i], name))
			na = add(acronyms, na, name);
	}
	if (n + na > 0)
		printf("%s\n", id);
	for (i = 0; i < n; i++)
		printf("\tforeign %s\n", names[i]);
	for (i = 0; i < na; i++)
		printf("\tacronym %s\n", acronyms[i]);
}

int
main(void)
{
	const char *const *region = uloc_getISOCountries();
	char id[16];

	printf("# Made from ICU's data when Dragoman was built.\n");
	for (; *region != NULL; region++) {
		snprintf(id, sizeof(id), "country:%c%c", (*region)[0] | 0x20, (*region)[1] | 0x20);
		write_region(*region, id);
	}
	write_region("EU", "org:eu");
	write_region("UN", "org:un");
	return fflush(stdout) == 0 && !ferror(stdout) ? 0 : 1;
}
