#include "desk-companions.h"

/* The texts first, in the order of desk_companion_fields (). */
#define READ \
  "SELECT family, given, native, sex, birth, nationality, passport, passport_until, relation, phone, email, languages," \
  " note, may_be_told, removed_at, version, patient_id, id FROM companion "

static DeskCompanion *
read_companion (DeskStmt *stmt)
{
  DeskCompanion *companion = desk_companion_new (0);
  guint n;
  const DeskRecordField *fields = desk_companion_fields (&n);

  for (guint i = 0; i < n; i++)
    desk_record_set (companion, &fields[i], desk_stmt_text (stmt, i));
  companion->may_be_told = desk_stmt_int (stmt, n);
  companion->removed_at = desk_stmt_int64 (stmt, n + 1);
  companion->version = desk_stmt_int64 (stmt, n + 2);
  companion->patient_id = desk_stmt_int64 (stmt, n + 3);
  companion->id = desk_stmt_int64 (stmt, n + 4);
  return companion;
}

static void
free_row (gpointer companion)
{
  desk_companion_free (companion);
}

/* A patient's companions in the order they were added: DeskCompanion, freed with g_ptr_array_unref (). Those who no
 * longer come along only with with_removed. */
GPtrArray *
desk_companion_list (DeskDb *db, gint64 patient_id, gboolean with_removed, GError **error)
{
  g_autoptr (DeskStmt) stmt
      = desk_db_query (db, error, READ "WHERE patient_id = $1 AND (removed_at IS NULL OR $2 = 1) ORDER BY id", "id",
                       patient_id, with_removed ? 1 : 0);
  g_autoptr (GPtrArray) companions = g_ptr_array_new_with_free_func (free_row);
  DeskStep step = DESK_STEP_ERROR;

  while (stmt && (step = desk_stmt_step (stmt, error)) == DESK_STEP_ROW)
    g_ptr_array_add (companions, read_companion (stmt));
  return step == DESK_STEP_DONE ? g_steal_pointer (&companions) : NULL;
}

/* DESK_ERROR_NOT_FOUND when there is none; free with desk_companion_free (). */
DeskCompanion *
desk_companion_load (DeskDb *db, gint64 id, GError **error)
{
  g_autoptr (DeskStmt) stmt = desk_db_query (db, error, READ "WHERE id = $1", "i", id);
  DeskStep step = stmt ? desk_stmt_step (stmt, error) : DESK_STEP_ERROR;

  if (step == DESK_STEP_DONE)
    g_set_error_literal (error, DESK_ERROR, DESK_ERROR_NOT_FOUND, "no such companion");
  return step == DESK_STEP_ROW ? read_companion (stmt) : NULL;
}

/* The rules once more, so that no road leads past them; the day is the latest anywhere on earth. */
static gboolean
refuse_invalid (const DeskCompanion *companion, GError **error)
{
  g_autoptr (DeskProblems) problems = desk_problems_new ();

  desk_companion_check (companion, (DeskDay) (g_get_real_time () / G_USEC_PER_SEC / 86400) + 1, problems);
  for (guint i = 0; i < problems->len; i++)
    if (!desk_problems_get (problems, i)->warning)
      {
        g_set_error (error, DESK_ERROR, DESK_ERROR_INVALID, "%s: %s", desk_problems_get (problems, i)->field,
                     desk_problems_get (problems, i)->code);
        return FALSE;
      }
  return TRUE;
}

static DeskStmt *
write_companion (DeskDb *db, const DeskCompanion *c, GError **error)
{
  if (c->id == 0)
    return desk_db_query (db, error,
                          "INSERT INTO companion (patient_id, family, given, native, sex, birth, nationality, passport,"
                          " passport_until, relation, phone, email, languages, note, may_be_told)"
                          " VALUES ($1, $2, $3, $4, $5, $6, $7, $8, $9, $10, $11, $12, $13, $14, $15)"
                          " RETURNING id, version",
                          "ittttttttttttti", c->patient_id, c->family, c->given, c->native, c->sex, c->birth,
                          c->nationality, c->passport, c->passport_until, c->relation, c->phone, c->email, c->languages,
                          c->note, (gint64) !!c->may_be_told);
  return desk_db_query (db, error,
                        "UPDATE companion SET family = $1, given = $2, native = $3, sex = $4, birth = $5, nationality = $6,"
                        " passport = $7, passport_until = $8, relation = $9, phone = $10, email = $11, languages = $12,"
                        " note = $13, may_be_told = $14, version = version + 1"
                        " WHERE id = $15 AND version = $16 RETURNING id, version",
                        "tttttttttttttiii", c->family, c->given, c->native, c->sex, c->birth, c->nationality, c->passport,
                        c->passport_until, c->relation, c->phone, c->email, c->languages, c->note,
                        (gint64) !!c->may_be_told, c->id, c->version);
}

