#include "bank-model.h"

#include <string.h>

#define FINAL "infused part_infused discarded"
#define LIVE "planned filled frozen fresh_ready in_transit at_clinic"
#define TAKES_PLACE(step) ((step) == DESK_STEP_MOVE || (step) == DESK_STEP_PUT_BACK || (step) == DESK_STEP_FOUND)

/* Whether word is one of those, which are parted by blanks. */
gboolean
model_is (const char *word, const char *words)
{
  gsize length = strlen (word);

  for (const char *p = words; p; p = strchr (p, ' ') ? strchr (p, ' ') + 1 : NULL)
    if (strncmp (p, word, length) == 0 && (p[length] == ' ' || p[length] == '\0'))
      return TRUE;
  return FALSE;
}

int
model_visit_patient (int visit)
{
  return (visit - 1) % N_PATIENTS + 1;
}

ModelHold *
model_free_hold (Bank *bank)
{
  for (int i = 0; i < N_HOLDS; i++)
    if (bank->holds[i].id == 0)
      return &bank->holds[i];
  return NULL;
}

gboolean
reasons_have (const Reasons *reasons, const char *code)
{
  for (guint i = 0; i < reasons->n; i++)
    if (strcmp (reasons->codes[i], code) == 0)
      return TRUE;
  return FALSE;
}

static void
against (Reasons *reasons, gboolean is, const char *code)
{
  if (is && reasons->n < G_N_ELEMENTS (reasons->codes))
    reasons->codes[reasons->n++] = code;
}

static gboolean
is_dose (const ModelUnit *unit)
{
  return model_is (unit->kind, "dose_fresh dose_frozen");
}

static gboolean
is_held (const Bank *bank, int unit)
{
  const ModelUnit *u = &bank->units[unit];

  if (bank->lots[u->lot].failed)
    return TRUE;
  for (int i = 0; i < N_HOLDS; i++)
    {
      const ModelHold *hold = &bank->holds[i];
      const int of[DESK_N_HOLD_SCOPES] = { [DESK_HOLD_UNIT] = unit,   [DESK_HOLD_LOT] = u->lot, [DESK_HOLD_PATIENT] = bank->lots[u->lot].patient,
                                           [DESK_HOLD_CONTAINER] = u->box, [DESK_HOLD_PLAN] = -1, [DESK_HOLD_FACILITY] = -1 };

      if (hold->id != 0 && hold->of == of[hold->scope] && (hold->scope != DESK_HOLD_CONTAINER || u->box >= 0))
        return TRUE;
    }
  return FALSE;
}

static void
people (const Bank *bank, const Move *move, gboolean event, gboolean witnessed, Reasons *reasons)
{
  against (reasons, witnessed && move->witness == 0, "second-person-needed");
  against (reasons, move->witness == move->performer, "same-person");
  against (reasons, event && (bank->inactive[move->performer] || bank->inactive[move->witness]), "staff-not-active");
}

static void
place (const Bank *bank, const Move *move, Reasons *reasons)
{
  gboolean inside = move->box >= 0 && move->row >= 1 && move->row <= N_ROWS && move->col >= 1 && move->col <= N_COLS;

  against (reasons, !inside, "no-such-place");
  against (reasons, move->box < 0, "not-found");
  against (reasons, move->box >= 0 && bank->out_of_service[move->box], "out-of-service");
  for (int i = 0; move->box >= 0 && i < N_UNITS; i++)
    {
      const ModelUnit *other = &bank->units[i];

      if (i == move->unit || other->box != move->box)
        continue;
      against (reasons, inside && other->row == move->row && other->col == move->col, "taken");
      /* Beside somebody else's cells nothing is put by one person alone. */
      against (reasons, move->witness == 0 && bank->lots[other->lot].patient != bank->lots[bank->units[move->unit].lot].patient,
               "second-person-needed");
    }
}

