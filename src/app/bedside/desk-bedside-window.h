/* The bedside: one dose into one patient, step by step, with the clock in sight. It only shows what the flow of
 * domain/desk-bedside-flow.h says, and has the store do it; closed, it loses nothing. */
#pragma once

#include "desk-visit.h"
#include "desk-window.h"

G_BEGIN_DECLS

#define DESK_TYPE_BEDSIDE_WINDOW (desk_bedside_window_get_type ())
G_DECLARE_FINAL_TYPE (DeskBedsideWindow, desk_bedside_window, DESK, BEDSIDE_WINDOW, AdwWindow)

DeskBedsideWindow *desk_bedside_window_show (DeskWindow *window, gint64 visit_id);
gboolean desk_bedside_window_offer (DeskWindow *window, gint64 patient_id, gint64 unit_id);
gboolean desk_bedside_window_serves (const DeskVisit *visit);
void desk_bedside_window_choose (DeskWindow *window);

G_END_DECLS
