/* A patient in a list: names, and what tells two of the same name apart. Draws its words itself: a list has 200 rows
 * beside the dozen in view, and labels would shape the words of all of them, in many scripts, to be measured. */
#pragma once

#include <gtk/gtk.h>

#include "desk-list-model.h"
#include "desk-patient.h"

G_BEGIN_DECLS

#define DESK_TYPE_PATIENT_ROW (desk_patient_row_get_type ())
G_DECLARE_FINAL_TYPE (DeskPatientRow, desk_patient_row, DESK, PATIENT_ROW, GtkWidget)

void desk_patient_row_set (DeskPatientRow *self, const DeskPatient *patient);
void desk_patient_row_set_item (DeskPatientRow *self, DeskListItem *item);
GtkListItemFactory *desk_patient_row_factory (void);

G_END_DECLS
