/* One unit: what it is, whose it is, where it stands on every axis, what can be done with it, what was done. */
#pragma once

#include "desk-page.h"

G_BEGIN_DECLS

#define DESK_TYPE_CELLS_PANEL (desk_cells_panel_get_type ())
G_DECLARE_FINAL_TYPE (DeskCellsPanel, desk_cells_panel, DESK, CELLS_PANEL, AdwBin)

void desk_cells_panel_set_page (DeskCellsPanel *self, DeskPage *page);
void desk_cells_panel_show (DeskCellsPanel *self, gint64 unit_id);
void desk_cells_panel_refresh (DeskCellsPanel *self);
void desk_cells_panel_enter (DeskCellsPanel *self);
gint64 desk_cells_panel_get_unit (DeskCellsPanel *self);

G_END_DECLS
