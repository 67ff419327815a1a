#include "desk-gate-private.h"

#include <string.h>

#define T DESK_FOR_TREATMENT
#define B DESK_FOR_BOTH
#define READ "en,ja" /* what the physicians read */

/* The rules of all gates: product.md [fresh], [viral], [readiness]; the ages are three calendar months unless the
 * clinic's plan says otherwise. For prevention there is no disease to report on. What mends:
 *   record  correct the patient's record      ask     ask the patient for it        date      write the date down
 *   translate  have it translated, or add the certificate        add-paper  it came: add it
 *   viral   book a viral test                 accept  a physician decides           stay      record the stay
 *   decide  a physician looks at the result   lot     open the lot                  dose      open the dose
 *   reserve choose a dose for the visit             consent give out, sign or file a consent */
static const DeskGateRule rules[] = {
  { DESK_GATE_ACCEPT, "identity", B, DESK_LOOK_NAME, NULL, 0, DESK_GATE_ACCEPT, NULL, TRUE, "record" },
  { DESK_GATE_ACCEPT, "birth", B, DESK_LOOK_BIRTH, NULL, 0, DESK_GATE_ACCEPT, NULL, TRUE, "record" },
  { DESK_GATE_ACCEPT, "medical_report", T, DESK_LOOK_PAPER, "medical_report", 3, DESK_GATE_ACCEPT, READ, FALSE, "ask" },
  { DESK_GATE_ACCEPT, "pathology", T, DESK_LOOK_PAPER, "pathology", 0, DESK_GATE_ACCEPT, READ, FALSE, "ask" },
  { DESK_GATE_ACCEPT, "imaging", T, DESK_LOOK_PAPER, "imaging", 3, DESK_GATE_ACCEPT, READ, FALSE, "ask" },
  { DESK_GATE_ACCEPT, "bloodwork", B, DESK_LOOK_PAPER, "bloodwork", 3, DESK_GATE_ACCEPT, READ, FALSE, "ask" },

  { DESK_GATE_DRAW, "identity", B, DESK_LOOK_NAME, NULL, 0, DESK_GATE_DRAW, NULL, TRUE, "record" },
  { DESK_GATE_DRAW, "birth", B, DESK_LOOK_BIRTH, NULL, 0, DESK_GATE_DRAW, NULL, TRUE, "record" },
  { DESK_GATE_DRAW, "passport", B, DESK_LOOK_PASSPORT, NULL, 0, DESK_GATE_DRAW, NULL, TRUE, "record" },
  { DESK_GATE_DRAW, "accepted", B, DESK_LOOK_ACCEPTANCE, NULL, 0, DESK_GATE_DRAW, NULL, FALSE, "accept" },
  { DESK_GATE_DRAW, "medical_report", T, DESK_LOOK_PAPER, "medical_report", 3, DESK_GATE_DRAW, READ, FALSE, "ask" },
  { DESK_GATE_DRAW, "pathology", T, DESK_LOOK_PAPER, "pathology", 0, DESK_GATE_DRAW, READ, FALSE, "ask" },
  { DESK_GATE_DRAW, "imaging", T, DESK_LOOK_PAPER, "imaging", 3, DESK_GATE_DRAW, READ, FALSE, "ask" },
  { DESK_GATE_DRAW, "bloodwork", B, DESK_LOOK_PAPER, "bloodwork", 3, DESK_GATE_DRAW, READ, FALSE, "ask" },
  { DESK_GATE_DRAW, "viral", B, DESK_LOOK_VIRAL, "viral", 3, DESK_GATE_DRAW, READ, FALSE, "viral" },
  { DESK_GATE_DRAW, "reactive", B, DESK_LOOK_REACTIVE, NULL, 0, DESK_GATE_DRAW, NULL, FALSE, "decide" },
  { DESK_GATE_DRAW, "passport_copy", B, DESK_LOOK_PAPER, "passport", 0, DESK_GATE_DRAW, NULL, FALSE, "ask" },
  { DESK_GATE_DRAW, "consent", B, DESK_LOOK_CONSENT, "consent", 0, DESK_GATE_DRAW, NULL, FALSE, "consent" },
  { DESK_GATE_DRAW, "stay", B, DESK_LOOK_STAY, NULL, 0, DESK_GATE_DRAW, NULL, FALSE, "stay" },

  { DESK_GATE_RELEASE, "harvest", B, DESK_LOOK_LOT, "harvest", 0, DESK_GATE_RELEASE, NULL, FALSE, "lot" },
  { DESK_GATE_RELEASE, "results", B, DESK_LOOK_LOT, "results", 0, DESK_GATE_RELEASE, NULL, FALSE, "lot" },
  { DESK_GATE_RELEASE, "limits", B, DESK_LOOK_LOT, "limits", 0, DESK_GATE_RELEASE, NULL, FALSE, "lot" },
  { DESK_GATE_RELEASE, "hold", B, DESK_LOOK_LOT, "hold", 0, DESK_GATE_RELEASE, NULL, FALSE, "lot" },
  { DESK_GATE_RELEASE, "label", B, DESK_LOOK_LOT, "label", 0, DESK_GATE_RELEASE, NULL, TRUE, "lot" },

  { DESK_GATE_INFUSE, "identity", B, DESK_LOOK_NAME, NULL, 0, DESK_GATE_INFUSE, NULL, TRUE, "record" },
  { DESK_GATE_INFUSE, "birth", B, DESK_LOOK_BIRTH, NULL, 0, DESK_GATE_INFUSE, NULL, TRUE, "record" },
  { DESK_GATE_INFUSE, "consent", B, DESK_LOOK_CONSENT, "consent", 0, DESK_GATE_INFUSE, NULL, FALSE, "consent" },
  { DESK_GATE_INFUSE, "dose", B, DESK_LOOK_DOSE, "reserved", 0, DESK_GATE_INFUSE, NULL, FALSE, "reserve" },
  { DESK_GATE_INFUSE, "released", B, DESK_LOOK_DOSE, "released", 0, DESK_GATE_INFUSE, NULL, FALSE, "dose" },
  { DESK_GATE_INFUSE, "label", B, DESK_LOOK_DOSE, "label", 0, DESK_GATE_INFUSE, NULL, TRUE, "dose" },
  { DESK_GATE_INFUSE, "hold", B, DESK_LOOK_DOSE, "hold", 0, DESK_GATE_INFUSE, NULL, FALSE, "dose" },
  { DESK_GATE_INFUSE, "expiry", B, DESK_LOOK_DOSE, "expiry", 0, DESK_GATE_INFUSE, NULL, FALSE, "reserve" },
  { DESK_GATE_INFUSE, "stay", B, DESK_LOOK_STAY, NULL, 0, DESK_GATE_INFUSE, NULL, FALSE, "stay" },
};