/* On the way to the patient: everything that makes a dose the right one, and good. */
static void
towards (const Bank *bank, const Move *move, gboolean present, Reasons *reasons)
{
  const ModelUnit *u = &bank->units[move->unit];

  against (reasons, is_held (bank, move->unit), "unit-held");
  if (!is_dose (u))
    return;
  against (reasons, !model_is (u->quality, "released conditional"), "not-released");
  against (reasons, !model_is (u->label, "verified"), "label-not-verified");
  against (reasons, u->expired, "expired");
  against (reasons, bank->lots[u->lot].failed, "result-failed");
  against (reasons, u->visit == 0, "not-reserved");
  against (reasons, present && u->visit != 0 && !bank->here[u->visit], "patient-not-here");
}

static void
release (const Bank *bank, const Move *move, Reasons *reasons)
{
  const ModelUnit *u = &bank->units[move->unit];
  const ModelLot *lot = &bank->lots[u->lot];

  against (reasons, !model_is (u->quality, "quarantine conditional"), "not-possible");
  against (reasons, is_held (bank, move->unit), "unit-held");
  against (reasons, lot->failed, "result-failed");
  against (reasons, !lot->final, "result-not-final");
  against (reasons, lot->final && !lot->checked, "result-not-checked");
  against (reasons, move->performer == MODEL_TESTER, "released-by-tester");
  /* Quality, and by the clinic's setting the physicians. */
  against (reasons, move->performer != 3 && move->performer != 4 && move->performer != 7, "not-a-releaser");
  against (reasons, lot->bad, "lot-failed");
}

static void
reserve (const Bank *bank, const Move *move, Reasons *reasons)
{
  const ModelUnit *u = &bank->units[move->unit];

  against (reasons, !model_is (u->life, LIVE) || model_is (u->quality, "rejected recalled"), "not-reservable");
  against (reasons, !is_dose (u), "not-a-dose");
  against (reasons, is_held (bank, move->unit), "unit-held");
  against (reasons, u->visit != 0, "already-reserved");
  against (reasons, u->expired, "expired");
  against (reasons, model_visit_patient (move->visit) != bank->lots[u->lot].patient, "other-patient");
}

static void
infuse (const Bank *bank, const Move *move, Reasons *reasons)
{
  const ModelUnit *u = &bank->units[move->unit];

  against (reasons, !model_is (u->life, "at_bedside"), "not-possible");
  against (reasons, !is_dose (u), "not-a-dose");
  towards (bank, move, TRUE, reasons);
  against (reasons, move->visit != 0 && model_visit_patient (move->visit) != bank->lots[u->lot].patient, "other-patient");
  against (reasons, move->visit != 0 && move->visit != u->visit, "not-reserved");
  /* Asked of the visit that is named. */
  against (reasons, move->visit != 0 && !bank->here[move->visit], "patient-not-here");
}

static gboolean
is_witnessed (DeskUnitStep step)
{
  switch (step)
    {
    case DESK_STEP_VERIFY_LABEL: case DESK_STEP_RELEASE: case DESK_STEP_PICK: case DESK_STEP_PUT_BACK: case DESK_STEP_THAW:
    case DESK_STEP_THAWED: case DESK_STEP_TO_BEDSIDE: case DESK_STEP_INFUSE: case DESK_STEP_DISCARD: case DESK_STEP_FOUND:
      return TRUE;
    default:
      return FALSE;
    }
}

