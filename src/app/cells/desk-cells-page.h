#pragma once

#include "desk-page.h"

G_BEGIN_DECLS

#define DESK_TYPE_CELLS_PAGE (desk_cells_page_get_type ())
G_DECLARE_FINAL_TYPE (DeskCellsPage, desk_cells_page, DESK, CELLS_PAGE, DeskPage)

G_END_DECLS