static const DeskGateLooker lookers[DESK_N_LOOKS] = {
  [DESK_LOOK_NAME] = desk_gate_look_name,         [DESK_LOOK_BIRTH] = desk_gate_look_birth,
  [DESK_LOOK_PASSPORT] = desk_gate_look_passport, [DESK_LOOK_PAPER] = desk_gate_look_paper,
  [DESK_LOOK_VIRAL] = desk_gate_look_viral,       [DESK_LOOK_REACTIVE] = desk_gate_look_reactive,
  [DESK_LOOK_STAY] = desk_gate_look_stay,         [DESK_LOOK_ACCEPTANCE] = desk_gate_look_acceptance,
  [DESK_LOOK_LOT] = desk_gate_look_lot,           [DESK_LOOK_DOSE] = desk_gate_look_dose,
  [DESK_LOOK_CONSENT] = desk_gate_look_consent,
};

static const char *const gates[DESK_N_GATES] = { "accept", "draw", "release", "infuse" };

/* Before which gate a visit of that type stands. */
static const struct
{
  const char *type;
  DeskGate gate;
} steps[] = { { "blood_draw", DESK_GATE_DRAW }, { "apheresis", DESK_GATE_DRAW }, { "infusion", DESK_GATE_INFUSE } };

static void
override_clear (gpointer data)
{
  DeskGateOverride *override = data;

  g_free (override->reason);
  g_free (override->by);
}

/* A case with nothing in it; settings are the caller's to set (a reference is taken over). */
DeskCase *
desk_case_new (void)
{
  DeskCase *case_ = g_new0 (DeskCase, 1);

  case_->accepted = -1;
  case_->accepted_on = DESK_DAY_NONE;
  case_->dose.use_until = DESK_DAY_NONE;
  case_->purpose = "treatment";
  for (guint i = 0; i < DESK_N_GATES; i++)
    case_->days[i] = DESK_DAY_NONE;
  case_->papers = g_array_new (FALSE, FALSE, sizeof (DeskCasePaper));
  case_->consents = g_ptr_array_new_with_free_func ((GDestroyNotify) desk_consent_free);
  case_->viral = g_array_new (FALSE, FALSE, sizeof (DeskCaseViral));
  case_->stays = g_array_new (FALSE, FALSE, sizeof (DeskCaseStay));
  case_->lots = g_array_new (FALSE, FALSE, sizeof (DeskCaseLot));
  case_->overrides = g_array_new (FALSE, FALSE, sizeof (DeskGateOverride));
  g_array_set_clear_func (case_->overrides, override_clear);
  return case_;
}

