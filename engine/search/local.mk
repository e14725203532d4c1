# search: one request in, its rows out: the engine's face
noinst_LIBRARIES += libsearch.a
libsearch_a_SOURCES = \
	%D%/explain.c \
	%D%/quote_reader.h %D%/quote_reader.c \
	%D%/ranker.h %D%/ranker.c \
	%D%/recency.h %D%/recency.c \
	%D%/rerank.h %D%/rerank.c \
	%D%/search.h %D%/search.c \
	%D%/search_versions.c \
	%D%/search_quotes.c \
	%D%/searcher.h %D%/searcher.c \
	%D%/suggest.c \
	%D%/top.h %D%/top.c
