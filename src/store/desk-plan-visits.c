/* The planner's problem: the patient's own infusions and draws that are done or promised, whoever booked them. The plan
 * keeps the gap to each infusion, on either side, and is never on a day of a draw. */
#include "desk-plan-private.h"

#include <string.h>

#include "desk-clinics.h"

/* All that is to come, as what is planned hangs on it, and what is over as far as a gap reaches. */
static const char visits_sql[]
    = "SELECT v.id, v.type, v.starts_at FROM visit v JOIN visit_status s ON s.status = v.status AND s.takes = 1"
      " WHERE v.patient_id = $1 AND v.type IN ('infusion', 'blood_draw', 'apheresis') AND v.starts_at >= $2"
      " ORDER BY v.starts_at, v.id";

/* Needs the days. */
gboolean
desk_plan_read_visits (DeskPlanReading *reading, GError **error)
{
  DeskPlanProblem *problem = reading->file->problem;
  g_autoptr (GTimeZone) zone = desk_clinic_zone (reading->db, error);
  DeskDay since = MIN (reading->today, problem->first - (DeskDay) MAX (problem->gap_min, problem->gap_max));
  g_autoptr (DeskStmt) stmt
      = zone ? desk_db_query (reading->db, error, visits_sql, "ii", reading->file->patient_id, desk_instant_at (since, 0, zone)) : NULL;
  DeskStep step = DESK_STEP_ERROR;

  while (stmt && (step = desk_stmt_step (stmt, error)) == DESK_STEP_ROW)
    {
      gboolean infusion = strcmp (desk_stmt_text (stmt, 1), "infusion") == 0;
      DeskDay day = desk_instant_day (desk_stmt_int64 (stmt, 2), zone);
      DeskDay away = infusion ? (DeskDay) MAX (problem->gap_min - 1, 0) : 0;

      desk_plan_black_out (problem, day - away, day + away);
      desk_plan_add_hang (reading->file, "visit", desk_stmt_int64 (stmt, 0), day);
    }
  return step == DESK_STEP_DONE;
}
