#include "desk-paper-canvas.h"

struct _DeskPaperCanvas
{
  GtkWidget parent_instance;

  GdkTexture *texture;
  guint turns; /* quarters, to the right */
  gboolean full_size;
};

G_DEFINE_FINAL_TYPE (DeskPaperCanvas, desk_paper_canvas, GTK_TYPE_WIDGET)

/* NULL shows nothing. */
void
desk_paper_canvas_set (DeskPaperCanvas *self, GdkTexture *texture)
{
  g_set_object (&self->texture, texture);
  gtk_widget_queue_resize (GTK_WIDGET (self));
  gtk_widget_queue_draw (GTK_WIDGET (self));
}

/* Quarter turns to the right; the paper itself is not changed. */
void
desk_paper_canvas_set_turns (DeskPaperCanvas *self, guint turns)
{
  self->turns = turns % 4;
  gtk_widget_queue_resize (GTK_WIDGET (self));
  gtk_widget_queue_draw (GTK_WIDGET (self));
}

/* At 100 %, or as large as there is room. */
void
desk_paper_canvas_set_full_size (DeskPaperCanvas *self, gboolean full_size)
{
  self->full_size = full_size;
  gtk_widget_queue_resize (GTK_WIDGET (self));
}

static void
get_size (DeskPaperCanvas *self, int *width, int *height)
{
  int w = self->texture ? gdk_texture_get_width (self->texture) : 0;
  int h = self->texture ? gdk_texture_get_height (self->texture) : 0;

  *width = self->turns % 2 ? h : w;
  *height = self->turns % 2 ? w : h;
}

static void
desk_paper_canvas_measure (GtkWidget *widget, GtkOrientation orientation, int for_size, int *minimum, int *natural,
                           int *minimum_baseline, int *natural_baseline)
{
  DeskPaperCanvas *self = DESK_PAPER_CANVAS (widget);
  int width, height;

  get_size (self, &width, &height);
  *minimum = *natural = !self->full_size ? 0 : orientation == GTK_ORIENTATION_HORIZONTAL ? width : height;
}

static void
desk_paper_canvas_snapshot (GtkWidget *widget, GtkSnapshot *snapshot)
{
  DeskPaperCanvas *self = DESK_PAPER_CANVAS (widget);
  int width, height;

  get_size (self, &width, &height);
  if (width == 0 || height == 0)
    return;

  double room_x = gtk_widget_get_width (widget), room_y = gtk_widget_get_height (widget);
  double scale = self->full_size ? 1.0 : MIN (room_x / width, room_y / height);
  double w = gdk_texture_get_width (self->texture) * scale, h = gdk_texture_get_height (self->texture) * scale;

  gtk_snapshot_save (snapshot);
  gtk_snapshot_translate (snapshot, &GRAPHENE_POINT_INIT (room_x / 2, room_y / 2));
  gtk_snapshot_rotate (snapshot, self->turns * 90);
  gtk_snapshot_append_texture (snapshot, self->texture, &GRAPHENE_RECT_INIT (-w / 2, -h / 2, w, h));
  gtk_snapshot_restore (snapshot);
}

static void
desk_paper_canvas_dispose (GObject *object)
{
  g_clear_object (&DESK_PAPER_CANVAS (object)->texture);
  G_OBJECT_CLASS (desk_paper_canvas_parent_class)->dispose (object);
}

static void
desk_paper_canvas_class_init (DeskPaperCanvasClass *klass)
{
  GtkWidgetClass *widget_class = GTK_WIDGET_CLASS (klass);

  G_OBJECT_CLASS (klass)->dispose = desk_paper_canvas_dispose;
  widget_class->measure = desk_paper_canvas_measure;
  widget_class->snapshot = desk_paper_canvas_snapshot;
  gtk_widget_class_set_accessible_role (widget_class, GTK_ACCESSIBLE_ROLE_IMG);
}

static void
desk_paper_canvas_init (DeskPaperCanvas *self)
{
  gtk_widget_set_overflow (GTK_WIDGET (self), GTK_OVERFLOW_HIDDEN);
}
