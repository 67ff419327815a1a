/* What the planner is asked for a patient, and plans as they are kept: as proposals, booked whole, in part, taken back,
 * dropped, and red when a day moved. */
#include <string.h>

#include "desk-book.h"
#include "desk-cell-settings.h"
#include "desk-cells.h"
#include "desk-clinics.h"
#include "desk-openings.h"
#include "desk-plans.h"
#include "desk-trips.h"
#include "desk-windows.h"
#include "merge-fixture.h"

#define PATIENT 1
#define XML "<plan-problem/>"

/* The clinic's own. */
static DeskDay
today (void)
{
  return (DeskDay) ((g_get_real_time () / G_USEC_PER_SEC + 9 * 3600) / 86400);
}

static gint64
now (void)
{
  return g_get_real_time () / G_USEC_PER_SEC;
}

/* Patient 1 with three doses in the bank, one chair, every day open. */
static void
set_up (StoreFixture *fixture, gconstpointer data)
{
  merge_fixture_set_up (fixture, NULL);
  store_exec (fixture,
              "PRAGMA synchronous = OFF; UPDATE clinic SET closed_weekdays = '';"
              "INSERT INTO cell_setting (name, value) VALUES ('days-at-home', 3)");
  merge_fixture_dose (fixture, PATIENT, 1);
  merge_fixture_dose (fixture, PATIENT, 2);
  merge_fixture_dose (fixture, PATIENT, 3);
}

static gint64
value (StoreFixture *fixture, const char *sql)
{
  g_autoptr (GError) error = NULL;
  gint64 out = -1;

  if (!desk_db_value (fixture->db, &out, &error, g_intern_string (sql), ""))
    g_error ("%s: %s", error->message, sql);
  return out;
}

static DeskPlanFile *
ask (StoreFixture *fixture, const DeskPlanOptions *options)
{
  g_autoptr (GError) error = NULL;
  g_autoptr (DeskProblems) problems = desk_problems_new ();
  DeskPlanFile *file = desk_plan_problem_load (fixture->db, PATIENT, options, today (), &error);

  g_assert_no_error (error);
  desk_plan_problem_check (file->problem, problems);
  if (problems->len > 0)
    g_error ("%s: %s", desk_problems_get (problems, 0)->field, desk_problems_get (problems, 0)->code);
  return file;
}

/* Two infusions from the bank within four months. */
static DeskPlanOptions
banked (void)
{
  DeskPlanOptions options;

  desk_plan_options_init (&options);
  options.template_code = "maintenance";
  options.infusions = 2;
  options.gap_min = 7;
  options.gap_max = 14;
  options.last = today () + 120;
  return options;
}

static gint64
keep (StoreFixture *fixture, DeskPlanFile *file)
{
  g_autoptr (GError) error = NULL;
  g_autoptr (GPtrArray) plans = desk_plan_best (file->problem, NULL);
  gint64 id = 0;

  g_assert_cmpint (plans->len, >, 0);
  if (!desk_plan_keep (fixture->db, file, plans->pdata[0], XML, &id, &error))
    g_error ("%s", error->message);
  return id;
}

static gint64
keep_banked (StoreFixture *fixture)
{
  DeskPlanOptions options = banked ();
  g_autoptr (DeskPlanFile) file = ask (fixture, &options);

  return keep (fixture, file);
}

static DeskKeptPlan *
load (StoreFixture *fixture, gint64 id)
{
  g_autoptr (GError) error = NULL;
  DeskKeptPlan *plan = desk_plan_load (fixture->db, id, &error);

  g_assert_no_error (error);
  return plan;
}

static const DeskKeptVisit *
visit_at (const DeskKeptPlan *plan, guint i)
{
  return plan->visits->pdata[i];
}

static const DeskPlanDay *
day_at (const DeskPlanFile *file, DeskDay day)
{
  return &g_array_index (file->problem->days, DeskPlanDay, day - file->problem->first);
}

static char *
iso (DeskDay day)
{
  return desk_day_format (day);
}

/* [1] and [2] stand for the days. */
static void
exec_days (StoreFixture *fixture, const char *sql, DeskDay first, DeskDay last)
{
  g_autofree char *one = iso (first), *two = iso (last);
  g_autoptr (GString) text = g_string_new (sql);

  g_string_replace (text, "[1]", one, 0);
  g_string_replace (text, "[2]", two, 0);
  store_exec (fixture, text->str);
}

/* ── the problem ─────────────────────────────────────────────────────────────────────────────── */

static void
test_numbers (StoreFixture *fixture, gconstpointer data)
{
  DeskPlanOptions options;
  g_autoptr (GError) error = NULL;

  desk_plan_options_init (&options);
  options.template_code = "intensive";
  g_autoptr (DeskPlanFile) file = ask (fixture, &options);
  const DeskPlanProblem *problem = file->problem;

  g_assert_cmpint (problem->strategy, ==, DESK_PLAN_ONE_DRAW);
  g_assert_cmpint (problem->infusions, ==, 6);
  g_assert_cmpint (problem->gap_min, ==, 3);
  g_assert_cmpint (problem->gap_max, ==, 7);
  g_assert_cmpint (problem->culture_min, ==, 14);
  g_assert_cmpint (problem->culture_max, ==, 21);
  g_assert_cmpint (problem->release_days, ==, 14);
  g_assert_cmpint (problem->home_days, ==, 3);
  g_assert_cmpint (problem->first, ==, today () + 1);
  g_assert_cmpint (problem->last, ==, today () + 365);
  g_assert_cmpstr (file->draw_type, ==, "apheresis");

  /* What somebody wants otherwise. */
  options.strategy = DESK_PLAN_MIXED;
  options.infusions = 4;
  options.gap_min = 5;
  options.before = 2;
  options.max_draws = 1;
  g_autoptr (DeskPlanFile) other = ask (fixture, &options);
  g_assert_cmpint (other->problem->strategy, ==, DESK_PLAN_MIXED);
  g_assert_cmpint (other->problem->infusions, ==, 4);
  g_assert_cmpint (other->problem->gap_min, ==, 5);
  g_assert_cmpint (other->problem->gap_max, ==, 7);
  g_assert_cmpint (other->problem->before, ==, 2);
  g_assert_cmpint (other->problem->max_draws, ==, 1);

  options.template_code = "nothing";
  g_assert_null (desk_plan_problem_load (fixture->db, PATIENT, &options, today (), &error));
  g_assert_error (error, DESK_ERROR, DESK_ERROR_NOT_FOUND);
  g_clear_error (&error);
  options.template_code = NULL;
  g_assert_null (desk_plan_problem_load (fixture->db, 99, &options, today (), &error));
  g_assert_error (error, DESK_ERROR, DESK_ERROR_NOT_FOUND);
}

static guint
n_doses (const DeskPlanFile *file)
{
  guint n = 0;

  for (guint i = 0; file->problem->doses && i < file->problem->doses->len; i++)
    n += (guint) g_array_index (file->problem->doses, DeskPlanDose, i).count;
  g_assert_cmpint (n, ==, file->dose_units->len);
  return n;
}

