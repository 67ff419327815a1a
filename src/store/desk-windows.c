#include "desk-windows.h"

/* The texts first, in the order of desk_patient_window_fields (). */
#define READ \
  "SELECT kind, first_day, last_day, note, days_before, days_after, removed_at, version, patient_id, id FROM patient_window "

static DeskPatientWindow *
read_window (DeskStmt *stmt)
{
  DeskPatientWindow *window = desk_patient_window_new (0);
  guint n;
  const DeskRecordField *fields = desk_patient_window_fields (&n);

  for (guint i = 0; i < n; i++)
    desk_record_set (window, &fields[i], desk_stmt_text (stmt, (int) i));
  window->days_before = desk_stmt_int (stmt, (int) n);
  window->days_after = desk_stmt_int (stmt, (int) n + 1);
  window->removed_at = desk_stmt_int64 (stmt, (int) n + 2);
  window->version = desk_stmt_int64 (stmt, (int) n + 3);
  window->patient_id = desk_stmt_int64 (stmt, (int) n + 4);
  window->id = desk_stmt_int64 (stmt, (int) n + 5);
  return window;
}

static void
free_row (gpointer window)
{
  desk_patient_window_free (window);
}

/* A patient's windows by their first day: DeskPatientWindow, freed with g_ptr_array_unref (). Those taken away only
 * with with_removed. */
GPtrArray *
desk_patient_window_list (DeskDb *db, gint64 patient_id, gboolean with_removed, GError **error)
{
  g_autoptr (DeskStmt) stmt
      = desk_db_query (db, error, READ "WHERE patient_id = $1 AND (removed_at IS NULL OR $2 = 1) ORDER BY first_day, id", "id",
                       patient_id, with_removed ? 1 : 0);
  g_autoptr (GPtrArray) windows = g_ptr_array_new_with_free_func (free_row);
  DeskStep step = DESK_STEP_ERROR;

  while (stmt && (step = desk_stmt_step (stmt, error)) == DESK_STEP_ROW)
    g_ptr_array_add (windows, read_window (stmt));
  return step == DESK_STEP_DONE ? g_steal_pointer (&windows) : NULL;
}

/* DESK_ERROR_NOT_FOUND when there is none; free with desk_patient_window_free (). */
DeskPatientWindow *
desk_patient_window_load (DeskDb *db, gint64 id, GError **error)
{
  g_autoptr (DeskStmt) stmt = desk_db_query (db, error, READ "WHERE id = $1", "i", id);
  DeskStep step = stmt ? desk_stmt_step (stmt, error) : DESK_STEP_ERROR;

  if (step == DESK_STEP_DONE)
    g_set_error_literal (error, DESK_ERROR, DESK_ERROR_NOT_FOUND, "no such window");
  return step == DESK_STEP_ROW ? read_window (stmt) : NULL;
}

/* The rules once more, so that no road leads past them. */
static gboolean
refuse_invalid (const DeskPatientWindow *window, GError **error)
{
  g_autoptr (DeskProblems) problems = desk_problems_new ();

  desk_patient_window_check (window, problems);
  if (problems->len == 0)
    return TRUE;
  g_set_error (error, DESK_ERROR, DESK_ERROR_INVALID, "%s: %s", desk_problems_get (problems, 0)->field,
               desk_problems_get (problems, 0)->code);
  return FALSE;
}

/* The patient of a window never changes. */
static DeskStmt *
write_window (DeskDb *db, const DeskPatientWindow *w, GError **error)
{
  if (w->id == 0)
    return desk_db_query (db, error,
                          "INSERT INTO patient_window (kind, first_day, last_day, note, days_before, days_after, patient_id)"
                          " VALUES ($1, $2, $3, $4, $5, $6, $7) RETURNING id, version",
                          "ttttddi", w->kind, w->first_day, w->last_day, w->note, w->days_before, w->days_after, w->patient_id);
  return desk_db_query (db, error,
                        "UPDATE patient_window SET kind = $1, first_day = $2, last_day = $3, note = $4, days_before = $5,"
                        " days_after = $6, version = version + 1"
                        " WHERE patient_id = $7 AND id = $8 AND version = $9 RETURNING id, version",
                        "ttttddiii", w->kind, w->first_day, w->last_day, w->note, w->days_before, w->days_after, w->patient_id,
                        w->id, w->version);
}