static void
step_state (const Bank *bank, const Move *move, Reasons *reasons)
{
  const ModelUnit *u = &bank->units[move->unit];
  gboolean fresh = model_is (u->kind, "dose_fresh"), verified = model_is (u->label, "verified");
  const char *label_lives = LIVE " picked";

#define FROM(states) against (reasons, !model_is (u->life, states), "not-possible")
  switch (move->step)
    {
    case DESK_STEP_PRINT_LABEL:
      FROM (label_lives);
      return;
    case DESK_STEP_VERIFY_LABEL:
      FROM (label_lives);
      against (reasons, !model_is (u->label, "printed"), "not-possible");
      against (reasons, move->scan == 0, "scan-needed");
      against (reasons, move->scan == 2, "label-mismatch");
      return;
    case DESK_STEP_RELEASE:
      release (bank, move, reasons);
      return;
    case DESK_STEP_REJECT:
      against (reasons, !model_is (u->quality, "quarantine conditional"), "not-possible");
      return;
    case DESK_STEP_RECALL:
      against (reasons, !model_is (u->quality, "released conditional"), "not-possible");
      return;
    case DESK_STEP_MOVE:
      FROM ("filled frozen fresh_ready at_clinic");
      place (bank, move, reasons);
      return;
    case DESK_STEP_RESERVE:
      reserve (bank, move, reasons);
      return;
    case DESK_STEP_UNRESERVE:
      FROM (LIVE " picked thawing thawed at_bedside missing");
      against (reasons, u->visit == 0, "not-reserved");
      return;
    case DESK_STEP_PICK:
      FROM ("frozen at_clinic");
      against (reasons, fresh, "not-for-freezing");
      towards (bank, move, FALSE, reasons);
      return;
    case DESK_STEP_PUT_BACK:
      FROM ("picked");
      against (reasons, fresh, "not-for-freezing");
      against (reasons, !verified, "label-not-verified");
      place (bank, move, reasons);
      return;
    case DESK_STEP_THAW:
      FROM ("picked");
      against (reasons, fresh, "not-for-freezing");
      towards (bank, move, TRUE, reasons);
      return;
    case DESK_STEP_THAWED:
      FROM ("thawing");
      return;
    case DESK_STEP_TO_BEDSIDE:
      FROM ("thawed fresh_ready at_clinic");
      against (reasons, !is_dose (u), "not-a-dose");
      against (reasons, model_is (u->kind, "dose_frozen") && !model_is (u->life, "thawed"), "not-thawed");
      towards (bank, move, TRUE, reasons);
      return;
    case DESK_STEP_INFUSE:
      infuse (bank, move, reasons);
      return;
    case DESK_STEP_INFUSED:
    case DESK_STEP_PART_INFUSED:
      FROM ("infusing");
      return;
    case DESK_STEP_DISCARD:
      FROM ("filled frozen fresh_ready in_transit at_clinic picked thawing thawed at_bedside missing");
      against (reasons, u->visit != 0, "still-reserved");
      against (reasons, u->listed && !model_is (u->life, "thawing thawed at_bedside infusing"), "lookback-open");
      against (reasons, model_is (u->quality, "released conditional") && move->performer == MODEL_APPROVER, "approval-needed");
      against (reasons, bank->inactive[MODEL_APPROVER], "staff-not-active");
      return;
    case DESK_STEP_MISSING:
      FROM ("filled frozen fresh_ready in_transit at_clinic picked");
      return;
    case DESK_STEP_FOUND:
      FROM ("missing");
      against (reasons, model_is (u->before ? u->before : "", "frozen picked") && fresh, "not-for-freezing");
      against (reasons, model_is (u->before ? u->before : "", "frozen picked") && !verified, "label-not-verified");
      if (move->box >= 0 || model_is (u->before ? u->before : "", "frozen picked"))
        place (bank, move, reasons);
      return;
    default:
      g_assert_not_reached ();
    }
#undef FROM
}

static void
step_reasons (const Bank *bank, const Move *move, Reasons *reasons)
{
  const ModelUnit *u = &bank->units[move->unit];
  gboolean event = move->step != DESK_STEP_RESERVE && move->step != DESK_STEP_UNRESERVE;

  against (reasons, model_is (u->life, FINAL) && move->step != DESK_STEP_RECALL, "final-state");
  people (bank, move, event, is_witnessed (move->step), reasons);
  against (reasons, !move->reason && (move->step == DESK_STEP_REJECT || move->step == DESK_STEP_RECALL || move->step == DESK_STEP_PART_INFUSED),
           "reason-needed");
  against (reasons, move->scan == 2, "label-mismatch");
  step_state (bank, move, reasons);
}

