/* The steps of a unit: what each starts from and asks for. */
#include "desk-cell-private.h"

/* What a step asks of the unit beside the state it starts from. */
typedef enum
{
  NEEDS_DOSE = 1 << 0,      /* only doses may go that way */
  NEEDS_GOOD = 1 << 1,      /* a dose: released, labelled, not expired */
  NEEDS_PROMISE = 1 << 2,   /* a dose: reserved for a visit */
  NEEDS_NO_PROMISE = 1 << 3,
  NEEDS_NO_HOLD = 1 << 4,
  NEEDS_PLACE = 1 << 5,
  NEEDS_THAWED = 1 << 6,    /* what was made to be frozen reaches the patient through the bath alone */
  NEEDS_FROZEN_KIND = 1 << 7,
  NEEDS_LABEL = 1 << 8,     /* nothing stands in the cold without a verified label */
  NEEDS_NO_DOSE = 1 << 9,   /* what is used up is no dose */
} Needs;

typedef struct
{
  DeskUnitStepInfo info;
  const char *from; /* states of the axis it starts from, comma separated; of life where no axis moves */
  Needs needs;
} Rule;

#define LIVE_STATES "planned,filled,frozen,fresh_ready,in_transit,at_clinic"

/* The steps of facts/cells.md 4.3 that a page offers; the schema's axis_step has the same and more, and a test of
 * the store holds the two together. */
static const Rule rules[DESK_N_STEPS] = {
  [DESK_STEP_PRINT_LABEL] = { { "print-label", "label", "printed", FALSE, FALSE }, "none,printed,verified", 0 },
  [DESK_STEP_VERIFY_LABEL] = { { "verify-label", "label", "verified", TRUE, FALSE }, "printed", 0 },
  [DESK_STEP_RELEASE] = { { "release", "quality", "released", TRUE, FALSE }, "quarantine,conditional", NEEDS_NO_HOLD },
  [DESK_STEP_REJECT] = { { "reject", "quality", "rejected", FALSE, TRUE }, "quarantine,conditional", 0 },
  [DESK_STEP_RECALL] = { { "recall", "quality", "recalled", FALSE, TRUE }, "released,conditional", 0 },
  [DESK_STEP_MOVE] = { { "move", NULL, NULL, FALSE, FALSE }, "filled,frozen,fresh_ready,at_clinic", 0 },
  [DESK_STEP_RESERVE]
  = { { "reserve", NULL, NULL, FALSE, FALSE }, LIVE_STATES, NEEDS_DOSE | NEEDS_NO_HOLD },
  [DESK_STEP_UNRESERVE] = { { "unreserve", NULL, NULL, FALSE, FALSE }, LIVE_STATES ",picked,thawing,thawed,at_bedside,missing", 0 },
  [DESK_STEP_PICK]
  = { { "pick", "life", "picked", TRUE, FALSE }, "frozen,at_clinic", NEEDS_GOOD | NEEDS_PROMISE | NEEDS_NO_HOLD | NEEDS_FROZEN_KIND },
  [DESK_STEP_PUT_BACK] = { { "put-back", "life", "frozen", TRUE, FALSE }, "picked", NEEDS_FROZEN_KIND | NEEDS_LABEL },
  [DESK_STEP_THAW]
  = { { "thaw", "life", "thawing", TRUE, FALSE }, "picked", NEEDS_GOOD | NEEDS_PROMISE | NEEDS_NO_HOLD | NEEDS_FROZEN_KIND },
  [DESK_STEP_THAWED] = { { "thawed", "life", "thawed", TRUE, FALSE }, "thawing", 0 },
  [DESK_STEP_TO_BEDSIDE] = { { "to-bedside", "life", "at_bedside", TRUE, FALSE }, "thawed,fresh_ready,at_clinic",
                             NEEDS_DOSE | NEEDS_GOOD | NEEDS_PROMISE | NEEDS_NO_HOLD | NEEDS_THAWED },
  [DESK_STEP_INFUSE] = { { "infuse", "life", "infusing", TRUE, FALSE }, "at_bedside",
                         NEEDS_DOSE | NEEDS_GOOD | NEEDS_PROMISE | NEEDS_NO_HOLD },
  [DESK_STEP_INFUSED] = { { "infused", "life", "infused", FALSE, FALSE }, "infusing", NEEDS_DOSE },
  [DESK_STEP_PART_INFUSED] = { { "part-infused", "life", "part_infused", FALSE, TRUE }, "infusing", NEEDS_DOSE },
  [DESK_STEP_DISCARD] = { { "discard", "life", "discarded", TRUE, FALSE },
                          "filled,frozen,fresh_ready,in_transit,at_clinic,picked,thawing,thawed,at_bedside,missing", NEEDS_NO_PROMISE },
  [DESK_STEP_MISSING] = { { "missing", "life", "missing", FALSE, FALSE }, "filled,frozen,fresh_ready,in_transit,at_clinic,picked", 0 },
  [DESK_STEP_FOUND] = { { "found", "life", "frozen", TRUE, FALSE }, "missing", 0 }, /* to what it was: desk_unit_step_to () */
  [DESK_STEP_SEND] = { { "send", "life", "in_transit", TRUE, FALSE }, "filled,frozen,fresh_ready", 0 },
  [DESK_STEP_RECEIVE] = { { "receive", "life", "at_clinic", TRUE, FALSE }, "in_transit", 0 },
  [DESK_STEP_TRANSFER_OUT]
  = { { "transfer-out", "life", "transferred_out", TRUE, TRUE }, "frozen,at_clinic", NEEDS_NO_PROMISE | NEEDS_NO_HOLD },
  [DESK_STEP_CONSUME]
  = { { "consume", "life", "consumed", TRUE, FALSE }, "filled,frozen,fresh_ready,thawed", NEEDS_NO_DOSE | NEEDS_NO_PROMISE },
  [DESK_STEP_VOID] = { { "void", "life", "void", FALSE, TRUE }, "planned", NEEDS_NO_PROMISE },
};

