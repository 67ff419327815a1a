/* The list of what can be taken back, over the window it was done in. */
#include <adwaita.h>
#include <glib/gi18n.h>

#include "desk-undo.h"
#include "desk-window.h"
#include "desk-words.h"

static void fill (GtkWidget *dialog);

static void
on_activated (GtkListBox *list, GtkListBoxRow *row, GtkWidget *dialog)
{
  GtkWidget *window = GTK_WIDGET (gtk_window_get_transient_for (GTK_WINDOW (dialog)));

  if (window)
    desk_undo_take (window, GPOINTER_TO_UINT (g_object_get_data (G_OBJECT (row), "number")));
  fill (dialog);
}

static void
on_clicked (GtkButton *button, GtkWidget *dialog)
{
  gtk_widget_activate (gtk_widget_get_ancestor (GTK_WIDGET (button), GTK_TYPE_LIST_BOX_ROW));
}

static char *
when_words (gint64 at, GtkWidget *window)
{
  DeskWindow *main = desk_window_of (window);
  g_autoptr (GTimeZone) local = main ? NULL : g_time_zone_new_local ();

  return desk_words_time (at, main ? desk_page_get_zone (desk_window_get_page (main, "today")) : local);
}

static GtkWidget *
make_row (const DeskUndoEntry *entry, GtkWidget *dialog, GtkWidget *window)
{
  GtkWidget *row = adw_action_row_new (), *button = gtk_button_new_with_label (_("Take Back"));
  g_autofree char *when = when_words (entry->at, window);
  g_autofree char *label = g_strdup_printf ("%s: %s, %s", _("Take Back"), entry->words, when);

  adw_preferences_row_set_use_markup (ADW_PREFERENCES_ROW (row), FALSE);
  adw_preferences_row_set_title (ADW_PREFERENCES_ROW (row), entry->words);
  adw_action_row_set_subtitle (ADW_ACTION_ROW (row), when);
  adw_action_row_set_title_lines (ADW_ACTION_ROW (row), 2);
  gtk_widget_set_valign (button, GTK_ALIGN_CENTER);
  gtk_widget_set_focusable (button, FALSE);
  gtk_accessible_update_property (GTK_ACCESSIBLE (row), GTK_ACCESSIBLE_PROPERTY_LABEL, label, -1);
  g_signal_connect_object (button, "clicked", G_CALLBACK (on_clicked), dialog, 0);
  adw_action_row_add_suffix (ADW_ACTION_ROW (row), button);
  gtk_list_box_row_set_activatable (GTK_LIST_BOX_ROW (row), TRUE);
  g_object_set_data (G_OBJECT (row), "number", GUINT_TO_POINTER (entry->number));
  return row;
}

static void
fill (GtkWidget *dialog)
{
  GtkListBox *list = g_object_get_data (G_OBJECT (dialog), "list");
  GtkStack *stack = g_object_get_data (G_OBJECT (dialog), "stack");
  GtkWidget *window = GTK_WIDGET (gtk_window_get_transient_for (GTK_WINDOW (dialog))), *row;
  g_autoptr (GPtrArray) entries = window ? desk_undo_list (window) : g_ptr_array_new ();

  while ((row = gtk_widget_get_first_child (GTK_WIDGET (list))))
    gtk_list_box_remove (list, row);
  for (guint i = 0; i < entries->len; i++)
    gtk_list_box_append (list, make_row (entries->pdata[i], dialog, window));
  gtk_stack_set_visible_child_name (stack, entries->len ? "list" : "none");
  if (entries->len)
    gtk_widget_grab_focus (GTK_WIDGET (gtk_list_box_get_row_at_index (list, 0)));
}

static GtkWidget *
make_list (GtkWidget *dialog)
{
  GtkWidget *scroll = gtk_scrolled_window_new (), *clamp = adw_clamp_new (), *list = gtk_list_box_new ();

  gtk_widget_set_margin_top (list, 12);
  gtk_widget_set_margin_bottom (list, 18);
  gtk_widget_set_margin_start (list, 12);
  gtk_widget_set_margin_end (list, 12);
  gtk_widget_set_valign (list, GTK_ALIGN_START);
  gtk_list_box_set_selection_mode (GTK_LIST_BOX (list), GTK_SELECTION_NONE);
  gtk_widget_add_css_class (list, "boxed-list");
  gtk_accessible_update_property (GTK_ACCESSIBLE (list), GTK_ACCESSIBLE_PROPERTY_LABEL, _("Recent Actions"), -1);
  g_signal_connect_object (list, "row-activated", G_CALLBACK (on_activated), dialog, 0);
  adw_clamp_set_child (ADW_CLAMP (clamp), list);
  gtk_scrolled_window_set_child (GTK_SCROLLED_WINDOW (scroll), clamp);
  g_object_set_data (G_OBJECT (dialog), "list", list);
  return scroll;
}

/* Opens the list over a window; each row says what was done and when, and takes it back. */
void
desk_undo_window_show (GtkWidget *window)
{
  GtkWidget *dialog = adw_window_new (), *box = gtk_box_new (GTK_ORIENTATION_VERTICAL, 0), *stack = gtk_stack_new (),
            *none = adw_status_page_new ();
  GtkEventController *keys = gtk_shortcut_controller_new ();

  gtk_window_set_transient_for (GTK_WINDOW (dialog), GTK_WINDOW (window));
  gtk_window_set_modal (GTK_WINDOW (dialog), TRUE);
  gtk_window_set_title (GTK_WINDOW (dialog), _("Recent Actions"));
  gtk_window_set_default_size (GTK_WINDOW (dialog), 620, 480);
  adw_status_page_set_icon_name (ADW_STATUS_PAGE (none), "edit-undo-symbolic");
  adw_status_page_set_title (ADW_STATUS_PAGE (none), _("Nothing to Take Back"));
  adw_status_page_set_description (ADW_STATUS_PAGE (none), _("What you do from now on is listed here, with a way back."));
  g_object_set_data (G_OBJECT (dialog), "stack", stack);
  gtk_stack_add_named (GTK_STACK (stack), make_list (dialog), "list");
  gtk_stack_add_named (GTK_STACK (stack), none, "none");
  gtk_widget_set_vexpand (stack, TRUE);
  gtk_box_append (GTK_BOX (box), adw_header_bar_new ());
  gtk_box_append (GTK_BOX (box), stack);
  adw_window_set_content (ADW_WINDOW (dialog), box);
  gtk_shortcut_controller_add_shortcut (GTK_SHORTCUT_CONTROLLER (keys),
                                        gtk_shortcut_new (gtk_shortcut_trigger_parse_string ("Escape"), gtk_named_action_new ("window.close")));
  gtk_widget_add_controller (dialog, keys);
  fill (dialog);
  gtk_window_present (GTK_WINDOW (dialog));
}

/* The action win.recent. */
void
desk_undo_action (GtkWidget *widget, const char *name, GVariant *target)
{
  desk_undo_window_show (widget);
}
