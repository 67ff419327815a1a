/* The part of a step's dialog that is scanned: the dose, the place it is put into, and how long it was out of the cold. */
#pragma once

#include "desk-cells-dialog.h"

G_BEGIN_DECLS

void desk_cells_scanned_ask (DeskCellsDialog *dialog, const DeskUnit *unit, DeskUnitStep step);
void desk_cells_scanned_ask_warm (DeskCellsDialog *dialog);
gboolean desk_cells_scanned_collect (DeskCellsDialog *dialog, char **scanned, char **scanned_place, int *seconds_out);
char *desk_cells_scanned_warning (DeskCellsDialog *dialog);
gboolean desk_cells_scanned_wants_witness (DeskCellsDialog *dialog);

G_END_DECLS
