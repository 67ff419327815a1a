#include <fcntl.h>
#include <stdlib.h>
#include <unistd.h>

#include "desk-session.h"
#include "store-fixture.h"

typedef struct
{
  guint kind;
  gint64 id;
  int times;
} Heard;

static void
on_changed (DeskSession *session, guint kind, gint64 id, gpointer data)
{
  Heard *heard = data;

  heard->kind = kind;
  heard->id = id;
  heard->times++;
}

static gboolean
write_something (DeskDb *db, gpointer data, GError **error)
{
  g_autoptr (DeskTxn) txn = desk_txn_begin (db, error);

  return txn && desk_db_run (db, error, "INSERT INTO staff (name, role) VALUES ('n', 'nurse')", "")
         && desk_txn_log (txn, "staff.add", DESK_KIND_CLINIC, 42, NULL, error) && desk_txn_commit (txn, error);
}

static gboolean
fail_something (DeskDb *db, gpointer data, GError **error)
{
  return desk_db_run (db, error, "INSERT INTO staff (name, role) VALUES ('n', 'nobody')", "");
}

static gboolean
on_timeout (gpointer data)
{
  *(gboolean *) data = TRUE;
  return G_SOURCE_REMOVE;
}

static void
wait_ms (guint ms)
{
  gboolean over = FALSE;

  g_timeout_add (ms, on_timeout, &over);
  while (!over)
    g_main_context_iteration (NULL, TRUE);
}

static void
test_changed (StoreFixture *fixture, gconstpointer data)
{
  g_autoptr (GError) error = NULL;
  g_autoptr (DeskSession) session = desk_session_new (fixture->path, &error);
  Heard heard = { 0 };
  gint64 n;

  g_assert_no_error (error);
  g_signal_connect (session, "changed", G_CALLBACK (on_changed), &heard);
  g_assert_true (desk_session_run (session, write_something, NULL, &error));
  wait_ms (1200);
  g_assert_cmpint (heard.kind, ==, DESK_KIND_CLINIC);
  g_assert_cmpint (heard.id, ==, 42);
  g_assert_cmpint (heard.times, ==, 1);

  g_assert_true (desk_db_value (desk_session_reader (session), &n, &error, "SELECT count (*) FROM staff", ""));
  g_assert_cmpint (n, ==, 1);

  g_assert_false (desk_session_run (session, fail_something, NULL, &error));
  g_assert_error (error, DESK_ERROR, DESK_ERROR_REFUSED);
  g_clear_error (&error);

  /* Another connection stands for another desk. */
  g_assert_true (write_something (fixture->db, NULL, &error));
  wait_ms (1200);
  g_assert_cmpint (heard.kind, ==, DESK_KIND_ANY);
  g_assert_cmpint (heard.times, ==, 2);
}

/* What another program sees; it opens, reads and closes the file like any. */
static int
count_elsewhere (const char *path)
{
  const char *argv[] = { "sqlite3", path, "SELECT count (*) FROM staff", NULL };
  g_autofree char *out = NULL;
  g_autoptr (GError) error = NULL;

  g_assert_true (g_spawn_sync (NULL, (char **) argv, NULL, G_SPAWN_SEARCH_PATH, NULL, NULL, &out, NULL, NULL, &error));
  g_assert_no_error (error);
  return atoi (out);
}

/* Another program comes and goes while the session is open; and something in this process opens the files and
 * closes them again, as a file chooser does. Nothing committed afterwards may be lost. */
static void
test_others_come_and_go (StoreFixture *fixture, gconstpointer data)
{
  static const char *const suffixes[] = { "", "-wal", "-shm" };
  g_autoptr (GError) error = NULL;

  g_clear_pointer (&fixture->db, desk_db_close);
  g_autoptr (DeskSession) session = desk_session_new (fixture->path, &error);
  g_assert_no_error (error);
  for (int i = 1; i <= 5; i++)
    {
      g_assert_true (desk_session_run (session, write_something, NULL, &error));
      for (guint s = 0; s < G_N_ELEMENTS (suffixes); s++)
        {
          g_autofree char *name = g_strconcat (fixture->path, suffixes[s], NULL);
          int fd = open (name, O_RDONLY);

          g_assert_cmpint (fd, >=, 0);
          close (fd);
        }
      g_assert_cmpint (count_elsewhere (fixture->path), ==, i);
    }
  g_clear_object (&session);
  g_assert_cmpint (count_elsewhere (fixture->path), ==, 5);

  /* And the log is gone: closing tidied up. */
  g_autofree char *log = g_strconcat (fixture->path, "-wal", NULL);
  g_assert_false (g_file_test (log, G_FILE_TEST_EXISTS));
}

int
main (int argc, char *argv[])
{
  g_test_init (&argc, &argv, NULL);
  g_test_add ("/session/others-come-and-go", StoreFixture, NULL, store_fixture_set_up, test_others_come_and_go, store_fixture_tear_down);
  g_test_add ("/session/changed", StoreFixture, NULL, store_fixture_set_up, test_changed, store_fixture_tear_down);
  return g_test_run ();
}
