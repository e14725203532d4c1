# Unit tests: of one that needs nothing else, one line. Its source has its name;
# it is linked with the fixtures and every room but the daemon's and the client's.
LDADD = libfixtures.a libindexer.a libcorpus.a $(ENGINE) $(BASE) $(LIBRARIES_BELOW) $(CMOCKA_LIBS)
check_LIBRARIES += libfixtures.a
libfixtures_a_SOURCES = \
	%D%/analyse_rows.h \
	%D%/fake_index.h %D%/fake_index.c \
	%D%/fake_server.h %D%/fake_server.c \
	%D%/gzip.h \
	%D%/index_fixture.h %D%/index_fixture.c \
	%D%/lexicon_fixture.h %D%/lexicon_fixture.c \
	%D%/standing_world.h %D%/standing_world.c \
	%D%/xap_fixture.h %D%/xap_fixture.c
UNIT_TESTS = \
	%D%/test_acronyms %D%/test_agreement %D%/test_analyse %D%/test_article %D%/test_base %D%/test_corpus \
	%D%/test_correct %D%/test_damage %D%/test_document %D%/test_entities %D%/test_fold \
	%D%/test_growth %D%/test_journal %D%/test_lexicon %D%/test_merge %D%/test_namekey %D%/test_pace %D%/test_passage \
	%D%/test_persons %D%/test_plan %D%/test_protocol %D%/test_query %D%/test_reader %D%/test_recency \
	%D%/test_regions %D%/test_report %D%/test_rerank %D%/test_search %D%/test_sketch %D%/test_snippet \
	%D%/test_standing %D%/test_store %D%/test_top %D%/test_versions %D%/test_vocabulary %D%/test_xap %D%/test_xap_query \
	%D%/test_zdict %D%/test_zstream

UNIT_TESTS += %D%/test_daemon %D%/test_push %D%/test_queue
%C%_test_daemon_LDADD = $(DAEMON) $(CMOCKA_LIBS)
%C%_test_push_LDADD = libfixtures.a $(DAEMON) $(CMOCKA_LIBS)
%C%_test_queue_LDADD = $(DAEMON) $(CMOCKA_LIBS)

UNIT_TESTS += %D%/test_client %D%/test_client_push
%C%_test_client_LDADD = libfixtures.a libdragoman.la $(CMOCKA_LIBS)
%C%_test_client_push_LDADD = libfixtures.a libdragoman.la $(CMOCKA_LIBS)

# Memory that runs out: of the library's own calls, which are renamed ...
UNIT_TESTS += %D%/test_client_memory
%C%_test_client_memory_SOURCES = %D%/test_client_memory.c $(libdragoman_la_SOURCES)
%C%_test_client_memory_CFLAGS = $(AM_CFLAGS)
%C%_test_client_memory_LDFLAGS = $(AM_LDFLAGS) -Wl,--wrap=malloc,--wrap=calloc,--wrap=realloc
%C%_test_client_memory_LDADD = libfixtures.a $(CMOCKA_LIBS)

# ... and of the engine's, by fault.cc, which replaces operator new for all.
FAULT = %D%/fault.h %D%/fault.cc
LDFLAGS_FAULT = $(AM_LDFLAGS) -Wl,--wrap=realloc
UNIT_TESTS += %D%/test_xap_memory %D%/test_xap_memory_write %D%/test_xap_fault %D%/test_quotes
%C%_test_xap_memory_SOURCES = %D%/test_xap_memory.c $(FAULT)
%C%_test_xap_memory_LDFLAGS = $(LDFLAGS_FAULT)
%C%_test_xap_memory_write_SOURCES = %D%/test_xap_memory_write.c $(FAULT)
%C%_test_xap_memory_write_LDFLAGS = $(LDFLAGS_FAULT)
%C%_test_xap_fault_SOURCES = %D%/test_xap_fault.c $(FAULT)
%C%_test_xap_fault_LDFLAGS = $(LDFLAGS_FAULT)
%C%_test_quotes_SOURCES = %D%/test_quotes.c $(FAULT)
%C%_test_quotes_LDFLAGS = $(LDFLAGS_FAULT)

if HAVE_CMOCKA
check_PROGRAMS += $(UNIT_TESTS)
endif
EXTRA_DIST += tests/data/entities.labels
