/* The book: visits booked, moved and stepped; courses laid out and booked whole. Races: test-race-book.c. */
#include "store-fixture.h"

#include <string.h>

#include "desk-book.h"

#define CHAIR_1 1
#define CHAIR_2 2
#define ROOM 3
#define DOCTOR 4

/* Wednesday 3 June 2026, 00:00 in Tokyo. */
#define MIDNIGHT (G_GINT64_CONSTANT (20607) * 86400 - 9 * 3600)
#define AT(hour, minute) (MIDNIGHT + (hour) * 3600 + (minute) * 60)

static void
set_up (StoreFixture *fixture, gconstpointer data)
{
  store_fixture_set_up (fixture, data);
  store_exec (fixture,
              "INSERT INTO clinic (id, uuid, name, name_ja, closed_weekdays) VALUES (1, 'u', 'Clinic', 'クリニック', '7');"
              "INSERT INTO staff (id, name, role) VALUES (1, 'Dr Abe', 'physician'), (2, 'Nurse Baba', 'nurse');"
              "INSERT INTO resource (id, kind, name, staff_id, position) VALUES (1, 'chair', 'Chair 1', NULL, 1),"
              " (2, 'chair', 'Chair 2', NULL, 2), (3, 'room', 'Room 1', NULL, 3), (4, 'staff', 'Dr Abe', 1, 4);"
              "INSERT INTO patient (id, chart, family, given, family_native, created_at, updated_at)"
              " VALUES (1, 'C1', 'NGUYEN', 'VAN AN', '', 0, 0), (2, 'C2', 'PARK', 'JIYOUNG', '박', 0, 0),"
              " (3, 'C3', 'MONONYM', '', '', 0, 0)");
  desk_db_set_actor (fixture->db, 2, "test");
}

static DeskVisit *
new_visit (gint64 patient, const char *type, const char *status, gint64 at, gint64 resource)
{
  DeskVisit *visit = g_new0 (DeskVisit, 1);
  DeskVisitType infusion = { .minutes = 60, .before = 15, .after = 15 };

  visit->patient_id = patient;
  visit->type = g_strdup (type);
  visit->status = g_strdup (status);
  visit->resources = g_array_new (FALSE, FALSE, sizeof (gint64));
  if (resource)
    g_array_append_val (visit->resources, resource);
  desk_visit_set_time (visit, &infusion, at, 0);
  return visit;
}

static DeskVisit *
book (StoreFixture *fixture, gint64 patient, gint64 at, gint64 resource)
{
  g_autoptr (GError) error = NULL;
  DeskVisit *visit = new_visit (patient, "infusion", "booked", at, resource);

  if (!desk_visit_save (fixture->db, visit, &error))
    g_error ("%s", error->message);
  return visit;
}

static gint64
value (StoreFixture *fixture, const char *sql)
{
  g_autoptr (GError) error = NULL;
  gint64 out = -1;

  if (!desk_db_value (fixture->db, &out, &error, sql, ""))
    g_error ("%s", error->message);
  return out;
}

static void
step (StoreFixture *fixture, DeskVisit *visit, const char *status)
{
  g_autoptr (GError) error = NULL;

  if (!desk_visit_set_status (fixture->db, visit, status, &error))
    g_error ("%s → %s: %s", visit->status, status, error->message);
  g_assert_cmpstr (visit->status, ==, status);
}

static void
refuse_step (StoreFixture *fixture, DeskVisit *visit, const char *status, DeskError code)
{
  g_autoptr (GError) error = NULL;
  g_autofree char *before = g_strdup (visit->status);

  g_assert_false (desk_visit_set_status (fixture->db, visit, status, &error));
  g_assert_error (error, DESK_ERROR, (int) code);
  g_assert_cmpstr (visit->status, ==, before);
}

/* The rules in C and in the database are the same, row by row. */
static void
test_tables (StoreFixture *fixture, gconstpointer data)
{
  g_autoptr (GError) error = NULL;
  guint n_statuses, n_steps;
  const DeskVisitStatus *statuses = desk_visit_statuses (&n_statuses);
  const DeskVisitStep *steps = desk_visit_steps (&n_steps);

  g_assert_cmpint (value (fixture, "SELECT count (*) FROM visit_status"), ==, n_statuses);
  g_assert_cmpint (value (fixture, "SELECT count (*) FROM visit_step"), ==, n_steps);
  for (guint i = 0; i < n_statuses; i++)
    {
      gint64 packed = -1;

      g_assert_true (desk_db_value (fixture->db, &packed, &error, "SELECT takes * 2 + final FROM visit_status WHERE status = $1",
                                    "t", statuses[i].status));
      g_assert_cmpint (packed, ==, statuses[i].takes * 2 + statuses[i].final);
    }
  for (guint i = 0; i < n_steps; i++)
    {
      gint64 undo = -1;

      g_test_message ("%s → %s", steps[i].from, steps[i].to);
      g_assert_true (desk_db_value (fixture->db, &undo, &error,
                                    "SELECT undo FROM visit_step WHERE from_status = $1 AND to_status = $2", "tt",
                                    steps[i].from, steps[i].to));
      g_assert_cmpint (undo, ==, steps[i].undo);
    }
}

