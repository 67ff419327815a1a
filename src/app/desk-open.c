#include "desk-open.h"

#include <glib/gi18n.h>

typedef struct
{
  GtkWindow *parent;
  DeskOpened opened;
  gpointer user_data;
} Request;

/* Opens the file in a window of its own; hint "settings" opens the clinic's settings over it. */
void
desk_open_path (GtkWindow *parent, const char *path, const char *hint)
{
  GtkApplication *application = gtk_window_get_application (parent);
  g_autoptr (GFile) file = g_file_new_for_path (path);

  if (application)
    g_application_open (G_APPLICATION (application), &file, 1, hint);
}

static void
on_chosen (GtkNativeDialog *dialog, int response, gpointer user_data)
{
  g_autofree Request *request = user_data;
  g_autoptr (GtkWindow) parent = request->parent;

  if (response == GTK_RESPONSE_ACCEPT)
    {
      g_autoptr (GFile) file = gtk_file_chooser_get_file (GTK_FILE_CHOOSER (dialog));
      g_autofree char *path = g_file_get_path (file);

      if (path)
        desk_open_path (parent, path, "");
      if (path && request->opened)
        request->opened (request->user_data);
    }
  g_object_unref (dialog);
}

/* Asks for a clinic file and opens it; opened (or NULL) is called when one was chosen. */
void
desk_open_choose (GtkWindow *parent, DeskOpened opened, gpointer user_data)
{
  GtkFileChooserNative *chooser
      = gtk_file_chooser_native_new (_("Open Clinic File"), parent, GTK_FILE_CHOOSER_ACTION_OPEN, _("_Open"),
                                     _("_Cancel"));
  GtkFileFilter *clinics = gtk_file_filter_new (), *all = gtk_file_filter_new ();
  Request *request = g_new (Request, 1);

  gtk_file_filter_set_name (clinics, _("Clinic files"));
  gtk_file_filter_add_suffix (clinics, "uketsuke");
  gtk_file_filter_set_name (all, _("All files"));
  gtk_file_filter_add_pattern (all, "*");
  gtk_file_chooser_add_filter (GTK_FILE_CHOOSER (chooser), clinics);
  gtk_file_chooser_add_filter (GTK_FILE_CHOOSER (chooser), all);
  g_object_unref (clinics);
  g_object_unref (all);
  *request = (Request){ g_object_ref (parent), opened, user_data };
  gtk_native_dialog_set_modal (GTK_NATIVE_DIALOG (chooser), TRUE);
  g_signal_connect (chooser, "response", G_CALLBACK (on_chosen), request);
  gtk_native_dialog_show (GTK_NATIVE_DIALOG (chooser));
}
