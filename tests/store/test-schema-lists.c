/* What the file refuses of waiting lists, calls and freed slots: raw SQL past the program. */
#include "store-fixture.h"

static void
set_up (StoreFixture *fixture, gconstpointer data)
{
  store_fixture_set_up (fixture, data);
  store_exec (fixture,
              "INSERT INTO clinic (id, uuid, name, name_ja) VALUES (1, 'u', 'Clinic', '');"
              "INSERT INTO staff (id, name, role) VALUES (1, 'Nurse Baba', 'nurse');"
              "INSERT INTO patient (id, chart, family, created_at, updated_at) VALUES (1, 'C1', 'NGUYEN', 0, 0), (2, 'C2', 'PARK', 0, 0);"
              "INSERT INTO visit (id, patient_id, type, status, starts_at, ends_at, busy_from, busy_until, created_at) VALUES"
              " (1, 1, 'infusion', 'booked', 2524608000, 2524611600, 2524608000, 2524611600, 0),"
              " (2, 2, 'infusion', 'booked', 2524694400, 2524698000, 2524694400, 2524698000, 0);"
              "INSERT INTO waiting (id, patient_id, type, added_at) VALUES (1, 2, 'infusion', 0);"
              "INSERT INTO recall (id, patient_id, kind, due_on, next_on, source, made_at) VALUES (1, 1, 'follow_up', '2026-12-01', '2026-12-01', 'x', 0);"
              "INSERT INTO freed_slot (id, visit_id, type, starts_at, ends_at, freed_at) VALUES (1, 1, 'infusion', 2524608000, 2524611600, 0)");
}

#define CANCEL(id) \
  "INSERT INTO visit_stamp (visit_id, seq, from_status, to_status, at) VALUES (" #id ", 1, 'booked', 'cancelled_patient', 5000);" \
  "UPDATE visit SET status = 'cancelled_patient' WHERE id = " #id

static void
test_refusals (StoreFixture *fixture, gconstpointer data)
{
  static const struct
  {
    const char *sql, *message;
    DeskError code;
  } cases[] = {
    { "DELETE FROM waiting", "waiting-kept", DESK_ERROR_REFUSED },
    { "DELETE FROM recall", "recall-kept", DESK_ERROR_REFUSED },
    { "DELETE FROM freed_slot", "freed-kept", DESK_ERROR_REFUSED },
    { "INSERT INTO waiting (patient_id, type, added_at, closed_at, outcome) VALUES (1, 'infusion', 0, 1, 'booked')", "waiting-closed",
      DESK_ERROR_REFUSED },
    { "INSERT INTO waiting (patient_id, type, added_at, weekdays) VALUES (1, 'infusion', 0, '')", NULL, DESK_ERROR_REFUSED },
    { "INSERT INTO waiting (patient_id, type, added_at, weekdays) VALUES (1, 'infusion', 0, '128')", NULL, DESK_ERROR_REFUSED },
    { "INSERT INTO waiting (patient_id, type, added_at, from_minute, until_minute) VALUES (1, 'infusion', 0, 600, 600)", NULL, DESK_ERROR_REFUSED },
    { "INSERT INTO waiting (patient_id, type, added_at, first_day, last_day) VALUES (1, 'infusion', 0, '2026-12-02', '2026-12-01')", NULL,
      DESK_ERROR_REFUSED },
    { "UPDATE waiting SET closed_at = 1", NULL, DESK_ERROR_REFUSED },
    { "UPDATE waiting SET outcome = 'booked'", NULL, DESK_ERROR_REFUSED },
    { "UPDATE waiting SET patient_id = 1", "owner-is-fixed", DESK_ERROR_REFUSED },
    { "UPDATE recall SET patient_id = 2", "owner-is-fixed", DESK_ERROR_REFUSED },
    { "UPDATE recall SET source = 'y'", "owner-is-fixed", DESK_ERROR_REFUSED },
    { "UPDATE recall SET due_on = '2027-01-01'", "owner-is-fixed", DESK_ERROR_REFUSED },
    { "UPDATE recall SET closed_at = 1", NULL, DESK_ERROR_REFUSED },
    { "INSERT INTO recall_attempt (recall_id, seq, at, way, result) VALUES (1, 2, 0, 'phone', 'reached')", "journal-only-grows", DESK_ERROR_REFUSED },
    { "INSERT INTO recall_attempt (recall_id, seq, at, way, result) VALUES (1, 1, 0, 'pigeon', 'reached')", NULL, DESK_ERROR_REFUSED },
    { "UPDATE freed_slot SET starts_at = 2524607700", "owner-is-fixed", DESK_ERROR_REFUSED },
    { "UPDATE freed_slot SET closed_at = 1, outcome = 'filled', filled_by = 2", "freed-not-filled", DESK_ERROR_REFUSED },
    { "UPDATE freed_slot SET filled_by = 1", NULL, DESK_ERROR_REFUSED },
    { "INSERT INTO recall_rule (kind, days) VALUES ('follow_up', -1)", NULL, DESK_ERROR_REFUSED },
    { "INSERT INTO recall_rule (kind, days) VALUES ('other', 1)", NULL, DESK_ERROR_REFUSED },
  };

  for (guint i = 0; i < G_N_ELEMENTS (cases); i++)
    store_refuse (fixture, cases[i].sql, cases[i].code, cases[i].message);
  store_refuse (fixture,
                "INSERT INTO recall (patient_id, kind, due_on, next_on, source, made_at) VALUES (1, 'follow_up', '2026-12-02', '2026-12-02', 'x', 0)",
                DESK_ERROR_TAKEN, NULL);
}

