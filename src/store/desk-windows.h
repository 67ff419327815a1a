/* The days a patient can come to Japan, and those of chemotherapy and the like. */
#pragma once

#include "desk-db.h"
#include "desk-patient-window.h"

G_BEGIN_DECLS

GPtrArray *desk_patient_window_list (DeskDb *db, gint64 patient_id, gboolean with_removed, GError **error) G_GNUC_WARN_UNUSED_RESULT;
DeskPatientWindow *desk_patient_window_load (DeskDb *db, gint64 id, GError **error) G_GNUC_WARN_UNUSED_RESULT;
gboolean desk_patient_window_save (DeskDb *db, DeskPatientWindow *window, GError **error) G_GNUC_WARN_UNUSED_RESULT;
gboolean desk_patient_window_remove (DeskDb *db, gint64 id, gint64 *version, gboolean removed, GError **error) G_GNUC_WARN_UNUSED_RESULT;

G_END_DECLS
