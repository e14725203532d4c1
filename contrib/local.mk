# Units of systemd, installed when configure was told where. They name the programs in /usr; installed, they
# name them where they are. The user is made from a file in the folder sysusers.d beside that of the units' system.
UNITS = \
	%D%/systemd/dragomand.service %D%/systemd/dragomand.socket \
	%D%/systemd/dragoman-index.service %D%/systemd/dragoman-index.timer
EXTRA_DIST += $(UNITS) %D%/systemd/dragoman.sysusers
sysusersdir = $(systemdsystemunitdir)/../../sysusers.d
DISTCHECK_CONFIGURE_FLAGS = --with-systemdsystemunitdir=$$dc_install_base/lib/systemd/system
if INSTALL_UNITS
install-data-local:
	$(MKDIR_P) '$(DESTDIR)$(systemdsystemunitdir)' '$(DESTDIR)$(sysusersdir)'
	@for unit in $(UNITS); do \
	  to='$(DESTDIR)$(systemdsystemunitdir)'/$${unit##*/}; echo " installing $$to"; \
	  sed -e 's,/usr/sbin/dragomand,$(sbindir)/dragomand,' -e 's,/usr/bin/dragoman-index,$(bindir)/dragoman-index,' \
	    $(srcdir)/$$unit >"$$to" && chmod 644 "$$to" || exit 1; \
	done
	$(INSTALL_DATA) $(srcdir)/%D%/systemd/dragoman.sysusers '$(DESTDIR)$(sysusersdir)/dragoman.conf'

uninstall-local:
	for unit in $(UNITS); do rm -f '$(DESTDIR)$(systemdsystemunitdir)'/$${unit##*/}; done
	rm -f '$(DESTDIR)$(sysusersdir)/dragoman.conf'
endif
