/* SPDX-License-Identifier: GPL-2.0-or-later */
#include "config.h"

#include <argp.h>
#include <signal.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <sys/resource.h>
#include <sysexits.h>
#include <unistd.h>

#include "base/log.h"
#include "daemon/server.h"

#define DESCRIPTORS_WORKER 24   /* of a worker: the tables of two generations and change */
#define DESCRIPTORS_OTHER 64

enum {
	KEY_SOCKET = 256, KEY_LISTEN, KEY_WORKERS, KEY_CLIENTS, KEY_QUEUE, KEY_DEADLINE,
	KEY_IDLE, KEY_STALL, KEY_LOG_LEVEL, KEY_LOG_REQUESTS
};

static const struct argp_option options[] = {
	{ "index", 'd', "INDEX", 0, "the index (default: $DRAGOMAN_INDEX, else $XDG_DATA_HOME/dragoman)", 0 },
	{ "socket", KEY_SOCKET, "PATH", 0, "the Unix socket (default: $DRAGOMAN_SOCKET, else "
	  "$XDG_RUNTIME_DIR/dragoman/socket, else /run/dragoman/socket)", 0 },
	{ "listen", KEY_LISTEN, "HOST:PORT", 0, "TCP as well; loopback addresses only", 0 },
	{ "workers", KEY_WORKERS, "N", 0, "search threads (default: the processors there are)", 0 },
	{ "max-clients", KEY_CLIENTS, "N", 0, "connections at a time (default: 512)", 0 },
	{ "queue", KEY_QUEUE, "N", 0, "requests that may wait for a worker (default: 1024)", 0 },
	{ "deadline", KEY_DEADLINE, "SECONDS", 0, "time for a query (default: 2)", 0 },
	{ "idle-timeout", KEY_IDLE, "SECONDS", 0, "close connections without requests (default: 600; 0: never)", 0 },
	{ "stall-timeout", KEY_STALL, "SECONDS", 0, "close connections that do not read (default: 30; 0: never)", 0 },
	{ "log-level", KEY_LOG_LEVEL, "LEVEL", 0, "error, warning, notice (default), info, debug", 0 },
	{ "log-requests", KEY_LOG_REQUESTS, "FILE", 0, "append a line for each request ('-': standard error)", 0 },
	{ "version", 'V', NULL, 0, "print the version", -1 },
	{ 0 }
};

struct settings {
	struct server_options server;
	char *index, *socket;        /* owned: made from the environment */
	enum log_level level;
};

/* A number from MIN to MAX, times SCALE (then with a decimal fraction as well). */
static unsigned
number(struct argp_state *state, const char *name, const char *arg, double min, double max, unsigned scale)
{
	char *end;
	double value = strtod(arg, &end);

	if (end == arg || *end != '\0' || !(value >= min && value <= max) ||
	    (scale == 1 && value != (double)(unsigned)value))
		argp_error(state, "--%s: %s: not a number from %g to %g", name, arg, min, max);
	return (unsigned)(value * scale);
}

static error_t
parse_option(int key, char *arg, struct argp_state *state)
{
	struct settings *set = state->input;
	struct server_options *opt = &set->server;

	switch (key) {
	case 'd': opt->index = arg; break;
	case KEY_SOCKET: opt->socket = arg; break;
	case KEY_LISTEN: opt->listen = arg; break;
	case KEY_WORKERS: opt->workers = number(state, "workers", arg, 1, 256, 1); break;
	case KEY_CLIENTS: opt->max_clients = number(state, "max-clients", arg, 1, 100000, 1); break;
	case KEY_QUEUE: opt->queue = number(state, "queue", arg, 1, 1000000, 1); break;
	case KEY_DEADLINE: opt->deadline_ms = number(state, "deadline", arg, 0.001, 3600, 1000); break;
	case KEY_IDLE: opt->idle_s = number(state, "idle-timeout", arg, 0, 1000000, 1); break;
	case KEY_STALL: opt->stall_s = number(state, "stall-timeout", arg, 0, 1000000, 1); break;
	case KEY_LOG_REQUESTS: opt->request_log = arg; break;
	case KEY_LOG_LEVEL:
		if (!log_level_parse(arg, &set->level))
			argp_error(state, "--log-level: %s: not error, warning, notice, info or debug", arg);
		break;
	case 'V':
		printf("dragomand %s\n", PACKAGE_VERSION);
		exit(EX_OK);
	case ARGP_KEY_ARG:
		argp_error(state, "%s: unexpected argument", arg);
		break;
	default:
		return ARGP_ERR_UNKNOWN;
	}
	return 0;
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
static bool
fill_paths(struct settings *set)
{
	struct server_options *opt = &set->server;
	const char *env;

	if (opt->index == NULL) {
		env = getenv("DRAGOMAN_INDEX");
		set->index = env != NULL && *env != '\0' ? strdup(env) : join(getenv("XDG_DATA_HOME"), "/dragoman");
		if (set->index == NULL)
			set->index = join(getenv("HOME"), "/.local/share/dragoman");
		opt->index = set->index;
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
	}
	return opt->index != NULL && opt->socket != NULL;
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
	case ST_LOCKED: return EX_TEMPFAIL;
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
	case ST_STALE:
	case ST_INTERNAL: return EX_SOFTWARE;
	}
	return EX_SOFTWARE;
}

int
main(int argc, char **argv)
{
	static const struct argp argp = {
		options, parse_option, NULL,
		"Answers searches over an index that dragoman-index made.", NULL, NULL, NULL
	};
	static char name[] = "dragomand";
	long processors = sysconf(_SC_NPROCESSORS_ONLN);
	struct settings set = {
		.server = {
			.workers = processors < 1 ? 1 : processors > 256 ? 256 : (unsigned)processors,
			.max_clients = 512, .queue = 1024, .deadline_ms = 2000,
			.idle_s = 600, .stall_s = 30,
		},
		.level = LOG_LEVEL_NOTICE,
	};
	struct server *server = NULL;
	struct error err = { ST_OK, 0, "" };
	enum status status;

	log_init(name, set.level);
	/* What argp says on errors begins with the name, not with a path. */
	if (argc > 0)
		argv[0] = name;
	argp_err_exit_status = EX_USAGE;
	argp_parse(&argp, argc, argv, 0, NULL, &set);
	log_init(name, set.level);
	signal(SIGPIPE, SIG_IGN);
	fit_descriptors(&set.server);
	if (fill_paths(&set)) {
		status = server_new(&server, &set.server, &err);
		if (status == ST_OK)
			status = server_run(server, &err);
	} else {
		status = error_set(&err, ST_INVALID, "no index: give -d INDEX or set DRAGOMAN_INDEX");
	}
	if (status != ST_OK)
		fprintf(stderr, "dragomand: %s\n", err.text);
	if (server != NULL)
		server_free(server);
	free(set.index);
	free(set.socket);
	return exit_code(status);
}
