/* Tanks: what is checked and what the file refuses, tank-down, the list by which one is emptied. */
#include "desk-cells.h"
#include "desk-evacuation.h"
#include "desk-tanks.h"
#include "merge-fixture.h"

#include <string.h>

#define TANK 1
#define BOX 3
#define OTHER_TANK 5

static void
set_up (StoreFixture *fixture, gconstpointer data)
{
  merge_fixture_set_up (fixture, NULL);
  store_exec (fixture, "UPDATE container SET layout = 'grid' WHERE id = 3;"
                       "INSERT INTO container (id, parent_id, kind, name, layout, rows, cols) VALUES (5, NULL, 'tank', 'Other', 'none', 0, 0),"
                       " (6, 5, 'rack', 'Far rack', 'none', 0, 0), (7, 6, 'box', 'Box', 'grid', 2, 2)");
}

static gint64
now (void)
{
  return g_get_real_time () / G_USEC_PER_SEC;
}

static gint64
check (StoreFixture *fixture, gint64 hours_ago, int level, int temperature, gint64 supersedes)
{
  g_autoptr (DeskTankCheck) c = desk_tank_check_new (TANK);
  g_autoptr (GError) error = NULL;

  c->at = now () - hours_ago * 3600;
  c->level = level;
  c->temperature = temperature;
  c->by_id = APPROVER;
  c->supersedes = supersedes;
  g_free (c->note);
  c->note = g_strdup (supersedes ? "misread" : "");
  if (!desk_tank_record (fixture->db, c, &error))
    g_error ("%s", error->message);
  return c->id;
}

static const char *
headline (StoreFixture *fixture)
{
  g_autoptr (GError) error = NULL;
  g_autoptr (DeskTank) tank = desk_tank_load (fixture->db, TANK, now (), &error);

  g_assert_no_error (error);
  return desk_tank_headline (&tank->look);
}

static void
test_checks (StoreFixture *fixture, gconstpointer data)
{
  g_autoptr (GError) error = NULL;
  g_autoptr (DeskTankRule) rule = desk_tank_rule_new (TANK);

  g_assert_cmpstr (headline (fixture), ==, "no-rules");
  rule->level_low = 120;
  rule->level_full = 300;
  rule->warm_at = -1500;
  g_assert_true (desk_tank_save_rule (fixture->db, rule, &error));
  g_assert_cmpint (rule->version, ==, 1);
  g_assert_cmpstr (headline (fixture), ==, "due");
  check (fixture, 30, 200, -1900, 0);
  g_assert_cmpstr (headline (fixture), ==, "missed");
  gint64 wrong = check (fixture, 1, 90, -1890, 0);
  g_assert_cmpstr (headline (fixture), ==, "low");
  check (fixture, 1, 190, -1890, wrong);
  g_assert_cmpstr (headline (fixture), ==, "good");

  g_autoptr (GPtrArray) checks = desk_tank_checks (fixture->db, TANK, 10, &error);
  g_assert_no_error (error);
  g_assert_cmpuint (checks->len, ==, 2);
  const DeskTankCheck *last = checks->pdata[1];
  g_assert_cmpint (last->level, ==, 190);
  g_assert_cmpint (last->litres, ==, DESK_TANK_NONE);
  g_assert_cmpstr (last->by, ==, "Approver");
  g_assert_cmpint (last->supersedes, ==, wrong);

  /* Corrected once is enough; then the correction is what one corrects. */
  g_autoptr (DeskTankCheck) again = desk_tank_check_new (TANK);
  again->level = 100;
  again->by_id = APPROVER;
  again->supersedes = wrong;
  g_free (again->note);
  again->note = g_strdup ("once more");
  g_assert_false (desk_tank_record (fixture->db, again, &error));
  g_assert_error (error, DESK_ERROR, DESK_ERROR_TAKEN);
  g_clear_error (&error);
  again->supersedes = 0;
  again->level = DESK_TANK_NONE;
  g_assert_false (desk_tank_record (fixture->db, again, &error));
  g_assert_error (error, DESK_ERROR, DESK_ERROR_INVALID);
  g_clear_error (&error);

  /* Two desks with the rules open: the second is told. */
  g_autoptr (DeskTankRule) other = desk_tank_rule_new (TANK);
  other->version = 1;
  rule->every_hours = 12;
  g_assert_true (desk_tank_save_rule (fixture->db, rule, &error));
  g_assert_false (desk_tank_save_rule (fixture->db, other, &error));
  g_assert_error (error, DESK_ERROR, DESK_ERROR_CONFLICT);
}

