/* Booking a kept plan, whole or in part: one transaction of the acts that the desk would do one by one, so that visits,
 * stays and doses have their own rules and their own rows in the audit trail. */
#include "desk-plans-private.h"

#include <string.h>

#include "desk-cells.h"
#include "desk-clinics.h"
#include "desk-plan-private.h"
#include "desk-trips.h"

/* A plan that was kept twice is not given twice. */
static const char again_sql[]
    = "SELECT EXISTS (SELECT 1 FROM visit v JOIN visit_status s ON s.status = v.status AND s.takes = 1"
      " WHERE v.patient_id = $1 AND v.type = $2 AND v.id <> $3 AND v.starts_at >= $4 AND v.starts_at < $5)";

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

/* Whether a visit of that number was chosen. */
gboolean
desk_plan_wants (const int *seqs, guint n_seqs, int seq)
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
tell (Booking *booking, const char *field, const char *code, DeskDay day)
{
  g_autofree char *detail = desk_day_format (day);

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
          tell (booking, "trip", "trip-overlaps", planned->arrival);
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

      if (!visit->booked && desk_plan_wants (booking->seqs, booking->n_seqs, visit->seq) && visit->day >= trip->arrival && visit->day <= trip->departure)
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
  gint64 again;

  *found = FALSE;
  if (!desk_db_value (booking->db, &again, error, again_sql, "itiii", visit->patient_id, visit->type, visit->id,
                      desk_instant_at (day, 0, booking->zone), desk_instant_at (day + 1, 0, booking->zone)))
    return FALSE;
  if (again)
    {
      tell (booking, "visit", "booked-already", day);
      return TRUE;
    }
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
      tell (booking, "visit", "no-free-time", day);
      return TRUE;
    }
  desk_visit_set_time (visit, type_of (booking, visit->type), slot->starts_at, (int) (visit->ends_at - visit->starts_at) / 60);
  g_clear_pointer (&visit->resources, g_array_unref);
  visit->resources = g_array_ref (slot->resources);
  return TRUE;
}

/* What blocks a visit is told. What only warns is written down with the visit, as "plan:" and the codes of its kinds: the
 * plan was shown before it was booked. */
static gboolean
check_conflicts (Booking *booking, const DeskKeptVisit *kept, DeskVisit *visit, GError **error)
{
  g_autoptr (GPtrArray) conflicts = desk_visit_check (booking->db, visit, booking->now, error);
  GString *codes = g_string_new (NULL);

  if (conflicts && desk_conflicts_block (conflicts))
    tell (booking, "visit", "visit-conflict", kept->day);
  for (guint i = 0; conflicts && i < conflicts->len; i++)
    {
      const DeskConflict *conflict = conflicts->pdata[i];

      if (!conflict->blocks && conflict->kind != DESK_CONFLICT_PAST)
        g_string_append_printf (codes, "%s%s", codes->len ? " " : "plan:", desk_conflict_code (conflict->kind));
    }
  g_free (visit->override);
  visit->override = g_string_free (codes, FALSE);
  return conflicts != NULL;
}

/* A rule's refusal is told; another failure is one. */
static gboolean
tell_refusal (Booking *booking, const char *field, const char *detail, GError *local, GError **error)
{
  if (g_error_matches (local, DESK_ERROR, DESK_ERROR_REFUSED))
    {
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
         || tell_refusal (booking, "unit", kept->unit_number, local, error);
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
      tell (booking, "visit", "visit-over", kept->day);
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

      if (visit->booked || !desk_plan_wants (booking->seqs, booking->n_seqs, visit->seq))
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

/* The plan's status by what is booked of it, its audit row, and the commit. */
gboolean
desk_plan_finish (DeskDb *db, DeskTxn *txn, const DeskKeptPlan *plan, const char *action, guint n, GError **error)
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
  if (!desk_plan_finish (db, txn, booking.plan, "plan.book", n, error))
    return FALSE;
  *version = new_version;
  return TRUE;
}
