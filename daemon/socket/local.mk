# socket: listening, lines, the service manager
libdaemon_a_SOURCES += \
	%D%/line.h %D%/line.c \
	%D%/listen.h %D%/listen.c \
	%D%/lookout.h %D%/lookout.c \
	%D%/peer.h %D%/peer.c \
	%D%/service.h %D%/service.c