static void
test_closed (StoreFixture *fixture, gconstpointer data)
{
  store_exec (fixture, "UPDATE waiting SET closed_at = 1, outcome = 'declined'; UPDATE recall SET closed_at = 1, outcome = 'reached'");
  store_refuse (fixture, "UPDATE waiting SET priority = 1", DESK_ERROR_REFUSED, "waiting-closed");
  store_refuse (fixture, "INSERT INTO recall_attempt (recall_id, seq, at, way, result) VALUES (1, 1, 0, 'phone', 'reached')", DESK_ERROR_REFUSED,
                "recall-closed");
  store_exec (fixture, "UPDATE waiting SET closed_at = NULL, outcome = ''; UPDATE waiting SET priority = 1;"
                       "UPDATE recall SET closed_at = NULL, outcome = '';"
                       "INSERT INTO recall_attempt (recall_id, seq, at, way, result) VALUES (1, 1, 0, 'phone', 'reached')");
  store_refuse (fixture, "UPDATE recall_attempt SET result = 'no_answer'", DESK_ERROR_REFUSED, "journal-only-grows");
  store_refuse (fixture, "DELETE FROM recall_attempt", DESK_ERROR_REFUSED, "journal-only-grows");
}

/* Nobody waits with a visit that is over. */
static void
test_over (StoreFixture *fixture, gconstpointer data)
{
  store_exec (fixture, CANCEL (2));
  store_refuse (fixture, "INSERT INTO waiting (patient_id, type, visit_id, added_at) VALUES (2, 'infusion', 2, 0)", DESK_ERROR_REFUSED, "visit-over");
}

/* By raw SQL too: one slot, not two. */
static void
test_one_slot (StoreFixture *fixture, gconstpointer data)
{
  gint64 n = 0;
  g_autoptr (GError) error = NULL;

  store_exec (fixture, CANCEL (2));
  g_assert_true (desk_db_value (fixture->db, &n, &error, "SELECT count (*) FROM freed_slot WHERE visit_id = 2", ""));
  g_assert_cmpint (n, ==, 1);
  store_exec (fixture, "UPDATE visit SET note = 'x' WHERE id = 2");
  g_assert_true (desk_db_value (fixture->db, &n, &error, "SELECT count (*) FROM freed_slot WHERE visit_id = 2", ""));
  g_assert_cmpint (n, ==, 1);
}

