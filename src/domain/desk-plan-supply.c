/* States of supply: kept once, cleared of what can no longer matter, and compared. */
#include <string.h>

#include "desk-plan-supply.h"

#define FIRST_SIZE 64

typedef struct
{
  int from, to, left;
} Plain; /* doses that are alike and never fresh */

/* supplies starts with the number 0: what there is before the first day. */
void
desk_plan_supplies_init (PlanSupplies *supplies, const PlanGround *ground)
{
  PlanSupply supply;

  supplies->ground = ground;
  supplies->states = g_array_sized_new (FALSE, FALSE, sizeof (PlanSupply), FIRST_SIZE);
  supplies->size = FIRST_SIZE;
  supplies->table = g_new0 (guint32, supplies->size);
  desk_plan_supply_first (ground, &supply);
  desk_plan_supply_keep (supplies, &supply);
}

void
desk_plan_supplies_clear (PlanSupplies *supplies)
{
  g_clear_pointer (&supplies->states, g_array_unref);
  g_clear_pointer (&supplies->table, g_free);
}

/* What is banked, and no draw. */
void
desk_plan_supply_first (const PlanGround *ground, PlanSupply *supply)
{
  memset (supply, 0, sizeof (PlanSupply));
  for (int i = 0; i < ground->n_lots; i++)
    supply->lots[i] = (guint8) ground->lots[i].count;
}

static guint32
hash (const PlanGround *ground, const PlanSupply *supply)
{
  const guint8 *bytes = (const guint8 *) supply->drawn;
  guint32 h = 2166136261u;

  for (int i = 0; i < ground->n_lots; i++)
    h = (h ^ supply->lots[i]) * 16777619u;
  for (gsize i = 0; i < supply->n_drawn * sizeof (PlanDrawn); i++)
    h = (h ^ bytes[i]) * 16777619u;
  return h ^ h >> 15;
}

static gboolean
same (const PlanGround *ground, const PlanSupply *a, const PlanSupply *b)
{
  return a->n_drawn == b->n_drawn && memcmp (a->lots, b->lots, ground->n_lots) == 0
         && memcmp (a->drawn, b->drawn, a->n_drawn * sizeof (PlanDrawn)) == 0;
}

static void
put (PlanSupplies *supplies, guint32 number)
{
  guint32 at = hash (supplies->ground, desk_plan_supply_get (supplies, number)) & (supplies->size - 1);

  while (supplies->table[at])
    at = (at + 1) & (supplies->size - 1);
  supplies->table[at] = number + 1;
}

/* The number of a state, new or known. */
guint32
desk_plan_supply_keep (PlanSupplies *supplies, const PlanSupply *supply)
{
  guint32 at = hash (supplies->ground, supply) & (supplies->size - 1);

  for (; supplies->table[at]; at = (at + 1) & (supplies->size - 1))
    if (same (supplies->ground, supply, desk_plan_supply_get (supplies, supplies->table[at] - 1)))
      return supplies->table[at] - 1;
  g_array_append_vals (supplies->states, supply, 1);
  if (supplies->states->len * 2 > supplies->size)
    {
      supplies->size *= 2;
      g_free (supplies->table);
      supplies->table = g_new0 (guint32, supplies->size);
      for (guint32 i = 0; i + 1 < supplies->states->len; i++)
        put (supplies, i);
    }
  put (supplies, supplies->states->len - 1);
  return supplies->states->len - 1;
}

/* Takes away what cannot be given any more. FALSE when a draw was made for a fresh dose that cannot be given: the same
 * plan is found with that draw made for none. */
gboolean
desk_plan_supply_trim (const PlanGround *ground, PlanSupply *supply, const PlanOutlook *outlook)
{
  int n = 0;

  for (int i = 0; i < ground->n_lots; i++)
    supply->lots[i] = ground->lots[i].to < outlook->next ? 0 : (guint8) MIN (supply->lots[i], outlook->need);
  for (int i = 0; i < supply->n_drawn; i++)
    {
      PlanDrawn drawn = supply->drawn[i];

      drawn.left = (guint8) MIN (drawn.left, outlook->need);
      drawn.fresh = MIN (drawn.fresh, drawn.left);
      if (drawn.day + ground->fresh_to < outlook->next || drawn.day + ground->fresh_from > outlook->last)
        drawn.fresh = 0;
      if (drawn.must && drawn.fresh == 0)
        return FALSE;
      if (drawn.fresh == 0
          && (drawn.left == 0 || drawn.day + ground->frozen_to < outlook->next
              || drawn.day + ground->frozen_from > outlook->last))
        continue;
      supply->drawn[n++] = drawn;
    }
  memset (&supply->drawn[n], 0, (PLAN_MAX_LIVE - n) * sizeof (PlanDrawn));
  supply->n_drawn = (guint8) n;
  return TRUE;
}

/* All doses there are, whenever they may be given. */
int
desk_plan_supply_doses (const PlanGround *ground, const PlanSupply *supply)
{
  int doses = 0;

  for (int i = 0; i < ground->n_lots; i++)
    doses += supply->lots[i];
  for (int i = 0; i < supply->n_drawn; i++)
    doses += supply->drawn[i].left;
  return doses;
}

