/* What was read from passports: the newest of each counts, and nothing of it is changed afterwards. */
#include "desk-passports.h"
#include "store-fixture.h"

#include <string.h>

static void
set_up (StoreFixture *fixture, gconstpointer data)
{
  store_fixture_set_up (fixture, data);
  store_exec (fixture, "INSERT INTO patient (id, chart, family, given, sex, birth, nationality, languages, created_at, updated_at)"
                       " VALUES (1, 'P-000001', 'NGUYEN', 'ANNA', 'F', '1970-01-01', 'VNM', 'en', 0, 0),"
                       " (2, 'P-000002', 'LE', 'BINH', 'M', '1971-01-01', 'VNM', 'en', 0, 0);"
                       " INSERT INTO companion (id, patient_id, family) VALUES (5, 1, 'TRAN')");
}

static void
read_one (StoreFixture *fixture, gint64 patient, gint64 companion, const char *family)
{
  g_autoptr (GError) error = NULL;
  g_autoptr (DeskPassportReading) reading = desk_passport_reading_new (patient, companion);

  g_free (reading->family);
  reading->family = g_strdup (family);
  g_assert_true (desk_passport_add (fixture->db, reading, &error));
  g_assert_no_error (error);
  g_assert_cmpint (reading->id, >, 0);
}

static void
test_newest (StoreFixture *fixture, gconstpointer data)
{
  g_autoptr (GError) error = NULL;

  read_one (fixture, 1, 0, "NGUYEN");
  read_one (fixture, 1, 5, "TRAN");
  read_one (fixture, 2, 0, "LE");
  read_one (fixture, 1, 0, "NGUYEN THI");
  g_autoptr (GPtrArray) readings = desk_passport_list (fixture->db, 1, &error);
  g_assert_no_error (error);
  g_assert_cmpuint (readings->len, ==, 2);
  g_assert_cmpstr (desk_passport_reading_find (readings, 0)->family, ==, "NGUYEN THI");
  g_assert_cmpstr (desk_passport_reading_find (readings, 5)->family, ==, "TRAN");
  g_assert_null (desk_passport_reading_find (readings, 6));
}

static void
test_refused (StoreFixture *fixture, gconstpointer data)
{
  static const char *const rows[][2] = {
    { "UPDATE passport_reading SET family = 'X'", "journal-only-grows" },
    { "DELETE FROM passport_reading", "journal-only-grows" },
    { "UPDATE passport_reading SET patient_id = 2", "owner-is-fixed" },
    { "INSERT INTO passport_reading (patient_id, companion_id, family, read_at) VALUES (2, 5, 'X', 0)", "owner-is-fixed" },
  };

  read_one (fixture, 1, 0, "NGUYEN");
  for (guint i = 0; i < G_N_ELEMENTS (rows); i++)
    {
      g_autoptr (GError) error = NULL;

      g_assert_false (desk_db_exec (fixture->db, rows[i][0], &error));
      if (!strstr (error->message, rows[i][1]))
        g_test_fail_printf ("%s: %s", rows[i][0], error->message);
    }
}

int
main (int argc, char *argv[])
{
  g_test_init (&argc, &argv, NULL);
  g_test_add ("/passports/newest", StoreFixture, NULL, set_up, test_newest, store_fixture_tear_down);
  g_test_add ("/passports/refused", StoreFixture, NULL, set_up, test_refused, store_fixture_tear_down);
  return g_test_run ();
}
