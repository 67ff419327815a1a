/* What the files of the cells share. */
#pragma once

#include "desk-cells.h"

G_BEGIN_DECLS

gboolean desk_cells_today (DeskDb *db, gint64 at, DeskDay *today, GError **error) G_GNUC_WARN_UNUSED_RESULT;
gboolean desk_cells_day_end (DeskDb *db, const char *iso, gint64 *instant, GError **error) G_GNUC_WARN_UNUSED_RESULT;
gboolean desk_refuse (GError **error, const char *code);
/* Puts act's unit into act's place. */
gboolean desk_place_open (DeskDb *db, const DeskUnitAct *act, gint64 at, GError **error) G_GNUC_WARN_UNUSED_RESULT;
gboolean desk_place_end (DeskDb *db, gint64 unit_id, gint64 at, gint64 performer, GError **error) G_GNUC_WARN_UNUSED_RESULT;

/* One step of an axis, after the newest event seq. */
typedef struct
{
  const char *axis, *from_state, *to_state;
  int seq;
} DeskUnitMoved;
gboolean desk_unit_add_event (DeskDb *db, gint64 unit_id, const DeskUnitMoved *event, const DeskUnitAct *act, gint64 at, GError **error) G_GNUC_WARN_UNUSED_RESULT;
gboolean desk_unit_check_saw (DeskDb *db, const DeskUnit *unit, const DeskUnitAct *act, GError **error) G_GNUC_WARN_UNUSED_RESULT;
gint64 desk_cells_now (gint64 at);
gboolean desk_changed_units_of_lot (DeskDb *db, DeskTxn *txn, gint64 lot_id, GError **error) G_GNUC_WARN_UNUSED_RESULT;

/* of the bank alone */
GPtrArray *desk_container_with_room (DeskDb *db, gint64 parent_id, GError **error) G_GNUC_WARN_UNUSED_RESULT;
guint8 *desk_places_taken (DeskDb *db, const DeskContainer *container, GError **error) G_GNUC_WARN_UNUSED_RESULT;
void desk_place_name_occupant (DeskDb *db, const DeskContainer *container, int row, int col, GError **error);

G_END_DECLS
