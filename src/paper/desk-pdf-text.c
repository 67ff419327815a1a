#include "desk-pdf-text.h"

#include "desk-pdf-fonts.h"

/* pango walks through lines, colours and backgrounds; here is only how a run and a box get onto the paper. */
typedef struct
{
  PangoRenderer parent_instance;
  cairo_t *cr;         /* borrowed */
  DeskPdfFonts *fonts; /* borrowed */
} DeskPdfText;

typedef PangoRendererClass DeskPdfTextClass;

GType desk_pdf_text_get_type (void);
G_DEFINE_FINAL_TYPE (DeskPdfText, desk_pdf_text, PANGO_TYPE_RENDERER)

static void
set_colour (DeskPdfText *self, PangoRenderPart part)
{
  const PangoColor *colour = pango_renderer_get_color (PANGO_RENDERER (self), part);

  if (colour)
    cairo_set_source_rgb (self->cr, colour->red / 65535.0, colour->green / 65535.0, colour->blue / 65535.0);
}

static gboolean
is_drawn (const PangoGlyphInfo *info)
{
  return info->glyph != PANGO_GLYPH_EMPTY;
}

static gboolean
has_unknown (const PangoGlyphString *glyphs)
{
  for (int i = 0; i < glyphs->num_glyphs; i++)
    if (is_drawn (&glyphs->glyphs[i]) && glyphs->glyphs[i].glyph & PANGO_GLYPH_UNKNOWN_FLAG)
      return TRUE;
  return FALSE;
}

static void
miss (DeskPdfText *self, const char *text, const PangoGlyphItem *run)
{
  for (int i = 0; i < run->glyphs->num_glyphs; i++)
    if (is_drawn (&run->glyphs->glyphs[i]) && run->glyphs->glyphs[i].glyph & PANGO_GLYPH_UNKNOWN_FLAG)
      desk_pdf_fonts_miss (self->fonts, g_utf8_get_char (text + run->item->offset + run->glyphs->log_clusters[i]));
}

static void
listen (DeskPdfText *self, PangoFont *font, const PangoGlyphString *glyphs)
{
  for (int i = 0; i < glyphs->num_glyphs; i++)
    if (is_drawn (&glyphs->glyphs[i]))
      desk_pdf_fonts_note (self->fonts, font, glyphs->glyphs[i].glyph);
}

/* The glyphs with their places; FALSE where one is not in the font that was cut. */
static gboolean
read_glyphs (DeskPdfText *self, PangoFont *font, const PangoGlyphString *glyphs, double x, double y, GArray *out)
{
  int at = 0;

  for (int i = 0; i < glyphs->num_glyphs; i++)
    {
      const PangoGlyphInfo *info = &glyphs->glyphs[i];
      cairo_glyph_t glyph = { 0, x + (double) (at + info->geometry.x_offset) / PANGO_SCALE, y + (double) info->geometry.y_offset / PANGO_SCALE };

      at += info->geometry.width;
      if (!is_drawn (info))
        continue;
      if (!desk_pdf_fonts_place (self->fonts, font, info->glyph, &glyph.index))
        return FALSE;
      g_array_append_val (out, glyph);
    }
  return TRUE;
}

/* Which bytes of the text which glyphs stand for, so that it can be searched and copied. */
static GArray *
read_clusters (const char *text, PangoGlyphItem *item)
{
  GArray *clusters = g_array_new (FALSE, FALSE, sizeof (cairo_text_cluster_t));
  PangoGlyphItemIter iter;

  for (gboolean more = pango_glyph_item_iter_init_start (&iter, item, text); more; more = pango_glyph_item_iter_next_cluster (&iter))
    {
      cairo_text_cluster_t cluster = { iter.end_index - iter.start_index, 0 };

      for (int i = MIN (iter.start_glyph, iter.end_glyph + 1); i < MAX (iter.start_glyph + 1, iter.end_glyph); i++)
        cluster.num_glyphs += is_drawn (&item->glyphs->glyphs[i]);
      g_array_append_val (clusters, cluster);
    }
  return clusters;
}

