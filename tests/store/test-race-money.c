/* Two desks, each a process of its own, take the rest of an invoice, give back one payment, use the last session: in every
 * race exactly one gets it. Two thousand races of each: build/tests/store/test-race-money -m slow */
#include "desk-packages.h"
#include "money-fixture.h"

#include <string.h>
#include <sys/mman.h>
#include <sys/wait.h>
#include <unistd.h>

#define DESKS 2

typedef enum
{
  WANT_INVOICE,
  WANT_QUOTE,
  WANT_REFUND,
  WANT_SESSION,
} What;

typedef struct
{
  int here;
  guint8 won[]; /* a bit for each desk */
} Board;

static int rounds;

/* For each round one row of what is wanted: ids run from 1 on. */
static void
make_rows (StoreFixture *fixture, What what)
{
  for (int i = 0; i < rounds; i++)
    {
      if (what == WANT_INVOICE)
        money_fixture_invoice (fixture, 1, "draw", 1);
      else if (what == WANT_QUOTE)
        money_fixture_accepted (fixture, 1, "draw", 1);
      else if (what == WANT_REFUND)
        money_fixture_pay (fixture, 1, 1000, 0);
      else
        money_fixture_invoice (fixture, 1, "six", 1);
    }
  if (what != WANT_SESSION)
    return;
  for (int i = 0; i < rounds; i++)
    {
      g_autoptr (GError) error = NULL;

      if (!desk_package_void (fixture->db, i + 1, 5, "all but one", &error))
        g_error ("%s", error->message);
    }
  g_autofree char *visits = g_strdup_printf (
      "INSERT INTO visit (id, patient_id, type, status, starts_at, ends_at, busy_from, busy_until, created_at)"
      " WITH RECURSIVE n (id) AS (SELECT 1 UNION ALL SELECT id + 1 FROM n WHERE id < %d)"
      " SELECT id, 1, 'infusion', 'booked', 4102444800 + id * 86400, 4102448400 + id * 86400, 4102444800 + id * 86400, 4102448400 + id * 86400, 0 FROM n",
      rounds * DESKS);
  store_exec (fixture, visits);
}

static gboolean
want (DeskDb *db, What what, int desk, int round, GError **error)
{
  g_autoptr (DeskPayment) payment = desk_payment_new (1, TODAY);
  g_autoptr (DeskRefund) refund = desk_refund_new (round + 1, TODAY);

  switch (what)
    {
    case WANT_INVOICE:
      payment->amount = 55000;
      return desk_payment_take (db, payment, round + 1, error);
    case WANT_REFUND:
      refund->amount = 1000;
      g_free (refund->reason);
      refund->reason = g_strdup ("called off");
      return desk_refund_make (db, refund, error);
    case WANT_QUOTE:
      {
        g_autoptr (DeskInvoice) invoice = desk_invoice_begin_quote (db, round + 1, TODAY, error);

        return invoice && desk_invoice_make (db, invoice, FALSE, error);
      }
    case WANT_SESSION:
    default:
      return desk_package_reserve (db, round + 1, round * DESKS + desk + 1, error);
    }
}

/* A loser is told why; nothing else may happen. */
static void
check_refused (What what, const GError *error)
{
  static const char *const codes[] = { "invoice-overpaid", "quote-invoiced", "payment-spent", "package-empty" };

  g_assert_nonnull (error);
  g_assert_true (error->domain == DESK_ERROR);
  g_assert_cmpint (error->code, ==, DESK_ERROR_REFUSED);
  g_assert_nonnull (strstr (error->message, codes[what]));
}

static void
wait_for_all (Board *board, int target)
{
  g_atomic_int_inc (&board->here);
  for (gint64 end = g_get_monotonic_time () + G_TIME_SPAN_MINUTE; g_atomic_int_get (&board->here) < target; g_thread_yield ())
    if (g_get_monotonic_time () > end)
      g_error ("another desk is gone");
}

static void
run_desk (const char *path, What what, int desk, Board *board)
{
  g_autoptr (GError) error = NULL;
  g_autoptr (DeskDb) db = desk_store_open (path, FALSE, &error);

  g_assert_no_error (error);
  g_assert_true (desk_db_exec (db, "PRAGMA synchronous = OFF", &error));
  for (int round = 0; round < rounds; round++)
    {
      wait_for_all (board, (round + 1) * DESKS);
      if (want (db, what, desk, round, &error))
        __atomic_or_fetch (&board->won[round], 1 << desk, __ATOMIC_SEQ_CST);
      else
        check_refused (what, error);
      g_clear_error (&error);
    }
}

static void
check_wins (const Board *board)
{
  int wins[DESKS] = { 0 };

  for (int round = 0; round < rounds; round++)
    {
      if (board->won[round] != 1 && board->won[round] != 2)
        g_error ("race %d: won by %x", round, board->won[round]);
      wins[board->won[round] - 1]++;
    }
  g_test_message ("%d races, won by %d and %d", rounds, wins[0], wins[1]);
}

static void
test_race (StoreFixture *fixture, gconstpointer data)
{
  What what = (What) GPOINTER_TO_INT (data);
  gsize size = sizeof (Board) + (gsize) rounds;
  Board *board = mmap (NULL, size, PROT_READ | PROT_WRITE, MAP_SHARED | MAP_ANONYMOUS, -1, 0);
  pid_t desks[DESKS];

  g_assert_true (board != MAP_FAILED);
  make_rows (fixture, what);
  g_clear_pointer (&fixture->db, desk_db_close);
  for (int i = 0; i < DESKS; i++)
    if ((desks[i] = fork ()) == 0)
      {
        run_desk (fixture->path, what, i, board);
        _exit (0);
      }
  for (int i = 0; i < DESKS; i++)
    {
      int status;

      g_assert_cmpint (waitpid (desks[i], &status, 0), ==, desks[i]);
      g_assert_true (WIFEXITED (status) && WEXITSTATUS (status) == 0);
    }
  check_wins (board);
  munmap (board, size);
}

int
main (int argc, char **argv)
{
  static const char *const names[] = { "/race-money/invoice", "/race-money/quote", "/race-money/refund", "/race-money/session" };

  g_test_init (&argc, &argv, NULL);
  rounds = g_test_slow () ? 2000 : 25;
  for (int i = 0; i < (int) G_N_ELEMENTS (names); i++)
    g_test_add (names[i], StoreFixture, GINT_TO_POINTER (i), money_fixture_set_up, test_race, store_fixture_tear_down);
  return g_test_run ();
}
