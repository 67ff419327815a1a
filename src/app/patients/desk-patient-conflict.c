#include "desk-patient-conflict.h"

#include <glib/gi18n.h>

#include "desk-patient-form.h"

/* A line for every field in which the two differ. */
static char *
compare (const DeskPatient *saved, const DeskPatient *mine)
{
  g_autoptr (GString) text = g_string_new (NULL);
  guint n;
  const DeskPatientField *fields = desk_patient_fields (&n);

  for (guint i = 0; i < n; i++)
    {
      const char *a = desk_patient_get (saved, &fields[i]), *b = desk_patient_get (mine, &fields[i]);

      if (g_strcmp0 (a, b) != 0)
        g_string_append_printf (text, _("\n%s: saved “%s”, yours “%s”"), desk_patient_form_title (fields[i].name), a, b);
    }
  return g_string_free (g_steal_pointer (&text), FALSE);
}

/* A dialog with the responses "edit", "theirs" and "mine", not shown yet. */
GtkWidget *
desk_patient_conflict_dialog (GtkWindow *parent, const DeskPatient *saved, const DeskPatient *mine)
{
  g_autofree char *differences = compare (saved, mine);
  g_autofree char *body = g_strconcat (
      _("Somebody else saved this patient while you were editing. Nothing was overwritten."), "\n", differences, NULL);
  GtkWidget *widget = adw_message_dialog_new (parent, _("Changed at Another Desk"), body);
  AdwMessageDialog *dialog = ADW_MESSAGE_DIALOG (widget);

  adw_message_dialog_add_responses (dialog, "edit", _("_Keep Editing"), "theirs", _("_Show the Saved One"), "mine",
                                    _("Save _Mine"), NULL);
  adw_message_dialog_set_response_appearance (dialog, "mine", ADW_RESPONSE_DESTRUCTIVE);
  adw_message_dialog_set_default_response (dialog, "edit");
  adw_message_dialog_set_close_response (dialog, "edit");
  return widget;
}
