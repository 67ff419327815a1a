/* Plans for everybody who waits for treatment, over the same chairs: one run with its progress, what each gets and how
 * far that is from what he would have alone, and all of it kept as proposals. */
#pragma once

#include "desk-page.h"

G_BEGIN_DECLS

#define DESK_TYPE_PLAN_ALL_WINDOW (desk_plan_all_window_get_type ())
G_DECLARE_FINAL_TYPE (DeskPlanAllWindow, desk_plan_all_window, DESK, PLAN_ALL_WINDOW, AdwWindow)

DeskPlanAllWindow *desk_plan_all_window_show (DeskPage *page);

G_END_DECLS
