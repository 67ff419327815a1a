#include "desk-recalls.h"

#include "desk-book-private.h"

#define READ \
  "SELECT r.id, r.patient_id, r.kind, r.due_on, r.next_on, r.source, r.note, r.made_at, r.closed_at, r.outcome, r.version," \
  " p.family, p.given, p.chart, p.phone, p.email, p.languages, p.zone," \
  " (SELECT count (*) FROM recall_attempt a WHERE a.recall_id = r.id), l.at, l.way, l.result, l.note" \
  " FROM recall r JOIN patient p ON p.id = r.patient_id LEFT JOIN recall_attempt l ON l.recall_id = r.id" \
  " AND l.seq = (SELECT max (a.seq) FROM recall_attempt a WHERE a.recall_id = r.id) "

static const char due_sql[] = READ "WHERE r.closed_at IS NULL AND r.next_on <= $1 ORDER BY r.next_on, r.id";
static const char of_patient_sql[] = READ "WHERE r.patient_id = $1 ORDER BY r.closed_at IS NOT NULL, r.due_on, r.id";
static const char load_sql[] = READ "WHERE r.id = $1";

static const char count_sql[]
    = "SELECT count (*), coalesce (min (next_on), '') FROM recall WHERE closed_at IS NULL AND next_on <= $1";

static const char attempts_sql[]
    = "SELECT a.at, coalesce (s.name, ''), a.way, a.result, a.note FROM recall_attempt a LEFT JOIN staff s ON s.id = a.by_id"
      " WHERE a.recall_id = $1 ORDER BY a.seq";

static const char insert_sql[]
    = "INSERT INTO recall (patient_id, kind, due_on, next_on, source, note, made_at, by_id)"
      " VALUES ($1, $2, $3, $3, $4, $5, $6, nullif ($7, 0)) RETURNING id";

static const char try_sql[]
    = "INSERT INTO recall_attempt (recall_id, seq, at, by_id, way, result, note)"
      " SELECT $1, 1 + (SELECT count (*) FROM recall_attempt WHERE recall_id = $1), $2, nullif ($3, 0), $4, $5, $6";

static const char next_sql[]
    = "UPDATE recall SET next_on = $3, version = version + 1 WHERE id = $1 AND version = $2 RETURNING version";

static const char close_sql[]
    = "UPDATE recall SET closed_at = CASE WHEN $3 = '' THEN NULL ELSE $4 END, outcome = $3, version = version + 1"
      " WHERE id = $1 AND version = $2 RETURNING version";

void
desk_recall_attempt_free (DeskRecallAttempt *attempt)
{
  if (!attempt)
    return;
  g_free (attempt->by);
  g_free (attempt->way);
  g_free (attempt->result);
  g_free (attempt->note);
  g_free (attempt);
}

static gint64
now_seconds (void)
{
  return g_get_real_time () / G_USEC_PER_SEC;
}

static DeskDay
day_of (const char *text)
{
  DeskDay day;

  return desk_day_parse (text, &day) ? day : DESK_DAY_NONE;
}

static DeskRecall *
read_recall (DeskStmt *stmt)
{
  DeskRecall *recall = g_new0 (DeskRecall, 1);

  *recall = (DeskRecall) {
    .id = desk_stmt_int64 (stmt, 0), .patient_id = desk_stmt_int64 (stmt, 1), .kind = desk_stmt_dup_text (stmt, 2),
    .due = day_of (desk_stmt_text (stmt, 3)), .next = day_of (desk_stmt_text (stmt, 4)), .source = desk_stmt_dup_text (stmt, 5),
    .note = desk_stmt_dup_text (stmt, 6), .made_at = desk_stmt_int64 (stmt, 7), .closed_at = desk_stmt_int64 (stmt, 8),
    .outcome = desk_stmt_dup_text (stmt, 9), .version = desk_stmt_int64 (stmt, 10), .patient_name = desk_row_name (stmt, 11),
    .patient_chart = desk_stmt_dup_text (stmt, 13), .phone = desk_stmt_dup_text (stmt, 14), .email = desk_stmt_dup_text (stmt, 15),
    .languages = desk_stmt_dup_text (stmt, 16), .zone = desk_stmt_dup_text (stmt, 17), .attempts = desk_stmt_int (stmt, 18),
    .last_at = desk_stmt_int64 (stmt, 19), .last_way = desk_stmt_dup_text (stmt, 20), .last_result = desk_stmt_dup_text (stmt, 21),
    .last_note = desk_stmt_dup_text (stmt, 22),
  };
  return recall;
}

