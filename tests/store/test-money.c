/* From a quote to a refund, through the store. */
#include "desk-attention.h"
#include "desk-book.h"
#include "desk-codes.h"
#include "desk-day-closes.h"
#include "desk-fees.h"
#include "desk-merge.h"
#include "desk-money-verify.h"
#include "desk-packages.h"
#include "desk-patients.h"
#include "desk-rates.h"
#include "money-fixture.h"

#include <string.h>

static void
refused (const GError *error, const char *code)
{
  g_assert_error (error, DESK_ERROR, DESK_ERROR_REFUSED);
  if (!strstr (error->message, code))
    g_error ("«%s» instead of «%s»", error->message, code);
}

static void
test_fees (StoreFixture *fixture, gconstpointer data)
{
  g_autoptr (GError) error = NULL;
  g_autoptr (DeskFeeSchedule) now = desk_fee_schedule_on (fixture->db, TODAY, &error);

  g_assert_no_error (error);
  g_assert_cmpuint (now->fees->len, ==, 3);
  g_assert_cmpint (((DeskFee *) now->fees->pdata[2])->sessions, ==, 6);
  g_assert_false (desk_fee_schedule_save (fixture->db, now, &error));
  refused (error, "fees-closed");
  g_clear_error (&error);
  /* The next one begins as a copy, and holds from its day once it is approved. */
  now->id = 0;
  now->from_on = TODAY + 10;
  ((DeskFee *) now->fees->pdata[0])->price = 60000;
  g_assert_true (desk_fee_schedule_save (fixture->db, now, &error));
  g_autoptr (DeskFeeSchedule) later = desk_fee_schedule_on (fixture->db, TODAY + 20, &error);
  g_assert_cmpint (((DeskFee *) later->fees->pdata[0])->price, ==, 50000);
  gint64 stale = now->version;
  g_assert_true (desk_fee_schedule_save (fixture->db, now, &error));
  g_assert_false (desk_fee_schedule_close (fixture->db, now->id, stale, &error));
  g_assert_error (error, DESK_ERROR, DESK_ERROR_CONFLICT);
  g_clear_error (&error);
  g_assert_true (desk_fee_schedule_close (fixture->db, now->id, now->version, &error));
  g_autoptr (DeskFeeSchedule) then = desk_fee_schedule_on (fixture->db, TODAY + 20, &error);
  g_assert_cmpint (((DeskFee *) then->fees->pdata[0])->price, ==, 60000);
}

static void
test_quote_steps (StoreFixture *fixture, gconstpointer data)
{
  g_autoptr (GError) error = NULL;
  gint64 version, stale, again, n, id = money_fixture_quote (fixture, 1, "infusion", 6, &version);
  g_autoptr (DeskQuote) quote = desk_quote_load (fixture->db, id, &error);

  g_assert_cmpint (quote->net, ==, 1800000);
  g_assert_cmpint (quote->tax, ==, 180000);
  g_assert_true (g_str_has_prefix (quote->number, "Q26-000001-"));
  g_assert_false (desk_quote_accept (fixture->db, id, &version, TODAY, &error));
  refused (error, "quote-step");
  g_clear_error (&error);
  stale = version;
  g_assert_true (desk_quote_send (fixture->db, id, &version, &error));
  g_assert_false (desk_quote_send (fixture->db, id, &stale, &error));
  g_assert_error (error, DESK_ERROR, DESK_ERROR_CONFLICT);
  g_clear_error (&error);
  g_assert_false (desk_quote_save (fixture->db, quote, &error));
  g_assert_error (error, DESK_ERROR, DESK_ERROR_CONFLICT);
  g_clear_error (&error);
  g_assert_false (desk_quote_accept (fixture->db, id, &version, TODAY + DESK_QUOTE_DAYS + 1, &error));
  refused (error, "quote-lapsed");
  g_clear_error (&error);
  /* Another version: what is out holds until that goes out too. */
  g_assert_true (desk_quote_revise (fixture->db, id, TODAY + 2, &again, &error));
  g_autoptr (DeskQuote) second = desk_quote_load (fixture->db, again, &error);
  g_assert_cmpint (second->seq, ==, 2);
  g_assert_cmpstr (second->number, ==, quote->number);
  g_assert_cmpuint (second->lines->len, ==, 1);
  ((DeskMoneyLine *) second->lines->pdata[0])->count = 5;
  g_assert_true (desk_quote_save (fixture->db, second, &error));
  g_assert_true (desk_quote_send (fixture->db, again, &second->version, &error));
  g_autoptr (DeskQuote) first = desk_quote_load (fixture->db, id, &error);
  g_assert_cmpstr (first->status, ==, "replaced");
  g_assert_true (desk_quote_lapse (fixture->db, TODAY + 100, &n, &error));
  g_assert_cmpint (n, ==, 1);
  /* A yes that came in time counts though it is typed later; one that came too late does not. */
  g_autoptr (DeskQuote) lapsed = desk_quote_load (fixture->db, again, &error);
  g_assert_cmpstr (lapsed->status, ==, "lapsed");
  g_assert_false (desk_quote_accept (fixture->db, again, &lapsed->version, lapsed->valid_until + 1, &error));
  refused (error, "quote-lapsed");
  g_clear_error (&error);
  g_assert_true (desk_quote_accept (fixture->db, again, &lapsed->version, lapsed->valid_until, &error));
}

