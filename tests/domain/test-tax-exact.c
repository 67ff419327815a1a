/* Random invoices beside exact rational arithmetic, which shares no line with ours. A million: -m slow */
#include "desk-tax.h"

#include <gmp.h>

#define MAX_LINES 24

typedef struct
{
  DeskTaxLine lines[MAX_LINES];
  guint n;
  gboolean with_tax;
  DeskTaxRound round;
} Bill;

/* What the rational side says; sums in yen. */
typedef struct
{
  mpz_t net, tax, total;
  gboolean negative, large, wide; /* a rate below zero; more than an invoice may be; more than 64 bits on the way */
} Exact;

static gint64
random_between (GRand *rand, gint64 low, gint64 high)
{
  guint64 wide = (guint64) g_rand_int (rand) << 32 | g_rand_int (rand);

  return low + (gint64) (wide % (guint64) (high - low + 1));
}

static gint64
random_price (GRand *rand)
{
  switch (g_rand_int_range (rand, 0, 12))
    {
    case 0:
      return random_between (rand, -5000, 0);
    case 1:
      return random_between (rand, 0, 20);
    case 2:
      return random_between (rand, DESK_PRICE_MAX - 10, DESK_PRICE_MAX);
    case 3:
      return g_rand_int_range (rand, 0, 200) ? 105 : G_MAXINT64 - g_rand_int_range (rand, 0, 2);
    default:
      return random_between (rand, 1, 3000000);
    }
}

static void
random_bill (GRand *rand, Bill *bill)
{
  static const int rates[] = { 10, 10, 10, 8, 0 };

  bill->n = (guint) g_rand_int_range (rand, 0, MAX_LINES + 1);
  bill->with_tax = g_rand_boolean (rand);
  bill->round = (DeskTaxRound) g_rand_int_range (rand, 0, DESK_N_TAX_ROUNDS);
  for (guint i = 0; i < bill->n; i++)
    {
      bill->lines[i].count = g_rand_int_range (rand, 0, 20) ? g_rand_int_range (rand, 1, 12) : random_between (rand, 1, DESK_COUNT_MAX);
      bill->lines[i].price = random_price (rand);
      bill->lines[i].tax = rates[g_rand_int_range (rand, 0, G_N_ELEMENTS (rates))];
    }
}

static void
round_exact (mpz_t out, const mpq_t value, DeskTaxRound round)
{
  mpq_t half;

  mpq_init (half);
  mpq_set_si (half, round == DESK_TAX_NEAREST ? 1 : 0, 2);
  mpq_canonicalize (half);
  mpq_add (half, half, value);
  if (round == DESK_TAX_UP)
    mpz_cdiv_q (out, mpq_numref (half), mpq_denref (half));
  else
    mpz_fdiv_q (out, mpq_numref (half), mpq_denref (half));
  mpq_clear (half);
}

/* The tax of one rate as a fraction, rounded at the end. */
static void
add_rate (const Bill *bill, int rate, Exact *exact)
{
  mpz_t base, amount, tax;
  mpq_t value, factor;

  mpz_inits (base, amount, tax, NULL);
  mpq_inits (value, factor, NULL);
  for (guint i = 0; i < bill->n; i++)
    if (bill->lines[i].tax == rate)
      {
        mpz_set_si (amount, bill->lines[i].price);
        mpz_mul_si (amount, amount, bill->lines[i].count);
        exact->wide |= !mpz_fits_slong_p (amount);
        mpz_add (base, base, amount);
        exact->wide |= !mpz_fits_slong_p (base);
      }
  exact->negative |= mpz_sgn (base) < 0;
  exact->large |= mpz_cmp_si (base, DESK_MONEY_MAX) > 0;
  mpq_set_z (value, base);
  mpq_set_si (factor, rate, (unsigned long) (bill->with_tax ? 100 + rate : 100));
  mpq_canonicalize (factor);
  mpq_mul (value, value, factor);
  round_exact (tax, value, bill->round);
  mpz_add (exact->tax, exact->tax, tax);
  mpz_add (exact->net, exact->net, base);
  if (bill->with_tax)
    mpz_sub (exact->net, exact->net, tax);
  mpq_clears (value, factor, NULL);
  mpz_clears (base, amount, tax, NULL);
}

static gboolean
same (const mpz_t exact, gint64 ours)
{
  return mpz_cmp_si (exact, ours) == 0;
}

