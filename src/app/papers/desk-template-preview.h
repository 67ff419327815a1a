/* How the letter that is being written looks: of a patient or with sample values, in one of its languages. Drawn by the
 * session's worker a moment after the last key; while the text is broken the last good pages stay. */
#pragma once

#include "desk-letter.h"
#include "desk-page.h"

G_BEGIN_DECLS

#define DESK_TYPE_TEMPLATE_PREVIEW (desk_template_preview_get_type ())
G_DECLARE_FINAL_TYPE (DeskTemplatePreview, desk_template_preview, DESK, TEMPLATE_PREVIEW, AdwBin)

void desk_template_preview_load (DeskTemplatePreview *self, DeskPage *page);
void desk_template_preview_set_text (DeskTemplatePreview *self, char *xml, gboolean at_once);
const DeskLetterProblems *desk_template_preview_get_problems (DeskTemplatePreview *self);
gboolean desk_template_preview_is_busy (DeskTemplatePreview *self);
guint desk_template_preview_get_n_pages (DeskTemplatePreview *self);
const char *desk_template_preview_get_note (DeskTemplatePreview *self);
void desk_template_preview_set_patient (DeskTemplatePreview *self, gint64 patient_id);

G_END_DECLS
