/* Whose cells they are changes in a merge on record alone: raw SQL past the program. */
#include "desk-cells.h"
#include "merge-fixture.h"

#include <string.h>

/* Patients 1 and 2 have a dose each (1 and 2), 3 has none. */
static void
set_up (StoreFixture *fixture, gconstpointer data)
{
  merge_fixture_set_up (fixture, NULL);
  merge_fixture_dose (fixture, 1, 1);
  merge_fixture_dose (fixture, 2, 2);
  merge_fixture_rest (fixture, 1);
  merge_fixture_act (fixture, 1, DESK_STEP_RESERVE, 1);
  store_exec (fixture, "INSERT INTO document (id, patient_id, kind, received_at) VALUES (2, 2, 'other', 0)");
}

#define BEGIN_MERGE(loser, winner, second) \
  "INSERT INTO merge (id, loser_id, winner_id, at, approved_by, second_by, moving) VALUES (1, " loser ", " winner ", 9000000000, 1, " second ", 1)"
#define TAKE(what) "INSERT INTO merge_moved (merge_id, what, row_id) SELECT 1, '" what "', id FROM " what " WHERE patient_id = 1"
#define MOVE(what) "UPDATE " what " SET patient_id = 2 WHERE patient_id = 1"

static const char *const kinds[][2] = {
  { TAKE ("collection"), MOVE ("collection") }, { TAKE ("lot"), MOVE ("lot") }, { TAKE ("unit"), MOVE ("unit") },
  { TAKE ("course"), MOVE ("course") }, { TAKE ("visit"), MOVE ("visit") }, { TAKE ("reservation"), MOVE ("reservation") },
  { TAKE ("biohazard"), MOVE ("biohazard") },
};

/* A whole merge by hand, but for what is left out; TRUE when it could be committed. */
static gboolean
merge_by_hand (StoreFixture *fixture, int left_out, gboolean ended)
{
  g_autoptr (GError) error = NULL;
  gboolean ok = TRUE;

  store_exec (fixture, "BEGIN; PRAGMA defer_foreign_keys = ON; " BEGIN_MERGE ("1", "2", "2"));
  for (guint i = 0; i < G_N_ELEMENTS (kinds); i++)
    store_exec (fixture, kinds[i][0]);
  for (guint i = 0; i < G_N_ELEMENTS (kinds); i++)
    if ((int) i != left_out)
      store_exec (fixture, kinds[i][1]);
  store_exec (fixture, "UPDATE patient SET merged_into = 2 WHERE id = 1");
  ok = (!ended || desk_db_exec (fixture->db, "UPDATE merge SET moving = NULL", &error)) && desk_db_exec (fixture->db, "COMMIT", &error);
  if (!ok)
    store_exec (fixture, "ROLLBACK");
  return ok;
}

/* Whatever cells hang on, left behind, is noticed at the end. */
static void
test_whole (StoreFixture *fixture, gconstpointer data)
{
  for (int i = 0; i < (int) G_N_ELEMENTS (kinds); i++)
    if (!g_str_has_prefix (kinds[i][1], "UPDATE course") && merge_by_hand (fixture, i, TRUE))
      g_error ("«%s» left out", kinds[i][1]);
}

static void
test_not_ended (StoreFixture *fixture, gconstpointer data)
{
  g_assert_false (merge_by_hand (fixture, -1, FALSE));
  g_assert_true (merge_by_hand (fixture, -1, TRUE));
}

typedef struct
{
  const char *sql, *message;
} Refusal;

static void
refuse_all (StoreFixture *fixture, const Refusal *refusals, guint n)
{
  for (guint i = 0; i < n; i++)
    store_refuse (fixture, refusals[i].sql, DESK_ERROR_REFUSED, refusals[i].message);
}

