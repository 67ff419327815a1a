/* The stocktake: blind, compared in one step, resolved with two people; and what raw SQL is refused. */
#include "desk-cells.h"
#include "desk-counts.h"
#include "merge-fixture.h"

#include <string.h>

#define TANK 1
#define BOX 3
#define OTHER_BOX 4
#define FAR_BOX 7

typedef struct
{
  StoreFixture store;
  gint64 units[4]; /* three in BOX, one in FAR_BOX */
  gint64 count;
} Fixture;

static gint64
value (Fixture *fixture, const char *sql)
{
  gint64 out = -1;
  g_autoptr (GError) error = NULL;

  if (!desk_db_value (fixture->store.db, &out, &error, sql, ""))
    g_error ("%s", error->message);
  return out;
}

static void
move (Fixture *fixture, gint64 unit, gint64 box, int row, int col)
{
  g_autoptr (GError) error = NULL;
  DeskUnitAct act = { .unit_id = unit, .step = DESK_STEP_MOVE, .performer = THIRD, .witness = SECOND, .reason = "why", .container_id = box,
                      .row = row, .col = col };

  if (!desk_unit_act (fixture->store.db, &act, &error))
    g_error ("%s", error->message);
}

static void
set_up (Fixture *fixture, gconstpointer data)
{
  g_autoptr (GError) error = NULL;

  merge_fixture_set_up (&fixture->store, NULL);
  store_exec (&fixture->store, "UPDATE container SET layout = 'grid' WHERE id = 3;"
                               "INSERT INTO container (id, parent_id, kind, name, layout, rows, cols) VALUES (4, 2, 'box', 'Box 2', 'grid', 9, 9),"
                               " (5, NULL, 'tank', 'Far', 'none', 0, 0), (6, 5, 'rack', 'Rack', 'none', 0, 0), (7, 6, 'box', 'Box', 'grid', 9, 9)");
  for (int i = 0; i < 4; i++)
    fixture->units[i] = merge_fixture_dose (&fixture->store, i % 3 + 1, i + 1);
  move (fixture, fixture->units[3], FAR_BOX, 1, 1);
  g_assert_true (desk_count_open (fixture->store.db, TANK, APPROVER, &fixture->count, &error));
  g_assert_no_error (error);
}

static void
tear_down (Fixture *fixture, gconstpointer data)
{
  store_fixture_tear_down (&fixture->store, data);
}

static char *
number_of (Fixture *fixture, int i)
{
  g_autoptr (DeskUnit) unit = desk_unit_load (fixture->store.db, fixture->units[i], NULL);

  return g_strdup (unit->number);
}

static void
scan (Fixture *fixture, gint64 box, const char *code)
{
  g_autoptr (GError) error = NULL;

  if (!desk_count_scan (fixture->store.db, fixture->count, box, 0, 0, code, NURSE, NULL, &error))
    g_error ("%s", error->message);
}

static void
scan_unit (Fixture *fixture, gint64 box, int i)
{
  g_autofree char *number = number_of (fixture, i);

  scan (fixture, box, number);
}

static void
all_done (Fixture *fixture)
{
  g_autoptr (GError) error = NULL;

  g_assert_true (desk_count_box_done (fixture->store.db, fixture->count, BOX, NURSE, &error));
  g_assert_true (desk_count_box_done (fixture->store.db, fixture->count, OTHER_BOX, NURSE, &error));
  g_assert_no_error (error);
}

static guint
end (Fixture *fixture)
{
  g_autoptr (GError) error = NULL;
  guint n = 99;

  all_done (fixture);
  if (!desk_count_end (fixture->store.db, fixture->count, NURSE, &n, &error))
    g_error ("%s", error->message);
  return n;
}

#define REFUSED(call, code) \
  G_STMT_START \
  { \
    g_assert_false (call); \
    g_assert_error (error, DESK_ERROR, DESK_ERROR_REFUSED); \
    g_assert_cmpstr (error->message, ==, code); \
    g_clear_error (&error); \
  } \
  G_STMT_END

