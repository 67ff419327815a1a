/* The waiting list in the store, and slots that came free (domain/desk-waiting.h). */
#pragma once

#include "desk-book.h"
#include "desk-waiting.h"

G_BEGIN_DECLS

GPtrArray *desk_waiting_list (DeskDb *db, gboolean with_closed, GError **error) G_GNUC_WARN_UNUSED_RESULT;
GPtrArray *desk_waiting_of_patient (DeskDb *db, gint64 patient_id, GError **error) G_GNUC_WARN_UNUSED_RESULT;
DeskWaiting *desk_waiting_load (DeskDb *db, gint64 id, GError **error) G_GNUC_WARN_UNUSED_RESULT;
gboolean desk_waiting_save (DeskDb *db, DeskWaiting *waiting, GError **error) G_GNUC_WARN_UNUSED_RESULT;
gboolean desk_waiting_close (DeskDb *db, gint64 id, gint64 *version, const char *outcome, GError **error) G_GNUC_WARN_UNUSED_RESULT;

G_END_DECLS
