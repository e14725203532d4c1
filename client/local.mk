# client: the library and the dragoman command
include %D%/lib/local.mk

bin_PROGRAMS += dragoman
dragoman_SOURCES = \
	%D%/cli.h %D%/cli.c \
	%D%/cmd_count.c \
	%D%/cmd_get.c \
	%D%/cmd_quotes.c \
	%D%/cmd_raw.c \
	%D%/cmd_search.c \
	%D%/cmd_versions.c \
	%D%/cmd_watch.c \
	%D%/commands.h %D%/commands.c \
	%D%/hook.h %D%/hook.c \
	%D%/jsonl.h %D%/jsonl.c \
	%D%/listing.h %D%/listing.c \
	%D%/main.c \
	%D%/options.h %D%/options.c \
	%D%/plain.h %D%/plain.c \
	%D%/pretty.h %D%/pretty.c \
	%D%/usage.h %D%/usage.c
dragoman_LDADD = libdragoman.la libbase.a
