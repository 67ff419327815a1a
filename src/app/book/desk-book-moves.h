/* Moving visits in the grid: by hand (conflicts are said while dragging), by cut and paste, from the pinboard. Nothing
 * is asked; what blocks is said and stays undone, what only warns is written down with the visit. */
#pragma once

#include "desk-book-grid.h"
#include "desk-page.h"

G_BEGIN_DECLS

typedef struct _DeskBookMoves DeskBookMoves;

DeskBookMoves *desk_book_moves_new (DeskPage *page, DeskBookGrid *grid, GtkLabel *cut_label);
void desk_book_moves_free (DeskBookMoves *self);

void desk_book_moves_cut (DeskBookMoves *self, const DeskVisit *visit);
gboolean desk_book_moves_has_cut (DeskBookMoves *self);
void desk_book_moves_paste (DeskBookMoves *self);
void desk_book_moves_place (DeskBookMoves *self, const DeskVisit *visit, guint from, guint column, int minute, int minutes);

G_END_DECLS