/* What a step is: its code, the axis it moves, whom and what it asks for. Static. */
const DeskUnitStepInfo *
desk_unit_step_info (DeskUnitStep step)
{
  return &rules[step].info;
}

/* The state a step leads to; what is found is again what it was before it went missing. Static or the unit's own. */
const char *
desk_unit_step_to (const DeskUnit *unit, DeskUnitStep step)
{
  if (step != DESK_STEP_FOUND || !unit->before_missing || !*unit->before_missing)
    return rules[step].info.to_state;
  if (desk_cell_is (unit->before_missing, "picked"))
    return "frozen";
  if (desk_cell_is (unit->before_missing, "in_transit"))
    return "at_clinic";
  return unit->before_missing;
}

static const char *
state_of (const DeskUnit *unit, const char *axis)
{
  if (g_strcmp0 (axis, "quality") == 0)
    return unit->quality;
  if (g_strcmp0 (axis, "label") == 0)
    return unit->label;
  return unit->life;
}

/* Why the step does not start from the state the unit is in; NULL when it does. */
static const char *
wrong_state (const DeskUnit *unit, DeskUnitStep step)
{
  const Rule *rule = &rules[step];

  if (desk_unit_is_final (unit) && step != DESK_STEP_RECALL)
    return "final-state";
  if (step == DESK_STEP_UNRESERVE && unit->reserved_visit == 0)
    return "not-reserved";
  if (step == DESK_STEP_RESERVE
      && (!desk_cell_is (unit->life, rule->from) || desk_cell_is (unit->quality, "rejected,recalled")))
    return "not-reservable";
  if (step == DESK_STEP_RELEASE && desk_cell_is (unit->life, "new,planned"))
    return "not-filled";
  if (desk_cell_is (rule->info.axis, "label") && !desk_cell_is (unit->life, LIVE_STATES ",picked"))
    return "not-possible";
  if (!desk_cell_is (state_of (unit, rule->info.axis), rule->from))
    return "not-possible";
  return NULL;
}

