/* SPDX-License-Identifier: GPL-2.0-or-later
 *
 * For LD_PRELOAD: counts the calls that a program makes of the operating
 * system and of the allocator, and fails one of them, or kills the program
 * beside one. What the program's libraries call counts as well; what happens
 * before main begins does not, nor do standard output and error, nor sockets.
 *
 *   INJECT=fail:KIND:N:ERRNO          the Nth call of KIND fails, once
 *   INJECT=kill:KIND:N:before|after   SIGKILL before or after the Nth call
 *   INJECT=stop:KIND:N:before|after   SIGTERM, and time for whoever handles it
 *   INJECT_COUNT=FILE                 at exit, a line "KIND calls" for each kind
 *                                     go into FILE, and "at CALL OBJECT" where
 *                                     one was made to fail
 *   INJECT_LIVE=FILE                  struct plan is FILE's first page, so that
 *                                     another process reads and writes it
 *
 * The kinds are those of kind_name; inject.py is the other side of it.
 */
#include <dlfcn.h>
#include <errno.h>
#include <fcntl.h>
#include <signal.h>
#include <stdarg.h>
#include <stdatomic.h>
#include <stdbool.h>
#include <stdint.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <sys/mman.h>
#include <sys/stat.h>
#include <sys/syscall.h>
#include <sys/uio.h>
#include <time.h>
#include <unistd.h>

enum kind { OPEN, READ, WRITE, FSYNC, RENAME, UNLINK, MMAP, MALLOC, KINDS };

static const char *const kind_name[KINDS] = {
	"open", "read", "write", "fsync", "rename", "unlink", "mmap", "malloc",
};

static const struct { const char *name; int value; } errors[] = {
	{ "EIO", EIO }, { "ENOSPC", ENOSPC }, { "ENOMEM", ENOMEM }, { "EMFILE", EMFILE },
	{ "EACCES", EACCES }, { "EROFS", EROFS }, { "EDQUOT", EDQUOT }, { "EINTR", EINTR },
};

enum mode { NOTHING, FAIL, BEFORE, AFTER };

struct plan {
	_Atomic uint64_t counting, mode, kind, nth, fired;
	_Atomic uint64_t error;    /* or the signal, with BEFORE and AFTER */
	_Atomic uint64_t calls[KINDS];
	char at[256];      /* what was made to fail: the call and its object */
};

static struct plan own, *plan = &own;

static void
wrong(const char *what)
{
	dprintf(STDERR_FILENO, "inject: %s: not understood\n", what);
	_Exit(99);
}

static void
parse(const char *text)
{
	char copy[64], *word[4], *rest = copy;
	size_t i, n = 0;

	if (strlen(text) >= sizeof(copy))
		wrong(text);
	strcpy(copy, text);
	while (n < 4 && (word[n] = strsep(&rest, ":")) != NULL)
		n++;
	if (n != 4 || rest != NULL)
		wrong(text);
	for (i = 0; i < KINDS && strcmp(word[1], kind_name[i]) != 0; i++)
		;
	plan->kind = i;
	plan->nth = strtoul(word[2], NULL, 10);
	if (i == KINDS || plan->nth == 0)
		wrong(text);
	if (strcmp(word[0], "fail") == 0) {
		for (i = 0; i < sizeof(errors) / sizeof(errors[0]); i++)
			if (strcmp(errors[i].name, word[3]) == 0)
				plan->error = (uint64_t)errors[i].value;
		plan->mode = FAIL;
	} else if (strcmp(word[0], "kill") == 0 || strcmp(word[0], "stop") == 0) {
		plan->error = word[0][0] == 'k' ? SIGKILL : SIGTERM;
		plan->mode = strcmp(word[3], "before") == 0 ? BEFORE : AFTER;
	}
	if (plan->mode == NOTHING || (plan->mode == FAIL && plan->error == 0) ||
	    (plan->mode == AFTER && strcmp(word[3], "after") != 0))
		wrong(text);
}

static void
send_signal(void)
{
	struct timespec wait = { 0, 200 * 1000 * 1000 };

	plan->fired = 1;
	kill(getpid(), (int)plan->error);
	/* Whoever handles SIGTERM may want what this thread holds. */
	while (nanosleep(&wait, NULL) != 0 || plan->error == SIGKILL)
		;
}

