#include "desk-sign-pad.h"

#include <glib/gi18n.h>
#include <math.h>

#include "desk-consent.h"
#include "desk-letter.h"

#define LEAST_WIDTH 300
#define LEAST_STEP 3     /* thousandths: closer points say nothing new */
#define MOST_POINTS 6000 /* less than DESK_CONSENT_INK characters */

typedef struct
{
  short x, y;
  gboolean begins; /* of a stroke */
} Point;

struct _DeskSignPad
{
  GtkWidget parent_instance;

  GArray *points; /* of Point */
  gboolean writing;
  double from_x, from_y; /* where the drag began */
};

G_DEFINE_FINAL_TYPE (DeskSignPad, desk_sign_pad, GTK_TYPE_WIDGET)

enum
{
  CHANGED,
  N_SIGNALS
};
static guint signals[N_SIGNALS];

/* ── writing ── */

static void
add_point (DeskSignPad *self, double x, double y, gboolean begins)
{
  double width = MAX (gtk_widget_get_width (GTK_WIDGET (self)), 1), height = MAX (gtk_widget_get_height (GTK_WIDGET (self)), 1);
  Point point = { (short) CLAMP (lround (x / width * 1000), 0, 1000), (short) CLAMP (lround (y / height * 1000), 0, 1000), begins };

  if (self->points->len >= MOST_POINTS)
    return;
  if (!begins && self->points->len)
    {
      const Point *last = &g_array_index (self->points, Point, self->points->len - 1);

      if (ABS (last->x - point.x) < LEAST_STEP && ABS (last->y - point.y) < LEAST_STEP)
        return;
    }
  g_array_append_val (self->points, point);
  gtk_widget_queue_draw (GTK_WIDGET (self));
}

/* The pen touches the paper, at a place in the widget. */
void
desk_sign_pad_down (DeskSignPad *self, double x, double y)
{
  self->writing = TRUE;
  add_point (self, x, y, TRUE);
}

void
desk_sign_pad_move (DeskSignPad *self, double x, double y)
{
  if (self->writing)
    add_point (self, x, y, FALSE);
}

/* The pen leaves the paper: the stroke is written. */
void
desk_sign_pad_up (DeskSignPad *self)
{
  if (self->writing)
    g_signal_emit (self, signals[CHANGED], 0);
  self->writing = FALSE;
}

void
desk_sign_pad_clear (DeskSignPad *self)
{
  g_array_set_size (self->points, 0);
  gtk_widget_queue_draw (GTK_WIDGET (self));
  g_signal_emit (self, signals[CHANGED], 0);
}

gboolean
desk_sign_pad_is_empty (DeskSignPad *self)
{
  return self->points->len == 0;
}

/* The strokes, "x,y x,y;x,y …" in thousandths; "" for none. The caller frees it. */
char *
desk_sign_pad_dup_ink (DeskSignPad *self)
{
  GString *ink = g_string_new (NULL);

  for (guint i = 0; i < self->points->len; i++)
    {
      const Point *point = &g_array_index (self->points, Point, i);

      g_string_append_printf (ink, "%s%d,%d", i == 0 ? "" : point->begins ? ";" : " ", point->x, point->y);
    }
  return g_string_free (ink, FALSE);
}

/* ── pen, finger, mouse ── */

/* A pen tells its own way, with every point between two frames; the drag hears of it, too. */
static gboolean
is_pen (GtkGesture *gesture)
{
  GdkEvent *event = gtk_event_controller_get_current_event (GTK_EVENT_CONTROLLER (gesture));

  return event && gdk_event_get_device_tool (event);
}

static void
on_pen_down (GtkGestureStylus *gesture, double x, double y, DeskSignPad *self)
{
  gtk_gesture_set_state (GTK_GESTURE (gesture), GTK_EVENT_SEQUENCE_CLAIMED);
  gtk_widget_grab_focus (GTK_WIDGET (self));
  desk_sign_pad_down (self, x, y);
}