static void
store_reasons (const Bank *bank, const Move *move, Reasons *reasons)
{
  const ModelUnit *u = &bank->units[move->unit];

  against (reasons, model_is (u->life, FINAL), "final-state");
  against (reasons, !model_is (u->life, "filled"), "not-possible");
  if (move->kind == MOVE_READY)
    {
      against (reasons, bank->inactive[move->performer], "staff-not-active");
      return;
    }
  people (bank, move, TRUE, TRUE, reasons);
  against (reasons, model_is (u->kind, "dose_fresh"), "not-for-freezing");
  against (reasons, !model_is (u->label, "verified"), "label-not-verified");
  against (reasons, move->box < 0, "place-needed");
  place (bank, move, reasons);
}

static gboolean
is_released (const ModelUnit *unit)
{
  return model_is (unit->quality, "released conditional");
}

static gboolean
has_released (const Bank *bank, int lot)
{
  gboolean released = bank->lots[lot].gone_released;

  for (int i = 0; i < N_UNITS; i++)
    released |= bank->units[i].lot == lot && is_released (&bank->units[i]);
  return released;
}

/* Everything that stands against the move. */
void
model_reasons (const Bank *bank, const Move *move, Reasons *reasons)
{
  reasons->n = 0;
  switch (move->kind)
    {
    case MOVE_STEP:
      step_reasons (bank, move, reasons);
      return;
    case MOVE_FREEZE:
    case MOVE_READY:
      store_reasons (bank, move, reasons);
      return;
    case MOVE_HOLD:
      against (reasons, !move->reason, "reason-needed");
      return;
    case MOVE_CLOSE_HOLD:
      against (reasons, !move->reason, "reason-needed");
      against (reasons, bank->holds[move->hold].id == 0, "not-found");
      return;
    case MOVE_RESULT:
    case MOVE_LATE_RESULT:
      against (reasons, bank->inactive[MODEL_TESTER], "staff-not-active");
      return;
    case MOVE_CHECK:
      against (reasons, move->performer == MODEL_TESTER, "same-person");
      against (reasons, bank->inactive[move->performer], "staff-not-active");
      return;
    case MOVE_LOT_FAILS:
      against (reasons, !bank->lots[move->lot].bad && has_released (bank, move->lot), "lot-has-released");
      return;
    case MOVE_VISIT:
      for (int i = 0; i < N_UNITS; i++)
        against (reasons, bank->here[move->visit] && bank->units[i].visit == move->visit
                              && model_is (bank->units[i].life, "thawing thawed at_bedside infusing"), "dose-under-way");
      return;
    default:
      return;
    }
}

static void
leave (ModelUnit *unit)
{
  unit->box = -1;
  unit->row = unit->col = 0;
}

static void
enter (ModelUnit *unit, const Move *move)
{
  unit->box = move->box;
  unit->row = move->row;
  unit->col = move->col;
}

static void
apply_step (Bank *bank, const Move *move)
{
  static const char *const lives[DESK_N_STEPS] = {
    [DESK_STEP_PICK] = "picked", [DESK_STEP_PUT_BACK] = "frozen", [DESK_STEP_THAW] = "thawing", [DESK_STEP_THAWED] = "thawed",
    [DESK_STEP_TO_BEDSIDE] = "at_bedside", [DESK_STEP_INFUSE] = "infusing", [DESK_STEP_INFUSED] = "infused",
    [DESK_STEP_PART_INFUSED] = "part_infused", [DESK_STEP_DISCARD] = "discarded", [DESK_STEP_MISSING] = "missing", [DESK_STEP_FOUND] = "frozen",
  };
  static const char *const qualities[DESK_N_STEPS] = {
    [DESK_STEP_RELEASE] = "released", [DESK_STEP_REJECT] = "rejected", [DESK_STEP_RECALL] = "recalled",
  };
  static const char *const labels[DESK_N_STEPS] = { [DESK_STEP_PRINT_LABEL] = "printed", [DESK_STEP_VERIFY_LABEL] = "verified" };
  ModelUnit *unit = &bank->units[move->unit];
  gboolean running = model_is (unit->life, "infusing");

  if (move->step == DESK_STEP_RESERVE)
    unit->visit = move->visit;
  if (move->step == DESK_STEP_UNRESERVE || move->step == DESK_STEP_REJECT || (move->step == DESK_STEP_RECALL && !running)
      || move->step == DESK_STEP_INFUSED || move->step == DESK_STEP_PART_INFUSED)
    unit->visit = 0;
  if (move->step == DESK_STEP_MISSING)
    unit->before = unit->life;
  if (lives[move->step])
    {
      unit->life = move->step == DESK_STEP_FOUND && !model_is (unit->before, "picked") ? unit->before : lives[move->step];
      leave (unit);
    }
  if (qualities[move->step])
    unit->quality = qualities[move->step];
  if (labels[move->step])
    unit->label = labels[move->step];
  if (TAKES_PLACE (move->step) && move->box >= 0)
    enter (unit, move);
  /* Where it has been nobody knows. */
  if (move->step == DESK_STEP_FOUND)
    *model_free_hold (bank) = (ModelHold){ -1, DESK_HOLD_UNIT, move->unit };
}

