#include "desk-companions.h"
#include "desk-trips.h"
#include "store-fixture.h"

static void
set_up (StoreFixture *fixture, gconstpointer data)
{
  store_fixture_set_up (fixture, NULL);
  store_exec (fixture, "INSERT INTO patient (chart, family, nationality, created_at, updated_at)"
                       " VALUES ('1', 'A', 'USA', 0, 0), ('2', 'B', 'CHN', 0, 0)");
}

static DeskCompanion *
companion_of (DeskDb *db, gint64 patient_id, const char *family)
{
  DeskCompanion *companion = desk_companion_new (patient_id);
  g_autoptr (GError) error = NULL;

  g_free (companion->family);
  companion->family = g_strdup (family);
  g_assert_true (desk_companion_save (db, companion, &error));
  g_assert_no_error (error);
  return companion;
}

static void
set (char **place, const char *value)
{
  g_free (*place);
  *place = g_strdup (value);
}

static void
test_companions (StoreFixture *fixture, gconstpointer data)
{
  g_autoptr (GError) error = NULL;
  g_autoptr (DeskCompanion) mother = companion_of (fixture->db, 1, "TRAN");
  g_autoptr (DeskCompanion) stale = NULL;

  g_assert_cmpint (mother->version, ==, 1);
  stale = desk_companion_load (fixture->db, mother->id, &error);
  set (&mother->passport, " ab 12 ");
  set (&mother->relation, "parent");
  mother->may_be_told = TRUE;
  g_assert_true (desk_companion_save (fixture->db, mother, &error));
  g_assert_cmpint (mother->version, ==, 2);

  g_autoptr (GPtrArray) list = desk_companion_list (fixture->db, 1, FALSE, &error);
  g_assert_cmpuint (list->len, ==, 1);
  const DeskCompanion *read = list->pdata[0];
  g_assert_cmpstr (read->family, ==, "TRAN");
  g_assert_cmpstr (read->passport, ==, "AB 12");
  g_assert_cmpstr (read->relation, ==, "parent");
  g_assert_true (read->may_be_told);
  g_assert_cmpint (read->patient_id, ==, 1);

  g_assert_false (desk_companion_save (fixture->db, stale, &error));
  g_assert_error (error, DESK_ERROR, DESK_ERROR_CONFLICT);
  g_clear_error (&error);

  set (&mother->birth, "yesterday");
  g_assert_false (desk_companion_save (fixture->db, mother, &error));
  g_assert_error (error, DESK_ERROR, DESK_ERROR_INVALID);
  g_clear_error (&error);
}

static void
test_removal (StoreFixture *fixture, gconstpointer data)
{
  g_autoptr (GError) error = NULL;
  g_autoptr (DeskCompanion) mother = companion_of (fixture->db, 1, "TRAN");
  gint64 version = mother->version, stale = mother->version;

  g_assert_true (desk_companion_remove (fixture->db, mother->id, &version, TRUE, &error));
  g_autoptr (GPtrArray) gone = desk_companion_list (fixture->db, 1, FALSE, &error);
  g_autoptr (GPtrArray) all = desk_companion_list (fixture->db, 1, TRUE, &error);
  g_assert_cmpuint (gone->len, ==, 0);
  g_assert_cmpuint (all->len, ==, 1);
  g_assert_cmpint (((DeskCompanion *) all->pdata[0])->removed_at, >, 0);

  g_assert_false (desk_companion_remove (fixture->db, mother->id, &stale, FALSE, &error));
  g_assert_error (error, DESK_ERROR, DESK_ERROR_CONFLICT);
  g_clear_error (&error);
  g_assert_true (desk_companion_remove (fixture->db, mother->id, &version, FALSE, &error));
  g_autoptr (GPtrArray) back = desk_companion_list (fixture->db, 1, FALSE, &error);
  g_assert_cmpuint (back->len, ==, 1);
}

static DeskTrip *
trip_of (gint64 patient_id, const char *entry, const char *departure)
{
  DeskTrip *trip = desk_trip_new (patient_id);

  set (&trip->planned_entry, entry);
  set (&trip->planned_departure, departure);
  return trip;
}

