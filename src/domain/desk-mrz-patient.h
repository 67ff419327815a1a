/* What a machine-readable zone says of a patient, or of somebody who comes along. */
#pragma once

#include "desk-companion.h"
#include "desk-mrz.h"
#include "desk-patient.h"

G_BEGIN_DECLS

DeskPatient *desk_mrz_fill_patient (const DeskMrz *mrz, const DeskPatient *patient);
DeskCompanion *desk_mrz_fill_companion (const DeskMrz *mrz, const DeskCompanion *companion);
const char *desk_mrz_patient_field (const DeskMrz *mrz, const char *field);

G_END_DECLS
