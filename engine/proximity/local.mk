# proximity: which articles have the words where they were asked for
noinst_LIBRARIES += libproximity.a
libproximity_a_SOURCES = \
	%D%/near.h %D%/near.c \
	%D%/near_present.c \
	%D%/near_read.c \
	%D%/near_scope.c \
	%D%/near_work.h
