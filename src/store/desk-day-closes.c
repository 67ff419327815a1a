#include "desk-day-closes.h"

#include "desk-clinics.h"
#include "desk-money-private.h"

/* What came in less what went out on the day, by currency and way of paying; cash in yen is always there, for the drawer is
 * counted also when nothing happened. Not yet saved. */
DeskDayClose *
desk_day_close_begin (DeskDb *db, DeskDay day, GError **error)
{
  g_autofree char *iso = desk_day_format (day);
  g_autoptr (DeskDayClose) close = desk_day_close_new (day);
  g_autoptr (DeskStmt) stmt = desk_db_query (
      db, error,
      "SELECT currency, method, sum (amount) FROM ("
      "SELECT currency, method, CASE currency WHEN 'JPY' THEN amount ELSE foreign_amount END AS amount FROM payment WHERE received_on = $1"
      " UNION ALL SELECT currency, method, -CASE currency WHEN 'JPY' THEN amount ELSE foreign_amount END FROM refund WHERE paid_on = $1"
      " UNION ALL SELECT 'JPY', 'cash', 0) AS moved"
      " GROUP BY currency, method ORDER BY CASE currency WHEN 'JPY' THEN 0 ELSE 1 END, currency, method",
      "t", iso);
  DeskStep step = DESK_STEP_ERROR;

  while (stmt && (step = desk_stmt_step (stmt, error)) == DESK_STEP_ROW)
    desk_day_close_add (close, desk_stmt_text (stmt, 0), desk_stmt_text (stmt, 1), desk_stmt_int64 (stmt, 2));
  if (step != DESK_STEP_DONE)
    return NULL;
  close->by_id = desk_db_get_actor (db);
  return g_steal_pointer (&close);
}

/* Whether what was counted against is what is expected still. */
static gboolean
same (const DeskDayClose *a, const DeskDayClose *b)
{
  if (a->lines->len != b->lines->len)
    return FALSE;
  for (guint i = 0; i < a->lines->len; i++)
    {
      const DeskDayCloseLine *x = a->lines->pdata[i], *y = b->lines->pdata[i];

      if (!g_str_equal (x->currency, y->currency) || !g_str_equal (x->method, y->method) || x->expected != y->expected)
        return FALSE;
    }
  return TRUE;
}

static gboolean
has_come (DeskDb *db, DeskDay day, GError **error)
{
  g_autoptr (GTimeZone) zone = desk_clinic_zone (db, error);

  return zone && (day <= desk_instant_day (desk_money_now (), zone) || desk_money_refuse (error, "day-not-come"));
}

static gboolean
write_close (DeskDb *db, DeskDayClose *close, GError **error)
{
  g_autofree char *iso = desk_day_format (close->day);
  g_autoptr (DeskStmt) stmt
      = desk_db_query (db, error, "INSERT INTO day_close (day, at, by_id, witness_id, note) VALUES ($1, $2, $3, NULLIF ($4, 0), $5) RETURNING id",
                       "tiiit", iso, desk_money_now (), close->by_id, close->witness_id, close->note);

  if (!desk_money_insert (stmt, &close->id, error))
    return FALSE;
  for (guint i = 0; i < close->lines->len; i++)
    {
      const DeskDayCloseLine *line = close->lines->pdata[i];

      if (!desk_db_run (db, error,
                        "INSERT INTO day_close_line (close_id, currency, method, expected, counted, reason) VALUES ($1, $2, $3, $4, $5, $6)", "ittiit",
                        close->id, line->currency, line->method, line->expected, line->counted, line->reason))
        return FALSE;
    }
  return TRUE;
}

/* Closes a day as counted: from then on no money is dated on it. lines are those of desk_day_close_begin () in their
 * order. DESK_ERROR_INVALID for a difference without a reason; DESK_ERROR_CONFLICT when money moved since it was counted;
 * DESK_ERROR_REFUSED "day-not-come"; DESK_ERROR_TAKEN when somebody closed the day. */
gboolean
desk_day_close_make (DeskDb *db, DeskDayClose *close, GError **error)
{
  g_autoptr (DeskProblems) problems = desk_problems_new ();
  g_autofree char *iso = desk_day_format (close->day);

  desk_day_close_check (close, problems);
  if (desk_money_invalid (problems, error) || !has_come (db, close->day, error))
    return FALSE;
  g_autoptr (DeskTxn) txn = desk_txn_begin (db, error);
  g_autoptr (DeskDayClose) now = txn ? desk_day_close_begin (db, close->day, error) : NULL;
  if (!now)
    return FALSE;
  if (!same (close, now))
    {
      g_set_error_literal (error, DESK_ERROR, DESK_ERROR_CONFLICT, "money moved since the day was counted");
      return FALSE;
    }
  return write_close (db, close, error) && desk_txn_log (txn, "day.close", DESK_KIND_MONEY, close->id, iso, error) && desk_txn_commit (txn, error);
}

