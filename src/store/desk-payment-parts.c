#include "desk-payment-parts.h"

/* What was put on an invoice and taken off again is one row; a deposit is money of an earlier day, or paid on a quote. */
#define READ \
  "SELECT x.payment_id, x.invoice_id, i.number, i.issued_on, i.total, sum (x.amount)," \
  " CASE WHEN p.quote_id IS NOT NULL OR p.received_on < i.issued_on THEN 1 ELSE 0 END FROM payment_part x" \
  " JOIN invoice i ON i.id = x.invoice_id JOIN payment p ON p.id = x.payment_id "
#define GROUP " GROUP BY x.payment_id, x.invoice_id, i.number, i.issued_on, i.total, p.quote_id, p.received_on HAVING sum (x.amount) <> 0" \
              " ORDER BY x.invoice_id, x.payment_id"

void
desk_payment_part_free (DeskPaymentPart *part)
{
  if (!part)
    return;
  g_free (part->invoice_number);
  g_free (part);
}

static void
free_part (gpointer part)
{
  desk_payment_part_free (part);
}

static GPtrArray *
read_parts (DeskStmt *stmt, GError **error)
{
  g_autoptr (GPtrArray) parts = g_ptr_array_new_with_free_func (free_part);
  DeskStep step = DESK_STEP_ERROR;

  while (stmt && (step = desk_stmt_step (stmt, error)) == DESK_STEP_ROW)
    {
      DeskPaymentPart *part = g_new0 (DeskPaymentPart, 1);

      part->payment_id = desk_stmt_int64 (stmt, 0);
      part->invoice_id = desk_stmt_int64 (stmt, 1);
      part->invoice_number = desk_stmt_dup_text (stmt, 2);
      if (!desk_day_parse (desk_stmt_text (stmt, 3), &part->issued_on))
        part->issued_on = DESK_DAY_NONE;
      part->total = desk_stmt_int64 (stmt, 4);
      part->amount = desk_stmt_int64 (stmt, 5);
      part->deposit = desk_stmt_int (stmt, 6);
      g_ptr_array_add (parts, part);
    }
  return step == DESK_STEP_DONE ? g_steal_pointer (&parts) : NULL;
}

/* The invoices that a payment is on (DeskPaymentPart). */
GPtrArray *
desk_payment_parts_of_payment (DeskDb *db, gint64 payment_id, GError **error)
{
  g_autoptr (DeskStmt) stmt = desk_db_query (db, error, READ "WHERE x.payment_id = $1" GROUP, "i", payment_id);

  return read_parts (stmt, error);
}

/* The payments that are on an invoice (DeskPaymentPart). */
GPtrArray *
desk_payment_parts_of_invoice (DeskDb *db, gint64 invoice_id, GError **error)
{
  g_autoptr (DeskStmt) stmt = desk_db_query (db, error, READ "WHERE x.invoice_id = $1" GROUP, "i", invoice_id);

  return read_parts (stmt, error);
}
