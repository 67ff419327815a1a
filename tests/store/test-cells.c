/* Cells through the store's functions: the whole life of a dose, every wrong turn, two desks, and a long random walk
 * beside a model of what is legal. */
#include "bedside-fixture.h"
#include "desk-cells.h"
#include "store-fixture.h"

#include <string.h>

#define CULTURE 1
#define SECOND 2
#define QUALITY 3
#define NURSE 4
#define DOCTOR 5

#define BOX 3
#define OTHER_BOX 4

static void
set_up (StoreFixture *fixture, gconstpointer data)
{
  gint64 now = g_get_real_time () / G_USEC_PER_SEC / 300 * 300;
  g_autofree char *visits = g_strdup_printf (
      "INSERT INTO visit (id, patient_id, type, starts_at, ends_at, busy_from, busy_until, created_at) VALUES"
      " (1, 1, 'infusion', %1$" G_GINT64_FORMAT ", %1$" G_GINT64_FORMAT " + 3600, %1$" G_GINT64_FORMAT ", %1$" G_GINT64_FORMAT " + 3600, 0),"
      " (2, 2, 'infusion', %1$" G_GINT64_FORMAT ", %1$" G_GINT64_FORMAT " + 3600, %1$" G_GINT64_FORMAT ", %1$" G_GINT64_FORMAT " + 3600, 0),"
      " (3, 1, 'infusion', %1$" G_GINT64_FORMAT " + 604800, %1$" G_GINT64_FORMAT " + 608400,"
      "  %1$" G_GINT64_FORMAT " + 604800, %1$" G_GINT64_FORMAT " + 608400, 0)", now);

  store_fixture_set_up (fixture, data);
  store_exec (fixture,
              "PRAGMA synchronous = OFF;"
              "INSERT INTO clinic (id, uuid, name, name_ja, facility, plan_number) VALUES (1, 'u', 'Clinic', 'クリニック', 'FC3150001', 'PC3150325');"
              "INSERT INTO staff (id, name, role) VALUES (1, 'Culture', 'culture'), (2, 'Second', 'culture'), (3, 'Quality', 'quality'), (4, 'Nurse', 'nurse'), (5, 'Doctor', 'physician');"
              "INSERT INTO patient (id, chart, family, given, created_at, updated_at) VALUES (1, 'P1', 'NGUYEN', 'VAN AN', 0, 0), (2, 'P2', 'MONONYM', '', 0, 0);"
              "INSERT INTO container (id, parent_id, kind, name, rows, cols) VALUES (1, NULL, 'tank', 'Tank 1', 0, 0),"
              " (2, 1, 'rack', 'Rack 1', 0, 0), (3, 2, 'box', 'Box 1', 9, 9), (4, 2, 'box', 'Box 2', 2, 2)");
  store_exec (fixture, visits);
}

static DeskLot *
start_lot (StoreFixture *fixture, gint64 patient, gboolean results)
{
  static const char *const tests[] = { "viability", "count", "purity", "endotoxin", "mycoplasma", "sterility" };
  static const char *const values[] = { "91", "1.2e9", "85", "0.5 EU/kg", "negative", "negative" };
  DeskLotStart start = { .patient_id = patient, .method = "blood_draw", .collected_at = 1000, .volume_ml = 50,
                         .operator_id = NURSE, .started_on = "2026-05-01", .expected_on = "2026-05-20" };
  g_autoptr (GError) error = NULL;
  DeskLot *lot = NULL;

  g_assert_true (desk_lot_start (fixture->db, &start, &lot, &error));
  for (guint i = 0; results && i < G_N_ELEMENTS (tests); i++)
    {
      DeskResult result = { .lot_id = lot->id, .test = (char *) tests[i], .value = (char *) values[i],
                            .stage = (char *) "final", .reported_on = (char *) "2026-05-21", .entered_by = CULTURE };
      g_assert_true (desk_result_add (fixture->db, &result, &error));
      g_assert_cmpint (result.id, >, 0);
      g_assert_true (result.passed);
      g_assert_true (desk_result_check (fixture->db, result.id, SECOND, &error));
    }
  return lot;
}

static gint64
fill (StoreFixture *fixture, gint64 lot, const char *kind)
{
  g_autoptr (GError) error = NULL;
  g_autoptr (GArray) units = g_array_new (FALSE, FALSE, sizeof (gint64));

  g_assert_true (desk_units_fill (fixture->db, lot, kind, 1, 50, 1000000000, "2099-01-01", CULTURE, SECOND, units, &error));
  g_assert_no_error (error);
  return g_array_index (units, gint64, 0);
}

