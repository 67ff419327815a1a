/* The money of a patient: what is owed in one line, then quotes, invoices, packages, payments and what was paid back, each
 * with what can be done next. */
#pragma once

#include "desk-patient-section.h"

G_BEGIN_DECLS

#define DESK_TYPE_PATIENT_MONEY (desk_patient_money_get_type ())
G_DECLARE_FINAL_TYPE (DeskPatientMoney, desk_patient_money, DESK, PATIENT_MONEY, DeskPatientSection)

G_END_DECLS
