#include "desk-quotes.h"

#include "desk-fees.h"
#include "desk-money-private.h"
#include "desk-rates.h"
#include "desk-series.h"

#define READ \
  "SELECT id, patient_id, number, seq, status, made_on, valid_until, COALESCE (schedule_id, 0), with_tax, tax_round, COALESCE (rate_id, 0)," \
  " COALESCE (terms_id, 0), COALESCE (plan_id, 0), deposit, note, net, tax, total, accepted_on, version FROM quote "

static void
free_quote (gpointer quote)
{
  desk_quote_free (quote);
}

static DeskQuote *
read_quote (DeskStmt *stmt)
{
  DeskQuote *quote = g_new0 (DeskQuote, 1);

  quote->id = desk_stmt_int64 (stmt, 0);
  quote->patient_id = desk_stmt_int64 (stmt, 1);
  quote->number = desk_stmt_dup_text (stmt, 2);
  quote->seq = desk_stmt_int (stmt, 3);
  quote->status = desk_stmt_dup_text (stmt, 4);
  quote->made_on = desk_money_day_of (desk_stmt_text (stmt, 5));
  quote->valid_until = desk_money_day_of (desk_stmt_text (stmt, 6));
  quote->schedule_id = desk_stmt_int64 (stmt, 7);
  quote->with_tax = desk_stmt_int (stmt, 8);
  quote->tax_round = desk_tax_round_read (desk_stmt_text (stmt, 9));
  quote->rate_id = desk_stmt_int64 (stmt, 10);
  quote->terms_id = desk_stmt_int64 (stmt, 11);
  quote->plan_id = desk_stmt_int64 (stmt, 12);
  quote->deposit = desk_stmt_int64 (stmt, 13);
  quote->note = desk_stmt_dup_text (stmt, 14);
  quote->net = desk_stmt_int64 (stmt, 15);
  quote->tax = desk_stmt_int64 (stmt, 16);
  quote->total = desk_stmt_int64 (stmt, 17);
  quote->accepted_on = desk_money_day_of (desk_stmt_text (stmt, 18));
  quote->version = desk_stmt_int64 (stmt, 19);
  quote->lines = desk_money_lines_new ();
  return quote;
}

/* A patient's quotes without their lines, the newest first. */
GPtrArray *
desk_quote_list (DeskDb *db, gint64 patient_id, GError **error)
{
  g_autoptr (GPtrArray) all = g_ptr_array_new_with_free_func (free_quote);
  g_autoptr (DeskStmt) stmt = desk_db_query (db, error, READ "WHERE patient_id = $1 ORDER BY made_on DESC, id DESC", "i", patient_id);
  DeskStep step = DESK_STEP_ERROR;

  while (stmt && (step = desk_stmt_step (stmt, error)) == DESK_STEP_ROW)
    g_ptr_array_add (all, read_quote (stmt));
  return step == DESK_STEP_DONE ? g_steal_pointer (&all) : NULL;
}

/* One with its lines; DESK_ERROR_NOT_FOUND when there is none. */
DeskQuote *
desk_quote_load (DeskDb *db, gint64 id, GError **error)
{
  g_autoptr (DeskQuote) quote = NULL;
  {
    g_autoptr (DeskStmt) stmt = desk_db_query (db, error, READ "WHERE id = $1", "i", id);
    DeskStep step = stmt ? desk_stmt_step (stmt, error) : DESK_STEP_ERROR;

    if (step == DESK_STEP_DONE)
      g_set_error_literal (error, DESK_ERROR, DESK_ERROR_NOT_FOUND, "no such quote");
    if (step != DESK_STEP_ROW)
      return NULL;
    quote = read_quote (stmt);
  }
  g_autoptr (DeskStmt) lines = desk_db_query (
      db, error, "SELECT code, words, words_ja, count, price, tax, sessions, visit_type FROM quote_line WHERE quote_id = $1 ORDER BY seq", "i", id);
  return desk_money_read_lines (lines, quote->lines, error) ? g_steal_pointer (&quote) : NULL;
}

/* An error that only says there is none yet is no error here. */
static gboolean
none_yet (GError **why, GError **error)
{
  if (*why && !g_error_matches (*why, DESK_ERROR, DESK_ERROR_NOT_FOUND))
    {
      g_propagate_error (error, g_steal_pointer (why));
      return FALSE;
    }
  g_clear_error (why);
  return TRUE;
}

