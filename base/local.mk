# base: what anyone may use; libc, zlib and xxHash
noinst_LIBRARIES += libbase.a
libbase_a_SOURCES = \
	%D%/arena.h %D%/arena.c \
	%D%/article.h %D%/article.c \
	%D%/bisect.h \
	%D%/buf.h %D%/buf.c \
	%D%/clock.h %D%/clock.c \
	%D%/error.h %D%/error.c \
	%D%/file.h %D%/file.c \
	%D%/grow.h \
	%D%/hash.h %D%/hash.c \
	%D%/leb128.h %D%/leb128.c \
	%D%/log.h %D%/log.c \
	%D%/map.h %D%/map.c \
	%D%/protocol.h %D%/protocol.c \
	%D%/refusal.h %D%/refusal.c \
	%D%/sort.h \
	%D%/streams.h %D%/streams.c \
	%D%/utf8.h %D%/utf8.c \
	%D%/visible.h %D%/visible.c \
	%D%/wire.h %D%/wire.c \
	%D%/zdict.h %D%/zdict.c \
	%D%/zstream.h %D%/zstream.c
