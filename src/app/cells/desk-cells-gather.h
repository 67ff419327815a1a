/* Units gathered in a dialog: scanned or typed one after the other, with a list of what was read. */
#pragma once

#include "desk-cells-dialog.h"
#include "desk-scan.h"

G_BEGIN_DECLS

typedef struct
{
  const char *name;                                                    /* of the list, for who cannot see it */
  const char *full;                                                    /* said when no more are taken */
  char *(*line) (DeskCellsDialog *dialog, const DeskUnit *unit, guint n); /* of the list; the caller frees it */
  const char *(*refuse) (DeskCellsDialog *dialog, const DeskUnit *unit);  /* why not, in words; NULL when it may come in */
  void (*changed) (DeskCellsDialog *dialog);                           /* the list is another; NULL for nothing to do */
  gboolean (*other) (DeskCellsDialog *dialog, const DeskScan *scan);   /* a code that is no unit's; NULL for none */
} DeskGather;

void desk_cells_gather_add (DeskCellsDialog *dialog, const DeskGather *gather);
const GPtrArray *desk_cells_gather_units (DeskCellsDialog *dialog);
void desk_cells_gather_show (DeskCellsDialog *dialog);
gboolean desk_cells_gather_ready (DeskCellsDialog *dialog);

G_END_DECLS
