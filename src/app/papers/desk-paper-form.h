/* The form of a paper: what it is, of which day, in which language, where it belongs, how far it is. Every problem is
 * told at its field. */
#pragma once

#include <adwaita.h>

#include "desk-document.h"
#include "desk-page.h"

G_BEGIN_DECLS

#define DESK_TYPE_PAPER_FORM (desk_paper_form_get_type ())
G_DECLARE_FINAL_TYPE (DeskPaperForm, desk_paper_form, DESK, PAPER_FORM, AdwBin)

void desk_paper_form_load (DeskPaperForm *self, DeskPage *page);
void desk_paper_form_fill (DeskPaperForm *self, const DeskDocument *document);
void desk_paper_form_restore (DeskPaperForm *self, const DeskDocument *draft);
void desk_paper_form_set_patient (DeskPaperForm *self, gint64 patient_id);
DeskDocument *desk_paper_form_collect (DeskPaperForm *self);
gboolean desk_paper_form_check (DeskPaperForm *self);
gboolean desk_paper_form_is_dirty (DeskPaperForm *self);
void desk_paper_form_choose_kind (DeskPaperForm *self, guint index);
gboolean desk_paper_form_takes_facts (DeskPaperForm *self, const DeskDocument *from);
void desk_paper_form_take_facts (DeskPaperForm *self, const DeskDocument *from);
const char *desk_paper_form_get_kind (DeskPaperForm *self);
GtkWidget *desk_paper_form_get_input (DeskPaperForm *self, const char *field);

G_END_DECLS