static GPtrArray *
read_all (DeskStmt *stmt, GError **error)
{
  g_autoptr (GPtrArray) list = g_ptr_array_new_with_free_func ((GDestroyNotify) desk_recall_free);
  DeskStep step = DESK_STEP_ERROR;

  while (stmt && (step = desk_stmt_step (stmt, error)) == DESK_STEP_ROW)
    g_ptr_array_add (list, read_recall (stmt));
  return step == DESK_STEP_DONE ? g_steal_pointer (&list) : NULL;
}

/* Open ones whose next attempt is on that day or before: DeskRecall by that day, freed with g_ptr_array_unref (). */
GPtrArray *
desk_recall_list (DeskDb *db, DeskDay until, GError **error)
{
  g_autofree char *day = desk_day_format (until);
  g_autoptr (DeskStmt) stmt = desk_db_query (db, error, due_sql, "t", day);

  return read_all (stmt, error);
}

/* A patient's, closed ones at the end. */
GPtrArray *
desk_recall_of_patient (DeskDb *db, gint64 patient_id, GError **error)
{
  g_autoptr (DeskStmt) stmt = desk_db_query (db, error, of_patient_sql, "i", patient_id);

  return read_all (stmt, error);
}

/* DESK_ERROR_NOT_FOUND when there is none. */
DeskRecall *
desk_recall_load (DeskDb *db, gint64 id, GError **error)
{
  g_autoptr (DeskStmt) stmt = desk_db_query (db, error, load_sql, "i", id);
  DeskStep step = stmt ? desk_stmt_step (stmt, error) : DESK_STEP_ERROR;

  if (step == DESK_STEP_DONE)
    g_set_error_literal (error, DESK_ERROR, DESK_ERROR_NOT_FOUND, "no such call");
  return step == DESK_STEP_ROW ? read_recall (stmt) : NULL;
}

/* What was tried, the first first: DeskRecallAttempt, freed with g_ptr_array_unref (). */
GPtrArray *
desk_recall_attempts (DeskDb *db, gint64 id, GError **error)
{
  g_autoptr (GPtrArray) list = g_ptr_array_new_with_free_func ((GDestroyNotify) desk_recall_attempt_free);
  g_autoptr (DeskStmt) stmt = desk_db_query (db, error, attempts_sql, "i", id);
  DeskStep step = DESK_STEP_ERROR;

  while (stmt && (step = desk_stmt_step (stmt, error)) == DESK_STEP_ROW)
    {
      DeskRecallAttempt *attempt = g_new0 (DeskRecallAttempt, 1);

      *attempt = (DeskRecallAttempt) { desk_stmt_int64 (stmt, 0), desk_stmt_dup_text (stmt, 1), desk_stmt_dup_text (stmt, 2),
                                       desk_stmt_dup_text (stmt, 3), desk_stmt_dup_text (stmt, 4) };
      g_ptr_array_add (list, attempt);
    }
  return step == DESK_STEP_DONE ? g_steal_pointer (&list) : NULL;
}

/* How many are due by that day, and since when. */
gboolean
desk_recall_count (DeskDb *db, DeskDay until, gint64 *n_due, DeskDay *oldest, GError **error)
{
  g_autofree char *day = desk_day_format (until);
  g_autoptr (DeskStmt) stmt = desk_db_query (db, error, count_sql, "t", day);

  if (!stmt || desk_stmt_step (stmt, error) != DESK_STEP_ROW)
    return FALSE;
  *n_due = desk_stmt_int64 (stmt, 0);
  *oldest = day_of (desk_stmt_text (stmt, 1));
  return TRUE;
}

static gboolean
take_version (DeskDb *db, gint64 *version, GError **error, DeskStmt *query)
{
  g_autoptr (DeskStmt) stmt = query;
  DeskStep step = stmt ? desk_stmt_step (stmt, error) : DESK_STEP_ERROR;

  if (step == DESK_STEP_ROW)
    *version = desk_stmt_int64 (stmt, 0);
  else if (step == DESK_STEP_DONE)
    g_set_error_literal (error, DESK_ERROR, DESK_ERROR_CONFLICT, "somebody changed it meanwhile");
  return step == DESK_STEP_ROW;
}

