#include "desk-waitings.h"

#include "desk-book-private.h"

#define READ \
  "SELECT w.id, w.patient_id, w.type, w.visit_id, w.first_day, w.last_day, w.from_minute, w.until_minute, w.weekdays," \
  " w.notice_days, w.priority, w.note, w.added_at, w.closed_at, w.outcome, w.version, p.family, p.given, p.chart, p.phone," \
  " p.languages, v.starts_at FROM waiting w JOIN patient p ON p.id = w.patient_id LEFT JOIN visit v ON v.id = w.visit_id "

/* The kind is there for its index of those open. */
static const char open_sql[] = READ "WHERE w.closed_at IS NULL AND w.type > '' ORDER BY w.priority, w.added_at, w.id";
static const char closed_sql[] = READ "WHERE w.closed_at > $1 ORDER BY w.closed_at DESC, w.id";
static const char of_patient_sql[] = READ "WHERE w.patient_id = $1 AND w.closed_at IS NULL ORDER BY w.priority, w.added_at, w.id";
static const char load_sql[] = READ "WHERE w.id = $1";

static const char insert_sql[]
    = "INSERT INTO waiting (patient_id, type, visit_id, first_day, last_day, from_minute, until_minute, weekdays, notice_days,"
      " priority, note, added_at, by_id) VALUES ($1, $2, nullif ($3, 0), $4, $5, $6, $7, $8, $9, $10, $11, $12, nullif ($13, 0))"
      " RETURNING id";

static const char update_sql[]
    = "UPDATE waiting SET type = $3, visit_id = nullif ($4, 0), first_day = $5, last_day = $6, from_minute = $7,"
      " until_minute = $8, weekdays = $9, notice_days = $10, priority = $11, note = $12, version = version + 1"
      " WHERE id = $1 AND version = $2 RETURNING version";

static const char close_sql[]
    = "UPDATE waiting SET closed_at = CASE WHEN $3 = '' THEN NULL ELSE $4 END, outcome = $3, version = version + 1"
      " WHERE id = $1 AND version = $2 RETURNING version";

#define CLOSED_DAYS 30

static DeskDay
day_of (const char *text)
{
  DeskDay day;

  return *text && desk_day_parse (text, &day) ? day : DESK_DAY_NONE;
}

static DeskWaiting *
read_waiting (DeskStmt *stmt)
{
  DeskWaiting *waiting = g_new0 (DeskWaiting, 1);

  *waiting = (DeskWaiting) {
    .id = desk_stmt_int64 (stmt, 0), .patient_id = desk_stmt_int64 (stmt, 1), .type = desk_stmt_dup_text (stmt, 2),
    .visit_id = desk_stmt_int64 (stmt, 3), .first_day = day_of (desk_stmt_text (stmt, 4)),
    .last_day = day_of (desk_stmt_text (stmt, 5)), .from_minute = desk_stmt_int (stmt, 6),
    .until_minute = desk_stmt_int (stmt, 7), .weekdays = desk_stmt_dup_text (stmt, 8), .notice_days = desk_stmt_int (stmt, 9),
    .priority = desk_stmt_int (stmt, 10), .note = desk_stmt_dup_text (stmt, 11), .added_at = desk_stmt_int64 (stmt, 12),
    .closed_at = desk_stmt_int64 (stmt, 13), .outcome = desk_stmt_dup_text (stmt, 14), .version = desk_stmt_int64 (stmt, 15),
    .patient_name = desk_row_name (stmt, 16), .patient_chart = desk_stmt_dup_text (stmt, 18),
    .phone = desk_stmt_dup_text (stmt, 19), .languages = desk_stmt_dup_text (stmt, 20),
    .visit_starts_at = desk_stmt_int64 (stmt, 21),
  };
  return waiting;
}

static gboolean
read_into (GPtrArray *list, DeskStmt *stmt, GError **error)
{
  DeskStep step = DESK_STEP_ERROR;

  while (stmt && (step = desk_stmt_step (stmt, error)) == DESK_STEP_ROW)
    g_ptr_array_add (list, read_waiting (stmt));
  return step == DESK_STEP_DONE;
}

static GPtrArray *
read_all (DeskStmt *stmt, GError **error)
{
  g_autoptr (GPtrArray) list = g_ptr_array_new_with_free_func ((GDestroyNotify) desk_waiting_free);

  return read_into (list, stmt, error) ? g_steal_pointer (&list) : NULL;
}

/* Whoever waits, in the order they are asked: DeskWaiting, freed with g_ptr_array_unref (). With those of the last month
 * that no longer do, at the end, on request. */
GPtrArray *
desk_waiting_list (DeskDb *db, gboolean with_closed, GError **error)
{
  gint64 since = g_get_real_time () / G_USEC_PER_SEC - CLOSED_DAYS * 86400;
  g_autoptr (DeskStmt) open = desk_db_query (db, error, open_sql, ""), closed = NULL;
  g_autoptr (GPtrArray) list = read_all (open, error);

  if (!list || !with_closed)
    return g_steal_pointer (&list);
  closed = desk_db_query (db, error, closed_sql, "i", since);
  return read_into (list, closed, error) ? g_steal_pointer (&list) : NULL;
}