/* A draft of today with the schedule, rounding, dollar rate and terms that hold, not yet saved. */
DeskQuote *
desk_quote_begin (DeskDb *db, gint64 patient_id, DeskDay today, GError **error)
{
  g_autoptr (DeskQuote) quote = desk_quote_new (patient_id, today);
  g_autoptr (GError) why = NULL;
  g_autoptr (DeskTaxSettings) settings = desk_tax_settings_load (db, &why);

  if (!none_yet (&why, error))
    return NULL;
  quote->tax_round = settings ? settings->tax_round : DESK_TAX_DOWN;
  g_autoptr (DeskFeeSchedule) schedule = desk_fee_schedule_on (db, today, &why);
  if (!none_yet (&why, error))
    return NULL;
  quote->schedule_id = schedule ? schedule->id : 0;
  quote->with_tax = schedule && schedule->with_tax;
  g_autoptr (DeskRate) rate = desk_rate_on (db, "USD", today, &why);
  if (!none_yet (&why, error))
    return NULL;
  quote->rate_id = rate ? rate->id : 0;
  g_autoptr (DeskCancelTerms) terms = desk_cancel_terms_newest (db, &why);
  if (!none_yet (&why, error))
    return NULL;
  quote->terms_id = terms ? terms->id : 0;
  return g_steal_pointer (&quote);
}

/* A line a type of visit, as often as it comes; those that the schedule has no price for are counted. */
static gboolean
add_visits (DeskDb *db, DeskQuote *quote, DeskStmt *visits, guint *unpriced, GError **error)
{
  g_autoptr (DeskFeeSchedule) schedule = quote->schedule_id ? desk_fee_schedule_load (db, quote->schedule_id, error) : NULL;
  DeskStep step = DESK_STEP_ERROR;

  if (quote->schedule_id && !schedule)
    return FALSE;
  *unpriced = 0;
  while (visits && (step = desk_stmt_step (visits, error)) == DESK_STEP_ROW)
    {
      const DeskFee *fee = schedule ? desk_fee_schedule_for_visit (schedule, desk_stmt_text (visits, 0)) : NULL;

      if (fee)
        g_ptr_array_add (quote->lines, desk_money_line_from_fee (fee, desk_stmt_int64 (visits, 1)));
      else
        *unpriced += 1;
    }
  return step == DESK_STEP_DONE;
}

static DeskQuote *
begin_with (DeskDb *db, gint64 patient_id, DeskDay today, DeskStmt *visits, guint *unpriced, GError **error)
{
  g_autoptr (DeskQuote) quote = desk_quote_begin (db, patient_id, today, error);

  if (!quote || !add_visits (db, quote, visits, unpriced, error))
    return NULL;
  desk_quote_add_up (quote);
  return g_steal_pointer (&quote);
}

/* A draft of what the plan costs, line by line; unpriced is how many types of visit the schedule has no price for. */
DeskQuote *
desk_quote_begin_plan (DeskDb *db, gint64 plan_id, DeskDay today, guint *unpriced, GError **error)
{
  gint64 patient_id;

  if (!desk_db_value (db, &patient_id, error, "SELECT patient_id FROM plan WHERE id = $1", "i", plan_id))
    return NULL;
  g_autoptr (DeskStmt) visits
      = desk_db_query (db, error, "SELECT type, count (*) FROM plan_visit WHERE plan_id = $1 GROUP BY type ORDER BY min (day), type", "i", plan_id);
  DeskQuote *quote = begin_with (db, patient_id, today, visits, unpriced, error);
  if (quote)
    quote->plan_id = plan_id;
  return quote;
}

/* The same of the visits of a course that are not called off. */
DeskQuote *
desk_quote_begin_course (DeskDb *db, gint64 course_id, DeskDay today, guint *unpriced, GError **error)
{
  gint64 patient_id;

  if (!desk_db_value (db, &patient_id, error, "SELECT patient_id FROM course WHERE id = $1", "i", course_id))
    return NULL;
  g_autoptr (DeskStmt) visits
      = desk_db_query (db, error,
                       "SELECT type, count (*) FROM visit WHERE course_id = $1 AND status NOT IN ('cancelled_patient', 'cancelled_clinic', 'cancelled_late', 'no_show', 'left_unseen')"
                       " GROUP BY type ORDER BY min (starts_at), type",
                       "i", course_id);
  return begin_with (db, patient_id, today, visits, unpriced, error);
}

/* ── saving ──────────────────────────────────────────────────────────────────────────────────── */

static gboolean
insert_quote (DeskDb *db, DeskQuote *q, GError **error)
{
  g_autofree char *made = desk_day_format (q->made_on), *until = desk_day_format (q->valid_until);
  g_autoptr (DeskStmt) stmt
      = desk_db_query (db, error,
                       "INSERT INTO quote (patient_id, number, seq, made_on, valid_until, schedule_id, with_tax, tax_round, rate_id, terms_id,"
                       " plan_id, deposit, note, net, tax, total, at, by_id)"
                       " VALUES ($1, $2, $3, $4, $5, NULLIF ($6, 0), $7, $8, NULLIF ($9, 0), NULLIF ($10, 0), NULLIF ($11, 0), $12, $13, $14,"
                       " $15, $16, $17, NULLIF ($18, 0)) RETURNING id",
                       "itdttidtiiiitiiiii", q->patient_id, q->number, q->seq, made, until, q->schedule_id, q->with_tax,
                       desk_tax_round_name (q->tax_round), q->rate_id, q->terms_id, q->plan_id, q->deposit, q->note, q->net, q->tax, q->total,
                       desk_money_now (), desk_db_get_actor (db));

  q->version = 1;
  return desk_money_insert (stmt, &q->id, error);
}

