/* SPDX-License-Identifier: GPL-2.0-or-later */
#include "config.h"

#include "indexer/proof/faults.h"

#include <errno.h>
#include <inttypes.h>
#include <pthread.h>
#include <stdarg.h>
#include <stdio.h>
#include <string.h>
#include <sys/mman.h>

#include "base/buf.h"
#include "base/log.h"
#include "base/utf8.h"

struct faults {
	pthread_mutex_t lock;     /* among the threads of one process; the other reads when they are gone */
	uint64_t n;
	size_t len;
	char text[FAULTS_BYTES];  /* each with a NUL byte */
};

enum status
faults_new(struct faults **out, struct error *err)
{
	struct faults *f = mmap(NULL, sizeof(*f), PROT_READ | PROT_WRITE, MAP_SHARED | MAP_ANONYMOUS | MAP_NORESERVE,
				-1, 0);

	*out = NULL;
	if (f == MAP_FAILED)
		return error_errno(err, errno, "memory for the faults");
	pthread_mutex_init(&f->lock, NULL);
	*out = f;
	return ST_OK;
}

void
faults_free(struct faults *f)
{
	if (f != NULL)
		munmap(f, sizeof(*f));
}

void
faults_clear(struct faults *f)
{
	f->n = 0;
	f->len = 0;
}

uint64_t
faults_count(const struct faults *f)
{
	return f->n;
}

void
faults_add(struct faults *f, const char *fmt, ...)
{
	char text[600], *p;
	va_list ap;
	size_t n;

	va_start(ap, fmt);
	vsnprintf(text, sizeof(text), fmt, ap);
	va_end(ap);
	/* what is damaged may hold any byte, and a fault is one line */
	while ((n = utf8_valid(text, strlen(text))) < strlen(text))
		text[n] = '?';
	for (p = text; *p != '\0'; p++)
		if ((unsigned char)*p < ' ' || *p == 0x7F)
			*p = '?';
	n = strlen(text) + 1;
	pthread_mutex_lock(&f->lock);
	f->n++;
	if (n <= FAULTS_BYTES - f->len) {
		memcpy(f->text + f->len, text, n);
		f->len += n;
	}
	pthread_mutex_unlock(&f->lock);
}

const char *
faults_next(const struct faults *f, size_t *at)
{
	const char *text = f->text + *at;

	if (*at >= f->len)
		return NULL;
	*at += strlen(text) + 1;
	return text;
}

void
faults_tell(const struct faults *f, const char *index, const char *dir)
{
	struct buf cure = BUF_INIT;
	const char *text;
	uint64_t told = 0;
	size_t at = 0;

	for (; (text = faults_next(f, &at)) != NULL; told++)
		log_line(LOG_LEVEL_NOTICE, "%s: %s", dir, text);
	if (told < f->n)
		log_line(LOG_LEVEL_NOTICE, "%s: and %" PRIu64 " more", dir, f->n - told);
	buf_adds(&cure, "dragoman-index rebuild -d ");
	buf_add_quoted(&cure, index);
	log_line(LOG_LEVEL_NOTICE, "%s: %" PRIu64 " faults: %s makes it anew from the articles that are whole, build from "
		 "the files", dir, f->n, buf_status(&cure) == ST_OK ? cure.data : "rebuild");
	buf_fini(&cure);
}
