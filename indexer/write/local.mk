# write: one commit: documents, figures, journal, groups of copies
libindexer_a_SOURCES += \
	%D%/grouping.h %D%/grouping.c \
	%D%/newest.h %D%/newest.c \
	%D%/replaced.h %D%/replaced.c \
	%D%/writer.h %D%/writer.c
