#include "desk-letter-differences.h"

#include <glib/gi18n.h>
#include <string.h>

#include "desk-letter-issue.h"
#include "desk-patients.h"
#include "desk-template-words.h"
#include "desk-toast.h"
#include "desk-words.h"

typedef struct
{
  DeskPage *page;     /* lent: the window is transient for its */
  GtkWidget *window, *groups;
  gint64 patient_id;
  gulong changed;
} Differences;

typedef struct
{
  gint64 issued_id, new_id;
  DeskDay today;
  gboolean again; /* else left as it is */
} Answer;

static gboolean
answer_work (DeskDb *db, gpointer data, GError **error)
{
  Answer *answer = data;

  return answer->again ? desk_letter_issue_again (db, answer->issued_id, answer->today, &answer->new_id, error)
                       : desk_issued_keep (db, answer->issued_id, error);
}

static void
on_answered (GObject *source, GAsyncResult *result, gpointer user_data)
{
  g_autoptr (GtkWidget) page = user_data;
  g_autoptr (GError) error = NULL;
  const Answer *answer = desk_session_run_finish (DESK_SESSION (source), result, &error);
  g_autoptr (DeskIssued) issued
      = answer && answer->again ? desk_issued_load (desk_session_reader (DESK_SESSION (source)), answer->new_id, &error) : NULL;
  g_autofree char *text = issued ? g_strdup_printf (_("Issued again as %s; print it from the letters of the patient"), issued->number) : NULL;

  if (error)
    desk_toast_error (page, error);
  else
    desk_toast (page, text ? text : _("The letter stays as it is"));
}

static void
on_button (GtkButton *button, Differences *self)
{
  Answer *answer = g_new0 (Answer, 1);

  answer->issued_id = *(gint64 *) g_object_get_data (G_OBJECT (button), "issued");
  answer->again = g_object_get_data (G_OBJECT (button), "again") != NULL;
  answer->today = desk_page_get_today (self->page);
  gtk_widget_set_sensitive (GTK_WIDGET (button), FALSE);
  desk_session_run_async (desk_page_get_session (self->page), answer_work, answer, g_free, NULL, on_answered, g_object_ref (self->page));
}

static GtkWidget *
make_button (Differences *self, const DeskIssued *issued, const char *label, const char *about, gboolean again)
{
  GtkWidget *button = gtk_button_new_with_mnemonic (label);
  g_autofree char *words = g_strdup_printf ("%s: %s", about, issued->number);

  g_object_set_data_full (G_OBJECT (button), "issued", g_memdup2 (&issued->id, sizeof issued->id), g_free);
  if (again)
    {
      g_object_set_data (G_OBJECT (button), "again", (gpointer) "again");
      gtk_widget_add_css_class (button, "suggested-action");
    }
  gtk_widget_set_valign (button, GTK_ALIGN_CENTER);
  gtk_widget_set_sensitive (button, !desk_page_get_read_only (self->page));
  gtk_accessible_update_property (GTK_ACCESSIBLE (button), GTK_ACCESSIBLE_PROPERTY_LABEL, words, -1);
  g_signal_connect (button, "clicked", G_CALLBACK (on_button), self);
  return button;
}

/* What a field is called; the n-th of a list says so. */
static char *
field_words (const DeskLetterDifference *difference)
{
  const DeskFieldInfo *info = desk_letter_field_info (difference->field);
  const char *words = info ? desk_template_field_words (info) : difference->field;

  return difference->place ? g_strdup_printf ("%s · %u", words, difference->place) : g_strdup (words);
}

static GtkWidget *
make_row (const DeskLetterDifference *difference)
{
  GtkWidget *row = adw_action_row_new ();
  g_autofree char *title = field_words (difference);
  /* Translators: what stands in the letter, what it should be */
  g_autofree char *subtitle = g_strdup_printf (_("%s → now %s"), difference->was ? difference->was : "–", difference->now ? difference->now : "–");

  adw_preferences_row_set_use_markup (ADW_PREFERENCES_ROW (row), FALSE);
  adw_preferences_row_set_title (ADW_PREFERENCES_ROW (row), title);
  adw_action_row_set_subtitle (ADW_ACTION_ROW (row), subtitle);
  adw_action_row_set_subtitle_lines (ADW_ACTION_ROW (row), 3);
  return row;
}

