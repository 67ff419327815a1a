/* A patient's page: who it is, and the sections under it. */
#pragma once

#include <adwaita.h>

#include "desk-patient-section.h"

G_BEGIN_DECLS

#define DESK_TYPE_PATIENT_VIEW (desk_patient_view_get_type ())
G_DECLARE_FINAL_TYPE (DeskPatientView, desk_patient_view, DESK, PATIENT_VIEW, AdwBin)

void desk_patient_view_show (DeskPatientView *self, DeskPage *page, gint64 patient_id);
DeskPatientSection *desk_patient_view_go (DeskPatientView *self, const char *name);

G_END_DECLS
