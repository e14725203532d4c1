# job: a request on its way to a worker and back
libdaemon_a_SOURCES += \
	%D%/job.h %D%/job.c \
	%D%/push.h %D%/push.c \
	%D%/request.h %D%/request.c \
	%D%/rows.h %D%/rows.c \
	%D%/stats.h %D%/stats.c \
	%D%/watch.h %D%/watch.c
