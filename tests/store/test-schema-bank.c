/* The guards of the bank, asked with raw SQL past every function of ours. */
#include "bank-fixture.h"

typedef struct
{
  const char *sql;
  DeskError code;
  const char *message;
} Refusal;

#define TAKEN DESK_ERROR_TAKEN, "UNIQUE constraint failed"
#define CHECKED DESK_ERROR_REFUSED, "CHECK constraint failed"
#define RULE(code) DESK_ERROR_REFUSED, code

static gint64
fingerprint (DeskDb *db)
{
  gint64 sum = 0;

  g_assert_true (desk_db_value (db, &sum, NULL,
                                "SELECT (SELECT count (*) FROM container) + (SELECT sum (id * 31 + rows * 7 + cols * 5 + row * 3 + col + retired * 1009"
                                "  + COALESCE (parent_id, 0) * 101) FROM container)"
                                " + (SELECT count (*) * 13 + sum (container_id * 17 + above_id * 19 + depth) FROM container_above)"
                                " + (SELECT sum (container_id * (places * 7 + used)) FROM container_sum)"
                                " + (SELECT count (*) FROM placement WHERE until IS NULL) * 997 + (SELECT count (*) FROM placement)"
                                " + (SELECT count (*) FROM place_block) * 89 + (SELECT count (*) FROM container_move) * 83"
                                " + (SELECT count (*) FROM custody) * 79 + (SELECT count (*) FROM unit)",
                                ""));
  return sum;
}

static void
refuse_all (StoreFixture *fixture, const Refusal *refusals, guint n)
{
  gint64 before = fingerprint (fixture->db);

  for (guint i = 0; i < n; i++)
    {
      store_refuse (fixture, refusals[i].sql, refusals[i].code, refusals[i].message);
      if (fingerprint (fixture->db) != before)
        g_error ("left something behind: %s", refusals[i].sql);
    }
}

static gint64
number_of (StoreFixture *fixture, const char *sql)
{
  gint64 value = -1;

  g_assert_true (desk_db_value (fixture->db, &value, NULL, sql, ""));
  return value;
}

#define PUT(unit, container, row, col) \
  "INSERT INTO placement (unit_id, container_id, row, col, since, performer_id, witness_id) VALUES (" unit ", " container ", " row ", " col ", 2000, 1, 2)"
#define PUT_ALONE(unit, container, row, col) \
  "INSERT INTO placement (unit_id, container_id, row, col, since, performer_id) VALUES (" unit ", " container ", " row ", " col ", 2000, 1)"
#define TAKE_OUT(unit) "UPDATE placement SET until = 1500, ended_by = 1 WHERE unit_id = " unit " AND until IS NULL"
#define BLOCK(container, row, col) \
  "INSERT INTO place_block (container_id, row, col, reason, opened_at, opened_by) VALUES (" container ", " row ", " col ", 'ice', 0, 1)"
#define MOVE(id, from, frow, fcol, to, row, col, witness) \
  "INSERT INTO container_move (container_id, from_parent, from_row, from_col, to_parent, to_row, to_col, at, performer_id, witness_id)" \
  " VALUES (" id ", " from ", " frow ", " fcol ", " to ", " row ", " col ", 2000, 1, " witness ")"

static void
test_places (StoreFixture *fixture, gconstpointer data)
{
  static const Refusal refusals[] = {
    { PUT ("13", "3", "1", "1"), TAKEN },               /* two units in one place */
    { PUT ("11", "3", "3", "3"), TAKEN },               /* one unit in two */
    { PUT ("13", "3", "4", "1"), RULE ("no-such-place") },
    { PUT ("13", "2", "1", "1"), RULE ("no-such-place") }, /* a rack without places */
    { PUT ("13", "12", "1", "2"), RULE ("no-such-place") },
    { PUT ("13", "6", "1", "1"), RULE ("place-taken") }, /* the cane is there */
    { PUT ("13", "13", "1", "1"), RULE ("out-of-service") },
    { PUT ("13", "10", "1", "1"), RULE ("kind-not-allowed") },
    { PUT ("13", "9", "1", "1"), RULE ("biohazard-only") },
    { PUT ("14", "4", "1", "1"), RULE ("wrong-cold") },
    { PUT_ALONE ("13", "3", "3", "3"), RULE ("second-person-needed") }, /* beside the other patient's */
    { PUT_ALONE ("22", "3", "3", "3"), RULE ("second-person-needed") },
  };

  refuse_all (fixture, refusals, G_N_ELEMENTS (refusals));
  store_exec (fixture, PUT_ALONE ("13", "4", "1", "1"));
  store_exec (fixture, BLOCK ("3", "3", "3"));
  store_refuse (fixture, PUT ("22", "3", "3", "3"), RULE ("place-blocked"));
  /* What was released leaves quarantine and does not come back; what is in the cold does not go into the fridge. */
  store_exec (fixture, TAKE_OUT ("11") ";" TAKE_OUT ("12"));
  store_refuse (fixture, PUT ("11", "8", "1", "1"), RULE ("quarantine-only"));
  store_refuse (fixture, PUT ("12", "11", "1", "1"), RULE ("wrong-cold"));
  store_exec (fixture, PUT ("12", "8", "1", "1"));
  store_refuse (fixture, "UPDATE container SET in_service = 0 WHERE id = 1; " PUT ("11", "3", "1", "1"), RULE ("out-of-service"));
  /* And nothing is frozen in a refrigerator. */
  store_exec (fixture, PUT ("22", "11", "1", "1"));
  store_refuse (fixture,
                "INSERT INTO unit_event (unit_id, axis, seq, prev_seq, from_state, to_state, at, performer_id, witness_id)"
                " VALUES (22, 'life', 3, 2, 'filled', 'frozen', 2000, 1, 2)",
                RULE ("wrong-cold"));
}

