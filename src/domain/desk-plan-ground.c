/* A problem laid out by day: where a visit may be, and how far a trip may reach that begins there. */
#include "desk-planner-private.h"

static gboolean
papers_good (const DeskPlanProblem *problem, DeskDay day, gboolean draw)
{
  for (guint i = 0; problem->papers && i < problem->papers->len; i++)
    {
      const DeskPlanPaper *paper = g_ptr_array_index (problem->papers, i);

      if (paper->hard && (draw ? paper->for_draw : paper->for_infusion) && paper->good_until < day)
        return FALSE;
    }
  return TRUE;
}

static void
lay_days (PlanGround *ground)
{
  const DeskPlanProblem *problem = ground->problem;

  for (int x = 0; x < ground->n_days; x++)
    {
      static const DeskPlanDay free_day = { FALSE, FALSE, -1, -1 };
      const DeskPlanDay *day = problem->days && (guint) x < problem->days->len
                                 ? &g_array_index (problem->days, DeskPlanDay, x)
                                 : &free_day;

      ground->may[x] = 0;
      if (day->closed || day->blackout)
        continue;
      if (day->draws_left != 0 && papers_good (problem, problem->first + x, TRUE))
        ground->may[x] |= PLAN_MAY_DRAW;
      if (day->infusions_left != 0 && papers_good (problem, problem->first + x, FALSE))
        ground->may[x] |= PLAN_MAY_INFUSE;
    }
}

/* Last day of the windows that a day lies in, counted from the first day; PLAN_NO_DAY when it lies in none. */
static void
lay_windows (const PlanGround *ground, gint16 *reach)
{
  const DeskPlanProblem *problem = ground->problem;

  for (int x = 0; x < ground->n_days; x++)
    reach[x] = problem->windows ? PLAN_NO_DAY : PLAN_FAR;
  for (guint i = 0; problem->windows && i < problem->windows->len; i++)
    {
      const DeskDaySpan *span = &g_array_index (problem->windows, DeskDaySpan, i);
      int last = MIN (span->last - problem->first, PLAN_FAR);

      for (int x = MAX (span->first - problem->first, 0); x <= last && x < ground->n_days; x++)
        reach[x] = (gint16) MAX (reach[x], last);
    }
}

static void
lay_trips (PlanGround *ground)
{
  const DeskPlanProblem *problem = ground->problem;
  gint16 reach[PLAN_MAX_HORIZON];
  int permitted = PLAN_FAR;

  lay_windows (ground, reach);
  if (ground->here && problem->permitted_until != DESK_DAY_NONE)
    permitted = MIN (problem->permitted_until - problem->first, PLAN_FAR);
  else if (ground->here && problem->stay_days)
    permitted = ground->here_day + problem->stay_days - 1;
  ground->leaves = permitted >= 0;
  for (int x = 0; x < ground->n_days; x++)
    {
      int arrival = x - problem->before, departure = PLAN_NO_DAY;

      if (arrival >= 0)
        departure = MIN (reach[arrival], problem->stay_days ? arrival + problem->stay_days - 1 : PLAN_FAR);
      ground->latest[x] = (gint16) MIN (departure - problem->after, ground->n_days - 1);
      departure = PLAN_NO_DAY;
      if (ground->here && x >= ground->here_day + problem->before)
        departure = MIN (reach[x], permitted);
      ground->begun_latest[x] = (gint16) MIN (departure - problem->after, ground->n_days - 1);
    }
}

static int
by_last_day (gconstpointer a, gconstpointer b)
{
  const PlanLot *one = a, *other = b;

  if (one->to != other->to)
    return one->to < other->to ? -1 : 1;
  if (one->from != other->from)
    return one->from < other->from ? -1 : 1;
  return one->id < other->id ? -1 : one->id > other->id;
}

