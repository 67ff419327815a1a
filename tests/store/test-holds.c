/* Holds of every scope: each reaches the units it should and no other; closing wants words. And the clinic's settings for
 * its cells. */
#include "desk-cell-settings.h"
#include "desk-cells.h"
#include "store-fixture.h"

#define QUALITY 3

/* Lot 1 of patient 1 (units 1, 2) with reagent 1, lot 2 of patient 2 (unit 3) of another plan and facility; unit 1 stands in
 * box 3 of tank 1, unit 3 in box 4 of tank 2. */
static void
set_up (StoreFixture *fixture, gconstpointer data)
{
  store_fixture_set_up (fixture, data);
  store_exec (
      fixture,
      "INSERT INTO staff (id, name, role) VALUES (1, 'Culture', 'culture'), (2, 'Second', 'culture'), (3, 'Quality', 'quality');"
      "INSERT INTO patient (id, chart, family, given, created_at, updated_at) VALUES (1, 'P1', 'One', 'A', 0, 0), (2, 'P2', 'Two', '', 0, 0);"
      "INSERT INTO container (id, parent_id, kind, name, layout, rows, cols) VALUES (1, NULL, 'tank', 'Tank 1', 'none', 0, 0),"
      " (2, NULL, 'tank', 'Tank 2', 'none', 0, 0), (3, 1, 'box', 'Box 1', 'grid', 9, 9), (4, 2, 'box', 'Box 1', 'grid', 9, 9);"
      "INSERT INTO coi (id, number, opened_at, opened_by) VALUES (1, 'I1', 0, 1), (2, 'I2', 0, 1);"
      "INSERT INTO collection (id, patient_id, number, method, collected_at, volume_ml, operator_id, coi_id)"
      " VALUES (1, 1, 'C1', 'blood_draw', 0, 50, 1, 1), (2, 2, 'C2', 'blood_draw', 0, 50, 1, 2);"
      "INSERT INTO lot (id, patient_id, collection_id, number, started_on, facility, plan_number)"
      " VALUES (1, 1, 1, 'L1', '2026-01-01', 'FC1', 'PC1'), (2, 2, 2, 'L2', '2026-01-01', 'FC2', 'PC2');"
      "INSERT INTO reagent_lot (id, name, lot_number, added_at) VALUES (1, 'Albumin', 'A7', 0);"
      "INSERT INTO lot_reagent (lot_id, reagent_id, at, by_id) VALUES (1, 1, 0, 1);"
      "INSERT INTO unit (id, lot_id, patient_id, kind, number, volume_ml, cells, use_until, created_at) VALUES"
      " (1, 1, 1, 'dose_frozen', 'U1', 5, 5, '2099-01-01', 0), (2, 1, 1, 'dose_frozen', 'U2', 5, 5, '2099-01-01', 0),"
      " (3, 2, 2, 'dose_frozen', 'U3', 5, 5, '2099-01-01', 0);"
      "INSERT INTO unit_event (unit_id, axis, seq, prev_seq, from_state, to_state, at, performer_id, witness_id)"
      " SELECT id, t.column1, t.column2, NULLIF (t.column2 - 1, 0), t.column3, t.column4, 1000, 1, 2 FROM unit, (VALUES ('life', 1, 'new',"
      " 'planned'), ('life', 2, 'planned', 'filled'), ('quality', 1, 'new', 'quarantine'), ('label', 1, 'new', 'none')) t;"
      "INSERT INTO placement (unit_id, container_id, row, col, since, performer_id) VALUES (1, 3, 1, 1, 1000, 1), (3, 4, 1, 1, 1000, 1)");
}

static int
holds_of (StoreFixture *fixture, gint64 id)
{
  g_autoptr (GError) error = NULL;
  g_autoptr (DeskUnit) unit = desk_unit_load (fixture->db, id, &error);
  g_autoptr (GPtrArray) holds = desk_hold_list (fixture->db, id, &error);

  g_assert_no_error (error);
  g_assert_cmpint (unit->holds, ==, holds->len);
  return unit->holds;
}

