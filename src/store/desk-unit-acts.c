/* What is done to units: each step one transaction with its event, place, reservation, infusion and audit row. */
#include "desk-cells-private.h"
#include "desk-codes.h"

#include <string.h>

/* What a step does beside its event. */
typedef enum
{
  LEAVES_PLACE = 1 << 0,
  TAKES_PLACE = 1 << 1,
  RESERVES = 1 << 2,
  UNRESERVES = 1 << 3,
  INFUSES = 1 << 4,
  DISCARDS = 1 << 5,
  GOES_INTO_LOT = 1 << 6,
} Effects;

static const Effects effects[DESK_N_STEPS] = {
  [DESK_STEP_MOVE] = LEAVES_PLACE | TAKES_PLACE,
  [DESK_STEP_RESERVE] = RESERVES,
  [DESK_STEP_UNRESERVE] = UNRESERVES,
  /* What was found unsafe is promised to nobody any more. */
  [DESK_STEP_REJECT] = UNRESERVES,
  [DESK_STEP_RECALL] = UNRESERVES,
  [DESK_STEP_PICK] = LEAVES_PLACE,
  [DESK_STEP_PUT_BACK] = TAKES_PLACE,
  [DESK_STEP_TO_BEDSIDE] = LEAVES_PLACE,
  [DESK_STEP_INFUSE] = INFUSES,
  [DESK_STEP_INFUSED] = UNRESERVES,
  [DESK_STEP_PART_INFUSED] = UNRESERVES,
  [DESK_STEP_DISCARD] = LEAVES_PLACE | DISCARDS,
  [DESK_STEP_MISSING] = LEAVES_PLACE,
  [DESK_STEP_FOUND] = TAKES_PLACE,
  [DESK_STEP_SEND] = LEAVES_PLACE,
  [DESK_STEP_TRANSFER_OUT] = LEAVES_PLACE,
  [DESK_STEP_CONSUME] = LEAVES_PLACE | GOES_INTO_LOT,
};

/* When something happened; now where nobody says. */
gint64
desk_cells_now (gint64 at)
{
  return at ? at : g_get_real_time () / G_USEC_PER_SEC;
}

/* Writes the next event of an axis, with the wall clock beside when it happened. */
gboolean
desk_unit_add_event (DeskDb *db, gint64 unit_id, const DeskUnitMoved *event, const DeskUnitAct *act, gint64 at, GError **error)
{
  const char *code = act->discard ? act->discard->code : "";

  return desk_db_run (db, error,
                      "INSERT INTO unit_event (unit_id, axis, seq, prev_seq, from_state, to_state, at, performer_id, witness_id,"
                      " scanned, reason, recorded_at, code, document_id, shipment_id)"
                      " VALUES ($1, $2, $3, NULLIF ($4, 0), $5, $6, $7, $8, NULLIF ($9, 0), $10, $11, $12, $13, NULLIF ($14, 0), NULLIF ($15, 0))",
                      "itddttiiittitii", unit_id, event->axis, event->seq + 1, event->seq, event->from_state, event->to_state, at,
                      act->performer, act->witness, act->scanned ? act->scanned : "", act->reason && *act->reason ? act->reason : code,
                      desk_cells_now (0), code, act->discard ? act->discard->document_id : (gint64) 0, act->shipment_id);
}

/* What was scanned is what the unit's label carries, whatever the keyboard did to it. */
static gboolean
check_scan (DeskDb *db, const DeskUnit *unit, const DeskUnitAct *act, DeskProblems *problems, GError **error)
{
  gboolean scanned = act->scanned && *act->scanned;

  if (!scanned)
    {
      if (act->step == DESK_STEP_VERIFY_LABEL)
        desk_problems_add (problems, "scanned", "scan-needed", NULL);
      return TRUE;
    }
  g_autofree char *code = desk_code_of (db, DESK_CODE_UNIT, unit->id, error);
  if (!code)
    return FALSE;
  if (!desk_code_same (code, act->scanned))
    desk_problems_add (problems, "scanned", "label-mismatch", NULL);
  return TRUE;
}

/* What is not the rules' of the unit alone: the clinic's day, the lot's results, what was scanned. */
static gboolean
check_around (DeskDb *db, const DeskUnit *unit, const DeskUnitAct *act, DeskDay today, DeskProblems *problems, GError **error)
{
  DeskDay visit_day;

  if (act->step == DESK_STEP_RELEASE)
    {
      g_autoptr (GPtrArray) tests = desk_lot_tests (db, error);
      g_autoptr (GPtrArray) results = tests ? desk_lot_results (db, unit->lot_id, error) : NULL;

      if (!results)
        return FALSE;
      desk_release_check (tests, results, unit->id, act->performer, problems);
    }
  if (act->step == DESK_STEP_PICK && unit->reserved_visit && desk_unit_is_dose (unit))
    {
      if (!desk_cells_today (db, unit->reserved_at, &visit_day, error))
        return FALSE;
      if (visit_day < today)
        desk_problems_add (problems, "unit", "visit-other-day", NULL);
    }
  if (!check_scan (db, unit, act, problems, error))
    return FALSE;
  if (act->step == DESK_STEP_DISCARD && (!act->discard || !act->discard->code || !act->discard->method))
    desk_problems_add (problems, "code", "discard-needed", NULL);
  return TRUE;
}

