#include "desk-cells-page.h"

#include <glib/gi18n.h>

#include "desk-cells-bank.h"
#include "desk-cells-forms.h"
#include "desk-cells-lots.h"
#include "desk-cells-panel.h"
#include "desk-cells-steps.h"
#include "desk-toast.h"

struct _DeskCellsPage
{
  DeskPage parent_instance;

  GtkToggleButton *bank_button;
  GtkToggleButton *lots_button;
  GtkEditable *search;
  GtkStack *ways;
  DeskCellsBank *bank;
  DeskCellsLots *lots;
  DeskCellsPanel *panel;

  guint refresh; /* idle source: many changes, one look */
  gboolean bank_stale, lots_stale; /* read again when they are looked at */
};

G_DEFINE_FINAL_TYPE (DeskCellsPage, desk_cells_page, DESK_TYPE_PAGE)

static gboolean
in_bank (DeskCellsPage *self)
{
  return gtk_toggle_button_get_active (self->bank_button);
}

/* Reads what is looked at, if something changed since; what nobody sees costs nothing. */
static void
freshen (DeskCellsPage *self)
{
  gboolean *stale = in_bank (self) ? &self->bank_stale : &self->lots_stale;

  if (!*stale)
    return;
  *stale = FALSE;
  if (in_bank (self))
    desk_cells_bank_refresh (self->bank);
  else
    desk_cells_lots_refresh (self->lots);
  desk_cells_panel_refresh (self->panel);
}

static void
on_toggled (DeskCellsPage *self)
{
  gtk_stack_set_visible_child_name (self->ways, in_bank (self) ? "bank" : "lots");
  freshen (self);
}

static void
on_chosen (DeskCellsPage *self, gint64 unit_id)
{
  desk_cells_panel_show (self->panel, unit_id);
}

static void
on_opened (DeskCellsPage *self, gint64 unit_id)
{
  desk_cells_panel_show (self->panel, unit_id);
  desk_cells_panel_enter (self->panel);
}

static void
on_search (DeskCellsPage *self)
{
  desk_cells_bank_search (self->bank, gtk_editable_get_text (self->search));
  desk_cells_lots_search (self->lots, gtk_editable_get_text (self->search));
  self->lots_stale = TRUE;
  freshen (self);
}

static void
on_search_activate (DeskCellsPage *self)
{
  if (!in_bank (self))
    desk_cells_lots_enter (self->lots);
  else if (!desk_cells_bank_next_match (self->bank))
    desk_toast (GTK_WIDGET (self), _("No dose in a place was found for that."));
}

static void
enter_way (DeskCellsPage *self)
{
  if (in_bank (self))
    desk_cells_bank_enter (self->bank);
  else
    desk_cells_lots_enter (self->lots);
}

static void
on_search_stop (DeskCellsPage *self)
{
  gtk_editable_set_text (self->search, "");
  enter_way (self);
}

/* ── actions ─────────────────────────────────────────────────────────────────────────────────── */

static void
action_way (GtkWidget *widget, const char *name, GVariant *target)
{
  DeskCellsPage *self = DESK_CELLS_PAGE (widget);
  gboolean bank = g_str_equal (g_variant_get_string (target, NULL), "bank");

  gtk_toggle_button_set_active (bank ? self->bank_button : self->lots_button, TRUE);
  enter_way (self);
}

static void
action_search (GtkWidget *widget, const char *name, GVariant *target)
{
  gtk_widget_grab_focus (GTK_WIDGET (DESK_CELLS_PAGE (widget)->search));
}

static void
action_cut (GtkWidget *widget, const char *name, GVariant *target)
{
  desk_cells_bank_cut (DESK_CELLS_PAGE (widget)->bank);
}

static void
action_paste (GtkWidget *widget, const char *name, GVariant *target)
{
  desk_cells_bank_paste (DESK_CELLS_PAGE (widget)->bank);
}

