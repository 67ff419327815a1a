/* Problems and plans as records: made, copied, freed, and whether a problem can be asked at all. */
#include "desk-planner.h"

#define MAX_INFUSIONS 24
#define MAX_DRAWS 6
#define MAX_HORIZON 730
#define MAX_WINDOWS 400
#define MAX_LOTS 64
#define MAX_DOSES 999
#define MAX_PAPERS 64
#define MAX_GAP 366
#define MAX_LENGTH 3660
#define FIRST_DAY (-100000) /* of the calendar that is understood: the year 1696 … */
#define LAST_DAY 200000     /* … and 2517 */

static const char *const rule_codes[DESK_N_PLAN_RULES] = {
  [DESK_PLAN_RULE_GAP] = "gap",           [DESK_PLAN_RULE_CULTURE] = "culture",
  [DESK_PLAN_RULE_SHELF] = "shelf",       [DESK_PLAN_RULE_RELEASE] = "release",
  [DESK_PLAN_RULE_EXPIRY] = "expiry",     [DESK_PLAN_RULE_YIELD] = "yield",
  [DESK_PLAN_RULE_DRAWS] = "draws",       [DESK_PLAN_RULE_WINDOWS] = "windows",
  [DESK_PLAN_RULE_STAY] = "stay",         [DESK_PLAN_RULE_BUFFERS] = "buffers",
  [DESK_PLAN_RULE_HOME] = "home",         [DESK_PLAN_RULE_CLOSED] = "closed",
  [DESK_PLAN_RULE_BLACKOUT] = "blackout", [DESK_PLAN_RULE_CAPACITY] = "capacity",
  [DESK_PLAN_RULE_PAPERS] = "papers",     [DESK_PLAN_RULE_HORIZON] = "horizon",
};

static const char *const strategy_codes[DESK_N_PLAN_STRATEGIES] = {
  [DESK_PLAN_ONE_DRAW] = "one_draw",
  [DESK_PLAN_DRAW_EACH] = "draw_each",
  [DESK_PLAN_BANKED] = "banked",
  [DESK_PLAN_MIXED] = "mixed",
};

/* The code of a rule, static; the order of the rules is the order they are told in. */
const char *
desk_plan_rule_code (DeskPlanRule rule)
{
  return rule < DESK_N_PLAN_RULES ? rule_codes[rule] : "";
}

/* The code of a strategy, static. */
const char *
desk_plan_strategy_code (DeskPlanStrategy strategy)
{
  return strategy < DESK_N_PLAN_STRATEGIES ? strategy_codes[strategy] : "";
}

/* Reads the code of a strategy; FALSE and nothing set when there is none of that code. */
gboolean
desk_plan_strategy_read (const char *code, DeskPlanStrategy *strategy)
{
  for (int i = 0; i < DESK_N_PLAN_STRATEGIES; i++)
    if (g_strcmp0 (code, strategy_codes[i]) == 0)
      {
        *strategy = (DeskPlanStrategy) i;
        return TRUE;
      }
  return FALSE;
}

/* The code of a source, static. */
const char *
desk_plan_source_code (DeskPlanSource source)
{
  return source == DESK_PLAN_FROM_FRESH ? "fresh" : source == DESK_PLAN_FROM_FROZEN ? "frozen" : "banked";
}

/* A problem of no infusions with no limits: everything is to be filled in. Free with desk_plan_problem_free (). */
DeskPlanProblem *
desk_plan_problem_new (void)
{
  DeskPlanProblem *problem = g_new0 (DeskPlanProblem, 1);

  problem->here_since = problem->permitted_until = DESK_DAY_NONE;
  return problem;
}

static gpointer
copy_paper (gconstpointer source, gpointer unused)
{
  DeskPlanPaper *paper = g_memdup2 (source, sizeof (DeskPlanPaper));

  paper->code = g_strdup (paper->code);
  return paper;
}

/* A copy that shares nothing. */
DeskPlanProblem *
desk_plan_problem_copy (const DeskPlanProblem *problem)
{
  DeskPlanProblem *copy = g_memdup2 (problem, sizeof (DeskPlanProblem));

  copy->days = problem->days ? g_array_copy (problem->days) : NULL;
  copy->windows = problem->windows ? g_array_copy (problem->windows) : NULL;
  copy->doses = problem->doses ? g_array_copy (problem->doses) : NULL;
  copy->papers = NULL;
  if (problem->papers)
    {
      copy->papers = g_ptr_array_copy (problem->papers, copy_paper, NULL);
      g_ptr_array_set_free_func (copy->papers, (GDestroyNotify) desk_plan_paper_free);
    }
  return copy;
}

