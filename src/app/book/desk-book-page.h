#pragma once

#include "desk-book-grid.h"
#include "desk-page.h"

G_BEGIN_DECLS

#define DESK_TYPE_BOOK_PAGE (desk_book_page_get_type ())
G_DECLARE_FINAL_TYPE (DeskBookPage, desk_book_page, DESK, BOOK_PAGE, DeskPage)

DeskBookGrid *desk_book_page_get_grid (DeskBookPage *self);
void desk_book_page_go (DeskBookPage *self, DeskBookMode mode, DeskDay day);

G_END_DECLS