static void
test_good (Fixture *fixture, gconstpointer data)
{
  DeskDb *db = fixture->store.db;
  gint64 other;
  g_autoptr (GError) error = NULL;

  REFUSED (desk_count_open (db, TANK, APPROVER, &other, &error), "count-open");
  REFUSED (desk_count_open (db, BOX, APPROVER, &other, &error), "count-open");
  REFUSED (desk_count_close (db, fixture->count, APPROVER, SECOND, &error), "count-not-ended");
  REFUSED (desk_count_end (db, fixture->count, NURSE, NULL, &error), "boxes-left");
  REFUSED (desk_count_scan (db, fixture->count, FAR_BOX, 0, 0, "X", NURSE, NULL, &error), "not-counted-here");
  REFUSED (desk_count_scan (db, fixture->count, TANK, 0, 0, "X", NURSE, NULL, &error), "no-such-place");
  REFUSED (desk_count_scan (db, fixture->count, BOX, 10, 1, "X", NURSE, NULL, &error), "no-such-place");
  for (int i = 0; i < 3; i++)
    scan_unit (fixture, BOX, i);
  scan_unit (fixture, BOX, 0); /* once more */
  g_assert_cmpuint (end (fixture), ==, 0);
  REFUSED (desk_count_scan (db, fixture->count, BOX, 0, 0, "X", NURSE, NULL, &error), "count-ended");
  REFUSED (desk_count_abandon (db, fixture->count, APPROVER, "why", &error), "count-ended");
  REFUSED (desk_count_close (db, fixture->count, APPROVER, 0, &error), "second-person-needed");
  REFUSED (desk_count_close (db, fixture->count, APPROVER, APPROVER, &error), "same-person");
  g_assert_true (desk_count_close (db, fixture->count, APPROVER, SECOND, &error));
  REFUSED (desk_count_close (db, fixture->count, APPROVER, SECOND, &error), "count-closed");
  g_assert_cmpint (value (fixture, "SELECT count (*) FROM hold"), ==, 0);
  g_assert_true (desk_count_open (db, BOX, APPROVER, &other, &error));
  REFUSED (desk_count_abandon (db, other, APPROVER, "", &error), "reason-needed");
  g_assert_true (desk_count_abandon (db, other, APPROVER, "fire alarm", &error));
  g_autoptr (GPtrArray) counts = desk_count_list (db, &error);
  g_assert_no_error (error);
  g_assert_cmpuint (counts->len, ==, 2);
  g_assert_cmpint (((DeskCount *) counts->pdata[0])->state, ==, DESK_COUNT_ABANDONED);
  g_assert_cmpint (((DeskCount *) counts->pdata[1])->state, ==, DESK_COUNT_CLOSED);
  g_assert_cmpuint (((DeskCount *) counts->pdata[1])->boxes, ==, 2);
  g_assert_cmpuint (((DeskCount *) counts->pdata[1])->scans, ==, 4);
}

