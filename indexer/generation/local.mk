# generation: a generation made, copied, compared, compacted, taken over
libindexer_a_SOURCES += \
	%D%/compact.h %D%/compact.c \
	%D%/copy.h %D%/copy.c \
	%D%/diff.h %D%/diff.c \
	%D%/generation.h %D%/generation.c \
	%D%/maker.h %D%/maker.c \
	%D%/stored.h %D%/stored.c \
	%D%/sumfile.h %D%/sumfile.c \
	%D%/takeover.h %D%/takeover.c \
	%D%/takeover_switch.c