static void
test_trips (StoreFixture *fixture, gconstpointer data)
{
  g_autoptr (GError) error = NULL;
  g_autoptr (DeskCompanion) mother = companion_of (fixture->db, 1, "TRAN");
  g_autoptr (DeskTrip) trip = trip_of (1, "2026-03-01", "2026-03-20");
  g_autoptr (DeskTrip) later = trip_of (1, "2026-06-01", "");
  guint n;
  const DeskRecordField *fields = desk_trip_fields (&n);

  trip->companions = g_array_new (FALSE, FALSE, sizeof (gint64));
  g_array_append_val (trip->companions, mother->id);
  set (&trip->route, "medical_visa");
  set (&trip->guarantor, "JMS");
  set (&trip->guarantor_list, "B");
  set (&trip->mission, "Hanoi");
  trip->visa_days = 90;
  trip->hospitalised = TRUE;
  g_assert_true (desk_trip_save (fixture->db, trip, &error));
  g_assert_true (desk_trip_save (fixture->db, later, &error));

  g_autoptr (GPtrArray) list = desk_trip_list (fixture->db, 1, FALSE, &error);
  g_assert_cmpuint (list->len, ==, 2);
  g_assert_cmpint (((DeskTrip *) list->pdata[0])->id, ==, later->id);
  const DeskTrip *read = list->pdata[1];
  for (guint i = 0; i < n; i++)
    g_assert_cmpstr (desk_record_get (read, &fields[i]), ==, desk_record_get (trip, &fields[i]));
  g_assert_cmpint (read->visa_days, ==, 90);
  g_assert_true (read->hospitalised);
  g_assert_cmpint (read->version, ==, 1);
  g_assert_true (desk_trip_has_companion (read, mother->id));

  g_array_set_size (trip->companions, 0);
  set (&trip->entered_on, "2026-03-02");
  trip->permitted_days = 90;
  g_assert_true (desk_trip_save (fixture->db, trip, &error));
  g_autoptr (DeskTrip) again = desk_trip_load (fixture->db, trip->id, &error);
  g_assert_cmpstr (again->entered_on, ==, "2026-03-02");
  g_assert_cmpuint (again->companions->len, ==, 0);
  g_assert_cmpint (again->version, ==, 2);

  trip->version = 1;
  g_assert_false (desk_trip_save (fixture->db, trip, &error));
  g_assert_error (error, DESK_ERROR, DESK_ERROR_CONFLICT);
  g_clear_error (&error);

  gint64 version = later->version;
  g_assert_true (desk_trip_cancel (fixture->db, later->id, &version, TRUE, &error));
  g_autoptr (GPtrArray) left = desk_trip_list (fixture->db, 1, FALSE, &error);
  g_assert_cmpuint (left->len, ==, 1);
  g_assert_true (desk_trip_cancel (fixture->db, later->id, &version, FALSE, &error));
  g_autoptr (GPtrArray) both = desk_trip_list (fixture->db, 1, FALSE, &error);
  g_assert_cmpuint (both->len, ==, 2);
}

static gint64
count (StoreFixture *fixture, const char *sql)
{
  g_autoptr (GError) error = NULL;
  gint64 n = -1;

  g_assert_true (desk_db_value (fixture->db, &n, &error, sql, ""));
  return n;
}

/* Nobody else's companion, and nothing is left of a stay that was not saved. */
static void
test_refused (StoreFixture *fixture, gconstpointer data)
{
  g_autoptr (GError) error = NULL;
  g_autoptr (DeskCompanion) stranger = companion_of (fixture->db, 2, "LI");
  g_autoptr (DeskTrip) trip = trip_of (1, "2026-03-01", "2026-03-20");
  g_autoptr (DeskTrip) backwards = trip_of (1, "2026-03-02", "2026-03-01");

  trip->companions = g_array_new (FALSE, FALSE, sizeof (gint64));
  g_array_append_val (trip->companions, stranger->id);
  g_assert_false (desk_trip_save (fixture->db, trip, &error));
  g_assert_error (error, DESK_ERROR, DESK_ERROR_REFUSED);
  g_clear_error (&error);
  g_assert_cmpint (count (fixture, "SELECT count (*) FROM trip"), ==, 0);
  g_assert_false (desk_trip_save (fixture->db, backwards, &error));
  g_assert_error (error, DESK_ERROR, DESK_ERROR_INVALID);
}

