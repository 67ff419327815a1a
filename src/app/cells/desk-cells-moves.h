/* Containers moved whole, and units put away many at once. */
#pragma once

#include "desk-cells-steps.h"

G_BEGIN_DECLS

void desk_cells_container_move (DeskPage *page, gint64 id, const DeskCellsTarget *to);
void desk_cells_container_empty (DeskPage *page, gint64 id);
void desk_cells_put_away (DeskPage *page, gint64 container_id);

G_END_DECLS
