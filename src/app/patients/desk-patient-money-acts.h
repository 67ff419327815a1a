/* What can be done with a patient's quotes, invoices and payments: for desk-patient-money.c alone. */
#pragma once

#include "desk-patient-money.h"

G_BEGIN_DECLS

void desk_patient_money_install (GtkWidgetClass *klass);

G_END_DECLS
