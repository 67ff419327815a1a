/* Shipments: what is sent leaves its place together or not at all; what comes is looked at by two people, once. */
#include "desk-shipments.h"
#include "store-fixture.h"

#include <string.h>

/* Units 1 and 2 filled and in box 1, unit 3 planned only. */
static void
set_up (StoreFixture *fixture, gconstpointer data)
{
  store_fixture_set_up (fixture, data);
  store_exec (
      fixture,
      "INSERT INTO staff (id, name, role) VALUES (1, 'Culture', 'culture'), (2, 'Second', 'culture'), (3, 'Quality', 'quality');"
      "INSERT INTO patient (id, chart, family, given, created_at, updated_at) VALUES (1, 'P1', 'One', 'A', 0, 0);"
      "INSERT INTO container (id, parent_id, kind, name, layout, rows, cols) VALUES (1, NULL, 'box', 'Box 1', 'grid', 9, 9);"
      "INSERT INTO coi (id, number, opened_at, opened_by) VALUES (1, 'I1', 0, 1);"
      "INSERT INTO collection (id, patient_id, number, method, collected_at, volume_ml, operator_id, coi_id)"
      " VALUES (1, 1, 'C1', 'blood_draw', 0, 50, 1, 1);"
      "INSERT INTO lot (id, patient_id, collection_id, number, started_on) VALUES (1, 1, 1, 'L1', '2026-01-01');"
      "INSERT INTO unit (id, lot_id, patient_id, kind, number, volume_ml, cells, use_until, created_at) VALUES"
      " (1, 1, 1, 'dose_frozen', 'U1', 5, 5, '2099-01-01', 0), (2, 1, 1, 'dose_frozen', 'U2', 5, 5, '2099-01-01', 0),"
      " (3, 1, 1, 'dose_frozen', 'U3', 5, 5, '2099-01-01', 0);"
      "INSERT INTO unit_event (unit_id, axis, seq, prev_seq, from_state, to_state, at, performer_id, witness_id)"
      " SELECT id, t.column1, t.column2, NULLIF (t.column2 - 1, 0), t.column3, t.column4, 1000, 1, 2 FROM unit, (VALUES ('life', 1, 'new',"
      " 'planned'), ('life', 2, 'planned', 'filled'), ('quality', 1, 'new', 'quarantine'), ('label', 1, 'new', 'none')) t"
      " WHERE id <> 3 OR t.column4 <> 'filled';"
      "INSERT INTO placement (unit_id, container_id, row, col, since, performer_id) VALUES (1, 1, 1, 1, 1000, 1), (2, 1, 1, 2, 1000, 1)");
}

static DeskUnit *
load (StoreFixture *fixture, gint64 id)
{
  g_autoptr (GError) error = NULL;
  DeskUnit *unit = desk_unit_load (fixture->db, id, &error);

  g_assert_no_error (error);
  return unit;
}

static void
assert_unit (StoreFixture *fixture, gint64 id, const char *life, gboolean placed, int holds)
{
  g_autoptr (DeskUnit) unit = load (fixture, id);

  g_assert_cmpstr (unit->life, ==, life);
  g_assert_cmpint (unit->container_id != 0, ==, placed);
  g_assert_cmpint (unit->holds, ==, holds);
}

static const gint64 both[] = { 1, 2 }, with_planned[] = { 1, 3 };

static gint64
send_both (StoreFixture *fixture)
{
  DeskShipmentNew new = { .other_party = "Cell factory", .seal = "S-77", .limits = TRUE, .allowed_min = -2000, .allowed_max = -1500,
                          .units = both, .n_units = 2, .at = 2000, .by = 1, .witness = 2 };
  g_autoptr (GError) error = NULL;
  gint64 id;

  g_assert_true (desk_shipment_send (fixture->db, &new, &id, &error));
  g_assert_no_error (error);
  return id;
}

