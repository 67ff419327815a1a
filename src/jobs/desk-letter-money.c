#include "desk-letter-money.h"

#include <string.h>

#include "desk-fees.h"
#include "desk-invoices.h"
#include "desk-letter-gather.h"
#include "desk-letter-put.h"
#include "desk-patients.h"
#include "desk-payment-parts.h"
#include "desk-payments.h"
#include "desk-quotes.h"
#include "desk-rates.h"

#define MARK "\u200e" /* keeps a minus before its amount in a letter that is written from the right */

/* ── amounts, names ──────────────────────────────────────────────────────────────────────────── */

static char *
yen_of (gint64 yen)
{
  g_autofree char *digits = desk_money_format (yen, "JPY");

  return *digits == '-' ? g_strconcat (MARK "−¥", digits + 1, NULL) : g_strconcat ("¥", digits, NULL);
}

static void
put_yen (DeskFields *fields, const char *name, gint64 yen)
{
  g_autofree char *text = yen_of (yen);

  desk_fields_set (fields, name, text);
}

/* Only where there is any. */
static void
put_some_yen (DeskFields *fields, const char *name, gint64 yen)
{
  if (yen != 0)
    put_yen (fields, name, yen);
}

/* A body is addressed otherwise than a person: facts/money-and-names 7.3. */
static gboolean
is_body (const char *name)
{
  static const char *const signs[] = { "会社", "法人", "病院", "医院", "クリニック", "財団", "協会", "大学", "組合", "Inc", "Ltd", "LLC", "GmbH",
                                       "Co.", "Corp", "Hospital", "Clinic", "Insurance", "Foundation", "University" };

  for (guint i = 0; i < G_N_ELEMENTS (signs); i++)
    if (strstr (name, signs[i]))
      return TRUE;
  return FALSE;
}

static gboolean
is_honoured (const char *name)
{
  return g_str_has_suffix (name, "様") || g_str_has_suffix (name, "御中") || g_str_has_suffix (name, "先生") || g_str_has_suffix (name, "殿");
}

/* To whom: 様 for a person, 御中 for a body, never both; a Japanese patient is written in Japanese. */
static void
put_recipient (DeskFields *fields, const DeskPatient *patient, const char *recipient)
{
  g_autofree char *name = desk_patient_name (patient), *native = desk_patient_native_name (patient);
  gboolean other = recipient && *recipient && strcmp (recipient, name) != 0;
  const char *to = other ? recipient : name;
  const char *to_ja = !other && strcmp (patient->nationality, "JPN") == 0 && *native ? native : to;
  g_autofree char *japanese = is_honoured (to_ja) ? g_strdup (to_ja) : g_strconcat (to_ja, is_body (to_ja) ? " 御中" : " 様", NULL);
  g_autofree char *korean = g_strconcat (to, is_body (to) ? " 귀중" : " 귀하", NULL);

  desk_fields_set (fields, "money.to", to);
  desk_fields_set_in (fields, "money.to", "ja", japanese);
  desk_fields_set_in (fields, "money.to", "ko", korean);
}

static void
put_method (DeskFields *fields, const char *method)
{
  static const char *const names[] = { "cash", "card", "transfer", "wallet", "other" };

  for (guint i = 0; i < G_N_ELEMENTS (names); i++)
    {
      g_autofree char *field = g_strconcat ("money.", names[i], NULL);

      desk_letter_put_flag (fields, field, strcmp (names[i], method) == 0);
    }
}

/* An amount of foreign money with the rate it was reckoned at. */
static void
put_foreign (DeskFields *fields, const DeskRate *rate, gint64 amount)
{
  g_autofree char *digits = desk_money_format (amount, rate->currency), *one = desk_rate_format (rate->rate);
  g_autofree char *money = g_strconcat (rate->currency, " ", digits, NULL), *words = g_strdup_printf ("1 %s = ¥%s", rate->currency, one);

  desk_fields_set (fields, "money.foreign", money);
  desk_fields_set (fields, "money.rate", words);
  desk_fields_set (fields, "money.rate_source", rate->source);
  desk_letter_put_day (fields, "money.rate_day", rate->on_day, FALSE);
  desk_letter_put_day (fields, "money.rate_until", rate->until_on, FALSE);
}

