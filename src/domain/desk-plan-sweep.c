/* The search over the days. A label is a way to have come to a day: trips and days in Japan so far, how far the trip may
 * reach, when the last infusion was, and what is left to give from. Of labels that wait for the same infusion one is
 * dropped when another can do all that it can for no more; what stays is complete, so the answer is exact.
 *
 * Labels wait in two pools for each number of infusions done: in Japan, where each day costs one, and at home, from the
 * day on which the next trip may have its first visit. */
#include <string.h>

#include "desk-plan-bound.h"
#include "desk-plan-supply.h"

#define MAX_TRIPS 64
#define NO_PARENT G_MAXUINT32
#define MAX_SOURCES (PLAN_MAX_LIVE * 2 + 1)

enum { IN_JAPAN, AT_HOME, N_PLACES };

typedef struct
{
  PlanStep step;
  guint32 parent, supply;
  gint32 cost; /* up to the departure after this visit */
  gint16 day, infusion_day, limit;
  gint16 ripe; /* first day of the next infusion */
  guint8 k, trips, draws;
} Label;

typedef struct
{
  gint32 value; /* cost, in Japan less the days until now */
  guint32 label, supply;
  gint16 ripe, until; /* first and last day of the next infusion, as far as gap and doses say */
  gint16 infusion_day;
  gint16 limit;
  guint8 trips, draws;
} Waiting;

typedef struct
{
  const PlanGround *ground;
  PlanSupplies supplies;
  GArray *labels;                                          /* of Label */
  GArray *pools[N_PLACES][PLAN_MAX_INFUSIONS];             /* of Waiting */
  GArray *made[PLAN_MAX_INFUSIONS];                        /* of Label: of today */
  GArray *coming[N_PLACES][PLAN_MAX_HORIZON];              /* of guint32: labels that begin to wait that day, or NULL */
  gint32 best[MAX_TRIPS + 1];                              /* days of the plans found with so many trips at most */
  gint64 found_cost[MAX_TRIPS];                            /* of today's plans */
  guint32 found[MAX_TRIPS];
  GArray *ends;                                            /* of guint32: labels of whole plans */
  gint64 *work;
  PlanBound *bound;
  const PlanSearch *search;
  gint16 *known; /* days of plans known before, by trips and end at most; or NULL */
  int draw_kinds; /* 1: draws are made for fresh doses too */
  int n_days;     /* that are gone through */
  int cost_fresh; /* of a fresh dose */
  gboolean cut; /* something was left out because a state has no room for it */
} Sweep;

static int
days_of (gint32 cost)
{
  return (cost + PLAN_COST_DAY / 2) / PLAN_COST_DAY;
}

/* Days of the plans known before with so many trips at most that end earlier than who has k infusions done and the next
 * on that day at the earliest. */
static int
known_days (const Sweep *sweep, int trips, int k, int ripe)
{
  int end = ripe + (sweep->ground->n - k - 1) * sweep->ground->lo[1];

  return sweep->known && end > 0 ? sweep->known[MIN (trips, MAX_TRIPS) * PLAN_MAX_HORIZON + MIN (end, sweep->n_days) - 1]
                                 : G_MAXINT16;
}

/* Whether every way to go on from here takes no fewer trips and days than a plan that was found on an earlier day; with
 * a target, whether it misses that. place: where the next infusion is; days until the day that is given, of the last
 * infusion or, before the first, any; ripe: first day of the next infusion. */
static gboolean
hopeless (const Sweep *sweep, int place, int k, int trips, int days, int day, int ripe)
{
  const PlanTarget *target = sweep->search->target;

  if (sweep->search->any)
    return FALSE;
  if (target)
    return trips > target->trips
           || days + desk_plan_bound_get (sweep->bound, place, target->trips - trips, k, day) > target->days;
  for (int more = place == AT_HOME ? 1 : 0; more <= sweep->ground->n; more++)
    {
      int in_all = more == sweep->ground->n ? MAX_TRIPS : trips + more;
      int least = desk_plan_bound_get (sweep->bound, place, more, k, day);

      if (least < G_MAXINT16 && sweep->best[in_all] > days + least && known_days (sweep, in_all, k, ripe) > days + least)
        return FALSE;
    }
  return TRUE;
}

