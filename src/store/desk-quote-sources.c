#include "desk-quotes.h"

#include "desk-money-private.h"

static void
source_free (gpointer data)
{
  DeskQuoteSource *source = data;

  g_free (source->name);
  g_free (source->name_ja);
  g_free (source->strategy);
  g_free (source);
}

/* The plans of a patient that were not dropped and the courses going on, the newest first of each: DeskQuoteSource. */
GPtrArray *
desk_quote_sources (DeskDb *db, gint64 patient_id, GError **error)
{
  g_autoptr (GPtrArray) all = g_ptr_array_new_with_free_func (source_free);
  g_autoptr (DeskStmt) stmt
      = desk_db_query (db, error,
                       "SELECT 1, p.id, COALESCE (t.name, ''), COALESCE (t.name_ja, ''), p.strategy,"
                       " COALESCE ((SELECT min (v.day) FROM plan_visit v WHERE v.plan_id = p.id), ''), p.ends_on"
                       " FROM plan p LEFT JOIN course_template t ON t.code = p.template WHERE p.patient_id = $1 AND p.status <> 'dropped'"
                       " UNION ALL SELECT 0, c.id, COALESCE (t.name, ''), COALESCE (t.name_ja, ''), '', c.started_on, ''"
                       " FROM course c LEFT JOIN course_template t ON t.code = c.template WHERE c.patient_id = $1 AND c.status = 'active'"
                       " ORDER BY 1 DESC, 2 DESC",
                       "i", patient_id);
  DeskStep step = DESK_STEP_ERROR;

  while (stmt && (step = desk_stmt_step (stmt, error)) == DESK_STEP_ROW)
    {
      DeskQuoteSource *source = g_new0 (DeskQuoteSource, 1);

      source->plan = desk_stmt_int (stmt, 0);
      source->id = desk_stmt_int64 (stmt, 1);
      source->name = desk_stmt_dup_text (stmt, 2);
      source->name_ja = desk_stmt_dup_text (stmt, 3);
      source->strategy = desk_stmt_dup_text (stmt, 4);
      source->first = desk_money_day_of (desk_stmt_text (stmt, 5));
      source->last = desk_money_day_of (desk_stmt_text (stmt, 6));
      g_ptr_array_add (all, source);
    }
  return step == DESK_STEP_DONE ? g_steal_pointer (&all) : NULL;
}