static gboolean
put_beside (DeskFields *fields, DeskDb *db, gint64 rate_id, gint64 yen, GError **error)
{
  g_autoptr (DeskRate) rate = rate_id ? desk_rate_load (db, rate_id, error) : NULL;
  gint64 amount;

  if (!rate)
    return rate_id == 0;
  if (desk_money_from_yen (yen, rate->rate, rate->currency, &amount))
    put_foreign (fields, rate, amount);
  return TRUE;
}

static gboolean
put_handed (DeskFields *fields, DeskDb *db, gint64 rate_id, gint64 amount, GError **error)
{
  g_autoptr (DeskRate) rate = rate_id ? desk_rate_load (db, rate_id, error) : NULL;

  if (rate)
    put_foreign (fields, rate, amount);
  return rate || rate_id == 0;
}

/* ── lines and taxes ─────────────────────────────────────────────────────────────────────────── */

static void
put_lines (DeskFields *fields, const GPtrArray *lines)
{
  gboolean reduced = FALSE;

  for (guint i = 0; i < lines->len; i++)
    {
      const DeskMoneyLine *line = lines->pdata[i];
      DeskFields *item = desk_fields_add (fields, "lines");
      g_autofree char *rate = line->tax ? g_strdup_printf ("%d%%", line->tax) : g_strdup ("–");
      gint64 amount = 0;

      if (!desk_money_times (line->count, line->price, &amount))
        amount = 0;
      desk_letter_put_both (item, "what", line->words, line->words_ja);
      desk_letter_put_number (item, "count", line->count);
      put_yen (item, "price", line->price);
      put_yen (item, "amount", amount);
      desk_fields_set (item, "rate", rate);
      if (line->sessions)
        desk_letter_put_number (item, "sessions", line->sessions);
      desk_fields_set (item, "mark", line->tax == 8 ? "※" : NULL);
      reduced = reduced || line->tax == 8;
    }
  desk_letter_put_flag (fields, "money.reduced", reduced);
}

static void
put_taxes (DeskFields *fields, const DeskTaxSum *sum)
{
  for (int i = 0; i < DESK_TAX_RATES; i++)
    if (sum->rates[i].lines > 0 || sum->rates[i].net != 0)
      {
        DeskFields *item = desk_fields_add (fields, "taxes");

        desk_letter_put_number (item, "rate", sum->rates[i].rate);
        desk_letter_put_flag (item, "taxable", sum->rates[i].rate > 0);
        put_yen (item, "net", sum->rates[i].net);
        put_yen (item, "tax", sum->rates[i].tax);
        put_yen (item, "total", sum->rates[i].net + sum->rates[i].tax);
      }
}

static void
put_sums (DeskFields *fields, const DeskTaxSum *sum, gboolean with_tax)
{
  put_taxes (fields, sum);
  put_yen (fields, "money.net", sum->net);
  put_yen (fields, "money.tax", sum->tax);
  put_yen (fields, "money.total", sum->total);
  desk_letter_put_flag (fields, "money.included", with_tax);
}

/* ── the papers ──────────────────────────────────────────────────────────────────────────────── */

static gboolean
set_quote (DeskFields *fields, DeskDb *db, gint64 id, const DeskPatient *patient, GError **error)
{
  g_autoptr (DeskQuote) quote = desk_quote_load (db, id, error);
  DeskTaxSum sum;

  if (!quote)
    return FALSE;
  desk_fields_set (fields, "money.number", quote->number);
  if (quote->seq > 1)
    desk_letter_put_number (fields, "money.version", quote->seq);
  desk_letter_put_day (fields, "money.date", quote->made_on, FALSE);
  desk_letter_put_day (fields, "money.valid_until", quote->valid_until, FALSE);
  put_recipient (fields, patient, NULL);
  put_lines (fields, quote->lines);
  if (!desk_money_lines_sum (quote->lines, quote->with_tax, quote->tax_round, &sum))
    put_sums (fields, &sum, quote->with_tax);
  put_some_yen (fields, "money.deposit", quote->deposit);
  desk_fields_set (fields, "money.note", quote->note);
  g_autoptr (DeskCancelTerms) terms = quote->terms_id ? desk_cancel_terms_load (db, quote->terms_id, error) : NULL;
  if (quote->terms_id && !terms)
    return FALSE;
  if (terms)
    desk_letter_put_both (fields, "money.terms", terms->words, terms->words_ja);
  return put_beside (fields, db, quote->rate_id, quote->total, error);
}

