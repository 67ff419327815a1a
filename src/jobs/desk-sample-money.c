/* Money of the sample clinic: prices, quotes in every state, invoices that are paid, open and overdue, a deposit, a refund,
 * a credit note, a package half used, a day that was closed. */
#include "desk-book.h"
#include "desk-day-closes.h"
#include "desk-fees.h"
#include "desk-packages.h"
#include "desk-payments.h"
#include "desk-quotes.h"
#include "desk-invoices.h"
#include "desk-rates.h"
#include "desk-sample-parts.h"

static const struct
{
  const char *code, *name, *name_ja;
  gint64 price;
  int sessions;
  const char *visit_type;
} fees[] = {
  { "consultation", "Consultation", "診察", 30000, 0, "consultation" },
  { "viral", "Viral tests", "感染症検査", 25000, 0, "viral_test" },
  { "draw", "Blood draw", "採血", 50000, 0, "blood_draw" },
  { "apheresis", "Apheresis", "アフェレーシス", 250000, 0, "apheresis" },
  { "culture", "Cell culture", "細胞培養", 400000, 0, "" },
  { "infusion", "NK cell infusion", "NK細胞投与", 300000, 0, "infusion" },
  { "infusion-frozen", "NK cell infusion, frozen dose", "NK細胞投与（凍結）", 330000, 0, "" },
  { "six", "NK cell infusion, six sessions", "NK細胞投与 6回", 1620000, 6, "infusion" },
  { "storage", "Storage of cells, one year", "細胞保管 1年", 60000, 0, "" },
  { "follow-up", "Follow-up", "経過観察", 15000, 0, "follow_up" },
};

static DeskFeeSchedule *
make_fees (DeskSample *sample, DeskDb *db, GError **error)
{
  g_autoptr (DeskFeeSchedule) schedule = desk_fee_schedule_new (sample->today - 200);

  for (guint i = 0; i < G_N_ELEMENTS (fees); i++)
    {
      DeskFee *fee = desk_fee_new ();

      g_free (fee->code);
      g_free (fee->name);
      g_free (fee->name_ja);
      g_free (fee->visit_type);
      fee->code = g_strdup (fees[i].code);
      fee->name = g_strdup (fees[i].name);
      fee->name_ja = g_strdup (fees[i].name_ja);
      fee->visit_type = g_strdup (fees[i].visit_type);
      fee->price = fees[i].price;
      fee->sessions = fees[i].sessions;
      g_ptr_array_add (schedule->fees, fee);
    }
  if (!desk_fee_schedule_save (db, schedule, error) || !desk_fee_schedule_close (db, schedule->id, schedule->version, error))
    return NULL;
  return g_steal_pointer (&schedule);
}

static gboolean
make_settings (DeskSample *sample, DeskDb *db, GError **error)
{
  g_autoptr (DeskTaxSettings) settings = desk_tax_settings_load (db, error);
  DeskRate usd = { .currency = DESK_LEND ("USD"), .rate = 1492500, .source = DESK_LEND ("MUFG TTM"), .on_day = sample->today - 1, .until_on = sample->today + 6 };
  DeskRate krw = { .currency = DESK_LEND ("KRW"), .rate = 1075, .source = DESK_LEND ("MUFG TTM"), .on_day = sample->today - 1, .until_on = sample->today + 6 };
  gint64 terms;

  if (!settings)
    return FALSE;
  g_free (settings->tax_number);
  settings->tax_number = g_strdup ("T7123456789012");
  return desk_tax_settings_save (db, settings, error) && desk_rate_add (db, &usd, error) && desk_rate_add (db, &krw, error)
         && desk_cancel_terms_add (db,
                                   "Until the blood draw nothing is charged but tests that were done. Once culture has begun, its cost is charged;"
                                   " infusions that are not given are refunded.",
                                   "採血前の取消しでは、実施済みの検査費用のみを申し受けます。培養開始後は培養費用を申し受け、未実施の投与費用は返金します。",
                                   &terms, error);
}

