#include "desk-start.h"

#include <adwaita.h>
#include <glib/gi18n.h>

#include "desk-words.h"

static void
on_file_chosen (GtkNativeDialog *dialog, int response, gpointer user_data)
{
  GtkWindow *window = user_data;
  GtkApplication *application = gtk_window_get_application (window);

  if (response == GTK_RESPONSE_ACCEPT)
    {
      g_autoptr (GFile) file = gtk_file_chooser_get_file (GTK_FILE_CHOOSER (dialog));

      g_application_open (G_APPLICATION (application), &file, 1, "");
      gtk_window_destroy (window);
    }
  g_object_unref (dialog);
}

static void
on_open (GtkButton *button, gpointer user_data)
{
  GtkFileChooserNative *chooser = gtk_file_chooser_native_new (_("Open Clinic File"), user_data,
                                                               GTK_FILE_CHOOSER_ACTION_OPEN, _("_Open"), _("_Cancel"));

  gtk_native_dialog_set_modal (GTK_NATIVE_DIALOG (chooser), TRUE);
  g_signal_connect (chooser, "response", G_CALLBACK (on_file_chosen), user_data);
  gtk_native_dialog_show (GTK_NATIVE_DIALOG (chooser));
}

static void
show_status (GtkApplication *application, const char *icon, const char *title, const char *description)
{
  GtkWidget *window = adw_application_window_new (application);
  GtkWidget *box = gtk_box_new (GTK_ORIENTATION_VERTICAL, 0);
  GtkWidget *status = adw_status_page_new ();
  GtkWidget *open = gtk_button_new_with_mnemonic (_("_Open Clinic File…"));
  g_autofree char *escaped = g_markup_escape_text (description, -1);

  adw_status_page_set_icon_name (ADW_STATUS_PAGE (status), icon);
  adw_status_page_set_title (ADW_STATUS_PAGE (status), title);
  adw_status_page_set_description (ADW_STATUS_PAGE (status), escaped);
  gtk_widget_add_css_class (open, "suggested-action");
  gtk_widget_add_css_class (open, "pill");
  gtk_widget_set_halign (open, GTK_ALIGN_CENTER);
  g_signal_connect (open, "clicked", G_CALLBACK (on_open), window);
  adw_status_page_set_child (ADW_STATUS_PAGE (status), open);
  gtk_widget_set_vexpand (status, TRUE);
  gtk_box_append (GTK_BOX (box), adw_header_bar_new ());
  gtk_box_append (GTK_BOX (box), status);
  adw_application_window_set_content (ADW_APPLICATION_WINDOW (window), box);
  gtk_window_set_title (GTK_WINDOW (window), "Uketsuke");
  gtk_window_set_default_size (GTK_WINDOW (window), 720, 480);
  gtk_window_present (GTK_WINDOW (window));
}

void
desk_start_show (GtkApplication *application)
{
  show_status (application, "org.uketsuke.Uketsuke", _("Welcome to Uketsuke"),
               _("Open the file of your clinic. A sample clinic to try things out is made by “uketsukectl sample FILE”."));
}

/* The file at path did not open: why, and what can be done. */
void
desk_start_show_error (GtkApplication *application, const char *path, const GError *error)
{
  g_autofree char *words = desk_words_error (error);
  g_autofree char *name = g_filename_display_basename (path);
  g_autofree char *title = g_strdup_printf (_("“%s” was not opened"), name);

  show_status (application, "dialog-warning-symbolic", title, words);
}
