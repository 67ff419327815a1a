/* A dose on its way to the patient, through the store's functions. */
#include "chair-fixture.h"
#include "desk-bedside.h"
#include "desk-cells.h"
#include "desk-signatures.h"

#include <string.h>

static gint64
now (void)
{
  return g_get_real_time () / G_USEC_PER_SEC;
}

static gint64
count (StoreFixture *fixture, const char *sql)
{
  g_autoptr (GError) error = NULL;
  gint64 n = -1;

  g_assert_true (desk_db_value (fixture->db, &n, &error, g_intern_string (sql), ""));
  return n;
}

#define DO(call) \
  do { \
    g_autoptr (GError) error = NULL; \
    if (!(call)) g_error ("%s: %s", #call, error ? error->message : "?"); \
  } while (0)
#define REFUSED(call, code) \
  do { \
    g_autoptr (GError) error = NULL; \
    if (call) g_error ("done: %s", #call); \
    g_assert_error (error, DESK_ERROR, DESK_ERROR_REFUSED); \
    g_assert_cmpstr (error->message, ==, code); \
  } while (0)

static DeskBedsideStep
step_of (StoreFixture *fixture, gint64 visit)
{
  g_autoptr (GError) error = NULL;
  g_autoptr (DeskBedside) bedside = desk_bedside_load (fixture->db, visit, 0, &error);

  g_assert_no_error (error);
  return desk_bedside_step (bedside);
}

static const char *
block_of (StoreFixture *fixture, gint64 visit, gint64 at)
{
  g_autoptr (GError) error = NULL;
  g_autoptr (DeskBedside) bedside = desk_bedside_load (fixture->db, visit, 0, &error);
  g_autoptr (DeskProblems) problems = desk_problems_new ();

  g_assert_no_error (error);
  desk_bedside_blocks (bedside, at, desk_day_from_ymd (2026, 6, 3), problems);
  return problems->len ? g_intern_string (desk_problems_get (problems, 0)->code) : NULL;
}

static gint64
give_order (StoreFixture *fixture, gint64 visit)
{
  DeskOrder order = { .visit_id = visit, .physician_id = PHYSICIAN, .cells_min = 500000, .cells_max = 2000000, .weight_g = 60000, .at = now () };

  chair_fixture_sign (fixture, PHYSICIAN, "order", 0, order.at);
  DO (desk_order_give (fixture->db, &order, &error));
  return order.id;
}

static gint64
open_bath (StoreFixture *fixture, gint64 bath, gint64 visit)
{
  DeskBathOpen open = { .device_id = bath, .visit_id = visit, .by = NURSE, .temperature = 370, .cleaned = TRUE };
  gint64 session = 0;

  DO (desk_bath_open (fixture->db, &open, &session, &error));
  return session;
}

static void
thaw (StoreFixture *fixture, gint64 unit, gint64 session, int viability)
{
  DeskThaw thaw = { .unit_id = unit, .performer = NURSE, .witness = SECOND, .bag_whole = TRUE, .viability = viability };

  DO (desk_thaw_start (fixture->db, session, &thaw, &error));
  DO (desk_thaw_end (fixture->db, &thaw, &error));
}

static DeskBedsideCheck
right_check (void)
{
  return (DeskBedsideCheck){ .unit_id = 1, .visit_id = 1, .scanned_unit = "L26-0001-01", .scanned_patient = "000001", .said_name = TRUE,
                             .said_birth = TRUE, .performer = NURSE, .witness = SECOND };
}

static void
start (StoreFixture *fixture, gint64 unit)
{
  gint64 at = now ();

  chair_fixture_sign (fixture, SECOND, "infuse", unit, at);
  DO (desk_infusion_start (fixture->db, unit, NURSE, SECOND, at, &error));
}

static char *
number_of (StoreFixture *fixture, gint64 unit)
{
  g_autoptr (DeskUnit) loaded = desk_unit_load (fixture->db, unit, NULL);

  return g_strdup (loaded->number);
}

static char *
chart_of (StoreFixture *fixture, gint64 unit)
{
  g_autoptr (DeskUnit) loaded = desk_unit_load (fixture->db, unit, NULL);

  return g_strdup (loaded->patient_chart);
}

static void
to_bedside (StoreFixture *fixture)
{
  g_autofree char *number = number_of (fixture, 1), *chart = chart_of (fixture, 1);
  DeskBedsideCheck check = right_check ();

  check.scanned_unit = number;
  check.scanned_patient = chart;
  DO (desk_bedside_check (fixture->db, &check, &error));
}

/* From the tank into the patient, with the flow saying at each step what is next. */
static void
test_whole (StoreFixture *fixture, gconstpointer data)
{
  g_assert_cmpint (step_of (fixture, 1), ==, DESK_BEDSIDE_ORDER);
  give_order (fixture, 1);
  g_assert_cmpint (step_of (fixture, 1), ==, DESK_BEDSIDE_PICK);
  merge_fixture_act (fixture, 1, DESK_STEP_PICK, 0);
  g_assert_cmpint (step_of (fixture, 1), ==, DESK_BEDSIDE_BATH);
  gint64 session = open_bath (fixture, BATH, 1);
  g_assert_cmpint (step_of (fixture, 1), ==, DESK_BEDSIDE_THAW);
  thaw (fixture, 1, session, 78);
  g_assert_cmpint (step_of (fixture, 1), ==, DESK_BEDSIDE_CHECK);
  g_assert_null (block_of (fixture, 1, now ()));
  g_assert_cmpstr (block_of (fixture, 1, now () + 31 * 60), ==, "thaw-limit");
  to_bedside (fixture);
  g_assert_cmpint (step_of (fixture, 1), ==, DESK_BEDSIDE_START);
  start (fixture, 1);
  g_assert_cmpint (step_of (fixture, 1), ==, DESK_BEDSIDE_RUN);

  DeskVitals vitals = { .visit_id = 1, .phase = "during", .systolic = 120, .diastolic = 80, .pulse = 70, .temperature = 366, .by = NURSE };
  DO (desk_vitals_add (fixture->db, &vitals, &error));
  vitals.systolic = 70;
  REFUSED (desk_vitals_add (fixture->db, &vitals, &error), "out-of-range");

  DeskInfusionEnd end = { .unit_id = 1, .volume_ml = 50, .reaction = "Chills", .grade = 1, .performer = NURSE };
  DO (desk_infusion_end (fixture->db, &end, &error));
  g_assert_cmpint (end.cells, ==, 780000);
  g_assert_cmpint (step_of (fixture, 1), ==, DESK_BEDSIDE_PICK); /* the visit's other dose */
  g_autoptr (GError) error = NULL;
  g_autoptr (DeskBedside) done = desk_bedside_load (fixture->db, 1, 1, &error);
  g_assert_no_error (error);
  g_assert_cmpint (desk_bedside_step (done), ==, DESK_BEDSIDE_DONE);
  g_assert_cmpint (done->delivered, ==, 780000);
  g_assert_cmpint (done->viability, ==, 78);
  g_assert_cmpint (done->vitals[1], ==, 1);
  g_assert_cmpint (done->dmso, ==, 92);
  g_assert_cmpstr (done->reaction, ==, "Chills");
  g_assert_cmpint (count (fixture, "SELECT count (*) FROM thaw_session WHERE closed_at IS NULL"), ==, 0);
  merge_fixture_assert_sound (fixture);
}

static void
test_bath (StoreFixture *fixture, gconstpointer data)
{
  g_autoptr (GError) fault = NULL;
  DeskBathOpen second = { .device_id = BATH, .visit_id = 2, .by = NURSE, .temperature = 370, .cleaned = TRUE };

  give_order (fixture, 1);
  give_order (fixture, 2);
  merge_fixture_act (fixture, 1, DESK_STEP_PICK, 0);
  merge_fixture_act (fixture, 2, DESK_STEP_PICK, 0);
  gint64 session = open_bath (fixture, BATH, 1);
  g_assert_false (desk_bath_open (fixture->db, &second, NULL, &fault));
  g_assert_error (fault, DESK_ERROR, DESK_ERROR_TAKEN);
  g_assert_nonnull (strstr (fault->message, "Bath 1"));
  DeskThaw other = { .unit_id = 2, .performer = NURSE, .witness = SECOND };
  REFUSED (desk_thaw_start (fixture->db, session, &other, &error), "bath-of-another");
  g_assert_cmpint (count (fixture, "SELECT count (*) FROM thaw"), ==, 0);

  g_clear_error (&fault);
  g_autoptr (GPtrArray) baths = desk_bath_list (fixture->db, &fault);
  g_assert_no_error (fault);
  g_assert_cmpuint (baths->len, ==, 2);
  g_assert_null (((DeskBath *) baths->pdata[0])->taken_by);
  g_assert_nonnull (((DeskBath *) baths->pdata[1])->taken_by);
  second.device_id = BROKEN_BATH;
  REFUSED (desk_bath_open (fixture->db, &second, NULL, &error), "out-of-service");
  second.device_id = OTHER_BATH;
  second.cleaned = FALSE;
  REFUSED (desk_bath_open (fixture->db, &second, NULL, &error), "bath-not-clean");
  second.cleaned = TRUE;
  DO (desk_bath_open (fixture->db, &second, NULL, &error));
  DO (desk_bath_close (fixture->db, session, NURSE, 0, &error));
}

/* Nothing of a wrong check is kept but the audit's word. */
static void
test_wrong (StoreFixture *fixture, gconstpointer data)
{
  g_autofree char *one = number_of (fixture, 1), *two = number_of (fixture, 2), *three = number_of (fixture, 3);
  g_autofree char *chart = chart_of (fixture, 1), *other = chart_of (fixture, 2);
  const struct
  {
    const char *unit, *patient, *code;
  } rows[] = { { two, chart, "wrong-dose" }, { three, chart, "wrong-dose" }, { one, other, "wrong-patient" }, { one, "", "wrong-patient" },
               { "", chart, "wrong-dose" } };

  give_order (fixture, 1);
  merge_fixture_act (fixture, 1, DESK_STEP_PICK, 0);
  thaw (fixture, 1, open_bath (fixture, BATH, 1), 0);
  for (guint i = 0; i < G_N_ELEMENTS (rows); i++)
    {
      DeskBedsideCheck check = right_check ();

      check.scanned_unit = rows[i].unit;
      check.scanned_patient = rows[i].patient;
      REFUSED (desk_bedside_check (fixture->db, &check, &error), rows[i].code);
    }
  DeskBedsideCheck silent = right_check ();
  silent.said_birth = FALSE;
  REFUSED (desk_bedside_check (fixture->db, &silent, &error), "not-said");
  g_assert_cmpint (count (fixture, "SELECT count (*) FROM bedside_check"), ==, 0);
  DO (desk_bedside_wrong_scan (fixture->db, 1, "wrong-patient", other, &error));
  g_assert_cmpint (count (fixture, "SELECT count (*) FROM audit WHERE action = 'bedside.stop'"), ==, 1);

  g_autoptr (GError) error = NULL;
  g_autoptr (DeskBedside) bedside = desk_bedside_load (fixture->db, 1, 0, &error);
  g_assert_cmpstr (desk_bedside_read_unit (bedside, two), ==, "wrong-dose");
  g_assert_null (desk_bedside_read_unit (bedside, one));
  g_assert_cmpstr (desk_bedside_read_unit (bedside, ""), ==, "scan-needed");
  g_assert_cmpstr (desk_bedside_read_patient (bedside, other), ==, "wrong-patient");
  g_assert_null (desk_bedside_read_patient (bedside, chart));
}

static void
test_late (StoreFixture *fixture, gconstpointer data)
{
  gint64 began = now () - 3600;
  DeskThaw early = { .unit_id = 1, .performer = NURSE, .witness = SECOND, .bag_whole = TRUE };
  gint64 session;

  give_order (fixture, 1);
  /* The clock of the whole is an hour back. */
  store_exec (fixture, "INSERT INTO cell_setting (name, value) VALUES ('thaw-limit', 1)");
  merge_fixture_act (fixture, 1, DESK_STEP_PICK, 0);
  session = open_bath (fixture, BATH, 1);
  DO (desk_thaw_start (fixture->db, session, &early, &error));
  DO (desk_thaw_end (fixture->db, &early, &error));
  to_bedside (fixture);
  gint64 late = now () + 3600;
  chair_fixture_sign (fixture, SECOND, "infuse", 1, late);
  REFUSED (desk_infusion_start (fixture->db, 1, NURSE, SECOND, late, &error), "thaw-limit");
  REFUSED (desk_dose_override (fixture->db, 1, "thaw-limit", PHYSICIAN, "line was hard to find", late, &error), "signature-needed");
  chair_fixture_sign (fixture, PHYSICIAN, "override", 1, late);
  DO (desk_dose_override (fixture->db, 1, "thaw-limit", PHYSICIAN, "line was hard to find", late, &error));
  g_assert_null (block_of (fixture, 1, late));
  DO (desk_infusion_start (fixture->db, 1, NURSE, SECOND, late, &error));
  g_assert_cmpint (began, <, late);
}

static void
test_part (StoreFixture *fixture, gconstpointer data)
{
  DeskInfusionEnd end = { .unit_id = 1, .volume_ml = 20, .performer = NURSE, .reaction = "Fever", .grade = 2 };

  give_order (fixture, 1);
  merge_fixture_act (fixture, 1, DESK_STEP_PICK, 0);
  thaw (fixture, 1, open_bath (fixture, BATH, 1), 0);
  to_bedside (fixture);
  start (fixture, 1);
  REFUSED (desk_infusion_end (fixture->db, &end, &error), "reason-needed");
  end.reason = "fever";
  REFUSED (desk_infusion_end (fixture->db, &end, &error), "rest-needed");
  end.rest = "autoclave";
  end.grade = 0;
  REFUSED (desk_infusion_end (fixture->db, &end, &error), "grade-needed");
  end.grade = 2;
  end.volume_ml = 51;
  REFUSED (desk_infusion_end (fixture->db, &end, &error), "more-than-there-was");
  end.volume_ml = 20;
  DO (desk_infusion_end (fixture->db, &end, &error));
  g_assert_cmpint (end.cells, ==, 400000);
  g_autoptr (DeskUnit) unit = desk_unit_load (fixture->db, 1, NULL);
  g_assert_cmpstr (unit->life, ==, "part_infused");
  g_autoptr (GPtrArray) history = desk_unit_history (fixture->db, 1, NULL);
  const DeskUnitEvent *rest = history->pdata[0];
  g_assert_cmpstr (rest->axis, ==, "rest");
  g_assert_cmpstr (rest->from_state, ==, "autoclave");
  g_assert_cmpstr (rest->to_state, ==, "30");
  g_autoptr (DeskBedside) done = desk_bedside_load (fixture->db, 1, 1, NULL);
  g_assert_cmpstr (done->rest, ==, "autoclave");
  REFUSED (desk_infusion_end (fixture->db, &end, &error), "not-possible");
}

/* An order is given anew in place of the old one, and withdrawn. */
static void
test_order (StoreFixture *fixture, gconstpointer data)
{
  gint64 first = give_order (fixture, 1);
  gint64 second = give_order (fixture, 1);

  g_assert_cmpint (first, !=, second);
  g_assert_cmpint (count (fixture, "SELECT count (*) FROM infusion_order WHERE withdrawn_at IS NULL"), ==, 1);
  DO (desk_order_withdraw (fixture->db, second, PHYSICIAN, &error));
  g_assert_cmpint (step_of (fixture, 1), ==, DESK_BEDSIDE_ORDER);
  DeskOrder unsigned_one = { .visit_id = 1, .physician_id = PHYSICIAN, .cells_min = 0, .cells_max = 1, .at = 77 };
  REFUSED (desk_order_give (fixture->db, &unsigned_one, &error), "signature-needed");
}

/* Two desks start the same dose: one does, the other is told. */
static void
test_twice (StoreFixture *fixture, gconstpointer data)
{
  give_order (fixture, 1);
  merge_fixture_act (fixture, 1, DESK_STEP_PICK, 0);
  thaw (fixture, 1, open_bath (fixture, BATH, 1), 0);
  to_bedside (fixture);
  start (fixture, 1);
  gint64 at = now () + 5;
  chair_fixture_sign (fixture, SECOND, "infuse", 1, at);
  REFUSED (desk_infusion_start (fixture->db, 1, NURSE, SECOND, at, &error), "not-possible");
  g_assert_cmpint (count (fixture, "SELECT count (*) FROM infusion"), ==, 1);
}

static void
test_visit_of (StoreFixture *fixture, gconstpointer data)
{
  g_assert_cmpint (desk_bedside_visit_of (fixture->db, 1, 0, NULL), ==, 1);
  g_assert_cmpint (desk_bedside_visit_of (fixture->db, 2, 0, NULL), ==, 2);
  g_assert_cmpint (desk_bedside_visit_of (fixture->db, 3, 0, NULL), ==, 0);
  g_assert_cmpint (desk_bedside_visit_of (fixture->db, 0, 2, NULL), ==, 2);
  g_assert_cmpint (desk_bedside_visit_of (fixture->db, 0, 3, NULL), ==, 0);
}

static void
test_secret (StoreFixture *fixture, gconstpointer data)
{
  g_auto (DeskSecret) secret = { 0 };
  static const gint64 waits[] = { 0, 0, 0, 0, 0, 30, 60, 120, 240, 480, 900, 900 };

  for (int i = 0; i < (int) G_N_ELEMENTS (waits); i++)
    g_assert_cmpint (desk_secret_wait (i), ==, waits[i]);
  g_assert_cmpint (desk_secret_wait (G_MAXINT), ==, 900);
  DO (desk_secret_load (fixture->db, 3, &secret, &error));
  g_assert_null (secret.hash);
  DO (desk_secret_set (fixture->db, 3, "one", &error));
  DO (desk_secret_failed (fixture->db, 3, 77, &error));
  DO (desk_secret_failed (fixture->db, 3, 99, &error));
  DO (desk_secret_load (fixture->db, 3, &secret, &error));
  g_assert_cmpint (secret.failures, ==, 2);
  g_assert_cmpint (secret.locked_until, ==, 99);
  desk_secret_clear (&secret);
  DO (desk_secret_set (fixture->db, 3, "two", &error));
  DO (desk_secret_load (fixture->db, 3, &secret, &error));
  g_assert_cmpstr (secret.hash, ==, "two");
  g_assert_cmpint (secret.failures, ==, 0);
}

int
main (int argc, char *argv[])
{
  g_test_init (&argc, &argv, NULL);
#define ADD(path, func) g_test_add (path, StoreFixture, NULL, chair_fixture_set_up, func, store_fixture_tear_down)
  ADD ("/bedside/whole", test_whole);
  ADD ("/bedside/bath", test_bath);
  ADD ("/bedside/wrong", test_wrong);
  ADD ("/bedside/late", test_late);
  ADD ("/bedside/part", test_part);
  ADD ("/bedside/order", test_order);
  ADD ("/bedside/twice", test_twice);
  ADD ("/bedside/visit-of", test_visit_of);
  ADD ("/bedside/secret", test_secret);
  return g_test_run ();
}
