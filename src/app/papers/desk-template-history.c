#include "desk-template-history.h"

#include <glib/gi18n.h>

#include "desk-label.h"
#include "desk-letter-templates.h"
#include "desk-template-diff.h"
#include "desk-template-editor-private.h"
#include "desk-template-words.h"
#include "desk-toast.h"
#include "desk-words.h"

/* A text that can be compared: what is being written, a version, or the built-in letter. */
typedef struct
{
  char *title, *about, *xml;
  char *version; /* of one that can be taken back, else NULL */
} Entry;

struct _DeskTemplateHistory
{
  AdwWindow parent_instance;

  DeskTemplateEditor *editor; /* owned */
  GPtrArray *entries;         /* of Entry, the newest first */
  gboolean filling;

  AdwWindowTitle *title;
  GtkListBox *list;
  GtkDropDown *with;
  GtkToggleButton *both;
  GtkLabel *summary;
  DeskTemplateDiff *diff;
};

G_DEFINE_FINAL_TYPE (DeskTemplateHistory, desk_template_history, ADW_TYPE_WINDOW)

static void
entry_free (gpointer data)
{
  Entry *entry = data;

  g_free (entry->title);
  g_free (entry->about);
  g_free (entry->xml);
  g_free (entry->version);
  g_free (entry);
}

/* Takes all its texts. */
static void
add_entry (DeskTemplateHistory *self, char *title, char *about, char *xml, const char *version)
{
  Entry *entry = g_new (Entry, 1);

  *entry = (Entry){ title, about, xml, g_strdup (version) };
  g_ptr_array_add (self->entries, entry);
}

static gboolean
gather (DeskTemplateHistory *self, GError **error)
{
  DeskTemplateEditor *editor = self->editor;
  DeskDb *db = desk_page_get_reader (editor->page);
  GTimeZone *zone = desk_page_get_zone (editor->page);
  g_autoptr (GPtrArray) versions = desk_letter_text_history (db, editor->version->name, error);
  DeskLetterVersion builtin = { .name = editor->version->name };

  if (!versions)
    return FALSE;
  if (editor->draft)
    add_entry (self, g_strdup (_("What is being written")), g_strdup (""), desk_template_editor_get_text (editor), NULL);
  for (guint i = 0; i < versions->len; i++)
    {
      const DeskLetterVersion *version = versions->pdata[i];
      char *xml = version->digest ? desk_letter_text_by_digest (db, version->digest, error) : g_strdup ("");
      g_autofree char *when = desk_words_when (version->at, zone);
      const char *facts[] = { when, desk_words_pick (version->by, version->by_ja), version->comment };

      if (!xml)
        return FALSE;
      if (version->digest)
        add_entry (self, g_strdup_printf (_("Version %s"), version->version), desk_words_facts (facts, G_N_ELEMENTS (facts)), xml, version->version);
      else
        add_entry (self, g_strdup (desk_letter_template_builtin (version->name) ? _("Back to the built-in letter") : _("Put away")),
                   desk_words_facts (facts, G_N_ELEMENTS (facts)), desk_letter_template_builtin (version->name) ? desk_letter_template_text (db, &builtin, error) : xml,
                   NULL);
    }
  if (desk_letter_template_builtin (builtin.name))
    {
      char *number = desk_letter_template_builtin_version (builtin.name);

      add_entry (self, g_strdup_printf (_("Built in, version %s"), number), g_strdup (""), desk_letter_template_text (db, &builtin, error), NULL);
      ((Entry *) self->entries->pdata[self->entries->len - 1])->version = number;
    }
  return TRUE;
}

