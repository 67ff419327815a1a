#include "desk-fee.h"



static gboolean
is_empty (const char *text)
{
  return !text || *text == '\0';
}

DeskFee *
desk_fee_new (void)
{
  DeskFee *fee = g_new0 (DeskFee, 1);

  fee->code = g_strdup ("");
  fee->name = g_strdup ("");
  fee->name_ja = g_strdup ("");
  fee->visit_type = g_strdup ("");
  fee->tax = 10;
  fee->active = TRUE;
  return fee;
}

DeskFee *
desk_fee_copy (const DeskFee *fee)
{
  DeskFee *copy = g_memdup2 (fee, sizeof *fee);

  copy->code = g_strdup (fee->code);
  copy->name = g_strdup (fee->name);
  copy->name_ja = g_strdup (fee->name_ja);
  copy->visit_type = g_strdup (fee->visit_type);
  return copy;
}

void
desk_fee_free (DeskFee *fee)
{
  if (!fee)
    return;
  g_free (fee->code);
  g_free (fee->name);
  g_free (fee->name_ja);
  g_free (fee->visit_type);
  g_free (fee);
}

static void
free_fee (gpointer fee)
{
  desk_fee_free (fee);
}

/* An empty draft. */
DeskFeeSchedule *
desk_fee_schedule_new (DeskDay from_on)
{
  DeskFeeSchedule *schedule = g_new0 (DeskFeeSchedule, 1);

  schedule->from_on = from_on;
  schedule->note = g_strdup ("");
  schedule->fees = g_ptr_array_new_with_free_func (free_fee);
  return schedule;
}

void
desk_fee_schedule_free (DeskFeeSchedule *schedule)
{
  if (!schedule)
    return;
  g_free (schedule->note);
  g_ptr_array_unref (schedule->fees);
  g_free (schedule);
}

/* Lends the fee of that code; NULL for none. */
const DeskFee *
desk_fee_schedule_find (const DeskFeeSchedule *schedule, const char *code)
{
  for (guint i = 0; i < schedule->fees->len; i++)
    {
      const DeskFee *fee = schedule->fees->pdata[i];

      if (g_str_equal (fee->code, code))
        return fee;
    }
  return NULL;
}

/* Lends the first single service that visits of the type are charged with; NULL for none. */
const DeskFee *
desk_fee_schedule_for_visit (const DeskFeeSchedule *schedule, const char *visit_type)
{
  for (guint i = 0; i < schedule->fees->len; i++)
    {
      const DeskFee *fee = schedule->fees->pdata[i];

      if (fee->active && fee->sessions == 0 && g_str_equal (fee->visit_type, visit_type))
        return fee;
    }
  return NULL;
}

static void
check_fee (const DeskFeeSchedule *schedule, const DeskFee *fee, DeskProblems *problems)
{
  if (is_empty (fee->code))
    desk_problems_add (problems, "code", "missing", fee->name);
  else if (desk_fee_schedule_find (schedule, fee->code) != fee)
    desk_problems_add (problems, "code", "twice", fee->code);
  if (is_empty (fee->name))
    desk_problems_add (problems, "name", "missing", fee->code);
  if (g_utf8_strlen (fee->name, -1) > DESK_FEE_WORDS || g_utf8_strlen (fee->name_ja, -1) > DESK_FEE_WORDS)
    desk_problems_add (problems, "name", "too-long", fee->code);
  if (fee->price < 0 || fee->price > DESK_PRICE_MAX)
    desk_problems_add (problems, "price", "amount-too-large", fee->code);
  if (fee->tax != 10 && fee->tax != 8 && fee->tax != 0)
    desk_problems_add (problems, "tax", "tax-rate-unknown", fee->code);
  if (fee->sessions < 0 || fee->sessions > DESK_SESSIONS_MAX)
    desk_problems_add (problems, "sessions", "too-many", fee->code);
  if (fee->sessions > 0 && is_empty (fee->visit_type))
    desk_problems_add (problems, "visit_type", "missing", fee->code);
}

/* What a schedule may not be; the detail of a problem is the fee's code. */
void
desk_fee_schedule_check (const DeskFeeSchedule *schedule, DeskProblems *problems)
{
  if (schedule->from_on == DESK_DAY_NONE)
    desk_problems_add (problems, "from_on", "missing", NULL);
  if (schedule->fees->len > DESK_FEES_MAX)
    desk_problems_add (problems, "fees", "too-many", NULL);
  for (guint i = 0; i < schedule->fees->len; i++)
    check_fee (schedule, schedule->fees->pdata[i], problems);
}

void
desk_rate_free (DeskRate *rate)
{
  if (!rate)
    return;
  g_free (rate->currency);
  g_free (rate->source);
  g_free (rate);
}

void
desk_rate_check (const DeskRate *rate, DeskProblems *problems)
{
  if (is_empty (rate->currency) || desk_currency_digits (rate->currency) < 0 || g_str_equal (rate->currency, "JPY"))
    desk_problems_add (problems, "currency", "currency-unknown", rate->currency);
  if (rate->rate < 1 || rate->rate > DESK_RATE_MAX)
    desk_problems_add (problems, "rate", "rate-out-of-range", NULL);
  if (is_empty (rate->source))
    desk_problems_add (problems, "source", "missing", NULL);
  if (rate->on_day == DESK_DAY_NONE)
    desk_problems_add (problems, "on_day", "missing", NULL);
  if (rate->until_on == DESK_DAY_NONE)
    desk_problems_add (problems, "until_on", "missing", NULL);
  else if (rate->until_on < rate->on_day)
    desk_problems_add (problems, "until_on", "ends-before-start", NULL);
}

void
desk_cancel_terms_free (DeskCancelTerms *terms)
{
  if (!terms)
    return;
  g_free (terms->words);
  g_free (terms->words_ja);
  g_free (terms);
}