static void
test_down (StoreFixture *fixture, gconstpointer data)
{
  g_autoptr (GError) error = NULL;
  gint64 units[3], down;

  for (int i = 0; i < 3; i++)
    units[i] = merge_fixture_dose (fixture, i + 1, 3 - i);
  g_assert_false (desk_tank_open_down (fixture->db, TANK, " ", APPROVER, &down, &error));
  g_assert_error (error, DESK_ERROR, DESK_ERROR_REFUSED);
  g_clear_error (&error);
  g_assert_true (desk_tank_open_down (fixture->db, TANK, "vacuum lost", APPROVER, &down, &error));
  g_assert_cmpstr (headline (fixture), ==, "down");

  g_assert_false (desk_tank_open_down (fixture->db, TANK, "twice", APPROVER, &down, &error));
  g_assert_cmpstr (error->message, ==, "tank-down");
  g_clear_error (&error);

  /* Nothing is put into it any more, nor moved within it. */
  DeskUnitAct act = { .unit_id = units[0], .step = DESK_STEP_MOVE, .performer = APPROVER, .witness = SECOND, .container_id = BOX, .row = 5, .col = 5 };
  g_assert_false (desk_unit_act (fixture->db, &act, &error));
  g_assert_cmpstr (error->message, ==, "tank-down");
  g_clear_error (&error);

  /* The list in the order one stands before it, each with a place of its own elsewhere. */
  g_autoptr (GPtrArray) list = desk_tank_evacuation (fixture->db, TANK, &error);
  g_assert_no_error (error);
  g_assert_cmpuint (list->len, ==, 3);
  for (guint i = 0; i < 3; i++)
    {
      const DeskEvacuee *evacuee = list->pdata[i];

      g_assert_cmpint (evacuee->unit_id, ==, units[2 - i]);
      g_assert_cmpint (evacuee->to_container, ==, 7);
      for (guint j = 0; j < i; j++)
        {
          const DeskEvacuee *before = list->pdata[j];
          g_assert_false (before->to_row == evacuee->to_row && before->to_col == evacuee->to_col);
        }
      act = (DeskUnitAct){ .unit_id = evacuee->unit_id, .step = DESK_STEP_MOVE, .performer = APPROVER, .witness = SECOND,
                           .container_id = evacuee->to_container, .row = evacuee->to_row, .col = evacuee->to_col };
      if (i == 2)
        {
          g_assert_false (desk_tank_close_down (fixture->db, down, "empty", "", APPROVER, &error));
          g_assert_cmpstr (error->message, ==, "container-not-empty");
          g_clear_error (&error);
        }
      g_assert_true (desk_unit_act (fixture->db, &act, &error));
    }
  g_assert_true (desk_tank_close_down (fixture->db, down, "empty", "", APPROVER, &error));
  g_assert_false (desk_tank_close_down (fixture->db, down, "good", "again", APPROVER, &error));
  g_assert_error (error, DESK_ERROR, DESK_ERROR_CONFLICT);
  g_autoptr (DeskTank) tank = desk_tank_load (fixture->db, TANK, now (), NULL);
  g_assert_false (tank->in_service);
  g_assert_null (tank->down);
}

/* More units than places elsewhere: those that have none say so. */
static void
test_no_room (StoreFixture *fixture, gconstpointer data)
{
  g_autoptr (GError) error = NULL;
  guint without = 0;

  for (int i = 0; i < 6; i++)
    merge_fixture_dose (fixture, 1, i + 1);
  g_autoptr (GPtrArray) list = desk_tank_evacuation (fixture->db, TANK, &error);
  g_assert_no_error (error);
  g_assert_cmpuint (list->len, ==, 6);
  for (guint i = 0; i < list->len; i++)
    without += ((DeskEvacuee *) list->pdata[i])->to_container == 0;
  g_assert_cmpuint (without, ==, 2);
}

#define DOWN "INSERT INTO tank_down (id, container_id, reason, opened_at, opened_by) VALUES "

