/* What the file itself refuses about money: raw SQL past the program. */
#include "desk-packages.h"
#include "money-fixture.h"

typedef struct
{
  const char *sql, *message;
} Refusal;

/* Quote 1 is billed by invoice 1 (55,000), paid by payment 1; payment 2 is a deposit of 1,000; invoice 2 is a package of
 * six; quote 3 is out, quote 4 a draft. */
static void
set_up (StoreFixture *fixture, gconstpointer data)
{
  g_autoptr (GError) error = NULL;
  gint64 version, quote;

  money_fixture_set_up (fixture, data);
  gint64 invoice = money_fixture_invoice (fixture, 1, "draw", 1);
  money_fixture_pay (fixture, 1, 55000, invoice);
  money_fixture_pay (fixture, 1, 1000, 0);
  money_fixture_invoice (fixture, 1, "six", 1);
  quote = money_fixture_quote (fixture, 1, "draw", 1, &version);
  g_assert_true (desk_quote_send (fixture->db, quote, &version, &error));
  money_fixture_quote (fixture, 1, "draw", 1, &version);
  store_exec (fixture, "INSERT INTO visit (id, patient_id, type, status, starts_at, ends_at, busy_from, busy_until, created_at) VALUES"
                       " (1, 1, 'infusion', 'booked', 4102444800, 4102448400, 4102444800, 4102448400, 0),"
                       " (2, 1, 'consultation', 'booked', 4103049600, 4103053200, 4103049600, 4103053200, 0);"
                       "INSERT INTO day_close (id, day, at, by_id) VALUES (1, '2026-01-05', 0, 1)");
}

#define PART "INSERT INTO payment_part (payment_id, invoice_id, patient_id, amount, at) VALUES "
#define REFUND "INSERT INTO refund (patient_id, number, payment_id, amount, method, paid_on, reason, at) VALUES "
#define PAYMENT "INSERT INTO payment (patient_id, number, amount, method, received_on, at) VALUES "
#define USE "INSERT INTO package_use (package_id, patient_id, state, visit_id, reason, at) VALUES "
#define CREDIT \
  "INSERT INTO invoice (patient_id, number, kind, credits, issued_on, recipient, with_tax, tax_round, net, tax, total, at) VALUES "
#define INVOICE \
  "INSERT INTO invoice (patient_id, number, quote_id, issued_on, recipient, with_tax, tax_round, net, tax, total, at) VALUES "

static const Refusal refusals[] = {
  { "UPDATE series SET last = 0 WHERE name = 'receipt'", "number-reuse" },
  { "UPDATE series SET name = 'x' WHERE name = 'receipt'", "number-reuse" },
  { "DELETE FROM series", "number-reuse" },
  { "UPDATE fee SET price = 1", "fees-closed" },
  { "DELETE FROM fee", "fees-closed" },
  { "INSERT INTO fee (schedule_id, code, position, name, price) VALUES (1, 'x', 9, 'x', 1)", "fees-closed" },
  { "UPDATE fee_schedule SET note = 'x'", "fees-closed" },
  { "UPDATE exchange_rate SET rate = 1", "journal-only-grows" },
  { "DELETE FROM exchange_rate", "journal-only-grows" },
  { "INSERT INTO quote (patient_id, number, status, made_on, valid_until, with_tax, tax_round, at) VALUES (1, 'x', 'sent', 'a', 'b', 0, 'down', 0)",
    "quote-step" },
  { "UPDATE quote SET status = 'draft' WHERE id = 3", "quote-step" },
  { "UPDATE quote SET status = 'accepted', accepted_on = '2026-11-22' WHERE id = 4", "quote-step" },
  { "UPDATE quote SET status = 'accepted' WHERE id = 3", "quote-lapsed" },
  { "UPDATE quote SET status = 'accepted', accepted_on = '2099-01-01' WHERE id = 3", "quote-lapsed" },
  { "UPDATE quote SET status = 'replaced' WHERE id = 1", "quote-invoiced" },
  { "UPDATE quote SET accepted_on = '2026-01-01' WHERE id = 1", "quote-fixed" },
  { "UPDATE quote SET total = 1, net = 1, tax = 0 WHERE id = 3", "quote-fixed" },
  { "UPDATE quote_line SET price = 1 WHERE quote_id = 3", "quote-fixed" },
  { "DELETE FROM quote_line WHERE quote_id = 3", "quote-fixed" },
  { "DELETE FROM quote WHERE id = 3", "journal-only-grows" },
  { "DELETE FROM quote_line WHERE quote_id = 4; UPDATE quote SET status = 'sent' WHERE id = 4", "quote-empty" },
  { INVOICE "(1, 'x', 3, 'd', 'r', 0, 'down', 1, 0, 1, 0)", "quote-not-accepted" },
  { "UPDATE invoice SET total = 1, net = 1, tax = 0 WHERE id = 1", "journal-only-grows" },
  { "UPDATE invoice SET recipient = 'x' WHERE id = 1", "journal-only-grows" },
  { "DELETE FROM invoice", "journal-only-grows" },
  { "UPDATE invoice_line SET price = 1", "journal-only-grows" },
  { "UPDATE invoice_tax SET tax = 1", "journal-only-grows" },
  { "UPDATE payment SET amount = 1", "journal-only-grows" },
  { "DELETE FROM payment", "journal-only-grows" },
  { "UPDATE payment SET patient_id = 2", "owner-is-fixed" },
  { PART "(2, 1, 1, 1, 0)", "invoice-overpaid" },
  { PART "(2, 2, 1, 1001, 0)", "payment-spent" },
  { PART "(2, 2, 1, -1, 0)", "payment-part-below-zero" },
  { "UPDATE payment_part SET amount = 1", "journal-only-grows" },
  { "DELETE FROM payment_part", "journal-only-grows" },
  { REFUND "(1, 'x', 1, 1, 'cash', '2026-11-22', 'r', 0)", "payment-spent" },
  { REFUND "(1, 'x', 2, 1001, 'cash', '2026-11-22', 'r', 0)", "payment-spent" },
  { REFUND "(1, 'x', 2, 1, 'cash', '2026-01-05', 'r', 0)", "day-closed" },
  { PAYMENT "(1, 'x', 1, 'cash', '2026-01-05', 0)", "day-closed" },
  { CREDIT "(1, 'x', 'credit', 1, 'd', 'r', 0, 'down', 55001, 0, 55001, 0)", "credit-too-much" },
  { CREDIT "(2, 'x', 'credit', 1, 'd', 'r', 0, 'down', 1, 0, 1, 0)", "credit-too-much" },
  { USE "(1, 1, 'reserved', 2, '', 0)", "package-type" },
  { USE "(1, 1, 'used', 1, '', 0)", "package-step" },
  { "UPDATE package SET sessions = 9", "journal-only-grows" },
  { "DELETE FROM package", "journal-only-grows" },
  { "DELETE FROM day_close", "journal-only-grows" },
  { "UPDATE day_close SET day = '2026-01-06'", "journal-only-grows" },
};