static gboolean
show (DeskPdfText *self, const char *text, PangoGlyphItem *run, double x, double y)
{
  g_autoptr (GArray) glyphs = g_array_new (FALSE, FALSE, sizeof (cairo_glyph_t));
  const PangoItem *item = run->item;
  cairo_scaled_font_t *font = desk_pdf_fonts_scaled (self->fonts, item->analysis.font);

  if (!font)
    return FALSE;
  gboolean whole = read_glyphs (self, item->analysis.font, run->glyphs, x, y, glyphs);
  if (whole)
    {
      g_autoptr (GArray) clusters = read_clusters (text, run);

      cairo_set_scaled_font (self->cr, font);
      cairo_show_text_glyphs (self->cr, text + item->offset, item->length, (cairo_glyph_t *) (gpointer) glyphs->data, (int) glyphs->len,
                              (cairo_text_cluster_t *) (gpointer) clusters->data, (int) clusters->len,
                              item->analysis.level & 1 ? CAIRO_TEXT_CLUSTER_FLAG_BACKWARD : 0);
    }
  cairo_scaled_font_destroy (font);
  return whole;
}

/* What cannot be cut is drawn as outlines: right on paper, though not to be copied from it. */
static void
draw_run (PangoRenderer *renderer, const char *text, PangoGlyphItem *run, int at_x, int at_y)
{
  DeskPdfText *self = (DeskPdfText *) renderer;
  double x = (double) at_x / PANGO_SCALE, y = (double) at_y / PANGO_SCALE;
  PangoFont *font = run->item->analysis.font;
  gboolean ours = font && !has_unknown (run->glyphs) && desk_pdf_fonts_concerned (self->fonts, font);

  if (desk_pdf_fonts_listens (self->fonts))
    {
      if (ours)
        listen (self, font, run->glyphs);
      else
        miss (self, text, run);
      return;
    }
  cairo_save (self->cr);
  set_colour (self, PANGO_RENDER_PART_FOREGROUND);
  if (!ours)
    {
      cairo_move_to (self->cr, x, y);
      pango_cairo_show_glyph_item (self->cr, text, run);
    }
  else if (!show (self, text, run, x, y))
    {
      cairo_move_to (self->cr, x, y);
      pango_cairo_glyph_string_path (self->cr, font, run->glyphs);
      cairo_fill (self->cr);
    }
  cairo_restore (self->cr);
}

static void
draw_box (PangoRenderer *renderer, PangoRenderPart part, int x, int y, int width, int height)
{
  DeskPdfText *self = (DeskPdfText *) renderer;

  cairo_save (self->cr);
  set_colour (self, part);
  cairo_rectangle (self->cr, (double) x / PANGO_SCALE, (double) y / PANGO_SCALE, (double) width / PANGO_SCALE, (double) height / PANGO_SCALE);
  cairo_fill (self->cr);
  cairo_restore (self->cr);
}

static void
desk_pdf_text_class_init (DeskPdfTextClass *class)
{
  class->draw_glyph_item = draw_run;
  class->draw_rectangle = draw_box;
}

static void
desk_pdf_text_init (DeskPdfText *self)
{
}

/* A renderer from the current point of the context; NULL where cairo's own way is right. */
static PangoRenderer *
renderer_for (cairo_t *cr)
{
  DeskPdfFonts *fonts = desk_pdf_fonts_of (cr);
  DeskPdfText *self = fonts ? g_object_new (desk_pdf_text_get_type (), NULL) : NULL;

  if (!self)
    return NULL;
  self->cr = cr;
  self->fonts = fonts;
  return PANGO_RENDERER (self);
}

static void
to_current_point (cairo_t *cr)
{
  double x, y;

  cairo_get_current_point (cr, &x, &y);
  cairo_translate (cr, x, y);
  cairo_new_path (cr);
}

void
desk_text_show_layout (cairo_t *cr, PangoLayout *layout)
{
  PangoRenderer *renderer = renderer_for (cr);

  if (!renderer)
    {
      pango_cairo_show_layout (cr, layout);
      return;
    }
  cairo_save (cr);
  to_current_point (cr);
  pango_renderer_draw_layout (renderer, layout, 0, 0);
  cairo_restore (cr);
  g_object_unref (renderer);
}

void
desk_text_show_line (cairo_t *cr, PangoLayoutLine *line)
{
  PangoRenderer *renderer = renderer_for (cr);

  if (!renderer)
    {
      pango_cairo_show_layout_line (cr, line);
      return;
    }
  cairo_save (cr);
  to_current_point (cr);
  pango_renderer_draw_layout_line (renderer, line, 0, 0);
  cairo_restore (cr);
  g_object_unref (renderer);
}
