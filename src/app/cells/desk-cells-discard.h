/* What throwing a unit away asks: why and how, the paper it rests on, who agrees, and whether the patient knows. */
#pragma once

#include "desk-cells-dialog.h"

G_BEGIN_DECLS

void desk_cells_discard_ask (DeskCellsDialog *dialog, const DeskUnit *unit);
gboolean desk_cells_discard_collect (DeskCellsDialog *dialog, const DeskUnit *unit, DeskDiscard *discard);

G_END_DECLS
