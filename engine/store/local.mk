# store: the index on disk: layout, generations, commits, its words in memory
noinst_LIBRARIES += libstore.a
libstore_a_SOURCES = \
	%D%/neardup.h %D%/neardup.c \
	%D%/dictionary.h %D%/dictionary.c \
	%D%/digest.h %D%/digest.c \
	%D%/report.h %D%/report.c \
	%D%/files.h %D%/files.c \
	%D%/journal.h %D%/journal.c \
	%D%/jsontext.h %D%/jsontext.c \
	%D%/manifest.h %D%/manifest.c \
	%D%/record.h %D%/record.c \
	%D%/row.h %D%/row.c \
	%D%/schema.h %D%/schema.c \
	%D%/sealed.h %D%/sealed.c \
	%D%/stamp.h %D%/stamp.c \
	%D%/state.h %D%/state.c \
	%D%/store.h %D%/store.c \
	%D%/sums.h %D%/sums.c \
	%D%/vocabularies.h %D%/vocabularies.c \
	%D%/vocabulary.h %D%/vocabulary.c \
	%D%/wanted.h %D%/wanted.c \
	%D%/wordtable.h %D%/wordtable.c
