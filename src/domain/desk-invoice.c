#include "desk-invoice.h"

static const char *const methods[] = { "cash", "card", "transfer", "wallet", "other", NULL };

/* In the order they are offered; static, NULL at the end. */
const char *const *
desk_payment_methods (void)
{
  return methods;
}

/* A new invoice of today, due at once. */
DeskInvoice *
desk_invoice_new (gint64 patient_id, DeskDay today)
{
  DeskInvoice *invoice = g_new0 (DeskInvoice, 1);

  invoice->patient_id = patient_id;
  invoice->number = g_strdup ("");
  invoice->kind = g_strdup ("invoice");
  invoice->credits_number = g_strdup ("");
  invoice->issued_on = today;
  invoice->due_on = DESK_DAY_NONE;
  invoice->recipient = g_strdup ("");
  invoice->tax_number = g_strdup ("");
  invoice->reason = g_strdup ("");
  desk_tax_sum_init (&invoice->sum);
  invoice->lines = desk_money_lines_new ();
  return invoice;
}

void
desk_invoice_free (DeskInvoice *invoice)
{
  if (!invoice)
    return;
  g_free (invoice->number);
  g_free (invoice->kind);
  g_free (invoice->credits_number);
  g_free (invoice->recipient);
  g_free (invoice->tax_number);
  g_free (invoice->reason);
  g_ptr_array_unref (invoice->lines);
  g_free (invoice);
}

/* Whether not all of it was taken back: as quote_billed in the schema. */
gboolean
desk_invoice_stands (const DeskInvoice *invoice)
{
  return invoice->credited == 0 || invoice->total > invoice->credited;
}

/* What an invoice may not be. */
void
desk_invoice_check (const DeskInvoice *invoice, DeskProblems *problems)
{
  DeskTaxSum sum;

  if (invoice->issued_on == DESK_DAY_NONE)
    desk_problems_add (problems, "issued_on", "missing", NULL);
  if (invoice->due_on != DESK_DAY_NONE && invoice->due_on < invoice->issued_on)
    desk_problems_add (problems, "due_on", "ends-before-start", NULL);
  if (*invoice->recipient == '\0')
    desk_problems_add (problems, "recipient", "missing", NULL);
  desk_money_lines_check (invoice->lines, problems);
  if (desk_problems_block (problems))
    return;
  const char *problem = desk_money_lines_sum (invoice->lines, invoice->with_tax, invoice->tax_round, &sum);
  if (problem)
    desk_problems_add (problems, "lines", problem, NULL);
}

/* Money that came today: yen, in cash. */
DeskPayment *
desk_payment_new (gint64 patient_id, DeskDay today)
{
  DeskPayment *payment = g_new0 (DeskPayment, 1);

  payment->patient_id = patient_id;
  payment->number = g_strdup ("");
  payment->method = g_strdup ("cash");
  payment->currency = g_strdup ("JPY");
  payment->received_on = today;
  payment->payer = g_strdup ("");
  payment->note = g_strdup ("");
  return payment;
}

void
desk_payment_free (DeskPayment *payment)
{
  if (!payment)
    return;
  g_free (payment->number);
  g_free (payment->method);
  g_free (payment->currency);
  g_free (payment->payer);
  g_free (payment->note);
  g_free (payment);
}

/* What a payment may not be. Whether the rate holds on that day is the store's to look up. */
void
desk_payment_check (const DeskPayment *payment, DeskProblems *problems)
{
  gboolean yen = g_str_equal (payment->currency, "JPY");

  if (payment->received_on == DESK_DAY_NONE)
    desk_problems_add (problems, "received_on", "missing", NULL);
  if (!g_strv_contains (methods, payment->method))
    desk_problems_add (problems, "method", "unknown", payment->method);
  if (desk_currency_digits (payment->currency) < 0)
    desk_problems_add (problems, "currency", "currency-unknown", payment->currency);
  if (payment->amount < 0 || (yen && payment->amount == 0))
    desk_problems_add (problems, "amount", "amount-missing", NULL);
  if (payment->amount > DESK_MONEY_MAX)
    desk_problems_add (problems, "amount", "amount-too-large", NULL);
  if (!yen && payment->foreign_amount <= 0)
    desk_problems_add (problems, "foreign_amount", "amount-missing", NULL);
  if (!yen && payment->rate_id == 0)
    desk_problems_add (problems, "rate_id", "missing", NULL);
}

DeskRefund *
desk_refund_new (gint64 payment_id, DeskDay today)
{
  DeskRefund *refund = g_new0 (DeskRefund, 1);

  refund->number = g_strdup ("");
  refund->payment_id = payment_id;
  refund->payment_number = g_strdup ("");
  refund->method = g_strdup ("cash");
  refund->currency = g_strdup ("JPY");
  refund->paid_on = today;
  refund->reason = g_strdup ("");
  return refund;
}