/* Everything a step could want, so that only the rules decide. */
static gboolean
try_act (StoreFixture *fixture, gint64 unit_id, DeskUnitStep step, int row, int col, GError **error)
{
  g_autoptr (DeskUnit) unit = desk_unit_load (fixture->db, unit_id, NULL);
  DeskDiscard discard = { .code = "damaged", .method = "autoclave", .approved_by = DOCTOR };
  DeskUnitAct act = { .unit_id = unit_id, .step = step, .performer = QUALITY, .witness = NURSE, .reason = "why", .scanned = unit->number, .discard = &discard,
                      .visit_id = step == DESK_STEP_RESERVE ? unit->patient_id : 0, .container_id = BOX, .row = row, .col = col };

  if (!desk_unit_act (fixture->db, &act, error))
    return FALSE;
  /* What was found is held until somebody has looked at it. */
  g_autoptr (GPtrArray) holds = desk_hold_list (fixture->db, unit_id, NULL);
  if (step == DESK_STEP_FOUND)
    g_assert_true (desk_hold_close (fixture->db, ((DeskHold *) holds->pdata[holds->len - 1])->id, QUALITY, "looked at", error));
  return TRUE;
}

static void
act (StoreFixture *fixture, gint64 unit, DeskUnitStep step, int row, int col)
{
  g_autoptr (GError) error = NULL;

  bedside_before (fixture->db, unit, desk_unit_step_info (step)->to_state, 0, QUALITY, NURSE);
  if (!try_act (fixture, unit, step, row, col, &error))
    g_error ("%s: %s", desk_unit_step_info (step)->code, error->message);
}

static void
refuse (StoreFixture *fixture, gint64 unit, DeskUnitStep step, const char *code)
{
  g_autoptr (GError) error = NULL;

  if (try_act (fixture, unit, step, 9, 9, &error))
    g_error ("%s was done, instead of %s", desk_unit_step_info (step)->code, code);
  g_assert_error (error, DESK_ERROR, DESK_ERROR_REFUSED);
  g_assert_cmpstr (error->message, ==, code);
}

static void
refuse_act (StoreFixture *fixture, DeskUnitAct wanted, DeskError code, const char *message)
{
  g_autoptr (GError) error = NULL;

  g_assert_false (desk_unit_act (fixture->db, &wanted, &error));
  g_assert_error (error, DESK_ERROR, (int) code);
  g_assert_cmpstr (error->message, ==, message);
}

static void
assert_headline (StoreFixture *fixture, gint64 id, const char *headline)
{
  g_autoptr (GError) error = NULL;
  g_autoptr (DeskUnit) unit = desk_unit_load (fixture->db, id, &error);

  g_assert_no_error (error);
  g_assert_cmpstr (desk_unit_headline (unit, desk_day_from_ymd (2026, 6, 3)), ==, headline);
}

static void
freeze (StoreFixture *fixture, gint64 unit, int row, int col)
{
  g_autoptr (GError) error = NULL;

  act (fixture, unit, DESK_STEP_PRINT_LABEL, 0, 0);
  act (fixture, unit, DESK_STEP_VERIFY_LABEL, 0, 0);
  g_assert_true (desk_unit_freeze (fixture->db, unit, BOX, row, col, CULTURE, SECOND, &error));
}

static void
patient_arrives (StoreFixture *fixture)
{
  store_exec (fixture, "INSERT INTO visit_stamp (visit_id, seq, from_status, to_status, at) VALUES (1, 1, 'booked', 'arrived', 0);"
                       "UPDATE visit SET status = 'arrived' WHERE id = 1");
}