static gboolean
update_quote (DeskDb *db, DeskQuote *q, GError **error)
{
  g_autofree char *made = desk_day_format (q->made_on), *until = desk_day_format (q->valid_until);
  g_autoptr (DeskStmt) stmt
      = desk_db_query (db, error,
                       "UPDATE quote SET made_on = $3, valid_until = $4, schedule_id = NULLIF ($5, 0), with_tax = $6, tax_round = $7,"
                       " rate_id = NULLIF ($8, 0), terms_id = NULLIF ($9, 0), plan_id = NULLIF ($10, 0), deposit = $11, note = $12, net = $13,"
                       " tax = $14, total = $15, version = version + 1 WHERE id = $1 AND version = $2 AND status = 'draft' RETURNING version",
                       "iittidtiiiitiii", q->id, q->version, made, until, q->schedule_id, q->with_tax, desk_tax_round_name (q->tax_round),
                       q->rate_id, q->terms_id, q->plan_id, q->deposit, q->note, q->net, q->tax, q->total);

  return desk_money_stepped (stmt, &q->version, error);
}

static gboolean
write_lines (DeskDb *db, const DeskQuote *quote, GError **error)
{
  if (!desk_db_run (db, error, "DELETE FROM quote_line WHERE quote_id = $1", "i", quote->id))
    return FALSE;
  for (guint i = 0; i < quote->lines->len; i++)
    {
      const DeskMoneyLine *line = quote->lines->pdata[i];

      if (!desk_db_run (db, error,
                        "INSERT INTO quote_line (quote_id, seq, code, words, words_ja, count, price, tax, sessions, visit_type)"
                        " VALUES ($1, $2, $3, $4, $5, $6, $7, $8, $9, $10)",
                        "idtttiiddt", quote->id, (int) i + 1, line->code, line->words, line->words_ja, line->count, line->price, line->tax,
                        line->sessions, line->visit_type))
        return FALSE;
    }
  return TRUE;
}

static gboolean
save_inside (DeskTxn *txn, DeskQuote *quote, const char *action, GError **error)
{
  DeskDb *db = desk_txn_get_db (txn);

  if (quote->id == 0 && *quote->number == '\0')
    {
      g_free (quote->number);
      quote->number = NULL;
      if (!desk_series_next (txn, DESK_SERIES_QUOTE, quote->made_on, &quote->number, error))
        {
          quote->number = g_strdup ("");
          return FALSE;
        }
    }
  return (quote->id == 0 ? insert_quote (db, quote, error) : update_quote (db, quote, error)) && write_lines (db, quote, error)
         && desk_txn_log (txn, action, DESK_KIND_MONEY, quote->id, quote->number, error);
}

/* Saves a draft with its lines and sums; id 0 makes one and gives it a number. Sets id, number, sums and version.
 * DESK_ERROR_INVALID for what desk_quote_check () blocks, DESK_ERROR_CONFLICT when somebody saved or sent it since. */
gboolean
desk_quote_save (DeskDb *db, DeskQuote *quote, GError **error)
{
  g_autoptr (DeskProblems) problems = desk_problems_new ();
  gint64 id = quote->id, version = quote->version;

  desk_quote_check (quote, problems);
  if (desk_money_invalid (problems, error))
    return FALSE;
  desk_quote_add_up (quote);
  g_autoptr (DeskTxn) txn = desk_txn_begin (db, error);
  if (txn && save_inside (txn, quote, id == 0 ? "quote.new" : "quote.save", error) && desk_txn_commit (txn, error))
    return TRUE;
  if (id == 0)
    {
      g_free (quote->number);
      quote->number = g_strdup ("");
    }
  quote->id = id;
  quote->version = version;
  return FALSE;
}

/* Throws a draft away; its number is not given again, so one that has a number already answers for it in the audit. */
gboolean
desk_quote_delete (DeskDb *db, gint64 id, gint64 version, GError **error)
{
  g_autoptr (DeskTxn) txn = desk_txn_begin (db, error);
  g_autofree char *number = NULL;

  if (!txn || !desk_db_run (db, error, "DELETE FROM quote_line WHERE quote_id = $1", "i", id))
    return FALSE;
  {
    g_autoptr (DeskStmt) stmt
        = desk_db_query (db, error, "DELETE FROM quote WHERE id = $1 AND version = $2 AND status = 'draft' RETURNING version, number", "ii", id, version);

    if (!desk_money_stepped (stmt, &version, error))
      return FALSE;
    number = desk_stmt_dup_text (stmt, 1);
  }
  return desk_txn_log (txn, "quote.delete", DESK_KIND_MONEY, id, number, error) && desk_txn_commit (txn, error);
}
