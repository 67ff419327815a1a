/* A plan of trips as a picture on an axis of days: stays as bars, draws as squares, infusions as discs, the culture as
 * the line between them; closed days, days without visits and days the patient cannot come behind. Several under one
 * another with the same frame can be compared. Arrow keys go from visit to visit. */
#pragma once

#include <gtk/gtk.h>

#include "desk-planner.h"

G_BEGIN_DECLS

/* What pictures that are compared share. */
typedef struct _DeskPlanFrame DeskPlanFrame;

DeskPlanFrame *desk_plan_frame_new (const DeskPlanProblem *problem, const GPtrArray *plans, GHashTable *doses);
DeskPlanFrame *desk_plan_frame_ref (DeskPlanFrame *frame);
void desk_plan_frame_unref (DeskPlanFrame *frame);

G_DEFINE_AUTOPTR_CLEANUP_FUNC (DeskPlanFrame, desk_plan_frame_unref)

#define DESK_TYPE_PLAN_PICTURE (desk_plan_picture_get_type ())
G_DECLARE_FINAL_TYPE (DeskPlanPicture, desk_plan_picture, DESK, PLAN_PICTURE, GtkWidget)

GtkWidget *desk_plan_picture_new (DeskPlanFrame *frame, const DeskPlan *plan);
GtkWidget *desk_plan_axis_new (DeskPlanFrame *frame);
GtkWidget *desk_plan_legend_new (DeskPlanFrame *frame);
int desk_plan_picture_get_visit (DeskPlanPicture *self);

G_END_DECLS
