# document: from an article to its terms, positions, values and record
noinst_LIBRARIES += libdocument.a
libdocument_a_SOURCES = \
	%D%/document.h %D%/document.c \
	%D%/field_terms.h %D%/field_terms.c \
	%D%/limits.h %D%/limits.c \
	%D%/region_terms.h %D%/region_terms.c \
	%D%/regions.h %D%/regions.c \
	%D%/suggest_terms.h %D%/suggest_terms.c \
	%D%/taught.h %D%/taught.c \
	%D%/termbag.h %D%/termbag.c
