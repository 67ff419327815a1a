/* Saving what was written as a version, and ending the clinic's own letter. */
#include "desk-template-editor-private.h"

#include <glib/gi18n.h>
#include <string.h>

#include "desk-letter-edit.h"
#include "desk-letter-templates.h"
#include "desk-letter-try.h"
#include "desk-letter-version.h"
#include "desk-template-history.h"
#include "desk-template-words.h"
#include "desk-toast.h"
#include "desk-words.h"

typedef struct
{
  char *name, *xml, *comment;
  gint64 seq;
  gint64 patients; /* whose consent in force was given to the letter as it was */
  gboolean end;
} Order;

static void
order_free (gpointer data)
{
  Order *order = data;

  g_free (order->name);
  g_free (order->xml);
  g_free (order->comment);
  g_free (order);
}

static gboolean
save_work (DeskDb *db, gpointer data, GError **error)
{
  Order *order = data;

  if (order->end)
    return desk_letter_text_end (db, order->name, &order->seq, order->comment, error);
  return desk_letter_template_save (db, order->name, order->xml, &order->seq, order->comment, error)
         && desk_letter_text_signed (db, order->name, &order->patients, error);
}

/* ── somebody was first ── */

static void
on_conflict_answer (AdwMessageDialog *dialog, const char *response, DeskTemplateEditor *self)
{
  g_autoptr (GError) error = NULL;
  DeskLetterVersion *newest = self->version ? desk_letter_text_newest (desk_page_get_reader (self->page), self->version->name, &error) : NULL;

  if (!newest || g_str_equal (response, "cancel"))
    {
      g_clear_pointer (&newest, desk_letter_version_free);
      return;
    }
  if (g_str_equal (response, "compare"))
    {
      desk_letter_version_free (newest);
      desk_template_history_show (self);
      return;
    }
  /* On top of theirs, which stays in the history. */
  desk_letter_version_free (self->version);
  self->version = newest;
  desk_template_save_ask (self, NULL);
}

static void
tell_conflict (DeskTemplateEditor *self)
{
  g_autoptr (DeskLetterVersion) newest = desk_letter_text_newest (desk_page_get_reader (self->page), self->version->name, NULL);
  const char *who = newest ? desk_words_pick (newest->by, newest->by_ja) : "";
  g_autofree char *body = g_strdup_printf (_("%s saved another version after you began. Your text is kept as a draft; please compare both before you save yours after it."),
                                           *who ? who : _("Somebody"));
  GtkWidget *dialog = adw_message_dialog_new (GTK_WINDOW (self), _("Somebody Was First"), body);

  adw_message_dialog_add_responses (ADW_MESSAGE_DIALOG (dialog), "cancel", _("_Cancel"), "save", _("_Save Mine After It"), "compare", _("C_ompare"), NULL);
  adw_message_dialog_set_response_appearance (ADW_MESSAGE_DIALOG (dialog), "compare", ADW_RESPONSE_SUGGESTED);
  adw_message_dialog_set_default_response (ADW_MESSAGE_DIALOG (dialog), "compare");
  g_signal_connect_object (dialog, "response", G_CALLBACK (on_conflict_answer), self, 0);
  gtk_window_present (GTK_WINDOW (dialog));
}

/* ── saving ── */

static void
tell_saved (DeskTemplateEditor *self, const Order *order)
{
  g_autofree char *text = NULL;

  if (order->end)
    text = g_strdup (desk_letter_template_builtin (order->name) ? _("Back to the built-in letter") : _("Letter put away"));
  else if (order->patients > 0)
    text = g_strdup_printf (g_dngettext (NULL, "Version saved. %u patient signed an older version.", "Version saved. %u patients signed an older version.",
                                         (guint) order->patients), (guint) order->patients);
  else
    text = g_strdup (_("Version saved"));
  desk_toast (GTK_WIDGET (self), text);
}

