/* Two and four desks, each a process of its own, want one chair, one physician, one dose, the last place of a day: in
 * every race exactly one gets it. Ten thousand races of each: build/tests/store/test-race-book -m slow */
#include "desk-book.h"
#include "desk-cells.h"
#include "desk-conflict-rules.h"
#include "store-fixture.h"

#include <sys/mman.h>
#include <sys/wait.h>
#include <unistd.h>

#define MOST_DESKS 4
#define FIRST_UNIT 1000

typedef enum
{
  WANT_CHAIR,
  WANT_PHYSICIAN,
  WANT_DOSE,
  WANT_PLACE,
} What;

typedef struct
{
  What what;
  int desks;
} Race;

/* What the processes share: how many have come to each race, and who got it. */
typedef struct
{
  int here;
  guint8 won[]; /* a bit for each desk */
} Board;

static int rounds;

/* Minutes do not matter here: a race an hour, from midnight on, in a clinic that never closes. */
static gint64
time_of (int round)
{
  return G_GINT64_CONSTANT (20607) * 86400 + round * G_GINT64_CONSTANT (86400);
}

static void
make_clinic (StoreFixture *fixture, int n)
{
  g_autofree char *doses = g_strdup_printf (
      "INSERT INTO unit (id, lot_id, patient_id, kind, number, volume_ml, cells, use_until, created_at)"
      " WITH RECURSIVE n (id) AS (SELECT %d UNION ALL SELECT id + 1 FROM n WHERE id < %d)"
      " SELECT id, 1, 1, 'dose_frozen', 'U' || id, 50, 1000, '2199-01-01', 0 FROM n;"
      "INSERT INTO unit_event (unit_id, axis, seq, from_state, to_state, at, performer_id) SELECT id, 'life', 1, 'new', 'planned', 1000, 2 FROM unit;"
      "INSERT INTO unit_event (unit_id, axis, seq, from_state, to_state, at, performer_id) SELECT id, 'quality', 1, 'new', 'quarantine', 1000, 2 FROM unit;",
      FIRST_UNIT, FIRST_UNIT + n - 1);

  store_exec (fixture,
              "PRAGMA synchronous = OFF;"
              "INSERT INTO clinic (id, uuid, name, name_ja, zone) VALUES (1, 'u', 'Clinic', 'クリニック', 'Asia/Tokyo');"
              "INSERT INTO staff (id, name, role) VALUES (1, 'Dr Abe', 'physician'), (2, 'Culture', 'culture');"
              "INSERT INTO resource (id, kind, name, staff_id, position) VALUES (1, 'chair', 'Chair', NULL, 1), (2, 'staff', 'Dr Abe', 1, 2);"
              "INSERT INTO patient (id, chart, family, created_at, updated_at) VALUES (1, 'P1', 'One', 0, 0), (2, 'P2', 'Two', 0, 0),"
              " (3, 'P3', 'Three', 0, 0), (4, 'P4', 'Four', 0, 0);"
              "INSERT INTO coi (id, number, opened_at, opened_by) VALUES (1, 'I1', 0, 2);"
              "INSERT INTO collection (id, patient_id, number, method, collected_at, volume_ml, operator_id, coi_id) VALUES (1, 1, 'C1', 'blood_draw', 0, 50, 2, 1);"
              "INSERT INTO lot (id, patient_id, collection_id, number, started_on) VALUES (1, 1, 1, 'L1', '2026-01-01');"
              "INSERT INTO visit (id, patient_id, type, status, starts_at, ends_at, busy_from, busy_until, created_at) VALUES"
              " (1, 1, 'infusion', 'booked', 4102444800, 4102448400, 4102444800, 4102448400, 0), (2, 1, 'infusion', 'booked', 4103049600, 4103053200, 4103049600, 4103053200, 0),"
              " (3, 1, 'infusion', 'booked', 4103654400, 4103658000, 4103654400, 4103658000, 0), (4, 1, 'infusion', 'booked', 4104259200, 4104262800, 4104259200, 4104262800, 0);"
              "UPDATE visit_type SET per_day = 1 WHERE code = 'follow_up';"
              "UPDATE conflict_rule SET effect = 'block' WHERE kind = 'capacity'");
  store_exec (fixture, doses);
}

static gboolean
book (DeskDb *db, What what, int desk, int round, GError **error)
{
  static const DeskVisitType quarter = { .minutes = 15 };
  g_autoptr (DeskVisit) visit = g_new0 (DeskVisit, 1);
  gint64 seat = what == WANT_CHAIR ? 1 : 2;

  visit->patient_id = desk + 1;
  visit->type = g_strdup (what == WANT_PLACE ? "follow_up" : "infusion");
  visit->status = g_strdup ("booked");
  visit->resources = g_array_new (FALSE, FALSE, sizeof (gint64));
  if (what != WANT_PLACE)
    g_array_append_val (visit->resources, seat);
  /* Those who want a place of the day come at different times of it. */
  desk_visit_set_time (visit, &quarter, time_of (round) + (what == WANT_PLACE ? desk * 3600 : 0), 0);
  return desk_visit_save (db, visit, error);
}

static gboolean
reserve (DeskDb *db, int desk, int round, GError **error)
{
  DeskUnitAct act = { .unit_id = FIRST_UNIT + round, .step = DESK_STEP_RESERVE, .performer = 2, .visit_id = desk + 1 };

  return desk_unit_act (db, &act, error);
}