static void
test_scopes (StoreFixture *fixture, gconstpointer data)
{
  static const struct
  {
    DeskHoldScope scope;
    gint64 id;
    const char *name;
    const char *says;
    int reaches[3];
  } cases[] = {
    { DESK_HOLD_UNIT, 2, NULL, "U2", { 0, 1, 0 } },         { DESK_HOLD_LOT, 1, NULL, "L1", { 1, 1, 0 } },
    { DESK_HOLD_PATIENT, 2, NULL, "Two  · P2", { 0, 0, 1 } }, { DESK_HOLD_CONTAINER, 3, NULL, "Box 1", { 1, 0, 0 } },
    { DESK_HOLD_CONTAINER, 2, NULL, "Tank 2", { 0, 0, 1 } }, { DESK_HOLD_PLAN, 0, "PC1", "PC1", { 1, 1, 0 } },
    { DESK_HOLD_FACILITY, 0, "FC2", "FC2", { 0, 0, 1 } },   { DESK_HOLD_REAGENT, 1, NULL, "Albumin A7", { 1, 1, 0 } },
  };

  for (guint i = 0; i < G_N_ELEMENTS (cases); i++)
    {
      DeskHoldNew hold = { .scope = cases[i].scope, .id = cases[i].id, .name = cases[i].name, .kind = "deviation", .reason = "why", .by = 1 };
      g_autoptr (GError) error = NULL;
      gint64 id;

      g_assert_true (desk_hold_open (fixture->db, &hold, &id, &error));
      for (int unit = 1; unit <= 3; unit++)
        g_assert_cmpint (holds_of (fixture, unit), ==, cases[i].reaches[unit - 1]);
      g_autoptr (GPtrArray) all = desk_hold_all (fixture->db, &error);
      g_assert_cmpuint (all->len, ==, 1);
      const DeskHold *open = all->pdata[0];
      g_assert_cmpint (open->scope, ==, cases[i].scope);
      g_assert_cmpint (open->scope_id, ==, cases[i].id);
      g_assert_cmpstr (open->name, ==, cases[i].says);
      g_assert_cmpstr (open->kind, ==, "deviation");

      g_assert_false (desk_hold_close (fixture->db, id, QUALITY, "  ", &error));
      g_assert_error (error, DESK_ERROR, DESK_ERROR_REFUSED);
      g_assert_cmpstr (error->message, ==, "reason-needed");
      g_clear_error (&error);
      g_assert_true (desk_hold_close (fixture->db, id, QUALITY, "looked into", &error));
      for (int unit = 1; unit <= 3; unit++)
        g_assert_cmpint (holds_of (fixture, unit), ==, 0);
      g_assert_false (desk_hold_close (fixture->db, id, 2, "me too", &error));
      g_assert_error (error, DESK_ERROR, DESK_ERROR_CONFLICT);
      g_assert_nonnull (strstr (error->message, "Quality"));
    }
}

static void
test_refused (StoreFixture *fixture, gconstpointer data)
{
  static const DeskHoldNew wrong[] = {
    { .scope = DESK_HOLD_UNIT, .id = 1, .reason = "", .by = 1 },        { .scope = DESK_HOLD_UNIT, .id = 0, .reason = "why", .by = 1 },
    { .scope = DESK_HOLD_PLAN, .name = "", .reason = "why", .by = 1 },  { .scope = DESK_HOLD_UNIT, .id = 99, .reason = "why", .by = 1 },
    { .scope = DESK_HOLD_LOT, .id = 1, .kind = "mood", .reason = "why", .by = 1 },
  };
  g_autoptr (GError) error = NULL;

  for (guint i = 0; i < G_N_ELEMENTS (wrong); i++)
    {
      g_assert_false (desk_hold_open (fixture->db, &wrong[i], NULL, &error));
      g_assert_error (error, DESK_ERROR, DESK_ERROR_REFUSED);
      g_clear_error (&error);
    }
  g_assert_false (desk_hold_close (fixture->db, 99, QUALITY, "why", &error));
  g_assert_error (error, DESK_ERROR, DESK_ERROR_NOT_FOUND);
}

static void
test_settings (StoreFixture *fixture, gconstpointer data)
{
  gint64 values[DESK_N_CELL_SETTINGS], value;
  g_autoptr (GError) error = NULL;

  g_assert_true (desk_cell_settings_load (fixture->db, values, &error));
  g_assert_cmpint (values[DESK_CELL_OUT_OF_COLD], ==, 120);
  for (guint i = 0; i < DESK_N_CELL_SETTINGS; i++)
    {
      const DeskCellSettingInfo *info = desk_cell_setting_info (i);

      g_assert_true (desk_cell_setting_allowed (i, info->usual));
      g_assert_cmpint (values[i], ==, info->usual);
      g_assert_true (desk_cell_setting_set (fixture->db, i, info->high, &error));
      g_assert_true (desk_cell_setting_set (fixture->db, i, info->low, &error));
      g_assert_true (desk_cell_setting_get (fixture->db, i, &value, &error));
      g_assert_cmpint (value, ==, info->low);
      g_assert_false (desk_cell_setting_set (fixture->db, i, info->high + 1, &error));
      g_assert_error (error, DESK_ERROR, DESK_ERROR_INVALID);
      g_clear_error (&error);
      g_assert_false (desk_cell_setting_set (fixture->db, i, info->low - 1, NULL));
    }
  /* What a newer program has set is not in the way. */
  store_exec (fixture, "INSERT INTO cell_setting (name, value) VALUES ('not-of-ours', 5)");
  g_assert_true (desk_cell_settings_load (fixture->db, values, &error));
  g_assert_cmpint (values[DESK_CELL_OUT_OF_COLD], ==, 0);
}

int
main (int argc, char *argv[])
{
  g_test_init (&argc, &argv, NULL);
#define ADD(path, func) g_test_add (path, StoreFixture, NULL, set_up, func, store_fixture_tear_down)
  ADD ("/holds/scopes", test_scopes);
  ADD ("/holds/refused", test_refused);
  ADD ("/holds/settings", test_settings);
  return g_test_run ();
}
