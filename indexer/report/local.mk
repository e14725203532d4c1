# report: what a command tells: progress, the job file, exit codes
libindexer_a_SOURCES += \
	%D%/exit.h %D%/exit.c \
	%D%/reportfile.h %D%/reportfile.c \
	%D%/progress.h %D%/progress.c
