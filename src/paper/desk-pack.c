#include "desk-pack.h"

#include <cairo-pdf.h>
#include <errno.h>
#include <pango/pangocairo.h>

#include "desk-error.h"
#include "desk-pdf-sink.h"

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
  DeskPdfSink sink;
  cairo_surface_t *surface;
  cairo_t *cr;          /* NULL in a dry run */
  PangoLayout *layout;
  char *title, *foot;
  guint page, pages;
  double y;
  gboolean open;        /* the page is begun */
  double shares[COLUMNS];
  char *heads[COLUMNS];
  guint n_columns;
};

DeskPack *
desk_pack_new (int fd, const char *title, const char *foot, guint pages)
{
  DeskPack *pack = g_new0 (DeskPack, 1);

  pack->sink.fd = fd;
  pack->title = g_strdup (title);
  pack->foot = g_strdup (foot);
  pack->pages = pages;
  if (fd < 0)
    return pack;
  pack->surface = cairo_pdf_surface_create_for_stream (desk_pdf_sink_write, &pack->sink, WIDTH, HEIGHT);
  cairo_pdf_surface_set_metadata (pack->surface, CAIRO_PDF_METADATA_TITLE, title);
  cairo_pdf_surface_set_metadata (pack->surface, CAIRO_PDF_METADATA_CREATOR, "Uketsuke");
  pack->cr = cairo_create (pack->surface);
  pack->layout = pango_cairo_create_layout (pack->cr);
  pango_cairo_context_set_resolution (pango_layout_get_context (pack->layout), 72);
  pango_layout_set_ellipsize (pack->layout, PANGO_ELLIPSIZE_END);
  return pack;
}

static void
forget_columns (DeskPack *pack)
{
  for (guint i = 0; i < COLUMNS; i++)
    g_clear_pointer (&pack->heads[i], g_free);
  pack->n_columns = 0;
}

void
desk_pack_free (DeskPack *pack)
{
  if (!pack)
    return;
  forget_columns (pack);
  g_clear_object (&pack->layout);
  g_clear_pointer (&pack->cr, cairo_destroy);
  if (pack->surface)
    cairo_surface_finish (pack->surface);
  g_clear_pointer (&pack->surface, cairo_surface_destroy);
  g_free (pack->title);
  g_free (pack->foot);
  g_free (pack);
}

guint
desk_pack_n_pages (const DeskPack *pack)
{
  return pack->page;
}

/* One line, cut where the width ends; align 0 left, 1 right, 0.5 in the middle. */
static void
draw_text (DeskPack *pack, const char *text, double x, double y, double width, double size, gboolean bold, double align)
{
  if (!pack->cr || !text || *text == '\0')
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
  pango_cairo_show_layout (pack->cr, pack->layout);
}

static void
draw_line (DeskPack *pack, double x1, double y1, double x2, double y2, double grey)
{
  if (!pack->cr)
    return;
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
  if (pack->cr)
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

/* Ends the last page. DESK_ERROR_FULL or IO when the descriptor did not take it all: then it is no document. */
gboolean
desk_pack_finish (DeskPack *pack, GError **error)
{
  cairo_status_t status = CAIRO_STATUS_SUCCESS;

  end_page (pack);
  if (pack->cr)
    {
      status = cairo_status (pack->cr);
      cairo_surface_finish (pack->surface);
      if (status == CAIRO_STATUS_SUCCESS)
        status = cairo_surface_status (pack->surface);
    }
  if (pack->sink.number)
    g_set_error (error, DESK_ERROR, pack->sink.number == ENOSPC || pack->sink.number == EDQUOT ? DESK_ERROR_FULL : DESK_ERROR_IO,
                 "cannot write the PDF: %s", g_strerror (pack->sink.number));
  else if (status != CAIRO_STATUS_SUCCESS)
    g_set_error (error, DESK_ERROR, DESK_ERROR_FAILED, "cannot draw the PDF: %s", cairo_status_to_string (status));
  return !pack->sink.number && status == CAIRO_STATUS_SUCCESS;
}