/* Offered is what is free; what is promised, held or unsafe is not, what waits for its tests later. */
static void
test_doses (StoreFixture *fixture, gconstpointer data)
{
  DeskPlanOptions options = banked ();
  g_autoptr (DeskPlanFile) all = ask (fixture, &options);

  g_assert_cmpint (n_doses (all), ==, 3);
  g_assert_cmpint (all->problem->doses->len, ==, 1); /* alike */

  merge_fixture_act (fixture, 1, DESK_STEP_RESERVE, 1);
  g_autoptr (DeskPlanFile) promised = ask (fixture, &options);
  g_assert_cmpint (n_doses (promised), ==, 2);

  store_exec (fixture, "INSERT INTO hold (unit_id, reason, opened_at, opened_by) VALUES (2, 'why', 5, 3)");
  g_autoptr (DeskPlanFile) held = ask (fixture, &options);
  g_assert_cmpint (n_doses (held), ==, 1);

  merge_fixture_act (fixture, 3, DESK_STEP_RECALL, 0);
  g_autoptr (DeskPlanFile) none = ask (fixture, &options);
  g_assert_cmpint (n_doses (none), ==, 0);

  /* A new lot that is harvested in ten days: its doses are there two weeks later. */
  g_autofree char *expected = iso (today () + 10), *begun = iso (today ());
  DeskLotStart start = { .patient_id = PATIENT, .method = "blood_draw", .collected_at = 1000, .volume_ml = 50,
                         .operator_id = NURSE, .started_on = begun, .expected_on = expected };
  g_autoptr (GArray) units = g_array_new (FALSE, FALSE, sizeof (gint64));
  g_autoptr (GError) error = NULL;
  g_autoptr (DeskLot) lot = NULL;
  g_assert_true (desk_lot_start (fixture->db, &start, &lot, &error));
  g_assert_true (desk_units_fill (fixture->db, lot->id, "dose_frozen", 2, 50, 1000000, "2099-01-01", APPROVER, SECOND, units, &error));
  g_autoptr (DeskPlanFile) later = ask (fixture, &options);
  g_assert_cmpint (n_doses (later), ==, 2);
  g_assert_cmpint (g_array_index (later->problem->doses, DeskPlanDose, 0).ready, ==, today () + 24);
  g_assert_cmpint (g_array_index (later->dose_units, DeskPlanDoseUnit, 0).lot_day, ==, today () + 10);
}

/* Possible days that touch are one window; chemotherapy reaches further than itself. */
static void
test_windows (StoreFixture *fixture, gconstpointer data)
{
  DeskPlanOptions options = banked ();
  DeskDay t = today ();

#define WINDOW(kind) "INSERT INTO patient_window (patient_id, kind, first_day, last_day, days_before, days_after) VALUES (1, '" kind "', '[1]', '[2]', 2, 3)"
  exec_days (fixture, "INSERT INTO patient_window (patient_id, kind, first_day, last_day) VALUES (1, 'possible', '[1]', '[2]')", t + 5, t + 14);
  exec_days (fixture, "INSERT INTO patient_window (patient_id, kind, first_day, last_day) VALUES (1, 'possible', '[1]', '[2]')", t + 15, t + 30);
  exec_days (fixture, "INSERT INTO patient_window (patient_id, kind, first_day, last_day) VALUES (1, 'possible', '[1]', '[2]')", t + 40, t + 50);
  exec_days (fixture, "INSERT INTO patient_window (patient_id, kind, first_day, last_day) VALUES (1, 'possible', '[1]', '[2]')", t - 40, t - 30);
  exec_days (fixture, WINDOW ("chemotherapy"), t + 20, t + 21);
  g_autoptr (DeskPlanFile) file = ask (fixture, &options);

  g_assert_cmpint (file->problem->windows->len, ==, 2);
  g_assert_cmpint (g_array_index (file->problem->windows, DeskDaySpan, 0).first, ==, t + 5);
  g_assert_cmpint (g_array_index (file->problem->windows, DeskDaySpan, 0).last, ==, t + 30);
  g_assert_false (day_at (file, t + 17)->blackout);
  g_assert_true (day_at (file, t + 18)->blackout);
  g_assert_true (day_at (file, t + 24)->blackout);
  g_assert_false (day_at (file, t + 25)->blackout);

  /* Somebody else's days bind nobody. */
  store_exec (fixture, "UPDATE patient_window SET removed_at = 5");
  g_autoptr (DeskPlanFile) none = ask (fixture, &options);
  g_assert_null (none->problem->windows);
  g_assert_false (day_at (none, t + 20)->blackout);
}

/* A visit of the patient at nine, whoever booked it, step by step: "booked,confirmed". */
static void
promise (StoreFixture *fixture, const char *type, DeskDay day, const char *path)
{
  g_auto (GStrv) steps = g_strsplit (path, ",", -1);
  gint64 at = (gint64) day * 86400;
  g_autofree char *sql = g_strdup_printf (
      "INSERT INTO visit (patient_id, type, status, starts_at, ends_at, busy_from, busy_until, created_at)"
      " VALUES (1, '%3$s', '%4$s', %1$" G_GINT64_FORMAT ", %2$" G_GINT64_FORMAT ", %1$" G_GINT64_FORMAT ", %2$" G_GINT64_FORMAT ", 0)",
      at, at + 3600, type, steps[0]);

  store_exec (fixture, sql);
  for (guint i = 1; steps[i]; i++)
    {
      g_autofree char *step = g_strdup_printf (
          "INSERT INTO visit_stamp (visit_id, seq, from_status, to_status, at) SELECT max (id), %1$u, '%2$s', '%3$s', 5 FROM visit;"
          "UPDATE visit SET status = '%3$s' WHERE id = (SELECT max (id) FROM visit)", i, steps[i - 1], steps[i]);
      store_exec (fixture, step);
    }
}

/* Whatever the patient has in the book. */
static void
call_off (StoreFixture *fixture)
{
  store_exec (fixture,
              "INSERT INTO visit_stamp (visit_id, seq, from_status, to_status, at) SELECT id, 1 + (SELECT count (*) FROM visit_stamp WHERE visit_id = visit.id), status, 'cancelled_clinic', 5 FROM visit"
              " WHERE patient_id = 1 AND status IN ('held', 'booked', 'confirmed');"
              "UPDATE visit SET status = 'cancelled_clinic' WHERE patient_id = 1 AND status IN ('held', 'booked', 'confirmed')");
}

