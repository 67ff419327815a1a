#include "merge-fixture.h"

#include "bedside-fixture.h"
#include "desk-audit.h"
#include "desk-book.h"
#include "desk-cells.h"
#include "desk-merge.h"
#include "desk-patients.h"

static void
add_patient (StoreFixture *fixture, const char *family, const char *phone, const char *note)
{
  g_autoptr (GError) error = NULL;
  g_autoptr (DeskPatient) patient = desk_patient_new ();

  g_free (patient->family);
  patient->family = g_strdup (family);
  g_free (patient->phone);
  patient->phone = g_strdup (phone);
  g_free (patient->note);
  patient->note = g_strdup (note);
  g_free (patient->nationality);
  patient->nationality = g_strdup ("VNM");
  if (!desk_patient_save (fixture->db, patient, &error))
    g_error ("%s", error->message);
}

/* Patients 1 NGUYEN, 2 NGUYEHN, 3 NGUEN; visits 1 to 3 for infusions, one each, and 4 to 6 long after. */
void
merge_fixture_set_up (StoreFixture *fixture, gconstpointer data)
{
  store_fixture_set_up (fixture, NULL);
  desk_db_set_actor (fixture->db, APPROVER, "desk");
  store_exec (fixture,
              "INSERT INTO clinic (id, uuid, name, name_ja, facility, plan_number) VALUES (1, 'u', 'Clinic', 'クリニック', 'FC3150001', 'PC3150325');"
              "INSERT INTO staff (id, name, role, active) VALUES (1, 'Approver', 'manager', 1), (2, 'Second', 'culture', 1),"
              " (3, 'Third', 'quality', 1), (4, 'Nurse', 'nurse', 1), (5, 'Physician', 'physician', 1), (6, 'Gone', 'nurse', 0);"
              "INSERT INTO resource (id, kind, name) VALUES (1, 'chair', 'Chair');"
              "INSERT INTO container (id, parent_id, kind, name, rows, cols) VALUES (1, NULL, 'tank', 'Tank', 0, 0),"
              " (2, 1, 'rack', 'Rack', 0, 0), (3, 2, 'box', 'Box', 9, 9)");
  add_patient (fixture, "NGUYEN", "+84 91 234 5678", "tall");
  add_patient (fixture, "NGUYEHN", "", "short");
  add_patient (fixture, "NGUEN", "", "");
  /* Three today, by the clinic's day. */
  gint64 today = (g_get_real_time () / G_USEC_PER_SEC + 32400) / 86400 * 86400 - 32400;
  for (int i = 0; i < 6; i++)
    {
      g_autofree char *sql = g_strdup_printf (
          "INSERT INTO visit (id, patient_id, type, status, starts_at, ends_at, busy_from, busy_until, created_at)"
          " VALUES (%1$d, %2$d, 'infusion', 'booked', %3$" G_GINT64_FORMAT ", %3$" G_GINT64_FORMAT " + 3600,"
          " %3$" G_GINT64_FORMAT ", %3$" G_GINT64_FORMAT " + 3600, 0)",
          i + 1, i % 3 + 1, today + 7200 * i + 9000000 * (i / 3));
      store_exec (fixture, sql);
    }
}

/* A frozen, released dose of the patient at A1, A2 …, from a collection of its own. */
gint64
merge_fixture_dose (StoreFixture *fixture, gint64 patient, int col)
{
  static const char *const tests[] = { "viability", "count", "purity", "endotoxin", "mycoplasma", "sterility" };
  static const char *const values[] = { "91", "1.2e9", "85", "0.5 EU/kg", "negative", "negative" };
  DeskLotStart start = { .patient_id = patient, .method = "blood_draw", .collected_at = 1000, .volume_ml = 50,
                         .operator_id = NURSE, .started_on = "2026-05-01", .expected_on = "2026-05-20" };
  g_autoptr (GArray) units = g_array_new (FALSE, FALSE, sizeof (gint64));
  g_autoptr (GError) error = NULL;
  g_autoptr (DeskLot) lot = NULL;

  g_assert_true (desk_lot_start (fixture->db, &start, &lot, &error));
  for (guint i = 0; i < G_N_ELEMENTS (tests); i++)
    {
      DeskResult result = { .lot_id = lot->id, .test = (char *) tests[i], .value = (char *) values[i],
                            .stage = (char *) "final", .reported_on = (char *) "2026-05-21", .entered_by = APPROVER };
      g_assert_true (desk_result_add (fixture->db, &result, &error));
      g_assert_true (desk_result_check (fixture->db, result.id, SECOND, &error));
    }
  g_assert_true (desk_units_fill (fixture->db, lot->id, "dose_frozen", 1, 50, 1000000, "2099-01-01", APPROVER, SECOND, units, &error));
  gint64 unit = g_array_index (units, gint64, 0);
  merge_fixture_act (fixture, unit, DESK_STEP_PRINT_LABEL, 0);
  merge_fixture_act (fixture, unit, DESK_STEP_VERIFY_LABEL, 0);
  g_assert_true (desk_unit_freeze (fixture->db, unit, 3, 1, col, APPROVER, SECOND, &error));
  merge_fixture_act (fixture, unit, DESK_STEP_RELEASE, 0);
  g_assert_no_error (error);
  return unit;
}

void
merge_fixture_act (StoreFixture *fixture, gint64 unit, int step, gint64 visit)
{
  g_autoptr (GError) error = NULL;
  g_autoptr (DeskUnit) loaded = desk_unit_load (fixture->db, unit, &error);
  DeskUnitAct act = { .unit_id = unit, .step = step, .performer = THIRD, .witness = SECOND, .reason = "why", .visit_id = visit,
                      .scanned = loaded->number };

  bedside_before (fixture->db, unit, desk_unit_step_info (step)->to_state, 0, THIRD, SECOND);
  if (!desk_unit_act (fixture->db, &act, &error))
    g_error ("step %d: %s", step, error->message);
}

