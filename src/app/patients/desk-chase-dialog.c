#include "desk-chase-dialog.h"

#include <glib/gi18n.h>
#include <string.h>

#include "desk-chases.h"
#include "desk-gates.h"
#include "desk-language-names.h"
#include "desk-letter-asked.h"
#include "desk-patients.h"
#include "desk-toast.h"
#include "desk-window.h"
#include "desk-words.h"

typedef struct
{
  DeskPage *page; /* lent: the dialog is above it */
  DeskCase *case_;
  const DeskChaseTexts *texts; /* lent */
  GArray *items;
  DeskDay due;
  char *mail; /* address; may be empty */
  GtkTextBuffer *text;
  GtkDropDown *languages;
} Chase;

/* What is on its way to the store, and then to an undo. */
typedef struct
{
  DeskPage *page;
  gint64 patient_id;
  const char *came_by;
  char *language, *body;
  GArray *items, *papers;
  DeskDay due;
} Sent;

static void
chase_free (gpointer data, GClosure *closure)
{
  Chase *chase = data;

  desk_case_free (chase->case_);
  g_array_unref (chase->items);
  g_free (chase->mail);
  g_free (chase);
}

static void
sent_free (gpointer data)
{
  Sent *sent = data;

  g_object_unref (sent->page);
  g_free (sent->language);
  g_free (sent->body);
  g_clear_pointer (&sent->items, g_array_unref);
  g_array_unref (sent->papers);
  g_free (sent);
}

static gboolean
sent_work (DeskDb *db, gpointer data, GError **error)
{
  Sent *sent = data;

  return desk_chase_record (db, sent->patient_id, sent->came_by, sent->language, sent->items, sent->body, sent->due,
                            sent->papers, error);
}

static gboolean
back_work (DeskDb *db, gpointer data, GError **error)
{
  Sent *sent = data;

  return desk_chase_take_back (db, sent->patient_id, sent->papers, error);
}

static void
on_back (GObject *source, GAsyncResult *result, gpointer user_data)
{
  g_autoptr (DeskPage) page = user_data;
  g_autoptr (GError) error = NULL;

  if (!desk_session_run_finish (DESK_SESSION (source), result, &error))
    desk_toast_error (GTK_WIDGET (page), error);
}

static Sent *
sent_copy (const Sent *sent)
{
  Sent *copy = g_new0 (Sent, 1);

  *copy = (Sent){ .page = g_object_ref (sent->page), .patient_id = sent->patient_id,
                  .papers = g_array_ref (sent->papers) };
  return copy;
}

static void
on_undo (gpointer data)
{
  const Sent *sent = data;

  desk_session_run_async (desk_page_get_session (sent->page), back_work, sent_copy (sent), sent_free, NULL, on_back,
                          g_object_ref (sent->page));
}

static void
on_recorded (GObject *source, GAsyncResult *result, gpointer user_data)
{
  g_autoptr (DeskPage) page = user_data;
  g_autoptr (GError) error = NULL;
  const Sent *sent = desk_session_run_finish (DESK_SESSION (source), result, &error);

  if (!sent)
    {
      desk_toast_error (GTK_WIDGET (page), error);
      return;
    }
  g_autofree char *day = desk_words_day (sent->due);
  g_autofree char *text = g_strdup_printf (_("Written down as asked for, expected by %s"), day);
  desk_toast_undo (GTK_WIDGET (page), text, G_CALLBACK (on_undo), sent_copy (sent), sent_free);
}

static const char *
language_of (const Chase *chase)
{
  return desk_chase_languages (chase->texts)[gtk_drop_down_get_selected (chase->languages)];
}

static char *
text_of (const Chase *chase)
{
  GtkTextIter from, until;

  gtk_text_buffer_get_bounds (chase->text, &from, &until);
  return gtk_text_buffer_get_text (chase->text, &from, &until, FALSE);
}

