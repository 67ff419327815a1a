#include "desk-quote.h"

/* ── lines ───────────────────────────────────────────────────────────────────────────────────── */

DeskMoneyLine *
desk_money_line_new (void)
{
  DeskMoneyLine *line = g_new0 (DeskMoneyLine, 1);

  line->code = g_strdup ("");
  line->words = g_strdup ("");
  line->words_ja = g_strdup ("");
  line->visit_type = g_strdup ("");
  line->count = 1;
  line->tax = 10;
  return line;
}

DeskMoneyLine *
desk_money_line_copy (const DeskMoneyLine *line)
{
  DeskMoneyLine *copy = g_memdup2 (line, sizeof *line);

  copy->code = g_strdup (line->code);
  copy->words = g_strdup (line->words);
  copy->words_ja = g_strdup (line->words_ja);
  copy->visit_type = g_strdup (line->visit_type);
  return copy;
}

/* A line that charges the fee so many times. */
DeskMoneyLine *
desk_money_line_from_fee (const DeskFee *fee, gint64 count)
{
  DeskMoneyLine *line = g_new0 (DeskMoneyLine, 1);

  line->code = g_strdup (fee->code);
  line->words = g_strdup (fee->name);
  line->words_ja = g_strdup (fee->name_ja);
  line->visit_type = g_strdup (fee->visit_type);
  line->count = count;
  line->price = fee->price;
  line->tax = fee->tax;
  line->sessions = fee->sessions;
  return line;
}

void
desk_money_line_free (DeskMoneyLine *line)
{
  if (!line)
    return;
  g_free (line->code);
  g_free (line->words);
  g_free (line->words_ja);
  g_free (line->visit_type);
  g_free (line);
}

static void
free_line (gpointer line)
{
  desk_money_line_free (line);
}

GPtrArray *
desk_money_lines_new (void)
{
  return g_ptr_array_new_with_free_func (free_line);
}

GPtrArray *
desk_money_lines_copy (const GPtrArray *lines)
{
  GPtrArray *copy = desk_money_lines_new ();

  for (guint i = 0; i < lines->len; i++)
    g_ptr_array_add (copy, desk_money_line_copy (lines->pdata[i]));
  return copy;
}

/* For desk_tax_sum () and desk_tax_credit (). */
static GArray *
tax_lines (const GPtrArray *lines)
{
  GArray *plain = g_array_new (FALSE, FALSE, sizeof (DeskTaxLine));

  for (guint i = 0; i < lines->len; i++)
    {
      const DeskMoneyLine *line = lines->pdata[i];
      DeskTaxLine one = { line->count, line->price, line->tax };

      g_array_append_val (plain, one);
    }
  return plain;
}

/* Adds the lines up; NULL, or a code of desk_tax_sum (). */
const char *
desk_money_lines_sum (const GPtrArray *lines, gboolean with_tax, DeskTaxRound round, DeskTaxSum *sum)
{
  g_autoptr (GArray) plain = tax_lines (lines);

  return desk_tax_sum ((const DeskTaxLine *) plain->data, plain->len, with_tax, round, sum);
}

static void
check_line (const DeskMoneyLine *line, const char *number, DeskProblems *problems)
{
  if (*line->words == '\0')
    desk_problems_add (problems, "words", "missing", number);
  if (g_utf8_strlen (line->words, -1) > DESK_FEE_WORDS || g_utf8_strlen (line->words_ja, -1) > DESK_FEE_WORDS)
    desk_problems_add (problems, "words", "too-long", number);
  if (line->count < 1 || line->count > DESK_COUNT_MAX)
    desk_problems_add (problems, "count", "out-of-range", number);
  if (line->price < -DESK_PRICE_MAX || line->price > DESK_PRICE_MAX)
    desk_problems_add (problems, "price", "amount-too-large", number);
  if (line->tax != 10 && line->tax != 8 && line->tax != 0)
    desk_problems_add (problems, "tax", "tax-rate-unknown", number);
  if (line->sessions < 0 || line->sessions > DESK_SESSIONS_MAX)
    desk_problems_add (problems, "sessions", "out-of-range", number);
  if (line->sessions > 0 && *line->visit_type == '\0')
    desk_problems_add (problems, "visit_type", "missing", number);
}

