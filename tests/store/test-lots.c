/* From the draw to the release through the store: chain of identity, cultures, results judged and read twice, release
 * of many, release under conditions, reagents, devices, consent to storing; and what the file refuses to raw SQL. */
#include "desk-attention.h"
#include "desk-cells.h"
#include "store-fixture.h"

#include <string.h>

enum { CULTURE = 1, SECOND, QUALITY, NURSE, PHYSICIAN, GONE };

static const char *const tests[][2] = { { "viability", "91" },     { "count", "1.2×10⁹" },       { "purity", "85 %" },
                                        { "endotoxin", "0.5 EU/mL" }, { "mycoplasma", "negative" }, { "sterility", "no growth" } };

static const DeskDoseBasis basis = { 100, 60 };

static void
set_up (StoreFixture *fixture, gconstpointer data)
{
  store_fixture_set_up (fixture, data);
  store_exec (fixture,
              "PRAGMA synchronous = OFF;"
              "INSERT INTO clinic (id, uuid, name, name_ja, facility, plan_number) VALUES (1, 'u', 'Clinic', 'クリニック', 'FC3150001', 'PC3150325');"
              "INSERT INTO staff (id, name, role, active) VALUES (1, 'Culture', 'culture', 1), (2, 'Second', 'culture', 1), (3, 'Quality', 'quality', 1),"
              " (4, 'Nurse', 'nurse', 1), (5, 'Physician', 'physician', 1), (6, 'Gone', 'culture', 0);"
              "INSERT INTO patient (id, chart, family, given, created_at, updated_at) VALUES (1, 'P1', 'NGUYEN', 'VAN AN', 0, 0), (2, 'P2', 'MONONYM', '', 0, 0);"
              "INSERT INTO container (id, kind, name, layout, rows, cols) VALUES (1, 'box', 'Box', 'grid', 9, 9);"
              "INSERT INTO course (id, patient_id, template, started_on) VALUES (1, 1, 'six', '2026-01-01'), (2, 2, 'six', '2026-01-01');"
              "INSERT INTO visit (id, patient_id, type, starts_at, ends_at, busy_from, busy_until, course_id, created_at) VALUES"
              " (1, 1, 'infusion', 1999999800, 2000003400, 1999999800, 2000003400, 1, 0), (2, 2, 'infusion', 1999999800, 2000003400, 1999999800, 2000003400, 2, 0),"
              " (3, 1, 'infusion', 2000089800, 2000093400, 2000089800, 2000093400, 1, 0)");
}

static DeskLot *
start_lot (StoreFixture *fixture, gint64 patient, gint64 visit)
{
  DeskLotStart start = { .patient_id = patient, .method = "blood_draw", .collected_at = 1000, .ended_at = 1600, .volume_ml = 50,
                         .operator_id = NURSE, .started_on = "2026-05-01", .expected_on = "2026-05-20", .visit_id = visit,
                         .container = "tubes, lot T7", .expected_doses = 6, .expected_cells = 6000000000 };
  g_autoptr (GError) error = NULL;
  DeskLot *lot = NULL;

  if (!desk_lot_start (fixture->db, &start, &lot, &error))
    g_error ("%s", error->message);
  return lot;
}

static gint64
add_result (StoreFixture *fixture, gint64 lot, guint test, const char *stage, gboolean check)
{
  DeskResult result = { .lot_id = lot, .test = (char *) tests[test][0], .value = (char *) tests[test][1], .stage = (char *) stage,
                        .sampled_on = (char *) "2026-05-20", .reported_on = (char *) "2026-05-21", .entered_by = CULTURE };
  g_autoptr (GError) error = NULL;

  if (!desk_result_add_with (fixture->db, &result, &basis, &error) || (check && !desk_result_check (fixture->db, result.id, SECOND, &error)))
    g_error ("%s: %s", tests[test][0], error->message);
  return result.id;
}

static void
fill (StoreFixture *fixture, gint64 lot, const char *kind, guint n, GArray *units)
{
  g_autoptr (GError) error = NULL;

  if (!desk_units_fill (fixture->db, lot, kind, (int) n, 100, 1000000000, "2099-01-01", CULTURE, SECOND, units, &error))
    g_error ("%s", error->message);
}

static void
assert_refused (gboolean done, GError **error, const char *code)
{
  if (done)
    g_error ("done, instead of %s", code);
  if (!g_error_matches (*error, DESK_ERROR, DESK_ERROR_REFUSED) || strcmp ((*error)->message, code) != 0)
    g_error ("“%s” instead of “%s”", (*error)->message, code);
  g_clear_error (error);
}