void
desk_refund_free (DeskRefund *refund)
{
  if (!refund)
    return;
  g_free (refund->number);
  g_free (refund->payment_number);
  g_free (refund->method);
  g_free (refund->currency);
  g_free (refund->reason);
  g_free (refund);
}

/* What foreign money counts for in yen. Given 0, reckons it. Else the yen stand when they come to that amount themselves,
 * for a cent is more than a yen. NULL, or "amount-too-large", "rate-mismatch". */
const char *
desk_foreign_yen (gint64 amount, gint64 rate, const char *currency, gint64 *yen)
{
  gint64 reckoned, back;

  if (!desk_money_to_yen (amount, rate, currency, &reckoned) || reckoned > DESK_MONEY_MAX)
    return "amount-too-large";
  if (*yen == 0)
    *yen = reckoned;
  if (*yen == reckoned || (desk_money_from_yen (*yen, rate, currency, &back) && back == amount))
    return *yen > 0 ? NULL : "amount-missing";
  return "rate-mismatch";
}

/* The same for money that is to settle what is open: dollars that are what the open yen come to are exactly those yen, or one
 * yen of every third invoice would stay open, and another be one too many. open 0: for nothing yet. */
const char *
desk_foreign_settle (gint64 amount, gint64 rate, const char *currency, gint64 open, gint64 *yen)
{
  gint64 wanted;

  *yen = open > 0 && desk_money_from_yen (open, rate, currency, &wanted) && wanted == amount ? open : 0;
  return desk_foreign_yen (amount, rate, currency, yen);
}

/* The day money changed hands: it has come, and one of long ago is asked about, as it cannot be changed afterwards. */
void
desk_money_day_check (DeskDay day, DeskDay today, const char *field, DeskProblems *problems)
{
  if (day > today)
    desk_problems_add (problems, field, "in-future", NULL);
  else if (day < today - 31)
    desk_problems_warn (problems, field, "weeks-ago", NULL);
}

void
desk_package_free (DeskPackage *package)
{
  if (!package)
    return;
  g_free (package->invoice_number);
  g_free (package->code);
  g_free (package->words);
  g_free (package->words_ja);
  g_free (package->visit_type);
  g_free (package);
}

void
desk_package_use_free (DeskPackageUse *use)
{
  if (!use)
    return;
  g_free (use->state);
  g_free (use->reason);
  g_free (use);
}

/* ── the drawer ──────────────────────────────────────────────────────────────────────────────── */

static void
free_close_line (gpointer data)
{
  DeskDayCloseLine *line = data;

  g_free (line->currency);
  g_free (line->method);
  g_free (line->reason);
  g_free (line);
}

DeskDayClose *
desk_day_close_new (DeskDay day)
{
  DeskDayClose *close = g_new0 (DeskDayClose, 1);

  close->day = day;
  close->by = g_strdup ("");
  close->witness = g_strdup ("");
  close->note = g_strdup ("");
  close->lines = g_ptr_array_new_with_free_func (free_close_line);
  return close;
}

void
desk_day_close_free (DeskDayClose *close)
{
  if (!close)
    return;
  g_free (close->by);
  g_free (close->witness);
  g_free (close->note);
  g_ptr_array_unref (close->lines);
  g_free (close);
}

/* Lends a new line, counted as expected. */
DeskDayCloseLine *
desk_day_close_add (DeskDayClose *close, const char *currency, const char *method, gint64 expected)
{
  DeskDayCloseLine *line = g_new0 (DeskDayCloseLine, 1);

  line->currency = g_strdup (currency);
  line->method = g_strdup (method);
  line->expected = line->counted = expected;
  line->reason = g_strdup ("");
  g_ptr_array_add (close->lines, line);
  return line;
}

/* A difference needs a reason, and nobody counts a second time what he counted. The detail is "JPY cash". */
void
desk_day_close_check (const DeskDayClose *close, DeskProblems *problems)
{
  for (guint i = 0; i < close->lines->len; i++)
    {
      const DeskDayCloseLine *line = close->lines->pdata[i];
      g_autofree char *which = g_strdup_printf ("%s %s", line->currency, line->method);

      if (line->counted != line->expected && *line->reason == '\0')
        desk_problems_add (problems, "reason", "missing", which);
    }
  if (close->by_id == 0)
    desk_problems_add (problems, "by_id", "missing", NULL);
  if (close->witness_id != 0 && close->witness_id == close->by_id)
    desk_problems_add (problems, "witness_id", "same-person", NULL);
}
