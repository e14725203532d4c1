/* SPDX-License-Identifier: GPL-2.0-or-later */
#include "config.h"

#include <errno.h>
#include <getopt.h>
#include <limits.h>
#include <malloc.h>
#include <pwd.h>
#include <signal.h>
#include <stdarg.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <sys/resource.h>
#include <sysexits.h>
#include <unistd.h>

#include "base/file.h"
#include "base/log.h"
#include "base/streams.h"
#include "daemon/loop/server.h"
#include "engine/store/store.h"
#include "engine/xapian/xap.h"

#define DESCRIPTORS_WORKER 24   /* of a worker: the tables of two generations and change */
#define DESCRIPTORS_OTHER 64
#define REPLY_LARGE (256 * 1024)   /* bytes of a buffer that the system gets back as soon as it is freed */

enum {
	KEY_HELP = 256, KEY_VERSION, KEY_ALLOW_ROOT, KEY_SOCKET, KEY_LISTEN, KEY_FRONT, KEY_WORKERS, KEY_CLIENTS, KEY_QUEUE,
	KEY_DEADLINE, KEY_IDLE, KEY_STALL, KEY_LOG_LEVEL, KEY_LOG_REQUESTS
};

static const struct option options[] = {
	{ "allow-root", no_argument, NULL, KEY_ALLOW_ROOT },
	{ "index", required_argument, NULL, 'd' },
	{ "socket", required_argument, NULL, KEY_SOCKET },
	{ "listen", required_argument, NULL, KEY_LISTEN },
	{ "front", required_argument, NULL, KEY_FRONT },
	{ "workers", required_argument, NULL, KEY_WORKERS },
	{ "max-clients", required_argument, NULL, KEY_CLIENTS },
	{ "queue", required_argument, NULL, KEY_QUEUE },
	{ "deadline", required_argument, NULL, KEY_DEADLINE },
	{ "idle-timeout", required_argument, NULL, KEY_IDLE },
	{ "stall-timeout", required_argument, NULL, KEY_STALL },
	{ "log-level", required_argument, NULL, KEY_LOG_LEVEL },
	{ "log-requests", required_argument, NULL, KEY_LOG_REQUESTS },
	{ "help", no_argument, NULL, KEY_HELP },
	{ "version", no_argument, NULL, KEY_VERSION },
	{ NULL, 0, NULL, 0 }
};

static const char usage[] =
	"usage: dragomand [OPTION...]\n"
	"Answers searches over an index that dragoman-index made.\n"
	"\n"
	"  -d, --index INDEX        the index (default: $DRAGOMAN_INDEX, else\n"
	"                           $XDG_DATA_HOME/dragoman, else ~/.local/share/dragoman)\n"
	"  --allow-root             as root, use an index folder that another user owns\n"
	"  --socket PATH            the Unix socket (default: $DRAGOMAN_SOCKET, else\n"
	"                           $XDG_RUNTIME_DIR/dragoman/socket, else /run/dragoman/socket)\n"
	"  --listen HOST:PORT       TCP as well; loopback addresses only\n"
	"  --front USER             a user who asks for many clients, each with turns of its own\n"
	"  --workers N              search threads (default: the processors there are)\n"
	"  --max-clients N          connections at a time (default: 512)\n"
	"  --queue N                requests that may wait for a worker (default: 1024)\n"
	"  --deadline SECONDS       time for a query (default: 2)\n"
	"  --idle-timeout SECONDS   close connections without requests (default: 600; 0: never)\n"
	"  --stall-timeout SECONDS  close connections that do not read (default: 30; 0: never)\n"
	"  --log-level LEVEL        error, warning, notice (default), info, debug\n"
	"  --log-requests FILE      append a line for each request ('-': standard error)\n"
	"  --help, --version        print this, or the version\n";

struct settings {
	struct server_options server;
	char *socket;                /* owned: made from the environment */
	struct buf index;            /* likewise */
	enum log_level level;
	bool allow_root;             /* to use what another user owns */
};

/* Tells the fault of the command line. */
static int PRINTF_LIKE(1, 2)
usage_error(const char *fmt, ...)
{
	va_list ap;

	fputs("dragomand: ", stderr);
	va_start(ap, fmt);
	vfprintf(stderr, fmt, ap);
	va_end(ap);
	fputs(" (see dragomand --help)\n", stderr);
	return EX_USAGE;
}

/* Into OUT a number from MIN to MAX, times SCALE (then with a decimal fraction
 * as well). Returns -1, or the exit code. */