void
desk_case_free (DeskCase *case_)
{
  if (!case_)
    return;
  g_free (case_->name);
  g_free (case_->birth);
  g_free (case_->nationality);
  g_free (case_->passport);
  g_free (case_->passport_until);
  g_free (case_->languages);
  g_free (case_->accepted_by);
  g_free (case_->accepted_reason);
  g_array_unref (case_->papers);
  g_ptr_array_unref (case_->consents);
  g_array_unref (case_->viral);
  g_array_unref (case_->stays);
  g_array_unref (case_->lots);
  g_array_unref (case_->overrides);
  g_clear_pointer (&case_->settings, g_array_unref);
  g_free (case_);
}

/* Lends the table of rules, in the order in which they are shown. */
const DeskGateRule *
desk_gate_rules (guint *n_rules)
{
  *n_rules = G_N_ELEMENTS (rules);
  return rules;
}

/* Lends the rule of a gate by its code, or NULL. */
const DeskGateRule *
desk_gate_rule (DeskGate gate, const char *code)
{
  for (guint i = 0; i < G_N_ELEMENTS (rules); i++)
    if (rules[i].gate == gate && g_str_equal (rules[i].code, code))
      return &rules[i];
  return NULL;
}

/* The gate's code, static: accept, draw, release, infuse. */
const char *
desk_gate_code (DeskGate gate)
{
  return gates[gate];
}

/* The gate of a code. */
gboolean
desk_gate_parse (const char *code, DeskGate *gate)
{
  for (guint i = 0; i < DESK_N_GATES; i++)
    if (g_str_equal (gates[i], code))
      {
        *gate = (DeskGate) i;
        return TRUE;
      }
  return FALSE;
}

/* Before which gate a visit of that type stands; FALSE for visits that no gate watches. */
gboolean
desk_gate_of_visit (const char *visit_type, DeskGate *gate)
{
  for (guint i = 0; i < G_N_ELEMENTS (steps); i++)
    if (g_strcmp0 (steps[i].type, visit_type) == 0)
      {
        *gate = steps[i].gate;
        return TRUE;
      }
  return FALSE;
}

static const DeskGateSetting *
setting_of (const DeskGateRule *rule, const GArray *settings)
{
  g_autofree char *key = NULL;

  if (!settings || settings->len == 0)
    return NULL;
  key = g_strdup_printf ("%s.%s", gates[rule->gate], rule->code);
  for (guint i = 0; i < settings->len; i++)
    if (g_str_equal (g_array_index (settings, DeskGateSetting, i).rule, key))
      return &g_array_index (settings, DeskGateSetting, i);
  return NULL;
}

/* The months the clinic's plan gives a rule, else those of the table. */
int
desk_gate_months (const DeskGateRule *rule, const GArray *settings)
{
  const DeskGateSetting *setting = setting_of (rule, settings);

  return setting && setting->months >= 0 ? setting->months : rule->months;
}

/* Whether the clinic uses a rule; those of identity are always used, whatever a setting says. */
gboolean
desk_gate_active (const DeskGateRule *rule, const GArray *settings)
{
  const DeskGateSetting *setting = rule->identity ? NULL : setting_of (rule, settings);

  return !setting || setting->active;
}

/* A verdict of one of the lookers. */
void
desk_gate_say (DeskGateCheck *check, DeskLight light, const char *code, const char *mend)
{
  check->light = light;
  check->code = code;
  check->mend = mend;
}

/* Good until a day: past it (gone, red), before the step but past it on the step's day (going, amber), or good. */
void
desk_gate_until (const DeskGateQuestion *question, DeskGateCheck *check, DeskDay good_until, const char *gone,
                 const char *going)
{
  check->good_until = good_until;
  if (good_until == DESK_DAY_NONE || good_until >= MAX (question->day, question->today))
    desk_gate_say (check, DESK_LIGHT_GREEN, "ok", NULL);
  else if (good_until < question->today)
    desk_gate_say (check, DESK_LIGHT_RED, gone, question->rule->mend);
  else
    desk_gate_say (check, DESK_LIGHT_AMBER, going, question->rule->mend);
}

