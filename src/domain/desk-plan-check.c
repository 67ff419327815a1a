/* A plan looked at rule by rule, without anything of the solver. */
#include <stdlib.h>

#include "desk-planner.h"

typedef struct
{
  const DeskPlanProblem *problem;
  const DeskPlan *plan;
  DeskProblems *problems;
} Look;

static void
add (const Look *look, const char *field, DeskDay day)
{
  g_autofree char *iso = desk_day_format (day);

  desk_problems_add (look->problems, field, "broken", iso);
}

static void
broken (const Look *look, DeskPlanRule rule, DeskDay day)
{
  add (look, desk_plan_rule_code (rule), day);
}

static const DeskPlanVisit *
visit_at (const Look *look, guint i)
{
  return &g_array_index (look->plan->visits, DeskPlanVisit, i);
}

static const DeskPlanTrip *
trip_at (const Look *look, guint i)
{
  return &g_array_index (look->plan->trips, DeskPlanTrip, i);
}

/* The day of the draw of that number, or DESK_DAY_NONE. */
static DeskDay
day_of_draw (const Look *look, int number)
{
  for (guint i = 0; i < look->plan->visits->len; i++)
    if (visit_at (look, i)->draw && visit_at (look, i)->draw_number == number)
      return visit_at (look, i)->day;
  return DESK_DAY_NONE;
}

/* Days rise, each visit is for something, draws are numbered in their order, and there are as many infusions as wanted. */
static void
check_visits (const Look *look)
{
  int draws = 0, infusions = 0;
  DeskDay before = DESK_DAY_NONE;

  for (guint i = 0; i < look->plan->visits->len; i++)
    {
      const DeskPlanVisit *visit = visit_at (look, i);

      if (visit->day <= before || (!visit->draw && !visit->infusion)
          || (visit->draw && visit->draw_number != draws + 1))
        add (look, "visits", visit->day);
      draws += visit->draw != 0;
      infusions += visit->infusion != 0;
      before = visit->day;
    }
  if (infusions != look->problem->infusions)
    add (look, "visits", look->problem->last);
}

static void
check_days (const Look *look)
{
  const DeskPlanProblem *problem = look->problem;

  for (guint i = 0; i < look->plan->visits->len; i++)
    {
      const DeskPlanVisit *visit = visit_at (look, i);
      const DeskPlanDay *day;

      if (visit->day < problem->first || visit->day > problem->last)
        {
          broken (look, DESK_PLAN_RULE_HORIZON, visit->day);
          continue;
        }
      if (!problem->days || (guint) (visit->day - problem->first) >= problem->days->len)
        continue;
      day = &g_array_index (problem->days, DeskPlanDay, visit->day - problem->first);
      if (day->closed)
        broken (look, DESK_PLAN_RULE_CLOSED, visit->day);
      if (day->blackout)
        broken (look, DESK_PLAN_RULE_BLACKOUT, visit->day);
      if ((visit->draw && day->draws_left == 0) || (visit->infusion && day->infusions_left == 0))
        broken (look, DESK_PLAN_RULE_CAPACITY, visit->day);
    }
}

static void
check_papers (const Look *look)
{
  for (guint i = 0; i < look->plan->visits->len; i++)
    for (guint p = 0; look->problem->papers && p < look->problem->papers->len; p++)
      {
        const DeskPlanVisit *visit = visit_at (look, i);
        const DeskPlanPaper *paper = g_ptr_array_index (look->problem->papers, p);
        gboolean needed = (visit->draw && paper->for_draw) || (visit->infusion && paper->for_infusion);

        if (paper->hard && needed && visit->day > paper->good_until)
          broken (look, DESK_PLAN_RULE_PAPERS, visit->day);
      }
}

static void
check_gaps (const Look *look)
{
  DeskDay before = DESK_DAY_NONE;

  for (guint i = 0; i < look->plan->visits->len; i++)
    if (visit_at (look, i)->infusion)
      {
        DeskDay day = visit_at (look, i)->day;

        if (before != DESK_DAY_NONE
            && (day - before < look->problem->gap_min || day - before > look->problem->gap_max))
          broken (look, DESK_PLAN_RULE_GAP, day);
        before = day;
      }
}

static void
check_bank_dose (const Look *look, const DeskPlanVisit *visit)
{
  for (guint i = 0; look->problem->doses && i < look->problem->doses->len; i++)
    {
      const DeskPlanDose *dose = &g_array_index (look->problem->doses, DeskPlanDose, i);

      if (dose->id != visit->dose_id)
        continue;
      if (dose->ready != DESK_DAY_NONE && visit->day < dose->ready)
        broken (look, DESK_PLAN_RULE_RELEASE, visit->day);
      if (dose->expiry != DESK_DAY_NONE && visit->day > dose->expiry)
        broken (look, DESK_PLAN_RULE_EXPIRY, visit->day);
      return;
    }
  broken (look, DESK_PLAN_RULE_YIELD, visit->day);
}

