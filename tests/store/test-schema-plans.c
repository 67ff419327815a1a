/* What a kept plan can never say: raw SQL past the program. */
#include "merge-fixture.h"

#define PLAN \
  "INSERT INTO plan (id, patient_id, strategy, problem, trips, days, ends_on, made_at) VALUES (1, 1, 'mixed', '<p/>', 1, 20, '2027-03-15', 5);" \
  "INSERT INTO plan_trip (plan_id, seq, patient_id, arrival, departure) VALUES (1, 1, 1, '2027-03-01', '2027-03-20');" \
  "INSERT INTO plan_visit (plan_id, seq, patient_id, day, type) VALUES (1, 1, 1, '2027-03-01', 'blood_draw')"

/* Patients 1 and 2 with a dose each. */
static void
set_up (StoreFixture *fixture, gconstpointer data)
{
  merge_fixture_set_up (fixture, NULL);
  merge_fixture_dose (fixture, 1, 1);
  merge_fixture_dose (fixture, 2, 2);
  store_exec (fixture, PLAN);
}

static void
test_plan (StoreFixture *fixture, gconstpointer data)
{
  store_refuse (fixture, "DELETE FROM plan", DESK_ERROR_REFUSED, "plan-kept");
  store_refuse (fixture, "UPDATE plan SET problem = '<q/>'", DESK_ERROR_REFUSED, "plan-fixed");
  store_refuse (fixture, "UPDATE plan SET days = 3", DESK_ERROR_REFUSED, "plan-fixed");
  store_refuse (fixture, "UPDATE plan SET patient_id = 2", DESK_ERROR_REFUSED, "owner-is-fixed");
  store_refuse (fixture, "UPDATE plan SET status = 'booked'", DESK_ERROR_REFUSED, "plan-without-visits");
  store_refuse (fixture, "UPDATE plan SET status = 'part'", DESK_ERROR_REFUSED, "plan-without-visits");
  store_refuse (fixture, "INSERT INTO plan (patient_id, strategy, status, problem, trips, days, ends_on, made_at) VALUES (1, 'mixed', 'booked', '', 1, 1, '', 5)",
                DESK_ERROR_REFUSED, "plan-begins-proposed");
  store_refuse (fixture, "INSERT INTO plan (patient_id, strategy, problem, trips, days, ends_on, made_at) VALUES (1, 'any', '', 1, 1, '', 5)", DESK_ERROR_REFUSED, NULL);
  store_refuse (fixture, "INSERT INTO plan (patient_id, strategy, problem, trips, days, ends_on, made_at) VALUES (1, 'mixed', '', 0, 1, '', 5)", DESK_ERROR_REFUSED, NULL);
  store_exec (fixture, "UPDATE plan SET status = 'dropped'");
  store_refuse (fixture, "UPDATE plan SET status = 'booked'", DESK_ERROR_REFUSED, "plan-dropped");
  store_exec (fixture, "UPDATE plan SET status = 'proposed'");
  store_exec (fixture, "UPDATE plan SET status = 'dropped'");
}

static void
test_trips (StoreFixture *fixture, gconstpointer data)
{
#define TRIP(values) "INSERT INTO plan_trip (plan_id, seq, patient_id, arrival, departure) VALUES " values
  store_refuse (fixture, TRIP ("(1, 2, 1, '2027-03-20', '2027-04-01')"), DESK_ERROR_REFUSED, "plan-trips-overlap");
  store_refuse (fixture, TRIP ("(1, 2, 2, '2027-05-01', '2027-05-02')"), DESK_ERROR_REFUSED, NULL);
  store_refuse (fixture, TRIP ("(1, 2, 1, '2027-05-03', '2027-05-02')"), DESK_ERROR_REFUSED, NULL);
  store_exec (fixture, TRIP ("(1, 2, 1, '2027-05-01', '2027-05-02')"));
  store_refuse (fixture, "UPDATE plan_trip SET departure = '2027-03-25' WHERE seq = 1", DESK_ERROR_REFUSED, "plan-fixed");
  store_refuse (fixture, "DELETE FROM plan_trip", DESK_ERROR_REFUSED, "plan-kept");
  /* Somebody else's stay. */
  store_exec (fixture, "INSERT INTO trip (id, patient_id, planned_entry) VALUES (9, 2, '2027-03-01')");
  store_refuse (fixture, "UPDATE plan_trip SET trip_id = 9 WHERE seq = 1", DESK_ERROR_REFUSED, NULL);
}

