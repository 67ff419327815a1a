/* The pinboard, visits that change places, the note of a day, and a visit that does not end over its dose. */
#include "store-fixture.h"

#include <string.h>

#include "desk-day-notes.h"
#include "desk-pins.h"
#include "desk-store.h"

#define CHAIR_1 1
#define CHAIR_2 2

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

static GPtrArray *
both (DeskVisit *one, DeskVisit *two)
{
  GPtrArray *visits = g_ptr_array_new ();

  g_ptr_array_add (visits, one);
  if (two)
    g_ptr_array_add (visits, two);
  return visits;
}

static void
test_pin (StoreFixture *fixture, gconstpointer data)
{
  g_autoptr (GError) error = NULL;
  g_autoptr (DeskVisit) one = book (fixture, 1, AT (10, 0), CHAIR_1);
  g_autoptr (DeskVisit) two = book (fixture, 2, AT (10, 0), CHAIR_2);

  for (int i = 0; i < 2; i++)
    {
      g_assert_true (desk_pin_add (fixture->db, one->id, &error));
      g_assert_no_error (error);
    }
  g_assert_true (desk_pin_add (fixture->db, two->id, &error));
  g_assert_no_error (error);

  /* Another desk, another day: the file knows it. */
  g_autoptr (DeskDb) other = desk_store_open (fixture->path, FALSE, &error);
  g_assert_no_error (error);
  g_autoptr (GPtrArray) board = desk_pin_list (other, &error);
  g_assert_no_error (error);
  g_assert_cmpuint (board->len, ==, 2);
  const DeskVisit *first = g_ptr_array_index (board, 0);
  g_assert_cmpint (first->id, ==, one->id);
  g_assert_cmpstr (first->patient_name, ==, "NGUYEN VAN AN");
  g_assert_cmpuint (first->resources->len, ==, 1);
  g_assert_cmpint (g_array_index (first->resources, gint64, 0), ==, CHAIR_1);
  g_assert_cmpint (value (fixture, "SELECT by_id FROM pin WHERE visit_id = 1"), ==, 2);
  g_assert_cmpint (value (fixture, "SELECT count (*) FROM visit_slot WHERE visit_id = 1"), ==, 18); /* stays where it is */

  g_assert_true (desk_pin_remove (other, two->id, &error));
  g_assert_cmpint (value (fixture, "SELECT count (*) FROM pin"), ==, 1);

  /* What is cancelled leaves the board, and what is over does not come onto it. */
  step (fixture, one, "cancelled_patient");
  g_assert_cmpint (value (fixture, "SELECT count (*) FROM pin"), ==, 0);
  g_assert_false (desk_pin_add (fixture->db, one->id, &error));
  g_assert_error (error, DESK_ERROR, DESK_ERROR_REFUSED);
  g_assert_cmpstr (error->message, ==, "visit-over");
}

/* Into each other's place, though every slot is a key; and back. */
static void
test_swap (StoreFixture *fixture, gconstpointer data)
{
  g_autoptr (GError) error = NULL;
  g_autoptr (DeskVisit) one = book (fixture, 1, AT (10, 0), CHAIR_1);
  g_autoptr (DeskVisit) two = book (fixture, 2, AT (13, 0), CHAIR_1);
  g_autoptr (DeskVisit) same = book (fixture, 1, AT (15, 0), CHAIR_1); /* of the same patient as the first */
  DeskVisitType infusion = { .minutes = 60, .before = 15, .after = 15 };
  DeskVisit *pairs[][2] = { { one, two }, { one, same } };

  for (guint i = 0; i < G_N_ELEMENTS (pairs); i++)
    {
      DeskVisit *a = pairs[i][0], *b = pairs[i][1];
      g_autoptr (GPtrArray) visits = both (a, b);
      gint64 was = a->starts_at, version = a->version;

      g_assert_true (desk_pin_add (fixture->db, a->id, &error));
      g_assert_true (desk_pin_add (fixture->db, b->id, &error));
      desk_visit_set_time (a, &infusion, b->starts_at, 60);
      desk_visit_set_time (b, &infusion, was, 60);
      g_assert_true (desk_pin_place (fixture->db, visits, FALSE, &error));
      g_assert_no_error (error);
      g_assert_cmpint (a->version, ==, version + 1);
      g_assert_cmpint (value (fixture, "SELECT count (*) FROM pin"), ==, 0);
      g_autoptr (DeskVisit) stored = desk_visit_load (fixture->db, b->id, &error);
      g_assert_cmpint (stored->starts_at, ==, was);
      g_assert_cmpint (value (fixture, "SELECT count (*) FROM visit_slot"), ==, 54);
      g_assert_cmpint (value (fixture, "SELECT max (slot) * 300 FROM visit_slot"), <, AT (24, 0));

      desk_visit_set_time (b, &infusion, a->starts_at, 60);
      desk_visit_set_time (a, &infusion, was, 60);
      g_assert_true (desk_pin_place (fixture->db, visits, TRUE, &error));
      g_assert_no_error (error);
      g_assert_cmpint (value (fixture, "SELECT count (*) FROM pin"), ==, 2);
      store_exec (fixture, "DELETE FROM pin");
    }
}