static void
test_life (StoreFixture *fixture, gconstpointer data)
{
  g_autoptr (GError) error = NULL;
  g_autoptr (DeskLot) lot = start_lot (fixture, 1, TRUE);
  gint64 unit = fill (fixture, lot->id, "dose_frozen");

  g_assert_cmpstr (lot->number, ==, "L26-0001-P");
  g_assert_cmpstr (lot->plan_number, ==, "PC3150325");
  g_assert_true (desk_lot_set_status (fixture->db, lot, "harvested", "2026-05-20", &error));
  assert_headline (fixture, unit, "quarantine");
  g_assert_false (desk_unit_freeze (fixture->db, unit, BOX, 1, 1, CULTURE, SECOND, &error));
  g_assert_error (error, DESK_ERROR, DESK_ERROR_REFUSED);
  g_assert_cmpstr (error->message, ==, "label-not-verified");
  g_clear_error (&error);

  refuse_act (fixture, (DeskUnitAct){ .unit_id = unit, .step = DESK_STEP_VERIFY_LABEL, .performer = 1, .witness = 2, .scanned = "L26-0001-01" },
              DESK_ERROR_REFUSED, "not-possible");
  act (fixture, unit, DESK_STEP_PRINT_LABEL, 0, 0);
  refuse_act (fixture, (DeskUnitAct){ .unit_id = unit, .step = DESK_STEP_VERIFY_LABEL, .performer = 1, .witness = 2, .scanned = "L26-0001-02" },
              DESK_ERROR_REFUSED, "label-mismatch");
  refuse_act (fixture, (DeskUnitAct){ .unit_id = unit, .step = DESK_STEP_VERIFY_LABEL, .performer = 1, .witness = 2 },
              DESK_ERROR_REFUSED, "scan-needed");
  act (fixture, unit, DESK_STEP_VERIFY_LABEL, 0, 0);
  g_assert_true (desk_unit_freeze (fixture->db, unit, BOX, 1, 1, CULTURE, SECOND, &error));

  refuse_act (fixture, (DeskUnitAct){ .unit_id = unit, .step = DESK_STEP_RELEASE, .performer = CULTURE, .witness = 2 },
              DESK_ERROR_REFUSED, "released-by-tester");
  refuse_act (fixture, (DeskUnitAct){ .unit_id = unit, .step = DESK_STEP_RELEASE, .performer = 3, .witness = 3 },
              DESK_ERROR_REFUSED, "same-person");
  act (fixture, unit, DESK_STEP_RELEASE, 0, 0);
  assert_headline (fixture, unit, "available");
  refuse (fixture, unit, DESK_STEP_PICK, "not-reserved");
  refuse_act (fixture, (DeskUnitAct){ .unit_id = unit, .step = DESK_STEP_RESERVE, .performer = 3, .visit_id = 2 },
              DESK_ERROR_REFUSED, "other-patient");
  act (fixture, unit, DESK_STEP_RESERVE, 0, 0);
  assert_headline (fixture, unit, "reserved");
  act (fixture, unit, DESK_STEP_PICK, 0, 0);
  refuse (fixture, unit, DESK_STEP_THAW, "thaw-needed");
  patient_arrives (fixture);
  act (fixture, unit, DESK_STEP_THAW, 0, 0);
  act (fixture, unit, DESK_STEP_THAWED, 0, 0);
  refuse (fixture, unit, DESK_STEP_PUT_BACK, "not-possible");
  act (fixture, unit, DESK_STEP_TO_BEDSIDE, 0, 0);
  refuse_act (fixture, (DeskUnitAct){ .unit_id = unit, .step = DESK_STEP_INFUSE, .performer = 3, .witness = 4, .visit_id = 2 },
              DESK_ERROR_REFUSED, "other-patient");
  refuse_act (fixture, (DeskUnitAct){ .unit_id = unit, .step = DESK_STEP_INFUSE, .performer = 3, .witness = 4, .visit_id = 3 },
              DESK_ERROR_REFUSED, "not-reserved");
  act (fixture, unit, DESK_STEP_INFUSE, 0, 0);
  act (fixture, unit, DESK_STEP_INFUSED, 0, 0);
  assert_headline (fixture, unit, "infused");
  for (int step = 0; step < DESK_N_STEPS; step++)
    if (step != DESK_STEP_RECALL)
      refuse (fixture, unit, step, "final-state");

  g_autoptr (GPtrArray) given = desk_unit_of_visit (fixture->db, 1, &error);
  g_assert_cmpuint (given->len, ==, 1);
  g_assert_cmpint (((DeskUnit *) given->pdata[0])->reserved_visit, ==, 0);

  g_autoptr (GPtrArray) events = desk_unit_history (fixture->db, unit, &error);
  /* planned, filled, quarantine, none, printed, verified, place, frozen, released, picked, thawing, thawed, bedside, infusing, infused */
  g_assert_cmpuint (events->len, ==, 15);
  g_assert_cmpstr (((DeskUnitEvent *) events->pdata[0])->to_state, ==, "infused");
  g_assert_cmpstr (((DeskUnitEvent *) events->pdata[1])->witness, ==, "Nurse");
  /* A late recall is still possible, and needed, to find who had it. */
  act (fixture, unit, DESK_STEP_RECALL, 0, 0);
}

