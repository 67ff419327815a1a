#include "desk-tank-chart.h"

#include <stdlib.h>

#define WIDTH 400
#define HEIGHT 96
#define LEFT 46
#define RIGHT 52
#define PAD 8
#define DAYS 30

/* Okabe–Ito: the level is blue and solid, the temperature vermilion and dotted. */
static const GdkRGBA blue = { 0.00, 0.45, 0.70, 1 }, vermilion = { 0.84, 0.37, 0.00, 1 };

struct _DeskTankChart
{
  GtkWidget parent_instance;

  GPtrArray *checks; /* of DeskTankCheck */
  int low;           /* mm, or DESK_TANK_NONE */
  gint64 first, last;
};

G_DEFINE_FINAL_TYPE (DeskTankChart, desk_tank_chart, GTK_TYPE_WIDGET)

typedef struct
{
  int low, high;
} Scale;

static void
widen (Scale *scale, int value)
{
  if (value == DESK_TANK_NONE)
    return;
  scale->low = scale->low == DESK_TANK_NONE ? value : MIN (scale->low, value);
  scale->high = scale->high == DESK_TANK_NONE ? value : MAX (scale->high, value);
}

/* Shows the checks (DeskTankCheck, oldest first; takes a reference) of the last month; words say the same. */
void
desk_tank_chart_show (DeskTankChart *self, GPtrArray *checks, const DeskTankRule *rule, const char *words)
{
  g_ptr_array_ref (checks);
  g_clear_pointer (&self->checks, g_ptr_array_unref);
  self->checks = checks;
  self->low = rule ? rule->level_low : DESK_TANK_NONE;
  self->last = checks->len ? ((DeskTankCheck *) checks->pdata[checks->len - 1])->at : 0;
  self->first = self->last - DAYS * 86400;
  gtk_accessible_update_property (GTK_ACCESSIBLE (self), GTK_ACCESSIBLE_PROPERTY_LABEL, words, -1);
  gtk_widget_queue_draw (GTK_WIDGET (self));
}

static double
x_of (DeskTankChart *self, gint64 at)
{
  return LEFT + (gtk_widget_get_width (GTK_WIDGET (self)) - LEFT - RIGHT) * (double) (at - self->first) / (self->last - self->first);
}

static double
y_of (DeskTankChart *self, const Scale *scale, int value)
{
  double height = gtk_widget_get_height (GTK_WIDGET (self)) - 2 * PAD;

  return PAD + height * (scale->high - value) / MAX (scale->high - scale->low, 1);
}

static void
draw_text (DeskTankChart *self, cairo_t *cr, const char *text, double x, double y, double align)
{
  g_autoptr (PangoLayout) layout = gtk_widget_create_pango_layout (GTK_WIDGET (self), text);
  g_autoptr (PangoAttrList) small = pango_attr_list_new ();
  int width, height;

  pango_attr_list_insert (small, pango_attr_scale_new (0.8));
  pango_layout_set_attributes (layout, small);
  pango_layout_get_pixel_size (layout, &width, &height);
  cairo_move_to (cr, x - width * align, CLAMP (y - height / 2.0, 0, gtk_widget_get_height (GTK_WIDGET (self)) - height));
  pango_cairo_show_layout (cr, layout);
}

/* The ends of a scale, in its colour: the level's on the left, the temperature's on the right. */
static void
draw_ends (DeskTankChart *self, cairo_t *cr, const Scale *scale, gboolean level, const GdkRGBA *ink)
{
  int values[] = { scale->low, scale->high };

  cairo_set_source_rgba (cr, ink->red, ink->green, ink->blue, 0.75);
  for (guint i = 0; i < G_N_ELEMENTS (values); i++)
    {
      g_autofree char *text = g_strdup_printf ("%s%d", values[i] < 0 ? "−" : "", abs (level ? values[i] : values[i] / 10));
      double x = level ? LEFT - 6 : gtk_widget_get_width (GTK_WIDGET (self)) - RIGHT + 6;

      draw_text (self, cr, text, x, y_of (self, scale, values[i]), level ? 1 : 0);
    }
}

static gboolean
in_view (DeskTankChart *self, const DeskTankCheck *check)
{
  return check->at >= self->first;
}

static void
draw_levels (DeskTankChart *self, cairo_t *cr, const Scale *scale)
{
  gboolean begun = FALSE;

  gdk_cairo_set_source_rgba (cr, &blue);
  cairo_set_line_width (cr, 2);
  for (guint i = 0; i < self->checks->len; i++)
    {
      const DeskTankCheck *check = self->checks->pdata[i];

      if (!in_view (self, check) || check->level == DESK_TANK_NONE)
        continue;
      if (begun)
        cairo_line_to (cr, x_of (self, check->at), y_of (self, scale, check->level));
      else
        cairo_move_to (cr, x_of (self, check->at), y_of (self, scale, check->level));
      begun = TRUE;
      if (check->filled && check->level_after != DESK_TANK_NONE)
        cairo_line_to (cr, x_of (self, check->at), y_of (self, scale, check->level_after));
    }
  cairo_stroke (cr);
}

