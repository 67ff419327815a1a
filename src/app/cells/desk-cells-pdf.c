#include "desk-cells-pdf.h"

#include <glib/gi18n.h>

#include "desk-toast.h"

typedef struct
{
  DeskPage *page; /* held: the answer is told there */
  DeskCellsPdfFunc write;
  gint64 id;
  char *path;
} Job;

static void
job_free (gpointer data)
{
  Job *job = data;

  g_object_unref (job->page);
  g_free (job->path);
  g_free (job);
}

static gboolean
work (DeskDb *db, gpointer data, GError **error)
{
  Job *job = data;

  return job->write (db, job->id, job->path, error);
}

static void
on_written (GObject *source, GAsyncResult *result, gpointer user_data)
{
  g_autoptr (DeskPage) page = user_data;
  g_autoptr (GError) error = NULL;
  const Job *job = desk_session_run_finish (DESK_SESSION (source), result, &error);

  if (!job)
    {
      desk_toast_error (GTK_WIDGET (page), error);
      return;
    }
  g_autofree char *name = g_path_get_basename (job->path);
  g_autofree char *words = g_strdup_printf (_("Written: %s"), name);
  desk_toast (GTK_WIDGET (page), words);
}

static void
on_chosen (GtkNativeDialog *chooser, int response, gpointer user_data)
{
  Job *job = user_data;

  if (response == GTK_RESPONSE_ACCEPT)
    {
      g_autoptr (GFile) file = gtk_file_chooser_get_file (GTK_FILE_CHOOSER (chooser));

      job->path = g_file_get_path (file);
      desk_session_run_async (desk_page_get_session (job->page), work, job, job_free, NULL, on_written, g_object_ref (job->page));
    }
  else
    job_free (job);
  g_object_unref (chooser);
}

/* Asks for the file, proposing a name, and writes it. */
void
desk_cells_pdf_ask (DeskPage *page, const char *title, const char *name, DeskCellsPdfFunc write, gint64 id)
{
  GtkFileChooserNative *chooser = gtk_file_chooser_native_new (title, GTK_WINDOW (gtk_widget_get_root (GTK_WIDGET (page))),
                                                               GTK_FILE_CHOOSER_ACTION_SAVE, _("_Save"), _("_Cancel"));
  Job *job = g_new0 (Job, 1);

  job->page = g_object_ref (page);
  job->write = write;
  job->id = id;
  gtk_file_chooser_set_current_name (GTK_FILE_CHOOSER (chooser), name);
  gtk_native_dialog_set_modal (GTK_NATIVE_DIALOG (chooser), TRUE);
  g_signal_connect (chooser, "response", G_CALLBACK (on_chosen), job);
  gtk_native_dialog_show (GTK_NATIVE_DIALOG (chooser));
}
