/* The clinic's own table of visa exemptions: in its file, so that every desk goes by the same one. */
#include "desk-trips.h"

static void
free_line (gpointer line)
{
  desk_exemption_free (line);
}

static DeskExemption *
read_line (DeskStmt *stmt)
{
  DeskExemption *line = g_new0 (DeskExemption, 1);

  line->nationality = desk_stmt_dup_text (stmt, 0);
  line->mrz = desk_stmt_dup_text (stmt, 1);
  line->days = desk_stmt_int (stmt, 2);
  line->extension = desk_stmt_int (stmt, 3);
  line->requires = desk_stmt_dup_text (stmt, 4);
  line->confidence = desk_stmt_dup_text (stmt, 5);
  line->as_of = desk_stmt_dup_text (stmt, 6);
  line->note = desk_stmt_dup_text (stmt, 7);
  return line;
}

static gboolean
read_source (DeskDb *db, char **source, GError **error)
{
  g_autoptr (DeskStmt) stmt = desk_db_query (db, error, "SELECT name FROM exemption_source WHERE id = 1", "");
  DeskStep step = stmt ? desk_stmt_step (stmt, error) : DESK_STEP_ERROR;

  *source = step == DESK_STEP_ROW ? desk_stmt_dup_text (stmt, 0) : NULL;
  return step != DESK_STEP_ERROR;
}

/* The table the clinic goes by: its own, or else the one built in. source (may be NULL) becomes the name of the file it
 * was read from, NULL for the one built in. Free with g_ptr_array_unref (). */
GPtrArray *
desk_exemption_load (DeskDb *db, char **source, GError **error)
{
  g_autoptr (GPtrArray) table = g_ptr_array_new_with_free_func (free_line);
  g_autofree char *name = NULL;
  DeskStep step = DESK_STEP_ERROR;

  if (source)
    *source = NULL;
  if (!read_source (db, &name, error))
    return NULL;
  if (!name)
    return desk_exemption_shipped ();

  g_autoptr (DeskStmt) stmt = desk_db_query (
      db, error,
      "SELECT nationality, mrz, days, extension, requires, confidence, as_of, note FROM exemption ORDER BY nationality", "");
  while (stmt && (step = desk_stmt_step (stmt, error)) == DESK_STEP_ROW)
    g_ptr_array_add (table, read_line (stmt));
  if (step != DESK_STEP_DONE)
    return NULL;
  if (source)
    *source = g_steal_pointer (&name);
  return g_steal_pointer (&table);
}

static gboolean
write_table (DeskDb *db, const GPtrArray *table, const char *source, GError **error)
{
  gint64 now = g_get_real_time () / G_USEC_PER_SEC;

  if (!desk_db_run (db, error,
                    "INSERT INTO exemption_source (id, name, at, by_id) VALUES (1, $1, $2, nullif ($3, 0))", "tii",
                    source, now, desk_db_get_actor (db)))
    return FALSE;
  for (guint i = 0; i < table->len; i++)
    {
      const DeskExemption *line = table->pdata[i];

      if (!desk_db_run (db, error,
                        "INSERT INTO exemption (nationality, mrz, days, extension, requires, confidence, as_of, note)"
                        " VALUES ($1, $2, $3, $4, $5, $6, $7, $8)",
                        "ttddtttt", line->nationality, line->mrz, line->days, line->extension, line->requires,
                        line->confidence, line->as_of, line->note))
        return FALSE;
    }
  return TRUE;
}

/* Puts a table in place of the one before; NULL goes back to the one built in. source is the name of the file. */
gboolean
desk_exemption_replace (DeskDb *db, const GPtrArray *table, const char *source, GError **error)
{
  g_autoptr (DeskTxn) txn = desk_txn_begin (db, error);
  const char *oldest = NULL, *newest = NULL;

  if (!txn || !desk_db_run (db, error, "DELETE FROM exemption_source", "")
      || (table && !write_table (db, table, source, error)))
    return FALSE;
  if (table)
    desk_exemption_as_of (table, &oldest, &newest);
  g_autofree char *detail = table ? g_strdup_printf ("%s, %u lines, as of %s to %s", source, table->len, oldest, newest)
                                  : g_strdup ("built in");
  return desk_txn_log (txn, "exemption.replace", DESK_KIND_CLINIC, 0, detail, error) && desk_txn_commit (txn, error);
}
