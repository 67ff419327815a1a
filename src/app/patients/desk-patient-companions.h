/* The people who come along with a patient. */
#pragma once

#include "desk-patient-section.h"

G_BEGIN_DECLS

#define DESK_TYPE_PATIENT_COMPANIONS (desk_patient_companions_get_type ())
G_DECLARE_FINAL_TYPE (DeskPatientCompanions, desk_patient_companions, DESK, PATIENT_COMPANIONS, DeskPatientSection)

G_END_DECLS
