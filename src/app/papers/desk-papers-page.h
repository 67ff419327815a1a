#pragma once

#include "desk-page.h"

G_BEGIN_DECLS

#define DESK_TYPE_PAPERS_PAGE (desk_papers_page_get_type ())
G_DECLARE_FINAL_TYPE (DeskPapersPage, desk_papers_page, DESK, PAPERS_PAGE, DeskPage)

void desk_papers_page_take_files (DeskPapersPage *self, GListModel *files);

G_END_DECLS
