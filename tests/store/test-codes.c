/* Which thing a code names, in a file with numbers of every age; codes that are given; what the file itself refuses. */
#include "desk-cells.h"
#include "desk-codes.h"
#include "store-fixture.h"

#include <string.h>

static void
set_up (StoreFixture *fixture, gconstpointer data)
{
  store_fixture_set_up (fixture, data);
  store_exec (fixture,
              "INSERT INTO clinic (id, uuid, name, name_ja, facility, plan_number) VALUES (1, 'u', 'Clinic', 'クリニック', 'FC3150001', 'PC3150325');"
              "INSERT INTO staff (id, name, role) VALUES (1, 'Culture', 'culture'), (2, 'Second', 'culture');"
              "INSERT INTO staff (id, name, role, active) VALUES (3, 'Gone', 'nurse', 0);"
              "INSERT INTO patient (id, chart, family, given, created_at, updated_at) VALUES"
              " (1, 'P-000001', 'NGUYEN', 'VAN AN', 0, 0), (2, 'kx 77/a', 'OLD', 'CHART', 0, 0), (3, 'L26-0099', 'ODD', 'CHART', 0, 0);"
              "INSERT INTO coi (id, number, opened_at, opened_by) VALUES (1, 'H26-0001-N', 0, 1);"
              "INSERT INTO collection (id, patient_id, number, method, collected_at, volume_ml, operator_id, coi_id) VALUES"
              " (1, 1, 'C26-0001', 'blood_draw', 0, 50, 1, 1), (2, 1, 'C26-0002', 'blood_draw', 0, 50, 1, 1);"
              "INSERT INTO lot (id, patient_id, collection_id, number, started_on) VALUES"
              " (1, 1, 1, 'L26-0001', '2026-05-01'), (2, 1, 2, 'L26-0099', '2026-05-01');"
              "INSERT INTO container (id, parent_id, kind, name, barcode) VALUES (1, NULL, 'tank', 'Tank 1', 'OLD-TANK'),"
              " (2, 1, 'rack', 'Rack 1', NULL);"
              "INSERT INTO device (id, kind, name) VALUES (1, 'bath', 'Bath A');"
              "INSERT INTO isbt_facility (id, code, entered_at, entered_by) VALUES (1, 'A9999', 0, 1);"
              "INSERT INTO isbt_collection (collection_id, din) VALUES (1, 'A999926000001')");
  g_autofree char *whole = desk_code_local_unit ("L26-0001", 2);
  g_autofree char *units = g_strdup_printf (
      "INSERT INTO unit (id, lot_id, patient_id, kind, number, volume_ml, cells, use_until, created_at) VALUES"
      " (1, 1, 1, 'dose_frozen', 'L26-0001-01', 20, 1000000000, '2099-01-01', 0),"
      " (2, 1, 1, 'dose_frozen', '%s', 20, 1000000000, '2099-01-01', 0);"
      "INSERT INTO isbt_unit (unit_id, din, product, division) VALUES (2, 'A999926000001', 'S12951Aa', '');"
      "UPDATE unit SET barcode = '=+03000=A99992600000100=<S12951Aa&>0990012359' WHERE id = 2", whole);
  store_exec (fixture, units);
}

static DeskFound
find (StoreFixture *fixture, const char *text)
{
  g_autoptr (GError) error = NULL;
  g_autoptr (DeskCode) code = desk_code_read (text);
  DeskFound found;

  g_assert_true (desk_code_find (fixture->db, code, &found, &error));
  g_assert_no_error (error);
  return found;
}