/* Checks the step on the unit as it is in the transaction; the first problem's code is the error. */
static gboolean
check_step (DeskDb *db, const DeskUnit *unit, const DeskUnitAct *act, gint64 at, GError **error)
{
  g_autoptr (DeskProblems) problems = desk_problems_new ();
  DeskDay today;

  if (!desk_cells_today (db, at, &today, error))
    return FALSE;
  desk_unit_step_check (unit, act->step, act->performer, act->witness, act->reason, today, problems);
  if (!check_around (db, unit, act, today, problems, error))
    return FALSE;
  return problems->len == 0 || desk_refuse (error, desk_problems_get (problems, 0)->code);
}

/* The visit is of the unit's own patient, and the unit is still good on its day. */
static gboolean
check_visit (DeskDb *db, const DeskUnit *unit, gint64 visit_id, GError **error)
{
  gint64 patient_id, starts_at;
  DeskDay day, until;

  if (!desk_db_value (db, &patient_id, error, "SELECT patient_id FROM visit WHERE id = $1", "i", visit_id)
      || !desk_db_value (db, &starts_at, error, "SELECT starts_at FROM visit WHERE id = $1", "i", visit_id)
      || !desk_cells_today (db, starts_at, &day, error))
    return FALSE;
  if (patient_id != unit->patient_id)
    return desk_refuse (error, "other-patient");
  if (!desk_day_parse (unit->use_until, &until) || until < day)
    return desk_refuse (error, "expired");
  return TRUE;
}

static gboolean
reserve (DeskDb *db, const DeskUnit *unit, const DeskUnitAct *act, gint64 at, GError **error)
{
  return check_visit (db, unit, act->visit_id, error)
         && desk_db_run (db, error,
                         "INSERT INTO reservation (unit_id, visit_id, patient_id, opened_at, opened_by) VALUES ($1, $2, $3, $4, $5)",
                         "iiiii", unit->id, act->visit_id, unit->patient_id, at, act->performer);
}

static gboolean
record_infusion (DeskDb *db, const DeskUnit *unit, const DeskUnitAct *act, gint64 at, GError **error)
{
  gint64 visit_id = act->visit_id ? act->visit_id : unit->reserved_visit;

  return check_visit (db, unit, visit_id, error)
         && desk_db_run (db, error,
                         "INSERT INTO infusion (unit_id, visit_id, patient_id, started_at, performer_id, witness_id)"
                         " VALUES ($1, $2, $3, $4, $5, $6)",
                         "iiiiii", unit->id, visit_id, unit->patient_id, at, act->performer, act->witness);
}

/* What is found is put where such things stand; only what is fresh, or not frozen yet, may be in hand. */
static gboolean
needs_place (const DeskUnit *unit, const DeskUnitAct *act)
{
  return act->step != DESK_STEP_FOUND || strcmp (desk_unit_step_to (unit, act->step), "frozen") == 0;
}

static gboolean
record_discard (DeskDb *db, const DeskUnit *unit, const DeskUnitAct *act, gint64 at, GError **error)
{
  const DeskDiscard *how = act->discard;

  return desk_db_run (db, error,
                      "INSERT INTO discard (unit_id, code, method, document_id, patient_told, approved_by, note, at)"
                      " VALUES ($1, $2, $3, NULLIF ($4, 0), $5, NULLIF ($6, 0), $7, $8)",
                      "ittidit" "i", unit->id, how->code, how->method, how->document_id, !!how->patient_told, how->approved_by,
                      act->reason ? act->reason : "", at);
}

/* An intermediate goes into the culture that it grows on in. */
static gboolean
record_input (DeskDb *db, const DeskUnit *unit, const DeskUnitAct *act, gint64 at, GError **error)
{
  return act->lot_id == 0
         || desk_db_run (db, error, "INSERT INTO lot_input (lot_id, unit_id, at, by_id) VALUES ($1, $2, $3, $4)", "iiii", act->lot_id,
                         unit->id, at, act->performer);
}

