#include "desk-money-verify.h"

#include "desk-invoices.h"
#include "desk-money-private.h"
#include "desk-quotes.h"

typedef struct
{
  DeskDb *db;
  DeskMoneyFaultFunc fault;
  gpointer user_data;
  gint64 n;
} Check;

/* Each selects the numbers of the papers that are wrong. */
static const struct
{
  const char *code, *sql;
} questions[] = {
  { "invoice-sum", "SELECT i.number FROM invoice i WHERE i.net <> (SELECT COALESCE (sum (t.net), 0) FROM invoice_tax t WHERE t.invoice_id = i.id)"
                   " OR i.tax <> (SELECT COALESCE (sum (t.tax), 0) FROM invoice_tax t WHERE t.invoice_id = i.id) OR i.total <> i.net + i.tax" },
  { "credit-too-much", "SELECT i.number FROM invoice i WHERE i.kind = 'invoice' AND i.total < (SELECT COALESCE (sum (c.total), 0) FROM invoice c WHERE c.credits = i.id)" },
  { "payment-spent", "SELECT p.number FROM payment p WHERE p.amount < (SELECT COALESCE (sum (x.amount), 0) FROM payment_part x WHERE x.payment_id = p.id)"
                     " + (SELECT COALESCE (sum (r.amount), 0) FROM refund r WHERE r.payment_id = p.id)" },
  { "invoice-overpaid", "SELECT i.number FROM invoice i WHERE i.total < (SELECT COALESCE (sum (x.amount), 0) FROM payment_part x WHERE x.invoice_id = i.id)"
                        " + (SELECT COALESCE (sum (c.total), 0) FROM invoice c WHERE c.credits = i.id)" },
  { "package-overfull", "SELECT i.number FROM package k JOIN invoice i ON i.id = k.invoice_id WHERE k.sessions <"
                        " (SELECT count (*) FROM package_use u WHERE u.package_id = k.id AND u.ended_at IS NULL)" },
};

static void
tell (Check *check, const char *code, const char *number)
{
  check->n++;
  if (check->fault)
    check->fault (code, number, check->user_data);
}

static gboolean
ask (Check *check, const char *code, const char *sql, GError **error)
{
  g_autoptr (DeskStmt) stmt = desk_db_query (check->db, error, sql, "");
  DeskStep step = DESK_STEP_ERROR;

  while (stmt && (step = desk_stmt_step (stmt, error)) == DESK_STEP_ROW)
    tell (check, code, desk_stmt_text (stmt, 0));
  return step == DESK_STEP_DONE;
}

/* Sums reckoned anew from the lines; those of a credit note depend on what went before it and are asked above. */
static gboolean
reckon_invoice (Check *check, gint64 id, GError **error)
{
  g_autoptr (DeskInvoice) invoice = desk_invoice_load (check->db, id, error);
  DeskTaxSum sum;

  if (!invoice)
    return FALSE;
  if (desk_money_lines_sum (invoice->lines, invoice->with_tax, invoice->tax_round, &sum) || sum.net != invoice->net || sum.tax != invoice->tax)
    tell (check, "invoice-lines", invoice->number);
  return TRUE;
}

static gboolean
reckon_quote (Check *check, gint64 id, GError **error)
{
  g_autoptr (DeskQuote) quote = desk_quote_load (check->db, id, error);
  DeskTaxSum sum;

  if (!quote)
    return FALSE;
  if (desk_money_lines_sum (quote->lines, quote->with_tax, quote->tax_round, &sum) || sum.net != quote->net || sum.tax != quote->tax)
    tell (check, "quote-lines", quote->number);
  return TRUE;
}

static gboolean
reckon_each (Check *check, const char *sql, gboolean (*reckon) (Check *, gint64, GError **), GError **error)
{
  g_autoptr (DeskStmt) stmt = desk_db_query (check->db, error, sql, "");
  DeskStep step = DESK_STEP_ERROR;

  while (stmt && (step = desk_stmt_step (stmt, error)) == DESK_STEP_ROW)
    if (!reckon (check, desk_stmt_int64 (stmt, 0), error))
      return FALSE;
  return step == DESK_STEP_DONE;
}

/* Tells every paper about money that is not what its parts come to. */
gboolean
desk_money_verify (DeskDb *db, DeskMoneyFaultFunc fault, gpointer user_data, gint64 *n_faults, GError **error)
{
  Check check = { db, fault, user_data, 0 };

  for (guint i = 0; i < G_N_ELEMENTS (questions); i++)
    if (!ask (&check, questions[i].code, questions[i].sql, error))
      return FALSE;
  if (!reckon_each (&check, "SELECT id FROM invoice WHERE kind = 'invoice' ORDER BY id", reckon_invoice, error)
      || !reckon_each (&check, "SELECT id FROM quote ORDER BY id", reckon_quote, error))
    return FALSE;
  *n_faults = check.n;
  return TRUE;
}
