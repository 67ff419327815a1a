#include "desk-plan-many.h"

#include "desk-book-private.h"
#include "desk-plan-private.h"

#define REACH 730 /* days the rooms cover: as far as a plan may look */

/* A patient waits once, however often he is on the list: with the best of his priorities and its days. */
static const char waiting_sql[]
    = "SELECT w.patient_id, p.family, p.given, p.chart, w.priority, w.first_day, w.last_day,"
      " coalesce ((SELECT t.code FROM course c JOIN course_template t ON t.code = c.template AND t.active = 1"
      "            WHERE c.patient_id = w.patient_id ORDER BY c.id DESC LIMIT 1), '')"
      " FROM waiting w JOIN patient p ON p.id = w.patient_id"
      " WHERE w.closed_at IS NULL AND w.type IN ('blood_draw', 'apheresis', 'infusion') ORDER BY w.priority, w.added_at, w.id";

static void
waiter_free (gpointer data)
{
  DeskPlanWaiter *waiter = data;

  g_free (waiter->name);
  g_free (waiter->chart);
  desk_plan_file_free (waiter->file);
  g_clear_pointer (&waiter->problems, desk_problems_free);
  g_free (waiter);
}

void
desk_plan_many_free (DeskPlanMany *many)
{
  if (!many)
    return;
  g_ptr_array_unref (many->waiters);
  g_ptr_array_unref (many->left_out);
  g_array_unref (many->rooms);
  g_free (many);
}

typedef struct
{
  DeskPlanWaiter *waiter;
  DeskDay first, last;
  char *template_code;
} Row;

static void
row_clear (gpointer data)
{
  Row *row = data;

  g_clear_pointer (&row->waiter, waiter_free);
  g_free (row->template_code);
}

static gboolean
known (const GArray *rows, gint64 patient_id)
{
  for (guint i = 0; i < rows->len; i++)
    if (g_array_index (rows, Row, i).waiter->patient_id == patient_id)
      return TRUE;
  return FALSE;
}

static GArray *
read_rows (DeskDb *db, GError **error)
{
  g_autoptr (GArray) rows = g_array_new (FALSE, FALSE, sizeof (Row));
  g_autoptr (DeskStmt) stmt = desk_db_query (db, error, waiting_sql, "");
  DeskStep step = DESK_STEP_ERROR;

  g_array_set_clear_func (rows, row_clear);
  while (stmt && (step = desk_stmt_step (stmt, error)) == DESK_STEP_ROW)
    {
      Row row = { .first = DESK_DAY_NONE, .last = DESK_DAY_NONE };

      if (known (rows, desk_stmt_int64 (stmt, 0)))
        continue;
      row.waiter = g_new0 (DeskPlanWaiter, 1);
      row.waiter->patient_id = desk_stmt_int64 (stmt, 0);
      row.waiter->name = desk_row_name (stmt, 1);
      row.waiter->chart = desk_stmt_dup_text (stmt, 3);
      row.waiter->priority = desk_stmt_int (stmt, 4);
      if (!desk_day_parse (desk_stmt_text (stmt, 5), &row.first))
        row.first = DESK_DAY_NONE;
      if (!desk_day_parse (desk_stmt_text (stmt, 6), &row.last))
        row.last = DESK_DAY_NONE;
      row.template_code = desk_stmt_dup_text (stmt, 7);
      g_array_append_val (rows, row);
    }
  return step == DESK_STEP_DONE ? g_steal_pointer (&rows) : NULL;
}

/* Days before and after those that the list says are none of his. */
static void
narrow (DeskPlanProblem *problem, const Row *row)
{
  for (guint i = 0; i < problem->days->len; i++)
    {
      DeskDay day = problem->first + (DeskDay) i;

      if ((row->first != DESK_DAY_NONE && day < row->first) || (row->last != DESK_DAY_NONE && day > row->last))
        g_array_index (problem->days, DeskPlanDay, i).blackout = TRUE;
    }
}

static gboolean
add_waiter (DeskPlanMany *many, DeskDb *db, Row *row, const DeskPlanOptions *options, DeskDay today, GError **error)
{
  DeskPlanOptions own = *options;
  g_autoptr (DeskProblems) problems = desk_problems_new ();

  if (!own.template_code && *row->template_code)
    own.template_code = row->template_code;
  row->waiter->file = desk_plan_problem_load (db, row->waiter->patient_id, &own, today, error);
  if (!row->waiter->file)
    return FALSE;
  narrow (row->waiter->file->problem, row);
  desk_plan_problem_check (row->waiter->file->problem, problems);
  if (problems->len > 0)
    row->waiter->problems = g_steal_pointer (&problems);
  GPtrArray *list = row->waiter->problems ? many->left_out : many->waiters;
  g_ptr_array_add (list, g_steal_pointer (&row->waiter));
  return TRUE;
}

DeskPlanMany *
desk_plan_many_load (DeskDb *db, const DeskPlanOptions *options, DeskDay today, GError **error)
{
  g_autoptr (DeskPlanMany) many = g_new0 (DeskPlanMany, 1);

  many->waiters = g_ptr_array_new_with_free_func (waiter_free);
  many->left_out = g_ptr_array_new_with_free_func (waiter_free);
  many->rooms = g_array_new (FALSE, TRUE, sizeof (DeskPlanRoom));
  many->first = options->first != DESK_DAY_NONE ? options->first : today + 1;
  g_autoptr (GArray) rows = read_rows (db, error);
  if (!rows)
    return NULL;
  for (guint i = 0; i < rows->len; i++)
    if (!add_waiter (many, db, &g_array_index (rows, Row, i), options, today, error))
      return NULL;
  if (!desk_plan_read_rooms (db, many->first, many->first + REACH - 1, today, many->rooms, error))
    return NULL;
  return g_steal_pointer (&many);
}
