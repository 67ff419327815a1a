#include "plan-brute.h"

#include <string.h>

#define MAX_BRUTE_DRAWS 8
#define MAX_BRUTE_LOTS 8

typedef struct
{
  const DeskPlanProblem *problem;
  int infusions, last_infusion;
  int n_draws, draw_day[MAX_BRUTE_DRAWS], draw_used[MAX_BRUTE_DRAWS], draw_fresh[MAX_BRUTE_DRAWS];
  int lot_used[MAX_BRUTE_LOTS];
  gboolean in_japan, begun; /* the trip now is the one that has begun */
  int trips, arrival, last_visit, days_before; /* days of the trips before this one */
  int first_visit, fresh;
  GArray *found;
} Brute;

static gboolean
papers_allow (const DeskPlanProblem *problem, int day, gboolean draw)
{
  for (guint i = 0; problem->papers && i < problem->papers->len; i++)
    {
      const DeskPlanPaper *paper = g_ptr_array_index (problem->papers, i);

      if (paper->hard && (draw ? paper->for_draw : paper->for_infusion) && problem->first + day > paper->good_until)
        return FALSE;
    }
  return TRUE;
}

static gboolean
day_allows (const DeskPlanProblem *problem, int day, gboolean draw, gboolean infusion)
{
  const DeskPlanDay *what = problem->days ? &g_array_index (problem->days, DeskPlanDay, day) : NULL;

  if (what
      && (what->closed || what->blackout || (draw && what->draws_left == 0)
          || (infusion && what->infusions_left == 0)))
    return FALSE;
  return (!draw || papers_allow (problem, day, TRUE)) && (!infusion || papers_allow (problem, day, FALSE));
}

static gboolean
window_holds (const DeskPlanProblem *problem, int from, int to)
{
  for (guint i = 0; problem->windows && i < problem->windows->len; i++)
    {
      const DeskDaySpan *span = &g_array_index (problem->windows, DeskDaySpan, i);

      if (span->first <= problem->first + from && problem->first + to <= span->last)
        return TRUE;
    }
  return problem->windows == NULL;
}

/* The trip the state is on, when its last visit is on that day. */
static gboolean
trip_allowed (const Brute *state, int last_visit)
{
  const DeskPlanProblem *problem = state->problem;
  int departure = last_visit + problem->after;

  if (state->begun)
    {
      if (state->first_visit < state->arrival + problem->before
          || !window_holds (problem, state->first_visit, departure))
        return FALSE;
      if (problem->permitted_until != DESK_DAY_NONE)
        return problem->first + departure <= problem->permitted_until;
    }
  else if (state->arrival < 0 || !window_holds (problem, state->arrival, departure))
    return FALSE;
  return problem->stay_days == 0 || departure - state->arrival + 1 <= problem->stay_days;
}

/* Each way to be in Japan on that day: on the trip that goes on, or on a new one. */
static gboolean
travel (Brute *state, int day, gboolean new_trip)
{
  const DeskPlanProblem *problem = state->problem;

  if (new_trip)
    {
      int arrival = day - problem->before;

      if (state->in_japan)
        {
          int departure = state->first_visit < 0 ? 0 : state->last_visit + problem->after;

          if (state->first_visit < 0
              && ((problem->permitted_until != DESK_DAY_NONE && problem->first > problem->permitted_until)
                  || (problem->permitted_until == DESK_DAY_NONE && problem->stay_days
                      && 0 - state->arrival + 1 > problem->stay_days)))
            return FALSE;
          if (arrival - departure - 1 < problem->home_days)
            return FALSE;
          state->days_before += departure - state->arrival + 1;
        }
      state->in_japan = TRUE;
      state->begun = FALSE;
      state->trips++;
      state->arrival = arrival;
      state->first_visit = day;
    }
  else if (!state->in_japan)
    return FALSE;
  if (state->first_visit < 0)
    state->first_visit = day;
  state->last_visit = day;
  return trip_allowed (state, day);
}

