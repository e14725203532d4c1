# corpus: the readers of the input formats
noinst_LIBRARIES += libcorpus.a
libcorpus_a_SOURCES = \
	%D%/format.h %D%/format.c \
	%D%/intake.h %D%/intake.c \
	%D%/jsonl.h %D%/jsonl.c \
	%D%/lines.h %D%/lines.c \
	%D%/paragraphs.h %D%/paragraphs.c \
	%D%/paths.h %D%/paths.c \
	%D%/reader.h %D%/reader.c \
	%D%/text.h %D%/text.c \
	%D%/walk.h %D%/walk.c
EXTRA_DIST += %D%/sample