static void
test_book (StoreFixture *fixture, gconstpointer data)
{
  g_autoptr (GError) error = NULL;
  g_autoptr (DeskVisit) visit = book (fixture, 2, AT (10, 0), CHAIR_1);
  g_autoptr (DeskVisit) loaded = desk_visit_load (fixture->db, visit->id, &error);
  g_autoptr (DeskVisit) early = book (fixture, 1, AT (8, 0), CHAIR_2);

  g_assert_no_error (error);
  g_assert_cmpint (loaded->version, ==, visit->version);
  g_assert_cmpstr (loaded->status, ==, "booked");
  g_assert_cmpstr (loaded->patient_name, ==, "PARK JIYOUNG");
  g_assert_cmpstr (loaded->patient_native, ==, "박");
  g_assert_cmpstr (loaded->patient_chart, ==, "C2");
  g_assert_cmpint (loaded->busy_from, ==, AT (9, 45));
  g_assert_cmpint (loaded->busy_until, ==, AT (11, 15));
  g_assert_cmpuint (loaded->resources->len, ==, 1);
  g_assert_cmpint (g_array_index (loaded->resources, gint64, 0), ==, CHAIR_1);
  g_assert_cmpint (loaded->status_since, >, 0);
  g_assert_cmpint (value (fixture, "SELECT count (*) FROM visit_stamp WHERE by_id = 2"), ==, 2);
  g_assert_cmpint (value (fixture, "SELECT count (*) FROM visit_slot WHERE resource_id = 1"), ==, 18);
  g_assert_cmpint (value (fixture, "SELECT count (*) FROM patient_slot WHERE patient_id = 2"), ==, 12);

  static const struct
  {
    gint64 from, until;
    guint n;
  } ranges[] = {
    { AT (0, 0), AT (24, 0), 2 }, { AT (9, 0), AT (10, 0), 0 },   { AT (9, 0), AT (10, 5), 1 },
    { AT (10, 55), AT (12, 0), 1 }, { AT (11, 0), AT (12, 0), 0 }, { AT (8, 30), AT (8, 31), 1 },
    { AT (24, 0), AT (48, 0), 0 },
  };
  for (guint i = 0; i < G_N_ELEMENTS (ranges); i++)
    {
      g_autoptr (GPtrArray) visits = desk_visit_between (fixture->db, ranges[i].from, ranges[i].until, &error);

      g_test_message ("range %u", i);
      g_assert_cmpuint (visits->len, ==, ranges[i].n);
      for (guint v = 0; v < visits->len; v++)
        g_assert_cmpuint (((DeskVisit *) g_ptr_array_index (visits, v))->resources->len, ==, 1);
    }
  g_autoptr (GPtrArray) day = desk_visit_between (fixture->db, AT (0, 0), AT (24, 0), &error);
  g_assert_cmpint (((DeskVisit *) g_ptr_array_index (day, 0))->id, ==, early->id);

  g_autoptr (GPtrArray) of_patient = desk_visit_of_patient (fixture->db, 2, &error);
  g_assert_cmpuint (of_patient->len, ==, 1);
  g_assert_null (desk_visit_load (fixture->db, 999, &error));
  g_assert_error (error, DESK_ERROR, DESK_ERROR_NOT_FOUND);
}

static void
test_taken (StoreFixture *fixture, gconstpointer data)
{
  static const struct
  {
    gint64 patient, at, resource;
    const char *name; /* of the one who is there; NULL when it is free */
  } cases[] = {
    { 1, AT (10, 0), CHAIR_1, "PARK JIYOUNG" },  { 1, AT (11, 25), CHAIR_1, "PARK JIYOUNG" },
    { 1, AT (8, 35), CHAIR_1, "PARK JIYOUNG" },  { 2, AT (10, 55), CHAIR_2, "PARK JIYOUNG" },
    { 1, AT (10, 0), CHAIR_2, NULL },            { 3, AT (11, 30), CHAIR_1, NULL },
    { 2, AT (11, 30), CHAIR_2, NULL },
  };
  g_autoptr (DeskVisit) there = book (fixture, 2, AT (10, 0), CHAIR_1);

  for (guint i = 0; i < G_N_ELEMENTS (cases); i++)
    {
      g_autoptr (GError) error = NULL;
      g_autoptr (DeskVisit) visit = new_visit (cases[i].patient, "infusion", "booked", cases[i].at, cases[i].resource);
      gint64 visits = value (fixture, "SELECT count (*) FROM visit");

      g_test_message ("case %u", i);
      g_assert_cmpint (desk_visit_save (fixture->db, visit, &error), ==, cases[i].name == NULL);
      if (!cases[i].name)
        {
          g_assert_no_error (error);
          continue;
        }
      g_assert_error (error, DESK_ERROR, DESK_ERROR_TAKEN);
      g_assert_nonnull (strstr (error->message, cases[i].name));
      g_assert_cmpint (visit->id, ==, 0);
      g_assert_cmpint (value (fixture, "SELECT count (*) FROM visit"), ==, visits);
    }
}