static int
infusion_ripe (const PlanGround *ground, int k, int infusion_day)
{
  return infusion_day + ground->lo[k];
}

static int
infusion_until (const PlanGround *ground, int k, int infusion_day)
{
  return infusion_day == PLAN_NO_DAY ? ground->n_days - 1 : MIN (infusion_day + ground->hi[k], ground->n_days - 1);
}

static PlanOutlook
outlook_from (const PlanGround *ground, int k, int infusion_day, int day)
{
  PlanOutlook outlook = { MAX (day, infusion_ripe (ground, k, infusion_day)), ground->n_days - 1, ground->n - k };

  for (int i = k, last = infusion_day; i < ground->n; i++)
    {
      last += ground->hi[i];
      if (last >= ground->n_days)
        break;
      if (i == ground->n - 1)
        outlook.last = last;
    }
  return outlook;
}

/* Whether a, waiting for the infusion k + 1 on that day or later, can do all that b can, for no more. */
static gboolean
dominates (const Sweep *sweep, int k, int day, const Waiting *a, const Waiting *b)
{
  const PlanGround *ground = sweep->ground;

  --*sweep->work;
  if (a->value > b->value || a->trips > b->trips || a->draws > b->draws || a->limit < b->limit || a->until < b->until
      || MAX (a->ripe, day) > MAX (b->ripe, day))
    return FALSE;
  if (ground->strategy == DESK_PLAN_DRAW_EACH)
    return a->draws == b->draws; /* who has not been drawn yet may do more, but not the same */
  if (a->supply == b->supply)
    return TRUE;

  PlanOutlook outlook = outlook_from (ground, k, b->infusion_day, day);

  *sweep->work -= 4 + ground->n_lots / 2;
  return desk_plan_supply_covers (&sweep->supplies, desk_plan_supply_get (&sweep->supplies, a->supply),
                                  desk_plan_supply_get (&sweep->supplies, b->supply), &outlook);
}

static Waiting
waiting_of (const Sweep *sweep, const Label *label, guint32 number, int place)
{
  const PlanGround *ground = sweep->ground;
  int until = infusion_until (ground, label->k, label->infusion_day);

  return (Waiting) {
    .value = sweep->search->any || place == AT_HOME ? label->cost : label->cost - label->day * PLAN_COST_DAY,
    .label = number,
    .supply = label->supply,
    .ripe = label->ripe,
    .infusion_day = label->infusion_day,
    .until = (gint16) until,
    .limit = place == AT_HOME ? 0 : label->limit,
    .trips = label->trips,
    .draws = label->draws,
  };
}

/* Puts one that begins to wait into its pool, unless another there can do all that it can; throws out those of which
 * the same is true of it. */
static void
wait_in_pool (Sweep *sweep, int place, int k, int day, const Waiting *new_one)
{
  GArray *pool = sweep->pools[place][k];
  guint kept = 0;

  for (guint i = 0; i < pool->len; i++)
    if (dominates (sweep, k, day, &g_array_index (pool, Waiting, i), new_one))
      return;
  for (guint i = 0; i < pool->len; i++)
    {
      Waiting old = g_array_index (pool, Waiting, i);

      if (!dominates (sweep, k, day, new_one, &old))
        g_array_index (pool, Waiting, kept++) = old;
    }
  g_array_set_size (pool, kept);
  g_array_append_vals (pool, new_one, 1);
}

static void
note_end (Sweep *sweep, const Label *label)
{
  if (sweep->found[label->trips] != NO_PARENT && sweep->found_cost[label->trips] <= label->cost)
    return;
  if (sweep->search->target && (label->day != sweep->search->target->end || label->trips != sweep->search->target->trips))
    return;
  sweep->found[label->trips] = sweep->labels->len;
  sweep->found_cost[label->trips] = label->cost;
  g_array_append_vals (sweep->labels, label, 1);
}

static int
draws_left (const Sweep *sweep, int draws)
{
  const PlanTarget *target = sweep->search->target;

  return (target ? target->draws : sweep->ground->max_draws) - draws;
}

