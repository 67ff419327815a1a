/* Deciding on what a look-back lists, stopping its clocks, closing it. */
#include "desk-cells-private.h"
#include "desk-holds.h"
#include "desk-lookbacks.h"

#include <string.h>

static gint64
now (void)
{
  return g_get_real_time () / G_USEC_PER_SEC;
}

static gboolean
refuse_first (const DeskProblems *problems, GError **error)
{
  return problems->len == 0 || desk_refuse (error, desk_problems_get (problems, 0)->code);
}

typedef struct
{
  gint64 lookback_id, row_id;
  DeskItemKind kind;
  gboolean closed; /* the look-back */
  gint64 reviewed_at;
  char *reviewed_by;
} ItemHead;

static void
item_head_clear (ItemHead *head)
{
  g_free (head->reviewed_by);
}

G_DEFINE_AUTO_CLEANUP_CLEAR_FUNC (ItemHead, item_head_clear)

static gboolean
read_item (DeskDb *db, gint64 id, ItemHead *head, GError **error)
{
  g_autoptr (DeskStmt) stmt = desk_db_query (db, error,
                                             "SELECT i.lookback_id, i.what, i.row_id, COALESCE (i.reviewed_at, 0), s.name,"
                                             " l.closed_at IS NOT NULL FROM lookback_item i JOIN lookback l ON l.id = i.lookback_id"
                                             " LEFT JOIN staff s ON s.id = i.reviewed_by WHERE i.id = $1",
                                             "i", id);
  DeskStep step = stmt ? desk_stmt_step (stmt, error) : DESK_STEP_ERROR;

  if (step == DESK_STEP_DONE)
    g_set_error_literal (error, DESK_ERROR, DESK_ERROR_NOT_FOUND, "no such item of a look-back");
  if (step != DESK_STEP_ROW)
    return FALSE;
  head->lookback_id = desk_stmt_int64 (stmt, 0);
  head->row_id = desk_stmt_int64 (stmt, 2);
  head->reviewed_at = desk_stmt_int64 (stmt, 3);
  head->reviewed_by = desk_stmt_dup_text (stmt, 4);
  head->closed = desk_stmt_int (stmt, 5) != 0;
  return desk_item_kind_parse (desk_stmt_text (stmt, 1), &head->kind);
}

/* Open and not decided on; who was faster is named. */
static gboolean
check_open (const ItemHead *head, GError **error)
{
  if (head->closed)
    return desk_refuse (error, "lookback-closed");
  if (head->reviewed_at)
    {
      g_set_error (error, DESK_ERROR, DESK_ERROR_CONFLICT, "%s decided on it already", head->reviewed_by);
      return FALSE;
    }
  return TRUE;
}

static gboolean
decide (DeskDb *db, gint64 item_id, const char *decision, const char *note, gint64 by, gint64 at, GError **error)
{
  return desk_db_run (db, error,
                      "UPDATE lookback_item SET reviewed_at = $2, reviewed_by = $3, decision = $4, note = COALESCE (CAST ($5 AS TEXT), '')"
                      " WHERE id = $1 AND reviewed_at IS NULL",
                      "iiitt", item_id, at, by, decision, note);
}

/* Closes the holds a query of their ids finds. */
static gboolean
lift (DeskDb *db, DeskStmt *stmt, gint64 by, const char *why, GError **error)
{
  g_autoptr (GArray) ids = g_array_new (FALSE, FALSE, sizeof (gint64));
  DeskStep step = DESK_STEP_ERROR;

  while (stmt && (step = desk_stmt_step (stmt, error)) == DESK_STEP_ROW)
    {
      gint64 id = desk_stmt_int64 (stmt, 0);

      g_array_append_val (ids, id);
    }
  for (guint i = 0; i < ids->len; i++)
    if (!desk_hold_close (db, g_array_index (ids, gint64, i), by, why, error))
      return FALSE;
  return step == DESK_STEP_DONE;
}

