#include "desk-merge-with.h"

#include <glib/gi18n.h>

#include "desk-cells-dialog.h"
#include "desk-merge-dialog.h"
#include "desk-patient-picker.h"
#include "desk-patients.h"
#include "desk-toast.h"

static void
on_submit (DeskCellsDialog *dialog, DeskPatientPicker *picker)
{
  DeskPage *page = desk_cells_dialog_get_page (dialog);
  gint64 *first = g_object_get_data (G_OBJECT (dialog), "patient");
  gint64 one = *first, other = desk_patient_picker_get_id (picker);

  if (!other || other == one)
    {
      desk_cells_dialog_refuse (dialog, NULL, other ? _("This is the same record. Please choose another one.") : _("Please choose the other record."));
      return;
    }
  gtk_window_destroy (GTK_WINDOW (dialog));
  desk_merge_dialog_open (page, one, other);
}

/* Opens the choice over the window of the page. */
void
desk_merge_with_open (DeskPage *page, gint64 patient_id)
{
  g_autoptr (GError) error = NULL;
  g_autoptr (DeskPatient) patient = desk_patient_load (desk_page_get_reader (page), patient_id, &error);

  if (!patient)
    {
      desk_toast_error (GTK_WIDGET (page), error);
      return;
    }
  DeskCellsDialog *dialog = desk_cells_dialog_new (page, _("Merge With…"), _("Compare…"));
  GtkWidget *picker = g_object_new (DESK_TYPE_PATIENT_PICKER, NULL);
  g_autofree char *name = desk_patient_name (patient);
  gint64 *id = g_new (gint64, 1);

  *id = patient_id;
  g_object_set_data_full (G_OBJECT (dialog), "patient", id, g_free);
  desk_patient_picker_set_db (DESK_PATIENT_PICKER (picker), desk_page_get_reader (page));
  desk_cells_dialog_set_identity (dialog, patient->chart, name);
  desk_cells_dialog_set_note (dialog, _("Which other record is the same person? Nothing is merged before both have been compared."));
  desk_cells_dialog_add_widget (dialog, picker);
  g_signal_connect (dialog, "submit", G_CALLBACK (on_submit), picker);
  desk_cells_dialog_open (dialog);
}