static void
go (StoreFixture *fixture, gint64 id, const char *status)
{
  g_autoptr (GError) error = NULL;
  g_autoptr (DeskVisit) visit = desk_visit_load (fixture->db, id, &error);

  if (!visit || !desk_visit_set_status (fixture->db, visit, status, &error))
    g_error ("%s: %s", status, error->message);
}

static void
check_draft (DeskQuote *quote, guint unpriced, gint64 infusions)
{
  g_assert_nonnull (quote);
  g_assert_cmpuint (unpriced, ==, 1); /* the schedule has no viral test */
  g_assert_cmpuint (quote->lines->len, ==, 2);
  g_assert_cmpstr (((DeskMoneyLine *) quote->lines->pdata[0])->code, ==, "draw");
  g_assert_cmpstr (((DeskMoneyLine *) quote->lines->pdata[1])->code, ==, "infusion");
  g_assert_cmpint (((DeskMoneyLine *) quote->lines->pdata[1])->count, ==, infusions);
  g_assert_cmpint (quote->net, ==, 50000 + 300000 * infusions);
}

/* What a course or a plan comes to, line by line; what was called off costs nothing. */
static void
test_drafts (StoreFixture *fixture, gconstpointer data)
{
  g_autoptr (GError) error = NULL;
  guint unpriced;

  store_exec (fixture,
              "INSERT INTO course (id, patient_id, template, started_on) VALUES (1, 1, 'treatment-6', '2099-01-01');"
              "INSERT INTO visit (id, patient_id, type, status, starts_at, ends_at, busy_from, busy_until, created_at, course_id, course_step) VALUES"
              " (1, 1, 'blood_draw', 'booked', 4102444800, 4102448400, 4102444800, 4102448400, 0, 1, 2),"
              " (2, 1, 'infusion', 'booked', 4103049600, 4103053200, 4103049600, 4103053200, 0, 1, 3),"
              " (3, 1, 'infusion', 'booked', 4103654400, 4103658000, 4103654400, 4103658000, 0, 1, 4),"
              " (4, 1, 'infusion', 'booked', 4104259200, 4104262800, 4104259200, 4104262800, 0, 1, 5),"
              " (5, 1, 'viral_test', 'booked', 4102348800, 4102352400, 4102348800, 4102352400, 0, 1, 1);"
              "INSERT INTO plan (id, patient_id, template, strategy, problem, trips, days, ends_on, made_at) VALUES (1, 1, '', 'one_draw', '<x/>', 1, 20, '2099-01-30', 0);"
              "INSERT INTO plan_trip (plan_id, seq, patient_id, arrival, departure) VALUES (1, 1, 1, '2099-01-01', '2099-01-30');"
              "INSERT INTO plan_visit (plan_id, seq, patient_id, day, type, source, draw_seq) VALUES (1, 1, 1, '2099-01-02', 'blood_draw', '', NULL),"
              " (1, 2, 1, '2099-01-03', 'viral_test', '', NULL), (1, 3, 1, '2099-01-20', 'infusion', 'fresh', 1), (1, 4, 1, '2099-01-27', 'infusion', 'frozen', 1)");
  go (fixture, 4, "cancelled_patient");
  g_autoptr (GPtrArray) sources = desk_quote_sources (fixture->db, 1, &error);
  g_assert_no_error (error);
  g_assert_cmpuint (sources->len, ==, 2);
  const DeskQuoteSource *first = sources->pdata[0], *second = sources->pdata[1];
  g_assert_true (first->plan && first->id == 1 && first->first == desk_day_from_ymd (2099, 1, 2));
  g_assert_true (!second->plan && second->id == 1);
  g_autoptr (DeskQuote) course = desk_quote_begin_course (fixture->db, 1, TODAY, &unpriced, &error);
  g_assert_no_error (error);
  check_draft (course, unpriced, 2);
  g_autoptr (DeskQuote) plan = desk_quote_begin_plan (fixture->db, 1, TODAY, &unpriced, &error);
  g_assert_no_error (error);
  check_draft (plan, unpriced, 2);
  g_assert_cmpint (plan->plan_id, ==, 1);
  if (!desk_quote_save (fixture->db, plan, &error))
    g_error ("%s", error->message);
}

