/* SPDX-License-Identifier: MIT */
#include "client/lib/inbox.h"

#include "client/lib/fail.h"

void
inbox_drop_part(struct inbox *in)
{
	dragoman_reply_free(in->coming);
	in->coming = NULL;
}

void
inbox_clear(struct inbox *in)
{
	while (in->first != NULL)
		dragoman_reply_free(inbox_take(in));
	inbox_drop_part(in);
}

bool
inbox_wants(const struct inbox *in, const char *line, size_t len)
{
	return in->coming != NULL || reply_is_push(line, len);
}

struct dragoman_reply *
inbox_take(struct inbox *in)
{
	struct dragoman_reply *r = in->first;

	if (r == NULL)
		return NULL;
	in->first = r->next;
	if (in->first == NULL)
		in->last = NULL;
	in->bytes -= r->text.len;
	r->next = NULL;
	return r;
}

static enum dragoman_status
finish(struct inbox *in, struct dragoman_error *err)
{
	struct dragoman_reply *r = in->coming;
	enum dragoman_status status = reply_push_end(r, err);

	if (status != DRAGOMAN_OK)
		return status;
	if (in->last != NULL)
		in->last->next = r;
	else
		in->first = r;
	in->last = r;
	in->bytes += r->text.len;
	in->coming = NULL;
	return DRAGOMAN_OK;
}

enum dragoman_status
inbox_add(struct inbox *in, const char *line, size_t len, size_t max, struct dragoman_error *err)
{
	enum dragoman_status status;

	if (in->coming == NULL) {
		in->coming = reply_new();
		if (in->coming == NULL)
			return fail_set(err, DRAGOMAN_NO_MEMORY, "out of memory");
		status = reply_push(in->coming, line, len, &in->due, err);
	} else {
		status = reply_row(in->coming, line, len, err);
		in->due--;
	}
	if (status == DRAGOMAN_OK && in->bytes + in->coming->text.len > max)
		status = fail_set(err, DRAGOMAN_TOO_LARGE, "too much was pushed");
	if (status == DRAGOMAN_OK && in->due == 0)
		status = finish(in, err);
	return status;
}