/* Without a merge nothing changes owner. */
static void
test_without (StoreFixture *fixture, gconstpointer data)
{
  static const Refusal refusals[] = {
    { MOVE ("collection"), "journal-only-grows" },
    { MOVE ("lot"), "owner-is-fixed" },
    { MOVE ("unit"), "owner-is-fixed" },
    { MOVE ("course"), "owner-is-fixed" },
    { MOVE ("visit"), "owner-is-fixed" },
    { MOVE ("reservation"), "journal-only-grows" },
    { MOVE ("biohazard"), "journal-only-grows" },
    { MOVE ("gate_override"), "journal-only-grows" },
    { MOVE ("patient_slot"), "slot-without-visit" },
    { "UPDATE patient SET merged_into = 2 WHERE id = 1", "merge-step" },
    { "INSERT INTO patient (chart, family, merged_into, created_at, updated_at) VALUES ('X', 'X', 1, 0, 0)", "merge-step" },
    { "INSERT INTO merge_moved (merge_id, what, row_id) VALUES (1, 'unit', 1)", "merge-step" },
    { "INSERT INTO merge_under_way (n) VALUES (1)", "rule-is-fixed" },
  };

  refuse_all (fixture, refusals, G_N_ELEMENTS (refusals));
}

static void
test_begin (StoreFixture *fixture, gconstpointer data)
{
  static const Refusal refusals[] = {
    { BEGIN_MERGE ("1", "1", "2"), "CHECK" },
    { BEGIN_MERGE ("1", "2", "NULL"), "second-person-needed" },
    { BEGIN_MERGE ("2", "1", "NULL"), "second-person-needed" },
    { BEGIN_MERGE ("1", "2", "1"), "CHECK" },
    { BEGIN_MERGE ("1", "2", "6"), "staff-not-active" },
    { BEGIN_MERGE ("1", "2", "99"), "FOREIGN KEY" },
    { "INSERT INTO merge (loser_id, winner_id, at, approved_by, second_by) VALUES (1, 2, 0, 1, 2)", "merge-step" },
    { "INSERT INTO merge (loser_id, winner_id, at, approved_by, second_by, moving) VALUES (1, 2, 0, 1, 2, 2)", "CHECK" },
    { "INSERT INTO merge (loser_id, winner_id, at, approved_by, second_by, undone_at, undone_by, moving) VALUES (1, 2, 0, 1, 2, 1, 1, 1)",
      "merge-step" },
    /* On its own it cannot be committed. */
    { BEGIN_MERGE ("1", "2", "2"), "FOREIGN KEY" },
  };

  refuse_all (fixture, refusals, G_N_ELEMENTS (refusals));
}

/* While a merge is under way, only what is its own moves, and only from the one to the other. */
static void
test_under_way (StoreFixture *fixture, gconstpointer data)
{
  static const Refusal refusals[] = {
    { "UPDATE unit SET patient_id = 1 WHERE id = 2", "owner-is-fixed" },
    { "UPDATE unit SET patient_id = 3 WHERE id = 1", "owner-is-fixed" },
    { "UPDATE lot SET patient_id = 3 WHERE id = 1", "owner-is-fixed" },
    { "UPDATE lot SET patient_id = 2 WHERE id = 1", "owner-is-fixed" },
    { "UPDATE collection SET patient_id = 3 WHERE id = 1", "journal-only-grows" },
    { "UPDATE collection SET patient_id = 2, volume_ml = 60 WHERE id = 1", "journal-only-grows" },
    { "UPDATE unit SET patient_id = 2, number = 'X' WHERE id = 1", "owner-is-fixed" },
    { "UPDATE reservation SET patient_id = 2 WHERE id = 1", "journal-only-grows" },
    { "UPDATE visit SET patient_id = 2 WHERE id = 1", "owner-is-fixed" },
    { "UPDATE patient SET merged_into = 3 WHERE id = 1", "merge-step" },
    { "UPDATE patient SET merged_into = 1 WHERE id = 2", "merge-step" },
    { "UPDATE merge SET moving = NULL", "merge-incomplete" },
    { "UPDATE merge SET winner_id = 3", "journal-only-grows" },
    { "UPDATE merge SET second_by = NULL", "journal-only-grows" },
    { "UPDATE merge SET moving = NULL, undone_at = 9000000000, undone_by = 1", "journal-only-grows" },
    { "DELETE FROM merge", "journal-only-grows" },
    { "UPDATE merge_moved SET row_id = 2", "journal-only-grows" },
    { "DELETE FROM merge_moved", "journal-only-grows" },
  };

  store_exec (fixture, "BEGIN; PRAGMA defer_foreign_keys = ON; " BEGIN_MERGE ("1", "2", "2"));
  store_exec (fixture, TAKE ("unit"));
  store_exec (fixture, TAKE ("collection"));
  refuse_all (fixture, refusals, G_N_ELEMENTS (refusals));
  store_exec (fixture, "ROLLBACK");
}

