/* Taking the booking of a kept plan back, dropping it, and taking its days as they are now. */
#include "desk-plans-private.h"

#include <string.h>

#include "desk-audit.h"
#include "desk-cells.h"
#include "desk-trips.h"

static const char course_status_sql[] = "UPDATE course SET status = $2, version = version + 1 WHERE id = $1 AND status <> $2";
static const char booked_sql[] = "UPDATE plan_visit SET booked_version = $3 WHERE plan_id = $1 AND seq = $2";
static const char versions_sql[] = "SELECT seq, booked_version FROM plan_visit WHERE plan_id = $1 ORDER BY seq";
static const char made_sql[] = "SELECT seq, trip_id, made_version FROM plan_trip WHERE plan_id = $1 AND made_version > 0 ORDER BY seq";
static const char trip_version_sql[] = "SELECT version FROM trip WHERE id = $1";

static gboolean
refuse (GError **error, const char *code)
{
  g_set_error_literal (error, DESK_ERROR, DESK_ERROR_REFUSED, code);
  return FALSE;
}

/* ── taking it back ──────────────────────────────────────────────────────────────────────────── */

static gboolean
changed_since (DeskDb *db, DeskKind kind, gint64 id, GError **error)
{
  g_autoptr (DeskAuditLast) last = desk_audit_last (db, kind, id, NULL);
  g_autofree char *when = last ? desk_instant_format (last->at) : NULL;

  g_set_error (error, DESK_ERROR, DESK_ERROR_CONFLICT, "changed meanwhile by %s, %s", last && *last->name ? last->name : "?",
               when ? when : "?");
  return FALSE;
}

static gboolean
unreserve (DeskDb *db, const DeskKeptVisit *kept, GError **error)
{
  DeskUnitAct act = { .unit_id = kept->unit_id, .step = DESK_STEP_UNRESERVE, .performer = desk_db_get_actor (db) };

  if (kept->unit_id == 0)
    return TRUE;
  g_autoptr (DeskUnit) unit = desk_unit_load (db, kept->unit_id, error);
  if (!unit)
    return FALSE;
  return unit->reserved_visit != kept->visit_id || desk_unit_act (db, &act, error);
}

static gboolean
unbook_visit (DeskDb *db, gint64 plan_id, const DeskKeptVisit *kept, gint64 booked_version, GError **error)
{
  g_autoptr (DeskVisit) visit = desk_visit_load (db, kept->visit_id, error);

  if (!visit)
    return FALSE;
  if (visit->version != booked_version || strcmp (visit->status, "booked") != 0)
    return changed_since (db, DESK_KIND_VISIT, visit->id, error);
  return unreserve (db, kept, error) && desk_visit_set_status (db, visit, "proposed", error)
         && desk_db_run (db, error, booked_sql, "idi", plan_id, kept->seq, (gint64) 0);
}

static gboolean
needed (const DeskKeptPlan *plan, const DeskKeptTrip *trip, const GArray *versions)
{
  for (guint i = 0; i < plan->visits->len; i++)
    {
      const DeskKeptVisit *visit = plan->visits->pdata[i];

      if (g_array_index (versions, gint64, i) > 0 && visit->day >= trip->arrival && visit->day <= trip->departure)
        return TRUE;
    }
  return FALSE;
}

/* A stay that the booking made, that nobody touched since and that no visit of the plan needs any more. */
static gboolean
call_off (DeskDb *db, const DeskKeptPlan *plan, int seq, gint64 trip_id, gint64 made_version, GError **error)
{
  gint64 version;

  if (!desk_db_value (db, &version, error, trip_version_sql, "i", trip_id))
    return FALSE;
  if (version != made_version)
    return changed_since (db, DESK_KIND_TRIP, trip_id, error);
  return desk_trip_cancel (db, trip_id, &version, TRUE, error)
         && desk_db_run (db, error, "UPDATE plan_trip SET trip_id = NULL, made_version = 0 WHERE plan_id = $1 AND seq = $2", "id",
                         plan->id, seq);
}

