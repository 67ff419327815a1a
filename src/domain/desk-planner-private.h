/* What the parts of the planner share. Days here are counted from the problem's first day. */
#pragma once

#include "desk-planner.h"

G_BEGIN_DECLS

#define PLAN_MAX_INFUSIONS 24
#define PLAN_MAX_LOTS 64
#define PLAN_MAX_HORIZON 920 /* 730, and half a year when the horizon is relaxed */
#define PLAN_NO_DAY (-4096)
#define PLAN_FAR 8192

/* One day of Japan outweighs all draws, one draw all fresh doses: the cost of a plan as one number. */
#define PLAN_COST_DAY 4096
#define PLAN_COST_DRAW 64
#define PLAN_COST_FRESH (-1)

enum { PLAN_MAY_DRAW = 1, PLAN_MAY_INFUSE = 2 };

typedef struct
{
  int from, to; /* days it may be given */
  int count;
  gint64 id;
} PlanLot;

/* A problem laid out by day. */
typedef struct
{
  const DeskPlanProblem *problem;
  DeskPlanStrategy strategy;
  int n, n_days;
  int max_draws;
  int lo[PLAN_MAX_INFUSIONS + 1], hi[PLAN_MAX_INFUSIONS + 1]; /* days from the infusion before (DRAW_EACH: the draw) */
  int fresh_from, fresh_to, frozen_from, frozen_to;           /* days from the draw */
  int yield, fresh_per_draw;
  int trip_cost; /* days a trip of one visit takes */
  int trip_gap;  /* from the last visit of a trip to the first of the next */
  guint8 may[PLAN_MAX_HORIZON];
  gint16 latest[PLAN_MAX_HORIZON];       /* last visit of a trip whose first visit is on that day; less: no such trip */
  gint16 begun_latest[PLAN_MAX_HORIZON]; /* the same of the trip that has begun */
  gboolean here;
  int here_day;    /* of arrival, 0 or before */
  gboolean leaves; /* may leave on the first day, without a visit */
  PlanLot lots[PLAN_MAX_LOTS + 1];       /* by their last day */
  int n_lots;
} PlanGround;

/* The best plans of a problem laid out, exact while work lasts; fewest_trips as in PlanSearch. */
GPtrArray *desk_plan_ground_best (const PlanGround *ground, gboolean fewest_trips, gint64 *work);

void desk_plan_ground_lay (PlanGround *ground, const DeskPlanProblem *problem);
void desk_plan_ground_freeze (PlanGround *ground);
void desk_plan_ground_loosen (PlanGround *ground);

/* A step of a plan, as the solvers give it. */
typedef struct
{
  int day;
  guint8 draw, infusion, new_trip;
  guint8 source; /* DeskPlanSource */
  gint16 from;   /* day of the draw, or index of the lot */
} PlanStep;

/* Makes the plan of steps in the order of their days; begun: the first trip is the one that has begun, and the steps up
 * to the first with new_trip are on it. */
DeskPlan *desk_plan_build (const PlanGround *ground, const PlanStep *steps, int n_steps);

typedef struct
{
  int trips, days, end, draws; /* of a plan known to be among the best */
} PlanTarget;

typedef struct
{
  gboolean any;             /* one plan is enough, whichever is found first */
  gboolean fewest_trips;    /* plans with more trips than another need not be found */
  gboolean frozen_only;     /* nothing drawn is given fresh */
  const PlanTarget *target; /* only the plan like it that has the most fresh doses; or NULL */
  const GPtrArray *known;   /* of DeskPlan: what is no better than one of these need not be found; or NULL */
  const GPtrArray *least;   /* of DeskPlan: what no plan can beat, for who has known plans; or NULL */
} PlanSearch;

/* All the best plans, by search over the days with everything that can matter kept. MIXED without a target: fresh doses
 * do not count. Takes what it uses from work; when that is used up it is negative and the plans are what was found till
 * then. */
GPtrArray *desk_plan_sweep (const PlanGround *ground, const PlanSearch *search, gint64 *work);

/* The best plans of MIXED: see desk-plan-mixed.c. */
GPtrArray *desk_plan_mixed (const PlanGround *ground, gboolean fewest_trips, gint64 *work);
/* Any plan of MIXED, or NULL; sure: whether that is certain. */
DeskPlan *desk_plan_mixed_any (const PlanGround *ground, gint64 *work, gboolean *sure);

G_END_DECLS
