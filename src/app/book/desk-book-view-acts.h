/* Named views are kept, changed and taken away, each with a toast that takes it back. */
#pragma once

#include "desk-book-views.h"
#include "desk-page.h"

G_BEGIN_DECLS

void desk_book_view_act_save (DeskPage *page, const DeskBookView *view, const DeskBookView *before, const char *words);
void desk_book_view_act_remove (DeskPage *page, const DeskBookView *view);

G_END_DECLS
