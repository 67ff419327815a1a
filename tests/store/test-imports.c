#include "store-fixture.h"

#include "desk-imports.h"

static DeskPatient *
person (const char *family, const char *chart)
{
  DeskPatient *patient = desk_patient_new ();

  g_free (patient->family);
  patient->family = g_strdup (family);
  g_free (patient->chart);
  patient->chart = g_strdup (chart);
  return patient;
}

static gint64
value (StoreFixture *fixture, const char *sql)
{
  g_autoptr (GError) error = NULL;
  gint64 n = -1;

  g_assert_true (desk_db_value (fixture->db, &n, &error, sql, ""));
  g_assert_no_error (error);
  return n;
}

/* Takes in so many people; 0 when it fails. */
static gint64
take_in (StoreFixture *fixture, guint n, guint announced, DeskError *code)
{
  g_autoptr (GError) error = NULL;
  g_autoptr (DeskImportWriter) writer = desk_import_begin (fixture->db, "people.csv", "d1", announced, &error);
  gint64 batch = 0;

  g_assert_no_error (error);
  for (guint i = 0; i < n; i++)
    {
      g_autofree char *family = g_strdup_printf ("Importova%u", i);
      g_autoptr (DeskPatient) patient = person (family, i == 1 ? "OLD-7" : "");

      if (!desk_import_add (writer, patient, i + 2, &error))
        break;
      g_assert_cmpint (patient->id, >, 0);
      g_assert_cmpstr (patient->chart, !=, "");
    }
  if (!error && desk_import_commit (writer, &batch, &error))
    return batch;
  *code = error->code;
  return 0;
}

static guint
found (StoreFixture *fixture, const char *text)
{
  g_autoptr (GError) error = NULL;
  g_autoptr (GArray) ids = desk_patient_search (fixture->db, text, 100, &error);

  g_assert_no_error (error);
  return ids->len;
}

static void
test_whole (StoreFixture *fixture, gconstpointer data)
{
  g_autoptr (GError) error = NULL;
  DeskError code = 0;
  gint64 before = value (fixture, "SELECT count (*) FROM audit"), known;
  gint64 batch = take_in (fixture, 5, 5, &code);
  guint kept;

  g_assert_cmpint (batch, >, 0);
  g_assert_cmpint (value (fixture, "SELECT count (*) FROM audit"), ==, before + 1);
  g_assert_cmpuint (found (fixture, "importova3"), ==, 1);
  g_assert_cmpuint (found (fixture, "OLD-7"), ==, 1);
  g_assert_true (desk_import_known (fixture->db, "d1", &known, &error));
  g_assert_cmpint (known, ==, batch);

  g_assert_true (desk_import_undo (fixture->db, batch, &kept, NULL, NULL, &error));
  g_assert_cmpuint (kept, ==, 0);
  g_assert_cmpint (value (fixture, "SELECT count (*) FROM patient"), ==, 0);
  g_assert_cmpint (value (fixture, "SELECT count (*) FROM patient_word"), ==, 0);
  g_assert_cmpuint (found (fixture, "importova"), ==, 0);
  g_assert_true (desk_import_known (fixture->db, "d1", &known, &error));
  g_assert_cmpint (known, ==, 0);
  g_assert_false (desk_import_undo (fixture->db, batch, &kept, NULL, NULL, &error));
  g_assert_error (error, DESK_ERROR, DESK_ERROR_CONFLICT);

  g_clear_error (&error);
  g_autoptr (GPtrArray) batches = desk_import_batches (fixture->db, &error);
  const DeskImportBatch *only = g_ptr_array_index (batches, 0);
  g_assert_cmpuint (batches->len, ==, 1);
  g_assert_cmpint (only->patients, ==, 5);
  g_assert_cmpint (only->undone_at, >, 0);
}

/* Nothing of an import is there unless all of it is. */
static void
test_nothing (StoreFixture *fixture, gconstpointer data)
{
  DeskError code = 0;
  g_autoptr (DeskPatient) other = person ("Other", "OLD-7");
  g_autoptr (GError) error = NULL;

  g_assert_cmpint (take_in (fixture, 4, 5, &code), ==, 0);
  g_assert_cmpint (code, ==, DESK_ERROR_INVALID);
  g_assert_true (desk_patient_save (fixture->db, other, &error));
  g_assert_cmpint (take_in (fixture, 5, 5, &code), ==, 0);
  g_assert_cmpint (code, ==, DESK_ERROR_TAKEN);
  g_assert_cmpint (value (fixture, "SELECT count (*) FROM patient"), ==, 1);
  g_assert_cmpint (value (fixture, "SELECT count (*) FROM import_batch"), ==, 0);
  g_assert_cmpuint (found (fixture, "importova"), ==, 0);
}

