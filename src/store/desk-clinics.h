/* The clinic's own record, staff, closed days. */
#pragma once

#include "desk-clinic.h"
#include "desk-db.h"

G_BEGIN_DECLS

DeskClinic *desk_clinic_load (DeskDb *db, GError **error) G_GNUC_WARN_UNUSED_RESULT;
gboolean desk_clinic_save (DeskDb *db, DeskClinic *clinic, GError **error) G_GNUC_WARN_UNUSED_RESULT;
GTimeZone *desk_clinic_zone (DeskDb *db, GError **error) G_GNUC_WARN_UNUSED_RESULT;
GPtrArray *desk_staff_list (DeskDb *db, gboolean active_only, GError **error) G_GNUC_WARN_UNUSED_RESULT;
gboolean desk_staff_add (DeskDb *db, DeskStaff *staff, GError **error) G_GNUC_WARN_UNUSED_RESULT;
gboolean desk_closed_day_add (DeskDb *db, DeskDay day, const char *reason, GError **error) G_GNUC_WARN_UNUSED_RESULT;
gboolean desk_closed_day_reason (DeskDb *db, DeskDay day, char **reason, GError **error) G_GNUC_WARN_UNUSED_RESULT;
gboolean desk_counter_next (DeskDb *db, const char *name, gint64 *number, GError **error) G_GNUC_WARN_UNUSED_RESULT;

G_END_DECLS