/* Esc: put down what is in hand, go back from the panel, then from the lot to the list. */
static void
action_back (GtkWidget *widget, const char *name, GVariant *target)
{
  DeskCellsPage *self = DESK_CELLS_PAGE (widget);
  GtkWidget *focus = gtk_root_get_focus (gtk_widget_get_root (widget));
  gboolean in_panel = focus && gtk_widget_is_ancestor (focus, GTK_WIDGET (self->panel));

  if (in_bank (self))
    desk_cells_bank_let_go (self->bank);
  else if (!in_panel)
    desk_cells_lots_back (self->lots);
  enter_way (self);
}

static void
action_new_lot (GtkWidget *widget, const char *name, GVariant *target)
{
  desk_cells_new_lot (DESK_PAGE (widget));
}

static void
action_new_tank (GtkWidget *widget, const char *name, GVariant *target)
{
  desk_cells_new_tank (DESK_PAGE (widget));
}

/* A step of the unit in the panel, by its code. */
static void
action_step (GtkWidget *widget, const char *name, GVariant *target)
{
  DeskCellsPage *self = DESK_CELLS_PAGE (widget);
  gint64 unit_id = desk_cells_panel_get_unit (self->panel);

  if (unit_id)
    desk_cells_step_begin (DESK_PAGE (self), unit_id, g_variant_get_string (target, NULL), NULL);
  else
    desk_toast (widget, _("Choose a dose first."));
}

/* ── the page's part ─────────────────────────────────────────────────────────────────────────── */

static void
desk_cells_page_load (DeskPage *page)
{
  DeskCellsPage *self = DESK_CELLS_PAGE (page);

  desk_cells_panel_set_page (self->panel, page);
  desk_cells_bank_set_page (self->bank, page);
  desk_cells_lots_set_page (self->lots, page);
  self->bank_stale = self->lots_stale = TRUE;
  gtk_widget_action_set_enabled (GTK_WIDGET (self), "cells.new-lot", !desk_page_get_read_only (page));
  gtk_widget_action_set_enabled (GTK_WIDGET (self), "cells.new-tank", !desk_page_get_read_only (page));

  /* Built while its place is shown already: nothing maps it again. */
  if (gtk_widget_get_mapped (GTK_WIDGET (self)))
    freshen (self);
}

static gboolean
on_refresh (gpointer user_data)
{
  DeskCellsPage *self = user_data;

  self->refresh = 0;
  self->bank_stale = self->lots_stale = TRUE;
  if (gtk_widget_get_mapped (GTK_WIDGET (self)))
    freshen (self);
  return G_SOURCE_REMOVE;
}

static void
desk_cells_page_changed (DeskPage *page, DeskKind kind, gint64 id)
{
  DeskCellsPage *self = DESK_CELLS_PAGE (page);
  const gboolean shown[DESK_N_KINDS]
      = { [DESK_KIND_ANY] = TRUE,  [DESK_KIND_CONTAINER] = TRUE, [DESK_KIND_LOT] = TRUE,
          [DESK_KIND_UNIT] = TRUE, [DESK_KIND_VISIT] = TRUE,     [DESK_KIND_PATIENT] = TRUE };

  if (shown[kind] && !self->refresh)
    self->refresh = g_idle_add (on_refresh, self);
}

static void
show_unit (DeskCellsPage *self, gint64 id)
{
  g_autoptr (GError) error = NULL;
  g_autoptr (DeskUnit) unit = desk_unit_load (desk_page_get_reader (DESK_PAGE (self)), id, &error);

  if (!unit)
    {
      desk_toast_error (GTK_WIDGET (self), error);
      return;
    }
  gtk_toggle_button_set_active (self->bank_button, TRUE);
  freshen (self);
  if (unit->container_id)
    desk_cells_bank_show_place (self->bank, unit->container_id, unit->row, unit->col);
  on_opened (self, id);
}

static void
desk_cells_page_show (DeskPage *page, DeskKind kind, gint64 id)
{
  DeskCellsPage *self = DESK_CELLS_PAGE (page);

  if (kind == DESK_KIND_UNIT)
    show_unit (self, id);
  else if (kind == DESK_KIND_LOT)
    {
      gtk_toggle_button_set_active (self->lots_button, TRUE);
      freshen (self);
      desk_cells_lots_show (self->lots, id);
      desk_cells_lots_enter (self->lots);
    }
  else if (kind == DESK_KIND_CONTAINER)
    {
      gtk_toggle_button_set_active (self->bank_button, TRUE);
      freshen (self);
      desk_cells_bank_show_container (self->bank, id);
      desk_cells_bank_enter (self->bank);
    }
}