/* Once done it is a journal; the loser is closed to everybody. */
static void
test_done (StoreFixture *fixture, gconstpointer data)
{
  static const Refusal refusals[] = {
    { "INSERT INTO merge_moved (merge_id, what, row_id) VALUES (1, 'collection', 2)", "merge-step" },
    { "INSERT INTO merge_field (merge_id, field, before, after) VALUES (1, 'note', 'a', 'b')", "merge-step" },
    { "UPDATE merge SET approved_by = 3", "journal-only-grows" },
    { "UPDATE merge SET moving = 1", "journal-only-grows" },
    { "UPDATE merge SET undone_at = 9000000000, undone_by = 1, undone_second = 2", "journal-only-grows" },
    { "UPDATE merge SET undone_at = 9000000000, undone_by = 1, undone_second = 1, moving = 1", "CHECK" },
    { "UPDATE merge SET undone_at = 9000000000, undone_by = 1, moving = 1", "second-person-needed" },
    { "UPDATE merge SET undone_at = 9000000000, undone_by = 6, undone_second = 2, moving = 1", "staff-not-active" },
    { "UPDATE merge SET undone_at = 9000000000, undone_by = 1, undone_second = 2, moving = 1", "FOREIGN KEY" },
    { "UPDATE merge SET undone_at = 1, undone_by = 1, undone_second = 2, moving = 1", "CHECK" },
    { "UPDATE unit SET patient_id = 1 WHERE id = 1", "owner-is-fixed" },
    { "UPDATE patient SET merged_into = NULL WHERE id = 1", "merge-step" },
    { "UPDATE patient SET note = 'x', version = version + 1 WHERE id = 1", "patient-merged" },
    { "INSERT INTO collection (patient_id, number, method, collected_at, volume_ml, operator_id, coi_id) VALUES (1, 'C9', 'blood_draw', 0, 50, 1, 99)",
      "patient-merged" },
    { "INSERT INTO visit (patient_id, type, starts_at, ends_at, busy_from, busy_until, created_at)"
      " VALUES (1, 'infusion', 900000, 903600, 900000, 903600, 0)", "patient-merged" },
    { "INSERT INTO document (patient_id, kind, received_at) VALUES (1, 'other', 0)", "patient-merged" },
    { "UPDATE document SET patient_id = 1 WHERE id = 2", "patient-merged" },
    { "INSERT INTO trip (patient_id) VALUES (1)", "patient-merged" },
    { "INSERT INTO companion (patient_id, family) VALUES (1, 'X')", "patient-merged" },
    { "INSERT INTO course (patient_id, template, started_on) VALUES (1, 'x', '2026-01-01')", "patient-merged" },
    { "INSERT INTO lab_report (patient_id, collected_on, came_by, entered_at) VALUES (1, '2026-01-01', 'hand', 0)", "patient-merged" },
    { "INSERT INTO biohazard (patient_id, agent, since) VALUES (1, 'hiv', 0)", "patient-merged" },
    { "INSERT INTO chase (patient_id, at, came_by, language, items, body) VALUES (1, 0, 'mail', 'en', '', '')", "patient-merged" },
    { "UPDATE hold SET closed_at = 9000000001, closed_by = 3, closed_why = 'seen' WHERE closed_at IS NULL", "relabel-first" },
    { "UPDATE merge_label SET label_seq = 0", "journal-only-grows" },
    { "DELETE FROM merge_label", "journal-only-grows" },
    { BEGIN_MERGE ("3", "1", "NULL"), "merged-already" },
  };

  g_assert_true (merge_by_hand (fixture, -1, TRUE));
  refuse_all (fixture, refusals, G_N_ELEMENTS (refusals));
}