static void
test_identity (StoreFixture *fixture, gconstpointer data)
{
  g_autoptr (GError) error = NULL;
  g_autoptr (DeskLot) lot = start_lot (fixture, 1, 1), other = start_lot (fixture, 2, 2);
  DeskCollectionStart again = { .patient_id = 1, .course_id = 1, .method = "apheresis", .collected_at = 90000, .volume_ml = 200, .operator_id = NURSE };
  gint64 id, foreign;

  g_assert_true (desk_collection_add (fixture->db, &again, &id, &error));
  again.course_id = 0;
  g_assert_true (desk_collection_add (fixture->db, &again, &foreign, &error));
  g_autoptr (GPtrArray) all = desk_collection_of_patient (fixture->db, 1, &error);
  g_assert_cmpuint (all->len, ==, 3);
  g_autoptr (DeskCollection) first = desk_collection_load (fixture->db, lot->collection_id, &error);
  g_autoptr (DeskCollection) second = desk_collection_load (fixture->db, id, &error);
  g_autoptr (DeskCollection) third = desk_collection_load (fixture->db, foreign, &error);
  g_assert_cmpstr (first->coi, ==, second->coi); /* one course, one chain */
  g_assert_cmpstr (first->coi, !=, third->coi);
  g_assert_cmpstr (first->container, ==, "tubes, lot T7");
  g_assert_cmpint (first->visit_id, ==, 1);

  g_assert_true (desk_lot_add_collection (fixture->db, lot->id, id, CULTURE, &error));
  g_autoptr (GPtrArray) in = desk_collection_of_lot (fixture->db, lot->id, &error);
  g_assert_cmpuint (in->len, ==, 2);
  assert_refused (desk_lot_add_collection (fixture->db, lot->id, foreign, CULTURE, &error), &error, "other-identity");
  assert_refused (desk_lot_add_collection (fixture->db, lot->id, lot->collection_id, CULTURE, &error), &error, "input-twice");
  assert_refused (desk_lot_add_collection (fixture->db, other->id, id, CULTURE, &error), &error, "other-patient");
  again.patient_id = 2;
  again.coi_id = first->coi_id;
  assert_refused (desk_collection_add (fixture->db, &again, &foreign, &error), &error, "other-patient");
  g_assert_true (desk_lot_set_status (fixture->db, lot, "harvested", "2026-05-20", &error));
  assert_refused (desk_lot_add_collection (fixture->db, lot->id, foreign, CULTURE, &error), &error, "not-culturing");
}

/* Route b: an intermediate is grown on, and is used up by that alone. */
static void
test_grown_on (StoreFixture *fixture, gconstpointer data)
{
  g_autoptr (GError) error = NULL;
  g_autoptr (DeskLot) lot = start_lot (fixture, 1, 1), other = start_lot (fixture, 2, 2);
  g_autoptr (GArray) units = g_array_new (FALSE, FALSE, sizeof (gint64));
  g_autoptr (DeskLot) next = NULL;
  DeskLotStart start = { .patient_id = 1, .collection_id = lot->collection_id, .started_on = "2026-09-01", .plan_number = "PC3150325" };

  fill (fixture, lot->id, "intermediate", 1, units);
  fill (fixture, lot->id, "dose_frozen", 1, units);
  g_assert_true (desk_lot_start (fixture->db, &start, &next, &error));
  start.plan_number = "PD3150325";
  g_assert_false (desk_lot_start (fixture->db, &start, NULL, &error));
  g_assert_error (error, DESK_ERROR, DESK_ERROR_INVALID);
  g_clear_error (&error);
  gint64 grown = g_array_index (units, gint64, 0), dose = g_array_index (units, gint64, 1);
  assert_refused (desk_lot_add_unit (fixture->db, next->id, grown, CULTURE, 0, &error), &error, "second-person-needed");
  assert_refused (desk_lot_add_unit (fixture->db, next->id, grown, CULTURE, CULTURE, &error), &error, "same-person");
  assert_refused (desk_lot_add_unit (fixture->db, next->id, dose, CULTURE, SECOND, &error), &error, "not-an-intermediate");
  assert_refused (desk_lot_add_unit (fixture->db, other->id, grown, CULTURE, SECOND, &error), &error, "other-patient");
  assert_refused (desk_lot_add_unit (fixture->db, lot->id, grown, CULTURE, SECOND, &error), &error, "lot-in-itself");
  g_autofree char *consumed = g_strdup_printf (
      "INSERT INTO unit_event (unit_id, axis, seq, prev_seq, from_state, to_state, at, performer_id, witness_id)"
      " SELECT id, 'life', life_seq + 1, life_seq, life, 'consumed', 9000000000, 1, 2 FROM unit WHERE id = %" G_GINT64_FORMAT, grown);
  store_refuse (fixture, consumed, DESK_ERROR_REFUSED, "lot-needed");
  g_assert_true (desk_lot_add_unit (fixture->db, next->id, grown, CULTURE, SECOND, &error));
  g_autoptr (DeskUnit) unit = desk_unit_load (fixture->db, grown, &error);
  g_assert_cmpstr (unit->life, ==, "consumed");
}

