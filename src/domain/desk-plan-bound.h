/* What no plan can beat: see desk-plan-bound.c. */
#pragma once

#include "desk-planner-private.h"

G_BEGIN_DECLS

typedef struct
{
  int n, n_days;
  int most; /* trips to come */
  gint16 *in_japan, *at_home; /* by trips to come, infusions done and day; G_MAXINT16: impossible */
} PlanBound;

PlanBound *desk_plan_bound_new (const PlanGround *ground, int end, int trips, gint64 *work);
void desk_plan_bound_free (PlanBound *bound);

/* Days in Japan to come with so many more trips at most, k infusions done: in_japan those whose next infusion is on the
 * trip that goes on, from day on, which is the day of the last infusion, or for none any day; at_home those whose next
 * infusion is on another trip. */
static inline int
desk_plan_bound_get (const PlanBound *bound, gboolean at_home, int more, int k, int day)
{
  const gint16 *table = at_home ? bound->at_home : bound->in_japan;

  return day < bound->n_days ? table[(gsize) (MIN (more, bound->most) * bound->n + k) * bound->n_days + day] : G_MAXINT16;
}

G_END_DECLS
