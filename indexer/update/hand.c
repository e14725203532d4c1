/* SPDX-License-Identifier: GPL-2.0-or-later */
#include "config.h"

#include "indexer/update/hand.h"

#include <errno.h>
#include <inttypes.h>
#include <stdio.h>
#include <string.h>
#include <unistd.h>

#include "indexer/system/lock.h"

#define DIGITS 16
#define LINE (DIGITS + 1)

void
hand_init(struct hand *h)
{
	h->fd = -1;
	h->n = 0;
}

void
hand_end(struct hand *h)
{
	if (h->fd >= 0)
		close(h->fd);
	hand_init(h);
}

/* A line that is none, as a crash may leave it, is dropped. */
static enum status
read_lines(struct hand *h, struct error *err)
{
	char text[HAND_MAX * LINE + 1], *at, *save = NULL;
	ssize_t n = pread(h->fd, text, sizeof(text) - 1, 0);

	if (n < 0)
		return error_errno(err, errno, LOCK_HAND);
	text[n] = '\0';
	h->n = 0;
	for (at = strtok_r(text, "\n", &save); at != NULL && h->n < HAND_MAX; at = strtok_r(NULL, "\n", &save))
		if (strlen(at) == DIGITS && sscanf(at, "%" SCNx64, &h->line[h->n]) == 1)
			h->n++;
	return ST_OK;
}

static enum status
write_lines(const struct hand *h, struct error *err)
{
	char text[HAND_MAX * LINE + 1];
	size_t i;

	for (i = 0; i < h->n; i++)
		snprintf(text + i * LINE, LINE + 1, "%0*" PRIx64 "\n", DIGITS, h->line[i]);
	if (pwrite(h->fd, text, h->n * LINE, 0) != (ssize_t)(h->n * LINE) || ftruncate(h->fd, (off_t)(h->n * LINE)) != 0)
		return error_errno(err, errno, LOCK_HAND);
	return ST_OK;
}

static void
drop(struct hand *h, size_t i)
{
	h->n--;
	memmove(h->line + i, h->line + i + 1, (h->n - i) * sizeof(h->line[0]));
}

enum status
hand_take(struct hand *h, const char *index, uint64_t hash, bool *left, struct error *err)
{
	enum status st = lock_hand(index, LOCK_PATIENCE_MS, &h->fd, err);
	size_t i;

	*left = false;
	if (st == ST_OK)
		st = read_lines(h, err);
	if (st != ST_OK) {
		hand_end(h);
		return st;
	}
	for (i = 0; i < h->n && h->line[i] != hash; i++)
		;
	*left = i < h->n;
	if (*left) {
		drop(h, i);
	} else {
		if (h->n == HAND_MAX)
			drop(h, 0);
		h->line[h->n++] = hash;
	}
	st = write_lines(h, err);
	if (*left)
		hand_end(h);
	return st;
}

enum status
hand_clear(struct hand *h, struct error *err)
{
	enum status st;

	if (h->fd < 0)
		return ST_OK;
	h->n--;
	st = write_lines(h, err);
	hand_end(h);
	return st;
}