/* A draft of the named fees; NULL at the end of codes. */
static DeskQuote *
make_quote (DeskSample *sample, DeskDb *db, const DeskFeeSchedule *schedule, gint64 patient, int days_ago, const char *const *codes, GError **error)
{
  g_autoptr (DeskQuote) quote = desk_quote_begin (db, patient, sample->today - days_ago, error);

  for (guint i = 0; quote && codes[i]; i++)
    g_ptr_array_add (quote->lines, desk_money_line_from_fee (desk_fee_schedule_find (schedule, codes[i]), 1));
  return quote && desk_quote_save (db, quote, error) ? g_steal_pointer (&quote) : NULL;
}

/* Quotes that stay where they are: a draft, one that is out, one refused, one in its second version, one too old. */
static gboolean
make_quotes (DeskSample *sample, DeskDb *db, const DeskFeeSchedule *schedule, const gint64 *patients, GError **error)
{
  static const char *const codes[] = { "consultation", "viral", "draw", "culture", "six", NULL };
  gint64 again, n;

  for (int i = 0; i < 5; i++)
    {
      g_autoptr (DeskQuote) quote = make_quote (sample, db, schedule, patients[i], i == 4 ? 60 : 5, codes, error);

      if (!quote || (i > 0 && !desk_quote_send (db, quote->id, &quote->version, error))
          || (i == 2 && !desk_quote_refuse (db, quote->id, &quote->version, error)))
        return FALSE;
      if (i != 3)
        continue;
      if (!desk_quote_revise (db, quote->id, sample->today - 2, &again, error))
        return FALSE;
      g_autoptr (DeskQuote) second = desk_quote_load (db, again, error);
      if (!second || !desk_quote_send (db, again, &second->version, error))
        return FALSE;
    }
  return desk_quote_lapse (db, sample->today, &n, error);
}

/* Quoted, accepted and billed; the deposit is on it when that is more than 0. */
static DeskInvoice *
make_invoice (DeskSample *sample, DeskDb *db, const DeskFeeSchedule *schedule, gint64 patient, int days_ago, const char *const *codes,
              gint64 deposit, GError **error)
{
  DeskDay day = sample->today - days_ago;
  g_autoptr (DeskQuote) quote = make_quote (sample, db, schedule, patient, days_ago + 3, codes, error);

  if (!quote || !desk_quote_send (db, quote->id, &quote->version, error) || !desk_quote_accept (db, quote->id, &quote->version, day - 1, error))
    return NULL;
  if (deposit > 0)
    {
      g_autoptr (DeskPayment) payment = desk_payment_new (patient, day - 1);

      payment->quote_id = quote->id;
      payment->amount = deposit;
      g_free (payment->method);
      payment->method = g_strdup ("transfer");
      if (!desk_payment_take (db, payment, 0, error))
        return NULL;
    }
  g_autoptr (DeskInvoice) invoice = desk_invoice_begin_quote (db, quote->id, day, error);
  if (!invoice)
    return NULL;
  invoice->due_on = day + 14;
  return desk_invoice_make (db, invoice, TRUE, error) ? desk_invoice_load (db, invoice->id, error) : NULL;
}

static gboolean
pay (DeskDb *db, const DeskInvoice *invoice, gint64 amount, DeskDay day, const char *method, gint64 *id, GError **error)
{
  g_autoptr (DeskPayment) payment = desk_payment_new (invoice->patient_id, day);

  payment->amount = amount;
  g_free (payment->method);
  payment->method = g_strdup (method);
  if (!desk_payment_take (db, payment, invoice->id, error))
    return FALSE;
  if (id)
    *id = payment->id;
  return TRUE;
}

/* A package of which the visits that were done used sessions, and one more is reserved. */
static gboolean
use_package (DeskDb *db, gint64 patient, GError **error)
{
  g_autoptr (GPtrArray) visits = desk_visit_of_patient (db, patient, error);
  g_autoptr (GPtrArray) packages = visits ? desk_package_list (db, patient, error) : NULL;
  guint used = 0;

  for (guint i = 0; packages && packages->len > 0 && i < visits->len && used < 3; i++)
    {
      const DeskVisit *visit = visits->pdata[i];
      const DeskPackage *package = packages->pdata[0];

      if (!g_str_equal (visit->type, package->visit_type) || (!g_str_equal (visit->status, "done") && !g_str_equal (visit->status, "booked")))
        continue;
      if (!desk_package_reserve (db, package->id, visit->id, error))
        return FALSE;
      used++;
    }
  return packages != NULL;
}