static void
assert_open (StoreFixture *fixture, gint64 wanted)
{
  gint64 n = -1;
  g_autoptr (GError) error = NULL;

  g_assert_true (desk_db_value (fixture->db, &n, &error, "SELECT count (*) FROM freed_slot WHERE visit_id > 1 AND closed_at IS NULL", ""));
  g_assert_cmpint (n, ==, wanted);
}

#define MOVE(id, by) \
  "UPDATE visit SET starts_at = starts_at + " by ", ends_at = ends_at + " by ", busy_from = busy_from + " by \
  ", busy_until = busy_until + " by " WHERE id = " #id ";"
#define LIFT(id) MOVE (id, "3155760000")

/* Lifted, nothing is free; put down elsewhere it left one slot, which its return closes; in a swap none is left. */
static void
test_lifted (StoreFixture *fixture, gconstpointer data)
{
  store_exec (fixture, LIFT (2));
  assert_open (fixture, 0);
  store_exec (fixture, MOVE (2, "-3155760000"));
  assert_open (fixture, 0);
  store_exec (fixture, LIFT (2) MOVE (2, "-3155760000 + 172800"));
  assert_open (fixture, 1);
  store_exec (fixture, LIFT (2) MOVE (2, "-3155760000 - 172800"));
  assert_open (fixture, 0);

  store_exec (fixture,
              "INSERT INTO visit (id, patient_id, type, status, starts_at, ends_at, busy_from, busy_until, created_at) VALUES"
              " (3, 1, 'infusion', 'booked', 2524780800, 2524784400, 2524780800, 2524784400, 0);"
              LIFT (2) LIFT (3) MOVE (2, "-3155760000 + 86400") MOVE (3, "-3155760000 - 86400"));
  assert_open (fixture, 0);
}

/* Made within the hour, or a proposal again: no task. What was held leaves one. */
static void
test_no_task (StoreFixture *fixture, gconstpointer data)
{
  store_exec (fixture,
              "UPDATE visit SET created_at = 4000 WHERE id = 2;" CANCEL (2));
  assert_open (fixture, 0);
  store_exec (fixture,
              "INSERT INTO visit (id, patient_id, type, status, starts_at, ends_at, busy_from, busy_until, created_at) VALUES"
              " (3, 1, 'infusion', 'proposed', 2524780800, 2524784400, 2524780800, 2524784400, 0),"
              " (4, 1, 'infusion', 'held', 2524867200, 2524870800, 2524867200, 2524870800, 0);"
              "INSERT INTO visit_stamp (visit_id, seq, from_status, to_status, at) VALUES (3, 1, 'proposed', 'booked', 4000);"
              "UPDATE visit SET status = 'booked' WHERE id = 3;"
              "INSERT INTO visit_stamp (visit_id, seq, from_status, to_status, at) VALUES (3, 2, 'booked', 'proposed', 5000);"
              "UPDATE visit SET status = 'proposed' WHERE id = 3");
  assert_open (fixture, 0);
  store_exec (fixture,
              "INSERT INTO visit_stamp (visit_id, seq, from_status, to_status, at) VALUES (4, 1, 'held', 'cancelled_patient', 5000);"
              "UPDATE visit SET status = 'cancelled_patient' WHERE id = 4");
  assert_open (fixture, 1);
}

#define ADD(path, func) g_test_add (path, StoreFixture, NULL, set_up, func, store_fixture_tear_down)

int
main (int argc, char **argv)
{
  g_test_init (&argc, &argv, NULL);
  ADD ("/schema-lists/refusals", test_refusals);
  ADD ("/schema-lists/closed", test_closed);
  ADD ("/schema-lists/over", test_over);
  ADD ("/schema-lists/one-slot", test_one_slot);
  ADD ("/schema-lists/lifted", test_lifted);
  ADD ("/schema-lists/no-task", test_no_task);
  return g_test_run ();
}
