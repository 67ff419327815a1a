#pragma once

#include "desk-page.h"

G_BEGIN_DECLS

#define DESK_TYPE_BOOK_PAGE (desk_book_page_get_type ())
G_DECLARE_FINAL_TYPE (DeskBookPage, desk_book_page, DESK, BOOK_PAGE, DeskPage)

G_END_DECLS
