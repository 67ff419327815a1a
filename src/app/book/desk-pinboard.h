/* The pinboard: a strip in the book with the visits that are to be put somewhere else. One is dragged from it into the
 * grid, or placed where the cursor is. Hidden while it is empty.
 *
 *   placed (int64 visit)   put it where the cursor is: Enter or a double click
 *   shown (int64 visit)    show where it is booked now
 *   left ()                back to the grid */
#pragma once

#include "desk-book-board.h"
#include "desk-page.h"

G_BEGIN_DECLS

#define DESK_TYPE_PINBOARD (desk_pinboard_get_type ())
G_DECLARE_FINAL_TYPE (DeskPinboard, desk_pinboard, DESK, PINBOARD, AdwBin)

gboolean desk_pinboard_refresh (DeskPinboard *self, DeskPage *page, const DeskBookBoard *board, GError **error);
const DeskVisit *desk_pinboard_find (DeskPinboard *self, gint64 visit_id);
gboolean desk_pinboard_focus (DeskPinboard *self);

G_END_DECLS