static void
test_blocks (StoreFixture *fixture, gconstpointer data)
{
  static const Refusal refusals[] = {
    { BLOCK ("3", "1", "1"), RULE ("place-taken") },
    { BLOCK ("6", "1", "1"), RULE ("place-taken") },
    { BLOCK ("3", "4", "1"), RULE ("no-such-place") },
    { BLOCK ("2", "1", "1"), RULE ("no-such-place") },
    { "INSERT INTO place_block (container_id, row, col, reason, opened_at, opened_by) VALUES (3, 3, 3, '', 0, 1)", CHECKED },
    { "INSERT INTO place_block (container_id, row, col, reason, opened_at, opened_by, closed_at, closed_by) VALUES (3, 3, 3, 'x', 0, 1, 1, 1)",
      RULE ("journal-only-grows") },
  };

  refuse_all (fixture, refusals, G_N_ELEMENTS (refusals));
  store_exec (fixture, BLOCK ("3", "3", "3"));
  static const Refusal after[] = {
    { BLOCK ("3", "3", "3"), TAKEN },
    { "UPDATE place_block SET reason = 'other'", RULE ("journal-only-grows") },
    { "UPDATE place_block SET row = 2, closed_at = 5, closed_by = 1", RULE ("journal-only-grows") },
    { "DELETE FROM place_block", RULE ("journal-only-grows") },
    { "UPDATE container SET rows = 2 WHERE id = 3", RULE ("container-not-empty") },
  };
  refuse_all (fixture, after, G_N_ELEMENTS (after));
  g_assert_cmpint (number_of (fixture, "SELECT places FROM container_sum WHERE container_id = 1"), ==, 12);
  store_exec (fixture, "UPDATE place_block SET closed_at = 5, closed_by = 1");
  store_refuse (fixture, "UPDATE place_block SET closed_at = NULL, closed_by = NULL", RULE ("journal-only-grows"));
  g_assert_cmpint (number_of (fixture, "SELECT places FROM container_sum WHERE container_id = 1"), ==, 13);
}

