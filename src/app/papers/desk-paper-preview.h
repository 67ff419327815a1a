/* What a paper looks like: its pages, of one file or of several, read in the sandbox. */
#pragma once

#include <adwaita.h>

#include "desk-page.h"

G_BEGIN_DECLS

#define DESK_TYPE_PAPER_PREVIEW (desk_paper_preview_get_type ())
G_DECLARE_FINAL_TYPE (DeskPaperPreview, desk_paper_preview, DESK, PAPER_PREVIEW, AdwBin)

void desk_paper_preview_load (DeskPaperPreview *self, DeskPage *page);
void desk_paper_preview_show (DeskPaperPreview *self, GPtrArray *digests);
void desk_paper_preview_tell (DeskPaperPreview *self, const char *title, const char *text);
void desk_paper_preview_prefetch (DeskPaperPreview *self, const char *digest);
gboolean desk_paper_preview_key (DeskPaperPreview *self, guint key, GdkModifierType state);

G_END_DECLS
