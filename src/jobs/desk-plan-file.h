/* Problems of the planner and its answers as XML (data/schema/plan.xsd). A problem comes from anywhere: the helper reads
 * it, and what the helper answers is looked at again. What is written is read back and checked. */
#pragma once

#include <gio/gio.h>

#include "desk-planner.h"

G_BEGIN_DECLS

/* The problem in a file. DESK_ERROR_INVALID with "line N: what" for what is no such document, or with the member and code
 * of every number that cannot be ("gap_max: out-of-range"): what is returned was checked. Blocks. Free with
 * desk_plan_problem_free (). */
DeskPlanProblem *desk_plan_file_read (const char *path, GCancellable *cancellable, GError **error) G_GNUC_WARN_UNUSED_RESULT;

/* The problem as a document, for the caller to free: what a kept plan remembers. */
char *desk_plan_file_problem (const DeskPlanProblem *problem, GError **error) G_GNUC_WARN_UNUSED_RESULT;

/* Writes an answer or the plans of many to a file, or to standard output for "-". */
gboolean desk_plan_file_write_answer (const DeskPlanAnswer *answer, const char *path, gboolean overwrite, GError **error) G_GNUC_WARN_UNUSED_RESULT;

/* One patient of many. */
typedef struct
{
  char *chart, *name;
  int priority;
  DeskPlan *plan;             /* NULL when none fits */
  int bound_trips, bound_days; /* what the patient would have alone; 0 when not even that */
  DeskDay bound_end;
} DeskPlanOfMany;

void desk_plan_of_many_free (DeskPlanOfMany *one);
gboolean desk_plan_file_write_all (const GPtrArray *all, DeskDay first, DeskDay last, const char *path, gboolean overwrite, GError **error) G_GNUC_WARN_UNUSED_RESULT;

G_END_DECLS
