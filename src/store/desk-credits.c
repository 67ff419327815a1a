/* Credit notes: all or part of an invoice taken back. */
#include "desk-invoices.h"

#include "desk-invoices-private.h"
#include "desk-money-private.h"
#include "desk-series.h"

/* A credit note on the invoice: with all its lines while nothing of it was taken back, else empty. */
DeskInvoice *
desk_credit_begin (DeskDb *db, gint64 invoice_id, DeskDay today, GError **error)
{
  g_autoptr (DeskInvoice) invoice = desk_invoice_load (db, invoice_id, error);

  if (!invoice)
    return NULL;
  DeskInvoice *credit = desk_invoice_new (invoice->patient_id, today);
  g_free (credit->kind);
  credit->kind = g_strdup ("credit");
  credit->credits = invoice_id;
  g_free (credit->credits_number);
  credit->credits_number = g_strdup (invoice->number);
  g_free (credit->recipient);
  credit->recipient = g_strdup (invoice->recipient);
  credit->with_tax = invoice->with_tax;
  credit->tax_round = invoice->tax_round;
  credit->rate_id = invoice->rate_id;
  if (invoice->credited == 0)
    {
      g_ptr_array_unref (credit->lines);
      credit->lines = desk_money_lines_copy (invoice->lines);
      credit->sum = invoice->sum;
      credit->net = invoice->net;
      credit->tax = invoice->tax;
      credit->total = invoice->total;
    }
  return credit;
}

/* By rate: what credit notes took back of the invoice already. */
static gboolean
read_before (DeskDb *db, gint64 invoice_id, DeskTaxSum *before, GError **error)
{
  g_autoptr (DeskStmt) stmt
      = desk_db_query (db, error,
                       "SELECT t.rate, sum (t.net), sum (t.tax) FROM invoice c JOIN invoice_tax t ON t.invoice_id = c.id WHERE c.credits = $1 GROUP BY t.rate",
                       "i", invoice_id);
  DeskStep step = DESK_STEP_ERROR;

  desk_tax_sum_init (before);
  while (stmt && (step = desk_stmt_step (stmt, error)) == DESK_STEP_ROW)
    {
      DeskTaxRate *rate = desk_tax_sum_rate (before, desk_stmt_int (stmt, 0));

      rate->net = desk_stmt_int64 (stmt, 1);
      rate->tax = desk_stmt_int64 (stmt, 2);
    }
  return step == DESK_STEP_DONE;
}

/* Fills in the sums of a credit note from its lines. problem is NULL or a code of desk_tax_credit (). */
gboolean
desk_credit_add_up (DeskDb *db, DeskInvoice *credit, const char **problem, GError **error)
{
  g_autoptr (DeskInvoice) invoice = desk_invoice_load (db, credit->credits, error);
  g_autoptr (GArray) lines = g_array_new (FALSE, FALSE, sizeof (DeskTaxLine));
  DeskTaxSum before;

  if (!invoice || !read_before (db, credit->credits, &before, error))
    return FALSE;
  for (guint i = 0; i < credit->lines->len; i++)
    {
      const DeskMoneyLine *line = credit->lines->pdata[i];
      DeskTaxLine one = { line->count, line->price, line->tax };

      g_array_append_val (lines, one);
    }
  *problem = desk_tax_credit (&invoice->sum, &before, (const DeskTaxLine *) lines->data, lines->len, invoice->with_tax, invoice->tax_round,
                              &credit->sum);
  if (!*problem && credit->sum.total == 0)
    *problem = "amount-missing";
  if (*problem)
    desk_tax_sum_init (&credit->sum);
  credit->net = credit->sum.net;
  credit->tax = credit->sum.tax;
  credit->total = credit->sum.total;
  return TRUE;
}

/* The packages that a line of the invoice made, the oldest first: two lines alike made one each. */
static GArray *
packages_of (DeskDb *db, gint64 invoice_id, const DeskMoneyLine *line, GError **error)
{
  g_autoptr (GArray) packages = g_array_new (FALSE, FALSE, sizeof (gint64));
  g_autoptr (DeskStmt) stmt = desk_db_query (db, error, "SELECT id FROM package WHERE invoice_id = $1 AND code = $2 AND words = $3 ORDER BY id",
                                             "itt", invoice_id, line->code, line->words);
  DeskStep step = DESK_STEP_ERROR;

  while (stmt && (step = desk_stmt_step (stmt, error)) == DESK_STEP_ROW)
    {
      gint64 id = desk_stmt_int64 (stmt, 0);

      g_array_append_val (packages, id);
    }
  return step == DESK_STEP_DONE ? g_steal_pointer (&packages) : NULL;
}