/* The number of this call among those of KIND, from 1; 0: it does not count. */
static uint64_t
count(enum kind kind)
{
	uint64_t n;

	if (!atomic_load_explicit(&plan->counting, memory_order_relaxed))
		return 0;
	n = atomic_fetch_add_explicit(&plan->calls[kind], 1, memory_order_relaxed) + 1;
	return plan->mode != NOTHING && plan->kind == kind && plan->nth == n ? n : 0;
}

/* Whether call N is to fail; errno is then set. */
static bool
refused(uint64_t n)
{
	if (n == 0)
		return false;
	if (plan->mode == BEFORE)
		send_signal();
	if (plan->mode != FAIL)
		return false;
	plan->fired = 1;
	errno = (int)plan->error;
	return true;
}

/* Who called, for want of a better object. */
static const char *
caller(void *at)
{
	Dl_info info;

	if (dladdr(at, &info) == 0)
		return "";
	return info.dli_sname != NULL ? info.dli_sname : info.dli_fname;
}

/* Notes the call that the plan is about: NAME on PATH, or else on FD. */
static void
note(const char *name, const char *path, int fd)
{
	char link[32], target[200];
	ssize_t len;

	if (path == NULL && fd >= 0) {
		snprintf(link, sizeof(link), "/proc/self/fd/%d", fd);
		len = readlink(link, target, sizeof(target) - 1);
		target[len > 0 ? len : 0] = '\0';
		path = target;
	}
	snprintf(plan->at, sizeof(plan->at), "%s %s", name, path != NULL ? path : "");
}

static void
done(uint64_t n)
{
	if (n != 0 && plan->mode == AFTER)
		send_signal();
}

/* The function that this library hides. */
#define REAL(name) __extension__ ({ \
	static __typeof__(&name) real_; \
	if (real_ == NULL) \
		real_ = (__typeof__(&name))dlsym(RTLD_NEXT, #name); \
	real_; })

