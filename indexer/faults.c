/* SPDX-License-Identifier: GPL-2.0-or-later */
#include "config.h"

#include "indexer/faults.h"

#include <inttypes.h>
#include <stdarg.h>
#include <stdio.h>
#include <string.h>

#include "base/log.h"

void
faults_init(struct faults *f)
{
	pthread_mutex_init(&f->lock, NULL);
	buf_init(&f->text);
	f->n = 0;
}

void
faults_fini(struct faults *f)
{
	pthread_mutex_destroy(&f->lock);
	buf_fini(&f->text);
}

void
faults_clear(struct faults *f)
{
	buf_clear(&f->text);
	f->n = 0;
}

void
faults_add(struct faults *f, const char *fmt, ...)
{
	char text[600], *p;
	va_list ap;

	va_start(ap, fmt);
	vsnprintf(text, sizeof(text), fmt, ap);
	va_end(ap);
	/* what is damaged may hold any byte, and a fault is one line */
	for (p = text; *p != '\0'; p++)
		if ((unsigned char)*p < ' ' || *p == 0x7F)
			*p = '?';
	pthread_mutex_lock(&f->lock);
	if (f->n++ < FAULTS_TOLD)
		buf_add(&f->text, text, strlen(text) + 1);
	pthread_mutex_unlock(&f->lock);
}

void
faults_tell(const struct faults *f, const char *dir)
{
	const char *at;

	for (at = buf_str(&f->text); at < buf_str(&f->text) + f->text.len; at += strlen(at) + 1)
		log_line(LOG_LEVEL_NOTICE, "%s: %s", dir, at);
	log_line(LOG_LEVEL_NOTICE, "%s: %" PRIu64 " faults: \"dragoman-index rebuild\" makes it anew from the "
		 "articles that are whole, \"build\" from the files", dir, f->n);
}
