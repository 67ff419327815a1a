/* The Shipments way of the Cells page: what is on its way, sent and received by two people. */
#pragma once

#include "desk-cells-way.h"

G_BEGIN_DECLS

#define DESK_TYPE_CELLS_SHIPMENTS (desk_cells_shipments_get_type ())
G_DECLARE_FINAL_TYPE (DeskCellsShipments, desk_cells_shipments, DESK, CELLS_SHIPMENTS, DeskCellsWay)

G_END_DECLS
