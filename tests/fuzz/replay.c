/* SPDX-License-Identifier: GPL-2.0-or-later
 *
 * The main of a fuzz target where there is no libFuzzer: runs the target once
 * on each file given, or in the folders given, or else on its corpus in the
 * sources; speaks TAP. A finding ends the program by a signal.
 */
#include <dirent.h>
#include <stdint.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <sys/stat.h>

int LLVMFuzzerTestOneInput(const uint8_t *data, size_t len);

static int
run_file(const char *path)
{
	FILE *f = fopen(path, "rb");
	unsigned char *data = NULL;
	size_t len = 0, cap = 0, got;

	if (f == NULL) {
		perror(path);
		return -1;
	}
	do {
		if (len == cap) {
			unsigned char *more = realloc(data, cap = cap ? 2 * cap : 4096);

			if (more == NULL)
				break;
			data = more;
		}
		got = fread(data + len, 1, cap - len, f);
		len += got;
	} while (got > 0);
	fclose(f);
	if (data == NULL)
		return -1;
	/* A copy of the exact size, so that a read past the end is seen. */
	cap = len;
	if (len > 0) {
		unsigned char *fit = realloc(data, len);

		data = fit != NULL ? fit : data;
	}
	LLVMFuzzerTestOneInput(data, cap);
	free(data);
	return 1;
}

/* Runs PATH or what is in it; the number of inputs, negative on failure. */
static int
run_path(const char *path)
{
	struct dirent *entry;
	struct stat info;
	char name[4096];
	int n = 0, one;
	DIR *dir;

	if (stat(path, &info) == 0 && !S_ISDIR(info.st_mode))
		return run_file(path);
	dir = opendir(path);
	if (dir == NULL) {
		perror(path);
		return -1;
	}
	while ((entry = readdir(dir)) != NULL && n >= 0) {
		if (entry->d_name[0] == '.')
			continue;
		snprintf(name, sizeof(name), "%s/%s", path, entry->d_name);
		one = run_path(name);
		n = one < 0 ? -1 : n + one;
	}
	closedir(dir);
	return n;
}

int
main(int argc, char **argv)
{
	const char *srcdir = getenv("DRAGOMAN_SRCDIR"), *target = strstr(argv[0], "fuzz_");
	char corpus[4096];
	int i, n = 0, one;

	while (target != NULL && strstr(target + 1, "fuzz_") != NULL)
		target = strstr(target + 1, "fuzz_");
	target = target != NULL ? target + strlen("fuzz_") : "";
	snprintf(corpus, sizeof(corpus), "%s/tests/fuzz/corpus/%s", srcdir != NULL ? srcdir : ".", target);
	for (i = 1; i < argc || i == 1; i++) {
		one = run_path(argc > 1 ? argv[i] : corpus);
		if (one < 0)
			n = -1;
		if (n >= 0)
			n += one;
	}
	printf("%s 1 - fuzz corpus of %s: %d inputs\n1..1\n", n > 0 ? "ok" : "not ok", target, n);
	return n > 0 ? 0 : 1;
}
