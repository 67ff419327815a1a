/* One lot: its dates, its results with their limits, its units, and what can be done with it. */
#pragma once

#include "desk-page.h"

G_BEGIN_DECLS

#define DESK_TYPE_CELLS_LOT (desk_cells_lot_get_type ())
G_DECLARE_FINAL_TYPE (DeskCellsLot, desk_cells_lot, DESK, CELLS_LOT, AdwBin)

void desk_cells_lot_set_page (DeskCellsLot *self, DeskPage *page);
void desk_cells_lot_show (DeskCellsLot *self, gint64 lot_id);
void desk_cells_lot_refresh (DeskCellsLot *self);

G_END_DECLS