/* What was cleared loses the hold this look-back put on it. A hold of its lot goes with the lot, not with one unit. */
static gboolean
lift_cleared (DeskDb *db, const ItemHead *head, const char *why, gint64 by, GError **error)
{
  g_autoptr (DeskStmt) stmt
      = head->kind == DESK_ITEM_LOT
            ? desk_db_query (db, error, "SELECT id FROM hold WHERE lot_id = $2 AND lookback_id = $1 AND closed_at IS NULL", "ii",
                             head->lookback_id, head->row_id)
            : desk_db_query (db, error, "SELECT id FROM hold WHERE unit_id = $2 AND lookback_id = $1 AND closed_at IS NULL", "ii",
                             head->lookback_id, head->row_id);

  return lift (db, stmt, by, why, error);
}

/* The doses of a lot that nobody decided on yet, as the lot. */
static gboolean
decide_units (DeskDb *db, const ItemHead *head, const DeskLookbackReview *review, gint64 at, GError **error)
{
  const char *decision = strcmp (review->decision, "reject") == 0 ? "discard" : review->decision;

  return desk_db_run (db, error,
                      "UPDATE lookback_item SET reviewed_at = $3, reviewed_by = $4, decision = $5, note = COALESCE (CAST ($6 AS TEXT), '')"
                      " WHERE lookback_id = $1 AND what = 'unit' AND reviewed_at IS NULL"
                      "   AND row_id IN (SELECT id FROM unit WHERE lot_id = $2)",
                      "iiiitt", head->lookback_id, head->row_id, at, review->by, decision, review->note);
}

gboolean
desk_lookback_review (DeskDb *db, const DeskLookbackReview *review, GError **error)
{
  g_auto (ItemHead) head = { 0 };
  g_autoptr (DeskProblems) problems = desk_problems_new ();
  gint64 at = now ();
  g_autoptr (DeskTxn) txn = desk_txn_begin (db, error);

  if (!txn || !read_item (db, review->item_id, &head, error) || !check_open (&head, error))
    return FALSE;
  if (review->by == 0)
    return desk_refuse (error, "person-needed");
  DeskLookbackItem item = { .kind = head.kind };
  desk_lookback_review_check (&item, review->decision, review->note, problems);
  if (!refuse_first (problems, error) || !decide (db, review->item_id, review->decision, review->note, review->by, at, error)
      || (head.kind == DESK_ITEM_LOT && review->with_units && !decide_units (db, &head, review, at, error))
      || (strcmp (review->decision, "cleared") == 0 && !lift_cleared (db, &head, review->note, review->by, error)))
    return FALSE;
  g_autofree char *detail = g_strdup_printf ("%s %" G_GINT64_FORMAT ": %s %s", desk_item_kind_code (head.kind), head.row_id,
                                             review->decision, review->note ? review->note : "");
  desk_txn_changed (txn, DESK_KIND_ANY, 0);
  return desk_txn_log (txn, "lookback.review", DESK_KIND_LOOKBACK, head.lookback_id, g_strchomp (detail), error)
         && desk_txn_commit (txn, error);
}

gboolean
desk_lookback_contact (DeskDb *db, const DeskLookbackContact *contact, GError **error)
{
  g_auto (ItemHead) head = { 0 };
  gint64 at = now ();
  const char *note = contact->note ? contact->note : "";
  const char *decision = g_strcmp0 (contact->how, "companion") == 0 ? "companion-told" : "told";
  g_autoptr (DeskTxn) txn = desk_txn_begin (db, error);

  if (!txn || !read_item (db, contact->item_id, &head, error) || !check_open (&head, error))
    return FALSE;
  if (contact->by == 0)
    return desk_refuse (error, "person-needed");
  if (!desk_db_run (db, error,
                    "INSERT INTO lookback_contact (item_id, at, by_id, how, reached, note) VALUES ($1, $2, $3, $4, $5, $6)", "iiitdt",
                    contact->item_id, at, contact->by, contact->how, !!contact->reached, note))
    return FALSE;
  if (contact->reached)
    {
      g_autoptr (DeskProblems) problems = desk_problems_new ();
      DeskLookbackItem item = { .kind = head.kind };

      desk_lookback_review_check (&item, decision, note, problems);
      if (!refuse_first (problems, error) || !decide (db, contact->item_id, decision, note, contact->by, at, error))
        return FALSE;
    }
  g_autofree char *detail = g_strdup_printf ("patient %" G_GINT64_FORMAT ": %s %s %s", head.row_id, contact->how,
                                             contact->reached ? "reached" : "not reached", note);
  return desk_txn_log (txn, "lookback.contact", DESK_KIND_LOOKBACK, head.lookback_id, g_strchomp (detail), error)
         && desk_txn_commit (txn, error);
}