static void
on_language (Chase *chase)
{
  const DeskClinic *clinic = desk_page_get_clinic (chase->page);
  const char *language = language_of (chase);
  g_autofree char *body = desk_chase_body (chase->texts, language, chase->case_, chase->items, chase->due,
                                           g_str_equal (language, "ja") ? clinic->name_ja : clinic->name);

  gtk_text_buffer_set_text (chase->text, body, -1);
}

static void
open_mail (Chase *chase, const char *body)
{
  const char *subject = desk_chase_text (chase->texts, language_of (chase), "subject");
  g_autofree char *to = g_uri_escape_string (chase->mail, "@", FALSE);
  g_autofree char *about = g_uri_escape_string (subject ? subject : "", NULL, FALSE);
  g_autofree char *text = g_uri_escape_string (body, NULL, FALSE);
  g_autofree char *uri = g_strdup_printf ("mailto:%s?subject=%s&body=%s", to, about, text);

  gtk_show_uri (GTK_WINDOW (gtk_widget_get_root (GTK_WIDGET (chase->page))), uri, GDK_CURRENT_TIME);
}

/* The letter is laid out among the others, to be printed or saved there. */
static void
open_letter (Chase *chase)
{
  g_autofree char *target = g_strdup_printf ("%" G_GINT64_FORMAT " %s", chase->case_->patient_id, language_of (chase));

  desk_window_run (desk_window_of (GTK_WIDGET (chase->page)), "papers", "papers.chase-for", target);
}

/* Which way the answers of the dialog go, as it is written down. */
static const struct
{
  const char *response, *came_by;
} ways[] = { { "copy", "copy" }, { "mail", "mail" }, { "letter", "letter" } };

static void
on_response (AdwMessageDialog *dialog, const char *response, gpointer user_data)
{
  Chase *chase = user_data;
  const char *came_by = NULL;
  Sent *sent;

  for (guint i = 0; i < G_N_ELEMENTS (ways); i++)
    if (g_str_equal (response, ways[i].response))
      came_by = ways[i].came_by;
  if (!came_by)
    return;
  sent = g_new0 (Sent, 1);
  *sent = (Sent){ .page = g_object_ref (chase->page), .patient_id = chase->case_->patient_id,
                  .came_by = came_by, .language = g_strdup (language_of (chase)), .body = text_of (chase),
                  .items = g_array_ref (chase->items), .papers = g_array_new (FALSE, FALSE, sizeof (gint64)), .due = chase->due };
  if (g_str_equal (came_by, "mail"))
    open_mail (chase, sent->body);
  else if (g_str_equal (came_by, "copy"))
    gdk_clipboard_set_text (gtk_widget_get_clipboard (GTK_WIDGET (chase->page)), sent->body);
  else
    open_letter (chase);
  desk_session_run_async (desk_page_get_session (chase->page), sent_work, sent, sent_free, NULL, on_recorded,
                          g_object_ref (chase->page));
}