/* One of each kind, each resolved as it should be. */
static void
test_differences (Fixture *fixture, gconstpointer data)
{
  DeskDb *db = fixture->store.db;
  g_autoptr (GError) error = NULL;
  g_autofree char *second = number_of (fixture, 1), *far = number_of (fixture, 3);

  scan_unit (fixture, OTHER_BOX, 1); /* elsewhere */
  scan_unit (fixture, BOX, 2);
  scan_unit (fixture, OTHER_BOX, 3); /* foreign */
  scan (fixture, BOX, "＾Ａ９９９９１７");
  g_assert_cmpuint (end (fixture), ==, 4); /* and the first is missing */

  g_autoptr (GPtrArray) found = desk_count_differences (db, fixture->count, &error);
  g_assert_no_error (error);
  static const DeskDifferenceKind kinds[] = { DESK_DIFFERENCE_ELSEWHERE, DESK_DIFFERENCE_FOREIGN, DESK_DIFFERENCE_UNKNOWN, DESK_DIFFERENCE_MISSING };
  DeskCountDifference *difference[4];
  for (guint i = 0; i < 4; i++)
    {
      difference[i] = found->pdata[i];
      g_assert_cmpint (difference[i]->kind, ==, kinds[i]);
    }
  g_assert_cmpstr (difference[1]->home, ==, "Far › Rack › Box A1");
  g_assert_cmpstr (difference[1]->place, ==, "Rack › Box 2");

  /* All of them are frozen, and what shares a box with them. */
  for (int i = 0; i < 4; i++)
    {
      g_autoptr (DeskUnit) unit = desk_unit_load (db, fixture->units[i], NULL);

      g_assert_cmpint (unit->holds, >, 0);
    }
  gint64 hold = value (fixture, "SELECT min (id) FROM hold");
  g_autofree char *close = g_strdup_printf ("UPDATE hold SET closed_at = 9000000000, closed_by = 1, closed_why = 'x' WHERE id = %" G_GINT64_FORMAT, hold);
  store_refuse (&fixture->store, close, DESK_ERROR_REFUSED, "count-unresolved");

  DeskCountResolve resolve = { .difference_id = difference[0]->id, .resolution = DESK_RESOLVE_MOVED, .cause = "put into the wrong box",
                               .performer = APPROVER, .witness = SECOND };
  REFUSED (desk_count_resolve (db, &resolve, &error), "scan-needed");
  resolve.scanned = far;
  REFUSED (desk_count_resolve (db, &resolve, &error), "label-mismatch");
  resolve.scanned = second;
  resolve.witness = APPROVER;
  REFUSED (desk_count_resolve (db, &resolve, &error), "same-person");
  resolve.witness = SECOND;
  g_assert_true (desk_count_resolve (db, &resolve, &error));
  g_assert_false (desk_count_resolve (db, &resolve, &error));
  g_assert_error (error, DESK_ERROR, DESK_ERROR_CONFLICT);
  g_assert_nonnull (strstr (error->message, "Approver"));
  g_clear_error (&error);
  g_autoptr (DeskUnit) moved = desk_unit_load (db, fixture->units[1], NULL);
  g_assert_cmpint (moved->container_id, ==, OTHER_BOX);
  g_assert_cmpint (value (fixture, "SELECT witness_id FROM placement WHERE container_id = 4 AND until IS NULL"), ==, SECOND);

  REFUSED (desk_count_close (db, fixture->count, APPROVER, SECOND, &error), "count-unresolved");
  resolve = (DeskCountResolve){ .difference_id = difference[1]->id, .resolution = DESK_RESOLVE_FOUND, .cause = "put back", .scanned = far,
                                .performer = APPROVER, .witness = SECOND };
  g_assert_true (desk_count_resolve (db, &resolve, &error));
  resolve = (DeskCountResolve){ .difference_id = difference[2]->id, .resolution = DESK_RESOLVE_COUNTED_WRONG, .cause = "the input method was on",
                                .performer = APPROVER, .witness = SECOND };
  g_assert_true (desk_count_resolve (db, &resolve, &error));
  resolve = (DeskCountResolve){ .difference_id = difference[3]->id, .resolution = DESK_RESOLVE_MISSING, .cause = "not to be found",
                                .performer = APPROVER, .witness = SECOND };
  g_assert_true (desk_count_resolve (db, &resolve, &error));
  g_autoptr (DeskUnit) lost = desk_unit_load (db, fixture->units[0], NULL);
  g_assert_cmpstr (lost->life, ==, "missing");
  g_assert_cmpint (lost->container_id, ==, 0);
  g_assert_cmpint (value (fixture, "SELECT count (*) FROM hold WHERE closed_at IS NULL"), ==, 0);
  g_assert_true (desk_count_close (db, fixture->count, APPROVER, SECOND, &error));
  g_assert_no_error (error);

  /* It turns up in the next count. */
  g_assert_true (desk_count_open (db, TANK, APPROVER, &fixture->count, &error));
  scan_unit (fixture, OTHER_BOX, 0);
  scan_unit (fixture, OTHER_BOX, 1);
  scan_unit (fixture, BOX, 2);
  g_assert_cmpuint (end (fixture), ==, 1);
  g_autofree char *first = number_of (fixture, 0);
  resolve = (DeskCountResolve){ .difference_id = value (fixture, "SELECT max (id) FROM stock_difference"), .resolution = DESK_RESOLVE_MOVED,
                                .cause = "behind the rack", .scanned = first, .performer = APPROVER, .witness = SECOND };
  g_assert_true (desk_count_resolve (db, &resolve, &error));
  g_autoptr (DeskUnit) back = desk_unit_load (db, fixture->units[0], NULL);
  g_assert_cmpstr (back->life, ==, "frozen");
  g_assert_cmpint (back->container_id, ==, OTHER_BOX);
}

/* What is moved while others count is no difference. */
static void
test_meanwhile (Fixture *fixture, gconstpointer data)
{
  scan_unit (fixture, BOX, 0);
  scan_unit (fixture, BOX, 1);
  g_usleep (1100 * 1000);
  move (fixture, fixture->units[0], FAR_BOX, 2, 2); /* scanned, then gone */
  move (fixture, fixture->units[3], BOX, 9, 9);     /* came behind the counter's back */
  move (fixture, fixture->units[2], OTHER_BOX, 1, 1);
  scan_unit (fixture, OTHER_BOX, 2);
  g_assert_cmpuint (end (fixture), ==, 0);
}

