#include "app-fixture.h"

#include <glib/gstdio.h>

#include "desk-application.h"
#include "desk-sample.h"

/* Before anything else; keeps the user's own settings out of the test. */
void
app_init (int *argc, char ***argv)
{
  g_autofree char *config = g_dir_make_tmp ("uketsuke-config-XXXXXX", NULL);
  const char *build = g_getenv ("DESK_TEST_BUILD");

  g_setenv ("XDG_CONFIG_HOME", config, TRUE);
  if (build)
    {
      g_autofree char *locale = g_build_filename (build, "po", NULL);
      g_setenv ("UKETSUKE_LOCALEDIR", locale, TRUE);
    }
  gtk_test_init (argc, argv, NULL);
  desk_application_prepare ();
  adw_init ();

  /* AdwApplication does this for the program. */
  g_autoptr (GtkCssProvider) css = gtk_css_provider_new ();
  gtk_css_provider_load_from_resource (css, "/org/uketsuke/Uketsuke/style.css");
  gtk_style_context_add_provider_for_display (gdk_display_get_default (), GTK_STYLE_PROVIDER (css),
                                              GTK_STYLE_PROVIDER_PRIORITY_APPLICATION);
}

void
app_fixture_set_up (AppFixture *fixture, gconstpointer data)
{
  g_autoptr (GError) error = NULL;
  DeskDay today = (DeskDay) (g_get_real_time () / G_USEC_PER_SEC / 86400);

  fixture->folder = g_dir_make_tmp ("uketsuke-XXXXXX", &error);
  g_assert_no_error (error);
  fixture->path = g_build_filename (fixture->folder, "clinic.uketsuke", NULL);
  g_assert_true (desk_sample_create (fixture->path, 80, 1, today, NULL, NULL, NULL, &error));
  fixture->session = desk_session_new (fixture->path, &error);
  g_assert_no_error (error);
  fixture->window = desk_window_new (NULL, fixture->session);
  gtk_window_set_default_size (GTK_WINDOW (fixture->window), 1366, 768);
  gtk_window_present (GTK_WINDOW (fixture->window));
  gtk_test_widget_wait_for_draw (GTK_WIDGET (fixture->window));
}

static void
remove_tree (const char *path)
{
  g_autoptr (GDir) dir = g_dir_open (path, 0, NULL);
  const char *name;

  while (dir && (name = g_dir_read_name (dir)))
    {
      g_autofree char *child = g_build_filename (path, name, NULL);
      remove_tree (child);
    }
  g_remove (path);
}

void
app_fixture_tear_down (AppFixture *fixture, gconstpointer data)
{
  gtk_window_destroy (GTK_WINDOW (fixture->window));
  app_settle (50);

  /* A look for other desks that is under way holds the session until it has answered. */
  gpointer session = fixture->session;
  g_object_add_weak_pointer (session, &session);
  g_object_unref (fixture->session);
  for (guint i = 0; session && i < 100; i++)
    app_settle (50);
  g_assert_null (session);
  remove_tree (fixture->folder);
  g_free (fixture->folder);
  g_free (fixture->path);
}

static gboolean
on_over (gpointer data)
{
  *(gboolean *) data = TRUE;
  return G_SOURCE_REMOVE;
}

/* Turns the main loop so long that jobs and frames come in. */
void
app_settle (guint ms)
{
  gboolean over = FALSE;

  g_timeout_add (ms, on_over, &over);
  while (!over)
    g_main_context_iteration (NULL, TRUE);
}

static GtkWidget *
find (GtkWidget *root, GType type, guint *index)
{
  if (g_type_is_a (G_OBJECT_TYPE (root), type) && (*index)-- == 0)
    return root;
  for (GtkWidget *child = gtk_widget_get_first_child (root); child; child = gtk_widget_get_next_sibling (child))
    {
      GtkWidget *found = find (child, type, index);

      if (found)
        return found;
    }
  return NULL;
}

/* The widget of that type, counted in the order of the tree; fails the test when there is none. */
GtkWidget *
app_find (GtkWidget *root, GType type, guint index)
{
  GtkWidget *widget = find (root, type, &index);

  g_assert_nonnull (widget);
  return widget;
}

static GskRenderNode *
drawing_of (GtkWidget *widget)
{
  g_autoptr (GdkPaintable) paintable = gtk_widget_paintable_new (widget);
  GtkSnapshot *snapshot = gtk_snapshot_new ();

  gdk_paintable_snapshot (paintable, snapshot, gtk_widget_get_width (widget), gtk_widget_get_height (widget));
  return gtk_snapshot_free_to_node (snapshot);
}

/* A PNG of the widget as it is drawn now; waits until there is something to see. */
void
app_picture (GtkWidget *widget, const char *path)
{
  GskRenderNode *node;

  for (guint i = 0; !(node = drawing_of (widget)) && i < 100; i++)
    app_settle (100);
  g_assert_nonnull (node);
  graphene_rect_t bounds = GRAPHENE_RECT_INIT (0, 0, gtk_widget_get_width (widget), gtk_widget_get_height (widget));
  g_autoptr (GdkTexture) texture
      = gsk_renderer_render_texture (gtk_native_get_renderer (gtk_widget_get_native (widget)), node, &bounds);
  gsk_render_node_unref (node);
  g_assert_true (gdk_texture_save_to_png (texture, path));
}