static void
test_schema (StoreFixture *fixture, gconstpointer data)
{
  static const struct
  {
    const char *sql, *message;
  } refused[] = {
    { "INSERT INTO companion (patient_id, family) VALUES (1, '')", NULL },
    { "INSERT INTO companion (patient_id, family, relation) VALUES (1, 'X', 'boss')", NULL },
    { "INSERT INTO companion (patient_id, family) VALUES (99, 'X')", NULL },
    { "DELETE FROM companion", "companion-kept" },
    { "INSERT INTO trip (patient_id, route) VALUES (1, 'swim')", NULL },
    { "INSERT INTO trip (patient_id, planned_entry, planned_departure) VALUES (1, '2026-03-02', '2026-03-01')", NULL },
    { "INSERT INTO trip (patient_id, departed_on) VALUES (1, '2026-03-01')", NULL },
    { "INSERT INTO trip (patient_id, entered_on, departed_on) VALUES (1, '2026-03-02', '2026-03-01')", NULL },
    { "INSERT INTO trip (patient_id, departure_reported_on) VALUES (1, '2026-03-01')", NULL },
    { "INSERT INTO trip (patient_id, visa_entries) VALUES (1, 'many')", NULL },
    { "INSERT INTO trip (patient_id, guarantor_list) VALUES (1, 'C')", NULL },
    { "INSERT INTO trip (patient_id, permitted_days) VALUES (1, 367)", NULL },
    { "DELETE FROM trip", "trip-kept" },
    { "INSERT INTO trip_companion VALUES (1, 2, 1)", NULL },
    { "INSERT INTO trip_companion VALUES (1, 2, 2)", NULL },
    { "INSERT INTO exemption (nationality, mrz, days, confidence, as_of) VALUES ('USA', 'USA', 90, 'high', '2026-01-01')", NULL },
    { "INSERT INTO exemption_source (id, name, at) VALUES (2, 'x', 0)", NULL },
  };
  g_autoptr (DeskCompanion) mother = companion_of (fixture->db, 1, "TRAN");
  g_autoptr (DeskCompanion) stranger = companion_of (fixture->db, 2, "LI");

  store_exec (fixture, "INSERT INTO trip (patient_id) VALUES (1)");
  store_exec (fixture, "INSERT INTO trip_companion VALUES (1, 1, 1)");
  for (guint i = 0; i < G_N_ELEMENTS (refused); i++)
    {
      g_test_message ("%s", refused[i].sql);
      store_refuse (fixture, refused[i].sql, DESK_ERROR_REFUSED, refused[i].message);
    }
}

static void
test_exemptions (StoreFixture *fixture, gconstpointer data)
{
  g_autoptr (GError) error = NULL;
  g_autofree char *source = NULL;
  g_autoptr (GPtrArray) shipped = desk_exemption_load (fixture->db, &source, &error);
  const DeskExemption *line;

  g_assert_null (source);
  g_assert_cmpuint (shipped->len, >, 70);
  while (shipped->len > 3)
    g_ptr_array_remove_index (shipped, shipped->len - 1);
  ((DeskExemption *) shipped->pdata[0])->days = 30;
  for (guint i = 0; i < 2; i++)
    g_assert_true (desk_exemption_replace (fixture->db, shipped, "our table.csv", &error));

  g_autoptr (GPtrArray) own = desk_exemption_load (fixture->db, &source, &error);
  g_assert_cmpstr (source, ==, "our table.csv");
  g_assert_cmpuint (own->len, ==, 3);
  g_assert_cmpint (desk_exemption_find (own, "AND", &line), ==, DESK_EXEMPT_YES);
  g_assert_cmpint (line->days, ==, 30);
  g_assert_cmpint (desk_exemption_find (own, "USA", &line), ==, DESK_EXEMPT_NO);

  g_assert_true (desk_exemption_replace (fixture->db, NULL, NULL, &error));
  g_clear_pointer (&source, g_free);
  g_autoptr (GPtrArray) back = desk_exemption_load (fixture->db, &source, &error);
  g_assert_null (source);
  g_assert_cmpuint (back->len, >, 70);
  g_assert_cmpint (count (fixture, "SELECT count (*) FROM exemption"), ==, 0);
}

static void
test_file (StoreFixture *fixture, gconstpointer data)
{
  g_autoptr (GError) error = NULL;
  g_autoptr (DeskProblems) problems = desk_problems_new ();
  g_autoptr (DeskTrip) trip = trip_of (1, "2026-03-01", "2026-03-20");

  set (&trip->route, "exempt");
  trip->exempt_days = 15;
  g_assert_true (desk_trip_save (fixture->db, trip, &error));
  g_autoptr (DeskStayFile) file = desk_stay_load (fixture->db, 1, desk_day_from_ymd (2026, 1, 1), &error);
  g_assert_nonnull (file);
  g_assert_false (file->look.schedule);
  file->look.trip = file->trips->pdata[0];
  desk_stay_check (&file->look, problems);
  g_assert_cmpstr (desk_problems_find (problems, "exempt_days")->detail, ==, "90");
  g_assert_cmpstr (desk_problems_find (problems, "planned_departure")->code, ==, "over-exempt-days");
}

int
main (int argc, char *argv[])
{
  g_test_init (&argc, &argv, NULL);
#define ADD(path, func) g_test_add (path, StoreFixture, NULL, set_up, func, store_fixture_tear_down)
  ADD ("/trips/companions", test_companions);
  ADD ("/trips/removal", test_removal);
  ADD ("/trips/trips", test_trips);
  ADD ("/trips/refused", test_refused);
  ADD ("/trips/schema", test_schema);
  ADD ("/trips/exemptions", test_exemptions);
  ADD ("/trips/file", test_file);
  return g_test_run ();
}
