#include "desk-invoices.h"

#include "desk-fees.h"
#include "desk-invoices-private.h"
#include "desk-money-private.h"
#include "desk-quotes.h"
#include "desk-series.h"

#define READ \
  "SELECT i.id, i.patient_id, i.number, i.kind, COALESCE (i.quote_id, 0), COALESCE (i.credits, 0)," \
  " COALESCE ((SELECT o.number FROM invoice o WHERE o.id = i.credits), ''), i.issued_on, i.due_on, i.recipient, i.tax_number, i.with_tax," \
  " i.tax_round, COALESCE (i.rate_id, 0), i.net, i.tax, i.total, i.reason," \
  " (SELECT COALESCE (sum (c.total), 0) FROM invoice c WHERE c.credits = i.id)," \
  " (SELECT COALESCE (sum (p.amount), 0) FROM payment_part p WHERE p.invoice_id = i.id) FROM invoice i "

static void
free_invoice (gpointer invoice)
{
  desk_invoice_free (invoice);
}

static DeskInvoice *
read_invoice (DeskStmt *stmt)
{
  DeskInvoice *invoice = g_new0 (DeskInvoice, 1);

  invoice->id = desk_stmt_int64 (stmt, 0);
  invoice->patient_id = desk_stmt_int64 (stmt, 1);
  invoice->number = desk_stmt_dup_text (stmt, 2);
  invoice->kind = desk_stmt_dup_text (stmt, 3);
  invoice->quote_id = desk_stmt_int64 (stmt, 4);
  invoice->credits = desk_stmt_int64 (stmt, 5);
  invoice->credits_number = desk_stmt_dup_text (stmt, 6);
  invoice->issued_on = desk_money_day_of (desk_stmt_text (stmt, 7));
  invoice->due_on = desk_money_day_of (desk_stmt_text (stmt, 8));
  invoice->recipient = desk_stmt_dup_text (stmt, 9);
  invoice->tax_number = desk_stmt_dup_text (stmt, 10);
  invoice->with_tax = desk_stmt_int (stmt, 11);
  invoice->tax_round = desk_tax_round_read (desk_stmt_text (stmt, 12));
  invoice->rate_id = desk_stmt_int64 (stmt, 13);
  invoice->net = desk_stmt_int64 (stmt, 14);
  invoice->tax = desk_stmt_int64 (stmt, 15);
  invoice->total = desk_stmt_int64 (stmt, 16);
  invoice->reason = desk_stmt_dup_text (stmt, 17);
  invoice->credited = desk_stmt_int64 (stmt, 18);
  invoice->paid = desk_stmt_int64 (stmt, 19);
  invoice->open = g_str_equal (invoice->kind, "credit") ? 0 : invoice->total - invoice->credited - invoice->paid;
  desk_tax_sum_init (&invoice->sum);
  invoice->lines = desk_money_lines_new ();
  return invoice;
}

/* A patient's invoices and credit notes without their lines, the newest first. */
GPtrArray *
desk_invoice_list (DeskDb *db, gint64 patient_id, GError **error)
{
  g_autoptr (GPtrArray) all = g_ptr_array_new_with_free_func (free_invoice);
  g_autoptr (DeskStmt) stmt = desk_db_query (db, error, READ "WHERE i.patient_id = $1 ORDER BY i.issued_on DESC, i.id DESC", "i", patient_id);
  DeskStep step = DESK_STEP_ERROR;

  while (stmt && (step = desk_stmt_step (stmt, error)) == DESK_STEP_ROW)
    g_ptr_array_add (all, read_invoice (stmt));
  return step == DESK_STEP_DONE ? g_steal_pointer (&all) : NULL;
}