static GtkWidget *
make_group (Differences *self, const DeskIssued *issued, const GPtrArray *differences)
{
  GtkWidget *group = adw_preferences_group_new (), *buttons = gtk_box_new (GTK_ORIENTATION_HORIZONTAL, 6);
  g_autofree char *day = desk_words_day (issued->issued_on);
  g_autofree char *title = g_strdup_printf ("%s · %s", desk_words ("letter", issued->name), issued->number);
  g_autofree char *safe = g_markup_escape_text (title, -1);
  g_autofree char *about = g_strdup_printf (_("Issued on %s"), day);
  g_autofree char *safe_about = g_markup_escape_text (about, -1);

  adw_preferences_group_set_title (ADW_PREFERENCES_GROUP (group), safe);
  adw_preferences_group_set_description (ADW_PREFERENCES_GROUP (group), safe_about);
  gtk_box_append (GTK_BOX (buttons), make_button (self, issued, _("_Leave"), _("Leave as it is"), FALSE));
  gtk_box_append (GTK_BOX (buttons), make_button (self, issued, _("Issue _Again"), _("Issue again"), TRUE));
  adw_preferences_group_set_header_suffix (ADW_PREFERENCES_GROUP (group), buttons);
  for (guint i = 0; i < differences->len; i++)
    adw_preferences_group_add (ADW_PREFERENCES_GROUP (group), make_row (differences->pdata[i]));
  return group;
}

static void
fill (Differences *self)
{
  DeskDb *db = desk_page_get_reader (self->page);
  g_autoptr (GError) error = NULL;
  g_autoptr (GArray) ids = desk_issued_stale_of (db, self->patient_id, &error);
  GtkWidget *child;

  while ((child = gtk_widget_get_first_child (self->groups)))
    gtk_box_remove (GTK_BOX (self->groups), child);
  for (guint i = 0; ids && !error && i < ids->len; i++)
    {
      g_autoptr (DeskIssued) issued = desk_issued_load (db, g_array_index (ids, gint64, i), &error);
      g_autoptr (GPtrArray) differences = issued ? desk_letter_compare (db, issued->id, &error) : NULL;

      if (differences)
        gtk_box_append (GTK_BOX (self->groups), make_group (self, issued, differences));
    }
  if (error)
    desk_toast_error (GTK_WIDGET (self->page), error);
  if (!gtk_widget_get_first_child (self->groups))
    gtk_window_close (GTK_WINDOW (self->window));
}

static void
on_changed (DeskSession *session, guint kind, gint64 id, Differences *self)
{
  fill (self);
}

static void
differences_free (gpointer data)
{
  Differences *self = data;

  g_signal_handler_disconnect (desk_page_get_session (self->page), self->changed);
  g_object_unref (self->page);
  g_free (self);
}

static GtkWidget *
make_window (Differences *self, const char *name)
{
  GtkWidget *window = adw_window_new (), *box = gtk_box_new (GTK_ORIENTATION_VERTICAL, 0), *scroll = gtk_scrolled_window_new (),
            *clamp = adw_clamp_new ();
  GtkEventController *keys = gtk_shortcut_controller_new ();
  g_autofree char *title = g_strdup_printf (_("Letters of %s That No Longer Match"), name);

  self->groups = gtk_box_new (GTK_ORIENTATION_VERTICAL, 24);
  gtk_widget_set_margin_top (self->groups, 18);
  gtk_widget_set_margin_bottom (self->groups, 18);
  gtk_widget_set_margin_start (self->groups, 12);
  gtk_widget_set_margin_end (self->groups, 12);
  adw_clamp_set_child (ADW_CLAMP (clamp), self->groups);
  gtk_scrolled_window_set_child (GTK_SCROLLED_WINDOW (scroll), clamp);
  gtk_widget_set_vexpand (scroll, TRUE);
  gtk_box_append (GTK_BOX (box), adw_header_bar_new ());
  gtk_box_append (GTK_BOX (box), scroll);
  adw_window_set_content (ADW_WINDOW (window), box);
  gtk_window_set_title (GTK_WINDOW (window), title);
  gtk_window_set_default_size (GTK_WINDOW (window), 660, 520);
  gtk_window_set_modal (GTK_WINDOW (window), TRUE);
  gtk_window_set_transient_for (GTK_WINDOW (window), GTK_WINDOW (gtk_widget_get_root (GTK_WIDGET (self->page))));
  gtk_shortcut_controller_add_shortcut (GTK_SHORTCUT_CONTROLLER (keys),
                                        gtk_shortcut_new (gtk_shortcut_trigger_parse_string ("Escape"), gtk_named_action_new ("window.close")));
  gtk_widget_add_controller (window, keys);
  return window;
}

/* Opens the list over the window of the page; it closes itself when nothing is left. */
void
desk_letter_differences_show (DeskPage *page, gint64 patient_id)
{
  g_autoptr (GError) error = NULL;
  g_autoptr (DeskPatient) patient = desk_patient_load (desk_page_get_reader (page), patient_id, &error);
  g_autofree char *name = patient ? desk_patient_name (patient) : NULL;
  Differences *self;

  if (!patient)
    {
      desk_toast_error (GTK_WIDGET (page), error);
      return;
    }
  self = g_new0 (Differences, 1);
  self->page = g_object_ref (page);
  self->patient_id = patient_id;
  self->window = make_window (self, name);
  self->changed = g_signal_connect (desk_page_get_session (page), "changed", G_CALLBACK (on_changed), self);
  g_object_set_data_full (G_OBJECT (self->window), "differences", self, differences_free);
  gtk_window_present (GTK_WINDOW (self->window));
  fill (self);
}
