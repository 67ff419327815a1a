/* Readiness: the four gates, each rule in words with the button that mends it. */
#pragma once

#include "desk-patient-section.h"

G_BEGIN_DECLS

#define DESK_TYPE_PATIENT_GATES (desk_patient_gates_get_type ())
G_DECLARE_FINAL_TYPE (DeskPatientGates, desk_patient_gates, DESK, PATIENT_GATES, DeskPatientSection)

G_END_DECLS
