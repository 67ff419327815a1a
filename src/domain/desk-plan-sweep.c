/* The search over the days. A label is a way to have come to a day: trips and days in Japan so far, how far
 * the trip may reach, when the last infusion was, and what is left to give from. Of labels that wait for the
 * same infusion one is dropped when another can do all that it can for no more; what stays is complete, so
 * the answer is exact.
 *
 * Labels wait in two pools for each number of infusions done: in Japan, where each day costs one, and at
 * home, from the day on which the next trip may have its first visit. */
#include <string.h>

#include "desk-plan-sweep.h"

static int
days_of (gint32 cost)
{
  return (cost + PLAN_COST_DAY / 2) / PLAN_COST_DAY;
}

/* What whoever has k infusions done, and the next on that day at the earliest, must need fewer days than to be
 * better than the plans known before, with so many trips at most. */
static int
known_days (const PlanSweep *sweep, int trips, int k, int ripe)
{
  int end = MAX (ripe + (sweep->ground->n - k - 1) * sweep->ground->lo[1], 0);

  if (!sweep->known)
    return G_MAXINT16;
  return end < sweep->n_days ? sweep->known[MIN (trips, PLAN_MAX_TRIPS) * PLAN_MAX_HORIZON + end] : 0;
}

/* Whether every way to go on from here takes no fewer trips and days than a plan that was found on an earlier
 * day; with a target, whether it misses that. place: where the next infusion is; days until the day that is
 * given, of the last infusion or, before the first, any; ripe: first day of the next infusion. */
static gboolean
hopeless (const PlanSweep *sweep, int place, int k, int trips, int days, int day, int ripe)
{
  const PlanTarget *target = sweep->search->target;
  int most = sweep->ground->n + sweep->ground->max_draws; /* each visit on a trip of its own */

  if (sweep->search->any)
    return FALSE;
  *sweep->work -= 1 + (target ? 0 : most / 4);
  if (target)
    return trips > target->trips
           || days + desk_plan_bound_get (sweep->bound, place, target->trips - trips, k, day) > target->days;
  for (int more = place == PLAN_AT_HOME ? 1 : 0; more <= most; more++)
    {
      int in_all = MIN (trips + more, PLAN_MAX_TRIPS);
      int least = desk_plan_bound_get (sweep->bound, place, more, k, day);

      if (least < G_MAXINT16 && sweep->best[in_all] > days + least
          && known_days (sweep, in_all, k, ripe) > days + least)
        return FALSE;
    }
  return TRUE;
}

/* Whether a, waiting for the infusion k + 1 on that day or later, can do all that b can, for no more. */
static gboolean
dominates (const PlanSweep *sweep, int k, int day, const PlanWaiting *a, const PlanWaiting *b)
{
  const PlanGround *ground = sweep->ground;

  --*sweep->work;
  if (a->value > b->value || a->trips > b->trips || a->draws > b->draws || a->limit < b->limit
      || a->until < b->until || MAX (a->ripe, day) > MAX (b->ripe, day))
    return FALSE;
  if (ground->strategy == DESK_PLAN_DRAW_EACH)
    return a->draws == b->draws; /* who has not been drawn yet may do more, but not the same */
  if (a->supply == b->supply)
    return TRUE;

  PlanOutlook outlook = desk_plan_outlook (ground, k, b->infusion_day, day);

  *sweep->work -= 4 + ground->n_lots / 2;
  return desk_plan_supply_covers (&sweep->supplies, desk_plan_supply_get (&sweep->supplies, a->supply),
                                  desk_plan_supply_get (&sweep->supplies, b->supply), &outlook);
}

/* Puts one that begins to wait into its pool, unless another there can do all that it can; throws out those
 * of which the same is true of it. */
static void
wait_in_pool (PlanSweep *sweep, int place, int k, int day, const PlanWaiting *new_one)
{
  GArray *pool = sweep->pools[place][k];
  guint kept = 0;

  for (guint i = 0; i < pool->len; i++)
    if (dominates (sweep, k, day, &g_array_index (pool, PlanWaiting, i), new_one))
      return;
  for (guint i = 0; i < pool->len; i++)
    {
      PlanWaiting old = g_array_index (pool, PlanWaiting, i);

      if (!dominates (sweep, k, day, new_one, &old))
        g_array_index (pool, PlanWaiting, kept++) = old;
    }
  g_array_set_size (pool, kept);
  g_array_append_vals (pool, new_one, 1);
}