static void
test_way_through (StoreFixture *fixture, gconstpointer data)
{
  g_autoptr (GError) error = NULL;
  gint64 quote = money_fixture_accepted (fixture, 1, "infusion", 2), deposit = money_fixture_pay (fixture, 1, 100000, 0);
  g_autoptr (DeskInvoice) draft = desk_invoice_begin_quote (fixture->db, quote, TODAY, &error);
  DeskBalance balance;

  g_assert_no_error (error);
  g_assert_cmpstr (draft->recipient, ==, "One Olga");
  g_assert_true (desk_invoice_make (fixture->db, draft, TRUE, &error));
  g_autoptr (DeskInvoice) invoice = desk_invoice_load (fixture->db, draft->id, &error);
  g_assert_cmpint (invoice->total, ==, 660000);
  g_assert_cmpint (invoice->paid, ==, 100000);
  g_assert_cmpint (invoice->open, ==, 560000);
  g_assert_cmpstr (invoice->tax_number, ==, "T4011001098993");
  g_assert_cmpint (invoice->sum.rates[0].tax, ==, 60000);
  /* A quote is billed once. */
  g_autoptr (DeskInvoice) twice = desk_invoice_begin_quote (fixture->db, quote, TODAY, &error);
  g_assert_false (desk_invoice_make (fixture->db, twice, FALSE, &error));
  refused (error, "quote-invoiced");
  g_clear_error (&error);
  /* Dollars: 3,752.09 at 149.25 are 560,000 yen within a cent. */
  g_autoptr (DeskRate) rate = desk_rate_on (fixture->db, "USD", TODAY, &error);
  g_autoptr (DeskPayment) dollars = desk_payment_new (1, TODAY);
  g_free (dollars->currency);
  dollars->currency = g_strdup ("USD");
  dollars->rate_id = rate->id;
  dollars->foreign_amount = 375209;
  dollars->amount = 570000;
  g_assert_false (desk_payment_take (fixture->db, dollars, draft->id, &error));
  refused (error, "rate-mismatch");
  g_clear_error (&error);
  dollars->amount = 560000;
  dollars->received_on = TODAY + 30;
  g_assert_false (desk_payment_take (fixture->db, dollars, draft->id, &error));
  refused (error, "rate-too-old");
  g_clear_error (&error);
  dollars->received_on = TODAY;
  g_assert_true (desk_payment_take (fixture->db, dollars, draft->id, &error));
  g_assert_true (desk_balance_of (fixture->db, 1, TODAY, &balance, &error));
  g_assert_cmpint (balance.open, ==, 0);
  g_assert_cmpint (balance.deposits, ==, 0);
  g_assert_cmpint (balance.paid, ==, 660000);
  /* What is billed is not refunded; what a credit note frees is. */
  g_autoptr (DeskRefund) refund = desk_refund_new (deposit, TODAY);
  refund->amount = 100000;
  g_free (refund->reason);
  refund->reason = g_strdup ("infusion called off");
  g_assert_false (desk_refund_make (fixture->db, refund, &error));
  refused (error, "payment-spent");
  g_clear_error (&error);
  g_autoptr (DeskInvoice) credit = desk_credit_begin (fixture->db, draft->id, TODAY, &error);
  ((DeskMoneyLine *) credit->lines->pdata[0])->count = 1;
  g_free (credit->reason);
  credit->reason = g_strdup ("second infusion called off");
  g_assert_true (desk_credit_make (fixture->db, credit, &error));
  g_assert_true (g_str_has_prefix (credit->number, "K26-000001-"));
  g_assert_cmpint (credit->total, ==, 330000);
  g_autoptr (DeskPayment) freed = desk_payment_load (fixture->db, dollars->id, &error);
  g_assert_cmpint (freed->left, ==, 330000);
  refund->payment_id = dollars->id;
  refund->amount = 330000;
  g_assert_true (desk_refund_make (fixture->db, refund, &error));
  g_assert_true (desk_balance_of (fixture->db, 1, TODAY, &balance, &error));
  g_assert_cmpint (balance.open, ==, 0);
  g_assert_cmpint (balance.deposits, ==, 0);
  g_assert_cmpint (balance.credited, ==, 330000);
  g_assert_cmpint (balance.refunded, ==, 330000);
}

