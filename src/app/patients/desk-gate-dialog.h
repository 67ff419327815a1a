/* What physicians decide about a patient's gates: accept or decline the case, pass a rule over, take that back. */
#pragma once

#include "desk-gate.h"
#include "desk-page.h"

G_BEGIN_DECLS

void desk_gate_ask_override (DeskPage *page, gint64 patient_id, const DeskGateRule *rule);
void desk_gate_ask_decision (DeskPage *page, gint64 patient_id);
void desk_gate_revoke (DeskPage *page, gint64 override_id);

G_END_DECLS
