# xapian: Xapian for C; the only C++
noinst_LIBRARIES += libbindings.a
libbindings_a_SOURCES = \
	%D%/blocks.h %D%/blocks.c \
	%D%/db.cc \
	%D%/deadline.h %D%/deadline.c \
	%D%/doc.cc \
	%D%/enquire.cc \
	%D%/guard.h %D%/guard.cc \
	%D%/proof.cc \
	%D%/query.cc \
	%D%/roots.h %D%/roots.c \
	%D%/source.h %D%/source.cc \
	%D%/stem.cc \
	%D%/wdb.cc \
	%D%/xap.h
