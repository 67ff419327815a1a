/* Release, release under conditions and recall of many units at once: all of them or none. */
#include "desk-cells-private.h"

#include <string.h>

static gint64
now (void)
{
  return g_get_real_time () / G_USEC_PER_SEC;
}

static gboolean
act_on_all (DeskDb *db, const gint64 *units, guint n_units, const DeskUnitAct *like, GError **error)
{
  g_autoptr (DeskTxn) txn = desk_txn_begin (db, error);

  if (!txn)
    return FALSE;
  for (guint i = 0; i < n_units; i++)
    {
      DeskUnitAct act = *like;

      act.unit_id = units[i];
      if (!desk_unit_act (db, &act, error))
        return FALSE;
    }
  return desk_txn_commit (txn, error);
}

/* Releases the units, by one of those who may and a second person; the rules are checked for each. */
gboolean
desk_release_units (DeskDb *db, const gint64 *units, guint n_units, gint64 performer, gint64 witness, GError **error)
{
  const DeskUnitAct like = { .step = DESK_STEP_RELEASE, .performer = performer, .witness = witness };

  return act_on_all (db, units, n_units, &like, error);
}

/* Calls the released units back, for that reason. */
gboolean
desk_recall_units (DeskDb *db, const gint64 *units, guint n_units, gint64 performer, const char *reason, GError **error)
{
  const DeskUnitAct like = { .step = DESK_STEP_RECALL, .performer = performer, .reason = reason };

  return act_on_all (db, units, n_units, &like, error);
}

/* The day the last of the pending tests (codes, comma separated) is due: counted from its sample, or else from the
 * harvest, or the start of the culture. */
gboolean
desk_release_due (DeskDb *db, gint64 lot_id, const char *pending, DeskDay *due, GError **error)
{
  g_autoptr (DeskLot) lot = desk_lot_load (db, lot_id, error);
  g_autoptr (GPtrArray) tests = lot ? desk_lot_tests (db, error) : NULL;
  g_autoptr (GPtrArray) results = tests ? desk_lot_results (db, lot_id, error) : NULL;
  g_auto (GStrv) codes = g_strsplit (pending, ",", -1);
  DeskDay from;

  if (!results)
    return FALSE;
  if (!desk_day_parse (lot->harvested_on, &from) && !desk_day_parse (lot->started_on, &from))
    from = 0;
  *due = from;
  for (guint i = 0; i < tests->len; i++)
    {
      const DeskLotTest *test = tests->pdata[i];
      DeskDay sampled = from;

      if (!g_strv_contains ((const char *const *) codes, test->code))
        continue;
      for (guint r = 0; r < results->len; r++)
        {
          const DeskResult *result = results->pdata[r];
          DeskDay day;

          if (strcmp (result->test, test->code) == 0 && result->unit_id == 0 && desk_day_parse (result->sampled_on, &day))
            sampled = day;
        }
      *due = MAX (*due, desk_lot_test_due (test, sampled));
    }
  return TRUE;
}

static gboolean
release_one (DeskDb *db, DeskTxn *txn, gint64 unit_id, const DeskCondition *condition, GError **error)
{
  g_autoptr (DeskUnit) unit = desk_unit_load (db, unit_id, error);
  g_autoptr (GPtrArray) tests = unit ? desk_lot_tests (db, error) : NULL;
  g_autoptr (GPtrArray) results = tests ? desk_lot_results (db, unit->lot_id, error) : NULL;
  g_autoptr (DeskProblems) problems = desk_problems_new ();
  DeskDay due;

  if (!results)
    return FALSE;
  g_autofree char *pending
      = desk_release_conditional_check (tests, results, unit->id, condition->performer, condition->physician, problems);
  if (problems->len > 0)
    return desk_refuse (error, desk_problems_get (problems, 0)->code);
  if (strcmp (unit->quality, "quarantine") != 0)
    return desk_refuse (error, "not-possible");
  if (!desk_release_due (db, unit->lot_id, pending, &due, error))
    return FALSE;
  g_autofree char *due_on = desk_day_format (due);
  if (!desk_db_run (db, error,
                    "INSERT INTO release_condition (unit_id, visit_id, pending, physician_id, reason, told_at, due_on, at, by_id)"
                    " VALUES ($1, $2, $3, $4, $5, $6, $7, $8, $9)",
                    "iititit" "ii", unit->id, condition->visit_id, pending, condition->physician, condition->reason, condition->told_at,
                    due_on, now (), condition->performer)
      || !desk_db_run (db, error,
                       "INSERT INTO unit_event (unit_id, axis, seq, prev_seq, from_state, to_state, at, performer_id, witness_id, reason,"
                       " recorded_at) SELECT id, 'quality', quality_seq + 1, quality_seq, quality, 'conditional', $2, $3, $4, $5, $2"
                       " FROM unit WHERE id = $1",
                       "iiiit", unit->id, now (), condition->performer, condition->physician, condition->reason))
    return FALSE;
  g_autofree char *detail = g_strdup_printf ("%s: %s until %s", unit->number, pending, due_on);
  return desk_txn_log (txn, "unit.release-conditional", DESK_KIND_UNIT, unit->id, detail, error);
}

/* Releases the doses under conditions: what may come late is pending, a physician answers for it in words, the patient
 * was told, and it holds for that one visit. */
gboolean
desk_release_conditional (DeskDb *db, const DeskCondition *condition, GError **error)
{
  if (!condition->reason || *condition->reason == '\0')
    return desk_refuse (error, "reason-needed");
  if (condition->told_at <= 0 || condition->told_at > now ())
    return desk_refuse (error, "patient-not-told");
  g_autoptr (DeskTxn) txn = desk_txn_begin (db, error);
  if (!txn)
    return FALSE;
  for (guint i = 0; i < condition->n_units; i++)
    if (!release_one (db, txn, condition->units[i], condition, error))
      return FALSE;
  desk_txn_changed (txn, DESK_KIND_VISIT, condition->visit_id);
  return desk_txn_commit (txn, error);
}
