/* What is done at the bedside. What a step must find written stands before its event, in the same transaction; the
 * event is desk_unit_act ()'s, with the rules of the axes. */
#include "desk-bedside.h"

#include <string.h>

#include "desk-cell-settings.h"
#include "desk-cells-private.h"

static gint64
now_or (gint64 at)
{
  return at ? at : g_get_real_time () / G_USEC_PER_SEC;
}

static gboolean
step (DeskDb *db, DeskUnitStep what, gint64 unit_id, gint64 performer, gint64 witness, const char *reason, const char *scanned,
      gint64 at, GError **error)
{
  DeskUnitAct act = { .unit_id = unit_id, .step = what, .performer = performer, .witness = witness, .reason = reason,
                      .scanned = scanned, .at = at };

  return desk_unit_act (db, &act, error);
}

/* Gives the order of a visit, in place of one that may be in force; its signature ("order", by the physician, at the same
 * instant) is there. Fills order->id. */
gboolean
desk_order_give (DeskDb *db, DeskOrder *order, GError **error)
{
  gint64 at = now_or (order->at);
  gint64 id;
  g_autoptr (DeskTxn) txn = desk_txn_begin (db, error);
  g_autofree char *detail
      = g_strdup_printf ("%" G_GINT64_FORMAT "-%" G_GINT64_FORMAT " cells, %d g", order->cells_min, order->cells_max, order->weight_g);

  if (!txn
      || !desk_db_run (db, error,
                       "UPDATE infusion_order SET withdrawn_at = $2, withdrawn_by = $3 WHERE visit_id = $1 AND withdrawn_at IS NULL",
                       "iii", order->visit_id, at, order->physician_id)
      || !desk_db_value (db, &id, error,
                         "INSERT INTO infusion_order (visit_id, physician_id, cells_min, cells_max, weight_g, note, at)"
                         " VALUES ($1, $2, $3, $4, $5, $6, $7) RETURNING id",
                         "iiiidti", order->visit_id, order->physician_id, order->cells_min, order->cells_max, order->weight_g,
                         order->note ? order->note : "", at)
      || !desk_txn_log (txn, "order.give", DESK_KIND_VISIT, order->visit_id, detail, error) || !desk_txn_commit (txn, error))
    return FALSE;
  order->id = id;
  return TRUE;
}

gboolean
desk_order_withdraw (DeskDb *db, gint64 order_id, gint64 by, GError **error)
{
  gint64 visit_id;
  g_autoptr (DeskTxn) txn = desk_txn_begin (db, error);

  return txn
         && desk_db_value (db, &visit_id, error,
                           "UPDATE infusion_order SET withdrawn_at = $2, withdrawn_by = $3 WHERE id = $1 AND withdrawn_at IS NULL"
                           " RETURNING visit_id",
                           "iii", order_id, now_or (0), by)
         && desk_txn_log (txn, "order.withdraw", DESK_KIND_VISIT, visit_id, "", error) && desk_txn_commit (txn, error);
}

/* Who has the bath, for the error. */
static gboolean
tell_who_has_it (DeskDb *db, gint64 device_id, GError **error)
{
  g_autoptr (DeskStmt) stmt
      = desk_db_query (db, error,
                       "SELECT d.name, COALESCE (p.chart, '') FROM thaw_session s JOIN device d ON d.id = s.device_id"
                       " LEFT JOIN visit v ON v.id = s.visit_id LEFT JOIN patient p ON p.id = v.patient_id"
                       " WHERE s.device_id = $1 AND s.closed_at IS NULL",
                       "i", device_id);
  DeskStep row = stmt ? desk_stmt_step (stmt, error) : DESK_STEP_ERROR;

  if (row == DESK_STEP_ROW)
    g_set_error (error, DESK_ERROR, DESK_ERROR_TAKEN, "%s is in use for %s", desk_stmt_text (stmt, 0), desk_stmt_text (stmt, 1));
  return row == DESK_STEP_DONE;
}