/* The book has an infusion for tomorrow, and a plan of an infusion every 84 days: none is nearer to it than that. */
static void
test_own_visits (StoreFixture *fixture, gconstpointer data)
{
  DeskPlanOptions options;
  DeskDay t = today ();

  call_off (fixture);
  desk_plan_options_init (&options);
  options.template_code = "maintenance";
  options.strategy = DESK_PLAN_BANKED;
  options.infusions = 1;
  g_autoptr (DeskPlanFile) before = ask (fixture, &options);
  g_autoptr (GPtrArray) soon = desk_plan_best (before->problem, NULL);
  g_assert_cmpint (before->problem->gap_min, ==, 84);
  g_assert_cmpint (((DeskPlan *) soon->pdata[0])->end, <, t + 30);

  promise (fixture, "infusion", t + 1, "booked,confirmed");
  promise (fixture, "infusion", t + 300, "booked,cancelled_clinic");
  g_autoptr (DeskPlanFile) file = ask (fixture, &options);
  g_autoptr (GPtrArray) plans = desk_plan_best (file->problem, NULL);
  g_assert_true (day_at (file, t + 1)->blackout);
  g_assert_true (day_at (file, t + 84)->blackout);
  g_assert_false (day_at (file, t + 85)->blackout);
  g_assert_false (day_at (file, t + 300)->blackout);
  g_assert_cmpint (((DeskPlan *) plans->pdata[0])->end, >=, t + 85);

  /* What is done binds as well, what is promised for later on both sides; of a draw the day itself. */
  call_off (fixture);
  promise (fixture, "infusion", t - 20, "booked,arrived,checked_in,in_room,done");
  promise (fixture, "infusion", t + 200, "held");
  promise (fixture, "blood_draw", t + 90, "booked");
  g_autoptr (DeskPlanFile) three = ask (fixture, &options);
  g_assert_true (day_at (three, t + 63)->blackout);
  g_assert_false (day_at (three, t + 64)->blackout);
  g_assert_true (day_at (three, t + 90)->blackout);
  g_assert_false (day_at (three, t + 91)->blackout);
  g_assert_false (day_at (three, t + 116)->blackout);
  g_assert_true (day_at (three, t + 117)->blackout);
  g_assert_true (day_at (three, t + 283)->blackout);
  g_assert_false (day_at (three, t + 284)->blackout);
}

static void
occupy (StoreFixture *fixture, DeskDay day, int from, int until, const char *status)
{
  gint64 at = (gint64) day * 86400 - 9 * 3600;
  g_autofree char *sql = g_strdup_printf (
      "INSERT INTO visit (patient_id, type, status, starts_at, ends_at, busy_from, busy_until, created_at)"
      " VALUES (2, 'consultation', '%5$s', %1$" G_GINT64_FORMAT " + %2$d, %1$" G_GINT64_FORMAT " + %3$d, %1$" G_GINT64_FORMAT " + %2$d,"
      " %1$" G_GINT64_FORMAT " + %3$d, 0); INSERT INTO visit_resource (visit_id, resource_id) SELECT max (id), %4$d FROM visit",
      at, from * 60, until * 60, 1, status);

  store_exec (fixture, sql);
}

/* Nine hours of a chair: six draws or infusions with their buffers; less where it is taken. */
static void
test_capacity (StoreFixture *fixture, gconstpointer data)
{
  DeskPlanOptions options = banked ();
  DeskDay t = today () + 40;

  /* A day that is no holiday and has no other visits. */
  g_autoptr (DeskPlanFile) before = ask (fixture, &options);
  while (day_at (before, t)->closed)
    t++;
  int empty = day_at (before, t)->infusions_left;
  g_assert_cmpint (empty, >=, 5);
  g_assert_cmpint (day_at (before, t)->draws_left, >, empty);

  occupy (fixture, t, 540, 1080, "booked");
  g_autoptr (DeskPlanFile) full = ask (fixture, &options);
  g_assert_cmpint (day_at (full, t)->infusions_left, ==, 0);
  g_assert_cmpint (day_at (full, t)->draws_left, ==, 0);
  g_assert_cmpint (day_at (full, t + 1)->infusions_left, ==, day_at (before, t + 1)->infusions_left);

  /* A cancelled one takes nothing. */
  store_exec (fixture, "UPDATE visit SET status = 'booked' WHERE 0; INSERT INTO visit_stamp (visit_id, seq, from_status, to_status, at)"
                       " SELECT max (id), 1, 'booked', 'cancelled_clinic', 5 FROM visit;"
                       "UPDATE visit SET status = 'cancelled_clinic' WHERE id = (SELECT max (id) FROM visit)");
  occupy (fixture, t, 540, 810, "booked");
  g_autoptr (DeskPlanFile) half = ask (fixture, &options);
  g_assert_cmpint (day_at (half, t)->infusions_left, >, 0);
  g_assert_cmpint (day_at (half, t)->infusions_left, <, empty);

  /* A block of the whole clinic, and a limit of the day. */
  exec_days (fixture, "INSERT INTO block (kind, first_day, last_day, from_minute, until_minute) VALUES ('meeting', '[1]', '[2]', 540, 1080)", t, t);
  store_exec (fixture, "UPDATE visit_type SET per_day = 2 WHERE code = 'infusion'");
  g_autoptr (DeskPlanFile) blocked = ask (fixture, &options);
  g_assert_cmpint (day_at (blocked, t)->infusions_left, ==, 0);
  for (DeskDay day = t + 1; day < t + 10; day++)
    g_assert_cmpint (day_at (blocked, day)->infusions_left, <=, 2);
}

/* Two chairs, but one infusion at a time: no more than with one chair, and those that stand count. */
static void
test_at_once (StoreFixture *fixture, gconstpointer data)
{
  DeskPlanOptions options = banked ();
  DeskDay t = today () + 40;

  g_autoptr (DeskPlanFile) one = ask (fixture, &options);
  while (day_at (one, t)->closed)
    t++;
  int alone = day_at (one, t)->infusions_left;

  store_exec (fixture, "INSERT INTO resource (id, kind, name) VALUES (90, 'chair', 'Other')");
  g_autoptr (DeskPlanFile) two = ask (fixture, &options);
  g_assert_cmpint (day_at (two, t)->infusions_left, ==, 2 * alone);

  /* Buffers of one may fall into the time of the other: a little more than with one chair. */
  store_exec (fixture, "UPDATE visit_type SET at_once = 1 WHERE code = 'infusion'");
  g_autoptr (DeskPlanFile) single = ask (fixture, &options);
  g_assert_cmpint (day_at (single, t)->infusions_left, >=, alone);
  g_assert_cmpint (day_at (single, t)->infusions_left, <, 2 * alone);
  g_assert_cmpint (day_at (single, t)->draws_left, ==, day_at (two, t)->draws_left);

  /* One that stands without a chair, from nine to six: no other beside it. */
  gint64 at = (gint64) t * 86400;
  g_autofree char *sql = g_strdup_printf (
      "INSERT INTO visit (patient_id, type, status, starts_at, ends_at, busy_from, busy_until, created_at)"
      " VALUES (2, 'infusion', 'booked', %1$" G_GINT64_FORMAT ", %2$" G_GINT64_FORMAT ", %1$" G_GINT64_FORMAT ", %2$" G_GINT64_FORMAT ", 0)",
      at, at + 9 * 3600);
  store_exec (fixture, sql);
  g_autoptr (DeskPlanFile) full = ask (fixture, &options);
  g_assert_cmpint (day_at (full, t)->infusions_left, ==, 0);
  g_assert_cmpint (day_at (full, t)->draws_left, ==, day_at (two, t)->draws_left);
}

