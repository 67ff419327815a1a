#include "desk-cells-shipments.h"

#include <glib/gi18n.h>

#include "desk-shipment-dialogs.h"
#include "desk-shipments.h"
#include "desk-tank.h"
#include "desk-words.h"

struct _DeskCellsShipments
{
  DeskCellsWay parent_instance;

  GtkStack *stack;
  GtkListBox *list;
  DeskPage *page;       /* not owned */
  GPtrArray *shipments; /* of DeskShipment, as the list shows them */
};

G_DEFINE_FINAL_TYPE (DeskCellsShipments, desk_cells_shipments, DESK_TYPE_CELLS_WAY)

static char *
limits_words (const DeskShipment *shipment)
{
  g_autofree char *low = desk_tank_format_tenths (shipment->allowed_min), *high = desk_tank_format_tenths (shipment->allowed_max);

  return shipment->limits ? g_strdup_printf (_("%s to %s °C"), low, high) : g_strdup ("");
}

static GtkWidget *
row_new (DeskCellsShipments *self, const DeskShipment *shipment)
{
  GtkWidget *row = adw_action_row_new (), *button = gtk_label_new (_("Receive…"));
  g_autofree char *title = g_strdup_printf (shipment->out ? _("%s to %s") : _("%s from %s"), shipment->number, shipment->other_party);
  g_autofree char *when = desk_words_when (shipment->left_at, desk_page_get_zone (self->page));
  g_autofree char *left = g_strdup_printf (_("left %s"), when);
  g_autofree char *units = g_strdup_printf (ngettext ("%d unit", "%d units", shipment->n_units), shipment->n_units);
  g_autofree char *seal = *shipment->seal ? g_strdup_printf (_("seal %s"), shipment->seal) : g_strdup ("");
  g_autofree char *limits = limits_words (shipment);
  const char *facts[] = { units, left, shipment->left_by, shipment->courier, seal, limits };
  g_autofree char *subtitle = desk_words_facts (facts, G_N_ELEMENTS (facts));

  adw_preferences_row_set_use_markup (ADW_PREFERENCES_ROW (row), FALSE);
  adw_preferences_row_set_title (ADW_PREFERENCES_ROW (row), title);
  adw_action_row_set_subtitle (ADW_ACTION_ROW (row), subtitle);
  gtk_widget_add_css_class (button, "dim-label");
  adw_action_row_add_suffix (ADW_ACTION_ROW (row), button);
  gtk_list_box_row_set_activatable (GTK_LIST_BOX_ROW (row), TRUE);
  return row;
}

static void
desk_cells_shipments_refresh (DeskCellsWay *way)
{
  DeskCellsShipments *self = DESK_CELLS_SHIPMENTS (way);
  g_autoptr (GError) error = NULL;
  GPtrArray *shipments = desk_shipment_under_way (desk_page_get_reader (self->page), &error);
  GtkWidget *row;

  if (!shipments)
    {
      g_warning ("cannot read the shipments: %s", error->message);
      return;
    }
  g_clear_pointer (&self->shipments, g_ptr_array_unref);
  self->shipments = shipments;
  while ((row = gtk_widget_get_first_child (GTK_WIDGET (self->list))))
    gtk_list_box_remove (self->list, row);
  for (guint i = 0; i < shipments->len; i++)
    gtk_list_box_append (self->list, row_new (self, shipments->pdata[i]));
  gtk_stack_set_visible_child_name (self->stack, shipments->len ? "list" : "empty");
}

static void
receive (DeskCellsShipments *self, guint n)
{
  if (!desk_page_get_read_only (self->page) && n < self->shipments->len)
    desk_shipment_receive_dialog (self->page, ((DeskShipment *) self->shipments->pdata[n])->id);
}

static void
on_row_activated (DeskCellsShipments *self, GtkListBoxRow *row)
{
  receive (self, (guint) gtk_list_box_row_get_index (row));
}

static void
action_new (GtkWidget *widget, const char *name, GVariant *target)
{
  desk_shipment_send_dialog (DESK_CELLS_SHIPMENTS (widget)->page);
}

/* The chosen one, or the one that is longest on its way. */
static void
action_receive (GtkWidget *widget, const char *name, GVariant *target)
{
  DeskCellsShipments *self = DESK_CELLS_SHIPMENTS (widget);
  GtkListBoxRow *row = gtk_list_box_get_selected_row (self->list);

  receive (self, row ? (guint) gtk_list_box_row_get_index (row) : 0);
}

static void
desk_cells_shipments_load (DeskCellsWay *way)
{
  DeskCellsShipments *self = DESK_CELLS_SHIPMENTS (way);

  self->page = desk_cells_way_get_page (way);
  gtk_widget_action_set_enabled (GTK_WIDGET (self), "shipments.new", !desk_page_get_read_only (self->page));
  gtk_widget_action_set_enabled (GTK_WIDGET (self), "shipments.receive", !desk_page_get_read_only (self->page));
}

static void
desk_cells_shipments_enter (DeskCellsWay *way)
{
  DeskCellsShipments *self = DESK_CELLS_SHIPMENTS (way);
  GtkListBoxRow *first = gtk_list_box_get_row_at_index (self->list, 0);

  if (first)
    gtk_widget_grab_focus (GTK_WIDGET (first));
  else
    gtk_widget_child_focus (GTK_WIDGET (self), GTK_DIR_TAB_FORWARD);
}

static gboolean
desk_cells_shipments_show (DeskCellsWay *way, DeskKind kind, gint64 id)
{
  DeskCellsShipments *self = DESK_CELLS_SHIPMENTS (way);

  for (guint i = 0; kind == DESK_KIND_SHIPMENT && self->shipments && i < self->shipments->len; i++)
    if (((DeskShipment *) self->shipments->pdata[i])->id == id)
      {
        gtk_list_box_select_row (self->list, gtk_list_box_get_row_at_index (self->list, (int) i));
        return TRUE;
      }
  return FALSE;
}

static void
desk_cells_shipments_finalize (GObject *object)
{
  g_clear_pointer (&DESK_CELLS_SHIPMENTS (object)->shipments, g_ptr_array_unref);
  G_OBJECT_CLASS (desk_cells_shipments_parent_class)->finalize (object);
}

static void
desk_cells_shipments_class_init (DeskCellsShipmentsClass *klass)
{
  GtkWidgetClass *widget_class = GTK_WIDGET_CLASS (klass);
  DeskCellsWayClass *way_class = DESK_CELLS_WAY_CLASS (klass);

  G_OBJECT_CLASS (klass)->finalize = desk_cells_shipments_finalize;
  way_class->alone = TRUE;
  way_class->load = desk_cells_shipments_load;
  way_class->refresh = desk_cells_shipments_refresh;
  way_class->enter = desk_cells_shipments_enter;
  way_class->show = desk_cells_shipments_show;

  gtk_widget_class_set_template_from_resource (widget_class, "/org/uketsuke/Uketsuke/desk-cells-shipments.ui");
  gtk_widget_class_bind_template_child (widget_class, DeskCellsShipments, stack);
  gtk_widget_class_bind_template_child (widget_class, DeskCellsShipments, list);
  gtk_widget_class_bind_template_callback (widget_class, on_row_activated);
  gtk_widget_class_install_action (widget_class, "shipments.new", NULL, action_new);
  gtk_widget_class_install_action (widget_class, "shipments.receive", NULL, action_receive);
}

static void
desk_cells_shipments_init (DeskCellsShipments *self)
{
  gtk_widget_init_template (GTK_WIDGET (self));
}
