/* One look-back: what it is about, its clocks, and all it reaches, each to be decided on. */
#pragma once

#include "desk-page.h"

G_BEGIN_DECLS

#define DESK_TYPE_CELLS_LOOKBACK (desk_cells_lookback_get_type ())
G_DECLARE_FINAL_TYPE (DeskCellsLookback, desk_cells_lookback, DESK, CELLS_LOOKBACK, AdwBin)

void desk_cells_lookback_set_page (DeskCellsLookback *self, DeskPage *page);
gboolean desk_cells_lookback_show (DeskCellsLookback *self, gint64 id);
void desk_cells_lookback_refresh (DeskCellsLookback *self);
void desk_cells_lookback_enter (DeskCellsLookback *self);

G_END_DECLS