/* First day on which there can be a dose for the next infusion, of those there are or of a draw that is still to come. */
static int
first_dose (const Sweep *sweep, const Label *label, const PlanSupply *supply)
{
  const PlanGround *ground = sweep->ground;
  int first = draws_left (sweep, label->draws) > 0 ? label->day + 1 + ground->fresh_from : PLAN_FAR;

  for (int i = 0; i < ground->n_lots; i++)
    if (supply->lots[i] > 0)
      first = MIN (first, ground->lots[i].from);
  for (int i = 0; i < supply->n_drawn; i++)
    first = MIN (first, supply->drawn[i].day
                          + (supply->drawn[i].fresh ? MIN (ground->fresh_from, ground->frozen_from) : ground->frozen_from));
  return first;
}

static gboolean
made_in_vain (const Sweep *sweep, const Label *label)
{
  int days = days_of (label->cost), k = label->k, since = k ? label->infusion_day : label->ripe;

  return label->ripe > infusion_until (sweep->ground, k, label->infusion_day)
         || (hopeless (sweep, IN_JAPAN, k, label->trips, days + since - label->day, since, label->ripe)
             && hopeless (sweep, AT_HOME, k, label->trips, days, since, label->ripe));
}

/* A label made today; kept when no other of today can do all that it can. */
static void
make (Sweep *sweep, Label *label, PlanSupply *supply)
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
  label->ripe = (gint16) MAX (infusion_ripe (ground, k, label->infusion_day), label->day + 1);
  if (supply)
    {
      PlanOutlook outlook = outlook_from (ground, k, label->infusion_day, label->day + 1);

      if (!desk_plan_supply_trim (ground, supply, &outlook)
          || desk_plan_supply_doses (ground, supply) + draws_left (sweep, label->draws) * ground->yield < ground->n - k)
        return;
      label->ripe = (gint16) MAX (label->ripe, first_dose (sweep, label, supply));
      if (made_in_vain (sweep, label))
        return;
      label->supply = desk_plan_supply_keep (&sweep->supplies, supply);
      *sweep->work -= 10 + ground->n_lots;
    }
  else if (made_in_vain (sweep, label))
    return;

  Waiting new_one = waiting_of (sweep, label, 0, IN_JAPAN);
  for (guint i = 0; i < made->len; i++)
    {
      Waiting old = waiting_of (sweep, &g_array_index (made, Label, i), 0, IN_JAPAN);

      if (dominates (sweep, k, label->day + 1, &old, &new_one))
        return;
      if (dominates (sweep, k, label->day + 1, &new_one, &old))
        g_array_remove_index_fast (made, i--);
    }
  g_array_append_vals (made, label, 1);
}

static void
add_draw (PlanSupply *supply, const PlanGround *ground, int day, gboolean fresh)
{
  PlanDrawn drawn = { (gint16) day, (guint8) ground->yield, fresh ? (guint8) ground->fresh_per_draw : 0, fresh, 0 };

  supply->drawn[supply->n_drawn++] = drawn;
}

/* Whether one more draw could be of use to who waits. */
static gboolean
draw_useful (Sweep *sweep, const Waiting *one, int k, const PlanSupply *supply, int day)
{
  const PlanGround *ground = sweep->ground;
  int unused = 0;

  if (draws_left (sweep, one->draws) <= 0 || !(ground->may[day] & PLAN_MAY_DRAW)
      || (ground->strategy == DESK_PLAN_ONE_DRAW && k > 0))
    return FALSE;

  PlanOutlook outlook = outlook_from (ground, k, one->infusion_day, day + 1);

  for (int i = 0; i < supply->n_drawn; i++)
    unused += !supply->drawn[i].used;
  if (unused >= outlook.need || day + ground->fresh_from > outlook.last
      || desk_plan_supply_enough (ground, supply, &outlook))
    return FALSE; /* one of the draws would be for nothing */
  sweep->cut = sweep->cut || supply->n_drawn >= PLAN_MAX_LIVE;
  return supply->n_drawn < PLAN_MAX_LIVE;
}

