/* Booking a kept plan, whole or in part, taking that back, and dropping it. Each is one transaction of the acts that the
 * desk would do one by one: visits, stays and doses have their own rules and their own rows in the audit trail. */
#include "desk-plans-private.h"

#include <string.h>

#include "desk-audit.h"
#include "desk-cells.h"
#include "desk-clinics.h"
#include "desk-plan-private.h"
#include "desk-trips.h"

static const char booked_sql[] = "UPDATE plan_visit SET booked_version = $3 WHERE plan_id = $1 AND seq = $2";
static const char trip_sql[] = "UPDATE plan_trip SET trip_id = $3, made_version = $4 WHERE plan_id = $1 AND seq = $2";
static const char course_sql[] = "INSERT INTO course (patient_id, template, started_on) VALUES ($1, $2, $3) RETURNING id";
static const char course_of_plan_sql[] = "UPDATE plan SET course_id = $2 WHERE id = $1";
static const char course_status_sql[] = "UPDATE course SET status = $2, version = version + 1 WHERE id = $1 AND status <> $2";
static const char course_step_sql[] = "UPDATE visit SET course_id = $2, course_step = $3 WHERE id = $1";

/* The step of the course that the n-th draw or infusion of a plan is; 0 for one the course does not have. */
static const char step_sql[]
    = "SELECT coalesce (min (s.seq), 0) FROM course_template_step s WHERE s.template = $1 AND s.type = $2"
      " AND (SELECT count (*) FROM course_template_step b WHERE b.template = s.template AND b.type = s.type AND b.seq <= s.seq) = $3";

static const char status_sql[]
    = "UPDATE plan SET status = CASE WHEN NOT EXISTS (SELECT 1 FROM plan_visit v WHERE v.plan_id = plan.id AND v.booked_version > 0) THEN 'proposed'"
      " WHEN NOT EXISTS (SELECT 1 FROM plan_visit v WHERE v.plan_id = plan.id AND v.booked_version = 0) THEN 'booked'"
      " ELSE 'part' END WHERE id = $1";

static const char versions_sql[] = "SELECT seq, booked_version FROM plan_visit WHERE plan_id = $1 ORDER BY seq";
static const char made_sql[] = "SELECT seq, trip_id, made_version FROM plan_trip WHERE plan_id = $1 AND made_version > 0 ORDER BY seq";
static const char trip_version_sql[] = "SELECT version FROM trip WHERE id = $1";

/* One booking. */
typedef struct
{
  DeskDb *db;
  DeskTxn *txn;
  DeskKeptPlan *plan;
  DeskProblems *problems;
  const int *seqs; /* NULL for all */
  guint n_seqs;
  gint64 now;
  GTimeZone *zone;
  GPtrArray *types;
  GPtrArray *trips;   /* of the patient, not called off */
  gboolean resident;
  DeskPlanStay stay;
  int stay_days;
} Booking;

static void
booking_clear (Booking *booking)
{
  g_clear_pointer (&booking->plan, desk_kept_plan_free);
  g_clear_pointer (&booking->zone, g_time_zone_unref);
  g_clear_pointer (&booking->types, g_ptr_array_unref);
  g_clear_pointer (&booking->trips, g_ptr_array_unref);
}

G_DEFINE_AUTO_CLEANUP_CLEAR_FUNC (Booking, booking_clear)

static gboolean
wanted (const int *seqs, guint n_seqs, int seq)
{
  for (guint i = 0; seqs && i < n_seqs; i++)
    if (seqs[i] == seq)
      return TRUE;
  return seqs == NULL;
}

static gboolean
refuse (GError **error, const char *code)
{
  g_set_error_literal (error, DESK_ERROR, DESK_ERROR_REFUSED, code);
  return FALSE;
}

static void
tell (Booking *booking, const char *field, const char *code, int seq)
{
  g_autofree char *detail = g_strdup_printf ("%d", seq);

  desk_problems_add (booking->problems, field, code, detail);
}

static const DeskVisitType *
type_of (const Booking *booking, const char *code)
{
  for (guint i = 0; i < booking->types->len; i++)
    {
      const DeskVisitType *type = booking->types->pdata[i];

      if (strcmp (type->code, code) == 0)
        return type;
    }
  return NULL;
}

/* ── what a booking stands on ────────────────────────────────────────────────────────────────── */

