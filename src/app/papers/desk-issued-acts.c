#include "desk-issued-acts.h"

#include <glib/gi18n.h>

#include "desk-issued-words.h"
#include "desk-letter-issue.h"
#include "desk-letter-paper.h"
#include "desk-toast.h"

/* Prints what was issued once more. */
void
desk_issued_act_print (GtkWidget *widget, DeskPage *page, gint64 issued_id)
{
  desk_letter_paper_print (widget, page, &issued_id, 1);
}

typedef struct
{
  GtkWidget *widget; /* held */
  DeskPage *page;    /* held */
  gint64 issued_id, new_id;
  DeskDay today;
  GtkEditable *why;  /* of the question */
  char *reason;
} Act;

static Act *
act_new (GtkWidget *widget, DeskPage *page, gint64 issued_id)
{
  Act *act = g_new0 (Act, 1);

  act->widget = g_object_ref (widget);
  act->page = g_object_ref (page);
  act->issued_id = issued_id;
  act->today = desk_page_get_today (page);
  return act;
}

static void
act_free (gpointer data)
{
  Act *act = data;

  g_object_unref (act->widget);
  g_object_unref (act->page);
  g_free (act->reason);
  g_free (act);
}

/* ── correcting ── */

static gboolean
correct_work (DeskDb *db, gpointer data, GError **error)
{
  Act *act = data;

  return desk_letter_issue_again (db, act->issued_id, act->today, &act->new_id, error);
}

static void
on_corrected (GObject *source, GAsyncResult *result, gpointer user_data)
{
  g_autoptr (GtkWidget) widget = user_data;
  g_autoptr (GError) error = NULL;
  const Act *act = desk_session_run_finish (DESK_SESSION (source), result, &error);

  if (act)
    desk_letter_paper_print (widget, act->page, &act->new_id, 1);
  else
    desk_toast_error (widget, error);
}

static void
on_correct_response (AdwMessageDialog *dialog, const char *response, Act *act)
{
  if (g_str_equal (response, "correct"))
    desk_session_run_async (desk_page_get_session (act->page), correct_work, act, act_free, NULL, on_corrected, g_object_ref (act->widget));
  else
    act_free (act);
}

/* What would change, a line each: old → new. */
static char *
difference_lines (const GPtrArray *differences)
{
  g_autoptr (GString) lines = g_string_new (NULL);

  for (guint i = 0; i < differences->len; i++)
    {
      const DeskLetterDifference *difference = differences->pdata[i];
      g_autofree char *field = desk_issued_words_field (difference->field);
      g_autofree char *place = difference->place ? g_strdup_printf (" %u", difference->place) : g_strdup ("");

      if (i == 12)
        {
          g_string_append (lines, "\n…");
          break;
        }
      g_string_append_printf (lines, "%s%s%s%s%s → %s", i ? "\n" : "", field, place, _(": "), difference->was ? difference->was : "–",
                              difference->now ? difference->now : "–");
    }
  return g_strdup (lines->str);
}

/* Shows what the record says now, and issues the paper under a new number where that is wanted; then it is printed. */
void
desk_issued_act_correct (GtkWidget *widget, DeskPage *page, gint64 issued_id)
{
  DeskDb *db = desk_page_get_reader (page);
  g_autoptr (GError) error = NULL;
  g_autoptr (DeskIssued) issued = desk_issued_load (db, issued_id, &error);
  g_autoptr (GPtrArray) differences = issued ? desk_letter_compare (db, issued_id, &error) : NULL;

  if (!differences)
    {
      desk_toast_error (widget, error);
      return;
    }
  g_autofree char *lines = difference_lines (differences);
  g_autofree char *title = g_strdup_printf (_("Correct %s?"), issued->number);
  g_autofree char *body = g_strdup_printf ("%s\n\n%s", differences->len ? lines : _("The record says what the paper says: nothing would change but the number."),
                                           _("The new paper gets a new number and names this one, which is out of force from then on."));
  GtkWidget *dialog = adw_message_dialog_new (GTK_WINDOW (gtk_widget_get_root (widget)), title, body);
  adw_message_dialog_add_responses (ADW_MESSAGE_DIALOG (dialog), "cancel", _("_Cancel"), "correct", _("_Issue with a New Number"), NULL);
  adw_message_dialog_set_response_appearance (ADW_MESSAGE_DIALOG (dialog), "correct", ADW_RESPONSE_SUGGESTED);
  adw_message_dialog_set_close_response (ADW_MESSAGE_DIALOG (dialog), "cancel");
  g_signal_connect (dialog, "response", G_CALLBACK (on_correct_response), act_new (widget, page, issued_id));
  gtk_window_present (GTK_WINDOW (dialog));
}

