# query: the query language: text to tree
noinst_LIBRARIES += libquery.a
libquery_a_SOURCES = \
	%D%/chain.c \
	%D%/date.h %D%/date.c \
	%D%/lex.h %D%/lex.c \
	%D%/node.c \
	%D%/parser.h \
	%D%/query.h %D%/query.c \
	%D%/unit.c