/* Makes the label again with a draw on its day: once for frozen doses alone, once for fresh ones. */
static void
make_with_draw (Sweep *sweep, const Label *label, const PlanSupply *supply)
{
  const PlanGround *ground = sweep->ground;

  for (int fresh = 0; fresh <= sweep->draw_kinds; fresh++)
    {
      Label drawn = *label;
      PlanSupply state = *supply;

      drawn.step.draw = TRUE;
      drawn.draws++;
      drawn.cost += sweep->search->any ? 0 : PLAN_COST_DRAW;
      add_draw (&state, ground, label->day, fresh);
      make (sweep, &drawn, &state);
    }
}

typedef struct
{
  guint8 source;
  gint8 drawn; /* index, or -1 */
  gint8 lot;
} Choice;

/* What an infusion on that day can be given from, as far as the choice matters: of all that is only frozen what expires
 * first, and each draw that may still be fresh. */
static int
list_choices (const PlanGround *ground, const PlanSupply *supply, int day, Choice *choices)
{
  int n = 0, expiry = G_MAXINT;
  Choice plain = { DESK_PLAN_FROM_BANK, -1, -1 };

  for (int i = 0; i < ground->n_lots; i++)
    if (supply->lots[i] > 0 && ground->lots[i].from <= day && ground->lots[i].to >= day && ground->lots[i].to < expiry)
      {
        plain.lot = (gint8) i;
        expiry = ground->lots[i].to;
      }
  for (int i = 0; i < supply->n_drawn; i++)
    {
      const PlanDrawn *drawn = &supply->drawn[i];
      int age = day - drawn->day;
      gboolean frozen = drawn->left > 0 && age >= ground->frozen_from && age <= ground->frozen_to;

      if (!desk_plan_drawn_plain (ground, drawn, day))
        {
          if (age >= ground->fresh_from)
            choices[n++] = (Choice) { DESK_PLAN_FROM_FRESH, (gint8) i, -1 };
          if (frozen && ground->frozen_to < ground->fresh_to)
            choices[n++] = (Choice) { DESK_PLAN_FROM_FROZEN, (gint8) i, -1 };
        }
      else if (frozen && !drawn->must && drawn->day + ground->frozen_to < expiry)
        {
          plain = (Choice) { DESK_PLAN_FROM_FROZEN, (gint8) i, -1 };
          expiry = drawn->day + ground->frozen_to;
        }
    }
  if (expiry < G_MAXINT)
    choices[n++] = plain;
  return n;
}

static void
take (PlanSupply *supply, const Choice *choice)
{
  if (choice->lot >= 0)
    supply->lots[choice->lot]--;
  else
    {
      supply->drawn[choice->drawn].left--;
      supply->drawn[choice->drawn].used = TRUE;
    }
  if (choice->source == DESK_PLAN_FROM_FRESH)
    {
      supply->drawn[choice->drawn].fresh--;
      supply->drawn[choice->drawn].must = FALSE;
    }
}

/* The infusion of who waits, today, from each thing it can be given from. label has all but the infusion. */
static void
infuse (Sweep *sweep, const Waiting *one, const Label *label)
{
  const PlanGround *ground = sweep->ground;
  PlanSupply supply = *desk_plan_supply_get (&sweep->supplies, one->supply);
  Choice choices[MAX_SOURCES];
  int n = list_choices (ground, &supply, label->day, choices);

  for (int i = 0; i < n; i++)
    {
      PlanSupply state = supply;
      Label next = *label;

      take (&state, &choices[i]);
      next.k++;
      next.infusion_day = label->day;
      next.step.infusion = TRUE;
      next.step.source = choices[i].source;
      next.step.from = choices[i].lot >= 0 ? choices[i].lot : supply.drawn[choices[i].drawn].day;
      if (!sweep->search->any && choices[i].source == DESK_PLAN_FROM_FRESH)
        next.cost += sweep->cost_fresh;
      if (next.k < ground->n)
        {
          Waiting then = waiting_of (sweep, &next, 0, IN_JAPAN);

          if (ground->strategy == DESK_PLAN_MIXED && draw_useful (sweep, &then, next.k, &state, label->day))
            make_with_draw (sweep, &next, &state);
        }
      make (sweep, &next, &state);
    }
}