/* How long the patient may stay: the rule the problem was made with, as it is today. */
static gboolean
read_rule (Booking *booking, GError **error)
{
  g_autoptr (DeskPlanFile) file = g_new0 (DeskPlanFile, 1);
  DeskPlanReading reading = { booking->db, file, desk_instant_day (booking->now, booking->zone) };

  file->problem = desk_plan_problem_new ();
  file->patient_id = booking->plan->patient_id;
  file->dose_units = g_array_new (FALSE, FALSE, sizeof (DeskPlanDoseUnit));
  file->hangs = g_array_new (FALSE, FALSE, sizeof (DeskPlanHang));
  file->paper_ids = g_array_new (FALSE, FALSE, sizeof (gint64));
  file->missing = g_ptr_array_new_with_free_func (g_free);
  if (!desk_plan_read_stay (&reading, error))
    return FALSE;
  booking->resident = file->stay == DESK_PLAN_STAY_RESIDENT;
  booking->stay = file->stay;
  booking->stay_days = file->problem->stay_days;
  return TRUE;
}

static gboolean
booking_begin (Booking *booking, gint64 id, GError **error)
{
  booking->plan = desk_plan_load (booking->db, id, error);
  booking->zone = booking->plan ? desk_clinic_zone (booking->db, error) : NULL;
  booking->types = booking->zone ? desk_visit_type_list (booking->db, error) : NULL;
  booking->trips = booking->types ? desk_trip_list (booking->db, booking->plan->patient_id, FALSE, error) : NULL;
  return booking->trips && read_rule (booking, error);
}

/* A plan with which something is wrong by now is not booked over it: one asks the planner anew. */
static gboolean
check_red (Booking *booking, GError **error)
{
  g_autoptr (GPtrArray) reds = desk_plan_red (booking->db, booking->plan->id, error);

  for (guint i = 0; reds && i < reds->len; i++)
    {
      const DeskPlanRed *red = reds->pdata[i];
      g_autofree char *day = desk_day_format (red->was);
      g_autofree char *detail = g_strconcat (red->detail, *red->detail ? " " : "", day, NULL);

      if (red->breaks)
        desk_problems_add (booking->problems, red->what, red->code, detail);
    }
  return reds != NULL;
}

/* ── stays ───────────────────────────────────────────────────────────────────────────────────── */

static DeskTrip *
new_trip (const Booking *booking, const DeskKeptTrip *planned)
{
  DeskTrip *trip = desk_trip_new (booking->plan->patient_id);
  gboolean exempt = booking->stay == DESK_PLAN_STAY_EXEMPT;

  g_free (trip->route);
  trip->route = g_strdup (exempt ? "exempt" : "unknown");
  trip->exempt_days = exempt ? booking->stay_days : 0;
  g_free (trip->planned_entry);
  trip->planned_entry = desk_day_format (planned->arrival);
  g_free (trip->planned_departure);
  trip->planned_departure = desk_day_format (planned->departure);
  return trip;
}

/* A stay that is planned already and covers the trip is taken; one that covers it in part is in the way. */
static gboolean
find_trip (Booking *booking, const DeskKeptTrip *planned, gint64 *id)
{
  for (guint i = 0; i < booking->trips->len; i++)
    {
      const DeskTrip *trip = booking->trips->pdata[i];
      DeskStay stay;

      desk_stay_count (trip, desk_instant_day (booking->now, booking->zone), &stay);
      if (stay.entry == DESK_DAY_NONE || stay.entry > planned->departure
          || (stay.departure != DESK_DAY_NONE && stay.departure < planned->arrival))
        continue;
      *id = trip->id;
      if (stay.entry > planned->arrival || (stay.departure != DESK_DAY_NONE && stay.departure < planned->departure))
        {
          tell (booking, "trip", "trip-overlaps", planned->seq);
          return FALSE;
        }
      return TRUE;
    }
  return TRUE;
}

static gboolean
make_trip (Booking *booking, const DeskKeptTrip *planned, GError **error)
{
  gint64 id = 0, version = 0;

  if (!find_trip (booking, planned, &id))
    return TRUE;
  if (id == 0)
    {
      g_autoptr (DeskTrip) trip = new_trip (booking, planned);

      if (!desk_trip_save (booking->db, trip, error))
        return FALSE;
      id = trip->id;
      version = trip->version;
    }
  return desk_db_run (booking->db, error, trip_sql, "idii", booking->plan->id, planned->seq, id, version);
}

static gboolean
has_wanted (const Booking *booking, const DeskKeptTrip *trip)
{
  for (guint i = 0; i < booking->plan->visits->len; i++)
    {
      const DeskKeptVisit *visit = booking->plan->visits->pdata[i];

      if (!visit->booked && wanted (booking->seqs, booking->n_seqs, visit->seq) && visit->day >= trip->arrival && visit->day <= trip->departure)
        return TRUE;
    }
  return FALSE;
}

/* The stays that the chosen visits are in; who lives here needs none. */
static gboolean
make_trips (Booking *booking, GError **error)
{
  for (guint i = 0; !booking->resident && i < booking->plan->trips->len; i++)
    {
      const DeskKeptTrip *trip = booking->plan->trips->pdata[i];

      if (trip->trip_id == 0 && has_wanted (booking, trip) && !make_trip (booking, trip, error))
        return FALSE;
    }
  return TRUE;
}

