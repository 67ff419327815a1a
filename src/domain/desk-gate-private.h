/* What the files of the gates share. */
#pragma once

#include "desk-gate.h"

G_BEGIN_DECLS

/* One question: the rule with the clinic's months, today and the day on which it is measured. */
typedef struct
{
  const DeskGateRule *rule;
  int months;
  DeskDay today;
  DeskDay day; /* of the step; today where no step is booked */
} DeskGateQuestion;

typedef void (*DeskGateLooker) (const DeskCase *case_, const DeskGateQuestion *question, DeskGateCheck *check);

void desk_gate_look_paper (const DeskCase *case_, const DeskGateQuestion *question, DeskGateCheck *check);
void desk_gate_look_viral (const DeskCase *case_, const DeskGateQuestion *question, DeskGateCheck *check);
void desk_gate_look_reactive (const DeskCase *case_, const DeskGateQuestion *question, DeskGateCheck *check);
void desk_gate_look_name (const DeskCase *case_, const DeskGateQuestion *question, DeskGateCheck *check);
void desk_gate_look_birth (const DeskCase *case_, const DeskGateQuestion *question, DeskGateCheck *check);
void desk_gate_look_passport (const DeskCase *case_, const DeskGateQuestion *question, DeskGateCheck *check);
void desk_gate_look_acceptance (const DeskCase *case_, const DeskGateQuestion *question, DeskGateCheck *check);
void desk_gate_look_stay (const DeskCase *case_, const DeskGateQuestion *question, DeskGateCheck *check);
void desk_gate_look_lot (const DeskCase *case_, const DeskGateQuestion *question, DeskGateCheck *check);
void desk_gate_look_consent (const DeskCase *case_, const DeskGateQuestion *question, DeskGateCheck *check);
void desk_gate_look_dose (const DeskCase *case_, const DeskGateQuestion *question, DeskGateCheck *check);

void desk_gate_say (DeskGateCheck *check, DeskLight light, const char *code, const char *mend);
void desk_gate_until (const DeskGateQuestion *question, DeskGateCheck *check, DeskDay good_until, const char *gone,
                      const char *going);

G_END_DECLS
