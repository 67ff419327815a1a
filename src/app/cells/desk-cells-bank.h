/* The bank: the tree of containers, the map of the box that is chosen, the dose in hand. */
#pragma once

#include "desk-page.h"

G_BEGIN_DECLS

#define DESK_TYPE_CELLS_BANK (desk_cells_bank_get_type ())
G_DECLARE_FINAL_TYPE (DeskCellsBank, desk_cells_bank, DESK, CELLS_BANK, AdwBin)

void desk_cells_bank_set_page (DeskCellsBank *self, DeskPage *page);
void desk_cells_bank_refresh (DeskCellsBank *self);
void desk_cells_bank_search (DeskCellsBank *self, const char *text);
gboolean desk_cells_bank_next_match (DeskCellsBank *self);
gboolean desk_cells_bank_show_container (DeskCellsBank *self, gint64 container_id);
gboolean desk_cells_bank_show_place (DeskCellsBank *self, gint64 container_id, int row, int col);
void desk_cells_bank_cut (DeskCellsBank *self);
void desk_cells_bank_paste (DeskCellsBank *self);
gboolean desk_cells_bank_let_go (DeskCellsBank *self);
void desk_cells_bank_enter (DeskCellsBank *self);

G_END_DECLS