static GtkWidget *
make_content (Chase *chase)
{
  const char *own = desk_chase_language_for (chase->texts, chase->case_->languages, chase->case_->nationality);
  GListModel *names = desk_language_names (desk_chase_languages (chase->texts));
  GtkWidget *box = gtk_box_new (GTK_ORIENTATION_VERTICAL, 8);
  GtkWidget *view = gtk_text_view_new ();
  GtkWidget *scrolled = gtk_scrolled_window_new ();

  chase->languages = GTK_DROP_DOWN (gtk_drop_down_new (names, NULL));
  gtk_drop_down_set_selected (chase->languages, desk_language_place (desk_chase_languages (chase->texts), own));
  gtk_accessible_update_property (GTK_ACCESSIBLE (chase->languages), GTK_ACCESSIBLE_PROPERTY_LABEL, _("Language of the letter"), -1);
  chase->text = gtk_text_view_get_buffer (GTK_TEXT_VIEW (view));
  gtk_text_view_set_wrap_mode (GTK_TEXT_VIEW (view), GTK_WRAP_WORD_CHAR);
  gtk_text_view_set_accepts_tab (GTK_TEXT_VIEW (view), FALSE);
  gtk_widget_add_css_class (view, "card");
  gtk_text_view_set_left_margin (GTK_TEXT_VIEW (view), 12);
  gtk_text_view_set_right_margin (GTK_TEXT_VIEW (view), 12);
  gtk_text_view_set_top_margin (GTK_TEXT_VIEW (view), 12);
  gtk_accessible_update_property (GTK_ACCESSIBLE (view), GTK_ACCESSIBLE_PROPERTY_LABEL, _("Text to the patient"), -1);
  gtk_scrolled_window_set_child (GTK_SCROLLED_WINDOW (scrolled), view);
  gtk_widget_set_size_request (scrolled, 560, 340);
  gtk_box_append (GTK_BOX (box), GTK_WIDGET (chase->languages));
  if (!own)
    {
      GtkWidget *note = gtk_label_new (_("There is no text in the patient’s language: this one is English."));
      gtk_label_set_xalign (GTK_LABEL (note), 0);
      gtk_widget_add_css_class (note, "warning");
      gtk_box_append (GTK_BOX (box), note);
    }
  gtk_box_append (GTK_BOX (box), scrolled);
  g_signal_connect_swapped (chase->languages, "notify::selected", G_CALLBACK (on_language), chase);
  return box;
}

/* The patient's case, what is missing of it, and where to write to; FALSE with error. */
static gboolean
gather (Chase *chase, gint64 patient_id, GError **error)
{
  DeskDb *db = desk_page_get_reader (chase->page);
  DeskDay today = desk_page_get_today (chase->page);
  g_autoptr (DeskPatient) patient = desk_patient_load (db, patient_id, error);

  if (!patient || !(chase->case_ = desk_gates_load (db, patient_id, today, error)))
    return FALSE;
  chase->texts = desk_letter_asked_texts ();
  chase->items = desk_chase_items (chase->case_, today);
  chase->due = desk_chase_due (chase->case_, today);
  chase->mail = g_strdup (patient->email);
  return TRUE;
}

/* Shows the text that asks for everything the draw's gate lacks; sending or copying it writes it down. */
void
desk_chase_dialog_present (DeskPage *page, gint64 patient_id)
{
  Chase *chase = g_new0 (Chase, 1);
  g_autoptr (GError) error = NULL;

  chase->page = page;
  if (!gather (chase, patient_id, &error) || chase->items->len == 0)
    {
      if (error)
        desk_toast_error (GTK_WIDGET (page), error);
      else
        desk_toast (GTK_WIDGET (page), _("There is nothing to ask the patient for."));
      g_clear_pointer (&chase->items, g_array_unref);
      g_clear_pointer (&chase->case_, desk_case_free);
      g_free (chase->mail);
      g_free (chase);
      return;
    }

  GtkWidget *dialog = adw_message_dialog_new (GTK_WINDOW (gtk_widget_get_root (GTK_WIDGET (page))), _("Ask for What Is Missing"),
                                              _("Copying, sending or printing writes down that it was asked for."));
  adw_message_dialog_set_extra_child (ADW_MESSAGE_DIALOG (dialog), make_content (chase));
  adw_message_dialog_add_responses (ADW_MESSAGE_DIALOG (dialog), "cancel", _("_Cancel"), "copy", _("C_opy"), "letter",
                                    _("_Letter…"), "mail", _("Open in _Mail"), NULL);
  adw_message_dialog_set_response_appearance (ADW_MESSAGE_DIALOG (dialog), "mail", ADW_RESPONSE_SUGGESTED);
  adw_message_dialog_set_response_enabled (ADW_MESSAGE_DIALOG (dialog), "mail", *chase->mail != '\0');
  g_signal_connect_data (dialog, "response", G_CALLBACK (on_response), chase, chase_free, 0);
  on_language (chase);
  gtk_window_present (GTK_WINDOW (dialog));
}