void
merge_fixture_arrive (StoreFixture *fixture, gint64 visit)
{
  g_autoptr (GError) error = NULL;
  g_autoptr (DeskVisit) loaded = desk_visit_load (fixture->db, visit, &error);

  g_assert_no_error (error);
  g_assert_true (desk_visit_set_status (fixture->db, loaded, "arrived", &error));
}

/* One of everything else, among it what both may have but a patient only once. */
void
merge_fixture_rest (StoreFixture *fixture, int p)
{
  g_autofree char *sql = g_strdup_printf (
      "INSERT INTO course (id, patient_id, template, started_on) VALUES (%1$d, %1$d, 'treatment-6', '2026-01-01');"
      "INSERT INTO document (id, patient_id, kind, title, received_at, digest) VALUES (%1$d, %1$d, 'passport', 'Passport', 0, '%2$s');"
      "INSERT INTO document (id, patient_id, kind, title, received_at, part_of, part) VALUES (1%1$d, %1$d, 'translation', 'Passport', 0, %1$d, 'translation');"
      "INSERT INTO companion (id, patient_id, family) VALUES (%1$d, %1$d, 'NGUYEN');"
      "INSERT INTO trip (id, patient_id, planned_entry) VALUES (%1$d, %1$d, '2026-06-01');"
      "INSERT INTO trip_companion (trip_id, companion_id, patient_id) VALUES (%1$d, %1$d, %1$d);"
      "INSERT INTO lab_report (id, patient_id, collected_on, came_by, entered_at) VALUES (%1$d, %1$d, '2026-05-01', 'hand', 5);"
      "INSERT INTO lab_value (id, report_id, patient_id, test, name, value, outcome) VALUES (%1$d, %1$d, %1$d, 'hbsag', 'HBsAg', '+', 'reactive');"
      "INSERT INTO acceptance (patient_id, accepted, at, by_id) VALUES (%1$d, 1, 5, 5);"
      "INSERT INTO gate_override (patient_id, gate, rule, reason, at, by_id) VALUES (%1$d, 'draw', 'viral', 'why', 5, 5);"
      "INSERT INTO chase (patient_id, at, came_by, language, items, body) VALUES (%1$d, 5, 'mail', 'en', 'viral', 'Dear');",
      p, "aaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaa");

  store_exec (fixture, sql);
}

gint64
merge_fixture_merge (StoreFixture *fixture, gint64 loser, gint64 winner, gint64 second)
{
  g_autoptr (GError) error = NULL;
  g_autoptr (DeskPatient) from = desk_patient_load (fixture->db, loser, &error);
  g_autoptr (DeskPatient) into = desk_patient_load (fixture->db, winner, &error);
  DeskMerge merge = { loser, from->version, into, second };
  gint64 id = 0;

  if (!desk_merge (fixture->db, &merge, &id, &error))
    g_error ("%s", error->message);
  return id;
}

static void
dump_query (StoreFixture *fixture, GString *text, const char *sql)
{
  g_autoptr (GError) error = NULL;
  g_autoptr (DeskStmt) stmt = desk_db_query (fixture->db, &error, g_intern_string (sql), "");

  g_assert_no_error (error);
  while (desk_stmt_step (stmt, &error) == DESK_STEP_ROW)
    g_string_append_printf (text, "%s\n", desk_stmt_text (stmt, 0));
  g_assert_no_error (error);
}

/* Who has what, with every mark, and the records and their words; versions are not told. */
char *
merge_fixture_dump (StoreFixture *fixture)
{
  static const char *const owned[] = { "collection", "lot", "unit", "course", "visit", "reservation", "infusion", "document",
                                       "lab_report", "lab_value", "biohazard", "companion", "trip", "acceptance",
                                       "gate_override", "chase" };
  GString *text = g_string_new (NULL);

  for (guint i = 0; i < G_N_ELEMENTS (owned); i++)
    {
      g_autofree char *sql = g_strdup_printf ("SELECT '%1$s ' || id || ' of ' || patient_id FROM %1$s ORDER BY id", owned[i]);
      dump_query (fixture, text, sql);
    }
  dump_query (fixture, text, "SELECT 'document ' || id || ' by ' || by_merge FROM document ORDER BY id");
  dump_query (fixture, text, "SELECT 'biohazard ' || id || ' by ' || by_merge FROM biohazard ORDER BY id");
  dump_query (fixture, text, "SELECT 'override ' || id || ' by ' || by_merge FROM gate_override ORDER BY id");
  dump_query (fixture, text, "SELECT 'slot ' || slot || ' of ' || patient_id FROM patient_slot ORDER BY slot");
  dump_query (fixture, text, "SELECT 'along ' || trip_id || ' of ' || patient_id FROM trip_companion ORDER BY trip_id");
  dump_query (fixture, text, "SELECT 'word ' || word || ' of ' || patient_id FROM patient_word ORDER BY word, patient_id");
  dump_query (fixture, text, "SELECT id || family || phone || note || last_seen || COALESCE (merged_into, '') FROM patient ORDER BY id");
  return g_string_free (text, FALSE);
}

void
merge_fixture_assert_sound (StoreFixture *fixture)
{
  g_autoptr (GError) error = NULL;
  g_autoptr (DeskStmt) stmt = desk_db_query (fixture->db, &error, "PRAGMA foreign_key_check", "");
  gint64 bad = -1;

  g_assert_cmpint (desk_stmt_step (stmt, &error), ==, DESK_STEP_DONE);
  g_assert_true (desk_audit_verify (fixture->db, &bad, &error));
  g_assert_cmpint (bad, ==, 0);
}
