/* The named views as a row of tabs, and which of them the book is shown by.
 *
 *   chosen ()   another view, or none, is to be shown */
#pragma once

#include "desk-book-views.h"
#include "desk-page.h"

G_BEGIN_DECLS

#define DESK_TYPE_BOOK_VIEW_BAR (desk_book_view_bar_get_type ())
G_DECLARE_FINAL_TYPE (DeskBookViewBar, desk_book_view_bar, DESK, BOOK_VIEW_BAR, GtkBox)

void desk_book_view_bar_load (DeskBookViewBar *self, DeskPage *page);
const DeskBookView *desk_book_view_bar_get_view (DeskBookViewBar *self);
const DeskBookView *desk_book_view_bar_find (DeskBookViewBar *self, int key);
gboolean desk_book_view_bar_choose (DeskBookViewBar *self, int key);
void desk_book_view_bar_expect (DeskBookViewBar *self, int key);

G_END_DECLS