/* What was billed by mistake and taken back whole is billed, or quoted, again. */
static void
test_billed_again (StoreFixture *fixture, gconstpointer data)
{
  g_autoptr (GError) error = NULL;
  gint64 quote = money_fixture_accepted (fixture, 1, "infusion", 2), revised;
  g_autoptr (DeskInvoice) first = desk_invoice_begin_quote (fixture->db, quote, TODAY, &error);

  g_assert_true (desk_invoice_make (fixture->db, first, FALSE, &error));
  for (int i = 0; i < 2; i++)
    {
      g_autoptr (DeskInvoice) credit = desk_credit_begin (fixture->db, first->id, TODAY, &error);
      g_autoptr (DeskInvoice) again = desk_invoice_begin_quote (fixture->db, quote, TODAY, &error);

      /* Half of it stands while half is taken back. */
      g_assert_false (desk_invoice_make (fixture->db, again, FALSE, &error));
      refused (error, "quote-invoiced");
      g_clear_error (&error);
      g_assert_false (desk_quote_revise (fixture->db, quote, TODAY, &revised, &error));
      refused (error, "quote-invoiced");
      g_clear_error (&error);
      g_ptr_array_unref (credit->lines);
      credit->lines = desk_money_lines_copy (first->lines);
      ((DeskMoneyLine *) credit->lines->pdata[0])->count = 1;
      g_free (credit->reason);
      credit->reason = g_strdup ("mistake");
      g_assert_true (desk_credit_make (fixture->db, credit, &error));
    }
  g_autoptr (DeskInvoice) again = desk_invoice_begin_quote (fixture->db, quote, TODAY, &error);
  g_assert_true (desk_quote_revise (fixture->db, quote, TODAY, &revised, &error));
  g_assert_true (desk_invoice_make (fixture->db, again, FALSE, &error));
  g_assert_no_error (error);
}