static void
on_saved (GObject *source, GAsyncResult *result, gpointer user_data)
{
  g_autoptr (DeskTemplateEditor) self = user_data;
  g_autoptr (GError) error = NULL;
  const Order *order = desk_session_run_finish (DESK_SESSION (source), result, &error);

  self->saving = FALSE;
  if (!self->version || !self->page)
    return;
  if (!order)
    {
      self->unkept = TRUE;
      desk_template_editor_keep (self);
      if (g_error_matches (error, DESK_ERROR, DESK_ERROR_CONFLICT))
        tell_conflict (self);
      else
        desk_toast_error (GTK_WIDGET (self), error);
      desk_template_editor_show_state (self);
      return;
    }
  tell_saved (self, order);
  g_autofree char *shown = g_strdup (self->version->name);
  if (!g_str_equal (shown, order->name))
    return;
  self->unkept = FALSE;
  if (order->end && !desk_letter_template_builtin (shown))
    self->draft = self->kept = FALSE;
  desk_template_editor_open (self, shown);
}

static void
run (DeskTemplateEditor *self, Order *order)
{
  g_clear_handle_id (&self->keep_later, g_source_remove);
  self->saving = TRUE;
  desk_template_editor_show_state (self);
  desk_session_run_async (desk_page_get_session (self->page), save_work, order, order_free, NULL, on_saved, g_object_ref (self));
}

/* Saves what is written under a number, which goes into the text too. */
void
desk_template_save_as (DeskTemplateEditor *self, const char *version, const char *comment)
{
  g_autofree char *xml = desk_template_editor_get_text (self);
  Order *order = g_new0 (Order, 1);

  order->name = g_strdup (self->version->name);
  order->xml = desk_letter_edit_set (xml, "version", version);
  order->comment = g_strdup (comment);
  order->seq = self->version->seq;
  run (self, order);
}

/* The highest number there was of the letter; the caller frees it. */
static char *
highest (DeskTemplateEditor *self)
{
  g_autoptr (GPtrArray) history = desk_letter_text_history (desk_page_get_reader (self->page), self->version->name, NULL);
  g_autofree char *builtin = desk_letter_template_builtin_version (self->version->name);
  const char *most = builtin ? builtin : "";

  for (guint i = 0; history && i < history->len; i++)
    {
      const char *version = ((DeskLetterVersion *) history->pdata[i])->version;

      if (desk_letter_version_compare (version, most) > 0)
        most = version;
    }
  return g_strdup (most);
}

/* The text's own number where it is a new one, else the next. */
static char *
offered_number (DeskTemplateEditor *self)
{
  g_autofree char *xml = desk_template_editor_get_text (self), *typed = desk_letter_edit_get (xml, "version"), *most = highest (self);

  if (typed && desk_letter_version_valid (typed) && desk_letter_version_compare (typed, most) > 0)
    return g_steal_pointer (&typed);
  return desk_letter_version_next (most);
}

static void
on_number (GtkEditable *number, AdwMessageDialog *dialog)
{
  const char *most = g_object_get_data (G_OBJECT (dialog), "most"), *typed = gtk_editable_get_text (number);
  gboolean good = desk_letter_version_valid (typed) && desk_letter_version_compare (typed, most) > 0;

  adw_message_dialog_set_response_enabled (dialog, "save", good);
  if (good)
    gtk_widget_remove_css_class (GTK_WIDGET (number), "error");
  else
    gtk_widget_add_css_class (GTK_WIDGET (number), "error");
}

static void
on_save_answer (AdwMessageDialog *dialog, const char *response, DeskTemplateEditor *self)
{
  GtkEditable *number = g_object_get_data (G_OBJECT (dialog), "number"), *comment = g_object_get_data (G_OBJECT (dialog), "comment");

  if (g_str_equal (response, "save") && self->version)
    desk_template_save_as (self, gtk_editable_get_text (number), gtk_editable_get_text (comment));
}

static GtkWidget *
make_entries (DeskTemplateEditor *self, GtkWidget *dialog, const char *comment)
{
  GtkWidget *list = gtk_list_box_new (), *number = adw_entry_row_new (), *why = adw_entry_row_new ();
  g_autofree char *offered = offered_number (self);

  adw_preferences_row_set_title (ADW_PREFERENCES_ROW (number), _("Number of the version"));
  adw_preferences_row_set_title (ADW_PREFERENCES_ROW (why), _("What was changed, and why"));
  gtk_editable_set_text (GTK_EDITABLE (number), offered);
  gtk_editable_set_text (GTK_EDITABLE (why), comment ? comment : "");
  gtk_list_box_append (GTK_LIST_BOX (list), number);
  gtk_list_box_append (GTK_LIST_BOX (list), why);
  gtk_list_box_set_selection_mode (GTK_LIST_BOX (list), GTK_SELECTION_NONE);
  gtk_widget_add_css_class (list, "boxed-list");
  g_object_set_data_full (G_OBJECT (dialog), "most", highest (self), g_free);
  g_object_set_data (G_OBJECT (dialog), "number", number);
  g_object_set_data (G_OBJECT (dialog), "comment", why);
  g_signal_connect_object (number, "changed", G_CALLBACK (on_number), dialog, 0);
  return list;
}

