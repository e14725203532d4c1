# ids: which articles there are and where each came from
libindexer_a_SOURCES += \
	%D%/ids.h %D%/ids.c \
	%D%/origins.h %D%/origins.c \
	%D%/seen.h %D%/seen.c
