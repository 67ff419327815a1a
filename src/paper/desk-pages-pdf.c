#include "desk-pages-pdf.h"

#include <cairo-pdf.h>
#include <errno.h>

#include "desk-error.h"
#include "desk-pdf-sink.h"

/* Writes the pages, all of one size in points, to a descriptor that stays open. On failure what was written so far is not a
 * document: DESK_ERROR_FULL, IO or FAILED. */
gboolean
desk_pages_write_pdf (const char *title, double width, double height, guint n_pages, DeskPagesDraw draw, gpointer data, int fd, GError **error)
{
  DeskPdfSink sink = { fd, 0 };
  cairo_surface_t *surface = cairo_pdf_surface_create_for_stream (desk_pdf_sink_write, &sink, width, height);
  cairo_t *cr = cairo_create (surface);

  cairo_pdf_surface_set_metadata (surface, CAIRO_PDF_METADATA_TITLE, title);
  cairo_pdf_surface_set_metadata (surface, CAIRO_PDF_METADATA_CREATOR, "Uketsuke");
  for (guint i = 0; i < n_pages; i++)
    {
      cairo_save (cr);
      draw (data, cr, i);
      cairo_restore (cr);
      cairo_show_page (cr);
    }
  cairo_status_t drawn = cairo_status (cr);
  cairo_destroy (cr);
  cairo_surface_finish (surface);
  cairo_status_t written = cairo_surface_status (surface);
  cairo_surface_destroy (surface);
  if (sink.number)
    g_set_error (error, DESK_ERROR, sink.number == ENOSPC || sink.number == EDQUOT ? DESK_ERROR_FULL : DESK_ERROR_IO,
                 "cannot write the PDF: %s", g_strerror (sink.number));
  else if (drawn != CAIRO_STATUS_SUCCESS || written != CAIRO_STATUS_SUCCESS)
    g_set_error (error, DESK_ERROR, DESK_ERROR_FAILED, "cannot draw the PDF: %s",
                 cairo_status_to_string (drawn != CAIRO_STATUS_SUCCESS ? drawn : written));
  return !sink.number && drawn == CAIRO_STATUS_SUCCESS && written == CAIRO_STATUS_SUCCESS;
}
