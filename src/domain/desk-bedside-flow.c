#include "desk-bedside-flow.h"

#include <string.h>

#include "desk-cell-private.h"

static const char *const rule_codes[DESK_BEDSIDE_N_RULES] = { "thaw-limit", "use-until", "dose-range", "dmso" };

/* Terms of CTCAE v5.0 for what an infusion does at once. */
static const char *const terms[] = {
  "Infusion related reaction", "Chills", "Fever", "Allergic reaction", "Anaphylaxis", "Cytokine release syndrome", "Hypotension",
  "Hypertension", "Dyspnea", "Sinus tachycardia", "Nausea", "Vomiting", "Headache", "Dizziness", "Syncope", "Pruritus", "Urticaria",
  "Rash maculo-papular", "Infusion site extravasation", "Back pain", "Malaise", "Fatigue", "Sepsis", NULL,
};

void
desk_order_clear (DeskOrder *order)
{
  g_free (order->note);
  g_free (order->physician);
  *order = (DeskOrder){ 0 };
}

/* NULL is fine. */
void
desk_bedside_free (DeskBedside *bedside)
{
  if (!bedside)
    return;
  g_free (bedside->visit_status);
  g_free (bedside->lacks);
  desk_unit_free (bedside->unit);
  g_free (bedside->barcode);
  desk_order_clear (&bedside->order);
  g_free (bedside->bath);
  g_free (bedside->reaction);
  g_free (bedside->reason);
  g_free (bedside->rest);
  g_free (bedside);
}

static gboolean
is_fresh (const DeskBedside *bedside)
{
  return bedside->unit && strcmp (bedside->unit->kind, "dose_fresh") == 0;
}

/* Where the dose is on its way. */
DeskBedsideStep
desk_bedside_step (const DeskBedside *bedside)
{
  static const struct
  {
    const char *life;
    DeskBedsideStep step;
  } table[] = {
    { "thawing", DESK_BEDSIDE_THAW },  { "thawed", DESK_BEDSIDE_CHECK },     { "at_bedside", DESK_BEDSIDE_START },
    { "infusing", DESK_BEDSIDE_RUN },  { "infused", DESK_BEDSIDE_DONE },     { "part_infused", DESK_BEDSIDE_DONE },
    { "discarded", DESK_BEDSIDE_DONE },
  };
  const char *life = bedside->unit ? bedside->unit->life : "";

  for (guint i = 0; i < G_N_ELEMENTS (table); i++)
    if (strcmp (table[i].life, life) == 0)
      return table[i].step;
  if (bedside->order.id == 0)
    return DESK_BEDSIDE_ORDER;
  if (is_fresh (bedside))
    return DESK_BEDSIDE_CHECK;
  if (strcmp (life, "picked") != 0)
    return DESK_BEDSIDE_PICK;
  return bedside->session_id ? DESK_BEDSIDE_THAW : DESK_BEDSIDE_BATH;
}

/* How a step is shown. */
DeskBedsideMark
desk_bedside_mark (const DeskBedside *bedside, DeskBedsideStep step)
{
  DeskBedsideStep now = desk_bedside_step (bedside);

  if (is_fresh (bedside) && (step == DESK_BEDSIDE_PICK || step == DESK_BEDSIDE_BATH || step == DESK_BEDSIDE_THAW))
    return DESK_BEDSIDE_LEFT_OUT;
  if (step == now)
    return now == DESK_BEDSIDE_DONE ? DESK_BEDSIDE_BEHIND : DESK_BEDSIDE_NOW;
  return step < now ? DESK_BEDSIDE_BEHIND : DESK_BEDSIDE_AHEAD;
}

/* Viable cells in the bag as it is now. */
gint64
desk_bedside_cells (const DeskBedside *bedside)
{
  return bedside->unit ? desk_dose_of_bag (bedside->unit->cells, bedside->viability) : 0;
}

static gboolean
rule_broken (const DeskBedside *b, DeskBedsideRule rule, gint64 now)
{
  switch (rule)
    {
    case DESK_BEDSIDE_RULE_THAW_LIMIT:
      return b->use_until && !desk_thaw_in_time (b->use_until, now);
    case DESK_BEDSIDE_RULE_USE_UNTIL:
      return b->use_until_at && now > b->use_until_at;
    case DESK_BEDSIDE_RULE_DOSE_RANGE:
      return b->order.id && !desk_dose_in_range (desk_bedside_cells (b), b->order.cells_min, b->order.cells_max);
    case DESK_BEDSIDE_RULE_DMSO:
      return b->dmso > b->dmso_limit;
    default:
      return FALSE;
    }
}

/* What the unit itself says against the step that is next: the rules of its axes, whoever does it. */
static void
check_unit (const DeskBedside *bedside, DeskBedsideStep step, DeskDay today, DeskProblems *problems)
{
  static const int steps[DESK_BEDSIDE_N] = { [DESK_BEDSIDE_PICK] = DESK_STEP_PICK, [DESK_BEDSIDE_BATH] = DESK_STEP_THAW,
                                             [DESK_BEDSIDE_THAW] = DESK_STEP_THAW, [DESK_BEDSIDE_CHECK] = DESK_STEP_TO_BEDSIDE,
                                             [DESK_BEDSIDE_START] = DESK_STEP_INFUSE };

  if (strcmp (bedside->unit->life, "thawing") != 0)
    desk_unit_step_check (bedside->unit, steps[step], 1, 2, "", today, problems);
}

