/* The look-backs of the clinic, open ones first, and one of them. */
#pragma once

#include "desk-cells-way.h"

G_BEGIN_DECLS

#define DESK_TYPE_CELLS_LOOKBACKS (desk_cells_lookbacks_get_type ())
G_DECLARE_FINAL_TYPE (DeskCellsLookbacks, desk_cells_lookbacks, DESK, CELLS_LOOKBACKS, DeskCellsWay)

G_END_DECLS