static void
on_pen_motion (GtkGestureStylus *gesture, double x, double y, DeskSignPad *self)
{
  GdkTimeCoord *backlog = NULL;
  guint n = 0;

  if (self->writing && gtk_gesture_stylus_get_backlog (gesture, &backlog, &n))
    for (guint i = 0; i < n; i++)
      if ((backlog[i].flags & GDK_AXIS_FLAG_X) && (backlog[i].flags & GDK_AXIS_FLAG_Y))
        desk_sign_pad_move (self, backlog[i].axes[GDK_AXIS_X], backlog[i].axes[GDK_AXIS_Y]);
  g_free (backlog);
  desk_sign_pad_move (self, x, y);
}

static void
on_pen_up (GtkGestureStylus *gesture, double x, double y, DeskSignPad *self)
{
  desk_sign_pad_up (self);
}

static void
on_drag_begin (GtkGestureDrag *gesture, double x, double y, DeskSignPad *self)
{
  if (is_pen (GTK_GESTURE (gesture)))
    return;
  gtk_gesture_set_state (GTK_GESTURE (gesture), GTK_EVENT_SEQUENCE_CLAIMED);
  gtk_widget_grab_focus (GTK_WIDGET (self));
  self->from_x = x;
  self->from_y = y;
  desk_sign_pad_down (self, x, y);
}

static void
on_drag_update (GtkGestureDrag *gesture, double x, double y, DeskSignPad *self)
{
  if (!is_pen (GTK_GESTURE (gesture)))
    desk_sign_pad_move (self, self->from_x + x, self->from_y + y);
}

static void
on_drag_end (GtkGestureDrag *gesture, double x, double y, DeskSignPad *self)
{
  if (!is_pen (GTK_GESTURE (gesture)))
    desk_sign_pad_up (self);
}

/* ── looks ── */

/* A stroke goes through the middles between its points, so that no corner shows. */
static void
draw_strokes (DeskSignPad *self, cairo_t *cr, double width, double height)
{
  for (guint i = 0; i < self->points->len; i++)
    {
      const Point *point = &g_array_index (self->points, Point, i);
      gboolean last = i + 1 == self->points->len || point[1].begins;
      double x = point->x * width / 1000, y = point->y * height / 1000;
      double next_x = last ? x : (x + point[1].x * width / 1000) / 2, next_y = last ? y : (y + point[1].y * height / 1000) / 2;
      double from_x, from_y;

      if (point->begins)
        cairo_move_to (cr, x, y);
      cairo_get_current_point (cr, &from_x, &from_y);
      cairo_curve_to (cr, (from_x + 2 * x) / 3, (from_y + 2 * y) / 3, (next_x + 2 * x) / 3, (next_y + 2 * y) / 3, next_x, next_y);
    }
  cairo_stroke (cr);
}

static void
desk_sign_pad_snapshot (GtkWidget *widget, GtkSnapshot *snapshot)
{
  static const GdkRGBA paper = { 1, 1, 1, 1 };
  double width = gtk_widget_get_width (widget), height = gtk_widget_get_height (widget);
  graphene_rect_t area = GRAPHENE_RECT_INIT (0, 0, width, height);

  gtk_snapshot_append_color (snapshot, &paper, &area);
  cairo_t *cr = gtk_snapshot_append_cairo (snapshot, &area);
  cairo_set_source_rgb (cr, 0.55, 0.55, 0.55);
  cairo_set_line_width (cr, 1);
  cairo_move_to (cr, width * 0.05, floor (height * 0.78) + 0.5);
  cairo_line_to (cr, width * 0.95, floor (height * 0.78) + 0.5);
  cairo_stroke (cr);
  cairo_set_source_rgb (cr, 0.05, 0.08, 0.3);
  cairo_set_line_width (cr, MAX (height / 60, 1.6));
  cairo_set_line_cap (cr, CAIRO_LINE_CAP_ROUND);
  cairo_set_line_join (cr, CAIRO_LINE_JOIN_ROUND);
  draw_strokes (DESK_SIGN_PAD (widget), cr, width, height);
  cairo_destroy (cr);
}

static GtkSizeRequestMode
desk_sign_pad_get_request_mode (GtkWidget *widget)
{
  return GTK_SIZE_REQUEST_HEIGHT_FOR_WIDTH;
}