/* The clinic closes and opens by its own word. */
static void
test_closed (StoreFixture *fixture, gconstpointer data)
{
  DeskPlanOptions options = banked ();
  g_autoptr (GError) error = NULL;
  DeskDay t = today () + 20;

  g_assert_true (desk_closed_day_add (fixture->db, t, "party", &error));
  g_autoptr (DeskPlanFile) closed = ask (fixture, &options);
  g_assert_true (day_at (closed, t)->closed);
  g_autofree char *sql = g_strdup_printf ("UPDATE clinic SET closed_weekdays = '%d'", desk_day_weekday (t + 1));
  store_exec (fixture, sql);
  g_autoptr (DeskPlanFile) weekly = ask (fixture, &options);
  g_assert_true (day_at (weekly, t + 1)->closed);
  g_assert_true (day_at (weekly, t + 8)->closed);
  g_assert_true (desk_open_day_add (fixture->db, t + 8, "many wait", &error));
  g_autoptr (DeskPlanFile) open = ask (fixture, &options);
  g_assert_false (day_at (open, t + 8)->closed);
}

static void
test_stay (StoreFixture *fixture, gconstpointer data)
{
  DeskPlanOptions options = banked ();
  DeskDay t = today ();

  /* VNM: no exemption; nothing is known of a visa. */
  g_autoptr (DeskPlanFile) unknown = ask (fixture, &options);
  g_assert_cmpint (unknown->stay, ==, DESK_PLAN_STAY_UNKNOWN);
  g_assert_cmpint (unknown->problem->stay_days, ==, 90);
  g_assert_cmpint (unknown->problem->here_since, ==, DESK_DAY_NONE);

  store_exec (fixture, "UPDATE patient SET nationality = 'THA' WHERE id = 1");
  g_autoptr (DeskPlanFile) exempt = ask (fixture, &options);
  g_assert_cmpint (exempt->stay, ==, DESK_PLAN_STAY_EXEMPT);
  g_assert_cmpint (exempt->problem->stay_days, ==, 15);

  exec_days (fixture, "INSERT INTO trip (patient_id, route, planned_entry, planned_departure, visa_days) VALUES (1, 'short_visa', '[1]', '[2]', 30)", t + 10, t + 30);
  g_autoptr (DeskPlanFile) visa = ask (fixture, &options);
  g_assert_cmpint (visa->stay, ==, DESK_PLAN_STAY_VISA);
  g_assert_cmpint (visa->problem->stay_days, ==, 30);
  store_exec (fixture, "UPDATE trip SET visa_days = 180, route = 'medical_visa'");
  g_autoptr (DeskPlanFile) long_visa = ask (fixture, &options);
  g_assert_cmpint (long_visa->problem->stay_days, ==, 90);
  store_exec (fixture, "UPDATE trip SET hospitalised = 1");
  g_autoptr (DeskPlanFile) hospital = ask (fixture, &options);
  g_assert_cmpint (hospital->problem->stay_days, ==, 180);

  /* Who is here: as stamped, whatever was promised. */
  exec_days (fixture, "UPDATE trip SET visa_days = 0, hospitalised = 0, route = 'exempt', exempt_days = 15, entered_on = '[1]', planned_entry = '[2]', planned_departure = ''", t - 4, t - 4);
  g_autoptr (DeskPlanFile) here = ask (fixture, &options);
  g_assert_cmpint (here->problem->here_since, ==, t - 4);
  g_assert_cmpint (here->problem->permitted_until, ==, t + 10);
  exec_days (fixture, "UPDATE trip SET permitted_until = '[1]', note = '[2]'", t + 60, t);
  g_autoptr (DeskPlanFile) stamped = ask (fixture, &options);
  g_assert_cmpint (stamped->stay, ==, DESK_PLAN_STAY_STAMPED);
  g_assert_cmpint (stamped->problem->permitted_until, ==, t + 60);

  store_exec (fixture, "UPDATE trip SET route = 'resident'");
  g_autoptr (DeskPlanFile) resident = ask (fixture, &options);
  g_assert_cmpint (resident->stay, ==, DESK_PLAN_STAY_RESIDENT);
  g_assert_cmpint (resident->problem->stay_days, ==, 0);
  g_assert_cmpint (resident->problem->home_days, ==, 0);
}

static const DeskPlanPaper *
paper_of (const DeskPlanFile *file, const char *code)
{
  for (guint i = 0; i < file->problem->papers->len; i++)
    if (strcmp (((DeskPlanPaper *) file->problem->papers->pdata[i])->code, code) == 0)
      return file->problem->papers->pdata[i];
  return NULL;
}

static void
test_papers (StoreFixture *fixture, gconstpointer data)
{
  DeskPlanOptions options = banked ();
  DeskDay t = today ();

  exec_days (fixture, "INSERT INTO document (id, patient_id, kind, state, examined_on, language, received_at, digest) VALUES (9, 1, 'imaging', 'accepted', '[1]', 'en', 5, 'aaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaa')", t - 30, t);
  exec_days (fixture, "UPDATE patient SET passport = 'AB1', passport_until = '[1]' WHERE id = 1", t + 100, t);
  g_autoptr (DeskPlanFile) file = ask (fixture, &options);
  const DeskPlanPaper *imaging = paper_of (file, "imaging"), *passport = paper_of (file, "passport"), *viral = paper_of (file, "viral");

  g_assert_nonnull (imaging);
  g_assert_cmpint (imaging->good_until, ==, desk_day_add_months (t - 30, 3));
  g_assert_false (imaging->hard);
  g_assert_true (imaging->for_draw);
  g_assert_false (imaging->for_infusion);
  g_assert_nonnull (passport);
  g_assert_true (passport->hard);
  g_assert_true (passport->for_infusion);
  g_assert_cmpint (passport->good_until, ==, t + 100);
  g_assert_nonnull (viral); /* not there: whatever day it is needed, it is told */
  g_assert_cmpint (viral->good_until, ==, DESK_DAY_NONE);
  g_assert_false (viral->hard);
  g_assert_cmpint (file->problem->papers->len, ==, file->paper_ids->len);

  options.hard_papers = TRUE;
  g_autoptr (DeskPlanFile) hard = ask (fixture, &options);
  g_assert_true (paper_of (hard, "imaging")->hard);
}

/* ── keeping ─────────────────────────────────────────────────────────────────────────────────── */

static void
test_keep (StoreFixture *fixture, gconstpointer data)
{
  gint64 id = keep_banked (fixture);
  g_autoptr (GError) error = NULL;
  g_autoptr (DeskKeptPlan) plan = load (fixture, id);

  g_assert_cmpstr (plan->status, ==, "proposed");
  g_assert_cmpstr (plan->strategy, ==, "banked");
  g_assert_cmpstr (plan->template_code, ==, "maintenance");
  g_assert_cmpstr (plan->problem, ==, XML);
  g_assert_cmpstr (plan->by, ==, "Approver");
  g_assert_cmpint (plan->visits->len, ==, 2);
  g_assert_cmpint (plan->trips->len, ==, (guint) plan->n_trips);
  g_assert_cmpint (plan->n_red, ==, 0);
  g_assert_cmpint (visit_at (plan, 0)->unit_id, !=, visit_at (plan, 1)->unit_id);
  g_assert_cmpstr (visit_at (plan, 0)->status, ==, "proposed");
  g_assert_cmpstr (visit_at (plan, 0)->source, ==, "banked");
  g_assert_false (visit_at (plan, 0)->booked);
  /* In the book it stands on its day with a chair, and takes none. */
  g_autoptr (DeskVisit) visit = desk_visit_load (fixture->db, visit_at (plan, 0)->visit_id, &error);
  g_assert_cmpint (visit->resources->len, ==, 1);
  g_assert_cmpint (value (fixture, "SELECT count (*) FROM visit_slot s JOIN visit v ON v.id = s.visit_id WHERE v.status = 'proposed'"), ==, 0);
  g_assert_cmpint (value (fixture, "SELECT count (*) FROM reservation WHERE closed_at IS NULL"), ==, 0);
  g_assert_cmpint (value (fixture, "SELECT count (*) FROM plan_hang WHERE what = 'unit'"), ==, 2);

  g_autoptr (GPtrArray) of_patient = desk_plan_of_patient (fixture->db, PATIENT, FALSE, &error);
  g_assert_cmpint (of_patient->len, ==, 1);
  g_assert_cmpint (((DeskKeptPlan *) of_patient->pdata[0])->visits->len, ==, 2);
  g_autoptr (GPtrArray) open = desk_plan_open_list (fixture->db, &error);
  g_assert_cmpint (open->len, ==, 1);
  g_autoptr (GPtrArray) others = desk_plan_of_patient (fixture->db, 2, TRUE, &error);
  g_assert_cmpint (others->len, ==, 0);
}

