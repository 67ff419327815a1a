/* What the planner is asked: course, where the cells come from, gaps, days and buffers, filled from the record; the
 * patient's own days; and what else applies and why. */
#pragma once

#include "desk-page.h"
#include "desk-plan-problem.h"

G_BEGIN_DECLS

#define DESK_TYPE_PLAN_QUESTION (desk_plan_question_get_type ())
G_DECLARE_FINAL_TYPE (DeskPlanQuestion, desk_plan_question, DESK, PLAN_QUESTION, AdwBin)

DeskPlanQuestion *desk_plan_question_new (void);
void desk_plan_question_set_templates (DeskPlanQuestion *self, GPtrArray *templates);
void desk_plan_question_reset (DeskPlanQuestion *self);
gboolean desk_plan_question_collect (DeskPlanQuestion *self, DeskPlanOptions *options);
void desk_plan_question_fill (DeskPlanQuestion *self, const DeskPlanFile *file);
void desk_plan_question_show_windows (DeskPlanQuestion *self, const GPtrArray *windows, gboolean read_only);
gboolean desk_plan_question_focus (DeskPlanQuestion *self, DeskPlanRule rule);
void desk_plan_question_say (DeskPlanQuestion *self, const DeskProblems *problems);
GtkWidget *desk_plan_question_input (DeskPlanQuestion *self, const char *name);

char *desk_plan_question_words (const DeskProblems *problems);

G_END_DECLS
