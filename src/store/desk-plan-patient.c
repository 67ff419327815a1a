/* The planner's problem: the patient's own windows, banked doses, stays and papers. */
#include "desk-plan-private.h"

#include <string.h>

#include "desk-gates.h"
#include "desk-trips.h"

#define MOST_LOTS 64   /* of doses that are alike, and papers: the planner's own limits */
#define HOME "JPN"     /* whose people no permission binds */

static const char windows_sql[]
    = "SELECT id, kind, first_day, last_day, days_before, days_after FROM patient_window"
      " WHERE patient_id = $1 AND removed_at IS NULL ORDER BY first_day, last_day, id";

/* Doses that are there, or will be once their tests are final: not failed, not held, not promised, agreed to be kept.
 * What was released for one visit alone is not offered to others. */
static const char doses_sql[]
    = "SELECT u.id, u.lot_id, u.kind, u.use_until, u.quality, CASE l.harvested_on WHEN '' THEN l.expected_on ELSE l.harvested_on END,"
      " CASE WHEN EXISTS (SELECT 1 FROM storage_consent WHERE patient_id = u.patient_id)"
      "  THEN coalesce ((SELECT until_on FROM storage_consent WHERE patient_id = u.patient_id AND withdrawn_at IS NULL ORDER BY id DESC LIMIT 1), '')"
      "  WHEN (SELECT value FROM cell_setting WHERE name = 'consent-needed') = 1 THEN '' END"
      " FROM unit u JOIN lot l ON l.id = u.lot_id WHERE u.patient_id = $1"
      " AND u.kind IN ('dose_frozen', 'dose_fresh') AND l.status <> 'failed'"
      " AND u.life IN ('planned', 'filled', 'frozen', 'fresh_ready', 'in_transit', 'at_clinic')"
      " AND u.quality NOT IN ('rejected', 'recalled')"
      " AND NOT EXISTS (SELECT 1 FROM unit_hold h WHERE h.unit_id = u.id)"
      " AND NOT EXISTS (SELECT 1 FROM reservation r WHERE r.unit_id = u.id AND r.closed_at IS NULL)"
      " AND NOT EXISTS (SELECT 1 FROM release_condition k WHERE k.unit_id = u.id AND u.quality = 'conditional')"
      " AND NOT EXISTS (SELECT 1 FROM result b WHERE b.lot_id = u.lot_id AND b.passed = 0 AND (b.unit_id IS NULL OR b.unit_id = u.id)"
      "                 AND NOT EXISTS (SELECT 1 FROM result s WHERE s.supersedes = b.id))"
      " ORDER BY u.use_until, u.id LIMIT 999";

static const char person_sql[] = "SELECT nationality, passport_until FROM patient WHERE id = $1";

static DeskDay
day_or_none (const char *iso)
{
  DeskDay day;

  return iso && desk_day_parse (iso, &day) ? day : DESK_DAY_NONE;
}

/* ── windows ─────────────────────────────────────────────────────────────────────────────────── */

/* Days on which a journey is possible; what touches is one: a trip may reach over. They come by their first day. */
static void
add_possible (DeskPlanProblem *problem, DeskDay first, DeskDay last)
{
  DeskDaySpan span = { first, last };

  if (!problem->windows)
    problem->windows = g_array_new (FALSE, FALSE, sizeof (DeskDaySpan));
  if (problem->windows->len > 0)
    {
      DeskDaySpan *before = &g_array_index (problem->windows, DeskDaySpan, problem->windows->len - 1);

      if (first <= before->last + 1)
        {
          before->last = MAX (before->last, last);
          return;
        }
    }
  g_array_append_val (problem->windows, span);
}

/* As far as they are days of the problem. */
void
desk_plan_black_out (DeskPlanProblem *problem, DeskDay first, DeskDay last)
{
  for (DeskDay day = MAX (first, problem->first); day <= MIN (last, problem->last); day++)
    g_array_index (problem->days, DeskPlanDay, day - problem->first).blackout = TRUE;
}

/* Possible days of which all are over bind nobody any more. Needs the days. */
gboolean
desk_plan_read_windows (DeskPlanReading *reading, GError **error)
{
  DeskPlanProblem *problem = reading->file->problem;
  g_autoptr (DeskStmt) stmt = desk_db_query (reading->db, error, windows_sql, "i", reading->file->patient_id);
  DeskStep step = DESK_STEP_ERROR;

  while (stmt && (step = desk_stmt_step (stmt, error)) == DESK_STEP_ROW)
    {
      gint64 id = desk_stmt_int64 (stmt, 0);
      gboolean possible = strcmp (desk_stmt_text (stmt, 1), "possible") == 0;
      DeskDay first = day_or_none (desk_stmt_text (stmt, 2)), last = day_or_none (desk_stmt_text (stmt, 3));

      if (first == DESK_DAY_NONE || last == DESK_DAY_NONE || last + desk_stmt_int (stmt, 5) < reading->today)
        continue;
      if (possible)
        add_possible (problem, first, last);
      else
        desk_plan_black_out (problem, first - desk_stmt_int (stmt, 4), last + desk_stmt_int (stmt, 5));
      desk_plan_add_hang (reading->file, "window", id, first);
      desk_plan_add_hang (reading->file, "window", id, last);
    }
  return step == DESK_STEP_DONE;
}