static void
test_tree (StoreFixture *fixture, gconstpointer data)
{
  static const Refusal refusals[] = {
    { "INSERT INTO container (id, parent_id, kind, name) VALUES (50, 50, 'rack', 'Self')", RULE ("no-such-container") },
    { "PRAGMA defer_foreign_keys = ON; INSERT INTO container (id, parent_id, kind, name) VALUES (50, 51, 'rack', 'Half')", RULE ("no-such-container") },
    { MOVE ("1", "NULL", "0", "0", "1", "1", "1", "2"), RULE ("container-in-itself") },
    { MOVE ("1", "NULL", "0", "0", "2", "1", "1", "2"), RULE ("container-in-itself") },
    { MOVE ("1", "NULL", "0", "0", "3", "3", "3", "2"), RULE ("container-in-itself") },
    { "UPDATE container SET parent_id = 3 WHERE id = 1", RULE ("container-in-itself") },
    { "UPDATE container SET parent_id = 5 WHERE id = 2", RULE ("move-without-event") },
    { "UPDATE container SET row = 9 WHERE id = 3", RULE ("move-without-event") },
    { "UPDATE container SET id = 99 WHERE id = 4", RULE ("container-kept") },
    { "DELETE FROM container WHERE id = 4", RULE ("container-kept") },
    { "INSERT OR REPLACE INTO container (id, parent_id, kind, name) VALUES (4, 5, 'box', 'Moved')", RULE ("container-kept") },
    /* nobody but the triggers says what stands in what */
    { "INSERT INTO container_above (container_id, above_id, depth) VALUES (3, 5, 1)", RULE ("container-in-itself") },
    { "INSERT INTO container_above (container_id, above_id, depth) VALUES (3, 1, 1)", RULE ("container-in-itself") },
    { "INSERT OR REPLACE INTO container_above (container_id, above_id, depth) VALUES (3, 1, 2)", RULE ("journal-only-grows") },
    { "UPDATE container_above SET above_id = 5 WHERE container_id = 3 AND above_id = 1", RULE ("journal-only-grows") },
    { "UPDATE container_above SET depth = 7", RULE ("journal-only-grows") },
    { "DELETE FROM container_above WHERE container_id = 3 AND above_id = 1", RULE ("journal-only-grows") },
    { "DELETE FROM container_above", RULE ("journal-only-grows") },
    { "DELETE FROM container_sum WHERE container_id = 3", RULE ("container-kept") },
    /* a child at a place that is taken, or none */
    { "INSERT INTO container (parent_id, kind, name, row, col) VALUES (6, 'cane', 'C2', 1, 1)", RULE ("place-taken") },
    { "INSERT INTO container (parent_id, kind, name, row, col) VALUES (6, 'cane', 'C2', 3, 1)", RULE ("no-such-place") },
    { "INSERT INTO container (parent_id, kind, name) VALUES (6, 'cane', 'C2')", RULE ("no-such-place") },
    { "INSERT INTO container (parent_id, kind, name, row, col) VALUES (3, 'cassette', 'C2', 1, 1)", RULE ("place-taken") },
    /* a code means one thing */
    { "INSERT INTO container (kind, name, barcode) VALUES ('box', 'New', 'U11')", RULE ("code-taken") },
    { "INSERT INTO container (kind, name, barcode) VALUES ('box', 'New', 'T-ROUND')", TAKEN },
    { "UPDATE container SET barcode = 'U11' WHERE id = 4", RULE ("code-taken") },
    { "INSERT INTO unit (lot_id, patient_id, kind, number, volume_ml, cells, use_until, created_at) VALUES (1, 1, 'qc', 'T-ROUND', 5, 5, '2099-01-01', 0)",
      RULE ("code-taken") },
    { "INSERT INTO unit (lot_id, patient_id, kind, number, barcode, volume_ml, cells, use_until, created_at)"
      " VALUES (1, 1, 'qc', 'U99', 'T-ROUND', 5, 5, '2099-01-01', 0)", RULE ("code-taken") },
  };

  refuse_all (fixture, refusals, G_N_ELEMENTS (refusals));
}

static void
test_shape (StoreFixture *fixture, gconstpointer data)
{
  static const Refusal refusals[] = {
    { "UPDATE container SET rows = 1 WHERE id = 3", RULE ("container-not-empty") },
    { "UPDATE container SET cols = 1 WHERE id = 3", RULE ("container-not-empty") },
    { "UPDATE container SET rows = 0, cols = 0, layout = 'none' WHERE id = 3", RULE ("container-not-empty") },
    { "UPDATE container SET layout = 'sector' WHERE id = 3", RULE ("container-not-empty") },
    { "UPDATE container SET levels = 1 WHERE id = 6", RULE ("container-not-empty") },
    { "UPDATE container SET layout = 'grid', rows = 2, cols = 2 WHERE id = 2", RULE ("container-not-empty") },
    { "UPDATE container SET cols = 1, levels = 1 WHERE id = 6", RULE ("container-not-empty") },
    { "UPDATE container SET layout = 'single' WHERE id = 4", CHECKED },
    { "UPDATE container SET retired = 1 WHERE id = 3", RULE ("container-not-empty") },
    { "UPDATE container SET retired = 1 WHERE id = 1", RULE ("container-not-empty") },
    { "UPDATE container SET quarantine_only = 1 WHERE id = 1", RULE ("contents-do-not-fit") },
    { "UPDATE container SET biohazard_only = 1 WHERE id = 3", RULE ("contents-do-not-fit") },
    { "UPDATE container SET allowed_kinds = 'qc' WHERE id = 2", RULE ("contents-do-not-fit") },
    { "UPDATE container SET allowed_kinds = 'none' WHERE id = 3", RULE ("contents-do-not-fit") },
    { "UPDATE container SET cold_class = 'cool' WHERE id = 1", RULE ("contents-do-not-fit") },
  };

  refuse_all (fixture, refusals, G_N_ELEMENTS (refusals));
  store_exec (fixture, "UPDATE container SET rows = 2, cols = 2 WHERE id = 3");
  store_exec (fixture, "UPDATE container SET retired = 1 WHERE id = 4");
  g_assert_cmpint (number_of (fixture, "SELECT places FROM container_sum WHERE container_id = 1"), ==, 4);
  static const Refusal retired[] = {
    { PUT ("13", "4", "1", "1"), RULE ("container-retired") },
    { "UPDATE container SET retired = 0 WHERE id = 4", RULE ("container-retired") },
    { "INSERT INTO container (parent_id, kind, name, row, col) VALUES (4, 'cassette', 'C', 1, 1)", RULE ("container-retired") },
    { "INSERT INTO container (kind, name, retired) VALUES ('box', 'Old', 1)", RULE ("container-retired") },
    { MOVE ("12", "6", "1", "2", "4", "1", "1", "2"), RULE ("container-retired") },
    { MOVE ("4", "2", "2", "0", "5", "1", "1", "2"), RULE ("container-retired") },
    { BLOCK ("4", "1", "1"), RULE ("no-such-place") },
  };
  refuse_all (fixture, retired, G_N_ELEMENTS (retired));
}

