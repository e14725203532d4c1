# dragomand: its main and an archive of all else
noinst_LIBRARIES += libdaemon.a
libdaemon_a_CPPFLAGS = $(AM_CPPFLAGS) $(LIBEVENT_CFLAGS) $(SYSTEMD_CFLAGS)
libdaemon_a_SOURCES =
include %D%/loop/local.mk
include %D%/verbs/local.mk
include %D%/job/local.mk
include %D%/socket/local.mk
DAEMON = libdaemon.a $(ENGINE) $(BASE) $(LIBEVENT_LIBS) $(SYSTEMD_LIBS) $(LIBRARIES_BELOW)

sbin_PROGRAMS += dragomand
dragomand_SOURCES = %D%/loop/main.c
dragomand_CPPFLAGS = $(libdaemon_a_CPPFLAGS)
dragomand_LDADD = $(DAEMON)
