/* The book made ready for paper, in the words of the window. */
#pragma once

#include "desk-book-month-board.h"
#include "desk-book-print.h"

G_BEGIN_DECLS

DeskBookPrint *desk_book_paper_of_board (const DeskBookBoard *board, const DeskClinic *clinic, const char *view, gboolean initials);
DeskBookPrint *desk_book_paper_of_month (const DeskBookMonthBoard *board, const DeskClinic *clinic, GTimeZone *zone, const char *view);
char *desk_book_paper_initials (const char *name);

G_END_DECLS
