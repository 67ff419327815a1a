#include "desk-biohazard-dialog.h"

#include <glib/gi18n.h>

#include "desk-clinics.h"
#include "desk-labs.h"
#include "desk-toast.h"
#include "desk-words.h"

typedef struct
{
  DeskPage *page;
  GtkDropDown *mark;
  GtkEntry *reason;
  GArray *marks; /* of gint64 */
  gint64 physician;
} Ask;

typedef struct
{
  gint64 mark, physician;
  char *reason;
} Clearing;

static void
ask_free (gpointer data, GClosure *closure)
{
  Ask *ask = data;

  g_object_unref (ask->page);
  g_array_unref (ask->marks);
  g_free (ask);
}

static void
clearing_free (gpointer data)
{
  g_free (((Clearing *) data)->reason);
  g_free (data);
}

static gboolean
work_clear (DeskDb *db, gpointer data, GError **error)
{
  const Clearing *clearing = data;

  return desk_biohazard_clear (db, clearing->mark, clearing->physician, clearing->reason, error);
}

static void
on_cleared (GObject *source, GAsyncResult *result, gpointer user_data)
{
  g_autoptr (GtkWidget) page = user_data;
  g_autoptr (GError) error = NULL;

  if (desk_session_run_finish (DESK_SESSION (source), result, &error))
    desk_toast (page, _("The biohazard mark was cleared. New labels are printed without it."));
  else
    desk_toast_error (page, error);
}

static void
on_response (AdwMessageDialog *dialog, const char *response, gpointer user_data)
{
  Ask *ask = user_data;
  guint mark = gtk_drop_down_get_selected (ask->mark);

  if (!g_str_equal (response, "clear") || mark >= ask->marks->len)
    return;
  Clearing *clearing = g_new0 (Clearing, 1);
  clearing->mark = g_array_index (ask->marks, gint64, mark);
  clearing->physician = ask->physician;
  clearing->reason = g_strdup (gtk_editable_get_text (GTK_EDITABLE (ask->reason)));
  desk_session_run_async (desk_page_get_session (ask->page), work_clear, clearing, clearing_free, NULL, on_cleared, g_object_ref (ask->page));
}

static void
on_reason_changed (GtkEditable *reason, AdwMessageDialog *dialog)
{
  g_autofree char *text = g_strstrip (g_strdup (gtk_editable_get_text (reason)));

  adw_message_dialog_set_response_enabled (dialog, "clear", *text != '\0');
}

static GtkDropDown *
add_choice (GtkGrid *grid, int row, const char *title, GtkStringList *choices)
{
  GtkWidget *label = gtk_label_new (title), *choice = gtk_drop_down_new (G_LIST_MODEL (choices), NULL);

  gtk_label_set_xalign (GTK_LABEL (label), 0);
  gtk_widget_set_hexpand (choice, TRUE);
  gtk_accessible_update_property (GTK_ACCESSIBLE (choice), GTK_ACCESSIBLE_PROPERTY_LABEL, title, -1);
  gtk_grid_attach (grid, label, 0, row, 1, 1);
  gtk_grid_attach (grid, choice, 1, row, 1, 1);
  return GTK_DROP_DOWN (choice);
}

static void
add_words (GtkGrid *grid, int row, const char *title, const char *words)
{
  GtkWidget *label = gtk_label_new (title), *text = gtk_label_new (words);

  gtk_label_set_xalign (GTK_LABEL (label), 0);
  gtk_label_set_xalign (GTK_LABEL (text), 0);
  gtk_grid_attach (grid, label, 0, row, 1, 1);
  gtk_grid_attach (grid, text, 1, row, 1, 1);
}

static GtkStringList *
list_marks (Ask *ask, const GPtrArray *marks)
{
  GtkStringList *names = gtk_string_list_new (NULL);

  for (guint i = 0; i < marks->len; i++)
    {
      const DeskBiohazard *mark = marks->pdata[i];

      if (mark->cleared_at)
        continue;
      g_autofree char *name = desk_words_agents (mark->agent);
      gtk_string_list_append (names, name);
      g_array_append_val (ask->marks, mark->id);
    }
  return names;
}