static void
test_places (StoreFixture *fixture, gconstpointer data)
{
  g_autoptr (GError) error = NULL;
  g_autoptr (DeskLot) lot = start_lot (fixture, 1, TRUE);
  gint64 one = fill (fixture, lot->id, "dose_frozen"), two = fill (fixture, lot->id, "dose_frozen");
  int row, col;

  freeze (fixture, one, 1, 1);
  freeze (fixture, two, 1, 2);
  g_assert_true (desk_container_next_free (fixture->db, BOX, &row, &col, &error));
  g_assert_cmpint (row * 100 + col, ==, 103);
  refuse_act (fixture, (DeskUnitAct){ .unit_id = one, .step = DESK_STEP_MOVE, .performer = 1, .container_id = BOX, .row = 1, .col = 2 },
              DESK_ERROR_TAKEN, "A2 is taken by L26-0001-02-J");
  refuse_act (fixture, (DeskUnitAct){ .unit_id = one, .step = DESK_STEP_MOVE, .performer = 1, .container_id = BOX, .row = 1, .col = 10 },
              DESK_ERROR_REFUSED, "no-such-place");
  refuse_act (fixture, (DeskUnitAct){ .unit_id = one, .step = DESK_STEP_MOVE, .performer = 1, .container_id = BOX },
              DESK_ERROR_REFUSED, "no-such-place");
  act (fixture, one, DESK_STEP_MOVE, 9, 9);
  store_exec (fixture, "UPDATE container SET in_service = 0 WHERE id = 1");
  refuse_act (fixture, (DeskUnitAct){ .unit_id = one, .step = DESK_STEP_MOVE, .performer = 1, .container_id = OTHER_BOX, .row = 1, .col = 1 },
              DESK_ERROR_REFUSED, "out-of-service");
  store_exec (fixture, "UPDATE container SET in_service = 1 WHERE id = 1");

  g_autoptr (GPtrArray) tanks = desk_container_children (fixture->db, 0, &error);
  g_assert_cmpuint (tanks->len, ==, 1);
  g_assert_cmpint (((DeskContainer *) tanks->pdata[0])->used, ==, 2);
  g_assert_cmpint (((DeskContainer *) tanks->pdata[0])->capacity, ==, 85);
  g_autoptr (GPtrArray) boxes = desk_container_children (fixture->db, 2, &error);
  g_assert_cmpuint (boxes->len, ==, 2);
  g_assert_cmpint (((DeskContainer *) boxes->pdata[1])->used, ==, 0);
  g_autoptr (GPtrArray) path = desk_container_path (fixture->db, BOX, &error);
  g_assert_cmpuint (path->len, ==, 3);
  g_assert_cmpstr (((DeskContainer *) path->pdata[0])->name, ==, "Tank 1");
  g_autoptr (GPtrArray) inside = desk_unit_in_container (fixture->db, BOX, &error);
  g_assert_cmpuint (inside->len, ==, 2);
  g_assert_cmpint (((DeskUnit *) inside->pdata[0])->id, ==, two);

  act (fixture, one, DESK_STEP_RELEASE, 0, 0);
  act (fixture, one, DESK_STEP_RESERVE, 0, 0);
  act (fixture, one, DESK_STEP_PICK, 0, 0);
  act (fixture, one, DESK_STEP_PUT_BACK, 5, 5);
  act (fixture, one, DESK_STEP_MISSING, 0, 0);
  assert_headline (fixture, one, "missing");
  act (fixture, one, DESK_STEP_FOUND, 5, 6);
  g_autoptr (DeskUnit) unit = desk_unit_load (fixture->db, one, &error);
  g_assert_cmpint (unit->row * 100 + unit->col, ==, 506);
  refuse (fixture, one, DESK_STEP_DISCARD, "still-reserved");
  act (fixture, one, DESK_STEP_UNRESERVE, 0, 0);
  act (fixture, one, DESK_STEP_DISCARD, 0, 0);
  g_assert_true (desk_container_next_free (fixture->db, BOX, &row, &col, &error));
  act (fixture, two, DESK_STEP_MOVE, 5, 6); /* the place is free again */

  g_autoptr (GPtrArray) events = desk_unit_history (fixture->db, two, &error);
  gboolean moved = FALSE;
  for (guint i = 0; i < events->len; i++)
    {
      const DeskUnitEvent *event = events->pdata[i];
      moved |= strcmp (event->axis, "place") == 0 && strcmp (event->from_state, "Box 1 A2") == 0 && strcmp (event->to_state, "Box 1 E6") == 0;
    }
  g_assert_true (moved);

  DeskContainer again = { .kind = (char *) "box", .name = (char *) "Box 1", .parent_id = 2, .rows = 9, .cols = 9, .in_service = TRUE };
  g_assert_false (desk_container_add (fixture->db, &again, &error));
  g_assert_error (error, DESK_ERROR, DESK_ERROR_TAKEN);
  g_clear_error (&error);
  again.name = (char *) "Box 3";
  g_assert_true (desk_container_add (fixture->db, &again, &error));
  g_assert_cmpint (again.id, >, OTHER_BOX);
}

