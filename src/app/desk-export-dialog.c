#include "desk-export-dialog.h"

#include <adwaita.h>
#include <glib/gi18n.h>

#include "desk-store.h"
#include "desk-toast.h"
#include "desk-window.h"

typedef struct
{
  char *clinic, *path;
  DeskExport what;
  gint64 id;
  DeskDay day;
  gint fraction; /* thousandths; written by the thread, read by the window */
  GtkWindow *parent;
  AdwMessageDialog *dialog;
  GtkProgressBar *bar;
  guint timer;
} Export;

static const struct
{
  DeskExport what;
  const char *name;
} file_names[] = {
  { DESK_EXPORT_PATIENT, "patient" },
  { DESK_EXPORT_INVENTORY, "inventory" },
  { DESK_EXPORT_DAYSHEET, "day-sheet" },
  { DESK_EXPORT_CLINIC, "clinic" },
  { DESK_EXPORT_LOT, "lot" },
  { DESK_EXPORT_CUSTODY, "custody" },
  { DESK_EXPORT_LOOKBACK, "look-back" },
  { DESK_EXPORT_STOCKTAKE, "stocktake" },
  { DESK_EXPORT_MONEY, "money" },
  { DESK_EXPORT_INVOICE, "invoice" },
  { DESK_EXPORT_REGISTER, "register" },
};

static void
export_free (gpointer data)
{
  Export *job = data;

  g_clear_handle_id (&job->timer, g_source_remove);
  g_clear_object (&job->parent);
  g_free (job->clinic);
  g_free (job->path);
  g_free (job);
}

static void
on_progress (double fraction, gpointer user_data)
{
  g_atomic_int_set (&((Export *) user_data)->fraction, (int) (fraction * 1000));
}

/* Reads through a connection of its own: the desk goes on writing meanwhile. */
static void
run (GTask *task, gpointer source, gpointer data, GCancellable *cancellable)
{
  Export *job = data;
  g_autoptr (GError) error = NULL;
  g_autoptr (DeskDb) db = desk_store_open (job->clinic, TRUE, &error);

  if (db && desk_export (db, job->what, job->id, job->day, job->path, TRUE, on_progress, job, cancellable, &error))
    g_task_return_boolean (task, TRUE);
  else
    g_task_return_error (task, g_steal_pointer (&error));
}

static void
on_done (GObject *source, GAsyncResult *result, gpointer user_data)
{
  Export *job = g_task_get_task_data (G_TASK (result));
  g_autoptr (GError) error = NULL;
  gboolean done = g_task_propagate_boolean (G_TASK (result), &error);
  GtkWidget *somewhere = GTK_WIDGET (desk_window_get_page (DESK_WINDOW (job->parent), "today"));
  g_autofree char *name = g_filename_display_basename (job->path);

  g_clear_handle_id (&job->timer, g_source_remove);
  gtk_window_destroy (GTK_WINDOW (job->dialog));
  if (done)
    {
      g_autofree char *text = g_strdup_printf (_("%s written, read back and checked"), name);
      desk_toast (somewhere, text);
    }
  else if (g_error_matches (error, G_IO_ERROR, G_IO_ERROR_CANCELLED))
    desk_toast (somewhere, _("Export cancelled. Nothing was written."));
  else
    desk_toast_error (somewhere, error);
}

static gboolean
show_progress (gpointer user_data)
{
  Export *job = user_data;

  gtk_progress_bar_set_fraction (job->bar, g_atomic_int_get (&job->fraction) / 1000.0);
  return G_SOURCE_CONTINUE;
}

static void
on_response (AdwMessageDialog *dialog, const char *response, GCancellable *cancellable)
{
  g_cancellable_cancel (cancellable);
}

static void
start (Export *job)
{
  g_autoptr (GCancellable) cancellable = g_cancellable_new ();
  g_autoptr (GTask) task = g_task_new (NULL, cancellable, on_done, NULL);

  job->dialog = ADW_MESSAGE_DIALOG (adw_message_dialog_new (job->parent, _("Writing the Export"), NULL));
  job->bar = GTK_PROGRESS_BAR (gtk_progress_bar_new ());
  gtk_accessible_update_property (GTK_ACCESSIBLE (job->bar), GTK_ACCESSIBLE_PROPERTY_LABEL, _("Writing the Export"), -1);
  adw_message_dialog_set_extra_child (job->dialog, GTK_WIDGET (job->bar));
  adw_message_dialog_add_response (job->dialog, "cancel", _("_Cancel"));
  g_signal_connect_object (job->dialog, "response", G_CALLBACK (on_response), cancellable, 0);
  job->timer = g_timeout_add (100, show_progress, job);
  gtk_window_present (GTK_WINDOW (job->dialog));
  g_task_set_task_data (task, job, export_free);
  g_task_run_in_thread (task, run);
}

static void
on_chosen (GtkNativeDialog *chooser, int response, gpointer user_data)
{
  Export *job = user_data;

  if (response == GTK_RESPONSE_ACCEPT)
    {
      g_autoptr (GFile) file = gtk_file_chooser_get_file (GTK_FILE_CHOOSER (chooser));

      job->path = g_file_get_path (file);
      start (job);
    }
  else
    export_free (job);
  g_object_unref (chooser);
}

/* Asks for the file (the chooser asks before replacing one), then writes and checks the export. */
void
desk_export_ask (GtkWindow *parent, DeskSession *session, DeskExport what, gint64 id, DeskDay day)
{
  GtkFileChooserNative *chooser
      = gtk_file_chooser_native_new (_("Export as XML"), parent, GTK_FILE_CHOOSER_ACTION_SAVE, _("_Export"), _("_Cancel"));
  g_autofree char *iso = desk_day_format (day);
  Export *job = g_new0 (Export, 1);

  *job = (Export){ .clinic = g_strdup (desk_session_get_path (session)), .what = what, .id = id, .day = day,
                   .parent = g_object_ref (parent) };
  for (guint i = 0; i < G_N_ELEMENTS (file_names); i++)
    if (file_names[i].what == what)
      {
        g_autofree char *name = g_strdup_printf ("%s-%s.xml", file_names[i].name, iso);
        gtk_file_chooser_set_current_name (GTK_FILE_CHOOSER (chooser), name);
      }
  gtk_native_dialog_set_modal (GTK_NATIVE_DIALOG (chooser), TRUE);
  g_signal_connect (chooser, "response", G_CALLBACK (on_chosen), job);
  gtk_native_dialog_show (GTK_NATIVE_DIALOG (chooser));
}

/* The same for one thing of the bank, from the page that shows it. */
void
desk_export_ask_thing (DeskPage *page, DeskExport what, gint64 id)
{
  desk_export_ask (GTK_WINDOW (gtk_widget_get_root (GTK_WIDGET (page))), desk_page_get_session (page), what, id, desk_page_get_today (page));
}