static void
test_send (StoreFixture *fixture, gconstpointer data)
{
  g_autoptr (GError) error = NULL;
  gint64 id = send_both (fixture);

  assert_unit (fixture, 1, "in_transit", FALSE, 0);
  assert_unit (fixture, 2, "in_transit", FALSE, 0);
  g_assert_cmpint (desk_shipment_of_unit (fixture->db, 1, &error), ==, id);
  g_assert_cmpint (desk_shipment_of_unit (fixture->db, 3, &error), ==, 0);
  g_autoptr (GPtrArray) way = desk_shipment_under_way (fixture->db, &error);
  g_assert_cmpuint (way->len, ==, 1);
  const DeskShipment *shipment = way->pdata[0];
  g_assert_cmpint (shipment->id, ==, id);
  g_assert_true (g_str_has_prefix (shipment->number, "T"));
  g_assert_cmpstr (shipment->other_party, ==, "Cell factory");
  g_assert_cmpstr (shipment->courier, ==, "");
  g_assert_cmpstr (shipment->left_by, ==, "Culture");
  g_assert_cmpint (shipment->left_at, ==, 2000);
  g_assert_cmpint (shipment->n_units, ==, 2);
  g_assert_true (shipment->limits && !shipment->out);
  g_assert_cmpint (shipment->allowed_max, ==, -1500);
}

/* All of them or none, and no empty shipment is left behind. */
static void
test_send_refused (StoreFixture *fixture, gconstpointer data)
{
  const struct
  {
    DeskShipmentNew new;
    const char *code; /* NULL for any */
  } cases[] = {
    { { .by = 1, .witness = 2, .at = 2000 }, "nothing-to-send" },
    { { .units = both, .n_units = 2, .by = 1, .at = 2000 }, "second-person-needed" },
    { { .units = both, .n_units = 2, .by = 1, .witness = 1, .at = 2000 }, NULL },
    { { .units = with_planned, .n_units = 2, .by = 1, .witness = 2, .at = 2000 }, NULL },
    { { .units = both, .n_units = 2, .limits = TRUE, .allowed_min = 5, .allowed_max = -5, .by = 1, .witness = 2, .at = 2000 }, "limits-reversed" },
  };

  for (guint i = 0; i < G_N_ELEMENTS (cases); i++)
    {
      g_autoptr (GError) error = NULL;

      g_assert_false (desk_shipment_send (fixture->db, &cases[i].new, NULL, &error));
      g_assert_error (error, DESK_ERROR, DESK_ERROR_REFUSED);
      if (cases[i].code)
        g_assert_cmpstr (error->message, ==, cases[i].code);
      g_autoptr (GPtrArray) way = desk_shipment_under_way (fixture->db, NULL);
      g_assert_cmpuint (way->len, ==, 0);
      assert_unit (fixture, 1, "filled", TRUE, 0);
    }
}

static void
test_receive (StoreFixture *fixture, gconstpointer data)
{
  g_autoptr (GError) error = NULL;
  DeskShipmentSeen seen = { .shipment_id = send_both (fixture), .measured = TRUE, .min_seen = -1960, .max_seen = -1610, .seal_whole = TRUE,
                            .in_order = TRUE, .at = 3000, .by = 3, .with = 1 };

  g_assert_true (desk_shipment_receive (fixture->db, &seen, &error));
  g_assert_no_error (error);
  assert_unit (fixture, 1, "at_clinic", FALSE, 0);
  assert_unit (fixture, 2, "at_clinic", FALSE, 0);
  g_autoptr (GPtrArray) way = desk_shipment_under_way (fixture->db, &error);
  g_assert_cmpuint (way->len, ==, 0);
  /* Once only, and it is said who. */
  g_assert_false (desk_shipment_receive (fixture->db, &seen, &error));
  g_assert_error (error, DESK_ERROR, DESK_ERROR_CONFLICT);
  g_assert_nonnull (strstr (error->message, "Quality"));
}