static void
test_check (StoreFixture *fixture, gconstpointer data)
{
  g_autoptr (GError) error = NULL;
  g_autoptr (DeskVisit) there = book (fixture, 2, AT (10, 0), CHAIR_1);
  g_autoptr (DeskVisit) wanted = new_visit (1, "infusion", "booked", AT (10, 30), CHAIR_1);
  g_autoptr (GPtrArray) conflicts = desk_visit_check (fixture->db, wanted, MIDNIGHT, &error);

  g_assert_no_error (error);
  g_assert_cmpuint (conflicts->len, ==, 1);
  const DeskConflict *conflict = g_ptr_array_index (conflicts, 0);
  g_assert_cmpint (conflict->kind, ==, DESK_CONFLICT_ROOM);
  g_assert_cmpint (conflict->visit_id, ==, there->id);
  g_assert_cmpstr (conflict->detail, ==, "PARK JIYOUNG");

  /* Moving by a little is not stopped by where it stands now. */
  g_autoptr (DeskVisit) moved = desk_visit_copy (there);
  moved->busy_from += 600, moved->starts_at += 600, moved->ends_at += 600, moved->busy_until += 600;
  g_autoptr (GPtrArray) none = desk_visit_check (fixture->db, moved, MIDNIGHT, &error);
  g_assert_no_error (error);
  g_assert_cmpuint (none->len, ==, 0);

  store_exec (fixture, "INSERT INTO closed_day (day, reason) VALUES ('2026-06-03', 'Fire drill')");
  g_autoptr (GPtrArray) closed = desk_visit_check (fixture->db, moved, MIDNIGHT, &error);
  g_assert_cmpuint (closed->len, ==, 1);
  g_assert_cmpstr (((DeskConflict *) g_ptr_array_index (closed, 0))->detail, ==, "Fire drill");

  /* A draw also asks for the papers, as a warning. */
  g_autoptr (DeskVisit) draw = new_visit (1, "blood_draw", "booked", AT (34, 0), CHAIR_1);
  g_autoptr (GPtrArray) papers = desk_visit_check (fixture->db, draw, MIDNIGHT, &error);
  g_assert_cmpuint (papers->len, ==, 1);
  g_assert_cmpint (((DeskConflict *) g_ptr_array_index (papers, 0))->kind, ==, DESK_CONFLICT_GATE);
  g_assert_nonnull (strstr (((DeskConflict *) g_ptr_array_index (papers, 0))->detail, "imaging"));
  g_assert_false (desk_conflicts_block (papers));

  /* And whoever comes has to be in Japan. */
  store_exec (fixture, "INSERT INTO trip (patient_id, route, planned_entry, planned_departure, exempt_days)"
                       " VALUES (1, 'exempt', '2026-06-01', '2026-06-03', 2)");
  g_autoptr (DeskVisit) late = new_visit (1, "infusion", "booked", AT (24 + 10, 0), CHAIR_1);
  g_autoptr (GPtrArray) stay = desk_visit_check (fixture->db, late, MIDNIGHT, &error);
  g_assert_cmpuint (stay->len, ==, 1);
  g_assert_cmpint (((DeskConflict *) g_ptr_array_index (stay, 0))->kind, ==, DESK_CONFLICT_STAY);
  g_assert_cmpstr (((DeskConflict *) g_ptr_array_index (stay, 0))->detail, ==, "outside 2026-06-03");
  g_assert_false (desk_conflicts_block (stay));
  g_autoptr (DeskVisit) call = new_visit (1, "remote", "booked", AT (24 + 10, 0), CHAIR_1);
  g_autoptr (GPtrArray) from_home = desk_visit_check (fixture->db, call, MIDNIGHT, &error);
  for (guint i = 0; i < from_home->len; i++)
    g_assert_cmpint (((DeskConflict *) g_ptr_array_index (from_home, i))->kind, !=, DESK_CONFLICT_STAY);

  g_free (wanted->type);
  wanted->type = g_strdup ("nonsense");
  g_assert_null (desk_visit_check (fixture->db, wanted, MIDNIGHT, &error));
  g_assert_error (error, DESK_ERROR, DESK_ERROR_INVALID);
}

static void
move (DeskVisit *visit, gint64 at, gint64 resource)
{
  DeskVisitType infusion = { .minutes = 60, .before = 15, .after = 15 };

  desk_visit_set_time (visit, &infusion, at, 0);
  g_array_set_size (visit->resources, 0);
  if (resource)
    g_array_append_val (visit->resources, resource);
}

static void
test_move (StoreFixture *fixture, gconstpointer data)
{
  g_autoptr (GError) error = NULL;
  g_autoptr (DeskVisit) visit = book (fixture, 1, AT (10, 0), CHAIR_1);
  g_autoptr (DeskVisit) before = desk_visit_copy (visit), stale = desk_visit_copy (visit);
  g_autoptr (DeskVisit) other = book (fixture, 2, AT (14, 0), CHAIR_2);

  /* Over its own old time, then to the other chair. */
  move (visit, AT (10, 30), CHAIR_1);
  g_assert_true (desk_visit_save (fixture->db, visit, &error));
  move (visit, AT (10, 45), CHAIR_2);
  g_assert_true (desk_visit_save (fixture->db, visit, &error));
  g_assert_cmpint (visit->version, ==, before->version + 2);
  g_assert_cmpint (value (fixture, "SELECT count (*) FROM visit_slot WHERE resource_id = 1"), ==, 0);
  g_assert_cmpint (value (fixture, "SELECT count (*) FROM visit_slot WHERE resource_id = 2"), ==, 36);
  g_assert_cmpint (value (fixture, "SELECT count (*) FROM patient_slot WHERE patient_id = 1"), ==, 12);

  /* Into the other visit: refused, and nothing has changed. */
  move (visit, AT (13, 30), CHAIR_2);
  g_assert_false (desk_visit_save (fixture->db, visit, &error));
  g_assert_error (error, DESK_ERROR, DESK_ERROR_TAKEN);
  g_assert_nonnull (strstr (error->message, "PARK"));
  g_clear_error (&error);
  g_assert_cmpint (value (fixture, "SELECT min (slot) * 300 FROM visit_slot WHERE resource_id = 2"), ==, AT (10, 30));

  /* Undo: the old place with the new version. */
  before->version = visit->version;
  g_assert_true (desk_visit_save (fixture->db, before, &error));
  g_assert_cmpint (value (fixture, "SELECT min (slot) * 300 FROM visit_slot WHERE resource_id = 1"), ==, AT (9, 45));

  /* Who still holds what was read at first is told. */
  move (stale, AT (16, 0), CHAIR_1);
  g_assert_false (desk_visit_save (fixture->db, stale, &error));
  g_assert_error (error, DESK_ERROR, DESK_ERROR_CONFLICT);
  g_clear_error (&error);
  refuse_step (fixture, stale, "confirmed", DESK_ERROR_CONFLICT);

  /* No resource at all is a visit too. */
  move (before, AT (10, 0), 0);
  g_assert_true (desk_visit_save (fixture->db, before, &error));
  g_assert_cmpint (value (fixture, "SELECT count (*) FROM visit_slot WHERE resource_id = 1"), ==, 0);
}