static void
desk_cells_page_enter (DeskPage *page)
{
  enter_way (DESK_CELLS_PAGE (page));
}

static void
desk_cells_page_dispose (GObject *object)
{
  g_clear_handle_id (&DESK_CELLS_PAGE (object)->refresh, g_source_remove);
  G_OBJECT_CLASS (desk_cells_page_parent_class)->dispose (object);
}

static void
desk_cells_page_class_init (DeskCellsPageClass *klass)
{
  GtkWidgetClass *widget_class = GTK_WIDGET_CLASS (klass);
  DeskPageClass *page_class = DESK_PAGE_CLASS (klass);

  G_OBJECT_CLASS (klass)->dispose = desk_cells_page_dispose;
  page_class->load = desk_cells_page_load;
  page_class->changed = desk_cells_page_changed;
  page_class->show = desk_cells_page_show;
  page_class->enter = desk_cells_page_enter;

  g_type_ensure (DESK_TYPE_CELLS_BANK);
  g_type_ensure (DESK_TYPE_CELLS_LOTS);
  g_type_ensure (DESK_TYPE_CELLS_PANEL);
  gtk_widget_class_set_template_from_resource (widget_class, "/org/uketsuke/Uketsuke/desk-cells-page.ui");
  gtk_widget_class_bind_template_child (widget_class, DeskCellsPage, bank_button);
  gtk_widget_class_bind_template_child (widget_class, DeskCellsPage, lots_button);
  gtk_widget_class_bind_template_child (widget_class, DeskCellsPage, search);
  gtk_widget_class_bind_template_child (widget_class, DeskCellsPage, ways);
  gtk_widget_class_bind_template_child (widget_class, DeskCellsPage, bank);
  gtk_widget_class_bind_template_child (widget_class, DeskCellsPage, lots);
  gtk_widget_class_bind_template_child (widget_class, DeskCellsPage, panel);
  gtk_widget_class_bind_template_callback (widget_class, on_toggled);
  gtk_widget_class_bind_template_callback (widget_class, on_chosen);
  gtk_widget_class_bind_template_callback (widget_class, on_opened);
  gtk_widget_class_bind_template_callback (widget_class, on_search);
  gtk_widget_class_bind_template_callback (widget_class, on_search_activate);
  gtk_widget_class_bind_template_callback (widget_class, on_search_stop);

  gtk_widget_class_install_action (widget_class, "cells.way", "s", action_way);
  gtk_widget_class_install_action (widget_class, "cells.search", NULL, action_search);
  gtk_widget_class_install_action (widget_class, "cells.cut", NULL, action_cut);
  gtk_widget_class_install_action (widget_class, "cells.paste", NULL, action_paste);
  gtk_widget_class_install_action (widget_class, "cells.back", NULL, action_back);
  gtk_widget_class_install_action (widget_class, "cells.new-lot", NULL, action_new_lot);
  gtk_widget_class_install_action (widget_class, "cells.new-tank", NULL, action_new_tank);
  gtk_widget_class_install_action (widget_class, "cells.step", "s", action_step);
  /* Only where the focus is on this page: elsewhere the same keys cut text and find patients. */
  gtk_widget_class_add_binding_action (widget_class, GDK_KEY_f, GDK_CONTROL_MASK, "cells.search", NULL);
  gtk_widget_class_add_binding_action (widget_class, GDK_KEY_x, GDK_CONTROL_MASK, "cells.cut", NULL);
  gtk_widget_class_add_binding_action (widget_class, GDK_KEY_v, GDK_CONTROL_MASK, "cells.paste", NULL);
  gtk_widget_class_add_binding_action (widget_class, GDK_KEY_Escape, 0, "cells.back", NULL);
}

static void
desk_cells_page_init (DeskCellsPage *self)
{
  gtk_widget_init_template (GTK_WIDGET (self));
  g_signal_connect (self, "map", G_CALLBACK (freshen), NULL);
}
