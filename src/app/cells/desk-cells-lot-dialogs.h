/* The dialogs of a lot from its results to its release: one row in a table each. */
#pragma once

#include "desk-cells-dialog.h"

G_BEGIN_DECLS

/* What a dialog asks the store for; owns its texts. */
typedef struct
{
  gint64 lot_id, by, witness, id, other_id;
  GArray *units;   /* of gint64 */
  GPtrArray *texts; /* owned, in the order of the dialog */
  DeskDoseBasis basis;
  gboolean flag;
} DeskLotAct;

typedef struct
{
  const char *code, *title, *submit;
  gboolean grave;
  /* Adds the rows. FALSE when there is nothing to ask: it has said so. */
  gboolean (*ask) (DeskCellsDialog *dialog, const DeskLot *lot);
  /* Reads the rows; FALSE after a refusal. */
  gboolean (*collect) (DeskCellsDialog *dialog, DeskLotAct *act);
  gboolean (*work) (DeskDb *db, const DeskLotAct *act, GError **error);
} DeskLotDialog;

extern const DeskLotDialog desk_cells_result_dialogs[], desk_cells_release_dialogs[], desk_cells_material_dialogs[], desk_cells_consent_dialogs[];

char *desk_cells_consent_words (DeskPage *page, gint64 patient_id, gboolean *stands);
gboolean desk_cells_lot_dialog (DeskPage *page, const DeskLot *lot, const char *code);
const char *desk_lot_act_text (const DeskLotAct *act, guint n);
gboolean desk_lot_act_read (DeskCellsDialog *dialog, DeskLotAct *act, const char *key, gboolean needed);
gboolean desk_lot_act_read_day (DeskCellsDialog *dialog, DeskLotAct *act, const char *key, gboolean needed);

G_END_DECLS
