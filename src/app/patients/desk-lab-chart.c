#include "desk-lab-chart.h"

#include <glib/gi18n.h>
#include <math.h>

#include "desk-words.h"

#define LEFT 64
#define RIGHT 24
#define TOP 34
#define BOTTOM 30
#define RADIUS 4.5

struct _DeskLabChart
{
  GtkWidget parent_instance;

  char *title, *unit;
  GPtrArray *points; /* of DeskLabPoint, owned by the array; those with a number are drawn */
  int current;       /* among the points, or -1 */
  double low, high;  /* of the scale */
  DeskDay first, last;
};

G_DEFINE_FINAL_TYPE (DeskLabChart, desk_lab_chart, GTK_TYPE_WIDGET)

static const DeskLabPoint *
point_at (DeskLabChart *self, int i)
{
  return self->points->pdata[i];
}

static DeskDay
day_of (const DeskLabPoint *point)
{
  DeskDay day = 0;

  (void) desk_day_parse (point->collected_on, &day);
  return day;
}

/* "12 Mar 2026: <0.5 ng/mL (LAB)", as the laboratory wrote it. */
static char *
words_of (const DeskLabPoint *point)
{
  const DeskLabValue *value = point->value;
  g_autofree char *day = desk_words_iso_day (point->collected_on);
  g_autofree char *text = g_strdup_printf ("%s:  %s%s %s", day, value->comparator, value->value, value->unit);
  const char *facts[] = { text, value->range_text, point->laboratory };

  return desk_words_facts (facts, G_N_ELEMENTS (facts));
}

static void
tell (DeskLabChart *self)
{
  g_autoptr (GString) text = g_string_new (self->title);

  for (guint i = 0; self->points && i < self->points->len; i++)
    {
      g_autofree char *words = words_of (point_at (self, (int) i));

      g_string_append_printf (text, "\n%s", words);
    }
  gtk_accessible_update_property (GTK_ACCESSIBLE (self), GTK_ACCESSIBLE_PROPERTY_LABEL, self->title ? self->title : "",
                                  GTK_ACCESSIBLE_PROPERTY_DESCRIPTION, text->str, -1);
}

static gboolean
range_of (DeskLabChart *self, const DeskLabPoint *point, DeskLabRange *range)
{
  g_autofree char *unit = desk_lab_unit (point->value->unit), *own = desk_lab_unit (self->unit);

  return g_str_equal (unit, own) && desk_lab_range_parse (point->value->range_text, range);
}

static void
set_scale (DeskLabChart *self)
{
  gboolean any = FALSE;

  self->low = 0;
  self->high = 1;
  for (guint i = 0; i < self->points->len; i++)
    {
      const DeskLabPoint *point = point_at (self, (int) i);
      DeskLabRange range;

      if (!point->shown)
        continue;
      self->first = any ? MIN (self->first, day_of (point)) : day_of (point);
      self->last = any ? MAX (self->last, day_of (point)) : day_of (point);
      self->high = any ? MAX (self->high, point->number) : point->number;
      self->low = MIN (self->low, point->number);
      if (range_of (self, point, &range) && range.has_high)
        self->high = MAX (self->high, range.high);
      any = TRUE;
    }
  self->high = self->high > self->low ? self->high + (self->high - self->low) * 0.12 : self->low + 1;
}

/* Shows the values of one test, aligned by desk_lab_series_align () to unit; takes a reference. */
void
desk_lab_chart_show (DeskLabChart *self, const char *title, GPtrArray *points, const char *unit)
{
  g_ptr_array_ref (points);
  g_clear_pointer (&self->points, g_ptr_array_unref);
  self->points = points;
  g_free (self->title);
  self->title = *unit ? g_strdup_printf ("%s (%s)", title, unit) : g_strdup (title);
  g_free (self->unit);
  self->unit = g_strdup (unit);
  self->current = -1;
  set_scale (self);
  tell (self);
  gtk_widget_queue_draw (GTK_WIDGET (self));
}

static double
x_of (DeskLabChart *self, DeskDay day)
{
  double width = gtk_widget_get_width (GTK_WIDGET (self)) - LEFT - RIGHT;

  return self->last > self->first ? LEFT + 12 + (width - 24) * (day - self->first) / (self->last - self->first) : LEFT + width / 2;
}

static double
y_of (DeskLabChart *self, double number)
{
  double height = gtk_widget_get_height (GTK_WIDGET (self)) - TOP - BOTTOM;

  return TOP + height * (self->high - number) / (self->high - self->low);
}

