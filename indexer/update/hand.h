/* SPDX-License-Identifier: GPL-2.0-or-later
 *
 * The large article that an update has in hand, noted in INDEX/hand from before it is analysed until it is
 * committed. Where memory runs out the process may end at any place; then the next update finds the note
 * and passes over the article, once: so the rest gets in, and the one after tries again.
 *
 * The file: lines of the hashes (record_hash) of articles that were in hand when an update ended, as 16 hexadecimal
 * digits, the oldest first. It is locked while an article is in hand, so a line that hand_take finds is of an
 * update that has ended. Where two updates are at work, one waits for the other's large article.
 */
#ifndef INDEXER_UPDATE_HAND_H
#define INDEXER_UPDATE_HAND_H

#include <stdbool.h>
#include <stddef.h>
#include <stdint.h>

#include "base/error.h"

#define HAND_MAX 64   /* lines of the file; beyond, the oldest goes */

struct hand {
	int fd;                   /* -1: none is in hand */
	uint64_t line[HAND_MAX];  /* the last is that of the article in hand */
	size_t n;
};

void hand_init(struct hand *h);
/* Notes that the article of HASH is in hand. *LEFT: an update has ended with it in hand; its line is
 * gone now, and nothing is in hand. */
enum status hand_take(struct hand *h, const char *index, uint64_t hash, bool *left, struct error *err) MUST_CHECK;
/* Nothing is in hand any more. Does nothing where nothing was. */
enum status hand_clear(struct hand *h, struct error *err) MUST_CHECK;
/* Closes the file; a line stays. */
void hand_end(struct hand *h);

#endif
