/* The map of a box: one widget that draws its places, with a keyboard cursor. */
#pragma once

#include <gtk/gtk.h>

#include "desk-cells.h"

G_BEGIN_DECLS

#define DESK_TYPE_CELLS_MAP (desk_cells_map_get_type ())
G_DECLARE_FINAL_TYPE (DeskCellsMap, desk_cells_map, DESK, CELLS_MAP, GtkWidget)

void desk_cells_map_set_box (DeskCellsMap *self, const char *path, const DeskContainer *container, GPtrArray *units, GPtrArray *children, GPtrArray *blocks, DeskDay today);
void desk_cells_map_set_matches (DeskCellsMap *self, GHashTable *unit_ids);
void desk_cells_map_set_hits (DeskCellsMap *self, GHashTable *hits);
void desk_cells_map_set_in_hand (DeskCellsMap *self, gint64 unit_id, gint64 container_id);
void desk_cells_map_get_cursor (DeskCellsMap *self, int *row, int *col);
void desk_cells_map_set_cursor (DeskCellsMap *self, int row, int col);
const DeskContainer *desk_cells_map_get_container (DeskCellsMap *self, int row, int col);
const char *desk_cells_map_get_block (DeskCellsMap *self, int row, int col);
gboolean desk_cells_map_is_free (DeskCellsMap *self, int row, int col);
const DeskUnit *desk_cells_map_get_unit (DeskCellsMap *self, int row, int col);
const char *desk_cells_map_get_sentence (DeskCellsMap *self);

G_END_DECLS
