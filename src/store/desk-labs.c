#include "desk-labs.h"

#include <string.h>

/* A row counts while its report is not withdrawn and no newer row of a report that counts replaces it. */
#define NOT_REPLACED \
  " AND NOT EXISTS (SELECT 1 FROM lab_value n JOIN lab_report m ON m.id = n.report_id" \
  " WHERE n.supersedes = v.id AND m.withdrawn_at IS NULL)"

#define VALUE \
  "v.test, v.loinc, v.local_code, v.name, v.comparator, v.value, v.unit, v.range_text, v.flag, v.status, v.outcome, v.note," \
  " v.id, v.report_id, v.patient_id, v.supersedes"

#define N_TEXTS 12
#define N_VALUE 16

static char **
text_member (DeskLabValue *value, guint i)
{
  char **const members[N_TEXTS] = { &value->test, &value->loinc,      &value->local_code, &value->name,   &value->comparator, &value->value,
                                    &value->unit, &value->range_text, &value->flag,       &value->status, &value->outcome,    &value->note };

  return members[i];
}

static DeskLabValue *
read_value (DeskStmt *stmt)
{
  DeskLabValue *value = g_new0 (DeskLabValue, 1);

  for (guint i = 0; i < N_TEXTS; i++)
    *text_member (value, i) = desk_stmt_dup_text (stmt, i);
  value->id = desk_stmt_int64 (stmt, N_TEXTS);
  value->report_id = desk_stmt_int64 (stmt, N_TEXTS + 1);
  value->patient_id = desk_stmt_int64 (stmt, N_TEXTS + 2);
  value->supersedes = desk_stmt_int64 (stmt, N_TEXTS + 3);
  return value;
}

/* The report that came with this message or file and still counts, in report_id; 0 when there is none. */
gboolean
desk_lab_known (DeskDb *db, const char *source_id, gint64 *report_id, GError **error)
{
  return desk_db_value (db, report_id, error,
                        "SELECT coalesce (min (id), 0) FROM lab_report WHERE source_id = $1 AND source_id <> '' AND withdrawn_at IS NULL",
                        "t", source_id);
}

static gboolean
refuse_invalid (const DeskLabReport *report, GError **error)
{
  g_autoptr (DeskProblems) problems = desk_problems_new ();
  const DeskProblem *problem;

  desk_lab_report_check (report, (DeskDay) (g_get_real_time () / G_USEC_PER_SEC / 86400) + 1, problems);
  if (!desk_problems_block (problems))
    return TRUE;
  problem = desk_problems_get (problems, 0);
  g_set_error (error, DESK_ERROR, DESK_ERROR_INVALID, "%s: %s", problem->field, problem->code);
  return FALSE;
}

static gboolean
refuse_known (DeskDb *db, GPtrArray *reports, GError **error)
{
  for (guint i = 0; i < reports->len; i++)
    {
      const DeskLabReport *report = reports->pdata[i];
      gint64 known;

      if (!desk_lab_known (db, report->source_id ? report->source_id : "", &known, error))
        return FALSE;
      if (known == 0)
        continue;
      g_set_error_literal (error, DESK_ERROR, DESK_ERROR_EXISTS, "this message or file was imported before");
      return FALSE;
    }
  return TRUE;
}

/* The value that a newer one of the same laboratory replaces: same specimen and test, sent under the same number or, where
 * the laboratory numbers nothing, of the same day. What was typed by hand is nobody's correction. */
static gboolean
find_replaced (DeskDb *db, const DeskLabReport *report, const DeskLabValue *value, gint64 *id, GError **error)
{
  *id = 0;
  if (strcmp (report->came_by, "hand") == 0)
    return TRUE;
  return desk_db_value (
      db, id, error,
      "SELECT coalesce (max (v.id), 0) FROM lab_value v JOIN lab_report r ON r.id = v.report_id"
      " WHERE v.patient_id = $1 AND v.test = $2 AND v.loinc = $3 AND v.local_code = $4 AND ($2 <> '' OR v.name = $5)"
      " AND r.laboratory = $6 AND r.number = $7 AND r.collected_on = $8 AND r.came_by <> 'hand' AND r.id <> $9"
      " AND r.withdrawn_at IS NULL" NOT_REPLACED,
      "ittttttti", report->patient_id, value->test, value->loinc, value->local_code, value->name, report->laboratory,
      report->number, report->collected_on, report->id);
}