/* What a patient waits for. */
GPtrArray *
desk_waiting_of_patient (DeskDb *db, gint64 patient_id, GError **error)
{
  g_autoptr (DeskStmt) stmt = desk_db_query (db, error, of_patient_sql, "i", patient_id);

  return read_all (stmt, error);
}

/* DESK_ERROR_NOT_FOUND when there is none. */
DeskWaiting *
desk_waiting_load (DeskDb *db, gint64 id, GError **error)
{
  g_autoptr (DeskStmt) stmt = desk_db_query (db, error, load_sql, "i", id);
  DeskStep step = stmt ? desk_stmt_step (stmt, error) : DESK_STEP_ERROR;

  if (step == DESK_STEP_DONE)
    g_set_error_literal (error, DESK_ERROR, DESK_ERROR_NOT_FOUND, "nobody waits there");
  return step == DESK_STEP_ROW ? read_waiting (stmt) : NULL;
}

static gboolean
take_version (DeskStmt *stmt, gint64 *version, GError **error)
{
  DeskStep step = stmt ? desk_stmt_step (stmt, error) : DESK_STEP_ERROR;

  if (step == DESK_STEP_ROW)
    *version = desk_stmt_int64 (stmt, 0);
  else if (step == DESK_STEP_DONE)
    g_set_error_literal (error, DESK_ERROR, DESK_ERROR_CONFLICT, "somebody changed it meanwhile");
  return step == DESK_STEP_ROW;
}

static gboolean
write_waiting (DeskDb *db, const DeskWaiting *w, gint64 now, gint64 *id, gint64 *version, GError **error)
{
  g_autofree char *first = w->first_day == DESK_DAY_NONE ? g_strdup ("") : desk_day_format (w->first_day);
  g_autofree char *last = w->last_day == DESK_DAY_NONE ? g_strdup ("") : desk_day_format (w->last_day);
  const char *note = w->note ? w->note : "";

  if (w->id == 0)
    {
      *version = 1;
      return desk_db_value (db, id, error, insert_sql, "itittddtddtii", w->patient_id, w->type, w->visit_id, first, last,
                            w->from_minute, w->until_minute, w->weekdays, w->notice_days, w->priority, note, now,
                            desk_db_get_actor (db));
    }
  g_autoptr (DeskStmt) stmt
      = desk_db_query (db, error, update_sql, "iitittddtddt", w->id, w->version, w->type, w->visit_id, first, last, w->from_minute,
                       w->until_minute, w->weekdays, w->notice_days, w->priority, note);
  return take_version (stmt, version, error);
}

/* Adds somebody to the list (id 0; since added_at, or now where it is 0) or changes what they wait for; fills id and version. The rules are checked once more:
 * INVALID with the code of the first that does not hold. */
gboolean
desk_waiting_save (DeskDb *db, DeskWaiting *waiting, GError **error)
{
  g_autoptr (DeskProblems) problems = desk_problems_new ();
  gint64 id = waiting->id, version = waiting->version;
  gint64 now = waiting->added_at ? waiting->added_at : g_get_real_time () / G_USEC_PER_SEC;

  desk_waiting_check (waiting, problems);
  if (problems->len)
    {
      g_set_error_literal (error, DESK_ERROR, DESK_ERROR_INVALID, desk_problems_get (problems, 0)->code);
      return FALSE;
    }
  g_autoptr (DeskTxn) txn = desk_txn_begin (db, error);
  if (!txn || !write_waiting (db, waiting, now, &id, &version, error)
      || !desk_txn_log (txn, waiting->id ? "waiting.update" : "waiting.add", DESK_KIND_WAIT, id, waiting->type, error)
      || !desk_txn_commit (txn, error))
    return FALSE;
  if (!waiting->id)
    waiting->added_at = now;
  waiting->id = id;
  waiting->version = version;
  return TRUE;
}

/* Takes somebody off the list: outcome as in desk_waiting_outcomes (), or "" to put them back. */
gboolean
desk_waiting_close (DeskDb *db, gint64 id, gint64 *version, const char *outcome, GError **error)
{
  g_autoptr (DeskTxn) txn = desk_txn_begin (db, error);
  gint64 later = *version;

  if (!txn)
    return FALSE;
  g_autoptr (DeskStmt) stmt = desk_db_query (db, error, close_sql, "iiti", id, *version, outcome, g_get_real_time () / G_USEC_PER_SEC);
  if (!take_version (stmt, &later, error))
    return FALSE;
  g_clear_pointer (&stmt, desk_stmt_release);
  if (!desk_txn_log (txn, *outcome ? "waiting.close" : "waiting.reopen", DESK_KIND_WAIT, id, outcome, error)
      || !desk_txn_commit (txn, error))
    return FALSE;
  *version = later;
  return TRUE;
}
