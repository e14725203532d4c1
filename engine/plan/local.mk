# plan: from the query's tree to what is matched, highlighted and noted
noinst_LIBRARIES += libplan.a
libplan_a_SOURCES = \
	%D%/acronym.h %D%/acronym.c \
	%D%/alias.h %D%/alias.c \
	%D%/condition.c \
	%D%/correct.h %D%/correct.c \
	%D%/explain_tree.h %D%/explain_tree.c \
	%D%/filter.c \
	%D%/marks.c \
	%D%/match.c \
	%D%/name.h %D%/name.c \
	%D%/near.c \
	%D%/plan.h %D%/plan.c \
	%D%/planner.h %D%/planner.c \
	%D%/prefix.c \
	%D%/rank.c \
	%D%/ranking.h %D%/ranking.c \
	%D%/readings.h %D%/readings.c \
	%D%/region.c \
	%D%/words.c
