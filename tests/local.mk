# What a test is given: where the sources, the build and the shared corpora are.
# (libxapian's own check of a database deletes an object by its base, which the
# address sanitizer would take for an error of ours.)
TEST_ENV = DRAGOMAN_SRCDIR='$(abs_srcdir)' DRAGOMAN_BUILDDIR='$(abs_builddir)' \
	DRAGOMAN_SHARED="$${DRAGOMAN_SHARED-$(abs_srcdir)/../shared}" \
	ASAN_OPTIONS="new_delete_type_mismatch=0:$${ASAN_OPTIONS-}" \
	LSAN_OPTIONS="print_suppressions=0:suppressions=$(abs_srcdir)/%D%/lsan.supp:$${LSAN_OPTIONS-}"
RUN = $(TEST_ENV) $(PYTHON) $(srcdir)/%D%/run.py
EXTRA_DIST += %D%/run.py %D%/lsan.supp

include %D%/unit/local.mk
include %D%/fuzz/local.mk
include %D%/e2e/local.mk
include %D%/fault/local.mk
include %D%/bench/local.mk

# Every test program, without running any.
check-build: all
	@$(MAKE) $(AM_MAKEFLAGS) $(check_LIBRARIES) $(check_PROGRAMS) $(FAULT_SHIM)
.PHONY: check-build

# The longest first: two run at a time, and none is left alone at the end.
check-local: $(FAULT_SHIM)
	@test -n '$(CMOCKA_LIBS)' || { echo 'make check: cmocka is missing (libcmocka-dev)'; exit 1; }
	@$(RUN) $(addprefix $(abs_srcdir)/,$(FAULT_TESTS) $(E2E_TESTS)) \
	  $(addprefix $(abs_builddir)/,$(UNIT_TESTS) $(FUZZ_REPLAYS))
