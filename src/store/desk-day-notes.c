#include "desk-day-notes.h"

static const char load_sql[] = "SELECT text, version FROM day_note WHERE day = $1";

static const char insert_sql[]
    = "INSERT INTO day_note (day, text) SELECT $1, $2 WHERE NOT EXISTS (SELECT 1 FROM day_note WHERE day = $1)"
      " RETURNING version";

static const char update_sql[]
    = "UPDATE day_note SET text = $2, version = version + 1 WHERE day = $1 AND version = $3 RETURNING version";

/* The note of a day; empty, of version 0, where there is none. */
DeskDayNote *
desk_day_note_load (DeskDb *db, DeskDay day, GError **error)
{
  g_autofree char *iso = desk_day_format (day);
  g_autoptr (DeskStmt) stmt = desk_db_query (db, error, load_sql, "t", iso);
  DeskStep step = stmt ? desk_stmt_step (stmt, error) : DESK_STEP_ERROR;

  if (step == DESK_STEP_ERROR)
    return NULL;
  DeskDayNote *note = g_new0 (DeskDayNote, 1);
  note->day = day;
  note->text = step == DESK_STEP_ROW ? desk_stmt_dup_text (stmt, 0) : g_strdup ("");
  note->version = step == DESK_STEP_ROW ? desk_stmt_int64 (stmt, 1) : 0;
  return note;
}

/* Writes it; CONFLICT when somebody wrote that day's since it was read. Fills the version. */
gboolean
desk_day_note_save (DeskDb *db, DeskDayNote *note, GError **error)
{
  g_autofree char *iso = desk_day_format (note->day);
  gint64 version = 0;
  g_autoptr (DeskTxn) txn = desk_txn_begin (db, error);

  if (!txn)
    return FALSE;
  {
    g_autoptr (DeskStmt) stmt = note->version ? desk_db_query (db, error, update_sql, "tti", iso, note->text, note->version)
                                              : desk_db_query (db, error, insert_sql, "tt", iso, note->text);
    DeskStep step = stmt ? desk_stmt_step (stmt, error) : DESK_STEP_ERROR;

    if (step == DESK_STEP_DONE)
      g_set_error_literal (error, DESK_ERROR, DESK_ERROR_CONFLICT, "somebody wrote the note of the day meanwhile");
    if (step != DESK_STEP_ROW)
      return FALSE;
    version = desk_stmt_int64 (stmt, 0);
  }
  if (!desk_txn_log (txn, "day-note.save", DESK_KIND_BOOK, note->day, iso, error) || !desk_txn_commit (txn, error))
    return FALSE;
  note->version = version;
  return TRUE;
}

DeskDayNote *
desk_day_note_copy (const DeskDayNote *note)
{
  DeskDayNote *copy = g_memdup2 (note, sizeof *note);

  copy->text = g_strdup (note->text);
  return copy;
}

void
desk_day_note_free (DeskDayNote *note)
{
  g_free (note->text);
  g_free (note);
}