static void
note_end (PlanSweep *sweep, const PlanLabel *label)
{
  if (sweep->found[label->trips] != PLAN_NO_LABEL && sweep->found_cost[label->trips] <= label->cost)
    return;
  if (sweep->search->target
      && (label->day != sweep->search->target->end || label->trips != sweep->search->target->trips))
    return;
  sweep->found[label->trips] = sweep->labels->len;
  sweep->found_cost[label->trips] = label->cost;
  g_array_append_vals (sweep->labels, label, 1);
}

/* First day on which there can be a dose for the next infusion, of those there are or of a draw that is still
 * to come. */
static int
first_dose (const PlanSweep *sweep, const PlanLabel *label, const PlanSupply *supply)
{
  const PlanGround *ground = sweep->ground;
  int first = desk_plan_draws_left (sweep, label->draws) > 0 ? label->day + 1 + ground->fresh_from : PLAN_FAR;

  for (int i = 0; i < ground->n_lots; i++)
    if (supply->lots[i] > 0)
      first = MIN (first, ground->lots[i].from);
  for (int i = 0; i < supply->n_drawn; i++)
    first = MIN (first, supply->drawn[i].day
                            + (supply->drawn[i].fresh ? MIN (ground->fresh_from, ground->frozen_from)
                                                      : ground->frozen_from));
  return first;
}

static gboolean
made_in_vain (const PlanSweep *sweep, const PlanLabel *label)
{
  int days = days_of (label->cost), k = label->k, since = k ? label->infusion_day : label->ripe;

  return label->ripe > desk_plan_until (sweep->ground, k, label->infusion_day)
         || (hopeless (sweep, PLAN_IN_JAPAN, k, label->trips, days + since - label->day, since, label->ripe)
             && hopeless (sweep, PLAN_AT_HOME, k, label->trips, days, since, label->ripe));
}

/* A label made today; kept when no other of today can do all that it can. */
void
desk_plan_make (PlanSweep *sweep, PlanLabel *label, PlanSupply *supply)
{
  const PlanGround *ground = sweep->ground;
  int k = label->k;
  GArray *made = sweep->made[k < ground->n ? k : 0];

  if (sweep->search->any)
    {
      label->cost = 0;
      label->trips = 0;
    }
  if (k == ground->n)
    {
      note_end (sweep, label);
      return;
    }
  label->ripe = (gint16)MAX (desk_plan_ripe (ground, k, label->infusion_day), label->day + 1);
  if (supply)
    {
      PlanOutlook outlook = desk_plan_outlook (ground, k, label->infusion_day, label->day + 1);

      if (!desk_plan_supply_trim (ground, supply, &outlook)
          || desk_plan_supply_doses (ground, supply)
                     + desk_plan_draws_left (sweep, label->draws) * ground->yield
                 < ground->n - k)
        return;
      label->ripe = (gint16)MAX (label->ripe, first_dose (sweep, label, supply));
      if (made_in_vain (sweep, label))
        return;
      label->supply = desk_plan_supply_keep (&sweep->supplies, supply);
      *sweep->work -= 10 + ground->n_lots;
    }
  else if (made_in_vain (sweep, label))
    return;

  PlanWaiting new_one = desk_plan_waiting (sweep, label, 0, PLAN_IN_JAPAN);
  for (guint i = 0; i < made->len; i++)
    {
      PlanWaiting old = desk_plan_waiting (sweep, &g_array_index (made, PlanLabel, i), 0, PLAN_IN_JAPAN);

      if (dominates (sweep, k, label->day + 1, &old, &new_one))
        return;
      if (dominates (sweep, k, label->day + 1, &new_one, &old))
        g_array_remove_index_fast (made, i--);
    }
  g_array_append_vals (made, label, 1);
}

/* Whether nothing is to be won any more by who waits. In Japan the trip may go on to the next infusion, or to
 * a draw after which it ends. */
