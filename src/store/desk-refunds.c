/* Money given back, and how a patient stands. */
#include "desk-payments.h"

#include "desk-money-private.h"
#include "desk-rates.h"
#include "desk-series.h"

#define READ \
  "SELECT r.id, r.patient_id, r.number, r.payment_id, (SELECT p.number FROM payment p WHERE p.id = r.payment_id), r.amount, r.method, r.currency," \
  " r.foreign_amount, COALESCE (r.rate_id, 0), r.paid_on, r.reason FROM refund r "

static void
free_refund (gpointer refund)
{
  desk_refund_free (refund);
}

static DeskRefund *
read_refund (DeskStmt *stmt)
{
  DeskRefund *refund = g_new0 (DeskRefund, 1);

  refund->id = desk_stmt_int64 (stmt, 0);
  refund->patient_id = desk_stmt_int64 (stmt, 1);
  refund->number = desk_stmt_dup_text (stmt, 2);
  refund->payment_id = desk_stmt_int64 (stmt, 3);
  refund->payment_number = desk_stmt_dup_text (stmt, 4);
  refund->amount = desk_stmt_int64 (stmt, 5);
  refund->method = desk_stmt_dup_text (stmt, 6);
  refund->currency = desk_stmt_dup_text (stmt, 7);
  refund->foreign_amount = desk_stmt_int64 (stmt, 8);
  refund->rate_id = desk_stmt_int64 (stmt, 9);
  refund->paid_on = desk_money_day_of (desk_stmt_text (stmt, 10));
  refund->reason = desk_stmt_dup_text (stmt, 11);
  return refund;
}

/* What a patient was given back, the newest first: DeskRefund. */
GPtrArray *
desk_refund_list (DeskDb *db, gint64 patient_id, GError **error)
{
  g_autoptr (GPtrArray) all = g_ptr_array_new_with_free_func (free_refund);
  g_autoptr (DeskStmt) stmt = desk_db_query (db, error, READ "WHERE r.patient_id = $1 ORDER BY r.paid_on DESC, r.id DESC", "i", patient_id);
  DeskStep step = DESK_STEP_ERROR;

  while (stmt && (step = desk_stmt_step (stmt, error)) == DESK_STEP_ROW)
    g_ptr_array_add (all, read_refund (stmt));
  return step == DESK_STEP_DONE ? g_steal_pointer (&all) : NULL;
}

/* DESK_ERROR_NOT_FOUND when there is none. */
DeskRefund *
desk_refund_load (DeskDb *db, gint64 id, GError **error)
{
  g_autoptr (DeskStmt) stmt = desk_db_query (db, error, READ "WHERE r.id = $1", "i", id);
  DeskStep step = stmt ? desk_stmt_step (stmt, error) : DESK_STEP_ERROR;

  if (step == DESK_STEP_DONE)
    g_set_error_literal (error, DESK_ERROR, DESK_ERROR_NOT_FOUND, "no such refund");
  return step == DESK_STEP_ROW ? read_refund (stmt) : NULL;
}

static void
check (const DeskRefund *refund, DeskProblems *problems)
{
  gboolean yen = g_str_equal (refund->currency, "JPY");

  if (*refund->reason == '\0')
    desk_problems_add (problems, "reason", "missing", NULL);
  if (!g_strv_contains (desk_payment_methods (), refund->method))
    desk_problems_add (problems, "method", "unknown", refund->method);
  if (desk_currency_digits (refund->currency) < 0)
    desk_problems_add (problems, "currency", "currency-unknown", refund->currency);
  if (yen ? refund->amount <= 0 : refund->foreign_amount <= 0)
    desk_problems_add (problems, "amount", "amount-missing", NULL);
  if (!yen && refund->rate_id == 0)
    desk_problems_add (problems, "rate_id", "missing", NULL);
}

/* Foreign money goes back at the rate it came at, or at one that holds that day. */
static gboolean
reckon (DeskDb *db, DeskRefund *refund, GError **error)
{
  gint64 paid_at = 0;
  g_autoptr (DeskRate) rate = refund->rate_id ? desk_rate_load (db, refund->rate_id, error) : NULL;

  if (refund->rate_id == 0)
    return TRUE;
  if (!rate || !desk_db_value (db, &paid_at, error, "SELECT COALESCE ((SELECT rate_id FROM payment WHERE id = $1), 0)", "i", refund->payment_id))
    return FALSE;
  gboolean holds = refund->paid_on >= rate->on_day && refund->paid_on <= rate->until_on;
  if (!g_str_equal (rate->currency, refund->currency) || (rate->id != paid_at && !holds))
    return desk_money_refuse (error, "rate-too-old");
  const char *problem = desk_foreign_yen (refund->foreign_amount, rate->rate, refund->currency, &refund->amount);
  return !problem || desk_money_refuse (error, problem);
}

