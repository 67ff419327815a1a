/* Merging two records and taking it back: everything moves, everything returns, and no dose reaches another person. */
#include "desk-cells.h"
#include "desk-book.h"
#include "desk-duplicates.h"
#include "desk-documents.h"
#include "desk-merge-private.h"
#include "desk-merge.h"
#include "desk-patients.h"
#include "merge-fixture.h"

static gint64
value (StoreFixture *fixture, const char *sql)
{
  g_autoptr (GError) error = NULL;
  gint64 n = -1;

  if (!desk_db_value (fixture->db, &n, &error, sql, ""))
    g_error ("%s: %s", error->message, sql);
  return n;
}

static gboolean
unmerge (StoreFixture *fixture, gint64 merge, gint64 second, const char *code)
{
  g_autoptr (GError) error = NULL;
  gboolean done = desk_unmerge (fixture->db, merge, second, NULL, &error);

  if (done != (code == NULL) || (code && !g_str_equal (error->message, code)))
    g_error ("un-merge: %s instead of %s", done ? "done" : error->message, code);
  merge_fixture_assert_sound (fixture);
  return done;
}

static void
refuse_merge (StoreFixture *fixture, gint64 loser, gint64 winner, gint64 second, DeskError code, const char *message)
{
  g_autoptr (GError) error = NULL;
  g_autoptr (DeskPatient) from = desk_patient_load (fixture->db, loser, &error);
  g_autoptr (DeskPatient) into = desk_patient_load (fixture->db, winner, &error);
  DeskMerge merge = { loser, from->version, into, second };
  g_autofree char *before = merge_fixture_dump (fixture);

  g_assert_false (desk_merge (fixture->db, &merge, NULL, &error));
  g_assert_error (error, DESK_ERROR, (int) code);
  if (message)
    g_assert_cmpstr (error->message, ==, message);
  g_autofree char *after = merge_fixture_dump (fixture);
  g_assert_cmpstr (before, ==, after);
}

/* Whatever names a patient is in the table of places, or this fails for whoever adds a table. */
static void
test_places (StoreFixture *fixture, gconstpointer data)
{
  g_autoptr (GError) error = NULL;
  g_autoptr (GHashTable) known = g_hash_table_new_full (g_str_hash, g_str_equal, g_free, NULL);
  guint n, found = 0;
  const DeskMergePlace *places = desk_merge_places (&n);

  for (guint i = 0; i < n; i++)
    g_hash_table_add (known, g_strconcat (places[i].table, ".", places[i].column, NULL));
  g_autoptr (DeskStmt) stmt = desk_db_query (
      fixture->db, &error,
      "SELECT m.name || '.' || f.\"from\" FROM sqlite_master m JOIN pragma_foreign_key_list (m.name) f ON f.\"table\" = 'patient'"
      " WHERE m.type = 'table' UNION SELECT m.name || '.' || c.name FROM sqlite_master m JOIN pragma_table_info (m.name) c"
      " ON c.name = 'patient_id' WHERE m.type = 'table'", "");
  g_assert_no_error (error);
  for (; desk_stmt_step (stmt, &error) == DESK_STEP_ROW; found++)
    if (!g_hash_table_contains (known, desk_stmt_text (stmt, 0)))
      g_error ("%s names a patient, but store/desk-merge-places.c does not know what a merge does with it", desk_stmt_text (stmt, 0));
  g_assert_no_error (error);
  g_assert_cmpuint (found, ==, n);
}