/* One infusion was called off after all was paid: taken back, and the money returned. */
static gboolean
take_back (DeskSample *sample, DeskDb *db, const DeskInvoice *invoice, gint64 payment, GError **error)
{
  g_autoptr (DeskInvoice) credit = desk_credit_begin (db, invoice->id, sample->today - 3, error);

  if (!credit)
    return FALSE;
  g_ptr_array_set_size (credit->lines, 1);
  g_free (credit->reason);
  credit->reason = g_strdup ("called off by the patient");
  if (!desk_credit_make (db, credit, error))
    return FALSE;
  g_autoptr (DeskRefund) refund = desk_refund_new (payment, sample->today - 3);
  refund->amount = credit->total / 2; /* the other half stays as a deposit */
  g_free (refund->reason);
  refund->reason = g_strdup ("called off by the patient");
  return desk_refund_make (db, refund, error);
}

static gboolean
close_day (DeskSample *sample, DeskDb *db, DeskDay day, GError **error)
{
  g_autoptr (DeskDayClose) close = desk_day_close_begin (db, day, error);

  if (!close)
    return FALSE;
  DeskDayCloseLine *cash = close->lines->pdata[0];
  cash->counted -= 100;
  g_free (cash->reason);
  cash->reason = g_strdup ("a coin of 100 yen is missing");
  close->by_id = sample->staff[DESK_SAMPLE_RECEPTION];
  close->witness_id = sample->staff[DESK_SAMPLE_MANAGER];
  return desk_day_close_make (db, close, error);
}

static gboolean
make_invoices (DeskSample *sample, DeskDb *db, const DeskFeeSchedule *schedule, const gint64 *patients, GError **error)
{
  static const char *const treatment[] = { "infusion", "culture", "draw", NULL }, *const package[] = { "six", "culture", NULL };
  gint64 payment;
  g_autoptr (DeskInvoice) paid = make_invoice (sample, db, schedule, patients[0], 20, treatment, 200000, error);
  g_autoptr (DeskInvoice) part = paid ? make_invoice (sample, db, schedule, patients[1], 6, package, 500000, error) : NULL;
  g_autoptr (DeskInvoice) overdue = part ? make_invoice (sample, db, schedule, patients[2], 40, treatment, 0, error) : NULL;
  g_autoptr (DeskInvoice) open = overdue ? make_invoice (sample, db, schedule, patients[3], 2, treatment, 0, error) : NULL;
  g_autoptr (DeskRate) rate = open ? desk_rate_on (db, "USD", sample->today, error) : NULL;

  if (!rate || !pay (db, paid, paid->open, sample->today - 15, "card", &payment, error) || !take_back (sample, db, paid, payment, error)
      || !pay (db, part, 300000, sample->today - 4, "cash", NULL, error) || !use_package (db, patients[1], error))
    return FALSE;
  g_autoptr (DeskPayment) dollars = desk_payment_new (patients[3], sample->today);
  g_free (dollars->currency);
  dollars->currency = g_strdup ("USD");
  dollars->foreign_amount = 200000;
  dollars->rate_id = rate->id;
  return desk_payment_take (db, dollars, open->id, error) && close_day (sample, db, sample->today - 4, error);
}

/* Needs the patients and the book. */
gboolean
desk_sample_money (DeskSample *sample, DeskDb *db, GError **error)
{
  static const guint places[] = { 20, 21, 22, 23, 24, 3, 0, 1, 2 }; /* the last four are in treatment */
  gint64 patients[G_N_ELEMENTS (places)];

  if (sample->patients < 30)
    return TRUE;
  for (guint i = 0; i < G_N_ELEMENTS (places); i++)
    patients[i] = (gint64) places[i] + 1;
  desk_db_set_actor (db, sample->staff[DESK_SAMPLE_RECEPTION], NULL);
  g_autoptr (DeskFeeSchedule) schedule = make_settings (sample, db, error) ? make_fees (sample, db, error) : NULL;
  return schedule && make_quotes (sample, db, schedule, patients, error) && make_invoices (sample, db, schedule, patients + 5, error);
}