/* Asks for number and comment; NULL for no comment begun. A text that has problems, or has not been looked at yet, is
 * not saved: it stays a draft. */
void
desk_template_save_ask (DeskTemplateEditor *self, const char *comment)
{
  g_autofree char *xml = self->version ? desk_template_editor_get_text (self) : NULL;
  g_autoptr (DeskLetterProblems) problems = xml ? desk_letter_try_check (xml) : NULL;
  gint64 patients = 0;

  if (!xml || self->saving || desk_page_get_read_only (self->page))
    return;
  desk_template_editor_keep (self);
  if (desk_letter_problems_block (problems))
    {
      desk_template_text_go_to (self->text, MAX (desk_letter_problems_get (problems, 0)->line, 1));
      desk_toast (GTK_WIDGET (self), _("A letter with problems cannot be saved as a version. It is kept as a draft."));
      return;
    }
  if (!desk_letter_text_signed (desk_page_get_reader (self->page), self->version->name, &patients, NULL))
    patients = 0;
  g_autofree char *body = patients ? g_strdup_printf (g_dngettext (NULL, "%u patient signed this letter as it was until now.",
                                                                   "%u patients signed this letter as it was until now.", (guint) patients), (guint) patients)
                                   : g_strdup (_("Every version is kept. The newest is printed from now on."));
  GtkWidget *dialog = adw_message_dialog_new (GTK_WINDOW (self), _("Save as a Version"), body);
  adw_message_dialog_set_extra_child (ADW_MESSAGE_DIALOG (dialog), make_entries (self, dialog, comment));
  adw_message_dialog_add_responses (ADW_MESSAGE_DIALOG (dialog), "cancel", _("_Cancel"), "save", _("_Save"), NULL);
  adw_message_dialog_set_response_appearance (ADW_MESSAGE_DIALOG (dialog), "save", ADW_RESPONSE_SUGGESTED);
  adw_message_dialog_set_default_response (ADW_MESSAGE_DIALOG (dialog), "save");
  g_signal_connect_object (dialog, "response", G_CALLBACK (on_save_answer), self, 0);
  gtk_window_present (GTK_WINDOW (dialog));
  gtk_widget_grab_focus (g_object_get_data (G_OBJECT (dialog), "comment"));
}

/* ── ending ── */

static void
on_end_answer (AdwMessageDialog *dialog, const char *response, DeskTemplateEditor *self)
{
  Order *order;

  if (!g_str_equal (response, "end") || !self->version)
    return;
  desk_template_editor_keep (self);
  order = g_new0 (Order, 1);
  order->name = g_strdup (self->version->name);
  order->comment = g_strdup ("");
  order->seq = self->version->seq;
  order->end = TRUE;
  run (self, order);
}

/* Goes back to the built-in letter, or puts one of the clinic's away, once somebody said yes. */
void
desk_template_end_ask (DeskTemplateEditor *self)
{
  gboolean builtin = self->version && desk_letter_template_builtin (self->version->name);

  if (!self->version || !self->version->digest || self->saving)
    return;
  GtkWidget *dialog = adw_message_dialog_new (GTK_WINDOW (self), builtin ? _("Back to the Built-In Letter?") : _("Put This Letter Away?"),
                                              builtin ? _("From now on the letter is printed as the program brings it. Your versions stay in the history.")
                                                      : _("It is not offered any more. Its versions stay in the history, and it can be taken up again."));
  adw_message_dialog_add_responses (ADW_MESSAGE_DIALOG (dialog), "cancel", _("_Cancel"), "end", builtin ? _("_Built-In Letter") : _("_Put Away"), NULL);
  adw_message_dialog_set_default_response (ADW_MESSAGE_DIALOG (dialog), "cancel");
  g_signal_connect_object (dialog, "response", G_CALLBACK (on_end_answer), self, 0);
  gtk_window_present (GTK_WINDOW (dialog));
}
