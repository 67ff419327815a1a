/* The planner's problem: course and clinic's numbers, and the parts of the other files put together. */
#include "desk-plan-private.h"

#include <string.h>

#include "desk-cell-settings.h"

#define HORIZON_DAYS 365
#define LONGEST_DAYS 730 /* the planner's own limit */

static const char template_sql[]
    = "SELECT code, strategy FROM course_template WHERE code = $1 OR ($1 = '' AND active = 1)"
      " ORDER BY position, code LIMIT 1";

static const char steps_sql[]
    = "SELECT s.seq, s.type, s.min_days, s.max_days, coalesce (b.type, '') FROM course_template_step s"
      " LEFT JOIN course_template_step b ON b.template = s.template AND b.seq = s.after"
      " WHERE s.template = $1 ORDER BY s.seq";

/* What a course says of its days; -1 where it says nothing. */
typedef struct
{
  int strategy, infusions;
  int gap_min, gap_max;
  int culture_min, culture_max;
} Course;

/* Everything as course and clinic say. */
void
desk_plan_options_init (DeskPlanOptions *options)
{
  *options = (DeskPlanOptions){ .strategy = -1, .gap_min = -1, .gap_max = -1, .max_draws = -1, .before = -1, .after = -1,
                                .home_days = -1, .first = DESK_DAY_NONE, .last = DESK_DAY_NONE };
}

static DeskPlanFile *
file_new (gint64 patient_id)
{
  DeskPlanFile *file = g_new0 (DeskPlanFile, 1);

  file->problem = desk_plan_problem_new ();
  file->patient_id = patient_id;
  file->dose_units = g_array_new (FALSE, FALSE, sizeof (DeskPlanDoseUnit));
  file->hangs = g_array_new (FALSE, FALSE, sizeof (DeskPlanHang));
  file->paper_ids = g_array_new (FALSE, FALSE, sizeof (gint64));
  file->missing = g_ptr_array_new_with_free_func (g_free);
  return file;
}

void
desk_plan_file_free (DeskPlanFile *file)
{
  if (!file)
    return;
  desk_plan_problem_free (file->problem);
  g_free (file->template_code);
  g_free (file->draw_type);
  g_free (file->nationality);
  g_array_unref (file->dose_units);
  g_array_unref (file->hangs);
  g_array_unref (file->paper_ids);
  g_ptr_array_unref (file->missing);
  g_free (file);
}

/* Who says how long somebody may stay: a static code. */
const char *
desk_plan_stay_code (DeskPlanStay stay)
{
  static const char *const codes[] = { "unknown", "resident", "stamped", "exempt", "visa" };

  return codes[stay];
}

/* what is static. */
void
desk_plan_add_hang (DeskPlanFile *file, const char *what, gint64 row_id, DeskDay day)
{
  DeskPlanHang hang = { what, row_id, day };

  if (day != DESK_DAY_NONE)
    g_array_append_val (file->hangs, hang);
}

/* A range that several steps say is what suits all of them; where nothing does, what the first said stands. */
static void
narrow (int *low, int *high, int min, int max)
{
  if (*low < 0)
    {
      *low = min;
      *high = max;
      return;
    }
  if (MAX (*low, min) > MIN (*high, max))
    return;
  *low = MAX (*low, min);
  *high = MIN (*high, max);
}

static gboolean
is_draw (const char *type)
{
  return strcmp (type, "blood_draw") == 0 || strcmp (type, "apheresis") == 0;
}

/* Infusions that follow a draw say how long the culture takes; those that follow an infusion, the gap. */
static void
read_step (DeskPlanFile *file, Course *course, DeskStmt *stmt)
{
  const char *type = desk_stmt_text (stmt, 1), *before = desk_stmt_text (stmt, 4);
  int min = desk_stmt_int (stmt, 2), max = desk_stmt_int (stmt, 3);

  if (is_draw (type) && !file->draw_type)
    file->draw_type = g_strdup (type);
  if (strcmp (type, "infusion") != 0)
    return;
  course->infusions++;
  if (is_draw (before))
    narrow (&course->culture_min, &course->culture_max, min, max);
  if (strcmp (before, "infusion") == 0)
    narrow (&course->gap_min, &course->gap_max, min, max);
}