static void
note (const Brute *state)
{
  BruteBest best = { state->trips,
                     state->days_before + state->last_visit + state->problem->after - state->arrival + 1,
                     state->last_infusion, state->n_draws, state->fresh };

  if (state->problem->strategy == DESK_PLAN_ONE_DRAW && state->n_draws != 1)
    return;
  for (guint i = 0; i < state->found->len; i++)
    {
      BruteBest *known = &g_array_index (state->found, BruteBest, i);

      if (known->trips != best.trips || known->days != best.days || known->end != best.end)
        continue;
      if (best.draws < known->draws || (best.draws == known->draws && best.fresh > known->fresh))
        *known = best;
      return;
    }
  g_array_append_val (state->found, best);
}

static void go_on (const Brute *before, int day);

static void
after_infusion (Brute *state, int day, gboolean draw)
{
  state->infusions++;
  state->last_infusion = day;
  if (draw)
    state->draw_day[state->n_draws++] = day;
  if (state->infusions == state->problem->infusions)
    note (state);
  else
    go_on (state, day + 1);
}

/* From each dose there is on that day. */
static void
infuse (const Brute *here, int day, gboolean draw)
{
  const DeskPlanProblem *problem = here->problem;
  gboolean from_bank = problem->strategy == DESK_PLAN_BANKED || problem->strategy == DESK_PLAN_MIXED;
  gboolean each = problem->strategy == DESK_PLAN_DRAW_EACH;

  for (guint i = 0; from_bank && problem->doses && i < problem->doses->len; i++)
    {
      const DeskPlanDose *dose = &g_array_index (problem->doses, DeskPlanDose, i);
      Brute next = *here;

      if (here->lot_used[i] >= dose->count || (dose->ready != DESK_DAY_NONE && problem->first + day < dose->ready)
          || (dose->expiry != DESK_DAY_NONE && problem->first + day > dose->expiry))
        continue;
      next.lot_used[i]++;
      after_infusion (&next, day, draw);
    }
  for (int i = each ? MAX (here->n_draws - 1, 0) : 0; i < here->n_draws; i++)
    {
      int age = day - here->draw_day[i];

      if (!each && problem->yield && here->draw_used[i] >= problem->yield)
        continue;
      if (age >= problem->culture_min && age <= problem->culture_max + problem->fresh_days
          && here->draw_fresh[i] < problem->fresh_per_draw)
        {
          Brute next = *here;

          next.draw_used[i]++;
          next.draw_fresh[i]++;
          next.fresh++;
          after_infusion (&next, day, draw);
        }
      if (!each && age >= problem->culture_min + problem->release_days && age <= problem->bank_days)
        {
          Brute next = *here;

          next.draw_used[i]++;
          after_infusion (&next, day, draw);
        }
    }
}

static int
draws_allowed (const DeskPlanProblem *problem)
{
  return problem->strategy == DESK_PLAN_ONE_DRAW ? 1 : problem->strategy == DESK_PLAN_MIXED ? problem->max_draws : 0;
}

static void
visit (const Brute *before, int day, gboolean new_trip)
{
  const DeskPlanProblem *problem = before->problem;
  Brute here = *before;
  int gap = day - before->last_infusion;
  gboolean may_infuse = before->infusions == 0 || (gap >= MAX (problem->gap_min, 1) && gap <= problem->gap_max);

  if (!travel (&here, day, new_trip))
    return;
  if (problem->strategy == DESK_PLAN_DRAW_EACH)
    {
      gboolean last = before->infusions + 1 == problem->infusions;

      if (before->n_draws == 0)
        {
          if (!day_allows (problem, day, TRUE, FALSE))
            return;
          here.draw_day[here.n_draws++] = day;
          go_on (&here, day + 1);
        }
      else if (may_infuse && day_allows (problem, day, !last, TRUE))
        infuse (&here, day, !last);
      return;
    }
  if (may_infuse && day_allows (problem, day, FALSE, TRUE))
    infuse (&here, day, FALSE);
  if (here.n_draws >= draws_allowed (problem) || !day_allows (problem, day, TRUE, FALSE))
    return;
  if (may_infuse && problem->strategy == DESK_PLAN_MIXED && day_allows (problem, day, TRUE, TRUE))
    infuse (&here, day, TRUE);
  here.draw_day[here.n_draws++] = day;
  go_on (&here, day + 1);
}

static void
go_on (const Brute *before, int day)
{
  const DeskPlanProblem *problem = before->problem;
  int last = problem->last - problem->first;

  if (before->infusions > 0)
    last = MIN (last, before->last_infusion + problem->gap_max);
  for (; day <= last; day++)
    for (int new_trip = 0; new_trip <= 1; new_trip++)
      visit (before, day, new_trip);
}

