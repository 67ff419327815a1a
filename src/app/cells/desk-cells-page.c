#include "desk-cells-page.h"

#include <glib/gi18n.h>

#include "desk-cells-bank.h"
#include "desk-cells-collection.h"
#include "desk-cells-counts.h"
#include "desk-cells-forms.h"
#include "desk-cells-lookback-forms.h"
#include "desk-cells-lookbacks.h"
#include "desk-cells-lots.h"
#include "desk-cells-panel.h"
#include "desk-cells-steps.h"
#include "desk-cells-shipments.h"
#include "desk-cells-tanks.h"
#include "desk-cells.h"
#include "desk-export-dialog.h"
#include "desk-toast.h"

typedef struct
{
  const char *name;      /* in "cells.way" */
  const char *label;
  const char *tooltip;
  const char *actions;   /* what the names of its own actions begin with, up to the dot; NULL for none */
  GType (*get_type) (void);
} WayInfo;

/* The views of the page, in the order of their buttons. */
static const WayInfo infos[] = {
  { "bank", N_("Bank"), N_("Tanks, racks and boxes"), "bank", desk_cells_bank_get_type },
  { "lots", N_("Lots"), N_("Culture lots with results and units"), "lots", desk_cells_lots_get_type },
  { "tanks", N_("Tanks"), N_("Checks of tanks and freezers"), "tanks", desk_cells_tanks_get_type },
  { "counts", N_("Stocktake"), N_("Counting what stands in the bank"), "counts", desk_cells_counts_get_type },
  { "shipments", N_("Shipments"), N_("What is on its way, and receiving it"), "shipments", desk_cells_shipments_get_type },
  { "lookbacks", N_("Look-backs"), N_("What a late bad result reaches, and who must be told"), "lookbacks",
    desk_cells_lookbacks_get_type },
};

#define N_WAYS G_N_ELEMENTS (infos)

typedef struct
{
  GtkToggleButton *button;
  DeskCellsWay *view; /* NULL until it is first looked at */
  gboolean stale;     /* read again when it is looked at */
  char *searched;
} Way;

struct _DeskCellsPage
{
  DeskPage parent_instance;

  GtkBox *buttons;
  GtkEditable *search;
  GtkStack *views;
  DeskCellsPanel *panel;

  Way ways[N_WAYS];
  guint current;
  gboolean loaded;
  guint refresh; /* idle source: many changes, one look */
};

G_DEFINE_FINAL_TYPE (DeskCellsPage, desk_cells_page, DESK_TYPE_PAGE)

static void
on_chosen (DeskCellsPage *self, gint64 unit_id, gboolean enter)
{
  desk_cells_panel_show (self->panel, unit_id);
  if (enter)
    desk_cells_panel_enter (self->panel);
}

static DeskCellsWay *
build_view (DeskCellsPage *self, guint n)
{
  Way *way = &self->ways[n];

  if (way->view)
    return way->view;
  way->view = g_object_new (infos[n].get_type (), NULL);
  g_signal_connect_swapped (way->view, "chosen", G_CALLBACK (on_chosen), self);
  gtk_stack_add_named (self->views, GTK_WIDGET (way->view), infos[n].name);
  desk_cells_way_load (way->view, DESK_PAGE (self));
  way->stale = TRUE;
  return way->view;
}

static DeskCellsWay *
current_view (DeskCellsPage *self)
{
  return build_view (self, self->current);
}

/* Reads what is looked at, if something changed since; what nobody sees costs nothing. */
static void
freshen (DeskCellsPage *self)
{
  Way *way = &self->ways[self->current];
  const char *wanted = gtk_editable_get_text (self->search);

  if (!self->loaded)
    return;
  DeskCellsWay *view = current_view (self);
  if (g_strcmp0 (way->searched ? way->searched : "", wanted) != 0)
    {
      g_free (way->searched);
      way->searched = g_strdup (wanted);
      desk_cells_way_search (view, wanted);
      way->stale = TRUE;
    }
  if (!way->stale)
    return;
  way->stale = FALSE;
  desk_cells_way_refresh (view);
  desk_cells_panel_refresh (self->panel);
}

static void
show_way (DeskCellsPage *self, guint n)
{
  self->current = n;
  gtk_stack_set_visible_child (self->views, GTK_WIDGET (build_view (self, n)));
  gtk_widget_set_visible (GTK_WIDGET (self->panel), !desk_cells_way_is_alone (self->ways[n].view));
  gtk_toggle_button_set_active (self->ways[n].button, TRUE);
  freshen (self);
}

static void
on_toggled (DeskCellsPage *self, GtkToggleButton *button)
{
  if (!gtk_toggle_button_get_active (button) || !self->loaded)
    return;
  for (guint n = 0; n < N_WAYS; n++)
    if (self->ways[n].button == button && n != self->current)
      show_way (self, n);
}