/* A loser is told that it is taken, or that a rule stands in the way; nothing else may happen. */
static void
check_refused (What what, const GError *error)
{
  g_assert_nonnull (error);
  g_assert_true (error->domain == DESK_ERROR);
  if (what == WANT_PLACE)
    {
      g_assert_cmpint (error->code, ==, DESK_ERROR_REFUSED);
      g_assert_cmpstr (error->message, ==, "type-full");
    }
  else if (what != WANT_DOSE)
    g_assert_cmpint (error->code, ==, DESK_ERROR_TAKEN);
  else if (error->code != DESK_ERROR_TAKEN && error->code != DESK_ERROR_REFUSED && error->code != DESK_ERROR_CONFLICT)
    g_error ("%s", error->message);
}

/* Everybody waits for the last: the lock is what is tested, not who sleeps longest. */
static void
wait_for_all (Board *board, int target)
{
  g_atomic_int_inc (&board->here);
  for (gint64 end = g_get_monotonic_time () + G_TIME_SPAN_MINUTE; g_atomic_int_get (&board->here) < target; g_thread_yield ())
    if (g_get_monotonic_time () > end)
      g_error ("another desk is gone");
}

static void
run_desk (const char *path, const Race *race, int desk, Board *board)
{
  g_autoptr (GError) error = NULL;
  g_autoptr (DeskDb) db = desk_store_open (path, FALSE, &error);

  g_assert_no_error (error);
  g_assert_true (desk_db_exec (db, "PRAGMA synchronous = OFF", &error));
  for (int round = 0; round < rounds; round++)
    {
      wait_for_all (board, (round + 1) * race->desks);
      if (race->what == WANT_DOSE ? reserve (db, desk, round, &error) : book (db, race->what, desk, round, &error))
        __atomic_or_fetch (&board->won[round], 1 << desk, __ATOMIC_SEQ_CST);
      else
        check_refused (race->what, error);
      g_clear_error (&error);
    }
}

static gint64
value (StoreFixture *fixture, const char *sql)
{
  g_autoptr (GError) error = NULL;
  gint64 out = -1;

  if (!desk_db_value (fixture->db, &out, &error, sql, ""))
    g_error ("%s", error->message);
  return out;
}

static void
check_file (StoreFixture *fixture, What what)
{
  g_autoptr (GError) error = NULL;

  fixture->db = desk_store_open (fixture->path, FALSE, &error);
  g_assert_no_error (error);
  if (what == WANT_DOSE)
    {
      g_assert_cmpint (value (fixture, "SELECT count (*) FROM reservation WHERE closed_at IS NULL"), ==, rounds);
      g_assert_cmpint (value (fixture, "SELECT count (DISTINCT unit_id) FROM reservation"), ==, rounds);
      return;
    }
  g_assert_cmpint (value (fixture, "SELECT count (*) FROM visit WHERE id > 4"), ==, rounds);
  g_assert_cmpint (value (fixture, "SELECT count (DISTINCT starts_at / 86400) FROM visit WHERE id > 4 AND status = 'booked'"), ==, rounds);
  if (what != WANT_PLACE)
    g_assert_cmpint (value (fixture, "SELECT count (*) FROM visit_slot WHERE visit_id > 4"), ==, rounds * 3);
}

static void
test_race (StoreFixture *fixture, gconstpointer data)
{
  const Race *race = data;
  gsize size = sizeof (Board) + rounds;
  Board *board = mmap (NULL, size, PROT_READ | PROT_WRITE, MAP_SHARED | MAP_ANONYMOUS, -1, 0);
  pid_t desks[MOST_DESKS];
  int wins[MOST_DESKS] = { 0 };

  g_assert_true (board != MAP_FAILED);
  make_clinic (fixture, rounds);
  g_clear_pointer (&fixture->db, desk_db_close);
  for (int i = 0; i < race->desks; i++)
    {
      desks[i] = fork ();
      g_assert_cmpint (desks[i], >=, 0);
      if (desks[i] == 0)
        {
          run_desk (fixture->path, race, i, board);
          _exit (0);
        }
    }
  for (int i = 0; i < race->desks; i++)
    {
      int status;

      g_assert_cmpint (waitpid (desks[i], &status, 0), ==, desks[i]);
      g_assert_true (WIFEXITED (status) && WEXITSTATUS (status) == 0);
    }
  for (int round = 0; round < rounds; round++)
    {
      int winner = g_bit_nth_lsf (board->won[round], -1);

      if (winner < 0 || board->won[round] != 1 << winner)
        g_error ("race %d: won by %x", round, board->won[round]);
      wins[winner]++;
    }
  g_test_message ("%d races, won by %d, %d, %d, %d", rounds, wins[0], wins[1], wins[2], wins[3]);
  munmap (board, size);
  check_file (fixture, race->what);
}

int
main (int argc, char *argv[])
{
  static const Race races[] = { { WANT_CHAIR, 2 }, { WANT_CHAIR, 4 }, { WANT_PHYSICIAN, 2 }, { WANT_PHYSICIAN, 4 },
                                { WANT_DOSE, 2 },  { WANT_DOSE, 4 },  { WANT_PLACE, 2 },     { WANT_PLACE, 4 } };
  static const char *const names[] = { "chair/two", "chair/four", "physician/two", "physician/four",
                                       "dose/two",  "dose/four",  "last-place/two", "last-place/four" };

  g_test_init (&argc, &argv, NULL);
  rounds = g_test_slow () ? 10000 : 50;
  for (guint i = 0; i < G_N_ELEMENTS (races); i++)
    {
      g_autofree char *path = g_strconcat ("/race-book/", names[i], NULL);

      g_test_add (path, StoreFixture, &races[i], store_fixture_set_up, test_race, store_fixture_tear_down);
    }
  return g_test_run ();
}
