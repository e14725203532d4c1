# Tables of speed, size and relevance; no part of check.
EXTRA_PROGRAMS += %D%/baseline %D%/ask %D%/packing %D%/watch
%C%_baseline_SOURCES = %D%/baseline.cc
CLEANFILES += $(EXTRA_PROGRAMS)
EXTRA_DIST += %D%/queries.py %D%/build.py %D%/search.py %D%/reindex.py %D%/spine.py \
	%D%/judged.py %D%/relevance.py %D%/replies.py

BENCH_DIR = bench-work
bench: all
	@$(MAKE) $(AM_MAKEFLAGS) $(EXTRA_PROGRAMS)
	@shared="$${DRAGOMAN_SHARED-$(abs_srcdir)/../shared}"; \
	$(PYTHON) $(srcdir)/%D%/build.py --bin $(abs_builddir) --corpora "$$shared/corpora" \
	  --seed-article "$$shared/seed-article.txt" --work $(BENCH_DIR) && \
	%D%/packing $(BENCH_DIR)/index "$$shared"/corpora/*.jsonl.gz && \
	$(PYTHON) $(srcdir)/%D%/search.py --bin $(abs_builddir) --work $(BENCH_DIR) && \
	$(PYTHON) $(srcdir)/%D%/queries.py $(BENCH_DIR)/text.jsonl > $(BENCH_DIR)/queries && \
	%D%/watch $(BENCH_DIR)/index $(BENCH_DIR)/queries && \
	$(PYTHON) $(srcdir)/%D%/spine.py --bin $(abs_builddir) --srcdir $(abs_srcdir) --corpora "$$shared/corpora" \
	  --work $(BENCH_DIR) && \
	$(PYTHON) $(srcdir)/%D%/reindex.py --bin $(abs_builddir) --corpora "$$shared/corpora" --work $(BENCH_DIR) && \
	$(PYTHON) $(srcdir)/%D%/relevance.py --bin $(abs_builddir) --corpora "$$shared/corpora" --work $(BENCH_DIR)
.PHONY: bench
