/* The planner's face: plans made of steps, and the answer. */
#include "desk-planner-private.h"

#include "desk-plan-relax.h"

/* What one problem and its reasons may use of work, counted in comparisons of labels: about half a second. */
#define WORK 36000000

static void
add_trips (const PlanGround *ground, DeskPlan *plan, const PlanStep *steps, int n_steps)
{
  const DeskPlanProblem *problem = ground->problem;

  if (ground->here)
    {
      DeskPlanTrip begun = { problem->here_since, problem->first };

      g_array_append_val (plan->trips, begun);
    }
  for (int i = 0; i < n_steps; i++)
    {
      DeskDay day = problem->first + steps[i].day;

      if (steps[i].new_trip)
        {
          DeskPlanTrip trip = { day - problem->before, day + problem->after };

          g_array_append_val (plan->trips, trip);
        }
      else
        g_array_index (plan->trips, DeskPlanTrip, plan->trips->len - 1).departure = day + problem->after;
    }
}

static int
number_of_draw (const PlanStep *steps, int n_steps, int day)
{
  int number = 0;

  for (int i = 0; i < n_steps && steps[i].day <= day; i++)
    number += steps[i].draw;
  return number;
}

static void
add_visits (const PlanGround *ground, DeskPlan *plan, const PlanStep *steps, int n_steps)
{
  for (int i = 0; i < n_steps; i++)
    {
      DeskPlanVisit visit = { .day = ground->problem->first + steps[i].day, .draw = steps[i].draw,
                              .infusion = steps[i].infusion };

      if (steps[i].draw)
        visit.draw_number = ++plan->n_draws;
      if (steps[i].infusion)
        {
          visit.source = steps[i].source;
          if (visit.source == DESK_PLAN_FROM_BANK)
            visit.dose_id = ground->lots[steps[i].from].id;
          else
            visit.from_draw = number_of_draw (steps, n_steps, steps[i].from);
          plan->n_fresh += visit.source == DESK_PLAN_FROM_FRESH;
          plan->end = visit.day;
        }
      g_array_append_val (plan->visits, visit);
    }
}

/* Codes of the papers that are not good on a day they are needed for. */
static void
add_stale (const DeskPlanProblem *problem, DeskPlan *plan)
{
  for (guint i = 0; problem->papers && i < problem->papers->len; i++)
    {
      const DeskPlanPaper *paper = g_ptr_array_index (problem->papers, i);
      gboolean stale = FALSE;

      for (guint v = 0; v < plan->visits->len; v++)
        {
          const DeskPlanVisit *visit = &g_array_index (plan->visits, DeskPlanVisit, v);

          stale = stale
                  || (paper->good_until < visit->day
                      && ((visit->draw && paper->for_draw) || (visit->infusion && paper->for_infusion)));
        }
      if (stale)
        g_ptr_array_add (plan->stale, g_strdup (paper->code));
    }
}

/* See desk-planner-private.h. */
DeskPlan *
desk_plan_build (const PlanGround *ground, const PlanStep *steps, int n_steps)
{
  DeskPlan *plan = g_new0 (DeskPlan, 1);

  plan->visits = g_array_new (FALSE, FALSE, sizeof (DeskPlanVisit));
  plan->trips = g_array_new (FALSE, FALSE, sizeof (DeskPlanTrip));
  plan->stale = g_ptr_array_new_with_free_func (g_free);
  add_trips (ground, plan, steps, n_steps);
  add_visits (ground, plan, steps, n_steps);
  add_stale (ground->problem, plan);
  plan->n_trips = (int) plan->trips->len;
  for (guint i = 0; i < plan->trips->len; i++)
    {
      const DeskPlanTrip *trip = &g_array_index (plan->trips, DeskPlanTrip, i);

      plan->n_days += trip->departure - trip->arrival + 1;
    }
  return plan;
}

static int
by_numbers (gconstpointer a, gconstpointer b)
{
  const DeskPlan *one = *(const DeskPlan *const *) a, *other = *(const DeskPlan *const *) b;

  if (one->n_trips != other->n_trips)
    return one->n_trips - other->n_trips;
  return one->n_days != other->n_days ? one->n_days - other->n_days : one->end - other->end;
}

/* See desk-planner-private.h. */
GPtrArray *
desk_plan_ground_best (const PlanGround *ground, gboolean fewest_trips, gint64 *work)
{
  const PlanSearch search = { .fewest_trips = fewest_trips };
  GPtrArray *plans;

  if (ground->strategy == DESK_PLAN_MIXED && ground->fresh_per_draw > 0)
    plans = desk_plan_mixed (ground, fewest_trips, work);
  else
    plans = desk_plan_sweep (ground, &search, work);
  g_ptr_array_sort (plans, by_numbers);
  return plans;
}

static GPtrArray *
best (const DeskPlanProblem *problem, gint64 *work)
{
  g_autofree PlanGround *ground = g_new (PlanGround, 1);

  desk_plan_ground_lay (ground, problem);
  return desk_plan_ground_best (ground, FALSE, work);
}

/* See desk-planner.h. */
GPtrArray *
desk_plan_best (const DeskPlanProblem *problem, gboolean *too_hard)
{
  gint64 work = WORK;
  GPtrArray *plans = best (problem, &work);

  if (too_hard)
    *too_hard = work <= 0;
  return plans;
}

/* See desk-planner.h. */
DeskPlanAnswer *
desk_plan_solve (const DeskPlanProblem *problem)
{
  DeskPlanAnswer *answer = g_new0 (DeskPlanAnswer, 1);
  gint64 work = WORK;

  answer->plans = best (problem, &work);
  answer->too_hard = work <= 0;
  answer->relaxations = g_ptr_array_new_with_free_func ((GDestroyNotify) desk_plan_relaxation_free);
  if (answer->plans->len == 0 && !answer->too_hard)
    desk_plan_relax (problem, answer, &work);
  return answer;
}
