/* What needs attention on Wednesday 3 June 2026 in Tokyo. */
#include "desk-attention.h"

#include "store-fixture.h"

#define TODAY 20607

static void
set_up (StoreFixture *fixture, gconstpointer data)
{
  store_fixture_set_up (fixture, data);
  store_exec (fixture,
              "INSERT INTO clinic (id, uuid, name, name_ja) VALUES (1, 'u', 'Clinic', 'クリニック');"
              "INSERT INTO staff (id, name, role) VALUES (1, 'Dr Abe', 'physician'), (2, 'Nurse Baba', 'nurse');"
              "INSERT INTO patient (id, chart, family, given, birth, nationality, purpose, created_at, updated_at)"
              " VALUES (1, 'C1', 'NGUYEN', 'VAN AN', '1970-01-01', 'JPN', 'prevention', 0, 0),"
              "        (2, 'C2', 'MONONYM', '', '1970-01-01', 'JPN', 'prevention', 0, 0);"
              "INSERT INTO acceptance (patient_id, accepted, at, by_id) VALUES (1, 1, 0, 1), (2, 1, 0, 1);"
              "INSERT INTO document (patient_id, kind, state, received_at) VALUES (1, 'consent', 'accepted', 0), (2, 'consent', 'accepted', 0)");
}

static void
step_visit (StoreFixture *fixture, int id, const char *status)
{
  g_autoptr (GError) error = NULL;

  if (!desk_db_run (fixture->db, &error,
                    "INSERT INTO visit_stamp (visit_id, seq, from_status, to_status, at)"
                    " SELECT id, 1 + (SELECT count (*) FROM visit_stamp WHERE visit_id = $1), status, $2, 0 FROM visit WHERE id = $1",
                    "dt", id, status)
      || !desk_db_run (fixture->db, &error, "UPDATE visit SET status = $2 WHERE id = $1", "dt", id, status))
    g_error ("%s", error->message);
}

/* A visit of a patient so many days from today at that hour of Tokyo, taken to that status step by step. */
static void
add_visit (StoreFixture *fixture, int id, int patient, const char *type, int days, int hour, const char *status)
{
  static const char *const way[] = { "booked", "arrived", "checked_in", "in_room", "done" };
  g_autoptr (GError) error = NULL;
  gint64 at = (gint64) (TODAY + days) * 86400 + (hour - 9) * 3600;

  if (!desk_db_run (fixture->db, &error,
                    "INSERT INTO visit (id, patient_id, type, status, starts_at, ends_at, busy_from, busy_until, created_at)"
                    " VALUES ($1, $2, $3, 'proposed', $4, $5, $4, $5, 0)",
                    "ddtii", id, patient, type, at, at + 1800))
    g_error ("%s", error->message);
  if (g_str_has_prefix (status, "cancelled"))
    step_visit (fixture, id, status);
  else
    for (guint i = 0; i == 0 || !g_str_equal (way[i - 1], status); i++)
      step_visit (fixture, id, way[i]);
}

static void
add_paper (StoreFixture *fixture, int patient, const char *kind, const char *examined_on)
{
  g_autoptr (GError) error = NULL;

  if (!desk_db_run (fixture->db, &error,
                    "INSERT INTO document (patient_id, kind, state, examined_on, language, received_at)"
                    " VALUES ($1, $2, 'accepted', $3, 'en', 0)",
                    "dtt", patient, kind, examined_on))
    g_error ("%s", error->message);
}

static void
assert_list (StoreFixture *fixture, const char *expected)
{
  g_autoptr (GError) error = NULL;
  g_autoptr (GPtrArray) list = desk_today_attention (fixture->db, TODAY, &error);
  g_autoptr (GString) text = g_string_new (NULL);

  g_assert_no_error (error);
  for (guint i = 0; i < list->len; i++)
    {
      const DeskAttention *attention = g_ptr_array_index (list, i);

      g_string_append_printf (text, "%s %s %d %s %+d %s%s\n", desk_attention_code (attention->kind), attention->object,
                              (int) attention->id, attention->patient_name, attention->day - TODAY, attention->detail,
                              attention->overdue ? " !" : "");
    }
  g_assert_cmpstr (text->str, ==, expected);
}

