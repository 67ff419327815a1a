/* What the files of the cells share. */
#pragma once

#include "desk-cells.h"

G_BEGIN_DECLS

gboolean desk_cells_today (DeskDb *db, gint64 at, DeskDay *today, GError **error) G_GNUC_WARN_UNUSED_RESULT;
gboolean desk_refuse (GError **error, const char *code);
gboolean desk_place_open (DeskDb *db, gint64 unit_id, gint64 container_id, int row, int col, gint64 at, gint64 performer, gint64 witness, GError **error) G_GNUC_WARN_UNUSED_RESULT;
gboolean desk_place_end (DeskDb *db, gint64 unit_id, gint64 at, gint64 performer, GError **error) G_GNUC_WARN_UNUSED_RESULT;
gboolean desk_changed_units_of_lot (DeskDb *db, DeskTxn *txn, gint64 lot_id, GError **error) G_GNUC_WARN_UNUSED_RESULT;

/* of the bank alone */
GPtrArray *desk_container_with_room (DeskDb *db, gint64 parent_id, GError **error) G_GNUC_WARN_UNUSED_RESULT;
guint8 *desk_places_taken (DeskDb *db, const DeskContainer *container, GError **error) G_GNUC_WARN_UNUSED_RESULT;
void desk_place_name_occupant (DeskDb *db, const DeskContainer *container, int row, int col, GError **error);

G_END_DECLS