static void
test_unsafe (StoreFixture *fixture, gconstpointer data)
{
  g_autoptr (GError) error = NULL;
  g_autoptr (DeskLot) lot = start_lot (fixture, 1, TRUE);
  gint64 one = fill (fixture, lot->id, "dose_frozen"), two = fill (fixture, lot->id, "dose_frozen"), qc = fill (fixture, lot->id, "qc");

  freeze (fixture, one, 1, 1);
  freeze (fixture, two, 1, 2);
  refuse (fixture, qc, DESK_STEP_RESERVE, "not-a-dose");
  act (fixture, one, DESK_STEP_RELEASE, 0, 0);
  act (fixture, one, DESK_STEP_RESERVE, 0, 0);
  g_assert_true (desk_hold_open (fixture->db, &(DeskHoldNew) { .scope = DESK_HOLD_UNIT, .id = one, .reason = "dropped", .by = CULTURE }, NULL, &error));
  assert_headline (fixture, one, "held");
  refuse (fixture, one, DESK_STEP_PICK, "unit-held");
  g_autoptr (GPtrArray) holds = desk_hold_list (fixture->db, one, &error);
  g_assert_cmpuint (holds->len, ==, 1);
  g_assert_true (desk_hold_close (fixture->db, ((DeskHold *) holds->pdata[0])->id, QUALITY, "looked at", &error));
  g_assert_false (desk_hold_close (fixture->db, ((DeskHold *) holds->pdata[0])->id, QUALITY, "looked at", &error));
  g_assert_error (error, DESK_ERROR, DESK_ERROR_CONFLICT);
  g_clear_error (&error);
  assert_headline (fixture, one, "reserved");

  /* A bad result holds the whole lot in the same transaction, and closing the hold does not make it safe. */
  DeskResult late = { .lot_id = lot->id, .test = (char *) "sterility", .value = (char *) "growth", .passed = FALSE,
                      .stage = (char *) "preliminary", .reported_on = (char *) "2026-06-02", .entered_by = CULTURE };
  g_assert_true (desk_result_add (fixture->db, &late, &error));
  assert_headline (fixture, one, "held");
  assert_headline (fixture, two, "held");
  refuse (fixture, two, DESK_STEP_RELEASE, "unit-held");
  g_autoptr (GPtrArray) of_lot = desk_hold_list (fixture->db, two, &error);
  g_assert_cmpuint (of_lot->len, ==, 1);
  g_assert_true (desk_hold_close (fixture->db, ((DeskHold *) of_lot->pdata[0])->id, QUALITY, "looked at", &error));
  refuse (fixture, one, DESK_STEP_PICK, "result-failed");
  refuse (fixture, two, DESK_STEP_RELEASE, "result-failed");

  /* A final one calls back what was released, and what its look-back lists is kept until that is decided. */
  late.supersedes = late.id;
  late.stage = (char *) "final";
  g_assert_true (desk_result_add (fixture->db, &late, &error));
  assert_headline (fixture, one, "recalled");
  assert_headline (fixture, two, "held");
  refuse (fixture, one, DESK_STEP_RESERVE, "not-reservable");
  refuse (fixture, one, DESK_STEP_DISCARD, "lookback-open");
  store_exec (fixture, "UPDATE lookback_item SET reviewed_at = 9000000000, reviewed_by = 3, decision = 'discard' WHERE what = 'unit'");
  act (fixture, one, DESK_STEP_DISCARD, 0, 0); /* the recall gave it back */

  g_assert_true (desk_lot_set_status (fixture->db, lot, "failed", NULL, &error));
  g_assert_false (desk_units_fill (fixture->db, lot->id, "dose_frozen", 1, 50, 1, "2099-01-01", CULTURE, SECOND, NULL, &error));
  g_assert_error (error, DESK_ERROR, DESK_ERROR_REFUSED);
  g_assert_cmpstr (error->message, ==, "lot-failed");
  g_clear_error (&error);
  lot->version--;
  g_assert_false (desk_lot_set_status (fixture->db, lot, "failed", NULL, &error));
  g_assert_error (error, DESK_ERROR, DESK_ERROR_CONFLICT);
}

