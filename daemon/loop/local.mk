# loop: sockets, timers, connections and workers
libdaemon_a_SOURCES += \
	%D%/acceptor.h %D%/acceptor.c \
	%D%/conn.h %D%/conn.c \
	%D%/conns.h %D%/conns.c \
	%D%/reportlog.h %D%/reportlog.c \
	%D%/outbox.h %D%/outbox.c \
	%D%/pool.h %D%/pool.c \
	%D%/queue.h %D%/queue.c \
	%D%/reqlog.h %D%/reqlog.c \
	%D%/server.h %D%/server.c \
	%D%/watches.h %D%/watches.c