static void
draw_text (DeskLabChart *self, cairo_t *cr, const char *text, double x, double y, double align)
{
  g_autoptr (PangoLayout) layout = gtk_widget_create_pango_layout (GTK_WIDGET (self), text);
  int width, height;

  pango_layout_get_pixel_size (layout, &width, &height);
  cairo_move_to (cr, CLAMP (x - width * align, 2, MAX (2, gtk_widget_get_width (GTK_WIDGET (self)) - width - 2)), y - height / 2.0);
  pango_cairo_show_layout (cr, layout);
}

/* One, two or five times a power of ten, at most six steps. */
static double
step_of (double span)
{
  static const double nice[] = { 1, 2, 5, 10 };
  double power = pow (10, floor (log10 (span / 6)));

  for (guint i = 0; i < G_N_ELEMENTS (nice); i++)
    if (span / (nice[i] * power) <= 6)
      return nice[i] * power;
  return 10 * power;
}

static void
draw_scale (DeskLabChart *self, cairo_t *cr, const GdkRGBA *ink)
{
  double step = step_of (self->high - self->low);
  int width = gtk_widget_get_width (GTK_WIDGET (self)), height = gtk_widget_get_height (GTK_WIDGET (self));
  g_autofree char *first = g_strdup (""), *last = g_strdup ("");

  for (double number = ceil (self->low / step) * step; number <= self->high; number += step)
    {
      g_autofree char *text = g_strdup_printf ("%g", number);

      cairo_set_source_rgba (cr, ink->red, ink->green, ink->blue, 0.15);
      cairo_set_line_width (cr, 1);
      cairo_move_to (cr, LEFT, floor (y_of (self, number)) + 0.5);
      cairo_line_to (cr, width - RIGHT, floor (y_of (self, number)) + 0.5);
      cairo_stroke (cr);
      cairo_set_source_rgba (cr, ink->red, ink->green, ink->blue, 0.75);
      draw_text (self, cr, text, LEFT - 8, y_of (self, number), 1);
    }
  double free_from = -1e9;
  for (guint i = 0; i < self->points->len; i++)
    {
      const DeskLabPoint *point = point_at (self, (int) i);
      double x = x_of (self, day_of (point));

      if (!point->shown || x < free_from)
        continue;
      g_autofree char *day = desk_words_iso_day (point->collected_on);
      draw_text (self, cr, day, x, height - BOTTOM / 2.0, 0.5);
      free_from = x + 110;
    }
}

/* The band of the newest range that can be drawn in this unit. */
static void
draw_band (DeskLabChart *self, cairo_t *cr)
{
  DeskLabRange range;

  for (guint i = self->points->len; i > 0; i--)
    if (point_at (self, (int) i - 1)->shown && range_of (self, point_at (self, (int) i - 1), &range))
      {
        double top = range.has_high ? y_of (self, range.high) : TOP;
        double bottom = range.has_low ? y_of (self, MAX (range.low, self->low)) : y_of (self, self->low);

        cairo_set_source_rgba (cr, 0, 0.62, 0.45, 0.18);
        cairo_rectangle (cr, LEFT, top, gtk_widget_get_width (GTK_WIDGET (self)) - LEFT - RIGHT, bottom - top);
        cairo_fill (cr);
        return;
      }
}

static void
draw_line (DeskLabChart *self, cairo_t *cr)
{
  cairo_set_source_rgb (cr, 0, 0.45, 0.70);
  cairo_set_line_width (cr, 2);
  for (guint i = 0; i < self->points->len; i++)
    {
      const DeskLabPoint *point = point_at (self, (int) i);
      double x = x_of (self, day_of (point)), y = y_of (self, point->number);

      if (!point->shown)
        continue;
      if (point->breaks)
        cairo_move_to (cr, x, y);
      else
        cairo_line_to (cr, x, y);
    }
  cairo_stroke (cr);
}

static void
draw_points (DeskLabChart *self, cairo_t *cr, const GdkRGBA *ink)
{
  gboolean focus = gtk_widget_has_focus (GTK_WIDGET (self));

  for (guint i = 0; i < self->points->len; i++)
    {
      const DeskLabPoint *point = point_at (self, (int) i);
      double x = x_of (self, day_of (point)), y = y_of (self, point->number);

      if (!point->shown)
        continue;
      cairo_new_path (cr);
      cairo_arc (cr, x, y, RADIUS, 0, 2 * G_PI);
      cairo_set_source_rgb (cr, 0, 0.45, 0.70);
      cairo_set_line_width (cr, 2);
      /* "<0.5" is somewhere below the point: an open one. */
      if (*point->value->comparator)
        {
          cairo_set_source_rgb (cr, 1, 1, 1);
          cairo_fill_preserve (cr);
          cairo_set_source_rgb (cr, 0, 0.45, 0.70);
          cairo_stroke (cr);
        }
      else
        cairo_fill (cr);
      if ((int) i != self->current || !focus)
        continue;
      cairo_arc (cr, x, y, RADIUS + 4, 0, 2 * G_PI);
      cairo_set_source_rgba (cr, ink->red, ink->green, ink->blue, 0.9);
      cairo_stroke (cr);
    }
}