/* DRAW_EACH: the draws are the infusions but the last, and one before. */
static void
infuse_from_each (Sweep *sweep, const Label *label)
{
  const PlanGround *ground = sweep->ground;
  Label next = *label;

  next.k++;
  next.infusion_day = label->day;
  next.step.infusion = TRUE;
  next.step.source = DESK_PLAN_FROM_FRESH;
  next.step.from = label->infusion_day;
  next.step.draw = next.k < ground->n;
  if (next.step.draw && !(ground->may[label->day] & PLAN_MAY_DRAW))
    return;
  make (sweep, &next, NULL);
}

/* All that who waits can do today. label: the visit, without what is done at it. */
static void
act (Sweep *sweep, int k, const Waiting *one, const Label *label)
{
  const PlanGround *ground = sweep->ground;
  int day = label->day;
  gboolean ripe = day >= one->ripe && day <= one->until && (ground->may[day] & PLAN_MAY_INFUSE);

  if (ground->strategy == DESK_PLAN_DRAW_EACH)
    {
      Label drawn = *label;

      if (label->infusion_day != PLAN_NO_DAY && ripe)
        infuse_from_each (sweep, label);
      if (label->infusion_day != PLAN_NO_DAY || !(ground->may[day] & PLAN_MAY_DRAW) || ground->hi[0] <= 0)
        return;
      drawn.infusion_day = (gint16) day;
      drawn.step.draw = TRUE;
      drawn.draws = 1;
      make (sweep, &drawn, NULL);
      return;
    }
  if (ripe)
    infuse (sweep, one, label);

  PlanSupply supply = *desk_plan_supply_get (&sweep->supplies, one->supply);
  if (draw_useful (sweep, one, k, &supply, day))
    make_with_draw (sweep, label, &supply);
}

/* The visit today of who waits; FALSE when no trip can have it. */
static gboolean
come (const Sweep *sweep, int place, int k, int day, const Waiting *one, Label *label)
{
  const PlanGround *ground = sweep->ground;
  const Label *from = &g_array_index (sweep->labels, Label, one->label);

  *label = (Label) { .step = { .day = day, .new_trip = place == AT_HOME },
                     .parent = one->label,
                     .supply = one->supply,
                     .cost = one->value + (place == AT_HOME ? ground->trip_cost : day) * PLAN_COST_DAY,
                     .day = (gint16) day,
                     .infusion_day = from->infusion_day,
                     .limit = place == AT_HOME ? ground->latest[day] : one->limit,
                     .k = (guint8) k,
                     .trips = (guint8) (one->trips + (place == AT_HOME)),
                     .draws = one->draws };
  return label->limit >= day;
}

/* Whether nothing is to be won any more by who waits. In Japan the trip may go on to the next infusion, or to a draw
 * after which it ends. */
static gboolean
waits_in_vain (const Sweep *sweep, int place, int k, int day, const Waiting *one)
{
  const PlanGround *ground = sweep->ground;
  int ripe = MAX (one->ripe, day), since = k ? one->infusion_day : ripe;

  if (place == AT_HOME)
    return hopeless (sweep, AT_HOME, k, one->trips, days_of (one->value), since, ripe);
  return hopeless (sweep, IN_JAPAN, k, one->trips, days_of (one->value + since * PLAN_COST_DAY), since, ripe)
         && (ground->strategy != DESK_PLAN_MIXED || one->draws >= ground->max_draws
             || hopeless (sweep, AT_HOME, k, one->trips, days_of (one->value + day * PLAN_COST_DAY), since, ripe));
}

static void
go_through_pool (Sweep *sweep, int place, int k, int day)
{
  const PlanGround *ground = sweep->ground;
  GArray *pool = sweep->pools[place][k];
  guint kept = 0;

  for (guint i = 0; i < pool->len; i++)
    {
      Waiting one = g_array_index (pool, Waiting, i);
      Label label;

      if (one.until < day || (place == IN_JAPAN && one.limit < day) || waits_in_vain (sweep, place, k, day, &one))
        continue;
      g_array_index (pool, Waiting, kept++) = one;
      if (ground->may[day] && come (sweep, place, k, day, &one, &label))
        act (sweep, k, &one, &label);
      *sweep->work -= 2;
    }
  g_array_set_size (pool, kept);
}

static void
announce (Sweep *sweep, int place, int day, guint32 number)
{
  if (day >= sweep->ground->n_days)
    return;
  if (!sweep->coming[place][day])
    sweep->coming[place][day] = g_array_new (FALSE, FALSE, sizeof (guint32));
  g_array_append_val (sweep->coming[place][day], number);
}