static gboolean
better (const BruteBest *a, const BruteBest *b)
{
  return a->trips <= b->trips && a->days <= b->days && a->end <= b->end
         && (a->trips != b->trips || a->days != b->days || a->end != b->end);
}

static int
by_numbers (gconstpointer a, gconstpointer b)
{
  const BruteBest *one = a, *other = b;

  if (one->trips != other->trips)
    return one->trips - other->trips;
  return one->days != other->days ? one->days - other->days : one->end - other->end;
}

GArray *
brute_plans (const DeskPlanProblem *problem)
{
  GArray *best = g_array_new (FALSE, FALSE, sizeof (BruteBest));
  Brute start = { .problem = problem, .found = g_array_new (FALSE, FALSE, sizeof (BruteBest)), .first_visit = -1 };

  if (problem->here_since != DESK_DAY_NONE)
    {
      start.in_japan = start.begun = TRUE;
      start.trips = 1;
      start.arrival = problem->here_since - problem->first;
    }
  go_on (&start, 0);
  for (guint i = 0; i < start.found->len; i++)
    {
      const BruteBest *one = &g_array_index (start.found, BruteBest, i);
      gboolean beaten = FALSE;

      for (guint j = 0; j < start.found->len && !beaten; j++)
        beaten = better (&g_array_index (start.found, BruteBest, j), one);
      if (!beaten)
        g_array_append_val (best, *one);
    }
  g_array_sort (best, by_numbers);
  g_array_unref (start.found);
  return best;
}

static gboolean
chance (GRand *rand, int percent)
{
  return g_rand_int_range (rand, 0, 100) < percent;
}

static int
between (GRand *rand, int least, int most)
{
  return g_rand_int_range (rand, least, most + 1);
}

static void
add_windows (GRand *rand, DeskPlanProblem *problem, int most, int shortest, int longest)
{
  int n = between (rand, 1, most), length = problem->last - problem->first + 1;

  problem->windows = g_array_new (FALSE, FALSE, sizeof (DeskDaySpan));
  for (int i = 0; i < n; i++)
    {
      DeskDaySpan span = { problem->first + between (rand, -3, length - 1), 0 };

      span.last = span.first + between (rand, shortest, longest);
      g_array_append_val (problem->windows, span);
    }
}

static void
add_doses (GRand *rand, DeskPlanProblem *problem, int lots, int each)
{
  int length = problem->last - problem->first + 1;

  problem->doses = g_array_new (FALSE, FALSE, sizeof (DeskPlanDose));
  for (int i = 0; i < lots; i++)
    {
      DeskPlanDose dose = { 100 + i, DESK_DAY_NONE, DESK_DAY_NONE, between (rand, 0, each) };

      if (chance (rand, 50))
        dose.ready = problem->first + between (rand, -5, length / 2);
      if (chance (rand, 60))
        dose.expiry = (dose.ready != DESK_DAY_NONE ? dose.ready : problem->first) + between (rand, 0, length);
      g_array_append_val (problem->doses, dose);
    }
}

static void
add_papers (GRand *rand, DeskPlanProblem *problem)
{
  int n = between (rand, 1, 2);

  problem->papers = g_ptr_array_new_with_free_func ((GDestroyNotify) desk_plan_paper_free);
  for (int i = 0; i < n; i++)
    {
      DeskPlanPaper *paper = g_new0 (DeskPlanPaper, 1);

      paper->code = g_strdup (i ? "imaging" : "viral");
      paper->good_until = problem->first + between (rand, 0, problem->last - problem->first + 10);
      paper->for_draw = chance (rand, 60);
      paper->for_infusion = chance (rand, 60);
      paper->hard = chance (rand, 40);
      g_ptr_array_add (problem->papers, paper);
    }
}

static void
add_days (GRand *rand, DeskPlanProblem *problem, int closed, int busy)
{
  problem->days = g_array_new (FALSE, FALSE, sizeof (DeskPlanDay));
  for (DeskDay day = problem->first; day <= problem->last; day++)
    {
      DeskPlanDay what = { chance (rand, closed), chance (rand, busy / 2),
                           chance (rand, 50) ? -1 : chance (rand, busy) ? 0 : 1,
                           chance (rand, 50) ? -1 : chance (rand, busy) ? 0 : 2 };

      g_array_append_val (problem->days, what);
    }
}

