/* The clinic's templates of courses (domain/desk-course.h): read and kept. */
#pragma once

#include "desk-course.h"
#include "desk-db.h"

G_BEGIN_DECLS

/* Templates in their order, with steps and how many courses were made from each; only those in use when active_only. */
GPtrArray *desk_course_template_list (DeskDb *db, gboolean active_only, GError **error) G_GNUC_WARN_UNUSED_RESULT;
/* One, in use or not; DESK_ERROR_NOT_FOUND. */
DeskCourseTemplate *desk_course_template_load (DeskDb *db, const char *code, GError **error) G_GNUC_WARN_UNUSED_RESULT;
/* The same, but NULL without error when there is no such template: for what old courses name. */
gboolean desk_course_template_find (DeskDb *db, const char *code, DeskCourseTemplate **course, GError **error) G_GNUC_WARN_UNUSED_RESULT;

/* Saves a template with its steps; a new one (version 0) goes to the end and gets a code when it has none. Fills code,
 * position and version. CONFLICT when somebody changed it since; REFUSED ("template-used") when a step that patients'
 * visits were made from would be another kind of visit or be gone. The template was checked. */
gboolean desk_course_template_save (DeskDb *db, DeskCourseTemplate *course, GError **error) G_GNUC_WARN_UNUSED_RESULT;
/* Takes away one from which no course was made; REFUSED ("template-used") otherwise: it can be put out of use. */
gboolean desk_course_template_remove (DeskDb *db, const char *code, gint64 version, GError **error) G_GNUC_WARN_UNUSED_RESULT;

G_END_DECLS
