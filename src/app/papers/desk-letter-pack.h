/* Several letters of a patient, issued and printed as one: the papers of a visa, those of an arrival, or any. */
#pragma once

#include <adwaita.h>

#include "desk-page.h"

G_BEGIN_DECLS

#define DESK_TYPE_LETTER_PACK (desk_letter_pack_get_type ())
G_DECLARE_FINAL_TYPE (DeskLetterPack, desk_letter_pack, DESK, LETTER_PACK, AdwWindow)

DeskLetterPack *desk_letter_pack_show (GtkWidget *widget, DeskPage *page, gint64 patient_id);

G_END_DECLS