static void
test_everything (StoreFixture *fixture, gconstpointer data)
{
  g_autoptr (GError) error = NULL;
  guint n;
  const DeskMergePlace *places = desk_merge_places (&n);
  gint64 dose = merge_fixture_dose (fixture, 1, 1);

  merge_fixture_act (fixture, dose, DESK_STEP_RESERVE, 1);
  merge_fixture_rest (fixture, 1);
  merge_fixture_rest (fixture, 2);
  g_autofree char *before = merge_fixture_dump (fixture);
  g_autoptr (DeskMergePreview) preview = desk_merge_preview (fixture->db, 1, 2, &error);
  g_assert_no_error (error);
  g_assert_null (preview->refusal);
  g_assert_cmpuint (preview->clashes->len, ==, 0);
  g_assert_false (preview->both_cells);

  gint64 merge = merge_fixture_merge (fixture, 1, 2, 0);
  merge_fixture_assert_sound (fixture);
  /* The preview told all of it, and nothing but records of itself is left with the loser. */
  g_assert_cmpint (value (fixture, "SELECT count (*) FROM merge_moved"), ==, preview->things->len);
  for (guint i = 0; i < n; i++)
    if (places[i].way != DESK_MERGE_STAYS)
      {
        g_autofree char *sql = g_strdup_printf ("SELECT count (*) FROM %s WHERE %s = 1", places[i].table, places[i].column);
        if (value (fixture, g_intern_string (sql)) != 0)
          g_error ("left behind: %s", sql);
      }
  g_assert_cmpint (value (fixture, "SELECT count (*) FROM document WHERE patient_id = 2"), ==, 4);
  g_assert_cmpint (value (fixture, "SELECT count (*) FROM audit WHERE action = 'patient.merge' AND object_id = 2"), ==, 1);
  g_assert_cmpint (value (fixture, "SELECT count (*) FROM audit WHERE action = 'patient.merged' AND object_id = 1"), ==, 1);

  g_autoptr (DeskUnmergePreview) back = desk_unmerge_preview (fixture->db, merge, &error);
  g_assert_no_error (error);
  g_assert_null (back->refusal);
  g_assert_false (back->second_needed);
  g_assert_cmpuint (back->things->len, ==, preview->things->len);
  unmerge (fixture, merge, 0, NULL);
  g_autofree char *after = merge_fixture_dump (fixture);
  g_assert_cmpstr (before, ==, after);
  g_assert_false (desk_unmerge (fixture->db, merge, 0, NULL, &error));
  g_assert_error (error, DESK_ERROR, DESK_ERROR_NOT_FOUND);
}

static void
test_found (StoreFixture *fixture, gconstpointer data)
{
  g_autoptr (GError) error = NULL;
  gint64 merge = merge_fixture_merge (fixture, 1, 2, 0), winner = 0;
  g_autoptr (GArray) all = desk_patient_ids (fixture->db, DESK_PATIENT_SORT_NAME, &error);
  g_autoptr (GArray) hits = desk_patient_search (fixture->db, "nguyen", 10, &error);
  g_autoptr (GArray) chart = desk_patient_search (fixture->db, "P-000001", 10, &error);

  g_assert_no_error (error);
  g_assert_cmpuint (all->len, ==, 2);
  g_assert_cmpuint (hits->len, ==, 1);
  g_assert_cmpint (g_array_index (hits, gint64, 0), ==, 2);
  g_assert_cmpuint (chart->len, ==, 1);
  g_assert_cmpint (g_array_index (chart, gint64, 0), ==, 2);

  /* Still so after the winner was saved; and the loser cannot be. */
  g_autoptr (DeskPatient) patient = desk_patient_load (fixture->db, 2, &error);
  g_free (patient->note);
  patient->note = g_strdup ("new");
  g_assert_true (desk_patient_save (fixture->db, patient, &error));
  g_autoptr (GArray) again = desk_patient_search (fixture->db, "nguyen", 10, &error);
  g_assert_cmpuint (again->len, ==, 1);
  g_autoptr (DeskPatient) loser = desk_patient_load (fixture->db, 1, &error);
  g_free (loser->note);
  loser->note = g_strdup ("new");
  g_assert_false (desk_patient_save (fixture->db, loser, &error));
  g_assert_cmpstr (error->message, ==, "patient-merged");
  g_clear_error (&error);

  gint64 further = merge_fixture_merge (fixture, 2, 3, 0);
  g_assert_true (desk_merge_winner (fixture->db, 1, &winner, &error));
  g_assert_cmpint (winner, ==, 3);
  g_autoptr (GArray) chain = desk_patient_search (fixture->db, "P-000001", 10, &error);
  g_assert_cmpuint (chain->len, ==, 1);
  g_assert_cmpint (g_array_index (chain, gint64, 0), ==, 3);
  g_autoptr (DeskMergeRecord) record = desk_merge_of (fixture->db, 1, &error);
  g_assert_cmpint (record->id, ==, merge);
  g_assert_cmpstr (record->approved_by, ==, "Approver");
  g_assert_null (record->second_by);
  g_autoptr (GPtrArray) list = desk_merge_list (fixture->db, 3, &error);
  g_assert_cmpuint (list->len, ==, 1);
  g_assert_cmpint (((DeskMergeRecord *) list->pdata[0])->id, ==, further);
}

