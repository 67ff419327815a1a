/* No number twice, and no number missing without a word: two desks at once, rollbacks, a file put back from an older
 * copy in each way there is, a power cut between the mark and the commit. More rounds: -m slow */
#include "desk-code.h"
#include "desk-series-private.h"
#include "desk-series.h"
#include "store-fixture.h"

#include <glib/gstdio.h>
#include <string.h>
#include <sys/wait.h>
#include <unistd.h>

#define TODAY 20779 /* 2026-11-22 */

static void
set_up (StoreFixture *fixture, gconstpointer data)
{
  store_fixture_set_up (fixture, data);
  store_exec (fixture, "PRAGMA synchronous = OFF; INSERT INTO clinic (id, uuid, name, name_ja, zone) VALUES (1, 'series-test', 'Clinic', '', 'UTC');"
                       "CREATE TABLE given (number TEXT PRIMARY KEY)");
}

static gboolean
take (DeskDb *db, const char *series, char **number, GError **error)
{
  g_autoptr (DeskTxn) txn = desk_txn_begin (db, error);

  return txn && desk_series_next (txn, series, TODAY, number, error)
         && desk_db_run (db, error, "INSERT INTO given (number) VALUES ($1)", "t", *number)
         && desk_txn_log (txn, "test.give", DESK_KIND_MONEY, 1, *number, error) && desk_txn_commit (txn, error);
}

static char *
give (DeskDb *db, const char *series)
{
  g_autoptr (GError) error = NULL;
  char *number = NULL;

  if (!take (db, series, &number, &error))
    g_error ("%s", error->message);
  return number;
}

static void
expect (DeskDb *db, const char *series, const char *number)
{
  g_autofree char *got = give (db, series);
  g_autofree char *bare = desk_code_without_check (got);

  g_assert_cmpstr (bare, ==, number);
}

static guint
gaps (DeskDb *db)
{
  g_autoptr (GError) error = NULL;
  g_autoptr (GPtrArray) all = desk_series_gaps (db, &error);

  g_assert_no_error (error);
  return all->len;
}

/* ── the file as hands treat it ──────────────────────────────────────────────────────────────── */

static char *
beside (StoreFixture *fixture, const char *name)
{
  return g_build_filename (fixture->folder, name, NULL);
}

static void
close_file (StoreFixture *fixture)
{
  g_clear_pointer (&fixture->db, desk_db_close);
}

static void
open_file (StoreFixture *fixture)
{
  g_autoptr (GError) error = NULL;

  fixture->db = desk_store_open (fixture->path, FALSE, &error);
  g_assert_no_error (error);
  store_exec (fixture, "PRAGMA synchronous = OFF");
}

/* cp FROM TO: over what is there, in its inode. */
static void
copy (const char *from, const char *to)
{
  g_autofree char *bytes = NULL;
  gsize length;

  g_assert_true (g_file_get_contents (from, &bytes, &length, NULL));
  FILE *file = fopen (to, "w");
  g_assert_cmpuint (fwrite (bytes, 1, length, file), ==, length);
  fclose (file);
}

static void
back_up (StoreFixture *fixture)
{
  g_autofree char *older = beside (fixture, "older");

  close_file (fixture);
  copy (fixture->path, older);
  open_file (fixture);
}

static void
restore (StoreFixture *fixture, gboolean other_inode)
{
  g_autofree char *older = beside (fixture, "older"), *fresh = beside (fixture, "fresh");

  close_file (fixture);
  if (other_inode)
    {
      copy (older, fresh);
      g_assert_cmpint (g_rename (fresh, fixture->path), ==, 0);
    }
  else
    copy (older, fixture->path);
  open_file (fixture);
}

static void
lose_state (StoreFixture *fixture)
{
  g_autofree char *state = beside (fixture, "state");

  store_remove (state);
}

/* ── one at a time ───────────────────────────────────────────────────────────────────────────── */

