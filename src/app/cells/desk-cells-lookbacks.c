#include "desk-cells-lookbacks.h"

#include <glib/gi18n.h>
#include <string.h>

#include "desk-cells-lookback-forms.h"
#include "desk-cells-lookback-words.h"
#include "desk-cells-lookback.h"
#include "desk-lookbacks.h"
#include "desk-toast.h"
#include "desk-words.h"

struct _DeskCellsLookbacks
{
  DeskCellsWay parent_instance;

  GtkStack *stack;
  GtkListBox *list;
  DeskCellsLookback *one;

  DeskPage *page; /* not owned: the list is inside it */
  char *search;
};

G_DEFINE_FINAL_TYPE (DeskCellsLookbacks, desk_cells_lookbacks, DESK_TYPE_CELLS_WAY)

static gint64
row_id (GtkListBoxRow *row)
{
  return *(gint64 *) g_object_get_data (G_OBJECT (row), "lookback");
}

/* "12 to decide · next report: 3 days late". */
static char *
state_of (const DeskLookback *lookback, DeskDay today)
{
  DeskLegalClock next = { .due = lookback->next_due };
  g_autofree char *items = lookback->n_unreviewed
                               ? g_strdup_printf (ngettext ("%u to decide", "%u to decide", lookback->n_unreviewed), lookback->n_unreviewed)
                               : NULL;
  g_autofree char *left = lookback->n_clocks ? desk_lookback_clock_left (&next, today) : NULL;
  g_autofree char *report = left ? g_strdup_printf (_("next report: %s"), left) : NULL;
  const char *facts[] = { lookback->closed_at ? _("✓ Closed") : _("○ Open"), items, report };

  return desk_words_facts (facts, G_N_ELEMENTS (facts));
}

static GtkWidget *
row_new (DeskCellsLookbacks *self, const DeskLookback *lookback)
{
  GtkWidget *row = adw_action_row_new ();
  DeskDay today = desk_page_get_today (self->page);
  DeskLegalClock next = { .due = lookback->next_due };
  const char *style = lookback->n_clocks ? desk_lookback_clock_style (&next, today) : NULL;
  g_autofree char *about = desk_lookback_about (lookback);
  g_autofree char *known = desk_words_day (lookback->known);
  g_autofree char *title = g_strdup_printf ("%s · %s", lookback->number, about);
  g_autofree char *below = g_strdup_printf (_("known since %s · %s"), known,
                                            lookback->closed_at ? lookback->conclusion : lookback->words);
  g_autofree char *state = state_of (lookback, today);
  GtkWidget *suffix = gtk_label_new (state);

  adw_preferences_row_set_use_markup (ADW_PREFERENCES_ROW (row), FALSE);
  adw_preferences_row_set_title (ADW_PREFERENCES_ROW (row), title);
  adw_action_row_set_subtitle (ADW_ACTION_ROW (row), below);
  if (style)
    gtk_widget_add_css_class (suffix, style);
  adw_action_row_add_suffix (ADW_ACTION_ROW (row), suffix);
  gtk_list_box_row_set_activatable (GTK_LIST_BOX_ROW (row), TRUE);
  g_object_set_data_full (G_OBJECT (row), "lookback", g_memdup2 (&lookback->id, sizeof lookback->id), g_free);
  return row;
}

/* By number, or what it is about. */
static gboolean
matches (DeskCellsLookbacks *self, const DeskLookback *lookback)
{
  g_autofree char *about = desk_lookback_about (lookback);
  g_autofree char *all = g_strconcat (lookback->number, " ", about, " ", lookback->words, NULL);

  return !self->search || *self->search == '\0' || g_str_match_string (self->search, all, TRUE);
}

static void
fill (DeskCellsLookbacks *self, const GPtrArray *lookbacks)
{
  GtkWidget *child, *focused = gtk_widget_get_focus_child (GTK_WIDGET (self->list));
  gint64 focused_id = focused ? row_id (GTK_LIST_BOX_ROW (focused)) : 0;

  while ((child = gtk_widget_get_first_child (GTK_WIDGET (self->list))))
    gtk_list_box_remove (self->list, child);
  for (guint i = 0; i < lookbacks->len; i++)
    {
      const DeskLookback *lookback = lookbacks->pdata[i];

      if (!matches (self, lookback))
        continue;
      GtkWidget *row = row_new (self, lookback);
      gtk_list_box_append (self->list, row);
      if (lookback->id == focused_id)
        gtk_widget_grab_focus (row);
    }
}

static gboolean
shows_one (DeskCellsLookbacks *self)
{
  return g_strcmp0 (gtk_stack_get_visible_child_name (self->stack), "one") == 0;
}

static void
desk_cells_lookbacks_refresh (DeskCellsWay *way)
{
  DeskCellsLookbacks *self = DESK_CELLS_LOOKBACKS (way);
  g_autoptr (GError) error = NULL;
  g_autoptr (GPtrArray) lookbacks = desk_lookback_list (desk_page_get_reader (self->page), &error);

  if (!lookbacks)
    {
      desk_toast_error (GTK_WIDGET (self), error);
      return;
    }
  fill (self, lookbacks);
  if (shows_one (self))
    desk_cells_lookback_refresh (self->one);
  else
    gtk_stack_set_visible_child_name (self->stack, lookbacks->len ? "list" : "empty");
}

