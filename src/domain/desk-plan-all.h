/* Plans for many patients over the same chairs and benches.
 *
 * Patients are served by priority, each exactly on what is left; then groups of them are taken out and put back in another
 * order, and what is better is kept. The result is judged class by class, from the first priority on: nobody's plan
 * becomes better at the cost of a class before his. What a plan costs is one number: DESK_PLAN_ALL_TRIP for a trip,
 * DESK_PLAN_ALL_DAY for a day in Japan, 1 for a day until the last infusion; DESK_PLAN_ALL_NONE for no plan. */
#pragma once

#include "desk-planner.h"

G_BEGIN_DECLS

#define DESK_PLAN_ALL_TRIP 160000
#define DESK_PLAN_ALL_DAY 400
#define DESK_PLAN_ALL_NONE 1000000

typedef struct
{
  const DeskPlanProblem *problem; /* checked; what its days leave holds as well */
  int priority;                   /* the least is served first */
  const DeskPlan *fixed;          /* he has a confirmed date: his plan as it is, never moved; or NULL */
} DeskPlanPatient;

/* What all patients share of one day; -1 for no limit. */
typedef struct
{
  int draws, infusions;
} DeskPlanRoom;

/* fraction is of the time allowed, cost what the best result until now costs; FALSE cancels. */
typedef gboolean (*DeskPlanAllFunc) (double fraction, gint64 cost, gpointer user_data);

typedef struct
{
  const GArray *patients; /* of DeskPlanPatient */
  DeskDay first;          /* of rooms */
  const GArray *rooms;    /* of DeskPlanRoom, one for each day from first on; days beyond have no limit */
  int milliseconds;       /* for the improvement; 0 for none */
  guint32 seed;           /* without a time limit being met, the same seed gives the same result */
  DeskPlanAllFunc progress; /* asked now and then, or NULL */
  gpointer user_data;
} DeskPlanAllTask;

typedef struct
{
  DeskPlan *plan; /* NULL for none */
  gint64 cost;
  gint64 bound;   /* what he would cost alone with those whose dates are fixed: nothing can be less */
} DeskPlanPlace;

typedef struct
{
  GArray *places;     /* of DeskPlanPlace, in the order of the patients */
  gint64 cost, bound; /* sums */
  gint64 greedy_cost; /* before the improvement */
  guint n_placed, n_rounds;
  gboolean cancelled; /* the result is what there was then, and whole */
} DeskPlanAllAnswer;

DeskPlanAllAnswer *desk_plan_all (const DeskPlanAllTask *task);
void desk_plan_all_answer_free (DeskPlanAllAnswer *answer);
/* What a plan costs its patient; NULL for no plan. */
gint64 desk_plan_all_cost (const DeskPlanProblem *problem, const DeskPlan *plan);

G_DEFINE_AUTOPTR_CLEANUP_FUNC (DeskPlanAllAnswer, desk_plan_all_answer_free)

G_END_DECLS
