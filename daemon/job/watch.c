/* SPDX-License-Identifier: GPL-2.0-or-later */
#include "daemon/job/watch.h"

#include <inttypes.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

static bool
taken(const struct watch_list *list, const char *name)
{
	const struct watch *w;

	for (w = list->first; w != NULL && strcmp(w->name, name) != 0; w = w->next)
		;
	return w != NULL;
}

static char *
keep(char **to, const char *text, size_t len)
{
	char *at = *to;

	memcpy(at, text, len);
	at[len] = '\0';
	*to += len + 1;
	return at;
}

/* Copies the request's query and dates. */
static bool
keep_query(struct watch *w, const struct request *req)
{
	const char *from = req->search.from, *to = req->search.to;
	size_t from_len = from != NULL ? strlen(from) : 0, to_len = to != NULL ? strlen(to) : 0;
	char *at = malloc(req->rest_len + from_len + to_len + 3);

	w->memory = at;
	if (at == NULL)
		return false;
	w->query = (struct standing_query){
		.text = keep(&at, req->rest, req->rest_len), .len = req->rest_len, .match_all = req->search.match_all,
		.plan = req->search.plan,
		.from = from != NULL ? keep(&at, from, from_len) : NULL, .to = to != NULL ? keep(&at, to, to_len) : NULL,
	};
	return true;
}

enum status
watch_new(struct watch **out, struct watch_list *list, const struct request *req, struct error *err)
{
	struct watch *w;

	*out = NULL;
	if (list->n == WATCHES_MAX)
		return error_set(err, ST_TOO_LARGE, "%d watches are the most that a connection has", WATCHES_MAX);
	if (req->name != NULL && taken(list, req->name))
		return error_set(err, ST_INVALID, "there is a watch of the name %s", req->name);
	w = calloc(1, sizeof(*w));
	if (w == NULL || !keep_query(w, req)) {
		watch_free(w);
		return error_nomem(err);
	}
	if (req->name != NULL)
		snprintf(w->name, sizeof(w->name), "%s", req->name);
	while (req->name == NULL && (w->name[0] == '\0' || taken(list, w->name)))
		snprintf(w->name, sizeof(w->name), "w%" PRIu64, ++list->named);
	w->json = req->json;
	w->replay = (req->given & OPT_SINCE) != 0;
	w->rev = req->since;
	*out = w;
	return ST_OK;
}

void
watch_free(struct watch *w)
{
	if (w == NULL)
		return;
	free(w->memory);
	free(w);
}

void
watch_list_add_take(struct watch_list *list, struct watch *w)
{
	w->next = list->first;
	list->first = w;
	list->n++;
	list->replays += w->replay;
}

struct watch *
watch_list_find(const struct watch_list *list, uint64_t number)
{
	struct watch *w;

	for (w = list->first; w != NULL && w->number != number; w = w->next)
		;
	return w;
}

bool
watch_list_remove(struct watch_list *list, const char *name)
{
	struct watch **at = &list->first, *w;

	while (*at != NULL && strcmp((*at)->name, name) != 0)
		at = &(*at)->next;
	w = *at;
	if (w == NULL)
		return false;
	*at = w->next;
	list->n--;
	list->replays -= w->replay;
	watch_free(w);
	return true;
}

void
watch_list_clear(struct watch_list *list)
{
	while (list->first != NULL)
		(void)watch_list_remove(list, list->first->name);
}

void
watch_list_told(struct watch_list *list, struct watch *w, uint64_t rev)
{
	list->replays -= w->replay;
	w->replay = false;
	w->rev = rev;
}