/* Whoever is at the desk, when that is a physician who works here: the mark is cleared in one's own name. NULL, with
 * the reason told, for anybody else. */
static const DeskStaff *
physician_at_desk (DeskPage *page, const GPtrArray *staff)
{
  gint64 actor = desk_session_get_actor (desk_page_get_session (page));
  const DeskStaff *person = NULL;

  for (guint i = 0; i < staff->len; i++)
    if (((DeskStaff *) staff->pdata[i])->id == actor)
      person = staff->pdata[i];
  if (person && person->active && g_str_equal (person->role, "physician"))
    return person;
  g_autofree char *text = person ? g_strdup_printf (_("Only a physician may clear the mark, and %s is none. A physician must be chosen as the person at the desk (top right)."),
                                                    desk_words_pick (person->name, person->name_ja))
                                 : g_strdup (_("Only a physician may clear the mark. Choose who is at the desk first (top right)."));
  desk_toast (GTK_WIDGET (page), text);
  return NULL;
}

/* Asks the physician at the desk which mark, and why. */
void
desk_biohazard_ask (DeskPage *page, gint64 patient_id)
{
  g_autoptr (GError) error = NULL;
  g_autoptr (GPtrArray) marks = desk_biohazard_list (desk_page_get_reader (page), patient_id, &error);
  g_autoptr (GPtrArray) staff = marks ? desk_staff_list (desk_page_get_reader (page), FALSE, &error) : NULL;
  const DeskStaff *physician = staff ? physician_at_desk (page, staff) : NULL;
  Ask *ask;

  if (!staff)
    desk_toast_error (GTK_WIDGET (page), error);
  if (!physician)
    return;
  GtkWidget *dialog = adw_message_dialog_new (
      GTK_WINDOW (gtk_widget_get_root (GTK_WIDGET (page))), _("Clear the Biohazard Mark?"),
      _("Doses of this patient are then stored and labelled like any other. A later negative result alone is no reason."));
  GtkWidget *grid = gtk_grid_new (), *label = gtk_label_new (_("Reason")), *reason = gtk_entry_new ();
  ask = g_new0 (Ask, 1);
  ask->page = g_object_ref (page);
  ask->marks = g_array_new (FALSE, FALSE, sizeof (gint64));
  ask->physician = physician->id;
  gtk_grid_set_row_spacing (GTK_GRID (grid), 8);
  gtk_grid_set_column_spacing (GTK_GRID (grid), 12);
  ask->mark = add_choice (GTK_GRID (grid), 0, _("Mark"), list_marks (ask, marks));
  add_words (GTK_GRID (grid), 1, _("Physician"), desk_words_pick (physician->name, physician->name_ja));
  ask->reason = GTK_ENTRY (reason);
  gtk_label_set_xalign (GTK_LABEL (label), 0);
  gtk_accessible_update_property (GTK_ACCESSIBLE (reason), GTK_ACCESSIBLE_PROPERTY_LABEL, _("Reason"), -1);
  gtk_grid_attach (GTK_GRID (grid), label, 0, 2, 1, 1);
  gtk_grid_attach (GTK_GRID (grid), reason, 1, 2, 1, 1);
  adw_message_dialog_set_extra_child (ADW_MESSAGE_DIALOG (dialog), grid);
  adw_message_dialog_add_responses (ADW_MESSAGE_DIALOG (dialog), "cancel", _("_Cancel"), "clear", _("Clear _Mark"), NULL);
  adw_message_dialog_set_response_appearance (ADW_MESSAGE_DIALOG (dialog), "clear", ADW_RESPONSE_DESTRUCTIVE);
  adw_message_dialog_set_response_enabled (ADW_MESSAGE_DIALOG (dialog), "clear", FALSE);
  g_object_set_data (G_OBJECT (dialog), "reason", reason);
  g_signal_connect (reason, "changed", G_CALLBACK (on_reason_changed), dialog);
  g_signal_connect_data (dialog, "response", G_CALLBACK (on_response), ask, ask_free, 0);
  gtk_window_present (GTK_WINDOW (dialog));
}