gboolean
desk_legal_clock_stop (DeskDb *db, gint64 clock_id, const char *outcome, const char *note, gint64 by, GError **error)
{
  g_autoptr (DeskProblems) problems = desk_problems_new ();
  gint64 lookback_id, done_at;
  g_autoptr (DeskTxn) txn = desk_txn_begin (db, error);

  if (!txn
      || !desk_db_value (db, &lookback_id, error, "SELECT lookback_id FROM legal_clock WHERE id = $1", "i", clock_id)
      || !desk_db_value (db, &done_at, error, "SELECT COALESCE (done_at, 0) FROM legal_clock WHERE id = $1", "i", clock_id))
    return FALSE;
  if (by == 0)
    return desk_refuse (error, "person-needed");
  DeskLegalClock clock = { .done_at = done_at };
  desk_clock_done_check (&clock, outcome, note, problems);
  g_autofree char *detail = g_strdup_printf ("%" G_GINT64_FORMAT " %s %s", clock_id, outcome, note ? note : "");
  return refuse_first (problems, error)
         && desk_db_run (db, error,
                         "UPDATE legal_clock SET done_at = $2, done_by = $3, outcome = $4, note = COALESCE (CAST ($5 AS TEXT), '') WHERE id = $1",
                         "iiitt", clock_id, now (), by, outcome, note)
         && desk_txn_log (txn, "lookback.clock", DESK_KIND_LOOKBACK, lookback_id, g_strchomp (detail), error)
         && desk_txn_commit (txn, error);
}

static gboolean
read_head (DeskDb *db, gint64 id, DeskLookback *head, GError **error)
{
  g_autoptr (DeskStmt) stmt = desk_db_query (db, error,
                                             "SELECT COALESCE (l.closed_at, 0),"
                                             " (SELECT count (*) FROM lookback_item i WHERE i.lookback_id = l.id AND i.reviewed_at IS NULL),"
                                             " (SELECT count (*) FROM legal_clock c WHERE c.lookback_id = l.id AND c.done_at IS NULL)"
                                             " FROM lookback l WHERE l.id = $1",
                                             "i", id);
  DeskStep step = stmt ? desk_stmt_step (stmt, error) : DESK_STEP_ERROR;

  if (step == DESK_STEP_DONE)
    g_set_error_literal (error, DESK_ERROR, DESK_ERROR_NOT_FOUND, "no such look-back");
  if (step != DESK_STEP_ROW)
    return FALSE;
  head->closed_at = desk_stmt_int64 (stmt, 0);
  head->n_unreviewed = desk_stmt_int (stmt, 1);
  head->n_clocks = desk_stmt_int (stmt, 2);
  return TRUE;
}

/* A hold on a reagent or a container falls with the look-back: what it held is decided on, lot by lot. */
gboolean
desk_lookback_close (DeskDb *db, gint64 id, const char *conclusion, gint64 by, GError **error)
{
  g_autoptr (DeskProblems) problems = desk_problems_new ();
  DeskLookback head = { 0 };
  gint64 at = now ();
  g_autoptr (DeskTxn) txn = desk_txn_begin (db, error);

  if (!txn || !read_head (db, id, &head, error))
    return FALSE;
  if (by == 0)
    return desk_refuse (error, "person-needed");
  desk_lookback_close_check (&head, conclusion, problems);
  if (!refuse_first (problems, error)
      || !desk_db_run (db, error, "UPDATE lookback SET closed_at = $2, closed_by = $3, conclusion = $4 WHERE id = $1", "iiit", id, at, by,
                       conclusion))
    return FALSE;
  g_autoptr (DeskStmt) holds = desk_db_query (db, error,
                                              "SELECT id FROM hold WHERE lookback_id = $1 AND closed_at IS NULL"
                                              " AND (reagent_id IS NOT NULL OR container_id IS NOT NULL)",
                                              "i", id);
  if (!lift (db, holds, by, conclusion, error))
    return FALSE;
  desk_txn_changed (txn, DESK_KIND_ANY, 0);
  return desk_txn_log (txn, "lookback.close", DESK_KIND_LOOKBACK, id, conclusion, error) && desk_txn_commit (txn, error);
}
