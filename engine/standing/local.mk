# standing: what newly matches after each commit
noinst_LIBRARIES += libstanding.a
libstanding_a_SOURCES = \
	%D%/changes.h %D%/changes.c \
	%D%/hits.h %D%/hits.c \
	%D%/delta.h %D%/delta.c \
	%D%/standing.h %D%/standing.c \
	%D%/pairs.h %D%/pairs.c