static void
check_needs (const DeskUnit *unit, Needs needs, DeskDay today, DeskProblems *problems)
{
  gboolean dose = desk_unit_is_dose (unit);
  const struct
  {
    gboolean wrong;
    const char *code;
  } table[] = {
    { (needs & NEEDS_DOSE) && !dose, "not-a-dose" },
    { (needs & NEEDS_FROZEN_KIND) && desk_cell_is (unit->kind, "dose_fresh"), "not-for-freezing" },
    { (needs & NEEDS_GOOD) && dose && !desk_cell_is (unit->quality, "released,conditional"), "not-released" },
    { (needs & NEEDS_LABEL || (needs & NEEDS_GOOD && dose)) && !desk_cell_is (unit->label, "verified"), "label-not-verified" },
    { (needs & NEEDS_GOOD) && dose && desk_unit_is_expired (unit, today), "expired" },
    { (needs & NEEDS_GOOD) && dose && desk_unit_consent_ended (unit, today), "consent-ended" },
    { (needs & NEEDS_GOOD) && dose && unit->in_quarantine, "in-quarantine-place" },
    { (needs & NEEDS_GOOD) && (needs & NEEDS_PROMISE) && dose && desk_cell_is (unit->quality, "conditional") && unit->reserved_visit != 0
          && unit->condition_visit != unit->reserved_visit, "conditional-other-visit" },
    { (needs & NEEDS_NO_DOSE) && dose, "not-an-intermediate" },
    { (needs & NEEDS_NO_HOLD) && unit->holds > 0, "unit-held" },
    { (needs & NEEDS_PROMISE) && dose && unit->reserved_visit == 0, "not-reserved" },
    { (needs & NEEDS_NO_PROMISE) && unit->reserved_visit != 0, "still-reserved" },
    { (needs & NEEDS_THAWED) && desk_cell_is (unit->kind, "dose_frozen") && !desk_cell_is (unit->life, "thawed"), "not-thawed" },
  };

  for (guint i = 0; i < G_N_ELEMENTS (table); i++)
    if (table[i].wrong)
      desk_problems_add (problems, "unit", table[i].code, NULL);
}

/* Everything about the unit itself that stands against the step, whoever does it. */
static void
check_unit (const DeskUnit *unit, DeskUnitStep step, DeskDay today, DeskProblems *problems)
{
  const char *code = wrong_state (unit, step);

  if (code)
    {
      desk_problems_add (problems, "unit", code, NULL);
      return;
    }
  check_needs (unit, rules[step].needs, today, problems);
  if (step == DESK_STEP_RESERVE && unit->reserved_visit != 0)
    desk_problems_add (problems, "unit", "already-reserved", NULL);
  if (step == DESK_STEP_RESERVE && desk_unit_is_expired (unit, today))
    desk_problems_add (problems, "unit", "expired", NULL);
  if (step == DESK_STEP_RESERVE && desk_unit_consent_ended (unit, today))
    desk_problems_add (problems, "unit", "consent-ended", NULL);
  if (step == DESK_STEP_FOUND && strcmp (desk_unit_step_to (unit, step), "frozen") == 0)
    check_needs (unit, NEEDS_FROZEN_KIND | NEEDS_LABEL, today, problems);
  if (step == DESK_STEP_MOVE && desk_cell_is (unit->life, "frozen") && unit->container_id == 0)
    desk_problems_add (problems, "unit", "not-in-place", NULL);
}

/* Whether a page offers the step: nothing about the unit stands against it. */
gboolean
desk_unit_offers (const DeskUnit *unit, DeskUnitStep step, DeskDay today)
{
  g_autoptr (DeskProblems) problems = desk_problems_new ();

  check_unit (unit, step, today, problems);
  return !desk_problems_block (problems);
}

/* Whether these people may do the step with that reason: adds problems at "unit", "performer", "witness" or
 * "reason". The codes are the schema's own where it refuses the same. */
void
desk_unit_step_check (const DeskUnit *unit, DeskUnitStep step, gint64 performer, gint64 witness, const char *reason,
                      DeskDay today, DeskProblems *problems)
{
  const DeskUnitStepInfo *info = &rules[step].info;
  g_autofree char *words = g_strstrip (g_strdup (reason ? reason : ""));

  check_unit (unit, step, today, problems);
  if (performer == 0)
    desk_problems_add (problems, "performer", "missing", NULL);
  if (info->witnessed && witness == 0)
    desk_problems_add (problems, "witness", "second-person-needed", NULL);
  if (witness != 0 && witness == performer)
    desk_problems_add (problems, "witness", "same-person", NULL);
  if (info->reason && *words == '\0')
    desk_problems_add (problems, "reason", "reason-needed", NULL);
}