static void
test_lists (StoreFixture *fixture, gconstpointer data)
{
  g_autoptr (GError) error = NULL;
  g_autoptr (DeskLot) lot = start_lot (fixture, 1, FALSE), other = start_lot (fixture, 2, FALSE);
  gint64 one = fill (fixture, lot->id, "dose_frozen"), two = fill (fixture, lot->id, "dose_fresh"), three = fill (fixture, other->id, "qc");
  gint64 wanted[] = { three, 999, one };

  g_assert_cmpstr (other->number, ==, "L26-0002-N");
  g_assert_cmpint (desk_unit_find (fixture->db, " ｌ26-0001-02-J ", &error), ==, two);
  g_assert_cmpint (desk_unit_find (fixture->db, "L26-0001-0\374", NULL), ==, 0);
  g_assert_cmpint (desk_unit_find (fixture->db, "L26-0001-99", &error), ==, 0);
  g_assert_error (error, DESK_ERROR, DESK_ERROR_NOT_FOUND);
  g_clear_error (&error);
  g_autoptr (GPtrArray) rows = desk_unit_rows (fixture->db, wanted, G_N_ELEMENTS (wanted), &error);
  g_assert_cmpstr (((DeskUnit *) rows->pdata[0])->patient_name, ==, "MONONYM");
  g_assert_null (rows->pdata[1]);
  g_assert_cmpstr (((DeskUnit *) rows->pdata[2])->patient_name, ==, "NGUYEN VAN AN");
  g_autoptr (GArray) all = desk_unit_ids (fixture->db, NULL, &error), filled = desk_unit_ids (fixture->db, "frozen", &error);
  g_assert_cmpuint (all->len, ==, 3);
  g_assert_cmpuint (filled->len, ==, 0);
  g_autoptr (GArray) found = desk_unit_search (fixture->db, "l26-0001", 10, &error);
  g_assert_cmpuint (found->len, ==, 2);
  g_autoptr (GArray) first = desk_unit_search (fixture->db, "L26", 1, &error);
  g_assert_cmpuint (first->len, ==, 1);
  g_autoptr (GPtrArray) lots = desk_lot_list (fixture->db, 0, &error), of = desk_lot_list (fixture->db, 2, &error);
  g_assert_cmpuint (lots->len, ==, 2);
  g_assert_cmpuint (of->len, ==, 1);
  g_assert_true (desk_unit_ready (fixture->db, two, CULTURE, &error));
  g_assert_false (desk_unit_freeze (fixture->db, two, BOX, 1, 1, CULTURE, SECOND, &error));
  g_assert_error (error, DESK_ERROR, DESK_ERROR_REFUSED);
}

/* The steps of the domain and the steps of the schema are the same, with the same second person. */
static void
test_table (StoreFixture *fixture, gconstpointer data)
{
  for (int step = 0; step < DESK_N_STEPS; step++)
    {
      const DeskUnitStepInfo *info = desk_unit_step_info (step);
      gint64 rows = 0, same = 0;

      g_assert_nonnull (info->code);
      if (!info->axis)
        continue;
      g_assert_true (desk_db_value (fixture->db, &rows, NULL, "SELECT count (*) FROM axis_step WHERE axis = $1 AND to_state = $2", "tt",
                                    info->axis, info->to_state));
      g_assert_true (desk_db_value (fixture->db, &same, NULL,
                                    "SELECT count (*) FROM axis_step WHERE axis = $1 AND to_state = $2 AND witnessed = $3", "ttd",
                                    info->axis, info->to_state, info->witnessed));
      g_assert_cmpint (rows, >, 0);
      g_assert_cmpint (rows, ==, same);
    }
}

/* Two desks want the same dose at once: one has it, the other is told. */
typedef struct
{
  DeskDb *db;
  gint64 unit;
  int col, won, refused;
} Desk;

static gpointer
race (gpointer data)
{
  Desk *desk = data;
  DeskUnitAct acts[] = {
    { .unit_id = desk->unit, .step = DESK_STEP_RESERVE, .performer = QUALITY, .visit_id = 1 },
    { .unit_id = desk->unit, .step = DESK_STEP_PICK, .performer = QUALITY, .witness = NURSE },
  };

  for (guint i = 0; i < G_N_ELEMENTS (acts); i++)
    {
      g_autoptr (GError) error = NULL;

      if (desk_unit_act (desk->db, &acts[i], &error))
        desk->won++;
      else if (g_error_matches (error, DESK_ERROR, DESK_ERROR_REFUSED))
        desk->refused++;
    }
  return NULL;
}

static void
test_race (StoreFixture *fixture, gconstpointer data)
{
  g_autoptr (GError) error = NULL;
  g_autoptr (DeskLot) lot = start_lot (fixture, 1, TRUE);
  g_autoptr (DeskDb) second = desk_store_open (fixture->path, FALSE, &error);

  for (int i = 0; i < 10; i++)
    {
      gint64 unit = fill (fixture, lot->id, "dose_frozen");

      freeze (fixture, unit, 1 + i / 9, 1 + i % 9);
      act (fixture, unit, DESK_STEP_RELEASE, 0, 0);
      Desk desks[] = { { fixture->db, unit, 0, 0, 0 }, { second, unit, 0, 0, 0 } };
      GThread *thread = g_thread_new ("desk", race, &desks[1]);
      race (&desks[0]);
      g_thread_join (thread);
      /* One reservation and one picking, by whomever; the other two tries refused. */
      g_assert_cmpint (desks[0].won + desks[1].won, ==, 2);
      g_assert_cmpint (desks[0].refused + desks[1].refused, ==, 2);
    }
}

