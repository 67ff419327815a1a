#include "desk-cell.h"

#include <string.h>

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
  [DESK_STEP_DISCARD] = { { "discard", "life", "discarded", TRUE, TRUE },
                          "filled,frozen,fresh_ready,at_clinic,picked,thawing,thawed,at_bedside,missing", NEEDS_NO_PROMISE },
  [DESK_STEP_MISSING] = { { "missing", "life", "missing", FALSE, FALSE }, "frozen", 0 },
  [DESK_STEP_FOUND] = { { "found", "life", "frozen", TRUE, FALSE }, "missing", NEEDS_FROZEN_KIND | NEEDS_LABEL },
};

void
desk_unit_free (DeskUnit *unit)
{
  if (!unit)
    return;
  g_free (unit->kind);
  g_free (unit->number);
  g_free (unit->use_until);
  g_free (unit->life);
  g_free (unit->quality);
  g_free (unit->label);
  g_free (unit->lot_number);
  g_free (unit->patient_name);
  g_free (unit->patient_chart);
  g_free (unit->biohazard);
  g_free (unit);
}

void
desk_unit_event_free (DeskUnitEvent *event)
{
  if (!event)
    return;
  g_free (event->axis);
  g_free (event->from_state);
  g_free (event->to_state);
  g_free (event->performer);
  g_free (event->witness);
  g_free (event->reason);
  g_free (event);
}

/* Whether word is one of the comma-separated list. */
static gboolean
is_one_of (const char *word, const char *list)
{
  gsize length = word ? strlen (word) : 0;

  for (const char *p = list; length && p; p = strchr (p, ',') ? strchr (p, ',') + 1 : NULL)
    if (strncmp (p, word, length) == 0 && (p[length] == ',' || p[length] == '\0'))
      return TRUE;
  return FALSE;
}

/* What a step is: its code, the axis it moves, whom and what it asks for. Static. */
const DeskUnitStepInfo *
desk_unit_step_info (DeskUnitStep step)
{
  return &rules[step].info;
}

/* Only doses may ever reach a patient. */
gboolean
desk_unit_is_dose (const DeskUnit *unit)
{
  return is_one_of (unit->kind, "dose_fresh,dose_frozen");
}

/* Nothing follows a final state of life. */
gboolean
desk_unit_is_final (const DeskUnit *unit)
{
  return is_one_of (unit->life, "infused,part_infused,discarded,consumed,transferred_out,void");
}

/* The last day of use is still good; a date that cannot be read is not. */
static gboolean
is_expired (const DeskUnit *unit, DeskDay today)
{
  DeskDay until;

  return !desk_day_parse (unit->use_until, &until) || until < today;
}

/* Whether the dose can be promised and given as it stands: facts/cells.md 4.2, and not promised already. */
gboolean
desk_unit_available (const DeskUnit *unit, DeskDay today)
{
  return desk_unit_is_dose (unit) && is_one_of (unit->life, "frozen,fresh_ready,at_clinic")
         && is_one_of (unit->quality, "released,conditional") && is_one_of (unit->label, "verified")
         && unit->holds == 0 && unit->reserved_visit == 0 && !is_expired (unit, today);
}

/* The static text of a state of life, so that a headline outlives its unit. */
static const char *
find_state (const char *life)
{
  static const char *const lives[] = { "planned", "in_transit", "picked", "thawing", "thawed", "at_bedside", "infusing",
                                       "infused", "part_infused", "discarded", "consumed", "transferred_out", "void",
                                       "missing" };

  for (guint i = 0; i < G_N_ELEMENTS (lives); i++)
    if (g_strcmp0 (life, lives[i]) == 0)
      return lives[i];
  return "filled";
}

/* The one word for all axes: a final state first, then what makes it unusable (unsafe before expired), then
 * where it is on its way, then what it still lacks. A static code. */
const char *
desk_unit_headline (const DeskUnit *unit, DeskDay today)
{
  const char *decided = "infused,part_infused,discarded,consumed,transferred_out,void,missing,infusing";
  const char *under_way = "planned,in_transit,picked,thawing,thawed,at_bedside";
  const struct
  {
    gboolean is;
    const char *code;
  } table[] = {
    { is_one_of (unit->life, decided), find_state (unit->life) },
    { is_one_of (unit->quality, "recalled"), "recalled" },
    { is_one_of (unit->quality, "rejected"), "rejected" },
    { unit->holds > 0, "held" },
    { is_expired (unit, today), "expired" },
    { is_one_of (unit->life, under_way), find_state (unit->life) },
    { !is_one_of (unit->quality, "released,conditional"), "quarantine" },
    { !is_one_of (unit->label, "verified"), "unlabelled" },
    { is_one_of (unit->life, "filled"), "filled" },
    { !desk_unit_is_dose (unit), "stored" },
    { unit->reserved_visit != 0, "reserved" },
  };

  for (guint i = 0; i < G_N_ELEMENTS (table); i++)
    if (table[i].is)
      return table[i].code;
  return "available";
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
      && (!is_one_of (unit->life, rule->from) || is_one_of (unit->quality, "rejected,recalled")))
    return "not-reservable";
  if (step == DESK_STEP_RELEASE && is_one_of (unit->life, "new,planned"))
    return "not-filled";
  if (is_one_of (rule->info.axis, "label") && !is_one_of (unit->life, LIVE_STATES ",picked"))
    return "not-possible";
  if (!is_one_of (state_of (unit, rule->info.axis), rule->from))
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
    { (needs & NEEDS_FROZEN_KIND) && is_one_of (unit->kind, "dose_fresh"), "not-for-freezing" },
    { (needs & NEEDS_GOOD) && dose && !is_one_of (unit->quality, "released,conditional"), "not-released" },
    { (needs & NEEDS_LABEL || (needs & NEEDS_GOOD && dose)) && !is_one_of (unit->label, "verified"), "label-not-verified" },
    { (needs & NEEDS_GOOD) && dose && is_expired (unit, today), "expired" },
    { (needs & NEEDS_NO_HOLD) && unit->holds > 0, "unit-held" },
    { (needs & NEEDS_PROMISE) && dose && unit->reserved_visit == 0, "not-reserved" },
    { (needs & NEEDS_NO_PROMISE) && unit->reserved_visit != 0, "still-reserved" },
    { (needs & NEEDS_THAWED) && is_one_of (unit->kind, "dose_frozen") && !is_one_of (unit->life, "thawed"), "not-thawed" },
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
  if (step == DESK_STEP_RESERVE && is_expired (unit, today))
    desk_problems_add (problems, "unit", "expired", NULL);
  if (step == DESK_STEP_MOVE && is_one_of (unit->life, "frozen") && unit->container_id == 0)
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
