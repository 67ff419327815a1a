/* The month as a picture of weeks. Like the grid it knows no store and tells what the person wants by signals.
 *
 *   day-activated (int day)   show that day
 *   cursor-moved ()           the sentence has changed */
#pragma once

#include <gtk/gtk.h>

#include "desk-book-month-board.h"

G_BEGIN_DECLS

#define DESK_TYPE_BOOK_MONTH (desk_book_month_get_type ())
G_DECLARE_FINAL_TYPE (DeskBookMonth, desk_book_month, DESK, BOOK_MONTH_PICTURE, GtkWidget)

void desk_book_month_set_board (DeskBookMonth *self, DeskBookMonthBoard *board);
const DeskBookMonthBoard *desk_book_month_get_board (DeskBookMonth *self);
void desk_book_month_select (DeskBookMonth *self, DeskDay day);
DeskDay desk_book_month_get_day (DeskBookMonth *self);
const char *desk_book_month_get_sentence (DeskBookMonth *self);

G_END_DECLS