static void
test_papers (StoreFixture *fixture, gconstpointer data)
{
  add_visit (fixture, 1, 1, "blood_draw", 7, 10, "booked");
  add_visit (fixture, 2, 2, "apheresis", 8, 10, "booked"); /* not yet */
  add_visit (fixture, 3, 2, "infusion", 1, 10, "booked");  /* no draw */
  add_visit (fixture, 4, 2, "blood_draw", 1, 10, "cancelled_clinic");
  assert_list (fixture, "papers patient 1 NGUYEN VAN AN +7 bloodwork,viral,passport_copy\n");

  add_paper (fixture, 1, "passport", "");
  add_paper (fixture, 1, "viral", "2026-06-01");
  add_paper (fixture, 1, "bloodwork", "2026-03-09"); /* good today, a day too old on 10 June */
  assert_list (fixture, "papers patient 1 NGUYEN VAN AN +7 bloodwork\n");
  add_paper (fixture, 1, "bloodwork", "2026-03-10");
  assert_list (fixture, "");
}

static void
test_still_here (StoreFixture *fixture, gconstpointer data)
{
  add_visit (fixture, 1, 1, "infusion", -1, 23, "checked_in");
  add_visit (fixture, 2, 2, "infusion", 0, 0, "arrived"); /* midnight of today in Tokyo */
  add_visit (fixture, 3, 2, "infusion", -3, 10, "in_room");
  add_visit (fixture, 4, 1, "infusion", -3, 10, "done");
  assert_list (fixture, "still-here visit 3 MONONYM -3 infusion !\n"
                        "still-here visit 1 NGUYEN VAN AN -1 infusion !\n");
}

static void
add_lot (StoreFixture *fixture, int id, const char *status, const char *expected_on)
{
  g_autoptr (GError) error = NULL;
  g_autofree char *number = g_strdup_printf ("L%d", id), *collection = g_strdup_printf ("C%d", id);

  if (!desk_db_run (fixture->db, &error,
                    "INSERT INTO coi (id, number, opened_at, opened_by) VALUES ($1, $2, 0, 2)", "dt", id, number)
      || !desk_db_run (fixture->db, &error,
                       "INSERT INTO collection (id, patient_id, number, method, collected_at, volume_ml, operator_id, coi_id)"
                       " VALUES ($1, 1, $2, 'blood_draw', 0, 50, 2, $1)",
                       "dt", id, collection)
      || !desk_db_run (fixture->db, &error,
                       "INSERT INTO lot (id, patient_id, collection_id, number, started_on, status, expected_on)"
                       " VALUES ($1, 1, $1, $2, '2026-05-01', $3, $4)",
                       "dttt", id, number, status, expected_on))
    g_error ("%s", error->message);
}

static void
test_harvest (StoreFixture *fixture, gconstpointer data)
{
  add_lot (fixture, 1, "culturing", "2026-06-06");
  add_lot (fixture, 2, "culturing", "2026-06-07");
  add_lot (fixture, 3, "culturing", "2026-06-01");
  add_lot (fixture, 4, "harvested", "2026-06-01");
  add_lot (fixture, 5, "culturing", "");
  assert_list (fixture, "harvest lot 3 NGUYEN VAN AN -2 L3 !\n"
                        "harvest lot 1 NGUYEN VAN AN +3 L1\n");
}

