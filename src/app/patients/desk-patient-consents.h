/* The consents of a patient: what is signed, in which version, by whom; what is missing and what must be signed again. */
#pragma once

#include "desk-patient-section.h"

G_BEGIN_DECLS

#define DESK_TYPE_PATIENT_CONSENTS (desk_patient_consents_get_type ())
G_DECLARE_FINAL_TYPE (DeskPatientConsents, desk_patient_consents, DESK, PATIENT_CONSENTS, DeskPatientSection)

G_END_DECLS
