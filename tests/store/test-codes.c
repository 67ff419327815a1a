/* Which thing a code names, in a file with numbers of every age; codes that are given; what the file itself refuses. */
#include "desk-cells.h"
#include "desk-codes.h"
#include "desk-isbt-codes.h"
#include "desk-label-load.h"
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

/* What is added has a code at once; what an older file brings gets its own all at one time. */
static void
test_given_new (StoreFixture *fixture, gconstpointer data)
{
  g_autoptr (GError) error = NULL;
  DeskContainer *tank = g_new0 (DeskContainer, 1);
  DeskDevice device = { .kind = (char *) "bath", .name = (char *) "Bath B", .in_service = TRUE };
  gint64 missing;

  tank->kind = g_strdup ("tank");
  tank->name = g_strdup ("Tank 2");
  tank->in_service = TRUE;
  g_assert_true (desk_container_add (fixture->db, tank, &error));
  g_autofree char *stored = desk_code_of (fixture->db, DESK_CODE_CONTAINER, tank->id, &error);
  g_assert_true (g_str_has_prefix (stored, "B-"));
  g_assert_cmpstr (tank->barcode, ==, stored);
  g_assert_cmpint (find (fixture, stored).id, ==, tank->id);
  desk_container_free (tank);

  g_assert_true (desk_device_save (fixture->db, &device, &error));
  g_assert_true (g_str_has_prefix (device.barcode, "D-"));
  g_assert_cmpint (find (fixture, device.barcode).id, ==, device.id);
  g_free (device.barcode);

  g_assert_true (desk_code_missing (fixture->db, &missing, &error));
  g_assert_cmpint (missing, ==, 2);
  g_assert_true (desk_code_give_all (fixture->db, &error));
  g_assert_true (desk_code_missing (fixture->db, &missing, &error));
  g_assert_cmpint (missing, ==, 0);
}

/* ── ISBT 128 for a clinic with its facility code ── */

static gint64
fill (StoreFixture *fixture, int n, gint64 *lot_id)
{
  const DeskLotStart start = { .patient_id = 1, .method = "blood_draw", .collected_at = 1790000000, .volume_ml = 50, .operator_id = 1,
                               .started_on = "2025-11-01" };
  g_autoptr (GError) error = NULL;
  g_autoptr (GArray) units = g_array_new (FALSE, FALSE, sizeof (gint64));
  g_autoptr (DeskLot) lot = NULL;

  if (!*lot_id)
    {
      g_assert_true (desk_lot_start (fixture->db, &start, &lot, &error));
      *lot_id = lot->id;
    }
  gboolean filled = desk_units_fill (fixture->db, *lot_id, "dose_frozen", n, 20, 1000000000, "2031-03-15", 1, 2, units, &error);
  g_assert_no_error (error);
  g_assert_true (filled);
  return g_array_index (units, gint64, units->len - 1);
}

static gint64
count (StoreFixture *fixture, const char *sql)
{
  g_autoptr (GError) error = NULL;
  gint64 n;

  g_assert_true (desk_db_value (fixture->db, &n, &error, sql, ""));
  return n;
}

/* A clinic without a facility code, or without a product code, keeps its own numbers. */
static void
test_isbt_without (StoreFixture *fixture, gconstpointer data)
{
  g_autoptr (GError) error = NULL;
  gint64 lots = count (fixture, "SELECT count (*) FROM isbt_collection");
  gint64 lot = 0, units = count (fixture, "SELECT count (*) FROM isbt_unit");

  g_assert_true (desk_isbt_facility_save (fixture->db, "", 1, &error));
  gint64 unit = fill (fixture, 1, &lot);
  g_autofree char *code = desk_code_of (fixture->db, DESK_CODE_UNIT, unit, &error);
  g_assert_true (g_str_has_prefix (code, "L25-"));
  g_assert_cmpint (count (fixture, "SELECT count (*) FROM isbt_collection"), ==, lots);

  g_assert_true (desk_isbt_facility_save (fixture->db, "A9999", 1, &error));
  lot = 0;
  fill (fixture, 1, &lot);
  g_assert_cmpint (count (fixture, "SELECT count (*) FROM isbt_collection"), ==, lots + 1);
  g_assert_cmpint (count (fixture, "SELECT count (*) FROM isbt_unit"), ==, units);
}