/* Whoever was worked with since stays, and is still found. */
static void
test_kept (StoreFixture *fixture, gconstpointer data)
{
  g_autoptr (GError) error = NULL;
  DeskError code = 0;
  gint64 batch = take_in (fixture, 6, 6, &code);
  guint kept;

  store_exec (fixture, "INSERT INTO course (patient_id, template, started_on)"
                       " SELECT patient_id, 'six', '2026-01-01' FROM import_row WHERE line = 4");
  g_autoptr (GArray) ids = desk_patient_search (fixture->db, "importova5", 1, &error);
  g_autoptr (DeskPatient) edited = desk_patient_load (fixture->db, g_array_index (ids, gint64, 0), &error);
  g_free (edited->phone);
  edited->phone = g_strdup ("+81 3 1234 5678");
  g_assert_true (desk_patient_save (fixture->db, edited, &error));

  g_assert_true (desk_import_undo (fixture->db, batch, &kept, NULL, NULL, &error));
  g_assert_no_error (error);
  g_assert_cmpuint (kept, ==, 2);
  g_assert_cmpint (value (fixture, "SELECT count (*) FROM patient"), ==, 2);
  g_assert_cmpuint (found (fixture, "importova2"), ==, 1);
  g_assert_cmpuint (found (fixture, "5678"), ==, 1);
  g_assert_cmpuint (found (fixture, "importova"), ==, 2);
}

static void
test_schema (StoreFixture *fixture, gconstpointer data)
{
  DeskError code = 0;
  guint kept;
  g_autoptr (GError) error = NULL;
  gint64 batch = take_in (fixture, 2, 2, &code);
  static const char grows[] = "journal-only-grows";

  store_refuse (fixture, "DELETE FROM patient", DESK_ERROR_REFUSED, "patient-kept");
  store_refuse (fixture, "DELETE FROM import_row", DESK_ERROR_REFUSED, grows);
  store_refuse (fixture, "UPDATE import_row SET line = 1", DESK_ERROR_REFUSED, grows);
  store_refuse (fixture, "DELETE FROM import_batch", DESK_ERROR_REFUSED, grows);
  store_refuse (fixture, "UPDATE import_batch SET patients = 9, undone_at = 5", DESK_ERROR_REFUSED, grows);
  g_assert_true (desk_import_undo (fixture->db, batch, &kept, NULL, NULL, &error));
  store_refuse (fixture, "UPDATE import_batch SET undone_at = NULL", DESK_ERROR_REFUSED, grows);
  /* An import that was taken back cannot be used to delete somebody else. */
  store_exec (fixture, "INSERT INTO patient (id, chart, family, created_at, updated_at) VALUES (900, 'X', 'X', 0, 0)");
  store_refuse (fixture, "INSERT INTO import_row (batch_id, patient_id, line) VALUES (1, 900, 1)", DESK_ERROR_REFUSED, grows);
  store_refuse (fixture, "DELETE FROM patient", DESK_ERROR_REFUSED, "patient-kept");
}

static void
test_mapping (StoreFixture *fixture, gconstpointer data)
{
  g_autoptr (GError) error = NULL;
  g_autofree char *none = desk_import_mapping_load (fixture->db, "a|b", &error);

  g_assert_null (none);
  g_assert_no_error (error);
  g_assert_true (desk_import_mapping_save (fixture->db, "a|b", "family=a\n", &error));
  g_assert_true (desk_import_mapping_save (fixture->db, "a|b", "family=b\n", &error));
  g_autofree char *kept = desk_import_mapping_load (fixture->db, "a|b", &error);
  g_assert_cmpstr (kept, ==, "family=b\n");
}

#define ADD(path, func) g_test_add (path, StoreFixture, NULL, store_fixture_set_up, func, store_fixture_tear_down)

int
main (int argc, char **argv)
{
  g_test_init (&argc, &argv, NULL);
  ADD ("/store/imports/whole", test_whole);
  ADD ("/store/imports/nothing", test_nothing);
  ADD ("/store/imports/kept", test_kept);
  ADD ("/store/imports/schema", test_schema);
  ADD ("/store/imports/mapping", test_mapping);
  return g_test_run ();
}
