/* A patient in a list: names, and what tells two of the same name apart. */
#pragma once

#include <gtk/gtk.h>

#include "desk-list-model.h"
#include "desk-patient.h"
#include "desk-row-text.h"

G_BEGIN_DECLS

#define DESK_TYPE_PATIENT_ROW (desk_patient_row_get_type ())
G_DECLARE_FINAL_TYPE (DeskPatientRow, desk_patient_row, DESK, PATIENT_ROW, DeskRowText)

void desk_patient_row_set (DeskPatientRow *self, const DeskPatient *patient);
void desk_patient_row_set_item (DeskPatientRow *self, DeskListItem *item);
GtkListItemFactory *desk_patient_row_factory (void);

G_END_DECLS