static void
draw_temperatures (DeskTankChart *self, cairo_t *cr, const Scale *scale)
{
  gdk_cairo_set_source_rgba (cr, &vermilion);
  for (guint i = 0; i < self->checks->len; i++)
    {
      const DeskTankCheck *check = self->checks->pdata[i];

      if (!in_view (self, check) || check->temperature == DESK_TANK_NONE)
        continue;
      cairo_new_path (cr);
      cairo_arc (cr, x_of (self, check->at), y_of (self, scale, check->temperature), 1.8, 0, 2 * G_PI);
      cairo_fill (cr);
    }
}

/* The level to fill at, dashed. */
static void
draw_low (DeskTankChart *self, cairo_t *cr, const Scale *scale, const GdkRGBA *ink)
{
  static const double dashes[] = { 4, 3 };
  double y = y_of (self, scale, self->low);

  cairo_save (cr);
  cairo_set_dash (cr, dashes, G_N_ELEMENTS (dashes), 0);
  cairo_set_source_rgba (cr, ink->red, ink->green, ink->blue, 0.5);
  cairo_set_line_width (cr, 1);
  cairo_move_to (cr, LEFT, y);
  cairo_line_to (cr, gtk_widget_get_width (GTK_WIDGET (self)) - RIGHT, y);
  cairo_stroke (cr);
  cairo_restore (cr);
}

static void
desk_tank_chart_snapshot (GtkWidget *widget, GtkSnapshot *snapshot)
{
  DeskTankChart *self = DESK_TANK_CHART (widget);
  Scale level = { self->low, self->low }, temperature = { DESK_TANK_NONE, DESK_TANK_NONE };
  GdkRGBA ink;

  if (!self->checks || self->checks->len == 0)
    return;
  for (guint i = 0; i < self->checks->len; i++)
    {
      const DeskTankCheck *check = self->checks->pdata[i];

      if (!in_view (self, check))
        continue;
      widen (&level, check->level);
      widen (&level, check->level_after);
      widen (&temperature, check->temperature);
    }
  gtk_style_context_get_color (gtk_widget_get_style_context (widget), &ink);
  cairo_t *cr = gtk_snapshot_append_cairo (
      snapshot, &GRAPHENE_RECT_INIT (0, 0, gtk_widget_get_width (widget), gtk_widget_get_height (widget)));
  if (level.low != DESK_TANK_NONE)
    {
      draw_ends (self, cr, &level, TRUE, &ink);
      if (self->low != DESK_TANK_NONE)
        draw_low (self, cr, &level, &ink);
      draw_levels (self, cr, &level);
    }
  if (temperature.low != DESK_TANK_NONE)
    {
      /* A freezer that keeps to half a degree is a flat line, not a storm. */
      if (temperature.high - temperature.low < 100)
        {
          temperature.high += 50;
          temperature.low -= 50;
        }
      draw_ends (self, cr, &temperature, FALSE, &ink);
      draw_temperatures (self, cr, &temperature);
    }
  cairo_destroy (cr);
}

static void
desk_tank_chart_measure (GtkWidget *widget, GtkOrientation orientation, int for_size, int *minimum, int *natural, int *minimum_baseline,
                         int *natural_baseline)
{
  *minimum = orientation == GTK_ORIENTATION_HORIZONTAL ? WIDTH / 2 : HEIGHT;
  *natural = orientation == GTK_ORIENTATION_HORIZONTAL ? WIDTH : HEIGHT;
}

static void
desk_tank_chart_finalize (GObject *object)
{
  g_clear_pointer (&DESK_TANK_CHART (object)->checks, g_ptr_array_unref);
  G_OBJECT_CLASS (desk_tank_chart_parent_class)->finalize (object);
}

static void
desk_tank_chart_class_init (DeskTankChartClass *klass)
{
  GtkWidgetClass *widget_class = GTK_WIDGET_CLASS (klass);

  G_OBJECT_CLASS (klass)->finalize = desk_tank_chart_finalize;
  widget_class->snapshot = desk_tank_chart_snapshot;
  widget_class->measure = desk_tank_chart_measure;
  gtk_widget_class_set_accessible_role (widget_class, GTK_ACCESSIBLE_ROLE_IMG);
}

static void
desk_tank_chart_init (DeskTankChart *self)
{
}

GtkWidget *
desk_tank_chart_new (void)
{
  return g_object_new (DESK_TYPE_TANK_CHART, NULL);
}