typedef struct
{
  int seq;
  gint64 trip_id, version;
} Made;

static gboolean
unmake_trips (DeskDb *db, const DeskKeptPlan *plan, const GArray *versions, GError **error)
{
  g_autoptr (GArray) all = g_array_new (FALSE, FALSE, sizeof (Made));

  {
    g_autoptr (DeskStmt) stmt = desk_db_query (db, error, made_sql, "i", plan->id);
    DeskStep step = DESK_STEP_ERROR;

    while (stmt && (step = desk_stmt_step (stmt, error)) == DESK_STEP_ROW)
      {
        Made made = { desk_stmt_int (stmt, 0), desk_stmt_int64 (stmt, 1), desk_stmt_int64 (stmt, 2) };

        g_array_append_val (all, made);
      }
    if (step != DESK_STEP_DONE)
      return FALSE;
  }
  for (guint i = 0; i < all->len; i++)
    {
      const Made *made = &g_array_index (all, Made, i);

      for (guint k = 0; k < plan->trips->len; k++)
        {
          const DeskKeptTrip *trip = plan->trips->pdata[k];

          if (trip->seq == made->seq && !needed (plan, trip, versions)
              && !call_off (db, plan, made->seq, made->trip_id, made->version, error))
            return FALSE;
        }
    }
  return TRUE;
}

static GArray *
read_versions (DeskDb *db, gint64 id, GError **error)
{
  g_autoptr (GArray) versions = g_array_new (FALSE, FALSE, sizeof (gint64));
  g_autoptr (DeskStmt) stmt = desk_db_query (db, error, versions_sql, "i", id);
  DeskStep step = DESK_STEP_ERROR;

  while (stmt && (step = desk_stmt_step (stmt, error)) == DESK_STEP_ROW)
    {
      gint64 version = desk_stmt_int64 (stmt, 1);

      g_array_append_val (versions, version);
    }
  return step == DESK_STEP_DONE ? g_steal_pointer (&versions) : NULL;
}

static gboolean
end_course (DeskDb *db, const DeskKeptPlan *plan, const GArray *versions, GError **error)
{
  for (guint i = 0; i < versions->len; i++)
    if (g_array_index (versions, gint64, i) > 0)
      return TRUE;
  return plan->course_id == 0 || desk_db_run (db, error, course_status_sql, "it", plan->course_id, "ended");
}

gboolean
desk_plan_unbook (DeskDb *db, gint64 id, gint64 *version, const int *seqs, guint n_seqs, GError **error)
{
  g_autoptr (DeskTxn) txn = desk_txn_begin (db, error);
  gint64 new_version = *version;
  guint n = 0;

  if (!txn || !desk_plan_step_version (db, id, &new_version, error))
    return FALSE;
  g_autoptr (DeskKeptPlan) plan = desk_plan_load (db, id, error);
  g_autoptr (GArray) versions = plan ? read_versions (db, id, error) : NULL;
  if (!versions)
    return FALSE;
  for (guint i = 0; i < plan->visits->len; i++)
    {
      const DeskKeptVisit *visit = plan->visits->pdata[i];
      gint64 *booked = &g_array_index (versions, gint64, i);

      if (*booked == 0 || !desk_plan_wants (seqs, n_seqs, visit->seq))
        continue;
      if (!unbook_visit (db, id, visit, *booked, error))
        return FALSE;
      *booked = 0;
      n++;
    }
  if (n == 0)
    return refuse (error, "plan-nothing-booked");
  if (!unmake_trips (db, plan, versions, error) || !end_course (db, plan, versions, error)
      || !desk_plan_finish (db, txn, plan, "plan.unbook", n, error))
    return FALSE;
  *version = new_version;
  return TRUE;
}

/* ── dropping it ─────────────────────────────────────────────────────────────────────────────── */

