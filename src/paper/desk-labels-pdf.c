/* Labels and the command sheet as PDF. */
#include <cairo-pdf.h>

#include "desk-error.h"
#include "desk-label-pen.h"
#include "desk-labels.h"
#include "desk-pdf-sink.h"

#define A4_WIDTH 595.276
#define A4_HEIGHT 841.890

static gboolean
finish (cairo_surface_t *surface, cairo_t *cr, const DeskPdfSink *sink, GError **error)
{
  cairo_status_t drawn = cairo_status (cr);

  cairo_destroy (cr);
  cairo_surface_finish (surface);
  cairo_status_t written = cairo_surface_status (surface);
  cairo_surface_destroy (surface);
  if (sink->number)
    g_set_error (error, DESK_ERROR, sink->number == ENOSPC || sink->number == EDQUOT ? DESK_ERROR_FULL : DESK_ERROR_IO,
                 "cannot write the PDF: %s", g_strerror (sink->number));
  else if (drawn != CAIRO_STATUS_SUCCESS || written != CAIRO_STATUS_SUCCESS)
    g_set_error (error, DESK_ERROR, DESK_ERROR_FAILED, "cannot draw the PDF: %s",
                 cairo_status_to_string (drawn != CAIRO_STATUS_SUCCESS ? drawn : written));
  return !sink->number && drawn == CAIRO_STATUS_SUCCESS && written == CAIRO_STATUS_SUCCESS;
}

/* Writes one label a page, each page of the paper's size, to a descriptor that stays open. */
gboolean
desk_labels_write_pdf (const GPtrArray *labels, const DeskLabelStock *stock, int fd, GError **error)
{
  g_autoptr (GError) local = NULL;
  DeskPdfSink sink = { fd, 0 };
  cairo_surface_t *surface = cairo_pdf_surface_create_for_stream (desk_pdf_sink_write, &sink, stock->width * DESK_POINTS_PER_MM,
                                                                  stock->height * DESK_POINTS_PER_MM);
  cairo_t *cr = cairo_create (surface);
  gboolean drawn = TRUE;

  cairo_pdf_surface_set_metadata (surface, CAIRO_PDF_METADATA_CREATOR, "Uketsuke");
  for (guint i = 0; i < labels->len && drawn; i++)
    {
      drawn = desk_labels_draw (labels->pdata[i], stock, cr, &local);
      cairo_show_page (cr);
    }
  gboolean written = finish (surface, cr, &sink, drawn ? error : NULL);
  if (local)
    g_propagate_error (error, g_steal_pointer (&local));
  return drawn && written;
}

/* ── the command sheet ───────────────────────────────────────────────────────────────────────── */

/* Two columns of DataMatrix codes with what each does beside it, on A4. */
void
desk_labels_draw_sheet (const char *title, const DeskLabelCommand *commands, guint n, cairo_t *cr)
{
  double margin = 18 * DESK_POINTS_PER_MM, width = (A4_WIDTH - 2 * margin) / 2, height = 34 * DESK_POINTS_PER_MM;
  DeskLabelPen pen;

  desk_label_pen_init (&pen, cr, 1);
  desk_label_pen_line (&pen, margin, margin, 2 * width, 18, DESK_LABEL_BOLD, title);
  for (guint i = 0; i < n; i++)
    {
      g_autoptr (DeskSymbol) symbol = desk_symbol_new (DESK_SYMBOL_DATAMATRIX, commands[i].code, NULL);
      double x = margin + (i % 2) * width, y = margin + 15 * DESK_POINTS_PER_MM + (i / 2) * height;

      if (!symbol)
        continue;
      /* Far apart, so that the light of a scanner never falls on two. */
      desk_symbol_draw (symbol, cr, x, y, 18 * DESK_POINTS_PER_MM / desk_symbol_rows (symbol), 0);
      desk_label_pen_line (&pen, x + 23 * DESK_POINTS_PER_MM, y + 3 * DESK_POINTS_PER_MM, width - 28 * DESK_POINTS_PER_MM, 14, DESK_LABEL_BOLD,
                           commands[i].words);
      desk_label_pen_line (&pen, x + 23 * DESK_POINTS_PER_MM, y + 12 * DESK_POINTS_PER_MM, width - 28 * DESK_POINTS_PER_MM, 9, DESK_LABEL_PLAIN,
                           commands[i].code);
    }
  desk_label_pen_clear (&pen);
}

gboolean
desk_labels_write_sheet (const char *title, const DeskLabelCommand *commands, guint n, int fd, GError **error)
{
  DeskPdfSink sink = { fd, 0 };
  cairo_surface_t *surface = cairo_pdf_surface_create_for_stream (desk_pdf_sink_write, &sink, A4_WIDTH, A4_HEIGHT);
  cairo_t *cr = cairo_create (surface);

  cairo_pdf_surface_set_metadata (surface, CAIRO_PDF_METADATA_TITLE, title);
  cairo_pdf_surface_set_metadata (surface, CAIRO_PDF_METADATA_CREATOR, "Uketsuke");
  desk_labels_draw_sheet (title, commands, n, cr);
  cairo_show_page (cr);
  return finish (surface, cr, &sink, error);
}