static void
test_fields (StoreFixture *fixture, gconstpointer data)
{
  g_autoptr (GError) error = NULL;
  g_autoptr (DeskPatient) loser = desk_patient_load (fixture->db, 1, &error), winner = desk_patient_load (fixture->db, 2, &error);
  static const char *const restore[] = { "note", NULL };
  gint64 merge_id;

  g_free (winner->phone);
  winner->phone = g_strdup (loser->phone);
  g_free (winner->note);
  winner->note = g_strdup ("tall, short");
  winner->interpreter = TRUE;
  DeskMerge merge = { 1, loser->version, winner, 0 };
  g_assert_true (desk_merge (fixture->db, &merge, &merge_id, &error));
  g_assert_no_error (error);

  g_autoptr (DeskPatient) merged = desk_patient_load (fixture->db, 2, &error);
  g_assert_cmpstr (merged->note, ==, "tall, short");
  g_assert_true (merged->interpreter);
  g_free (merged->note);
  merged->note = g_strdup ("written since");
  g_free (merged->email);
  merged->email = g_strdup ("since@example.com");
  g_assert_true (desk_patient_save (fixture->db, merged, &error));

  g_autoptr (DeskUnmergePreview) preview = desk_unmerge_preview (fixture->db, merge_id, &error);
  g_assert_cmpuint (preview->fields->len, ==, 3);
  for (guint i = 0; i < preview->fields->len; i++)
    {
      DeskMergeField *field = preview->fields->pdata[i];
      g_assert_cmpint (g_str_equal (field->now, field->after), !=, g_str_equal (field->field, "note"));
    }
  g_autofree char *before = merge_fixture_dump (fixture);
  g_assert_true (desk_unmerge (fixture->db, merge_id, 0, data ? restore : NULL, &error));
  g_assert_no_error (error);
  g_autoptr (DeskPatient) back = desk_patient_load (fixture->db, 2, &error);
  g_assert_cmpstr (back->phone, ==, "");
  g_assert_false (back->interpreter);
  g_assert_cmpstr (back->email, ==, "since@example.com");
  g_assert_cmpstr (back->note, ==, data ? "short" : "written since");
}

static void
test_refused (StoreFixture *fixture, gconstpointer data)
{
  g_autoptr (GError) error = NULL;

  refuse_merge (fixture, 1, 1, 0, DESK_ERROR_REFUSED, "same-record");
  desk_db_set_actor (fixture->db, 0, NULL);
  refuse_merge (fixture, 1, 2, 0, DESK_ERROR_REFUSED, "person-needed");
  desk_db_set_actor (fixture->db, 6, NULL);
  refuse_merge (fixture, 1, 2, 0, DESK_ERROR_REFUSED, "staff-not-active");
  desk_db_set_actor (fixture->db, APPROVER, NULL);
  refuse_merge (fixture, 1, 2, APPROVER, DESK_ERROR_REFUSED, "same-person");

  /* Somebody saved either since it was loaded. */
  for (gint64 changed = 1; changed <= 2; changed++)
    {
      g_autoptr (DeskPatient) one = desk_patient_load (fixture->db, 1, &error), two = desk_patient_load (fixture->db, 2, &error);
      g_autoptr (DeskPatient) other = desk_patient_load (fixture->db, changed, &error);
      DeskMerge merge = { 1, one->version, two, 0 };

      g_free (other->note);
      other->note = g_strdup ("meanwhile");
      g_assert_true (desk_patient_save (fixture->db, other, &error));
      g_assert_false (desk_merge (fixture->db, &merge, NULL, &error));
      g_assert_error (error, DESK_ERROR, DESK_ERROR_CONFLICT);
      g_clear_error (&error);
    }

  /* Two visits at one time. */
  store_exec (fixture, "UPDATE visit SET (starts_at, ends_at, busy_from, busy_until) = (SELECT starts_at, ends_at, busy_from, busy_until FROM visit"
                       " WHERE id = 2) WHERE id = 1");
  g_autoptr (DeskMergePreview) preview = desk_merge_preview (fixture->db, 1, 2, &error);
  g_assert_cmpuint (preview->clashes->len, ==, 1);
  const DeskMergeClash *clash = preview->clashes->pdata[0];
  g_assert_cmpint (clash->loser_visit, ==, 1);
  g_assert_cmpint (clash->winner_visit, ==, 2);
  g_assert_cmpint (clash->starts_at, ==, value (fixture, "SELECT starts_at FROM visit WHERE id = 2"));
  refuse_merge (fixture, 1, 2, 0, DESK_ERROR_TAKEN, NULL);
}

