/* Two desks act on one unit at once: exactly one of them wins, the other is told why, and the bank is whole.
 * Ten thousand rounds of each: build/tests/store/test-race -m slow */
#include "desk-bank-verify.h"
#include "desk-cells.h"
#include "store-fixture.h"

#include <string.h>

#define FIRST_UNIT 1000
#define BOX 2

/* One desk's move in one kind of round. */
typedef struct
{
  DeskUnitStep step;
  gint64 visit;           /* RESERVE */
  const char *axis, *to;  /* how a conflict names it; to NULL for any */
} Wish;

typedef struct
{
  const char *kind;
  const char *quality;
  gboolean reserved;
  gboolean pair;     /* each desk has a unit of its own, and both want one place */
  gboolean blind;    /* every second round says nothing of what the window showed: then the rules alone decide */
  Wish wishes[2];
} Race;

static const Race two_visits = { "dose_frozen", "released", FALSE, FALSE, TRUE,
                                 { { DESK_STEP_RESERVE, 1, "reservation", "" }, { DESK_STEP_RESERVE, 2, "reservation", "" } } };
static const Race reserve_discard = { "dose_frozen", "released", FALSE, FALSE, TRUE,
                                      { { DESK_STEP_RESERVE, 1, "reservation", "" }, { DESK_STEP_DISCARD, 0, "life", "discarded" } } };
static const Race pick_discard = { "qc", "quarantine", FALSE, FALSE, FALSE,
                                   { { DESK_STEP_PICK, 0, "life", "picked" }, { DESK_STEP_DISCARD, 0, "life", "discarded" } } };
static const Race move_pick = { "dose_frozen", "released", TRUE, FALSE, FALSE,
                                { { DESK_STEP_MOVE, 0, "place", "Box" }, { DESK_STEP_PICK, 0, "life", "picked" } } };
static const Race pick_pick = { "dose_frozen", "released", TRUE, FALSE, TRUE,
                                { { DESK_STEP_PICK, 0, "life", "picked" }, { DESK_STEP_PICK, 0, "life", "picked" } } };
static const Race release_reject = { "dose_frozen", "quarantine", FALSE, FALSE, FALSE,
                                     { { DESK_STEP_RELEASE, 0, "quality", "released" }, { DESK_STEP_REJECT, 0, "quality", "rejected" } } };
static const Race one_place = { "dose_frozen", "released", FALSE, TRUE, TRUE,
                                { { DESK_STEP_MOVE, 0, "place", "Box" }, { DESK_STEP_MOVE, 0, "place", "Box" } } };

/* Staff of the two desks. */
static const gint64 performers[] = { 3, 4 };
static const char *const names[] = { "Desk A", "Desk B" };

typedef struct
{
  DeskDb *db;
  DeskUnitAct act;
  int *here;       /* desks that are ready */
  gboolean won;
  GError *error;
} Desk;

static void
make_clinic (StoreFixture *fixture)
{
  gint64 at = g_get_real_time () / G_USEC_PER_SEC / 300 * 300 + 3600;
  g_autofree char *visits = g_strdup_printf (
      "INSERT INTO visit (id, patient_id, type, starts_at, ends_at, busy_from, busy_until, created_at) VALUES"
      " (1, 1, 'infusion', %1$" G_GINT64_FORMAT ", %1$" G_GINT64_FORMAT " + 3600, %1$" G_GINT64_FORMAT ", %1$" G_GINT64_FORMAT " + 3600, 0),"
      " (2, 1, 'infusion', %2$" G_GINT64_FORMAT ", %2$" G_GINT64_FORMAT " + 3600, %2$" G_GINT64_FORMAT ", %2$" G_GINT64_FORMAT " + 3600, 0)",
      at, at + 604800);

  store_exec (fixture,
              "PRAGMA synchronous = OFF;"
              "INSERT INTO staff (id, name, role) VALUES (1, 'Culture', 'culture'), (2, 'Second', 'culture'), (3, 'Desk A', 'quality'),"
              " (4, 'Desk B', 'quality'), (5, 'Doctor', 'physician');"
              "INSERT INTO patient (id, chart, family, created_at, updated_at) VALUES (1, 'P1', 'One', 0, 0);"
              "INSERT INTO container (id, kind, name, cold_class) VALUES (1, 'tank', 'Tank', 'vapour');"
              "INSERT INTO container (id, parent_id, kind, name, layout, rows, cols) VALUES (2, 1, 'box', 'Box', 'grid', 300, 500);"
              "INSERT INTO coi (id, number, opened_at, opened_by) VALUES (1, 'I1', 0, 1);"
              "INSERT INTO collection (id, patient_id, number, method, collected_at, volume_ml, operator_id, coi_id)"
              " VALUES (1, 1, 'C1', 'blood_draw', 0, 50, 1, 1);"
              "INSERT INTO lot (id, patient_id, collection_id, number, started_on) VALUES (1, 1, 1, 'L1', '2026-01-01');"
              "INSERT INTO result (lot_id, test, value, limit_text, passed, stage, reported_on, entered_at, entered_by)"
              " SELECT 1, t.column1, 'ok', 'ok', 1, 'final', '2026-01-02', 0, 1 FROM (VALUES ('viability'), ('count'), ('purity'),"
              " ('endotoxin'), ('mycoplasma'), ('sterility')) t;"
              "INSERT INTO result_check (result_id, checked_at, checked_by) SELECT id, 0, 2 FROM result;");
  store_exec (fixture, visits);
}