static gboolean
insert_value (DeskDb *db, const DeskLabReport *report, DeskLabValue *value, GError **error)
{
  desk_lab_value_settle (value);
  value->report_id = report->id;
  value->patient_id = report->patient_id;
  if (value->supersedes == 0 && !find_replaced (db, report, value, &value->supersedes, error))
    return FALSE;
  return desk_db_value (
      db, &value->id, error,
      "INSERT INTO lab_value (report_id, patient_id, test, loinc, local_code, name, comparator, value, unit, range_text, flag,"
      " status, outcome, note, supersedes) VALUES ($1, $2, $3, $4, $5, $6, $7, $8, $9, $10, $11, $12, $13, $14, nullif ($15, 0))"
      " RETURNING id",
      "iitttttttttttti", value->report_id, value->patient_id, value->test, value->loinc, value->local_code, value->name,
      value->comparator, value->value, value->unit, value->range_text, value->flag, value->status, value->outcome, value->note,
      value->supersedes);
}

static void
fill_in (char **text)
{
  if (!*text)
    *text = g_strdup ("");
}

static gboolean
insert_report (DeskDb *db, DeskTxn *txn, DeskLabReport *report, GError **error)
{
  if (!refuse_invalid (report, error))
    return FALSE;
  fill_in (&report->laboratory);
  fill_in (&report->number);
  fill_in (&report->source_id);
  if (!report->came_by)
    report->came_by = g_strdup ("hand");
  if (report->entered_at == 0)
    report->entered_at = g_get_real_time () / G_USEC_PER_SEC;
  if (report->entered_by == 0)
    report->entered_by = desk_db_get_actor (db);
  if (!desk_db_value (db, &report->id, error,
                      "INSERT INTO lab_report (patient_id, document_id, laboratory, number, collected_on, came_by, source_id, entered_at, entered_by)"
                      " VALUES ($1, nullif ($2, 0), $3, $4, $5, $6, $7, $8, nullif ($9, 0)) RETURNING id",
                      "iitttttii", report->patient_id, report->document_id, report->laboratory, report->number,
                      report->collected_on, report->came_by, report->source_id, report->entered_at, report->entered_by))
    return FALSE;
  report->version = 1;
  for (guint i = 0; i < report->values->len; i++)
    if (!insert_value (db, report, report->values->pdata[i], error))
      return FALSE;

  g_autofree char *detail = g_strdup_printf ("%s, %s, %s, %u values", report->came_by, report->collected_on, report->laboratory,
                                             report->values->len);
  if (!desk_txn_log (txn, "lab.add", DESK_KIND_LAB, report->id, detail, error))
    return FALSE;
  if (report->accepted && *report->accepted
      && !desk_txn_log (txn, "lab.accept-identity", DESK_KIND_LAB, report->id, report->accepted, error))
    return FALSE;
  desk_txn_changed (txn, DESK_KIND_PATIENT, report->patient_id);
  return TRUE;
}

/* Saves new reports (DeskLabReport) in one transaction and fills in their ids; each value is completed by
 * desk_lab_value_settle (). EXISTS when one came with a message or file that was imported before and still counts. A value
 * that a laboratory sends again takes the place of its older one; status D takes it away. */
gboolean
desk_lab_save (DeskDb *db, GPtrArray *reports, GError **error)
{
  g_autoptr (DeskTxn) txn = desk_txn_begin (db, error);

  if (!txn || !refuse_known (db, reports, error))
    return FALSE;
  for (guint i = 0; i < reports->len; i++)
    if (!insert_report (db, txn, reports->pdata[i], error))
      return FALSE;
  desk_txn_changed (txn, DESK_KIND_UNIT, 0); /* a mark may have come */
  return desk_txn_commit (txn, error);
}

/* Takes reports back, all or none: their values no longer count, and what they replaced counts again. A biohazard mark
 * they set stays until a physician clears it. CONFLICT when one was taken back meanwhile. */
gboolean
desk_lab_withdraw (DeskDb *db, const gint64 *ids, guint n_ids, GError **error)
{
  g_autoptr (DeskTxn) txn = desk_txn_begin (db, error);

  if (!txn)
    return FALSE;
  for (guint i = 0; i < n_ids; i++)
    {
      g_autoptr (DeskStmt) stmt = desk_db_query (
          db, error,
          "UPDATE lab_report SET withdrawn_at = $1, version = version + 1 WHERE id = $2 AND withdrawn_at IS NULL RETURNING patient_id",
          "ii", g_get_real_time () / G_USEC_PER_SEC, ids[i]);
      DeskStep step = stmt ? desk_stmt_step (stmt, error) : DESK_STEP_ERROR;

      if (step == DESK_STEP_DONE)
        g_set_error_literal (error, DESK_ERROR, DESK_ERROR_CONFLICT, "the report was taken back meanwhile");
      if (step != DESK_STEP_ROW)
        return FALSE;
      desk_txn_changed (txn, DESK_KIND_PATIENT, desk_stmt_int64 (stmt, 0));
      g_clear_pointer (&stmt, desk_stmt_release);
      if (!desk_txn_log (txn, "lab.withdraw", DESK_KIND_LAB, ids[i], "", error))
        return FALSE;
    }
  return desk_txn_commit (txn, error);
}

