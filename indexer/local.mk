# dragoman-index: the commands, and an archive of all that they call
noinst_LIBRARIES += libindexer.a
libindexer_a_CPPFLAGS = $(AM_CPPFLAGS) -DLEXICON_DIR='"$(lexicondir)"'
libindexer_a_SOURCES =
include %D%/update/local.mk
include %D%/build/local.mk
include %D%/generation/local.mk
include %D%/write/local.mk
include %D%/system/local.mk
include %D%/ids/local.mk
include %D%/report/local.mk
include %D%/proof/local.mk

bin_PROGRAMS += dragoman-index
dragoman_index_SOURCES = \
	%D%/commands/admit.h %D%/commands/admit.c \
	%D%/commands/build.c \
	%D%/commands/check.c \
	%D%/commands/check_tables.h %D%/commands/check_tables.c \
	%D%/commands/command.h %D%/commands/command.c \
	%D%/commands/compact.c \
	%D%/commands/info.c \
	%D%/commands/main.c \
	%D%/commands/rebuild.c \
	%D%/commands/remove.c \
	%D%/commands/restore.c \
	%D%/commands/snapshot.c \
	%D%/commands/switch.c \
	%D%/commands/update.h %D%/commands/update.c %D%/commands/update_commit.c \
	%D%/commands/upkeep.h %D%/commands/upkeep.c
dragoman_index_LDADD = libindexer.a libcorpus.a $(ENGINE) $(BASE) $(LIBRARIES_BELOW)
