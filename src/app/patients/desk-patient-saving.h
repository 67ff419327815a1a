/* Saving what stands in the form of a patient: asked about where somebody on file may be the one, and where another desk
 * saved first. Nothing typed is lost by it. */
#pragma once

#include "desk-page.h"
#include "desk-patient-form.h"

G_BEGIN_DECLS

/* What the page does then; it has the action "patients.save". */
typedef struct
{
  void (*saved) (DeskPage *page, const DeskPatient *patient);
  void (*give_up) (DeskPage *page);          /* what the other desk saved is taken */
  void (*open) (DeskPage *page, gint64 id);  /* the one on file is opened instead */
} DeskPatientSaving;

void desk_patient_saving_start (DeskPage *page, DeskPatientForm *form, GArray *told, const DeskPatientSaving *calls);

G_END_DECLS