static void
test_visits (StoreFixture *fixture, gconstpointer data)
{
#define VISIT(values) "INSERT INTO plan_visit (plan_id, seq, patient_id, day, type, source, draw_seq, unit_id) VALUES " values
  store_refuse (fixture, VISIT ("(1, 2, 1, '2027-03-21', 'infusion', 'fresh', 1, NULL)"), DESK_ERROR_REFUSED, "plan-outside-trip");
  store_refuse (fixture, VISIT ("(1, 2, 1, '2027-03-01', 'infusion', 'fresh', 1, NULL)"), DESK_ERROR_REFUSED, "plan-draw");
  store_refuse (fixture, VISIT ("(1, 2, 1, '2027-03-15', 'infusion', 'fresh', 2, NULL)"), DESK_ERROR_REFUSED, "plan-draw");
  store_refuse (fixture, VISIT ("(1, 2, 1, '2027-03-15', 'infusion', 'fresh', NULL, NULL)"), DESK_ERROR_REFUSED, NULL);
  store_refuse (fixture, VISIT ("(1, 2, 1, '2027-03-15', 'infusion', '', NULL, NULL)"), DESK_ERROR_REFUSED, NULL);
  store_refuse (fixture, VISIT ("(1, 2, 1, '2027-03-15', 'blood_draw', 'banked', NULL, 1)"), DESK_ERROR_REFUSED, NULL);
  store_refuse (fixture, VISIT ("(1, 2, 1, '2027-03-15', 'infusion', 'banked', NULL, NULL)"), DESK_ERROR_REFUSED, NULL);
  /* The dose of somebody else. */
  store_refuse (fixture, VISIT ("(1, 2, 1, '2027-03-15', 'infusion', 'banked', NULL, 2)"), DESK_ERROR_REFUSED, NULL);
  store_exec (fixture, VISIT ("(1, 2, 1, '2027-03-15', 'infusion', 'banked', NULL, 1)"));
  store_refuse (fixture, VISIT ("(1, 3, 1, '2027-03-16', 'infusion', 'banked', NULL, 1)"), DESK_ERROR_REFUSED, "plan-dose-twice");
  store_refuse (fixture, "UPDATE plan_visit SET unit_id = NULL, source = 'fresh', draw_seq = 1 WHERE seq = 2", DESK_ERROR_REFUSED, "plan-fixed");
  store_refuse (fixture, "UPDATE plan_visit SET day = '2027-03-21' WHERE seq = 2", DESK_ERROR_REFUSED, "plan-outside-trip");
  store_exec (fixture, "UPDATE plan_visit SET day = '2027-03-16' WHERE seq = 2");
  store_refuse (fixture, "DELETE FROM plan_visit", DESK_ERROR_REFUSED, "plan-kept");
  /* The visit of somebody else; one visit for two. */
  store_refuse (fixture, "UPDATE plan_visit SET visit_id = 2 WHERE seq = 2", DESK_ERROR_REFUSED, NULL);
  store_refuse (fixture, "UPDATE plan_visit SET booked_version = 1 WHERE seq = 2", DESK_ERROR_REFUSED, NULL);
  store_exec (fixture, "UPDATE plan_visit SET visit_id = 1, booked_version = 2 WHERE seq = 2");
  store_refuse (fixture, "UPDATE plan_visit SET visit_id = 1 WHERE seq = 1", DESK_ERROR_TAKEN, NULL);
  store_exec (fixture, "UPDATE plan SET status = 'part'");
  store_refuse (fixture, "UPDATE plan SET status = 'dropped'", DESK_ERROR_REFUSED, "plan-has-visits");
}

static void
test_hangs (StoreFixture *fixture, gconstpointer data)
{
  store_exec (fixture, "INSERT INTO plan_hang (plan_id, what, row_id, day) VALUES (1, 'unit', 1, '2099-01-01')");
  store_refuse (fixture, "INSERT INTO plan_hang (plan_id, what, row_id, day) VALUES (1, 'weather', 1, '2099-01-01')", DESK_ERROR_REFUSED, NULL);
  store_refuse (fixture, "UPDATE plan_hang SET day = '2098-01-01'", DESK_ERROR_REFUSED, "plan-fixed");
  store_exec (fixture, "UPDATE plan SET status = 'dropped'");
  store_refuse (fixture, "DELETE FROM plan_hang", DESK_ERROR_REFUSED, "plan-kept");
}

/* Goes with its patient, and nobody else's way. */
static void
test_merge (StoreFixture *fixture, gconstpointer data)
{
  merge_fixture_merge (fixture, 1, 3, SECOND);
  store_refuse (fixture, "INSERT INTO plan (patient_id, strategy, problem, trips, days, ends_on, made_at) VALUES (1, 'mixed', '', 1, 1, '', 5)",
                DESK_ERROR_REFUSED, "patient-merged");
  store_exec (fixture, "UPDATE plan SET version = version + 1 WHERE patient_id = 3");
  merge_fixture_assert_sound (fixture);
}

int
main (int argc, char *argv[])
{
#define TEST(name, func) g_test_add ("/schema-plans/" name, StoreFixture, NULL, set_up, func, store_fixture_tear_down)
  g_test_init (&argc, &argv, NULL);
  TEST ("plan", test_plan);
  TEST ("trips", test_trips);
  TEST ("visits", test_visits);
  TEST ("hangs", test_hangs);
  TEST ("merge", test_merge);
  return g_test_run ();
}