#define COUNT "INSERT INTO stock_count (id, number, container_id, opened_at, opened_by) VALUES "
#define SCAN "INSERT INTO stock_scan (count_id, seq, container_id, code, unit_id, at, by_id) VALUES "
#define DIFFERENCE "INSERT INTO stock_difference (count_id, kind, unit_id, container_id, code, unit_hold_id, box_hold_id) VALUES "

static void
test_refused_scanning (Fixture *fixture, gconstpointer data)
{
  static const struct
  {
    const char *sql, *message;
  } refusals[] = {
    { COUNT "(9, 'X', 2, 0, 1)", "count-open" },
    { COUNT "(9, 'X', 4, 0, 1)", "count-open" },
    { COUNT "(9, 'X', 5, 0, 6)", "staff-not-active" },
    { "INSERT INTO stock_count (id, number, container_id, opened_at, opened_by, counted_at, counted_by) VALUES (9, 'X', 5, 0, 1, 1, 1)", "journal-only-grows" },
    { "UPDATE stock_count SET container_id = 5", "journal-only-grows" },
    { "UPDATE stock_count SET counted_at = 9000000000, counted_by = 1", "count-not-compared" },
    { "UPDATE stock_count SET comparing = 1", "boxes-left" },
    { "UPDATE stock_count SET closed_at = 9000000000, closed_by = 1, closed_with = 2", "count-not-ended" },
    { "UPDATE stock_count SET closed_at = 9000000000, closed_by = 1, abandoned = 1", "CHECK" },
    { "DELETE FROM stock_count", "journal-only-grows" },
    { "INSERT INTO count_under_way (n) VALUES (1)", "rule-is-fixed" },
    { SCAN "(1, 3, 3, 'X', NULL, 9000000000, 1)", "journal-only-grows" },
    { SCAN "(1, 2, 3, '', NULL, 9000000000, 1)", "CHECK" },
    { SCAN "(1, 2, 7, 'X', NULL, 9000000000, 1)", "not-counted-here" },
    { SCAN "(1, 2, 2, 'X', NULL, 9000000000, 1)", "no-such-place" },
    { SCAN "(1, 2, 3, 'X', NULL, 5, 1)", "clock-went-back" },
    { SCAN "(1, 2, 3, 'X', NULL, 9000000000, 6)", "staff-not-active" },
    { SCAN "(1, 2, 3, 'X', 99, 9000000000, 1)", "FOREIGN KEY" },
    { "UPDATE stock_scan SET code = 'Y'", "journal-only-grows" },
    { "DELETE FROM stock_scan", "journal-only-grows" },
    { "UPDATE stock_box SET by_id = 2", "journal-only-grows" },
    { "DELETE FROM stock_box", "journal-only-grows" },
    { "INSERT INTO stock_box (count_id, container_id, done_at, by_id) VALUES (1, 7, 0, 1)", "not-counted-here" },
    { "INSERT INTO stock_box (count_id, container_id, done_at, by_id) VALUES (1, 2, 0, 1)", "not-counted-here" },
    { DIFFERENCE "(1, 'missing', 1, 3, '', 1, 2)", "count-not-compared" },
    { "UPDATE container SET parent_id = 5 WHERE id = 2", NULL },
    { "UPDATE container SET parent_id = 6 WHERE id = 3", NULL },
    { "UPDATE container SET parent_id = 5 WHERE id = 1", NULL },
  };

  scan_unit (fixture, BOX, 0);
  store_exec (&fixture->store, "INSERT INTO stock_box (count_id, container_id, done_at, by_id) VALUES (1, 3, 0, 1)");
  for (guint i = 0; i < G_N_ELEMENTS (refusals); i++)
    store_refuse (&fixture->store, refusals[i].sql, DESK_ERROR_REFUSED, refusals[i].message);
}