static void
test_results (StoreFixture *fixture, gconstpointer data)
{
  g_autoptr (GError) error = NULL;
  g_autoptr (DeskLot) lot = start_lot (fixture, 1, 1);
  DeskResult result = { .lot_id = lot->id, .test = (char *) "endotoxin", .value = (char *) "5.0", .unit = (char *) "EU/mL",
                        .stage = (char *) "final", .reported_on = (char *) "2026-05-21", .entered_by = CULTURE, .passed = TRUE };

  assert_refused (desk_result_add (fixture->db, &result, &error), &error, "value-needs-weight");
  g_assert_true (desk_result_add_with (fixture->db, &result, &basis, &error));
  g_assert_false (result.passed); /* whatever the caller thought: 8.33 EU/kg */
  g_autoptr (GPtrArray) results = desk_lot_results (fixture->db, lot->id, &error);
  const DeskResult *stored = results->pdata[0];
  g_assert_cmpstr (stored->value, ==, "8.33");
  g_assert_cmpstr (stored->unit, ==, "EU/kg");
  g_assert_cmpstr (stored->limit_text, ==, "≤ 5 EU/kg");
  g_assert_cmpstr (stored->method, ==, "5.0 EU/mL × 100 mL ÷ 60 kg");
  g_autoptr (GPtrArray) holds = desk_hold_of_lot (fixture->db, lot->id, &error);
  g_assert_cmpuint (holds->len, ==, 1);

  assert_refused (desk_result_check (fixture->db, result.id, CULTURE, &error), &error, "same-person");
  assert_refused (desk_result_check (fixture->db, result.id, GONE, &error), &error, "staff-not-active");
  g_assert_true (desk_result_check (fixture->db, result.id, SECOND, &error));
  g_assert_false (desk_result_check (fixture->db, result.id, SECOND, &error));
  g_clear_error (&error);
  DeskResult better = { .lot_id = lot->id, .test = (char *) "endotoxin", .value = (char *) "0.5 EU/kg", .stage = (char *) "final",
                        .sampled_on = (char *) "2026-05-22", .reported_on = (char *) "2026-05-21", .entered_by = CULTURE, .supersedes = result.id };
  assert_refused (desk_result_add (fixture->db, &better, &error), &error, "reported-before-sampled");
  better.sampled_on = (char *) "2026-05-20";
  assert_refused (desk_result_add (fixture->db, &better, &error), &error, "reason-needed");
  better.why = (char *) "wrong dilution";
  g_assert_true (desk_result_add (fixture->db, &better, &error));
  assert_refused (desk_result_check (fixture->db, result.id, QUALITY, &error), &error, "result-superseded");
  better.value = (char *) "ok";
  assert_refused (desk_result_add (fixture->db, &better, &error), &error, "value-unreadable");
  g_autoptr (GPtrArray) history = desk_result_history (fixture->db, lot->id, &error);
  g_assert_cmpuint (history->len, ==, 2);
}

static void
test_release (StoreFixture *fixture, gconstpointer data)
{
  g_autoptr (GError) error = NULL;
  g_autoptr (DeskLot) lot = start_lot (fixture, 1, 1);
  g_autoptr (GArray) units = g_array_new (FALSE, FALSE, sizeof (gint64));
  const gint64 *ids;
  gint64 n;

  fill (fixture, lot->id, "dose_frozen", 6, units);
  ids = (const gint64 *) (gpointer) units->data;
  for (guint i = 0; i < 5; i++)
    add_result (fixture, lot->id, i, "final", TRUE);
  assert_refused (desk_release_units (fixture->db, ids, 6, QUALITY, NURSE, &error), &error, "result-not-final");
  gint64 sterility = add_result (fixture, lot->id, 5, "final", FALSE);
  assert_refused (desk_release_units (fixture->db, ids, 6, QUALITY, NURSE, &error), &error, "result-not-checked");
  g_assert_true (desk_result_check (fixture->db, sterility, SECOND, &error));
  assert_refused (desk_release_units (fixture->db, ids, 6, CULTURE, NURSE, &error), &error, "released-by-tester");
  assert_refused (desk_release_units (fixture->db, ids, 6, NURSE, QUALITY, &error), &error, "not-a-releaser");
  assert_refused (desk_release_units (fixture->db, ids, 6, PHYSICIAN, QUALITY, &error), &error, "not-a-releaser");
  assert_refused (desk_release_units (fixture->db, ids, 6, QUALITY, QUALITY, &error), &error, "same-person");
  /* One of them held: none is released. */
  DeskHoldNew hold = { .scope = DESK_HOLD_UNIT, .id = ids[5], .reason = "dropped", .by = NURSE };
  gint64 hold_id;
  g_assert_true (desk_hold_open (fixture->db, &hold, &hold_id, &error));
  assert_refused (desk_release_units (fixture->db, ids, 6, QUALITY, NURSE, &error), &error, "unit-held");
  g_assert_true (desk_db_value (fixture->db, &n, &error, "SELECT count (*) FROM unit WHERE quality = 'released'", ""));
  g_assert_cmpint (n, ==, 0);
  g_assert_true (desk_hold_close (fixture->db, hold_id, NURSE, "whole", &error));
  g_assert_true (desk_release_units (fixture->db, ids, 5, QUALITY, NURSE, &error));
  store_exec (fixture, "INSERT INTO cell_setting (name, value) VALUES ('release-by-physician', 1)");
  g_assert_true (desk_release_units (fixture->db, ids + 5, 1, PHYSICIAN, NURSE, &error));

  assert_refused (desk_lot_set_status (fixture->db, lot, "failed", NULL, &error), &error, "lot-has-released");
  assert_refused (desk_recall_units (fixture->db, ids, 6, QUALITY, "", &error), &error, "reason-needed");
  g_assert_true (desk_recall_units (fixture->db, ids, 6, QUALITY, "late positive", &error));
  g_assert_true (desk_lot_set_status (fixture->db, lot, "failed", NULL, &error));
  g_assert_no_error (error);
}