static void
add_unit (StoreFixture *fixture, int id, const char *kind, const char *use_until)
{
  g_autoptr (GError) error = NULL;
  g_autofree char *number = g_strdup_printf ("D%d", id);

  if (!desk_db_run (fixture->db, &error,
                    "INSERT INTO unit (id, lot_id, patient_id, kind, number, volume_ml, cells, use_until, created_at)"
                    " VALUES ($1, 1, 1, $2, $3, 100, 1000, $4, 0)",
                    "dttt", id, kind, number, use_until)
      || !desk_db_run (fixture->db, &error,
                       "INSERT INTO unit_event (unit_id, axis, seq, from_state, to_state, at, performer_id)"
                       " VALUES ($1, 'life', 1, 'new', 'planned', 0, 1)",
                       "d", id)
      || !desk_db_run (fixture->db, &error,
                       "INSERT INTO unit_event (unit_id, axis, seq, prev_seq, from_state, to_state, at, performer_id, witness_id)"
                       " VALUES ($1, 'life', 2, 1, 'planned', 'filled', 0, 1, 2)",
                       "d", id))
    g_error ("%s", error->message);
}

static void
test_expiry (StoreFixture *fixture, gconstpointer data)
{
  add_lot (fixture, 1, "harvested", "");
  add_unit (fixture, 1, "dose_frozen", "2026-07-03");
  add_unit (fixture, 2, "dose_frozen", "2026-07-04");
  add_unit (fixture, 3, "dose_fresh", "2026-06-03");
  add_unit (fixture, 4, "retained", "2026-06-03");
  add_unit (fixture, 5, "dose_frozen", "2026-06-10");
  store_exec (fixture, "INSERT INTO discard (unit_id, code, method, at) VALUES (5, 'damaged', 'autoclave', 0);"
                       "INSERT INTO unit_event (unit_id, axis, seq, prev_seq, from_state, to_state, at, performer_id, witness_id, reason)"
                       " VALUES (5, 'life', 3, 2, 'filled', 'discarded', 0, 1, 2, 'leaks')");
  assert_list (fixture, "dose-expires unit 3 NGUYEN VAN AN +0 D3 !\n"
                        "dose-expires unit 1 NGUYEN VAN AN +30 D1\n");
}

static void
test_stays (StoreFixture *fixture, gconstpointer data)
{
  /* Fifteen days from 25 May end on 8 June; the second leaves later than we look; the third should be gone. */
  store_exec (fixture, "INSERT INTO trip (patient_id, route, entered_on, planned_departure, permitted_days) VALUES"
                       " (1, 'exempt', '2026-05-25', '2026-06-20', 15), (1, 'exempt', '2026-05-25', '2026-06-11', 90),"
                       " (2, 'short_visa', '2026-05-01', '2026-06-02', 90), (2, 'short_visa', '2026-05-20', '2026-06-10', 90)");
  store_exec (fixture, "INSERT INTO trip (patient_id, planned_entry, planned_departure) VALUES (1, '2026-05-01', '2026-06-01'),"
                       " (1, '2026-06-04', '2026-06-05')");
  store_exec (fixture, "INSERT INTO trip (patient_id, entered_on, departed_on, permitted_days) VALUES (1, '2026-05-01', '2026-06-01', 90)");
  store_exec (fixture, "INSERT INTO trip (patient_id, entered_on, permitted_days, cancelled_at) VALUES (1, '2026-05-01', 15, 1)");
  assert_list (fixture, "departure patient 1 NGUYEN VAN AN -2 (null) !\n"
                        "departure patient 2 MONONYM -1 (null) !\n"
                        "stay-ends patient 1 NGUYEN VAN AN +5 (null)\n"
                        "stay-ends patient 2 MONONYM +7 (null)\n");
}

/* A held visit that runs out is pointed out, and nothing is cancelled by itself. */
static void
test_held (StoreFixture *fixture, gconstpointer data)
{
  add_visit (fixture, 1, 1, "consultation", 2, 10, "booked");
  add_visit (fixture, 2, 2, "consultation", 5, 10, "booked");
  add_visit (fixture, 3, 2, "consultation", 6, 10, "booked");
  for (int id = 1; id <= 3; id++)
    step_visit (fixture, id, "proposed"), step_visit (fixture, id, "held");
  store_exec (fixture, "UPDATE visit SET held_until = 20607 * 86400 + 3600 WHERE id = 1;"  /* today, 10:00 in Tokyo */
                       "UPDATE visit SET held_until = 20609 * 86400 - 32401 WHERE id = 2;" /* the last second of tomorrow */
                       "UPDATE visit SET held_until = 20609 * 86400 - 32400 WHERE id = 3");
  assert_list (fixture, "held-ends visit 1 NGUYEN VAN AN +0 consultation !\n"
                        "held-ends visit 2 MONONYM +1 consultation\n");
  step_visit (fixture, 1, "booked");
  step_visit (fixture, 2, "cancelled_clinic");
  assert_list (fixture, "");
}