/* Whether any days to come can be served from doses that are there and keep till the end. */
gboolean
desk_plan_supply_enough (const PlanGround *ground, const PlanSupply *supply, const PlanOutlook *outlook)
{
  int doses = 0;

  for (int i = 0; i < ground->n_lots; i++)
    if (ground->lots[i].from <= outlook->next && ground->lots[i].to >= outlook->last)
      doses += supply->lots[i];
  for (int i = 0; i < supply->n_drawn; i++)
    if (supply->drawn[i].day + ground->frozen_from <= outlook->next
        && supply->drawn[i].day + ground->frozen_to >= outlook->last)
      doses += supply->drawn[i].left;
  return doses >= outlook->need;
}

static gboolean
within (int from, int to, int outer_from, int outer_to, const PlanOutlook *outlook)
{
  return outer_from <= MAX (from, outlook->next) && outer_to >= MIN (to, outlook->last);
}

/* Pairs the draws that may still give fresh with draws that can do all they can. Those without are told: without worth
 * of fresh doses others can stand for them. */
static gboolean
pair_fresh (const PlanGround *ground, const PlanSupply *more, const PlanSupply *less, const PlanOutlook *outlook,
            guint *paired, guint *alone)
{
  *paired = *alone = 0;
  for (int i = 0; i < less->n_drawn; i++)
    {
      const PlanDrawn *want = &less->drawn[i];
      gboolean found = FALSE;

      if (desk_plan_drawn_plain (ground, want, outlook->next))
        continue;
      for (int j = 0; j < more->n_drawn && !found; j++)
        {
          const PlanDrawn *have = &more->drawn[j];

          if (*paired & 1u << j || have->left < want->left || have->fresh < want->fresh || (have->must && !want->must)
              || !within (want->day + ground->fresh_from, want->day + ground->fresh_to, have->day + ground->fresh_from,
                          have->day + ground->fresh_to, outlook)
              || !within (want->day + ground->frozen_from, want->day + ground->frozen_to,
                          have->day + ground->frozen_from, have->day + ground->frozen_to, outlook))
            continue;
          *paired |= 1u << j;
          found = TRUE;
        }
      if (!found)
        *alone |= 1u << i;
    }
  for (int j = 0; j < more->n_drawn; j++)
    if (!(*paired & 1u << j) && more->drawn[j].must)
      return FALSE;
  return TRUE;
}

static int
list_plain (const PlanGround *ground, const PlanSupply *supply, guint paired, Plain *plain)
{
  int n = 0;

  for (int i = 0; i < supply->n_drawn; i++)
    if (!(paired & 1u << i))
      plain[n++] = (Plain) { supply->drawn[i].day + ground->frozen_from, supply->drawn[i].day + ground->frozen_to,
                             supply->drawn[i].left };
  return n;
}

/* Lots that are short against the same lot, and lots that are over. */
static void
list_lots (const PlanGround *ground, const PlanSupply *more, const PlanSupply *less, Plain *over, int *n_over,
           Plain *want, int *n_want)
{
  for (int i = 0; i < ground->n_lots; i++)
    {
      const PlanLot *lot = &ground->lots[i];
      int by = more->lots[i] - less->lots[i];

      if (by > 0)
        over[(*n_over)++] = (Plain) { lot->from, lot->to, by };
      else if (by < 0)
        want[(*n_want)++] = (Plain) { lot->from, lot->to, -by };
    }
}

/* Whether whoever has more can give on any days to come whatever can be given from less, as many of it fresh if that
 * counts. It may say no where yes would be true, never the other way. */
gboolean
desk_plan_supply_covers (const PlanSupplies *supplies, const PlanSupply *more, const PlanSupply *less,
                         const PlanOutlook *outlook)
{
  const PlanGround *ground = supplies->ground;
  Plain over[PLAN_MAX_LOTS + PLAN_MAX_LIVE], want[PLAN_MAX_LOTS + 2 * PLAN_MAX_LIVE];
  guint paired, alone, fresh_of_less = 0;
  int n_over, n_want;

  if (!pair_fresh (ground, more, less, outlook, &paired, &alone) || (alone && supplies->fresh_counts))
    return FALSE;
  for (int i = 0; i < less->n_drawn; i++)
    if (!desk_plan_drawn_plain (ground, &less->drawn[i], outlook->next))
      fresh_of_less |= 1u << i;
  n_over = list_plain (ground, more, paired, over);
  n_want = list_plain (ground, less, fresh_of_less, want);
  for (int i = 0; i < less->n_drawn; i++)
    if (alone & 1u << i)
      want[n_want++] = (Plain) { less->drawn[i].day + ground->fresh_from,
                                 less->drawn[i].day + MAX (ground->fresh_to, ground->frozen_to), less->drawn[i].left };
  list_lots (ground, more, less, over, &n_over, want, &n_want);
  for (int i = 0; i < n_want; i++)
    {
      int left = want[i].left;

      if (want[i].from > outlook->last || want[i].to < outlook->next)
        continue;
      for (int j = 0; j < n_over && left > 0; j++)
        if (over[j].left > 0 && within (want[i].from, want[i].to, over[j].from, over[j].to, outlook))
          {
            int take = MIN (left, over[j].left);

            over[j].left -= take;
            left -= take;
          }
      if (left > 0)
        return FALSE;
    }
  return TRUE;
}