static void
test_conditional (StoreFixture *fixture, gconstpointer data)
{
  g_autoptr (GError) error = NULL;
  g_autoptr (DeskLot) lot = start_lot (fixture, 1, 1);
  g_autoptr (GArray) units = g_array_new (FALSE, FALSE, sizeof (gint64));
  DeskCondition condition = { .visit_id = 1, .performer = QUALITY, .physician = PHYSICIAN, .reason = "rapid tests negative; cannot wait", .told_at = 2000 };

  fill (fixture, lot->id, "dose_frozen", 2, units);
  condition.units = (const gint64 *) (gpointer) units->data;
  condition.n_units = 1;
  for (guint i = 0; i < 3; i++)
    add_result (fixture, lot->id, i, "final", TRUE);
  assert_refused (desk_release_conditional (fixture->db, &condition, &error), &error, "result-not-final"); /* endotoxin may not be late */
  add_result (fixture, lot->id, 3, "final", TRUE);
  add_result (fixture, lot->id, 5, "preliminary", FALSE);
  condition.physician = QUALITY;
  assert_refused (desk_release_conditional (fixture->db, &condition, &error), &error, "same-person");
  condition.physician = NURSE;
  assert_refused (desk_release_conditional (fixture->db, &condition, &error), &error, "not-a-physician");
  condition.physician = PHYSICIAN;
  condition.visit_id = 2;
  assert_refused (desk_release_conditional (fixture->db, &condition, &error), &error, "other-patient");
  condition.visit_id = 1;
  condition.told_at = 0;
  assert_refused (desk_release_conditional (fixture->db, &condition, &error), &error, "patient-not-told");
  condition.told_at = 2000;
  condition.reason = "";
  assert_refused (desk_release_conditional (fixture->db, &condition, &error), &error, "reason-needed");
  condition.reason = "rapid tests negative; cannot wait";
  condition.performer = CULTURE;
  assert_refused (desk_release_conditional (fixture->db, &condition, &error), &error, "released-by-tester");
  condition.performer = QUALITY;
  /* The event without the row that says why. */
  g_autofree char *event = g_strdup_printf (
      "INSERT INTO unit_event (unit_id, axis, seq, prev_seq, from_state, to_state, at, performer_id, witness_id, reason)"
      " SELECT id, 'quality', quality_seq + 1, quality_seq, quality, 'conditional', 9000000000, 3, 5, 'why' FROM unit WHERE id = %" G_GINT64_FORMAT,
      condition.units[1]);
  store_refuse (fixture, event, DESK_ERROR_REFUSED, "condition-needed");
  if (!desk_release_conditional (fixture->db, &condition, &error))
    g_error ("%s", error->message);
  g_autoptr (DeskStmt) row = desk_db_query (fixture->db, &error, "SELECT pending, due_on FROM release_condition", "");
  g_assert_cmpint (desk_stmt_step (row, &error), ==, DESK_STEP_ROW);
  g_assert_cmpstr (desk_stmt_text (row, 0), ==, "mycoplasma,sterility");
  g_assert_cmpstr (desk_stmt_text (row, 1), ==, "2026-06-03"); /* sampled on 20 May, and 14 days */
  desk_stmt_release (g_steal_pointer (&row));

  DeskUnitAct reserve = { .unit_id = condition.units[0], .step = DESK_STEP_RESERVE, .performer = NURSE, .visit_id = 3 };
  assert_refused (desk_unit_act (fixture->db, &reserve, &error), &error, "conditional-other-visit");
  reserve.visit_id = 1;
  g_assert_true (desk_unit_act (fixture->db, &reserve, &error));
  g_assert_no_error (error);
}