/* The comparison by hand: it cannot be committed half done, nothing can be left out of it, nothing said that is not so. */
static void
test_refused_comparing (Fixture *fixture, gconstpointer data)
{
  StoreFixture *store = &fixture->store;
  static const struct
  {
    const char *sql, *message;
  } refusals[] = {
    { "UPDATE stock_count SET comparing = NULL, counted_at = 9000000001, counted_by = 1", "differences-incomplete" },
    { "UPDATE stock_count SET counted_at = 9000000001, counted_by = 1", NULL },
    { SCAN "(1, 3, 3, 'X', NULL, 9000000000, 1)", "count-ended" },
    { DIFFERENCE "(1, 'missing', 1, 3, '', 1, 3)", "no-such-difference" },   /* it was scanned */
    { DIFFERENCE "(1, 'foreign', 2, 3, 'c', 2, 3)", "no-such-difference" },  /* it was not */
    { DIFFERENCE "(1, 'doubled', 1, 3, 'c', 1, 3)", "no-such-difference" },  /* once */
    { DIFFERENCE "(1, 'unknown', NULL, 3, 'Y', NULL, 3)", "no-such-difference" },
    { DIFFERENCE "(1, 'missing', 2, 3, '', 1, 3)", "hold-needed" },          /* that of another */
    { DIFFERENCE "(1, 'missing', 2, 3, '', 2, 2)", "hold-needed" },
    { DIFFERENCE "(1, 'missing', 2, 3, '', NULL, 3)", "hold-needed" },
    { "INSERT INTO stock_difference (count_id, kind, unit_id, container_id, unit_hold_id, box_hold_id, cause, resolution, resolved_at, resolved_by, witness_id)"
      " VALUES (1, 'missing', 2, 3, 2, 3, 'x', 'missing', 1, 1, 2)", "journal-only-grows" },
  };

  scan_unit (fixture, BOX, 0);
  scan (fixture, BOX, "X");
  all_done (fixture);
  store_refuse (store, "UPDATE stock_count SET comparing = 1", DESK_ERROR_REFUSED, "FOREIGN KEY"); /* on its own it cannot be committed */
  store_exec (store, "BEGIN; UPDATE stock_count SET comparing = 1;"
                     "INSERT INTO hold (id, unit_id, container_id, kind, reason, opened_at, opened_by) VALUES (1, 1, NULL, 'count', 'T', 9000000000, 1),"
                     " (2, 2, NULL, 'count', 'T', 9000000000, 1), (3, NULL, 3, 'count', 'T', 9000000000, 1), (4, 3, NULL, 'count', 'T', 9000000000, 1)");
  for (guint i = 0; i < G_N_ELEMENTS (refusals); i++)
    store_refuse (store, refusals[i].sql, DESK_ERROR_REFUSED, refusals[i].message);
  store_exec (store, DIFFERENCE "(1, 'missing', 2, 3, '', 2, 3), (1, 'missing', 3, 3, '', 4, 3)");
  store_refuse (store, "UPDATE stock_count SET comparing = NULL, counted_at = 9000000001, counted_by = 1", DESK_ERROR_REFUSED, "differences-incomplete");
  store_exec (store, DIFFERENCE "(1, 'unknown', NULL, 3, 'X', NULL, 3);"
                     "UPDATE stock_count SET comparing = NULL, counted_at = 9000000001, counted_by = 1; COMMIT");

  static const struct
  {
    const char *sql, *message;
  } later[] = {
    { "UPDATE stock_count SET comparing = 1", "journal-only-grows" },
    { "UPDATE stock_count SET counted_at = 9000000002", "journal-only-grows" },
    { "UPDATE stock_count SET closed_at = 9000000002, closed_by = 1, closed_with = 2", "count-unresolved" },
    { "DELETE FROM stock_difference", "journal-only-grows" },
    { "UPDATE stock_difference SET code = 'Y' WHERE id = 3", "journal-only-grows" },
#define RESOLVE_BY(id, resolution, cause, at, witness, scanned) \
  "UPDATE stock_difference SET resolution = '" resolution "', cause = '" cause "', resolved_at = " at ", resolved_by = 1, witness_id = " witness \
  ", scanned = '" scanned "' WHERE id = " id
#define RESOLVE(id, resolution, scanned) RESOLVE_BY (id, resolution, "x", "9000000003", "2", scanned)
    { RESOLVE ("1", "missing", ""), "state-without-event" },
    { RESOLVE ("1", "moved", "s"), "not-moved" },
    { RESOLVE ("1", "found", ""), "CHECK" },
    { RESOLVE ("1", "not_ours", ""), "CHECK" },
    { RESOLVE ("1", "counted_wrong", ""), "CHECK" },
    { RESOLVE ("3", "missing", ""), "CHECK" },
    { RESOLVE_BY ("3", "not_ours", "x", "9000000003", "1", ""), "CHECK" },
    { RESOLVE_BY ("3", "not_ours", "x", "9000000003", "NULL", ""), "CHECK" },
    { RESOLVE_BY ("3", "not_ours", "x", "9000000003", "6", ""), "staff-not-active" },
    { RESOLVE_BY ("3", "not_ours", "", "9000000003", "2", ""), "CHECK" },
    { RESOLVE_BY ("3", "not_ours", "x", "9", "2", ""), "clock-went-back" },
    { "UPDATE hold SET closed_at = 9000000003, closed_by = 1, closed_why = 'x' WHERE id = 2", "count-unresolved" },
    { "UPDATE hold SET closed_at = 9000000003, closed_by = 1, closed_why = 'x' WHERE id = 3", "count-unresolved" },
  };
  for (guint i = 0; i < G_N_ELEMENTS (later); i++)
    store_refuse (store, later[i].sql, DESK_ERROR_REFUSED, later[i].message);
  /* Both boxes' hold and each unit's end with the last difference they are for. */
  store_exec (store, RESOLVE ("1", "found", "s"));
  g_assert_cmpint (value (fixture, "SELECT count (*) FROM hold WHERE closed_at IS NULL AND id IN (2, 3, 4)"), ==, 2);
  store_refuse (store, RESOLVE ("1", "record_wrong", ""), DESK_ERROR_REFUSED, "journal-only-grows");
  store_exec (store, RESOLVE ("2", "record_wrong", ""));
  store_exec (store, RESOLVE ("3", "not_ours", ""));
  g_assert_cmpint (value (fixture, "SELECT count (*) FROM hold WHERE closed_at IS NULL AND id IN (2, 3, 4)"), ==, 0);
  store_refuse (store, "UPDATE stock_count SET closed_at = 9000000004, closed_by = 1", DESK_ERROR_REFUSED, "second-person-needed");
  store_refuse (store, "UPDATE stock_count SET closed_at = 9000000004, closed_by = 1, closed_with = 6", DESK_ERROR_REFUSED, "staff-not-active");
  store_exec (store, "UPDATE stock_count SET closed_at = 9000000004, closed_by = 1, closed_with = 2");
  store_refuse (store, "UPDATE stock_count SET closed_with = 3", DESK_ERROR_REFUSED, "journal-only-grows");
}