static void
test_two_people (StoreFixture *fixture, gconstpointer data)
{
  g_autoptr (GError) error = NULL;

  merge_fixture_dose (fixture, 1, 1);
  gint64 alone = merge_fixture_merge (fixture, 1, 3, 0);
  unmerge (fixture, alone, 0, NULL);
  merge_fixture_dose (fixture, 2, 2);
  g_autoptr (DeskMergePreview) preview = desk_merge_preview (fixture->db, 1, 2, &error);
  g_assert_true (preview->both_cells);
  refuse_merge (fixture, 1, 2, 0, DESK_ERROR_REFUSED, "second-person-needed");
  refuse_merge (fixture, 1, 2, 6, DESK_ERROR_REFUSED, "staff-not-active");
  gint64 merge = merge_fixture_merge (fixture, 1, 2, SECOND);
  unmerge (fixture, merge, 0, "second-person-needed");
  unmerge (fixture, merge, APPROVER, "same-person");
  unmerge (fixture, merge, SECOND, NULL);
}

/* Only the label that names the new chart opens the way to the patient again. */
static void
test_label (StoreFixture *fixture, gconstpointer data)
{
  g_autoptr (GError) error = NULL;
  gint64 dose = merge_fixture_dose (fixture, 1, 1);
  gint64 merge = merge_fixture_merge (fixture, 1, 2, 0);
  DeskUnitAct pick = { .unit_id = dose, .step = DESK_STEP_PICK, .performer = THIRD, .witness = SECOND };

  DeskUnitAct reserve = { .unit_id = dose, .step = DESK_STEP_RESERVE, .performer = THIRD, .witness = SECOND, .visit_id = 2 };
  g_assert_false (desk_unit_act (fixture->db, &reserve, &error));
  g_assert_cmpstr (error->message, ==, "unit-held");
  g_clear_error (&error);
  gint64 hold = value (fixture, "SELECT id FROM hold WHERE closed_at IS NULL");
  g_assert_false (desk_hold_close (fixture->db, hold, THIRD, "label looked at", &error));
  g_assert_cmpstr (error->message, ==, "relabel-first");
  g_clear_error (&error);
  merge_fixture_act (fixture, dose, DESK_STEP_PRINT_LABEL, 0);
  g_assert_false (desk_hold_close (fixture->db, hold, THIRD, "label looked at", &error));
  g_clear_error (&error);
  merge_fixture_act (fixture, dose, DESK_STEP_VERIFY_LABEL, 0);
  g_assert_true (desk_hold_close (fixture->db, hold, THIRD, "label looked at", &error));
  g_assert_no_error (error);
  g_assert_true (desk_unit_act (fixture->db, &reserve, &error));
  g_assert_true (desk_unit_act (fixture->db, &pick, &error));

  /* In somebody's hand nothing changes owner; promised across, neither. */
  unmerge (fixture, merge, 0, "cells-on-their-way");
  DeskUnitAct back = { .unit_id = dose, .step = DESK_STEP_PUT_BACK, .performer = THIRD, .witness = SECOND, .container_id = 3, .row = 1, .col = 1, .reason = "why" };
  g_assert_true (desk_unit_act (fixture->db, &back, &error));
  unmerge (fixture, merge, 0, "dose-promised-since");

  /* Released, it is kept in words, and the two can be separated. */
  merge_fixture_act (fixture, dose, DESK_STEP_UNRESERVE, 0);
  unmerge (fixture, merge, 0, NULL);
  g_assert_cmpint (value (fixture, "SELECT count (*) FROM reservation"), ==, 0);
  g_assert_cmpint (value (fixture, "SELECT visit_id FROM merge_promise WHERE unit_id = 1"), ==, 2);
  g_assert_cmpint (value (fixture, "SELECT patient_id FROM unit WHERE id = 1"), ==, 1);
  merge_fixture_assert_sound (fixture);
}

