# Broken on purpose: calls that fail, processes that are killed, input that means
# harm. The shim is
# plain C, whatever the programs are built with.
FAULT_TESTS = %D%/test_fault.py %D%/test_bitrot.py %D%/test_kill.py %D%/test_hostile.py
FAULT_SHIM = %D%/inject.so
EXTRA_DIST += %D%/inject.c %D%/inject.py %D%/lane.py $(FAULT_TESTS)
CLEANFILES += $(FAULT_SHIM)
KILLS = 10000

$(FAULT_SHIM): %D%/inject.c
	@$(MKDIR_P) %D%
	$(AM_V_CC)$(CC) $(WARN_FLAGS) $(WARN_CFLAGS) -D_GNU_SOURCE -std=gnu11 -O1 -g -fno-omit-frame-pointer -shared -fPIC \
	  -o $@ $(srcdir)/%D%/inject.c -ldl

kill-campaign: all $(FAULT_SHIM)
	@$(TEST_ENV) KILLS=$(KILLS) $(PYTHON) $(srcdir)/%D%/test_kill.py
fault-campaign: all $(FAULT_SHIM)
	@$(TEST_ENV) MALLOCS=all $(PYTHON) $(srcdir)/%D%/test_fault.py
hostile: all
	@$(TEST_ENV) HOSTILE_SECONDS=1800 $(PYTHON) $(srcdir)/%D%/test_hostile.py
.PHONY: kill-campaign fault-campaign hostile
