/* Amounts as people type them, currencies, tax on single invoices, and numbers of issuers. */
#include "desk-invoice.h"
#include "desk-tax.h"

#define LARGEST "9223372036854775807"

static void
test_read (void)
{
  static const struct
  {
    const char *text, *currency, *problem;
    gint64 amount;
  } rows[] = {
    { "1234567", "JPY", NULL, 1234567 },
    { "¥1,234,567", "JPY", NULL, 1234567 },
    { "￥１，２３４，５６７", "JPY", NULL, 1234567 },
    { "1234567円", "JPY", NULL, 1234567 },
    { " 1 234 567 円 ", "JPY", NULL, 1234567 },
    { "JPY 500", "JPY", NULL, 500 },
    { "-500", "JPY", NULL, -500 },
    { "−500", "JPY", NULL, -500 },
    { "-¥500", "JPY", NULL, -500 },
    { "12,34", "JPY", "amount-not-a-number", 0 },
    { "1234,567", "JPY", "amount-not-a-number", 0 },
    { ",123", "JPY", "amount-not-a-number", 0 },
    { "1,23,456", "JPY", "amount-not-a-number", 0 },
    { "1,234567", "JPY", "amount-not-a-number", 0 },
    { "1,234,", "JPY", "amount-not-a-number", 0 },
    { "--5", "JPY", "amount-not-a-number", 0 },
    { "5 apples", "JPY", "amount-not-a-number", 0 },
    { "$5", "JPY", "amount-not-a-number", 0 },
    { "1e6", "JPY", "amount-not-a-number", 0 },
    { "", "JPY", "amount-missing", 0 },
    { "¥", "JPY", "amount-missing", 0 },
    { "100.5", "JPY", "amount-too-fine", 0 },
    { "100.", "JPY", "amount-not-a-number", 0 },
    { LARGEST, "JPY", NULL, G_MAXINT64 },
    { "9223372036854775808", "JPY", "amount-too-large", 0 },
    { "99999999999999999999999", "JPY", "amount-too-large", 0 },
    { "$1,200.50", "USD", NULL, 120050 },
    { "US$1200.5", "USD", NULL, 120050 },
    { "1200 USD", "USD", NULL, 120000 },
    { "0.005", "USD", "amount-too-fine", 0 },
    { "92233720368547758.08", "USD", "amount-too-large", 0 },
    { "1.234", "KWD", NULL, 1234 },
    { "KRW 1,000", "KRW", NULL, 1000 },
    { "5", "XXQ", "currency-unknown", 0 },
  };

  for (guint i = 0; i < G_N_ELEMENTS (rows); i++)
    {
      gint64 amount = 0;
      const char *problem = desk_money_read (rows[i].text, rows[i].currency, &amount);

      if (g_strcmp0 (problem, rows[i].problem) || (!problem && amount != rows[i].amount))
        g_error ("«%s» %s: %s %" G_GINT64_FORMAT, rows[i].text, rows[i].currency, problem, amount);
    }
}

static void
test_format (void)
{
  static const struct
  {
    gint64 amount;
    const char *currency, *text, *plain;
  } rows[] = {
    { 0, "JPY", "0", "0" },
    { 999, "JPY", "999", "999" },
    { 1234567, "JPY", "1,234,567", "1234567" },
    { -1000, "JPY", "-1,000", "-1000" },
    { G_MININT64, "JPY", "-9,223,372,036,854,775,808", "-9223372036854775808" },
    { 5, "USD", "0.05", "0.05" },
    { 123456789, "USD", "1,234,567.89", "1234567.89" },
    { 1234567, "KWD", "1,234.567", "1234.567" },
  };

  for (guint i = 0; i < G_N_ELEMENTS (rows); i++)
    {
      g_autofree char *text = desk_money_format (rows[i].amount, rows[i].currency);
      g_autofree char *plain = desk_money_plain (rows[i].amount, rows[i].currency);

      g_assert_cmpstr (text, ==, rows[i].text);
      g_assert_cmpstr (plain, ==, rows[i].plain);
    }
}

