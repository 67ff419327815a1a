#include "desk-template-sheet.h"

#include <glib/gi18n.h>

#define LEAST_WIDTH 200

struct _DeskTemplateSheet
{
  GtkWidget parent_instance;

  GdkTexture *texture;
};

G_DEFINE_FINAL_TYPE (DeskTemplateSheet, desk_template_sheet, GTK_TYPE_WIDGET)

static GtkSizeRequestMode
desk_template_sheet_get_request_mode (GtkWidget *widget)
{
  return GTK_SIZE_REQUEST_HEIGHT_FOR_WIDTH;
}

static void
desk_template_sheet_measure (GtkWidget *widget, GtkOrientation orientation, int for_size, int *minimum, int *natural, int *minimum_baseline,
                             int *natural_baseline)
{
  DeskTemplateSheet *self = DESK_TEMPLATE_SHEET (widget);

  *minimum = *natural = LEAST_WIDTH;
  if (orientation == GTK_ORIENTATION_VERTICAL && self->texture)
    *minimum = *natural = MAX (for_size, LEAST_WIDTH) * gdk_texture_get_height (self->texture) / gdk_texture_get_width (self->texture);
}

static void
desk_template_sheet_snapshot (GtkWidget *widget, GtkSnapshot *snapshot)
{
  DeskTemplateSheet *self = DESK_TEMPLATE_SHEET (widget);

  if (self->texture)
    gtk_snapshot_append_texture (snapshot, self->texture,
                                 &GRAPHENE_RECT_INIT (0, 0, gtk_widget_get_width (widget), gtk_widget_get_height (widget)));
}

/* Shows a page, of that number; the surface is an image. */
void
desk_template_sheet_set (DeskTemplateSheet *self, cairo_surface_t *page, guint number)
{
  int width = cairo_image_surface_get_width (page), height = cairo_image_surface_get_height (page);
  int stride = cairo_image_surface_get_stride (page);
  g_autofree char *label = g_strdup_printf (_("Page %u"), number);

  cairo_surface_flush (page);
  g_autoptr (GBytes) bytes = g_bytes_new (cairo_image_surface_get_data (page), (gsize) stride * (gsize) height);
  g_clear_object (&self->texture);
  self->texture = gdk_memory_texture_new (width, height, GDK_MEMORY_DEFAULT, bytes, (gsize) stride);
  gtk_accessible_update_property (GTK_ACCESSIBLE (self), GTK_ACCESSIBLE_PROPERTY_LABEL, label, -1);
  gtk_widget_queue_resize (GTK_WIDGET (self));
  gtk_widget_queue_draw (GTK_WIDGET (self));
}

static void
desk_template_sheet_dispose (GObject *object)
{
  g_clear_object (&DESK_TEMPLATE_SHEET (object)->texture);
  G_OBJECT_CLASS (desk_template_sheet_parent_class)->dispose (object);
}

static void
desk_template_sheet_class_init (DeskTemplateSheetClass *klass)
{
  GtkWidgetClass *widget_class = GTK_WIDGET_CLASS (klass);

  G_OBJECT_CLASS (klass)->dispose = desk_template_sheet_dispose;
  widget_class->get_request_mode = desk_template_sheet_get_request_mode;
  widget_class->measure = desk_template_sheet_measure;
  widget_class->snapshot = desk_template_sheet_snapshot;
  gtk_widget_class_set_accessible_role (widget_class, GTK_ACCESSIBLE_ROLE_IMG);
}

static void
desk_template_sheet_init (DeskTemplateSheet *self)
{
}

GtkWidget *
desk_template_sheet_new (void)
{
  return g_object_new (DESK_TYPE_TEMPLATE_SHEET, NULL);
}