static gboolean
read_taxes (DeskDb *db, DeskInvoice *invoice, GError **error)
{
  g_autoptr (DeskStmt) stmt = desk_db_query (db, error, "SELECT rate, net, tax FROM invoice_tax WHERE invoice_id = $1", "i", invoice->id);
  DeskStep step = DESK_STEP_ERROR;

  while (stmt && (step = desk_stmt_step (stmt, error)) == DESK_STEP_ROW)
    {
      DeskTaxRate *rate = desk_tax_sum_rate (&invoice->sum, desk_stmt_int (stmt, 0));

      rate->lines = 1;
      rate->net = desk_stmt_int64 (stmt, 1);
      rate->tax = desk_stmt_int64 (stmt, 2);
    }
  invoice->sum.net = invoice->net;
  invoice->sum.tax = invoice->tax;
  invoice->sum.total = invoice->total;
  return step == DESK_STEP_DONE;
}

/* One with its lines and sums; DESK_ERROR_NOT_FOUND when there is none. */
DeskInvoice *
desk_invoice_load (DeskDb *db, gint64 id, GError **error)
{
  g_autoptr (DeskInvoice) invoice = NULL;
  {
    g_autoptr (DeskStmt) stmt = desk_db_query (db, error, READ "WHERE i.id = $1", "i", id);
    DeskStep step = stmt ? desk_stmt_step (stmt, error) : DESK_STEP_ERROR;

    if (step == DESK_STEP_DONE)
      g_set_error_literal (error, DESK_ERROR, DESK_ERROR_NOT_FOUND, "no such invoice");
    if (step != DESK_STEP_ROW)
      return NULL;
    invoice = read_invoice (stmt);
  }
  g_autoptr (DeskStmt) lines = desk_db_query (
      db, error, "SELECT code, words, words_ja, count, price, tax, sessions, visit_type FROM invoice_line WHERE invoice_id = $1 ORDER BY seq", "i", id);
  return desk_money_read_lines (lines, invoice->lines, error) && read_taxes (db, invoice, error) ? g_steal_pointer (&invoice) : NULL;
}

/* ── making one ──────────────────────────────────────────────────────────────────────────────── */

/* The patient's name as the paper is to say it, for a recipient who is nobody else. */
static gboolean
fill_recipient (DeskDb *db, DeskInvoice *invoice, GError **error)
{
  g_autoptr (DeskStmt) stmt
      = desk_db_query (db, error, "SELECT CASE given WHEN '' THEN family ELSE family || ' ' || given END FROM patient WHERE id = $1", "i",
                       invoice->patient_id);
  DeskStep step = stmt ? desk_stmt_step (stmt, error) : DESK_STEP_ERROR;

  if (step == DESK_STEP_DONE)
    g_set_error_literal (error, DESK_ERROR, DESK_ERROR_NOT_FOUND, "no such patient");
  if (step != DESK_STEP_ROW)
    return FALSE;
  g_free (invoice->recipient);
  invoice->recipient = desk_stmt_dup_text (stmt, 0);
  return TRUE;
}

/* An empty invoice by hand, as the clinic's prices and rounding are on that day; not yet saved. */
DeskInvoice *
desk_invoice_begin (DeskDb *db, gint64 patient_id, DeskDay today, GError **error)
{
  g_autoptr (DeskQuote) quote = desk_quote_begin (db, patient_id, today, error);
  g_autoptr (DeskInvoice) invoice = quote ? desk_invoice_new (patient_id, today) : NULL;

  if (!invoice || !fill_recipient (db, invoice, error))
    return NULL;
  invoice->with_tax = quote->with_tax;
  invoice->tax_round = quote->tax_round;
  invoice->rate_id = quote->rate_id;
  return g_steal_pointer (&invoice);
}

/* An invoice of all that was quoted, line by line; not yet saved. */
DeskInvoice *
desk_invoice_begin_quote (DeskDb *db, gint64 quote_id, DeskDay today, GError **error)
{
  g_autoptr (DeskQuote) quote = desk_quote_load (db, quote_id, error);
  g_autoptr (DeskInvoice) invoice = quote ? desk_invoice_new (quote->patient_id, today) : NULL;

  if (!invoice || !fill_recipient (db, invoice, error))
    return NULL;
  invoice->quote_id = quote_id;
  invoice->with_tax = quote->with_tax;
  invoice->tax_round = quote->tax_round;
  invoice->rate_id = quote->rate_id;
  g_ptr_array_unref (invoice->lines);
  invoice->lines = desk_money_lines_copy (quote->lines);
  if (desk_money_lines_sum (invoice->lines, invoice->with_tax, invoice->tax_round, &invoice->sum))
    desk_tax_sum_init (&invoice->sum);
  invoice->net = invoice->sum.net;
  invoice->tax = invoice->sum.tax;
  invoice->total = invoice->sum.total;
  return g_steal_pointer (&invoice);
}

