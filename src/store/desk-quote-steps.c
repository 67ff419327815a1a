/* What happens to a quote: sent, accepted, refused, lapsed, replaced by another version. */
#include "desk-quotes.h"

#include "desk-money-private.h"

static gboolean
step (DeskTxn *txn, gint64 id, gint64 *version, const char *to, const char *on, GError **error)
{
  DeskDb *db = desk_txn_get_db (txn);
  gint64 fresh;
  g_autofree char *action = g_strconcat ("quote.", to, NULL);
  {
    g_autoptr (DeskStmt) stmt
        = desk_db_query (db, error,
                         "UPDATE quote SET status = $3, accepted_on = $4, version = version + 1 WHERE id = $1 AND version = $2 RETURNING version",
                         "iitt", id, *version, to, on);

    if (!desk_money_stepped (stmt, &fresh, error))
      return FALSE;
  }
  if (!desk_txn_log (txn, action, DESK_KIND_MONEY, id, on, error))
    return FALSE;
  *version = fresh;
  return TRUE;
}

/* It went out: fixed from now on. Earlier versions that were out are replaced by it. DESK_ERROR_REFUSED "quote-step",
 * "quote-empty". */
gboolean
desk_quote_send (DeskDb *db, gint64 id, gint64 *version, GError **error)
{
  gint64 fresh = *version;
  g_autoptr (DeskTxn) txn = desk_txn_begin (db, error);

  if (!txn || !step (txn, id, &fresh, "sent", "", error)
      || !desk_db_run (db, error,
                       "UPDATE quote SET status = 'replaced', version = version + 1 WHERE id <> $1 AND status IN ('sent', 'refused', 'lapsed', 'accepted')"
                       " AND number = (SELECT number FROM quote WHERE id = $1) AND seq < (SELECT seq FROM quote WHERE id = $1)",
                       "i", id)
      || !desk_txn_commit (txn, error))
    return FALSE;
  *version = fresh;
  return TRUE;
}

/* The patient said yes on that day. DESK_ERROR_REFUSED "quote-lapsed" when that was after its last day, "quote-step" for
 * one that is not out. One that lapsed since is accepted all the same, where the day was in time. */
gboolean
desk_quote_accept (DeskDb *db, gint64 id, gint64 *version, DeskDay on, GError **error)
{
  g_autofree char *day = desk_day_format (on);
  gint64 fresh = *version;
  g_autoptr (DeskTxn) txn = desk_txn_begin (db, error);

  if (!txn || !step (txn, id, &fresh, "accepted", day, error) || !desk_txn_commit (txn, error))
    return FALSE;
  *version = fresh;
  return TRUE;
}

gboolean
desk_quote_refuse (DeskDb *db, gint64 id, gint64 *version, GError **error)
{
  gint64 fresh = *version;
  g_autoptr (DeskTxn) txn = desk_txn_begin (db, error);

  if (!txn || !step (txn, id, &fresh, "refused", "", error) || !desk_txn_commit (txn, error))
    return FALSE;
  *version = fresh;
  return TRUE;
}

/* Those that are out and whose last day has passed. Writes nothing when there are none. */
gboolean
desk_quote_lapse (DeskDb *db, DeskDay today, gint64 *n_lapsed, GError **error)
{
  g_autofree char *iso = desk_day_format (today), *detail = NULL;

  if (!desk_db_value (db, n_lapsed, error, "SELECT count (*) FROM quote WHERE status IN ('draft', 'sent') AND status = 'sent' AND valid_until < $1", "t", iso))
    return FALSE;
  if (*n_lapsed == 0)
    return TRUE;
  detail = g_strdup_printf ("%" G_GINT64_FORMAT, *n_lapsed);
  g_autoptr (DeskTxn) txn = desk_txn_begin (db, error);
  return txn
         && desk_db_run (db, error, "UPDATE quote SET status = 'lapsed', version = version + 1"
                         " WHERE status IN ('draft', 'sent') AND status = 'sent' AND valid_until < $1", "t", iso)
         && desk_txn_log (txn, "quote.lapsed", DESK_KIND_MONEY, 0, detail, error) && desk_txn_commit (txn, error);
}

/* A draft of the next version: the same number and lines, valid anew. What is out holds until the draft is sent.
 * DESK_ERROR_REFUSED "quote-invoiced" while an invoice of it stands, "quote-revised" when there is a newer version. */
gboolean
desk_quote_revise (DeskDb *db, gint64 id, DeskDay today, gint64 *new_id, GError **error)
{
  g_autofree char *made = desk_day_format (today), *until = desk_day_format (today + DESK_QUOTE_DAYS);
  gint64 now = desk_money_now (), by = desk_db_get_actor (db), invoiced, newer;
  g_autoptr (DeskTxn) txn = desk_txn_begin (db, error);

  if (!txn || !desk_db_value (db, &invoiced, error, "SELECT count (*) FROM quote_billed WHERE quote_id = $1", "i", id)
      || !desk_db_value (db, &newer, error,
                         "SELECT count (*) FROM quote q JOIN quote n ON n.number = q.number AND n.seq > q.seq WHERE q.id = $1", "i", id))
    return FALSE;
  if (invoiced > 0 || newer > 0)
    return desk_money_refuse (error, invoiced > 0 ? "quote-invoiced" : "quote-revised");
  {
    g_autoptr (DeskStmt) stmt
        = desk_db_query (db, error,
                         "INSERT INTO quote (patient_id, number, seq, made_on, valid_until, schedule_id, with_tax, tax_round, rate_id, terms_id,"
                         " plan_id, deposit, note, net, tax, total, at, by_id)"
                         " SELECT patient_id, number, seq + 1, $2, $3, schedule_id, with_tax, tax_round, rate_id, terms_id, plan_id, deposit, note,"
                         " net, tax, total, $4, NULLIF ($5, 0) FROM quote WHERE id = $1 AND status <> 'draft' RETURNING id",
                         "ittii", id, made, until, now, by);
    DeskStep got = stmt ? desk_stmt_step (stmt, error) : DESK_STEP_ERROR;

    if (got == DESK_STEP_DONE)
      return desk_money_refuse (error, "quote-step");
    if (got == DESK_STEP_ERROR)
      return FALSE;
    *new_id = desk_stmt_int64 (stmt, 0);
  }
  return desk_db_run (db, error,
                      "INSERT INTO quote_line (quote_id, seq, code, words, words_ja, count, price, tax, sessions, visit_type)"
                      " SELECT $2, seq, code, words, words_ja, count, price, tax, sessions, visit_type FROM quote_line WHERE quote_id = $1",
                      "ii", id, *new_id)
         && desk_txn_log (txn, "quote.revise", DESK_KIND_MONEY, *new_id, NULL, error) && desk_txn_commit (txn, error);
}
