/* A visit of the board, or the free slot under the cursor, as a widget nobody sees: it lies where the grid draws the
 * box, has the focus and the sentence a screen reader speaks. GTK 4.8 has no other way to name a part of a picture. */
#pragma once

#include <gtk/gtk.h>

G_BEGIN_DECLS

#define DESK_TYPE_BOOK_CELL (desk_book_cell_get_type ())
G_DECLARE_FINAL_TYPE (DeskBookCell, desk_book_cell, DESK, BOOK_CELL, GtkWidget)

DeskBookCell *desk_book_cell_new (gint64 visit_id, guint column);
gint64 desk_book_cell_get_visit (DeskBookCell *self);
guint desk_book_cell_get_column (DeskBookCell *self);
void desk_book_cell_say (DeskBookCell *self, const char *sentence);
const char *desk_book_cell_get_sentence (DeskBookCell *self);

G_END_DECLS