static void
append_number (GString *text, const char *name, int before, int after)
{
  if (before != after)
    g_string_append_printf (text, "%s%s: %d → %d", text->len ? "\n" : "", name, before, after);
}

static char *
differences (DeskDb *db, const DeskPatientWindow *window, GError **error)
{
  g_autoptr (DeskPatientWindow) before
      = window->id ? desk_patient_window_load (db, window->id, error) : desk_patient_window_new (window->patient_id);
  guint n;
  const DeskRecordField *fields = desk_patient_window_fields (&n);

  if (!before)
    return NULL;
  g_autofree char *texts = desk_record_differences (before, window, fields, n);
  GString *all = g_string_new (texts);
  append_number (all, "days_before", before->days_before, window->days_before);
  append_number (all, "days_after", before->days_after, window->days_after);
  return g_string_free (all, FALSE);
}

/* The row is written and its columns read; the statement is done before the audit row is written. */
static gboolean
run_write (DeskStmt *stmt, gint64 *first, gint64 *version, GError **error)
{
  DeskStep step = stmt ? desk_stmt_step (stmt, error) : DESK_STEP_ERROR;

  if (step == DESK_STEP_DONE)
    g_set_error_literal (error, DESK_ERROR, DESK_ERROR_CONFLICT, "the window was changed meanwhile");
  if (step == DESK_STEP_ROW)
    {
      *first = desk_stmt_int64 (stmt, 0);
      *version = desk_stmt_int64 (stmt, 1);
    }
  g_clear_pointer (&stmt, desk_stmt_release);
  return step == DESK_STEP_ROW;
}

/* Saves a new (id 0) or changed window, tidied; fills in id and version. DESK_ERROR_CONFLICT when somebody saved since
 * it was loaded, DESK_ERROR_INVALID with field and code. */
gboolean
desk_patient_window_save (DeskDb *db, DeskPatientWindow *window, GError **error)
{
  gint64 id = 0, version = 0;

  desk_patient_window_tidy (window);
  if (!refuse_invalid (window, error))
    return FALSE;

  g_autoptr (DeskTxn) txn = desk_txn_begin (db, error);
  g_autofree char *detail = txn ? differences (db, window, error) : NULL;
  if (!detail || !run_write (write_window (db, window, error), &id, &version, error)
      || !desk_txn_log (txn, window->id ? "window.update" : "window.add", DESK_KIND_PLAN, id, detail, error))
    return FALSE;
  desk_txn_changed (txn, DESK_KIND_PATIENT, window->patient_id);
  if (!desk_txn_commit (txn, error))
    return FALSE;
  window->id = id;
  window->version = version;
  return TRUE;
}

/* Takes a window away, or puts it back; the record stays. version is the one shown, and becomes the new one.
 * DESK_ERROR_CONFLICT when somebody changed it since. */
gboolean
desk_patient_window_remove (DeskDb *db, gint64 id, gint64 *version, gboolean removed, GError **error)
{
  g_autoptr (DeskTxn) txn = desk_txn_begin (db, error);
  gint64 patient_id = 0, now = removed ? g_get_real_time () / G_USEC_PER_SEC : 0, new_version = 0;

  if (!txn)
    return FALSE;
  if (!run_write (desk_db_query (db, error,
                                 "UPDATE patient_window SET removed_at = nullif ($1, 0), version = version + 1"
                                 " WHERE id = $2 AND version = $3 RETURNING patient_id, version",
                                 "iii", now, id, *version),
                  &patient_id, &new_version, error)
      || !desk_txn_log (txn, removed ? "window.remove" : "window.restore", DESK_KIND_PLAN, id, NULL, error))
    return FALSE;
  desk_txn_changed (txn, DESK_KIND_PATIENT, patient_id);
  if (!desk_txn_commit (txn, error))
    return FALSE;
  *version = new_version;
  return TRUE;
}