/* Whether it left quarantine once, or reached somebody. */
gboolean
model_was_let_go (const ModelUnit *unit)
{
  return model_is (unit->quality, "released conditional recalled") || model_is (unit->life, "infusing infused part_infused");
}

/* What was released is recalled, and promised to nobody unless it is running. */
static void
call_back (Bank *bank, int lot)
{
  gboolean let_go = bank->lots[lot].gone_let_go;

  bank->lots[lot].failed = TRUE;
  bank->lots[lot].gone_released = FALSE;
  for (int i = 0; i < N_UNITS; i++)
    let_go |= bank->units[i].lot == lot && model_was_let_go (&bank->units[i]);
  for (int i = 0; i < N_UNITS; i++)
    bank->units[i].listed |= let_go && bank->units[i].lot == lot && !model_is (bank->units[i].life, FINAL);
  for (int i = 0; i < N_UNITS; i++)
    if (bank->units[i].lot == lot && is_released (&bank->units[i]))
      {
        bank->units[i].quality = "recalled";
        if (!model_is (bank->units[i].life, "infusing"))
          bank->units[i].visit = 0;
      }
}

/* Does a legal move. Ids of what is new are filled in by whoever has the store's answer. */
void
model_apply (Bank *bank, const Move *move)
{
  ModelHold *hold = model_free_hold (bank);

  switch (move->kind)
    {
    case MOVE_STEP:
      apply_step (bank, move);
      break;
    case MOVE_FREEZE:
      bank->units[move->unit].life = "frozen";
      enter (&bank->units[move->unit], move);
      break;
    case MOVE_READY:
      bank->units[move->unit].life = "fresh_ready";
      break;
    case MOVE_HOLD:
      *hold = (ModelHold){ -1, move->scope,
                           move->scope == DESK_HOLD_UNIT ? move->unit : move->scope == DESK_HOLD_LOT ? move->lot
                           : move->scope == DESK_HOLD_PATIENT ? bank->lots[move->lot].patient : move->scope == DESK_HOLD_CONTAINER ? move->box : -1 };
      break;
    case MOVE_CLOSE_HOLD:
      bank->holds[move->hold].id = 0;
      break;
    case MOVE_RESULT:
      bank->lots[move->lot].final = TRUE;
      bank->lots[move->lot].checked = FALSE;
      break;
    case MOVE_CHECK:
      bank->lots[move->lot].checked = TRUE;
      break;
    case MOVE_REVIEW:
      bank->units[move->unit].listed = FALSE;
      break;
    case MOVE_LATE_RESULT:
      call_back (bank, move->lot);
      break;
    case MOVE_VISIT:
      bank->here[move->visit] = !bank->here[move->visit];
      break;
    case MOVE_STAFF:
      bank->inactive[move->staff] = !bank->inactive[move->staff];
      break;
    case MOVE_SERVICE:
      bank->out_of_service[move->box] = !bank->out_of_service[move->box];
      break;
    case MOVE_LOT_FAILS:
      bank->lots[move->lot].bad = TRUE;
      break;
    default:
      g_assert_not_reached ();
    }
}