/* Adds one by hand (kind, due, note, patient); fills id and version. */
gboolean
desk_recall_add (DeskDb *db, DeskRecall *recall, GError **error)
{
  g_autofree char *due = desk_day_format (recall->due);
  gint64 id = 0, now = now_seconds ();
  g_autoptr (DeskTxn) txn = desk_txn_begin (db, error);

  if (!txn
      || !desk_db_value (db, &id, error, insert_sql, "ittttii", recall->patient_id, recall->kind, due, recall->source ? recall->source : "",
                         recall->note ? recall->note : "", now, desk_db_get_actor (db))
      || !desk_txn_log (txn, "recall.add", DESK_KIND_WAIT, id, recall->kind, error) || !desk_txn_commit (txn, error))
    return FALSE;
  recall->id = id;
  recall->next = recall->due;
  recall->made_at = now;
  recall->version = 1;
  return TRUE;
}

static gboolean
write_close (DeskDb *db, gint64 id, gint64 *version, const char *outcome, GError **error)
{
  return take_version (db, version, error, desk_db_query (db, error, close_sql, "iiti", id, *version, outcome, now_seconds ()));
}

/* Writes down an attempt. outcome closes it; NULL or "" leaves it open, and it is due again on next. */
gboolean
desk_recall_try (DeskDb *db, gint64 id, gint64 *version, const char *way, const char *result, const char *note, DeskDay next,
                 const char *outcome, GError **error)
{
  g_autofree char *day = desk_day_format (next);
  g_autofree char *detail = g_strdup_printf ("%s %s", way, result);
  gint64 later = *version;
  g_autoptr (DeskTxn) txn = desk_txn_begin (db, error);

  if (!txn
      || !desk_db_run (db, error, try_sql, "iiittt", id, now_seconds (), desk_db_get_actor (db), way, result, note ? note : "")
      || !take_version (db, &later, error, desk_db_query (db, error, next_sql, "iit", id, later, day))
      || (outcome && *outcome && !write_close (db, id, &later, outcome, error))
      || !desk_txn_log (txn, "recall.try", DESK_KIND_WAIT, id, detail, error) || !desk_txn_commit (txn, error))
    return FALSE;
  *version = later;
  return TRUE;
}

/* Closes one, or opens it again with "". */
gboolean
desk_recall_close (DeskDb *db, gint64 id, gint64 *version, const char *outcome, GError **error)
{
  gint64 later = *version;
  g_autoptr (DeskTxn) txn = desk_txn_begin (db, error);

  if (!txn || !write_close (db, id, &later, outcome, error)
      || !desk_txn_log (txn, *outcome ? "recall.close" : "recall.reopen", DESK_KIND_WAIT, id, outcome, error)
      || !desk_txn_commit (txn, error))
    return FALSE;
  *version = later;
  return TRUE;
}

/* By kind and days: DeskRecallRule, free with g_array_unref (). */
GArray *
desk_recall_rules (DeskDb *db, GError **error)
{
  g_autoptr (GArray) rules = g_array_new (FALSE, TRUE, sizeof (DeskRecallRule));
  g_autoptr (DeskStmt) stmt = desk_db_query (db, error, "SELECT kind, days FROM recall_rule ORDER BY kind, days", "");
  DeskStep step = DESK_STEP_ERROR;

  while (stmt && (step = desk_stmt_step (stmt, error)) == DESK_STEP_ROW)
    {
      DeskRecallRule rule = { .days = desk_stmt_int (stmt, 1) };

      g_strlcpy (rule.kind, desk_stmt_text (stmt, 0), sizeof rule.kind);
      g_array_append_val (rules, rule);
    }
  return step == DESK_STEP_DONE ? g_steal_pointer (&rules) : NULL;
}

/* All of them at once, in place of those there were. */
gboolean
desk_recall_rules_save (DeskDb *db, const GArray *rules, GError **error)
{
  g_autoptr (DeskTxn) txn = desk_txn_begin (db, error);

  if (!txn || !desk_db_run (db, error, "DELETE FROM recall_rule", ""))
    return FALSE;
  for (guint i = 0; i < rules->len; i++)
    {
      const DeskRecallRule *rule = &g_array_index (rules, DeskRecallRule, i);

      if (!desk_db_run (db, error, "INSERT INTO recall_rule (kind, days) VALUES ($1, $2) ON CONFLICT (kind, days) DO NOTHING", "td",
                        rule->kind, rule->days))
        return FALSE;
    }
  return desk_txn_log (txn, "recall.rules", DESK_KIND_BOOK, 0, NULL, error) && desk_txn_commit (txn, error);
}
