/* The bank as a tree: tanks, racks, boxes, with how full each is and how many of its doses the search found. */
#pragma once

#include <adwaita.h>

#include "desk-cells.h"

G_BEGIN_DECLS

#define DESK_TYPE_CELLS_TREE (desk_cells_tree_get_type ())
G_DECLARE_FINAL_TYPE (DeskCellsTree, desk_cells_tree, DESK, CELLS_TREE, AdwBin)

void desk_cells_tree_set_reader (DeskCellsTree *self, DeskDb *reader);
void desk_cells_tree_refresh (DeskCellsTree *self);
void desk_cells_tree_set_hits (DeskCellsTree *self, GHashTable *hits);
const DeskContainer *desk_cells_tree_get_selected (DeskCellsTree *self);
gboolean desk_cells_tree_select (DeskCellsTree *self, gint64 container_id);
void desk_cells_tree_select_first_box (DeskCellsTree *self);
gboolean desk_cells_tree_is_empty (DeskCellsTree *self);

G_END_DECLS
