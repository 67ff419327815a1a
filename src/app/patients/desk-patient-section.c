#include "desk-patient-section.h"

typedef struct
{
  DeskPage *page; /* the page it is in; not owned */
  gint64 patient_id;
} DeskPatientSectionPrivate;

G_DEFINE_ABSTRACT_TYPE_WITH_PRIVATE (DeskPatientSection, desk_patient_section, ADW_TYPE_BIN)

static void
desk_patient_section_class_init (DeskPatientSectionClass *klass)
{
}

static void
desk_patient_section_init (DeskPatientSection *self)
{
}

/* Shows a patient, or the same one again after something changed. */
gboolean
desk_patient_section_show (DeskPatientSection *self, DeskPage *page, const DeskPatient *patient, GError **error)
{
  DeskPatientSectionPrivate *priv = desk_patient_section_get_instance_private (self);

  priv->page = page;
  priv->patient_id = patient->id;
  return DESK_PATIENT_SECTION_GET_CLASS (self)->fill (self, patient, error);
}

/* The page it is in: its session, its reader, today. Lent. */
DeskPage *
desk_patient_section_get_page (DeskPatientSection *self)
{
  return ((DeskPatientSectionPrivate *) desk_patient_section_get_instance_private (self))->page;
}

/* The id of the patient shown. */
gint64
desk_patient_section_get_patient (DeskPatientSection *self)
{
  return ((DeskPatientSectionPrivate *) desk_patient_section_get_instance_private (self))->patient_id;
}