/* So many sessions of the packages of a line, taken from one after the other. */
static gboolean
void_line (DeskDb *db, const DeskInvoice *credit, const DeskMoneyLine *line, GError **error)
{
  g_autoptr (GArray) packages = packages_of (db, credit->credits, line, error);
  int wanted = (int) (line->count * line->sessions);
  gint64 left, reserved = 0;

  if (!packages)
    return FALSE;
  for (guint i = 0; wanted > 0 && i < packages->len; i++)
    {
      gint64 id = g_array_index (packages, gint64, i), kept;

      if (!desk_package_left (db, id, &left, &kept, error)
          || !desk_package_void_inside (db, id, (int) MIN (left, wanted), credit->number, error))
        return FALSE;
      wanted -= (int) MIN (left, wanted);
      reserved += kept;
    }
  return wanted == 0 || desk_money_refuse (error, reserved >= wanted ? "package-reserved" : "package-empty");
}

/* Sessions that are taken back are void: of those that are left, for what was used was given. */
static gboolean
void_sessions (DeskDb *db, const DeskInvoice *credit, GError **error)
{
  for (guint i = 0; i < credit->lines->len; i++)
    {
      const DeskMoneyLine *line = credit->lines->pdata[i];

      if (line->sessions > 0 && !void_line (db, credit, line, error))
        return FALSE;
    }
  return TRUE;
}

/* What was paid beyond what is still billed is a deposit again: taken off the newest payments first. */
static gboolean
free_money (DeskDb *db, gint64 invoice_id, GError **error)
{
  g_autoptr (DeskInvoice) invoice = desk_invoice_load (db, invoice_id, error);
  g_autoptr (GArray) parts = g_array_new (FALSE, FALSE, 2 * sizeof (gint64));
  DeskStep step = DESK_STEP_ERROR;

  if (!invoice || invoice->open >= 0)
    return invoice != NULL;
  {
    g_autoptr (DeskStmt) stmt = desk_db_query (
        db, error, "SELECT payment_id, sum (amount) FROM payment_part WHERE invoice_id = $1 GROUP BY payment_id HAVING sum (amount) > 0 ORDER BY payment_id DESC",
        "i", invoice_id);

    while (stmt && (step = desk_stmt_step (stmt, error)) == DESK_STEP_ROW)
      {
        gint64 part[2] = { desk_stmt_int64 (stmt, 0), desk_stmt_int64 (stmt, 1) };

        g_array_append_val (parts, part);
      }
  }
  gint64 excess = -invoice->open;
  for (guint i = 0; step == DESK_STEP_DONE && excess > 0 && i < parts->len; i++)
    {
      const gint64 *part = &((const gint64 *) parts->data)[2 * i];
      gint64 amount = MIN (excess, part[1]);

      if (!desk_payment_part_add (db, part[0], invoice_id, -amount, error))
        return FALSE;
      excess -= amount;
    }
  return step == DESK_STEP_DONE;
}

/* Takes back what the lines say, with the tax of it; voids the sessions and frees the money of it, which may then be
 * refunded. Sets id, number and sums. DESK_ERROR_INVALID without a reason; DESK_ERROR_REFUSED "credit-too-much",
 * "package-empty", "package-reserved" or a code of desk_tax_sum (). */
gboolean
desk_credit_make (DeskDb *db, DeskInvoice *credit, GError **error)
{
  g_autoptr (DeskProblems) problems = desk_problems_new ();
  const char *problem;

  if (*credit->reason == '\0')
    desk_problems_add (problems, "reason", "missing", NULL);
  desk_money_lines_check (credit->lines, problems);
  if (desk_money_invalid (problems, error))
    return FALSE;
  g_autoptr (DeskTxn) txn = desk_txn_begin (db, error);
  if (!txn || !desk_credit_add_up (db, credit, &problem, error))
    return FALSE;
  if (problem)
    return desk_money_refuse (error, problem);
  if (desk_invoice_write (txn, credit, DESK_SERIES_CREDIT, "invoice.credit", error) && void_sessions (db, credit, error)
      && free_money (db, credit->credits, error) && desk_txn_commit (txn, error))
    return TRUE;
  credit->id = 0;
  g_free (credit->number);
  credit->number = g_strdup ("");
  return FALSE;
}