static void
test_shape (StoreFixture *fixture, gconstpointer data)
{
  static const struct
  {
    const char *series, *number;
    DeskCodeKind kind;
  } rows[] = { { DESK_SERIES_LETTER, "Y26-000001", DESK_CODE_PAPER },    { DESK_SERIES_QUOTE, "Q26-000001", DESK_CODE_QUOTE },
               { DESK_SERIES_INVOICE, "N26-000001", DESK_CODE_INVOICE }, { DESK_SERIES_RECEIPT, "R26-000001", DESK_CODE_PAYMENT },
               { DESK_SERIES_REFUND, "F26-000001", DESK_CODE_REFUND },   { DESK_SERIES_CREDIT, "K26-000001", DESK_CODE_INVOICE } };

  for (guint i = 0; i < G_N_ELEMENTS (rows); i++)
    {
      g_autofree char *number = give (fixture->db, rows[i].series);
      g_autofree char *bare = desk_code_without_check (number);
      g_autoptr (DeskCode) code = desk_code_read (number);

      g_assert_cmpstr (bare, ==, rows[i].number);
      g_assert_cmpint (code->kind, ==, rows[i].kind);
      g_assert_true (code->checked);
    }
  g_autofree char *other = desk_code_local_paper ("R", 2026, "4F2K9", 12);
  g_autoptr (DeskCode) code = desk_code_read (other);
  g_assert_cmpint (code->kind, ==, DESK_CODE_PAYMENT);
  g_assert_true (code->checked);
  other[strlen (other) - 1] = other[strlen (other) - 1] == 'X' ? 'Y' : 'X';
  g_autoptr (DeskCode) wrong = desk_code_read (other);
  g_assert_cmpstr (wrong->problem, ==, "code-check");
}

static void
test_rollback (StoreFixture *fixture, gconstpointer data)
{
  g_autoptr (GError) error = NULL;
  g_autofree char *number = NULL;

  expect (fixture->db, DESK_SERIES_RECEIPT, "R26-000001");
  {
    g_autoptr (DeskTxn) txn = desk_txn_begin (fixture->db, &error);

    g_assert_true (desk_series_next (txn, DESK_SERIES_RECEIPT, TODAY, &number, &error));
  }
  expect (fixture->db, DESK_SERIES_RECEIPT, "R26-000002");
  g_assert_cmpuint (gaps (fixture->db), ==, 0);
}

static void
test_over_same_path (StoreFixture *fixture, gconstpointer data)
{
  expect (fixture->db, DESK_SERIES_RECEIPT, "R26-000001");
  back_up (fixture);
  expect (fixture->db, DESK_SERIES_RECEIPT, "R26-000002");
  expect (fixture->db, DESK_SERIES_RECEIPT, "R26-000003");
  restore (fixture, FALSE);
  expect (fixture->db, DESK_SERIES_RECEIPT, "R26-000004");
  g_assert_cmpuint (gaps (fixture->db), ==, 1);
}

static void
check_generation (StoreFixture *fixture, const char *why)
{
  g_autoptr (GError) error = NULL;
  g_autofree char *number = give (fixture->db, DESK_SERIES_RECEIPT), *next = give (fixture->db, DESK_SERIES_RECEIPT);
  g_autoptr (GPtrArray) all = desk_series_gaps (fixture->db, &error);
  const DeskSeriesGap *gap = all->pdata[0];

  g_assert_cmpuint (strlen (number), ==, strlen ("R26-4F2K9-000002-X"));
  g_assert_cmpint (strncmp (number, next, strlen ("R26-4F2K9-")), ==, 0);
  g_assert_cmpuint (all->len, ==, 6);
  g_assert_cmpstr (gap->why, ==, why);
}

static void
test_state_lost (StoreFixture *fixture, gconstpointer data)
{
  expect (fixture->db, DESK_SERIES_RECEIPT, "R26-000001");
  back_up (fixture);
  expect (fixture->db, DESK_SERIES_RECEIPT, "R26-000002");
  restore (fixture, TRUE);
  lose_state (fixture);
  check_generation (fixture, "restored");
}

static void
test_moved (StoreFixture *fixture, gconstpointer data)
{
  expect (fixture->db, DESK_SERIES_RECEIPT, "R26-000001");
  store_exec (fixture, "UPDATE series_home SET computer = 'another'");
  check_generation (fixture, "moved");
}

/* A file that never gave a number has copies too. */
static void
test_copied_empty (StoreFixture *fixture, gconstpointer data)
{
  back_up (fixture);
  restore (fixture, TRUE);
  check_generation (fixture, "restored");
}

static void
test_no_mark (StoreFixture *fixture, gconstpointer data)
{
  g_autoptr (GError) error = NULL;
  g_autofree char *number = NULL, *state = beside (fixture, "state");

  g_assert_true (g_file_set_contents (state, "in the way", -1, NULL));
  g_assert_false (take (fixture->db, DESK_SERIES_QUOTE, &number, &error));
  g_assert_true (error->domain == DESK_ERROR);
  g_assert_nonnull (strstr (error->message, state));
  g_unlink (state);
  expect (fixture->db, DESK_SERIES_QUOTE, "Q26-000001");
}

/* Everything but the mark beside the file is that user's own. */
static void
be_user (StoreFixture *fixture, const char *name)
{
  g_autofree char *state = beside (fixture, name);

  close_file (fixture);
  g_setenv ("XDG_STATE_HOME", state, TRUE);
  open_file (fixture);
}