void
desk_plan_problem_free (DeskPlanProblem *problem)
{
  if (!problem)
    return;
  g_clear_pointer (&problem->days, g_array_unref);
  g_clear_pointer (&problem->windows, g_array_unref);
  g_clear_pointer (&problem->doses, g_array_unref);
  g_clear_pointer (&problem->papers, g_ptr_array_unref);
  g_free (problem);
}

void
desk_plan_paper_free (DeskPlanPaper *paper)
{
  if (paper)
    g_free (paper->code);
  g_free (paper);
}

static gpointer
copy_code (gconstpointer code, gpointer unused)
{
  return g_strdup (code);
}

/* A copy that shares nothing. */
DeskPlan *
desk_plan_copy (const DeskPlan *plan)
{
  DeskPlan *copy = g_memdup2 (plan, sizeof (DeskPlan));

  copy->visits = g_array_copy (plan->visits);
  copy->trips = g_array_copy (plan->trips);
  copy->stale = g_ptr_array_copy (plan->stale, copy_code, NULL);
  g_ptr_array_set_free_func (copy->stale, g_free);
  return copy;
}

void
desk_plan_free (DeskPlan *plan)
{
  if (!plan)
    return;
  g_clear_pointer (&plan->visits, g_array_unref);
  g_clear_pointer (&plan->trips, g_array_unref);
  g_clear_pointer (&plan->stale, g_ptr_array_unref);
  g_free (plan);
}

void
desk_plan_relaxation_free (DeskPlanRelaxation *relaxation)
{
  if (relaxation)
    g_clear_pointer (&relaxation->plans, g_ptr_array_unref);
  g_free (relaxation);
}

void
desk_plan_answer_free (DeskPlanAnswer *answer)
{
  if (!answer)
    return;
  g_clear_pointer (&answer->plans, g_ptr_array_unref);
  g_clear_pointer (&answer->relaxations, g_ptr_array_unref);
  g_free (answer);
}

typedef struct
{
  const char *field;
  gsize offset;
  int least, most;
  const char *over; /* code of what is more than most */
} NumberLimit;

#define NUMBER(member, least, most, over) { #member, G_STRUCT_OFFSET (DeskPlanProblem, member), least, most, over }

static const NumberLimit number_limits[] = {
  NUMBER (infusions, 1, MAX_INFUSIONS, "too-many"),
  NUMBER (gap_min, 0, MAX_GAP, "too-long"),
  NUMBER (gap_max, 0, MAX_GAP, "too-long"),
  NUMBER (culture_min, 1, MAX_GAP, "too-long"), /* what is given on the day it was drawn is no culture */
  NUMBER (culture_max, 1, MAX_GAP, "too-long"),
  NUMBER (fresh_days, 0, MAX_GAP, "too-long"),
  NUMBER (fresh_per_draw, 0, MAX_DOSES, "too-many"),
  NUMBER (release_days, 0, MAX_LENGTH, "too-long"),
  NUMBER (bank_days, 0, MAX_LENGTH, "too-long"),
  NUMBER (yield, 0, MAX_DOSES, "too-many"),
  NUMBER (max_draws, 0, MAX_DRAWS, "too-many"),
  NUMBER (stay_days, 0, MAX_LENGTH, "too-long"),
  NUMBER (before, 0, MAX_GAP, "too-long"),
  NUMBER (after, 0, MAX_GAP, "too-long"),
  NUMBER (home_days, 0, MAX_LENGTH, "too-long"),
};

static void
check_numbers (const DeskPlanProblem *problem, DeskProblems *problems)
{
  for (guint i = 0; i < G_N_ELEMENTS (number_limits); i++)
    {
      const NumberLimit *limit = &number_limits[i];
      int number = G_STRUCT_MEMBER (int, problem, limit->offset);

      if (number < 0)
        desk_problems_add (problems, limit->field, "negative", NULL);
      else if (number < limit->least)
        desk_problems_add (problems, limit->field, "out-of-range", NULL);
      else if (number > limit->most)
        desk_problems_add (problems, limit->field, limit->over, NULL);
    }
  if (problem->gap_min > problem->gap_max)
    desk_problems_add (problems, "gap_max", "out-of-range", NULL);
  if (problem->culture_min > problem->culture_max)
    desk_problems_add (problems, "culture_max", "out-of-range", NULL);
}