/* What goes with the step and must stand before its event: the schema's guards on the event look at it. */
static gboolean
apply_effects (DeskDb *db, DeskTxn *txn, const DeskUnit *unit, const DeskUnitAct *act, gint64 at, GError **error)
{
  Effects effect = effects[act->step];
  /* A recall while the dose is running, or after, leaves the record of whom it was for. */
  gboolean unreserves = (effect & UNRESERVES) && unit->reserved_visit
                        && (act->step != DESK_STEP_RECALL || strcmp (unit->life, "infusing") != 0);

  if ((effect & LEAVES_PLACE) && unit->container_id)
    {
      if (!desk_place_end (db, unit->id, at, act->performer, error))
        return FALSE;
      desk_txn_changed (txn, DESK_KIND_CONTAINER, unit->container_id);
    }
  if ((effect & TAKES_PLACE) && needs_place (unit, act))
    {
      if (!desk_place_open (db, act, at, error))
        return FALSE;
      desk_txn_changed (txn, DESK_KIND_CONTAINER, act->container_id);
    }
  if (unreserves
      && !desk_db_run (db, error, "UPDATE reservation SET closed_at = $2 WHERE unit_id = $1 AND closed_at IS NULL", "ii", unit->id, at))
    return FALSE;
  if ((effect & RESERVES) && !reserve (db, unit, act, at, error))
    return FALSE;
  if ((effect & INFUSES) && !record_infusion (db, unit, act, at, error))
    return FALSE;
  if ((effect & DISCARDS) && !record_discard (db, unit, act, at, error))
    return FALSE;
  if ((effect & GOES_INTO_LOT) && !record_input (db, unit, act, at, error))
    return FALSE;
  if (unit->reserved_visit || act->visit_id)
    desk_txn_changed (txn, DESK_KIND_VISIT, unit->reserved_visit ? unit->reserved_visit : act->visit_id);
  return TRUE;
}

static gboolean
log_step (DeskTxn *txn, const DeskUnit *unit, const DeskUnitAct *act, GError **error)
{
  g_autofree char *action = g_strconcat ("unit.", desk_unit_step_info (act->step)->code, NULL);
  g_autoptr (GString) detail = g_string_new (unit->number);

  if (effects[act->step] & TAKES_PLACE)
    {
      g_autofree char *place = desk_place_name (act->row, act->col);
      g_string_append_printf (detail, " %" G_GINT64_FORMAT ":%s", act->container_id, place);
    }
  if (act->visit_id)
    g_string_append_printf (detail, " visit %" G_GINT64_FORMAT, act->visit_id);
  if (act->reason && *act->reason)
    g_string_append_printf (detail, " %s", act->reason);
  return desk_txn_log (txn, action, DESK_KIND_UNIT, unit->id, detail->str, error);
}

static DeskUnitMoved
event_of (const DeskUnit *unit, DeskUnitStep step)
{
  const DeskUnitStepInfo *info = desk_unit_step_info (step);
  const char *to_state = desk_unit_step_to (unit, step);

  if (strcmp (info->axis, "quality") == 0)
    return (DeskUnitMoved){ info->axis, unit->quality, to_state, unit->quality_seq };
  if (strcmp (info->axis, "label") == 0)
    return (DeskUnitMoved){ info->axis, unit->label, to_state, unit->label_seq };
  return (DeskUnitMoved){ info->axis, unit->life, to_state, unit->life_seq };
}

gboolean
desk_unit_act (DeskDb *db, const DeskUnitAct *act, GError **error)
{
  gint64 at = desk_cells_now (act->at);
  g_autoptr (DeskTxn) txn = desk_txn_begin (db, error);

  if (!txn)
    return FALSE;
  g_autoptr (DeskUnit) unit = desk_unit_load (db, act->unit_id, error);
  if (!unit)
    return FALSE;
  unit->read_at = at;
  if (!desk_unit_check_saw (db, unit, act, error) || !check_step (db, unit, act, at, error)
      || !apply_effects (db, txn, unit, act, at, error))
    return FALSE;
  if (desk_unit_step_info (act->step)->axis)
    {
      DeskUnitMoved event = event_of (unit, act->step);

      if (!desk_unit_add_event (db, unit->id, &event, act, at, error))
        return FALSE;
    }
  /* What is found in hand is put away after it: its custody ends where it stands. */
  if ((effects[act->step] & TAKES_PLACE) && !needs_place (unit, act) && act->container_id)
    {
      if (!desk_place_open (db, act, at, error))
        return FALSE;
      desk_txn_changed (txn, DESK_KIND_CONTAINER, act->container_id);
    }
  return log_step (txn, unit, act, error) && desk_txn_commit (txn, error);
}

gboolean
desk_units_discard (DeskDb *db, const gint64 *ids, guint n_ids, const DeskUnitAct *act, GError **error)
{
  g_autoptr (DeskTxn) txn = desk_txn_begin (db, error);

  if (!txn)
    return FALSE;
  for (guint i = 0; i < n_ids; i++)
    {
      DeskUnitAct one = *act;

      one.step = DESK_STEP_DISCARD;
      one.unit_id = ids[i];
      one.saw = FALSE;
      one.scanned = NULL;
      if (!desk_unit_act (db, &one, error))
        return FALSE;
    }
  return desk_txn_commit (txn, error);
}
