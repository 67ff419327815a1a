/* One paper that came in: its first page beside the form that files it. */
#pragma once

#include <adwaita.h>

#include "desk-document.h"
#include "desk-page.h"

G_BEGIN_DECLS

#define DESK_TYPE_PAPER_DETAIL (desk_paper_detail_get_type ())
G_DECLARE_FINAL_TYPE (DeskPaperDetail, desk_paper_detail, DESK, PAPER_DETAIL, AdwBin)

void desk_paper_detail_load (DeskPaperDetail *self, DeskPage *page);
void desk_paper_detail_show (DeskPaperDetail *self, gint64 document_id);
gint64 desk_paper_detail_get_id (DeskPaperDetail *self);
gboolean desk_paper_detail_is_dirty (DeskPaperDetail *self);
void desk_paper_detail_save (DeskPaperDetail *self);

G_END_DECLS
