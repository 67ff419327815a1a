/* What a patient was asked for: the text as it was sent, and the papers that are waited for from then on. */
#pragma once

#include "desk-chase.h"
#include "desk-db.h"

G_BEGIN_DECLS

gboolean desk_chase_record (DeskDb *db, gint64 patient_id, const char *came_by, const char *language, const GArray *items, const char *body, DeskDay due, GArray *papers, GError **error) G_GNUC_WARN_UNUSED_RESULT;
gboolean desk_chase_take_back (DeskDb *db, gint64 patient_id, const GArray *papers, GError **error) G_GNUC_WARN_UNUSED_RESULT;

G_END_DECLS