static void
test_refused (StoreFixture *fixture, gconstpointer data)
{
  for (guint i = 0; i < G_N_ELEMENTS (refusals); i++)
    {
      store_exec (fixture, "SAVEPOINT one");
      store_refuse (fixture, refusals[i].sql, DESK_ERROR_REFUSED, refusals[i].message);
      store_exec (fixture, "ROLLBACK TO one; RELEASE one");
    }
}

/* Whoever the row says it is of, it is of whom the money is. */
static void
test_owner (StoreFixture *fixture, gconstpointer data)
{
  store_refuse (fixture, PART "(2, 2, 2, 1, 0)", DESK_ERROR_REFUSED, "FOREIGN KEY");
  store_refuse (fixture, REFUND "(2, 'x', 2, 1, 'cash', '2026-11-22', 'r', 0)", DESK_ERROR_REFUSED, "FOREIGN KEY");
  store_refuse (fixture, "INSERT INTO payment (patient_id, number, amount, method, currency, received_on, at) VALUES (1, 'x', 1, 'cash', 'USD', 'd', 0)",
                DESK_ERROR_REFUSED, "CHECK");
  store_refuse (fixture, "INSERT INTO day_close (day, at, by_id, witness_id) VALUES ('2026-01-09', 0, 1, 1)", DESK_ERROR_REFUSED, "CHECK");
  store_refuse (fixture, "INSERT INTO day_close_line (close_id, currency, method, expected, counted) VALUES (1, 'JPY', 'cash', 2, 1)",
                DESK_ERROR_REFUSED, "CHECK");
}

/* The seventh session of six; and none of those that are void comes back. */
static void
test_sessions (StoreFixture *fixture, gconstpointer data)
{
  g_autoptr (GError) error = NULL;

  g_assert_true (desk_package_void (fixture->db, 1, 6, "stops", &error));
  store_refuse (fixture, USE "(1, 1, 'void', NULL, 'r', 0)", DESK_ERROR_REFUSED, "package-empty");
  store_refuse (fixture, "UPDATE package_use SET ended_at = 1", DESK_ERROR_REFUSED, "journal-only-grows");
  store_refuse (fixture, "UPDATE package_use SET state = 'used'", DESK_ERROR_REFUSED, NULL);
  store_refuse (fixture, "DELETE FROM package_use", DESK_ERROR_REFUSED, "journal-only-grows");
}

int
main (int argc, char **argv)
{
  g_test_init (&argc, &argv, NULL);
  g_test_add ("/schema-money/refused", StoreFixture, NULL, set_up, test_refused, store_fixture_tear_down);
  g_test_add ("/schema-money/owner", StoreFixture, NULL, set_up, test_owner, store_fixture_tear_down);
  g_test_add ("/schema-money/sessions", StoreFixture, NULL, set_up, test_sessions, store_fixture_tear_down);
  return g_test_run ();
}