/* The label was made anew while merged: back with the first owner, it names the wrong chart again. */
static void
test_label_back (StoreFixture *fixture, gconstpointer data)
{
  g_autoptr (GError) error = NULL;
  gint64 dose = merge_fixture_dose (fixture, 1, 1);
  gint64 merge = merge_fixture_merge (fixture, 1, 2, 0);

  unmerge (fixture, merge, 0, NULL);
  g_assert_cmpint (value (fixture, "SELECT count (*) FROM hold WHERE closed_at IS NULL"), ==, 0);
  merge = merge_fixture_merge (fixture, 1, 2, 0);
  merge_fixture_act (fixture, dose, DESK_STEP_PRINT_LABEL, 0);
  unmerge (fixture, merge, 0, NULL);
  /* Both ask for another label than the one printed in between. */
  g_assert_cmpint (value (fixture, "SELECT count (*) FROM hold WHERE closed_at IS NULL"), ==, 2);
  merge_fixture_act (fixture, dose, DESK_STEP_VERIFY_LABEL, 0);
  gint64 newest = value (fixture, "SELECT max (id) FROM hold");
  g_assert_false (desk_hold_close (fixture->db, newest, THIRD, "label looked at", &error));
  g_assert_cmpstr (error->message, ==, "relabel-first");
  g_clear_error (&error);
  merge_fixture_act (fixture, dose, DESK_STEP_PRINT_LABEL, 0);
  merge_fixture_act (fixture, dose, DESK_STEP_VERIFY_LABEL, 0);
  g_assert_true (desk_hold_close (fixture->db, newest, THIRD, "label looked at", &error));
  g_assert_true (desk_hold_close (fixture->db, value (fixture, "SELECT max (id) FROM hold WHERE closed_at IS NULL"), THIRD, "label looked at", &error));
  g_assert_no_error (error);
}

static void
give (StoreFixture *fixture, gint64 dose, gint64 visit)
{
  static const DeskUnitStep way[] = { DESK_STEP_PICK, DESK_STEP_THAW, DESK_STEP_THAWED, DESK_STEP_TO_BEDSIDE, DESK_STEP_INFUSE,
                                      DESK_STEP_INFUSED };

  merge_fixture_act (fixture, dose, DESK_STEP_RESERVE, visit);
  merge_fixture_arrive (fixture, visit);
  for (guint i = 0; i < G_N_ELEMENTS (way); i++)
    merge_fixture_act (fixture, dose, way[i], 0);
}

static void
relabel (StoreFixture *fixture, gint64 dose)
{
  g_autoptr (GError) error = NULL;

  merge_fixture_act (fixture, dose, DESK_STEP_PRINT_LABEL, 0);
  merge_fixture_act (fixture, dose, DESK_STEP_VERIFY_LABEL, 0);
  g_assert_true (desk_hold_close (fixture->db, value (fixture, "SELECT max (id) FROM hold WHERE closed_at IS NULL"), THIRD, "label looked at", &error));
}