static char *
differences (DeskDb *db, const DeskCompanion *companion, GError **error)
{
  g_autoptr (DeskCompanion) before
      = companion->id ? desk_companion_load (db, companion->id, error) : desk_companion_new (companion->patient_id);
  guint n;
  const DeskRecordField *fields = desk_companion_fields (&n);

  if (!before)
    return NULL;
  g_autofree char *texts = desk_record_differences (before, companion, fields, n);
  if (!before->may_be_told == !companion->may_be_told)
    return g_steal_pointer (&texts);
  return g_strdup_printf ("%s%smay_be_told: %d → %d", texts, *texts ? "\n" : "", before->may_be_told, companion->may_be_told);
}

/* The row is written and its version read; the statement is done before the audit row is written. */
static gboolean
run_write (DeskStmt *stmt, gint64 *id, gint64 *version, GError **error)
{
  DeskStep step = stmt ? desk_stmt_step (stmt, error) : DESK_STEP_ERROR;

  if (step == DESK_STEP_DONE)
    g_set_error_literal (error, DESK_ERROR, DESK_ERROR_CONFLICT, "the companion was changed meanwhile");
  if (step == DESK_STEP_ROW)
    {
      *id = desk_stmt_int64 (stmt, 0);
      *version = desk_stmt_int64 (stmt, 1);
    }
  g_clear_pointer (&stmt, desk_stmt_release);
  return step == DESK_STEP_ROW;
}

/* Saves a new (id 0) or changed companion, tidied; fills in id and version. DESK_ERROR_CONFLICT when somebody saved
 * since it was loaded, DESK_ERROR_INVALID with field and code. */
gboolean
desk_companion_save (DeskDb *db, DeskCompanion *companion, GError **error)
{
  gint64 id = 0, version = 0;

  desk_companion_tidy (companion);
  if (!refuse_invalid (companion, error))
    return FALSE;

  g_autoptr (DeskTxn) txn = desk_txn_begin (db, error);
  g_autofree char *detail = txn ? differences (db, companion, error) : NULL;
  if (!detail || !run_write (write_companion (db, companion, error), &id, &version, error))
    return FALSE;
  if (!desk_txn_log (txn, companion->id ? "companion.update" : "companion.add", DESK_KIND_TRIP, id, detail, error))
    return FALSE;
  desk_txn_changed (txn, DESK_KIND_PATIENT, companion->patient_id);
  if (!desk_txn_commit (txn, error))
    return FALSE;
  companion->id = id;
  companion->version = version;
  return TRUE;
}

/* A new companion within the caller's transaction, without an audit row: for filling a file. */
gboolean
desk_companion_insert (DeskDb *db, DeskCompanion *companion, GError **error)
{
  return run_write (write_companion (db, companion, error), &companion->id, &companion->version, error);
}

/* Says that a companion no longer comes along, or takes that back; the record stays. version is the one shown, and
 * becomes the new one. DESK_ERROR_CONFLICT when somebody changed it since. */
gboolean
desk_companion_remove (DeskDb *db, gint64 id, gint64 *version, gboolean removed, GError **error)
{
  g_autoptr (DeskTxn) txn = desk_txn_begin (db, error);
  gint64 patient_id = 0, now = removed ? g_get_real_time () / G_USEC_PER_SEC : 0, new_version = 0;

  if (!txn)
    return FALSE;
  if (!run_write (desk_db_query (db, error,
                                 "UPDATE companion SET removed_at = nullif ($1, 0), version = version + 1"
                                 " WHERE id = $2 AND version = $3 RETURNING patient_id, version",
                                 "iii", now, id, *version),
                  &patient_id, &new_version, error))
    return FALSE;
  if (!desk_txn_log (txn, removed ? "companion.remove" : "companion.restore", DESK_KIND_TRIP, id, NULL, error))
    return FALSE;
  desk_txn_changed (txn, DESK_KIND_PATIENT, patient_id);
  if (!desk_txn_commit (txn, error))
    return FALSE;
  *version = new_version;
  return TRUE;
}

/* The patient on file whose passport the companion has: the one they come with before any other. patient_id becomes 0
 * when there is none; name is with the chart number, for the caller to free. A nationality that is not written down
 * does not tell two passports apart. */
gboolean
desk_companion_find_patient (DeskDb *db, const DeskCompanion *companion, gint64 *patient_id, char **name, GError **error)
{
  g_autoptr (DeskStmt) stmt
      = desk_db_query (db, error,
                       "SELECT id, chart, family, given FROM patient WHERE passport = $1 AND passport <> ''"
                       " AND merged_into IS NULL AND (nationality = $2 OR nationality = '' OR $2 = '')"
                       " ORDER BY id <> $3, id LIMIT 1",
                       "tti", companion->passport, companion->nationality, companion->patient_id);
  DeskStep step = stmt ? desk_stmt_step (stmt, error) : DESK_STEP_ERROR;

  *patient_id = step == DESK_STEP_ROW ? desk_stmt_int64 (stmt, 0) : 0;
  *name = step == DESK_STEP_ROW ? g_strdup_printf ("%s %s%s%s", desk_stmt_text (stmt, 1), desk_stmt_text (stmt, 2),
                                                   *desk_stmt_text (stmt, 3) ? " " : "", desk_stmt_text (stmt, 3))
                                : NULL;
  return step != DESK_STEP_ERROR;
}