static void
test_moves (StoreFixture *fixture, gconstpointer data)
{
  static const Refusal refusals[] = {
    { MOVE ("3", "2", "1", "0", "6", "2", "2", "NULL"), RULE ("second-person-needed") },
    { MOVE ("3", "2", "1", "0", "6", "2", "2", "1"), CHECKED },
    { MOVE ("3", "1", "1", "0", "6", "2", "2", "2"), RULE ("moved-since") },
    { MOVE ("3", "2", "9", "9", "6", "2", "2", "2"), RULE ("moved-since") },
    { MOVE ("3", "2", "1", "0", "6", "1", "1", "2"), RULE ("place-taken") },
    { MOVE ("3", "2", "1", "0", "6", "3", "1", "2"), RULE ("no-such-place") },
    { MOVE ("3", "2", "1", "0", "5", "1", "1", "2"), RULE ("out-of-service") },
    { MOVE ("3", "2", "1", "0", "11", "1", "1", "2"), RULE ("contents-do-not-fit") }, /* too warm */
    { MOVE ("3", "2", "1", "0", "8", "1", "1", "2"), RULE ("contents-do-not-fit") },
    { MOVE ("3", "2", "1", "0", "9", "1", "1", "2"), RULE ("contents-do-not-fit") },
    { MOVE ("3", "2", "1", "0", "10", "1", "1", "2"), RULE ("contents-do-not-fit") },
    { "UPDATE container SET name = 'Box' WHERE id = 4", TAKEN },
  };

  refuse_all (fixture, refusals, G_N_ELEMENTS (refusals));
  store_exec (fixture, MOVE ("4", "2", "2", "0", "5", "1", "1", "NULL")); /* empty: also into what is broken */
  store_exec (fixture, MOVE ("3", "2", "1", "0", "6", "2", "2", "2"));
  g_assert_cmpint (number_of (fixture, "SELECT parent_id * 100 + row * 10 + col FROM container WHERE id = 3"), ==, 622);
  g_assert_cmpint (number_of (fixture, "SELECT count (*) FROM container_above WHERE container_id = 3"), ==, 2);
  g_assert_cmpint (number_of (fixture, "SELECT used FROM container_sum WHERE container_id = 1"), ==, 0);
  g_assert_cmpint (number_of (fixture, "SELECT used FROM container_sum WHERE container_id = 6"), ==, 3);
  /* 8 positions, three of them under containers, and what those hold: 6, 1 and 9. */
  g_assert_cmpint (number_of (fixture, "SELECT places FROM container_sum WHERE container_id = 6"), ==, 5 + 6 + 1 + 9);
  g_assert_cmpint (number_of (fixture, "SELECT count (*) FROM custody WHERE carried_in = 3"), ==, 3);
  static const Refusal after[] = {
    { "UPDATE container_move SET reason = 'x'", RULE ("journal-only-grows") },
    { "DELETE FROM container_move", RULE ("journal-only-grows") },
    { "UPDATE container SET parent_id = 2, row = 1, col = 0 WHERE id = 3", RULE ("move-without-event") },
    { "INSERT INTO container_move (container_id, from_parent, from_row, from_col, to_parent, to_row, to_col, at, performer_id, witness_id)"
      " VALUES (3, 6, 2, 2, 2, 1, 0, 1999, 1, 2)", RULE ("clock-went-back") },
    { PUT ("13", "6", "2", "2"), RULE ("place-taken") },
  };
  refuse_all (fixture, after, G_N_ELEMENTS (after));
  store_exec (fixture, BLOCK ("6", "2", "3"));
  store_refuse (fixture, MOVE ("3", "6", "2", "2", "6", "2", "3", "2"), RULE ("place-blocked"));
}

int
main (int argc, char *argv[])
{
  g_test_init (&argc, &argv, NULL);
#define ADD(path, test) g_test_add ("/schema-bank/" path, StoreFixture, NULL, bank_fixture_set_up, test, store_fixture_tear_down)
  ADD ("places", test_places);
  ADD ("blocks", test_blocks);
  ADD ("tree", test_tree);
  ADD ("shape", test_shape);
  ADD ("moves", test_moves);
  return g_test_run ();
}