static void
test_status (StoreFixture *fixture, gconstpointer data)
{
  static const char *day[] = { "confirmed", "arrived", "checked_in", "in_room", "done" };
  g_autoptr (GError) error = NULL;
  g_autoptr (DeskVisit) visit = book (fixture, 1, AT (10, 0), CHAIR_1);

  refuse_step (fixture, visit, "done", DESK_ERROR_REFUSED);
  refuse_step (fixture, visit, "nonsense", DESK_ERROR_REFUSED);
  refuse_step (fixture, visit, "held", DESK_ERROR_REFUSED); /* it came from proposed: nothing to take back */
  g_assert_cmpint (value (fixture, "SELECT last_seen FROM patient WHERE id = 1"), ==, 0);
  for (guint i = 0; i < G_N_ELEMENTS (day); i++)
    step (fixture, visit, day[i]);
  g_assert_cmpint (value (fixture, "SELECT count (*) FROM visit_stamp WHERE visit_id = 1"), ==, 6);
  g_assert_cmpint (value (fixture, "SELECT last_seen FROM patient WHERE id = 1"), ==, 20607);
  g_assert_cmpint (value (fixture, "SELECT count (*) FROM visit_slot WHERE visit_id = 1"), ==, 18);
  for (int i = G_N_ELEMENTS (day) - 2; i >= 0; i--)
    step (fixture, visit, day[i]);
  step (fixture, visit, "booked");

  /* The last step only: it came by "arrived" directly this time. */
  step (fixture, visit, "arrived");
  refuse_step (fixture, visit, "confirmed", DESK_ERROR_REFUSED);
  step (fixture, visit, "booked");
  g_assert_cmpint (value (fixture, "SELECT count (*) FROM visit_stamp WHERE visit_id = 1"), ==, 13);

  /* Past the program, the file refuses the same. */
  store_refuse (fixture, "UPDATE visit SET status = 'done' WHERE id = 1", DESK_ERROR_REFUSED, "visit-step");
  store_refuse (fixture, "INSERT INTO visit_stamp (visit_id, seq, from_status, to_status, at) VALUES (1, 14, 'booked', 'held', 0)",
                DESK_ERROR_REFUSED, "visit-step");
  store_refuse (fixture, "INSERT INTO visit_stamp (visit_id, seq, from_status, to_status, at) VALUES (1, 99, 'booked', 'arrived', 0)",
                DESK_ERROR_REFUSED, "visit-step");
  store_refuse (fixture, "DELETE FROM visit_stamp WHERE seq = 3", DESK_ERROR_REFUSED, "journal-only-grows");
}

/* Undo brings the stamp of the step before back. */
static void
test_since (StoreFixture *fixture, gconstpointer data)
{
  g_autoptr (GError) error = NULL;

  store_exec (fixture,
              "INSERT INTO visit (id, patient_id, type, status, starts_at, ends_at, busy_from, busy_until, created_at)"
              " VALUES (1, 1, 'infusion', 'proposed', 300, 600, 300, 600, 50);"
              "INSERT INTO visit_stamp (visit_id, seq, from_status, to_status, at) VALUES (1, 1, 'proposed', 'booked', 100);"
              "UPDATE visit SET status = 'booked' WHERE id = 1;"
              "INSERT INTO visit_stamp (visit_id, seq, from_status, to_status, at) VALUES (1, 2, 'booked', 'arrived', 200);"
              "UPDATE visit SET status = 'arrived' WHERE id = 1");
  g_autoptr (DeskVisit) arrived = desk_visit_load (fixture->db, 1, &error);
  g_assert_cmpint (arrived->status_since, ==, 200);
  step (fixture, arrived, "checked_in");
  step (fixture, arrived, "arrived");
  g_assert_cmpint (arrived->status_since, ==, 200);
  g_autoptr (DeskVisit) again = desk_visit_load (fixture->db, 1, &error);
  g_assert_cmpint (again->status_since, ==, 200);
}

static void
test_first_status (StoreFixture *fixture, gconstpointer data)
{
  static const struct
  {
    const char *status;
    int stamps, slots; /* stamps -1: refused */
  } cases[] = {
    { "proposed", 0, 0 }, { "held", 1, 18 }, { "booked", 1, 18 }, { "confirmed", 2, 18 },
    { "arrived", 2, 18 }, { "in_room", -1, 0 }, { "done", -1, 0 }, { "cancelled_clinic", -1, 0 },
  };

  for (guint i = 0; i < G_N_ELEMENTS (cases); i++)
    {
      g_autoptr (GError) error = NULL;
      g_autoptr (DeskVisit) visit = new_visit (1, "infusion", cases[i].status, AT (10, 0) + 86400 * i, CHAIR_1);
      gint64 stamps = value (fixture, "SELECT count (*) FROM visit_stamp");
      gint64 slots = value (fixture, "SELECT count (*) FROM visit_slot");

      g_test_message ("%s", cases[i].status);
      g_assert_cmpint (desk_visit_save (fixture->db, visit, &error), ==, cases[i].stamps >= 0);
      if (cases[i].stamps < 0)
        g_assert_error (error, DESK_ERROR, DESK_ERROR_REFUSED);
      g_assert_cmpint (value (fixture, "SELECT count (*) FROM visit_stamp") - stamps, ==, MAX (cases[i].stamps, 0));
      g_assert_cmpint (value (fixture, "SELECT count (*) FROM visit_slot") - slots, ==, cases[i].slots);
    }
}

