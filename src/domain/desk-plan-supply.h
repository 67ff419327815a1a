/* What is left to give from, on the way through the days: doses of the bank and draws that were made. States are kept
 * once each and known by a number. */
#pragma once

#include "desk-planner-private.h"

G_BEGIN_DECLS

#define PLAN_MAX_LIVE 8 /* draws of which something is left, at one time */

typedef struct
{
  gint16 day;
  guint8 left;  /* doses, the fresh ones in it */
  guint8 fresh; /* that may still be fresh */
  guint8 must;  /* made for a fresh dose that was not given yet */
  guint8 used;  /* something was given from it */
} PlanDrawn; /* no holes: it is hashed */

typedef struct
{
  guint8 lots[PLAN_MAX_LOTS]; /* doses left of each */
  guint8 n_drawn, zero[7];
  PlanDrawn drawn[PLAN_MAX_LIVE]; /* by day */
} PlanSupply;

typedef struct
{
  const PlanGround *ground;
  GArray *states; /* of PlanSupply */
  guint32 *table; /* number + 1 of the state, by hash; 0 free */
  guint32 size;
  gboolean fresh_counts; /* a fresh dose is worth more than a frozen one */
} PlanSupplies;

typedef struct
{
  int next; /* first and last day the next and last dose may be given */
  int last;
  int need; /* doses still to be given */
} PlanOutlook;

void desk_plan_supplies_init (PlanSupplies *supplies, const PlanGround *ground);
void desk_plan_supplies_clear (PlanSupplies *supplies);
void desk_plan_supply_first (const PlanGround *ground, PlanSupply *supply);
guint32 desk_plan_supply_keep (PlanSupplies *supplies, const PlanSupply *supply);

/* Lends a state; moves when another is kept. */
static inline const PlanSupply *
desk_plan_supply_get (const PlanSupplies *supplies, guint32 number)
{
  return &g_array_index (supplies->states, PlanSupply, number);
}

gboolean desk_plan_supply_trim (const PlanGround *ground, PlanSupply *supply, const PlanOutlook *outlook);
int desk_plan_supply_doses (const PlanGround *ground, const PlanSupply *supply);
gboolean desk_plan_supply_enough (const PlanGround *ground, const PlanSupply *supply, const PlanOutlook *outlook);
gboolean desk_plan_supply_covers (const PlanSupplies *supplies, const PlanSupply *more, const PlanSupply *less,
                                  const PlanOutlook *outlook);

/* The draw gives no fresh dose any more to whoever comes on that day or later. */
static inline gboolean
desk_plan_drawn_plain (const PlanGround *ground, const PlanDrawn *drawn, int day)
{
  return drawn->fresh == 0 || drawn->day + ground->fresh_to < day;
}

G_END_DECLS
