# snippet: which passage of an article to show, and what to highlight in it
noinst_LIBRARIES += libsnippet.a
libsnippet_a_SOURCES = \
	%D%/marker.h %D%/marker.c \
	%D%/passage.h %D%/passage.c \
	%D%/mark_index.h %D%/mark_index.c \
	%D%/scopes.h %D%/scopes.c \
	%D%/snippet.h %D%/snippet.c
