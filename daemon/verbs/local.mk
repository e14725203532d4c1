# verbs: what each verb answers
libdaemon_a_SOURCES += \
	%D%/answer.h %D%/answer.c \
	%D%/figures.h %D%/figures.c \
	%D%/verb_count.c \
	%D%/verb_explain.c \
	%D%/verb_get.c \
	%D%/verb_help.c \
	%D%/verb_metrics.c \
	%D%/verb_ping.c \
	%D%/verb_quit.c \
	%D%/verb_quotes.c \
	%D%/verb_search.c \
	%D%/verb_status.c \
	%D%/verb_suggest.c \
	%D%/verb_unwatch.c \
	%D%/verb_versions.c \
	%D%/verb_watch.c \
	%D%/verbs.h %D%/verbs.c
