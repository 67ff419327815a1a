/* The pages of a letter under each other, drawn by the code that prints them. */
#pragma once

#include <gtk/gtk.h>

#include "desk-letter-page.h"

G_BEGIN_DECLS

#define DESK_TYPE_LETTER_PREVIEW (desk_letter_preview_get_type ())
G_DECLARE_FINAL_TYPE (DeskLetterPreview, desk_letter_preview, DESK, LETTER_PREVIEW, GtkWidget)

void desk_letter_preview_set (DeskLetterPreview *self, DeskLetterLayout *layout);

G_END_DECLS
