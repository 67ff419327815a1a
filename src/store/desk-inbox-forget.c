/* What was put aside long ago goes for good. */
#include "desk-inbox.h"

/* Inside a transaction: deletes the items that were put aside before that second; n is how many. Their contents stay
 * until they are cleared away (jobs/desk-unneeded). */
gboolean
desk_inbox_forget (DeskDb *db, DeskTxn *txn, gint64 before, gint64 *n, GError **error)
{
  static const char count[] = "SELECT count (*) FROM inbox WHERE document_id IS NULL AND put_aside_at < $1";
  static const char files[] = "DELETE FROM inbox_file WHERE inbox_id IN"
                              " (SELECT id FROM inbox WHERE document_id IS NULL AND put_aside_at < $1)";
  static const char items[] = "DELETE FROM inbox WHERE document_id IS NULL AND put_aside_at < $1";

  if (!desk_db_value (db, n, error, count, "i", before))
    return FALSE;
  if (*n == 0)
    return TRUE;

  g_autofree char *detail = g_strdup_printf ("%" G_GINT64_FORMAT, *n);
  return desk_db_run (db, error, files, "i", before) && desk_db_run (db, error, items, "i", before)
         && desk_txn_log (txn, "inbox.forget", DESK_KIND_INBOX, 0, detail, error);
}