static gboolean
day_good (DeskDay day)
{
  return day >= FIRST_DAY && day <= LAST_DAY;
}

static gboolean
day_good_or_none (DeskDay day)
{
  return day == DESK_DAY_NONE || day_good (day);
}

static void
check_span (const char *field, DeskDay first, DeskDay last, DeskProblems *problems)
{
  if (!day_good_or_none (first) || !day_good_or_none (last))
    desk_problems_add (problems, field, "out-of-range", NULL);
  else if (first != DESK_DAY_NONE && last != DESK_DAY_NONE && last < first)
    desk_problems_add (problems, field, "before-first", NULL);
}

static void
check_days (const DeskPlanProblem *problem, DeskProblems *problems)
{
  if (!day_good (problem->first) || !day_good (problem->last))
    {
      desk_problems_add (problems, day_good (problem->first) ? "last" : "first", "out-of-range", NULL);
      return;
    }
  if (problem->last < problem->first)
    desk_problems_add (problems, "last", "before-first", NULL);
  else if (problem->last - problem->first >= MAX_HORIZON)
    desk_problems_add (problems, "last", "too-long", NULL);
  else if (problem->days && problem->days->len != (guint) (problem->last - problem->first + 1))
    desk_problems_add (problems, "days", "out-of-range", NULL);
  if (problem->here_since == DESK_DAY_NONE)
    {
      if (problem->permitted_until != DESK_DAY_NONE)
        desk_problems_add (problems, "permitted_until", "out-of-range", NULL);
      return;
    }
  if (problem->here_since > problem->first || problem->here_since < problem->first - MAX_LENGTH)
    desk_problems_add (problems, "here_since", "out-of-range", NULL);
  else
    check_span ("permitted_until", problem->here_since, problem->permitted_until, problems);
}

/* Counted before it is walked: a million windows are refused at once. */
static gboolean
few (const char *field, guint count, guint most, DeskProblems *problems)
{
  if (count > most)
    desk_problems_add (problems, field, "too-many", NULL);
  return count <= most;
}

static void
check_lists (const DeskPlanProblem *problem, DeskProblems *problems)
{
  guint n_windows = problem->windows ? problem->windows->len : 0;
  guint n_doses = problem->doses ? problem->doses->len : 0;
  guint n_papers = problem->papers ? problem->papers->len : 0;
  gint64 banked = 0;

  if (few ("windows", n_windows, MAX_WINDOWS, problems))
    for (guint i = 0; i < n_windows; i++)
      {
        const DeskDaySpan *span = &g_array_index (problem->windows, DeskDaySpan, i);

        if (!day_good (span->first) || !day_good (span->last))
          desk_problems_add (problems, "windows", "out-of-range", NULL);
        else
          check_span ("windows", span->first, span->last, problems);
      }
  if (few ("doses", n_doses, MAX_LOTS, problems))
    for (guint i = 0; i < n_doses; i++)
      {
        const DeskPlanDose *dose = &g_array_index (problem->doses, DeskPlanDose, i);

        check_span ("doses", dose->ready, dose->expiry, problems);
        if (dose->count < 0)
          desk_problems_add (problems, "doses", "negative", NULL);
        for (guint j = 0; j < i; j++)
          if (g_array_index (problem->doses, DeskPlanDose, j).id == dose->id)
            desk_problems_add (problems, "doses", "out-of-range", NULL);
        banked += MAX (dose->count, 0);
      }
  if (banked > MAX_DOSES)
    desk_problems_add (problems, "doses", "too-many", NULL);
  if (few ("papers", n_papers, MAX_PAPERS, problems))
    for (guint i = 0; i < n_papers; i++)
      {
        const DeskPlanPaper *paper = g_ptr_array_index (problem->papers, i);

        if (!day_good_or_none (paper->good_until))
          desk_problems_add (problems, "papers", "out-of-range", NULL);
      }
}

/* See desk-planner.h. The codes for what is not a number are given by whoever reads numbers from text. */
void
desk_plan_problem_check (const DeskPlanProblem *problem, DeskProblems *problems)
{
  if ((guint) problem->strategy >= DESK_N_PLAN_STRATEGIES)
    desk_problems_add (problems, "strategy", "out-of-range", NULL);
  check_numbers (problem, problems);
  check_days (problem, problems);
  check_lists (problem, problems);
}
