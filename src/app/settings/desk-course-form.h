/* One template of a course with its steps, in a dialog; saved through the settings page it belongs to. */
#pragma once

#include "desk-course.h"
#include "desk-setup-page.h"

G_BEGIN_DECLS

#define DESK_TYPE_COURSE_FORM (desk_course_form_get_type ())
G_DECLARE_FINAL_TYPE (DeskCourseForm, desk_course_form, DESK, COURSE_FORM, AdwWindow)

/* Lent; closes itself. */
DeskCourseForm *desk_course_form_show (DeskSetupPage *page, const DeskCourseTemplate *course);

/* Saves what was changed elsewhere than in the dialog, with a toast that takes it back. */
void desk_course_form_save (DeskSetupPage *page, const DeskCourseTemplate *course, const DeskCourseTemplate *before, DeskCourseForm *form);

G_END_DECLS