/* Promises a dose of patient 1 to visit 1. */
static void
reserve_dose (StoreFixture *fixture)
{
  store_exec (fixture,
              "INSERT INTO coi (id, number, opened_at, opened_by) VALUES (1, 'I1', 0, 2);"
              "INSERT INTO collection (id, patient_id, number, method, collected_at, volume_ml, operator_id, coi_id)"
              " VALUES (1, 1, 'K1', 'blood_draw', 0, 50, 2, 1);"
              "INSERT INTO lot (id, patient_id, collection_id, number, started_on) VALUES (1, 1, 1, 'L1', '2026-05-01');"
              "INSERT INTO unit (id, lot_id, patient_id, kind, number, volume_ml, cells, use_until, created_at)"
              " VALUES (1, 1, 1, 'dose_frozen', 'D1', 100, 1000, '2030-01-01', 0);"
              "INSERT INTO unit_event (unit_id, axis, seq, from_state, to_state, at, performer_id)"
              " VALUES (1, 'life', 1, 'new', 'planned', 0, 2);"
              "INSERT INTO reservation (unit_id, visit_id, patient_id, opened_at, opened_by) VALUES (1, 1, 1, 0, 2)");
}

static void
test_cancel_raw (StoreFixture *fixture, gconstpointer data)
{
  g_autoptr (GError) error = NULL;
  g_autoptr (DeskVisit) visit = book (fixture, 1, AT (10, 0), CHAIR_1);

  reserve_dose (fixture);
  g_autoptr (DeskVisit) reserved = desk_visit_load (fixture->db, visit->id, &error);
  g_assert_cmpstr (reserved->dose_number, ==, "D1");
  store_refuse (fixture,
                "INSERT INTO visit_stamp (visit_id, seq, from_status, to_status, at) VALUES (1, 2, 'booked', 'no_show', 0);"
                "UPDATE visit SET status = 'no_show' WHERE id = 1",
                DESK_ERROR_REFUSED, "still-reserved");
}

static void
test_cancel (StoreFixture *fixture, gconstpointer data)
{
  g_autoptr (GError) error = NULL;
  g_autoptr (DeskVisit) visit = book (fixture, 1, AT (10, 0), CHAIR_1);

  reserve_dose (fixture);
  step (fixture, visit, "cancelled_patient");
  g_assert_cmpint (value (fixture, "SELECT count (*) FROM reservation WHERE closed_at IS NULL"), ==, 0);
  g_assert_cmpint (value (fixture, "SELECT count (*) FROM visit_slot"), ==, 0);
  g_assert_cmpint (value (fixture, "SELECT count (*) FROM patient_slot"), ==, 0);

  /* What is over is not moved; its note can still be written. */
  g_autoptr (DeskVisit) moved = desk_visit_copy (visit);
  move (moved, AT (12, 0), CHAIR_1);
  g_assert_false (desk_visit_save (fixture->db, moved, &error));
  g_assert_error (error, DESK_ERROR, DESK_ERROR_REFUSED);
  g_clear_error (&error);
  g_free (visit->note);
  visit->note = g_strdup ("flight delayed");
  g_assert_true (desk_visit_save (fixture->db, visit, &error));

  /* Taken back while the chair is free; not any more once somebody else sits there. */
  step (fixture, visit, "booked");
  g_assert_cmpint (value (fixture, "SELECT count (*) FROM visit_slot"), ==, 18);
  step (fixture, visit, "cancelled_late");
  g_autoptr (DeskVisit) other = book (fixture, 2, AT (10, 0), CHAIR_1);
  g_assert_false (desk_visit_set_status (fixture->db, visit, "booked", &error));
  g_assert_error (error, DESK_ERROR, DESK_ERROR_TAKEN);
  g_assert_nonnull (strstr (error->message, "PARK JIYOUNG"));
  g_assert_cmpstr (visit->status, ==, "cancelled_late");
}

static gint64
promised (StoreFixture *fixture)
{
  return value (fixture, "SELECT coalesce (max (visit_id), 0) FROM reservation WHERE unit_id = 1 AND closed_at IS NULL");
}

/* A cancellation that is taken back takes the dose back too, by a new promise; the old one stays closed. */
static void
test_cancel_undo_dose (StoreFixture *fixture, gconstpointer data)
{
  static const char *const ways[] = { "cancelled_patient", "cancelled_clinic", "cancelled_late", "no_show" };
  g_autoptr (DeskVisit) visit = book (fixture, 1, AT (10, 0), CHAIR_1);

  reserve_dose (fixture);
  for (guint i = 0; i < G_N_ELEMENTS (ways); i++)
    {
      step (fixture, visit, ways[i]);
      g_assert_cmpint (promised (fixture), ==, 0);
      step (fixture, visit, "booked");
      g_assert_null (visit->doses_gone);
      g_assert_cmpint (promised (fixture), ==, visit->id);
      g_assert_cmpint (value (fixture, "SELECT count (*) FROM reservation"), ==, i + 2);
    }
  store_refuse (fixture, "UPDATE reservation SET closed_at = NULL WHERE closed_at IS NOT NULL", DESK_ERROR_REFUSED, "journal-only-grows");

  /* What was given back by hand before the visit was called off does not come back with it. */
  store_exec (fixture, "UPDATE reservation SET closed_at = opened_at WHERE closed_at IS NULL");
  store_exec (fixture, "DROP TRIGGER reservation_fixed; UPDATE reservation SET opened_at = 0, closed_at = 1");
  step (fixture, visit, "cancelled_patient");
  step (fixture, visit, "booked");
  g_assert_null (visit->doses_gone);
  g_assert_cmpint (promised (fixture), ==, 0);
}