/* A dose given since, of either at a visit of either, stays given: data is the visit. */
static void
test_given (StoreFixture *fixture, gconstpointer data)
{
  gint64 dose = merge_fixture_dose (fixture, 1, 1);
  gint64 merge = merge_fixture_merge (fixture, 1, 2, 0);

  relabel (fixture, dose);
  give (fixture, dose, GPOINTER_TO_INT (data));
  unmerge (fixture, merge, 0, "dose-given-since");
  g_assert_cmpint (value (fixture, "SELECT patient_id FROM infusion"), ==, 2);
}

/* The winner's own dose at the winner's own visit has nothing to do with it; at the loser's it has. */
static void
test_given_own (StoreFixture *fixture, gconstpointer data)
{
  gint64 dose = merge_fixture_dose (fixture, 2, 1);
  gint64 merge = merge_fixture_merge (fixture, 1, 2, 0);

  give (fixture, dose, GPOINTER_TO_INT (data));
  unmerge (fixture, merge, 0, GPOINTER_TO_INT (data) == 2 ? NULL : "dose-given-since");
}

/* Given before the merge: the record of it goes and comes back with its dose. */
static void
test_given_before (StoreFixture *fixture, gconstpointer data)
{
  gint64 dose = merge_fixture_dose (fixture, 1, 1);

  give (fixture, dose, 1);
  g_autofree char *before = merge_fixture_dump (fixture);
  gint64 merge = merge_fixture_merge (fixture, 1, 2, 0);
  g_assert_cmpint (value (fixture, "SELECT patient_id FROM infusion"), ==, 2);
  g_assert_cmpint (value (fixture, "SELECT count (*) FROM hold"), ==, 0);
  unmerge (fixture, merge, 0, NULL);
  g_autofree char *after = merge_fixture_dump (fixture);
  g_assert_cmpstr (before, ==, after);
}

static void
test_in_hand (StoreFixture *fixture, gconstpointer data)
{
  gint64 dose = merge_fixture_dose (fixture, 1, 1);

  merge_fixture_act (fixture, dose, DESK_STEP_RESERVE, 1);
  merge_fixture_act (fixture, dose, DESK_STEP_PICK, 0);
  refuse_merge (fixture, 1, 2, 0, DESK_ERROR_REFUSED, "cells-on-their-way");
  refuse_merge (fixture, 2, 1, 0, DESK_ERROR_REFUSED, "cells-on-their-way");
}

static void
test_chain (StoreFixture *fixture, gconstpointer data)
{
  gint64 dose = merge_fixture_dose (fixture, 1, 1);

  for (int i = 1; i <= 3; i++)
    merge_fixture_rest (fixture, i);
  g_autofree char *before = merge_fixture_dump (fixture);
  gint64 first = merge_fixture_merge (fixture, 1, 2, 0);
  refuse_merge (fixture, 1, 3, 0, DESK_ERROR_REFUSED, "merged-already");
  refuse_merge (fixture, 3, 1, 0, DESK_ERROR_REFUSED, "merged-already");
  g_autofree char *between = merge_fixture_dump (fixture);
  gint64 second = merge_fixture_merge (fixture, 2, 3, 0);
  g_assert_cmpint (value (fixture, "SELECT patient_id FROM unit"), ==, 3);
  g_assert_cmpint (value (fixture, "SELECT count (*) FROM document WHERE patient_id = 3"), ==, 6);
  unmerge (fixture, first, 0, "merged-further");
  unmerge (fixture, second, 0, NULL);
  g_autofree char *one_back = merge_fixture_dump (fixture);
  g_assert_cmpstr (one_back, ==, between);
  unmerge (fixture, first, 0, NULL);
  g_autofree char *after = merge_fixture_dump (fixture);
  g_assert_cmpstr (before, ==, after);
  g_assert_cmpint (value (fixture, "SELECT count (*) FROM hold WHERE closed_at IS NULL"), ==, 0);

  /* The other way round. */
  gint64 back = merge_fixture_merge (fixture, 2, 1, 0);
  g_assert_cmpint (value (fixture, "SELECT patient_id FROM unit"), ==, 1);
  g_assert_cmpint (value (fixture, "SELECT count (*) FROM hold WHERE closed_at IS NULL"), ==, 0);
  unmerge (fixture, back, 0, NULL);
  g_assert_cmpint (dose, >, 0);
}

