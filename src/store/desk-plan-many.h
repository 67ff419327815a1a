/* What the planner is asked for all who wait for treatment: a problem for each, and what the clinic has for all of them. */
#pragma once

#include "desk-plan-all.h"
#include "desk-plan-problem.h"

G_BEGIN_DECLS

typedef struct
{
  gint64 patient_id;
  char *name, *chart;
  int priority;       /* of the waiting list: 1 is first */
  DeskPlanFile *file;
  DeskProblems *problems; /* of who is left out: what is wrong with his numbers; else NULL */
} DeskPlanWaiter;

typedef struct
{
  GPtrArray *waiters; /* of DeskPlanWaiter, each with a checked problem, by priority and since when they wait */
  DeskDay first;      /* of rooms */
  GArray *rooms;      /* of DeskPlanRoom: draws and infusions that fit a day side by side */
  GPtrArray *left_out; /* of DeskPlanWaiter: patients whose problem cannot be asked */
} DeskPlanMany;

/* Everybody on the waiting list for a draw or an infusion. Without a template each has that of his newest course, where the
 * clinic still uses it, or else the first. */
DeskPlanMany *desk_plan_many_load (DeskDb *db, const DeskPlanOptions *options, DeskDay today, GError **error) G_GNUC_WARN_UNUSED_RESULT;
void desk_plan_many_free (DeskPlanMany *many);

G_DEFINE_AUTOPTR_CLEANUP_FUNC (DeskPlanMany, desk_plan_many_free)

G_END_DECLS