/* Where the dose is another visit's by now, or cannot be given any more, the visit comes back without it, and says so. */
static void
test_cancel_undo_gone (StoreFixture *fixture, gconstpointer data)
{
  g_autoptr (DeskVisit) visit = book (fixture, 1, AT (10, 0), CHAIR_1);
  g_autoptr (DeskVisit) other = book (fixture, 1, AT (15, 0), CHAIR_2);

  reserve_dose (fixture);
  step (fixture, visit, "no_show");
  store_exec (fixture, "INSERT INTO reservation (unit_id, visit_id, patient_id, opened_at, opened_by) VALUES (1, 2, 1, 0, 2)");
  step (fixture, visit, "booked");
  g_assert_cmpstr (visit->doses_gone, ==, "D1");
  g_assert_cmpint (promised (fixture), ==, other->id);

  /* That was then: what is called off later had none to lose. */
  store_exec (fixture, "DROP TRIGGER reservation_fixed; UPDATE reservation SET closed_at = 1 WHERE closed_at IS NOT NULL");
  step (fixture, visit, "cancelled_clinic");
  step (fixture, visit, "booked");
  g_assert_null (visit->doses_gone);
  g_assert_cmpint (promised (fixture), ==, other->id);
}

static GPtrArray *
plan (StoreFixture *fixture, gint64 patient, const char *code, DeskProblems *problems)
{
  g_autoptr (GError) error = NULL;
  GPtrArray *visits = NULL;

  if (!desk_course_plan (fixture->db, patient, code, 20607, 10 * 60, 0, &visits, problems, &error))
    g_error ("%s", error->message);
  return visits;
}

static void
test_course (StoreFixture *fixture, gconstpointer data)
{
  g_autoptr (GError) error = NULL;
  g_autoptr (DeskProblems) problems = desk_problems_new ();
  g_autoptr (DeskVisit) there = book (fixture, 2, AT (10, 0) + 14 * 86400, CHAIR_1);
  gint64 course_id = 0;

  store_exec (fixture, "INSERT INTO closed_day (day, reason) VALUES ('2026-06-24', 'Inspection')");
  g_autoptr (GPtrArray) visits = plan (fixture, 1, "treatment-6", problems);
  g_assert_cmpuint (problems->len, ==, 0);
  g_assert_cmpuint (visits->len, ==, 8);
  const DeskVisit *first = g_ptr_array_index (visits, 0), *infusion = g_ptr_array_index (visits, 2),
                  *second = g_ptr_array_index (visits, 3);
  g_assert_cmpuint (first->resources->len, ==, 2); /* room and person */
  g_assert_cmpint (infusion->starts_at, ==, AT (10, 0) + 14 * 86400);
  g_assert_cmpint (g_array_index (infusion->resources, gint64, 0), ==, CHAIR_2); /* the first is taken */
  g_assert_cmpint (second->starts_at, ==, AT (10, 0) + 22 * 86400);              /* the inspection is passed over */

  g_assert_true (desk_course_book (fixture->db, 1, "treatment-6", 20607, visits, &course_id, &error));
  g_assert_no_error (error);
  g_autoptr (GPtrArray) booked = desk_visit_of_course (fixture->db, course_id, &error);
  g_assert_cmpuint (booked->len, ==, 8);
  for (guint i = 0; i < booked->len; i++)
    {
      const DeskVisit *visit = g_ptr_array_index (booked, i), *planned = g_ptr_array_index (visits, i);

      g_assert_cmpint (visit->id, ==, planned->id);
      g_assert_cmpint (visit->course_step, ==, (int) i + 1);
      g_assert_cmpint (visit->starts_at, ==, planned->starts_at);
      g_assert_cmpstr (visit->status, ==, "booked");
    }
}

/* Taking a course back is one act: all of it, or nothing where somebody has changed a visit since. */
static void
test_course_unbook (StoreFixture *fixture, gconstpointer data)
{
  g_autoptr (GError) error = NULL, changed = NULL;
  g_autoptr (DeskProblems) problems = desk_problems_new ();
  g_autoptr (GPtrArray) visits = plan (fixture, 1, "treatment-6", problems);
  gint64 course_id = 0;

  g_assert_true (desk_course_book (fixture->db, 1, "treatment-6", 20607, visits, &course_id, &error));
  g_autoptr (DeskVisit) last = desk_visit_load (fixture->db, ((DeskVisit *) g_ptr_array_index (visits, 7))->id, &error);
  g_assert_true (desk_visit_set_status (fixture->db, last, "confirmed", &error));
  g_assert_false (desk_course_unbook (fixture->db, course_id, visits, &changed));
  g_assert_error (changed, DESK_ERROR, DESK_ERROR_CONFLICT);
  g_assert_cmpint (value (fixture, "SELECT count (*) FROM visit WHERE status = 'booked'"), ==, 7);
  g_assert_cmpint (value (fixture, "SELECT count (*) FROM course WHERE status = 'active'"), ==, 1);

  g_ptr_array_remove_index (visits, 7);
  g_ptr_array_add (visits, g_steal_pointer (&last));
  g_assert_true (desk_course_unbook (fixture->db, course_id, visits, &error));
  g_assert_no_error (error);
  g_assert_cmpint (value (fixture, "SELECT count (*) FROM visit WHERE status = 'cancelled_clinic'"), ==, 8);
  g_assert_cmpint (value (fixture, "SELECT count (*) FROM course WHERE status = 'ended'"), ==, 1);
  g_assert_cmpint (value (fixture, "SELECT count (*) FROM audit WHERE action = 'course.unbook'"), ==, 1);
}

