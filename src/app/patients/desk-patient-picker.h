/* Choose one patient while typing: an entry with the best hits under it; Enter takes the one marked, and goes into the
 * list where several bear the name of the first. */
#pragma once

#include <gtk/gtk.h>

#include "desk-db.h"

G_BEGIN_DECLS

#define DESK_TYPE_PATIENT_PICKER (desk_patient_picker_get_type ())
G_DECLARE_FINAL_TYPE (DeskPatientPicker, desk_patient_picker, DESK, PATIENT_PICKER, GtkBox)

void desk_patient_picker_set_db (DeskPatientPicker *self, DeskDb *db);
gint64 desk_patient_picker_get_id (DeskPatientPicker *self);
void desk_patient_picker_offer_new (DeskPatientPicker *self);
void desk_patient_picker_set_id (DeskPatientPicker *self, gint64 patient_id);

G_END_DECLS
