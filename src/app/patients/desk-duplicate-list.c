#include "desk-duplicate-list.h"

#include <glib/gi18n.h>
#include <string.h>

#include "desk-toast.h"
#include "desk-window.h"
#include "desk-words.h"

/* Typing goes on for that long before the file is looked through. */
#define PAUSE_MS 120
/* The likeliest; of a year alone hundreds may be on file, and rows cost more than finding them. */
#define MOST_SHOWN 20

struct _DeskDuplicateList
{
  AdwBin parent_instance;

  DeskPage *page;        /* not owned */
  DeskPatientForm *form; /* not owned */
  GtkWidget *box;
  GtkWidget *title;
  GtkWidget *list;
  guint pause;
};

G_DEFINE_FINAL_TYPE (DeskDuplicateList, desk_duplicate_list, ADW_TYPE_BIN)

/* "Birth date, name": why the two may be one. The caller frees it. */
char *
desk_duplicate_reason_words (DeskDuplicate match)
{
  g_autoptr (GString) words = g_string_new (NULL);

  for (guint bit = 0; bit < 8; bit++)
    {
      const char *code = desk_duplicate_reason_code (match.reasons & (1u << bit));

      if (code)
        g_string_append_printf (words, "%s%s", words->len ? _(", ") : "", desk_words ("duplicate-reason", code));
    }
  return g_string_free (g_steal_pointer (&words), FALSE);
}

static char *
passport_tail (const DeskPatient *patient)
{
  gsize length = patient->passport ? strlen (patient->passport) : 0;

  return length > 4 ? g_strdup_printf (_("Passport …%s"), patient->passport + length - 4) : NULL;
}

/* A person with what tells two of them apart: names, chart, birth, passport, and why this row is here. */
GtkWidget *
desk_duplicate_row_new (const DeskPatient *patient, const char *reasons, DeskDuplicateLevel level)
{
  GtkWidget *row = adw_action_row_new ();
  GtkWidget *word = gtk_label_new (level == DESK_DUPLICATE_NONE ? "" : desk_words ("duplicate", desk_duplicate_level_code (level)));
  g_autofree char *name = desk_patient_name (patient), *native = desk_patient_native_name (patient);
  g_autofree char *title = *native ? g_strdup_printf ("%s   %s", name, native) : g_strdup (name);
  g_autofree char *birth = desk_words_iso_day (patient->birth), *passport = passport_tail (patient);
  const char *facts[] = { patient->chart, birth, passport ? passport : "", reasons ? reasons : "" };
  g_autofree char *subtitle = desk_words_facts (facts, G_N_ELEMENTS (facts));

  adw_preferences_row_set_use_markup (ADW_PREFERENCES_ROW (row), FALSE);
  adw_preferences_row_set_title (ADW_PREFERENCES_ROW (row), title);
  adw_action_row_set_subtitle (ADW_ACTION_ROW (row), subtitle);
  if (level >= DESK_DUPLICATE_LIKELY)
    {
      adw_action_row_set_icon_name (ADW_ACTION_ROW (row), "dialog-warning-symbolic");
      gtk_widget_add_css_class (word, "heading");
    }
  else
    gtk_widget_add_css_class (word, "dim-label");
  adw_action_row_add_suffix (ADW_ACTION_ROW (row), word);
  return row;
}

static void
on_row_activated (GtkListBox *list, GtkListBoxRow *row, DeskDuplicateList *self)
{
  gint64 *id = g_object_get_data (G_OBJECT (row), "patient");

  desk_window_show (desk_window_of (GTK_WIDGET (self)), DESK_KIND_PATIENT, *id);
}

