/* What was read from passports: a journal, of which the newest counts. */
#pragma once

#include "desk-db.h"
#include "desk-passport.h"

G_BEGIN_DECLS

GPtrArray *desk_passport_list (DeskDb *db, gint64 patient_id, GError **error) G_GNUC_WARN_UNUSED_RESULT;
gboolean desk_passport_add (DeskDb *db, DeskPassportReading *reading, GError **error) G_GNUC_WARN_UNUSED_RESULT;
gboolean desk_passport_insert (DeskDb *db, DeskPassportReading *reading, GError **error) G_GNUC_WARN_UNUSED_RESULT;

G_END_DECLS