/* ── visits and doses ────────────────────────────────────────────────────────────────────────── */

/* Puts the visit on a free time of its day, at the one it was proposed for or after it if that goes. */
static gboolean
find_time (Booking *booking, const DeskKeptVisit *kept, DeskVisit *visit, gboolean *found, GError **error)
{
  GError *local = NULL;
  DeskDay day = desk_instant_day (visit->starts_at, booking->zone);
  g_autoptr (DeskFreeSlot) slot
      = desk_plan_slot (booking->db, visit->type, visit->patient_id, day,
                        desk_instant_minute (visit->starts_at, booking->zone), visit->id, booking->now, &local);

  *found = slot != NULL;
  if (local)
    {
      g_propagate_error (error, local);
      return FALSE;
    }
  if (!slot)
    {
      tell (booking, "visit", "no-free-time", kept->seq);
      return TRUE;
    }
  desk_visit_set_time (visit, type_of (booking, visit->type), slot->starts_at, (int) (visit->ends_at - visit->starts_at) / 60);
  g_clear_pointer (&visit->resources, g_array_unref);
  visit->resources = g_steal_pointer (&slot->resources);
  return TRUE;
}

/* What blocks a visit is told; what only warns the plan has answered: papers and stay are its own rules. */
static gboolean
check_conflicts (Booking *booking, const DeskKeptVisit *kept, const DeskVisit *visit, GError **error)
{
  g_autoptr (GPtrArray) conflicts = desk_visit_check (booking->db, visit, booking->now, error);

  if (conflicts && desk_conflicts_block (conflicts))
    tell (booking, "visit", "conflict", kept->seq);
  return conflicts != NULL;
}

/* A rule's refusal is told; another failure is one. */
static gboolean
tell_refusal (Booking *booking, const char *field, int seq, GError *local, GError **error)
{
  if (g_error_matches (local, DESK_ERROR, DESK_ERROR_REFUSED))
    {
      g_autofree char *detail = g_strdup_printf ("%d", seq);

      desk_problems_add (booking->problems, field, g_intern_string (local->message), detail);
      g_error_free (local);
      return TRUE;
    }
  g_propagate_error (error, local);
  return FALSE;
}

static gboolean
reserve (Booking *booking, const DeskKeptVisit *kept, GError **error)
{
  DeskUnitAct act = { .unit_id = kept->unit_id, .step = DESK_STEP_RESERVE, .performer = desk_db_get_actor (booking->db),
                      .visit_id = kept->visit_id };
  GError *local = NULL;

  return kept->unit_id == 0 || desk_unit_act (booking->db, &act, &local)
         || tell_refusal (booking, "unit", kept->seq, local, error);
}

static gboolean
book_visit (Booking *booking, const DeskKeptVisit *kept, GError **error)
{
  g_autoptr (DeskVisit) visit = desk_visit_load (booking->db, kept->visit_id, error);
  gboolean found;

  if (!visit)
    return FALSE;
  if (desk_visit_is_final (visit->status))
    {
      tell (booking, "visit", "visit-over", kept->seq);
      return TRUE;
    }
  if (strcmp (visit->status, "proposed") == 0)
    {
      if (!find_time (booking, kept, visit, &found, error))
        return FALSE;
      if (!found)
        return TRUE;
      if (!check_conflicts (booking, kept, visit, error) || !desk_visit_save (booking->db, visit, error)
          || !desk_visit_set_status (booking->db, visit, "booked", error))
        return FALSE;
    }
  return reserve (booking, kept, error)
         && desk_db_run (booking->db, error, booked_sql, "idi", booking->plan->id, kept->seq, visit->version);
}

static gboolean
book_visits (Booking *booking, guint *n, GError **error)
{
  for (guint i = 0; i < booking->plan->visits->len; i++)
    {
      const DeskKeptVisit *visit = booking->plan->visits->pdata[i];

      if (visit->booked || !wanted (booking->seqs, booking->n_seqs, visit->seq))
        continue;
      if (!book_visit (booking, visit, error))
        return FALSE;
      (*n)++;
    }
  return TRUE;
}

/* ── the course ──────────────────────────────────────────────────────────────────────────────── */

static gboolean
number_visits (Booking *booking, gint64 course_id, GError **error)
{
  gint64 draws = 0, infusions = 0, step;

  for (guint i = 0; i < booking->plan->visits->len; i++)
    {
      const DeskKeptVisit *visit = booking->plan->visits->pdata[i];
      gint64 *n = strcmp (visit->type, "infusion") == 0 ? &infusions : &draws;

      (*n)++;
      if (!desk_db_value (booking->db, &step, error, step_sql, "tti", booking->plan->template_code, visit->type, *n)
          || !desk_db_run (booking->db, error, course_step_sql, "iii", visit->visit_id, course_id, step))
        return FALSE;
    }
  return TRUE;
}

