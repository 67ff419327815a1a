/* The question when somebody else saved a patient first. */
#pragma once

#include <adwaita.h>

#include "desk-patient.h"

G_BEGIN_DECLS

GtkWidget *desk_patient_conflict_dialog (GtkWindow *parent, const DeskPatient *saved, const DeskPatient *mine);

G_END_DECLS
