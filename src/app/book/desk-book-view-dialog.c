#include "desk-book-view-dialog.h"

#include <glib/gi18n.h>
#include <string.h>

#include "desk-book-view-acts.h"
#include "desk-book-words.h"
#include "desk-toast.h"
#include "desk-words.h"

static const char *const modes[] = { "day", "week", "month" };
static const int row_choices[] = { 5, 10, 15 };

struct _DeskBookViewDialog
{
  AdwWindow parent_instance;

  DeskPage *page;
  DeskBookViewBar *bar;
  DeskBookView *view;   /* what the dialog began with */
  GPtrArray *resources, *types;

  AdwEntryRow *name_row;
  AdwComboRow *key_row, *mode_row, *rows_row;
  GtkListBox *columns, *type_list;
  GtkLabel *message;
};

G_DEFINE_FINAL_TYPE (DeskBookViewDialog, desk_book_view_dialog, ADW_TYPE_WINDOW)

static GtkWidget *
check_of (GtkWidget *row)
{
  return g_object_get_data (G_OBJECT (row), "check");
}

static GtkWidget *
check_row_new (const char *words, const char *subtitle, gboolean active)
{
  GtkWidget *row = adw_action_row_new (), *check = gtk_check_button_new ();

  adw_preferences_row_set_use_markup (ADW_PREFERENCES_ROW (row), FALSE);
  adw_preferences_row_set_title (ADW_PREFERENCES_ROW (row), words);
  if (subtitle)
    adw_action_row_set_subtitle (ADW_ACTION_ROW (row), subtitle);
  gtk_check_button_set_active (GTK_CHECK_BUTTON (check), active);
  gtk_widget_set_valign (check, GTK_ALIGN_CENTER);
  gtk_accessible_update_property (GTK_ACCESSIBLE (check), GTK_ACCESSIBLE_PROPERTY_LABEL, words, -1);
  adw_action_row_add_prefix (ADW_ACTION_ROW (row), check);
  adw_action_row_set_activatable_widget (ADW_ACTION_ROW (row), check);
  g_object_set_data (G_OBJECT (row), "check", check);
  return row;
}

/* The column one place up or down, with the focus on the same button. */
static void
on_shift (GtkButton *button, DeskBookViewDialog *self)
{
  GtkWidget *row = gtk_widget_get_ancestor (GTK_WIDGET (button), ADW_TYPE_ACTION_ROW);
  int by = GPOINTER_TO_INT (g_object_get_data (G_OBJECT (button), "by"));
  int index = gtk_list_box_row_get_index (GTK_LIST_BOX_ROW (row)) + by;

  if (index < 0 || index >= (int) self->resources->len)
    return;
  g_object_ref (row);
  gtk_list_box_remove (self->columns, row);
  gtk_list_box_insert (self->columns, row, index);
  g_object_unref (row);
  gtk_widget_grab_focus (GTK_WIDGET (button));
}

static void
add_shift (DeskBookViewDialog *self, GtkWidget *row, const char *icon, const char *words, int by)
{
  GtkWidget *button = gtk_button_new_from_icon_name (icon);

  gtk_widget_add_css_class (button, "flat");
  gtk_widget_set_valign (button, GTK_ALIGN_CENTER);
  gtk_widget_set_tooltip_text (button, words);
  gtk_accessible_update_property (GTK_ACCESSIBLE (button), GTK_ACCESSIBLE_PROPERTY_LABEL, words, -1);
  g_object_set_data (G_OBJECT (button), "by", GINT_TO_POINTER (by));
  g_signal_connect (button, "clicked", G_CALLBACK (on_shift), self);
  adw_action_row_add_suffix (ADW_ACTION_ROW (row), button);
}

static void
add_column (DeskBookViewDialog *self, const DeskResource *resource, gboolean active)
{
  GtkWidget *row = check_row_new (desk_words_pick (resource->name, resource->name_ja), desk_words ("resource", resource->kind), active);

  add_shift (self, row, "go-up-symbolic", _("Further to the Left"), -1);
  add_shift (self, row, "go-down-symbolic", _("Further to the Right"), 1);
  g_object_set_data (G_OBJECT (row), "resource", (gpointer) resource);
  gtk_list_box_append (self->columns, row);
}

static const DeskResource *
find_resource (DeskBookViewDialog *self, gint64 id)
{
  for (guint i = 0; i < self->resources->len; i++)
    if (((DeskResource *) g_ptr_array_index (self->resources, i))->id == id)
      return g_ptr_array_index (self->resources, i);
  return NULL;
}

static gboolean
has_column (const DeskBookView *view, gint64 id)
{
  for (guint i = 0; i < view->resources->len; i++)
    if (g_array_index (view->resources, gint64, i) == id)
      return TRUE;
  return FALSE;
}

