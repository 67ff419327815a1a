/* What was issued for a patient: which papers, how each stands, printed again from here. */
#pragma once

#include "desk-patient-section.h"

G_BEGIN_DECLS

#define DESK_TYPE_PATIENT_LETTERS (desk_patient_letters_get_type ())
G_DECLARE_FINAL_TYPE (DeskPatientLetters, desk_patient_letters, DESK, PATIENT_LETTERS, DeskPatientSection)

G_END_DECLS
