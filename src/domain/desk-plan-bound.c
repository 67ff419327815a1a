/* The least days in Japan that are still to come, when only gaps, closed days and trips are looked at and any
 * dose is there: what no plan can beat. */
#include <string.h>

#include "desk-plan-bound.h"

#define FAR_AWAY G_MAXINT16

static gint16 *
row (gint16 *table, const PlanBound *bound, int more, int k)
{
  return table + (gsize)(more * bound->n + k) * bound->n_days;
}

static int
plus (int a, int b)
{
  return MIN (a + b, FAR_AWAY);
}

/* least[x] = the least value of the days x + lo … x + hi, for all x, by a queue of those that can still be
 * the least. */
static void
least_ahead (const gint16 *value, gint16 *least, int n_days, int lo, int hi)
{
  gint16 queue[PLAN_MAX_HORIZON];
  int head = 0, tail = 0, next = n_days - 1;

  for (int x = n_days - 1; x >= 0; x--)
    {
      for (; next >= 0 && next >= x + lo; next--)
        {
          while (tail > head && value[queue[tail - 1]] >= value[next])
            tail--;
          queue[tail++] = (gint16)next;
        }
      while (head < tail && queue[head] > x + hi)
        head++;
      least[x] = head < tail ? value[queue[head]] : FAR_AWAY;
    }
}

/* Of the day of the infusion k + 1: what is to come after it, with so many more trips at most. */
static void
after_infusion (PlanBound *bound, const PlanGround *ground, int more, int k, int end, gint16 *after)
{
  for (int y = 0; y < bound->n_days; y++)
    if (!(ground->may[y] & PLAN_MAY_INFUSE))
      after[y] = FAR_AWAY;
    else if (k + 1 == bound->n)
      after[y] = end < 0 || y == end ? 0 : FAR_AWAY;
    else
      after[y]
          = MIN (row (bound->in_japan, bound, more, k + 1)[y], row (bound->at_home, bound, more, k + 1)[y]);
}

static void
lay_in_japan (PlanBound *bound, const PlanGround *ground, int more, int k, const gint16 *after)
{
  gint16 value[PLAN_MAX_HORIZON], *least = row (bound->in_japan, bound, more, k);

  for (int y = 0; y < bound->n_days; y++)
    value[y] = (gint16)plus (after[y], after[y] == FAR_AWAY ? 0 : y);
  least_ahead (value, least, bound->n_days, k ? ground->lo[k] : 0, k ? ground->hi[k] : PLAN_FAR);
  for (int x = 0; x < bound->n_days; x++)
    if (least[x] != FAR_AWAY)
      least[x] = (gint16)(least[x] - x);
}

static void
lay_at_home (PlanBound *bound, const PlanGround *ground, int more, int k, const gint16 *after)
{
  gint16 value[PLAN_MAX_HORIZON];

  for (int y = 0; y < bound->n_days; y++)
    value[y] = ground->may[y] ? (gint16)plus (after[y], ground->trip_cost) : FAR_AWAY;
  least_ahead (value, row (bound->at_home, bound, more, k), bound->n_days,
               k ? MAX (ground->lo[k], ground->trip_gap) : 0, k ? ground->hi[k] : PLAN_FAR);
}

/* end: the day of the last infusion; -1 for any; trips: more are never asked for. Free with desk_plan_bound_free (). */
PlanBound *
desk_plan_bound_new (const PlanGround *ground, int end, int trips, gint64 *work)
{
  PlanBound *bound = g_new0 (PlanBound, 1);
  gint16 after[PLAN_MAX_HORIZON];
  gsize size;

  bound->n = ground->n;
  bound->n_days = end < 0 ? ground->n_days : end + 1;
  bound->most = MIN (trips, bound->n);
  size = (gsize)(bound->most + 1) * bound->n * bound->n_days;
  *work -= (gint64)size * 2;
  bound->in_japan = g_new (gint16, size);
  bound->at_home = g_new (gint16, size);
  for (int more = 0; more <= bound->most; more++)
    for (int k = bound->n - 1; k >= 0; k--)
      {
        after_infusion (bound, ground, more, k, end, after);
        lay_in_japan (bound, ground, more, k, after);
        if (more > 0)
          after_infusion (bound, ground, more - 1, k, end, after);
        if (more > 0)
          lay_at_home (bound, ground, more, k, after);
        else
          for (int x = 0; x < bound->n_days; x++)
            row (bound->at_home, bound, more, k)[x] = FAR_AWAY;
      }
  return bound;
}

void
desk_plan_bound_free (PlanBound *bound)
{
  if (!bound)
    return;
  g_free (bound->in_japan);
  g_free (bound->at_home);
  g_free (bound);
}