static gboolean
read_lines (DeskDb *db, DeskDayClose *close, GError **error)
{
  g_autoptr (DeskStmt) stmt
      = desk_db_query (db, error,
                       "SELECT currency, method, expected, counted, reason FROM day_close_line WHERE close_id = $1"
                       " ORDER BY CASE currency WHEN 'JPY' THEN 0 ELSE 1 END, currency, method",
                       "i", close->id);
  DeskStep step = DESK_STEP_ERROR;

  while (stmt && (step = desk_stmt_step (stmt, error)) == DESK_STEP_ROW)
    {
      DeskDayCloseLine *line = desk_day_close_add (close, desk_stmt_text (stmt, 0), desk_stmt_text (stmt, 1), desk_stmt_int64 (stmt, 2));

      line->counted = desk_stmt_int64 (stmt, 3);
      g_free (line->reason);
      line->reason = desk_stmt_dup_text (stmt, 4);
    }
  return step == DESK_STEP_DONE;
}

/* A day as it was closed; DESK_ERROR_NOT_FOUND while it is open. */
DeskDayClose *
desk_day_close_load (DeskDb *db, DeskDay day, GError **error)
{
  g_autofree char *iso = desk_day_format (day);
  g_autoptr (DeskDayClose) close = desk_day_close_new (day);
  {
    g_autoptr (DeskStmt) stmt
        = desk_db_query (db, error,
                         "SELECT c.id, c.at, c.by_id, COALESCE (c.witness_id, 0), c.note, b.name, COALESCE (w.name, '') FROM day_close c"
                         " JOIN staff b ON b.id = c.by_id LEFT JOIN staff w ON w.id = c.witness_id WHERE c.day = $1",
                         "t", iso);
    DeskStep step = stmt ? desk_stmt_step (stmt, error) : DESK_STEP_ERROR;

    if (step == DESK_STEP_DONE)
      g_set_error_literal (error, DESK_ERROR, DESK_ERROR_NOT_FOUND, "the day is not closed");
    if (step != DESK_STEP_ROW)
      return NULL;
    g_free (close->note);
    g_free (close->by);
    g_free (close->witness);
    close->id = desk_stmt_int64 (stmt, 0);
    close->at = desk_stmt_int64 (stmt, 1);
    close->by_id = desk_stmt_int64 (stmt, 2);
    close->witness_id = desk_stmt_int64 (stmt, 3);
    close->note = desk_stmt_dup_text (stmt, 4);
    close->by = desk_stmt_dup_text (stmt, 5);
    close->witness = desk_stmt_dup_text (stmt, 6);
  }
  return read_lines (db, close, error) ? g_steal_pointer (&close) : NULL;
}

void
desk_day_numbers_clear (DeskDayNumbers *numbers)
{
  char **texts[] = { &numbers->first, &numbers->last, &numbers->first_refund, &numbers->last_refund };

  for (guint i = 0; i < G_N_ELEMENTS (texts); i++)
    g_clear_pointer (texts[i], g_free);
}

/* How many receipts and refunds are dated on the day, and the first and the last of each as they were written. numbers is
 * zeroed by the caller, who clears it. */
gboolean
desk_day_close_numbers (DeskDb *db, DeskDay day, DeskDayNumbers *numbers, GError **error)
{
  g_autofree char *iso = desk_day_format (day);
  g_autoptr (DeskStmt) stmt
      = desk_db_query (db, error,
                       "SELECT (SELECT count (*) FROM payment WHERE received_on = $1), (SELECT count (*) FROM refund WHERE paid_on = $1),"
                       " COALESCE ((SELECT number FROM payment WHERE received_on = $1 ORDER BY id LIMIT 1), ''),"
                       " COALESCE ((SELECT number FROM payment WHERE received_on = $1 ORDER BY id DESC LIMIT 1), ''),"
                       " COALESCE ((SELECT number FROM refund WHERE paid_on = $1 ORDER BY id LIMIT 1), ''),"
                       " COALESCE ((SELECT number FROM refund WHERE paid_on = $1 ORDER BY id DESC LIMIT 1), '')",
                       "t", iso);

  if (!stmt || desk_stmt_step (stmt, error) != DESK_STEP_ROW)
    return FALSE;
  numbers->receipts = desk_stmt_int64 (stmt, 0);
  numbers->refunds = desk_stmt_int64 (stmt, 1);
  numbers->first = desk_stmt_dup_text (stmt, 2);
  numbers->last = desk_stmt_dup_text (stmt, 3);
  numbers->first_refund = desk_stmt_dup_text (stmt, 4);
  numbers->last_refund = desk_stmt_dup_text (stmt, 5);
  return TRUE;
}

gboolean
desk_day_is_closed (DeskDb *db, DeskDay day, gboolean *closed, GError **error)
{
  g_autofree char *iso = desk_day_format (day);
  gint64 n;

  if (!desk_db_value (db, &n, error, "SELECT count (*) FROM day_close WHERE day = $1", "t", iso))
    return FALSE;
  *closed = n > 0;
  return TRUE;
}
