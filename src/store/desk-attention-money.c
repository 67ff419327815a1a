/* Money that somebody has to ask for. */
#include "desk-attention-private.h"
#include "desk-money-private.h"

#define DEPOSIT_DAYS 180 /* a deposit that is on nothing so long is asked about */
#define QUOTE_DAYS 7 /* a quote that is out is spoken of so long before its last day */

static char *
name_of (DeskStmt *stmt, int family)
{
  const char *given = desk_stmt_text (stmt, family + 1);

  return g_strconcat (desk_stmt_text (stmt, family), *given ? " " : "", given, NULL);
}

/* Invoices after their day that are not paid; the detail is the number and what is open. */
static gboolean
add_overdue (DeskDb *db, GPtrArray *list, DeskDay today, GError **error)
{
  g_autofree char *iso = desk_day_format (today);
  g_autoptr (DeskStmt) stmt
      = desk_db_query (db, error,
                       "SELECT * FROM (SELECT i.patient_id, i.number, i.due_on, p.family, p.given,"
                       " i.total - (SELECT COALESCE (sum (c.total), 0) FROM invoice c WHERE c.credits = i.id)"
                       " - (SELECT COALESCE (sum (x.amount), 0) FROM payment_part x WHERE x.invoice_id = i.id) AS left_open"
                       " FROM invoice i JOIN patient p ON p.id = i.patient_id WHERE i.due_on > '' AND i.due_on <> '' AND i.due_on < $1) AS due WHERE left_open > 0"
                       " ORDER BY due_on, number",
                       "t", iso);
  DeskStep step = DESK_STEP_ERROR;

  while (stmt && (step = desk_stmt_step (stmt, error)) == DESK_STEP_ROW)
    {
      g_autofree char *detail = g_strdup_printf ("%s %" G_GINT64_FORMAT, desk_stmt_text (stmt, 1), desk_stmt_int64 (stmt, 5));
      gint64 patient = desk_stmt_int64 (stmt, 0);

      desk_attention_add (list, DESK_ATTENTION_INVOICE, patient, patient, name_of (stmt, 3), desk_money_day_of (desk_stmt_text (stmt, 2)), detail, today);
    }
  return step == DESK_STEP_DONE;
}

/* Quotes that are out and soon, or already, no longer valid; the detail is the number. */
static gboolean
add_quotes (DeskDb *db, GPtrArray *list, DeskDay today, GError **error)
{
  g_autofree char *until = desk_day_format (today + QUOTE_DAYS);
  g_autoptr (DeskStmt) stmt
      = desk_db_query (db, error,
                       "SELECT q.patient_id, q.number, q.valid_until, p.family, p.given FROM quote q JOIN patient p ON p.id = q.patient_id"
                       " WHERE q.status IN ('draft', 'sent') AND q.status = 'sent' AND q.valid_until <= $1 ORDER BY q.valid_until, q.id",
                       "t", until);
  DeskStep step = DESK_STEP_ERROR;

  while (stmt && (step = desk_stmt_step (stmt, error)) == DESK_STEP_ROW)
    {
      gint64 patient = desk_stmt_int64 (stmt, 0);

      desk_attention_add (list, DESK_ATTENTION_QUOTE, patient, patient, name_of (stmt, 3), desk_money_day_of (desk_stmt_text (stmt, 2)),
                          desk_stmt_text (stmt, 1), today);
    }
  return step == DESK_STEP_DONE;
}

/* Deposits that nobody has put on anything for half a year; those of before the last two years are for the books alone. The
 * detail is the number and what is left. */
static gboolean
add_deposits (DeskDb *db, GPtrArray *list, DeskDay today, GError **error)
{
  g_autofree char *from = desk_day_format (today - DEPOSIT_DAYS - 730), *until = desk_day_format (today - DEPOSIT_DAYS);
  g_autoptr (DeskStmt) stmt
      = desk_db_query (db, error,
                       "SELECT * FROM (SELECT y.patient_id, y.number, y.received_on, p.family, p.given,"
                       " y.amount - (SELECT COALESCE (sum (x.amount), 0) FROM payment_part x WHERE x.payment_id = y.id)"
                       " - (SELECT COALESCE (sum (r.amount), 0) FROM refund r WHERE r.payment_id = y.id) AS left_over"
                       " FROM payment y JOIN patient p ON p.id = y.patient_id WHERE y.received_on BETWEEN $1 AND $2) AS old WHERE left_over > 0"
                       " ORDER BY received_on, number",
                       "tt", from, until);
  DeskStep step = DESK_STEP_ERROR;

  while (stmt && (step = desk_stmt_step (stmt, error)) == DESK_STEP_ROW)
    {
      g_autofree char *detail = g_strdup_printf ("%s %" G_GINT64_FORMAT, desk_stmt_text (stmt, 1), desk_stmt_int64 (stmt, 5));
      gint64 patient = desk_stmt_int64 (stmt, 0);

      desk_attention_add (list, DESK_ATTENTION_DEPOSIT, patient, patient, name_of (stmt, 3), desk_money_day_of (desk_stmt_text (stmt, 2)), detail, today);
    }
  return step == DESK_STEP_DONE;
}

gboolean
desk_attention_add_money (DeskDb *db, GPtrArray *list, DeskDay today, GError **error)
{
  return add_overdue (db, list, today, error) && add_quotes (db, list, today, error) && add_deposits (db, list, today, error);
}