static gboolean
read_values_of (DeskDb *db, DeskLabReport *report, GError **error)
{
  g_autoptr (DeskStmt) stmt
      = desk_db_query (db, error, "SELECT " VALUE " FROM lab_value v WHERE v.report_id = $1" NOT_REPLACED " ORDER BY v.id", "i", report->id);
  DeskStep step = DESK_STEP_ERROR;

  while (stmt && (step = desk_stmt_step (stmt, error)) == DESK_STEP_ROW)
    g_ptr_array_add (report->values, read_value (stmt));
  return step == DESK_STEP_DONE;
}

/* The reports of a patient that count, newest specimen first, with those of their values that nothing replaced:
 * DeskLabReport, freed with g_ptr_array_unref (). */
GPtrArray *
desk_lab_reports (DeskDb *db, gint64 patient_id, GError **error)
{
  g_autoptr (DeskStmt) stmt = desk_db_query (
      db, error,
      "SELECT id, document_id, laboratory, number, collected_on, came_by, source_id, entered_at, entered_by, version FROM lab_report"
      " WHERE patient_id = $1 AND withdrawn_at IS NULL ORDER BY collected_on DESC, id DESC",
      "i", patient_id);
  g_autoptr (GPtrArray) reports = g_ptr_array_new_with_free_func ((GDestroyNotify) desk_lab_report_free);
  DeskStep step = DESK_STEP_ERROR;

  while (stmt && (step = desk_stmt_step (stmt, error)) == DESK_STEP_ROW)
    {
      DeskLabReport *report = desk_lab_report_new ();

      report->id = desk_stmt_int64 (stmt, 0);
      report->patient_id = patient_id;
      report->document_id = desk_stmt_int64 (stmt, 1);
      report->laboratory = desk_stmt_dup_text (stmt, 2);
      report->number = desk_stmt_dup_text (stmt, 3);
      report->collected_on = desk_stmt_dup_text (stmt, 4);
      report->came_by = desk_stmt_dup_text (stmt, 5);
      report->source_id = desk_stmt_dup_text (stmt, 6);
      report->entered_at = desk_stmt_int64 (stmt, 7);
      report->entered_by = desk_stmt_int64 (stmt, 8);
      report->version = desk_stmt_int64 (stmt, 9);
      g_ptr_array_add (reports, report);
    }
  for (guint i = 0; step == DESK_STEP_DONE && i < reports->len; i++)
    if (!read_values_of (db, reports->pdata[i], error))
      return NULL;
  return step == DESK_STEP_DONE ? g_steal_pointer (&reports) : NULL;
}

/* The values of a patient that count, of one test or of all (NULL), oldest specimen first, and of one day in the order they
 * came; without those that could not be obtained. DeskLabPoint, freed with g_ptr_array_unref (). */
GPtrArray *
desk_lab_points (DeskDb *db, gint64 patient_id, const char *test, GError **error)
{
  g_autoptr (DeskStmt) stmt = desk_db_query (
      db, error,
      "SELECT " VALUE ", r.collected_on, r.laboratory, r.entered_at FROM lab_value v JOIN lab_report r ON r.id = v.report_id"
      " WHERE v.patient_id = $1 AND (CAST ($2 AS TEXT) IS NULL OR v.test = $2) AND r.withdrawn_at IS NULL"
      " AND v.status IN ('P', 'F', 'C')" NOT_REPLACED " ORDER BY r.collected_on, v.id",
      "it", patient_id, test);
  g_autoptr (GPtrArray) points = g_ptr_array_new_with_free_func ((GDestroyNotify) desk_lab_point_free);
  DeskStep step = DESK_STEP_ERROR;

  while (stmt && (step = desk_stmt_step (stmt, error)) == DESK_STEP_ROW)
    {
      DeskLabPoint *point = g_new0 (DeskLabPoint, 1);

      point->value = read_value (stmt);
      point->collected_on = desk_stmt_dup_text (stmt, N_VALUE);
      point->laboratory = desk_stmt_dup_text (stmt, N_VALUE + 1);
      point->entered_at = desk_stmt_int64 (stmt, N_VALUE + 2);
      g_ptr_array_add (points, point);
    }
  return step == DESK_STEP_DONE ? g_steal_pointer (&points) : NULL;
}

/* What hiv, hbsag, antihbc, hcvab, htlv and syphilis say now: always six DeskLabViral in that order, also of a patient
 * without any result. Free with g_ptr_array_unref (). */
GPtrArray *
desk_lab_viral_summary (DeskDb *db, gint64 patient_id, GError **error)
{
  g_autoptr (GPtrArray) points = desk_lab_points (db, patient_id, NULL, error);

  return points ? desk_lab_viral_of (points) : NULL;
}
