/* Books one visit: patient, type, time, room, chair and person, with what stands against it said while typing. */
#pragma once

#include "desk-page.h"
#include "desk-visit.h"

G_BEGIN_DECLS

#define DESK_TYPE_VISIT_DIALOG (desk_visit_dialog_get_type ())
G_DECLARE_FINAL_TYPE (DeskVisitDialog, desk_visit_dialog, DESK, VISIT_DIALOG, AdwWindow)

DeskVisitDialog *desk_visit_dialog_show (DeskPage *page, DeskDay day, int minute, gint64 resource_id, gint64 patient_id);
DeskVisitDialog *desk_visit_dialog_show_type (DeskPage *page, DeskDay day, int minute, gint64 resource_id, gint64 patient_id, const char *type);

DeskVisitDialog *desk_visit_dialog_show_move (DeskPage *page, const DeskVisit *visit);
DeskVisitDialog *desk_visit_dialog_show_move_to (DeskPage *page, const DeskVisit *visit, const DeskVisit *wanted, DeskDay day, int minute);

G_END_DECLS
