/* The days a patient can come, and what keeps visits away: kept, changed, taken away; and what the file refuses. */
#include "desk-windows.h"
#include "store-fixture.h"

static void
set_up (StoreFixture *fixture, gconstpointer data)
{
  store_fixture_set_up (fixture, NULL);
  store_exec (fixture, "INSERT INTO patient (chart, family, nationality, created_at, updated_at)"
                       " VALUES ('1', 'A', 'USA', 0, 0), ('2', 'B', 'CHN', 0, 0)");
}

static void
set (char **place, const char *value)
{
  g_free (*place);
  *place = g_strdup (value);
}

static DeskPatientWindow *
add (StoreFixture *fixture, const char *kind, const char *first, const char *last)
{
  DeskPatientWindow *window = desk_patient_window_new (1);
  g_autoptr (GError) error = NULL;

  set (&window->kind, kind);
  set (&window->first_day, first);
  set (&window->last_day, last);
  g_assert_true (desk_patient_window_save (fixture->db, window, &error));
  g_assert_no_error (error);
  return window;
}

static guint
count (StoreFixture *fixture, gint64 patient_id, gboolean with_removed)
{
  g_autoptr (GError) error = NULL;
  g_autoptr (GPtrArray) list = desk_patient_window_list (fixture->db, patient_id, with_removed, &error);

  g_assert_no_error (error);
  return list->len;
}

static void
test_save (StoreFixture *fixture, gconstpointer data)
{
  g_autoptr (GError) error = NULL;
  g_autoptr (DeskPatientWindow) later = add (fixture, "possible", "2026-08-01", "2026-08-31");
  g_autoptr (DeskPatientWindow) chemo = add (fixture, "chemotherapy", "2026-07-01", "");
  g_autoptr (DeskPatientWindow) stale = desk_patient_window_load (fixture->db, chemo->id, &error);

  g_assert_no_error (error);
  chemo->days_after = 14;
  set (&chemo->note, "third cycle");
  g_assert_true (desk_patient_window_save (fixture->db, chemo, &error));
  g_assert_cmpint (chemo->version, ==, 2);

  g_autoptr (GPtrArray) list = desk_patient_window_list (fixture->db, 1, FALSE, &error);
  g_assert_cmpuint (list->len, ==, 2);
  const DeskPatientWindow *read = list->pdata[0];
  g_assert_cmpstr (read->kind, ==, "chemotherapy");
  g_assert_cmpstr (read->first_day, ==, "2026-07-01");
  g_assert_cmpstr (read->last_day, ==, "2026-07-01");
  g_assert_cmpint (read->days_after, ==, 14);
  g_assert_cmpstr (read->note, ==, "third cycle");
  g_assert_cmpint (((DeskPatientWindow *) list->pdata[1])->id, ==, later->id);
  g_assert_cmpuint (count (fixture, 2, TRUE), ==, 0);

  g_assert_false (desk_patient_window_save (fixture->db, stale, &error));
  g_assert_error (error, DESK_ERROR, DESK_ERROR_CONFLICT);
  g_clear_error (&error);
  set (&chemo->last_day, "2026-06-30");
  g_assert_false (desk_patient_window_save (fixture->db, chemo, &error));
  g_assert_error (error, DESK_ERROR, DESK_ERROR_INVALID);
}

static void
test_remove (StoreFixture *fixture, gconstpointer data)
{
  g_autoptr (GError) error = NULL;
  g_autoptr (DeskPatientWindow) window = add (fixture, "away", "2026-07-01", "2026-07-09");
  gint64 version = window->version, stale = window->version;

  g_assert_true (desk_patient_window_remove (fixture->db, window->id, &version, TRUE, &error));
  g_assert_cmpint (version, ==, 2);
  g_assert_cmpuint (count (fixture, 1, FALSE), ==, 0);
  g_assert_cmpuint (count (fixture, 1, TRUE), ==, 1);
  g_assert_false (desk_patient_window_remove (fixture->db, window->id, &stale, TRUE, &error));
  g_assert_error (error, DESK_ERROR, DESK_ERROR_CONFLICT);
  g_clear_error (&error);
  g_assert_true (desk_patient_window_remove (fixture->db, window->id, &version, FALSE, &error));
  g_assert_no_error (error);
  g_assert_cmpuint (count (fixture, 1, FALSE), ==, 1);
}

#define INSERT "INSERT INTO patient_window (patient_id, kind, first_day, last_day, days_before, days_after) VALUES "

/* Past the program. */
static void
test_refused (StoreFixture *fixture, gconstpointer data)
{
  g_autoptr (DeskPatientWindow) window = add (fixture, "away", "2026-07-01", "2026-07-09");

  store_refuse (fixture, "DELETE FROM patient_window", DESK_ERROR_REFUSED, "window-kept");
  store_refuse (fixture, "UPDATE patient_window SET patient_id = 2", DESK_ERROR_REFUSED, "owner-is-fixed");
  store_refuse (fixture, "UPDATE patient_window SET id = 9", DESK_ERROR_REFUSED, "owner-is-fixed");
  store_refuse (fixture, INSERT "(9, 'away', '2026-07-01', '2026-07-02', 0, 0)", DESK_ERROR_REFUSED, NULL);
  store_refuse (fixture, INSERT "(1, 'nap', '2026-07-01', '2026-07-02', 0, 0)", DESK_ERROR_REFUSED, NULL);
  store_refuse (fixture, INSERT "(1, 'away', '2026-07-02', '2026-07-01', 0, 0)", DESK_ERROR_REFUSED, NULL);
  store_refuse (fixture, INSERT "(1, 'away', '2026-7-2', '2026-07-03', 0, 0)", DESK_ERROR_REFUSED, NULL);
  store_refuse (fixture, INSERT "(1, 'away', '2026-07-01', '2026-07-02', -1, 0)", DESK_ERROR_REFUSED, NULL);
  store_refuse (fixture, INSERT "(1, 'away', '2026-07-01', '2026-07-02', 0, 91)", DESK_ERROR_REFUSED, NULL);
  g_assert_cmpuint (count (fixture, 1, TRUE), ==, 1);
}

#define ADD(name, func) g_test_add (name, StoreFixture, NULL, set_up, func, store_fixture_tear_down)

int
main (int argc, char **argv)
{
  g_test_init (&argc, &argv, NULL);
  ADD ("/windows/save", test_save);
  ADD ("/windows/remove", test_remove);
  ADD ("/windows/refused", test_refused);
  return g_test_run ();
}
