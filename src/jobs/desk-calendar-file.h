/* A patient's visits as an iCalendar file (RFC 5545) for the patient's own calendar. Calendars are seen by others: it
 * says when and where, and nothing of the illness, the treatment or the cells. */
#pragma once

#include "desk-db.h"

G_BEGIN_DECLS

char *desk_calendar_text (DeskDb *db, gint64 patient_id, gint64 now, GError **error) G_GNUC_WARN_UNUSED_RESULT;
gboolean desk_calendar_write (DeskDb *db, gint64 patient_id, gint64 now, const char *path, gboolean overwrite, GError **error) G_GNUC_WARN_UNUSED_RESULT;

G_END_DECLS
