/* A walk through the bank in the order in which one stands before it: what stands in a container, rack by rack, box by
 * box. Lists to be emptied, counted or printed follow it. */
#pragma once

#include "desk-container.h"
#include "desk-db.h"

G_BEGIN_DECLS

typedef struct
{
  gint64 id, parent_id;
  char *kind, *name;
  char *place;         /* below the top of the walk, itself last: "Rack 2 › Box 4"; the top's own name for the top */
  char *layout;
  int rows, cols, levels;
  char *row_scheme, *col_scheme, *fill_order, *cold_class, *allowed_kinds;
  gboolean quarantine_only, biohazard_only;
  int depth;           /* 0 for the top */
  gboolean in_service;
} DeskWalkStop;

void desk_walk_stop_free (DeskWalkStop *stop);
GPtrArray *desk_bank_walk (DeskDb *db, gint64 top, GError **error) G_GNUC_WARN_UNUSED_RESULT;
gboolean desk_walk_stop_is_box (const DeskWalkStop *stop);
DeskContainer desk_walk_stop_container (const DeskWalkStop *stop);
char *desk_walk_position (const DeskWalkStop *stop, int row, int col);
char *desk_bank_position (DeskDb *db, gint64 container_id, int row, int col, GError **error) G_GNUC_WARN_UNUSED_RESULT;
char *desk_bank_place (DeskDb *db, gint64 container_id, gint64 below, GError **error) G_GNUC_WARN_UNUSED_RESULT;

G_END_DECLS
