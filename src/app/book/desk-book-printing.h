/* The book on paper: the sheets in the print dialog, with names or initials only. */
#pragma once

#include "desk-book-board.h"
#include "desk-page.h"
#include "desk-print-dialog.h"

G_BEGIN_DECLS

DeskPrintDialog *desk_book_printing_show (DeskPage *page, const DeskBookView *view, DeskBookMode mode, DeskDay day);

G_END_DECLS
