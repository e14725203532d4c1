# proof: check: whether the index says what its articles say
libindexer_a_SOURCES += \
	%D%/deep.h %D%/deep.c \
	%D%/deep_article.h %D%/deep_article.c \
	%D%/faults.h %D%/faults.c \
	%D%/grouping_check.h %D%/grouping_check.c