/* All or none: the second was changed at another desk, or runs into a third. */
static void
test_swap_refused (StoreFixture *fixture, gconstpointer data)
{
  g_autoptr (GError) error = NULL;
  g_autoptr (DeskVisit) one = book (fixture, 1, AT (10, 0), CHAIR_1);
  g_autoptr (DeskVisit) two = book (fixture, 2, AT (13, 0), CHAIR_1);
  g_autoptr (DeskVisit) third = book (fixture, 3, AT (15, 0), CHAIR_1);
  DeskVisitType infusion = { .minutes = 60, .before = 15, .after = 15 };
  g_autoptr (GPtrArray) visits = both (one, two);

  desk_visit_set_time (one, &infusion, AT (13, 0), 60);
  desk_visit_set_time (two, &infusion, AT (15, 30), 60);
  g_assert_false (desk_pin_place (fixture->db, visits, FALSE, &error));
  g_assert_error (error, DESK_ERROR, DESK_ERROR_TAKEN);
  g_assert_nonnull (strstr (error->message, "MONONYM"));
  g_clear_error (&error);

  desk_visit_set_time (two, &infusion, AT (10, 0), 60);
  two->version++;
  g_assert_false (desk_pin_place (fixture->db, visits, FALSE, &error));
  g_assert_error (error, DESK_ERROR, DESK_ERROR_CONFLICT);
  g_assert_cmpint (value (fixture, "SELECT starts_at FROM visit WHERE id = 1"), ==, AT (10, 0));
  g_assert_cmpint (value (fixture, "SELECT starts_at FROM visit WHERE id = 2"), ==, AT (13, 0));
  g_assert_cmpint (third->version, ==, 2);
}

static void
test_held (StoreFixture *fixture, gconstpointer data)
{
  g_autoptr (GError) error = NULL;
  g_autoptr (DeskVisit) held = new_visit (1, "infusion", "held", AT (10, 0), CHAIR_1);

  held->held_until = AT (8, 0);
  g_assert_true (desk_visit_save (fixture->db, held, &error));
  g_assert_no_error (error);
  g_autoptr (DeskVisit) stored = desk_visit_load (fixture->db, held->id, &error);
  g_assert_cmpint (stored->held_until, ==, AT (8, 0));
  stored->held_until = AT (9, 0);
  g_assert_true (desk_visit_save (fixture->db, stored, &error));
  g_assert_cmpint (value (fixture, "SELECT held_until FROM visit"), ==, AT (9, 0));
  store_refuse (fixture, "UPDATE visit SET held_until = -5", DESK_ERROR_REFUSED, "CHECK");
}

