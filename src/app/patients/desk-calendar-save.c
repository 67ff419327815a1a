#include "desk-calendar-save.h"

#include <glib/gi18n.h>

#include "desk-calendar-file.h"
#include "desk-patients.h"
#include "desk-toast.h"

typedef struct
{
  DeskPage *page;
  gint64 patient_id;
} Save;

static void
save_free (Save *save)
{
  g_object_unref (save->page);
  g_free (save);
}

static void
on_chosen (GtkNativeDialog *chooser, int response, Save *save)
{
  g_autoptr (GFile) file = response == GTK_RESPONSE_ACCEPT ? gtk_file_chooser_get_file (GTK_FILE_CHOOSER (chooser)) : NULL;
  g_autofree char *path = file ? g_file_get_path (file) : NULL;
  g_autoptr (GError) error = NULL;

  if (path
      && desk_calendar_write (desk_page_get_reader (save->page), save->patient_id, g_get_real_time () / G_USEC_PER_SEC, path, TRUE, &error))
    desk_toast (GTK_WIDGET (save->page), _("Calendar file saved"));
  else if (g_error_matches (error, DESK_ERROR, DESK_ERROR_NOT_FOUND))
    desk_toast (GTK_WIDGET (save->page), _("No visit is booked for this patient."));
  else if (error)
    desk_toast_error (GTK_WIDGET (save->page), error);
  g_object_unref (chooser);
  save_free (save);
}

/* Asks for the file; the chooser asks before replacing one. */
void
desk_calendar_save (DeskPage *page, gint64 patient_id)
{
  g_autoptr (DeskPatient) patient = patient_id ? desk_patient_load (desk_page_get_reader (page), patient_id, NULL) : NULL;

  if (!patient)
    return;
  GtkFileChooserNative *chooser = gtk_file_chooser_native_new (_("Save Calendar File"), GTK_WINDOW (gtk_widget_get_root (GTK_WIDGET (page))),
                                                               GTK_FILE_CHOOSER_ACTION_SAVE, _("_Save"), _("_Cancel"));
  g_autofree char *name = g_strdup_printf ("%s.ics", patient->chart);
  Save *save = g_new (Save, 1);

  *save = (Save) { g_object_ref (page), patient_id };
  gtk_file_chooser_set_current_name (GTK_FILE_CHOOSER (chooser), name);
  gtk_native_dialog_set_modal (GTK_NATIVE_DIALOG (chooser), TRUE);
  g_signal_connect (chooser, "response", G_CALLBACK (on_chosen), save);
  gtk_native_dialog_show (GTK_NATIVE_DIALOG (chooser));
}
