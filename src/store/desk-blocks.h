/* Blocks: times of the clinic or of one of its rooms, chairs and people that are not for visits. */
#pragma once

#include "desk-db.h"
#include "desk-hours.h"

G_BEGIN_DECLS

/* DeskTimeBlock that are on some day from first to last, both in it, by their first day. */
GPtrArray *desk_time_block_list (DeskDb *db, DeskDay first, DeskDay last, GError **error) G_GNUC_WARN_UNUSED_RESULT;
DeskTimeBlock *desk_time_block_load (DeskDb *db, gint64 id, GError **error) G_GNUC_WARN_UNUSED_RESULT;
/* Adds a block (id 0) or changes one; fills id and version. DESK_ERROR_CONFLICT when somebody changed or removed it since. */
gboolean desk_time_block_save (DeskDb *db, DeskTimeBlock *block, GError **error) G_GNUC_WARN_UNUSED_RESULT;
/* Takes a block away; the row stays for the record, and a new version brings it back. */
gboolean desk_time_block_remove (DeskDb *db, DeskTimeBlock *block, gint64 now, GError **error) G_GNUC_WARN_UNUSED_RESULT;
gboolean desk_time_block_restore (DeskDb *db, DeskTimeBlock *block, GError **error) G_GNUC_WARN_UNUSED_RESULT;

G_END_DECLS
