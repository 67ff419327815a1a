#include "desk-paper-add.h"

#include <adwaita.h>
#include <glib/gi18n.h>

#include "desk-documents.h"
#include "desk-patient-picker.h"
#include "desk-toast.h"
#include "desk-window.h"
#include "desk-words.h"

typedef struct
{
  char *path;
  DeskContents *contents;
  DeskDocument *document;
} Intake;

static void
intake_free (gpointer data)
{
  Intake *intake = data;

  g_free (intake->path);
  g_object_unref (intake->contents);
  desk_document_free (intake->document);
  g_free (intake);
}

static gboolean
intake_work (DeskDb *db, gpointer data, GError **error)
{
  Intake *intake = data;

  DeskContent content;

  if (!desk_contents_put_file (intake->contents, intake->path, &content, NULL, error))
    return FALSE;
  intake->document->digest = g_strdup (content.digest);
  intake->document->media_type = g_strdup (content.media_type);
  intake->document->bytes = content.bytes;
  return desk_document_save (db, intake->document, error);
}

static void
on_taken_in (GObject *source, GAsyncResult *result, gpointer user_data)
{
  g_autoptr (GtkWidget) page = user_data;
  g_autoptr (GError) error = NULL;
  Intake *intake = desk_session_run_finish (DESK_SESSION (source), result, &error);

  if (intake)
    {
      desk_toast (page, _("Paper added. Please check kind and examination date."));
      desk_window_show (desk_window_of (page), DESK_KIND_DOCUMENT, intake->document->id);
    }
  else if (g_error_matches (error, DESK_ERROR, DESK_ERROR_TAKEN))
    desk_toast (page, _("This file is already among the patient’s papers."));
  else if (g_error_matches (error, DESK_ERROR, DESK_ERROR_INVALID))
    desk_toast (page, _("Only PDF, PNG and JPEG files of up to 50 MB can be taken in. This file is something else, or damaged."));
  else
    desk_toast_error (page, error);
}

static void
take_in (DeskPage *page, gint64 patient_id, GFile *file)
{
  DeskSession *session = desk_page_get_session (page);
  Intake *intake = g_new0 (Intake, 1);
  g_autofree char *base = g_file_get_basename (file);

  intake->path = g_file_get_path (file);
  intake->contents = g_object_ref (desk_page_get_contents (page));
  intake->document = g_new0 (DeskDocument, 1);
  intake->document->patient_id = patient_id;
  intake->document->kind = g_strdup ("other");
  intake->document->state = g_strdup ("received");
  intake->document->title = g_filename_display_name (base);
  intake->document->examined_on = g_strdup ("");
  intake->document->language = g_strdup ("");
  intake->document->note = g_strdup ("");
  intake->document->received_at = g_get_real_time () / G_USEC_PER_SEC;
  if (intake->path)
    desk_session_run_async (session, intake_work, intake, intake_free, NULL, on_taken_in, g_object_ref (page));
  else
    intake_free (intake);
}

/* Takes in several files (a list of GFile) for one patient. */
void
desk_paper_add_files (DeskPage *page, gint64 patient_id, GListModel *files)
{
  for (guint i = 0; i < g_list_model_get_n_items (files); i++)
    {
      g_autoptr (GFile) file = g_list_model_get_item (files, i);
      take_in (page, patient_id, file);
    }
}

typedef struct
{
  DeskPage *page;
  gint64 patient_id;
} Choice;

static void
choice_free (gpointer data, GClosure *closure)
{
  g_free (data);
}

static void
on_files_chosen (GtkNativeDialog *dialog, int response, gpointer user_data)
{
  Choice *choice = user_data;

  if (response == GTK_RESPONSE_ACCEPT)
    {
      g_autoptr (GListModel) files = gtk_file_chooser_get_files (GTK_FILE_CHOOSER (dialog));

      if (choice->patient_id)
        desk_paper_add_files (choice->page, choice->patient_id, files);
      else
        desk_paper_ask_patient (choice->page, files);
    }
  g_object_unref (dialog);
}

/* Asks for files; patient 0 asks for the patient afterwards. */
void
desk_paper_add_choose (DeskPage *page, gint64 patient_id)
{
  GtkFileChooserNative *chooser
      = gtk_file_chooser_native_new (_("Add Papers"), GTK_WINDOW (gtk_widget_get_root (GTK_WIDGET (page))),
                                     GTK_FILE_CHOOSER_ACTION_OPEN, _("_Add"), _("_Cancel"));
  g_autoptr (GtkFileFilter) filter = gtk_file_filter_new ();
  Choice *choice = g_new (Choice, 1);

  *choice = (Choice){ page, patient_id };
  gtk_file_filter_set_name (filter, _("PDF and pictures"));
  gtk_file_filter_add_mime_type (filter, "application/pdf");
  gtk_file_filter_add_mime_type (filter, "image/png");
  gtk_file_filter_add_mime_type (filter, "image/jpeg");
  gtk_file_chooser_add_filter (GTK_FILE_CHOOSER (chooser), filter);
  gtk_file_chooser_set_select_multiple (GTK_FILE_CHOOSER (chooser), TRUE);
  gtk_native_dialog_set_modal (GTK_NATIVE_DIALOG (chooser), TRUE);
  g_signal_connect_data (chooser, "response", G_CALLBACK (on_files_chosen), choice, choice_free, 0);
  gtk_native_dialog_show (GTK_NATIVE_DIALOG (chooser));
}

typedef struct
{
  DeskPage *page;
  GListModel *files;
  GtkWindow *dialog;
} Ask;

static void
ask_free (gpointer data, GClosure *closure)
{
  Ask *ask = data;

  g_clear_object (&ask->files);
  g_free (ask);
}

static void
on_patient_chosen (DeskPatientPicker *picker, gpointer user_data)
{
  Ask *ask = user_data;
  gint64 patient_id = desk_patient_picker_get_id (picker);
  DeskPage *page = ask->page;
  g_autoptr (GListModel) files = g_object_ref (ask->files);

  gtk_window_destroy (ask->dialog);
  desk_paper_add_files (page, patient_id, files);
}

/* Whose are they? Then takes the files in. */
void
desk_paper_ask_patient (DeskPage *page, GListModel *files)
{
  GtkWidget *dialog = adw_message_dialog_new (GTK_WINDOW (gtk_widget_get_root (GTK_WIDGET (page))), _("Whose Papers Are These?"), NULL);
  DeskPatientPicker *picker = g_object_new (DESK_TYPE_PATIENT_PICKER, NULL);
  Ask *ask = g_new (Ask, 1);

  *ask = (Ask){ page, g_object_ref (files), GTK_WINDOW (dialog) };
  desk_patient_picker_set_db (picker, desk_page_get_reader (page));
  gtk_widget_set_size_request (GTK_WIDGET (picker), 420, 320);
  adw_message_dialog_set_extra_child (ADW_MESSAGE_DIALOG (dialog), GTK_WIDGET (picker));
  adw_message_dialog_add_response (ADW_MESSAGE_DIALOG (dialog), "cancel", _("_Cancel"));
  g_signal_connect_data (picker, "chosen", G_CALLBACK (on_patient_chosen), ask, ask_free, 0);
  gtk_window_present (GTK_WINDOW (dialog));
  gtk_widget_grab_focus (GTK_WIDGET (picker));
}
