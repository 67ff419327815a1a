/* Beside the form of a patient: who on file this may be, weighed again whenever what counts is edited. */
#pragma once

#include "desk-duplicates.h"
#include "desk-page.h"
#include "desk-patient-form.h"

G_BEGIN_DECLS

#define DESK_TYPE_DUPLICATE_LIST (desk_duplicate_list_get_type ())
G_DECLARE_FINAL_TYPE (DeskDuplicateList, desk_duplicate_list, DESK, DUPLICATE_LIST, AdwBin)

void desk_duplicate_list_watch (DeskDuplicateList *self, DeskPage *page, DeskPatientForm *form);
void desk_duplicate_list_refresh (DeskDuplicateList *self);

char *desk_duplicate_reason_words (DeskDuplicate match);
GtkWidget *desk_duplicate_row_new (const DeskPatient *patient, const char *reasons, DeskDuplicateLevel level);
GtkWidget *desk_duplicate_ask (GtkWindow *parent, const GPtrArray *hits);

G_END_DECLS