static void
add_buttons (DeskCellsPage *self)
{
  for (guint n = 0; n < N_WAYS; n++)
    {
      GtkWidget *button = gtk_toggle_button_new_with_label (_(infos[n].label));

      gtk_widget_set_tooltip_text (button, _(infos[n].tooltip));
      self->ways[n].button = GTK_TOGGLE_BUTTON (button);
      if (n > 0)
        gtk_toggle_button_set_group (self->ways[n].button, self->ways[0].button);
      else
        gtk_toggle_button_set_active (self->ways[n].button, TRUE);
      g_signal_connect_swapped (button, "toggled", G_CALLBACK (on_toggled), self);
      gtk_box_append (self->buttons, button);
    }
}

static void
on_search_activate (DeskCellsPage *self)
{
  desk_cells_way_search_next (current_view (self));
}

static void
on_search_stop (DeskCellsPage *self)
{
  gtk_editable_set_text (self->search, "");
  desk_cells_way_enter (current_view (self));
}

/* ── actions ─────────────────────────────────────────────────────────────────────────────────── */

static void
action_way (GtkWidget *widget, const char *name, GVariant *target)
{
  DeskCellsPage *self = DESK_CELLS_PAGE (widget);

  for (guint n = 0; n < N_WAYS; n++)
    if (g_str_equal (infos[n].name, g_variant_get_string (target, NULL)))
      {
        show_way (self, n);
        desk_cells_way_enter (current_view (self));
      }
}

static void
action_search (GtkWidget *widget, const char *name, GVariant *target)
{
  gtk_widget_grab_focus (GTK_WIDGET (DESK_CELLS_PAGE (widget)->search));
}

static void
action_cut (GtkWidget *widget, const char *name, GVariant *target)
{
  DeskCellsWay *view = current_view (DESK_CELLS_PAGE (widget));

  if (DESK_IS_CELLS_BANK (view))
    desk_cells_bank_cut (DESK_CELLS_BANK (view));
}

static void
action_paste (GtkWidget *widget, const char *name, GVariant *target)
{
  DeskCellsWay *view = current_view (DESK_CELLS_PAGE (widget));

  if (DESK_IS_CELLS_BANK (view))
    desk_cells_bank_paste (DESK_CELLS_BANK (view));
}

/* Esc: from the panel to the view, or one step back inside the view. */
static void
action_back (GtkWidget *widget, const char *name, GVariant *target)
{
  DeskCellsPage *self = DESK_CELLS_PAGE (widget);
  GtkWidget *focus = gtk_root_get_focus (gtk_widget_get_root (widget));

  if (!focus || !gtk_widget_is_ancestor (focus, GTK_WIDGET (self->panel)) || DESK_IS_CELLS_BANK (current_view (self)))
    desk_cells_way_back (current_view (self));
  desk_cells_way_enter (current_view (self));
}

static void
action_new_lot (GtkWidget *widget, const char *name, GVariant *target)
{
  desk_cells_new_lot (DESK_PAGE (widget));
}

