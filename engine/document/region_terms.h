/* SPDX-License-Identifier: GPL-2.0-or-later
 *
 * The terms by which the index knows the regions of an article: where quotations,
 * sections and the lead begin and end, the names of speakers and sections, and
 * where sentences and paragraphs begin (XB, XF, XSPEAKER, XSECTION in schema.h).
 * All is borrowed.
 */
#ifndef ENGINE_DOCUMENT_REGION_TERMS_H
#define ENGINE_DOCUMENT_REGION_TERMS_H

#include "engine/document/regions.h"
#include "engine/document/termbag.h"
#include "engine/text/analyse.h"

/* Adds the terms to BAG. Call after the last word of A's body was told to R; the headline has HEADLINE words. */
enum status region_terms_add(struct termbag *bag, struct regions *r, const struct article *a, uint32_t headline,
			     struct analyser *an, struct error *err) MUST_CHECK;

#endif
