# libdragoman: it has its own copies of the few base files that it needs, so that
# nothing of zlib, Xapian or the rest comes with it, and shows dragoman_* only
lib_LTLIBRARIES += libdragoman.la
include_HEADERS = %D%/dragoman.h
pkgconfigdir = $(libdir)/pkgconfig
nodist_pkgconfig_DATA = %D%/dragoman.pc
EXTRA_DIST += %D%/libdragoman.pc.in
libdragoman_la_SOURCES = \
	%D%/chan.h %D%/chan.c \
	%D%/fail.h %D%/fail.c \
	%D%/handle.c \
	%D%/inbox.h %D%/inbox.c \
	%D%/json.h %D%/json.c \
	%D%/reply.h %D%/reply.c \
	base/buf.c base/clock.c base/utf8.c base/wire.c
libdragoman_la_CFLAGS = $(AM_CFLAGS)
libdragoman_la_LDFLAGS = $(LINK_FLAGS) -version-info $(LIBDRAGOMAN_VERSION) \
	-export-symbols-regex '^dragoman_' -no-undefined
