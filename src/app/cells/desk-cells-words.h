/* How cells are written on the page: signs, places, and a dose never without its patient. */
#pragma once

#include <gtk/gtk.h>

#include "desk-cells.h"

G_BEGIN_DECLS

/* The sign of a headline: letter and colour together, never colour alone. */
typedef struct
{
  const char *headline, *letter;
  GdkRGBA color;
  gboolean dark_letter; /* black on the colour; otherwise white */
} DeskCellSign;

const DeskCellSign *desk_cells_sign (const char *headline);
const char *desk_cells_headline (const char *code);
char *desk_cells_legend (void);
char *desk_cells_initials (const char *name);
const char *desk_cells_tail (const char *number);
char *desk_cells_unit_line (const DeskUnit *unit);
char *desk_cells_path (DeskDb *db, gint64 container_id);
char *desk_cells_place (DeskDb *db, gint64 container_id, int row, int col);
char *desk_cells_conflict (const GError *error, GTimeZone *zone);
char *desk_cells_hold (const DeskHold *hold);
char *desk_cells_sentence (const char *path, const char *place, const DeskUnit *unit, DeskDay today);
char *desk_cells_container_sentence (const char *path, const char *place, const DeskContainer *container);

G_END_DECLS
