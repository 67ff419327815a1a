/* The day or the week, drawn by one widget: columns with sticky headings, rows of 5, 10 or 15 minutes, a box
 * for each visit, a cursor for the keyboard. It knows no store: it tells what the person wants by signals.
 *
 *   slot-activated (uint column, int minute)             create something there
 *   visit-activated (int64 visit)                        show it
 *   visit-dropped (int64 visit, uint from column, uint column, int minute, int minutes)
 *   cursor-moved ()                                      the sentence has changed */
#pragma once

#include <gtk/gtk.h>

#include "desk-book-board.h"

G_BEGIN_DECLS

#define DESK_TYPE_BOOK_GRID (desk_book_grid_get_type ())
G_DECLARE_FINAL_TYPE (DeskBookGrid, desk_book_grid, DESK, BOOK_GRID, GtkWidget)

/* What stands against a visit there, in words; NULL when nothing does. The caller frees it. */
typedef char *(*DeskBookCheckFunc) (gint64 visit_id, guint from_column, guint column, int minute, int minutes, gboolean *blocks, gpointer user_data);

void desk_book_grid_set_check (DeskBookGrid *self, DeskBookCheckFunc check, gpointer user_data);
void desk_book_grid_set_board (DeskBookGrid *self, DeskBookBoard *board);
const DeskBookBoard *desk_book_grid_get_board (DeskBookGrid *self);
void desk_book_grid_set_rows (DeskBookGrid *self, int minutes);
guint desk_book_grid_get_laid_out (DeskBookGrid *self);
int desk_book_grid_get_rows (DeskBookGrid *self);
void desk_book_grid_set_cut (DeskBookGrid *self, gint64 visit_id);
gboolean desk_book_grid_cancel_drag (DeskBookGrid *self);
void desk_book_grid_set_read_only (DeskBookGrid *self, gboolean read_only);

gint64 desk_book_grid_get_visit (DeskBookGrid *self);
void desk_book_grid_get_slot (DeskBookGrid *self, guint *column, int *minute);
gboolean desk_book_grid_slot_at (DeskBookGrid *self, double x, double y, guint *column, int *minute);
void desk_book_grid_select (DeskBookGrid *self, gint64 visit_id);
void desk_book_grid_select_slot (DeskBookGrid *self, guint column, int minute);
void desk_book_grid_scroll_to_minute (DeskBookGrid *self, int minute);
void desk_book_grid_get_cursor_area (DeskBookGrid *self, GdkRectangle *area);
const char *desk_book_grid_get_sentence (DeskBookGrid *self);

G_END_DECLS
