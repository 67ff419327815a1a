#include "desk-pages-view.h"

/* ── the sheet ── */

#define DESK_TYPE_SHEET (desk_sheet_get_type ())
G_DECLARE_FINAL_TYPE (DeskSheet, desk_sheet, DESK, SHEET, GtkWidget)

struct _DeskSheet
{
  GtkWidget parent_instance;

  DeskPagesViewDraw draw;
  gpointer user_data;
  double width, height; /* of the paper, points */
  guint page;
  DeskZoom zoom;
  double factor;
};

G_DEFINE_FINAL_TYPE (DeskSheet, desk_sheet, GTK_TYPE_WIDGET)

static GtkSizeRequestMode
desk_sheet_get_request_mode (GtkWidget *widget)
{
  return DESK_SHEET (widget)->zoom == DESK_ZOOM_WIDTH ? GTK_SIZE_REQUEST_HEIGHT_FOR_WIDTH : GTK_SIZE_REQUEST_CONSTANT_SIZE;
}

static void
desk_sheet_measure (GtkWidget *widget, GtkOrientation orientation, int for_size, int *minimum, int *natural,
                    int *minimum_baseline, int *natural_baseline)
{
  DeskSheet *self = DESK_SHEET (widget);
  double points = orientation == GTK_ORIENTATION_HORIZONTAL ? self->width : self->height;

  if (self->zoom == DESK_ZOOM_FREE)
    *minimum = *natural = (int) (points * self->factor);
  else if (self->zoom == DESK_ZOOM_WIDTH && orientation == GTK_ORIENTATION_VERTICAL && for_size > 0)
    *minimum = *natural = (int) (for_size * self->height / self->width);
  else
    *minimum = *natural = 100;
}

static double
scale_of (DeskSheet *self)
{
  double wide = gtk_widget_get_width (GTK_WIDGET (self)) / self->width, high = gtk_widget_get_height (GTK_WIDGET (self)) / self->height;

  return self->zoom == DESK_ZOOM_FREE ? self->factor : self->zoom == DESK_ZOOM_WIDTH ? wide : MIN (wide, high);
}

static void
desk_sheet_snapshot (GtkWidget *widget, GtkSnapshot *snapshot)
{
  static const GdkRGBA white = { 1, 1, 1, 1 }, edge = { 0.5f, 0.5f, 0.5f, 1 };
  static const float line[] = { 1, 1, 1, 1 };
  static const GdkRGBA edges[] = { edge, edge, edge, edge };
  DeskSheet *self = DESK_SHEET (widget);
  double scale = scale_of (self), width = self->width * scale, height = self->height * scale;
  double x = MAX (0, (gtk_widget_get_width (widget) - width) / 2), y = MAX (0, (gtk_widget_get_height (widget) - height) / 2);
  graphene_rect_t sheet = GRAPHENE_RECT_INIT (x, y, width, height);
  GskRoundedRect frame;

  if (!self->draw || scale <= 0)
    return;
  gtk_snapshot_append_color (snapshot, &white, &sheet);
  cairo_t *cr = gtk_snapshot_append_cairo (snapshot, &sheet);
  cairo_rectangle (cr, x, y, width, height);
  cairo_clip (cr);
  cairo_translate (cr, x, y);
  cairo_scale (cr, scale, scale);
  self->draw (cr, self->page, self->user_data);
  cairo_destroy (cr);
  gsk_rounded_rect_init_from_rect (&frame, &sheet, 0);
  gtk_snapshot_append_border (snapshot, &frame, line, edges);
}

static void
desk_sheet_class_init (DeskSheetClass *klass)
{
  GtkWidgetClass *widget_class = GTK_WIDGET_CLASS (klass);

  widget_class->get_request_mode = desk_sheet_get_request_mode;
  widget_class->measure = desk_sheet_measure;
  widget_class->snapshot = desk_sheet_snapshot;
  gtk_widget_class_set_accessible_role (widget_class, GTK_ACCESSIBLE_ROLE_IMG);
}

static void
desk_sheet_init (DeskSheet *self)
{
  self->width = 595.276;
  self->height = 841.890;
  self->factor = 1;
}

/* ── around it ── */

struct _DeskPagesView
{
  AdwBin parent_instance;

  DeskSheet *sheet;
  GtkScrolledWindow *scroll;
};

G_DEFINE_FINAL_TYPE (DeskPagesView, desk_pages_view, ADW_TYPE_BIN)

static void
desk_pages_view_class_init (DeskPagesViewClass *klass)
{
}

static void
desk_pages_view_init (DeskPagesView *self)
{
  self->sheet = g_object_new (DESK_TYPE_SHEET, "margin-top", 8, "margin-bottom", 8, "margin-start", 8, "margin-end", 8, NULL);
  self->scroll = GTK_SCROLLED_WINDOW (gtk_scrolled_window_new ());
  gtk_scrolled_window_set_child (self->scroll, GTK_WIDGET (self->sheet));
  adw_bin_set_child (ADW_BIN (self), GTK_WIDGET (self->scroll));
  desk_pages_view_set_zoom (self, DESK_ZOOM_PAGE, 1);
}

void
desk_pages_view_set_draw (DeskPagesView *self, DeskPagesViewDraw draw, gpointer user_data)
{
  self->sheet->draw = draw;
  self->sheet->user_data = user_data;
  gtk_widget_queue_draw (GTK_WIDGET (self->sheet));
}

/* The size of all pages, points. */
void
desk_pages_view_set_paper (DeskPagesView *self, double width, double height)
{
  self->sheet->width = width;
  self->sheet->height = height;
  gtk_widget_queue_resize (GTK_WIDGET (self->sheet));
}

/* Shows that page (from 0), from its top; name is what a screen reader calls it. */
void
desk_pages_view_set_page (DeskPagesView *self, guint page, const char *name)
{
  GtkAdjustment *down = gtk_scrolled_window_get_vadjustment (self->scroll);

  if (page != self->sheet->page)
    gtk_adjustment_set_value (down, gtk_adjustment_get_lower (down));
  self->sheet->page = page;
  gtk_accessible_update_property (GTK_ACCESSIBLE (self->sheet), GTK_ACCESSIBLE_PROPERTY_LABEL, name, -1);
  gtk_widget_queue_draw (GTK_WIDGET (self->sheet));
}

/* factor counts for DESK_ZOOM_FREE: pixels for a point. */
void
desk_pages_view_set_zoom (DeskPagesView *self, DeskZoom zoom, double factor)
{
  self->sheet->zoom = zoom;
  self->sheet->factor = CLAMP (factor, 0.25, 4);
  gtk_scrolled_window_set_policy (self->scroll, zoom == DESK_ZOOM_FREE ? GTK_POLICY_AUTOMATIC : GTK_POLICY_NEVER,
                                  zoom == DESK_ZOOM_PAGE ? GTK_POLICY_NEVER : GTK_POLICY_AUTOMATIC);
  gtk_widget_queue_resize (GTK_WIDGET (self->sheet));
}

/* Pixels for a point, as it is drawn now. */
double
desk_pages_view_get_scale (DeskPagesView *self)
{
  return scale_of (self->sheet);
}
