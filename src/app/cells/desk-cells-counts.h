/* The Stocktake way of the Cells page: all counts; one that is being scanned; what one found. */
#pragma once

#include "desk-cells-way.h"

G_BEGIN_DECLS

#define DESK_TYPE_CELLS_COUNTS (desk_cells_counts_get_type ())
G_DECLARE_FINAL_TYPE (DeskCellsCounts, desk_cells_counts, DESK, CELLS_COUNTS, DeskCellsWay)

G_END_DECLS
