/* The plans of a patient that were kept: what each is, what of it is booked, which day moved under it, and what can be
 * done about it. */
#pragma once

#include <adwaita.h>

#include "desk-plans.h"

G_BEGIN_DECLS

#define DESK_TYPE_PLAN_KEPT (desk_plan_kept_get_type ())
G_DECLARE_FINAL_TYPE (DeskPlanKept, desk_plan_kept, DESK, PLAN_KEPT, AdwBin)

DeskPlanKept *desk_plan_kept_new (void);
gboolean desk_plan_kept_show (DeskPlanKept *self, DeskDb *db, gint64 patient_id, gboolean read_only, GError **error);
char *desk_plan_red_words (const DeskPlanRed *red);

G_END_DECLS