/* Those made today wait from tomorrow on, or from the day on which they can do anything. */
static void
keep_made (Sweep *sweep, int k, int day)
{
  const PlanGround *ground = sweep->ground;
  GArray *made = sweep->made[k];

  for (guint i = 0; i < made->len; i++)
    {
      const Label *label = &g_array_index (made, Label, i);
      int from = ground->strategy == DESK_PLAN_MIXED ? day + 1
                                                     : label->ripe;
      int home = MAX (from, day + ground->trip_gap), until = infusion_until (ground, k, label->infusion_day);

      if (from <= MIN (label->limit, until))
        announce (sweep, IN_JAPAN, from, sweep->labels->len);
      if (home <= until)
        announce (sweep, AT_HOME, home, sweep->labels->len);
      g_array_append_vals (sweep->labels, label, 1);
    }
  g_array_set_size (made, 0);
}

static void
welcome (Sweep *sweep, int place, int day)
{
  GArray *coming = sweep->coming[place][day];

  for (guint i = 0; coming && i < coming->len; i++)
    {
      guint32 number = g_array_index (coming, guint32, i);
      const Label *label = &g_array_index (sweep->labels, Label, number);
      Waiting one = waiting_of (sweep, label, number, place);

      wait_in_pool (sweep, place, label->k, day, &one);
    }
}

/* Those who are in Japan since before: the limit of their trip is known only with their first visit. */
static void
go_on_with_begun (Sweep *sweep, guint32 root, int day)
{
  const PlanGround *ground = sweep->ground;
  Waiting one = waiting_of (sweep, &g_array_index (sweep->labels, Label, root), root, IN_JAPAN);
  Label label;

  if (ground->begun_latest[day] < day || !ground->may[day] || !come (sweep, IN_JAPAN, 0, day, &one, &label))
    return;
  label.limit = ground->begun_latest[day];
  act (sweep, 0, &one, &label);
}

static void
note_found (Sweep *sweep)
{
  for (int trips = 0; trips < MAX_TRIPS; trips++)
    if (sweep->found[trips] != NO_PARENT)
      {
        gint32 days = days_of ((gint32) sweep->found_cost[trips]);

        if (days < sweep->best[trips])
          g_array_append_val (sweep->ends, sweep->found[trips]);
        for (int more = trips; more <= MAX_TRIPS; more++)
          sweep->best[more] = sweep->search->fewest_trips && more > trips ? 0 : MIN (sweep->best[more], days);
        sweep->found[trips] = NO_PARENT;
      }
}

static void
sweep_days (Sweep *sweep, guint32 begun)
{
  const PlanGround *ground = sweep->ground;

  for (int day = 0; day < sweep->n_days && *sweep->work > 0 && !(sweep->search->any && sweep->ends->len > 0); day++)
    {
      for (int place = 0; place < N_PLACES; place++)
        welcome (sweep, place, day);
      if (begun != NO_PARENT)
        go_on_with_begun (sweep, begun, day);
      for (int place = 0; place < N_PLACES; place++)
        for (int k = 0; k < ground->n; k++)
          go_through_pool (sweep, place, k, day);
      for (int k = 0; k < ground->n; k++)
        keep_made (sweep, k, day);
      note_found (sweep);
    }
}

static guint32
plant (Sweep *sweep, int trips, int days, int limit)
{
  Label root = { .parent = NO_PARENT, .cost = days * PLAN_COST_DAY, .infusion_day = PLAN_NO_DAY,
                 .ripe = 0, .limit = (gint16) limit, .trips = (guint8) trips };

  if (sweep->search->any)
    root.cost = root.trips = 0;
  g_array_append_val (sweep->labels, root);
  return sweep->labels->len - 1;
}