static void
action_new_collection (GtkWidget *widget, const char *name, GVariant *target)
{
  desk_cells_new_collection (DESK_PAGE (widget), 0);
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

/* About the unit in the panel. */
static void
action_export_custody (GtkWidget *widget, const char *name, GVariant *target)
{
  gint64 unit_id = desk_cells_panel_get_unit (DESK_CELLS_PAGE (widget)->panel);

  if (unit_id)
    desk_export_ask_thing (DESK_PAGE (widget), DESK_EXPORT_CUSTODY, unit_id);
  else
    desk_toast (widget, _("Choose a dose first."));
}

static void
action_look_back (GtkWidget *widget, const char *name, GVariant *target)
{
  DeskCellsPage *self = DESK_CELLS_PAGE (widget);
  gint64 unit_id = desk_cells_panel_get_unit (self->panel);
  g_autoptr (GError) error = NULL;
  g_autoptr (DeskUnit) unit = unit_id ? desk_unit_load (desk_page_get_reader (DESK_PAGE (self)), unit_id, &error) : NULL;

  if (unit)
    desk_lookback_ask_open (DESK_PAGE (self), DESK_LOOKBACK_UNIT, unit_id, unit->number);
  else if (error)
    desk_toast_error (widget, error);
  else
    desk_toast (widget, _("Choose a dose first."));
}

/* ── the page's part ─────────────────────────────────────────────────────────────────────────── */

static void
make_stale (DeskCellsPage *self)
{
  for (guint n = 0; n < N_WAYS; n++)
    self->ways[n].stale = TRUE;
}

static void
desk_cells_page_load (DeskPage *page)
{
  DeskCellsPage *self = DESK_CELLS_PAGE (page);

  self->loaded = TRUE;
  desk_cells_panel_set_page (self->panel, page);
  gtk_widget_action_set_enabled (GTK_WIDGET (self), "cells.new-lot", !desk_page_get_read_only (page));
  gtk_widget_action_set_enabled (GTK_WIDGET (self), "cells.new-collection", !desk_page_get_read_only (page));
  gtk_widget_action_set_enabled (GTK_WIDGET (self), "cells.new-tank", !desk_page_get_read_only (page));
  gtk_widget_action_set_enabled (GTK_WIDGET (self), "cells.look-back", !desk_page_get_read_only (page));
  gtk_stack_set_visible_child (self->views, GTK_WIDGET (current_view (self)));

  /* Built while its place is shown already: nothing maps it again. */
  if (gtk_widget_get_mapped (GTK_WIDGET (self)))
    freshen (self);
}

static gboolean
on_refresh (gpointer user_data)
{
  DeskCellsPage *self = user_data;

  self->refresh = 0;
  make_stale (self);
  if (gtk_widget_get_mapped (GTK_WIDGET (self)))
    freshen (self);
  return G_SOURCE_REMOVE;
}

static void
desk_cells_page_changed (DeskPage *page, DeskKind kind, gint64 id)
{
  DeskCellsPage *self = DESK_CELLS_PAGE (page);
  const gboolean elsewhere[DESK_N_KINDS]
      = { [DESK_KIND_DOCUMENT] = TRUE, [DESK_KIND_COURSE] = TRUE, [DESK_KIND_LETTER] = TRUE, [DESK_KIND_TRIP] = TRUE,
          [DESK_KIND_INBOX] = TRUE,    [DESK_KIND_IMPORT] = TRUE };

  if (!elsewhere[kind] && !self->refresh)
    self->refresh = g_idle_add (on_refresh, self);
}

/* The first view that knows the thing shows it; a dose is opened in the panel as well. */
static void
desk_cells_page_show (DeskPage *page, DeskKind kind, gint64 id)
{
  DeskCellsPage *self = DESK_CELLS_PAGE (page);

  for (guint n = 0; n < N_WAYS; n++)
    {
      DeskCellsWay *view = build_view (self, n);

      if (!DESK_CELLS_WAY_GET_CLASS (view)->show)
        continue;
      if (self->ways[n].stale)
        {
          self->ways[n].stale = FALSE;
          desk_cells_way_refresh (view);
        }
      if (!desk_cells_way_show (view, kind, id))
        continue;
      show_way (self, n);
      if (kind == DESK_KIND_UNIT)
        on_chosen (self, id, TRUE);
      else
        desk_cells_way_enter (view);
      return;
    }
}

static void
desk_cells_page_enter (DeskPage *page)
{
  desk_cells_way_enter (current_view (DESK_CELLS_PAGE (page)));
}

/* "tanks.check": the view of that name, brought into view. */
static GtkWidget *
desk_cells_page_part (DeskPage *page, const char *action)
{
  DeskCellsPage *self = DESK_CELLS_PAGE (page);
  g_auto (GStrv) words = g_strsplit (action, ".", 2);

  for (guint n = 0; n < N_WAYS; n++)
    if (g_strcmp0 (infos[n].actions, words[0]) == 0)
      {
        show_way (self, n);
        return GTK_WIDGET (self->ways[n].view);
      }
  return NULL;
}

static void
desk_cells_page_dispose (GObject *object)
{
  DeskCellsPage *self = DESK_CELLS_PAGE (object);

  g_clear_handle_id (&self->refresh, g_source_remove);
  for (guint n = 0; n < N_WAYS; n++)
    g_clear_pointer (&self->ways[n].searched, g_free);
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
  page_class->part = desk_cells_page_part;

  g_type_ensure (DESK_TYPE_CELLS_PANEL);
  gtk_widget_class_set_template_from_resource (widget_class, "/org/uketsuke/Uketsuke/desk-cells-page.ui");
  gtk_widget_class_bind_template_child (widget_class, DeskCellsPage, buttons);
  gtk_widget_class_bind_template_child (widget_class, DeskCellsPage, search);
  gtk_widget_class_bind_template_child (widget_class, DeskCellsPage, views);
  gtk_widget_class_bind_template_child (widget_class, DeskCellsPage, panel);
  gtk_widget_class_bind_template_callback (widget_class, freshen);
  gtk_widget_class_bind_template_callback (widget_class, on_search_activate);
  gtk_widget_class_bind_template_callback (widget_class, on_search_stop);

  gtk_widget_class_install_action (widget_class, "cells.way", "s", action_way);
  gtk_widget_class_install_action (widget_class, "cells.search", NULL, action_search);
  gtk_widget_class_install_action (widget_class, "cells.cut", NULL, action_cut);
  gtk_widget_class_install_action (widget_class, "cells.paste", NULL, action_paste);
  gtk_widget_class_install_action (widget_class, "cells.back", NULL, action_back);
  gtk_widget_class_install_action (widget_class, "cells.new-lot", NULL, action_new_lot);
  gtk_widget_class_install_action (widget_class, "cells.new-collection", NULL, action_new_collection);
  gtk_widget_class_install_action (widget_class, "cells.new-tank", NULL, action_new_tank);
  gtk_widget_class_install_action (widget_class, "cells.step", "s", action_step);
  gtk_widget_class_install_action (widget_class, "cells.look-back", NULL, action_look_back);
  gtk_widget_class_install_action (widget_class, "cells.export-custody", NULL, action_export_custody);
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
  add_buttons (self);
  g_signal_connect (self, "map", G_CALLBACK (freshen), NULL);
}