/* Two lines alike make two packages: a credit note takes back the sessions of both, and never more. */
static void
test_packages_alike (StoreFixture *fixture, gconstpointer data)
{
  g_autoptr (GError) error = NULL;
  g_autoptr (DeskInvoice) invoice
      = desk_invoice_begin_quote (fixture->db, money_fixture_accepted (fixture, 1, "six", 1), TODAY, &error);
  g_autoptr (GPtrArray) copy = desk_money_lines_copy (invoice->lines);

  g_ptr_array_add (invoice->lines, g_ptr_array_steal_index (copy, 0));
  g_assert_true (desk_invoice_make (fixture->db, invoice, FALSE, &error));
  g_autoptr (DeskInvoice) credit = desk_credit_begin (fixture->db, invoice->id, TODAY, &error);
  g_free (credit->reason);
  credit->reason = g_strdup ("stops");
  g_assert_true (desk_credit_make (fixture->db, credit, &error));
  g_assert_no_error (error);
  g_autoptr (GPtrArray) packages = desk_package_list (fixture->db, 1, &error);
  g_assert_cmpuint (packages->len, ==, 2);
  for (guint i = 0; i < packages->len; i++)
    {
      g_assert_cmpint (((DeskPackage *) packages->pdata[i])->gone, ==, 6);
      g_assert_cmpint (((DeskPackage *) packages->pdata[i])->left, ==, 0);
    }
}

static void
test_credit_too_much (StoreFixture *fixture, gconstpointer data)
{
  g_autoptr (GError) error = NULL;
  gint64 id = money_fixture_invoice (fixture, 1, "infusion", 2);

  for (int i = 0; i < 3; i++)
    {
      g_autoptr (DeskInvoice) invoice = desk_invoice_load (fixture->db, id, &error);
      g_autoptr (DeskInvoice) credit = desk_credit_begin (fixture->db, id, TODAY, &error);

      g_ptr_array_unref (credit->lines);
      credit->lines = desk_money_lines_copy (invoice->lines);
      ((DeskMoneyLine *) credit->lines->pdata[0])->count = 1;
      g_free (credit->reason);
      credit->reason = g_strdup ("one");
      g_assert_cmpint (desk_credit_make (fixture->db, credit, &error), ==, i < 2);
    }
  refused (error, "credit-too-much");
  g_clear_error (&error);
  g_autoptr (DeskPayment) payment = desk_payment_new (1, TODAY);
  payment->amount = 1;
  g_assert_false (desk_payment_take (fixture->db, payment, id, &error));
  refused (error, "invoice-overpaid");
}

static const DeskPackage *
package (StoreFixture *fixture, GPtrArray **list)
{
  g_autoptr (GError) error = NULL;

  if (*list)
    g_ptr_array_unref (*list);
  *list = desk_package_list (fixture->db, 1, &error);
  g_assert_no_error (error);
  return (*list)->pdata[0];
}

static void
test_packages (StoreFixture *fixture, gconstpointer data)
{
  g_autoptr (GError) error = NULL;
  g_autoptr (GPtrArray) list = NULL;
  gint64 invoice = money_fixture_invoice (fixture, 1, "six", 1), found;

  store_exec (fixture, "INSERT INTO visit (id, patient_id, type, status, starts_at, ends_at, busy_from, busy_until, created_at) VALUES"
                       " (1, 1, 'infusion', 'booked', 4102444800, 4102448400, 4102444800, 4102448400, 0),"
                       " (2, 1, 'infusion', 'booked', 4103049600, 4103053200, 4103049600, 4103053200, 0),"
                       " (3, 1, 'consultation', 'booked', 4103654400, 4103658000, 4103654400, 4103658000, 0)");
  gint64 id = package (fixture, &list)->id;
  g_assert_true (desk_package_for_visit (fixture->db, 1, &found, &error));
  g_assert_cmpint (found, ==, id);
  g_assert_true (desk_package_for_visit (fixture->db, 3, &found, &error));
  g_assert_cmpint (found, ==, 0);
  g_assert_true (desk_package_reserve (fixture->db, id, 1, &error));
  g_assert_true (desk_package_reserve (fixture->db, id, 2, &error));
  g_assert_false (desk_package_reserve (fixture->db, id, 2, &error));
  g_assert_error (error, DESK_ERROR, DESK_ERROR_TAKEN);
  g_clear_error (&error);
  g_assert_false (desk_package_reserve (fixture->db, id, 3, &error));
  refused (error, "package-type");
  g_clear_error (&error);
  /* A visit that is done uses it, one that is called off lets it go. */
  static const char *const steps[] = { "arrived", "checked_in", "in_room", "done" };
  for (guint i = 0; i < G_N_ELEMENTS (steps); i++)
    go (fixture, 1, steps[i]);
  go (fixture, 2, "cancelled_patient");
  const DeskPackage *now = package (fixture, &list);
  g_assert_cmpint (now->used, ==, 1);
  g_assert_cmpint (now->reserved, ==, 0);
  g_assert_cmpint (now->left, ==, 5);
  go (fixture, 1, "in_room");
  g_assert_cmpint (package (fixture, &list)->reserved, ==, 1);
  go (fixture, 1, "done");
  /* A package of which something is used is not taken back whole. */
  g_autoptr (DeskInvoice) credit = desk_credit_begin (fixture->db, invoice, TODAY, &error);
  g_free (credit->reason);
  credit->reason = g_strdup ("stops");
  g_assert_false (desk_credit_make (fixture->db, credit, &error));
  refused (error, "package-empty");
  g_clear_error (&error);
  g_assert_true (desk_package_void (fixture->db, id, 5, "stops", &error));
  g_assert_false (desk_package_reserve (fixture->db, id, 2, &error));
  g_clear_error (&error);
  now = package (fixture, &list);
  g_assert_cmpint (now->gone, ==, 5);
  g_assert_cmpint (now->left, ==, 0);
}

