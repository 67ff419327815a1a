/* What the planner answers: the alternatives with their pictures under one axis, the visits of the one that is chosen;
 * or, when nothing fits, which rules cannot hold together and what each of them costs. */
#pragma once

#include <adwaita.h>

#include "desk-plan-problem.h"

G_BEGIN_DECLS

#define DESK_TYPE_PLAN_RESULTS (desk_plan_results_get_type ())
G_DECLARE_FINAL_TYPE (DeskPlanResults, desk_plan_results, DESK, PLAN_RESULTS, AdwBin)

DeskPlanResults *desk_plan_results_new (void);
void desk_plan_results_wait (DeskPlanResults *self);
void desk_plan_results_show (DeskPlanResults *self, const DeskPlanProblem *problem, const DeskPlanAnswer *answer, GHashTable *doses);
void desk_plan_results_say (DeskPlanResults *self, const char *text);
const DeskPlan *desk_plan_results_get_plan (DeskPlanResults *self);
GArray *desk_plan_results_dup_days (DeskPlanResults *self);
guint desk_plan_results_count (DeskPlanResults *self);
void desk_plan_results_choose (DeskPlanResults *self, guint index);
GtkWidget *desk_plan_results_check (DeskPlanResults *self, guint visit);

G_END_DECLS