static int
number(unsigned *out, const char *name, const char *arg, double min, double max, unsigned scale)
{
	char *end;
	double value = strtod(arg, &end);

	if (end == arg || *end != '\0' || !(value >= min && value <= max) ||
	    (scale == 1 && value != (double)(unsigned)value))
		return usage_error("--%s %s: not a number from %g to %g", name, arg, min, max);
	*out = (unsigned)(value * scale);
	return -1;
}

/* Into OUT the user called NAME, or of that number. Returns -1, or the exit code. */
static int
user(uid_t *out, const char *name)
{
	const struct passwd *known = getpwnam(name);
	unsigned id = 0;
	int rc = -1;

	if (known != NULL)
		id = known->pw_uid;
	else if (name[strspn(name, "0123456789")] != '\0')
		rc = usage_error("--front %s: no such user", name);
	else
		rc = number(&id, "front", name, 0, UINT_MAX - 1u, 1);
	*out = id;
	return rc;
}

static int
wrong_option(int key, char **argv)
{
	if (optopt == 'd')
		return usage_error("-d: needs a value");
	return usage_error("%s: %s", argv[optind - 1],
			   key == ':' ? "needs a value" : "no such option, or one without a value");
}

/* Prints TEXT, an answer to --help or --version. */
static int
tell(const char *text)
{
	fputs(text, stdout);
	if (fflush(stdout) == 0)
		return EX_OK;
	fprintf(stderr, "dragomand: standard output: %s\n", strerror(errno));
	return EX_IOERR;
}

/* Returns -1, or the code to exit with. */
static int
take_option(struct settings *set, int key, char **argv)
{
	struct server_options *opt = &set->server;

	switch (key) {
	case 'd':
		if (*optarg == '\0')
			return usage_error("-d: an empty name");
		opt->index = optarg;
		return -1;
	case KEY_ALLOW_ROOT: set->allow_root = true; return -1;
	case KEY_SOCKET: opt->socket = optarg; return -1;
	case KEY_LISTEN: opt->listen = optarg; return -1;
	case KEY_FRONT: return user(&opt->front, optarg);
	case KEY_WORKERS: return number(&opt->workers, "workers", optarg, 1, 256, 1);
	case KEY_CLIENTS: return number(&opt->max_clients, "max-clients", optarg, 1, 100000, 1);
	case KEY_QUEUE: return number(&opt->queue, "queue", optarg, 1, 1000000, 1);
	case KEY_DEADLINE: return number(&opt->deadline_ms, "deadline", optarg, 0.001, 3600, 1000);
	case KEY_IDLE: return number(&opt->idle_s, "idle-timeout", optarg, 0, 1000000, 1);
	case KEY_STALL: return number(&opt->stall_s, "stall-timeout", optarg, 0, 1000000, 1);
	case KEY_LOG_REQUESTS: opt->request_log = optarg; return -1;
	case KEY_LOG_LEVEL:
		return log_level_parse(optarg, &set->level) ? -1 :
			usage_error("--log-level %s: not error, warning, notice, info or debug", optarg);
	case KEY_HELP: return tell(usage);
	case KEY_VERSION: return tell("dragomand " PACKAGE_VERSION "\n");
	default: return wrong_option(key, argv);
	}
}

static int
take_options(struct settings *set, int argc, char **argv)
{
	int key, rc = -1;

	opterr = 0;
	while (rc < 0 && (key = getopt_long(argc, argv, ":d:", options, NULL)) != -1)
		rc = take_option(set, key, argv);
	if (rc < 0 && optind < argc)
		rc = usage_error("%s: no argument is expected", argv[optind]);
	return rc;
}

/* PREFIX + TAIL in memory of its own; NULL: none left, or no prefix. */
static char *
join(const char *prefix, const char *tail)
{
	char *path;

	if (prefix == NULL || *prefix == '\0' || asprintf(&path, "%s%s", prefix, tail) < 0)
		return NULL;
	return path;
}

/* Where index and socket are when no option says so. */
static enum status
fill_paths(struct settings *set, struct error *err)
{
	struct server_options *opt = &set->server;
	const char *env;
	enum status st = ST_OK;

	if (opt->index == NULL) {
		st = store_default_dir(&set->index, err);
		opt->index = buf_str(&set->index);
	}
	if (opt->socket == NULL) {
		env = getenv("DRAGOMAN_SOCKET");
		if (env != NULL && *env != '\0') {
			set->socket = strdup(env);
		} else {
			set->socket = join(getenv("XDG_RUNTIME_DIR"), "/dragoman/socket");
			if (set->socket == NULL)
				set->socket = strdup("/run/dragoman/socket");
			opt->make_folder = true;
		}
		opt->socket = set->socket;
		if (opt->socket == NULL && st == ST_OK)
			st = error_nomem(err);
	}
	return st;
}