/* The columns of the view first, in its order, then the others that are in service. */
static void
fill_lists (DeskBookViewDialog *self)
{
  const DeskBookView *view = self->view;
  g_auto (GStrv) types = g_strsplit (view->types, ",", 0);

  for (guint i = 0; i < view->resources->len; i++)
    {
      const DeskResource *resource = find_resource (self, g_array_index (view->resources, gint64, i));

      if (resource)
        add_column (self, resource, TRUE);
    }
  for (guint i = 0; i < self->resources->len; i++)
    {
      const DeskResource *resource = g_ptr_array_index (self->resources, i);

      if (resource->active && !has_column (view, resource->id))
        add_column (self, resource, view->resources->len == 0);
    }
  for (guint i = 0; i < self->types->len; i++)
    {
      const DeskVisitType *type = g_ptr_array_index (self->types, i);
      GtkWidget *row = check_row_new (desk_book_type_name (type), NULL,
                                      !*types || g_strv_contains ((const char *const *) types, type->code));

      g_object_set_data (G_OBJECT (row), "type", type->code);
      gtk_list_box_append (self->type_list, row);
    }
}

/* All of them together is written as none: what is added later is shown too. */
static void
collect_columns (DeskBookViewDialog *self, DeskBookView *view)
{
  gboolean all = TRUE, sorted = TRUE;
  guint before = 0;
  GtkListBoxRow *row;

  g_array_set_size (view->resources, 0);
  for (int i = 0; (row = gtk_list_box_get_row_at_index (self->columns, i)); i++)
    {
      const DeskResource *resource = g_object_get_data (G_OBJECT (row), "resource");
      guint at = 0;

      while (g_ptr_array_index (self->resources, at) != resource)
        at++;
      sorted = sorted && (i == 0 || at > before);
      before = at;
      if (gtk_check_button_get_active (GTK_CHECK_BUTTON (check_of (GTK_WIDGET (row)))))
        g_array_append_val (view->resources, resource->id);
      else
        all = FALSE;
    }
  if (all && sorted)
    g_array_set_size (view->resources, 0);
}

static void
collect_types (DeskBookViewDialog *self, DeskBookView *view)
{
  g_autoptr (GString) types = g_string_new (NULL);
  gboolean all = TRUE;
  GtkListBoxRow *row;

  for (int i = 0; (row = gtk_list_box_get_row_at_index (self->type_list, i)); i++)
    if (gtk_check_button_get_active (GTK_CHECK_BUTTON (check_of (GTK_WIDGET (row)))))
      g_string_append_printf (types, "%s%s", types->len ? "," : "", (char *) g_object_get_data (G_OBJECT (row), "type"));
    else
      all = FALSE;
  g_free (view->types);
  view->types = g_strdup (all ? "" : types->str);
}

static void
say (DeskBookViewDialog *self, const char *words)
{
  gtk_label_set_label (self->message, words);
  gtk_widget_set_visible (GTK_WIDGET (self->message), TRUE);
}

/* What is on the chosen key gives way: the key says so. */
static void
action_save (GtkWidget *widget, const char *name, GVariant *target)
{
  DeskBookViewDialog *self = DESK_BOOK_VIEW_DIALOG (widget);
  int key = 5 + (int) adw_combo_row_get_selected (self->key_row);
  const DeskBookView *holder = desk_book_view_bar_find (self->bar, key), *before = self->view->id ? self->view : holder;
  g_autofree char *typed = g_strstrip (g_strdup (gtk_editable_get_text (GTK_EDITABLE (self->name_row))));
  g_autoptr (DeskBookView) view = desk_book_view_new (key, typed, modes[adw_combo_row_get_selected (self->mode_row)],
                                                      row_choices[adw_combo_row_get_selected (self->rows_row)], "");

  if (!*typed)
    {
      say (self, _("The view needs a name."));
      gtk_widget_grab_focus (GTK_WIDGET (self->name_row));
      return;
    }
  if (self->view->id && holder && holder->id != self->view->id)
    {
      g_autofree char *words = g_strdup_printf (_("F%d already shows the view “%s”."), key, holder->name);
      say (self, words);
      return;
    }
  collect_columns (self, view);
  collect_types (self, view);
  view->id = before ? before->id : 0;
  view->version = before ? before->version : 0;
  g_autofree char *words = g_strdup_printf (_("F%d shows the view “%s”"), key, typed);
  desk_book_view_bar_expect (self->bar, key);
  desk_book_view_act_save (self->page, view, before, words);
  gtk_window_close (GTK_WINDOW (self));
}

static void
fill_keys (DeskBookViewDialog *self)
{
  g_autoptr (GtkStringList) keys = gtk_string_list_new (NULL);

  for (int key = 5; key <= 8; key++)
    {
      const DeskBookView *holder = desk_book_view_bar_find (self->bar, key);
      g_autofree char *words = holder ? g_strdup_printf ("F%d (%s)", key, holder->name) : g_strdup_printf ("F%d", key);

      gtk_string_list_append (keys, words);
    }
  adw_combo_row_set_model (self->key_row, G_LIST_MODEL (keys));
  adw_combo_row_set_selected (self->key_row, (guint) self->view->key - 5);
}