/* A lot grown since from a collection that had moved, a translation of a paper, a reactive value of a report. */
static void
test_made_since (StoreFixture *fixture, gconstpointer data)
{
  g_autoptr (GError) error = NULL;

  merge_fixture_dose (fixture, 1, 1);
  merge_fixture_rest (fixture, 1);
  gint64 merge = merge_fixture_merge (fixture, 1, 2, 0);
  store_exec (fixture,
              "INSERT INTO lot (id, patient_id, collection_id, number, started_on) VALUES (90, 2, 1, 'L90', '2026-01-01');"
              "INSERT INTO unit (id, lot_id, patient_id, kind, number, volume_ml, cells, use_until, created_at)"
              " VALUES (90, 90, 2, 'qc', 'U90', 5, 5, '2030-01-01', 0);"
              "INSERT INTO document (id, patient_id, kind, received_at, part_of, part) VALUES (90, 2, 'translation', 0, 1, 'certificate');"
              "INSERT INTO lab_value (id, report_id, patient_id, test, name, value, outcome) VALUES (90, 1, 2, 'hiv', 'HIV', '+', 'reactive');"
              "INSERT INTO visit (id, patient_id, type, starts_at, ends_at, busy_from, busy_until, course_id, created_at)"
              " VALUES (90, 2, 'infusion', 900000, 903600, 900000, 903600, 1, 0);"
              "INSERT INTO visit (id, patient_id, type, starts_at, ends_at, busy_from, busy_until, created_at)"
              " VALUES (91, 2, 'infusion', 990000, 993600, 990000, 993600, 0)");
  unmerge (fixture, merge, 0, NULL);
  g_assert_cmpint (value (fixture, "SELECT patient_id FROM lot WHERE id = 90"), ==, 1);
  g_assert_cmpint (value (fixture, "SELECT patient_id FROM unit WHERE id = 90"), ==, 1);
  g_assert_cmpint (value (fixture, "SELECT patient_id FROM document WHERE id = 90"), ==, 1);
  g_assert_cmpint (value (fixture, "SELECT patient_id FROM lab_value WHERE id = 90"), ==, 1);
  g_assert_cmpint (value (fixture, "SELECT patient_id FROM biohazard WHERE agent = 'hiv'"), ==, 1);
  g_assert_cmpint (value (fixture, "SELECT patient_id FROM visit WHERE id = 90"), ==, 1);
  g_assert_cmpint (value (fixture, "SELECT patient_id FROM visit WHERE id = 91"), ==, 2);
}

static void
test_travels (StoreFixture *fixture, gconstpointer data)
{
  merge_fixture_rest (fixture, 1);
  merge_fixture_rest (fixture, 2);
  gint64 merge = merge_fixture_merge (fixture, 1, 2, 0);
  store_exec (fixture, "INSERT INTO trip_companion (trip_id, companion_id, patient_id) VALUES (1, 2, 2)");
  unmerge (fixture, merge, 0, "travels-since");
}

/* A collection made since, in a chain of identity that came with the merge, keeps the two together; one in a chain of
 * its own stays with whom it was made for. */
static void
test_identity (StoreFixture *fixture, gconstpointer data)
{
  gboolean shared = GPOINTER_TO_INT (data);

  merge_fixture_dose (fixture, 1, 1);
  gint64 merge = merge_fixture_merge (fixture, 1, 2, 0);
  store_exec (fixture, "INSERT INTO coi (id, number, opened_at, opened_by) VALUES (90, 'I90', 0, 1)");
  store_exec (fixture, shared ? "INSERT INTO collection (id, patient_id, number, method, collected_at, volume_ml, operator_id, coi_id)"
                                " SELECT 90, 2, 'C90', 'blood_draw', 0, 50, 1, coi_id FROM collection"
                              : "INSERT INTO collection (id, patient_id, number, method, collected_at, volume_ml, operator_id, coi_id)"
                                " VALUES (90, 2, 'C90', 'blood_draw', 0, 50, 1, 90)");
  unmerge (fixture, merge, 2, shared ? "identity-shared-since" : NULL);
  if (shared)
    store_refuse (fixture, "UPDATE merge SET undone_at = 9000000000, undone_by = 1, undone_second = 2, moving = 1", DESK_ERROR_REFUSED,
                  "identity-shared-since");
}