static void
lay_lots (PlanGround *ground)
{
  const DeskPlanProblem *problem = ground->problem;

  ground->n_lots = 0;
  if (ground->strategy != DESK_PLAN_BANKED && ground->strategy != DESK_PLAN_MIXED)
    return;
  for (guint i = 0; problem->doses && i < problem->doses->len && i < PLAN_MAX_LOTS; i++)
    {
      const DeskPlanDose *dose = &g_array_index (problem->doses, DeskPlanDose, i);
      PlanLot *lot = &ground->lots[ground->n_lots];

      lot->from = dose->ready == DESK_DAY_NONE ? 0 : MAX (dose->ready - problem->first, 0);
      lot->to = dose->expiry == DESK_DAY_NONE ? ground->n_days - 1
                                              : MIN (dose->expiry - problem->first, ground->n_days - 1);
      lot->count = MIN (dose->count, ground->n);
      lot->id = dose->id;
      if (lot->count > 0 && lot->from <= lot->to)
        ground->n_lots++;
    }
  qsort (ground->lots, ground->n_lots, sizeof (PlanLot), by_last_day);
}

static void
lay_gaps (PlanGround *ground)
{
  const DeskPlanProblem *problem = ground->problem;

  for (int k = 0; k <= ground->n; k++)
    {
      ground->lo[k] = MAX (problem->gap_min, 1);
      ground->hi[k] = MIN (problem->gap_max, PLAN_FAR);
      if (ground->strategy == DESK_PLAN_DRAW_EACH)
        {
          ground->lo[k] = MAX (k ? ground->lo[k] : 1, ground->fresh_from);
          ground->hi[k] = MIN (k ? ground->hi[k] : PLAN_FAR, ground->fresh_per_draw ? ground->fresh_to : 0);
        }
      else if (k == 0)
        {
          ground->lo[k] = 0;
          ground->hi[k] = 2 * PLAN_FAR;
        }
    }
}

/* Fills ground, which keeps pointing into the problem. */
void
desk_plan_ground_lay (PlanGround *ground, const DeskPlanProblem *problem)
{
  ground->problem = problem;
  ground->strategy = problem->strategy;
  ground->n = problem->infusions;
  ground->n_days = MIN (problem->last - problem->first + 1, PLAN_MAX_HORIZON);
  ground->here = problem->here_since != DESK_DAY_NONE;
  ground->here_day = ground->here ? problem->here_since - problem->first : 0;
  ground->yield = problem->yield ? MIN (problem->yield, ground->n) : ground->n;
  ground->fresh_per_draw = MIN (problem->fresh_per_draw, ground->yield);
  ground->fresh_from = problem->culture_min;
  ground->fresh_to = MIN (problem->culture_max + problem->fresh_days, PLAN_FAR);
  ground->frozen_from = MIN (problem->culture_min + problem->release_days, PLAN_FAR);
  ground->frozen_to = MIN (problem->bank_days, PLAN_FAR);
  ground->max_draws = problem->strategy == DESK_PLAN_MIXED      ? problem->max_draws
                      : problem->strategy == DESK_PLAN_ONE_DRAW ? 1
                                                                : 0;
  ground->trip_cost = 1 + problem->before + problem->after;
  ground->trip_gap = problem->home_days + ground->trip_cost;
  lay_days (ground);
  lay_trips (ground);
  lay_gaps (ground);
  lay_lots (ground);
}

/* For who asks for days alone: whatever can be frozen need not be fresh. */
void
desk_plan_ground_freeze (PlanGround *ground)
{
  if (ground->strategy == DESK_PLAN_DRAW_EACH || ground->frozen_to < ground->fresh_to)
    return;
  ground->fresh_to = MIN (ground->fresh_to, ground->frozen_from - 1);
  if (ground->fresh_to < ground->fresh_from)
    ground->fresh_per_draw = 0;
}

/* Whatever may be given fresh may be given frozen as well: what does not fit then does not fit at all. */
void
desk_plan_ground_loosen (PlanGround *ground)
{
  ground->frozen_from = ground->fresh_from;
  ground->frozen_to = MAX (ground->frozen_to, ground->fresh_per_draw ? ground->fresh_to : 0);
}
