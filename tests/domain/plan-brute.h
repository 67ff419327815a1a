/* Every plan there is, tried day by day, and problems drawn by chance: what the planner is held against. */
#pragma once

#include "desk-planner.h"

G_BEGIN_DECLS

typedef struct
{
  int trips, days, end; /* end counted from the problem's first day */
  int draws, fresh;
} BruteBest;

/* The Pareto set by trips, days, end; of each the fewest draws and then the most fresh doses. */
GArray *brute_plans (const DeskPlanProblem *problem);

/* A problem small enough for that, always the same one of a seed. */
DeskPlanProblem *random_small_problem (guint32 seed, DeskPlanStrategy strategy);
/* One of a year as a clinic has them. */
DeskPlanProblem *random_year_problem (guint32 seed, DeskPlanStrategy strategy);

G_END_DECLS