/* Whatever is on the label: the number, or a code of its own; places as the box calls them. What cannot be said is no
 * difference. */
static void
test_codes (Fixture *fixture, gconstpointer data)
{
  g_autoptr (GError) error = NULL;
  g_autoptr (DeskCountRead) read = NULL;
  g_autofree char *number = number_of (fixture, 1);
  g_autofree char *bare = g_strndup (number, strlen (number) - 2);

  store_exec (&fixture->store, "UPDATE container SET row_scheme = 'roman', col_scheme = 'lower' WHERE id = 3");
  g_assert_true (desk_db_run (fixture->store.db, &error, "UPDATE unit SET barcode = 'CRYO-77' WHERE id = $1", "i", fixture->units[0]));
  g_assert_true (desk_count_scan (fixture->store.db, fixture->count, BOX, 1, 1, number, NURSE, NULL, &error));
  g_assert_true (desk_count_scan (fixture->store.db, fixture->count, BOX, 0, 0, "CRYO-77", NURSE, &read, &error));
  g_assert_cmpint (read->unit_id, ==, fixture->units[0]);
  REFUSED (desk_count_scan (fixture->store.db, fixture->count, BOX, 0, 0, bare, NURSE, NULL, &error), "code-check-missing");
  g_autoptr (GPtrArray) reads = desk_count_reads (fixture->store.db, fixture->count, BOX, &error);
  g_assert_cmpuint (reads->len, ==, 2);
  g_assert_cmpstr (((DeskCountRead *) reads->pdata[0])->position, ==, "I-a");
  g_assert_null (((DeskCountRead *) reads->pdata[1])->position);
}

int
main (int argc, char **argv)
{
  g_test_init (&argc, &argv, NULL);
  g_test_add ("/counts/good", Fixture, NULL, set_up, test_good, tear_down);
  g_test_add ("/counts/codes", Fixture, NULL, set_up, test_codes, tear_down);
  g_test_add ("/counts/differences", Fixture, NULL, set_up, test_differences, tear_down);
  g_test_add ("/counts/meanwhile", Fixture, NULL, set_up, test_meanwhile, tear_down);
  g_test_add ("/counts/refused-scanning", Fixture, NULL, set_up, test_refused_scanning, tear_down);
  g_test_add ("/counts/refused-comparing", Fixture, NULL, set_up, test_refused_comparing, tear_down);
  return g_test_run ();
}
