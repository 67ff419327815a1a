/* The stays of a patient in Japan: how their days count, what their papers lack. */
#pragma once

#include "desk-patient-section.h"

G_BEGIN_DECLS

#define DESK_TYPE_PATIENT_TRIPS (desk_patient_trips_get_type ())
G_DECLARE_FINAL_TYPE (DeskPatientTrips, desk_patient_trips, DESK, PATIENT_TRIPS, DeskPatientSection)

G_END_DECLS
