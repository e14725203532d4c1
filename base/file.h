/* SPDX-License-Identifier: MIT
 *
 * Small files whole, and making them last: read, write, sync. Every error
 * names the file. Owns nothing.
 */
#ifndef BASE_FILE_H
#define BASE_FILE_H

#include <stddef.h>
#include <stdint.h>

#include "base/buf.h"

/* Opens PATH with the FLAGS of open(2). ST_CORRUPT where it is no regular file but, say, a symbolic link, which is not
 * followed, or a FIFO, which is not waited for. */
enum status file_open(const char *path, int flags, int *fd, struct error *err) MUST_CHECK;
/* Appends what is to be read from FD, which is open on PATH, to OUT; ST_TOO_LARGE when there are more than MAX bytes. */
enum status file_get(int fd, const char *path, size_t max, struct buf *out, struct error *err) MUST_CHECK;
/* The same for the regular file PATH. */
enum status file_read(const char *path, size_t max, struct buf *out, struct error *err) MUST_CHECK;
/* Writes DATA to FD, which is open on PATH, and syncs it. */
enum status file_put(int fd, const char *path, const void *data, size_t len, struct error *err) MUST_CHECK;
/* Makes the regular file PATH (or empties it), writes DATA and syncs it. */
enum status file_write(const char *path, const void *data, size_t len, struct error *err) MUST_CHECK;
/* The same by way of a temporary name beside it and rename(2): readers see the
 * old contents or the new. The folder is not synced. */
enum status file_replace(const char *path, const void *data, size_t len, struct error *err) MUST_CHECK;
/* Writes DATA over what the file PATH holds, and line ends over the rest of that, so that a full disk has room for it.
 * Readers may see some of both. Syncs it. */
enum status file_overwrite(const char *path, const void *data, size_t len, struct error *err) MUST_CHECK;
/* Bytes of the files in a folder, not of those in folders within it. */
enum status file_folder_bytes(const char *path, uint64_t *bytes, struct error *err) MUST_CHECK;
/* Syncs a file or a folder. */
enum status file_sync(const char *path, struct error *err) MUST_CHECK;
/* ST_UNSUPPORTED where we are root and the folder PATH is another user's, who could have put anything into it.
 * One that is not there is nobody's. */
enum status file_check_owner(const char *path, struct error *err) MUST_CHECK;
/* DIR "/" NAME, malloc'ed; NULL when there is no memory. */
char *file_join(const char *dir, const char *name);

#endif