gboolean
desk_plan_drop (DeskDb *db, gint64 id, gint64 *version, GError **error)
{
  g_autoptr (DeskTxn) txn = desk_txn_begin (db, error);
  gint64 new_version = *version;
  gboolean any = FALSE;

  if (!txn || !desk_plan_step_version (db, id, &new_version, error))
    return FALSE;
  g_autoptr (DeskKeptPlan) plan = desk_plan_load (db, id, error);
  if (!plan)
    return FALSE;
  for (guint i = 0; i < plan->visits->len; i++)
    {
      const DeskKeptVisit *kept = plan->visits->pdata[i];

      any = any || kept->booked;
      if (kept->booked || kept->visit_id == 0 || g_strcmp0 (kept->status, "proposed") != 0)
        continue;
      g_autoptr (DeskVisit) visit = desk_visit_load (db, kept->visit_id, error);
      if (!visit || !desk_visit_set_status (db, visit, "cancelled_clinic", error))
        return FALSE;
    }
  if (!desk_db_run (db, error, "UPDATE plan SET status = $2 WHERE id = $1", "it", id, any ? "booked" : "dropped")
      || !desk_txn_log (txn, "plan.drop", DESK_KIND_PLAN, id, plan->status, error))
    return FALSE;
  desk_txn_changed (txn, DESK_KIND_PATIENT, plan->patient_id);
  if (!desk_txn_commit (txn, error))
    return FALSE;
  *version = new_version;
  return TRUE;
}

GArray *
desk_plan_proposed_visits (const DeskKeptPlan *plan)
{
  GArray *visits = g_array_new (FALSE, FALSE, sizeof (gint64));

  for (guint i = 0; i < plan->visits->len; i++)
    {
      const DeskKeptVisit *kept = plan->visits->pdata[i];

      if (!kept->booked && kept->visit_id && g_strcmp0 (kept->status, "proposed") == 0)
        g_array_append_val (visits, kept->visit_id);
    }
  return visits;
}

static gboolean
propose_again (DeskDb *db, gint64 visit_id, GError **error)
{
  g_autoptr (DeskVisit) visit = desk_visit_load (db, visit_id, error);

  if (!visit)
    return FALSE;
  if (strcmp (visit->status, "cancelled_clinic") != 0)
    return changed_since (db, DESK_KIND_VISIT, visit_id, error);
  return desk_visit_set_status (db, visit, "proposed", error);
}

static const char undrop_sql[]
    = "UPDATE plan SET version = version + 1, status = CASE WHEN EXISTS (SELECT 1 FROM plan_visit v WHERE v.plan_id = plan.id AND v.booked_version > 0)"
      " THEN 'part' ELSE 'proposed' END WHERE id = $1 AND version = $2 RETURNING version";

gboolean
desk_plan_undrop (DeskDb *db, gint64 id, gint64 *version, const GArray *visits, GError **error)
{
  g_autoptr (DeskTxn) txn = desk_txn_begin (db, error);
  gint64 new_version;

  if (!txn)
    return FALSE;
  {
    g_autoptr (DeskStmt) stmt = desk_db_query (db, error, undrop_sql, "ii", id, *version);
    DeskStep step = stmt ? desk_stmt_step (stmt, error) : DESK_STEP_ERROR;

    if (step == DESK_STEP_DONE)
      return changed_since (db, DESK_KIND_PLAN, id, error);
    if (step != DESK_STEP_ROW)
      return FALSE;
    new_version = desk_stmt_int64 (stmt, 0);
  }
  for (guint i = 0; i < visits->len; i++)
    if (!propose_again (db, g_array_index (visits, gint64, i), error))
      return FALSE;
  g_autoptr (DeskKeptPlan) plan = desk_plan_load (db, id, error);
  if (!plan || !desk_txn_log (txn, "plan.undrop", DESK_KIND_PLAN, id, plan->status, error))
    return FALSE;
  desk_txn_changed (txn, DESK_KIND_PATIENT, plan->patient_id);
  if (!desk_txn_commit (txn, error))
    return FALSE;
  *version = new_version;
  return TRUE;
}

