/* A clinic with its own facility code: a unit is filled, its label printed, read by somebody else's reader, and scanned
 * back. */
#include "desk-cells.h"
#include "desk-codes.h"
#include "desk-isbt-codes.h"
#include "desk-label-job.h"
#include "desk-label-load.h"
#include "small-clinic.h"
#include "store-fixture.h"

#include <glib/gstdio.h>
#include <string.h>

static void
set_up (StoreFixture *fixture, gconstpointer data)
{
  store_fixture_set_up (fixture, data);
  store_exec (fixture, small_clinic);
}

static gint64
fill (StoreFixture *fixture)
{
  const DeskLotStart start = { .patient_id = 1, .method = "blood_draw", .collected_at = 1790000000, .volume_ml = 50, .operator_id = 1,
                               .started_on = "2025-11-01" };
  g_autoptr (GError) error = NULL;
  g_autoptr (DeskLot) lot = NULL;
  g_autoptr (GArray) units = g_array_new (FALSE, FALSE, sizeof (gint64));

  g_assert_true (desk_isbt_facility_save (fixture->db, "A9999", 3, &error));
  g_assert_true (desk_isbt_product_save (fixture->db, "dose_frozen", "S1295100", "NK cells 自家NK細胞", &error));
  g_assert_true (desk_lot_start (fixture->db, &start, &lot, &error));
  g_assert_true (desk_units_fill (fixture->db, lot->id, "dose_frozen", 1, 20, 1000000000, "2031-03-15", 2, 3, units, &error));
  return g_array_index (units, gint64, 0);
}

static char *
read_label (const char *pdf)
{
  g_autoptr (GError) error = NULL;
  g_autofree char *base = g_strndup (pdf, strlen (pdf) - 4);
  g_autofree char *png = g_strconcat (base, ".png", NULL);
  const char *render[] = { "pdftoppm", "-png", "-singlefile", "-r", "300", pdf, base, NULL };
  const char *read[] = { "dmtxread", "-N1", "-m4000", png, NULL };
  char *out = NULL;

  g_assert_true (g_spawn_sync (NULL, (char **) render, NULL, G_SPAWN_SEARCH_PATH, NULL, NULL, NULL, NULL, NULL, &error));
  g_assert_true (g_spawn_sync (NULL, (char **) read, NULL, G_SPAWN_SEARCH_PATH | G_SPAWN_STDERR_TO_DEV_NULL, NULL, NULL, &out, NULL,
                               NULL, &error));
  g_unlink (png);
  return out;
}

static void
test_round (StoreFixture *fixture, gconstpointer data)
{
  g_autoptr (GError) error = NULL;
  g_autofree char *folder = g_dir_make_tmp ("uketsuke-isbt-XXXXXX", NULL);
  g_autofree char *pdf = g_build_filename (folder, "label.pdf", NULL);
  gint64 unit = fill (fixture);
  DeskUnitAct act = { .unit_id = unit, .step = DESK_STEP_PRINT_LABEL, .performer = 2 };
  DeskFound found;

  g_assert_true (desk_unit_act (fixture->db, &act, &error));
  g_autoptr (GPtrArray) labels = desk_label_of_unit (fixture->db, DESK_LABEL_UNIT, unit, &error);
  g_assert_no_error (error);
  g_assert_true (desk_label_ready (labels, &error));
  g_assert_true (desk_label_print_pdf (labels, desk_label_stock_for (DESK_LABEL_UNIT), pdf, FALSE, &error));
  g_autofree char *scanned = read_label (pdf);
  g_assert_cmpstr (scanned, ==, "=+03000=A99992600000100=<S12951A0&>0310742359");

  act = (DeskUnitAct){ .unit_id = unit, .step = DESK_STEP_VERIFY_LABEL, .performer = 2, .witness = 3, .scanned = scanned };
  g_assert_true (desk_unit_act (fixture->db, &act, &error));
  g_assert_no_error (error);
  g_autoptr (DeskCode) code = desk_code_read (scanned);
  g_assert_true (desk_code_find (fixture->db, code, &found, &error));
  g_assert_cmpint (found.kind, ==, DESK_CODE_UNIT);
  g_assert_cmpint (found.id, ==, unit);
  g_assert_null (found.problem);
  g_unlink (pdf);
  g_rmdir (folder);
}

int
main (int argc, char *argv[])
{
  g_test_init (&argc, &argv, NULL);
  g_test_add ("/isbt-label/round", StoreFixture, NULL, set_up, test_round, store_fixture_tear_down);
  return g_test_run ();
}