/* ── a long walk ────────────────────────────────────────────────────────────────────────────── */

typedef struct
{
  gint64 id;
  const char *life, *quality, *label;
  gboolean reserved;
  int place; /* 0: none */
  const char *before; /* it went missing */
} Model;

#define WALKERS 6
#define PLACES 9

static gboolean
in (const char *word, const char *words)
{
  g_auto (GStrv) list = g_strsplit (words, " ", -1);

  return g_strv_contains ((const char *const *) list, word);
}

/* Says whether the step is legal for the model, and takes it. Written from facts of the life cycle, not from the code. */
static gboolean
model_step (Model *m, const Model *all, DeskUnitStep step, int place)
{
  gboolean final = in (m->life, "infused part_infused discarded");
  gboolean taken = FALSE, good = in (m->quality, "released") && in (m->label, "verified");

  for (int i = 0; i < WALKERS; i++)
    taken |= all[i].place == place && &all[i] != m;
  if (final && step != DESK_STEP_RECALL)
    return FALSE;
#define DO(condition, ...) \
  if (!(condition)) return FALSE; \
  __VA_ARGS__; \
  return TRUE
  switch (step)
    {
    case DESK_STEP_PRINT_LABEL: DO (in (m->life, "filled frozen picked"), m->label = "printed");
    case DESK_STEP_VERIFY_LABEL: DO (in (m->life, "filled frozen picked") && in (m->label, "printed"), m->label = "verified");
    case DESK_STEP_RELEASE: DO (in (m->quality, "quarantine"), m->quality = "released");
    case DESK_STEP_REJECT: DO (in (m->quality, "quarantine"), m->quality = "rejected", m->reserved = FALSE);
    case DESK_STEP_RECALL:
      DO (in (m->quality, "released"), m->quality = "recalled", m->reserved = m->reserved && in (m->life, "infusing"));
    case DESK_STEP_MOVE: DO (in (m->life, "filled frozen") && !taken, m->place = place);
    case DESK_STEP_RESERVE:
      DO (!m->reserved && in (m->life, "filled frozen") && !in (m->quality, "rejected recalled"), m->reserved = TRUE);
    case DESK_STEP_UNRESERVE: DO (m->reserved && !in (m->life, "infusing"), m->reserved = FALSE);
    case DESK_STEP_PICK: DO (in (m->life, "frozen") && good && m->reserved, m->life = "picked", m->place = 0);
    case DESK_STEP_PUT_BACK: DO (in (m->life, "picked") && !taken && in (m->label, "verified"), m->life = "frozen", m->place = place);
    case DESK_STEP_THAW: DO (in (m->life, "picked") && good && m->reserved, m->life = "thawing");
    case DESK_STEP_THAWED: DO (in (m->life, "thawing"), m->life = "thawed");
    case DESK_STEP_TO_BEDSIDE: DO (in (m->life, "thawed") && good && m->reserved, m->life = "at_bedside");
    case DESK_STEP_INFUSE: DO (in (m->life, "at_bedside") && good && m->reserved, m->life = "infusing");
    case DESK_STEP_INFUSED: DO (in (m->life, "infusing"), m->life = "infused", m->reserved = FALSE);
    case DESK_STEP_PART_INFUSED: DO (in (m->life, "infusing"), m->life = "part_infused", m->reserved = FALSE);
    case DESK_STEP_DISCARD: DO (!m->reserved && !in (m->life, "infusing"), m->life = "discarded", m->place = 0);
    case DESK_STEP_MISSING: DO (in (m->life, "filled frozen picked"), m->before = m->life, m->life = "missing", m->place = 0);
    case DESK_STEP_FOUND:
      DO (in (m->life, "missing") && !taken && (in (m->before, "filled") || in (m->label, "verified")),
          m->life = in (m->before, "filled") ? "filled" : "frozen", m->place = place);
    default: return FALSE;
    }
#undef DO
}

static void
begin_walk (StoreFixture *fixture, gint64 lot, Model *m)
{
  *m = (Model){ fill (fixture, lot, "dose_frozen"), "filled", "quarantine", "none", FALSE, 0 };
}