/* What does not answer the problem is not kept. */
static void
test_keep_refuses (StoreFixture *fixture, gconstpointer data)
{
  DeskPlanOptions options = banked ();
  g_autoptr (GError) error = NULL;
  g_autoptr (DeskPlanFile) file = ask (fixture, &options);
  g_autoptr (GPtrArray) plans = desk_plan_best (file->problem, NULL);
  g_autoptr (DeskPlan) plan = desk_plan_copy (plans->pdata[0]);
  gint64 id = 0;

  g_array_index (plan->visits, DeskPlanVisit, 1).day = g_array_index (plan->visits, DeskPlanVisit, 0).day + 1;
  g_assert_false (desk_plan_keep (fixture->db, file, plan, XML, &id, &error));
  g_assert_error (error, DESK_ERROR, DESK_ERROR_REFUSED);
  g_assert_cmpint (value (fixture, "SELECT count (*) FROM plan"), ==, 0);
  g_assert_cmpint (value (fixture, "SELECT count (*) FROM visit WHERE status = 'proposed'"), ==, 0);
}

/* A draw and what is given from it. */
static void
test_keep_draw (StoreFixture *fixture, gconstpointer data)
{
  DeskPlanOptions options;

  desk_plan_options_init (&options);
  options.template_code = "high-activity";
  g_autoptr (DeskPlanFile) file = ask (fixture, &options);
  g_autoptr (DeskKeptPlan) plan = load (fixture, keep (fixture, file));

  g_assert_cmpint (plan->visits->len, ==, 4);
  g_assert_cmpstr (visit_at (plan, 0)->type, ==, "blood_draw");
  for (guint i = 1; i < 4; i++)
    {
      g_assert_cmpstr (visit_at (plan, i)->type, ==, "infusion");
      g_assert_cmpint (visit_at (plan, i)->draw_seq, ==, 1);
    }
}

/* ── booking ─────────────────────────────────────────────────────────────────────────────────── */

static void
book (StoreFixture *fixture, gint64 id, gint64 *version, const int *seqs, guint n)
{
  g_autoptr (GError) error = NULL;
  g_autoptr (DeskProblems) problems = desk_problems_new ();
  gboolean done = desk_plan_book (fixture->db, id, version, seqs, n, now (), problems, &error);

  g_assert_no_error (error);
  if (problems->len)
    g_error ("%s: %s", desk_problems_get (problems, 0)->field, desk_problems_get (problems, 0)->code);
  g_assert_true (done);
}

static void
test_book (StoreFixture *fixture, gconstpointer data)
{
  gint64 id = keep_banked (fixture), version = 1;
  g_autoptr (GError) error = NULL;

  book (fixture, id, &version, NULL, 0);
  g_assert_cmpint (version, ==, 2);
  g_autoptr (DeskKeptPlan) plan = load (fixture, id);
  g_assert_cmpstr (plan->status, ==, "booked");
  g_assert_cmpstr (visit_at (plan, 0)->status, ==, "booked");
  g_assert_true (visit_at (plan, 1)->booked);
  g_assert_cmpint (value (fixture, "SELECT count (*) FROM reservation r JOIN plan_visit v ON v.visit_id = r.visit_id AND v.unit_id = r.unit_id WHERE r.closed_at IS NULL"), ==, 2);
  g_assert_cmpint (value (fixture, "SELECT count (*) FROM plan_trip i JOIN trip t ON t.id = i.trip_id AND t.planned_entry = i.arrival AND t.planned_departure = i.departure"), ==, plan->n_trips);
  g_assert_cmpint (value (fixture, "SELECT count (DISTINCT visit_id) FROM visit_slot WHERE visit_id IN (SELECT visit_id FROM plan_visit)"), ==, 2);
  /* A course of the patient, its visits numbered by the steps of the template: infusions are steps 2 and 3. */
  g_assert_cmpint (value (fixture, "SELECT count (*) FROM visit WHERE course_id = (SELECT course_id FROM plan) AND course_step IN (2, 3)"), ==, 2);
  merge_fixture_assert_sound (fixture);

  /* Nobody books it twice. */
  g_autoptr (DeskProblems) problems = desk_problems_new ();
  g_assert_false (desk_plan_book (fixture->db, id, &version, NULL, 0, now (), problems, &error));
  g_assert_error (error, DESK_ERROR, DESK_ERROR_REFUSED);
  g_clear_error (&error);
  version = 1;
  g_assert_false (desk_plan_book (fixture->db, id, &version, NULL, 0, now (), problems, &error));
  g_assert_error (error, DESK_ERROR, DESK_ERROR_CONFLICT);
}

static void
test_unbook (StoreFixture *fixture, gconstpointer data)
{
  gint64 id = keep_banked (fixture), version = 1;
  g_autoptr (GError) error = NULL;

  book (fixture, id, &version, NULL, 0);
  g_assert_true (desk_plan_unbook (fixture->db, id, &version, NULL, 0, &error));
  g_assert_no_error (error);
  g_autoptr (DeskKeptPlan) plan = load (fixture, id);
  g_assert_cmpstr (plan->status, ==, "proposed");
  g_assert_cmpstr (visit_at (plan, 0)->status, ==, "proposed");
  g_assert_cmpint (value (fixture, "SELECT count (*) FROM reservation WHERE closed_at IS NULL"), ==, 0);
  g_assert_cmpint (value (fixture, "SELECT count (*) FROM trip WHERE cancelled_at IS NULL"), ==, 0);
  g_assert_cmpint (value (fixture, "SELECT count (*) FROM visit_slot WHERE visit_id IN (SELECT visit_id FROM plan_visit)"), ==, 0);
  g_assert_cmpint (plan->n_red, ==, 0);
  merge_fixture_assert_sound (fixture);

  /* And booked again. */
  book (fixture, id, &version, NULL, 0);
  g_assert_cmpint (value (fixture, "SELECT count (*) FROM trip WHERE cancelled_at IS NULL"), ==, plan->n_trips);
  g_assert_cmpint (value (fixture, "SELECT count (*) FROM course WHERE status = 'active'"), ==, 1);
}

