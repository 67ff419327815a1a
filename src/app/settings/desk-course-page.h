/* The clinic's templates of courses: which there are, which are offered, a copy of one, and the way to its steps. */
#pragma once

#include "desk-setup-page.h"

G_BEGIN_DECLS

#define DESK_TYPE_COURSE_PAGE (desk_course_page_get_type ())
G_DECLARE_FINAL_TYPE (DeskCoursePage, desk_course_page, DESK, COURSE_PAGE, DeskSetupPage)

G_END_DECLS
