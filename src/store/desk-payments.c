#include "desk-payments.h"

#include "desk-invoices-private.h"
#include "desk-money-private.h"
#include "desk-rates.h"
#include "desk-series.h"

#define READ \
  "SELECT p.id, p.patient_id, p.number, COALESCE (p.quote_id, 0), p.amount, p.method, p.currency, p.foreign_amount, COALESCE (p.rate_id, 0)," \
  " p.received_on, p.payer, p.note, (SELECT COALESCE (sum (x.amount), 0) FROM payment_part x WHERE x.payment_id = p.id)," \
  " (SELECT COALESCE (sum (r.amount), 0) FROM refund r WHERE r.payment_id = p.id) FROM payment p "

static void
free_payment (gpointer payment)
{
  desk_payment_free (payment);
}

static DeskPayment *
read_payment (DeskStmt *stmt)
{
  DeskPayment *payment = g_new0 (DeskPayment, 1);

  payment->id = desk_stmt_int64 (stmt, 0);
  payment->patient_id = desk_stmt_int64 (stmt, 1);
  payment->number = desk_stmt_dup_text (stmt, 2);
  payment->quote_id = desk_stmt_int64 (stmt, 3);
  payment->amount = desk_stmt_int64 (stmt, 4);
  payment->method = desk_stmt_dup_text (stmt, 5);
  payment->currency = desk_stmt_dup_text (stmt, 6);
  payment->foreign_amount = desk_stmt_int64 (stmt, 7);
  payment->rate_id = desk_stmt_int64 (stmt, 8);
  payment->received_on = desk_money_day_of (desk_stmt_text (stmt, 9));
  payment->payer = desk_stmt_dup_text (stmt, 10);
  payment->note = desk_stmt_dup_text (stmt, 11);
  payment->allocated = desk_stmt_int64 (stmt, 12);
  payment->refunded = desk_stmt_int64 (stmt, 13);
  payment->left = payment->amount - payment->allocated - payment->refunded;
  return payment;
}

/* A patient's payments, the newest first: DeskPayment. */
GPtrArray *
desk_payment_list (DeskDb *db, gint64 patient_id, GError **error)
{
  g_autoptr (GPtrArray) all = g_ptr_array_new_with_free_func (free_payment);
  g_autoptr (DeskStmt) stmt = desk_db_query (db, error, READ "WHERE p.patient_id = $1 ORDER BY p.received_on DESC, p.id DESC", "i", patient_id);
  DeskStep step = DESK_STEP_ERROR;

  while (stmt && (step = desk_stmt_step (stmt, error)) == DESK_STEP_ROW)
    g_ptr_array_add (all, read_payment (stmt));
  return step == DESK_STEP_DONE ? g_steal_pointer (&all) : NULL;
}

/* DESK_ERROR_NOT_FOUND when there is none. */
DeskPayment *
desk_payment_load (DeskDb *db, gint64 id, GError **error)
{
  g_autoptr (DeskStmt) stmt = desk_db_query (db, error, READ "WHERE p.id = $1", "i", id);
  DeskStep step = stmt ? desk_stmt_step (stmt, error) : DESK_STEP_ERROR;

  if (step == DESK_STEP_DONE)
    g_set_error_literal (error, DESK_ERROR, DESK_ERROR_NOT_FOUND, "no such payment");
  return step == DESK_STEP_ROW ? read_payment (stmt) : NULL;
}

/* The yen of foreign money, at a rate that holds on that day. */
static gboolean
reckon (DeskDb *db, const char *currency, gint64 foreign, gint64 rate_id, DeskDay day, gint64 *amount, GError **error)
{
  if (g_str_equal (currency, "JPY"))
    return TRUE;
  g_autoptr (DeskRate) rate = desk_rate_load (db, rate_id, error);
  if (!rate)
    return FALSE;
  if (!g_str_equal (rate->currency, currency) || day < rate->on_day || day > rate->until_on)
    return desk_money_refuse (error, "rate-too-old");
  const char *problem = desk_foreign_yen (foreign, rate->rate, currency, amount);
  return !problem || desk_money_refuse (error, problem);
}