/* The day a rule is measured on: that of its step; of an accepted case the day on which it was accepted. */
static DeskDay
measured_on (const DeskCase *case_, const DeskGateRule *rule, DeskDay today)
{
  if (rule->measured == DESK_GATE_ACCEPT)
    return case_->accepted == 1 && case_->accepted_on != DESK_DAY_NONE ? case_->accepted_on : today;
  return case_->days[rule->measured] != DESK_DAY_NONE ? case_->days[rule->measured] : today;
}

/* Whether a physician may pass over what a rule says: not who somebody is, and not that the patient does not agree. */
gboolean
desk_gate_may_pass (const DeskGateCheck *check)
{
  return check->light >= DESK_LIGHT_AMBER && !check->rule->identity && !g_str_equal (check->code, "consent-withdrawn")
         && !g_str_equal (check->code, "consent-refused");
}

/* A physician's override in force today. One that ends before the step leaves the rule amber. */
static void
pass_over (const DeskCase *case_, DeskGateCheck *check, DeskDay today, DeskDay day)
{
  if (!desk_gate_may_pass (check))
    return;
  for (guint i = 0; i < case_->overrides->len; i++)
    {
      const DeskGateOverride *override = &g_array_index (case_->overrides, DeskGateOverride, i);

      if (override->gate != check->rule->gate || !g_str_equal (override->rule, check->rule->code)
          || (override->until != DESK_DAY_NONE && override->until < today))
        continue;
      if (override->until != DESK_DAY_NONE && override->until < day)
        {
          desk_gate_say (check, DESK_LIGHT_AMBER, "override-ends", check->mend);
          check->good_until = override->until;
        }
      else
        check->override = override;
    }
}

/* What each rule of a gate says that is in use for this patient: DeskGateCheck in the order of the table, free with
 * g_array_unref (). today is the clinic's. */
GArray *
desk_gate_judge (const DeskCase *case_, DeskGate gate, DeskDay today)
{
  GArray *checks = g_array_new (FALSE, FALSE, sizeof (DeskGateCheck));
  guint purpose = g_str_equal (case_->purpose, "prevention") ? DESK_FOR_PREVENTION : DESK_FOR_TREATMENT;

  for (guint i = 0; i < G_N_ELEMENTS (rules); i++)
    {
      const DeskGateRule *rule = &rules[i];
      DeskGateCheck check = { .rule = rule, .code = "ok", .good_until = DESK_DAY_NONE, .due_on = DESK_DAY_NONE };

      if (rule->gate != gate || !(rule->purposes & purpose) || !desk_gate_active (rule, case_->settings))
        continue;

      DeskDay day = measured_on (case_, rule, today);
      /* An accepted case was judged on that day and is not judged again. */
      DeskGateQuestion question = { rule, desk_gate_months (rule, case_->settings),
                                    gate == DESK_GATE_ACCEPT ? MIN (day, today) : today, day };
      lookers[rule->look](case_, &question, &check);
      pass_over (case_, &check, question.today, day);
      g_array_append_val (checks, check);
    }
  return checks;
}

/* Whether a rule does not stand in the way: green, not to be judged, or passed over by a physician. */
gboolean
desk_gate_stands (const DeskGateCheck *check)
{
  return check->light <= DESK_LIGHT_GREEN || check->override;
}

/* The gate as a whole. */
void
desk_gate_sum (const DeskCase *case_, DeskGate gate, const GArray *checks, DeskGateSummary *summary)
{
  *summary = (DeskGateSummary){ .day = case_->days[gate], .ready_until = DESK_DAY_NONE, .n_rules = checks->len };
  for (guint i = 0; i < checks->len; i++)
    {
      const DeskGateCheck *check = &g_array_index (checks, DeskGateCheck, i);
      DeskLight light = check->override ? DESK_LIGHT_GREEN : check->light;
      DeskDay until = check->override ? check->override->until : check->good_until;

      summary->n_red += light == DESK_LIGHT_RED;
      summary->n_amber += light == DESK_LIGHT_AMBER;
      summary->n_overridden += check->override != NULL;
      summary->light = MAX (summary->light, light);
      if (light != DESK_LIGHT_RED && until != DESK_DAY_NONE
          && (summary->ready_until == DESK_DAY_NONE || until < summary->ready_until))
        summary->ready_until = until;
    }
}