static void
test_isbt_given (StoreFixture *fixture, gconstpointer data)
{
  g_autoptr (GError) error = NULL;
  gint64 lot = 0;

  g_assert_true (desk_isbt_product_save (fixture->db, "dose_frozen", "S1295100", "NK cells, cryopreserved", &error));
  gint64 unit = fill (fixture, 2, &lot);
  g_autofree char *code = desk_code_of (fixture->db, DESK_CODE_UNIT, unit, &error);
  /* 000001 stands on a collection of the fixture already. */
  g_assert_cmpstr (code, ==, "=+03000=A99992600000200=<S12951B0&>0310742359");
  DeskFound found = find (fixture, code);
  g_assert_cmpint (found.kind, ==, DESK_CODE_UNIT);
  g_assert_cmpint (found.id, ==, unit);
  g_assert_null (found.problem);

  DeskUnitAct act = { .unit_id = unit, .step = DESK_STEP_PRINT_LABEL, .performer = 1 };
  g_assert_true (desk_unit_act (fixture->db, &act, &error));
  g_autoptr (DeskLabelData) label = desk_label_load (fixture->db, DESK_LABEL_UNIT, unit, &error);
  g_assert_no_error (error);
  g_assert_cmpstr (label->code, ==, code);
  g_assert_true (g_str_has_prefix (label->number, "A9999 26 000002 "));
  g_assert_true (g_str_has_suffix (label->number, "S12951B0"));
  g_assert_true (g_str_has_prefix (label->content, "NK cells, cryopreserved"));

  act = (DeskUnitAct){ .unit_id = unit, .step = DESK_STEP_VERIFY_LABEL, .performer = 1, .witness = 2,
                       .scanned = "=+03000=A99992600000200=<S12951A0&>0310742359" };
  g_assert_false (desk_unit_act (fixture->db, &act, &error));
  g_assert_error (error, DESK_ERROR, DESK_ERROR_REFUSED);
  g_clear_error (&error);
  act.scanned = code;
  g_assert_true (desk_unit_act (fixture->db, &act, &error));

  gint64 other = 0;
  gint64 next = fill (fixture, 1, &other);
  g_autofree char *next_code = desk_code_of (fixture->db, DESK_CODE_UNIT, next, &error);
  g_assert_cmpstr (next_code, ==, "=+03000=A99992600000300=<S12951A0&>0310742359");
}

/* Beyond Z0 the code says 99 and the division stands beside it. */
static void
test_isbt_many (StoreFixture *fixture, gconstpointer data)
{
  g_autoptr (GError) error = NULL;
  gint64 lot = 0;

  g_assert_true (desk_isbt_product_save (fixture->db, "dose_frozen", "S1295100", "", &error));
  gint64 last = fill (fixture, 26, &lot);
  g_autofree char *lettered = desk_code_of (fixture->db, DESK_CODE_UNIT, last, &error);
  g_assert_cmpstr (lettered, ==, "=+03000=A99992600000200=<S12951Z0&>0310742359");
  gint64 beyond = fill (fixture, 1, &lot);
  g_autofree char *divided = desk_code_of (fixture->db, DESK_CODE_UNIT, beyond, &error);
  g_assert_cmpstr (divided, ==, "=+04000=A99992600000200=<S1295199=,270000&>0310742359");
  g_assert_cmpint (find (fixture, divided).id, ==, beyond);
  gint64 paired = fill (fixture, 74, &lot);
  g_autofree char *letters = desk_code_of (fixture->db, DESK_CODE_UNIT, paired, &error);
  g_assert_cmpstr (letters, ==, "=+04000=A99992600000200=<S1295199=,AB0000&>0310742359");
  g_assert_cmpint (find (fixture, letters).id, ==, paired);
}

static void
test_isbt_refused (StoreFixture *fixture, gconstpointer data)
{
  static const char *const facilities[] = { "O9999", "A999", "A99990", "a9999", "A99-9", "0ABCD" };
  static const char *const products[][2] = { { "S12951", "isbt-product" }, { "s1295100", "isbt-product" }, { "S12951A0", "isbt-product-divided" },
                                             { "S1295199", "isbt-product-divided" }, { "S12951000", "isbt-product" } };

  for (guint i = 0; i < G_N_ELEMENTS (facilities); i++)
    {
      g_autoptr (GError) error = NULL;

      if (desk_isbt_facility_save (fixture->db, facilities[i], 1, &error) || g_strcmp0 (error->message, "isbt-facility") != 0)
        g_test_fail_printf ("accepted: %s", facilities[i]);
    }
  for (guint i = 0; i < G_N_ELEMENTS (products); i++)
    {
      g_autoptr (GError) error = NULL;

      if (desk_isbt_product_save (fixture->db, "dose_frozen", products[i][0], "", &error)
          || g_strcmp0 (error->message, products[i][1]) != 0)
        g_test_fail_printf ("accepted: %s", products[i][0]);
    }
  g_autoptr (GError) error = NULL;
  g_autoptr (DeskIsbtCodes) codes = desk_isbt_codes_load (fixture->db, &error);
  g_assert_cmpstr (codes->facility, ==, "A9999");
  g_assert_cmpstr (codes->products[0].code, ==, "");
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
  ADD ("given-new", test_given_new);
  ADD ("isbt-without", test_isbt_without);
  ADD ("isbt-given", test_isbt_given);
  ADD ("isbt-many", test_isbt_many);
  ADD ("isbt-refused", test_isbt_refused);
  ADD ("refused", test_refused);
  return g_test_run ();
}