/* "Done" by habit over a dose that waits is refused, by the program and by the schema. */
static void
test_done_over_dose (StoreFixture *fixture, gconstpointer data)
{
  static const char *const way[] = { "arrived", "checked_in", "in_room" };
  g_autoptr (GError) error = NULL;
  g_autoptr (DeskVisit) visit = book (fixture, 1, AT (10, 0), CHAIR_1);

  reserve_dose (fixture);
  for (guint i = 0; i < G_N_ELEMENTS (way); i++)
    step (fixture, visit, way[i]);
  g_assert_false (desk_visit_set_status (fixture->db, visit, "done", &error));
  g_assert_error (error, DESK_ERROR, DESK_ERROR_REFUSED);
  g_assert_cmpstr (error->message, ==, "dose-not-given");
  g_assert_cmpstr (visit->status, ==, "in_room");
  store_refuse (fixture,
                "INSERT INTO visit_stamp (visit_id, seq, from_status, to_status, at) VALUES (1, 5, 'in_room', 'done', 0);"
                "UPDATE visit SET status = 'done' WHERE id = 1",
                DESK_ERROR_REFUSED, "dose-not-given");
  store_exec (fixture, "UPDATE reservation SET closed_at = 5");
  store_exec (fixture, "UPDATE visit SET status = 'done' WHERE id = 1");
}

static void
test_note (StoreFixture *fixture, gconstpointer data)
{
  g_autoptr (GError) error = NULL;
  g_autoptr (DeskDayNote) none = desk_day_note_load (fixture->db, 20607, &error);

  g_assert_cmpstr (none->text, ==, "");
  g_assert_cmpint (none->version, ==, 0);
  g_autoptr (DeskDayNote) elsewhere = desk_day_note_copy (none);
  g_free (none->text);
  none->text = g_strdup ("The lift is being repaired <b>until</b> noon");
  g_assert_true (desk_day_note_save (fixture->db, none, &error));
  g_assert_no_error (error);
  g_assert_cmpint (none->version, ==, 1);

  /* Read before, written after: refused, first and later. */
  g_assert_false (desk_day_note_save (fixture->db, elsewhere, &error));
  g_assert_error (error, DESK_ERROR, DESK_ERROR_CONFLICT);
  g_clear_error (&error);
  g_assert_true (desk_day_note_save (fixture->db, none, &error));
  elsewhere->version = 1;
  g_assert_false (desk_day_note_save (fixture->db, elsewhere, &error));
  g_assert_error (error, DESK_ERROR, DESK_ERROR_CONFLICT);
  g_autoptr (DeskDayNote) stored = desk_day_note_load (fixture->db, 20607, NULL);
  g_assert_cmpstr (stored->text, ==, none->text);
  g_assert_cmpint (stored->version, ==, 2);
}

static void
test_raw (StoreFixture *fixture, gconstpointer data)
{
  g_autoptr (DeskVisit) visit = book (fixture, 1, AT (10, 0), CHAIR_1);

  store_refuse (fixture, "INSERT INTO pin (visit_id, at) VALUES (99, 0)", DESK_ERROR_REFUSED, "FOREIGN KEY");
  store_exec (fixture, "INSERT INTO pin (visit_id, at) VALUES (1, 0)");
  store_refuse (fixture, "INSERT INTO pin (visit_id, at) VALUES (1, 0)", DESK_ERROR_TAKEN, "pin");
  store_refuse (fixture, "INSERT INTO day_note (day, text) VALUES ('today', '')", DESK_ERROR_REFUSED, "CHECK");
  store_refuse (fixture, "INSERT INTO day_note (day, text) VALUES ('2026-06-03', NULL)", DESK_ERROR_REFUSED, "NOT NULL");
  g_assert_cmpint (visit->id, ==, 1);
}

int
main (int argc, char **argv)
{
  g_test_init (&argc, &argv, NULL);
#define ADD(path, func) g_test_add (path, StoreFixture, NULL, set_up, func, store_fixture_tear_down)
  ADD ("/pins/pin", test_pin);
  ADD ("/pins/swap", test_swap);
  ADD ("/pins/swap-refused", test_swap_refused);
  ADD ("/pins/held", test_held);
  ADD ("/pins/done-over-dose", test_done_over_dose);
  ADD ("/pins/note", test_note);
  ADD ("/pins/raw", test_raw);
  return g_test_run ();
}