/* ── doses ───────────────────────────────────────────────────────────────────────────────────── */

/* Doses that are good on the same days are one lot to the planner. */
static gint64
add_dose (DeskPlanProblem *problem, gint64 unit_id, DeskDay ready, DeskDay expiry)
{
  DeskPlanDose dose = { unit_id, ready, expiry, 1 };

  if (!problem->doses)
    problem->doses = g_array_new (FALSE, FALSE, sizeof (DeskPlanDose));
  for (guint i = 0; i < problem->doses->len; i++)
    {
      DeskPlanDose *same = &g_array_index (problem->doses, DeskPlanDose, i);

      if (same->ready == ready && same->expiry == expiry)
        {
          same->count++;
          return same->id;
        }
    }
  if (problem->doses->len == MOST_LOTS)
    return 0;
  g_array_append_val (problem->doses, dose);
  return unit_id;
}

/* The day of the harvest a dose waits for; what waits longer than it should is taken to be there tomorrow. */
static void
read_dose (DeskPlanReading *reading, DeskStmt *stmt, int release_days)
{
  DeskPlanDoseUnit unit = { .unit_id = desk_stmt_int64 (stmt, 0), .lot_id = desk_stmt_int64 (stmt, 1),
                            .expiry = day_or_none (desk_stmt_text (stmt, 3)), .lot_day = DESK_DAY_NONE };
  gboolean fresh = strcmp (desk_stmt_text (stmt, 2), "dose_fresh") == 0;
  gboolean waits = strcmp (desk_stmt_text (stmt, 4), "released") != 0;
  DeskDay harvest = day_or_none (desk_stmt_text (stmt, 5)), ready = reading->today, last = unit.expiry;

  if (unit.expiry == DESK_DAY_NONE || (waits && harvest == DESK_DAY_NONE))
    return;
  if (waits)
    {
      unit.lot_day = harvest;
      ready = MAX (harvest + (fresh ? 0 : release_days), reading->today + 1);
    }
  if (!fresh && !desk_stmt_is_null (stmt, 6))
    last = MIN (last, day_or_none (desk_stmt_text (stmt, 6)));
  if (last < ready || last < reading->file->problem->first)
    return;
  unit.dose_id = add_dose (reading->file->problem, unit.unit_id, ready, last);
  if (unit.dose_id)
    g_array_append_val (reading->file->dose_units, unit);
}

gboolean
desk_plan_read_doses (DeskPlanReading *reading, gint64 release_days, GError **error)
{
  g_autoptr (DeskStmt) stmt = desk_db_query (reading->db, error, doses_sql, "i", reading->file->patient_id);
  DeskStep step = DESK_STEP_ERROR;

  while (stmt && (step = desk_stmt_step (stmt, error)) == DESK_STEP_ROW)
    read_dose (reading, stmt, (int) release_days);
  return step == DESK_STEP_DONE;
}

/* ── stay ────────────────────────────────────────────────────────────────────────────────────── */

static gboolean
needs_visa (const DeskTrip *trip)
{
  static const char *const visas[] = { "short_visa", "medical_visa", "coe", NULL };

  return g_strv_contains (visas, trip->route);
}

/* Who is in Japan now: until when is as stamped, or as his way in promises, or the longest without more. */
static void
set_present (DeskPlanReading *reading, const DeskTrip *trip, const DeskStay *stay)
{
  DeskPlanProblem *problem = reading->file->problem;

  problem->here_since = stay->entry;
  problem->permitted_until = stay->last != DESK_DAY_NONE ? stay->last : desk_stay_last_day (stay->entry, DESK_STAY_LONGEST);
  if (stay->stamped)
    reading->file->stay = DESK_PLAN_STAY_STAMPED;
  desk_plan_add_hang (reading->file, "trip", trip->id, problem->permitted_until);
}

/* More than 90 days need hospitalisation (visa.md 1.1, 12). */
static void
set_days (DeskPlanFile *file, int days, gboolean hospitalised, DeskPlanStay stay)
{
  file->problem->stay_days = hospitalised ? days : MIN (days, DESK_STAY_LONGEST);
  file->stay = stay;
}

/* The rule for the trips to come: the exemption of the nationality, or the visa of the trip that is spoken of. */
static gboolean
set_rule (DeskPlanReading *reading, const DeskTrip *trip, GError **error)
{
  DeskPlanFile *file = reading->file;
  g_autoptr (GPtrArray) exemptions = desk_exemption_load (reading->db, NULL, error);
  const DeskExemption *line = NULL;

  if (!exemptions)
    return FALSE;
  set_days (file, DESK_STAY_LONGEST, FALSE, DESK_PLAN_STAY_UNKNOWN);
  if (trip && needs_visa (trip) && trip->visa_days > 0)
    set_days (file, trip->visa_days, trip->hospitalised, DESK_PLAN_STAY_VISA);
  else if (*file->nationality && desk_exemption_find (exemptions, file->nationality, &line) == DESK_EXEMPT_YES && line->days > 0)
    set_days (file, line->days, FALSE, DESK_PLAN_STAY_EXEMPT);
  return TRUE;
}