/* Another desk still shows the row under its old owner. */
static void
test_old_screen (StoreFixture *fixture, gconstpointer data)
{
  g_autoptr (GError) error = NULL;

  merge_fixture_rest (fixture, 1);
  g_autoptr (DeskDocument) paper = desk_document_load (fixture->db, 1, &error);
  merge_fixture_merge (fixture, 1, 2, 0);
  g_free (paper->note);
  paper->note = g_strdup ("seen");
  g_assert_false (desk_document_save (fixture->db, paper, &error));
  g_clear_error (&error);
  paper->id = 0;
  g_assert_false (desk_document_save (fixture->db, paper, &error));
  g_assert_cmpstr (error->message, ==, "patient-merged");
}

/* Who is merged is nobody's duplicate any more. */
static void
test_duplicates (StoreFixture *fixture, gconstpointer data)
{
  g_autoptr (GError) error = NULL;

  store_exec (fixture, "UPDATE patient SET passport = 'C1' WHERE id IN (1, 2)");
  g_autoptr (GPtrArray) pairs = desk_duplicate_pairs (fixture->db, 10, NULL, NULL, NULL, &error);
  g_assert_cmpuint (pairs->len, ==, 1);
  merge_fixture_merge (fixture, 1, 2, 0);
  g_autoptr (GPtrArray) none = desk_duplicate_pairs (fixture->db, 10, NULL, NULL, NULL, &error);
  g_assert_cmpuint (none->len, ==, 0);
  g_autoptr (DeskPatient) patient = desk_patient_load (fixture->db, 2, &error);
  g_autoptr (GPtrArray) hits = desk_duplicate_find (fixture->db, patient, &error);
  g_assert_cmpuint (hits->len, ==, 0);
}

#define TEST(name, data, func) g_test_add (name, StoreFixture, data, merge_fixture_set_up, func, store_fixture_tear_down)

int
main (int argc, char *argv[])
{
  g_test_init (&argc, &argv, NULL);
  TEST ("/merge/places", NULL, test_places);
  TEST ("/merge/everything", NULL, test_everything);
  TEST ("/merge/found", NULL, test_found);
  TEST ("/merge/fields/kept", NULL, test_fields);
  TEST ("/merge/fields/restored", GINT_TO_POINTER (1), test_fields);
  TEST ("/merge/refused", NULL, test_refused);
  TEST ("/merge/two-people", NULL, test_two_people);
  TEST ("/merge/label", NULL, test_label);
  TEST ("/merge/label/back", NULL, test_label_back);
  TEST ("/merge/given/at-the-winner's", GINT_TO_POINTER (2), test_given);
  TEST ("/merge/given/at-the-loser's", GINT_TO_POINTER (1), test_given);
  TEST ("/merge/given/own", GINT_TO_POINTER (2), test_given_own);
  TEST ("/merge/given/own-at-the-loser's", GINT_TO_POINTER (1), test_given_own);
  TEST ("/merge/given/before", NULL, test_given_before);
  TEST ("/merge/in-hand", NULL, test_in_hand);
  TEST ("/merge/chain", NULL, test_chain);
  TEST ("/merge/made-since", NULL, test_made_since);
  TEST ("/merge/identity/shared", GINT_TO_POINTER (1), test_identity);
  TEST ("/merge/identity/own", NULL, test_identity);
  TEST ("/merge/travels", NULL, test_travels);
  TEST ("/merge/old-screen", NULL, test_old_screen);
  TEST ("/merge/duplicates", NULL, test_duplicates);
  return g_test_run ();
}