/* What lines may not be; the detail of a problem is the line's number, from 1. */
void
desk_money_lines_check (const GPtrArray *lines, DeskProblems *problems)
{
  if (lines->len == 0)
    desk_problems_add (problems, "lines", "missing", NULL);
  if (lines->len > DESK_LINES_MAX)
    desk_problems_add (problems, "lines", "too-many", NULL);
  for (guint i = 0; i < lines->len; i++)
    {
      g_autofree char *number = g_strdup_printf ("%u", i + 1);

      check_line (lines->pdata[i], number, problems);
    }
}

/* ── quotes ──────────────────────────────────────────────────────────────────────────────────── */

/* An empty draft, valid for DESK_QUOTE_DAYS. */
DeskQuote *
desk_quote_new (gint64 patient_id, DeskDay today)
{
  DeskQuote *quote = g_new0 (DeskQuote, 1);

  quote->patient_id = patient_id;
  quote->number = g_strdup ("");
  quote->seq = 1;
  quote->status = g_strdup ("draft");
  quote->made_on = today;
  quote->valid_until = today + DESK_QUOTE_DAYS;
  quote->note = g_strdup ("");
  quote->accepted_on = DESK_DAY_NONE;
  quote->lines = desk_money_lines_new ();
  return quote;
}

void
desk_quote_free (DeskQuote *quote)
{
  if (!quote)
    return;
  g_free (quote->number);
  g_free (quote->status);
  g_free (quote->note);
  g_ptr_array_unref (quote->lines);
  g_free (quote);
}

/* Fills in net, tax and total; NULL, or a code of desk_tax_sum (), and then they are 0. */
const char *
desk_quote_add_up (DeskQuote *quote)
{
  DeskTaxSum sum;
  const char *problem = desk_money_lines_sum (quote->lines, quote->with_tax, quote->tax_round, &sum);

  quote->net = problem ? 0 : sum.net;
  quote->tax = problem ? 0 : sum.tax;
  quote->total = problem ? 0 : sum.total;
  return problem;
}

/* What a quote may not be when it is saved; a draft without lines is only warned of. */
void
desk_quote_check (const DeskQuote *quote, DeskProblems *problems)
{
  DeskTaxSum sum;

  if (quote->made_on == DESK_DAY_NONE)
    desk_problems_add (problems, "made_on", "missing", NULL);
  if (quote->valid_until == DESK_DAY_NONE)
    desk_problems_add (problems, "valid_until", "missing", NULL);
  else if (quote->valid_until < quote->made_on)
    desk_problems_add (problems, "valid_until", "ends-before-start", NULL);
  if (quote->lines->len == 0)
    {
      desk_problems_warn (problems, "lines", "missing", NULL);
      return;
    }
  desk_money_lines_check (quote->lines, problems);
  if (desk_problems_block (problems))
    return;
  const char *problem = desk_money_lines_sum (quote->lines, quote->with_tax, quote->tax_round, &sum);
  if (problem)
    desk_problems_add (problems, "lines", problem, NULL);
  else if (quote->deposit < 0 || quote->deposit > sum.total)
    desk_problems_add (problems, "deposit", "deposit-too-much", NULL);
}

/* Twin of the trigger quote_steps. */
gboolean
desk_quote_step_allowed (const char *from, const char *to)
{
  static const char *const steps[][2] = { { "draft", "sent" },     { "sent", "accepted" }, { "sent", "refused" },      { "sent", "lapsed" },
                                          { "sent", "replaced" },  { "lapsed", "replaced" }, { "lapsed", "accepted" }, { "refused", "replaced" }, { "accepted", "replaced" } };

  for (guint i = 0; i < G_N_ELEMENTS (steps); i++)
    if (g_str_equal (steps[i][0], from) && g_str_equal (steps[i][1], to))
      return TRUE;
  return FALSE;
}