/* Opens a bath for a visit; DESK_ERROR_TAKEN names whom it is in use for. session_id may be NULL. */
gboolean
desk_bath_open (DeskDb *db, const DeskBathOpen *open, gint64 *session_id, GError **error)
{
  gint64 at = now_or (open->at);
  gint64 id;
  g_autoptr (DeskTxn) txn = desk_txn_begin (db, error);

  if (!txn || !tell_who_has_it (db, open->device_id, error)
      || !desk_db_value (db, &id, error,
                         "INSERT INTO thaw_session (device_id, visit_id, opened_at, opened_by, temperature, cleaned)"
                         " VALUES ($1, NULLIF ($2, 0), $3, $4, $5, $6) RETURNING id",
                         "iiiidd", open->device_id, open->visit_id, at, open->by, open->temperature, !!open->cleaned))
    return FALSE;
  g_autofree char *detail = g_strdup_printf ("session %" G_GINT64_FORMAT " at %d", id, open->temperature);
  if (!desk_txn_log (txn, "bath.open", DESK_KIND_DEVICE, open->device_id, detail, error))
    return FALSE;
  desk_txn_changed (txn, DESK_KIND_VISIT, open->visit_id);
  if (!desk_txn_commit (txn, error))
    return FALSE;
  if (session_id)
    *session_id = id;
  return TRUE;
}

gboolean
desk_bath_close (DeskDb *db, gint64 session_id, gint64 by, gint64 at, GError **error)
{
  gint64 device_id;
  g_autofree char *detail = g_strdup_printf ("session %" G_GINT64_FORMAT, session_id);
  g_autoptr (DeskTxn) txn = desk_txn_begin (db, error);

  return txn
         && desk_db_value (db, &device_id, error,
                           "UPDATE thaw_session SET closed_at = $2, closed_by = $3 WHERE id = $1 AND closed_at IS NULL RETURNING device_id",
                           "iii", session_id, now_or (at), by)
         && desk_txn_log (txn, "bath.close", DESK_KIND_DEVICE, device_id, detail, error) && desk_txn_commit (txn, error);
}

/* Puts a picked unit into the open bath of its patient. */
gboolean
desk_thaw_start (DeskDb *db, gint64 session_id, const DeskThaw *thaw, GError **error)
{
  gint64 at = now_or (thaw->at);
  g_autoptr (DeskTxn) txn = desk_txn_begin (db, error);

  return txn
         && desk_db_run (db, error, "INSERT INTO thaw (unit_id, session_id, started_at) VALUES ($1, $2, $3)", "iii", thaw->unit_id,
                         session_id, at)
         && step (db, DESK_STEP_THAW, thaw->unit_id, thaw->performer, thaw->witness, NULL, NULL, at, error)
         && desk_txn_commit (txn, error);
}

/* What was found viable after the thaw, as a final result of that unit alone: judged by the limit in force, which is
 * kept beside it. */
static gboolean
add_viability (DeskDb *db, gint64 unit_id, int viability, gint64 by, gint64 at, GError **error)
{
  g_autofree char *value = g_strdup_printf ("%d", viability);
  g_autoptr (GPtrArray) tests = desk_lot_tests (db, error);
  const DeskLotTest *test = NULL;
  DeskDay today;

  if (!tests || !desk_cells_today (db, at, &today, error))
    return FALSE;
  for (guint i = 0; i < tests->len && !test; i++)
    if (strcmp (((const DeskLotTest *) tests->pdata[i])->code, "viability") == 0)
      test = tests->pdata[i];
  if (!test)
    return TRUE;
  DeskVerdict verdict = desk_lot_test_judge (test, value, "%", NULL, NULL);
  if (verdict > DESK_VERDICT_FAILED)
    return desk_refuse (error, verdict == DESK_VERDICT_OTHER_UNIT ? "value-other-unit" : "value-unreadable");
  g_autofree char *limit = desk_lot_test_limit (test);
  g_autofree char *day = desk_day_format (today);
  return desk_db_run (db, error,
                      "INSERT INTO result (lot_id, unit_id, test, value, unit, limit_text, method, passed, stage, sampled_on, reported_on,"
                      " entered_at, entered_by) SELECT lot_id, id, 'viability', $2, '%', $3, 'post-thaw', $4, 'final', $5, $5, $6, $7"
                      " FROM unit WHERE id = $1",
                      "ittdtii", unit_id, value, limit, verdict == DESK_VERDICT_PASSED, day, at, by);
}

