/* SPDX-License-Identifier: GPL-2.0-or-later
 *
 * The terms of an article's fields besides its text: source, byline, places,
 * persons, organisations, topics (see schema.h). All is borrowed.
 */
#ifndef ENGINE_DOCUMENT_FIELD_TERMS_H
#define ENGINE_DOCUMENT_FIELD_TERMS_H

#include "base/article.h"
#include "engine/document/termbag.h"
#include "engine/text/analyse.h"

/* Adds the terms of A's fields to BAG. */
enum status field_terms_add(struct termbag *bag, struct analyser *an, const struct article *a, struct error *err) MUST_CHECK;

#endif
