/* The culture lots: a list of any length, and the page of one lot with its results and units. */
#pragma once

#include "desk-cells-way.h"

G_BEGIN_DECLS

#define DESK_TYPE_CELLS_LOTS (desk_cells_lots_get_type ())
G_DECLARE_FINAL_TYPE (DeskCellsLots, desk_cells_lots, DESK, CELLS_LOTS, DeskCellsWay)

G_END_DECLS