/* Somebody moved a visit, or wrote into the stay that was made: it is not taken back over that. */
static void
test_unbook_refuses (StoreFixture *fixture, gconstpointer data)
{
  gint64 id = keep_banked (fixture), version = 1;
  g_autoptr (GError) error = NULL;

  book (fixture, id, &version, NULL, 0);
  g_autoptr (DeskKeptPlan) plan = load (fixture, id);
  g_autoptr (DeskVisit) visit = desk_visit_load (fixture->db, visit_at (plan, 1)->visit_id, &error);
  g_free (visit->note);
  visit->note = g_strdup ("wants the window seat");
  desk_db_set_actor (fixture->db, NURSE, "other");
  g_assert_true (desk_visit_save (fixture->db, visit, &error));
  desk_db_set_actor (fixture->db, APPROVER, "desk");
  g_assert_false (desk_plan_unbook (fixture->db, id, &version, NULL, 0, &error));
  g_assert_error (error, DESK_ERROR, DESK_ERROR_CONFLICT);
  g_assert_nonnull (strstr (error->message, "Nurse"));
  g_clear_error (&error);
  g_assert_cmpint (value (fixture, "SELECT count (*) FROM reservation WHERE closed_at IS NULL"), ==, 2);
  g_assert_cmpint (version, ==, 2);

  /* The other one can be, as long as nothing else happened. */
  if (plan->n_trips == 1)
    {
      const int first[] = { 1 };

      g_assert_true (desk_plan_unbook (fixture->db, id, &version, first, 1, &error));
      g_assert_cmpint (value (fixture, "SELECT count (*) FROM trip WHERE cancelled_at IS NULL"), ==, 1);
      g_autoptr (DeskKeptPlan) part = load (fixture, id);
      g_assert_cmpstr (part->status, ==, "part");
    }
}

static void
test_stay_changed (StoreFixture *fixture, gconstpointer data)
{
  gint64 id = keep_banked (fixture), version = 1;
  g_autoptr (GError) error = NULL;

  book (fixture, id, &version, NULL, 0);
  store_exec (fixture, "UPDATE trip SET note = 'flight NH 1', version = version + 1");
  g_assert_false (desk_plan_unbook (fixture->db, id, &version, NULL, 0, &error));
  g_assert_error (error, DESK_ERROR, DESK_ERROR_CONFLICT);
  g_assert_cmpint (value (fixture, "SELECT count (*) FROM visit WHERE status = 'proposed'"), ==, 0);
}

static void
test_part (StoreFixture *fixture, gconstpointer data)
{
  gint64 id = keep_banked (fixture), version = 1;
  const int second[] = { 2 };
  g_autoptr (GError) error = NULL;

  book (fixture, id, &version, second, 1);
  g_autoptr (DeskKeptPlan) part = load (fixture, id);
  g_assert_cmpstr (part->status, ==, "part");
  g_assert_false (visit_at (part, 0)->booked);
  g_assert_true (visit_at (part, 1)->booked);
  g_assert_cmpint (value (fixture, "SELECT count (*) FROM reservation WHERE closed_at IS NULL"), ==, 1);

  /* The rest is dropped: what is booked stays. */
  g_assert_true (desk_plan_drop (fixture->db, id, &version, &error));
  g_autoptr (DeskKeptPlan) dropped = load (fixture, id);
  g_assert_cmpstr (dropped->status, ==, "booked");
  g_assert_cmpstr (visit_at (dropped, 0)->status, ==, "cancelled_clinic");
  g_assert_cmpstr (visit_at (dropped, 1)->status, ==, "booked");
  merge_fixture_assert_sound (fixture);

  /* And comes back with the visits that were proposed. */
  g_autoptr (GArray) visits = desk_plan_proposed_visits (part);
  g_assert_true (desk_plan_undrop (fixture->db, id, &version, visits, &error));
  g_autoptr (DeskKeptPlan) back = load (fixture, id);
  g_assert_cmpstr (back->status, ==, "part");
  g_assert_cmpstr (visit_at (back, 0)->status, ==, "proposed");
  merge_fixture_assert_sound (fixture);
}

static void
test_drop (StoreFixture *fixture, gconstpointer data)
{
  gint64 id = keep_banked (fixture), version = 1;
  g_autoptr (GError) error = NULL;

  g_assert_true (desk_plan_drop (fixture->db, id, &version, &error));
  g_autoptr (DeskKeptPlan) plan = load (fixture, id);
  g_assert_cmpstr (plan->status, ==, "dropped");
  g_assert_cmpint (value (fixture, "SELECT count (*) FROM visit WHERE status = 'proposed'"), ==, 0);
  g_autoptr (GPtrArray) shown = desk_plan_of_patient (fixture->db, PATIENT, FALSE, &error);
  g_assert_cmpint (shown->len, ==, 0);
  g_autoptr (DeskProblems) problems = desk_problems_new ();
  g_assert_false (desk_plan_book (fixture->db, id, &version, NULL, 0, now (), problems, &error));
  g_assert_error (error, DESK_ERROR, DESK_ERROR_CONFLICT);
  g_clear_error (&error);

  /* Taken back: not over somebody's change, but else as it was. */
  gint64 old = version - 1;
  g_autoptr (GArray) visits = g_array_new (FALSE, FALSE, sizeof (gint64));
  for (guint i = 0; i < plan->visits->len; i++)
    g_array_append_val (visits, visit_at (plan, i)->visit_id);
  g_assert_false (desk_plan_undrop (fixture->db, id, &old, visits, &error));
  g_assert_error (error, DESK_ERROR, DESK_ERROR_CONFLICT);
  g_clear_error (&error);
  g_assert_true (desk_plan_undrop (fixture->db, id, &version, visits, &error));
  g_autoptr (DeskKeptPlan) back = load (fixture, id);
  g_assert_cmpstr (back->status, ==, "proposed");
  g_assert_cmpint (value (fixture, "SELECT count (*) FROM visit WHERE status = 'proposed'"), ==, (gint64) visits->len);
  g_assert_false (desk_plan_undrop (fixture->db, id, &version, visits, &error));
  g_assert_error (error, DESK_ERROR, DESK_ERROR_CONFLICT);
}

/* The chair was taken since: nothing at all is booked, and it is said which visit. */
static void
test_no_time (StoreFixture *fixture, gconstpointer data)
{
  gint64 id = keep_banked (fixture), version = 1;
  g_autoptr (GError) error = NULL;
  g_autoptr (DeskProblems) problems = desk_problems_new ();
  g_autoptr (DeskKeptPlan) plan = load (fixture, id);

  occupy (fixture, visit_at (plan, 1)->day, 540, 1080, "booked");
  g_assert_false (desk_plan_book (fixture->db, id, &version, NULL, 0, now (), problems, &error));
  g_assert_no_error (error);
  g_assert_cmpint (problems->len, ==, 1);
  g_assert_cmpstr (desk_problems_get (problems, 0)->field, ==, "visit");
  g_assert_cmpstr (desk_problems_get (problems, 0)->code, ==, "no-free-time");
  g_autofree char *day = iso (visit_at (plan, 1)->day);
  g_assert_cmpstr (desk_problems_get (problems, 0)->detail, ==, day);
  g_assert_cmpint (version, ==, 1);
  g_assert_cmpint (value (fixture, "SELECT count (*) FROM trip"), ==, 0);
  g_assert_cmpint (value (fixture, "SELECT count (*) FROM reservation"), ==, 0);
  g_assert_cmpint (value (fixture, "SELECT count (*) FROM course"), ==, 0);
  g_autoptr (DeskKeptPlan) still = load (fixture, id);
  g_assert_cmpstr (still->status, ==, "proposed");

  /* The other one goes by itself. */
  const int first[] = { 1 };
  book (fixture, id, &version, first, 1);
}

