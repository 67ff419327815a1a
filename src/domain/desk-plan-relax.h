/* What is in the way when nothing fits. */
#pragma once

#include "desk-planner.h"

G_BEGIN_DECLS

/* A copy of the problem without those rules (bits 1 << DeskPlanRule), each as desk-planner.h says. */
DeskPlanProblem *desk_plan_problem_relaxed (const DeskPlanProblem *problem, guint rules);
/* Fills the relaxations of an answer without plans; sets unexplained when the work allowed runs out
 * before the conflict is found, and takes what it uses from work. */
void desk_plan_relax (const DeskPlanProblem *problem, DeskPlanAnswer *answer, gint64 *work);

G_END_DECLS
