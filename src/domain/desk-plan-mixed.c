/* Draws that may be given fresh or frozen, or from the bank besides.
 *
 * When whatever may be fresh may be frozen as well, all doses of a draw are alike and the search is quick: no
 * plan beats what it finds. Mostly there is a plan for each of its answers, and whether there is one of just
 * those trips, days and end is quickly known, because all that takes a day more is dropped. Only when one is
 * missing is everything gone through that could still be better than what is there. */
#include "desk-planner-private.h"

/* Work out of what is left for one step: a part of it, so that the next steps have theirs. */
static gint64
share (gint64 *work, int part)
{
  gint64 given = MAX (*work, 0) / part;

  *work -= given;
  return given;
}

/* Gives back what is left; FALSE when it was not enough. */
static gboolean
give_back (gint64 *work, gint64 left)
{
  *work += left;
  return left > 0;
}

static int
fewest_draws (const PlanGround *ground)
{
  int short_of = ground->n;

  for (int i = 0; i < ground->n_lots; i++)
    short_of -= ground->lots[i].count;
  return short_of <= 0 || ground->yield <= 0 ? 0 : (short_of + ground->yield - 1) / ground->yield;
}

/* The plan with the trips, days and end of that one that has the fewest draws, at least so many, and of these
 * the most fresh doses; NULL when there is none. FALSE when it is not known. */
static gboolean
find_like (const PlanGround *ground, const DeskPlan *like, int draws, int most_draws, DeskPlan **plan, gint64 *work)
{
  *plan = NULL;
  for (; draws <= most_draws && !*plan; draws++)
    {
      const PlanTarget target = { like->n_trips, like->n_days, like->end - ground->problem->first, draws };
      const PlanSearch search = { .target = &target };
      gint64 left = share (work, 2);
      g_autoptr (GPtrArray) found = desk_plan_sweep (ground, &search, &left);

      if (!give_back (work, left))
        return FALSE;
      if (found->len > 0)
        *plan = g_ptr_array_steal_index (found, 0);
    }
  return TRUE;
}

static GPtrArray *
plans_new (void)
{
  return g_ptr_array_new_with_free_func ((GDestroyNotify) desk_plan_free);
}

/* What no plan can beat; NULL when that is not known. Without it little else is found: it may take most of the
 * work. */
static GPtrArray *
find_least (const PlanGround *ground, gboolean fewest_trips, gint64 *work)
{
  const PlanSearch search = { .frozen_only = TRUE, .fewest_trips = fewest_trips };
  g_autofree PlanGround *loose = g_memdup2 (ground, sizeof (PlanGround));
  gint64 rest = share (work, 3), left = share (work, 1);
  g_autoptr (GPtrArray) least = NULL;

  desk_plan_ground_loosen (loose);
  least = desk_plan_sweep (loose, &search, &left);
  *work += rest;
  return give_back (work, left) ? g_steal_pointer (&least) : NULL;
}

/* Adds a plan for each that cannot be beaten. FALSE when there is not one for each. */
static gboolean
reach (const PlanGround *ground, const GPtrArray *least, GPtrArray *plans, gint64 *work)
{
  gboolean all = TRUE;

  for (guint i = 0; i < least->len; i++)
    {
      const DeskPlan *like = g_ptr_array_index (least, i);
      DeskPlan *plan;
      gint64 left = share (work, 3);

      find_like (ground, like, like->n_draws, ground->max_draws, &plan, &left);
      give_back (work, left);
      if (plan)
        g_ptr_array_add (plans, plan);
      all = all && plan;
    }
  return all;
}

static gboolean
beats (const DeskPlan *a, const DeskPlan *b)
{
  return a->n_trips <= b->n_trips && a->n_days <= b->n_days && a->end <= b->end;
}

/* Adds plans that are not beaten, and takes out those they beat. Of equal ones the first stays. */
static void
merge (GPtrArray *plans, GPtrArray *more)
{
  while (more->len > 0)
    {
      g_autoptr (DeskPlan) plan = g_ptr_array_steal_index (more, 0);
      gboolean beaten = FALSE;

      for (guint i = 0; i < plans->len && !beaten; i++)
        beaten = beats (g_ptr_array_index (plans, i), plan);
      if (beaten)
        continue;
      for (guint i = plans->len; i-- > 0;)
        if (beats (plan, g_ptr_array_index (plans, i)))
          g_ptr_array_remove_index (plans, i);
      g_ptr_array_add (plans, g_steal_pointer (&plan));
    }
}

