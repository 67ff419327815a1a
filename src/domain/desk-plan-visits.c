/* What who waits can do on a day: an infusion from whatever there is, a draw, both. */
#include "desk-plan-sweep.h"

#define MAX_SOURCES (PLAN_MAX_LIVE * 2 + 1)

static void
add_draw (PlanSupply *supply, const PlanGround *ground, int day, gboolean fresh)
{
  PlanDrawn drawn
      = { (gint16)day, (guint8)ground->yield, fresh ? (guint8)ground->fresh_per_draw : 0, fresh, 0 };

  supply->drawn[supply->n_drawn++] = drawn;
}

/* Whether one more draw could be of use to who waits. */
static gboolean
draw_useful (PlanSweep *sweep, const PlanWaiting *one, int k, const PlanSupply *supply, int day)
{
  const PlanGround *ground = sweep->ground;
  int unused = 0;

  if (desk_plan_draws_left (sweep, one->draws) <= 0 || !(ground->may[day] & PLAN_MAY_DRAW)
      || (ground->strategy == DESK_PLAN_ONE_DRAW && k > 0))
    return FALSE;

  PlanOutlook outlook = desk_plan_outlook (ground, k, one->infusion_day, day + 1);

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
make_with_draw (PlanSweep *sweep, const PlanLabel *label, const PlanSupply *supply)
{
  const PlanGround *ground = sweep->ground;

  for (int fresh = 0; fresh <= sweep->draw_kinds; fresh++)
    {
      PlanLabel drawn = *label;
      PlanSupply state = *supply;

      drawn.step.draw = TRUE;
      drawn.draws++;
      drawn.cost += sweep->search->any ? 0 : PLAN_COST_DRAW;
      add_draw (&state, ground, label->day, fresh);
      desk_plan_make (sweep, &drawn, &state);
    }
}

typedef struct
{
  guint8 source;
  gint8 drawn; /* index, or -1 */
  gint8 lot;
} Choice;

/* What an infusion on that day can be given from, as far as the choice matters: of all that is only frozen
 * what expires first, and each draw that may still be fresh. */
static int
list_choices (const PlanGround *ground, const PlanSupply *supply, int day, Choice *choices)
{
  int n = 0, expiry = G_MAXINT;
  Choice plain = { DESK_PLAN_FROM_BANK, -1, -1 };

  for (int i = 0; i < ground->n_lots; i++)
    if (supply->lots[i] > 0 && ground->lots[i].from <= day && ground->lots[i].to >= day
        && ground->lots[i].to < expiry)
      {
        plain.lot = (gint8)i;
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
            choices[n++] = (Choice){ DESK_PLAN_FROM_FRESH, (gint8)i, -1 };
          if (frozen && ground->frozen_to < ground->fresh_to)
            choices[n++] = (Choice){ DESK_PLAN_FROM_FROZEN, (gint8)i, -1 };
        }
      else if (frozen && !drawn->must && drawn->day + ground->frozen_to < expiry)
        {
          plain = (Choice){ DESK_PLAN_FROM_FROZEN, (gint8)i, -1 };
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
infuse (PlanSweep *sweep, const PlanWaiting *one, const PlanLabel *label)
{
  const PlanGround *ground = sweep->ground;
  PlanSupply supply = *desk_plan_supply_get (&sweep->supplies, one->supply);
  Choice choices[MAX_SOURCES];
  int n = list_choices (ground, &supply, label->day, choices);

  for (int i = 0; i < n; i++)
    {
      PlanSupply state = supply;
      PlanLabel next = *label;

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
          PlanWaiting then = desk_plan_waiting (sweep, &next, 0, PLAN_IN_JAPAN);

          if (ground->strategy == DESK_PLAN_MIXED && draw_useful (sweep, &then, next.k, &state, label->day))
            make_with_draw (sweep, &next, &state);
        }
      desk_plan_make (sweep, &next, &state);
    }
}

/* DRAW_EACH: the draws are the infusions but the last, and one before. */
static void
infuse_from_each (PlanSweep *sweep, const PlanLabel *label)
{
  const PlanGround *ground = sweep->ground;
  PlanLabel next = *label;

  next.k++;
  next.infusion_day = label->day;
  next.step.infusion = TRUE;
  next.step.source = DESK_PLAN_FROM_FRESH;
  next.step.from = label->infusion_day;
  next.step.draw = next.k < ground->n;
  if (next.step.draw && !(ground->may[label->day] & PLAN_MAY_DRAW))
    return;
  desk_plan_make (sweep, &next, NULL);
}

/* All that who waits can do today. label: the visit, without what is done at it. */
void
desk_plan_act (PlanSweep *sweep, int k, const PlanWaiting *one, const PlanLabel *label)
{
  const PlanGround *ground = sweep->ground;
  int day = label->day;
  gboolean ripe = day >= one->ripe && day <= one->until && (ground->may[day] & PLAN_MAY_INFUSE);

  if (ground->strategy == DESK_PLAN_DRAW_EACH)
    {
      PlanLabel drawn = *label;

      if (label->infusion_day != PLAN_NO_DAY && ripe)
        infuse_from_each (sweep, label);
      if (label->infusion_day != PLAN_NO_DAY || !(ground->may[day] & PLAN_MAY_DRAW) || ground->hi[0] <= 0)
        return;
      drawn.infusion_day = (gint16)day;
      drawn.step.draw = TRUE;
      drawn.draws = 1;
      desk_plan_make (sweep, &drawn, NULL);
      return;
    }
  if (ripe)
    infuse (sweep, one, label);

  PlanSupply supply = *desk_plan_supply_get (&sweep->supplies, one->supply);
  if (draw_useful (sweep, one, k, &supply, day))
    make_with_draw (sweep, label, &supply);
}

/* The visit today of who waits; FALSE when no trip can have it. */
gboolean
desk_plan_come (const PlanSweep *sweep, int place, int k, int day, const PlanWaiting *one, PlanLabel *label)
{
  const PlanGround *ground = sweep->ground;
  const PlanLabel *from = &g_array_index (sweep->labels, PlanLabel, one->label);

  *label
      = (PlanLabel){ .step = { .day = day, .new_trip = place == PLAN_AT_HOME },
                     .parent = one->label,
                     .supply = one->supply,
                     .cost = one->value + (place == PLAN_AT_HOME ? ground->trip_cost : day) * PLAN_COST_DAY,
                     .day = (gint16)day,
                     .infusion_day = from->infusion_day,
                     .limit = place == PLAN_AT_HOME ? ground->latest[day] : one->limit,
                     .k = (guint8)k,
                     .trips = (guint8)(one->trips + (place == PLAN_AT_HOME)),
                     .draws = one->draws };
  return label->limit >= day;
}