/* From the one to the list; FALSE when the list is shown already. */
static gboolean
desk_cells_lookbacks_back (DeskCellsWay *way)
{
  DeskCellsLookbacks *self = DESK_CELLS_LOOKBACKS (way);

  if (!shows_one (self))
    return FALSE;
  gtk_stack_set_visible_child_name (self->stack, "list");
  return TRUE;
}

static void
desk_cells_lookbacks_search (DeskCellsWay *way, const char *text)
{
  DeskCellsLookbacks *self = DESK_CELLS_LOOKBACKS (way);

  g_free (self->search);
  self->search = g_strstrip (g_strdup (text));
  desk_cells_lookbacks_back (way);
}

static gboolean
desk_cells_lookbacks_show (DeskCellsWay *way, DeskKind kind, gint64 id)
{
  DeskCellsLookbacks *self = DESK_CELLS_LOOKBACKS (way);

  if (kind != DESK_KIND_LOOKBACK || !desk_cells_lookback_show (self->one, id))
    return FALSE;
  gtk_stack_set_visible_child_name (self->stack, "one");
  return TRUE;
}

static void
desk_cells_lookbacks_enter (DeskCellsWay *way)
{
  DeskCellsLookbacks *self = DESK_CELLS_LOOKBACKS (way);

  if (shows_one (self))
    desk_cells_lookback_enter (self->one);
  else
    gtk_widget_child_focus (gtk_stack_get_visible_child (self->stack), GTK_DIR_TAB_FORWARD);
}

static void
desk_cells_lookbacks_load (DeskCellsWay *way)
{
  DeskCellsLookbacks *self = DESK_CELLS_LOOKBACKS (way);

  self->page = desk_cells_way_get_page (way);
  desk_cells_lookback_set_page (self->one, self->page);
  gtk_widget_action_set_enabled (GTK_WIDGET (self), "lookbacks.new", !desk_page_get_read_only (self->page));
}

static void
on_activated (DeskCellsLookbacks *self, GtkListBoxRow *row)
{
  desk_cells_lookbacks_show (DESK_CELLS_WAY (self), DESK_KIND_LOOKBACK, row_id (row));
  desk_cells_lookbacks_enter (DESK_CELLS_WAY (self));
}

static void
on_back (DeskCellsLookbacks *self)
{
  desk_cells_lookbacks_back (DESK_CELLS_WAY (self));
  desk_cells_lookbacks_enter (DESK_CELLS_WAY (self));
}

static void
action_new (GtkWidget *widget, const char *name, GVariant *target)
{
  desk_lookback_ask_new (DESK_CELLS_LOOKBACKS (widget)->page);
}

/* The same, from the table of commands: what is inside does it, if it is shown. */
static void
action_inner (GtkWidget *widget, const char *name, GVariant *target)
{
  DeskCellsLookbacks *self = DESK_CELLS_LOOKBACKS (widget);
  g_autofree char *inner = g_strconcat ("lookback.", strchr (name, '.') + 1, NULL);

  if (shows_one (self))
    gtk_widget_activate_action (GTK_WIDGET (self->one), inner, NULL);
  else
    desk_toast (widget, _("Choose a look-back first."));
}

static void
desk_cells_lookbacks_dispose (GObject *object)
{
  g_clear_pointer (&DESK_CELLS_LOOKBACKS (object)->search, g_free);
  G_OBJECT_CLASS (desk_cells_lookbacks_parent_class)->dispose (object);
}

static void
desk_cells_lookbacks_class_init (DeskCellsLookbacksClass *klass)
{
  GtkWidgetClass *widget_class = GTK_WIDGET_CLASS (klass);
  DeskCellsWayClass *way_class = DESK_CELLS_WAY_CLASS (klass);

  G_OBJECT_CLASS (klass)->dispose = desk_cells_lookbacks_dispose;
  way_class->alone = TRUE;
  way_class->load = desk_cells_lookbacks_load;
  way_class->refresh = desk_cells_lookbacks_refresh;
  way_class->enter = desk_cells_lookbacks_enter;
  way_class->back = desk_cells_lookbacks_back;
  way_class->search = desk_cells_lookbacks_search;
  way_class->show = desk_cells_lookbacks_show;
  g_type_ensure (DESK_TYPE_CELLS_LOOKBACK);
  gtk_widget_class_set_template_from_resource (widget_class, "/org/uketsuke/Uketsuke/desk-cells-lookbacks.ui");
  gtk_widget_class_bind_template_child (widget_class, DeskCellsLookbacks, stack);
  gtk_widget_class_bind_template_child (widget_class, DeskCellsLookbacks, list);
  gtk_widget_class_bind_template_child (widget_class, DeskCellsLookbacks, one);
  gtk_widget_class_bind_template_callback (widget_class, on_activated);
  gtk_widget_class_bind_template_callback (widget_class, on_back);
  gtk_widget_class_install_action (widget_class, "lookbacks.new", NULL, action_new);
  gtk_widget_class_install_action (widget_class, "lookbacks.next", NULL, action_inner);
  gtk_widget_class_install_action (widget_class, "lookbacks.close", NULL, action_inner);
  gtk_widget_class_install_action (widget_class, "lookbacks.export", NULL, action_inner);
  gtk_widget_class_install_action (widget_class, "lookbacks.paper", NULL, action_inner);
  gtk_widget_class_add_binding_action (widget_class, GDK_KEY_d, GDK_ALT_MASK, "lookbacks.next", NULL);
}

static void
desk_cells_lookbacks_init (DeskCellsLookbacks *self)
{
  gtk_widget_init_template (GTK_WIDGET (self));
}
