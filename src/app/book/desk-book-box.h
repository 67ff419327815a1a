/* One visit as a box. The texts are laid out once and kept until the visit or the size of its box changes. */
#pragma once

#include <gtk/gtk.h>

#include "desk-book-board.h"

G_BEGIN_DECLS

typedef struct _DeskBookTexts DeskBookTexts;

DeskBookTexts *desk_book_texts_new (void);
void desk_book_texts_free (DeskBookTexts *texts);
guint desk_book_texts_get_laid_out (const DeskBookTexts *texts);
void desk_book_texts_clear (DeskBookTexts *texts);
void desk_book_texts_keep (DeskBookTexts *texts, const DeskBookBoard *board);

void desk_book_box_draw (GtkSnapshot *snapshot, GtkWidget *widget, DeskBookTexts *texts, const DeskBookBoard *board, const DeskBookBox *box, const graphene_rect_t *area, const GdkRGBA *paper, gboolean cut);

G_END_DECLS
