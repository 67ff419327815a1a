#include "desk-pack.h"

#include <cairo-pdf.h>
#include <pango/pangocairo.h>

#include "desk-pdf-fonts.h"
#include "desk-pdf-sink.h"
#include "desk-pdf-text.h"

#define WIDTH 595.276 /* A4, points */
#define HEIGHT 841.890
#define MARGIN 36.0
#define TEXT_WIDTH (WIDTH - 2 * MARGIN)
#define TOP (MARGIN + 16)
#define BOTTOM (HEIGHT - MARGIN - 14)
#define ROW 12.5
#define CELL 19.0
#define NAMES 16.0 /* beside a map: the names of its rows */
#define FAMILY "Noto Sans, Noto Sans CJK JP"
#define COLUMNS 8

struct _DeskPack
{
  cairo_t *cr;          /* borrowed */
  PangoLayout *layout;
  const char *title, *foot;
  guint page, pages;
  gboolean dry;         /* only counts pages and listens to the letters */
  double y;
  gboolean open;        /* the page is begun */
  double shares[COLUMNS];
  char *heads[COLUMNS];
  guint n_columns;
};

static void
forget_columns (DeskPack *pack)
{
  for (guint i = 0; i < COLUMNS; i++)
    g_clear_pointer (&pack->heads[i], g_free);
  pack->n_columns = 0;
}

/* One line, cut where the width ends; align 0 left, 1 right, 0.5 in the middle. */
static void
draw_text (DeskPack *pack, const char *text, double x, double y, double width, double size, gboolean bold, double align)
{
  if (!text || *text == '\0')
    return;
  g_autoptr (PangoFontDescription) font = pango_font_description_from_string (FAMILY);
  int wide;

  pango_font_description_set_absolute_size (font, size * PANGO_SCALE);
  pango_font_description_set_weight (font, bold ? PANGO_WEIGHT_BOLD : PANGO_WEIGHT_NORMAL);
  pango_layout_set_font_description (pack->layout, font);
  pango_layout_set_width (pack->layout, (int) (width * PANGO_SCALE));
  pango_layout_set_text (pack->layout, text, -1);
  pango_layout_get_size (pack->layout, &wide, NULL);
  cairo_move_to (pack->cr, x + (width - MIN ((double) wide / PANGO_SCALE, width)) * align,
                 y - (double) pango_layout_get_baseline (pack->layout) / PANGO_SCALE);
  desk_text_show_layout (pack->cr, pack->layout);
}

static void
draw_line (DeskPack *pack, double x1, double y1, double x2, double y2, double grey)
{
  cairo_set_source_rgb (pack->cr, grey, grey, grey);
  cairo_set_line_width (pack->cr, 0.5);
  cairo_move_to (pack->cr, x1, y1);
  cairo_line_to (pack->cr, x2, y2);
  cairo_stroke (pack->cr);
  cairo_set_source_rgb (pack->cr, 0, 0, 0);
}

static void
draw_heads (DeskPack *pack)
{
  double x = MARGIN;

  for (guint i = 0; i < pack->n_columns; i++)
    {
      draw_text (pack, pack->heads[i], x, pack->y + 9, pack->shares[i] * TEXT_WIDTH - 4, 7.5, TRUE, 0);
      x += pack->shares[i] * TEXT_WIDTH;
    }
  pack->y += ROW;
  draw_line (pack, MARGIN, pack->y, WIDTH - MARGIN, pack->y, 0.3);
}

static void
end_page (DeskPack *pack)
{
  if (!pack->open)
    return;
  pack->open = FALSE;
  if (!pack->dry)
    cairo_show_page (pack->cr);
}

static void
begin_page (DeskPack *pack)
{
  g_autofree char *number = NULL;

  end_page (pack);
  pack->open = TRUE;
  pack->page++;
  pack->y = TOP;
  number = g_strdup_printf ("%u / %u", pack->page, pack->pages);
  draw_text (pack, pack->title, MARGIN, MARGIN, TEXT_WIDTH * 0.7, 8, TRUE, 0);
  draw_text (pack, number, MARGIN + TEXT_WIDTH * 0.7, MARGIN, TEXT_WIDTH * 0.3, 8, TRUE, 1);
  draw_line (pack, MARGIN, MARGIN + 5, WIDTH - MARGIN, MARGIN + 5, 0.3);
  draw_text (pack, pack->foot, MARGIN, HEIGHT - MARGIN, TEXT_WIDTH, 6.5, FALSE, 0);
  if (pack->n_columns)
    draw_heads (pack);
}

/* Room for that height, on this page or the next. */
static void
need (DeskPack *pack, double height)
{
  if (!pack->open || pack->y + height > BOTTOM)
    begin_page (pack);
}

/* What follows begins on a page of its own. */
void
desk_pack_break (DeskPack *pack)
{
  forget_columns (pack);
  end_page (pack);
}

/* A heading with at least that much room below it; ends a table. */
void
desk_pack_heading (DeskPack *pack, const char *text, double needed)
{
  forget_columns (pack);
  need (pack, 26 + needed);
  pack->y += pack->y > TOP ? 10 : 0;
  draw_text (pack, text, MARGIN, pack->y + 13, TEXT_WIDTH, 12, TRUE, 0);
  pack->y += 20;
}

void
desk_pack_line (DeskPack *pack, const char *text, gboolean bold)
{
  need (pack, ROW);
  draw_text (pack, text, MARGIN, pack->y + 9, TEXT_WIDTH, 8.5, bold, 0);
  pack->y += ROW;
}