static void
test_day (StoreFixture *fixture, gconstpointer data)
{
  g_autoptr (GError) error = NULL;
  gboolean closed;
  DeskDay day = 20000;

  g_autoptr (DeskPayment) payment = desk_payment_new (1, day);
  payment->amount = 5000;
  g_assert_true (desk_payment_take (fixture->db, payment, 0, &error));
  g_autoptr (DeskDayClose) close = desk_day_close_begin (fixture->db, day, &error);
  DeskDayCloseLine *cash = close->lines->pdata[0];
  g_assert_cmpuint (close->lines->len, ==, 1);
  g_assert_cmpint (cash->expected, ==, 5000);
  cash->counted = 4900;
  g_assert_false (desk_day_close_make (fixture->db, close, &error));
  g_assert_error (error, DESK_ERROR, DESK_ERROR_INVALID);
  g_clear_error (&error);
  g_free (cash->reason);
  cash->reason = g_strdup ("change given twice");
  close->witness_id = 1;
  g_assert_false (desk_day_close_make (fixture->db, close, &error));
  g_assert_error (error, DESK_ERROR, DESK_ERROR_INVALID);
  g_clear_error (&error);
  close->witness_id = 2;
  /* Money that came while they counted. */
  payment->amount = 1;
  g_assert_true (desk_payment_take (fixture->db, payment, 0, &error));
  g_assert_false (desk_day_close_make (fixture->db, close, &error));
  g_assert_error (error, DESK_ERROR, DESK_ERROR_CONFLICT);
  g_clear_error (&error);
  cash->expected = 5001;
  g_assert_true (desk_day_close_make (fixture->db, close, &error));
  g_assert_true (desk_day_is_closed (fixture->db, day, &closed, &error) && closed);
  g_assert_false (desk_payment_take (fixture->db, payment, 0, &error));
  refused (error, "day-closed");
  g_clear_error (&error);
  g_autoptr (DeskDayClose) back = desk_day_close_load (fixture->db, day, &error);
  g_assert_cmpstr (back->witness, ==, "Ben");
  g_assert_cmpint (((DeskDayCloseLine *) back->lines->pdata[0])->counted, ==, 4900);
  g_autoptr (DeskDayClose) future = desk_day_close_begin (fixture->db, 40000, &error);
  g_assert_false (desk_day_close_make (fixture->db, future, &error));
  refused (error, "day-not-come");
}