static void
test_reagents (StoreFixture *fixture, gconstpointer data)
{
  g_autoptr (GError) error = NULL;
  g_autoptr (DeskLot) lot = start_lot (fixture, 1, 1), other = start_lot (fixture, 2, 2);
  DeskReagent albumin = { .name = (char *) "Albumin 25 %", .maker = (char *) "Blood Centre", .lot_number = (char *) "A-123", .expires_on = (char *) "2099-01-01" };
  DeskReagent old = { .name = (char *) "Medium", .lot_number = (char *) "M-1", .expires_on = (char *) "2020-01-01" };
  gint64 n;

  g_assert_true (desk_reagent_use (fixture->db, lot->id, &albumin, CULTURE, &error));
  g_assert_true (desk_reagent_use (fixture->db, other->id, &albumin, CULTURE, &error));
  g_assert_false (desk_reagent_use (fixture->db, lot->id, &albumin, CULTURE, &error));
  g_assert_error (error, DESK_ERROR, DESK_ERROR_TAKEN);
  g_clear_error (&error);
  g_assert_true (desk_db_value (fixture->db, &n, &error, "SELECT count (*) FROM reagent_lot", ""));
  g_assert_cmpint (n, ==, 1); /* one lot of albumin in two cultures: what the look-back finds */
  assert_refused (desk_reagent_use (fixture->db, lot->id, &old, CULTURE, &error), &error, "reagent-expired");
  old.why = (char *) "the maker extended it, letter of 1 May";
  g_assert_true (desk_reagent_use (fixture->db, lot->id, &old, CULTURE, &error));
  g_autoptr (GPtrArray) used = desk_reagent_of_lot (fixture->db, lot->id, &error);
  g_assert_cmpuint (used->len, ==, 2);
  g_autoptr (GPtrArray) known = desk_reagent_known (fixture->db, &error);
  g_assert_cmpuint (known->len, ==, 2);
}

static void
test_devices (StoreFixture *fixture, gconstpointer data)
{
  g_autoptr (GError) error = NULL;
  g_autoptr (DeskLot) lot = start_lot (fixture, 1, 1), other = start_lot (fixture, 2, 2);
  DeskDevice bench = { .kind = (char *) "bench", .name = (char *) "Bench 1", .in_service = TRUE };
  DeskDevice incubator = { .kind = (char *) "incubator", .name = (char *) "Incubator 1", .in_service = TRUE, .due_on = (char *) "2027-01-01" };
  gint64 use;

  g_assert_true (desk_device_save (fixture->db, &bench, &error));
  g_assert_true (desk_device_save (fixture->db, &incubator, &error));
  g_assert_true (desk_device_use_start (fixture->db, lot->id, incubator.id, "", CULTURE, NULL, &error));
  g_assert_true (desk_device_use_start (fixture->db, other->id, incubator.id, "", CULTURE, NULL, &error)); /* they meet, and it is known */
  g_assert_true (desk_device_use_start (fixture->db, lot->id, bench.id, "harvest", CULTURE, &use, &error));
  assert_refused (desk_device_use_start (fixture->db, other->id, bench.id, "harvest", CULTURE, NULL, &error), &error, "device-in-use");
  assert_refused (desk_device_use_start (fixture->db, lot->id, bench.id, "again", CULTURE, NULL, &error), &error, "device-in-use");
  g_assert_true (desk_device_use_end (fixture->db, use, &error));
  g_assert_false (desk_device_use_end (fixture->db, use, &error));
  g_assert_error (error, DESK_ERROR, DESK_ERROR_NOT_FOUND);
  g_clear_error (&error);
  bench.in_service = FALSE;
  g_assert_true (desk_device_save (fixture->db, &bench, &error));
  bench.version--;
  g_assert_false (desk_device_save (fixture->db, &bench, &error));
  g_assert_error (error, DESK_ERROR, DESK_ERROR_CONFLICT);
  g_clear_error (&error);
  assert_refused (desk_device_use_start (fixture->db, lot->id, bench.id, "", CULTURE, NULL, &error), &error, "device-out-of-service");
  g_autoptr (GPtrArray) uses = desk_device_uses_of_lot (fixture->db, lot->id, &error);
  g_assert_cmpuint (uses->len, ==, 2);
}

/* A frozen dose of a lot with all its results: labelled, frozen into that column, released and reserved. */
static void
make_ready (StoreFixture *fixture, gint64 id, gint64 visit, int col)
{
  g_autoptr (GError) error = NULL;
  g_autoptr (DeskUnit) unit = desk_unit_load (fixture->db, id, &error);
  DeskUnitAct acts[] = { { .step = DESK_STEP_PRINT_LABEL, .performer = CULTURE },
                         { .step = DESK_STEP_VERIFY_LABEL, .performer = CULTURE, .witness = SECOND, .scanned = unit->number },
                         { .step = DESK_STEP_RELEASE, .performer = QUALITY, .witness = NURSE },
                         { .step = DESK_STEP_RESERVE, .performer = NURSE, .visit_id = visit } };
  for (guint i = 0; i < G_N_ELEMENTS (acts); i++)
    {
      acts[i].unit_id = id;
      if (i == 2)
        g_assert_true (desk_unit_freeze (fixture->db, id, 1, 1, col, CULTURE, SECOND, &error));
      if (!desk_unit_act (fixture->db, &acts[i], &error))
        g_error ("%u: %s", i, error->message);
    }
}