static gboolean
waits_in_vain (const PlanSweep *sweep, int place, int k, int day, const PlanWaiting *one)
{
  const PlanGround *ground = sweep->ground;
  int ripe = MAX (one->ripe, day), since = k ? one->infusion_day : ripe;

  if (place == PLAN_AT_HOME)
    return hopeless (sweep, PLAN_AT_HOME, k, one->trips, days_of (one->value), since, ripe);
  return hopeless (sweep, PLAN_IN_JAPAN, k, one->trips, days_of (one->value + since * PLAN_COST_DAY), since,
                   ripe)
         && (ground->strategy != DESK_PLAN_MIXED || one->draws >= ground->max_draws
             || hopeless (sweep, PLAN_AT_HOME, k, one->trips, days_of (one->value + day * PLAN_COST_DAY),
                          since, ripe));
}

static void
go_through_pool (PlanSweep *sweep, int place, int k, int day)
{
  const PlanGround *ground = sweep->ground;
  GArray *pool = sweep->pools[place][k];
  guint kept = 0;

  for (guint i = 0; i < pool->len; i++)
    {
      PlanWaiting one = g_array_index (pool, PlanWaiting, i);
      PlanLabel label;

      if (one.until < day || (place == PLAN_IN_JAPAN && one.limit < day)
          || waits_in_vain (sweep, place, k, day, &one))
        continue;
      g_array_index (pool, PlanWaiting, kept++) = one;
      if (ground->may[day] && desk_plan_come (sweep, place, k, day, &one, &label))
        desk_plan_act (sweep, k, &one, &label);
      *sweep->work -= 2;
    }
  g_array_set_size (pool, kept);
}

static void
announce (PlanSweep *sweep, int place, int day, guint32 number)
{
  if (day >= sweep->ground->n_days)
    return;
  if (!sweep->coming[place][day])
    sweep->coming[place][day] = g_array_new (FALSE, FALSE, sizeof (guint32));
  g_array_append_val (sweep->coming[place][day], number);
}

/* Those made today wait from tomorrow on, or from the day on which they can do anything. */
static void
keep_made (PlanSweep *sweep, int k, int day)
{
  const PlanGround *ground = sweep->ground;
  GArray *made = sweep->made[k];

  for (guint i = 0; i < made->len; i++)
    {
      const PlanLabel *label = &g_array_index (made, PlanLabel, i);
      int from = ground->strategy == DESK_PLAN_MIXED ? day + 1 : label->ripe;
      int home = MAX (from, day + ground->trip_gap), until = desk_plan_until (ground, k, label->infusion_day);

      if (from <= MIN (label->limit, until))
        announce (sweep, PLAN_IN_JAPAN, from, sweep->labels->len);
      if (home <= until)
        announce (sweep, PLAN_AT_HOME, home, sweep->labels->len);
      g_array_append_vals (sweep->labels, label, 1);
    }
  g_array_set_size (made, 0);
}

static void
welcome (PlanSweep *sweep, int place, int day)
{
  GArray *coming = sweep->coming[place][day];

  for (guint i = 0; coming && i < coming->len; i++)
    {
      guint32 number = g_array_index (coming, guint32, i);
      const PlanLabel *label = &g_array_index (sweep->labels, PlanLabel, number);
      PlanWaiting one = desk_plan_waiting (sweep, label, number, place);

      wait_in_pool (sweep, place, label->k, day, &one);
    }
}

/* Those who are in Japan since before: the limit of their trip is known only with their first visit. */
static void
go_on_with_begun (PlanSweep *sweep, guint32 root, int day)
{
  const PlanGround *ground = sweep->ground;
  PlanWaiting one
      = desk_plan_waiting (sweep, &g_array_index (sweep->labels, PlanLabel, root), root, PLAN_IN_JAPAN);
  PlanLabel label;

  if (ground->begun_latest[day] < day || !ground->may[day]
      || !desk_plan_come (sweep, PLAN_IN_JAPAN, 0, day, &one, &label))
    return;
  label.limit = ground->begun_latest[day];
  desk_plan_act (sweep, 0, &one, &label);
}