/* Between plan and booking somebody takes the time of the last infusion: nothing at all is booked. */
static void
test_course_whole (StoreFixture *fixture, gconstpointer data)
{
  g_autoptr (GError) error = NULL;
  g_autoptr (DeskProblems) problems = desk_problems_new ();
  g_autoptr (GPtrArray) visits = plan (fixture, 1, "treatment-6", problems);
  const DeskVisit *last = g_ptr_array_index (visits, 7);
  g_autoptr (DeskVisit) there
      = book (fixture, 2, last->starts_at, g_array_index (last->resources, gint64, 0));
  gint64 course_id = 0, audit = value (fixture, "SELECT count (*) FROM audit");

  g_assert_false (desk_course_book (fixture->db, 1, "treatment-6", 20607, visits, &course_id, &error));
  g_assert_error (error, DESK_ERROR, DESK_ERROR_TAKEN);
  g_assert_nonnull (strstr (error->message, "PARK JIYOUNG"));
  g_assert_cmpint (course_id, ==, 0);
  g_assert_cmpint (value (fixture, "SELECT count (*) FROM visit"), ==, 1);
  g_assert_cmpint (value (fixture, "SELECT count (*) FROM course"), ==, 0);
  g_assert_cmpint (value (fixture, "SELECT count (*) FROM audit"), ==, audit);
  for (guint i = 0; i < visits->len; i++)
    g_assert_cmpint (((DeskVisit *) g_ptr_array_index (visits, i))->id, ==, 0);
}

/* What stands against the visits is found for each, and what the clinic lets nobody pass over is not booked. */
static void
test_course_check (StoreFixture *fixture, gconstpointer data)
{
  g_autoptr (GError) error = NULL;
  g_autoptr (DeskProblems) problems = desk_problems_new ();
  gint64 course_id = 0;

  store_exec (fixture, "UPDATE patient SET passport_until = '2026-06-10' WHERE id = 1");
  g_autoptr (GPtrArray) visits = plan (fixture, 1, "treatment-6", problems);
  g_autoptr (GPtrArray) checks = desk_course_check (fixture->db, visits, 0, &error);
  g_assert_no_error (error);
  g_assert_cmpuint (checks->len, ==, visits->len);
  for (guint i = 0; i < visits->len; i++)
    {
      const GPtrArray *conflicts = g_ptr_array_index (checks, i);
      gboolean stay = FALSE;

      for (guint k = 0; k < conflicts->len; k++)
        stay = stay || ((DeskConflict *) g_ptr_array_index (conflicts, k))->kind == DESK_CONFLICT_STAY;
      g_assert_cmpint (stay, ==, i >= 2); /* the infusions, two weeks on */
    }

  store_exec (fixture, "UPDATE conflict_rule SET effect = 'block' WHERE kind = 'stay'");
  g_assert_false (desk_course_book (fixture->db, 1, "treatment-6", 20607, visits, &course_id, &error));
  g_assert_error (error, DESK_ERROR, DESK_ERROR_REFUSED);
  g_assert_cmpstr (error->message, ==, "visit-conflict");
  g_assert_cmpint (value (fixture, "SELECT count (*) FROM visit"), ==, 0);
}

static void
test_course_no_slot (StoreFixture *fixture, gconstpointer data)
{
  g_autoptr (GError) error = NULL;
  g_autoptr (DeskProblems) problems = desk_problems_new ();
  GPtrArray *none = NULL;

  store_exec (fixture, "UPDATE resource SET active = 0 WHERE kind = 'chair'");
  g_autoptr (GPtrArray) visits = plan (fixture, 1, "treatment-6", problems);
  g_assert_cmpuint (visits->len, ==, 1);
  g_assert_cmpuint (problems->len, ==, 1);
  g_assert_cmpstr (desk_problems_get (problems, 0)->field, ==, "blood_draw");
  g_assert_cmpstr (desk_problems_get (problems, 0)->code, ==, "no-slot");
  g_assert_false (desk_course_plan (fixture->db, 1, "nonsense", 20607, 600, 0, &none, problems, &error));
  g_assert_error (error, DESK_ERROR, DESK_ERROR_NOT_FOUND);
}

