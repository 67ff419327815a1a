#include "desk-application.h"

#include <glib/gi18n.h>
#include <libintl.h>
#include <locale.h>

#include "desk-clinic-contents.h"
#include "desk-session.h"
#include "desk-settings.h"
#include "desk-start.h"
#include "desk-window.h"
#include "desk-words.h"

struct _DeskApplication
{
  AdwApplication parent_instance;
};

G_DEFINE_FINAL_TYPE (DeskApplication, desk_application, ADW_TYPE_APPLICATION)

/* Tells gettext to forget what it has looked up (documented in its manual, "Interface to gettext"). */
extern int _nl_msg_cat_cntr;

/* The language of the window from now on: "en" or "ja". */
void
desk_application_set_language (const char *language)
{
  g_setenv ("LANGUAGE", language, TRUE);
  /* gettext heeds LANGUAGE in every locale but "C". */
  if (g_strcmp0 (setlocale (LC_MESSAGES, NULL), "C") == 0)
    setlocale (LC_MESSAGES, "C.UTF-8");
  _nl_msg_cat_cntr++;
}

/* Translations and the user's language; to be called before GTK starts. */
void
desk_application_prepare (void)
{
  const char *localedir = g_getenv ("UKETSUKE_LOCALEDIR");
  g_autofree char *language = desk_settings_get ("language");

  setlocale (LC_ALL, "");
  bindtextdomain (GETTEXT_PACKAGE, localedir ? localedir : DESK_LOCALEDIR);
  bind_textdomain_codeset (GETTEXT_PACKAGE, "UTF-8");
  textdomain (GETTEXT_PACKAGE);
  if (language)
    desk_application_set_language (language);
}

/* The window that has the file open already, or NULL. */
static DeskWindow *
find_window (DeskApplication *self, const char *path)
{
  for (GList *l = gtk_application_get_windows (GTK_APPLICATION (self)); l; l = l->next)
    if (DESK_IS_WINDOW (l->data) && g_strcmp0 (desk_session_get_path (desk_window_get_session (l->data)), path) == 0)
      return l->data;
  return NULL;
}

/* A clinic that was made just now is not asked for the passphrase that was chosen a moment ago. */
static void
take_key (DeskApplication *self, DeskSession *session)
{
  DeskVaultKey *key = g_object_steal_data (G_OBJECT (self), desk_session_get_path (session));

  if (key)
    desk_contents_unlock (desk_clinic_contents (session), key);
  desk_vault_key_unref (key);
}

/* The window of the clinic file; NULL when it did not open, which is told. */
static DeskWindow *
open_clinic (DeskApplication *self, const char *path)
{
  DeskWindow *open = find_window (self, path);
  g_autoptr (GError) error = NULL;
  g_autoptr (DeskSession) session = open ? NULL : desk_session_new (path, &error);

  if (open)
    {
      gtk_window_present (GTK_WINDOW (open));
      return open;
    }
  if (!session)
    {
      desk_start_show_error (GTK_APPLICATION (self), path, error);
      return NULL;
    }

  DeskWindow *window = desk_window_new (GTK_APPLICATION (self), session);
  g_autofree char *place = desk_settings_get ("place");
  desk_window_go (window, place && desk_window_get_page (window, place) ? place : "today");
  take_key (self, session);
  gtk_window_present (GTK_WINDOW (window));
  desk_window_ask_passphrase (window);
  desk_settings_set ("clinic", path);
  return window;
}

static void
desk_application_open (GApplication *application, GFile **files, int n_files, const char *hint)
{
  for (int i = 0; i < n_files; i++)
    {
      g_autofree char *path = g_file_get_path (files[i]);

      DeskWindow *window = path ? open_clinic (DESK_APPLICATION (application), path) : NULL;

      if (window && g_strcmp0 (hint, "settings") == 0)
        gtk_widget_activate_action (GTK_WIDGET (window), "win.settings", NULL);
    }
}

static void
desk_application_activate (GApplication *application)
{
  GtkWindow *window = gtk_application_get_active_window (GTK_APPLICATION (application));
  g_autofree char *path = desk_settings_get ("clinic");

  if (window)
    gtk_window_present (window);
  else if (path && g_file_test (path, G_FILE_TEST_EXISTS))
    open_clinic (DESK_APPLICATION (application), path);
  else
    desk_start_show (GTK_APPLICATION (application));
}

static void
on_language (GSimpleAction *action, GVariant *target, gpointer user_data)
{
  GtkApplication *application = user_data;
  g_autoptr (GList) windows = g_list_copy (gtk_application_get_windows (application));

  desk_settings_set ("language", g_variant_get_string (target, NULL));
  desk_application_set_language (g_variant_get_string (target, NULL));

  /* Built again, every word is asked for again. */
  g_application_hold (G_APPLICATION (application));
  for (GList *l = windows; l; l = l->next)
    if (DESK_IS_WINDOW (l->data))
      {
        g_autoptr (DeskSession) session = g_object_ref (desk_window_get_session (l->data));

        gtk_window_close (l->data);
        DeskWindow *window = desk_window_new (application, session);
        desk_window_go (window, "today");
        gtk_window_present (GTK_WINDOW (window));
      }
  g_application_release (G_APPLICATION (application));
}

static void
desk_application_startup (GApplication *application)
{
  static const GActionEntry entries[] = { { .name = "language", .parameter_type = "s", .activate = on_language } };

  G_APPLICATION_CLASS (desk_application_parent_class)->startup (application);
  g_action_map_add_action_entries (G_ACTION_MAP (application), entries, G_N_ELEMENTS (entries), application);
}

static void
desk_application_class_init (DeskApplicationClass *klass)
{
  GApplicationClass *application_class = G_APPLICATION_CLASS (klass);

  application_class->startup = desk_application_startup;
  application_class->activate = desk_application_activate;
  application_class->open = desk_application_open;
}

static void
desk_application_init (DeskApplication *self)
{
}

DeskApplication *
desk_application_new (void)
{
  return g_object_new (DESK_TYPE_APPLICATION, "application-id", "org.uketsuke.Uketsuke", "flags",
                       G_APPLICATION_HANDLES_OPEN, "resource-base-path", "/org/uketsuke/Uketsuke", NULL);
}
