/* What the clinic asks of its lots: limits of the tests, benches and devices, and the numbers of its plan. */
#pragma once

#include "desk-setup-page.h"

G_BEGIN_DECLS

#define DESK_TYPE_CELL_PAGE (desk_cell_page_get_type ())
G_DECLARE_FINAL_TYPE (DeskCellPage, desk_cell_page, DESK, CELL_PAGE, DeskSetupPage)

G_END_DECLS
