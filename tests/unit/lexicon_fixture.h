/* SPDX-License-Identifier: GPL-2.0-or-later
 *
 * The lexicon as it ships, made from lexicon-built/ of the build.
 */
#ifndef TESTS_UNIT_LEXICON_FIXTURE_H
#define TESTS_UNIT_LEXICON_FIXTURE_H

#include "engine/lexicon/lexicon.h"

/* The caller's; fails the running test where something goes wrong. */
struct lexicon *lexicon_built(void);

#endif