/* Takes the unit out of the bath: from now on the clock runs that the clinic's plan sets. */
gboolean
desk_thaw_end (DeskDb *db, const DeskThaw *thaw, GError **error)
{
  gint64 at = now_or (thaw->at);
  gint64 minutes, session_id;
  g_autoptr (DeskTxn) txn = desk_txn_begin (db, error);

  if (!txn || !desk_cell_setting_get (db, DESK_CELL_THAW_LIMIT, &minutes, error)
      || !desk_db_run (db, error, "UPDATE thaw SET ended_at = $2, bag_whole = $3, use_until = $4 WHERE unit_id = $1", "iidi",
                       thaw->unit_id, at, !!thaw->bag_whole, desk_thaw_use_until (at, (int) minutes * 60))
      || !step (db, DESK_STEP_THAWED, thaw->unit_id, thaw->performer, thaw->witness, NULL, NULL, at, error)
      || (thaw->viability > 0 && !add_viability (db, thaw->unit_id, thaw->viability, thaw->performer, at, error)))
    return FALSE;
  /* The bath is left as soon as nothing is in it: the next patient's opens it anew, cleaned. */
  return desk_db_value (db, &session_id, error, "SELECT session_id FROM thaw WHERE unit_id = $1", "i", thaw->unit_id)
         && desk_bath_close (db, session_id, thaw->performer, at, error) && desk_txn_commit (txn, error);
}

/* Label, wristband and the patient's own words agree: the dose is at the bedside. */
gboolean
desk_bedside_check (DeskDb *db, const DeskBedsideCheck *check, GError **error)
{
  gint64 at = now_or (check->at);
  g_autoptr (DeskTxn) txn = desk_txn_begin (db, error);

  if (!check->said_name || !check->said_birth)
    return desk_refuse (error, "not-said");
  return txn
         && desk_db_run (db, error,
                         "INSERT INTO bedside_check (unit_id, visit_id, scanned_unit, scanned_patient, said_name, said_birth, at,"
                         " performer_id, witness_id) VALUES ($1, $2, $3, $4, 1, 1, $5, $6, $7)",
                         "iittiii", check->unit_id, check->visit_id, check->scanned_unit ? check->scanned_unit : "",
                         check->scanned_patient ? check->scanned_patient : "", at, check->performer, check->witness)
         && step (db, DESK_STEP_TO_BEDSIDE, check->unit_id, check->performer, check->witness, NULL, check->scanned_unit, at, error)
         && desk_txn_commit (txn, error);
}

/* A wrong wristband or label was read: nothing is done, and that is written down. code is "wrong-dose" or
 * "wrong-patient". */
gboolean
desk_bedside_wrong_scan (DeskDb *db, gint64 unit_id, const char *code, const char *scanned, GError **error)
{
  g_autofree char *detail = g_strdup_printf ("%s: %s", code, scanned);
  g_autoptr (DeskTxn) txn = desk_txn_begin (db, error);

  return txn && desk_txn_log (txn, "bedside.stop", DESK_KIND_UNIT, unit_id, detail, error) && desk_txn_commit (txn, error);
}

/* A physician passes over a limit; the signature ("override", of that unit, at the same instant) is there. */
gboolean
desk_dose_override (DeskDb *db, gint64 unit_id, const char *rule, gint64 physician, const char *reason, gint64 at, GError **error)
{
  g_autofree char *detail = g_strdup_printf ("%s: %s", rule, reason);
  g_autoptr (DeskTxn) txn = desk_txn_begin (db, error);

  return txn
         && desk_db_run (db, error, "INSERT INTO dose_override (unit_id, rule, physician_id, reason, at) VALUES ($1, $2, $3, $4, $5)",
                         "ititi", unit_id, rule, physician, reason, now_or (at))
         && desk_txn_log (txn, "dose.override", DESK_KIND_UNIT, unit_id, detail, error) && desk_txn_commit (txn, error);
}