/* What is booked is a course of the patient, that the book moves as one. */
static gboolean
make_course (Booking *booking, GError **error)
{
  DeskKeptPlan *plan = booking->plan;
  g_autofree char *day = plan->visits->len ? desk_day_format (((DeskKeptVisit *) plan->visits->pdata[0])->day) : NULL;

  if (*plan->template_code == '\0' || !day)
    return TRUE;
  if (plan->course_id)
    return desk_db_run (booking->db, error, course_status_sql, "it", plan->course_id, "active");
  return desk_db_value (booking->db, &plan->course_id, error, course_sql, "itt", plan->patient_id, plan->template_code, day)
         && desk_db_run (booking->db, error, course_of_plan_sql, "ii", plan->id, plan->course_id)
         && desk_txn_log (booking->txn, "course.book", DESK_KIND_COURSE, plan->course_id, plan->template_code, error)
         && number_visits (booking, plan->course_id, error);
}

static gboolean
finish (DeskDb *db, DeskTxn *txn, const DeskKeptPlan *plan, const char *action, guint n, GError **error)
{
  g_autofree char *detail = g_strdup_printf ("%u", n);

  if (!desk_db_run (db, error, status_sql, "i", plan->id) || !desk_txn_log (txn, action, DESK_KIND_PLAN, plan->id, detail, error))
    return FALSE;
  desk_txn_changed (txn, DESK_KIND_PATIENT, plan->patient_id);
  return desk_txn_commit (txn, error);
}

gboolean
desk_plan_book (DeskDb *db, gint64 id, gint64 *version, const int *seqs, guint n_seqs, gint64 now, DeskProblems *problems,
                GError **error)
{
  g_autoptr (DeskTxn) txn = desk_txn_begin (db, error);
  g_auto (Booking) booking = { .db = db, .txn = txn, .problems = problems, .seqs = seqs, .n_seqs = n_seqs, .now = now };
  gint64 new_version = *version;
  guint before = problems->len, n = 0;

  if (!txn || !desk_plan_step_version (db, id, &new_version, error) || !booking_begin (&booking, id, error)
      || !check_red (&booking, error))
    return FALSE;
  if (problems->len > before)
    return FALSE;
  if (!make_course (&booking, error) || !make_trips (&booking, error) || !book_visits (&booking, &n, error))
    return FALSE;
  if (problems->len > before)
    return FALSE;
  if (n == 0)
    return refuse (error, "plan-nothing-to-book");
  if (!finish (db, txn, booking.plan, "plan.book", n, error))
    return FALSE;
  *version = new_version;
  return TRUE;
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

      if (*booked == 0 || !wanted (seqs, n_seqs, visit->seq))
        continue;
      if (!unbook_visit (db, id, visit, *booked, error))
        return FALSE;
      *booked = 0;
      n++;
    }
  if (n == 0)
    return refuse (error, "plan-nothing-booked");
  if (!unmake_trips (db, plan, versions, error) || !end_course (db, plan, versions, error)
      || !finish (db, txn, plan, "plan.unbook", n, error))
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

/* Moves each hung day to what its thing says now, and each visit that was moved. */
static gboolean
hang_anew (DeskDb *db, gint64 id, const GPtrArray *reds, GError **error)
{
  g_autoptr (GArray) hangs = g_array_new (FALSE, FALSE, sizeof (DeskPlanHang));

  for (guint i = 0; i < reds->len; i++)
    {
      const DeskPlanRed *red = reds->pdata[i];
      DeskPlanHang hang = { red->what, red->row_id, red->now };
      g_autofree char *was = desk_day_format (red->was), *now = desk_day_format (red->now);

      if (strcmp (red->what, "visit") == 0)
        {
          if (!desk_db_run (db, error, "UPDATE plan_visit SET day = $3 WHERE plan_id = $1 AND visit_id = $2", "iit", id, red->row_id, now))
            return FALSE;
          continue;
        }
      if (!desk_db_run (db, error, "DELETE FROM plan_hang WHERE plan_id = $1 AND what = $2 AND row_id = $3 AND day = $4", "itit",
                        id, red->what, red->row_id, was))
        return FALSE;
      if (red->now != DESK_DAY_NONE)
        g_array_append_val (hangs, hang);
    }
  return desk_plan_add_hangs (db, id, hangs, error);
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
  if (!hang_anew (db, id, reds, error) || !desk_txn_log (txn, "plan.accept", DESK_KIND_PLAN, id, NULL, error)
      || !desk_txn_commit (txn, error))
    return FALSE;
  *version = new_version;
  return TRUE;
}
