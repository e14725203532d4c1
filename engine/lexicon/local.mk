# lexicon: names and what they name, from .lex files to a trie
noinst_LIBRARIES += liblexicon.a
liblexicon_a_SOURCES = \
	%D%/compile.h %D%/compile.c \
	%D%/lexicon.h %D%/lexicon.c