gboolean
desk_plan_read_stay (DeskPlanReading *reading, GError **error)
{
  DeskPlanFile *file = reading->file;
  DeskDay passport;

  {
    g_autoptr (DeskStmt) stmt = desk_db_query (reading->db, error, person_sql, "i", file->patient_id);
    DeskStep step = stmt ? desk_stmt_step (stmt, error) : DESK_STEP_ERROR;

    if (step == DESK_STEP_DONE)
      g_set_error_literal (error, DESK_ERROR, DESK_ERROR_NOT_FOUND, "no such patient");
    if (step != DESK_STEP_ROW)
      return FALSE;
    file->nationality = desk_stmt_dup_text (stmt, 0);
    passport = day_or_none (desk_stmt_text (stmt, 1));
  }
  g_autoptr (GPtrArray) trips = desk_trip_list (reading->db, file->patient_id, FALSE, error);
  if (!trips)
    return FALSE;
  const DeskTrip *trip = desk_stay_current (trips, reading->today);
  DeskStay stay = { 0 };

  file->problem->here_since = file->problem->permitted_until = DESK_DAY_NONE;
  if (trip)
    desk_stay_count (trip, reading->today, &stay);
  if (strcmp (file->nationality, HOME) == 0 || (trip && strcmp (trip->route, "resident") == 0 && !stay.departed))
    {
      /* At home here: nothing ends, nobody travels. */
      file->stay = DESK_PLAN_STAY_RESIDENT;
      file->problem->before = file->problem->after = file->problem->home_days = 0;
      return TRUE;
    }
  if (!set_rule (reading, trip, error))
    return FALSE;
  if (trip && stay.day > 0)
    set_present (reading, trip, &stay);
  desk_plan_add_hang (file, "passport", file->patient_id, passport);
  return TRUE;
}

/* ── papers ──────────────────────────────────────────────────────────────────────────────────── */

static void
paper_free (gpointer paper)
{
  desk_plan_paper_free (paper);
}

static void
add_paper (DeskPlanFile *file, const DeskGateCheck *check, DeskDay good_until, gboolean hard)
{
  DeskPlanPaper *paper;
  gboolean passport = check->rule->look == DESK_LOOK_PASSPORT;
  gint64 id = passport ? 0 : check->object_id;

  if (!file->problem->papers)
    file->problem->papers = g_ptr_array_new_with_free_func (paper_free);
  if (file->problem->papers->len == MOST_LOTS)
    return;
  paper = g_new0 (DeskPlanPaper, 1);
  *paper = (DeskPlanPaper){ g_strdup (check->rule->code), good_until, TRUE, passport, good_until != DESK_DAY_NONE && (passport || hard) };
  g_ptr_array_add (file->problem->papers, paper);
  g_array_append_val (file->paper_ids, id);
}

static DeskDay
examined_on (const DeskCase *case_, gint64 paper_id)
{
  for (guint i = 0; i < case_->papers->len; i++)
    if (g_array_index (case_->papers, DeskCasePaper, i).id == paper_id)
      return day_or_none (g_array_index (case_->papers, DeskCasePaper, i).examined_on);
  return DESK_DAY_NONE;
}

/* What the gate before a draw looks at and what grows old. A passport cannot be made anew in time: it is hard. What is
 * not there at all has no day: every visit tells of it. */
gboolean
desk_plan_read_papers (DeskPlanReading *reading, gboolean hard, GError **error)
{
  DeskPlanFile *file = reading->file;
  g_autoptr (DeskCase) case_ = desk_gates_load (reading->db, file->patient_id, reading->today, error);

  if (!case_)
    return FALSE;
  case_->days[DESK_GATE_DRAW] = DESK_DAY_NONE;
  g_autoptr (GArray) checks = desk_gate_judge (case_, DESK_GATE_DRAW, reading->today);
  for (guint i = 0; i < checks->len; i++)
    {
      const DeskGateCheck *check = &g_array_index (checks, DeskGateCheck, i);
      gboolean ages = check->rule->look == DESK_LOOK_PASSPORT || desk_gate_months (check->rule, case_->settings) > 0;
      DeskDay until = check->override && check->override->until > check->good_until ? check->override->until : check->good_until;

      if (check->rule->look == DESK_LOOK_STAY || !ages || (check->override && check->override->until == DESK_DAY_NONE))
        continue;
      if (until != DESK_DAY_NONE || check->light == DESK_LIGHT_RED)
        add_paper (file, check, until, hard);
      if (until == DESK_DAY_NONE && check->light == DESK_LIGHT_RED)
        g_ptr_array_add (file->missing, g_strdup (check->rule->code));
      if (check->object_id && check->rule->look != DESK_LOOK_PASSPORT)
        desk_plan_add_hang (file, "document", check->object_id, examined_on (case_, check->object_id));
    }
  return TRUE;
}