static guint
index_of_mode (const char *mode)
{
  for (guint i = 0; i < G_N_ELEMENTS (modes); i++)
    if (strcmp (modes[i], mode) == 0)
      return i;
  return 0;
}

static void
desk_book_view_dialog_dispose (GObject *object)
{
  DeskBookViewDialog *self = DESK_BOOK_VIEW_DIALOG (object);

  g_clear_object (&self->page);
  g_clear_object (&self->bar);
  g_clear_pointer (&self->view, desk_book_view_free);
  G_OBJECT_CLASS (desk_book_view_dialog_parent_class)->dispose (object);
}

static void
desk_book_view_dialog_finalize (GObject *object)
{
  DeskBookViewDialog *self = DESK_BOOK_VIEW_DIALOG (object);

  g_clear_pointer (&self->resources, g_ptr_array_unref);
  g_clear_pointer (&self->types, g_ptr_array_unref);
  G_OBJECT_CLASS (desk_book_view_dialog_parent_class)->finalize (object);
}

static void
desk_book_view_dialog_class_init (DeskBookViewDialogClass *klass)
{
  GtkWidgetClass *widget_class = GTK_WIDGET_CLASS (klass);

  G_OBJECT_CLASS (klass)->dispose = desk_book_view_dialog_dispose;
  G_OBJECT_CLASS (klass)->finalize = desk_book_view_dialog_finalize;
  gtk_widget_class_set_template_from_resource (widget_class, "/org/uketsuke/Uketsuke/desk-book-view-dialog.ui");
  gtk_widget_class_bind_template_child (widget_class, DeskBookViewDialog, name_row);
  gtk_widget_class_bind_template_child (widget_class, DeskBookViewDialog, key_row);
  gtk_widget_class_bind_template_child (widget_class, DeskBookViewDialog, mode_row);
  gtk_widget_class_bind_template_child (widget_class, DeskBookViewDialog, rows_row);
  gtk_widget_class_bind_template_child (widget_class, DeskBookViewDialog, columns);
  gtk_widget_class_bind_template_child (widget_class, DeskBookViewDialog, type_list);
  gtk_widget_class_bind_template_child (widget_class, DeskBookViewDialog, message);
  gtk_widget_class_install_action (widget_class, "view.save", NULL, action_save);
  gtk_widget_class_add_binding_action (widget_class, GDK_KEY_Escape, 0, "window.close", NULL);
  gtk_widget_class_add_binding_action (widget_class, GDK_KEY_Return, GDK_CONTROL_MASK, "view.save", NULL);
  gtk_widget_class_add_binding_action (widget_class, GDK_KEY_s, GDK_CONTROL_MASK, "view.save", NULL);
}

static void
desk_book_view_dialog_init (DeskBookViewDialog *self)
{
  gtk_widget_init_template (GTK_WIDGET (self));
}

/* Opens the dialog with a view that is stored, or with one that is proposed (id 0); lends it. NULL when the store
 * failed, which was told. */
DeskBookViewDialog *
desk_book_view_dialog_show (DeskPage *page, DeskBookViewBar *bar, const DeskBookView *view)
{
  g_autoptr (GError) error = NULL;
  g_autoptr (GPtrArray) resources = desk_resource_list (desk_page_get_reader (page), &error);
  g_autoptr (GPtrArray) types = resources ? desk_visit_type_list (desk_page_get_reader (page), &error) : NULL;

  if (!types)
    {
      desk_toast_error (GTK_WIDGET (page), error);
      return NULL;
    }
  DeskBookViewDialog *self
      = g_object_new (DESK_TYPE_BOOK_VIEW_DIALOG, "transient-for", gtk_widget_get_root (GTK_WIDGET (page)), NULL);
  self->page = g_object_ref (page);
  self->bar = g_object_ref (bar);
  self->view = desk_book_view_copy (view);
  self->resources = g_steal_pointer (&resources);
  self->types = g_steal_pointer (&types);
  gtk_window_set_title (GTK_WINDOW (self), view->id ? _("Change View") : _("Save View"));
  gtk_editable_set_text (GTK_EDITABLE (self->name_row), view->name);
  fill_keys (self);
  adw_combo_row_set_selected (self->mode_row, index_of_mode (view->mode));
  adw_combo_row_set_selected (self->rows_row, view->rows == 5 ? 0 : view->rows == 10 ? 1 : 2);
  fill_lists (self);
  gtk_window_present (GTK_WINDOW (self));
  gtk_widget_grab_focus (GTK_WIDGET (self->name_row));
  return self;
}