static char *
mark_beside (StoreFixture *fixture)
{
  g_autoptr (GDir) dir = g_dir_open (fixture->folder, 0, NULL);
  const char *name;

  while ((name = g_dir_read_name (dir)))
    if (strstr (name, ".numbers-"))
      return beside (fixture, name);
  g_error ("no mark beside the file");
}

static void
test_other_user (StoreFixture *fixture, gconstpointer data)
{
  expect (fixture->db, DESK_SERIES_RECEIPT, "R26-000001");
  back_up (fixture);
  expect (fixture->db, DESK_SERIES_RECEIPT, "R26-000002");
  expect (fixture->db, DESK_SERIES_LETTER, "Y26-000001");
  restore (fixture, FALSE);
  be_user (fixture, "state-b");
  expect (fixture->db, DESK_SERIES_RECEIPT, "R26-000003");
  g_assert_cmpuint (gaps (fixture->db), ==, 1);
  restore (fixture, FALSE);
  be_user (fixture, "state");
  expect (fixture->db, DESK_SERIES_RECEIPT, "R26-000004");
  expect (fixture->db, DESK_SERIES_LETTER, "Y26-000002");

  g_autofree char *mark = mark_beside (fixture);
  GStatBuf file, info;
  g_assert_cmpint (g_stat (fixture->path, &file), ==, 0);
  g_assert_cmpint (g_stat (mark, &info), ==, 0);
  g_assert_cmpint (info.st_mode & 0777, ==, file.st_mode & 0666);
}

/* A mark that is there and cannot be read stops; one that cannot be written does not, for the user's own is. */
static void
test_beside_in_the_way (StoreFixture *fixture, gconstpointer data)
{
  g_autoptr (GError) error = NULL;
  g_autofree char *number = NULL;

  expect (fixture->db, DESK_SERIES_QUOTE, "Q26-000001");
  g_autofree char *mark = mark_beside (fixture), *fresh = g_strconcat (mark, ".new", NULL);
  g_assert_cmpint (g_mkdir (fresh, 0700), ==, 0);
  expect (fixture->db, DESK_SERIES_QUOTE, "Q26-000002");
  g_rmdir (fresh);
  g_unlink (mark);
  g_assert_cmpint (g_mkdir (mark, 0700), ==, 0);
  g_assert_false (take (fixture->db, DESK_SERIES_QUOTE, &number, &error));
  g_assert_nonnull (strstr (error->message, mark));
  g_rmdir (mark);
  expect (fixture->db, DESK_SERIES_QUOTE, "Q26-000003");
}

/* The power goes after the mark was written, before the commit: the number is passed over, with a word. */
static void
cut_power (StoreFixture *fixture)
{
  close_file (fixture);
  pid_t child = fork ();

  if (child == 0)
    {
      g_autoptr (DeskDb) db = desk_store_open (fixture->path, FALSE, NULL);
      g_autoptr (DeskTxn) txn = desk_txn_begin (db, NULL);
      g_autoptr (GPtrArray) marks = desk_series_marks_new ();
      g_autofree char *number = NULL;
      gint64 last;

      if (desk_series_next (txn, DESK_SERIES_RECEIPT, TODAY, &number, NULL)
          && desk_db_value (db, &last, NULL, "SELECT last FROM series WHERE name = 'receipt'", ""))
        {
          g_autofree char *generation = number[3] == '-' && number[9] == '-' ? g_strndup (number + 4, 5) : g_strdup ("");

          desk_series_marks_set (marks, DESK_SERIES_RECEIPT, generation, last);
          _exit (desk_series_marks_raise ("series-test", fixture->path, marks, NULL) ? 0 : 1);
        }
      _exit (1);
    }
  int status;
  g_assert_cmpint (waitpid (child, &status, 0), ==, child);
  g_assert_cmpint (status, ==, 0);
  open_file (fixture);
}

static void
test_power_cut (StoreFixture *fixture, gconstpointer data)
{
  expect (fixture->db, DESK_SERIES_RECEIPT, "R26-000001");
  cut_power (fixture);
  expect (fixture->db, DESK_SERIES_RECEIPT, "R26-000003");
  g_assert_cmpuint (gaps (fixture->db), ==, 1);
}

/* ── all at once ─────────────────────────────────────────────────────────────────────────────── */

