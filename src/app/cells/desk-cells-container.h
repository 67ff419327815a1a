/* Containers made, changed and retired, at any depth of the bank. */
#pragma once

#include "desk-cells-dialog.h"

G_BEGIN_DECLS

void desk_cells_container_new (DeskPage *page, gint64 parent_id);
void desk_cells_container_edit (DeskPage *page, gint64 id);
void desk_cells_container_retire (DeskPage *page, gint64 id);
void desk_cells_place_block (DeskPage *page, gint64 container_id, int row, int col);
void desk_cells_place_unblock (DeskPage *page, gint64 container_id, int row, int col);

G_END_DECLS
