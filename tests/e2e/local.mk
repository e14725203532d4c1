# The real programs, from outside. The longest come first.
E2E_TESTS = \
	%D%/test_generations.py %D%/test_indexer.py %D%/test_update.py %D%/test_client.py %D%/test_watch_client.py \
	%D%/test_large.py %D%/test_layers.py %D%/test_house.py %D%/test_manual.py %D%/test_protocol.py %D%/test_lifecycle.py \
	%D%/test_load.py \
	%D%/test_watch.py %D%/test_copies.py %D%/test_correct.py %D%/test_ranking.py %D%/test_lexicon.py %D%/test_words.py \
	%D%/test_files.py %D%/test_ops.py %D%/test_service.py %D%/test_oracle.py %D%/test_contract.py %D%/test_check.py \
	%D%/test_structure.py %D%/test_hardened.py %D%/test_names.py %D%/test_quotes.py %D%/test_quotes_verb.py %D%/test_together.py \
	%D%/test_fair.py
EXTRA_DIST += $(E2E_TESTS) \
	%D%/harness.py %D%/oracle.py %D%/model.py %D%/world.py %D%/askers.py %D%/writers.py \
	tests/data/quotes.labels tests/fixtures/make-format \
	tests/fixtures/format-1.tar.gz tests/fixtures/format-3.tar.gz

# Load for the daemon, and quotations as they are found, for the measurement of who is said to have said them.
check_PROGRAMS += %D%/load %D%/list_quotes

# Those that run threads of ours, for --enable-sanitize=thread.
THREAD_UNIT = tests/unit/test_client tests/unit/test_client_push
THREAD_E2E = \
	%D%/test_indexer.py %D%/test_protocol.py %D%/test_lifecycle.py %D%/test_ops.py %D%/test_service.py \
	%D%/test_watch.py %D%/test_load.py %D%/test_correct.py %D%/test_together.py %D%/test_fair.py
check-threads: all
	@$(MAKE) $(AM_MAKEFLAGS) $(THREAD_UNIT) %D%/load
	@DRAGOMAN_TEST_QUICK=1 $(RUN) \
	  $(addprefix $(abs_srcdir)/,$(THREAD_E2E)) $(addprefix $(abs_builddir)/,$(THREAD_UNIT))

SOAK_SECONDS = 60
soak: all
	@$(MAKE) $(AM_MAKEFLAGS) %D%/load
	@$(TEST_ENV) LOAD_SECONDS=$(SOAK_SECONDS) $(PYTHON) $(srcdir)/%D%/test_load.py
	@$(TEST_ENV) DRAGOMAN_SOAK_SECONDS=$(SOAK_SECONDS) $(PYTHON) $(srcdir)/%D%/test_together.py
.PHONY: check-threads soak
