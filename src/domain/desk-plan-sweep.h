/* What the search over the days and the visits of one day share: see desk-plan-sweep.c. */
#pragma once

#include "desk-plan-bound.h"
#include "desk-plan-supply.h"

G_BEGIN_DECLS

#define PLAN_MAX_TRIPS 64
#define PLAN_NO_LABEL G_MAXUINT32

enum
{
  PLAN_IN_JAPAN,
  PLAN_AT_HOME,
  PLAN_N_PLACES
};

typedef struct
{
  PlanStep step;
  guint32 parent, supply;
  gint32 cost; /* up to the departure after this visit */
  gint16 day, infusion_day, limit;
  gint16 ripe; /* first day of the next infusion */
  guint8 k, trips, draws;
} PlanLabel;

typedef struct
{
  gint32 value; /* cost, in Japan less the days until now */
  guint32 label, supply;
  gint16 ripe, until; /* first and last day of the next infusion, as far as gap and doses say */
  gint16 infusion_day;
  gint16 limit;
  guint8 trips, draws;
} PlanWaiting;

typedef struct
{
  const PlanGround *ground;
  PlanSupplies supplies;
  GArray *labels;                                   /* of PlanLabel */
  GArray *pools[PLAN_N_PLACES][PLAN_MAX_INFUSIONS]; /* of PlanWaiting */
  GArray *made[PLAN_MAX_INFUSIONS];                 /* of PlanLabel: of today */
  GArray
      *coming[PLAN_N_PLACES][PLAN_MAX_HORIZON]; /* of guint32: labels that begin to wait that day, or NULL */
  gint32 best[PLAN_MAX_TRIPS + 1];              /* days of the plans found with so many trips at most */
  gint64 found_cost[PLAN_MAX_TRIPS];            /* of today's plans */
  guint32 found[PLAN_MAX_TRIPS];
  GArray *ends; /* of guint32: labels of whole plans */
  gint64 *work;
  PlanBound *bound;
  const PlanSearch *search;
  gint16 *known;  /* days of which there must be fewer, by trips at most and end at least; or NULL */
  int draw_kinds; /* 1: draws are made for fresh doses too */
  int n_days;     /* that are gone through */
  int cost_fresh; /* of a fresh dose */
  gboolean cut;   /* something was left out because a state has no room for it */
} PlanSweep;

static inline int
desk_plan_ripe (const PlanGround *ground, int k, int infusion_day)
{
  return infusion_day + ground->lo[k];
}

static inline int
desk_plan_until (const PlanGround *ground, int k, int infusion_day)
{
  return infusion_day == PLAN_NO_DAY ? ground->n_days - 1
                                     : MIN (infusion_day + ground->hi[k], ground->n_days - 1);
}

static inline PlanOutlook
desk_plan_outlook (const PlanGround *ground, int k, int infusion_day, int day)
{
  PlanOutlook outlook
      = { MAX (day, desk_plan_ripe (ground, k, infusion_day)), ground->n_days - 1, ground->n - k };

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

static inline int
desk_plan_draws_left (const PlanSweep *sweep, int draws)
{
  const PlanTarget *target = sweep->search->target;

  return (target ? target->draws : sweep->ground->max_draws) - draws;
}

static inline PlanWaiting
desk_plan_waiting (const PlanSweep *sweep, const PlanLabel *label, guint32 number, int place)
{
  const PlanGround *ground = sweep->ground;
  int until = desk_plan_until (ground, label->k, label->infusion_day);

  return (PlanWaiting){
    .value
    = sweep->search->any || place == PLAN_AT_HOME ? label->cost : label->cost - label->day * PLAN_COST_DAY,
    .label = number,
    .supply = label->supply,
    .ripe = label->ripe,
    .infusion_day = label->infusion_day,
    .until = (gint16)until,
    .limit = place == PLAN_AT_HOME ? 0 : label->limit,
    .trips = label->trips,
    .draws = label->draws,
  };
}

void desk_plan_make (PlanSweep *sweep, PlanLabel *label, PlanSupply *supply);
gboolean
desk_plan_come (const PlanSweep *sweep, int place, int k, int day, const PlanWaiting *one, PlanLabel *label);
void desk_plan_act (PlanSweep *sweep, int k, const PlanWaiting *one, const PlanLabel *label);

G_END_DECLS