#define STEP(axis, seq, prev, from, to, performer, scanned) \
  "INSERT INTO unit_event (unit_id, axis, seq, prev_seq, from_state, to_state, at, performer_id, witness_id, scanned)" \
  " SELECT id, '" axis "', " seq ", " prev ", '" from "', '" to "', 1000, " performer ", 2, " scanned " FROM unit;"

/* n units in the box, all frozen, labelled, and as the race wants them. */
static void
make_units (StoreFixture *fixture, const Race *race, int n)
{
  g_autofree char *units = g_strdup_printf (
      "INSERT INTO unit (id, lot_id, patient_id, kind, number, volume_ml, cells, use_until, created_at)"
      " WITH RECURSIVE n (id) AS (SELECT %d UNION ALL SELECT id + 1 FROM n WHERE id < %d)"
      " SELECT id, 1, 1, '%s', 'U' || id, 50, 1000, '2099-01-01', 0 FROM n", FIRST_UNIT, FIRST_UNIT + n - 1, race->kind);

  store_exec (fixture, "BEGIN");
  store_exec (fixture, units);
  store_exec (fixture,
              STEP ("life", "1", "NULL", "new", "planned", "1", "''") STEP ("quality", "1", "NULL", "new", "quarantine", "1", "''")
              STEP ("label", "1", "NULL", "new", "none", "1", "''") STEP ("life", "2", "1", "planned", "filled", "1", "''")
              STEP ("label", "2", "1", "none", "printed", "1", "''") STEP ("label", "3", "2", "printed", "verified", "1", "number")
              "INSERT INTO placement (unit_id, container_id, row, col, since, performer_id, witness_id)"
              " SELECT id, 2, id / 500 + 1, id % 500 + 1, 1000, 1, 2 FROM unit;"
              STEP ("life", "3", "2", "filled", "frozen", "1", "''"));
  if (g_str_equal (race->quality, "released"))
    store_exec (fixture, STEP ("quality", "2", "1", "quarantine", "released", "3", "''"));
  if (race->reserved)
    store_exec (fixture, "INSERT INTO reservation (unit_id, visit_id, patient_id, opened_at, opened_by) SELECT id, 1, 1, 1000, 1 FROM unit");
  store_exec (fixture, "COMMIT");
}

static gpointer
run_desk (gpointer user_data)
{
  Desk *desk = user_data;

  g_atomic_int_inc (desk->here);
  while (g_atomic_int_get (desk->here) < 2)
    g_thread_yield ();
  desk->won = desk_unit_act (desk->db, &desk->act, &desk->error);
  return NULL;
}

/* What desk i wants in this round, as its window shows the unit. */
static void
ask (StoreFixture *fixture, const Race *race, int round, int i, Desk *desk)
{
  static const DeskDiscard discard = { .code = "damaged", .method = "autoclave", .approved_by = 5 };
  g_autoptr (GError) error = NULL;
  gint64 unit_id = FIRST_UNIT + (race->pair ? 2 * round + i : round);
  gint64 place = FIRST_UNIT + (race->pair ? 2 * round : round) + 50000; /* a free one */
  g_autoptr (DeskUnit) unit = desk_unit_load (fixture->db, unit_id, &error);

  g_assert_no_error (error);
  desk->act = (DeskUnitAct){ .unit_id = unit_id, .step = race->wishes[i].step, .performer = performers[i], .witness = 2, .reason = "why",
                             .visit_id = race->wishes[i].visit, .container_id = BOX, .row = place / 500 + 1, .col = place % 500 + 1,
                             .discard = &discard };
  if (!race->blind || round % 2)
    desk_unit_act_saw (&desk->act, unit);
}

