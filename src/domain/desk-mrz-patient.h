/* What a machine-readable zone says of a patient. */
#pragma once

#include "desk-mrz.h"
#include "desk-patient.h"

G_BEGIN_DECLS

DeskPatient *desk_mrz_fill_patient (const DeskMrz *mrz, const DeskPatient *patient);
const char *desk_mrz_patient_field (const DeskMrz *mrz, const char *field);

G_END_DECLS
