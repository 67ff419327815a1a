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
  [DESK_STEP_DISCARD] = LEAVES_PLACE,
  [DESK_STEP_MISSING] = LEAVES_PLACE,
  [DESK_STEP_FOUND] = TAKES_PLACE,
};

typedef struct
{
  const char *axis, *from_state, *to_state;
  int seq; /* of the newest event of the axis */
} Event;

static gint64
now_or (gint64 at)
{
  return at ? at : g_get_real_time () / G_USEC_PER_SEC;
}

static gboolean
add_event (DeskDb *db, gint64 unit_id, const Event *event, gint64 at, gint64 performer, gint64 witness,
           const char *scanned, const char *reason, GError **error)
{
  return desk_db_run (db, error,
                      "INSERT INTO unit_event (unit_id, axis, seq, prev_seq, from_state, to_state, at, performer_id, witness_id,"
                      " scanned, reason) VALUES ($1, $2, $3, NULLIF ($4, 0), $5, $6, $7, $8, NULLIF ($9, 0), $10, $11)",
                      "itddttiiitt", unit_id, event->axis, event->seq + 1, event->seq, event->from_state, event->to_state,
                      at, performer, witness, scanned ? scanned : "", reason ? reason : "");
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
  if (act->step == DESK_STEP_RELEASE)
    {
      g_autoptr (GPtrArray) tests = desk_lot_tests (db, error);
      g_autoptr (GPtrArray) results = tests ? desk_lot_results (db, unit->lot_id, error) : NULL;

      if (!results)
        return FALSE;
      desk_release_check (tests, results, unit->id, act->performer, problems);
    }
  if (act->step == DESK_STEP_VERIFY_LABEL)
    {
      g_autofree char *code = desk_code_of (db, DESK_CODE_UNIT, unit->id, error);

      if (!code)
        return FALSE;
      if (!desk_code_same (code, act->scanned ? act->scanned : ""))
        desk_problems_add (problems, "scanned", act->scanned && *act->scanned ? "label-mismatch" : "scan-needed", NULL);
    }
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
  if (effect & TAKES_PLACE)
    {
      if (!desk_place_open (db, unit->id, act->container_id, act->row, act->col, at, act->performer, act->witness, error))
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

static Event
event_of (const DeskUnit *unit, const DeskUnitStepInfo *info)
{
  if (strcmp (info->axis, "quality") == 0)
    return (Event){ info->axis, unit->quality, info->to_state, unit->quality_seq };
  if (strcmp (info->axis, "label") == 0)
    return (Event){ info->axis, unit->label, info->to_state, unit->label_seq };
  return (Event){ info->axis, unit->life, info->to_state, unit->life_seq };
}

gboolean
desk_unit_act (DeskDb *db, const DeskUnitAct *act, GError **error)
{
  const DeskUnitStepInfo *info = desk_unit_step_info (act->step);
  gint64 at = now_or (act->at);
  g_autoptr (DeskTxn) txn = desk_txn_begin (db, error);

  if (!txn)
    return FALSE;
  g_autoptr (DeskUnit) unit = desk_unit_load (db, act->unit_id, error);
  if (!unit || !check_step (db, unit, act, at, error) || !apply_effects (db, txn, unit, act, at, error))
    return FALSE;
  if (info->axis)
    {
      Event event = event_of (unit, info);

      if (!add_event (db, unit->id, &event, at, act->performer, act->witness, act->scanned, act->reason, error))
        return FALSE;
    }
  return log_step (txn, unit, act, error) && desk_txn_commit (txn, error);
}

static gboolean
fill_one (DeskDb *db, const DeskLot *lot, int index, const char *kind, int volume_ml, gint64 cells, const char *use_until,
          gint64 performer, gint64 witness, gint64 *unit_id, GError **error)
{
  static const Event events[] = {
    { "life", "new", "planned", 0 },
    { "quality", "new", "quarantine", 0 },
    { "label", "new", "none", 0 },
    { "life", "planned", "filled", 1 },
  };
  g_autofree char *number = desk_code_local_unit (lot->number, index);
  gint64 at = now_or (0);

  if (!desk_db_value (db, unit_id, error,
                      "INSERT INTO unit (lot_id, patient_id, kind, number, volume_ml, cells, use_until, created_at)"
                      " VALUES ($1, $2, $3, $4, $5, $6, $7, $8) RETURNING id",
                      "iittditi", lot->id, lot->patient_id, kind, number, volume_ml, cells, use_until, at))
    return FALSE;
  for (guint i = 0; i < G_N_ELEMENTS (events); i++)
    if (!add_event (db, *unit_id, &events[i], at, performer, witness, NULL, NULL, error))
      return FALSE;
  return TRUE;
}

/* Fills n units of a lot, numbered on from those it has. units may be NULL. */
gboolean
desk_units_fill (DeskDb *db, gint64 lot_id, const char *kind, int n, int volume_ml, gint64 cells, const char *use_until,
                 gint64 performer, gint64 witness, GArray *units, GError **error)
{
  static const char *const kinds[] = { "source", "intermediate", "dose_fresh", "dose_frozen", "retained", "qc", NULL };
  DeskDay until;
  gint64 have;

  if (!desk_day_parse (use_until, &until) || n < 1 || n > 999 || volume_ml < 1 || cells < 0 || !kind
      || !g_strv_contains (kinds, kind))
    {
      g_set_error_literal (error, DESK_ERROR, DESK_ERROR_INVALID, "units cannot be filled with these values");
      return FALSE;
    }
  if (witness == 0)
    return desk_refuse (error, "second-person-needed");
  if (witness == performer)
    return desk_refuse (error, "same-person");

  g_autoptr (DeskTxn) txn = desk_txn_begin (db, error);
  g_autoptr (DeskLot) lot = txn ? desk_lot_load (db, lot_id, error) : NULL;
  g_autoptr (GArray) filled = g_array_new (FALSE, FALSE, sizeof (gint64));
  if (!lot || !desk_db_value (db, &have, error, "SELECT count (*) FROM unit WHERE lot_id = $1", "i", lot_id))
    return FALSE;
  for (int i = 0; i < n; i++)
    {
      gint64 id;

      if (!fill_one (db, lot, have + i + 1, kind, volume_ml, cells, use_until, performer, witness, &id, error))
        return FALSE;
      g_array_append_val (filled, id);
      desk_txn_changed (txn, DESK_KIND_UNIT, id);
    }
  g_autofree char *detail = g_strdup_printf ("%s: %d %s", lot->number, n, kind);
  if (!desk_txn_log (txn, "lot.fill", DESK_KIND_LOT, lot_id, detail, error) || !desk_txn_commit (txn, error))
    return FALSE;
  if (units)
    g_array_append_vals (units, filled->data, filled->len);
  return TRUE;
}

/* One life event of a filled unit, with its place when it takes one. */
static gboolean
store_filled (DeskDb *db, const DeskUnitAct *act, const char *action, const char *to_state, GError **error)
{
  gint64 at = now_or (act->at);
  g_autoptr (DeskTxn) txn = desk_txn_begin (db, error);
  g_autoptr (DeskUnit) unit = txn ? desk_unit_load (db, act->unit_id, error) : NULL;

  if (!unit)
    return FALSE;
  if (strcmp (unit->life, "filled") != 0)
    return desk_refuse (error, desk_unit_is_final (unit) ? "final-state" : "not-possible");
  if (act->container_id && unit->container_id && !desk_place_end (db, unit->id, at, act->performer, error))
    return FALSE;
  if (act->container_id
      && !desk_place_open (db, unit->id, act->container_id, act->row, act->col, at, act->performer, act->witness, error))
    return FALSE;
  Event event = { "life", unit->life, to_state, unit->life_seq };
  if (!add_event (db, unit->id, &event, at, act->performer, act->witness, NULL, NULL, error)
      || !desk_txn_log (txn, action, DESK_KIND_UNIT, unit->id, unit->number, error))
    return FALSE;
  if (act->container_id)
    desk_txn_changed (txn, DESK_KIND_CONTAINER, act->container_id);
  return desk_txn_commit (txn, error);
}

gboolean
desk_unit_freeze (DeskDb *db, gint64 unit_id, gint64 container_id, int row, int col, gint64 performer, gint64 witness,
                  GError **error)
{
  DeskUnitAct act = { .unit_id = unit_id, .container_id = container_id, .row = row, .col = col, .performer = performer,
                      .witness = witness };

  if (witness == 0)
    return desk_refuse (error, "second-person-needed");
  if (witness == performer)
    return desk_refuse (error, "same-person");
  if (container_id == 0)
    return desk_refuse (error, "place-needed");
  return store_filled (db, &act, "unit.freeze", "frozen", error);
}

gboolean
desk_unit_ready (DeskDb *db, gint64 unit_id, gint64 performer, GError **error)
{
  DeskUnitAct act = { .unit_id = unit_id, .performer = performer };

  return store_filled (db, &act, "unit.ready", "fresh_ready", error);
}