static void
show_hits (DeskDuplicateList *self, const GPtrArray *hits, gboolean registered)
{
  GtkWidget *child;
  guint shown = 0;

  while ((child = gtk_widget_get_first_child (self->list)))
    gtk_list_box_remove (GTK_LIST_BOX (self->list), child);
  for (guint i = 0; i < hits->len; i++)
    {
      const DeskDuplicateHit *hit = hits->pdata[i];

      /* Who is on file already shares the birthday of many. */
      if (registered && hit->match.level == DESK_DUPLICATE_NONE)
        continue;
      if (++shown > MOST_SHOWN)
        continue;
      g_autofree char *reasons = desk_duplicate_reason_words (hit->match);
      GtkWidget *row = desk_duplicate_row_new (hit->patient, reasons, hit->match.level);
      gint64 *id = g_new (gint64, 1);

      *id = hit->patient->id;
      g_object_set_data_full (G_OBJECT (row), "patient", id, g_free);
      gtk_list_box_row_set_activatable (GTK_LIST_BOX_ROW (row), TRUE);
      gtk_widget_set_tooltip_text (row, _("Open this patient instead"));
      gtk_list_box_append (GTK_LIST_BOX (self->list), row);
    }
  g_autofree char *title
      = g_strdup_printf (g_dngettext (NULL, "%u on file who may be this person", "%u on file who may be this person", shown), shown);
  gtk_label_set_label (GTK_LABEL (self->title), title);
  gtk_widget_set_visible (self->box, shown > 0);
}

/* Weighs what stands in the form now. */
void
desk_duplicate_list_refresh (DeskDuplicateList *self)
{
  g_autoptr (GError) error = NULL;

  g_clear_handle_id (&self->pause, g_source_remove);
  if (!self->page || !gtk_widget_get_mapped (GTK_WIDGET (self->form)))
    return;
  g_autoptr (DeskPatient) patient = desk_patient_form_collect (self->form);
  if (!desk_partial_date_valid (patient->birth))
    g_clear_pointer (&patient->birth, g_free);
  g_autoptr (GPtrArray) hits = desk_duplicate_find (desk_page_get_reader (self->page), patient, &error);
  if (hits)
    show_hits (self, hits, patient->id != 0);
  else
    desk_toast_error (GTK_WIDGET (self), error);
}

static gboolean
on_pause (gpointer user_data)
{
  DeskDuplicateList *self = user_data;

  self->pause = 0;
  desk_duplicate_list_refresh (self);
  return G_SOURCE_REMOVE;
}

static void
on_edited (DeskDuplicateList *self)
{
  g_clear_handle_id (&self->pause, g_source_remove);
  self->pause = g_timeout_add (PAUSE_MS, on_pause, self);
}

/* Once: from now on what is typed into that form is weighed. */
void
desk_duplicate_list_watch (DeskDuplicateList *self, DeskPage *page, DeskPatientForm *form)
{
  static const char *const fields[] = { "birth", "family", "given", "family_native", "given_native", "kana", "former",
                                        "passport", "phone", "email" };

  self->page = page;
  self->form = form;
  for (guint i = 0; i < G_N_ELEMENTS (fields); i++)
    g_signal_connect_object (desk_patient_form_input (form, fields[i]), "changed", G_CALLBACK (on_edited), self, G_CONNECT_SWAPPED);
  g_signal_connect_object (form, "map", G_CALLBACK (on_edited), self, G_CONNECT_SWAPPED);
}

/* The question before somebody likely on file is registered again; its responses are "back", "open" (the first one)
 * and "save". Present it. */
