/* The dialogs of a lot (result, harvest, filling, hold), of a new lot, and of a new tank. */
#pragma once

#include "desk-cells.h"
#include "desk-page.h"

G_BEGIN_DECLS

void desk_cells_lot_form (DeskPage *page, const DeskLot *lot, const char *code);
void desk_cells_new_lot (DeskPage *page);
void desk_cells_new_tank (DeskPage *page);

G_END_DECLS
