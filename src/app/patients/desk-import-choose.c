/* The way to the import: its actions, and the question which file. */
#include <glib/gi18n.h>

#include "desk-import-undo.h"
#include "desk-import-window.h"

static void
on_file_chosen (GtkNativeDialog *chooser, int response, DeskPage *page)
{
  if (response == GTK_RESPONSE_ACCEPT)
    {
      g_autoptr (GFile) file = gtk_file_chooser_get_file (GTK_FILE_CHOOSER (chooser));
      g_autofree char *path = g_file_get_path (file);

      if (path)
        desk_import_window_show (page, path);
    }
  g_object_unref (chooser);
}

/* Asks for the table. */
void
desk_import_choose (DeskPage *page)
{
  GtkFileChooserNative *chooser
      = gtk_file_chooser_native_new (_("Import Patients"), GTK_WINDOW (gtk_widget_get_root (GTK_WIDGET (page))),
                                     GTK_FILE_CHOOSER_ACTION_OPEN, _("_Open"), _("_Cancel"));
  g_autoptr (GtkFileFilter) filter = gtk_file_filter_new ();

  gtk_file_filter_set_name (filter, _("Tables as text (CSV)"));
  gtk_file_filter_add_suffix (filter, "csv");
  gtk_file_filter_add_suffix (filter, "tsv");
  gtk_file_filter_add_suffix (filter, "txt");
  gtk_file_chooser_add_filter (GTK_FILE_CHOOSER (chooser), filter);
  gtk_native_dialog_set_modal (GTK_NATIVE_DIALOG (chooser), TRUE);
  g_signal_connect_object (chooser, "response", G_CALLBACK (on_file_chosen), page, 0);
  gtk_native_dialog_show (GTK_NATIVE_DIALOG (chooser));
}

static void
action_import (GtkWidget *widget, const char *name, GVariant *parameter)
{
  desk_import_choose (DESK_PAGE (widget));
}

static void
action_imports (GtkWidget *widget, const char *name, GVariant *parameter)
{
  desk_imports_window_show (DESK_PAGE (widget));
}

/* Gives a page the actions patients.import and patients.imports. */
void
desk_import_install (GtkWidgetClass *page_class)
{
  gtk_widget_class_install_action (page_class, "patients.import", NULL, action_import);
  gtk_widget_class_install_action (page_class, "patients.imports", NULL, action_imports);
}
