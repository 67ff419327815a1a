/* Papers that go out: choose patient, letter, language and what it is about; see it; issue and print it. */
#pragma once

#include <adwaita.h>

#include "desk-page.h"
#include "desk-print-dialog.h"

G_BEGIN_DECLS

#define DESK_TYPE_LETTERS_VIEW (desk_letters_view_get_type ())
G_DECLARE_FINAL_TYPE (DeskLettersView, desk_letters_view, DESK, LETTERS_VIEW, AdwBin)

void desk_letters_view_load (DeskLettersView *self, DeskPage *page);
void desk_letters_view_show_patient (DeskLettersView *self, gint64 patient_id);
void desk_letters_view_show_letter (DeskLettersView *self, gint64 patient_id, const char *name, const char *language);
void desk_letters_view_refresh (DeskLettersView *self);
void desk_letters_view_reload (DeskLettersView *self);
DeskPrintDialog *desk_letters_view_print (DeskLettersView *self);
void desk_letters_view_save_pdf (DeskLettersView *self);
void desk_letters_view_pack (DeskLettersView *self);

G_END_DECLS