/* A dose that came out of its bath dead stops itself, and not the others of its lot. */
static void
test_one_unit (StoreFixture *fixture, gconstpointer data)
{
  g_autoptr (DeskLot) lot = start_lot (fixture, 1, 1);
  g_autoptr (GArray) units = g_array_new (FALSE, FALSE, sizeof (gint64));
  const char *const failed = "INSERT INTO result (lot_id, unit_id, test, value, unit, limit_text, passed, stage, reported_on, entered_at, entered_by)"
                             " SELECT lot_id, id, 'viability', '40', '%%', '≥ 70 %%', 0, 'final', '2026-05-22', 0, 1 FROM unit WHERE id = %" G_GINT64_FORMAT;
  const char *const picked = "INSERT INTO unit_event (unit_id, axis, seq, prev_seq, from_state, to_state, at, performer_id, witness_id)"
                             " SELECT id, 'life', life_seq + 1, life_seq, life, 'picked', 3000000000, 4, 1 FROM unit WHERE id = %" G_GINT64_FORMAT;

  fill (fixture, lot->id, "dose_frozen", 2, units);
  for (guint i = 0; i < G_N_ELEMENTS (tests); i++)
    add_result (fixture, lot->id, i, "final", TRUE);
  gint64 dead = g_array_index (units, gint64, 0), whole = g_array_index (units, gint64, 1);
  make_ready (fixture, dead, 1, 1);
  make_ready (fixture, whole, 3, 2);
  g_autofree char *of_dead = g_strdup_printf (failed, dead), *pick_dead = g_strdup_printf (picked, dead);
  store_exec (fixture, of_dead);
  store_refuse (fixture, pick_dead, DESK_ERROR_REFUSED, "result-failed");
  DeskUnitAct pick = { .unit_id = whole, .step = DESK_STEP_PICK, .performer = NURSE, .witness = CULTURE, .visit_id = 3 };
  g_autoptr (GError) error = NULL;
  if (!desk_unit_act (fixture->db, &pick, &error))
    g_error ("%s", error->message);
}

static void
test_consent (StoreFixture *fixture, gconstpointer data)
{
  g_autoptr (GError) error = NULL;
  g_autoptr (DeskLot) lot = start_lot (fixture, 1, 1);
  g_autoptr (GArray) units = g_array_new (FALSE, FALSE, sizeof (gint64));
  DeskStorageConsent ended = { .patient_id = 1, .from_on = (char *) "2020-01-01", .until_on = (char *) "2021-01-01" };
  DeskStorageConsent standing = { .patient_id = 1, .from_on = (char *) "2026-01-01", .until_on = (char *) "2099-01-01" };

  fill (fixture, lot->id, "dose_frozen", 1, units);
  gint64 id = g_array_index (units, gint64, 0);
  for (guint i = 0; i < G_N_ELEMENTS (tests); i++)
    add_result (fixture, lot->id, i, "final", TRUE);
  make_ready (fixture, id, 1, 1);
  DeskUnitAct pick = { .unit_id = id, .step = DESK_STEP_PICK, .performer = NURSE, .witness = CULTURE, .visit_id = 1 };
  g_assert_true (desk_storage_consent_add (fixture->db, &ended, NURSE, &error));
  assert_refused (desk_unit_act (fixture->db, &pick, &error), &error, "consent-ended");
  g_assert_true (desk_storage_consent_add (fixture->db, &standing, NURSE, &error));
  g_assert_true (desk_storage_consent_withdraw (fixture->db, 1, NURSE, &error));
  assert_refused (desk_unit_act (fixture->db, &pick, &error), &error, "consent-ended");
  g_assert_false (desk_storage_consent_withdraw (fixture->db, 1, NURSE, &error));
  g_clear_error (&error);
  g_assert_true (desk_storage_consent_add (fixture->db, &standing, NURSE, &error));
  if (!desk_unit_act (fixture->db, &pick, &error))
    g_error ("%s", error->message);
  g_autoptr (GPtrArray) consents = desk_storage_consent_list (fixture->db, 1, &error);
  g_assert_cmpuint (consents->len, ==, 3);
  store_exec (fixture, "DELETE FROM cell_setting");
}

/* What the day's list says of it. */
static void
test_attention (StoreFixture *fixture, gconstpointer data)
{
  g_autoptr (GError) error = NULL;
  g_autoptr (DeskLot) lot = start_lot (fixture, 1, 1);
  g_autoptr (GArray) units = g_array_new (FALSE, FALSE, sizeof (gint64));
  DeskCondition condition = { .n_units = 1, .visit_id = 1, .performer = QUALITY, .physician = PHYSICIAN, .reason = "why", .told_at = 2000 };
  DeskStorageConsent consent = { .patient_id = 1, .from_on = (char *) "2025-01-01", .until_on = (char *) "2026-07-01" };
  DeskDay today = 0;
  guint late = 0, ends = 0;

  fill (fixture, lot->id, "dose_frozen", 1, units);
  condition.units = (const gint64 *) (gpointer) units->data;
  for (guint i = 0; i < 4; i++)
    add_result (fixture, lot->id, i, "final", TRUE);
  add_result (fixture, lot->id, 5, "preliminary", FALSE); /* the final one is due on 3 June */
  g_assert_true (desk_release_conditional (fixture->db, &condition, &error));
  g_assert_true (desk_storage_consent_add (fixture->db, &consent, NURSE, &error));
  g_assert_true (desk_day_parse ("2026-06-03", &today));
  for (DeskDay day = today - 1; day <= today; day++)
    {
      g_autoptr (GPtrArray) list = desk_today_attention (fixture->db, day, &error);

      g_assert_no_error (error);
      for (guint i = 0; i < list->len; i++)
        {
          const DeskAttention *line = list->pdata[i];

          late += line->kind == DESK_ATTENTION_RESULT_LATE && line->id == lot->id && line->day == today;
          ends += line->kind == DESK_ATTENTION_CONSENT_ENDS && line->id == 1;
        }
    }
  g_assert_cmpuint (late, ==, 1); /* not the day before */
  g_assert_cmpuint (ends, ==, 2);
}