DeskPlanProblem *
random_small_problem (guint32 seed, DeskPlanStrategy strategy)
{
  GRand *rand = g_rand_new_with_seed (seed);
  DeskPlanProblem *problem = desk_plan_problem_new ();
  gboolean mixed = strategy == DESK_PLAN_MIXED;
  int length = mixed ? between (rand, 15, 22) : between (rand, 15, strategy == DESK_PLAN_BANKED ? 60 : 45);

  problem->strategy = strategy;
  problem->infusions = between (rand, 1, mixed ? 3 : 4);
  problem->gap_min = between (rand, chance (rand, 5) ? 0 : 1, mixed ? 3 : 6);
  problem->gap_max = problem->gap_min + between (rand, 0, 4);
  problem->culture_min = between (rand, 1, 5);
  problem->culture_max = problem->culture_min + between (rand, 0, 3);
  problem->fresh_days = between (rand, 0, 2);
  problem->fresh_per_draw = chance (rand, 40) ? 1 : between (rand, 0, 3);
  problem->release_days = between (rand, 0, 5);
  problem->bank_days = chance (rand, 50) ? 365 : between (rand, 3, 25);
  problem->yield = chance (rand, 50) ? 0 : between (rand, 1, 4);
  problem->max_draws = between (rand, 0, 2);
  problem->stay_days = chance (rand, 40) ? 0 : between (rand, 3, 20);
  problem->before = between (rand, 0, 2);
  problem->after = between (rand, 0, 2);
  problem->home_days = chance (rand, 40) ? 0 : between (rand, 0, 4);
  problem->first = 20000 + between (rand, 0, 300);
  problem->last = problem->first + length - 1;
  if (chance (rand, 30))
    {
      problem->here_since = problem->first - between (rand, 0, 6);
      if (chance (rand, 70))
        problem->permitted_until = problem->here_since + between (rand, 2, 25);
    }
  if (chance (rand, 80))
    add_days (rand, problem, mixed ? 40 : 35, 20);
  if (chance (rand, 50))
    add_windows (rand, problem, 4, 3, 25);
  if (chance (rand, 85))
    add_doses (rand, problem, between (rand, 0, 3), 3);
  if (chance (rand, 30))
    add_papers (rand, problem);
  g_rand_free (rand);
  return problem;
}

/* Weekends and some holidays closed, some days full, windows of some weeks, a stay of 15 to 90 days. */
DeskPlanProblem *
random_year_problem (guint32 seed, DeskPlanStrategy strategy)
{
  GRand *rand = g_rand_new_with_seed (seed);
  DeskPlanProblem *problem = desk_plan_problem_new ();
  static const int stays[] = { 15, 30, 90, 90, 0 };

  problem->strategy = strategy;
  problem->infusions = 6;
  problem->gap_min = 7;
  problem->gap_max = 14;
  problem->culture_min = 14;
  problem->culture_max = 21;
  problem->fresh_days = between (rand, 0, 1);
  problem->fresh_per_draw = between (rand, 0, 2);
  problem->release_days = between (rand, 0, 14);
  problem->bank_days = chance (rand, 80) ? 365 : between (rand, 60, 180);
  problem->yield = chance (rand, 50) ? 0 : 6;
  problem->max_draws = 2;
  problem->stay_days = stays[g_rand_int_range (rand, 0, G_N_ELEMENTS (stays))];
  problem->before = problem->after = 1;
  problem->home_days = 3;
  problem->first = 20000 + between (rand, 0, 300);
  problem->last = problem->first + 364;
  add_days (rand, problem, 0, 10);
  for (int i = 0; i < 365; i++)
    g_array_index (problem->days, DeskPlanDay, i).closed = (problem->first + i) % 7 < 2 || chance (rand, 4);
  if (chance (rand, 70))
    add_windows (rand, problem, 5, 20, 120);
  if (strategy == DESK_PLAN_BANKED || chance (rand, 60))
    add_doses (rand, problem, between (rand, 1, 3), strategy == DESK_PLAN_BANKED ? 6 : 2);
  if (strategy == DESK_PLAN_MIXED)
    problem->yield = between (rand, 2, 6);
  g_rand_free (rand);
  return problem;
}
