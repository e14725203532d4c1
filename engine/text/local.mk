# text: how text becomes words: tokenise, fold, stem, cut sentences
noinst_LIBRARIES += libtext.a
libtext_a_SOURCES = \
	%D%/acronyms.h %D%/acronyms.c \
	%D%/analyse.h %D%/analyse.c \
	%D%/analyse_words.h %D%/analyse_words.c \
	%D%/analyser.h %D%/analyser.c \
	%D%/chars.h %D%/chars.c \
	%D%/fold.h %D%/fold.c \
	%D%/forms.c \
	%D%/latin.h %D%/latin.c \
	%D%/namekey.h %D%/namekey.c \
	%D%/scan.h \
	%D%/tokeniser.h %D%/tokeniser.c \
	%D%/sentences.h %D%/sentences.c \
	%D%/sketch.h %D%/sketch.c \
	%D%/stems.h %D%/stems.c \
	%D%/word_classes.h \
	%D%/word_table.h \
	%D%/words.h %D%/words.c
nodist_libtext_a_SOURCES = %D%/word_table.c

# The table of the language's words is made from files, checked on the way.
noinst_PROGRAMS += %D%/words_make
%C%_words_make_LDADD = libbase.a $(ICU_LIBS)
%D%/word_table.c: %D%/words_make$(EXEEXT) $(WORD_FILES) $(WORD_PLACES)
	$(AM_V_GEN)%D%/words_make$(EXEEXT) table $(WORD_FILES) $(WORD_PLACES) >$@.tmp && mv $@.tmp $@
CLEANFILES += %D%/word_table.c