/* Asks for as many descriptors as the options may need; with fewer, fewer
 * clients are taken. */
static void
fit_descriptors(struct server_options *opt)
{
	rlim_t other = (rlim_t)opt->workers * DESCRIPTORS_WORKER + DESCRIPTORS_OTHER;
	rlim_t need = other + opt->max_clients;
	struct rlimit limit;

	if (getrlimit(RLIMIT_NOFILE, &limit) != 0)
		return;
	if (limit.rlim_cur < need) {
		limit.rlim_cur = limit.rlim_max < need ? limit.rlim_max : need;
		(void)setrlimit(RLIMIT_NOFILE, &limit);
		(void)getrlimit(RLIMIT_NOFILE, &limit);
	}
	if (limit.rlim_cur >= need)
		return;
	opt->max_clients = limit.rlim_cur > other ? (unsigned)(limit.rlim_cur - other) : 1;
	log_line(LOG_LEVEL_WARN, "only %llu descriptors: at most %u clients",
		 (unsigned long long)limit.rlim_cur, opt->max_clients);
}

static int
exit_code(enum status status)
{
	switch (status) {
	case ST_OK: return EX_OK;
	case ST_NOTFOUND: return EX_NOINPUT;
	case ST_INVALID: return EX_CANTCREAT;
	case ST_LOCKED:
	case ST_STALE: return EX_TEMPFAIL;
	case ST_VERSION:
	case ST_UNSUPPORTED: return EX_CONFIG;
	case ST_IO:
	case ST_NOSPACE: return EX_IOERR;
	case ST_CORRUPT: return EX_DATAERR;
	case ST_NOMEM: return EX_OSERR;
	case ST_SYNTAX: return EX_USAGE;
	case ST_TOO_LARGE:
	case ST_TOO_BROAD:
	case ST_DEADLINE:
	case ST_CANCELLED:
	case ST_GONE:
	case ST_INTERNAL: return EX_SOFTWARE;
	}
	return EX_SOFTWARE;
}

/* Tells why the daemon ends, and what cures INDEX where that is damaged. */
static void
tell_failure(const char *index, const struct error *err)
{
	struct buf line = BUF_INIT;

	fprintf(stderr, "dragomand: %s\n", err->text);
	if (err->status == ST_CORRUPT) {
		store_damaged(index, &line);
		fprintf(stderr, "dragomand: %s\n", buf_str(&line));
	}
	buf_fini(&line);
}

int
main(int argc, char **argv)
{
	long processors = sysconf(_SC_NPROCESSORS_ONLN);
	struct settings set = {
		.server = {
			.workers = processors < 1 ? 1 : processors > 256 ? 256 : (unsigned)processors,
			.max_clients = 512, .queue = 1024, .deadline_ms = 2000,
			.idle_s = 600, .stall_s = 30, .front = geteuid(),
		},
		.index = BUF_INIT,
		.level = LOG_LEVEL_NOTICE,
	};
	struct server *server = NULL;
	struct error err = { ST_OK, 0, "" };
	enum status status;
	int rc, log_fd;

	streams_take();
	rc = take_options(&set, argc, argv);
	if (rc >= 0)
		return rc;
	log_init("dragomand", set.level);
	log_fd = log_open(STDERR_FILENO);
	if (log_fd >= 0)
		log_to(log_fd);
	/* A fixed bound, so that the memory of large replies always goes back to the system. */
	(void)mallopt(M_MMAP_THRESHOLD, REPLY_LARGE);
	signal(SIGPIPE, SIG_IGN);
	xap_keep_reserve();
	fit_descriptors(&set.server);
	status = fill_paths(&set, &err);
	if (status == ST_OK && !set.allow_root)
		status = file_check_owner(set.server.index, &err);
	if (status == ST_OK)
		status = server_new(&server, &set.server, &err);
	if (status == ST_OK)
		status = server_run(server, &err);
	if (status != ST_OK)
		tell_failure(set.server.index, &err);
	if (server != NULL)
		server_free(server);
	buf_fini(&set.index);
	free(set.socket);
	return exit_code(status);
}
