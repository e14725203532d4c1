# The lexicon: what articles name. Names in other languages come from ICU's data. A program that runs
# from the folder of the build finds the lexicon in lexicon-built, one that is installed in lexicondir.
lexicondir = $(pkgdatadir)/lexicon
dist_lexicon_DATA = \
	%D%/countries.lex %D%/laws.lex %D%/offices.lex %D%/orgs.lex \
	%D%/skip.lex %D%/us-states.lex %D%/weapons.lex %D%/words.lex
nodist_lexicon_DATA = %D%/foreign.lex %D%/titles.lex
noinst_PROGRAMS += %D%/foreign
%C%_foreign_LDADD = $(ICU_LIBS)
%D%/foreign.lex: %D%/foreign$(EXEEXT)
	$(AM_V_GEN)%D%/foreign$(EXEEXT) >$@.tmp && mv $@.tmp $@
%D%/titles.lex: engine/text/words_make$(EXEEXT) $(WORD_FILES)
	$(AM_V_GEN)engine/text/words_make$(EXEEXT) titles $(WORD_FILES) >$@.tmp && mv $@.tmp $@
CLEANFILES += $(nodist_lexicon_DATA)

lexicon-built/stamp: $(dist_lexicon_DATA) $(nodist_lexicon_DATA)
	$(AM_V_GEN)$(MKDIR_P) lexicon-built && rm -f lexicon-built/*.lex && \
	  for f in $(dist_lexicon_DATA); do cp $(srcdir)/$$f lexicon-built || exit 1; done && \
	  cp $(nodist_lexicon_DATA) lexicon-built && touch $@
all-local: lexicon-built/stamp
clean-local:
	rm -rf lexicon-built

# The languages and their words, which the table in engine/text is made of, and states, whose names are places.
WORD_FILES = $(srcdir)/%D%/languages $(sort $(wildcard $(srcdir)/%D%/*.words))
WORD_PLACES = $(srcdir)/%D%/countries.lex
EXTRA_DIST += $(WORD_FILES)
