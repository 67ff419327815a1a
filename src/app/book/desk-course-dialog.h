/* Lays a whole course onto free times, shows every visit of it, and books all or nothing. */
#pragma once

#include "desk-page.h"

G_BEGIN_DECLS

#define DESK_TYPE_COURSE_DIALOG (desk_course_dialog_get_type ())
G_DECLARE_FINAL_TYPE (DeskCourseDialog, desk_course_dialog, DESK, COURSE_DIALOG, AdwWindow)

DeskCourseDialog *desk_course_dialog_show (DeskPage *page, DeskDay day, gint64 patient_id);

G_END_DECLS