static void
assert_same (StoreFixture *fixture, const Model *m)
{
  g_autoptr (GError) error = NULL;
  g_autoptr (DeskUnit) unit = desk_unit_load (fixture->db, m->id, &error);

  g_assert_no_error (error);
  g_assert_cmpstr (unit->life, ==, m->life);
  g_assert_cmpstr (unit->quality, ==, m->quality);
  g_assert_cmpstr (unit->label, ==, m->label);
  g_assert_cmpint (unit->reserved_visit != 0, ==, m->reserved);
  g_assert_cmpint (unit->container_id ? (unit->row - 1) * 3 + unit->col : 0, ==, m->place);
}

static gboolean
in_final_steps (DeskUnitStep step)
{
  return step == DESK_STEP_DISCARD || step == DESK_STEP_REJECT || step == DESK_STEP_RECALL;
}

/* Freezing is no step of its own: done beside them as soon as it may be, and refused when it may not. */
static guint
freeze_sometimes (StoreFixture *fixture, Model *m, const Model *all, int place)
{
  g_autoptr (GError) error = NULL;
  gboolean legal = in (m->life, "filled") && in (m->label, "verified");

  if (g_test_rand_int_range (0, 4))
    return 0;
  for (int i = 0; i < WALKERS; i++)
    legal &= all[i].place != place || &all[i] == m;
  if (desk_unit_freeze (fixture->db, m->id, BOX, (place - 1) / 3 + 1, (place - 1) % 3 + 1, CULTURE, SECOND, &error) != legal)
    g_error ("freezing %s: %s", m->life, error ? error->message : "was done");
  if (legal)
    {
      m->life = "frozen";
      m->place = place;
    }
  assert_same (fixture, m);
  return legal;
}

/* 20,000 tries at anything: what the model calls legal is done, all else is refused, and both stand alike. */
static void
test_walk (StoreFixture *fixture, gconstpointer data)
{
  g_autoptr (DeskLot) lot = NULL;
  Model models[WALKERS];
  guint done = 0, refused = 0, ended = 0, freezings = 0;

  patient_arrives (fixture);
  for (int i = 0; i < 20000; i++)
    {
      if (i % 2000 == 0) /* a lot has 999 numbers */
        {
          g_clear_pointer (&lot, desk_lot_free);
          lot = start_lot (fixture, 1, TRUE);
          for (int j = 0; j < WALKERS && i == 0; j++)
            begin_walk (fixture, lot->id, &models[j]);
        }
      Model *m = &models[g_test_rand_int_range (0, WALKERS)];
      DeskUnitStep step = g_test_rand_int_range (0, DESK_N_STEPS);
      int place = g_test_rand_int_range (1, PLACES + 1), row = (place - 1) / 3 + 1, col = (place - 1) % 3 + 1;
      g_autoptr (GError) error = NULL;

      /* Throwing away ends every walk soon: mostly do something else. */
      if (in_final_steps (step) && g_test_rand_int_range (0, 10))
        continue;
      Model before = *m;
      gboolean legal = model_step (m, models, step, place);
      if (legal)
        bedside_before (fixture->db, m->id, desk_unit_step_info (step)->to_state, 0, QUALITY, NURSE);
      if (try_act (fixture, m->id, step, row, col, &error) != legal)
        g_error ("try %d: %s of %s/%s/%s%s at %d: %s", i, desk_unit_step_info (step)->code, before.life, before.quality, before.label,
                 before.reserved ? " reserved" : "", before.place, error ? error->message : "was done");
      if (!legal)
        {
          g_assert_true (g_error_matches (error, DESK_ERROR, DESK_ERROR_REFUSED) || g_error_matches (error, DESK_ERROR, DESK_ERROR_TAKEN));
          g_assert_null (strchr (error->message, ':'));
        }
      legal ? done++ : refused++;
      assert_same (fixture, m);
      freezings += freeze_sometimes (fixture, m, models, place);
      if (in (m->life, "infused part_infused discarded") && g_test_rand_int_range (0, 8) == 0)
        {
          ended++;
          begin_walk (fixture, lot->id, m);
        }
    }
  g_test_message ("%u done, %u refused, %u frozen, %u lives ended", done, refused, freezings, ended);
  g_assert_cmpuint (done, >, 1000);
  g_assert_cmpuint (ended, >, 20);
}

int
main (int argc, char *argv[])
{
  g_test_init (&argc, &argv, NULL);
#define ADD(path, func) g_test_add (path, StoreFixture, NULL, set_up, func, store_fixture_tear_down)
  ADD ("/cells/life", test_life);
  ADD ("/cells/places", test_places);
  ADD ("/cells/unsafe", test_unsafe);
  ADD ("/cells/lists", test_lists);
  ADD ("/cells/table", test_table);
  ADD ("/cells/race", test_race);
  ADD ("/cells/walk", test_walk);
  return g_test_run ();
}
