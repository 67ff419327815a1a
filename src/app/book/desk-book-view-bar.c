#include "desk-book-view-bar.h"

#include <glib/gi18n.h>

#include "desk-toast.h"

struct _DeskBookViewBar
{
  GtkBox parent_instance;

  GPtrArray *views; /* of DeskBookView */
  int key;          /* of the view shown; 0 for everything */
  GtkWidget *tabs;
  gboolean filling;
};

G_DEFINE_FINAL_TYPE (DeskBookViewBar, desk_book_view_bar, GTK_TYPE_BOX)

/* The view on a key, lent, or NULL. */
const DeskBookView *
desk_book_view_bar_find (DeskBookViewBar *self, int key)
{
  for (guint i = 0; self->views && i < self->views->len; i++)
    if (((DeskBookView *) g_ptr_array_index (self->views, i))->key == key)
      return g_ptr_array_index (self->views, i);
  return NULL;
}

/* The view shown, lent; NULL for everything. */
const DeskBookView *
desk_book_view_bar_get_view (DeskBookViewBar *self)
{
  return desk_book_view_bar_find (self, self->key);
}

static void
on_toggled (GtkToggleButton *tab, DeskBookViewBar *self)
{
  int key = GPOINTER_TO_INT (g_object_get_data (G_OBJECT (tab), "key"));

  if (!self->filling && gtk_toggle_button_get_active (tab) && key != self->key)
    desk_book_view_bar_choose (self, key);
}

static GtkWidget *
add_tab (DeskBookViewBar *self, int key, const char *words, const char *tip, GtkWidget *group)
{
  GtkWidget *tab = gtk_toggle_button_new_with_label (words);

  if (group)
    gtk_toggle_button_set_group (GTK_TOGGLE_BUTTON (tab), GTK_TOGGLE_BUTTON (group));
  gtk_widget_set_tooltip_text (tab, tip);
  gtk_widget_add_css_class (tab, "flat");
  gtk_widget_add_css_class (tab, "book-tab");
  g_object_set_data (G_OBJECT (tab), "key", GINT_TO_POINTER (key));
  gtk_toggle_button_set_active (GTK_TOGGLE_BUTTON (tab), key == self->key);
  g_signal_connect (tab, "toggled", G_CALLBACK (on_toggled), self);
  gtk_box_append (GTK_BOX (self->tabs), tab);
  return tab;
}

static void
fill (DeskBookViewBar *self)
{
  GtkWidget *child, *all;

  self->filling = TRUE;
  if (!desk_book_view_bar_get_view (self))
    self->key = 0;
  while ((child = gtk_widget_get_first_child (self->tabs)))
    gtk_box_remove (GTK_BOX (self->tabs), child);
  all = add_tab (self, 0, _("All"), _("All rooms, chairs and people (Shift+F5)"), NULL);
  for (guint i = 0; i < self->views->len; i++)
    {
      const DeskBookView *view = g_ptr_array_index (self->views, i);
      g_autofree char *words = g_strdup_printf ("F%d %s", view->key, view->name);

      add_tab (self, view->key, words, view->name, all);
    }
  gtk_widget_set_visible (self->tabs, self->views->len > 0);
  self->filling = FALSE;
}

static gboolean
same (const GPtrArray *one, const GPtrArray *other)
{
  if (!one || one->len != other->len)
    return FALSE;
  for (guint i = 0; i < one->len; i++)
    {
      const DeskBookView *a = g_ptr_array_index (one, i), *b = g_ptr_array_index (other, i);

      if (a->id != b->id || a->version != b->version)
        return FALSE;
    }
  return TRUE;
}

/* Reads the views; the row is made again only when one has changed. */
void
desk_book_view_bar_load (DeskBookViewBar *self, DeskPage *page)
{
  g_autoptr (GError) error = NULL;
  g_autoptr (GPtrArray) views = desk_book_view_list (desk_page_get_reader (page), &error);

  if (!views)
    {
      desk_toast_error (GTK_WIDGET (self), error);
      return;
    }
  if (same (self->views, views))
    return;
  g_clear_pointer (&self->views, g_ptr_array_unref);
  self->views = g_steal_pointer (&views);
  fill (self);
}

/* Shows the view on that key, 0 for everything; FALSE when there is none on it. */
gboolean
desk_book_view_bar_choose (DeskBookViewBar *self, int key)
{
  if (key && !desk_book_view_bar_find (self, key))
    return FALSE;
  self->key = key;
  fill (self);
  g_signal_emit_by_name (self, "chosen");
  return TRUE;
}

/* A view is being kept on that key: it is the one shown as soon as it is there. */
void
desk_book_view_bar_expect (DeskBookViewBar *self, int key)
{
  self->key = key;
}

static void
desk_book_view_bar_finalize (GObject *object)
{
  g_clear_pointer (&DESK_BOOK_VIEW_BAR (object)->views, g_ptr_array_unref);
  G_OBJECT_CLASS (desk_book_view_bar_parent_class)->finalize (object);
}

static void
desk_book_view_bar_class_init (DeskBookViewBarClass *klass)
{
  G_OBJECT_CLASS (klass)->finalize = desk_book_view_bar_finalize;
  g_signal_new ("chosen", DESK_TYPE_BOOK_VIEW_BAR, G_SIGNAL_RUN_LAST, 0, NULL, NULL, NULL, G_TYPE_NONE, 0);
}

static void
desk_book_view_bar_init (DeskBookViewBar *self)
{
  GtkWidget *menu = gtk_menu_button_new ();
  g_autoptr (GMenu) items = g_menu_new ();

  self->tabs = gtk_box_new (GTK_ORIENTATION_HORIZONTAL, 2);
  gtk_box_append (GTK_BOX (self), self->tabs);
  g_menu_append (items, _("_Save View…"), "book.view-save");
  g_menu_append (items, _("_Change View…"), "book.view-change");
  g_menu_append (items, _("_Remove View"), "book.view-remove");
  gtk_menu_button_set_label (GTK_MENU_BUTTON (menu), _("Views"));
  gtk_menu_button_set_direction (GTK_MENU_BUTTON (menu), GTK_ARROW_UP);
  gtk_menu_button_set_menu_model (GTK_MENU_BUTTON (menu), G_MENU_MODEL (items));
  gtk_widget_add_css_class (menu, "flat");
  gtk_widget_add_css_class (menu, "book-tab");
  gtk_widget_set_tooltip_text (menu, _("Keep what is shown as a view on F5 to F8"));
  gtk_box_append (GTK_BOX (self), menu);
}