static GtkWidget *
make_row (const Entry *entry)
{
  GtkWidget *box = gtk_box_new (GTK_ORIENTATION_VERTICAL, 2), *about = gtk_label_new (entry->about);

  gtk_label_set_wrap (GTK_LABEL (about), TRUE);
  gtk_label_set_wrap_mode (GTK_LABEL (about), PANGO_WRAP_WORD_CHAR);
  gtk_label_set_xalign (GTK_LABEL (about), 0);
  gtk_widget_add_css_class (about, "caption");
  gtk_widget_set_visible (about, *entry->about != '\0');
  gtk_box_append (GTK_BOX (box), desk_label_new (entry->title, NULL));
  gtk_box_append (GTK_BOX (box), about);
  return box;
}

static guint
chosen (DeskTemplateHistory *self)
{
  GtkListBoxRow *row = gtk_list_box_get_selected_row (self->list);

  return row ? (guint) gtk_list_box_row_get_index (row) : 0;
}

static void
show (DeskTemplateHistory *self)
{
  guint after = chosen (self), before = MIN (gtk_drop_down_get_selected (self->with), self->entries->len - 1);
  const Entry *new = self->entries->pdata[after], *old = self->entries->pdata[before];

  desk_template_diff_set (self->diff, old->xml, new->xml);
  g_autofree char *summary = desk_template_diff_describe (self->diff);
  gtk_label_set_label (self->summary, summary);
  gtk_widget_action_set_enabled (GTK_WIDGET (self), "history.take", new->version && !desk_page_get_read_only (self->editor->page));
}

static void
on_with (GtkDropDown *with, GParamSpec *pspec, DeskTemplateHistory *self)
{
  if (!self->filling)
    show (self);
}

/* Against the one before it, until somebody chooses another. */
static void
on_row (GtkListBox *list, GtkListBoxRow *row, DeskTemplateHistory *self)
{
  if (!row || self->filling)
    return;
  self->filling = TRUE;
  gtk_drop_down_set_selected (self->with, MIN (chosen (self) + 1, self->entries->len - 1));
  self->filling = FALSE;
  show (self);
}

/* Compares two of the texts in the list, counted from 0 at its top. */
void
desk_template_history_compare (DeskTemplateHistory *self, guint after, guint before)
{
  gtk_list_box_select_row (self->list, gtk_list_box_get_row_at_index (self->list, (int) after));
  gtk_drop_down_set_selected (self->with, before);
}

static void
on_both (GtkToggleButton *both, GParamSpec *pspec, DeskTemplateHistory *self)
{
  desk_template_diff_set_side_by_side (self->diff, gtk_toggle_button_get_active (both));
}

/* The older text is what is written now, and is saved as a new version. */
static void
action_take (GtkWidget *widget, const char *name, GVariant *target)
{
  DeskTemplateHistory *self = DESK_TEMPLATE_HISTORY (widget);
  const Entry *entry = self->entries->pdata[chosen (self)];
  g_autoptr (DeskTemplateEditor) editor = g_object_ref (self->editor);

  if (!entry->version || !editor->version)
    return;
  g_autofree char *comment = g_strdup_printf (_("Version %s taken back"), entry->version);
  g_autofree char *letter = g_strdup (editor->version->name), *xml = g_strdup (entry->xml);
  gtk_window_destroy (GTK_WINDOW (self));
  desk_template_editor_show_text (editor, letter, xml);
  desk_template_save_ask (editor, comment);
}

static void
action_next (GtkWidget *widget, const char *name, GVariant *target)
{
  desk_template_diff_next (DESK_TEMPLATE_HISTORY (widget)->diff);
}

static void
action_both (GtkWidget *widget, const char *name, GVariant *target)
{
  GtkToggleButton *both = DESK_TEMPLATE_HISTORY (widget)->both;

  gtk_toggle_button_set_active (both, !gtk_toggle_button_get_active (both));
}

static void
desk_template_history_dispose (GObject *object)
{
  DeskTemplateHistory *self = DESK_TEMPLATE_HISTORY (object);

  g_clear_object (&self->editor);
  g_clear_pointer (&self->entries, g_ptr_array_unref);
  G_OBJECT_CLASS (desk_template_history_parent_class)->dispose (object);
}