/* On the way back nothing of the winner's own slips in. */
static void
test_back (StoreFixture *fixture, gconstpointer data)
{
  static const Refusal refusals[] = {
    { "INSERT INTO merge_moved (merge_id, what, row_id) VALUES (1, 'collection', 2)", "merge-step" },
    { "INSERT INTO merge_moved (merge_id, what, row_id) VALUES (1, 'lot', 2)", "merge-step" },
    { "INSERT INTO merge_moved (merge_id, what, row_id) VALUES (1, 'unit', 2)", "merge-step" },
    { "INSERT INTO merge_moved (merge_id, what, row_id) VALUES (1, 'visit', 2)", "merge-step" },
    { "INSERT INTO merge_moved (merge_id, what, row_id) VALUES (1, 'infusion', 1)", "merge-step" },
    { "INSERT INTO merge_field (merge_id, field, before, after) VALUES (1, 'note', 'a', 'b')", "merge-step" },
    { "UPDATE unit SET patient_id = 1 WHERE id = 2", "owner-is-fixed" },
    { "UPDATE unit SET patient_id = 3 WHERE id = 1", "owner-is-fixed" },
    { "UPDATE merge SET moving = NULL", "merge-incomplete" },
  };

  g_assert_true (merge_by_hand (fixture, -1, TRUE));
  store_exec (fixture, "BEGIN; PRAGMA defer_foreign_keys = ON;"
                       "UPDATE merge SET undone_at = 9000000000, undone_by = 1, undone_second = 2, moving = 1");
  refuse_all (fixture, refusals, G_N_ELEMENTS (refusals));
  store_exec (fixture, "UPDATE patient SET merged_into = NULL WHERE id = 1");
  store_refuse (fixture, "UPDATE merge SET moving = NULL", DESK_ERROR_REFUSED, "merge-incomplete");
  store_exec (fixture, "ROLLBACK");
}

/* A dose in somebody's hand stays whose it is. */
static void
test_in_hand (StoreFixture *fixture, gconstpointer data)
{
  merge_fixture_act (fixture, 1, DESK_STEP_PICK, 0);
  store_refuse (fixture, BEGIN_MERGE ("1", "2", "2"), DESK_ERROR_REFUSED, "cells-on-their-way");
  store_refuse (fixture, BEGIN_MERGE ("3", "1", "NULL"), DESK_ERROR_REFUSED, "cells-on-their-way");
}

/* ── tricks: whole scripts, in whatever order, that would end with cells at the wrong chart ──────── */

#define SCRIPT "PRAGMA defer_foreign_keys = ON; "
#define MERGE(id, loser, winner, second) \
  "INSERT INTO merge (id, loser_id, winner_id, at, approved_by, second_by, moving) VALUES (" id ", " loser ", " winner ", 9000000000, 1, " second ", 1); "
#define TAKE_ALL(id, loser) TAKE_OF (id, loser, "collection") TAKE_OF (id, loser, "lot") TAKE_OF (id, loser, "unit") \
  TAKE_OF (id, loser, "course") TAKE_OF (id, loser, "visit") TAKE_OF (id, loser, "reservation") TAKE_OF (id, loser, "biohazard")
#define TAKE_OF(id, loser, what) \
  "INSERT INTO merge_moved (merge_id, what, row_id) SELECT " id ", '" what "', id FROM " what " WHERE patient_id = " loser "; "
#define GIVE_ALL(loser, winner) GIVE (loser, winner, "collection") GIVE (loser, winner, "lot") GIVE (loser, winner, "unit") \
  GIVE (loser, winner, "course") GIVE (loser, winner, "visit") GIVE (loser, winner, "reservation") GIVE (loser, winner, "biohazard")