static gboolean
insert_refund (DeskDb *db, DeskRefund *r, GError **error)
{
  g_autofree char *day = desk_day_format (r->paid_on);
  g_autoptr (DeskStmt) stmt
      = desk_db_query (db, error,
                       "INSERT INTO refund (patient_id, number, payment_id, amount, method, currency, foreign_amount, rate_id, paid_on, reason, at, by_id)"
                       " VALUES ((SELECT patient_id FROM payment WHERE id = $2), $1, $2, $3, $4, $5, $6, NULLIF ($7, 0), $8, $9, $10, NULLIF ($11, 0))"
                       " RETURNING id, patient_id",
                       "tiittiittii", r->number, r->payment_id, r->amount, r->method, r->currency, r->foreign_amount, r->rate_id, day, r->reason,
                       desk_money_now (), desk_db_get_actor (db));

  if (!desk_money_insert (stmt, &r->id, error))
    return FALSE;
  r->patient_id = desk_stmt_int64 (stmt, 1);
  return TRUE;
}

/* Gives back of a payment what is on no invoice: what is billed needs a credit note first. Sets id, number, patient_id and
 * the yen of foreign money. DESK_ERROR_INVALID; DESK_ERROR_REFUSED "payment-spent", "day-closed", "rate-too-old",
 * "rate-mismatch". */
gboolean
desk_refund_make (DeskDb *db, DeskRefund *refund, GError **error)
{
  g_autoptr (DeskProblems) problems = desk_problems_new ();
  gint64 amount = refund->amount;
  char *number = NULL;

  check (refund, problems);
  if (desk_money_invalid (problems, error))
    return FALSE;
  g_autoptr (DeskTxn) txn = desk_txn_begin (db, error);
  if (txn && reckon (db, refund, error) && desk_series_next (txn, DESK_SERIES_REFUND, refund->paid_on, &number, error))
    {
      g_free (refund->number);
      refund->number = number;
      if (insert_refund (db, refund, error) && desk_txn_log (txn, "refund.make", DESK_KIND_MONEY, refund->id, refund->number, error)
          && desk_txn_commit (txn, error))
        return TRUE;
    }
  refund->id = 0;
  refund->amount = amount;
  g_free (refund->number);
  refund->number = g_strdup ("");
  return FALSE;
}

/* How a patient stands on a day, in yen. */
gboolean
desk_balance_of (DeskDb *db, gint64 patient_id, DeskDay today, DeskBalance *balance, GError **error)
{
  g_autofree char *day = desk_day_format (today);
  g_autoptr (DeskStmt) stmt
      = desk_db_query (db, error,
                       "SELECT COALESCE (sum (total), 0), COALESCE (sum (credited), 0), COALESCE (sum (total - credited - paid), 0),"
                       " COALESCE (sum (CASE WHEN due_on <> '' AND due_on < $2 THEN total - credited - paid ELSE 0 END), 0),"
                       " (SELECT COALESCE (sum (amount), 0) FROM payment WHERE patient_id = $1),"
                       " (SELECT COALESCE (sum (amount), 0) FROM refund WHERE patient_id = $1),"
                       " (SELECT COALESCE (sum (x.amount), 0) FROM payment p JOIN payment_part x ON x.payment_id = p.id WHERE p.patient_id = $1)"
                       " FROM (SELECT i.total, i.due_on, (SELECT COALESCE (sum (c.total), 0) FROM invoice c WHERE c.credits = i.id) AS credited,"
                       " (SELECT COALESCE (sum (p.amount), 0) FROM payment_part p WHERE p.invoice_id = i.id) AS paid"
                       " FROM invoice i WHERE i.patient_id = $1 AND i.kind = 'invoice') AS stand",
                       "it", patient_id, day);

  if (!stmt || desk_stmt_step (stmt, error) != DESK_STEP_ROW)
    return FALSE;
  balance->billed = desk_stmt_int64 (stmt, 0);
  balance->credited = desk_stmt_int64 (stmt, 1);
  balance->open = desk_stmt_int64 (stmt, 2);
  balance->overdue = desk_stmt_int64 (stmt, 3);
  balance->paid = desk_stmt_int64 (stmt, 4);
  balance->refunded = desk_stmt_int64 (stmt, 5);
  balance->deposits = balance->paid - balance->refunded - desk_stmt_int64 (stmt, 6);
  return TRUE;
}