static gboolean
check_bill (const Bill *bill, gboolean *refused)
{
  static const int rates[] = { 0, 8, 10 };
  Exact exact = { .negative = FALSE };
  DeskTaxSum sum;
  const char *problem = desk_tax_sum (bill->lines, bill->n, bill->with_tax, bill->round, &sum);
  gboolean right;

  mpz_inits (exact.net, exact.tax, exact.total, NULL);
  for (guint i = 0; i < G_N_ELEMENTS (rates); i++)
    add_rate (bill, rates[i], &exact);
  mpz_add (exact.total, exact.net, exact.tax);
  exact.large |= mpz_cmp_si (exact.total, DESK_MONEY_MAX) > 0;
  *refused = problem != NULL;
  if (problem)
    right = exact.negative || exact.large || exact.wide;
  else
    right = !exact.negative && !exact.large && !exact.wide && same (exact.net, sum.net) && same (exact.tax, sum.tax)
            && same (exact.total, sum.total);
  mpz_clears (exact.net, exact.tax, exact.total, NULL);
  return right;
}

static void
test_invoices (void)
{
  guint32 seed = (guint32) g_test_rand_int ();
  g_autoptr (GRand) rand = g_rand_new_with_seed (seed);
  int n = g_test_slow () ? 1000000 : 20000, refused = 0;

  for (int i = 0; i < n; i++)
    {
      Bill bill;
      gboolean was;

      random_bill (rand, &bill);
      if (!check_bill (&bill, &was))
        g_error ("seed %u, invoice %d: %u lines, %s tax, %s", seed, i, bill.n, bill.with_tax ? "with" : "without",
                 desk_tax_round_name (bill.round));
      refused += was;
    }
  g_test_message ("%d invoices, of which %d refused", n, refused);
  g_assert_cmpint (refused, >, n / 100);
  g_assert_cmpint (refused, <, n * 3 / 4);
}

/* Any way of taking an invoice back in parts takes back what was billed, to the yen and never beyond. */
static void
test_credits (void)
{
  g_autoptr (GRand) rand = g_rand_new_with_seed ((guint32) g_test_rand_int ());

  for (int i = 0; i < (g_test_slow () ? 200000 : 5000); i++)
    {
      gint64 left = random_between (rand, 1, 3000000);
      DeskTaxLine line = { 1, left, g_rand_boolean (rand) ? 10 : 8 };
      gboolean with_tax = g_rand_boolean (rand);
      DeskTaxRound round = (DeskTaxRound) g_rand_int_range (rand, 0, DESK_N_TAX_ROUNDS);
      DeskTaxSum billed, before, part;

      desk_tax_sum_init (&before);
      g_assert_null (desk_tax_sum (&line, 1, with_tax, round, &billed));
      while (left > 0)
        {
          gint64 some = random_between (rand, 1, 1000000);

          line.price = MIN (left, some);
          left -= line.price;
          g_assert_cmpstr (desk_tax_credit (&billed, &before, &line, 1, with_tax, round, &part), ==, NULL);
          g_assert_true (part.net >= 0 && part.tax >= 0);
          for (int r = 0; r < DESK_TAX_RATES; r++)
            {
              before.rates[r].net += part.rates[r].net;
              before.rates[r].tax += part.rates[r].tax;
            }
          before.total += part.total;
        }
      g_assert_cmpint (before.total, ==, billed.total);
    }
}

/* Yen into another currency and back, beside fractions. */
static void
test_currencies (void)
{
  static const struct
  {
    const char *currency;
    unsigned long unit;
  } rows[] = { { "USD", 100 }, { "KRW", 1 }, { "KWD", 1000 } };
  g_autoptr (GRand) rand = g_rand_new_with_seed ((guint32) g_test_rand_int ());

  for (int i = 0; i < (g_test_slow () ? 1000000 : 20000); i++)
    {
      guint which = (guint) g_rand_int_range (rand, 0, G_N_ELEMENTS (rows));
      gint64 yen = random_between (rand, 0, g_rand_boolean (rand) ? 10000000 : DESK_MONEY_MAX), rate = random_between (rand, 1, 5000000), ours = 0;
      mpq_t value, factor;
      mpz_t out;

      mpq_inits (value, factor, NULL);
      mpz_init (out);
      mpq_set_si (value, yen, 1);
      mpq_set_ui (factor, DESK_RATE_UNIT * rows[which].unit, (unsigned long) rate);
      mpq_canonicalize (factor);
      mpq_mul (value, value, factor);
      round_exact (out, value, DESK_TAX_NEAREST);
      gboolean fits = mpz_fits_slong_p (out);
      g_assert_cmpint (desk_money_from_yen (yen, rate, rows[which].currency, &ours), ==, fits);
      g_assert_true (!fits || same (out, ours));
      mpz_clear (out);
      mpq_clears (value, factor, NULL);
    }
}

int
main (int argc, char **argv)
{
  g_test_init (&argc, &argv, NULL);
  g_test_add_func ("/tax-exact/invoices", test_invoices);
  g_test_add_func ("/tax-exact/credits", test_credits);
  g_test_add_func ("/tax-exact/currencies", test_currencies);
  return g_test_run ();
}