/* A failed attempt leaves neither a row nor a hole in the numbers. */
static void
test_numbers (StoreFixture *fixture, gconstpointer data)
{
  g_autoptr (GError) error = NULL;
  gint64 id = money_fixture_invoice (fixture, 1, "draw", 1);
  g_autoptr (DeskPayment) payment = desk_payment_new (1, TODAY);

  payment->amount = 55001;
  g_assert_false (desk_payment_take (fixture->db, payment, id, &error));
  refused (error, "invoice-overpaid");
  g_clear_error (&error);
  g_assert_cmpstr (payment->number, ==, "");
  payment->amount = 55000;
  g_assert_true (desk_payment_take (fixture->db, payment, id, &error));
  g_assert_true (g_str_has_prefix (payment->number, "R26-000001-"));
}

/* Money of the one that went on an invoice of the other since: the merge stands. */
static void
test_merge (StoreFixture *fixture, gconstpointer data)
{
  g_autoptr (GError) error = NULL;
  gint64 invoice = money_fixture_invoice (fixture, 1, "draw", 1), id;
  g_autoptr (DeskPatient) one = desk_patient_load (fixture->db, 1, &error), two = desk_patient_load (fixture->db, 2, &error);
  DeskMerge merge = { 1, one->version, two, 2 };

  if (!desk_merge (fixture->db, &merge, &id, &error) || !desk_unmerge (fixture->db, id, 2, NULL, &error))
    g_error ("%s", error->message);
  g_autoptr (DeskPatient) again = desk_patient_load (fixture->db, 1, &error), other = desk_patient_load (fixture->db, 2, &error);
  DeskMerge second = { 1, again->version, other, 2 };
  g_assert_true (desk_merge (fixture->db, &second, &id, &error));
  money_fixture_pay (fixture, 2, 55000, invoice);
  g_assert_false (desk_unmerge (fixture->db, id, 2, NULL, &error));
  refused (error, "merge-money");
}

static void
found (StoreFixture *fixture, const char *text, DeskCodeKind kind, gint64 id, const char *problem)
{
  g_autoptr (GError) error = NULL;
  g_autoptr (DeskCode) code = desk_code_read (text);
  DeskFound what;

  g_assert_true (desk_code_find (fixture->db, code, &what, &error));
  g_assert_cmpstr (what.problem, ==, problem);
  g_assert_cmpint (what.kind, ==, kind);
  g_assert_cmpint (what.id, ==, id);
  g_assert_cmpint (what.patient_id, ==, id ? 1 : 0);
}

/* What is printed on a paper brings it back. */
static void
test_codes (StoreFixture *fixture, gconstpointer data)
{
  g_autoptr (GError) error = NULL;
  gint64 invoice = money_fixture_invoice (fixture, 1, "draw", 1), payment = money_fixture_pay (fixture, 1, 55000, invoice), again, version;
  g_autoptr (DeskInvoice) bill = desk_invoice_load (fixture->db, invoice, &error);
  g_autoptr (DeskPayment) money = desk_payment_load (fixture->db, payment, &error);
  g_autofree char *bare = desk_code_without_check (money->number), *small = g_ascii_strdown (money->number, -1);

  found (fixture, bill->number, DESK_CODE_INVOICE, invoice, NULL);
  found (fixture, money->number, DESK_CODE_PAYMENT, payment, NULL);
  found (fixture, small, DESK_CODE_PAYMENT, payment, NULL);
  found (fixture, bare, DESK_CODE_UNKNOWN, 0, "code-check-missing");
  /* All versions of a quote have one number: the newest answers. */
  gint64 quote = money_fixture_quote (fixture, 1, "draw", 1, &version);
  g_assert_true (desk_quote_send (fixture->db, quote, &version, &error));
  g_assert_true (desk_quote_revise (fixture->db, quote, TODAY, &again, &error));
  g_autoptr (DeskQuote) both = desk_quote_load (fixture->db, quote, &error);
  found (fixture, both->number, DESK_CODE_QUOTE, again, NULL);
}

static void
on_fault (const char *code, const char *number, gpointer user_data)
{
  g_string_append_printf (user_data, "%s ", code);
}

static void
check_faults (StoreFixture *fixture, const char *expected)
{
  g_autoptr (GError) error = NULL;
  g_autoptr (GString) codes = g_string_new (NULL);
  gint64 n;

  if (!desk_money_verify (fixture->db, on_fault, codes, &n, &error))
    g_error ("%s", error->message);
  g_assert_cmpstr (codes->str, ==, expected);
}

