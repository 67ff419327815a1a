#include "desk-letter-preview.h"

#define GAP 12.0

struct _DeskLetterPreview
{
  GtkWidget parent_instance;

  DeskLetterLayout *layout;
};

G_DEFINE_FINAL_TYPE (DeskLetterPreview, desk_letter_preview, GTK_TYPE_WIDGET)

/* Shows a letter: takes the layout; NULL shows nothing. */
void
desk_letter_preview_set (DeskLetterPreview *self, DeskLetterLayout *layout)
{
  g_clear_pointer (&self->layout, desk_letter_layout_free);
  self->layout = layout;
  gtk_widget_queue_resize (GTK_WIDGET (self));
  gtk_widget_queue_draw (GTK_WIDGET (self));
}

static double
page_height (double width)
{
  return width * DESK_PAPER_HEIGHT / DESK_PAPER_WIDTH;
}

static GtkSizeRequestMode
desk_letter_preview_get_request_mode (GtkWidget *widget)
{
  return GTK_SIZE_REQUEST_HEIGHT_FOR_WIDTH;
}

static void
desk_letter_preview_measure (GtkWidget *widget, GtkOrientation orientation, int for_size, int *minimum, int *natural,
                             int *minimum_baseline, int *natural_baseline)
{
  DeskLetterPreview *self = DESK_LETTER_PREVIEW (widget);
  guint n = self->layout ? desk_letter_layout_n_pages (self->layout) : 0;

  if (orientation == GTK_ORIENTATION_HORIZONTAL)
    {
      *minimum = 280;
      *natural = 720;
      return;
    }
  *minimum = *natural = (int) (n * (page_height (for_size > 0 ? for_size : 720) + GAP));
}

static void
desk_letter_preview_snapshot (GtkWidget *widget, GtkSnapshot *snapshot)
{
  static const GdkRGBA paper = { 1, 1, 1, 1 };
  DeskLetterPreview *self = DESK_LETTER_PREVIEW (widget);
  double width = gtk_widget_get_width (widget);
  guint n = self->layout ? desk_letter_layout_n_pages (self->layout) : 0;

  for (guint i = 0; i < n; i++)
    {
      graphene_rect_t page = GRAPHENE_RECT_INIT (0, i * (page_height (width) + GAP), width, page_height (width));

      gtk_snapshot_append_color (snapshot, &paper, &page);
      cairo_t *cr = gtk_snapshot_append_cairo (snapshot, &page);
      cairo_translate (cr, 0, page.origin.y);
      cairo_scale (cr, width / DESK_PAPER_WIDTH, width / DESK_PAPER_WIDTH);
      desk_letter_layout_draw (self->layout, cr, i);
      cairo_destroy (cr);
    }
}

static void
desk_letter_preview_finalize (GObject *object)
{
  g_clear_pointer (&DESK_LETTER_PREVIEW (object)->layout, desk_letter_layout_free);
  G_OBJECT_CLASS (desk_letter_preview_parent_class)->finalize (object);
}

static void
desk_letter_preview_class_init (DeskLetterPreviewClass *klass)
{
  GtkWidgetClass *widget_class = GTK_WIDGET_CLASS (klass);

  G_OBJECT_CLASS (klass)->finalize = desk_letter_preview_finalize;
  widget_class->get_request_mode = desk_letter_preview_get_request_mode;
  widget_class->measure = desk_letter_preview_measure;
  widget_class->snapshot = desk_letter_preview_snapshot;
  gtk_widget_class_set_accessible_role (widget_class, GTK_ACCESSIBLE_ROLE_IMG);
}

static void
desk_letter_preview_init (DeskLetterPreview *self)
{
}
