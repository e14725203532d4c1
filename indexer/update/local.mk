# update: articles into the generation in use, commit by commit
libindexer_a_SOURCES += \
	%D%/aside.h %D%/aside.c \
	%D%/first.h %D%/first.c \
	%D%/hand.h %D%/hand.c \
	%D%/pace.h %D%/pace.c \
	%D%/pending.h %D%/pending.c \
	%D%/prune.h %D%/prune.c \
	%D%/session.h %D%/session.c
