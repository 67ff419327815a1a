/* The culture lots: a list of any length, and the page of one lot with its results and units. */
#pragma once

#include "desk-page.h"

G_BEGIN_DECLS

#define DESK_TYPE_CELLS_LOTS (desk_cells_lots_get_type ())
G_DECLARE_FINAL_TYPE (DeskCellsLots, desk_cells_lots, DESK, CELLS_LOTS, AdwBin)

void desk_cells_lots_set_page (DeskCellsLots *self, DeskPage *page);
void desk_cells_lots_refresh (DeskCellsLots *self);
void desk_cells_lots_search (DeskCellsLots *self, const char *text);
void desk_cells_lots_show (DeskCellsLots *self, gint64 lot_id);
gboolean desk_cells_lots_back (DeskCellsLots *self);
void desk_cells_lots_enter (DeskCellsLots *self);
gint64 desk_cells_lots_get_lot (DeskCellsLots *self);

G_END_DECLS
