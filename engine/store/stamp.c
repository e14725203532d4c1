/* SPDX-License-Identifier: GPL-2.0-or-later */
#include "engine/store/stamp.h"

#include <stdlib.h>
#include <string.h>
#include <sys/stat.h>

#include "base/file.h"
#include "engine/store/store.h"

struct stamp
stamp_take(const char *path)
{
	struct stat sb;

	if (stat(path, &sb) != 0)
		return (struct stamp){ 0, 0, 0 };
	return (struct stamp){ sb.st_ino, (int64_t)sb.st_mtim.tv_sec * 1000000000 + sb.st_mtim.tv_nsec,
		sb.st_size };
}

bool
stamp_changed(const char *path, struct stamp *seen)
{
	struct stamp now = stamp_take(path);

	if (now.inode == seen->inode && now.mtime_ns == seen->mtime_ns && now.size == seen->size)
		return false;
	*seen = now;
	return true;
}

enum status
stamp_index_init(struct stamp_index *l, const char *index, struct error *err)
{
	*l = (struct stamp_index){ .index = strdup(index), .current_path = file_join(index, STORE_CURRENT) };
	return l->index != NULL && l->current_path != NULL ? ST_OK :
		error_nomem(err);
}

void
stamp_index_fini(struct stamp_index *l)
{
	free(l->index);
	free(l->current_path);
	free(l->commit_path);
}

/* Follows CURRENT to the commits of its generation; a failed look is repeated by the next call. */
static void
follow(struct stamp_index *l)
{
	char name[STORE_GEN_NAME_MAX], *dir = NULL;
	uint32_t gen;

	free(l->commit_path);
	l->commit_path = NULL;
	if (store_current(l->index, &gen, NULL) == ST_OK) {
		store_gen_name(gen, name);
		dir = file_join(l->index, name);
	}
	if (dir != NULL)
		l->commit_path = file_join(dir, STAMP_COMMIT_FILE);
	free(dir);
	if (l->commit_path != NULL)
		l->commit = stamp_take(l->commit_path);
}

bool
stamp_index_moved(struct stamp_index *l)
{
	bool moved = stamp_changed(l->current_path, &l->current);

	if (moved || l->commit_path == NULL)
		follow(l);
	else
		moved = stamp_changed(l->commit_path, &l->commit);
	return moved || l->commit_path == NULL;
}