#define GIVE(loser, winner, what) "UPDATE " what " SET patient_id = " winner " WHERE patient_id = " loser "; "
#define END "UPDATE merge SET moving = NULL WHERE moving = 1; COMMIT"
#define UNDO "UPDATE merge SET undone_at = 9000000001, undone_by = 1, undone_second = 2, moving = 1 WHERE id = 1; "

/* One transaction; what it began is rolled back. */
static void
refuse_scripts (StoreFixture *fixture, const Refusal *scripts, guint n)
{
  for (guint i = 0; i < n; i++)
    {
      g_autoptr (GError) error = NULL;

      store_exec (fixture, "BEGIN");
      if (desk_db_exec (fixture->db, scripts[i].sql, &error))
        g_error ("accepted (%u): %s", i, scripts[i].sql);
      if (!strstr (error->message, scripts[i].message))
        g_error ("«%s» instead of «%s» (%u): %s", error->message, scripts[i].message, i, scripts[i].sql);
      store_exec (fixture, "ROLLBACK");
    }
}

static void
test_tricks (StoreFixture *fixture, gconstpointer data)
{
  static const Refusal scripts[] = {
    /* Numbers of patients that change places take everything along. */
    { SCRIPT "UPDATE patient SET id = 99 WHERE id = 1; UPDATE patient SET id = 1 WHERE id = 2; UPDATE patient SET id = 2 WHERE id = 99; COMMIT",
      "owner-is-fixed" },
    { SCRIPT "UPDATE OR REPLACE patient SET id = 2 WHERE id = 1; COMMIT", "owner-is-fixed" },
    { SCRIPT "UPDATE OR IGNORE patient SET id = 99 WHERE id = 1; COMMIT", "owner-is-fixed" },
    /* The cells of two come together at a third, to whom each alone could go with one approver. */
    { SCRIPT MERGE ("1", "1", "3", "NULL") MERGE ("2", "2", "3", "NULL") "COMMIT", "merge-step" },
    { SCRIPT MERGE ("1", "1", "3", "NULL") MERGE ("2", "3", "2", "NULL") "COMMIT", "merge-step" },
    /* The other gets cells while the merge is under way. */
    { SCRIPT MERGE ("1", "1", "3", "NULL") TAKE_ALL ("1", "1") GIVE_ALL ("1", "3")
      "INSERT INTO coi (id, number, opened_at, opened_by) VALUES (99, 'I99', 0, 1);"
      "INSERT INTO collection (patient_id, number, method, collected_at, volume_ml, operator_id, coi_id) VALUES (3, 'C9', 'blood_draw', 0, 50, 1, 99);"
      "UPDATE patient SET merged_into = 3 WHERE id = 1; " END, "second-person-needed" },
    /* A dose goes into somebody's hand while the merge is under way. */
    { SCRIPT MERGE ("1", "1", "2", "2") "UPDATE placement SET until = 2000000000, ended_by = 1 WHERE unit_id = 1 AND until IS NULL;"
      "INSERT INTO unit_event (unit_id, axis, seq, prev_seq, from_state, to_state, at, performer_id, witness_id)"
      " SELECT 1, 'life', life_seq + 1, life_seq, 'frozen', 'picked', 2000000000, 3, 2 FROM unit WHERE id = 1;"
      "UPDATE patient SET merged_into = 2 WHERE id = 1; " END, "cells-on-their-way" },
    /* What is the winner's own is written down as if it had come, to go away with the loser one day. */
    { SCRIPT MERGE ("1", "1", "2", "2") "INSERT INTO merge_moved VALUES (1, 'collection', 2)", "merge-step" },
    { SCRIPT MERGE ("1", "1", "2", "2") "INSERT INTO merge_moved VALUES (1, 'unit', 2)", "merge-step" },
    { SCRIPT MERGE ("1", "1", "2", "2") "INSERT INTO merge_moved VALUES (1, 'visit', 2)", "merge-step" },
    { SCRIPT MERGE ("1", "1", "2", "2") "INSERT OR IGNORE INTO merge_moved VALUES (1, 'lot', 2)", "merge-step" },
    { SCRIPT MERGE ("1", "1", "2", "2") "INSERT OR REPLACE INTO merge_moved VALUES (1, 'document', 2)", "merge-step" },
    { SCRIPT MERGE ("1", "1", "2", "2") "INSERT INTO merge_moved VALUES (1, 'staff', 1)", "merge-step" },
    { SCRIPT MERGE ("1", "1", "2", "2") TAKE_ALL ("1", "1") "INSERT INTO merge_moved VALUES (1, 'unit', 1)"
      " ON CONFLICT (merge_id, what, row_id) DO UPDATE SET row_id = 2", "journal-only-grows" },
    /* Another merge is put in the place of this one. */
    { SCRIPT MERGE ("1", "3", "2", "NULL") "INSERT OR REPLACE INTO merge (id, loser_id, winner_id, at, approved_by, moving) VALUES (1, 1, 3, 0, 1, 1)",
      "merge-step" },
    { SCRIPT MERGE ("1", "3", "2", "NULL") "INSERT INTO merge (id, loser_id, winner_id, at, approved_by, moving) VALUES (1, 3, 2, 0, 1, 1)"
      " ON CONFLICT (id) DO UPDATE SET loser_id = 1", "merge-step" },
    { SCRIPT MERGE ("1", "3", "2", "NULL") "UPDATE OR REPLACE merge SET loser_id = 1", "journal-only-grows" },
    { SCRIPT MERGE ("1", "3", "2", "NULL") "UPDATE OR IGNORE merge SET winner_id = 1", "journal-only-grows" },
    /* The row of the hold's label is there before the hold: it could be closed under the old label. */
    { SCRIPT MERGE ("1", "1", "2", "2") TAKE_ALL ("1", "1")
      "INSERT INTO merge_label (hold_id, unit_id, merge_id, label_seq) SELECT COALESCE (max (id), 0) + 1, 1, 1, -1 FROM hold", "merge-step" },
    { SCRIPT MERGE ("1", "1", "2", "2") TAKE_ALL ("1", "1") "INSERT INTO hold (id, unit_id, reason, opened_at, opened_by) VALUES (77, 2, 'merged-check-label', 0, 1);"
      "INSERT INTO merge_label (hold_id, unit_id, merge_id, label_seq) VALUES (77, 2, 1, 0)", "merge-step" },
    /* A hold with the greatest of all numbers, closed, does not stand for the one the merge opens. */
    { SCRIPT "INSERT INTO hold (id, unit_id, reason, opened_at, opened_by) VALUES (9223372036854775807, 1, 'x', 0, 1);"
      "UPDATE hold SET closed_at = 1, closed_by = 1, closed_why = 'seen';" MERGE ("1", "1", "2", "2") TAKE_ALL ("1", "1") GIVE_ALL ("1", "2")
      "UPDATE hold SET closed_at = 9000000001, closed_by = 3, closed_why = 'seen' WHERE closed_at IS NULL", "relabel-first" },
    /* Passed over or put in the place of others, row by row. */
    { SCRIPT MERGE ("1", "1", "2", "2") TAKE_ALL ("1", "1") "UPDATE OR IGNORE unit SET patient_id = 2; UPDATE OR IGNORE visit SET patient_id = 2 WHERE patient_id = 1;"
      "UPDATE patient SET merged_into = 2 WHERE id = 1; " END, "merge-incomplete" },
    { SCRIPT MERGE ("1", "1", "2", "2") TAKE_ALL ("1", "1") "UPDATE OR REPLACE unit SET patient_id = 1", "owner-is-fixed" },
    { SCRIPT MERGE ("1", "1", "2", "2") TAKE_ALL ("1", "1") "UPDATE OR IGNORE unit SET patient_id = 3 WHERE id = 1", "owner-is-fixed" },
    { SCRIPT "INSERT INTO coi (id, number, opened_at, opened_by) VALUES (99, 'I99', 0, 1);"
      "INSERT OR REPLACE INTO collection (id, patient_id, number, method, collected_at, volume_ml, operator_id, coi_id)"
      " SELECT id, 2, number, method, collected_at, volume_ml, operator_id, 99 FROM collection WHERE patient_id = 1", "journal-only-grows" },
    { SCRIPT "INSERT INTO coi (id, number, opened_at, opened_by) VALUES (99, 'I99', 0, 1);"
      "INSERT INTO collection (id, patient_id, number, method, collected_at, volume_ml, operator_id, coi_id)"
      " SELECT id, 2, number, method, collected_at, volume_ml, operator_id, 99 FROM collection WHERE patient_id = 1"
      " ON CONFLICT (id) DO UPDATE SET patient_id = 2", "journal-only-grows" },
    { SCRIPT "INSERT OR REPLACE INTO visit (id, patient_id, type, starts_at, ends_at, busy_from, busy_until, created_at)"
      " VALUES (1, 2, 'infusion', 9900000, 9903600, 9900000, 9903600, 0)", "owner-is-fixed" },
    /* Two visits at one time. */
    { SCRIPT "INSERT INTO visit (id, patient_id, type, starts_at, ends_at, busy_from, busy_until, created_at)"
      " SELECT 50, 2, 'infusion', starts_at, ends_at, busy_from, busy_until, 0 FROM visit WHERE id = 1;" MERGE ("1", "1", "2", "2") TAKE_ALL ("1", "1")
      "UPDATE OR REPLACE visit SET patient_id = 2 WHERE id = 1", "slot-taken" },
    { SCRIPT "INSERT INTO visit (id, patient_id, type, starts_at, ends_at, busy_from, busy_until, created_at)"
      " SELECT 50, 2, 'infusion', starts_at, ends_at, busy_from, busy_until, 0 FROM visit WHERE id = 1;" MERGE ("1", "1", "2", "2") TAKE_ALL ("1", "1")
      "UPDATE OR IGNORE visit SET patient_id = 2 WHERE patient_id = 1; UPDATE collection SET patient_id = 2 WHERE patient_id = 1;"
      "UPDATE lot SET patient_id = 2 WHERE patient_id = 1; UPDATE unit SET patient_id = 2 WHERE patient_id = 1;"
      "UPDATE course SET patient_id = 2 WHERE patient_id = 1; UPDATE reservation SET patient_id = 2 WHERE patient_id = 1;"
      "UPDATE biohazard SET patient_id = 2 WHERE patient_id = 1; UPDATE patient SET merged_into = 2 WHERE id = 1; " END, "FOREIGN KEY" },
    /* Promised, or said to be given, across, with the keys put off. */
    { SCRIPT "INSERT INTO reservation (unit_id, visit_id, patient_id, opened_at, opened_by) VALUES (2, 1, 2, 0, 1); COMMIT", "FOREIGN KEY" },
    { SCRIPT "INSERT INTO merge_promise VALUES (1, 1, 1, 1, 0, 1, 0)", "merge-step" },
    { SCRIPT "DELETE FROM reservation", "journal-only-grows" },
  };

  refuse_scripts (fixture, scripts, G_N_ELEMENTS (scripts));
}