static void
test_find (StoreFixture *fixture, gconstpointer data)
{
  g_autofree char *whole = desk_code_local_unit ("L26-0001", 2);
  g_autofree char *wrong = g_strdup (whole);
  g_autofree char *missing = desk_code_without_check (whole);
  g_autofree char *nobody = desk_code_local (DESK_LOCAL_LOT, 2026, 777);
  g_autofree char *badge = desk_code_local (DESK_LOCAL_STAFF, 0, 2), *gone = desk_code_local (DESK_LOCAL_STAFF, 0, 3);
  char *last = wrong + strlen (wrong) - 1;
  *last = *last == 'A' ? 'B' : 'A';
  const struct
  {
    const char *text;
    DeskCodeKind kind;
    gint64 id, patient;
    const char *problem;
  } rows[] = {
    { "L26-0001-01", DESK_CODE_UNIT, 1, 1, NULL },
    { "l26-0001-01\r", DESK_CODE_UNIT, 1, 1, NULL },
    { whole, DESK_CODE_UNIT, 2, 1, NULL },
    { wrong, DESK_CODE_UNKNOWN, 0, 0, "code-check" },
    { missing, DESK_CODE_UNKNOWN, 0, 0, "code-check-missing" },
    { nobody, DESK_CODE_UNKNOWN, 0, 0, "code-not-found" },
    { "L26-0001", DESK_CODE_LOT, 1, 1, NULL },
    { "C26-0001", DESK_CODE_COLLECTION, 1, 1, NULL },
    { "H26-0001-N", DESK_CODE_COI, 1, 1, NULL },
    { "P-000001", DESK_CODE_PATIENT, 1, 1, NULL },
    { "kx 77/a", DESK_CODE_PATIENT, 2, 2, NULL },
    { "L26-0099", DESK_CODE_LOT, 2, 1, NULL }, /* an odd chart is called so, too: the shape decides */
    { "OLD-TANK", DESK_CODE_CONTAINER, 1, 0, NULL },
    { badge, DESK_CODE_STAFF, 2, 0, NULL },
    { gone, DESK_CODE_UNKNOWN, 0, 0, "code-not-found" },
    { "=A99992600000100", DESK_CODE_COLLECTION, 1, 1, NULL },
    { "=A99992600000161", DESK_CODE_UNKNOWN, 0, 0, "isbt-flags" },
    { "=A99992600000100=<S12951Aa", DESK_CODE_UNIT, 2, 1, NULL },
    { "=A99992600000100=<S12951Ab", DESK_CODE_UNKNOWN, 0, 0, "code-not-found" },
    { "=+03000=A99992600000100=<S12951Aa&>0990012359", DESK_CODE_UNIT, 2, 1, NULL },
    { "^A99992600000100", DESK_CODE_UNKNOWN, 0, 0, "code-layout-jis" },
    { "GARBAGE", DESK_CODE_UNKNOWN, 0, 0, "code-unknown" },
    { "", DESK_CODE_UNKNOWN, 0, 0, "code-empty" },
    { "'; DROP TABLE unit; --", DESK_CODE_UNKNOWN, 0, 0, "code-layout-jis" },
  };

  for (guint i = 0; i < G_N_ELEMENTS (rows); i++)
    {
      DeskFound found = find (fixture, rows[i].text);

      if (found.kind != rows[i].kind || found.id != rows[i].id || found.patient_id != rows[i].patient
          || g_strcmp0 (found.problem, rows[i].problem) != 0)
        g_test_fail_printf ("%s: %s %d of %d, %s", rows[i].text, desk_code_kind_name (found.kind), (int) found.id,
                            (int) found.patient_id, found.problem ? found.problem : "found");
    }
}

/* Two things with one foreign code: neither is taken. */
static void
test_ambiguous (StoreFixture *fixture, gconstpointer data)
{
  store_exec (fixture, "UPDATE device SET barcode = 'X77' WHERE id = 1;"
                       "UPDATE patient SET chart = 'X77', version = version + 1 WHERE id = 3");
  DeskFound found = find (fixture, "X77");
  g_assert_cmpint (found.kind, ==, DESK_CODE_UNKNOWN);
  g_assert_cmpint (found.id, ==, 0);
  g_assert_cmpstr (found.problem, ==, "code-ambiguous");
}