static void
note_found (PlanSweep *sweep)
{
  for (int trips = 0; trips < PLAN_MAX_TRIPS; trips++)
    if (sweep->found[trips] != PLAN_NO_LABEL)
      {
        gint32 days = days_of ((gint32)sweep->found_cost[trips]);

        if (days < sweep->best[trips])
          g_array_append_val (sweep->ends, sweep->found[trips]);
        for (int more = trips; more <= PLAN_MAX_TRIPS; more++)
          sweep->best[more] = sweep->search->fewest_trips && more > trips ? 0 : MIN (sweep->best[more], days);
        sweep->found[trips] = PLAN_NO_LABEL;
      }
}

static void
sweep_days (PlanSweep *sweep, guint32 begun)
{
  const PlanGround *ground = sweep->ground;

  for (int day = 0; day<sweep->n_days && * sweep->work> 0 && !(sweep->search->any && sweep->ends->len > 0);
       day++)
    {
      for (int place = 0; place < PLAN_N_PLACES; place++)
        welcome (sweep, place, day);
      if (begun != PLAN_NO_LABEL)
        go_on_with_begun (sweep, begun, day);
      for (int place = 0; place < PLAN_N_PLACES; place++)
        for (int k = 0; k < ground->n; k++)
          go_through_pool (sweep, place, k, day);
      for (int k = 0; k < ground->n; k++)
        keep_made (sweep, k, day);
      note_found (sweep);
    }
}

static guint32
plant (PlanSweep *sweep, int trips, int days, int limit)
{
  PlanLabel root = { .parent = PLAN_NO_LABEL,
                     .cost = days * PLAN_COST_DAY,
                     .infusion_day = PLAN_NO_DAY,
                     .ripe = 0,
                     .limit = (gint16)limit,
                     .trips = (guint8)trips };

  if (sweep->search->any)
    root.cost = root.trips = 0;
  g_array_append_val (sweep->labels, root);
  return sweep->labels->len - 1;
}

/* The fewest days of the plans with so many trips and that end at most. */
static gint16 *
fewest_days (const PlanSweep *sweep, const GPtrArray *plans)
{
  gint16 *table = g_new (gint16, (PLAN_MAX_TRIPS + 1) * PLAN_MAX_HORIZON);

  for (int i = 0; i < (PLAN_MAX_TRIPS + 1) * PLAN_MAX_HORIZON; i++)
    table[i] = G_MAXINT16;
  for (guint i = 0; i < plans->len; i++)
    {
      const DeskPlan *plan = g_ptr_array_index (plans, i);
      gint16 *days = &table[plan->n_trips * PLAN_MAX_HORIZON + plan->end - sweep->ground->problem->first];

      *days = (gint16)MIN (*days, plan->n_days);
    }
  for (int trips = 0; trips <= PLAN_MAX_TRIPS; trips++)
    for (int day = 0; day < PLAN_MAX_HORIZON; day++)
      {
        gint16 *days = &table[trips * PLAN_MAX_HORIZON + day];

        if (day > 0)
          *days = MIN (*days, days[-1]);
        if (trips > 0)
          *days = MIN (*days, days[-PLAN_MAX_HORIZON]);
      }
  return table;
}

/* Lays out what is known; where it is as good as can be, what counts is the next end with which it is not. */
static void
learn (PlanSweep *sweep)
{
  const PlanSearch *search = sweep->search;
  g_autofree gint16 *least = search->least ? fewest_days (sweep, search->least) : NULL;

  sweep->known = fewest_days (sweep, search->known);
  *sweep->work -= (PLAN_MAX_TRIPS + 1) * PLAN_MAX_HORIZON / 2;
  for (int trips = 0; least && trips <= PLAN_MAX_TRIPS; trips++)
    for (int day = PLAN_MAX_HORIZON - 1, next = 0; day >= 0; day--)
      {
        int at = trips * PLAN_MAX_HORIZON + day;

        if (least[at] < sweep->known[at])
          next = sweep->known[at];
        sweep->known[at] = (gint16)next;
      }
}