static gboolean
insert_invoice (DeskDb *db, DeskInvoice *v, GError **error)
{
  g_autofree char *issued = desk_day_format (v->issued_on), *due = desk_money_day_text (v->due_on);
  g_autoptr (DeskStmt) stmt
      = desk_db_query (db, error,
                       "INSERT INTO invoice (patient_id, number, kind, quote_id, credits, issued_on, due_on, recipient, tax_number, with_tax,"
                       " tax_round, rate_id, net, tax, total, reason, at, by_id)"
                       " VALUES ($1, $2, $3, NULLIF ($4, 0), NULLIF ($5, 0), $6, $7, $8, $9, $10, $11, NULLIF ($12, 0), $13, $14, $15, $16, $17,"
                       " NULLIF ($18, 0)) RETURNING id",
                       "ittiittttdtiiiitii", v->patient_id, v->number, v->kind, v->quote_id, v->credits, issued, due, v->recipient, v->tax_number,
                       v->with_tax, desk_tax_round_name (v->tax_round), v->rate_id, v->net, v->tax, v->total, v->reason, desk_money_now (),
                       desk_db_get_actor (db));

  return desk_money_insert (stmt, &v->id, error);
}

static gboolean
write_lines (DeskDb *db, const DeskInvoice *invoice, GError **error)
{
  for (guint i = 0; i < invoice->lines->len; i++)
    {
      const DeskMoneyLine *line = invoice->lines->pdata[i];

      if (!desk_db_run (db, error,
                        "INSERT INTO invoice_line (invoice_id, seq, code, words, words_ja, count, price, tax, sessions, visit_type)"
                        " VALUES ($1, $2, $3, $4, $5, $6, $7, $8, $9, $10)",
                        "idtttiiddt", invoice->id, (int) i + 1, line->code, line->words, line->words_ja, line->count, line->price, line->tax,
                        line->sessions, line->visit_type))
        return FALSE;
    }
  for (guint i = 0; i < DESK_TAX_RATES; i++)
    {
      const DeskTaxRate *rate = &invoice->sum.rates[i];

      if (rate->lines > 0
          && !desk_db_run (db, error, "INSERT INTO invoice_tax (invoice_id, rate, net, tax) VALUES ($1, $2, $3, $4)", "idii", invoice->id,
                           rate->rate, rate->net, rate->tax))
        return FALSE;
    }
  return TRUE;
}

/* Writes an invoice or credit note whose sums are filled in, and gives it its number; the clinic's number as an issuer is
 * that of now. */
gboolean
desk_invoice_write (DeskTxn *txn, DeskInvoice *invoice, const char *series, const char *action, GError **error)
{
  DeskDb *db = desk_txn_get_db (txn);
  g_autoptr (DeskTaxSettings) settings = desk_tax_settings_load (db, error);
  char *number = NULL;

  if (!settings || !desk_series_next (txn, series, invoice->issued_on, &number, error))
    return FALSE;
  g_free (invoice->number);
  invoice->number = number;
  g_free (invoice->tax_number);
  invoice->tax_number = g_strdup (settings->tax_number);
  return insert_invoice (db, invoice, error) && write_lines (db, invoice, error)
         && desk_txn_log (txn, action, DESK_KIND_MONEY, invoice->id, invoice->number, error);
}