static void
check_drawn_dose (const Look *look, const DeskPlanVisit *visit)
{
  const DeskPlanProblem *problem = look->problem;
  DeskDay drawn = day_of_draw (look, visit->from_draw);

  if (drawn == DESK_DAY_NONE)
    {
      add (look, "visits", visit->day);
      return;
    }
  if (visit->day < drawn + problem->culture_min)
    broken (look, DESK_PLAN_RULE_CULTURE, visit->day);
  if (visit->source == DESK_PLAN_FROM_FRESH)
    {
      if (visit->day > drawn + problem->culture_max + problem->fresh_days)
        broken (look, DESK_PLAN_RULE_SHELF, visit->day);
      return;
    }
  if (visit->day < drawn + problem->culture_min + problem->release_days)
    broken (look, DESK_PLAN_RULE_RELEASE, visit->day);
  if (visit->day > drawn + problem->bank_days)
    broken (look, DESK_PLAN_RULE_EXPIRY, visit->day);
}

/* How many infusions there are until that visit from the same thing, itself counted; fresh: only fresh ones. */
static int
used (const Look *look, guint until, gboolean fresh)
{
  const DeskPlanVisit *visit = visit_at (look, until);
  int n = 0;

  for (guint i = 0; i <= until; i++)
    {
      const DeskPlanVisit *other = visit_at (look, i);
      gboolean bank = other->source == DESK_PLAN_FROM_BANK;

      if (other->infusion && bank == (visit->source == DESK_PLAN_FROM_BANK)
          && (bank ? other->dose_id == visit->dose_id : other->from_draw == visit->from_draw)
          && (!fresh || other->source == DESK_PLAN_FROM_FRESH))
        n++;
    }
  return n;
}

static int
banked (const DeskPlanProblem *problem, gint64 id)
{
  int n = 0;

  for (guint i = 0; problem->doses && i < problem->doses->len; i++)
    if (g_array_index (problem->doses, DeskPlanDose, i).id == id)
      n += g_array_index (problem->doses, DeskPlanDose, i).count;
  return n;
}

static void
check_sources (const Look *look)
{
  const DeskPlanProblem *problem = look->problem;
  gboolean each = problem->strategy == DESK_PLAN_DRAW_EACH;

  for (guint i = 0; i < look->plan->visits->len; i++)
    {
      const DeskPlanVisit *visit = visit_at (look, i);

      if (!visit->infusion)
        continue;
      if (visit->source == DESK_PLAN_FROM_BANK)
        {
          check_bank_dose (look, visit);
          if (used (look, i, FALSE) > banked (problem, visit->dose_id))
            broken (look, DESK_PLAN_RULE_YIELD, visit->day);
          continue;
        }
      check_drawn_dose (look, visit);
      if ((!each && problem->yield && used (look, i, FALSE) > problem->yield)
          || (visit->source == DESK_PLAN_FROM_FRESH && used (look, i, TRUE) > problem->fresh_per_draw))
        broken (look, DESK_PLAN_RULE_YIELD, visit->day);
    }
}

/* One draw, every infusion from it: what is from the bank or a draw too many is against the strategy. */
static void
check_strategy (const Look *look)
{
  DeskPlanStrategy strategy = look->problem->strategy;
  int draws = 0, infusions = 0;

  for (guint i = 0; i < look->plan->visits->len; i++)
    {
      const DeskPlanVisit *visit = visit_at (look, i);
      gboolean bank = visit->infusion && visit->source == DESK_PLAN_FROM_BANK;

      draws += visit->draw != 0;
      infusions += visit->infusion != 0;
      if ((strategy == DESK_PLAN_ONE_DRAW && (draws > 1 || bank)) || (strategy == DESK_PLAN_DRAW_EACH && bank)
          || (strategy == DESK_PLAN_BANKED && (visit->draw || (visit->infusion && !bank))))
        add (look, "strategy", visit->day);
      if (strategy == DESK_PLAN_MIXED && visit->draw && draws > look->problem->max_draws)
        broken (look, DESK_PLAN_RULE_DRAWS, visit->day);
      if (strategy == DESK_PLAN_DRAW_EACH
          && (i == 0 ? visit->infusion
                     : !visit->infusion || visit->source != DESK_PLAN_FROM_FRESH || visit->from_draw != infusions
                         || !visit->draw != (i + 1 == look->plan->visits->len)))
        add (look, "strategy", visit->day);
    }
  if (draws == 0 && (strategy == DESK_PLAN_ONE_DRAW || strategy == DESK_PLAN_DRAW_EACH))
    add (look, "strategy", look->problem->first);
}

static gboolean
is_begun (const Look *look, guint trip)
{
  return trip == 0 && look->problem->here_since != DESK_DAY_NONE;
}

