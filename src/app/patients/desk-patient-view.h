/* A patient's page in sections: who it is, what is missing, visits, cells. */
#pragma once

#include <adwaita.h>

#include "desk-page.h"
#include "desk-patient.h"

G_BEGIN_DECLS

#define DESK_TYPE_PATIENT_VIEW (desk_patient_view_get_type ())
G_DECLARE_FINAL_TYPE (DeskPatientView, desk_patient_view, DESK, PATIENT_VIEW, AdwBin)

void desk_patient_view_show (DeskPatientView *self, DeskPage *page, gint64 patient_id);

G_END_DECLS
