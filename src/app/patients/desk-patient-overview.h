/* The first section of a patient's page: what is missing for the draw, visits, cells, the record. */
#pragma once

#include "desk-patient-section.h"

G_BEGIN_DECLS

#define DESK_TYPE_PATIENT_OVERVIEW (desk_patient_overview_get_type ())
G_DECLARE_FINAL_TYPE (DeskPatientOverview, desk_patient_overview, DESK, PATIENT_OVERVIEW, DeskPatientSection)

G_END_DECLS