static gboolean
inside_a_window (const DeskPlanProblem *problem, DeskDay first, DeskDay last)
{
  if (!problem->windows)
    return TRUE;
  for (guint i = 0; i < problem->windows->len; i++)
    {
      const DeskDaySpan *span = &g_array_index (problem->windows, DeskDaySpan, i);

      if (span->first <= first && last <= span->last)
        return TRUE;
    }
  return FALSE;
}

/* First and last day of the visits between arrival and departure; FALSE when there is none. */
static gboolean
visits_of (const Look *look, const DeskPlanTrip *trip, DeskDay *first, DeskDay *last)
{
  *first = *last = DESK_DAY_NONE;
  for (guint i = 0; i < look->plan->visits->len; i++)
    {
      DeskDay day = visit_at (look, i)->day;

      if (day < trip->arrival || day > trip->departure)
        continue;
      if (*first == DESK_DAY_NONE)
        *first = day;
      *last = day;
    }
  return *first != DESK_DAY_NONE;
}

static void
check_stay (const Look *look, const DeskPlanTrip *trip, gboolean begun)
{
  const DeskPlanProblem *problem = look->problem;

  if (begun && problem->permitted_until != DESK_DAY_NONE)
    {
      if (trip->departure > problem->permitted_until)
        broken (look, DESK_PLAN_RULE_STAY, trip->departure);
    }
  else if (problem->stay_days && trip->departure - trip->arrival + 1 > problem->stay_days)
    broken (look, DESK_PLAN_RULE_STAY, trip->departure);
}

static void
check_trip (const Look *look, guint i)
{
  const DeskPlanProblem *problem = look->problem;
  const DeskPlanTrip *trip = trip_at (look, i);
  gboolean begun = is_begun (look, i);
  DeskDay first, last;

  if (trip->departure < trip->arrival || (begun && trip->arrival != problem->here_since))
    add (look, "trips", trip->arrival);
  if (i > 0 && trip->arrival - trip_at (look, i - 1)->departure - 1 < problem->home_days)
    broken (look, DESK_PLAN_RULE_HOME, trip->arrival);
  if (i > 0 && trip->arrival <= trip_at (look, i - 1)->departure)
    add (look, "trips", trip->arrival);
  if (!begun && trip->arrival < problem->first)
    broken (look, DESK_PLAN_RULE_HORIZON, trip->arrival);
  check_stay (look, trip, begun);
  if (!visits_of (look, trip, &first, &last))
    {
      if (!begun || trip->departure != problem->first)
        add (look, "trips", trip->arrival);
      return;
    }
  if (first < trip->arrival + problem->before)
    broken (look, DESK_PLAN_RULE_BUFFERS, first);
  if (trip->departure < last + problem->after)
    broken (look, DESK_PLAN_RULE_BUFFERS, last);
  if (!inside_a_window (problem, begun ? first : trip->arrival, trip->departure))
    broken (look, DESK_PLAN_RULE_WINDOWS, trip->arrival);
}

static void
check_trips (const Look *look)
{
  const DeskPlan *plan = look->plan;

  for (guint i = 0; i < plan->trips->len; i++)
    check_trip (look, i);
  for (guint v = 0; v < plan->visits->len; v++)
    {
      gboolean covered = FALSE;

      for (guint i = 0; i < plan->trips->len; i++)
        covered = covered
                  || (trip_at (look, i)->arrival <= visit_at (look, v)->day
                      && visit_at (look, v)->day <= trip_at (look, i)->departure);
      if (!covered)
        add (look, "trips", visit_at (look, v)->day);
    }
}

static void
check_totals (const Look *look)
{
  const DeskPlan *plan = look->plan;
  int days = 0, draws = 0, fresh = 0;
  DeskDay end = DESK_DAY_NONE;

  for (guint i = 0; i < plan->trips->len; i++)
    days += trip_at (look, i)->departure - trip_at (look, i)->arrival + 1;
  for (guint i = 0; i < plan->visits->len; i++)
    {
      const DeskPlanVisit *visit = visit_at (look, i);

      draws += visit->draw != 0;
      fresh += visit->infusion && visit->source == DESK_PLAN_FROM_FRESH;
      if (visit->infusion)
        end = visit->day;
    }
  if (plan->n_trips != (int) plan->trips->len || plan->n_days != days || plan->n_draws != draws
      || plan->n_fresh != fresh || plan->end != end)
    add (look, "totals", plan->end);
}

/* See desk-planner.h. */
void
desk_plan_check (const DeskPlanProblem *problem, const DeskPlan *plan, DeskProblems *problems)
{
  Look look = { problem, plan, problems };

  check_visits (&look);
  check_days (&look);
  check_papers (&look);
  check_gaps (&look);
  check_sources (&look);
  check_strategy (&look);
  check_trips (&look);
  check_totals (&look);
}