/* ── days that moved ─────────────────────────────────────────────────────────────────────────── */

static gboolean
of_plan (DeskDb *db, gint64 id, gint64 visit_id, gboolean *is, GError **error)
{
  gint64 n = 0;

  if (!desk_db_value (db, &n, error, "SELECT count (*) FROM plan_visit WHERE plan_id = $1 AND visit_id = $2", "ii", id, visit_id))
    return FALSE;
  *is = n > 0;
  return TRUE;
}

/* One hung day that becomes another; DESK_DAY_NONE for none. */
static gboolean
hang_one (DeskDb *db, gint64 id, const DeskPlanRed *red, DeskDay from, DeskDay to, GArray *hangs, GError **error)
{
  g_autofree char *was = desk_day_format (from), *now = desk_day_format (to);
  DeskPlanHang hang = { red->what, red->row_id, to };
  gboolean own = FALSE;

  if (strcmp (red->what, "visit") == 0 && !of_plan (db, id, red->row_id, &own, error))
    return FALSE;
  if (own)
    return desk_db_run (db, error, "UPDATE plan_visit SET day = $3 WHERE plan_id = $1 AND visit_id = $2", "iit", id, red->row_id, now);
  if (to != DESK_DAY_NONE)
    g_array_append_val (hangs, hang);
  return from == DESK_DAY_NONE
         || desk_db_run (db, error, "DELETE FROM plan_hang WHERE plan_id = $1 AND what = $2 AND row_id = $3 AND day = $4", "itit", id,
                         red->what, red->row_id, was);
}

/* Moves each hung day to what its thing says now, and each visit that was moved; or back. */
static gboolean
hang_anew (DeskDb *db, gint64 id, const GPtrArray *reds, gboolean back, GError **error)
{
  g_autoptr (GArray) hangs = g_array_new (FALSE, FALSE, sizeof (DeskPlanHang));

  for (guint i = 0; i < reds->len; i++)
    {
      const DeskPlanRed *red = reds->pdata[i];

      if (!hang_one (db, id, red, back ? red->now : red->was, back ? red->was : red->now, hangs, error))
        return FALSE;
    }
  return desk_plan_add_hangs (db, id, hangs, error);
}

gboolean
desk_plan_unaccept_moves (DeskDb *db, gint64 id, gint64 *version, const GPtrArray *reds, GError **error)
{
  g_autoptr (DeskTxn) txn = desk_txn_begin (db, error);
  gint64 new_version = *version;

  if (!txn || !desk_plan_step_version (db, id, &new_version, error) || !hang_anew (db, id, reds, TRUE, error)
      || !desk_txn_log (txn, "plan.unaccept", DESK_KIND_PLAN, id, NULL, error) || !desk_txn_commit (txn, error))
    return FALSE;
  *version = new_version;
  return TRUE;
}

gboolean
desk_plan_accept_moves (DeskDb *db, gint64 id, gint64 *version, GError **error)
{
  g_autoptr (DeskTxn) txn = desk_txn_begin (db, error);
  gint64 new_version = *version;
  g_autoptr (GPtrArray) reds = txn ? desk_plan_red (db, id, error) : NULL;

  if (!reds || !desk_plan_step_version (db, id, &new_version, error))
    return FALSE;
  for (guint i = 0; i < reds->len; i++)
    if (((DeskPlanRed *) reds->pdata[i])->breaks)
      return refuse (error, "plan-broken");
  if (!hang_anew (db, id, reds, FALSE, error) || !desk_txn_log (txn, "plan.accept", DESK_KIND_PLAN, id, NULL, error)
      || !desk_txn_commit (txn, error))
    return FALSE;
  *version = new_version;
  return TRUE;
}
