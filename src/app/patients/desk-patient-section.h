/* A section of a patient's page (stays, laboratory …): a template, a fill and some actions of its own. The table in
 * desk-patient-view.c lists them; one is built when it is first shown. */
#pragma once

#include "desk-page.h"
#include "desk-patient.h"

G_BEGIN_DECLS

#define DESK_TYPE_PATIENT_SECTION (desk_patient_section_get_type ())
G_DECLARE_DERIVABLE_TYPE (DeskPatientSection, desk_patient_section, DESK, PATIENT_SECTION, AdwBin)

struct _DeskPatientSectionClass
{
  AdwBinClass parent_class;

  /* Show this patient, read again from the store; for the same patient focus and scroll stay. */
  gboolean (*fill) (DeskPatientSection *self, const DeskPatient *patient, GError **error);
};

gboolean desk_patient_section_show (DeskPatientSection *self, DeskPage *page, const DeskPatient *patient, GError **error);
DeskPage *desk_patient_section_get_page (DeskPatientSection *self);
gint64 desk_patient_section_get_patient (DeskPatientSection *self);

G_END_DECLS
