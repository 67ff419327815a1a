#include <cairo-pdf.h>

#include "desk-error.h"
#include "desk-letter-page-private.h"
#include "desk-letter-page.h"
#include "desk-pdf-sink.h"

/* The date of making is the letter's own day, so that the same letter gives the same bytes. */
static void
set_metadata (cairo_surface_t *surface, const DeskLetterLayout *layout)
{
  g_autofree char *day = desk_day_format (layout->issued);
  g_autofree char *instant = g_strconcat (day ? day : "1970-01-01", "T00:00:00Z", NULL);

  cairo_pdf_surface_set_metadata (surface, CAIRO_PDF_METADATA_TITLE, layout->title);
  cairo_pdf_surface_set_metadata (surface, CAIRO_PDF_METADATA_CREATOR, "Uketsuke");
  cairo_pdf_surface_set_metadata (surface, CAIRO_PDF_METADATA_CREATE_DATE, instant);
}

/* Writes all pages as PDF with embedded fonts to a descriptor that stays open; on failure what was written so
 * far is not a document: DESK_ERROR_FULL or IO. */
gboolean
desk_letter_write_pdf (const DeskLetterLayout *layout, int fd, GError **error)
{
  DeskPdfSink sink = { fd, 0 };
  cairo_surface_t *surface = cairo_pdf_surface_create_for_stream (desk_pdf_sink_write, &sink, DESK_PAPER_WIDTH, DESK_PAPER_HEIGHT);
  cairo_t *cr = cairo_create (surface);

  set_metadata (surface, layout);
  for (guint i = 0; i < desk_letter_layout_n_pages (layout); i++)
    {
      desk_letter_layout_draw (layout, cr, i);
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