/* A stay is there: one that covers the trip is taken and stays when the booking goes; one that cuts it is in the way. */
static void
test_trips (StoreFixture *fixture, gconstpointer data)
{
  gint64 id = keep_banked (fixture), version = 1;
  g_autoptr (GError) error = NULL;
  g_autoptr (DeskProblems) problems = desk_problems_new ();
  g_autoptr (DeskKeptPlan) plan = load (fixture, id);
  const DeskKeptTrip *trip = plan->trips->pdata[0];

  exec_days (fixture, "INSERT INTO trip (id, patient_id, planned_entry, planned_departure) VALUES (50, 1, '[1]', '[2]')", trip->arrival + 1, trip->departure + 5);
  g_assert_false (desk_plan_book (fixture->db, id, &version, NULL, 0, now (), problems, &error));
  g_assert_no_error (error);
  g_assert_cmpstr (desk_problems_get (problems, 0)->code, ==, "trip-overlaps");
  exec_days (fixture, "UPDATE trip SET planned_entry = '[1]', planned_departure = '[2]'", trip->arrival - 1, trip->departure + 5);
  book (fixture, id, &version, NULL, 0);
  g_assert_cmpint (value (fixture, "SELECT trip_id FROM plan_trip WHERE seq = 1"), ==, 50);
  g_assert_true (desk_plan_unbook (fixture->db, id, &version, NULL, 0, &error));
  g_assert_cmpint (value (fixture, "SELECT count (*) FROM trip WHERE id = 50 AND cancelled_at IS NULL"), ==, 1);
}

/* ── red ─────────────────────────────────────────────────────────────────────────────────────── */

static const DeskPlanRed *
find_red (const GPtrArray *reds, const char *what)
{
  for (guint i = 0; i < reds->len; i++)
    if (strcmp (((DeskPlanRed *) reds->pdata[i])->what, what) == 0)
      return reds->pdata[i];
  return NULL;
}

static void
assert_red (StoreFixture *fixture, gint64 id, const char *what, const char *code, gboolean breaks)
{
  g_autoptr (GError) error = NULL;
  g_autoptr (GPtrArray) reds = desk_plan_red (fixture->db, id, &error);
  const DeskPlanRed *red;

  g_assert_no_error (error);
  red = find_red (reds, what);
  if (!red)
    g_error ("nothing red about the %s", what);
  g_assert_cmpstr (red->code, ==, code);
  g_assert_cmpint (red->breaks, ==, breaks);
}

static void
assert_none (StoreFixture *fixture, gint64 id)
{
  g_autoptr (GError) error = NULL;
  g_autoptr (GPtrArray) reds = desk_plan_red (fixture->db, id, &error);

  g_assert_no_error (error);
  if (reds->len)
    g_error ("%s %s", ((DeskPlanRed *) reds->pdata[0])->what, ((DeskPlanRed *) reds->pdata[0])->code);
}

static void
test_red_window (StoreFixture *fixture, gconstpointer data)
{
  DeskDay t = today ();
  g_autoptr (GError) error = NULL;

  exec_days (fixture, "INSERT INTO patient_window (id, patient_id, kind, first_day, last_day) VALUES (7, 1, 'possible', '[1]', '[2]')", t + 5, t + 60);
  gint64 id = keep_banked (fixture), version = 1;
  assert_none (fixture, id);

  /* It moved, and the trip still lies in it: red, but nothing broke; and can be taken as it is. */
  exec_days (fixture, "UPDATE patient_window SET last_day = '[2]'", t, t + 70);
  assert_red (fixture, id, "window", "later", FALSE);
  assert_red (fixture, 0, "window", "later", FALSE);
  g_autoptr (GPtrArray) reds = desk_plan_red (fixture->db, id, &error);
  g_assert_true (desk_plan_accept_moves (fixture->db, id, &version, &error));
  g_assert_no_error (error);
  assert_none (fixture, id);
  g_assert_true (desk_plan_unaccept_moves (fixture->db, id, &version, reds, &error));
  g_assert_no_error (error);
  assert_red (fixture, id, "window", "later", FALSE);
  g_assert_true (desk_plan_accept_moves (fixture->db, id, &version, &error));

  exec_days (fixture, "UPDATE patient_window SET first_day = '[1]', last_day = '[2]'", t + 65, t + 70);
  assert_red (fixture, id, "window", "later", TRUE);
  g_assert_false (desk_plan_accept_moves (fixture->db, id, &version, &error));
  g_assert_error (error, DESK_ERROR, DESK_ERROR_REFUSED);
  g_clear_error (&error);
  g_autoptr (DeskProblems) problems = desk_problems_new ();
  g_assert_false (desk_plan_book (fixture->db, id, &version, NULL, 0, now (), problems, &error));
  g_assert_no_error (error);
  g_assert_cmpint (problems->len, >, 0);
  g_autoptr (DeskKeptPlan) plan = load (fixture, id);
  g_assert_cmpint (plan->n_broken, >, 0);
}

static void
test_red_days (StoreFixture *fixture, gconstpointer data)
{
  gint64 id = keep_banked (fixture);
  g_autoptr (DeskKeptPlan) plan = load (fixture, id);
  g_autoptr (GError) error = NULL;
  DeskDay day = visit_at (plan, 0)->day;

  exec_days (fixture, "INSERT INTO patient_window (id, patient_id, kind, first_day, last_day, days_after) VALUES (7, 1, 'chemotherapy', '[1]', '[2]', 2)", day - 3, day - 2);
  assert_red (fixture, id, "window", "blackout", TRUE);
  store_exec (fixture, "UPDATE patient_window SET removed_at = 5");
  assert_none (fixture, id);
  g_assert_true (desk_closed_day_add (fixture->db, day, "typhoon", &error));
  assert_red (fixture, id, "clinic", "closed", TRUE);
}

static void
test_red_cells (StoreFixture *fixture, gconstpointer data)
{
  gint64 id = keep_banked (fixture);
  g_autoptr (DeskKeptPlan) plan = load (fixture, id);
  gint64 unit = visit_at (plan, 0)->unit_id;
  g_autoptr (GError) error = NULL;
  g_autofree char *hold = g_strdup_printf ("INSERT INTO hold (id, unit_id, reason, opened_at, opened_by) VALUES (90, %d, 'why', 5, 3)", (int) unit);

  store_exec (fixture, hold);
  assert_red (fixture, id, "unit", "held", TRUE);
  g_assert_true (desk_hold_close (fixture->db, 90, THIRD, "it was another one", &error));
  assert_none (fixture, id);
  merge_fixture_act (fixture, unit, DESK_STEP_RESERVE, 4);
  assert_red (fixture, id, "unit", "reserved", TRUE);
  merge_fixture_act (fixture, unit, DESK_STEP_UNRESERVE, 0);
  merge_fixture_act (fixture, unit, DESK_STEP_RECALL, 0);
  assert_red (fixture, id, "unit", "failed", TRUE);
}

