/* All that a small box has no room for: shown after a pause of the pointer, or at once by Ctrl+Space. */
#pragma once

#include <gtk/gtk.h>

#include "desk-book-board.h"

G_BEGIN_DECLS

#define DESK_TYPE_BOOK_CARD (desk_book_card_get_type ())
G_DECLARE_FINAL_TYPE (DeskBookCard, desk_book_card, DESK, BOOK_CARD, GtkPopover)

DeskBookCard *desk_book_card_new (GtkWidget *parent);
void desk_book_card_show (DeskBookCard *self, const DeskBookBoard *board, gint64 visit_id, const GdkRectangle *area);
gint64 desk_book_card_get_visit (DeskBookCard *self);
void desk_book_card_hide (DeskBookCard *self);
char *desk_book_card_words (const DeskBookBoard *board, const DeskVisit *visit);

G_END_DECLS
