/* The black-out pack: what one needs of the bank when no computer runs. Maps of all boxes that are used, the doses of
 * each patient, telephone numbers, the head of the audit chain. */
#pragma once

#include "desk-db.h"

G_BEGIN_DECLS

#define DESK_BLACKOUT_HOUR 20 /* of the clinic's day: from then on the night's pack is written */
#define DESK_BLACKOUT_KEPT 7

gboolean desk_blackout_write (DeskDb *db, const char *path, gboolean overwrite, GError **error) G_GNUC_WARN_UNUSED_RESULT;
gboolean desk_blackout_nightly (DeskDb *db, const char *folder, gint64 now, gboolean *written, GError **error) G_GNUC_WARN_UNUSED_RESULT;

G_END_DECLS
