# quotes: who is quoted saying what
noinst_LIBRARIES += libquotes.a
libquotes_a_SOURCES = \
	%D%/glyphs.h %D%/glyphs.c \
	%D%/kind.h %D%/kind.c \
	%D%/known.h %D%/known.c \
	%D%/marks.h %D%/marks.c \
	%D%/nearby.h %D%/nearby.c \
	%D%/names.h %D%/names.c \
	%D%/quotes.h %D%/quotes.c \
	%D%/speech.h %D%/speech.c \
	%D%/subject.h %D%/subject.c \
	%D%/tokens.h %D%/tokens.c \
	%D%/types.h
