/* The people who come along with a patient. */
#pragma once

#include "desk-companion.h"
#include "desk-db.h"

G_BEGIN_DECLS

GPtrArray *desk_companion_list (DeskDb *db, gint64 patient_id, gboolean with_removed, GError **error) G_GNUC_WARN_UNUSED_RESULT;
DeskCompanion *desk_companion_load (DeskDb *db, gint64 id, GError **error) G_GNUC_WARN_UNUSED_RESULT;
gboolean desk_companion_save (DeskDb *db, DeskCompanion *companion, GError **error) G_GNUC_WARN_UNUSED_RESULT;
gboolean desk_companion_insert (DeskDb *db, DeskCompanion *companion, GError **error) G_GNUC_WARN_UNUSED_RESULT;
gboolean desk_companion_remove (DeskDb *db, gint64 id, gint64 *version, gboolean removed, GError **error) G_GNUC_WARN_UNUSED_RESULT;
gboolean desk_companion_find_patient (DeskDb *db, const DeskCompanion *companion, gint64 *patient_id, char **name, GError **error) G_GNUC_WARN_UNUSED_RESULT;

G_END_DECLS