GtkWidget *
desk_duplicate_ask (GtkWindow *parent, const GPtrArray *hits)
{
  const DeskDuplicateHit *first = hits->pdata[0];
  gboolean certain = first->match.level == DESK_DUPLICATE_CERTAIN;
  GtkWidget *dialog = adw_message_dialog_new (
      parent, certain ? _("This Passport Is on File Already") : _("Is This Somebody on File?"),
      certain ? _("The same passport number stands in another record, so this is certainly the same person, or the number is wrong.")
              : _("What was typed is much like another record. Saved all the same, the two are remembered as two people."));
  GtkWidget *list = gtk_list_box_new ();

  gtk_list_box_set_selection_mode (GTK_LIST_BOX (list), GTK_SELECTION_NONE);
  gtk_widget_add_css_class (list, "boxed-list");
  for (guint i = 0; i < hits->len && i < 4; i++)
    {
      const DeskDuplicateHit *hit = hits->pdata[i];
      g_autofree char *reasons = desk_duplicate_reason_words (hit->match);

      gtk_list_box_append (GTK_LIST_BOX (list), desk_duplicate_row_new (hit->patient, reasons, hit->match.level));
    }
  gtk_widget_set_size_request (list, 460, -1);
  adw_message_dialog_set_extra_child (ADW_MESSAGE_DIALOG (dialog), list);
  adw_message_dialog_add_responses (ADW_MESSAGE_DIALOG (dialog), "back", _("_Go Back"), "save", _("Save as _Somebody Else"),
                                    "open", _("_Open the Other"), NULL);
  adw_message_dialog_set_response_appearance (ADW_MESSAGE_DIALOG (dialog), "save", ADW_RESPONSE_DESTRUCTIVE);
  adw_message_dialog_set_response_appearance (ADW_MESSAGE_DIALOG (dialog), "open", ADW_RESPONSE_SUGGESTED);
  adw_message_dialog_set_default_response (ADW_MESSAGE_DIALOG (dialog), "back");
  adw_message_dialog_set_close_response (ADW_MESSAGE_DIALOG (dialog), "back");
  return dialog;
}

static void
desk_duplicate_list_dispose (GObject *object)
{
  g_clear_handle_id (&DESK_DUPLICATE_LIST (object)->pause, g_source_remove);
  G_OBJECT_CLASS (desk_duplicate_list_parent_class)->dispose (object);
}

static void
desk_duplicate_list_class_init (DeskDuplicateListClass *klass)
{
  G_OBJECT_CLASS (klass)->dispose = desk_duplicate_list_dispose;
}

static void
desk_duplicate_list_init (DeskDuplicateList *self)
{
  GtkWidget *scroll = gtk_scrolled_window_new ();

  self->box = gtk_box_new (GTK_ORIENTATION_VERTICAL, 6);
  self->title = gtk_label_new (NULL);
  self->list = gtk_list_box_new ();
  gtk_widget_set_margin_start (self->box, 18);
  gtk_widget_set_margin_end (self->box, 18);
  gtk_widget_set_margin_top (self->box, 8);
  gtk_widget_set_visible (self->box, FALSE);
  gtk_label_set_xalign (GTK_LABEL (self->title), 0);
  gtk_widget_add_css_class (self->title, "heading");
  gtk_list_box_set_selection_mode (GTK_LIST_BOX (self->list), GTK_SELECTION_NONE);
  gtk_widget_add_css_class (self->list, "boxed-list");
  gtk_accessible_update_relation (GTK_ACCESSIBLE (self->list), GTK_ACCESSIBLE_RELATION_LABELLED_BY, self->title, NULL, -1);
  g_signal_connect (self->list, "row-activated", G_CALLBACK (on_row_activated), self);
  gtk_scrolled_window_set_policy (GTK_SCROLLED_WINDOW (scroll), GTK_POLICY_NEVER, GTK_POLICY_AUTOMATIC);
  gtk_scrolled_window_set_propagate_natural_height (GTK_SCROLLED_WINDOW (scroll), TRUE);
  gtk_scrolled_window_set_max_content_height (GTK_SCROLLED_WINDOW (scroll), 186);
  gtk_scrolled_window_set_child (GTK_SCROLLED_WINDOW (scroll), self->list);
  gtk_box_append (GTK_BOX (self->box), self->title);
  gtk_box_append (GTK_BOX (self->box), scroll);
  adw_bin_set_child (ADW_BIN (self), self->box);
}
