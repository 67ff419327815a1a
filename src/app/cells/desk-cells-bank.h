/* The bank: the tree of containers, the map of the box that is chosen, the dose in hand. */
#pragma once

#include "desk-cells-way.h"

G_BEGIN_DECLS

#define DESK_TYPE_CELLS_BANK (desk_cells_bank_get_type ())
G_DECLARE_FINAL_TYPE (DeskCellsBank, desk_cells_bank, DESK, CELLS_BANK, DeskCellsWay)

void desk_cells_bank_cut (DeskCellsBank *self);
void desk_cells_bank_paste (DeskCellsBank *self);

G_END_DECLS
