#include "desk-rates.h"

#include "desk-money-private.h"

#define READ "SELECT id, currency, rate, source, on_day, until_on FROM exchange_rate "

static void
free_rate (gpointer rate)
{
  desk_rate_free (rate);
}

static DeskRate *
read_rate (DeskStmt *stmt)
{
  DeskRate *rate = g_new0 (DeskRate, 1);

  rate->id = desk_stmt_int64 (stmt, 0);
  rate->currency = desk_stmt_dup_text (stmt, 1);
  rate->rate = desk_stmt_int64 (stmt, 2);
  rate->source = desk_stmt_dup_text (stmt, 3);
  rate->on_day = desk_money_day_of (desk_stmt_text (stmt, 4));
  rate->until_on = desk_money_day_of (desk_stmt_text (stmt, 5));
  return rate;
}

static DeskRate *
load_one (DeskStmt *stmt, const char *none, GError **error)
{
  DeskStep step = stmt ? desk_stmt_step (stmt, error) : DESK_STEP_ERROR;

  if (step == DESK_STEP_DONE)
    g_set_error_literal (error, DESK_ERROR, DESK_ERROR_NOT_FOUND, none);
  return step == DESK_STEP_ROW ? read_rate (stmt) : NULL;
}

/* Sets id. A rate is not changed: a newer one takes its place. */
gboolean
desk_rate_add (DeskDb *db, DeskRate *rate, GError **error)
{
  g_autoptr (DeskProblems) problems = desk_problems_new ();

  desk_rate_check (rate, problems);
  if (desk_money_invalid (problems, error))
    return FALSE;
  g_autofree char *on = desk_day_format (rate->on_day), *until = desk_day_format (rate->until_on), *text = desk_rate_format (rate->rate);
  g_autofree char *detail = g_strdup_printf ("%s %s", rate->currency, text);
  g_autoptr (DeskTxn) txn = desk_txn_begin (db, error);
  if (!txn)
    return FALSE;
  {
    g_autoptr (DeskStmt) stmt
        = desk_db_query (db, error,
                         "INSERT INTO exchange_rate (currency, rate, source, on_day, until_on, at, by_id)"
                         " VALUES ($1, $2, $3, $4, $5, $6, NULLIF ($7, 0)) RETURNING id",
                         "titttii", rate->currency, rate->rate, rate->source, on, until, desk_money_now (), desk_db_get_actor (db));

    if (!desk_money_insert (stmt, &rate->id, error))
      return FALSE;
  }
  return desk_txn_log (txn, "rate.add", DESK_KIND_MONEY, rate->id, detail, error) && desk_txn_commit (txn, error);
}

DeskRate *
desk_rate_load (DeskDb *db, gint64 id, GError **error)
{
  g_autoptr (DeskStmt) stmt = desk_db_query (db, error, READ "WHERE id = $1", "i", id);

  return load_one (stmt, "no such rate", error);
}

/* The newest rate of the currency that may be used on a day; DESK_ERROR_NOT_FOUND when none may. */
DeskRate *
desk_rate_on (DeskDb *db, const char *currency, DeskDay day, GError **error)
{
  g_autofree char *iso = desk_day_format (day);
  g_autoptr (DeskStmt) stmt
      = desk_db_query (db, error, READ "WHERE currency = $1 AND on_day <= $2 AND until_on >= $2 ORDER BY on_day DESC, id DESC LIMIT 1", "tt",
                       currency, iso);

  return load_one (stmt, "no rate of that currency holds on that day", error);
}

/* The newest first: DeskRate. */
GPtrArray *
desk_rate_list (DeskDb *db, gint64 limit, GError **error)
{
  g_autoptr (GPtrArray) all = g_ptr_array_new_with_free_func (free_rate);
  g_autoptr (DeskStmt) stmt = desk_db_query (db, error, READ "ORDER BY id DESC LIMIT $1", "i", limit);
  DeskStep step = DESK_STEP_ERROR;

  while (stmt && (step = desk_stmt_step (stmt, error)) == DESK_STEP_ROW)
    g_ptr_array_add (all, read_rate (stmt));
  return step == DESK_STEP_DONE ? g_steal_pointer (&all) : NULL;
}

/* ── terms ───────────────────────────────────────────────────────────────────────────────────── */

static DeskCancelTerms *
load_terms (DeskStmt *stmt, GError **error)
{
  DeskStep step = stmt ? desk_stmt_step (stmt, error) : DESK_STEP_ERROR;

  if (step == DESK_STEP_DONE)
    g_set_error_literal (error, DESK_ERROR, DESK_ERROR_NOT_FOUND, "no terms of cancellation");
  if (step != DESK_STEP_ROW)
    return NULL;
  DeskCancelTerms *terms = g_new0 (DeskCancelTerms, 1);
  terms->id = desk_stmt_int64 (stmt, 0);
  terms->words = desk_stmt_dup_text (stmt, 1);
  terms->words_ja = desk_stmt_dup_text (stmt, 2);
  terms->at = desk_stmt_int64 (stmt, 3);
  return terms;
}

/* New words of the clinic; quotes made before keep theirs. */
gboolean
desk_cancel_terms_add (DeskDb *db, const char *words, const char *words_ja, gint64 *id, GError **error)
{
  g_autoptr (DeskTxn) txn = desk_txn_begin (db, error);

  if (!txn)
    return FALSE;
  {
    g_autoptr (DeskStmt) stmt
        = desk_db_query (db, error, "INSERT INTO cancel_terms (words, words_ja, at, by_id) VALUES ($1, $2, $3, NULLIF ($4, 0)) RETURNING id",
                         "ttii", words, words_ja, desk_money_now (), desk_db_get_actor (db));

    if (!desk_money_insert (stmt, id, error))
      return FALSE;
  }
  return desk_txn_log (txn, "terms.add", DESK_KIND_MONEY, *id, NULL, error) && desk_txn_commit (txn, error);
}

/* DESK_ERROR_NOT_FOUND while there are none. */
DeskCancelTerms *
desk_cancel_terms_newest (DeskDb *db, GError **error)
{
  g_autoptr (DeskStmt) stmt = desk_db_query (db, error, "SELECT id, words, words_ja, at FROM cancel_terms ORDER BY id DESC LIMIT 1", "");

  return load_terms (stmt, error);
}

DeskCancelTerms *
desk_cancel_terms_load (DeskDb *db, gint64 id, GError **error)
{
  g_autoptr (DeskStmt) stmt = desk_db_query (db, error, "SELECT id, words, words_ja, at FROM cancel_terms WHERE id = $1", "i", id);

  return load_terms (stmt, error);
}
