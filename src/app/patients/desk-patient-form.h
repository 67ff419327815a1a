/* The form for a new or changed patient: fields in sections, problems under the field they are about. */
#pragma once

#include <adwaita.h>

#include "desk-passport.h"
#include "desk-patient.h"

G_BEGIN_DECLS

#define DESK_TYPE_PATIENT_FORM (desk_patient_form_get_type ())
G_DECLARE_FINAL_TYPE (DeskPatientForm, desk_patient_form, DESK, PATIENT_FORM, AdwBin)

void desk_patient_form_fill (DeskPatientForm *self, const DeskPatient *patient, DeskDay today);
DeskPatient *desk_patient_form_collect (DeskPatientForm *self);
const DeskPassportReading *desk_patient_form_get_reading (DeskPatientForm *self);
gboolean desk_patient_form_is_dirty (DeskPatientForm *self);
void desk_patient_form_rebase (DeskPatientForm *self, gint64 version);
gboolean desk_patient_form_check (DeskPatientForm *self);
void desk_patient_form_go_to_lines (DeskPatientForm *self);
GtkWidget *desk_patient_form_input (DeskPatientForm *self, const char *field);
void desk_patient_form_set_note (DeskPatientForm *self, const char *field, const char *text);
const char *desk_patient_form_title (const char *field);
char *desk_patient_form_country_code (const char *text);

G_END_DECLS