static void
desk_lab_chart_snapshot (GtkWidget *widget, GtkSnapshot *snapshot)
{
  DeskLabChart *self = DESK_LAB_CHART (widget);
  int width = gtk_widget_get_width (widget), height = gtk_widget_get_height (widget);
  GdkRGBA ink;

  if (!self->points || self->points->len == 0)
    return;
  gtk_style_context_get_color (gtk_widget_get_style_context (widget), &ink);
  cairo_t *cr = gtk_snapshot_append_cairo (snapshot, &GRAPHENE_RECT_INIT (0, 0, width, height));
  g_autofree char *words = self->current >= 0 ? words_of (point_at (self, self->current)) : g_strdup (self->title);

  draw_band (self, cr);
  draw_scale (self, cr, &ink);
  draw_line (self, cr);
  draw_points (self, cr, &ink);
  gdk_cairo_set_source_rgba (cr, &ink);
  draw_text (self, cr, words, LEFT, TOP / 2.0 - 2, 0);
  cairo_destroy (cr);
}

static void
go_to (DeskLabChart *self, int i)
{
  self->current = i;
  g_autofree char *words = words_of (point_at (self, i));
  gtk_accessible_update_property (GTK_ACCESSIBLE (self), GTK_ACCESSIBLE_PROPERTY_VALUE_TEXT, words, -1);
  gtk_widget_queue_draw (GTK_WIDGET (self));
}

static gboolean
on_key (GtkEventControllerKey *keys, guint key, guint code, GdkModifierType state, DeskLabChart *self)
{
  int step = key == GDK_KEY_Left ? -1 : key == GDK_KEY_Right ? 1 : 0, n = self->points ? (int) self->points->len : 0;

  if (step == 0 || n == 0)
    return FALSE;
  for (int i = self->current < 0 && step < 0 ? n - 1 : self->current + step; i >= 0 && i < n; i += step)
    if (point_at (self, i)->shown)
      {
        go_to (self, i);
        break;
      }
  return TRUE;
}

static void
on_pressed (GtkGestureClick *click, int n, double x, double y, DeskLabChart *self)
{
  int best = -1;
  double distance = 24;

  gtk_widget_grab_focus (GTK_WIDGET (self));
  for (guint i = 0; self->points && i < self->points->len; i++)
    {
      const DeskLabPoint *point = point_at (self, (int) i);
      double away = hypot (x_of (self, day_of (point)) - x, y_of (self, point->number) - y);

      if (point->shown && away < distance)
        {
          best = (int) i;
          distance = away;
        }
    }
  if (best >= 0)
    go_to (self, best);
}

static void
desk_lab_chart_measure (GtkWidget *widget, GtkOrientation orientation, int for_size, int *minimum, int *natural, int *minimum_baseline,
                        int *natural_baseline)
{
  *minimum = orientation == GTK_ORIENTATION_HORIZONTAL ? 240 : 170;
  *natural = orientation == GTK_ORIENTATION_HORIZONTAL ? 600 : 200;
}

static void
desk_lab_chart_finalize (GObject *object)
{
  DeskLabChart *self = DESK_LAB_CHART (object);

  g_clear_pointer (&self->points, g_ptr_array_unref);
  g_free (self->title);
  g_free (self->unit);
  G_OBJECT_CLASS (desk_lab_chart_parent_class)->finalize (object);
}

static void
desk_lab_chart_class_init (DeskLabChartClass *klass)
{
  GtkWidgetClass *widget_class = GTK_WIDGET_CLASS (klass);

  G_OBJECT_CLASS (klass)->finalize = desk_lab_chart_finalize;
  widget_class->snapshot = desk_lab_chart_snapshot;
  widget_class->measure = desk_lab_chart_measure;
  gtk_widget_class_set_accessible_role (widget_class, GTK_ACCESSIBLE_ROLE_IMG);
}

static void
desk_lab_chart_init (DeskLabChart *self)
{
  GtkEventController *keys = gtk_event_controller_key_new ();
  GtkGesture *click = gtk_gesture_click_new ();

  self->current = -1;
  gtk_widget_set_focusable (GTK_WIDGET (self), TRUE);
  g_signal_connect (keys, "key-pressed", G_CALLBACK (on_key), self);
  g_signal_connect (click, "pressed", G_CALLBACK (on_pressed), self);
  gtk_widget_add_controller (GTK_WIDGET (self), keys);
  gtk_widget_add_controller (GTK_WIDGET (self), GTK_EVENT_CONTROLLER (click));
  g_signal_connect (self, "notify::has-focus", G_CALLBACK (gtk_widget_queue_draw), NULL);
}