/* Onto the patient's other visit, or out of hours: told when asked, and the first refused by the file itself too. */
static void
test_onto_other (StoreFixture *fixture, gconstpointer data)
{
  g_autoptr (GError) error = NULL;
  g_autoptr (DeskVisit) other = book (fixture, 1, AT (10, 0), CHAIR_1), visit = book (fixture, 1, AT (14, 0), CHAIR_2);
  static const struct
  {
    int hour, minute;
    DeskConflictKind kind;
    gboolean blocks;
  } cases[] = {
    { 10, 0, DESK_CONFLICT_PATIENT, TRUE },  { 10, 30, DESK_CONFLICT_PATIENT, TRUE }, { 9, 5, DESK_CONFLICT_PATIENT, TRUE },
    { 3, 0, DESK_CONFLICT_HOURS, FALSE },    { 23, 30, DESK_CONFLICT_HOURS, FALSE },  { 4 * 24 + 10, 0, DESK_CONFLICT_CLOSED, FALSE },
  };
  DeskVisitType infusion = { .minutes = 60, .before = 15, .after = 15 };

  for (guint i = 0; i < G_N_ELEMENTS (cases); i++)
    {
      g_autoptr (DeskVisit) moved = desk_visit_copy (visit);

      desk_visit_set_time (moved, &infusion, AT (cases[i].hour, cases[i].minute), 0);
      g_autoptr (GPtrArray) conflicts = desk_visit_check (fixture->db, moved, MIDNIGHT, &error);
      g_assert_no_error (error);
      g_test_message ("%d:%02d", cases[i].hour, cases[i].minute);
      /* Two infusions of a day are too close besides. */
      g_assert_cmpuint (conflicts->len, ==, cases[i].blocks ? 1 : 2);
      const DeskConflict *conflict = conflicts->pdata[0];
      g_assert_cmpint (conflict->kind, ==, cases[i].kind);
      g_assert_cmpint (((DeskConflict *) conflicts->pdata[conflicts->len - 1])->kind, ==, conflicts->len == 2 ? DESK_CONFLICT_COURSE : cases[i].kind);
      g_assert_cmpint (conflict->blocks, ==, cases[i].blocks);
      if (!cases[i].blocks)
        continue;
      g_assert_cmpint (conflict->visit_id, ==, other->id);
      g_assert_false (desk_visit_save (fixture->db, moved, &error));
      g_assert_error (error, DESK_ERROR, DESK_ERROR_TAKEN);
      g_clear_error (&error);
    }
  g_autoptr (DeskVisit) still = desk_visit_load (fixture->db, visit->id, &error);
  g_assert_cmpint (still->starts_at, ==, visit->starts_at);
}

static const char *
refused (StoreFixture *fixture, DeskVisit *visit)
{
  g_autoptr (GError) error = NULL;

  if (desk_visit_save (fixture->db, visit, &error))
    return NULL;
  g_assert_error (error, DESK_ERROR, DESK_ERROR_REFUSED);
  return g_intern_string (error->message);
}

/* What this clinic lets stop a visit does so in the file too, whatever the screen knew; else it only warns. */
static void
test_rules_in_write (StoreFixture *fixture, gconstpointer data)
{
  static const struct
  {
    const char *rule;
    int hour;
    const char *refused;
  } cases[] = {
    { "hours", 3, "visit-hours" },
    { "closed", 4 * 24 + 10, "visit-closed" },
    { "block", 24 + 10, "visit-block" },
    { "blackout", 2 * 24 + 10, "visit-blackout" },
  };
  DeskVisitType infusion = { .minutes = 60, .before = 15, .after = 15 };

  store_exec (fixture, "INSERT INTO block (kind, reason, first_day, last_day, from_minute, until_minute)"
                       " VALUES ('cleaning', 'Floor', '2026-06-04', '2026-06-04', 540, 720);"
                       "INSERT INTO patient_window (patient_id, kind, first_day, last_day) VALUES (1, 'away', '2026-06-05', '2026-06-05')");
  for (guint i = 0; i < G_N_ELEMENTS (cases); i++)
    {
      g_autofree char *stop = g_strdup_printf ("UPDATE conflict_rule SET effect = 'block' WHERE kind = '%s'", cases[i].rule);
      g_autoptr (DeskVisit) warned = new_visit (1, "infusion", "booked", AT (cases[i].hour, 0), CHAIR_2);
      g_autoptr (DeskVisit) made = new_visit (1, "infusion", "booked", AT (cases[i].hour, 0), CHAIR_2);

      g_test_message ("%s", cases[i].rule);
      g_assert_null (refused (fixture, warned));
      step (fixture, warned, "cancelled_clinic");
      store_exec (fixture, stop);
      g_assert_cmpstr (refused (fixture, made), ==, cases[i].refused);
      g_autoptr (DeskVisit) moved = book (fixture, 1, AT (14, 0), CHAIR_1);
      desk_visit_set_time (moved, &infusion, AT (cases[i].hour, 0), 0);
      g_assert_cmpstr (refused (fixture, moved), ==, cases[i].refused);
      step (fixture, moved, "cancelled_clinic");
    }
}

int
main (int argc, char *argv[])
{
  g_test_init (&argc, &argv, NULL);
#define ADD(path, func) g_test_add (path, StoreFixture, NULL, set_up, func, store_fixture_tear_down)
  ADD ("/book/tables", test_tables);
  ADD ("/book/book", test_book);
  ADD ("/book/taken", test_taken);
  ADD ("/book/check", test_check);
  ADD ("/book/move", test_move);
  ADD ("/book/status", test_status);
  ADD ("/book/since", test_since);
  ADD ("/book/first-status", test_first_status);
  ADD ("/book/cancel", test_cancel);
  ADD ("/book/cancel-raw", test_cancel_raw);
  ADD ("/book/cancel-undo-dose", test_cancel_undo_dose);
  ADD ("/book/cancel-undo-gone", test_cancel_undo_gone);
  ADD ("/book/course", test_course);
  ADD ("/book/course-unbook", test_course_unbook);
  ADD ("/book/course-whole", test_course_whole);
  ADD ("/book/course-check", test_course_check);
  ADD ("/book/course-no-slot", test_course_no_slot);
  ADD ("/book/onto-other", test_onto_other);
  ADD ("/book/rules-in-write", test_rules_in_write);
  return g_test_run ();
}