/* Who lost is told what stands in the way: the unit in the place, or who did what, or the rule. */
static void
check_loser (const Race *race, const Desk *desks, int loser)
{
  const GError *error = desks[loser].error;
  const Wish *won = &race->wishes[!loser];
  DeskUnitConflict conflict = { NULL };

  g_assert_nonnull (error);
  g_assert_true (error->domain == DESK_ERROR);
  if (race->pair)
    {
      g_autofree char *number = g_strdup_printf ("U%" G_GINT64_FORMAT, desks[!loser].act.unit_id);

      g_assert_cmpint (error->code, ==, DESK_ERROR_TAKEN);
      g_assert_nonnull (strstr (error->message, number));
    }
  else if (!desks[loser].act.saw)
    g_assert_cmpint (error->code, ==, DESK_ERROR_REFUSED);
  else
    {
      g_assert_cmpint (error->code, ==, DESK_ERROR_CONFLICT);
      g_assert_true (desk_unit_conflict_read (error->message, &conflict));
      g_assert_cmpstr (conflict.axis, ==, won->axis);
      g_assert_cmpstr (conflict.to_state, ==, won->to);
      g_assert_cmpstr (conflict.name, ==, names[!loser]);
      g_assert_cmpint (conflict.at, >, 1000);
      desk_unit_conflict_clear (&conflict);
    }
}

/* Which desk won. */
static int
run_round (StoreFixture *fixture, DeskDb *second, const Race *race, int round)
{
  int here = 0, winner;
  Desk desks[2] = { { .db = fixture->db, .here = &here }, { .db = second, .here = &here } };
  int off = round / 2 % 2; /* the new thread starts a little later: not always the same desk */

  for (int i = 0; i < 2; i++)
    ask (fixture, race, round, i, &desks[i]);
  GThread *thread = g_thread_new ("desk", run_desk, &desks[!off]);
  run_desk (&desks[off]);
  g_thread_join (thread);
  if (desks[0].won == desks[1].won)
    g_error ("round %d: %s and %s", round, desks[0].error ? desks[0].error->message : "done", desks[1].error ? desks[1].error->message : "done");
  winner = desks[0].won ? 0 : 1;
  check_loser (race, desks, !winner);
  g_clear_error (&desks[0].error);
  g_clear_error (&desks[1].error);
  return winner;
}

static void
tell (const DeskBankFault *fault, gpointer user_data)
{
  g_test_message ("%s %s: %s", fault->code, fault->number, fault->words);
}

static void
test_race (StoreFixture *fixture, gconstpointer data)
{
  const Race *race = data;
  int rounds = g_test_slow () ? 10000 : 200;
  int wins[2] = { 0, 0 };
  g_autoptr (GError) error = NULL;
  gint64 faults = -1;

  make_clinic (fixture);
  make_units (fixture, race, race->pair ? 2 * rounds : rounds);
  g_autoptr (DeskDb) second = desk_store_open (fixture->path, FALSE, &error);
  g_assert_no_error (error);
  g_assert_true (desk_db_exec (second, "PRAGMA synchronous = OFF", &error));
  for (int round = 0; round < rounds; round++)
    wins[run_round (fixture, second, race, round)]++;
  g_test_message ("%s %d, %s %d", names[0], wins[0], names[1], wins[1]);
  g_assert_true (desk_bank_verify (fixture->db, tell, NULL, &faults, &error));
  g_assert_cmpint (faults, ==, 0);
}

int
main (int argc, char *argv[])
{
  g_test_init (&argc, &argv, NULL);
#define ADD(path, race) g_test_add ("/race/" path, StoreFixture, &race, store_fixture_set_up, test_race, store_fixture_tear_down)
  ADD ("two-visits", two_visits);
  ADD ("reserve-discard", reserve_discard);
  ADD ("pick-discard", pick_discard);
  ADD ("move-pick", move_pick);
  ADD ("pick-pick", pick_pick);
  ADD ("release-reject", release_reject);
  ADD ("one-place", one_place);
  return g_test_run ();
}