/* A culture that is late: the dose from it comes later, too. */
static void
test_red_lot (StoreFixture *fixture, gconstpointer data)
{
  g_autofree char *expected = iso (today () + 10), *begun = iso (today ());
  DeskLotStart start = { .patient_id = 2, .method = "blood_draw", .collected_at = 1000, .volume_ml = 50,
                         .operator_id = NURSE, .started_on = begun, .expected_on = expected };
  g_autoptr (GArray) units = g_array_new (FALSE, FALSE, sizeof (gint64));
  g_autoptr (GError) error = NULL;
  g_autoptr (DeskLot) lot = NULL;
  DeskPlanOptions options = banked ();

  g_assert_true (desk_lot_start (fixture->db, &start, &lot, &error));
  g_assert_true (desk_units_fill (fixture->db, lot->id, "dose_frozen", 2, 50, 1000000, "2099-01-01", APPROVER, SECOND, units, &error));
  g_autoptr (DeskPlanFile) file = desk_plan_problem_load (fixture->db, 2, &options, today (), &error);
  gint64 id = keep (fixture, file);
  g_autofree char *sql = g_strdup_printf ("UPDATE lot SET expected_on = '[1]' WHERE id = %d", (int) lot->id);

  assert_none (fixture, id);
  exec_days (fixture, sql, today () + 9, today ());
  assert_red (fixture, id, "lot", "earlier", FALSE);
  exec_days (fixture, sql, today () + 90, today ());
  assert_red (fixture, id, "lot", "later", TRUE);
}

static void
test_red_visit (StoreFixture *fixture, gconstpointer data)
{
  gint64 id = keep_banked (fixture), version = 1;
  g_autoptr (DeskKeptPlan) plan = load (fixture, id);
  g_autoptr (GError) error = NULL;
  g_autofree char *move = g_strdup_printf ("UPDATE visit SET starts_at = starts_at + 86400, ends_at = ends_at + 86400, busy_from = busy_from + 86400,"
                                           " busy_until = busy_until + 86400 WHERE id = %d", (int) visit_at (plan, 0)->visit_id);

  store_exec (fixture, move);
  g_autoptr (GPtrArray) reds = desk_plan_red (fixture->db, id, &error);
  const DeskPlanRed *red = find_red (reds, "visit");
  g_assert_nonnull (red);
  g_assert_cmpstr (red->code, ==, "later");
  g_assert_cmpint (red->now, ==, red->was + 1);
  if (!red->breaks)
    {
      g_assert_true (desk_plan_accept_moves (fixture->db, id, &version, &error));
      assert_none (fixture, id);
    }

  g_autoptr (DeskVisit) visit = desk_visit_load (fixture->db, visit_at (plan, 1)->visit_id, &error);
  g_assert_true (desk_visit_set_status (fixture->db, visit, "cancelled_patient", &error));
  assert_red (fixture, id, "visit", "called-off", TRUE);
}

/* An infusion that was there moves; another one is booked by hand beside the plan. */
static void
test_red_own_visit (StoreFixture *fixture, gconstpointer data)
{
  gint64 version = 1;
  g_autoptr (GError) error = NULL;

  call_off (fixture);
  promise (fixture, "infusion", today () + 1, "booked,confirmed");
  gint64 own = value (fixture, "SELECT max (id) FROM visit"), id = keep_banked (fixture);
  g_autoptr (DeskKeptPlan) plan = load (fixture, id);
  g_autofree char *move = g_strdup_printf ("UPDATE visit SET starts_at = [1] * 86400, ends_at = [1] * 86400 + 3600, busy_from = [1] * 86400,"
                                           " busy_until = [1] * 86400 + 3600 WHERE id = %d", (int) own);
  g_autoptr (GString) back = g_string_new (move), near = g_string_new (move);
  g_autofree char *today_days = g_strdup_printf ("%d", (int) today ()), *near_days = g_strdup_printf ("%d", (int) visit_at (plan, 0)->day - 2);

  assert_none (fixture, id);
  g_string_replace (back, "[1]", today_days, 0);
  g_string_replace (near, "[1]", near_days, 0);
  store_exec (fixture, back->str);
  assert_red (fixture, id, "visit", "earlier", FALSE);
  g_assert_true (desk_plan_accept_moves (fixture->db, id, &version, &error));
  g_assert_no_error (error);
  assert_none (fixture, id);
  store_exec (fixture, near->str);
  assert_red (fixture, id, "visit", "later", TRUE);
  store_exec (fixture, back->str);
  assert_none (fixture, id);

  promise (fixture, "infusion", visit_at (plan, 1)->day + 1, "booked");
  assert_red (fixture, id, "visit", "blackout", TRUE);
}

static void
test_red_passport (StoreFixture *fixture, gconstpointer data)
{
  store_exec (fixture, "UPDATE patient SET passport = 'A', passport_until = '2090-01-01' WHERE id = 1");
  gint64 id = keep_banked (fixture);

  assert_none (fixture, id);
  store_exec (fixture, "UPDATE patient SET passport_until = '2091-01-01' WHERE id = 1");
  assert_red (fixture, id, "passport", "later", FALSE);
  exec_days (fixture, "UPDATE patient SET passport_until = '[1]' WHERE id = 1", today () + 2, today ());
  assert_red (fixture, id, "passport", "earlier", TRUE);
}

int
main (int argc, char *argv[])
{
#define TEST(name, func) g_test_add ("/plan-store/" name, StoreFixture, NULL, set_up, func, store_fixture_tear_down)
  g_test_init (&argc, &argv, NULL);
  TEST ("numbers", test_numbers);
  TEST ("doses", test_doses);
  TEST ("windows", test_windows);
  TEST ("own-visits", test_own_visits);
  TEST ("capacity", test_capacity);
  TEST ("at-once", test_at_once);
  TEST ("closed", test_closed);
  TEST ("stay", test_stay);
  TEST ("papers", test_papers);
  TEST ("keep", test_keep);
  TEST ("keep-refuses", test_keep_refuses);
  TEST ("keep-draw", test_keep_draw);
  TEST ("book", test_book);
  TEST ("unbook", test_unbook);
  TEST ("unbook-refuses", test_unbook_refuses);
  TEST ("stay-changed", test_stay_changed);
  TEST ("part", test_part);
  TEST ("drop", test_drop);
  TEST ("no-time", test_no_time);
  TEST ("trips", test_trips);
  TEST ("red-window", test_red_window);
  TEST ("red-days", test_red_days);
  TEST ("red-cells", test_red_cells);
  TEST ("red-lot", test_red_lot);
  TEST ("red-visit", test_red_visit);
  TEST ("red-own-visit", test_red_own_visit);
  TEST ("red-passport", test_red_passport);
  return g_test_run ();
}