/* What was wrong on the way holds all that was on it. */
static void
test_receive_held (StoreFixture *fixture, gconstpointer data)
{
  static const DeskShipmentSeen cases[] = {
    { .measured = TRUE, .min_seen = -1960, .max_seen = -1400, .seal_whole = TRUE, .in_order = TRUE },
    { .measured = TRUE, .min_seen = -1960, .max_seen = -1600, .seal_whole = FALSE, .in_order = TRUE },
    { .measured = FALSE, .seal_whole = TRUE, .in_order = FALSE },
  };
  static const char *const reasons[] = { "shipment-temperature", "shipment-seal", "shipment-box" };
  const guint i = GPOINTER_TO_UINT (data);
  g_autoptr (GError) error = NULL;
  DeskShipmentSeen seen = cases[i];

  seen.shipment_id = send_both (fixture);
  seen.at = 3000;
  seen.by = 1;
  seen.with = 2;
  g_assert_true (desk_shipment_receive (fixture->db, &seen, &error));
  g_assert_no_error (error);
  assert_unit (fixture, 2, "at_clinic", FALSE, 1);
  g_autoptr (GPtrArray) holds = desk_hold_list (fixture->db, 1, &error);
  g_assert_cmpuint (holds->len, ==, 1);
  g_assert_cmpstr (((DeskHold *) holds->pdata[0])->reason, ==, reasons[i]);
}

static void
test_receive_refused (StoreFixture *fixture, gconstpointer data)
{
  gint64 id = send_both (fixture);
  const struct
  {
    DeskShipmentSeen seen;
    const char *code;
  } cases[] = {
    { { .by = 1, .in_order = TRUE, .measured = TRUE, .min_seen = -1900, .max_seen = -1900, .at = 3000 }, "second-person-needed" },
    { { .by = 1, .with = 1, .in_order = TRUE, .measured = TRUE, .min_seen = -1900, .max_seen = -1900, .at = 3000 }, "same-person" },
    { { .by = 1, .with = 2, .in_order = TRUE, .seal_whole = TRUE, .at = 3000 }, "not-looked-at" }, /* in order, says nobody's logger */
    { { .by = 1, .with = 2, .measured = TRUE, .min_seen = -1500, .max_seen = -1900, .at = 3000 }, "not-looked-at" },
    { { .by = 1, .with = 2, .measured = TRUE, .min_seen = -1900, .max_seen = -1900, .at = 1500 }, "clock-went-back" },
  };

  for (guint i = 0; i < G_N_ELEMENTS (cases); i++)
    {
      DeskShipmentSeen seen = cases[i].seen;
      g_autoptr (GError) error = NULL;

      seen.shipment_id = id;
      g_assert_false (desk_shipment_receive (fixture->db, &seen, &error));
      g_assert_error (error, DESK_ERROR, DESK_ERROR_REFUSED);
      g_assert_cmpstr (error->message, ==, cases[i].code);
      assert_unit (fixture, 1, "in_transit", FALSE, 0);
    }
  DeskShipmentSeen seen = { .shipment_id = 999, .by = 1, .with = 2 };
  g_autoptr (GError) error = NULL;
  g_assert_false (desk_shipment_receive (fixture->db, &seen, &error));
  g_assert_error (error, DESK_ERROR, DESK_ERROR_NOT_FOUND);
}

int
main (int argc, char *argv[])
{
  g_test_init (&argc, &argv, NULL);
#define ADD(path, data, func) g_test_add (path, StoreFixture, data, set_up, func, store_fixture_tear_down)
  ADD ("/shipments/send", NULL, test_send);
  ADD ("/shipments/send-refused", NULL, test_send_refused);
  ADD ("/shipments/receive", NULL, test_receive);
  ADD ("/shipments/held-temperature", GUINT_TO_POINTER (0), test_receive_held);
  ADD ("/shipments/held-seal", GUINT_TO_POINTER (1), test_receive_held);
  ADD ("/shipments/held-box", GUINT_TO_POINTER (2), test_receive_held);
  ADD ("/shipments/receive-refused", NULL, test_receive_refused);
  return g_test_run ();
}