static void
learn (Sweep *sweep, const GPtrArray *plans)
{
  sweep->known = g_new (gint16, (MAX_TRIPS + 1) * PLAN_MAX_HORIZON);
  for (int i = 0; i < (MAX_TRIPS + 1) * PLAN_MAX_HORIZON; i++)
    sweep->known[i] = G_MAXINT16;
  for (guint i = 0; i < plans->len; i++)
    {
      const DeskPlan *plan = g_ptr_array_index (plans, i);

      for (int trips = plan->n_trips; trips <= MAX_TRIPS; trips++)
        for (int day = plan->end - sweep->ground->problem->first; day < PLAN_MAX_HORIZON; day++)
          {
            gint16 *days = &sweep->known[trips * PLAN_MAX_HORIZON + day];

            *days = (gint16) MIN (*days, plan->n_days);
          }
    }
}

static void
sweep_init (Sweep *sweep, const PlanGround *ground, const PlanSearch *search, gint64 *work)
{
  const PlanTarget *target = search->target;

  memset (sweep, 0, sizeof (Sweep));
  sweep->ground = ground;
  sweep->work = work;
  sweep->search = search;
  sweep->draw_kinds = ground->fresh_per_draw > 0;
  sweep->bound = search->any ? NULL : desk_plan_bound_new (ground, target ? target->end : -1);
  sweep->cost_fresh = ground->strategy != DESK_PLAN_MIXED || target ? PLAN_COST_FRESH : 0;
  sweep->supplies.fresh_counts = sweep->cost_fresh != 0;
  if (search->frozen_only)
    sweep->draw_kinds = 0;
  sweep->labels = g_array_sized_new (FALSE, FALSE, sizeof (Label), 1024);
  sweep->ends = g_array_new (FALSE, FALSE, sizeof (guint32));
  for (int k = 0; k < ground->n; k++)
    {
      sweep->made[k] = g_array_new (FALSE, FALSE, sizeof (Label));
      for (int place = 0; place < N_PLACES; place++)
        sweep->pools[place][k] = g_array_new (FALSE, FALSE, sizeof (Waiting));
    }
  for (int i = 0; i <= MAX_TRIPS; i++)
    sweep->best[i] = G_MAXINT32;
  for (int i = 0; i < MAX_TRIPS; i++)
    sweep->found[i] = NO_PARENT;
  desk_plan_supplies_init (&sweep->supplies, ground);
  sweep->n_days = target ? target->end + 1 : ground->n_days;
  if (search->known)
    learn (sweep, search->known);
}

static void
sweep_clear (Sweep *sweep)
{
  g_array_unref (sweep->labels);
  g_array_unref (sweep->ends);
  for (int k = 0; k < sweep->ground->n; k++)
    {
      g_array_unref (sweep->made[k]);
      for (int place = 0; place < N_PLACES; place++)
        g_array_unref (sweep->pools[place][k]);
    }
  for (int day = 0; day < sweep->ground->n_days; day++)
    for (int place = 0; place < N_PLACES; place++)
      g_clear_pointer (&sweep->coming[place][day], g_array_unref);
  desk_plan_supplies_clear (&sweep->supplies);
  desk_plan_bound_free (sweep->bound);
  g_free (sweep->known);
}

static DeskPlan *
trace (const Sweep *sweep, guint32 end)
{
  PlanStep steps[2 * PLAN_MAX_INFUSIONS + 2];
  int n = 0, at = G_N_ELEMENTS (steps);

  for (guint32 i = end; i != NO_PARENT && at > 0; i = g_array_index (sweep->labels, Label, i).parent)
    if (g_array_index (sweep->labels, Label, i).parent != NO_PARENT)
      {
        steps[--at] = g_array_index (sweep->labels, Label, i).step;
        n++;
      }
  return desk_plan_build (sweep->ground, &steps[at], n);
}

/* See desk-planner-private.h. */
GPtrArray *
desk_plan_sweep (const PlanGround *ground, const PlanSearch *search, gint64 *work)
{
  GPtrArray *plans = g_ptr_array_new_with_free_func ((GDestroyNotify) desk_plan_free);
  Sweep sweep;
  guint32 begun = NO_PARENT, home;
  int trips = ground->here ? 1 : 0;

  sweep_init (&sweep, ground, search, work);
  home = plant (&sweep, trips, ground->here ? 1 - ground->here_day : 0, 0);
  if (!ground->here || ground->leaves)
    announce (&sweep, AT_HOME, ground->here ? ground->trip_gap - ground->problem->after : 0, home);
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