static void
test_given (StoreFixture *fixture, gconstpointer data)
{
  g_autoptr (GError) error = NULL;
  g_autofree char *first = desk_code_local (DESK_LOCAL_CONTAINER, 0, 1);
  g_autofree char *taken = g_strdup_printf ("UPDATE container SET barcode = '%s' WHERE id = 1", first);

  store_exec (fixture, taken);
  g_assert_true (desk_code_give_container (fixture->db, 2, &error));
  g_autofree char *code = desk_code_of (fixture->db, DESK_CODE_CONTAINER, 2, &error);
  g_assert_true (g_str_has_prefix (code, "B-000002-"));
  g_assert_true (desk_code_give_container (fixture->db, 2, &error));
  g_autofree char *again = desk_code_of (fixture->db, DESK_CODE_CONTAINER, 2, &error);
  g_assert_cmpstr (again, ==, code);
  DeskFound found = find (fixture, code);
  g_assert_cmpint (found.kind, ==, DESK_CODE_CONTAINER);
  g_assert_cmpint (found.id, ==, 2);
  g_autofree char *place = desk_code_local_place (code, 3, 7);
  found = find (fixture, place);
  g_assert_cmpint (found.kind, ==, DESK_CODE_PLACE);
  g_assert_cmpint (found.id, ==, 2);
  g_assert_cmpint (found.row, ==, 3);
  g_assert_cmpint (found.col, ==, 7);

  g_assert_true (desk_code_give_device (fixture->db, 1, &error));
  g_autofree char *device = desk_code_of (fixture->db, DESK_CODE_DEVICE, 1, &error);
  found = find (fixture, device);
  g_assert_cmpint (found.kind, ==, DESK_CODE_DEVICE);
  g_assert_null (desk_code_of (fixture->db, DESK_CODE_UNIT, 99, &error));
  g_assert_error (error, DESK_ERROR, DESK_ERROR_NOT_FOUND);
}

/* No number twice, ever; nobody else's donation. */
static void
test_refused (StoreFixture *fixture, gconstpointer data)
{
  static const char *const texts[] = {
    "INSERT INTO isbt_collection (collection_id, din) VALUES (2, 'A999926000001')",
    "UPDATE isbt_collection SET din = 'A999926000009' WHERE collection_id = 1",
    "DELETE FROM isbt_collection",
    "INSERT INTO isbt_unit (unit_id, din, product) VALUES (1, 'A999926000001', 'S12951Aa')",
    "INSERT INTO isbt_unit (unit_id, din, product) VALUES (1, 'A999926000001', 'S1295199')",
    "INSERT INTO isbt_unit (unit_id, din, product) VALUES (1, 'A999926000002', 'S12951Ab')",
    "UPDATE isbt_unit SET din = 'A999926000002'",
    "DELETE FROM isbt_unit",
    "UPDATE unit SET barcode = '=+03000=A99992600000100=<S12951Aa&>0990012359' WHERE id = 1",
    "INSERT INTO unit (id, lot_id, patient_id, kind, number, volume_ml, cells, use_until, created_at) VALUES"
    " (9, 1, 1, 'dose_frozen', 'L26-0001-01', 20, 1, '2099-01-01', 0)",
    "UPDATE container SET barcode = 'L26-0001-01' WHERE id = 2",
    "UPDATE container SET barcode = 'P-000001' WHERE id = 2",
    "INSERT INTO container (parent_id, kind, name, barcode) VALUES (1, 'rack', 'Rack 9', 'L26-0001-01')",
  };

  for (guint i = 0; i < G_N_ELEMENTS (texts); i++)
    {
      g_autoptr (GError) error = NULL;

      if (desk_db_exec (fixture->db, texts[i], &error))
        g_test_fail_printf ("accepted: %s", texts[i]);
    }
}

int
main (int argc, char *argv[])
{
  g_test_init (&argc, &argv, NULL);
#define ADD(path, func) g_test_add ("/codes/" path, StoreFixture, NULL, set_up, func, store_fixture_tear_down)
  ADD ("find", test_find);
  ADD ("ambiguous", test_ambiguous);
  ADD ("given", test_given);
  ADD ("refused", test_refused);
  return g_test_run ();
}
