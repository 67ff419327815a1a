#include "desk-pins.h"

#include "desk-book-private.h"

/* Twice pinned is pinned once: the later desk finds it there. */
static const char add_sql[]
    = "INSERT INTO pin (visit_id, at, by_id) SELECT $1, $2, nullif ($3, 0)"
      " WHERE NOT EXISTS (SELECT 1 FROM pin WHERE visit_id = $1)";

static const char remove_sql[] = "DELETE FROM pin WHERE visit_id = $1";

static const char list_sql[] = "SELECT visit_id FROM pin ORDER BY at, visit_id";

/* What is on the board, in the order it came there: of DeskVisit, each still where it is booked. They are few: one
 * statement over pins and visits would walk through all visits. */
GPtrArray *
desk_pin_list (DeskDb *db, GError **error)
{
  g_autoptr (GPtrArray) visits = g_ptr_array_new_with_free_func ((GDestroyNotify) desk_visit_free);
  g_autoptr (DeskStmt) stmt = desk_db_query (db, error, list_sql, "");
  DeskStep step = DESK_STEP_ERROR;

  while (stmt && (step = desk_stmt_step (stmt, error)) == DESK_STEP_ROW)
    {
      DeskVisit *visit = desk_visit_load (db, desk_stmt_int64 (stmt, 0), error);

      if (!visit)
        return NULL;
      g_ptr_array_add (visits, visit);
    }
  return step == DESK_STEP_DONE ? g_steal_pointer (&visits) : NULL;
}

static gboolean
write_pin (DeskDb *db, gint64 visit_id, gboolean pinned, GError **error)
{
  return pinned ? desk_db_run (db, error, add_sql, "iii", visit_id, g_get_real_time () / G_USEC_PER_SEC, desk_db_get_actor (db))
                : desk_db_run (db, error, remove_sql, "i", visit_id);
}

/* Puts a visit on the board; one that is there stays as it is. REFUSED ("visit-over") for one that is done or
 * cancelled. */
gboolean
desk_pin_add (DeskDb *db, gint64 visit_id, GError **error)
{
  g_autoptr (DeskTxn) txn = desk_txn_begin (db, error);

  return txn && write_pin (db, visit_id, TRUE, error)
         && desk_txn_log (txn, "pin.add", DESK_KIND_BOOK, visit_id, NULL, error) && desk_txn_commit (txn, error);
}

/* Takes a visit off the board; it stays where it is booked. */
gboolean
desk_pin_remove (DeskDb *db, gint64 visit_id, GError **error)
{
  g_autoptr (DeskTxn) txn = desk_txn_begin (db, error);

  return txn && write_pin (db, visit_id, FALSE, error)
         && desk_txn_log (txn, "pin.remove", DESK_KIND_BOOK, visit_id, NULL, error) && desk_txn_commit (txn, error);
}

gboolean
desk_pin_place (DeskDb *db, GPtrArray *visits, gboolean pinned, GError **error)
{
  g_autofree gint64 *versions = g_new0 (gint64, visits->len);
  g_autoptr (DeskTxn) txn = desk_txn_begin (db, error);

  if (!txn || !desk_visits_write_moved (txn, db, visits, versions, error))
    return FALSE;
  for (guint i = 0; i < visits->len; i++)
    {
      gint64 id = ((DeskVisit *) g_ptr_array_index (visits, i))->id;

      if (!write_pin (db, id, pinned, error)
          || !desk_txn_log (txn, pinned ? "pin.add" : "pin.remove", DESK_KIND_BOOK, id, NULL, error))
        return FALSE;
    }
  if (!desk_txn_commit (txn, error))
    return FALSE;
  for (guint i = 0; i < visits->len; i++)
    ((DeskVisit *) g_ptr_array_index (visits, i))->version = versions[i];
  return TRUE;
}
