# Fuzz targets: libFuzzer's where --enable-fuzzing, else programs that replay their corpus.
FUZZ_SECONDS = 1200
FUZZ_RUN = -rss_limit_mb=2048 -timeout=20 -print_final_stats=0
FUZZ_TARGETS = \
	%D%/fuzz_analyse %D%/fuzz_jsonl %D%/fuzz_line %D%/fuzz_query %D%/fuzz_quotes %D%/fuzz_record %D%/fuzz_text
check_PROGRAMS += $(FUZZ_TARGETS)
FUZZ_SHARED = %D%/article_holds.h %D%/text_article.h
%C%_fuzz_analyse_SOURCES = %D%/fuzz_analyse.c $(FUZZ_MAIN)
%C%_fuzz_analyse_LDFLAGS = $(LDFLAGS_FUZZ)
%C%_fuzz_jsonl_SOURCES = %D%/fuzz_jsonl.c $(FUZZ_SHARED) $(FUZZ_MAIN)
%C%_fuzz_jsonl_LDFLAGS = $(LDFLAGS_FUZZ)
%C%_fuzz_line_SOURCES = %D%/fuzz_line.c $(FUZZ_MAIN)
%C%_fuzz_line_LDFLAGS = $(LDFLAGS_FUZZ)
%C%_fuzz_line_LDADD = $(DAEMON)
%C%_fuzz_query_SOURCES = %D%/fuzz_query.c $(FUZZ_MAIN)
%C%_fuzz_query_LDFLAGS = $(LDFLAGS_FUZZ)
%C%_fuzz_quotes_SOURCES = %D%/fuzz_quotes.c $(FUZZ_SHARED) $(FUZZ_MAIN)
%C%_fuzz_quotes_LDFLAGS = $(LDFLAGS_FUZZ)
%C%_fuzz_record_SOURCES = %D%/fuzz_record.c $(FUZZ_MAIN)
%C%_fuzz_record_LDFLAGS = $(LDFLAGS_FUZZ)
%C%_fuzz_text_SOURCES = %D%/fuzz_text.c $(FUZZ_SHARED) $(FUZZ_MAIN)
%C%_fuzz_text_LDFLAGS = $(LDFLAGS_FUZZ)
EXTRA_DIST += %D%/replay.c %D%/corpus

if FUZZING
FUZZ_MAIN =
FUZZ_REPLAYS =
LDFLAGS_FUZZ = $(AM_LDFLAGS) -fsanitize=fuzzer

# Each target's corpus, and 10 s of fuzzing.
check-fuzz: $(FUZZ_TARGETS)
	@for t in $(FUZZ_TARGETS); do \
	  name=$${t##*/fuzz_}; mkdir -p fuzz-work/$$name && \
	  ./$$t $(FUZZ_RUN) -max_total_time=10 -artifact_prefix=fuzz-work/$$name- \
	    fuzz-work/$$name $(srcdir)/%D%/corpus/$$name || exit 1; \
	done

# At length, side by side.
fuzz: $(FUZZ_TARGETS)
	@pids=; for t in $(FUZZ_TARGETS); do \
	  name=$${t##*/fuzz_}; mkdir -p fuzz-work/$$name && { \
	  ./$$t $(FUZZ_RUN) -max_total_time=$(FUZZ_SECONDS) -artifact_prefix=fuzz-work/$$name- \
	    fuzz-work/$$name $(srcdir)/%D%/corpus/$$name >fuzz-work/$$name.log 2>&1 & \
	  pids="$$pids $$!"; }; \
	done; bad=0; for p in $$pids; do wait $$p || bad=1; done; tail -n 3 fuzz-work/*.log; exit $$bad
else
FUZZ_MAIN = %D%/replay.c
LDFLAGS_FUZZ = $(AM_LDFLAGS)
FUZZ_REPLAYS = $(FUZZ_TARGETS)
check-fuzz: $(FUZZ_TARGETS)
	@$(RUN) $(addprefix $(abs_builddir)/,$(FUZZ_REPLAYS))
fuzz:
	@echo 'make fuzz: configure with CC=clang CXX=clang++ --enable-fuzzing'; exit 1
endif
.PHONY: check-fuzz fuzz
