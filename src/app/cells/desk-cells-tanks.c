#include "desk-cells-tanks.h"

#include <glib/gi18n.h>

#include "desk-blackout.h"
#include "desk-cells-pdf.h"
#include "desk-tank-card.h"
#include "desk-tank-dialogs.h"
#include "desk-tank-evacuation.h"
#include "desk-toast.h"

/* Words of due times change by themselves. */
#define EVERY_SECONDS 60

struct _DeskCellsTanks
{
  DeskCellsWay parent_instance;

  GtkStack *stack;
  GtkListBox *list;
  GtkLabel *summary;
  DeskTankEvacuation *evacuation;

  DeskPage *page; /* not owned */
  GArray *due;    /* of gint64: tanks whose check is due, in the order of the list */
  GArray *all;
  guint clock;
};

G_DEFINE_FINAL_TYPE (DeskCellsTanks, desk_cells_tanks, DESK_TYPE_CELLS_WAY)

static gint64
chosen_tank (DeskCellsTanks *self)
{
  GtkListBoxRow *row = gtk_list_box_get_selected_row (self->list);

  if (!row)
    row = gtk_list_box_get_row_at_index (self->list, 0);
  return row ? *(gint64 *) g_object_get_data (G_OBJECT (row), "tank") : 0;
}

static void
choose_tank (DeskCellsTanks *self, gint64 id)
{
  GtkListBoxRow *row;

  for (int i = 0; (row = gtk_list_box_get_row_at_index (self->list, i)); i++)
    if (*(gint64 *) g_object_get_data (G_OBJECT (row), "tank") == id)
      gtk_list_box_select_row (self->list, row);
}

/* ── actions ─────────────────────────────────────────────────────────────────────────────────── */

static gboolean
may_write (DeskCellsTanks *self)
{
  if (!desk_page_get_read_only (self->page))
    return TRUE;
  desk_toast (GTK_WIDGET (self), _("This file can only be read."));
  return FALSE;
}

/* All that are due, one after the other; all of them where none is. */
static void
action_check (GtkWidget *widget, const char *name, GVariant *target)
{
  DeskCellsTanks *self = DESK_CELLS_TANKS (widget);
  GArray *ids = self->due->len ? self->due : self->all;

  if (may_write (self))
    desk_tank_check_dialog (self->page, (const gint64 *) (gpointer) ids->data, ids->len);
}

static void
check_one (DeskPage *page, gint64 id)
{
  desk_tank_check_dialog (page, &id, 1);
}

static void
show_list_of (DeskCellsTanks *self, gint64 id)
{
  if (!desk_tank_evacuation_show (self->evacuation, id))
    return;
  gtk_stack_set_visible_child (self->stack, GTK_WIDGET (self->evacuation));
  desk_tank_evacuation_enter (self->evacuation);
}

static const struct
{
  const char *of, *chosen; /* the action with a tank's id, and the one for the tank that is chosen */
  void (*func) (DeskPage *page, gint64 id);
} dialogs[] = {
  { "tanks.check-of", "tanks.check-one", check_one },
  { "tanks.correct-of", "tanks.correct", desk_tank_correct_dialog },
  { "tanks.rules-of", "tanks.rules", desk_tank_rules_dialog },
  { "tanks.down-of", "tanks.down", desk_tank_down_dialog },
  { "tanks.up-of", "tanks.up", desk_tank_up_dialog },
};

/* A tank that is down already has its list; nobody is asked for a second reason. */
static gboolean
is_down (DeskCellsTanks *self, gint64 id)
{
  g_autoptr (DeskTank) tank = desk_tank_load (desk_page_get_reader (self->page), id, g_get_real_time () / G_USEC_PER_SEC, NULL);

  return tank && tank->down;
}

static void
action_dialog (GtkWidget *widget, const char *name, GVariant *target)
{
  DeskCellsTanks *self = DESK_CELLS_TANKS (widget);
  gint64 id = target ? g_variant_get_int64 (target) : chosen_tank (self);

  if (!id || !may_write (self))
    return;
  choose_tank (self, id);
  if (g_str_has_prefix (name, "tanks.down") && is_down (self, id))
    {
      show_list_of (self, id);
      return;
    }
  for (guint i = 0; i < G_N_ELEMENTS (dialogs); i++)
    if (g_str_equal (name, dialogs[i].of) || g_str_equal (name, dialogs[i].chosen))
      dialogs[i].func (self->page, id);
}

