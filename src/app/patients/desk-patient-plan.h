/* The planner in the patient's page: what is asked, the best plans of trips with their pictures, and those kept. */
#pragma once

#include "desk-patient-section.h"
#include "desk-plan-question.h"
#include "desk-plan-results.h"

G_BEGIN_DECLS

#define DESK_TYPE_PATIENT_PLAN (desk_patient_plan_get_type ())
G_DECLARE_FINAL_TYPE (DeskPatientPlan, desk_patient_plan, DESK, PATIENT_PLAN, DeskPatientSection)

DeskPlanQuestion *desk_patient_plan_get_question (DeskPatientPlan *self);
DeskPlanResults *desk_patient_plan_get_results (DeskPatientPlan *self);
DeskPlanFile *desk_patient_plan_take_file (DeskPatientPlan *self);
void desk_patient_plan_ask (DeskPatientPlan *self);

G_END_DECLS