static void
test_settings (StoreFixture *fixture, gconstpointer data)
{
  g_autoptr (GError) error = NULL;
  g_autoptr (GPtrArray) all = desk_lot_tests (fixture->db, &error);
  DeskLotTest *count = all->pdata[1];

  g_assert_cmpstr (count->code, ==, "count");
  g_free (count->low);
  count->low = g_strdup ("1.0×10^9");
  g_assert_true (desk_lot_test_save (fixture->db, count, &error));
  g_assert_cmpint (count->version, ==, 2);
  count->version = 1;
  g_assert_false (desk_lot_test_save (fixture->db, count, &error));
  g_assert_error (error, DESK_ERROR, DESK_ERROR_CONFLICT);
  g_clear_error (&error);
  g_free (count->low);
  count->low = g_strdup ("many");
  g_assert_false (desk_lot_test_save (fixture->db, count, &error));
  g_assert_error (error, DESK_ERROR, DESK_ERROR_INVALID);
}

/* What no program can say to the file. */
static void
test_refusals (StoreFixture *fixture, gconstpointer data)
{
  static const struct
  {
    const char *sql, *code;
  } refusals[] = {
    { "INSERT INTO collection (patient_id, number, method, collected_at, volume_ml, operator_id) VALUES (1, 'X', 'blood_draw', 0, 50, 1)", "coi-needed" },
    { "INSERT INTO collection (patient_id, number, method, collected_at, volume_ml, operator_id, coi_id) VALUES (2, 'X', 'blood_draw', 0, 50, 1, 1)", "other-patient" },
    { "INSERT INTO collection (patient_id, number, method, collected_at, volume_ml, operator_id, coi_id, visit_id) VALUES (1, 'X', 'blood_draw', 0, 50, 1, 1, 2)", "other-patient" },
    { "INSERT INTO collection (patient_id, number, method, collected_at, volume_ml, operator_id, coi_id) VALUES (1, 'X', 'blood_draw', 0, 50, 6, 1)", "staff-not-active" },
    { "INSERT INTO collection (patient_id, number, method, collected_at, volume_ml, operator_id, coi_id, ended_at) VALUES (1, 'X', 'blood_draw', 10, 50, 1, 1, 5)", "clock-went-back" },
    { "INSERT INTO coi (number, opened_at, opened_by) SELECT number, 0, 1 FROM coi", "UNIQUE" },
    { "INSERT INTO coi (number, course_id, opened_at, opened_by) VALUES ('I-X', 1, 0, 1)", "UNIQUE" },
    { "UPDATE coi SET number = 'X'", "journal-only-grows" },
    { "DELETE FROM coi", "journal-only-grows" },
    { "UPDATE collection SET coi_id = 2 WHERE id = 1", "journal-only-grows" },
    { "UPDATE collection SET note = 'x'", "journal-only-grows" },
    { "INSERT INTO result (lot_id, test, value, passed, stage, reported_on, entered_at, entered_by) VALUES (1, 'purity', '9', 1, 'final', '2026-01-01', 0, 1)", "limit-needed" },
    { "INSERT INTO result (lot_id, unit_id, test, value, limit_text, passed, stage, reported_on, entered_at, entered_by)"
      " SELECT 2, id, 'purity', '9', 'x', 1, 'final', '2026-01-01', 0, 1 FROM unit", "other-lot" },
    { "INSERT INTO result (lot_id, test, value, limit_text, passed, stage, sampled_on, reported_on, entered_at, entered_by)"
      " VALUES (1, 'purity', '9', 'x', 1, 'final', '2026-01-02', '2026-01-01', 0, 1)", "reported-before-sampled" },
    { "INSERT INTO result (lot_id, test, value, limit_text, passed, stage, reported_on, entered_at, entered_by) VALUES (1, 'purity', '9', 'x', 1, 'final', '2026-01-01', 0, 6)", "staff-not-active" },
    { "INSERT INTO result (lot_id, test, value, limit_text, passed, stage, reported_on, entered_at, entered_by, supersedes)"
      " VALUES (1, 'viability', '9', 'x', 1, 'final', '2026-01-01', 0, 1, 1)", "reason-needed" },
    { "INSERT INTO result_check (result_id, checked_at, checked_by) VALUES (1, 0, 1)", "same-person" },
    { "INSERT INTO result_check (result_id, checked_at, checked_by) VALUES (1, 0, 6)", "staff-not-active" },
    { "UPDATE result_check SET checked_by = 3", "journal-only-grows" },
    { "DELETE FROM result_check", "journal-only-grows" },
    { "UPDATE lot_reagent SET at = 1", "journal-only-grows" },
    { "DELETE FROM lot_reagent", "journal-only-grows" },
    { "INSERT INTO lot_reagent (lot_id, reagent_id, at, by_id) VALUES (2, 2, 1800000000, 1)", "reagent-expired" },
    { "UPDATE reagent_lot SET lot_number = 'X'", "journal-only-grows" },
    { "UPDATE reagent_lot SET expires_on = '2099-01-01' WHERE id = 2", "journal-only-grows" },
    { "DELETE FROM reagent_lot", "journal-only-grows" },
    { "DELETE FROM device", "device-kept" },
    { "UPDATE device_use SET started_at = 5", "journal-only-grows" },
    { "DELETE FROM device_use", "journal-only-grows" },
    { "INSERT INTO device_use (device_id, lot_id, started_at, ended_at, by_id) VALUES (1, 2, 0, 200, 1)", "device-in-use" },
    { "INSERT INTO release_condition (unit_id, visit_id, pending, physician_id, reason, told_at, due_on, at, by_id) VALUES (1, 2, 'sterility', 5, 'x', 1, '2026-01-01', 2, 3)", "other-patient" },
    { "INSERT INTO release_condition (unit_id, visit_id, pending, physician_id, reason, told_at, due_on, at, by_id) VALUES (1, 1, 'sterility', 4, 'x', 1, '2026-01-01', 2, 3)", "not-a-physician" },
    { "INSERT INTO release_condition (unit_id, visit_id, pending, physician_id, reason, told_at, due_on, at, by_id) VALUES (1, 1, 'sterility', 5, 'x', 9, '2026-01-01', 2, 3)", "patient-not-told" },
    { "INSERT INTO release_condition (unit_id, visit_id, pending, physician_id, reason, told_at, due_on, at, by_id) VALUES (1, 1, 'sterility', 5, 'x', 1, 'soon', 2, 3)", "due-day-needed" },
    { "INSERT INTO release_condition (unit_id, visit_id, pending, physician_id, reason, told_at, due_on, at, by_id) VALUES (1, 1, 'sterility', 5, 'x', 1, '2026-01-01', 2, 5)", "CHECK" },
    { "INSERT INTO release_condition (unit_id, visit_id, pending, physician_id, reason, told_at, due_on, at, by_id) VALUES (1, 1, '', 5, 'x', 1, '2026-01-01', 2, 3)", "CHECK" },
    { "INSERT INTO storage_consent (patient_id, from_on, until_on, at, by_id) VALUES (1, '2026-01-02', '2026-01-01', 0, 1)", "CHECK" },
    { "DELETE FROM lot_test", "FOREIGN KEY" },
  };
  g_autoptr (DeskLot) lot = start_lot (fixture, 1, 1), other = start_lot (fixture, 2, 2);
  g_autoptr (GArray) units = g_array_new (FALSE, FALSE, sizeof (gint64));

  fill (fixture, lot->id, "dose_frozen", 1, units);
  add_result (fixture, lot->id, 0, "final", FALSE);
  gint64 read = add_result (fixture, lot->id, 2, "final", TRUE);
  g_assert_cmpint (read, ==, 2);
  store_exec (fixture,
              "INSERT INTO reagent_lot (id, name, lot_number, expires_on, added_at) VALUES (1, 'A', '1', '', 0), (2, 'B', '2', '2020-01-01', 0);"
              "INSERT INTO lot_reagent (lot_id, reagent_id, at, by_id) VALUES (1, 1, 0, 1);"
              "INSERT INTO device (id, kind, name) VALUES (1, 'bench', 'Bench');"
              "INSERT INTO device_use (device_id, lot_id, started_at, ended_at, by_id) VALUES (1, 1, 100, 300, 1)");
  for (guint i = 0; i < G_N_ELEMENTS (refusals); i++)
    {
      g_autoptr (GError) error = NULL;

      if (desk_db_exec (fixture->db, refusals[i].sql, &error))
        g_error ("not refused: %s", refusals[i].sql);
      if (!strstr (error->message, refusals[i].code))
        g_error ("“%s” instead of “%s”: %s", error->message, refusals[i].code, refusals[i].sql);
    }
}

int
main (int argc, char **argv)
{
  static const struct
  {
    const char *path;
    void (*test) (StoreFixture *fixture, gconstpointer data);
  } all[] = {
    { "/lots/identity", test_identity },       { "/lots/grown-on", test_grown_on }, { "/lots/results", test_results },
    { "/lots/release", test_release },         { "/lots/conditional", test_conditional }, { "/lots/reagents", test_reagents },
    { "/lots/devices", test_devices },         { "/lots/consent", test_consent },   { "/lots/settings", test_settings }, { "/lots/attention", test_attention },
    { "/lots/one-unit", test_one_unit },       { "/lots/refusals", test_refusals },
  };

  g_test_init (&argc, &argv, NULL);
  for (guint i = 0; i < G_N_ELEMENTS (all); i++)
    g_test_add (all[i].path, StoreFixture, NULL, set_up, all[i].test, store_fixture_tear_down);
  return g_test_run ();
}
