#include "desk-template-fields.h"

#include <glib/gi18n.h>
#include <string.h>

#include "desk-fold.h"
#include "desk-label.h"
#include "desk-template-words.h"

typedef struct
{
  GtkWidget *popover, *search, *list;
  DeskTemplateFieldFunc chosen;
  gpointer user_data;
} Fields;

static const char *
name_of (GtkListBoxRow *row)
{
  return g_object_get_data (G_OBJECT (row), "field");
}

static void
choose (Fields *self, GtkListBoxRow *row)
{
  gtk_popover_popdown (GTK_POPOVER (self->popover));
  self->chosen (name_of (row), self->user_data);
}

static void
on_row (GtkListBox *list, GtkListBoxRow *row, Fields *self)
{
  choose (self, row);
}

static GtkListBoxRow *
first_shown (Fields *self)
{
  for (GtkWidget *row = gtk_widget_get_first_child (self->list); row; row = gtk_widget_get_next_sibling (row))
    if (GTK_IS_LIST_BOX_ROW (row) && gtk_widget_get_child_visible (row))
      return GTK_LIST_BOX_ROW (row);
  return NULL;
}

static void
on_search (GtkEditable *search, Fields *self)
{
  gtk_list_box_invalidate_filter (GTK_LIST_BOX (self->list));
  gtk_list_box_select_row (GTK_LIST_BOX (self->list), first_shown (self));
}

static void
on_enter (GtkSearchEntry *search, Fields *self)
{
  GtkListBoxRow *row = gtk_list_box_get_selected_row (GTK_LIST_BOX (self->list));

  if (row)
    choose (self, row);
}

static void
on_stop (GtkSearchEntry *search, Fields *self)
{
  gtk_popover_popdown (GTK_POPOVER (self->popover));
}

/* Down goes from the entry into the list. */
static gboolean
on_key (GtkEventControllerKey *keys, guint key, guint code, GdkModifierType state, Fields *self)
{
  if (key != GDK_KEY_Down)
    return FALSE;
  return gtk_widget_child_focus (self->list, GTK_DIR_TAB_FORWARD);
}

static gboolean
shows (GtkListBoxRow *row, gpointer user_data)
{
  Fields *self = user_data;
  g_autofree char *wanted = desk_fold (gtk_editable_get_text (GTK_EDITABLE (self->search)));
  const char *text = g_object_get_data (G_OBJECT (row), "text");

  return !*wanted || strstr (text, wanted) || strstr (name_of (row), wanted);
}

static void
head (GtkListBoxRow *row, GtkListBoxRow *before, gpointer user_data)
{
  const char *subject = desk_template_subject_words (name_of (row));

  if (before && desk_template_subject_words (name_of (before)) == subject)
    {
      gtk_list_box_row_set_header (row, NULL);
      return;
    }
  GtkWidget *label = desk_label_new (subject, "heading");
  gtk_widget_set_margin_top (label, 8);
  gtk_widget_set_margin_start (label, 6);
  gtk_list_box_row_set_header (row, label);
}

static GtkWidget *
make_row (const DeskFieldInfo *info)
{
  GtkWidget *row = gtk_list_box_row_new (), *box = gtk_box_new (GTK_ORIENTATION_HORIZONTAL, 12);
  GtkWidget *words = desk_label_new (desk_template_field_words (info), NULL), *name = desk_label_new (info->name, "dim-label");
  g_autofree char *all = g_strjoin (" ", desk_template_field_words (info), desk_template_subject_words (info->name), NULL);

  gtk_widget_set_hexpand (words, TRUE);
  gtk_widget_add_css_class (name, "monospace");
  gtk_box_append (GTK_BOX (box), words);
  gtk_box_append (GTK_BOX (box), name);
  gtk_list_box_row_set_child (GTK_LIST_BOX_ROW (row), box);
  g_object_set_data_full (G_OBJECT (row), "field", g_strdup (info->name), g_free);
  g_object_set_data_full (G_OBJECT (row), "text", desk_fold (all), g_free);
  gtk_accessible_update_property (GTK_ACCESSIBLE (row), GTK_ACCESSIBLE_PROPERTY_LABEL, all, -1);
  return row;
}

static GtkWidget *
make_search (Fields *self)
{
  GtkEventController *keys = gtk_event_controller_key_new ();
  GtkWidget *search = gtk_search_entry_new ();

  g_object_set (search, "placeholder-text", _("Find a field"), NULL);
  gtk_accessible_update_property (GTK_ACCESSIBLE (search), GTK_ACCESSIBLE_PROPERTY_LABEL, _("Find a field"), -1);
  g_signal_connect (search, "changed", G_CALLBACK (on_search), self);
  g_signal_connect (search, "stop-search", G_CALLBACK (on_stop), self);
  g_signal_connect (search, "activate", G_CALLBACK (on_enter), self);
  gtk_event_controller_set_propagation_phase (keys, GTK_PHASE_CAPTURE);
  g_signal_connect (keys, "key-pressed", G_CALLBACK (on_key), self);
  gtk_widget_add_controller (search, keys);
  return search;
}

static void
on_show (GtkWidget *popover, Fields *self)
{
  gtk_editable_set_text (GTK_EDITABLE (self->search), "");
  gtk_widget_grab_focus (self->search);
}

/* A popover with them, for a menu button; user_data must outlive it. */
GtkWidget *
desk_template_fields_new (DeskTemplateFieldFunc chosen, gpointer user_data)
{
  Fields *self = g_new0 (Fields, 1);
  GtkWidget *box = gtk_box_new (GTK_ORIENTATION_VERTICAL, 6), *scroller = gtk_scrolled_window_new ();
  guint n;
  const DeskFieldInfo *infos = desk_letter_field_infos (&n);

  self->popover = gtk_popover_new ();
  self->chosen = chosen;
  self->user_data = user_data;
  self->list = gtk_list_box_new ();
  self->search = make_search (self);
  for (guint i = 0; i < n; i++)
    gtk_list_box_append (GTK_LIST_BOX (self->list), make_row (&infos[i]));
  gtk_list_box_set_filter_func (GTK_LIST_BOX (self->list), shows, self, NULL);
  gtk_list_box_set_header_func (GTK_LIST_BOX (self->list), head, NULL, NULL);
  gtk_accessible_update_property (GTK_ACCESSIBLE (self->list), GTK_ACCESSIBLE_PROPERTY_LABEL, _("Fields"), -1);
  g_signal_connect (self->list, "row-activated", G_CALLBACK (on_row), self);
  gtk_widget_set_size_request (scroller, 480, 420);
  gtk_scrolled_window_set_child (GTK_SCROLLED_WINDOW (scroller), self->list);
  gtk_box_append (GTK_BOX (box), self->search);
  gtk_box_append (GTK_BOX (box), scroller);
  gtk_popover_set_child (GTK_POPOVER (self->popover), box);
  g_signal_connect (self->popover, "show", G_CALLBACK (on_show), self);
  g_object_set_data_full (G_OBJECT (self->popover), "fields", self, g_free);
  return self->popover;
}
