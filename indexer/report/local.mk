# report: what a command tells: progress, its report, exit codes
libindexer_a_SOURCES += \
	%D%/exit.h %D%/exit.c \
	%D%/reportfile.h %D%/reportfile.c \
	%D%/progress.h %D%/progress.c
