#include "desk-bank-sheet.h"

#define UNIT \
  "SELECT u.id, p.container_id, p.row, p.col, u.number, u.kind, u.life, u.quality, u.use_until, t.family, t.given, t.chart, t.birth" \
  " FROM placement p JOIN unit u ON u.id = p.unit_id JOIN patient t ON t.id = u.patient_id"

static gboolean
each (DeskStmt *stmt, DeskSheetFunc func, gpointer user_data, GError **error)
{
  DeskStep step = DESK_STEP_ERROR;

  while (stmt && (step = desk_stmt_step (stmt, error)) == DESK_STEP_ROW)
    {
      const DeskSheetUnit unit = { .unit_id = desk_stmt_int64 (stmt, 0),
                                   .container_id = desk_stmt_int64 (stmt, 1),
                                   .row = desk_stmt_int (stmt, 2),
                                   .col = desk_stmt_int (stmt, 3),
                                   .number = desk_stmt_text (stmt, 4),
                                   .kind = desk_stmt_text (stmt, 5),
                                   .life = desk_stmt_text (stmt, 6),
                                   .quality = desk_stmt_text (stmt, 7),
                                   .use_until = desk_stmt_text (stmt, 8),
                                   .family = desk_stmt_text (stmt, 9),
                                   .given = desk_stmt_text (stmt, 10),
                                   .chart = desk_stmt_text (stmt, 11),
                                   .birth = desk_stmt_text (stmt, 12) };

      if (!func (&unit, user_data, error))
        return FALSE;
    }
  return step == DESK_STEP_DONE;
}

/* What stands in one box, by place. */
gboolean
desk_bank_sheet_box (DeskDb *db, gint64 container_id, DeskSheetFunc func, gpointer user_data, GError **error)
{
  g_autoptr (DeskStmt) stmt = desk_db_query (db, error, UNIT " WHERE p.container_id = $1 AND p.until IS NULL ORDER BY p.row, p.col", "i", container_id);

  return each (stmt, func, user_data, error);
}

/* All that stands anywhere, by patient and number: the one list that looks at every place. */
gboolean
desk_bank_sheet_patients (DeskDb *db, DeskSheetFunc func, gpointer user_data, GError **error)
{
  g_autoptr (DeskStmt) stmt = desk_db_query (db, error, UNIT " WHERE p.until IS NULL ORDER BY t.family, t.given, t.id, u.number", "");

  return each (stmt, func, user_data, error);
}

/* The outermost containers (gint64) in drawing order; free with g_array_unref (). */
GArray *
desk_bank_tops (DeskDb *db, GError **error)
{
  g_autoptr (DeskStmt) stmt = desk_db_query (db, error, "SELECT id FROM container WHERE parent_id IS NULL AND retired = 0 ORDER BY row, col, name, id", "");
  g_autoptr (GArray) ids = g_array_new (FALSE, FALSE, sizeof (gint64));
  DeskStep step = DESK_STEP_ERROR;

  while (stmt && (step = desk_stmt_step (stmt, error)) == DESK_STEP_ROW)
    {
      gint64 id = desk_stmt_int64 (stmt, 0);

      g_array_append_val (ids, id);
    }
  return step == DESK_STEP_DONE ? g_steal_pointer (&ids) : NULL;
}

/* The newest row of the audit trail: printed, it pins all before it. */
gboolean
desk_audit_head (DeskDb *db, gint64 *seq, char **digest, GError **error)
{
  g_autoptr (DeskStmt) stmt = desk_db_query (db, error, "SELECT seq, hash FROM audit WHERE seq = (SELECT max (seq) FROM audit)", "");
  DeskStep step = stmt ? desk_stmt_step (stmt, error) : DESK_STEP_ERROR;

  *seq = step == DESK_STEP_ROW ? desk_stmt_int64 (stmt, 0) : 0;
  *digest = step == DESK_STEP_ROW ? desk_stmt_dup_text (stmt, 1) : g_strdup ("");
  return step != DESK_STEP_ERROR;
}
