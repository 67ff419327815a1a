#include "money-fixture.h"

#include "desk-fees.h"
#include "desk-rates.h"

static void
add_fee (DeskFeeSchedule *schedule, const char *code, gint64 price, int sessions, const char *visit_type)
{
  DeskFee *fee = desk_fee_new ();

  g_free (fee->code);
  g_free (fee->name);
  g_free (fee->visit_type);
  fee->code = g_strdup (code);
  fee->name = g_strdup (code);
  fee->visit_type = g_strdup (visit_type);
  fee->price = price;
  fee->sessions = sessions;
  g_ptr_array_add (schedule->fees, fee);
}

void
money_fixture_set_up (StoreFixture *fixture, gconstpointer data)
{
  g_autoptr (GError) error = NULL;
  g_autoptr (DeskFeeSchedule) schedule = desk_fee_schedule_new (TODAY - 100);
  DeskRate rate = { .currency = (char *) "USD", .rate = 1492500, .source = (char *) "Bank", .on_day = TODAY - 1, .until_on = TODAY + 7 };

  store_fixture_set_up (fixture, data);
  store_exec (fixture,
              "PRAGMA synchronous = OFF;"
              "INSERT INTO clinic (id, uuid, name, name_ja, zone, tax_number) VALUES (1, 'money', 'Clinic', '', 'Asia/Tokyo', 'T4011001098993');"
              "INSERT INTO staff (id, name, role) VALUES (1, 'Ann', 'reception'), (2, 'Ben', 'reception');"
              "INSERT INTO patient (id, chart, family, given, created_at, updated_at) VALUES (1, 'P1', 'One', 'Olga', 0, 0), (2, 'P2', 'Two', '', 0, 0)");
  desk_db_set_actor (fixture->db, 1, NULL);
  add_fee (schedule, "draw", 50000, 0, "blood_draw");
  add_fee (schedule, "infusion", 300000, 0, "infusion");
  add_fee (schedule, "six", 1500000, 6, "infusion");
  if (!desk_fee_schedule_save (fixture->db, schedule, &error) || !desk_fee_schedule_close (fixture->db, schedule->id, schedule->version, &error)
      || !desk_rate_add (fixture->db, &rate, &error))
    g_error ("%s", error->message);
}

/* A draft of one line. */
gint64
money_fixture_quote (StoreFixture *fixture, gint64 patient_id, const char *code, int count, gint64 *version)
{
  g_autoptr (GError) error = NULL;
  g_autoptr (DeskFeeSchedule) schedule = desk_fee_schedule_on (fixture->db, TODAY, &error);
  g_autoptr (DeskQuote) quote = desk_quote_begin (fixture->db, patient_id, TODAY, &error);

  g_assert_no_error (error);
  g_ptr_array_add (quote->lines, desk_money_line_from_fee (desk_fee_schedule_find (schedule, code), count));
  if (!desk_quote_save (fixture->db, quote, &error))
    g_error ("%s", error->message);
  *version = quote->version;
  return quote->id;
}

gint64
money_fixture_accepted (StoreFixture *fixture, gint64 patient_id, const char *code, int count)
{
  g_autoptr (GError) error = NULL;
  gint64 version, id = money_fixture_quote (fixture, patient_id, code, count, &version);

  if (!desk_quote_send (fixture->db, id, &version, &error) || !desk_quote_accept (fixture->db, id, &version, TODAY, &error))
    g_error ("%s", error->message);
  return id;
}

gint64
money_fixture_invoice (StoreFixture *fixture, gint64 patient_id, const char *code, int count)
{
  g_autoptr (GError) error = NULL;
  g_autoptr (DeskInvoice) invoice
      = desk_invoice_begin_quote (fixture->db, money_fixture_accepted (fixture, patient_id, code, count), TODAY, &error);

  if (!invoice || !desk_invoice_make (fixture->db, invoice, FALSE, &error))
    g_error ("%s", error->message);
  return invoice->id;
}

gint64
money_fixture_pay (StoreFixture *fixture, gint64 patient_id, gint64 amount, gint64 invoice_id)
{
  g_autoptr (GError) error = NULL;
  g_autoptr (DeskPayment) payment = desk_payment_new (patient_id, TODAY);

  payment->amount = amount;
  if (!desk_payment_take (fixture->db, payment, invoice_id, &error))
    g_error ("%s", error->message);
  return payment->id;
}
