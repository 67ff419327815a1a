/* The book before it is printed: the sheets as they will be, with names or initials only; to the printer or as PDF. */
#pragma once

#include "desk-book-board.h"
#include "desk-page.h"

G_BEGIN_DECLS

#define DESK_TYPE_BOOK_PRINT_DIALOG (desk_book_print_dialog_get_type ())
G_DECLARE_FINAL_TYPE (DeskBookPrintDialog, desk_book_print_dialog, DESK, BOOK_PRINT_DIALOG, AdwWindow)

DeskBookPrintDialog *desk_book_print_dialog_show (DeskPage *page, const DeskBookView *view, DeskBookMode mode, DeskDay day);
gboolean desk_book_print_dialog_write (DeskBookPrintDialog *self, const char *path, GError **error);

G_END_DECLS
