/* Gates: consent to the treatment. */
#include "desk-gate-private.h"

/* What the register says decides: signed and not withdrawn, in a version that still counts. Where it says nothing, a
 * signed paper among the patient's documents does, as before there was a register. */
void
desk_gate_look_consent (const DeskCase *case_, const DeskGateQuestion *question, DeskGateCheck *check)
{
  static const char *const codes[DESK_CONSENT_N_STANDS]
      = { [DESK_CONSENT_STANDS_REFUSED] = "consent-refused",   [DESK_CONSENT_STANDS_WITHDRAWN] = "consent-withdrawn",
          [DESK_CONSENT_STANDS_OUTDATED] = "consent-outdated", [DESK_CONSENT_STANDS_OLDER] = "consent-older",
          [DESK_CONSENT_STANDS] = "ok" };
  const DeskConsent *which;
  DeskConsentStand stand = desk_consent_stand (case_->consents, DESK_CONSENT_TREATMENT, &which);

  if (codes[stand])
    {
      desk_gate_say (check, desk_consent_stands (stand) ? DESK_LIGHT_GREEN : DESK_LIGHT_RED, codes[stand],
                     desk_consent_stands (stand) ? NULL : question->rule->mend);
      check->object_id = which->id;
      return;
    }
  desk_gate_look_paper (case_, question, check);
  if (check->light == DESK_LIGHT_RED && stand == DESK_CONSENT_STANDS_OPEN)
    {
      desk_gate_say (check, DESK_LIGHT_RED, "consent-open", question->rule->mend);
      check->object_id = which->id;
    }
}
