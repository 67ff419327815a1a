/* A named view: its name, its key, what kind of picture, which columns in which order, which types. */
#pragma once

#include "desk-book-view-bar.h"

G_BEGIN_DECLS

#define DESK_TYPE_BOOK_VIEW_DIALOG (desk_book_view_dialog_get_type ())
G_DECLARE_FINAL_TYPE (DeskBookViewDialog, desk_book_view_dialog, DESK, BOOK_VIEW_DIALOG, AdwWindow)

DeskBookViewDialog *desk_book_view_dialog_show (DeskPage *page, DeskBookViewBar *bar, const DeskBookView *view);

G_END_DECLS