/* What was taken off from deposits, and what was paid on it. */
static gboolean
put_paid (DeskFields *fields, DeskDb *db, const DeskInvoice *invoice, GError **error)
{
  g_autoptr (GPtrArray) parts = desk_payment_parts_of_invoice (db, invoice->id, error);
  gint64 deposits = 0, paid = 0;

  if (!parts)
    return FALSE;
  for (guint i = 0; i < parts->len; i++)
    {
      const DeskPaymentPart *part = parts->pdata[i];

      *(part->deposit ? &deposits : &paid) += part->amount;
    }
  put_some_yen (fields, "money.from_deposit", deposits);
  put_some_yen (fields, "money.paid", paid);
  put_some_yen (fields, "money.credited", invoice->credited);
  put_yen (fields, "money.due", invoice->open);
  return TRUE;
}

/* The number on the paper is the one the clinic had on that day. */
static gboolean
set_invoice (DeskFields *fields, DeskDb *db, gint64 id, const DeskPatient *patient, GError **error)
{
  g_autoptr (DeskInvoice) invoice = desk_invoice_load (db, id, error);

  if (!invoice)
    return FALSE;
  desk_fields_set (fields, "money.number", invoice->number);
  desk_letter_put_day (fields, "money.date", invoice->issued_on, FALSE);
  desk_letter_put_day (fields, "money.due_on", invoice->due_on, FALSE);
  put_recipient (fields, patient, invoice->recipient);
  put_lines (fields, invoice->lines);
  put_sums (fields, &invoice->sum, invoice->with_tax);
  desk_fields_set (fields, "clinic.tax_number", invoice->tax_number);
  desk_fields_set (fields, "money.note", invoice->reason);
  if (invoice->credits)
    {
      g_autoptr (DeskInvoice) of = desk_invoice_load (db, invoice->credits, error);

      if (!of)
        return FALSE;
      desk_fields_set (fields, "money.of_number", of->number);
      desk_letter_put_day (fields, "money.of_date", of->issued_on, FALSE);
    }
  else if (invoice->quote_id)
    {
      g_autoptr (DeskQuote) quote = desk_quote_load (db, invoice->quote_id, error);

      if (!quote)
        return FALSE;
      desk_fields_set (fields, "money.of_number", quote->number);
      desk_letter_put_day (fields, "money.of_date", quote->accepted_on == DESK_DAY_NONE ? quote->made_on : quote->accepted_on, FALSE);
    }
  return put_paid (fields, db, invoice, error) && put_beside (fields, db, invoice->rate_id, invoice->total, error);
}

/* Of the tax a receipt says what the invoice says, where it is for one invoice. */
static gboolean
put_parts (DeskFields *fields, DeskDb *db, gint64 payment_id, GError **error)
{
  g_autoptr (GPtrArray) parts = desk_payment_parts_of_payment (db, payment_id, error);
  g_autoptr (GString) numbers = g_string_new (NULL);

  for (guint i = 0; parts && i < parts->len; i++)
    {
      const DeskPaymentPart *part = parts->pdata[i];
      DeskFields *item = desk_fields_add (fields, "parts");

      g_string_append_printf (numbers, "%s%s", numbers->len ? ", " : "", part->invoice_number);
      desk_fields_set (item, "number", part->invoice_number);
      desk_letter_put_day (item, "date", part->issued_on, FALSE);
      put_yen (item, "total", part->total);
      put_yen (item, "amount", part->amount);
    }
  if (!parts)
    return FALSE;
  desk_fields_set (fields, "money.of_invoice", numbers->str);
  desk_letter_put_flag (fields, "money.parts", parts->len > 0);
  if (parts->len != 1)
    return TRUE;
  g_autoptr (DeskInvoice) invoice = desk_invoice_load (db, ((DeskPaymentPart *) parts->pdata[0])->invoice_id, error);
  if (!invoice)
    return FALSE;
  put_taxes (fields, &invoice->sum);
  desk_letter_put_flag (fields, "money.taxes", TRUE);
  return TRUE;
}

