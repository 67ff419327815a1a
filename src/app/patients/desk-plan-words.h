/* Plans of trips in words: what an alternative is, what a visit is given from, which rule stands against what. */
#pragma once

#include "desk-planner.h"

G_BEGIN_DECLS

char *desk_plan_day_words (DeskDay day);
char *desk_plan_long_day_words (DeskDay day);
char *desk_plan_sum_words (const DeskPlan *plan);
char *desk_plan_merit_words (const GPtrArray *plans, guint index);
char *desk_plan_stale_words (const DeskPlanProblem *problem, const DeskPlan *plan);
char *desk_plan_source_words (const DeskPlanVisit *visit, GHashTable *doses);
char *desk_plan_visit_words (const DeskPlan *plan, guint index, GHashTable *doses);
char *desk_plan_trip_words (const DeskPlanTrip *trip);
char *desk_plan_rule_words (const DeskPlanProblem *problem, DeskPlanRule rule);
char *desk_plan_gain_words (const DeskPlanRelaxation *relaxation);
int desk_plan_infusion_number (const DeskPlan *plan, guint index);

char *desk_plan_problem_words (const DeskProblem *problem);

G_END_DECLS
