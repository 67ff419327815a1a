/* Results of lots: judged against the limit in force when they are entered, never edited, read a second time. */
#include "desk-cells-private.h"
#include "desk-holds.h"
#include "desk-lookbacks.h"

#include <string.h>

#define RESULT_COLUMNS \
  "SELECT r.id, r.lot_id, COALESCE (r.unit_id, 0), r.test, r.value, r.unit, r.limit_text, r.method, r.passed, r.stage, r.sampled_on," \
  " r.reported_on, r.entered_by, r.entered_at, e.name, COALESCE (r.supersedes, 0), r.why, COALESCE (c.checked_by, 0)," \
  " COALESCE (c.checked_at, 0), COALESCE (s.name, '') FROM result r JOIN staff e ON e.id = r.entered_by" \
  " LEFT JOIN result_check c ON c.result_id = r.id LEFT JOIN staff s ON s.id = c.checked_by WHERE r.lot_id = $1"

static gint64
now (void)
{
  return g_get_real_time () / G_USEC_PER_SEC;
}

static DeskLotTest *
read_test (DeskStmt *stmt)
{
  DeskLotTest *test = g_new0 (DeskLotTest, 1);

  test->code = desk_stmt_dup_text (stmt, 0);
  test->required = desk_stmt_int (stmt, 1);
  test->late = desk_stmt_int (stmt, 2);
  test->comparator = desk_stmt_dup_text (stmt, 3);
  test->low = desk_stmt_dup_text (stmt, 4);
  test->unit = desk_stmt_dup_text (stmt, 5);
  test->days = desk_stmt_int (stmt, 6);
  test->position = desk_stmt_int (stmt, 7);
  test->version = desk_stmt_int64 (stmt, 8);
  return test;
}

/* The clinic's tests of a lot in their order: DeskLotTest, freed with g_ptr_array_unref (). */
GPtrArray *
desk_lot_tests (DeskDb *db, GError **error)
{
  g_autoptr (DeskStmt) stmt = desk_db_query (db, error,
                                             "SELECT code, required, late, comparator, low, unit, days, position, version FROM lot_test"
                                             " ORDER BY position, code", "");
  g_autoptr (GPtrArray) tests = g_ptr_array_new_with_free_func ((GDestroyNotify) desk_lot_test_free);
  DeskStep step = DESK_STEP_ERROR;

  while (stmt && (step = desk_stmt_step (stmt, error)) == DESK_STEP_ROW)
    g_ptr_array_add (tests, read_test (stmt));
  return step == DESK_STEP_DONE ? g_steal_pointer (&tests) : NULL;
}

static DeskResult *
read_result (DeskStmt *stmt)
{
  DeskResult *result = g_new0 (DeskResult, 1);

  result->id = desk_stmt_int64 (stmt, 0);
  result->lot_id = desk_stmt_int64 (stmt, 1);
  result->unit_id = desk_stmt_int64 (stmt, 2);
  result->test = desk_stmt_dup_text (stmt, 3);
  result->value = desk_stmt_dup_text (stmt, 4);
  result->unit = desk_stmt_dup_text (stmt, 5);
  result->limit_text = desk_stmt_dup_text (stmt, 6);
  result->method = desk_stmt_dup_text (stmt, 7);
  result->passed = desk_stmt_int (stmt, 8);
  result->stage = desk_stmt_dup_text (stmt, 9);
  result->sampled_on = desk_stmt_dup_text (stmt, 10);
  result->reported_on = desk_stmt_dup_text (stmt, 11);
  result->entered_by = desk_stmt_int64 (stmt, 12);
  result->entered_at = desk_stmt_int64 (stmt, 13);
  result->enterer = desk_stmt_dup_text (stmt, 14);
  result->supersedes = desk_stmt_int64 (stmt, 15);
  result->why = desk_stmt_dup_text (stmt, 16);
  result->checked_by = desk_stmt_int64 (stmt, 17);
  result->checked_at = desk_stmt_int64 (stmt, 18);
  result->checker = desk_stmt_dup_text (stmt, 19);
  return result;
}

static GPtrArray *
read_results (DeskStmt *stmt, GError **error)
{
  g_autoptr (GPtrArray) results = g_ptr_array_new_with_free_func ((GDestroyNotify) desk_result_free);
  DeskStep step = DESK_STEP_ERROR;

  while (stmt && (step = desk_stmt_step (stmt, error)) == DESK_STEP_ROW)
    g_ptr_array_add (results, read_result (stmt));
  return step == DESK_STEP_DONE ? g_steal_pointer (&results) : NULL;
}

/* The results of a lot that stand, by test: DeskResult, freed with g_ptr_array_unref (). */
GPtrArray *
desk_lot_results (DeskDb *db, gint64 lot_id, GError **error)
{
  g_autoptr (DeskStmt) stmt
      = desk_db_query (db, error, RESULT_COLUMNS " AND NOT EXISTS (SELECT 1 FROM result n WHERE n.supersedes = r.id) ORDER BY r.test, r.id",
                       "i", lot_id);

  return read_results (stmt, error);
}