/* The same after a merge that stands, and on its way back. */
static void
test_tricks_after (StoreFixture *fixture, gconstpointer data)
{
  static const Refusal scripts[] = {
    { "UPDATE patient SET family = 'X' WHERE id = 1", "patient-merged" },
    { "INSERT INTO patient (id, chart, family, created_at, updated_at) SELECT id, chart, family, 0, 0 FROM patient WHERE id = 1"
      " ON CONFLICT (id) DO UPDATE SET merged_into = NULL", "merge-step" },
    { "INSERT OR REPLACE INTO patient (id, chart, family, created_at, updated_at) SELECT id, chart, family, 0, 0 FROM patient WHERE id = 1",
      "patient-kept" },
    { "INSERT OR REPLACE INTO merge (id, loser_id, winner_id, at, approved_by, moving) VALUES (1, 3, 2, 0, 1, 1)", "journal-only-grows" },
    { "INSERT OR REPLACE INTO merge_label (hold_id, unit_id, merge_id, label_seq) SELECT hold_id, unit_id, merge_id, -1 FROM merge_label", "merge-step" },
    { "INSERT INTO merge_label (hold_id, unit_id, merge_id, label_seq) SELECT hold_id, unit_id, merge_id, 0 FROM merge_label WHERE true"
      " ON CONFLICT (hold_id) DO UPDATE SET label_seq = -1", "merge-step" },
    { "UPDATE OR IGNORE merge_label SET label_seq = -1", "journal-only-grows" },
    { "UPDATE OR REPLACE hold SET closed_at = 9000000001, closed_by = 3, closed_why = 'seen' WHERE closed_at IS NULL", "relabel-first" },
    { "INSERT OR REPLACE INTO hold (id, unit_id, reason, opened_at, opened_by) SELECT id, unit_id, 'x', 0, 1 FROM hold", "journal-only-grows" },
    /* A second merge begins while the first goes back, or the other way round. */
    { SCRIPT UNDO MERGE ("2", "3", "2", "NULL"), "merge-step" },
    { SCRIPT MERGE ("2", "3", "2", "NULL") UNDO, "merge-step" },
    /* Some of the cells go back and some stay. */
    { SCRIPT UNDO "UPDATE patient SET merged_into = NULL WHERE id = 1; " GIVE ("2", "1", "unit"), "owner-is-fixed" },
    { SCRIPT UNDO "UPDATE patient SET merged_into = NULL WHERE id = 1; UPDATE unit SET patient_id = 1 WHERE id = 1; " END, "merge-incomplete" },
    { SCRIPT UNDO "UPDATE patient SET merged_into = NULL WHERE id = 1; UPDATE collection SET patient_id = 1 WHERE id = 1; UPDATE lot SET patient_id = 1 WHERE id = 1;"
      "UPDATE unit SET patient_id = 1 WHERE id = 1; UPDATE OR IGNORE visit SET patient_id = 1 WHERE id = 1; " END, "merge-incomplete" },
    /* On the way back the hold is closed although the label is the new one. */
    { SCRIPT "INSERT INTO unit_event (unit_id, axis, seq, prev_seq, from_state, to_state, at, performer_id, witness_id)"
      " SELECT 1, 'label', label_seq + 1, label_seq, label, 'printed', 9000000000, 3, 2 FROM unit WHERE id = 1;" UNDO
      "UPDATE hold SET closed_at = 9000000001, closed_by = 3, closed_why = 'seen' WHERE closed_at IS NULL", "relabel-first" },
    /* A promise that stands is not deleted as if it had been released. */
    { SCRIPT UNDO "DELETE FROM reservation", "journal-only-grows" },
    { SCRIPT UNDO "INSERT INTO merge_promise SELECT id, 1, unit_id, visit_id, opened_at, opened_by, 1 FROM reservation", "merge-step" },
  };

  g_assert_true (merge_by_hand (fixture, -1, TRUE));
  refuse_scripts (fixture, scripts, G_N_ELEMENTS (scripts));
}

#define TEST(name, func) g_test_add (name, StoreFixture, NULL, set_up, func, store_fixture_tear_down)

int
main (int argc, char *argv[])
{
  g_test_init (&argc, &argv, NULL);
  TEST ("/schema-merge/without", test_without);
  TEST ("/schema-merge/begin", test_begin);
  TEST ("/schema-merge/under-way", test_under_way);
  TEST ("/schema-merge/whole", test_whole);
  TEST ("/schema-merge/not-ended", test_not_ended);
  TEST ("/schema-merge/done", test_done);
  TEST ("/schema-merge/back", test_back);
  TEST ("/schema-merge/in-hand", test_in_hand);
  TEST ("/schema-merge/tricks", test_tricks);
  TEST ("/schema-merge/tricks-after", test_tricks_after);
  return g_test_run ();
}