/* The body of each: NAME with ARGS, on PATH or FD. */
#define PASS(type, kind, counts, failed, name, path, fd, ...) \
	uint64_t n_ = (counts) ? count(kind) : 0; \
	type r_; \
	if (n_ != 0) \
		note(#name, path, fd); \
	if (refused(n_)) \
		return failed; \
	r_ = REAL(name)(__VA_ARGS__); \
	done(n_); \
	return r_

#define CALLER caller(__builtin_return_address(0))

static bool
is_file(int fd)
{
	struct stat sb;
	int before = errno;
	bool is = fd > STDERR_FILENO && fstat(fd, &sb) == 0 && S_ISREG(sb.st_mode);

	errno = before;
	return is;
}

/* A pipe may be what a feed comes from. */
static bool
is_input(int fd)
{
	struct stat sb;
	int before = errno;
	bool is = fstat(fd, &sb) == 0 && (S_ISREG(sb.st_mode) || S_ISFIFO(sb.st_mode));

	errno = before;
	return is;
}

static mode_t
mode_of(int flags, va_list ap)
{
	return flags & O_CREAT || (flags & O_TMPFILE) == O_TMPFILE ? va_arg(ap, mode_t) : 0;
}

#define OPEN_LIKE(name) \
int \
name(const char *path, int flags, ...) \
{ \
	va_list ap; \
	mode_t mode; \
	va_start(ap, flags); \
	mode = mode_of(flags, ap); \
	va_end(ap); \
	PASS(int, OPEN, true, -1, name, path, -1, path, flags, mode); \
}

#define OPENAT_LIKE(name) \
int \
name(int dir, const char *path, int flags, ...) \
{ \
	va_list ap; \
	mode_t mode; \
	va_start(ap, flags); \
	mode = mode_of(flags, ap); \
	va_end(ap); \
	PASS(int, OPEN, true, -1, name, path, -1, dir, path, flags, mode); \
}

OPEN_LIKE(open)
OPEN_LIKE(open64)
OPENAT_LIKE(openat)
OPENAT_LIKE(openat64)

#define OPEN_CHECKED(name) \
int name(const char *path, int flags); \
int \
name(const char *path, int flags) \
{ \
	PASS(int, OPEN, true, -1, name, path, -1, path, flags); \
}

#define OPENAT_CHECKED(name) \
int name(int dir, const char *path, int flags); \
int \
name(int dir, const char *path, int flags) \
{ \
	PASS(int, OPEN, true, -1, name, path, -1, dir, path, flags); \
}

/* What _FORTIFY_SOURCE makes of calls without a mode, where their flags are not constant. */
OPEN_CHECKED(__open_2)
OPEN_CHECKED(__open64_2)
OPENAT_CHECKED(__openat_2)
OPENAT_CHECKED(__openat64_2)

int
creat(const char *path, mode_t mode)
{
	PASS(int, OPEN, true, -1, creat, path, -1, path, mode);
}

int
creat64(const char *path, mode_t mode)
{
	PASS(int, OPEN, true, -1, creat64, path, -1, path, mode);
}

FILE *
fopen(const char *path, const char *mode)
{
	PASS(FILE *, OPEN, true, NULL, fopen, path, -1, path, mode);
}

FILE *
fopen64(const char *path, const char *mode)
{
	PASS(FILE *, OPEN, true, NULL, fopen64, path, -1, path, mode);
}

ssize_t
read(int fd, void *to, size_t size)
{
	PASS(ssize_t, READ, is_input(fd), -1, read, NULL, fd, fd, to, size);
}

ssize_t
pread(int fd, void *to, size_t size, off_t at)
{
	PASS(ssize_t, READ, is_input(fd), -1, pread, NULL, fd, fd, to, size, at);
}

ssize_t
pread64(int fd, void *to, size_t size, off64_t at)
{
	PASS(ssize_t, READ, is_input(fd), -1, pread64, NULL, fd, fd, to, size, at);
}

/* What _FORTIFY_SOURCE makes of calls: ROOM is that of the buffer behind TO. */
ssize_t __read_chk(int fd, void *to, size_t size, size_t room);
ssize_t __pread_chk(int fd, void *to, size_t size, off_t at, size_t room);
ssize_t __pread64_chk(int fd, void *to, size_t size, off64_t at, size_t room);

ssize_t
__read_chk(int fd, void *to, size_t size, size_t room)
{
	PASS(ssize_t, READ, is_input(fd), -1, __read_chk, NULL, fd, fd, to, size, room);
}

ssize_t
__pread_chk(int fd, void *to, size_t size, off_t at, size_t room)
{
	PASS(ssize_t, READ, is_input(fd), -1, __pread_chk, NULL, fd, fd, to, size, at, room);
}

ssize_t
__pread64_chk(int fd, void *to, size_t size, off64_t at, size_t room)
{
	PASS(ssize_t, READ, is_input(fd), -1, __pread64_chk, NULL, fd, fd, to, size, at, room);
}

ssize_t
write(int fd, const void *data, size_t size)
{
	PASS(ssize_t, WRITE, is_file(fd), -1, write, NULL, fd, fd, data, size);
}

ssize_t
pwrite(int fd, const void *data, size_t size, off_t at)
{
	PASS(ssize_t, WRITE, is_file(fd), -1, pwrite, NULL, fd, fd, data, size, at);
}

ssize_t
pwrite64(int fd, const void *data, size_t size, off64_t at)
{
	PASS(ssize_t, WRITE, is_file(fd), -1, pwrite64, NULL, fd, fd, data, size, at);
}

ssize_t
writev(int fd, const struct iovec *v, int n)
{
	PASS(ssize_t, WRITE, is_file(fd), -1, writev, NULL, fd, fd, v, n);
}

ssize_t
pwritev(int fd, const struct iovec *v, int n, off_t at)
{
	PASS(ssize_t, WRITE, is_file(fd), -1, pwritev, NULL, fd, fd, v, n, at);
}

ssize_t
pwritev64(int fd, const struct iovec *v, int n, off64_t at)
{
	PASS(ssize_t, WRITE, is_file(fd), -1, pwritev64, NULL, fd, fd, v, n, at);
}

int
ftruncate(int fd, off_t size)
{
	PASS(int, WRITE, true, -1, ftruncate, NULL, fd, fd, size);
}

int
ftruncate64(int fd, off64_t size)
{
	PASS(int, WRITE, true, -1, ftruncate64, NULL, fd, fd, size);
}

ssize_t
copy_file_range(int in, off64_t *from, int out, off64_t *to, size_t size, unsigned flags)
{
	PASS(ssize_t, WRITE, true, -1, copy_file_range, NULL, out, in, from, out, to, size, flags);
}

int
fsync(int fd)
{
	PASS(int, FSYNC, true, -1, fsync, NULL, fd, fd);
}

int
fdatasync(int fd)
{
	PASS(int, FSYNC, true, -1, fdatasync, NULL, fd, fd);
}

int
rename(const char *from, const char *to)
{
	PASS(int, RENAME, true, -1, rename, to, -1, from, to);
}

int
renameat(int a, const char *from, int b, const char *to)
{
	PASS(int, RENAME, true, -1, renameat, to, -1, a, from, b, to);
}

int
unlink(const char *path)
{
	PASS(int, UNLINK, true, -1, unlink, path, -1, path);
}

int
unlinkat(int dir, const char *path, int flags)
{
	PASS(int, UNLINK, true, -1, unlinkat, path, -1, dir, path, flags);
}

int
rmdir(const char *path)
{
	PASS(int, UNLINK, true, -1, rmdir, path, -1, path);
}

void *
mmap(void *at, size_t size, int prot, int flags, int fd, off_t from)
{
	PASS(void *, MMAP, true, MAP_FAILED, mmap, NULL, fd, at, size, prot, flags, fd, from);
}

void *
mmap64(void *at, size_t size, int prot, int flags, int fd, off64_t from)
{
	PASS(void *, MMAP, true, MAP_FAILED, mmap64, NULL, fd, at, size, prot, flags, fd, from);
}

void *
malloc(size_t size)
{
	PASS(void *, MALLOC, true, NULL, malloc, CALLER, -1, size);
}

void *
calloc(size_t n, size_t size)
{
	PASS(void *, MALLOC, true, NULL, calloc, CALLER, -1, n, size);
}

void *
realloc(void *p, size_t size)
{
	PASS(void *, MALLOC, true, NULL, realloc, CALLER, -1, p, size);
}

void *
reallocarray(void *p, size_t n, size_t size)
{
	PASS(void *, MALLOC, true, NULL, reallocarray, CALLER, -1, p, n, size);
}

int
posix_memalign(void **p, size_t align, size_t size)
{
	PASS(int, MALLOC, true, ENOMEM, posix_memalign, CALLER, -1, p, align, size);
}

void *
aligned_alloc(size_t align, size_t size)
{
	PASS(void *, MALLOC, true, NULL, aligned_alloc, CALLER, -1, align, size);
}

static void
tell_counts(void)
{
	const char *path = getenv("INJECT_COUNT");
	char text[1024];
	size_t i, len = 0;
	int fd;

	plan->counting = 0;
	if (path == NULL)
		return;
	for (i = 0; i < KINDS; i++)
		len += (size_t)snprintf(text + len, sizeof(text) - len, "%s %llu\n", kind_name[i],
					(unsigned long long)plan->calls[i]);
	if (plan->fired)
		len += (size_t)snprintf(text + len, sizeof(text) - len, "at %s\n", plan->at);
	fd = open(path, O_WRONLY | O_CREAT | O_TRUNC | O_CLOEXEC, 0666);
	if (fd < 0 || write(fd, text, len) != (ssize_t)len)
		wrong(path);
	close(fd);
}

void
_exit(int code)
{
	tell_counts();
	_Exit(code);
}

static void
map_plan(const char *path)
{
	int fd = open(path, O_RDWR | O_CLOEXEC);
	void *page = fd < 0 ? MAP_FAILED : mmap(NULL, sizeof(struct plan), PROT_READ | PROT_WRITE, MAP_SHARED, fd, 0);

	if (page == MAP_FAILED)
		wrong(path);
	close(fd);
	plan = page;
}

static int (*real_main)(int argc, char **argv, char **env);

static int
begin(int argc, char **argv, char **env)
{
	const char *text = getenv("INJECT"), *live = getenv("INJECT_LIVE");

	if (live != NULL)
		map_plan(live);
	if (text != NULL)
		parse(text);
	atexit(tell_counts);
	if (live == NULL)
		plan->counting = 1;
	return real_main(argc, argv, env);
}

int __libc_start_main(int (*program)(int, char **, char **), int argc, char **argv, void (*init)(void),
		      void (*fini)(void), void (*rtld_fini)(void), void *stack);

int
__libc_start_main(int (*program)(int, char **, char **), int argc, char **argv, void (*init)(void),
		  void (*fini)(void), void (*rtld_fini)(void), void *stack)
{
	real_main = program;
	return REAL(__libc_start_main)(begin, argc, argv, init, fini, rtld_fini, stack);
}