/* Every result a lot ever had, the newest first. */
GPtrArray *
desk_result_history (DeskDb *db, gint64 lot_id, GError **error)
{
  g_autoptr (DeskStmt) stmt = desk_db_query (db, error, RESULT_COLUMNS " ORDER BY r.id DESC", "i", lot_id);

  return read_results (stmt, error);
}

static DeskLotTest *
load_test (DeskDb *db, const char *code, GError **error)
{
  g_autoptr (DeskStmt) stmt = desk_db_query (db, error,
                                             "SELECT code, required, late, comparator, low, unit, days, position, version FROM lot_test"
                                             " WHERE code = $1", "t", code);
  DeskStep step = stmt ? desk_stmt_step (stmt, error) : DESK_STEP_ERROR;

  if (step == DESK_STEP_DONE)
    g_set_error (error, DESK_ERROR, DESK_ERROR_INVALID, "no such test: %s", code ? code : "");
  return step == DESK_STEP_ROW ? read_test (stmt) : NULL;
}

/* "0.5 EU/mL × 100 mL ÷ 60 kg": how the value in the limit's unit came about, kept beside the method. */
static char *
method_words (const DeskResult *result, const DeskLotTest *test, const DeskDoseBasis *basis)
{
  const char *method = result->method ? result->method : "";
  char volume[G_ASCII_DTOSTR_BUF_SIZE], weight[G_ASCII_DTOSTR_BUF_SIZE];

  if (!basis || strcmp (test->unit, "EU/kg") != 0 || g_strcmp0 (result->unit, test->unit) == 0)
    return g_strdup (method);
  g_ascii_formatd (volume, sizeof volume, "%.6g", basis->volume_ml);
  g_ascii_formatd (weight, sizeof weight, "%.6g", basis->weight_kg);
  return g_strdup_printf ("%s%s%s%s%s × %s mL ÷ %s kg", method, *method ? " · " : "", result->value,
                          result->unit && *result->unit ? " " : "", result->unit ? result->unit : "",
                          volume, weight);
}

/* Judges the result against the limit in force; the verdict, the limit and the value in the limit's unit are what is
 * stored, whatever the caller thought. */
static gboolean
judge (DeskResult *result, const DeskLotTest *test, const DeskDoseBasis *basis, GError **error)
{
  static const char *const codes[] = { [DESK_VERDICT_UNREADABLE] = "value-unreadable", [DESK_VERDICT_OTHER_UNIT] = "value-other-unit",
                                       [DESK_VERDICT_NEEDS_BASIS] = "value-needs-weight" };
  char *counted = NULL;
  DeskVerdict verdict = desk_lot_test_judge (test, result->value, result->unit, basis, &counted);

  if (verdict > DESK_VERDICT_FAILED)
    return desk_refuse (error, codes[verdict]);
  g_autofree char *method = method_words (result, test, basis);
  result->passed = verdict == DESK_VERDICT_PASSED;
  result->value = counted;
  result->unit = g_strdup (test->unit);
  result->limit_text = desk_lot_test_limit (test);
  result->method = g_steal_pointer (&method);
  return TRUE;
}

static gboolean
check_days (const DeskResult *result, GError **error)
{
  DeskDay sampled, reported;
  gboolean has_sampled = result->sampled_on && *result->sampled_on;

  if (!desk_day_parse (result->reported_on, &reported) || (has_sampled && !desk_day_parse (result->sampled_on, &sampled)))
    {
      g_set_error_literal (error, DESK_ERROR, DESK_ERROR_INVALID, "a result has the day of its sample and of its report");
      return FALSE;
    }
  return !has_sampled || sampled <= reported || desk_refuse (error, "reported-before-sampled");
}

static gboolean
insert (DeskDb *db, const DeskResult *r, gint64 *id, GError **error)
{
  return desk_db_value (db, id, error,
                        "INSERT INTO result (lot_id, unit_id, test, value, unit, limit_text, method, passed, stage, sampled_on, reported_on,"
                        " entered_at, entered_by, supersedes, why) VALUES ($1, NULLIF ($2, 0), $3, $4, $5, $6, $7, $8, $9, $10, $11, $12, $13,"
                        " NULLIF ($14, 0), $15) RETURNING id",
                        "iittttt" "dttt" "iiit", r->lot_id, r->unit_id, r->test, r->value, r->unit, r->limit_text, r->method, r->passed,
                        r->stage, r->sampled_on ? r->sampled_on : "", r->reported_on, now (), r->entered_by, r->supersedes,
                        r->why ? r->why : "");
}