/* ── out of force ── */

static gboolean
void_work (DeskDb *db, gpointer data, GError **error)
{
  const Act *act = data;

  return desk_issued_void (db, act->issued_id, act->reason, error);
}

static void
on_voided (GObject *source, GAsyncResult *result, gpointer user_data)
{
  g_autoptr (GtkWidget) widget = user_data;
  g_autoptr (GError) error = NULL;

  if (desk_session_run_finish (DESK_SESSION (source), result, &error))
    desk_toast (widget, _("The paper is void. Ask for the copies that are out."));
  else
    desk_toast_error (widget, error);
}

static void
on_void_response (AdwMessageDialog *dialog, const char *response, Act *act)
{
  act->reason = g_strstrip (g_strdup (gtk_editable_get_text (act->why)));
  if (g_str_equal (response, "void") && *act->reason)
    desk_session_run_async (desk_page_get_session (act->page), void_work, act, act_free, NULL, on_voided, g_object_ref (act->widget));
  else
    act_free (act);
}

static void
on_why (GtkEditable *why, AdwMessageDialog *dialog)
{
  g_autofree char *text = g_strstrip (g_strdup (gtk_editable_get_text (why)));

  adw_message_dialog_set_response_enabled (dialog, "void", *text != '\0');
}

/* Asks for the reason; there is no way back. */
void
desk_issued_act_void (GtkWidget *widget, DeskPage *page, gint64 issued_id)
{
  g_autoptr (GError) error = NULL;
  g_autoptr (DeskIssued) issued = desk_issued_load (desk_page_get_reader (page), issued_id, &error);

  if (!issued)
    {
      desk_toast_error (widget, error);
      return;
    }
  Act *act = act_new (widget, page, issued_id);
  g_autofree char *title = g_strdup_printf (_("Put %s out of Force?"), issued->number);
  GtkWidget *entry = gtk_entry_new ();
  GtkWidget *dialog = adw_message_dialog_new (GTK_WINDOW (gtk_widget_get_root (widget)), title,
                                              _("This cannot be taken back. Copies that are printed from now on say that the paper is void."));
  adw_message_dialog_add_responses (ADW_MESSAGE_DIALOG (dialog), "cancel", _("_Cancel"), "void", _("_Put out of Force"), NULL);
  adw_message_dialog_set_response_appearance (ADW_MESSAGE_DIALOG (dialog), "void", ADW_RESPONSE_DESTRUCTIVE);
  adw_message_dialog_set_response_enabled (ADW_MESSAGE_DIALOG (dialog), "void", FALSE);
  adw_message_dialog_set_close_response (ADW_MESSAGE_DIALOG (dialog), "cancel");
  gtk_entry_set_placeholder_text (GTK_ENTRY (entry), _("Why"));
  gtk_accessible_update_property (GTK_ACCESSIBLE (entry), GTK_ACCESSIBLE_PROPERTY_LABEL, _("Why"), -1);
  adw_message_dialog_set_extra_child (ADW_MESSAGE_DIALOG (dialog), entry);
  act->why = GTK_EDITABLE (entry);
  g_signal_connect (entry, "changed", G_CALLBACK (on_why), dialog);
  g_signal_connect (dialog, "response", G_CALLBACK (on_void_response), act);
  gtk_window_present (GTK_WINDOW (dialog));
}