static void
action_list (GtkWidget *widget, const char *name, GVariant *target)
{
  DeskCellsTanks *self = DESK_CELLS_TANKS (widget);

  show_list_of (self, target ? g_variant_get_int64 (target) : chosen_tank (self));
}

static void
action_back (GtkWidget *widget, const char *name, GVariant *target)
{
  DeskCellsTanks *self = DESK_CELLS_TANKS (widget);

  desk_cells_way_back (DESK_CELLS_WAY (self));
  desk_cells_way_enter (DESK_CELLS_WAY (self));
}

static gboolean
write_pack (DeskDb *db, gint64 id, const char *path, GError **error)
{
  return desk_blackout_write (db, path, TRUE, error);
}

static void
action_blackout (GtkWidget *widget, const char *name, GVariant *target)
{
  DeskCellsTanks *self = DESK_CELLS_TANKS (widget);
  g_autofree char *day = desk_day_format (desk_page_get_today (self->page));
  g_autofree char *file = g_strdup_printf ("blackout-%s.pdf", day);

  desk_cells_pdf_ask (self->page, _("Black-Out Pack"), file, write_pack, 0);
}

static void
on_row_activated (DeskCellsTanks *self, GtkListBoxRow *row)
{
  if (may_write (self))
    check_one (self->page, *(gint64 *) g_object_get_data (G_OBJECT (row), "tank"));
}

/* ── the view's part ─────────────────────────────────────────────────────────────────────────── */

static void
show_summary (DeskCellsTanks *self)
{
  g_autofree char *due = self->due->len == 0 ? g_strdup (_("No check is due"))
                                             : g_strdup_printf (ngettext ("%u check is due", "%u checks are due", self->due->len), self->due->len);

  gtk_label_set_text (self->summary, due);
}

static void
fill (DeskCellsTanks *self, GPtrArray *tanks)
{
  gint64 chosen = chosen_tank (self);
  GtkWidget *focus = GTK_WIDGET (gtk_widget_get_root (GTK_WIDGET (self)) ? gtk_root_get_focus (gtk_widget_get_root (GTK_WIDGET (self))) : NULL);
  gboolean had_focus = focus && gtk_widget_is_ancestor (focus, GTK_WIDGET (self->list));
  GtkWidget *row;

  while ((row = gtk_widget_get_first_child (GTK_WIDGET (self->list))))
    gtk_list_box_remove (self->list, row);
  g_array_set_size (self->due, 0);
  g_array_set_size (self->all, 0);
  for (guint i = 0; i < tanks->len; i++)
    {
      const DeskTank *tank = tanks->pdata[i];

      gtk_list_box_append (self->list, desk_tank_card_new (self->page, tank));
      g_array_append_val (self->all, tank->id);
      if (desk_tank_has (&tank->look, DESK_TANK_DUE) && tank->in_service)
        g_array_append_val (self->due, tank->id);
    }
  choose_tank (self, chosen);
  if (had_focus)
    desk_cells_way_enter (DESK_CELLS_WAY (self));
}

static void
desk_cells_tanks_refresh (DeskCellsWay *way)
{
  DeskCellsTanks *self = DESK_CELLS_TANKS (way);
  g_autoptr (GError) error = NULL;
  g_autoptr (GPtrArray) tanks = desk_tank_list (desk_page_get_reader (self->page), g_get_real_time () / G_USEC_PER_SEC, &error);

  if (!tanks)
    {
      g_warning ("cannot read the tanks: %s", error->message);
      return;
    }
  fill (self, tanks);
  show_summary (self);
  if (gtk_stack_get_visible_child (self->stack) == GTK_WIDGET (self->evacuation)
      && desk_tank_evacuation_show (self->evacuation, desk_tank_evacuation_get_tank (self->evacuation)))
    return;
  gtk_stack_set_visible_child_name (self->stack, tanks->len ? "list" : "empty");
}

static gboolean
on_clock (gpointer user_data)
{
  DeskCellsTanks *self = user_data;

  if (gtk_widget_get_mapped (GTK_WIDGET (self)))
    desk_cells_tanks_refresh (DESK_CELLS_WAY (self));
  return G_SOURCE_CONTINUE;
}

static void
desk_cells_tanks_load (DeskCellsWay *way)
{
  DeskCellsTanks *self = DESK_CELLS_TANKS (way);

  self->page = desk_cells_way_get_page (way);
  self->evacuation = DESK_TANK_EVACUATION (desk_tank_evacuation_new (self->page));
  gtk_stack_add_named (self->stack, GTK_WIDGET (self->evacuation), "down");
  self->clock = g_timeout_add_seconds (EVERY_SECONDS, on_clock, self);
}

