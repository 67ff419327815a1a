/* The import of a table in the window, by its keys: nothing before it is told, all at once, and back. Needs bubblewrap. */
#include "app-fixture.h"

#include "desk-import-undo.h"
#include "desk-import-window.h"

static const char people[] = "Family name;Given names;Date of birth;Sex\n"
                             "IMPORTED;Ann;13/4/1961;F\n"
                             "IMPORTED;Bob;14/4/1961;M\n"
                             "IMPORTED;Bob;14/4/1961;M\n"
                             ";Nobody;15/4/1961;M\n";

static gint64
count (AppFixture *fixture)
{
  g_autoptr (GError) error = NULL;
  gint64 n = -1;

  g_assert_true (desk_db_value (desk_session_reader (fixture->session), &n, &error, "SELECT count (*) FROM patient WHERE family = 'IMPORTED'", ""));
  return n;
}

static gboolean
enabled (GtkWidget *window)
{
  GtkWidget *button = GTK_WIDGET (gtk_widget_get_template_child (window, DESK_TYPE_IMPORT_WINDOW, "import_button"));

  return gtk_widget_is_sensitive (button);
}

/* Until the rows were looked through, or there is nothing to wait for. */
static gboolean
wait_for (GtkWidget *window, gboolean (*done) (GtkWidget *window))
{
  for (guint i = 0; i < 200 && !done (window); i++)
    app_settle (50);
  return done (window);
}

static gboolean
sandbox_here (void)
{
  g_autofree char *out = NULL;
  const char *argv[] = { "bwrap", "--unshare-all", "--ro-bind", "/", "/", "true", NULL };
  int status = 1;

  return g_spawn_sync (NULL, (char **) argv, NULL, G_SPAWN_SEARCH_PATH, NULL, NULL, NULL, &out, &status, NULL) && status == 0;
}

static void
test_import (AppFixture *fixture, gconstpointer data)
{
  DeskPage *page = desk_window_get_page (fixture->window, "patients");
  g_autofree char *path = g_build_filename (fixture->folder, "people.csv", NULL);

  if (!sandbox_here ())
    {
      g_test_skip ("no sandbox can be made here");
      return;
    }
  g_assert_true (g_file_set_contents (path, people, -1, NULL));
  desk_window_go (fixture->window, "patients");
  GtkWidget *window = GTK_WIDGET (desk_import_window_show (page, path));
  g_assert_true (wait_for (window, enabled));
  app_settle (200);
  g_assert_cmpint (count (fixture), ==, 0);
  if (g_getenv ("DESK_TEST_PICTURES"))
    {
      g_autofree char *picture = g_strdup_printf ("%s/import.png", g_getenv ("DESK_TEST_PICTURES"));
      app_picture (window, picture);
    }
  gtk_widget_activate_action (window, "import.take", NULL);
  for (guint i = 0; i < 200 && count (fixture) == 0; i++)
    app_settle (50);
  g_assert_cmpint (count (fixture), ==, 2);
  app_settle (200);
  gtk_widget_activate_action (GTK_WIDGET (fixture->window), "win.undo", NULL);
  for (guint i = 0; i < 200 && count (fixture) > 0; i++)
    app_settle (50);
  g_assert_cmpint (count (fixture), ==, 0);
  GtkWidget *imports = GTK_WIDGET (desk_imports_window_show (page));
  app_settle (200);
  gtk_window_destroy (GTK_WINDOW (imports));
}

/* A file that is no table leads to words and no button. */
static void
test_missing (AppFixture *fixture, gconstpointer data)
{
  DeskPage *page = desk_window_get_page (fixture->window, "patients");
  g_autofree char *path = g_build_filename (fixture->folder, "nowhere.csv", NULL);
  GtkWidget *window = GTK_WIDGET (desk_import_window_show (page, path));

  app_settle (500);
  g_assert_false (enabled (window));
  gtk_window_close (GTK_WINDOW (window));
  app_settle (100);
}

int
main (int argc, char **argv)
{
  app_init (&argc, &argv);
  g_test_add ("/app/import/whole-way", AppFixture, NULL, app_fixture_set_up, test_import, app_fixture_tear_down);
  g_test_add ("/app/import/missing", AppFixture, NULL, app_fixture_set_up, test_missing, app_fixture_tear_down);
  return g_test_run ();
}
