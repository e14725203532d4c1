# entities: what and whom an article names
noinst_LIBRARIES += libentities.a
libentities_a_SOURCES = \
	%D%/entities.h %D%/entities.c \
	%D%/judge.h %D%/judge.c \
	%D%/persons.h %D%/persons.c
