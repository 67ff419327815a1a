#include "desk-tax.h"

static const int rates[DESK_TAX_RATES] = { 10, 8, 0 };
static const char *const names[DESK_N_TAX_ROUNDS] = { "down", "nearest", "up" };

/* As the file has it; static. */
const char *
desk_tax_round_name (DeskTaxRound round)
{
  return names[round];
}

/* Down for anything else. */
DeskTaxRound
desk_tax_round_read (const char *name)
{
  for (int i = 0; i < DESK_N_TAX_ROUNDS; i++)
    if (g_strcmp0 (names[i], name) == 0)
      return (DeskTaxRound) i;
  return DESK_TAX_DOWN;
}

/* Nothing of any rate. */
void
desk_tax_sum_init (DeskTaxSum *sum)
{
  *sum = (DeskTaxSum){ 0 };
  for (guint i = 0; i < DESK_TAX_RATES; i++)
    sum->rates[i].rate = rates[i];
}

/* What is summed of that rate; NULL for a rate that there is not. */
DeskTaxRate *
desk_tax_sum_rate (DeskTaxSum *sum, int rate)
{
  for (guint i = 0; i < DESK_TAX_RATES; i++)
    if (rates[i] == rate)
      return &sum->rates[i];
  return NULL;
}

/* of × by / over, which is not negative, rounded; the product is small enough once of is within DESK_MONEY_MAX. */
static gint64
part (gint64 of, int by, int over, DeskTaxRound round)
{
  gint64 product = of * by, whole = product / over, rest = product % over;

  switch (round)
    {
    case DESK_TAX_UP:
      return whole + (rest > 0);
    case DESK_TAX_NEAREST:
      return whole + (rest * 2 >= over);
    case DESK_TAX_DOWN:
    default:
      return whole;
    }
}

static gint64
tax_of (gint64 base, int rate, gboolean with_tax, DeskTaxRound round)
{
  return with_tax ? part (base, rate, 100 + rate, round) : part (base, rate, 100, round);
}

/* The lines of each rate added up as they are priced, in net. */
static const char *
add_lines (const DeskTaxLine *lines, guint n, DeskTaxSum *sum)
{
  desk_tax_sum_init (sum);
  for (guint i = 0; i < n; i++)
    {
      DeskTaxRate *rate = desk_tax_sum_rate (sum, lines[i].tax);
      gint64 amount;

      if (!rate)
        return "tax-rate-unknown";
      if (!desk_money_times (lines[i].count, lines[i].price, &amount) || !desk_money_add (rate->net, amount, &rate->net))
        return "amount-too-large";
      rate->lines++;
    }
  for (guint i = 0; i < DESK_TAX_RATES; i++)
    {
      if (sum->rates[i].net > DESK_MONEY_MAX)
        return "amount-too-large";
      if (sum->rates[i].net < 0)
        return "discount-too-much";
    }
  return NULL;
}

static const char *
add_rates (DeskTaxSum *sum)
{
  for (guint i = 0; i < DESK_TAX_RATES; i++)
    {
      sum->net += sum->rates[i].net;
      sum->tax += sum->rates[i].tax;
    }
  sum->total = sum->net + sum->tax;
  return sum->total > DESK_MONEY_MAX ? "amount-too-large" : NULL;
}

/* Adds up an invoice or a quote, with prices that contain the tax or do not. NULL, or why it cannot be: tax-rate-unknown,
 * amount-too-large, discount-too-much (more is taken off what has a rate than there is of it). */
const char *
desk_tax_sum (const DeskTaxLine *lines, guint n, gboolean with_tax, DeskTaxRound round, DeskTaxSum *sum)
{
  const char *problem = add_lines (lines, n, sum);

  for (guint i = 0; !problem && i < DESK_TAX_RATES; i++)
    {
      DeskTaxRate *rate = &sum->rates[i];

      rate->tax = tax_of (rate->net, rate->rate, with_tax, round);
      if (with_tax)
        rate->net -= rate->tax;
    }
  return problem ? problem : add_rates (sum);
}

/* Adds up a credit note on what was billed, of which before was taken back already. All that was taken back of a rate is
 * rounded as one, so that several notes on a whole invoice take back its tax to the yen, and never more. Codes as above,
 * and credit-too-much. */
const char *
desk_tax_credit (const DeskTaxSum *billed, const DeskTaxSum *before, const DeskTaxLine *lines, guint n, gboolean with_tax,
                 DeskTaxRound round, DeskTaxSum *sum)
{
  const char *problem = add_lines (lines, n, sum);

  for (guint i = 0; !problem && i < DESK_TAX_RATES; i++)
    {
      DeskTaxRate *rate = &sum->rates[i];
      const DeskTaxRate *was = &billed->rates[i], *gone = &before->rates[i];
      gint64 all = rate->net + gone->net + (with_tax ? gone->tax : 0);

      if (all > was->net + (with_tax ? was->tax : 0))
        return "credit-too-much";
      rate->tax = tax_of (all, rate->rate, with_tax, round) - gone->tax;
      if (with_tax)
        rate->net -= rate->tax;
    }
  return problem ? problem : add_rates (sum);
}