static void
test_currencies (void)
{
  gint64 amount = 0, yen = 0;

  g_assert_cmpint (desk_currency_digits ("JPY"), ==, 0);
  g_assert_cmpint (desk_currency_digits ("USD"), ==, 2);
  g_assert_cmpint (desk_currency_digits ("KRW"), ==, 0);
  g_assert_cmpint (desk_currency_digits ("KWD"), ==, 3);
  g_assert_cmpint (desk_currency_digits ("usd"), ==, -1);
  g_assert_cmpint (desk_currency_digits (" US"), ==, -1);
  /* ¥149.25 for a dollar: 1,000,000 yen are 6,700.1675… dollars. */
  g_assert_true (desk_money_from_yen (1000000, 1492500, "USD", &amount));
  g_assert_cmpint (amount, ==, 670017);
  g_assert_true (desk_money_to_yen (670017, 1492500, "USD", &yen));
  g_assert_cmpint (yen, ==, 1000000);
  /* A half goes up. */
  g_assert_true (desk_money_from_yen (1, 20000, "KRW", &amount));
  g_assert_cmpint (amount, ==, 1);
  g_assert_true (desk_money_from_yen (1, 20001, "KRW", &amount));
  g_assert_cmpint (amount, ==, 0);
  g_assert_true (desk_money_from_yen (DESK_MONEY_MAX, 4850000, "KWD", &amount));
  g_assert_cmpint (amount, ==, G_GINT64_CONSTANT (2061855670103093));
  g_assert_false (desk_money_from_yen (G_MAXINT64, 1, "USD", &amount));
  g_assert_false (desk_money_to_yen (G_MAXINT64, DESK_RATE_MAX, "KRW", &yen));
  g_assert_false (desk_money_from_yen (1, 0, "USD", &amount));
  g_assert_false (desk_money_from_yen (1, 1, "ZZZ", &amount));
}

/* What the open yen come to in dollars settles them to the yen, whatever the cents would be worth the other way. */
static void
test_settle (void)
{
  const gint64 rate = 1492500;
  guint otherwise = 0;

  for (gint64 open = 1; open < 3000; open++)
    {
      gint64 dollars = 0, back = 0, yen = 0;

      g_assert_true (desk_money_from_yen (open, rate, "USD", &dollars));
      if (dollars == 0)
        continue;
      g_assert_true (desk_money_to_yen (dollars, rate, "USD", &back));
      otherwise += back != open;
      g_assert_null (desk_foreign_settle (dollars, rate, "USD", open, &yen));
      g_assert_cmpint (yen, ==, open);
    }
  g_assert_cmpuint (otherwise, >, 500);
  gint64 part = 0;
  g_assert_null (desk_foreign_settle (10000, rate, "USD", 2222000, &part)); /* a part is reckoned */
  g_assert_cmpint (part, ==, 14925);
  g_assert_null (desk_foreign_settle (10000, rate, "USD", 0, &part));
  g_assert_cmpint (part, ==, 14925);
}

static void
test_day (void)
{
  static const struct
  {
    DeskDay day;
    const char *code;
    gboolean blocks;
  } rows[] = { { 1000, NULL, FALSE }, { 1001, "in-future", TRUE }, { 969, NULL, FALSE }, { 968, "weeks-ago", FALSE }, { 0, "weeks-ago", FALSE } };

  for (guint i = 0; i < G_N_ELEMENTS (rows); i++)
    {
      g_autoptr (DeskProblems) problems = desk_problems_new ();

      desk_money_day_check (rows[i].day, 1000, "received_on", problems);
      const DeskProblem *problem = desk_problems_find (problems, "received_on");
      g_assert_cmpstr (problem ? problem->code : NULL, ==, rows[i].code);
      g_assert_cmpint (desk_problems_block (problems), ==, rows[i].blocks);
    }
}

static void
test_rates (void)
{
  static const struct
  {
    const char *text, *problem, *back;
    gint64 rate;
  } rows[] = { { "149.25", NULL, "149.25", 1492500 }, { "１４９", NULL, "149", 1490000 }, { "0.1075", NULL, "0.1075", 1075 },
               { "0.10755", "amount-too-fine", NULL, 0 }, { "0", "rate-out-of-range", NULL, 0 }, { "-1", "rate-out-of-range", NULL, 0 },
               { "", "amount-missing", NULL, 0 },      { "about 150", "amount-not-a-number", NULL, 0 } };

  for (guint i = 0; i < G_N_ELEMENTS (rows); i++)
    {
      gint64 rate = 0;

      g_assert_cmpstr (desk_rate_read (rows[i].text, &rate), ==, rows[i].problem);
      if (rows[i].problem)
        continue;
      g_autofree char *back = desk_rate_format (rate);
      g_assert_cmpint (rate, ==, rows[i].rate);
      g_assert_cmpstr (back, ==, rows[i].back);
    }
}

static void
test_issuers (void)
{
  static const struct
  {
    const char *number, *problem;
  } rows[] = { { "", NULL },
               { "T4011001098993", NULL },
               { "T2120901007402", NULL },
               { "T7010705000725", NULL },
               { "T7123456789012", NULL },
               { "T7000012050002", NULL },
               { "T1234567890123", "tax-number-check" },
               { "4011001098993", "tax-number-shape" },
               { "T401100109899", "tax-number-shape" },
               { "T40110010989933", "tax-number-shape" },
               { "T401100109899X", "tax-number-shape" } };

  for (guint i = 0; i < G_N_ELEMENTS (rows); i++)
    g_assert_cmpstr (desk_tax_number_problem (rows[i].number), ==, rows[i].problem);
}