static void
sweep_init (PlanSweep *sweep, const PlanGround *ground, const PlanSearch *search, gint64 *work)
{
  const PlanTarget *target = search->target;

  memset (sweep, 0, sizeof (PlanSweep));
  sweep->ground = ground;
  sweep->work = work;
  sweep->search = search;
  sweep->draw_kinds = ground->fresh_per_draw > 0;
  sweep->bound = search->any ? NULL : desk_plan_bound_new (ground, target ? target->end : -1, target ? target->trips : ground->n, work);
  sweep->cost_fresh = ground->strategy != DESK_PLAN_MIXED || target ? PLAN_COST_FRESH : 0;
  sweep->supplies.fresh_counts = sweep->cost_fresh != 0;
  if (search->frozen_only)
    sweep->draw_kinds = 0;
  sweep->labels = g_array_sized_new (FALSE, FALSE, sizeof (PlanLabel), 1024);
  sweep->ends = g_array_new (FALSE, FALSE, sizeof (guint32));
  for (int k = 0; k < ground->n; k++)
    {
      sweep->made[k] = g_array_new (FALSE, FALSE, sizeof (PlanLabel));
      for (int place = 0; place < PLAN_N_PLACES; place++)
        sweep->pools[place][k] = g_array_new (FALSE, FALSE, sizeof (PlanWaiting));
    }
  for (int i = 0; i <= PLAN_MAX_TRIPS; i++)
    sweep->best[i] = G_MAXINT32;
  for (int i = 0; i < PLAN_MAX_TRIPS; i++)
    sweep->found[i] = PLAN_NO_LABEL;
  desk_plan_supplies_init (&sweep->supplies, ground);
  sweep->n_days = target ? target->end + 1 : ground->n_days;
  if (search->known)
    learn (sweep);
}

static void
sweep_clear (PlanSweep *sweep)
{
  g_array_unref (sweep->labels);
  g_array_unref (sweep->ends);
  for (int k = 0; k < sweep->ground->n; k++)
    {
      g_array_unref (sweep->made[k]);
      for (int place = 0; place < PLAN_N_PLACES; place++)
        g_array_unref (sweep->pools[place][k]);
    }
  for (int day = 0; day < sweep->ground->n_days; day++)
    for (int place = 0; place < PLAN_N_PLACES; place++)
      g_clear_pointer (&sweep->coming[place][day], g_array_unref);
  desk_plan_supplies_clear (&sweep->supplies);
  desk_plan_bound_free (sweep->bound);
  g_free (sweep->known);
}

static DeskPlan *
trace (const PlanSweep *sweep, guint32 end)
{
  PlanStep steps[2 * PLAN_MAX_INFUSIONS + 2];
  int n = 0, at = G_N_ELEMENTS (steps);

  for (guint32 i = end; i != PLAN_NO_LABEL && at > 0; i = g_array_index (sweep->labels, PlanLabel, i).parent)
    if (g_array_index (sweep->labels, PlanLabel, i).parent != PLAN_NO_LABEL)
      {
        steps[--at] = g_array_index (sweep->labels, PlanLabel, i).step;
        n++;
      }
  return desk_plan_build (sweep->ground, &steps[at], n);
}

/* See desk-planner-private.h. */
GPtrArray *
desk_plan_sweep (const PlanGround *ground, const PlanSearch *search, gint64 *work)
{
  GPtrArray *plans = g_ptr_array_new_with_free_func ((GDestroyNotify)desk_plan_free);
  PlanSweep sweep;
  guint32 begun = PLAN_NO_LABEL, home;
  int trips = ground->here ? 1 : 0;

  sweep_init (&sweep, ground, search, work);
  home = plant (&sweep, trips, ground->here ? 1 - ground->here_day : 0, 0);
  if (!ground->here || ground->leaves)
    announce (&sweep, PLAN_AT_HOME, ground->here ? ground->trip_gap - ground->problem->after : 0, home);
  if (ground->here)
    begun = plant (&sweep, trips, 1 + ground->problem->after - ground->here_day, ground->n_days);
  sweep_days (&sweep, begun);
  for (guint i = 0; i < sweep.ends->len; i++)
    g_ptr_array_add (plans, trace (&sweep, g_array_index (sweep.ends, guint32, i)));
  if (sweep.cut)
    *work = -1;
  sweep_clear (&sweep);
  return plans;
}