/* What somebody did past the program, with the guards gone, is found. */
static void
test_verify (StoreFixture *fixture, gconstpointer data)
{
  gint64 invoice = money_fixture_invoice (fixture, 1, "six", 1);

  money_fixture_pay (fixture, 1, 55000, invoice);
  check_faults (fixture, "");
  store_exec (fixture, "DROP TRIGGER invoice_fixed; DROP TRIGGER payment_fixed; DROP TRIGGER quote_fixed; DROP TRIGGER package_fixed;"
                       "SAVEPOINT one; UPDATE invoice SET net = net - 1, total = total - 1");
  check_faults (fixture, "invoice-sum invoice-lines ");
  store_exec (fixture, "ROLLBACK TO one; UPDATE payment SET amount = 1");
  check_faults (fixture, "payment-spent ");
  store_exec (fixture, "ROLLBACK TO one; UPDATE quote SET net = net - 1, total = total - 1");
  check_faults (fixture, "quote-lines ");
  store_exec (fixture, "ROLLBACK TO one; UPDATE invoice SET net = 10, tax = 1, total = 11");
  check_faults (fixture, "invoice-sum invoice-overpaid invoice-lines ");
  store_exec (fixture, "ROLLBACK TO one; RELEASE one");
}

static void
test_attention (StoreFixture *fixture, gconstpointer data)
{
  g_autoptr (GError) error = NULL;
  gint64 version, quote = money_fixture_quote (fixture, 1, "draw", 1, &version);
  g_autoptr (DeskInvoice) invoice = desk_invoice_begin_quote (fixture->db, money_fixture_accepted (fixture, 2, "draw", 1), TODAY - 20, &error);

  invoice->due_on = TODAY - 10;
  g_assert_true (desk_invoice_make (fixture->db, invoice, FALSE, &error));
  g_assert_true (desk_quote_send (fixture->db, quote, &version, &error));
  g_autoptr (GPtrArray) list = desk_today_attention (fixture->db, TODAY + DESK_QUOTE_DAYS - 7, &error);
  g_assert_no_error (error);
  g_assert_cmpuint (list->len, ==, 2);
  const DeskAttention *first = list->pdata[0], *second = list->pdata[1];
  g_assert_cmpint (first->kind, ==, DESK_ATTENTION_INVOICE);
  g_assert_cmpint (first->patient_id, ==, 2);
  g_assert_true (g_str_has_suffix (first->detail, " 55000"));
  g_assert_cmpint (second->kind, ==, DESK_ATTENTION_QUOTE);
  money_fixture_pay (fixture, 2, 55000, invoice->id);
  g_autoptr (GPtrArray) after = desk_today_attention (fixture->db, TODAY, &error);
  g_assert_cmpuint (after->len, ==, 0);
  money_fixture_pay (fixture, 1, 1000, 0);
  g_autoptr (GPtrArray) later = desk_today_attention (fixture->db, TODAY + 180, &error);
  g_assert_cmpint (((DeskAttention *) later->pdata[0])->kind, ==, DESK_ATTENTION_DEPOSIT);
}

int
main (int argc, char **argv)
{
  g_test_init (&argc, &argv, NULL);
#define ADD(name, func) g_test_add ("/money/" name, StoreFixture, NULL, money_fixture_set_up, func, store_fixture_tear_down)
  ADD ("fees", test_fees);
  ADD ("quote-steps", test_quote_steps);
  ADD ("drafts", test_drafts);
  ADD ("way-through", test_way_through);
  ADD ("credit-too-much", test_credit_too_much);
  ADD ("packages", test_packages);
  ADD ("packages-alike", test_packages_alike);
  ADD ("billed-again", test_billed_again);
  ADD ("day", test_day);
  ADD ("numbers", test_numbers);
  ADD ("merge", test_merge);
  ADD ("codes", test_codes);
  ADD ("verify", test_verify);
  ADD ("attention", test_attention);
  return g_test_run ();
}