typedef struct
{
  DeskTaxLine lines[4];
  guint n;
  gboolean with_tax;
  DeskTaxRound round;
  const char *problem;
  gint64 net, tax;
} Bill;

static void
test_tax (void)
{
  static const Bill bills[] = {
    /* Three lines of 105 each: once 31, not three times 10. */
    { { { 1, 105, 10 }, { 1, 105, 10 }, { 1, 105, 10 } }, 3, FALSE, DESK_TAX_DOWN, NULL, 315, 31 },
    { { { 1, 105, 10 }, { 1, 105, 10 }, { 1, 105, 10 } }, 3, FALSE, DESK_TAX_NEAREST, NULL, 315, 32 },
    { { { 1, 101, 10 } }, 1, FALSE, DESK_TAX_UP, NULL, 101, 11 },
    { { { 1, 105, 10 }, { 1, 105, 8 }, { 2, 105, 0 } }, 3, FALSE, DESK_TAX_DOWN, NULL, 420, 18 },
    { { { 1, 1100, 10 } }, 1, TRUE, DESK_TAX_DOWN, NULL, 1000, 100 },
    { { { 1, 100, 10 } }, 1, TRUE, DESK_TAX_DOWN, NULL, 91, 9 },
    { { { 1, 100, 10 } }, 1, TRUE, DESK_TAX_UP, NULL, 90, 10 },
    { { { 1, 1000, 10 }, { 1, -300, 10 } }, 2, FALSE, DESK_TAX_DOWN, NULL, 700, 70 },
    { { { 1, 1000, 10 }, { 1, -300, 8 } }, 2, FALSE, DESK_TAX_DOWN, "discount-too-much", 0, 0 },
    { { { 1, 1000, 5 } }, 1, FALSE, DESK_TAX_DOWN, "tax-rate-unknown", 0, 0 },
    { { { G_MAXINT64, 2, 10 } }, 1, FALSE, DESK_TAX_DOWN, "amount-too-large", 0, 0 },
    { { { 1, G_MAXINT64, 10 }, { 1, 1, 10 } }, 2, FALSE, DESK_TAX_DOWN, "amount-too-large", 0, 0 },
    { { { 1, DESK_MONEY_MAX, 0 } }, 1, FALSE, DESK_TAX_DOWN, NULL, DESK_MONEY_MAX, 0 },
    { { { 1, DESK_MONEY_MAX, 10 } }, 1, FALSE, DESK_TAX_DOWN, "amount-too-large", 0, 0 },
    { { { 0 } }, 0, FALSE, DESK_TAX_DOWN, NULL, 0, 0 },
  };

  for (guint i = 0; i < G_N_ELEMENTS (bills); i++)
    {
      DeskTaxSum sum;
      const char *problem = desk_tax_sum (bills[i].lines, bills[i].n, bills[i].with_tax, bills[i].round, &sum);

      g_assert_cmpstr (problem, ==, bills[i].problem);
      if (!problem && (sum.net != bills[i].net || sum.tax != bills[i].tax || sum.total != bills[i].net + bills[i].tax))
        g_error ("bill %u: %" G_GINT64_FORMAT " + %" G_GINT64_FORMAT, i, sum.net, sum.tax);
    }
}

/* What was billed with one rounding is taken back in parts to the yen. */
static void
test_credit (void)
{
  static const DeskTaxLine billed[] = { { 3, 105, 10 } }, one[] = { { 1, 105, 10 } }, much[] = { { 1, 106, 10 } };
  static const int taxes[] = { 10, 11, 10 };
  DeskTaxSum all, before, sum;

  g_assert_null (desk_tax_sum (billed, 1, FALSE, DESK_TAX_DOWN, &all));
  desk_tax_sum_init (&before);
  for (int i = 0; i < 3; i++)
    {
      if (i == 2)
        g_assert_cmpstr (desk_tax_credit (&all, &before, much, 1, FALSE, DESK_TAX_DOWN, &sum), ==, "credit-too-much");
      g_assert_null (desk_tax_credit (&all, &before, one, 1, FALSE, DESK_TAX_DOWN, &sum));
      g_assert_cmpint (sum.tax, ==, taxes[i]);
      before.rates[0].net += sum.rates[0].net;
      before.rates[0].tax += sum.rates[0].tax;
    }
  g_assert_cmpint (before.rates[0].tax, ==, all.tax);
}

int
main (int argc, char **argv)
{
  g_test_init (&argc, &argv, NULL);
  g_test_add_func ("/money/read", test_read);
  g_test_add_func ("/money/format", test_format);
  g_test_add_func ("/money/currencies", test_currencies);
  g_test_add_func ("/money/rates", test_rates);
  g_test_add_func ("/money/issuers", test_issuers);
  g_test_add_func ("/money/tax", test_tax);
  g_test_add_func ("/money/credit", test_credit);
  g_test_add_func ("/money/settle", test_settle);
  g_test_add_func ("/money/day", test_day);
  return g_test_run ();
}