/* Adds a result, superseding another when it says so (which is said why, when that was final); fills its id and
 * passed. value, unit and method are the caller's and stay. One that did not pass holds the lot, or the unit it is
 * of, in the same transaction, and only a person takes that hold away. basis turns EU/mL into EU/kg; it may be NULL. */
gboolean
desk_result_add_with (DeskDb *db, DeskResult *result, const DeskDoseBasis *basis, GError **error)
{
  gint64 id;
  g_autoptr (DeskTxn) txn = desk_txn_begin (db, error);
  g_autoptr (DeskLotTest) test = txn ? load_test (db, result->test, error) : NULL;
  DeskResult judged = *result;

  if (!test || !check_days (result, error) || !judge (&judged, test, basis, error))
    return FALSE;
  g_autofree char *value = judged.value, *unit = judged.unit, *limit = judged.limit_text, *method = judged.method;
  g_autofree char *detail = g_strdup_printf ("%s %s %s %s", judged.test, value, unit, judged.passed ? "passed" : "failed");
  DeskHoldNew hold = { .scope = judged.unit_id ? DESK_HOLD_UNIT : DESK_HOLD_LOT, .id = judged.unit_id ? judged.unit_id : judged.lot_id,
                       .kind = "result", .reason = detail, .by = judged.entered_by };
  if (!insert (db, &judged, &id, error) || !desk_txn_log (txn, "result.add", DESK_KIND_LOT, judged.lot_id, detail, error)
      || (!judged.passed && !desk_hold_open (db, &hold, NULL, error)) || !desk_lookback_of_result (db, id, NULL, error)
      || !desk_changed_units_of_lot (db, txn, judged.lot_id, error) || !desk_txn_commit (txn, error))
    return FALSE;
  result->id = id;
  result->passed = judged.passed;
  return TRUE;
}

gboolean
desk_result_add (DeskDb *db, DeskResult *result, GError **error)
{
  return desk_result_add_with (db, result, NULL, error);
}

/* A second person read the result against its source: not the one who entered it, and only once. */
gboolean
desk_result_check (DeskDb *db, gint64 result_id, gint64 by, GError **error)
{
  gint64 lot_id, entered_by;
  g_autoptr (DeskTxn) txn = desk_txn_begin (db, error);

  if (!txn || !desk_db_value (db, &lot_id, error, "SELECT lot_id FROM result WHERE id = $1", "i", result_id)
      || !desk_db_value (db, &entered_by, error, "SELECT entered_by FROM result WHERE id = $1", "i", result_id))
    return FALSE;
  if (entered_by == by)
    return desk_refuse (error, "same-person");
  g_autofree char *detail = g_strdup_printf ("result %" G_GINT64_FORMAT, result_id);
  return desk_db_run (db, error, "INSERT INTO result_check (result_id, checked_at, checked_by) VALUES ($1, $2, $3)", "iii", result_id,
                      now (), by)
         && desk_txn_log (txn, "result.check", DESK_KIND_LOT, lot_id, detail, error)
         && desk_changed_units_of_lot (db, txn, lot_id, error) && desk_txn_commit (txn, error);
}

/* Saves what is asked of a test, on the row as it was read; DESK_ERROR_CONFLICT when somebody saved since. Results
 * keep the limit they were judged by. */
gboolean
desk_lot_test_save (DeskDb *db, DeskLotTest *test, GError **error)
{
  g_autoptr (DeskProblems) problems = desk_problems_new ();
  g_autoptr (GError) local = NULL;
  gint64 version;

  desk_lot_test_check (test, problems);
  if (problems->len > 0)
    {
      const DeskProblem *problem = desk_problems_get (problems, 0);

      g_set_error (error, DESK_ERROR, DESK_ERROR_INVALID, "%s: %s", problem->field, problem->code);
      return FALSE;
    }
  g_autoptr (DeskTxn) txn = desk_txn_begin (db, error);
  if (!txn)
    return FALSE;
  if (!desk_db_value (db, &version, &local,
                      "UPDATE lot_test SET required = $3, late = $4, comparator = $5, low = $6, unit = $7, days = $8, version = version + 1"
                      " WHERE code = $1 AND version = $2 RETURNING version",
                      "tiddtttd", test->code, test->version, !!test->required, !!test->late, test->comparator, test->low, test->unit,
                      test->days))
    {
      if (g_error_matches (local, DESK_ERROR, DESK_ERROR_NOT_FOUND))
        g_set_error_literal (error, DESK_ERROR, DESK_ERROR_CONFLICT, "somebody changed the test since it was read");
      else
        g_propagate_error (error, g_steal_pointer (&local));
      return FALSE;
    }
  g_autofree char *limit = desk_lot_test_limit (test);
  g_autofree char *detail = g_strdup_printf ("%s %s", test->code, limit);
  if (!desk_txn_log (txn, "lot-test.save", DESK_KIND_CLINIC, 0, detail, error) || !desk_txn_commit (txn, error))
    return FALSE;
  test->version = version;
  return TRUE;
}
