#include "desk-money-private.h"

/* "" for no day; the caller frees it. */
char *
desk_money_day_text (DeskDay day)
{
  return day == DESK_DAY_NONE ? g_strdup ("") : desk_day_format (day);
}

/* DESK_DAY_NONE for none. */
DeskDay
desk_money_day_of (const char *text)
{
  DeskDay day;

  return text && desk_day_parse (text, &day) ? day : DESK_DAY_NONE;
}

/* UTC seconds. */
gint64
desk_money_now (void)
{
  return g_get_real_time () / G_USEC_PER_SEC;
}

/* A rule forbids it: the code is its name. Always FALSE. */
gboolean
desk_money_refuse (GError **error, const char *code)
{
  g_set_error_literal (error, DESK_ERROR, DESK_ERROR_REFUSED, code);
  return FALSE;
}

/* Whether something blocks; the first such problem is the error. */
gboolean
desk_money_invalid (const DeskProblems *problems, GError **error)
{
  for (guint i = 0; i < problems->len; i++)
    {
      const DeskProblem *problem = desk_problems_get (problems, i);

      if (problem->warning)
        continue;
      g_set_error (error, DESK_ERROR, DESK_ERROR_INVALID, "%s: %s", problem->field, problem->code);
      return TRUE;
    }
  return FALSE;
}

/* Steps an UPDATE … RETURNING version; no row is DESK_ERROR_CONFLICT. */
gboolean
desk_money_stepped (DeskStmt *stmt, gint64 *version, GError **error)
{
  switch (stmt ? desk_stmt_step (stmt, error) : DESK_STEP_ERROR)
    {
    case DESK_STEP_ROW:
      *version = desk_stmt_int64 (stmt, 0);
      return TRUE;
    case DESK_STEP_DONE:
      g_set_error_literal (error, DESK_ERROR, DESK_ERROR_CONFLICT, "somebody else saved since it was read");
      return FALSE;
    default:
      return FALSE;
    }
}

/* Steps an INSERT … RETURNING id. */
gboolean
desk_money_insert (DeskStmt *stmt, gint64 *id, GError **error)
{
  if (!stmt || desk_stmt_step (stmt, error) != DESK_STEP_ROW)
    return FALSE;
  *id = desk_stmt_int64 (stmt, 0);
  return TRUE;
}

/* Rows of code, words, words_ja, count, price, tax, sessions, visit_type. */
gboolean
desk_money_read_lines (DeskStmt *stmt, GPtrArray *lines, GError **error)
{
  DeskStep step = DESK_STEP_ERROR;

  while (stmt && (step = desk_stmt_step (stmt, error)) == DESK_STEP_ROW)
    {
      DeskMoneyLine *line = g_new0 (DeskMoneyLine, 1);

      line->code = desk_stmt_dup_text (stmt, 0);
      line->words = desk_stmt_dup_text (stmt, 1);
      line->words_ja = desk_stmt_dup_text (stmt, 2);
      line->count = desk_stmt_int64 (stmt, 3);
      line->price = desk_stmt_int64 (stmt, 4);
      line->tax = desk_stmt_int (stmt, 5);
      line->sessions = desk_stmt_int (stmt, 6);
      line->visit_type = desk_stmt_dup_text (stmt, 7);
      g_ptr_array_add (lines, line);
    }
  return step == DESK_STEP_DONE;
}