/* The drip runs; the witness's signature ("infuse", of that unit, at that instant) is there. */
gboolean
desk_infusion_start (DeskDb *db, gint64 unit_id, gint64 performer, gint64 witness, gint64 at, GError **error)
{
  return step (db, DESK_STEP_INFUSE, unit_id, performer, witness, NULL, NULL, now_or (at), error);
}

static int
viability_of (DeskDb *db, gint64 unit_id, gint64 cells, GError **error)
{
  gint64 viable;

  if (!desk_db_value (db, &viable, error, "SELECT cells FROM unit_viable WHERE unit_id = $1", "i", unit_id))
    return -1;
  return cells > 0 && viable < cells ? (int) ((viable * 100 + cells - 1) / cells) : 0;
}

/* The infusion is over: all of it, or with a reason a part, whose rest is destroyed. Computes what was delivered. */
gboolean
desk_infusion_end (DeskDb *db, DeskInfusionEnd *end, GError **error)
{
  gint64 at = now_or (end->at);
  const char *reason = end->reason ? end->reason : "";
  g_autoptr (DeskProblems) problems = desk_problems_new ();
  g_autoptr (DeskTxn) txn = desk_txn_begin (db, error);
  g_autoptr (DeskUnit) unit = txn ? desk_unit_load (db, end->unit_id, error) : NULL;

  if (!unit)
    return FALSE;
  desk_infusion_end_check (end, unit->volume_ml, problems);
  if (problems->len)
    return desk_refuse (error, desk_problems_get (problems, 0)->code);
  int viability = viability_of (db, unit->id, unit->cells, error);
  if (viability < 0)
    return FALSE;
  end->cells = desk_dose_delivered (unit->cells, viability, end->volume_ml, unit->volume_ml);
  return desk_db_run (db, error,
                      "INSERT INTO infusion_end (unit_id, ended_at, volume_ml, cells, reaction, grade, reason, rest, performer_id)"
                      " VALUES ($1, $2, $3, $4, $5, $6, $7, $8, $9)",
                      "iiditdtti", unit->id, at, end->volume_ml, end->cells, end->reaction ? end->reaction : "", end->grade, reason,
                      *reason ? end->rest : "", end->performer)
         && step (db, *reason ? DESK_STEP_PART_INFUSED : DESK_STEP_INFUSED, unit->id, end->performer, 0, reason, NULL, at, error)
         && desk_txn_commit (txn, error);
}

/* Fills vitals->id. */
gboolean
desk_vitals_add (DeskDb *db, DeskVitals *v, GError **error)
{
  g_autoptr (DeskProblems) problems = desk_problems_new ();
  gint64 id;
  g_autoptr (DeskTxn) txn = desk_txn_begin (db, error);

  if (!txn)
    return FALSE;
  desk_vitals_check (v, problems);
  if (problems->len)
    return desk_refuse (error, desk_problems_get (problems, 0)->code);
  if (!desk_db_value (db, &id, error,
                      "INSERT INTO vitals (visit_id, phase, at, systolic, diastolic, pulse, temperature, saturation, by_id)"
                      " VALUES ($1, $2, $3, NULLIF ($4, 0), NULLIF ($5, 0), NULLIF ($6, 0), NULLIF ($7, 0), NULLIF ($8, 0), $9)"
                      " RETURNING id",
                      "itidddddi", v->visit_id, v->phase, now_or (v->at), v->systolic, v->diastolic, v->pulse, v->temperature,
                      v->saturation, v->by)
      || !desk_txn_log (txn, "vitals.add", DESK_KIND_VISIT, v->visit_id, v->phase, error) || !desk_txn_commit (txn, error))
    return FALSE;
  v->id = id;
  return TRUE;
}
