/* The laboratory section of a patient's page: the newest value of each test with those before it, the course of one as
 * a chart, the biohazard mark, entry by hand and import. */
#pragma once

#include "desk-patient-section.h"

G_BEGIN_DECLS

#define DESK_TYPE_PATIENT_LABS (desk_patient_labs_get_type ())
G_DECLARE_FINAL_TYPE (DeskPatientLabs, desk_patient_labs, DESK, PATIENT_LABS, DeskPatientSection)

void desk_patient_labs_save (DeskPage *page, GPtrArray *reports);

G_END_DECLS