static gboolean
set_payment (DeskFields *fields, DeskDb *db, gint64 id, const DeskPatient *patient, GError **error)
{
  g_autoptr (DeskPayment) payment = desk_payment_load (db, id, error);

  if (!payment)
    return FALSE;
  desk_fields_set (fields, "money.number", payment->number);
  desk_letter_put_day (fields, "money.date", payment->received_on, FALSE);
  put_recipient (fields, patient, payment->payer);
  desk_fields_set (fields, "money.payer", payment->payer);
  desk_fields_set (fields, "money.note", payment->note);
  put_yen (fields, "money.total", payment->amount);
  put_method (fields, payment->method);
  if (!put_parts (fields, db, id, error))
    return FALSE;
  gboolean billed = desk_fields_get (fields, "money.of_invoice", "en") != NULL;
  if (payment->quote_id && !billed)
    {
      g_autoptr (DeskQuote) quote = desk_quote_load (db, payment->quote_id, error);

      if (!quote)
        return FALSE;
      desk_fields_set (fields, "money.of_number", quote->number);
    }
  desk_letter_put_flag (fields, "money.advance", !billed && !payment->quote_id);
  return put_handed (fields, db, payment->rate_id, payment->foreign_amount, error);
}

static gboolean
set_refund (DeskFields *fields, DeskDb *db, gint64 id, const DeskPatient *patient, GError **error)
{
  g_autoptr (DeskRefund) refund = desk_refund_load (db, id, error);
  g_autoptr (DeskPayment) payment = refund ? desk_payment_load (db, refund->payment_id, error) : NULL;

  if (!payment)
    return FALSE;
  desk_fields_set (fields, "money.number", refund->number);
  desk_letter_put_day (fields, "money.date", refund->paid_on, FALSE);
  put_recipient (fields, patient, payment->payer);
  put_yen (fields, "money.total", refund->amount);
  put_method (fields, refund->method);
  desk_fields_set (fields, "money.reason", refund->reason);
  desk_fields_set (fields, "money.of_number", payment->number);
  desk_letter_put_day (fields, "money.of_date", payment->received_on, FALSE);
  put_yen (fields, "money.of_total", payment->amount);
  return put_handed (fields, db, refund->rate_id, refund->foreign_amount, error);
}

static const struct
{
  const char *subject;
  gboolean (*set) (DeskFields *, DeskDb *, gint64, const DeskPatient *, GError **);
} subjects[] = { { "quote", set_quote }, { "invoice", set_invoice }, { "payment", set_payment }, { "refund", set_refund } };

/* Nothing is set for a letter about something else. */
gboolean
desk_letter_set_money (DeskFields *fields, DeskDb *db, const DeskLetterWanted *wanted, DeskDay today, GError **error)
{
  for (guint i = 0; i < G_N_ELEMENTS (subjects); i++)
    if (desk_letter_subject_is (wanted, subjects[i].subject))
      {
        g_autoptr (DeskPatient) patient = desk_patient_load (db, wanted->patient_id, error);

        return patient && subjects[i].set (fields, db, wanted->subject_id, patient, error);
      }
  return TRUE;
}

/* An invoice without the clinic's number is none that its reader can deduct; it is said and not stopped. */
gboolean
desk_letter_check_money (DeskDb *db, const DeskLetterWanted *wanted, DeskDay today, DeskProblems *problems, GError **error)
{
  g_autoptr (DeskInvoice) invoice = desk_letter_subject_is (wanted, "invoice") ? desk_invoice_load (db, wanted->subject_id, error) : NULL;

  if (!invoice)
    return !desk_letter_subject_is (wanted, "invoice");
  if (*invoice->tax_number == '\0')
    desk_problems_warn (problems, "tax_number", "tax-number-none", NULL);
  return TRUE;
}
