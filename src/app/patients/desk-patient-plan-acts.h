/* What is done with plans: kept, booked, dropped; and the patient's windows. Each with its Undo. */
#pragma once

#include "desk-patient-plan.h"

G_BEGIN_DECLS

void desk_patient_plan_install_acts (GtkWidgetClass *widget_class);

G_END_DECLS