/* What was bought by the session. */
static gboolean
write_packages (DeskDb *db, const DeskInvoice *invoice, GError **error)
{
  for (guint i = 0; i < invoice->lines->len; i++)
    {
      const DeskMoneyLine *line = invoice->lines->pdata[i];

      if (line->sessions > 0
          && !desk_db_run (db, error,
                           "INSERT INTO package (patient_id, invoice_id, code, words, words_ja, visit_type, sessions, at)"
                           " VALUES ($1, $2, $3, $4, $5, $6, $7, $8)",
                           "iittttii", invoice->patient_id, invoice->id, line->code, line->words, line->words_ja, line->visit_type,
                           line->count * line->sessions, desk_money_now ()))
        return FALSE;
    }
  return TRUE;
}

/* Deposits on the same quote first, then those on none, the oldest first. */
static gboolean
put_deposits (DeskDb *db, const DeskInvoice *invoice, GError **error)
{
  gint64 open = invoice->total;
  g_autoptr (GArray) parts = g_array_new (FALSE, FALSE, 2 * sizeof (gint64));
  DeskStep step = DESK_STEP_ERROR;
  {
    g_autoptr (DeskStmt) stmt
        = desk_db_query (db, error,
                         "SELECT id, left_over FROM (SELECT p.id, p.quote_id, p.received_on,"
                         " p.amount - (SELECT COALESCE (sum (x.amount), 0) FROM payment_part x WHERE x.payment_id = p.id)"
                         " - (SELECT COALESCE (sum (r.amount), 0) FROM refund r WHERE r.payment_id = p.id) AS left_over"
                         " FROM payment p WHERE p.patient_id = $1 AND (p.quote_id IS NULL OR p.quote_id = $2"
                         " OR p.quote_id IN (SELECT o.id FROM quote o JOIN quote n ON n.number = o.number WHERE n.id = $2))) AS d WHERE left_over > 0"
                         " ORDER BY CASE WHEN quote_id IS NULL THEN 1 ELSE 0 END, received_on, id",
                         "ii", invoice->patient_id, invoice->quote_id);

    while (stmt && (step = desk_stmt_step (stmt, error)) == DESK_STEP_ROW)
      {
        gint64 part[2] = { desk_stmt_int64 (stmt, 0), desk_stmt_int64 (stmt, 1) };

        g_array_append_val (parts, part);
      }
  }
  for (guint i = 0; step == DESK_STEP_DONE && open > 0 && i < parts->len; i++)
    {
      const gint64 *part = &((const gint64 *) parts->data)[2 * i];
      gint64 amount = MIN (open, part[1]);

      if (!desk_payment_part_add (db, part[0], invoice->id, amount, error))
        return FALSE;
      open -= amount;
    }
  return step == DESK_STEP_DONE;
}

/* Bills: gives the number, makes the packages that were bought, and puts deposits on it if asked. Sets id, number and
 * sums. DESK_ERROR_INVALID for what desk_invoice_check () blocks; DESK_ERROR_REFUSED "quote-not-accepted",
 * "quote-invoiced" when the quote was billed before and that was not taken back whole. */
gboolean
desk_invoice_make (DeskDb *db, DeskInvoice *invoice, gboolean use_deposits, GError **error)
{
  g_autoptr (DeskProblems) problems = desk_problems_new ();

  desk_invoice_check (invoice, problems);
  if (desk_money_invalid (problems, error))
    return FALSE;
  if (desk_money_lines_sum (invoice->lines, invoice->with_tax, invoice->tax_round, &invoice->sum))
    return desk_money_refuse (error, "amount-too-large");
  invoice->net = invoice->sum.net;
  invoice->tax = invoice->sum.tax;
  invoice->total = invoice->sum.total;
  g_autoptr (DeskTxn) txn = desk_txn_begin (db, error);
  if (txn && desk_invoice_write (txn, invoice, DESK_SERIES_INVOICE, "invoice.make", error) && write_packages (db, invoice, error)
      && (!use_deposits || put_deposits (db, invoice, error)) && desk_txn_commit (txn, error))
    return TRUE;
  invoice->id = 0;
  g_free (invoice->number);
  invoice->number = g_strdup ("");
  return FALSE;
}