/* Begins a table; its heads stand again on each page. shares add up to 1. */
void
desk_pack_columns (DeskPack *pack, const double *shares, const char *const *heads, guint n)
{
  forget_columns (pack);
  need (pack, 3 * ROW);
  pack->n_columns = MIN (n, COLUMNS);
  for (guint i = 0; i < pack->n_columns; i++)
    {
      pack->shares[i] = shares[i];
      pack->heads[i] = g_strdup (heads[i]);
    }
  draw_heads (pack);
}

/* One row of the table that was begun. */
void
desk_pack_row (DeskPack *pack, const char *const *texts)
{
  double x = MARGIN;

  need (pack, ROW);
  for (guint i = 0; i < pack->n_columns; i++)
    {
      draw_text (pack, texts[i], x, pack->y + 9, pack->shares[i] * TEXT_WIDTH - 4, 7.5, FALSE, 0);
      x += pack->shares[i] * TEXT_WIDTH;
    }
  pack->y += ROW;
  draw_line (pack, MARGIN, pack->y, WIDTH - MARGIN, pack->y, 0.85);
}

static void
draw_places (DeskPack *pack, guint rows, guint cols, double width, const DeskPackPlace *places)
{
  for (guint r = 0; r < rows; r++)
    for (guint c = 0; c < cols; c++)
      {
        const DeskPackPlace *place = &places[r * cols + c];
        double x = MARGIN + NAMES + c * width, y = pack->y + r * CELL;

        draw_text (pack, place->number, x + 2, y + 8, width - 4, 6, TRUE, 0);
        draw_text (pack, place->whose, x + 2, y + 15.5, width - 4, 5.5, FALSE, 0);
      }
}

/* A box with its places row by row; as a whole on one page where it fits one. */
void
desk_pack_map (DeskPack *pack, const char *title, const char *const *row_names, guint rows, const char *const *col_names, guint cols,
               const DeskPackPlace *places)
{
  double width = MIN ((TEXT_WIDTH - NAMES) / cols, 90), height = 30 + rows * CELL;

  forget_columns (pack);
  need (pack, MIN (height, BOTTOM - TOP));
  draw_text (pack, title, MARGIN, pack->y + 9, TEXT_WIDTH, 8.5, TRUE, 0);
  pack->y += 14;
  for (guint c = 0; c < cols; c++)
    draw_text (pack, col_names[c], MARGIN + NAMES + c * width, pack->y + 7, width, 6, FALSE, 0.5);
  pack->y += 9;
  for (guint r = 0; r < rows; r++)
    {
      need (pack, CELL);
      draw_text (pack, row_names[r], MARGIN, pack->y + 12, NAMES - 3, 6.5, FALSE, 1);
      draw_places (pack, 1, cols, width, places + r * cols);
      for (guint c = 0; c <= cols; c++)
        draw_line (pack, MARGIN + NAMES + c * width, pack->y, MARGIN + NAMES + c * width, pack->y + CELL, 0.6);
      draw_line (pack, MARGIN + NAMES, pack->y, MARGIN + NAMES + cols * width, pack->y, 0.6);
      pack->y += CELL;
      draw_line (pack, MARGIN + NAMES, pack->y, MARGIN + NAMES + cols * width, pack->y, 0.6);
    }
  pack->y += 7;
}

/* One run over it all; FALSE when put said so. */
static gboolean
run (DeskPack *pack, cairo_t *cr, DeskPackPut put, gpointer data, GError **error)
{
  pack->cr = cr;
  pack->page = 0;
  pack->layout = pango_cairo_create_layout (cr);
  pango_cairo_context_set_resolution (pango_layout_get_context (pack->layout), 72);
  pango_layout_set_ellipsize (pack->layout, PANGO_ELLIPSIZE_END);
  gboolean done = put (pack, data, error);
  end_page (pack);
  forget_columns (pack);
  g_clear_object (&pack->layout);
  return done;
}

static gboolean
run_dry (DeskPack *pack, DeskPdfFonts *fonts, DeskPackPut put, gpointer data, GError **error)
{
  cairo_t *cr = desk_pdf_fonts_listen (fonts);

  pack->dry = TRUE;
  gboolean done = run (pack, cr, put, data, error);
  pack->dry = FALSE;
  pack->pages = pack->page;
  cairo_destroy (cr);
  return done;
}

/* Writes the document that put fills to a descriptor that stays open. DESK_ERROR_FULL or IO when that did not take it all:
 * then it is no document; REFUSED "font-missing-Hani" for names that would be boxes. */
gboolean
desk_pack_write (int fd, const char *title, const char *foot, DeskPackPut put, gpointer data, GError **error)
{
  DeskPack pack = { .title = title, .foot = foot };
  DeskPdfSink sink = { fd, 0 };
  g_autoptr (DeskPdfFonts) fonts = desk_pdf_fonts_new ();

  if (!run_dry (&pack, fonts, put, data, error) || !desk_pdf_fonts_check (fonts, error))
    return FALSE;
  cairo_surface_t *surface = cairo_pdf_surface_create_for_stream (desk_pdf_sink_write, &sink, WIDTH, HEIGHT);
  cairo_pdf_surface_set_metadata (surface, CAIRO_PDF_METADATA_TITLE, title);
  cairo_pdf_surface_set_metadata (surface, CAIRO_PDF_METADATA_CREATOR, "Uketsuke");
  desk_pdf_fonts_cut (fonts, surface);
  cairo_t *cr = cairo_create (surface);
  gboolean done = run (&pack, cr, put, data, error);
  cairo_status_t drawn = cairo_status (cr);
  cairo_destroy (cr);
  return desk_pdf_sink_finish (&sink, surface, drawn, done ? error : NULL) && done;
}