/* Puts in the place of each plan the one like it with the fewest draws and the most fresh doses. */
static void
freshen (const PlanGround *ground, GPtrArray *plans, gint64 *work)
{
  int draws = fewest_draws (ground);

  for (guint i = 0; i < plans->len && *work > 0; i++)
    {
      const DeskPlan *plan = g_ptr_array_index (plans, i);
      DeskPlan *fresher;

      if (plan->n_draws == 0)
        continue;
      if (!find_like (ground, plan, draws, plan->n_draws, &fresher, work))
        *work = -1;
      if (!fresher)
        continue;
      desk_plan_free (g_ptr_array_index (plans, i));
      g_ptr_array_index (plans, i) = fresher;
    }
}

/* Adds what can still be better than those that are there: first with frozen doses alone, which is quick. */
static void
go_through (const PlanGround *ground, gboolean fewest_trips, const GPtrArray *least, GPtrArray *plans, gint64 *work)
{
  const PlanSearch frozen_only
      = { .frozen_only = TRUE, .fewest_trips = fewest_trips, .known = plans, .least = least };
  const PlanSearch better = { .fewest_trips = fewest_trips, .known = plans, .least = least };
  g_autofree PlanGround *days_only = g_memdup2 (ground, sizeof (PlanGround));
  gint64 left = share (work, 3);
  g_autoptr (GPtrArray) frozen = desk_plan_sweep (ground, &frozen_only, &left);
  g_autoptr (GPtrArray) rest = NULL;

  give_back (work, MAX (left, 0));
  merge (plans, frozen);
  desk_plan_ground_freeze (days_only);
  rest = desk_plan_sweep (days_only, &better, work);
  merge (plans, rest);
}

/* See desk-planner-private.h. */
GPtrArray *
desk_plan_mixed (const PlanGround *ground, gboolean fewest_trips, gint64 *work)
{
  g_autoptr (GPtrArray) least = find_least (ground, fewest_trips, work);
  GPtrArray *plans = plans_new ();

  if (least && reach (ground, least, plans, work))
    return plans;
  go_through (ground, fewest_trips, fewest_trips ? NULL : least, plans, work);
  freshen (ground, plans, work);
  return plans;
}

static DeskPlan *
any (const PlanGround *ground, gboolean frozen_only, gint64 *work, gboolean *sure)
{
  const PlanSearch search = { .any = TRUE, .frozen_only = frozen_only };
  gint64 left = share (work, 2);
  g_autoptr (GPtrArray) plans = desk_plan_sweep (ground, &search, &left);

  *sure = give_back (work, left) || plans->len > 0;
  return plans->len > 0 ? g_ptr_array_steal_index (plans, 0) : NULL;
}

/* A plan for one of those that cannot be beaten, or NULL. */
static DeskPlan *
reach_any (const PlanGround *ground, gint64 *work)
{
  g_autoptr (GPtrArray) least = find_least (ground, FALSE, work);
  DeskPlan *plan = NULL;

  for (guint i = 0; least && i < least->len && !plan; i++)
    {
      const DeskPlan *like = g_ptr_array_index (least, i);
      gint64 left = share (work, 3);

      find_like (ground, like, like->n_draws, ground->max_draws, &plan, &left);
      give_back (work, left);
    }
  return plan;
}

/* Most questions are answered when whatever may be fresh may be frozen as well, where no is no, or when nothing
 * drawn is fresh, where yes is yes. See desk-planner-private.h. */
DeskPlan *
desk_plan_mixed_any (const PlanGround *ground, gint64 *work, gboolean *sure)
{
  g_autofree PlanGround *loose = g_memdup2 (ground, sizeof (PlanGround));
  g_autoptr (DeskPlan) loosely = NULL;
  DeskPlan *plan;

  desk_plan_ground_loosen (loose);
  loosely = any (loose, TRUE, work, sure);
  if (*sure && !loosely)
    return NULL;
  plan = any (ground, TRUE, work, sure);
  if (plan || ground->fresh_per_draw == 0)
    return plan;
  plan = reach_any (ground, work);
  *sure = plan != NULL;
  return plan ? plan : any (ground, FALSE, work, sure);
}