/* Puts so much of a payment on an invoice; below zero takes it off again. The file refuses what does not fit. */
gboolean
desk_payment_part_add (DeskDb *db, gint64 payment_id, gint64 invoice_id, gint64 amount, GError **error)
{
  return desk_db_run (db, error,
                      "INSERT INTO payment_part (payment_id, invoice_id, patient_id, amount, at, by_id)"
                      " VALUES ($1, $2, (SELECT patient_id FROM payment WHERE id = $1), $3, $4, NULLIF ($5, 0))",
                      "iiiii", payment_id, invoice_id, amount, desk_money_now (), desk_db_get_actor (db));
}

static gboolean
insert_payment (DeskDb *db, DeskPayment *p, GError **error)
{
  g_autofree char *day = desk_day_format (p->received_on);
  g_autoptr (DeskStmt) stmt
      = desk_db_query (db, error,
                       "INSERT INTO payment (patient_id, number, quote_id, amount, method, currency, foreign_amount, rate_id, received_on, payer, note,"
                       " at, by_id) VALUES ($1, $2, NULLIF ($3, 0), $4, $5, $6, $7, NULLIF ($8, 0), $9, $10, $11, $12, NULLIF ($13, 0)) RETURNING id",
                       "itiittiitttii", p->patient_id, p->number, p->quote_id, p->amount, p->method, p->currency, p->foreign_amount, p->rate_id, day,
                       p->payer, p->note, desk_money_now (), desk_db_get_actor (db));

  return desk_money_insert (stmt, &p->id, error);
}

/* Writes down money that came, with the number of its receipt; all of it on the invoice, or as a deposit when that is 0.
 * Sets id, number and, for foreign money, the yen. DESK_ERROR_INVALID; DESK_ERROR_REFUSED "day-closed", "rate-too-old",
 * "rate-mismatch", "invoice-overpaid", "invoice-is-credit". */
gboolean
desk_payment_take (DeskDb *db, DeskPayment *payment, gint64 invoice_id, GError **error)
{
  g_autoptr (DeskProblems) problems = desk_problems_new ();
  gint64 amount = payment->amount;
  char *number = NULL;

  desk_payment_check (payment, problems);
  if (desk_money_invalid (problems, error))
    return FALSE;
  g_autoptr (DeskTxn) txn = desk_txn_begin (db, error);
  if (txn && reckon (db, payment->currency, payment->foreign_amount, payment->rate_id, payment->received_on, &payment->amount, error)
      && desk_series_next (txn, DESK_SERIES_RECEIPT, payment->received_on, &number, error))
    {
      g_free (payment->number);
      payment->number = number;
      if (insert_payment (db, payment, error) && (invoice_id == 0 || desk_payment_part_add (db, payment->id, invoice_id, payment->amount, error))
          && desk_txn_log (txn, "payment.take", DESK_KIND_MONEY, payment->id, payment->number, error) && desk_txn_commit (txn, error))
        return TRUE;
    }
  payment->id = 0;
  payment->amount = amount;
  g_free (payment->number);
  payment->number = g_strdup ("");
  return FALSE;
}

/* Puts what is left of a payment on an invoice, or takes it off with an amount below zero. DESK_ERROR_REFUSED
 * "payment-spent", "invoice-overpaid", "payment-part-below-zero", "invoice-is-credit". */
gboolean
desk_payment_allocate (DeskDb *db, gint64 payment_id, gint64 invoice_id, gint64 amount, GError **error)
{
  g_autofree char *detail = g_strdup_printf ("%" G_GINT64_FORMAT " on invoice %" G_GINT64_FORMAT, amount, invoice_id);
  g_autoptr (DeskTxn) txn = desk_txn_begin (db, error);

  return txn && desk_payment_part_add (db, payment_id, invoice_id, amount, error)
         && desk_txn_log (txn, "payment.allocate", DESK_KIND_MONEY, payment_id, detail, error) && desk_txn_commit (txn, error);
}
