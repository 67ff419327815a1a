/* The Tanks way of the Cells page: what each tank's checks say, recording them, and a tank that is down. */
#pragma once

#include "desk-cells-way.h"

G_BEGIN_DECLS

#define DESK_TYPE_CELLS_TANKS (desk_cells_tanks_get_type ())
G_DECLARE_FINAL_TYPE (DeskCellsTanks, desk_cells_tanks, DESK, CELLS_TANKS, DeskCellsWay)

G_END_DECLS
