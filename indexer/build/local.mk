# build: articles into a new generation: shards, merged
libindexer_a_SOURCES += \
	%D%/assemble.h %D%/assemble.c \
	%D%/batch.h %D%/batch.c \
	%D%/lexicons.h %D%/lexicons.c \
	%D%/merge.h %D%/merge.c \
	%D%/sample.h %D%/sample.c \
	%D%/segments.h %D%/segments.c \
	%D%/shard.h %D%/shard.c \
	%D%/shards.h %D%/shards.c