static void
desk_template_history_class_init (DeskTemplateHistoryClass *klass)
{
  GtkWidgetClass *widget_class = GTK_WIDGET_CLASS (klass);

  G_OBJECT_CLASS (klass)->dispose = desk_template_history_dispose;
  g_type_ensure (DESK_TYPE_TEMPLATE_DIFF);
  gtk_widget_class_set_template_from_resource (widget_class, "/org/uketsuke/Uketsuke/desk-template-history.ui");
  gtk_widget_class_bind_template_child (widget_class, DeskTemplateHistory, title);
  gtk_widget_class_bind_template_child (widget_class, DeskTemplateHistory, list);
  gtk_widget_class_bind_template_child (widget_class, DeskTemplateHistory, with);
  gtk_widget_class_bind_template_child (widget_class, DeskTemplateHistory, both);
  gtk_widget_class_bind_template_child (widget_class, DeskTemplateHistory, summary);
  gtk_widget_class_bind_template_child (widget_class, DeskTemplateHistory, diff);
  gtk_widget_class_bind_template_callback (widget_class, on_row);
  gtk_widget_class_bind_template_callback (widget_class, on_with);
  gtk_widget_class_bind_template_callback (widget_class, on_both);
  gtk_widget_class_install_action (widget_class, "history.take", NULL, action_take);
  gtk_widget_class_install_action (widget_class, "history.next", NULL, action_next);
  gtk_widget_class_install_action (widget_class, "history.both", NULL, action_both);
  gtk_widget_class_add_binding_action (widget_class, GDK_KEY_F8, 0, "history.next", NULL);
  gtk_widget_class_add_binding_action (widget_class, GDK_KEY_b, GDK_CONTROL_MASK, "history.both", NULL);
  gtk_widget_class_add_binding_action (widget_class, GDK_KEY_Return, GDK_CONTROL_MASK, "history.take", NULL);
  gtk_widget_class_add_binding_action (widget_class, GDK_KEY_Escape, 0, "window.close", NULL);
  gtk_widget_class_add_binding_action (widget_class, GDK_KEY_w, GDK_CONTROL_MASK, "window.close", NULL);
}

static void
desk_template_history_init (DeskTemplateHistory *self)
{
  gtk_widget_init_template (GTK_WIDGET (self));
  self->entries = g_ptr_array_new_with_free_func (entry_free);
}

static void
fill (DeskTemplateHistory *self)
{
  g_autoptr (GtkStringList) titles = gtk_string_list_new (NULL);

  self->filling = TRUE;
  for (guint i = 0; i < self->entries->len; i++)
    {
      const Entry *entry = self->entries->pdata[i];

      gtk_list_box_append (self->list, make_row (entry));
      gtk_string_list_append (titles, entry->title);
    }
  gtk_drop_down_set_model (self->with, G_LIST_MODEL (titles));
  self->filling = FALSE;
  gtk_list_box_select_row (self->list, gtk_list_box_get_row_at_index (self->list, 0));
  gtk_widget_grab_focus (GTK_WIDGET (gtk_list_box_get_row_at_index (self->list, 0)));
}

/* Opens it over the editor, on the letter shown there. Lent; the window closes itself. NULL where the file cannot be
 * read, which is told. */
DeskTemplateHistory *
desk_template_history_show (DeskTemplateEditor *editor)
{
  DeskTemplateHistory *self = g_object_new (DESK_TYPE_TEMPLATE_HISTORY, "transient-for", editor, NULL);
  g_autoptr (GError) error = NULL;

  self->editor = g_object_ref (editor);
  adw_window_title_set_subtitle (self->title, desk_template_name_words (editor->version->name));
  if (!gather (self, &error) || !self->entries->len)
    {
      if (error)
        desk_toast_error (GTK_WIDGET (editor), error);
      else
        desk_toast (GTK_WIDGET (editor), _("No version was saved yet."));
      gtk_window_destroy (GTK_WINDOW (self));
      return NULL;
    }
  fill (self);
  gtk_window_present (GTK_WINDOW (self));
  return self;
}