static void
desk_cells_tanks_enter (DeskCellsWay *way)
{
  DeskCellsTanks *self = DESK_CELLS_TANKS (way);

  if (gtk_stack_get_visible_child (self->stack) == GTK_WIDGET (self->evacuation))
    {
      desk_tank_evacuation_enter (self->evacuation);
      return;
    }
  GtkListBoxRow *row = gtk_list_box_get_selected_row (self->list);
  if (!row)
    row = gtk_list_box_get_row_at_index (self->list, 0);
  if (row)
    gtk_widget_grab_focus (GTK_WIDGET (row));
}

static gboolean
desk_cells_tanks_back (DeskCellsWay *way)
{
  DeskCellsTanks *self = DESK_CELLS_TANKS (way);

  if (gtk_stack_get_visible_child (self->stack) != GTK_WIDGET (self->evacuation))
    return FALSE;
  gtk_stack_set_visible_child_name (self->stack, "list");
  return TRUE;
}

static gboolean
desk_cells_tanks_show (DeskCellsWay *way, DeskKind kind, gint64 id)
{
  DeskCellsTanks *self = DESK_CELLS_TANKS (way);

  if (kind != DESK_KIND_TANK)
    return FALSE;
  gtk_stack_set_visible_child_name (self->stack, self->all->len ? "list" : "empty");
  choose_tank (self, id);
  return TRUE;
}

static void
desk_cells_tanks_dispose (GObject *object)
{
  g_clear_handle_id (&DESK_CELLS_TANKS (object)->clock, g_source_remove);
  G_OBJECT_CLASS (desk_cells_tanks_parent_class)->dispose (object);
}

static void
desk_cells_tanks_finalize (GObject *object)
{
  g_array_unref (DESK_CELLS_TANKS (object)->due);
  g_array_unref (DESK_CELLS_TANKS (object)->all);
  G_OBJECT_CLASS (desk_cells_tanks_parent_class)->finalize (object);
}

static void
desk_cells_tanks_class_init (DeskCellsTanksClass *klass)
{
  GtkWidgetClass *widget_class = GTK_WIDGET_CLASS (klass);
  DeskCellsWayClass *way_class = DESK_CELLS_WAY_CLASS (klass);

  G_OBJECT_CLASS (klass)->dispose = desk_cells_tanks_dispose;
  G_OBJECT_CLASS (klass)->finalize = desk_cells_tanks_finalize;
  way_class->alone = TRUE;
  way_class->load = desk_cells_tanks_load;
  way_class->refresh = desk_cells_tanks_refresh;
  way_class->enter = desk_cells_tanks_enter;
  way_class->back = desk_cells_tanks_back;
  way_class->show = desk_cells_tanks_show;

  gtk_widget_class_set_template_from_resource (widget_class, "/org/uketsuke/Uketsuke/desk-cells-tanks.ui");
  gtk_widget_class_bind_template_child (widget_class, DeskCellsTanks, stack);
  gtk_widget_class_bind_template_child (widget_class, DeskCellsTanks, list);
  gtk_widget_class_bind_template_child (widget_class, DeskCellsTanks, summary);
  gtk_widget_class_bind_template_callback (widget_class, on_row_activated);
  gtk_widget_class_install_action (widget_class, "tanks.check", NULL, action_check);
  gtk_widget_class_install_action (widget_class, "tanks.list-of", "x", action_list);
  gtk_widget_class_install_action (widget_class, "tanks.list", NULL, action_list);
  gtk_widget_class_install_action (widget_class, "tanks.back", NULL, action_back);
  gtk_widget_class_install_action (widget_class, "tanks.blackout", NULL, action_blackout);
  for (guint i = 0; i < G_N_ELEMENTS (dialogs); i++)
    {
      gtk_widget_class_install_action (widget_class, dialogs[i].of, "x", action_dialog);
      gtk_widget_class_install_action (widget_class, dialogs[i].chosen, NULL, action_dialog);
    }
}

static void
desk_cells_tanks_init (DeskCellsTanks *self)
{
  gtk_widget_init_template (GTK_WIDGET (self));
  self->due = g_array_new (FALSE, FALSE, sizeof (gint64));
  self->all = g_array_new (FALSE, FALSE, sizeof (gint64));
}