static void
test_refused (StoreFixture *fixture, gconstpointer data)
{
  static const struct
  {
    const char *sql, *message;
    DeskError code;
  } refusals[] = {
    { "INSERT INTO tank_rule (container_id) VALUES (2)", "not-a-tank", DESK_ERROR_REFUSED },
    { "INSERT INTO tank_rule (container_id) VALUES (3)", "not-a-tank", DESK_ERROR_REFUSED },
    { "INSERT INTO tank_rule (container_id) VALUES (99)", "FOREIGN KEY", DESK_ERROR_REFUSED },
    { "INSERT INTO tank_rule (container_id, level_low, level_full) VALUES (5, 200, 200)", "CHECK", DESK_ERROR_REFUSED },
    { "INSERT INTO tank_rule (container_id, every_hours) VALUES (5, 0)", "CHECK", DESK_ERROR_REFUSED },
    { "UPDATE tank_rule SET container_id = 5", "owner-is-fixed", DESK_ERROR_REFUSED },
    { "DELETE FROM tank_rule", "owner-is-fixed", DESK_ERROR_REFUSED },
    { "INSERT INTO tank_check (container_id, at, level, by_id) VALUES (3, 0, 1, 1)", "not-a-tank", DESK_ERROR_REFUSED },
    { "INSERT INTO tank_check (container_id, at, level, by_id) VALUES (1, 0, 1, 6)", "staff-not-active", DESK_ERROR_REFUSED },
    { "INSERT INTO tank_check (container_id, at, by_id) VALUES (1, 0, 1)", "CHECK", DESK_ERROR_REFUSED },
    { "INSERT INTO tank_check (container_id, at, level, litres, by_id) VALUES (1, 0, 1, 50, 1)", "CHECK", DESK_ERROR_REFUSED },
    { "INSERT INTO tank_check (container_id, at, level, by_id, supersedes) VALUES (1, 0, 1, 1, 1)", "CHECK", DESK_ERROR_REFUSED },
    { "INSERT INTO tank_check (container_id, at, level, by_id, supersedes, note) VALUES (5, 0, 1, 1, 1, 'x')", "supersedes-another", DESK_ERROR_REFUSED },
    { "UPDATE tank_check SET level = 200", "journal-only-grows", DESK_ERROR_REFUSED },
    { "DELETE FROM tank_check", "journal-only-grows", DESK_ERROR_REFUSED },
    { "INSERT OR REPLACE INTO tank_check (id, container_id, at, level, by_id) VALUES (1, 1, 0, 1, 1)", "journal-only-grows", DESK_ERROR_REFUSED },
    { DOWN "(2, 1, 'twice', 0, 1)", "UNIQUE", DESK_ERROR_TAKEN },
    { DOWN "(2, 5, '', 0, 1)", "CHECK", DESK_ERROR_REFUSED },
    { DOWN "(2, 3, 'a box', 0, 1)", "not-a-tank", DESK_ERROR_REFUSED },
    { DOWN "(2, 5, 'gone', 0, 6)", "staff-not-active", DESK_ERROR_REFUSED },
    { "UPDATE tank_down SET reason = 'other'", "journal-only-grows", DESK_ERROR_REFUSED },
    { "UPDATE tank_down SET closed_at = 9, closed_by = 1, closed_as = 'empty'", "container-not-empty", DESK_ERROR_REFUSED },
    { "UPDATE tank_down SET closed_at = 9, closed_by = 1, closed_as = 'good'", "CHECK", DESK_ERROR_REFUSED },
    { "UPDATE tank_down SET closed_at = 9, closed_by = 1", "CHECK", DESK_ERROR_REFUSED },
    { "DELETE FROM tank_down", "journal-only-grows", DESK_ERROR_REFUSED },
    { "INSERT INTO placement (unit_id, container_id, row, col, since, performer_id) SELECT id, 3, 7, 7, 9000000000, 1 FROM unit", "tank-down", DESK_ERROR_REFUSED },
    { "UPDATE container SET parent_id = 1 WHERE id = 6", NULL, DESK_ERROR_REFUSED },
    { "UPDATE container SET parent_id = 2 WHERE id = 7", NULL, DESK_ERROR_REFUSED },
  };

  merge_fixture_dose (fixture, 1, 1);
  store_exec (fixture, "INSERT INTO tank_rule (container_id, level_low, level_full) VALUES (1, 100, 200);"
                       "INSERT INTO tank_check (id, container_id, at, level, by_id) VALUES (1, 1, 0, 150, 1);" DOWN "(1, 1, 'leaks', 0, 1)");
  for (guint i = 0; i < G_N_ELEMENTS (refusals); i++)
    store_refuse (fixture, refusals[i].sql, refusals[i].code, refusals[i].message);
  store_exec (fixture, "UPDATE tank_down SET closed_at = 9, closed_by = 1, closed_as = 'good', closed_why = 'a valve'");
  store_refuse (fixture, "UPDATE tank_down SET closed_at = 10", DESK_ERROR_REFUSED, "journal-only-grows");
  store_exec (fixture, DOWN "(2, 1, 'leaks again', 10, 1)");
}

int
main (int argc, char **argv)
{
  g_test_init (&argc, &argv, NULL);
  g_test_add ("/tanks/checks", StoreFixture, NULL, set_up, test_checks, store_fixture_tear_down);
  g_test_add ("/tanks/down", StoreFixture, NULL, set_up, test_down, store_fixture_tear_down);
  g_test_add ("/tanks/no-room", StoreFixture, NULL, set_up, test_no_room, store_fixture_tear_down);
  g_test_add ("/tanks/refused", StoreFixture, NULL, set_up, test_refused, store_fixture_tear_down);
  return g_test_run ();
}
