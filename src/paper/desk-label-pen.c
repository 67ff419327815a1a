#include "desk-label-pen.h"

#include "desk-pdf-text.h"

#define FAMILY "Noto Sans, Noto Sans CJK JP, DejaVu Sans"
#define SMALLEST 3.6   /* points: x-height about 0.7 mm, which is read without a lens; nothing is smaller */
#define NARROWEST 0.78 /* of the usual width of the letters */
#define LEADING 1.16

void
desk_label_pen_init (DeskLabelPen *pen, cairo_t *cr, double scale)
{
  cairo_font_options_t *options = cairo_font_options_create ();

  pen->cr = cr;
  pen->scale = scale;
  pen->layout = pango_cairo_create_layout (cr);
  cairo_font_options_set_hint_metrics (options, CAIRO_HINT_METRICS_OFF);
  cairo_font_options_set_hint_style (options, CAIRO_HINT_STYLE_NONE);
  pango_cairo_context_set_font_options (pango_layout_get_context (pen->layout), options);
  pango_cairo_context_set_resolution (pango_layout_get_context (pen->layout), 72);
  pango_context_set_round_glyph_positions (pango_layout_get_context (pen->layout), FALSE);
  cairo_font_options_destroy (options);
}

void
desk_label_pen_clear (DeskLabelPen *pen)
{
  g_clear_object (&pen->layout);
}

static double
set (DeskLabelPen *pen, const char *family, double size, gboolean bold, const char *text)
{
  g_autoptr (PangoFontDescription) font = pango_font_description_new ();
  int width;

  pango_font_description_set_family (font, family);
  pango_font_description_set_weight (font, bold ? PANGO_WEIGHT_BOLD : PANGO_WEIGHT_NORMAL);
  pango_font_description_set_absolute_size (font, size * PANGO_SCALE);
  pango_layout_set_font_description (pen->layout, font);
  pango_layout_set_line_spacing (pen->layout, 0);
  pango_layout_set_width (pen->layout, -1);
  pango_layout_set_height (pen->layout, -1);
  pango_layout_set_text (pen->layout, text, -1);
  pango_layout_get_size (pen->layout, &width, NULL);
  return (double) width / PANGO_SCALE;
}

/* Sets the text as large as fits the width, up to size, then narrower; what does not fit at the smallest goes on in a
 * second line if there may be one. The size it has. */
static double
fit (DeskLabelPen *pen, double width, double size, gboolean bold, gboolean two, const char *text)
{
  double wide;

  while ((wide = set (pen, FAMILY, size, bold, text)) * NARROWEST > width && size > SMALLEST)
    size = MAX (size - 0.2, SMALLEST);
  pen->stretch = wide > width ? MAX (width / wide, two ? NARROWEST : 0.5) : 1;
  if (wide * pen->stretch > width + 0.01)
    {
      pango_layout_set_width (pen->layout, (int) (width / pen->stretch * PANGO_SCALE));
      pango_layout_set_line_spacing (pen->layout, 0.8f);
      pango_layout_set_wrap (pen->layout, PANGO_WRAP_WORD_CHAR);
      pango_layout_set_height (pen->layout, -2);
      pango_layout_set_ellipsize (pen->layout, PANGO_ELLIPSIZE_END);
    }
  return size;
}

static void
show (DeskLabelPen *pen, double x, double baseline)
{
  cairo_save (pen->cr);
  cairo_translate (pen->cr, x, baseline - (double) pango_layout_get_baseline (pen->layout) / PANGO_SCALE);
  cairo_scale (pen->cr, pen->stretch, 1);
  cairo_move_to (pen->cr, 0, 0);
  desk_text_show_layout (pen->cr, pen->layout);
  cairo_restore (pen->cr);
}

/* Writes a line from its upper left corner, or only measures it; the height it takes. 0 for no text. */
double
desk_label_pen_line (DeskLabelPen *pen, double x, double y, double width, double size, DeskLabelWeight weight, const char *text)
{
  if (*text == '\0')
    return 0;
  double has = fit (pen, width, size, weight & DESK_LABEL_BOLD, TRUE, text), height = has * LEADING;

  if (pango_layout_get_line_count (pen->layout) > 1)
    {
      int two;

      pango_layout_get_size (pen->layout, NULL, &two);
      height = MAX ((double) two / PANGO_SCALE, 2 * has * 1.08);
    }
  if (!(weight & DESK_LABEL_MEASURE))
    {
      cairo_set_source_rgb (pen->cr, 0, 0, 0);
      show (pen, x, y + has * 0.92);
    }
  return height;
}

/* A legend over the whole width: black on white, or inverse. */
void
desk_label_pen_strip (DeskLabelPen *pen, double x, double y, double width, double height, gboolean inverse, const char *text)
{
  double size = fit (pen, width - 3, height * 0.8, TRUE, FALSE, text);
  int wide;

  pango_layout_get_size (pen->layout, &wide, NULL);
  cairo_set_source_rgb (pen->cr, 0, 0, 0);
  if (inverse)
    {
      cairo_rectangle (pen->cr, x, y, width, height);
      cairo_fill (pen->cr);
      cairo_set_source_rgb (pen->cr, 1, 1, 1);
    }
  show (pen, x + (width - (double) wide / PANGO_SCALE * pen->stretch) / 2, y + height / 2 + size * 0.36);
  cairo_set_source_rgb (pen->cr, 0, 0, 0);
}

/* The biohazard sign in a square. */
void
desk_label_pen_sign (DeskLabelPen *pen, double x, double y, double size)
{
  PangoRectangle ink;

  set (pen, "DejaVu Sans", size, FALSE, "☣");
  pango_layout_get_extents (pen->layout, &ink, NULL);
  double factor = size / MAX (ink.width, ink.height) * PANGO_SCALE;
  set (pen, "DejaVu Sans", size * factor, FALSE, "☣");
  pango_layout_get_extents (pen->layout, &ink, NULL);
  cairo_move_to (pen->cr, x - (double) ink.x / PANGO_SCALE, y - (double) ink.y / PANGO_SCALE);
  desk_text_show_layout (pen->cr, pen->layout);
}