/* What was booked well, and stands in the way of something new: once, and not where somebody passed it over. */
static void
test_runs_into (StoreFixture *fixture, gconstpointer data)
{
  add_visit (fixture, 1, 1, "consultation", 3, 10, "booked");
  add_visit (fixture, 2, 2, "consultation", 4, 10, "booked");
  add_visit (fixture, 3, 2, "consultation", 5, 10, "booked");
  add_visit (fixture, 4, 1, "consultation", 5, 14, "cancelled_patient");
  assert_list (fixture, "");

  store_exec (fixture, "INSERT INTO closed_day (day, reason) VALUES ('2026-06-06', 'Staff outing'), ('2026-06-08', 'Cleaning');"
                       "INSERT INTO block (kind, first_day, last_day, from_minute, until_minute, reason)"
                       " VALUES ('lunch', '2026-06-01', '2026-06-30', 570, 605, ''), ('meeting', '2026-06-07', '2026-06-07', 625, 660, 'Board');"
                       "UPDATE visit SET override = 'agreed with the patient' WHERE id = 3");
  assert_list (fixture, "runs-into visit 1 NGUYEN VAN AN +3 closed Staff outing\n"
                        "runs-into visit 2 MONONYM +4 block lunch \n");
  store_exec (fixture, "UPDATE block SET removed_at = 1 WHERE kind = 'lunch'; DELETE FROM closed_day");
  assert_list (fixture, "runs-into visit 2 MONONYM +4 block meeting Board\n");
  store_exec (fixture, "UPDATE block SET removed_at = 1");

  /* A block of a chair is in the way of those who have it. */
  store_exec (fixture, "INSERT INTO resource (id, kind, name, position) VALUES (1, 'chair', 'Chair 1', 1), (2, 'chair', 'Chair 2', 2);"
                       "INSERT INTO visit_resource (visit_id, resource_id) VALUES (1, 1), (2, 2);"
                       "INSERT INTO block (resource_id, kind, first_day, last_day, from_minute, until_minute, reason)"
                       " VALUES (1, 'repair', '2026-06-01', '2026-06-30', 600, 660, '')");
  assert_list (fixture, "runs-into visit 1 NGUYEN VAN AN +3 block repair \n");
  store_exec (fixture, "UPDATE block SET removed_at = 1");

  /* The stay was planned otherwise. */
  store_exec (fixture, "INSERT INTO trip (id, patient_id, route, planned_entry, planned_departure)"
                       " VALUES (1, 2, 'exempt', '2026-06-01', '2026-06-30')");
  assert_list (fixture, "");
  store_exec (fixture, "UPDATE trip SET planned_entry = '2026-06-08'");
  assert_list (fixture, "runs-into visit 2 MONONYM +4 stay outside 2026-06-08\n");
}

int
main (int argc, char *argv[])
{
  g_test_init (&argc, &argv, NULL);
#define ADD(path, func) g_test_add (path, StoreFixture, NULL, set_up, func, store_fixture_tear_down)
  ADD ("/attention/papers", test_papers);
  ADD ("/attention/still-here", test_still_here);
  ADD ("/attention/harvest", test_harvest);
  ADD ("/attention/expiry", test_expiry);
  ADD ("/attention/stays", test_stays);
  ADD ("/attention/held", test_held);
  ADD ("/attention/runs-into", test_runs_into);
  return g_test_run ();
}
