/* The steps of a unit as the page offers them: which, in what words, and the dialog that asks what each needs. */
#pragma once

#include "desk-cells-dialog.h"

G_BEGIN_DECLS

typedef struct
{
  gint64 container_id;
  int row, col;
} DeskCellsTarget;

const char *const *desk_cells_steps (void);
const char *desk_cells_step_words (const char *code);
gboolean desk_cells_step_forward (const char *code);
gboolean desk_cells_step_grave (const char *code);
gboolean desk_cells_step_offered (const DeskUnit *unit, const char *code, DeskDay today);
void desk_cells_step_begin (DeskPage *page, gint64 unit_id, const char *code, const DeskCellsTarget *to);

char *desk_cells_patient_line (DeskDb *db, gint64 patient_id);

G_END_DECLS