static gboolean
read_course (DeskPlanReading *reading, const char *wanted, Course *course, GError **error)
{
  DeskPlanFile *file = reading->file;
  DeskPlanStrategy strategy = DESK_PLAN_ONE_DRAW;

  {
    g_autoptr (DeskStmt) stmt = desk_db_query (reading->db, error, template_sql, "t", wanted ? wanted : "");
    DeskStep step = stmt ? desk_stmt_step (stmt, error) : DESK_STEP_ERROR;

    if (step == DESK_STEP_DONE)
      g_set_error (error, DESK_ERROR, DESK_ERROR_NOT_FOUND, "no course template “%s”", wanted ? wanted : "");
    if (step != DESK_STEP_ROW)
      return FALSE;
    file->template_code = desk_stmt_dup_text (stmt, 0);
    if (desk_plan_strategy_read (desk_stmt_text (stmt, 1), &strategy))
      course->strategy = (int) strategy;
  }

  g_autoptr (DeskStmt) stmt = desk_db_query (reading->db, error, steps_sql, "t", file->template_code);
  DeskStep step = DESK_STEP_ERROR;
  while (stmt && (step = desk_stmt_step (stmt, error)) == DESK_STEP_ROW)
    read_step (file, course, stmt);
  if (!file->draw_type)
    file->draw_type = g_strdup ("blood_draw");
  return step == DESK_STEP_DONE;
}

static int
chosen (int wanted, int course, gint64 clinic)
{
  return wanted >= 0 ? wanted : course >= 0 ? course : (int) clinic;
}

static void
set_numbers (DeskPlanProblem *problem, const DeskPlanOptions *options, const Course *course, const gint64 *clinic)
{
  problem->strategy = (DeskPlanStrategy) chosen (options->strategy, course->strategy, DESK_PLAN_ONE_DRAW);
  problem->infusions = options->infusions > 0 ? options->infusions : MAX (course->infusions, 1);
  problem->gap_min = chosen (options->gap_min, course->gap_min, 7);
  problem->gap_max = chosen (options->gap_max, course->gap_max, MAX (14, problem->gap_min));
  problem->culture_min = chosen (-1, course->culture_min, clinic[DESK_CELL_CULTURE_MIN]);
  problem->culture_max = chosen (-1, course->culture_max, clinic[DESK_CELL_CULTURE_MAX]);
  problem->fresh_days = (int) clinic[DESK_CELL_FRESH_DAYS];
  problem->fresh_per_draw = (int) clinic[DESK_CELL_FRESH_PER_DRAW];
  problem->release_days = (int) clinic[DESK_CELL_RELEASE_DAYS];
  problem->bank_days = (int) clinic[DESK_CELL_BANK_DAYS];
  problem->yield = (int) clinic[DESK_CELL_YIELD];
  problem->max_draws = chosen (options->max_draws, -1, clinic[DESK_CELL_PLAN_DRAWS]);
  problem->before = chosen (options->before, -1, clinic[DESK_CELL_ARRIVAL]);
  problem->after = chosen (options->after, -1, clinic[DESK_CELL_DEPARTURE]);
  problem->home_days = chosen (options->home_days, -1, clinic[DESK_CELL_HOME]);
}

/* One day of planning at least, and no more than the planner takes. */
static void
set_horizon (DeskPlanProblem *problem, const DeskPlanOptions *options, DeskDay today)
{
  problem->first = options->first != DESK_DAY_NONE ? options->first : today + 1;
  problem->last = options->last != DESK_DAY_NONE ? options->last : problem->first + HORIZON_DAYS - 1;
  problem->last = MIN (problem->last, problem->first + LONGEST_DAYS - 1);
}

DeskPlanFile *
desk_plan_problem_load (DeskDb *db, gint64 patient_id, const DeskPlanOptions *options, DeskDay today, GError **error)
{
  g_autoptr (DeskPlanFile) file = file_new (patient_id);
  DeskPlanReading reading = { db, file, today };
  Course course = { .strategy = -1, .gap_min = -1, .gap_max = -1, .culture_min = -1, .culture_max = -1 };
  gint64 clinic[DESK_N_CELL_SETTINGS];

  if (!read_course (&reading, options->template_code, &course, error) || !desk_cell_settings_load (db, clinic, error))
    return NULL;
  set_numbers (file->problem, options, &course, clinic);
  set_horizon (file->problem, options, today);
  if (file->problem->last < file->problem->first)
    {
      g_set_error_literal (error, DESK_ERROR, DESK_ERROR_INVALID, "last: before-first");
      return NULL;
    }
  if (!desk_plan_read_stay (&reading, error) || !desk_plan_read_days (&reading, error)
      || !desk_plan_read_windows (&reading, error) || !desk_plan_read_visits (&reading, error)
      || !desk_plan_read_doses (&reading, clinic[DESK_CELL_RELEASE_DAYS], error)
      || !desk_plan_read_papers (&reading, options->hard_papers, error))
    return NULL;
  return g_steal_pointer (&file);
}