static void
run_desk (const char *path, int n)
{
  g_autoptr (GError) error = NULL;
  g_autoptr (DeskDb) db = desk_store_open (path, FALSE, &error);

  if (!db || !desk_db_exec (db, "PRAGMA synchronous = OFF", &error))
    g_error ("%s", error->message);
  for (int i = 0; i < n; i++)
    {
      g_autofree char *number = NULL;

      /* The other desk leaves the file for microseconds only: who waits too long is told so, and tries again. */
      while (!take (db, DESK_SERIES_RECEIPT, &number, &error))
        {
          if (!g_error_matches (error, DESK_ERROR, DESK_ERROR_BUSY))
            g_error ("%s", error->message);
          g_clear_error (&error);
          g_clear_pointer (&number, g_free);
        }
    }
}

/* Every number taken is a row of a table with a key: a second one fails where it is written. */
static void
test_race (StoreFixture *fixture, gconstpointer data)
{
  int n = g_test_slow () ? 5000 : 100;
  pid_t children[2];
  gint64 given, last;

  close_file (fixture);
  for (int i = 0; i < 2; i++)
    if ((children[i] = fork ()) == 0)
      {
        run_desk (fixture->path, n);
        _exit (0);
      }
  for (int i = 0; i < 2; i++)
    {
      int status;

      g_assert_cmpint (waitpid (children[i], &status, 0), ==, children[i]);
      g_assert_cmpint (status, ==, 0);
    }
  open_file (fixture);
  g_assert_true (desk_db_value (fixture->db, &given, NULL, "SELECT count (*) FROM given", ""));
  g_assert_true (desk_db_value (fixture->db, &last, NULL, "SELECT last FROM series WHERE name = 'receipt'", ""));
  g_assert_cmpint (given, ==, 2 * n);
  g_assert_cmpint (last, ==, 2 * n);
  g_assert_cmpuint (gaps (fixture->db), ==, 0);
}

/* Each number up to the last that the file does not hold is inside a gap it explains: numbers run on over generations. */
static void
check_explained (StoreFixture *fixture)
{
  gint64 last;

  g_assert_true (desk_db_value (fixture->db, &last, NULL, "SELECT last FROM series WHERE name = 'receipt'", ""));
  for (gint64 n = 1; n <= last; n++)
    {
      gint64 known;
      g_autofree char *six = g_strdup_printf ("%06" G_GINT64_FORMAT, n);

      g_assert_true (desk_db_value (fixture->db, &known, NULL,
                                    "SELECT EXISTS (SELECT 1 FROM given WHERE substr (number, length (number) - 7, 6) = $1)"
                                    " OR EXISTS (SELECT 1 FROM series_gap WHERE name = 'receipt' AND after < $2 AND goes_on > $2)",
                                    "ti", six, n));
      if (!known)
        g_error ("number %s is missing without a word", six);
    }
}

static void
take_some (StoreFixture *fixture, GHashTable *seen, int n)
{
  for (int i = 0; i < n; i++)
    {
      char *number = give (fixture->db, DESK_SERIES_RECEIPT);

      if (!g_hash_table_add (seen, number))
        g_error ("%s twice", number);
    }
}

static void
do_something (StoreFixture *fixture, GHashTable *seen)
{
  switch (g_test_rand_int_range (0, 8))
    {
    case 0:
      back_up (fixture);
      break;
    case 1:
      restore (fixture, FALSE);
      break;
    case 2:
      restore (fixture, TRUE);
      break;
    case 3:
      restore (fixture, TRUE);
      lose_state (fixture);
      break;
    case 4:
      cut_power (fixture);
      break;
    case 5:
      store_exec (fixture, "UPDATE series_home SET computer = 'another'");
      break;
    default:
      take_some (fixture, seen, g_test_rand_int_range (1, 6));
    }
}

static void
test_anything (StoreFixture *fixture, gconstpointer data)
{
  g_autoptr (GHashTable) seen = g_hash_table_new_full (g_str_hash, g_str_equal, g_free, NULL);

  back_up (fixture);
  for (int i = 0; i < (g_test_slow () ? 3000 : 50); i++)
    {
      do_something (fixture, seen);
      take_some (fixture, seen, 1);
    }
  check_explained (fixture);
}

int
main (int argc, char **argv)
{
  g_test_init (&argc, &argv, NULL);
#define ADD(name, func) g_test_add ("/series/" name, StoreFixture, NULL, set_up, func, store_fixture_tear_down)
  ADD ("shape", test_shape);
  ADD ("rollback", test_rollback);
  ADD ("over-same-path", test_over_same_path);
  ADD ("state-lost", test_state_lost);
  ADD ("moved", test_moved);
  ADD ("copied-empty", test_copied_empty);
  ADD ("no-mark", test_no_mark);
  ADD ("other-user", test_other_user);
  ADD ("beside-in-the-way", test_beside_in_the_way);
  ADD ("power-cut", test_power_cut);
  ADD ("race", test_race);
  ADD ("anything", test_anything);
  return g_test_run ();
}
