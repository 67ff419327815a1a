/* What the files of the planner's problem share among themselves. */
#pragma once

#include "desk-plan-all.h"
#include "desk-plan-problem.h"

G_BEGIN_DECLS

/* One reading of a problem. */
typedef struct
{
  DeskDb *db;
  DeskPlanFile *file;
  DeskDay today;
} DeskPlanReading;

gboolean desk_plan_read_days (DeskPlanReading *reading, GError **error) G_GNUC_WARN_UNUSED_RESULT;
gboolean desk_plan_read_rooms (DeskDb *db, DeskDay first, DeskDay last, DeskDay today, GArray *rooms, GError **error) G_GNUC_WARN_UNUSED_RESULT;
gboolean desk_plan_read_windows (DeskPlanReading *reading, GError **error) G_GNUC_WARN_UNUSED_RESULT;
gboolean desk_plan_read_visits (DeskPlanReading *reading, GError **error) G_GNUC_WARN_UNUSED_RESULT;
gboolean desk_plan_read_doses (DeskPlanReading *reading, gint64 release_days, GError **error) G_GNUC_WARN_UNUSED_RESULT;
gboolean desk_plan_read_stay (DeskPlanReading *reading, GError **error) G_GNUC_WARN_UNUSED_RESULT;
gboolean desk_plan_read_papers (DeskPlanReading *reading, gboolean hard, GError **error) G_GNUC_WARN_UNUSED_RESULT;
void desk_plan_black_out (DeskPlanProblem *problem, DeskDay first, DeskDay last);
void desk_plan_add_hang (DeskPlanFile *file, const char *what, gint64 row_id, DeskDay day);

G_END_DECLS
