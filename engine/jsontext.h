/* SPDX-License-Identifier: GPL-2.0-or-later
 *
 * The small JSON files of an index, read whole or not at all. What comes out
 * is the caller's.
 */
#ifndef ENGINE_JSONTEXT_H
#define ENGINE_JSONTEXT_H

#include <stddef.h>

#include <jansson.h>

#include "base/status.h"

/* *OUT: what TEXT says; NAME is for errors. ST_CORRUPT for what is no JSON. */
enum status jsontext_parse(json_t **out, const char *text, size_t len, const char *name, struct error *err) MUST_CHECK;

#endif