/* As wide to its height as the box on the paper. */
static void
desk_sign_pad_measure (GtkWidget *widget, GtkOrientation orientation, int for_size, int *minimum, int *natural,
                       int *minimum_baseline, int *natural_baseline)
{
  if (orientation == GTK_ORIENTATION_HORIZONTAL)
    *minimum = *natural = LEAST_WIDTH;
  else
    *minimum = *natural = (int) (MAX (for_size, LEAST_WIDTH) / DESK_INK_ASPECT);
}

static gboolean
on_key (GtkEventControllerKey *keys, guint key, guint code, GdkModifierType modifiers, DeskSignPad *self)
{
  if (key != GDK_KEY_Delete && key != GDK_KEY_BackSpace)
    return GDK_EVENT_PROPAGATE;
  desk_sign_pad_clear (self);
  return GDK_EVENT_STOP;
}

static void
desk_sign_pad_finalize (GObject *object)
{
  g_array_unref (DESK_SIGN_PAD (object)->points);
  G_OBJECT_CLASS (desk_sign_pad_parent_class)->finalize (object);
}

static void
desk_sign_pad_class_init (DeskSignPadClass *klass)
{
  GtkWidgetClass *widget_class = GTK_WIDGET_CLASS (klass);

  G_OBJECT_CLASS (klass)->finalize = desk_sign_pad_finalize;
  widget_class->snapshot = desk_sign_pad_snapshot;
  widget_class->measure = desk_sign_pad_measure;
  widget_class->get_request_mode = desk_sign_pad_get_request_mode;
  gtk_widget_class_set_css_name (widget_class, "signpad");
  gtk_widget_class_set_accessible_role (widget_class, GTK_ACCESSIBLE_ROLE_IMG);
  signals[CHANGED] = g_signal_new ("changed", DESK_TYPE_SIGN_PAD, G_SIGNAL_RUN_LAST, 0, NULL, NULL, NULL, G_TYPE_NONE, 0);
}

static void
desk_sign_pad_init (DeskSignPad *self)
{
  GtkGesture *pen = gtk_gesture_stylus_new (), *drag = gtk_gesture_drag_new ();
  GtkEventController *keys = gtk_event_controller_key_new ();

  self->points = g_array_new (FALSE, FALSE, sizeof (Point));
  g_signal_connect (pen, "down", G_CALLBACK (on_pen_down), self);
  g_signal_connect (pen, "motion", G_CALLBACK (on_pen_motion), self);
  g_signal_connect (pen, "up", G_CALLBACK (on_pen_up), self);
  g_signal_connect (drag, "drag-begin", G_CALLBACK (on_drag_begin), self);
  g_signal_connect (drag, "drag-update", G_CALLBACK (on_drag_update), self);
  g_signal_connect (drag, "drag-end", G_CALLBACK (on_drag_end), self);
  g_signal_connect (keys, "key-pressed", G_CALLBACK (on_key), self);
  gtk_widget_add_controller (GTK_WIDGET (self), GTK_EVENT_CONTROLLER (drag));
  gtk_widget_add_controller (GTK_WIDGET (self), GTK_EVENT_CONTROLLER (pen));
  gtk_widget_add_controller (GTK_WIDGET (self), keys);
  gtk_widget_set_focusable (GTK_WIDGET (self), TRUE);
  gtk_widget_set_cursor_from_name (GTK_WIDGET (self), "crosshair");
}

/* whose: what a screen reader says of the box. */
GtkWidget *
desk_sign_pad_new (const char *whose)
{
  GtkWidget *self = g_object_new (DESK_TYPE_SIGN_PAD, NULL);

  gtk_accessible_update_property (GTK_ACCESSIBLE (self), GTK_ACCESSIBLE_PROPERTY_LABEL, whose, GTK_ACCESSIBLE_PROPERTY_DESCRIPTION,
                                  _("Signed with a pen, a finger or the mouse. Delete clears it. To sign with the keyboard, type the name instead."), -1);
  return self;
}
