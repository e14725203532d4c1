# system: files, locks, signals
libindexer_a_SOURCES += \
	%D%/home.h %D%/home.c \
	%D%/interrupt.h %D%/interrupt.c \
	%D%/lock.h %D%/lock.c \
	%D%/stop.h %D%/stop.c \
	%D%/tree.h %D%/tree.c