/* What the patient's record lacks keeps the dose in the cold; once it is thawed, a physician decides. */
static void
check_gate (const DeskBedside *bedside, DeskProblems *problems)
{
  static const char *const rules[][2] = { { "identity", "gate-identity" }, { "birth", "gate-birth" }, { "consent", "gate-consent" } };
  gboolean cold = !desk_cell_is (bedside->unit->life, "thawing,thawed,at_bedside");

  /* But nobody decides that for a patient who does not agree. */
  if (bedside->consent_lost)
    {
      desk_problems_add (problems, "gate", "consent-withdrawn", NULL);
      return;
    }
  for (guint i = 0; i < G_N_ELEMENTS (rules); i++)
    if (cold && bedside->lacks && desk_cell_is (rules[i][0], bedside->lacks))
      desk_problems_add (problems, "gate", rules[i][1], NULL);
}

/* What stands against the step that is next: at "gate", "visit", "unit", "order" or, for a limit that a physician may pass over,
 * "limit". The codes are the schema's. */
void
desk_bedside_blocks (const DeskBedside *bedside, gint64 now, DeskDay today, DeskProblems *problems)
{
  DeskBedsideStep step = desk_bedside_step (bedside);

  if (!bedside->unit)
    {
      desk_problems_add (problems, "unit", "not-reserved", NULL);
      return;
    }
  if (step == DESK_BEDSIDE_RUN || step == DESK_BEDSIDE_DONE)
    return;
  check_gate (bedside, problems);
  if (step > DESK_BEDSIDE_ORDER)
    check_unit (bedside, step, today, problems);
  if (step >= DESK_BEDSIDE_BATH && g_strcmp0 (bedside->visit_status, "in_room") != 0)
    desk_problems_add (problems, "visit", "patient-not-in-chair", NULL);
  if (step > DESK_BEDSIDE_ORDER && bedside->order.id == 0)
    desk_problems_add (problems, "order", "order-needed", NULL);
  if (step >= DESK_BEDSIDE_CHECK && bedside->thaw_ended && !bedside->bag_whole)
    desk_problems_add (problems, "unit", "bag-broken", NULL);
  for (int rule = 0; step >= DESK_BEDSIDE_CHECK && rule < DESK_BEDSIDE_N_RULES; rule++)
    if (rule_broken (bedside, rule, now) && !bedside->overridden[rule])
      desk_problems_add (problems, "limit", rule_codes[rule], NULL);
}

/* Whether the code read from a label is that of this dose: NULL, or why not. */
const char *
desk_bedside_read_unit (const DeskBedside *bedside, const char *code)
{
  if (!code || !*code || !bedside->unit)
    return "scan-needed";
  if (strcmp (code, bedside->unit->number) == 0)
    return NULL;
  return bedside->barcode && *bedside->barcode && strcmp (code, bedside->barcode) == 0 ? NULL : "wrong-dose";
}

/* Whether the chart number read from a wristband or card is that of the patient whose cells these are. */
const char *
desk_bedside_read_patient (const DeskBedside *bedside, const char *chart)
{
  if (!chart || !*chart || !bedside->unit)
    return "scan-needed";
  return g_strcmp0 (chart, bedside->unit->patient_chart) == 0 ? NULL : "wrong-patient";
}

/* What the file and the words call a limit. Static. */
const char *
desk_bedside_rule_code (DeskBedsideRule rule)
{
  return rule_codes[rule];
}

gboolean
desk_bedside_rule_find (const char *code, DeskBedsideRule *rule)
{
  for (guint i = 0; i < DESK_BEDSIDE_N_RULES; i++)
    if (g_strcmp0 (rule_codes[i], code) == 0)
      {
        *rule = i;
        return TRUE;
      }
  return FALSE;
}

/* Adds problems at "volume", "reason", "rest", "reaction" or "grade"; volume_ml is what was in the bag. */
void
desk_infusion_end_check (const DeskInfusionEnd *end, int volume_ml, DeskProblems *problems)
{
  gboolean reacted = end->reaction && *end->reaction;

  if (end->volume_ml < 0 || end->volume_ml > volume_ml)
    desk_problems_add (problems, "volume", "more-than-there-was", NULL);
  if (end->volume_ml < volume_ml && (!end->reason || !*end->reason))
    desk_problems_add (problems, "reason", "reason-needed", NULL);
  if (end->reason && *end->reason && (!end->rest || !*end->rest))
    desk_problems_add (problems, "rest", "rest-needed", NULL);
  if (reacted && (end->grade < 1 || end->grade > 5))
    desk_problems_add (problems, "grade", "grade-needed", NULL);
  if (!reacted && end->grade != 0)
    desk_problems_add (problems, "reaction", "reaction-needed", NULL);
}

/* Adds problems at the value that cannot be; what was not measured is 0. */
void
desk_vitals_check (const DeskVitals *v, DeskProblems *problems)
{
  const struct
  {
    const char *field;
    int value, low, high;
  } table[] = {
    { "systolic", v->systolic, 30, 300 },       { "diastolic", v->diastolic, 10, 200 },   { "pulse", v->pulse, 20, 300 },
    { "temperature", v->temperature, 250, 450 }, { "saturation", v->saturation, 30, 100 },
  };
  gboolean any = FALSE;

  for (guint i = 0; i < G_N_ELEMENTS (table); i++)
    {
      any |= table[i].value != 0;
      if (table[i].value != 0 && (table[i].value < table[i].low || table[i].value > table[i].high))
        desk_problems_add (problems, table[i].field, "out-of-range", NULL);
    }
  if (!any)
    desk_problems_add (problems, "systolic", "missing", NULL);
  if (v->systolic && v->diastolic && v->systolic <= v->diastolic)
    desk_problems_add (problems, "diastolic", "out-of-range", NULL);
}

/* NULL-terminated; static. */
const char *const *
desk_reaction_terms (void)
{
  return terms;
}
